mod check;
mod properties;

use super::*;
use crate::ids::{CustomerId, EmployeeId, EventId, VisitId};
use crate::time::Timestamp;
use crate::visit::{Visit, VisitState};
use std::collections::BTreeMap;
use uuid::Uuid;

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

/// In the fourth quarter of 92 days, whose second half begins on 16 November.
fn today() -> Date {
    date("2026-11-18")
}

fn of_tier(tier: &str, visits: u16, calls: u16) -> TierStandard {
    TierStandard {
        tier: tier.into(),
        visits: Quota { count: Some(visits), per: Period::Quarter },
        calls: Quota { count: Some(calls), per: Period::Month },
        on_event: Vec::new(),
    }
}

/// The table of R060; nothing is owed to the public.
fn standard(version: u32, effective_on: &str, carried_periods: u8) -> VisitStandard {
    let churn =
        EventRule {
            event: "churn".into(), name: "流失迹象".to_owned(), visits: 1, within_days: Some(10)
        };
    VisitStandard {
        id: VisitStandardId(Uuid::from_u128(version.into())),
        org_unit_id: OrgUnitId(Uuid::from_u128(2)),
        version,
        state: VersionState::Published,
        effective_on: Some(date(effective_on)),
        carried_periods,
        do_event_visits_count: false,
        tiers: vec![
            of_tier("crystal", 2, 1),
            TierStandard { on_event: vec![churn], ..of_tier("business_a", 1, 1) },
            of_tier("public", 0, 0),
        ],
    }
}

fn service(kind: ServiceKind, on: &str, is_done: bool) -> Service {
    Service { kind, on: date(on), is_done, answers: None }
}

fn visits(on: &[&str]) -> Vec<Service> {
    on.iter().map(|on| service(ServiceKind::Visit, on, true)).collect()
}

fn tiers(from: &[(&str, &str)]) -> BTreeMap<Date, Option<TierCode>> {
    from.iter().map(|(from, tier)| (date(from), Some(TierCode::from(*tier)))).collect()
}

fn served<'a>(tiers: &'a BTreeMap<Date, Option<TierCode>>, services: &'a [Service]) -> Served<'a> {
    Served { since: None, tiers, services, events: &[] }
}

/// By the standard since 2026, nothing carried.
fn this_period(tier: &str, services: &[Service], today: &str) -> ServiceDebt {
    let tiers = tiers(&[("2026-01-01", tier)]);
    debt(&[standard(1, "2026-01-01", 0)], &served(&tiers, services), date(today))
}

#[test]
fn a_period_asks_for_its_number_by_its_last_day() {
    let none: &[&str] = &[];
    for (tier, done, today, required, owed, next_due) in [
        ("crystal", none, "2026-11-18", 2, 2, Some("2026-12-31")),
        ("crystal", &["2026-10-01"], "2026-11-18", 2, 1, Some("2026-12-31")),
        ("crystal", &["2026-09-30"], "2026-11-18", 2, 2, Some("2026-12-31")),
        ("crystal", &["2026-10-01", "2026-11-18"], "2026-11-18", 2, 0, Some("2027-03-31")),
        ("crystal", &["2026-10-01", "2026-10-01"], "2026-11-18", 2, 0, Some("2027-03-31")),
        // What was done beyond is not saved for the next quarter.
        ("crystal", &["2026-10-01", "2026-10-02", "2026-10-03"], "2027-01-01", 2, 2, Some("2027-03-31")),
        ("crystal", none, "2026-12-31", 2, 2, Some("2026-12-31")),
        ("business_a", none, "2026-11-18", 1, 1, Some("2026-12-31")),
        ("business_a", &["2026-12-31"], "2026-12-31", 1, 0, Some("2027-03-31")),
        ("public", none, "2026-11-18", 0, 0, None),
        ("public", &["2026-11-18"], "2026-11-18", 0, 0, None),
    ] {
        let found = this_period(tier, &visits(done), today).visits;
        let case = format!("{tier} {done:?} {today}");
        assert_eq!((found.required, found.owed), (required, owed), "{case}");
        assert_eq!(found.next_due, next_due.map(date), "{case}");
        assert_eq!((found.carried, found.overdue), (0, None), "{case}");
    }
}

#[test]
fn calls_are_counted_by_the_month_and_beside_the_visits() {
    let call = [service(ServiceKind::Call, "2026-11-02", true)];
    let found = this_period("crystal", &call, "2026-11-18");
    assert_eq!((found.calls.done, found.calls.owed), (1, 0));
    assert_eq!(found.calls.period, Some(Span { from: date("2026-11-01"), to: date("2026-11-30") }));
    assert_eq!(found.calls.next_due, Some(date("2026-12-31")));
    assert_eq!((found.visits.done, found.visits.owed), (0, 2));
    assert_eq!(this_period("crystal", &call, "2026-12-01").calls.owed, 1);
}

#[test]
fn what_is_skipped_or_missed_is_carried_and_the_next_visit_pays_the_oldest() {
    let tiers = tiers(&[("2026-07-01", "business_a")]);
    let skipped = service(ServiceKind::Visit, "2026-09-10", false);
    let skipped_now = service(ServiceKind::Visit, "2026-11-10", false);
    let standards = [standard(1, "2026-07-01", 4)];
    for (services, owed, carried, skips, overdue_days) in [
        (vec![], 2, 1, 0, Some(49)),
        (vec![skipped], 2, 1, 0, Some(49)),
        (vec![skipped, skipped_now], 2, 1, 1, Some(49)),
        (visits(&["2026-09-20"]), 1, 0, 0, None),
        (visits(&["2026-10-20"]), 1, 0, 0, None),
        (visits(&["2026-10-20", "2026-11-01"]), 0, 0, 0, None),
        (visits(&["2026-09-20", "2026-09-21", "2026-09-22"]), 1, 0, 0, None),
    ] {
        let found = debt(&standards, &served(&tiers, &services), today()).visits;
        assert_eq!((found.owed, found.carried, found.skipped), (owed, carried, skips), "{services:?}");
        assert_eq!(found.overdue.map(|overdue| overdue.days), overdue_days, "{services:?}");
        assert_eq!(found.is_behind(today()), owed == 2, "{services:?}");
    }
    let found = debt(&standards, &served(&tiers, &[]), today()).visits;
    assert_eq!(found.overdue, Some(Overdue { due_on: date("2026-09-30"), days: 49 }));
    assert_eq!(found.next_due, Some(date("2026-12-31")), "the overdue one is not the next");
}

#[test]
fn debt_lapses_after_the_periods_the_standard_carries() {
    let tiers = tiers(&[("2020-01-01", "crystal")]);
    for (carried_periods, carried, due_on) in [
        (0, 0, None),
        (1, 2, Some("2026-09-30")),
        (4, 8, Some("2025-12-31")),
        (255, 54, Some("2020-03-31")), // 27 quarters since the standard began
    ] {
        let standards = [standard(1, "2020-01-01", carried_periods)];
        let found = debt(&standards, &served(&tiers, &[]), today()).visits;
        assert_eq!((found.carried, found.owed), (carried, carried + 2), "{carried_periods}");
        assert_eq!(found.overdue.map(|overdue| overdue.due_on), due_on.map(date), "{carried_periods}");
    }
}

#[test]
fn a_customer_is_behind_once_fewer_are_done_than_the_part_gone_by_asks_for() {
    // Two in 92 days: the first when 46 have gone by, the second on the last.
    for (done, on, is_behind) in [
        (&[][..], "2026-10-02", false),
        (&[], "2026-11-15", false),
        (&[], "2026-11-16", true),
        (&["2026-10-01"], "2026-12-31", false),
        (&["2026-10-01", "2026-10-02"], "2026-12-31", false),
    ] {
        assert_eq!(
            this_period("crystal", &visits(done), on).visits.is_behind(date(on)),
            is_behind,
            "{done:?} {on}"
        );
    }
    assert!(!this_period("business_a", &[], "2026-12-31").visits.is_behind(date("2026-12-31")), "one of one");
    assert!(!this_period("public", &[], "2026-12-31").visits.is_behind(date("2026-12-31")));
}

#[test]
fn a_standard_of_zero_asks_for_nothing_and_one_of_a_thousand_counts_as_written() {
    let mut absurd = standard(1, "2026-01-01", 12);
    absurd.tiers = vec![of_tier("crystal", 1_000, u16::MAX), of_tier("public", 0, 0)];
    let of = |tier| {
        let tiers = tiers(&[("2026-01-01", tier)]);
        debt(std::slice::from_ref(&absurd), &served(&tiers, &visits(&["2026-11-01"])), today())
    };
    let zero = of("public");
    assert_eq!((zero.visits.required, zero.visits.owed, zero.visits.next_due), (0, 0, None));
    assert_eq!((zero.calls.owed, zero.visits.done), (0, 1));
    let thousand = of("crystal");
    assert_eq!((thousand.visits.required, thousand.visits.owed), (1_000, 3_999));
    assert_eq!(thousand.calls.owed, 11 * u32::from(u16::MAX));
}

#[test]
fn a_visit_ahead_of_today_waits_for_its_day_and_one_before_the_opening_never_counts() {
    let ahead = visits(&["2026-11-19"]);
    assert_eq!(this_period("crystal", &ahead, "2026-11-18").visits.done, 0);
    assert_eq!(this_period("crystal", &ahead, "2026-11-19").visits.owed, 1);

    let tiers = tiers(&[("2026-01-01", "crystal")]);
    let standards = [standard(1, "2026-01-01", 4)];
    for (on, done) in [("2026-10-09", 0), ("2026-10-10", 1)] {
        let services = visits(&[on]);
        let since = Some(date("2026-10-10"));
        let found = debt(&standards, &Served { since, ..served(&tiers, &services) }, today()).visits;
        assert_eq!((found.done, found.owed, found.carried), (done, 2 - done, 0), "{on}");
    }
}

#[test]
fn a_customer_opened_in_mid_period_owes_by_the_days_left() {
    let tiers = |tier| tiers(&[("2020-01-01", tier)]);
    for (tier, since, required) in [
        ("crystal", "2026-10-01", 2),
        ("crystal", "2026-10-24", 2), // 69 of 92 days: one and a half
        ("crystal", "2026-10-25", 1),
        ("crystal", "2026-11-18", 1),
        ("crystal", "2026-11-19", 0), // not there yet
        ("business_a", "2026-11-16", 1),
        ("business_a", "2026-11-17", 0), // 45 of 92 days
    ] {
        let of_tier = tiers(tier);
        let since = Some(date(since));
        let found =
            debt(&[standard(1, "2026-01-01", 4)], &Served { since, ..served(&of_tier, &[]) }, today()).visits;
        assert_eq!((found.required, found.owed), (required, required), "{tier} {since:?}");
        assert_eq!(found.overdue, None, "nothing was owed before");
    }
}

#[test]
fn a_change_of_tier_in_mid_period_is_weighed_by_days() {
    let standards = [standard(1, "2026-01-01", 0)];
    for (changes, required) in [
        (&[("2026-01-01", "business_a"), ("2026-11-16", "crystal")][..], 2), // one and a half
        (&[("2026-01-01", "business_a"), ("2026-11-17", "crystal")], 1),
        (&[("2026-01-01", "crystal"), ("2026-11-16", "public")], 1),
        (&[("2026-01-01", "public"), ("2026-11-16", "crystal")], 1),
        (&[("2026-11-16", "crystal")], 1), // no tier before
        (&[("2026-01-01", "crystal"), ("2026-10-20", "public"), ("2026-11-12", "crystal")], 2),
    ] {
        let tiers = tiers(changes);
        let services = visits(&["2026-10-02"]);
        let found = debt(&standards, &served(&tiers, &services), today()).visits;
        assert_eq!((found.required, found.owed), (required, required - 1), "{changes:?}");
    }
}

#[test]
fn a_change_of_standard_in_mid_period_is_weighed_by_days() {
    let mut more = standard(2, "2026-11-16", 0);
    more.tiers = vec![of_tier("crystal", 4, 1)];
    let mut monthly = standard(2, "2026-11-16", 1);
    monthly.tiers = vec![of_tier("crystal", 1, 1)];
    monthly.tiers[0].visits.per = Period::Month;
    let draft = VisitStandard { state: VersionState::Draft, ..more.clone() };
    let tiers = tiers(&[("2026-01-01", "crystal")]);
    let first = standard(1, "2026-10-01", 0);

    let of = |standards: &[VisitStandard], services: &[Service], on: &str| {
        debt(standards, &served(&tiers, services), date(on)).visits
    };
    assert_eq!(of(&[first.clone(), more.clone()], &[], "2026-11-18").required, 3);
    assert_eq!(of(&[more.clone(), first.clone()], &[], "2026-10-05").required, 3, "known in advance");
    assert_eq!(of(&[first.clone(), draft], &[], "2026-11-18").required, 2, "a draft changes nothing");
    assert_eq!(of(&[more], &[], "2026-11-18").required, 2, "the first standard of all begins in mid-period");

    // From quarters to months: one of the quarter's two, half of November's one, and December's.
    let changed = [first, monthly];
    let december = of(&changed, &[], "2026-12-05");
    assert_eq!((december.required, december.owed, december.carried), (1, 3, 1));
    assert_eq!(december.overdue, Some(Overdue { due_on: date("2026-11-30"), days: 5 }));
    // The first visit pays what is due first of what had begun: in October only the quarter's.
    let found = of(&changed, &visits(&["2026-10-05"]), "2026-12-05");
    assert_eq!((found.owed, found.carried), (2, 1));
    let found = of(&changed, &visits(&["2026-11-05"]), "2026-12-05");
    assert_eq!((found.owed, found.carried), (2, 0));
}

#[test]
fn a_hand_over_in_mid_period_changes_nothing() {
    let by = |n: u128, visitor: u128, state, on: &str| Visit {
        id: VisitId(Uuid::from_u128(n)),
        customer_id: CustomerId(Uuid::from_u128(9)),
        visitor_id: EmployeeId(Uuid::from_u128(visitor)),
        state,
        on: date(on),
        at_minute: None,
        purpose: None,
        report: None,
        not_held: None,
        written_at: Timestamp(0),
    };
    let visits = [
        by(1, 1, VisitState::Done, "2026-10-05"),
        by(2, 2, VisitState::Done, "2026-11-05"),
        by(3, 2, VisitState::Skipped, "2026-11-06"),
        by(4, 2, VisitState::Planned, "2026-11-07"),
        by(5, 1, VisitState::Cancelled, "2026-11-08"),
    ];
    let services: Vec<Service> = visits.iter().filter_map(Service::of_visit).collect();
    let found = this_period("crystal", &services, "2026-11-18").visits;
    assert_eq!((found.done, found.skipped, found.owed), (2, 1, 0));
}

#[test]
fn an_event_asks_for_visits_of_its_own() {
    let id = EventId(Uuid::from_u128(1));
    let event = |on: &str| [Happened { id, event: "churn".into(), on: date(on) }];
    let answer = |on: &str| Service { answers: Some(id), ..service(ServiceKind::Visit, on, true) };
    let tiers = tiers(&[("2026-01-01", "business_a")]);
    let of = |standard: VisitStandard, events: &[Happened], services: &[Service]| {
        let found = debt(&[standard], &Served { events, ..served(&tiers, services) }, today());
        let event = found.events.first().map(|event| (event.owed, event.overdue.map(|late| late.days)));
        (found.visits.owed, found.visits.done, event)
    };
    let plain = || standard(1, "2026-01-01", 0);
    let both = || VisitStandard { do_event_visits_count: true, ..plain() };
    for (standard, on, services, expected) in [
        (plain(), "2026-11-01", vec![], (1, 0, Some((1, Some(7))))),
        (plain(), "2026-11-08", vec![], (1, 0, Some((1, None)))),
        // It does not reduce the quota, unless the standard says so (R061).
        (plain(), "2026-11-01", vec![answer("2026-11-02")], (1, 0, Some((0, None)))),
        (both(), "2026-11-01", vec![answer("2026-11-02")], (0, 1, Some((0, None)))),
        // Late is still an answer; before the event, or once more, is a visit like any other.
        (plain(), "2026-11-01", vec![answer("2026-11-18")], (1, 0, Some((0, None)))),
        (plain(), "2026-11-01", vec![answer("2026-10-31")], (0, 1, Some((1, Some(7))))),
        (plain(), "2026-11-01", vec![answer("2026-11-03"), answer("2026-11-02")], (0, 1, Some((0, None)))),
        (plain(), "2026-11-01", visits(&["2026-11-02"]), (0, 1, Some((1, Some(7))))),
        // An event ahead, or of a day without a standard, asks for nothing.
        (plain(), "2026-11-19", vec![], (1, 0, None)),
        (plain(), "2025-11-01", vec![answer("2026-11-02")], (0, 1, None)),
    ] {
        assert_eq!(of(standard, &event(on), &services), expected, "{on} {services:?}");
    }
    let unknown = [Happened { id, event: "moved".into(), on: today() }];
    assert_eq!(of(plain(), &unknown, &[]), (1, 0, None));
    let found = debt(&[plain()], &Served { events: &event("2026-11-01"), ..served(&tiers, &[]) }, today());
    assert_eq!(found.visits_owed(), 2);
}

#[test]
fn without_a_tier_or_a_standard_nothing_is_owed() {
    let none = tiers(&[]);
    let some = tiers(&[("2026-01-01", "crystal")]);
    let silent = tiers(&[("2026-01-01", "key_2")]);
    let done = visits(&["2026-11-01"]);
    let standards = [standard(1, "2026-01-01", 4)];
    for found in [
        debt(&standards, &served(&none, &done), today()),
        debt(&standards, &served(&silent, &done), today()),
        debt(&[], &served(&some, &done), today()),
    ] {
        assert_eq!(found, ServiceDebt::default());
    }
}

#[test]
fn periods_are_those_of_the_calendar() {
    for (per, day, from, to) in [
        (Period::Month, "2026-11-18", "2026-11-01", "2026-11-30"),
        (Period::Month, "2028-02-29", "2028-02-01", "2028-02-29"),
        (Period::Month, "2026-02-01", "2026-02-01", "2026-02-28"),
        (Period::Quarter, "2026-03-31", "2026-01-01", "2026-03-31"),
        (Period::Quarter, "2026-04-01", "2026-04-01", "2026-06-30"),
        (Period::Quarter, "2026-12-31", "2026-10-01", "2026-12-31"),
        (Period::HalfYear, "2026-06-30", "2026-01-01", "2026-06-30"),
        (Period::HalfYear, "2026-07-01", "2026-07-01", "2026-12-31"),
        (Period::Year, "2026-11-18", "2026-01-01", "2026-12-31"),
    ] {
        assert_eq!(per.holding(date(day)), Span { from: date(from), to: date(to) }, "{per:?} {day}");
    }
    for end in [Date::MIN, Date::MAX] {
        let found = debt(&[standard(1, "2026-01-01", 255)], &served(&tiers(&[]), &[]), end);
        assert_eq!(found.visits.owed, 0);
    }
}
