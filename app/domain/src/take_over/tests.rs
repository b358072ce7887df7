use super::*;
use crate::customer::Place;
use crate::ids::{OrgUnitId, PolicyId};
use crate::mark::MarkKind;
use crate::time::Date;
use chrono::{Datelike, Duration};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn id(n: u128) -> CustomerId {
    CustomerId(Uuid::from_u128(n))
}

/// A Wednesday.
fn today() -> Date {
    date("2026-11-18")
}

fn important(n: u128) -> Marked {
    Marked {
        customer_id: id(n),
        kind: MarkKind::Important,
        place: None,
        value: None,
        is_overdue: false,
        due: None,
        is_served: false,
    }
}

/// So many hundreds of metres east.
fn street(hundreds: i32) -> Option<Place> {
    Some(Place { longitude_e6: 121_500_000 + hundreds * 1_036, latitude_e6: 29_860_000 })
}

fn due(on: &str, kind: DueKind) -> Option<Due> {
    Some(Due { on: date(on), kind })
}

/// `day number`, by week.
fn shown(month: &FirstMonth) -> Vec<String> {
    let week = |week: &Week| {
        let stop = |stop: &Stop| format!("{}:{}", stop.on.day(), stop.customer_id.0.as_u128());
        week.stops.iter().map(stop).collect::<Vec<_>>().join(" ")
    };
    month.weeks.iter().map(week).collect()
}

#[test]
fn each_rule_of_the_first_month_has_its_case() {
    let (ends, birthday) = (DueKind::ContractEnds, DueKind::Birthday);
    let marked = |n: u128, kind| Marked { kind, ..important(n) };
    let of_value = |n: u128, value: i64| Marked { value: Some(value), ..important(n) };
    let planned = |on: &str, n: u128| Planned { on: date(on), customer_id: id(n) };
    for (what, a_week, marked, planned, expected) in [
        ("nobody", 2, vec![], vec![], ["", "", "", ""]),
        (
            "only what is important is visited",
            2,
            vec![marked(1, MarkKind::Routine), marked(2, MarkKind::CallFirst), marked(3, MarkKind::Later)],
            vec![],
            ["", "", "", ""],
        ),
        (
            "by value, two a week, from Thursday on, spread over the days",
            2,
            vec![of_value(1, 10), of_value(2, 30), of_value(3, 20), important(4)],
            vec![],
            ["19:2 20:3", "26:1 27:4", "", ""],
        ),
        (
            "the weekend stays free",
            3,
            vec![important(1), important(2), important(3)],
            vec![],
            ["19:1 20:2 23:3", "", "", ""],
        ),
        (
            "the overdue before the richer",
            1,
            vec![of_value(1, 10), Marked { is_overdue: true, ..important(2) }],
            vec![],
            ["19:2", "26:1", "", ""],
        ),
        (
            "a contract and a birthday in their week",
            1,
            vec![
                Marked { due: due("2026-12-03", birthday), ..important(1) },
                Marked { due: due("2026-12-16", ends), ..important(2) },
                important(3),
            ],
            vec![],
            ["19:3", "", "3:1", "10:2"],
        ),
        (
            "a full week sends the second one before it",
            1,
            vec![
                Marked { due: due("2026-12-02", ends), ..important(1) },
                Marked { due: due("2026-12-02", birthday), ..important(2) },
            ],
            vec![],
            ["19:2", "26:1", "", ""],
        ),
        (
            "a day that has passed is tomorrow's; who finds no room by their day comes first after it",
            1,
            vec![
                Marked { due: due("2026-11-01", ends), ..of_value(1, 1) },
                Marked { due: due("2026-11-19", birthday), ..of_value(2, 1) },
                of_value(3, 9),
            ],
            vec![],
            ["19:1", "26:2", "3:3", ""],
        ),
        (
            "neighbours in one week",
            2,
            vec![
                Marked { place: street(0), ..of_value(1, 40) },
                Marked { place: street(500), ..of_value(2, 30) },
                Marked { place: street(10), ..of_value(3, 20) },
                Marked { place: street(490), ..of_value(4, 10) },
            ],
            vec![],
            ["19:1 20:3", "26:2 27:4", "", ""],
        ),
        (
            "whoever is planned or served is not planned again, and a plan takes room",
            1,
            vec![important(1), Marked { is_served: true, ..important(2) }, important(3)],
            vec![planned("2026-11-30", 1), planned("2026-11-20", 9)],
            ["", "", "7:3", ""],
        ),
    ] {
        let month = first_month(today(), a_week, &marked, &planned);
        assert_eq!(shown(&month), expected.map(str::to_owned), "{what}");
    }
}

#[test]
fn who_does_not_fit_is_told_and_until_when_it_would_take() {
    for (count, a_week, left, until) in [
        (8_u32, 2, vec![], None),
        (9, 2, vec![9], Some("2026-12-23")),
        (10, 2, vec![9, 10], Some("2026-12-23")),
        (11, 2, vec![9, 10, 11], Some("2026-12-30")),
        // None a week is one: a plan without an end helps nobody.
        (5, 0, vec![5], Some("2026-12-23")),
    ] {
        let marked: Vec<Marked> = (1..=count)
            .map(|n| Marked { value: Some(1_000 - i64::from(n)), ..important(n.into()) })
            .collect();
        let month = first_month(today(), a_week, &marked, &[]);
        let told: Vec<u128> = month.left_over.iter().map(|id| id.0.as_u128()).collect();
        assert_eq!((told, month.left_until), (left, until.map(date)), "{count} at {a_week} a week");
    }
}

#[test]
fn calls_come_in_their_week_and_are_spread_otherwise() {
    let call = |n| Marked { kind: MarkKind::CallFirst, ..important(n) };
    let marked = [
        Marked { due: due("2026-11-27", DueKind::Birthday), ..call(1) },
        call(2),
        call(3),
        call(4),
        call(5),
        Marked { is_served: true, ..call(6) },
    ];
    let month = first_month(today(), 9, &marked, &[]);
    let calls: Vec<Vec<u128>> =
        month.weeks.iter().map(|week| week.calls.iter().map(|id| id.0.as_u128()).collect()).collect();
    assert_eq!(calls, [vec![2, 5], vec![1], vec![3], vec![4]]);
    assert_eq!(month.stops().count(), 0);
}

#[test]
fn the_order_puts_first_what_is_asked_for() {
    let one = |n, value, overdue_days, owed, gravity| Weighed {
        customer_id: id(n),
        value,
        overdue_days,
        owed,
        gravity,
    };
    let customers = vec![
        one(1, Some(10), 0, 2, 1),
        one(2, None, 30, 1, 0),
        one(3, Some(-5), 30, 2, 4),
        one(4, Some(10), 0, 0, 1),
    ];
    for (order, expected) in
        [(Order::Value, [1, 4, 3, 2]), (Order::Debt, [3, 2, 1, 4]), (Order::Signs, [3, 1, 4, 2])]
    {
        for _ in 0..2 {
            let mut turned = customers.clone();
            turned.reverse();
            assert_eq!(sorted(order, turned), expected.map(id), "{order:?}");
        }
    }
}

#[test]
fn signs_weigh_more_than_debt() {
    let birthday = Reason::Birthday { on: today(), turns: None, is_lunar: true };
    let quiet = Reason::NotVisited { last_on: None };
    assert_eq!([is_sign(&birthday), is_sign(&quiet)], [true, false]);
    assert_eq!(gravity([&birthday, &quiet], 0), 1);
    assert_eq!(gravity([&quiet], 2), 8);
}

#[test]
fn a_pace_is_told_after_a_few_looks_and_knows_pauses() {
    let pace = [6_000, 500_000, 4_000].into_iter().fold(Pace::default(), Pace::after);
    assert_eq!((pace.seconds_each(), pace.minutes_for(400)), (None, None));
    let pace = pace.after(8_000);
    assert_eq!(
        (pace.seconds_each(), pace.minutes_for(400), pace.minutes_for(1)),
        (Some(6), Some(40), Some(1))
    );
}

#[test]
fn a_week_holds_what_the_organisation_says_or_the_hours_do() {
    let usual = Policy::usual(PolicyId(Uuid::nil()), OrgUnitId(Uuid::nil()));
    for (said, expected) in [(None, 26), (Some(9), 9), (Some(0), 1), (Some(u16::MAX), 70)] {
        assert_eq!(visits_a_week(&Policy { visits_a_week: said, ..usual.clone() }), expected);
    }
}

fn arb_marked() -> impl Strategy<Value = Vec<Marked>> {
    let kind = prop_oneof![3 => Just(MarkKind::Important), 1 => Just(MarkKind::CallFirst), 1 => Just(MarkKind::Later)];
    let due = proptest::option::of((-3_i64..40, any::<bool>()));
    let one =
        (kind, proptest::option::of(-60..60), proptest::option::of(0..9_i64), any::<bool>(), due, 0..8_u8);
    vec(one, 0..60).prop_map(|all| {
        let marked = |(n, (kind, at, value, is_overdue, due, served)): (u128, _)| {
            let due = Option::map(due, |(days, is_contract): (i64, bool)| Due {
                on: today() + Duration::days(days),
                kind: if is_contract { DueKind::ContractEnds } else { DueKind::Birthday },
            });
            let place = Option::and_then(at, street);
            Marked { kind, place, value, is_overdue, due, is_served: served == 0, ..important(n) }
        };
        (1..).zip(all).map(marked).collect()
    })
}

fn arb_planned() -> impl Strategy<Value = Vec<Planned>> {
    let one = (-2_i64..50, 1..90_u128);
    vec(one, 0..20).prop_map(|all| {
        let planned = |(days, n)| Planned { on: today() + Duration::days(days), customer_id: id(n) };
        all.into_iter().map(planned).collect()
    })
}

proptest! {
    #[test]
    fn no_seven_days_get_more_than_a_week_may_have(
        marked in arb_marked(), planned in arb_planned(), a_week in 1..12_u16,
    ) {
        let month = first_month(today(), a_week, &marked, &planned);
        for stop in month.stops() {
            prop_assert!(stop.on > today() && stop.on.weekday().num_days_from_monday() < 5);
            for first in (0..7).map(|back| stop.on - Duration::days(back)).filter(|first| *first > today()) {
                let holds = |on: Date| (first..first + Duration::days(7)).contains(&on);
                let visits = month.stops().filter(|stop| holds(stop.on)).count()
                    + planned.iter().filter(|planned| holds(planned.on)).count();
                prop_assert!(visits <= a_week.into(), "{visits} from {first}");
            }
        }
    }

    #[test]
    fn everybody_important_has_a_visit_a_plan_or_is_told_once(
        marked in arb_marked(), planned in arb_planned(), a_week in 1..12_u16,
    ) {
        let month = first_month(today(), a_week, &marked, &planned);
        let mut told: Vec<CustomerId> = month.stops().map(|stop| stop.customer_id).collect();
        told.extend(&month.left_over);
        let has_plan: BTreeSet<CustomerId> =
            planned.iter().filter(|own| own.on >= today()).map(|own| own.customer_id).collect();
        let of_kind = |kind| marked.iter().filter(move |one| one.kind == kind && !one.is_served);
        let mut expected: Vec<CustomerId> = of_kind(MarkKind::Important)
            .map(|one| one.customer_id)
            .filter(|id| !has_plan.contains(id))
            .collect();
        told.sort_unstable();
        expected.sort_unstable();
        prop_assert_eq!(told, expected);
        let calls: usize = month.weeks.iter().map(|week| week.calls.len()).sum();
        prop_assert_eq!(calls, of_kind(MarkKind::CallFirst).count());
        prop_assert_eq!(month.left_until.is_none(), month.left_over.is_empty());
    }

    #[test]
    fn the_order_of_the_input_changes_nothing(
        (marked, turned) in arb_marked().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        (planned, other) in arb_planned().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        a_week in 1..12_u16,
    ) {
        prop_assert_eq!(
            first_month(today(), a_week, &marked, &planned),
            first_month(today(), a_week, &turned, &other)
        );
    }

    /// Several due on one day may leave a day beside it empty: seven days in a row are what counts.
    #[test]
    fn room_is_used_before_anybody_is_left_over(mut marked in arb_marked(), a_week in 1..12_u16) {
        marked.iter_mut().for_each(|one| one.due = None);
        let month = first_month(today(), a_week, &marked, &[]);
        if !month.left_over.is_empty() {
            prop_assert!(month.weeks.iter().all(|week| week.visits() == usize::from(a_week)));
        }
    }
}
