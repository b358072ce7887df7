use super::*;
use crate::customer::Holdings;
use crate::ids::BookId;
use crate::promise::PromiseState;
use crate::time::Timestamp;
use crate::visit::{NextStep, VisitReport};
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

fn of_book(customers: &[Customer], visits: &[Visit], promises: &[Promise]) -> Needs {
    needs(today(), Whose::Book, customers, visits, promises)
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
        let answer = needs(date(day), Whose::Book, &rows, &[], &[]);
        let found = answer.needs.first().map(|need| (need.urgency, need.reasons[0].clone()));
        let wanted = expected.map(|(urgency, on, turns)| (urgency, Reason::Birthday { on: date(on), turns }));
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
    let answer = needs(today(), Whose::Own(ME), &rows, &[theirs, mine], &[their_promise]);
    assert_eq!(named(&answer), [2]);
}

#[test]
fn rows_of_a_customer_who_left_the_book_are_left_out() {
    assert_eq!(named(&of_book(&[], &[], &[promise(1, 9, PromiseBy::Us, "2026-11-18")])), []);
}
