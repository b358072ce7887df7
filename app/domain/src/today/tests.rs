use super::*;
use crate::contract::ContractState;
use crate::customer::{CustomerType, Holdings};
use crate::ids::BookId;
use crate::month::Month;
use crate::promise::PromiseState;
use crate::rating::{CustomerRows, RulesOn};
use crate::standard::{EventDebt, KindDebt, Overdue, ServiceDebt, Span};
use crate::task::TaskState;
use crate::time::Timestamp;
use crate::visit::{NextStep, VisitReport};
use proptest::prelude::*;
use std::sync::Arc;
use uuid::Uuid;

const ME: EmployeeId = EmployeeId(Uuid::from_u128(1));
const COLLEAGUE: EmployeeId = EmployeeId(Uuid::from_u128(2));

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn today() -> Date {
    date("2026-11-18")
}

fn customer(n: u128) -> Customer {
    Customer {
        id: CustomerId(Uuid::from_u128(n)),
        book_id: BookId(Uuid::from_u128(5)),
        customer_no: format!("C{n}"),
        name: format!("样例{n}"),
        customer_type: CustomerType::Person,
        identity_masked: None,
        phone: None,
        address: None,
        industry: None,
        birthday: None,
        lunar_birthday: None,
        opened_on: None,
        last_visited_on: Some(today()),
        place: None,
        remark: None,
        holdings: Holdings::default(),
        stamps: Vec::new(),
    }
}

fn visit(n: u128, of: u128, state: VisitState, on: &str) -> Visit {
    Visit {
        id: VisitId(Uuid::from_u128(n)),
        customer_id: CustomerId(Uuid::from_u128(of)),
        visitor_id: ME,
        state,
        on: date(on),
        at_minute: None,
        purpose: None,
        report: None,
        not_held: None,
        written_at: Timestamp(0),
    }
}

fn with_next_step(n: u128, of: u128, on: &str, step_on: Option<&str>) -> Visit {
    let next_step = NextStep { what: "打电话".to_owned(), on: step_on.map(date) };
    Visit {
        report: Some(VisitReport { next_step: Some(next_step), ..VisitReport::default() }),
        ..visit(n, of, VisitState::Done, on)
    }
}

fn promise(n: u128, of: u128, by: PromiseBy, due_on: &str) -> Promise {
    Promise {
        id: PromiseId(Uuid::from_u128(n)),
        customer_id: CustomerId(Uuid::from_u128(of)),
        visit_id: None,
        by,
        text: "送利率表".to_owned(),
        due_on: date(due_on),
        state: PromiseState::Open,
        made_by: ME,
        made_at: Timestamp(0),
        settled_at: None,
        settled_by: None,
    }
}

fn rated<'a>(customers: &'a [Customer], contracts: &[Contract], on: Date) -> Vec<Seen<'a, Rated>> {
    rated_with(customers, &[], contracts, on)
}

fn rated_with<'a>(
    customers: &'a [Customer],
    visits: &[Visit],
    contracts: &[Contract],
    on: Date,
) -> Vec<Seen<'a, Rated>> {
    let rules = RulesOn::of(Arc::default(), on);
    let of = |customer: &'a Customer| {
        let rows = CustomerRows {
            customer,
            figures: Vec::new(),
            by_hand: Vec::new(),
            visits: visits.iter().filter(|own| own.customer_id == customer.id).collect(),
            calls: Vec::new(),
            events: Vec::new(),
            contracts: contracts.iter().filter(|own| own.customer_id == customer.id).collect(),
        };
        Seen { customer, rated: Rated::of(&rules, &rows), tier_rank: None }
    };
    customers.iter().map(of).collect()
}

fn needs_of(on: Date, whose: Whose, customers: &[Customer], visits: &[Visit], promises: &[Promise]) -> Needs {
    let written = Written { visits, promises, tasks: &[], contracts: &[] };
    needs(on, whose, rated(customers, &[], on), written)
}

fn of_book(customers: &[Customer], visits: &[Visit], promises: &[Promise]) -> Needs {
    needs_of(today(), Whose::Book, customers, visits, promises)
}

/// The numbers of the customers named, in their order.
fn named(needs: &Needs) -> Vec<u128> {
    needs.needs.iter().map(|need| need.customer_id.0.as_u128()).collect()
}

#[test]
fn a_day_decides_whether_a_reason_presses_is_late_or_waits() {
    use Urgency::{Late, Must};
    for (visits, promises, expected) in [
        (vec![], vec![promise(1, 9, PromiseBy::Us, "2026-11-18")], Some((Must, 0))),
        (vec![], vec![promise(1, 9, PromiseBy::Us, "2026-11-06")], Some((Late, 12))),
        (vec![], vec![promise(1, 9, PromiseBy::Us, "2026-11-19")], None),
        (vec![visit(1, 9, VisitState::Planned, "2026-11-18")], vec![], Some((Must, 0))),
        (vec![visit(1, 9, VisitState::Planned, "2026-11-15")], vec![], Some((Late, 3))),
        (vec![visit(1, 9, VisitState::Planned, "2026-11-19")], vec![], None),
        (vec![visit(1, 9, VisitState::Skipped, "2026-11-15")], vec![], None),
        (vec![with_next_step(1, 9, "2026-11-10", Some("2026-11-18"))], vec![], Some((Must, 0))),
        (vec![with_next_step(1, 9, "2026-11-10", Some("2026-11-17"))], vec![], Some((Late, 1))),
        (vec![with_next_step(1, 9, "2026-11-10", Some("2026-11-20"))], vec![], None),
        (vec![with_next_step(1, 9, "2026-11-10", None)], vec![], None),
    ] {
        let answer = of_book(&[customer(9)], &visits, &promises);
        let found = answer.needs.first().map(|need| (need.urgency, need.reasons[0].days_late(today())));
        assert_eq!(found, expected, "{visits:?} {promises:?}");
    }
}

#[test]
fn a_later_visit_answers_an_earlier_next_step() {
    let earlier = with_next_step(1, 9, "2026-11-01", Some("2026-11-05"));
    let later = visit(2, 9, VisitState::Done, "2026-11-05");
    assert_eq!(named(&of_book(&[customer(9)], &[earlier.clone(), later.clone()], &[])), []);
    assert_eq!(named(&of_book(&[customer(9)], &[later, earlier.clone()], &[])), []);
    assert_eq!(named(&of_book(&[customer(9)], &[earlier], &[])), [9]);
}

#[test]
fn a_settled_promise_needs_nobody() {
    let kept = Promise { state: PromiseState::Kept, ..promise(1, 9, PromiseBy::Us, "2026-11-18") };
    assert_eq!(of_book(&[customer(9)], &[], &[kept]), Needs::default());
}

#[test]
fn birthdays_of_the_next_seven_days_are_told_whatever_the_year() {
    let born = |text: &str, kind| Customer { birthday: Some(date(text)), customer_type: kind, ..customer(9) };
    for (text, kind, day, expected) in [
        ("1964-11-18", CustomerType::Person, "2026-11-18", Some((Urgency::Must, "2026-11-18", 62))),
        ("1964-11-25", CustomerType::Person, "2026-11-18", Some((Urgency::Notice, "2026-11-25", 62))),
        ("1964-11-26", CustomerType::Person, "2026-11-18", None),
        ("1964-11-17", CustomerType::Person, "2026-11-18", None),
        ("1990-01-02", CustomerType::SoleTrader, "2026-12-30", Some((Urgency::Notice, "2027-01-02", 37))),
        ("1988-02-29", CustomerType::Person, "2026-02-25", Some((Urgency::Notice, "2026-02-28", 38))),
        ("1988-02-29", CustomerType::Person, "2028-02-25", Some((Urgency::Notice, "2028-02-29", 40))),
        ("2001-11-18", CustomerType::Company, "2026-11-18", None),
        ("2026-11-20", CustomerType::Person, "2026-11-18", None),
    ] {
        let rows = [Customer { last_visited_on: Some(date(day)), ..born(text, kind) }];
        let answer = needs_of(date(day), Whose::Book, &rows, &[], &[]);
        let found = answer.needs.first().map(|need| (need.urgency, need.reasons[0].clone()));
        let birthday = |on, turns| Reason::Birthday { on: date(on), turns: Some(turns), is_lunar: false };
        let wanted = expected.map(|(urgency, on, turns)| (urgency, birthday(on, turns)));
        assert_eq!(found, wanted, "{text} seen on {day}");
    }
}

#[test]
fn who_was_not_visited_for_long_is_named_unless_a_visit_is_planned() {
    let seen = |on: Option<&str>| Customer { last_visited_on: on.map(date), ..customer(9) };
    for (row, visits, expected) in [
        (seen(None), vec![], Some(None)),
        (seen(Some("2026-08-19")), vec![], Some(Some("2026-08-19"))),
        (seen(Some("2026-08-20")), vec![], None),
        (seen(None), vec![visit(1, 9, VisitState::Done, "2026-11-01")], None),
        (
            seen(Some("2026-01-01")),
            vec![visit(1, 9, VisitState::Done, "2026-02-01")],
            Some(Some("2026-02-01")),
        ),
        (seen(None), vec![visit(1, 9, VisitState::Planned, "2026-12-01")], None),
    ] {
        let answer = of_book(&[row], &visits, &[]);
        let found = answer.needs.first().map(|need| need.reasons.clone());
        let wanted = expected.map(|last| vec![Reason::NotVisited { last_on: last.map(date) }]);
        assert_eq!(found, wanted, "{visits:?}");
    }
}

#[test]
fn those_not_visited_are_named_by_assets_and_the_rest_counted() {
    let rows: Vec<Customer> = (1..=20)
        .map(|n| {
            let deposit = Fen(i64::try_from(n).expect("small"));
            let holdings = Holdings { deposit, ..Holdings::default() };
            Customer { last_visited_on: None, holdings, ..customer(n) }
        })
        .collect();
    let answer = of_book(&rows, &[], &[]);
    assert_eq!(named(&answer), [20, 19, 18, 17, 16, 15, 14, 13]);
    assert_eq!(answer.not_visited_more, 12);
}

#[test]
fn our_word_goes_first_then_what_is_overdue_longest() {
    let rows: Vec<Customer> = (1..=7).map(customer).collect();
    let visits = [
        visit(11, 1, VisitState::Planned, "2026-11-18"),
        visit(12, 2, VisitState::Planned, "2026-11-02"),
        Visit { at_minute: Some(600), ..visit(13, 3, VisitState::Planned, "2026-11-18") },
    ];
    let promises = [
        promise(21, 4, PromiseBy::Customer, "2026-11-10"),
        promise(22, 5, PromiseBy::Us, "2026-11-16"),
        promise(23, 6, PromiseBy::Customer, "2026-11-18"),
        promise(24, 7, PromiseBy::Us, "2026-11-18"),
    ];
    assert_eq!(named(&of_book(&rows, &visits, &promises)), [7, 6, 3, 1, 5, 2, 4]);
}

#[test]
fn one_customer_stands_once_with_every_reason() {
    let row = Customer { birthday: Some(date("1964-11-20")), ..customer(9) };
    let visits = [visit(1, 9, VisitState::Planned, "2026-11-15")];
    let answer = of_book(&[row], &visits, &[promise(2, 9, PromiseBy::Us, "2026-11-18")]);
    let [need] = answer.needs.as_slice() else { panic!("one need, not {answer:?}") };
    assert_eq!(need.urgency, Urgency::Must);
    let urgencies: Vec<_> = need.reasons.iter().map(|reason| reason.urgency(today())).collect();
    assert_eq!(urgencies, Urgency::ALL);
}

#[test]
fn a_visit_planned_for_today_answers_the_need_and_is_not_another_one() {
    let planned = visit(1, 9, VisitState::Planned, "2026-11-18");
    let overdue = promise(2, 9, PromiseBy::Us, "2026-11-10");
    let answer = of_book(&[customer(9)], std::slice::from_ref(&planned), &[overdue]);
    let [need] = answer.needs.as_slice() else { panic!("one need, not {answer:?}") };
    assert_eq!((need.urgency, need.reasons.len()), (Urgency::Late, 1));
    let answer = of_book(&[customer(9)], &[planned], &[]);
    assert_eq!(answer.needs.first().map(|need| need.urgency), Some(Urgency::Must));
}

#[test]
fn a_desk_is_shown_its_own_work_only() {
    let rows = [customer(1), customer(2), Customer { last_visited_on: None, ..customer(3) }];
    let theirs = Visit { visitor_id: COLLEAGUE, ..visit(11, 1, VisitState::Planned, "2026-11-18") };
    let mine = visit(12, 2, VisitState::Planned, "2026-11-18");
    let their_promise = Promise { made_by: COLLEAGUE, ..promise(21, 3, PromiseBy::Us, "2026-11-18") };
    let answer = needs_of(today(), Whose::Own(ME), &rows, &[theirs, mine], &[their_promise]);
    assert_eq!(named(&answer), [2]);
}

#[test]
fn rows_of_a_customer_who_left_the_book_are_left_out() {
    assert_eq!(named(&of_book(&[], &[], &[promise(1, 9, PromiseBy::Us, "2026-11-18")])), []);
}

fn behind(of: &Customer, debt: ServiceDebt) -> Seen<'_, Rated> {
    Seen { customer: of, rated: Rated { debt, ..Rated::default() }, tier_rank: None }
}

fn nothing_written()
-> Written<[&'static Visit; 0], [&'static Promise; 0], [&'static Task; 0], [&'static Contract; 0]> {
    Written { visits: [], promises: [], tasks: [], contracts: [] }
}

fn running() -> KindDebt {
    let period = Some(Span { from: date("2026-10-01"), to: date("2026-12-31") });
    KindDebt { period, required: 2, owed: 2, ..KindDebt::default() }
}

#[test]
fn only_what_a_standard_has_not_got_in_time_presses() {
    let row = customer(9);
    let late = Some(Overdue { due_on: date("2026-09-30"), days: 49 });
    let overdue =
        |kind, owed| Reason::Overdue { kind, due_on: date("2026-09-30"), owed, done: 0, required: 2 };
    for (debt, expected) in [
        (ServiceDebt { visits: running(), ..ServiceDebt::default() }, vec![]),
        (
            ServiceDebt {
                visits: KindDebt { overdue: late, carried: 1, owed: 3, ..running() },
                ..ServiceDebt::default()
            },
            vec![(Urgency::Late, overdue(ServiceKind::Visit, 3))],
        ),
        (
            ServiceDebt { calls: KindDebt { overdue: late, ..running() }, ..ServiceDebt::default() },
            vec![(Urgency::Late, overdue(ServiceKind::Call, 2))],
        ),
    ] {
        let answer = needs(today(), Whose::Book, [behind(&row, debt)], nothing_written());
        let reasons = answer.needs.iter().flat_map(|need| &need.reasons);
        let found: Vec<_> = reasons.map(|reason| (reason.urgency(today()), reason.clone())).collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn an_event_presses_on_its_day_and_is_worth_a_look_before() {
    let row = customer(9);
    for (due_on, owed, expected) in [
        ("2026-11-20", 1, Some((Urgency::Notice, 0))),
        ("2026-11-18", 1, Some((Urgency::Must, 0))),
        ("2026-11-15", 1, Some((Urgency::Late, 3))),
        ("2026-11-15", 0, None),
    ] {
        let event = EventDebt {
            event_id: EventId(Uuid::from_u128(3)),
            done: 0,
            owed,
            due_on: date(due_on),
            overdue: None,
        };
        let debt = ServiceDebt { events: vec![event], ..ServiceDebt::default() };
        let answer = needs(today(), Whose::Book, [behind(&row, debt)], nothing_written());
        let found = answer.needs.first().map(|need| (need.urgency, need.reasons[0].days_late(today())));
        assert_eq!(found, expected, "{due_on}");
    }
}

#[test]
fn a_contract_presses_the_day_before_and_until_it_is_settled() {
    let rows = [customer(9)];
    let contract = |ends_on: &str, state| Contract {
        id: ContractId(Uuid::from_u128(4)),
        customer_id: rows[0].id,
        name: "安盈180天".to_owned(),
        amount: Some(Fen(45_000_000)),
        ends_on: date(ends_on),
        state,
        noted_by: ME,
        noted_at: Timestamp(0),
        settled_by: None,
        settled_at: None,
    };
    for (ends_on, state, expected) in [
        ("2026-12-02", ContractState::Running, Some((Urgency::Notice, 0))),
        ("2026-12-03", ContractState::Running, None),
        ("2026-11-19", ContractState::Running, Some((Urgency::Must, 0))),
        ("2026-11-20", ContractState::Running, Some((Urgency::Notice, 0))),
        ("2026-11-15", ContractState::Running, Some((Urgency::Late, 3))),
        ("2026-11-19", ContractState::Renewed, None),
    ] {
        let contracts = [contract(ends_on, state)];
        let written = Written { visits: [], promises: [], tasks: [], contracts: &contracts };
        let answer = needs(today(), Whose::Book, rated(&rows, &contracts, today()), written);
        let found = answer.needs.first().map(|need| (need.urgency, need.reasons[0].days_late(today())));
        assert_eq!(found, expected, "{ends_on} {state:?}");
    }
}

#[test]
fn a_task_is_its_owners_and_a_fall_is_told_with_its_figures() {
    let rows = [customer(9)];
    let task = |state, owner_id, due_on: &str| Task {
        id: TaskId(Uuid::from_u128(5)),
        customer_id: rows[0].id,
        owner_id,
        text: "补拍执照".to_owned(),
        due_on: date(due_on),
        state,
        made_by: COLLEAGUE,
        made_at: Timestamp(0),
        settled_by: None,
        settled_at: None,
    };
    for (whose, state, owner, due_on, expected) in [
        (Whose::Book, TaskState::Open, COLLEAGUE, "2026-11-18", 1),
        (Whose::Own(ME), TaskState::Open, COLLEAGUE, "2026-11-18", 0),
        (Whose::Own(ME), TaskState::Open, ME, "2026-11-10", 1),
        (Whose::Book, TaskState::Done, ME, "2026-11-18", 0),
        (Whose::Book, TaskState::Open, ME, "2026-11-19", 0),
    ] {
        let tasks = [task(state, owner, due_on)];
        let written = Written { visits: [], promises: [], tasks: &tasks, contracts: [] };
        let answer = needs(today(), whose, rated(&rows, &[], today()), written);
        assert_eq!(answer.needs.len(), expected, "{whose:?} {state:?} {due_on}");
    }
    let fall = Fall {
        from_month: Month::of(date("2026-09-30")),
        from: Fen(200),
        to_month: Month::of(date("2026-10-31")),
        to: Fen(120),
        percent: 40,
    };
    let seen =
        Seen { customer: &rows[0], rated: Rated { fall: Some(fall), ..Rated::default() }, tier_rank: None };
    let answer = needs(today(), Whose::Book, [seen], nothing_written());
    assert_eq!(answer.needs[0].reasons, [Reason::Fell(fall)]);
    assert_eq!(answer.needs[0].urgency, Urgency::Notice);
}

#[test]
fn among_equals_the_higher_tier_goes_first_and_what_is_put_in_front_by_hand_before_all() {
    let rows: Vec<Customer> = (1..=4).map(customer).collect();
    let fall = |percent| Fall {
        from_month: Month::of(date("2026-09-30")),
        from: Fen(200),
        to_month: Month::of(date("2026-10-31")),
        to: Fen(120),
        percent,
    };
    let seen = rows.iter().zip([Some(2), None, Some(0), Some(1)]).map(|(customer, tier_rank)| Seen {
        customer,
        rated: Rated { fall: Some(fall(40)), ..Rated::default() },
        tier_rank,
    });
    let answer = needs(today(), Whose::Book, seen, nothing_written());
    assert_eq!(named(&answer), [3, 4, 1, 2]);
    let by_hand = [2, 9, 1].map(|n| CustomerId(Uuid::from_u128(n)));
    let (needs, front) = arranged(answer.needs, &by_hand);
    let order: Vec<u128> = needs.iter().map(|need| need.customer_id.0.as_u128()).collect();
    assert_eq!((order, front), (vec![2, 1, 3, 4], 2), "who needs nothing any more is passed over");
}

proptest! {
    /// The page hands over a tenth of the visits; nothing it says may hang on the others.
    #[test]
    fn the_visits_a_rating_has_at_hand_are_all_that_today_asks_for(
        written in proptest::collection::vec((1_u128..4, 0_usize..4, -200_i64..40, 0_i64..3, any::<bool>()), 0..24),
        is_own in any::<bool>(),
    ) {
        let states = VisitState::ALL;
        let customers = [1, 2, 3].map(|n| Customer { last_visited_on: None, ..customer(n) });
        let visits: Vec<Visit> = written
            .iter()
            .zip(1_u128..)
            .map(|(&(of, state, days, at, has_step), n)| {
                let on = (today() + chrono::Duration::days(days)).to_string();
                let step_on = has_step.then_some("2026-11-10");
                let state = states[state];
                Visit { state, written_at: Timestamp(at), ..with_next_step(n, of, &on, step_on) }
            })
            .collect();
        let whose = if is_own { Whose::Own(ME) } else { Whose::Book };
        let seen = || rated_with(&customers, &visits, &[], today());
        let with = |visits: Vec<&Visit>| {
            needs(today(), whose, seen(), Written { visits, promises: &[], tasks: &[], contracts: &[] })
        };
        let seen = seen();
        let at_hand: Vec<_> = seen.iter().flat_map(|seen| &seen.rated.visits_at_hand).collect();
        let few = visits.iter().filter(|visit| at_hand.contains(&&visit.id)).collect();
        prop_assert_eq!(with(few), with(visits.iter().collect()));
    }
}
