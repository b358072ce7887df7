use super::*;
use crate::ids::{BookId, EventId, OrgUnitId, TierSchemeId, VisitId};
use crate::month::Month;
use crate::standard::{Overdue, Span};
use crate::tier::{Preset, TierCode, TierScheme};
use crate::time::Timestamp;
use crate::visit::Visit;
use proptest::prelude::*;
use std::collections::BTreeMap;
use uuid::Uuid;

mod properties;
mod rows;

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn today() -> Date {
    date("2026-11-18")
}

fn id(no: u128) -> CustomerId {
    CustomerId(Uuid::from_u128(no))
}

fn manager(no: u128) -> Option<EmployeeId> {
    Some(EmployeeId(Uuid::from_u128(no)))
}

/// Nobody owes them anything, and they were visited yesterday.
fn member(no: u128) -> Member {
    Member {
        customer_id: id(no),
        manager_id: manager(1),
        rank: Some(1),
        visits: KindDebt::default(),
        events: Vec::new(),
        recent: 0,
        last_visited_on: today().pred_opt(),
        planned_late: None,
        promises: Vec::new(),
        is_near_up: false,
        is_near_down: false,
        by_hand_until: None,
        is_missing: false,
    }
}

fn quarter() -> Span {
    Span { from: date("2026-10-01"), to: date("2026-12-31") }
}

fn owed(required: u32, done: u32, carried: u32) -> KindDebt {
    KindDebt {
        period: Some(quarter()),
        required,
        done,
        carried,
        owed: required.saturating_sub(done) + carried,
        overdue: (carried > 0).then(|| Overdue { due_on: date("2026-09-30"), days: 49 }),
        ..KindDebt::default()
    }
}

#[test]
fn one_customers_many_visits_do_not_cover_anothers_none() {
    let often = Member { visits: owed(2, 9, 0), ..member(1) };
    let never = Member { visits: owed(3, 0, 0), ..member(2) };
    let other_tier = Member { rank: Some(3), visits: owed(1, 1, 0), ..member(3) };
    let nobodys = Member { manager_id: None, rank: None, ..member(4) };
    let coverage = Coverage::of(&[often, never, other_tier, nobodys], today());
    let cell = coverage.cell(manager(1), Some(1));
    assert_eq!((cell.customers, cell.done, cell.required, cell.behind), (2, 2, 5, 1));
    // 48 of 92 days: 5 × 48 / 92, customer by customer.
    assert_eq!(cell.expected_thousandths, 1_043 + 1_565);
    assert_eq!((cell.done_permille(), cell.expected_permille()), (Some(400), Some(521)));
    assert!(cell.is_late());
    let all = coverage.all();
    assert_eq!((all.customers, all.done, all.required), (4, 3, 6));
    let nobody = coverage.of_manager(None);
    assert_eq!((nobody.customers, nobody.done_permille(), nobody.is_late()), (1, None, false));
    assert_eq!(coverage.of_rank(Some(3)).done, 1);
    assert_eq!(coverage.cell(manager(7), Some(1)), Cell::default());
}

#[test]
fn each_exception_begins_where_it_says() {
    let overdue = |days| Member {
        visits: KindDebt { overdue: Some(Overdue { due_on: today(), days }), ..owed(1, 0, 1) },
        ..member(1)
    };
    let event = |days| {
        let overdue = Some(Overdue { due_on: today(), days });
        let event = EventDebt {
            event_id: EventId(Uuid::nil()),
            done: 0,
            owed: 1,
            due_on: today(),
            overdue: overdue.filter(|overdue| overdue.days > 0),
        };
        Member { events: vec![event], ..member(1) }
    };
    let last = |on: Option<&str>| Member { last_visited_on: on.map(date), ..member(1) };
    let by_hand = |until: &str| Member { by_hand_until: Some(date(until)), ..member(1) };
    let cases: [(&str, Member, &str); 13] = [
        ("all well", member(1), ""),
        ("overdue for thirty days", overdue(30), ""),
        ("overdue for a day more", overdue(31), "overdue"),
        ("an event still in time", event(0), ""),
        ("an event a day late", event(1), "event"),
        ("visited ninety days ago", last(Some("2026-08-20")), ""),
        ("visited a day before", last(Some("2026-08-19")), "not_visited"),
        ("never visited", last(None), "not_visited"),
        ("never visited, but the standard says by when", Member { visits: owed(1, 0, 0), ..last(None) }, ""),
        ("planned for yesterday", Member { planned_late: Some(date("2026-11-17")), ..member(1) }, "planned"),
        ("figures are missing", Member { is_missing: true, rank: None, ..member(1) }, "untiered"),
        ("by hand for another fortnight", by_hand("2026-12-02"), "ending"),
        ("by hand for a day more", by_hand("2026-12-03"), ""),
    ];
    for (why, member, expected) in cases {
        let found = Exceptions::of(&[member], today());
        let counts = [
            ("overdue", found.overdue.len()),
            ("event", found.events.len()),
            ("not_visited", found.not_visited.len()),
            ("planned", found.planned_late.len()),
            ("untiered", found.untiered.len()),
            ("ending", found.ending.len()),
            ("inverted", found.inverted.len()),
        ];
        let said: Vec<_> = counts.iter().filter(|(_, count)| *count > 0).map(|(name, _)| *name).collect();
        assert_eq!(said.join(" "), expected, "{why}");
    }
}

#[test]
fn a_lower_tier_is_better_off_only_beside_somebody_passed_over() {
    // Three above: visited 0, 1 and 2 times; the first is overdue.
    let above = |recent, no: u128| Member { rank: Some(0), recent, visits: owed(1, 0, 0), ..member(no) };
    let passed_over = || Member { visits: owed(1, 0, 1), ..above(0, 10) };
    let favoured = |recent| Member { rank: Some(2), recent, ..member(20) };
    let with = |first: Member, below: Member| {
        Exceptions::of(&[below, above(1, 11), first, above(2, 12)], today()).inverted
    };
    assert_eq!(with(passed_over(), favoured(1)), [], "no more than the middle one above");
    let found = with(passed_over(), favoured(2));
    assert_eq!(
        found,
        [Case {
            customer_id: id(20),
            manager_id: manager(1),
            what: Inversion {
                visits: 2,
                higher_id: id(10),
                higher_manager_id: manager(1),
                higher_visits: 0,
                higher_overdue_days: 49,
                median_doubled: 2,
                is_edge: false,
            },
        }]
    );
    assert_eq!(with(above(0, 10), favoured(2)), [], "nobody above is overdue");
    let often = Member { recent: 5, ..passed_over() };
    assert_eq!(with(often, favoured(4)), [], "who is overdue above had more");
    let near = Member { is_near_up: true, ..favoured(2) };
    assert!(with(passed_over(), near)[0].what.is_edge);
    let about_to_fall = Member { is_near_down: true, ..passed_over() };
    assert!(with(about_to_fall, favoured(2))[0].what.is_edge);
    // The same manager's is named before one overdue longer.
    let longer = KindDebt { overdue: Some(Overdue { due_on: today(), days: 200 }), ..owed(1, 0, 2) };
    let others = Member { manager_id: manager(2), visits: longer, ..above(0, 13) };
    let found = Exceptions::of(&[favoured(3), others, passed_over()], today()).inverted;
    assert_eq!(found[0].what.higher_id, id(10));
    // Between an even number lies the half.
    assert_eq!(found[0].what.median_doubled, 0);
    let two = [favoured(3), passed_over(), above(1, 11)];
    assert_eq!(Exceptions::of(&two, today()).inverted[0].what.median_doubled, 1);
}

#[test]
fn managers_are_told_by_how_many_are_theirs() {
    let case = |no, of| Case { customer_id: id(no), manager_id: of, what: () };
    let cases = [case(1, manager(1)), case(2, manager(2)), case(3, manager(2)), case(4, None)];
    assert_eq!(by_manager(&cases), [(manager(2), 2), (None, 1), (manager(1), 1)]);
}

#[test]
fn visits_stand_in_the_week_they_are_due_in() {
    let event = |due_on: &str, is_overdue: bool| EventDebt {
        event_id: EventId(Uuid::nil()),
        done: 0,
        owed: 2,
        due_on: date(due_on),
        overdue: is_overdue.then(|| Overdue { due_on: date(due_on), days: 3 }),
    };
    let members = [
        Member { visits: owed(3, 1, 2), ..member(1) },
        Member { events: vec![event("2026-11-22", false), event("2026-11-15", true)], ..member(2) },
        Member { visits: owed(1, 1, 0), ..member(3) },
    ];
    let found = outlook(&members, today(), 7);
    assert_eq!((found.overdue, found.later), (4, 0));
    let weeks: Vec<_> = found.weeks.iter().map(|week| (week.monday.to_string(), week.visits)).collect();
    assert_eq!(weeks[0], ("2026-11-16".to_owned(), 2), "Sunday still belongs to the week");
    assert_eq!(weeks[6], ("2026-12-28".to_owned(), 2), "the quarter ends on a Thursday");
    assert_eq!(weeks[1..6].iter().map(|(_, visits)| visits).sum::<u64>(), 0);
    assert_eq!(outlook(&members, today(), 6).later, 2);
}

#[test]
fn months_tell_who_stood_where_and_who_moved() {
    let scheme = Preset::BankStandard1.draft(TierSchemeId(Uuid::nil()), OrgUnitId(Uuid::nil()));
    let history = |days: &[(&str, Option<&str>)]| -> BTreeMap<Date, Option<TierCode>> {
        days.iter().map(|(day, tier)| (date(day), tier.map(TierCode::from))).collect()
    };
    let histories = [
        history(&[("2026-01-31", Some("mass")), ("2026-10-31", Some("gold"))]),
        history(&[
            ("2026-09-30", Some("platinum")),
            ("2026-11-02", Some("gold")),
            ("2026-11-20", Some("mass")),
        ]),
        history(&[("2026-11-01", Some("gone")), ("2026-11-03", None), ("2026-11-04", Some("diamond"))]),
    ];
    let months = tier_months(&histories, &scheme, today(), 3);
    let month = |text: &str| text.parse::<Month>().expect("a month");
    let row = |text, by_rank: [u32; 4], up, down| TierMonth {
        month: month(text),
        by_rank: by_rank.to_vec(),
        up,
        down,
    };
    // What is dated ahead of today has not moved anyone's place yet.
    assert_eq!(months[..2], [row("2026-09", [0, 1, 0, 1], 0, 0), row("2026-10", [0, 1, 1, 0], 1, 0)]);
    assert_eq!(months[2].by_rank, [1, 0, 2, 0]);
    assert_eq!((months[2].up, months[2].down), (0, 1));
    assert_eq!(tier_months(&histories, &scheme, today(), 0), []);
}
