//! What holds for any rows.

use super::*;
use chrono::Duration;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::select;

/// Two years around today.
fn day() -> impl Strategy<Value = Date> {
    (0_i64..800).prop_map(|days| date("2025-01-01") + Duration::days(days))
}

fn period() -> impl Strategy<Value = Period> {
    select(Period::ALL.to_vec())
}

fn any_service() -> impl Strategy<Value = Service> {
    let kind = select(ServiceKind::ALL.to_vec());
    let answers = proptest::option::of((1_u128..4).prop_map(|n| EventId(Uuid::from_u128(n))));
    (kind, day(), any::<bool>(), answers).prop_map(|(kind, on, is_done, answers)| Service {
        kind,
        on,
        is_done,
        answers,
    })
}

fn any_standards() -> impl Strategy<Value = Vec<VisitStandard>> {
    let version = (day(), 0_u8..6, any::<bool>(), vec((0_u16..5, period(), 0_u16..5, period()), 3));
    vec(version, 0..4).prop_map(|versions| {
        (1_u32..)
            .zip(versions)
            .map(|(version, (on, carried_periods, do_event_visits_count, quotas))| {
                let mut standard = standard(version, "2026-01-01", carried_periods);
                standard.effective_on = Some(on);
                standard.do_event_visits_count = do_event_visits_count;
                for (own, (visits, visits_per, calls, calls_per)) in standard.tiers.iter_mut().zip(quotas) {
                    own.visits = Quota { count: Some(visits), per: visits_per };
                    own.calls = Quota { count: Some(calls), per: calls_per };
                }
                standard
            })
            .collect()
    })
}

#[derive(Clone, Debug)]
struct World {
    standards: Vec<VisitStandard>,
    since: Option<Date>,
    tiers: BTreeMap<Date, Option<TierCode>>,
    services: Vec<Service>,
    events: Vec<Happened>,
    today: Date,
}

impl World {
    fn debt(&self) -> ServiceDebt {
        let Self { since, tiers, services, events, .. } = self;
        debt(&self.standards, &Served { since: *since, tiers, services, events }, self.today)
    }
}

fn worlds() -> impl Strategy<Value = World> {
    let codes = vec![Some("crystal"), Some("business_a"), Some("public"), None];
    let tier = select(codes).prop_map(|code| code.map(TierCode::from));
    (
        any_standards(),
        proptest::option::of(day()),
        btree_map(day(), tier, 0..4),
        vec(any_service(), 0..20),
        vec(day(), 0..3),
        day(),
    )
        .prop_map(|(standards, since, tiers, services, events, today)| {
            let event = |(n, on)| Happened { id: EventId(Uuid::from_u128(n)), event: "churn".into(), on };
            let events = (1_u128..).zip(events).map(event).collect();
            World { standards, since, tiers, services, events, today }
        })
}

fn shuffled() -> impl Strategy<Value = (World, World)> {
    worlds().prop_flat_map(|world| {
        let rows = (
            Just(world.standards.clone()).prop_shuffle(),
            Just(world.services.clone()).prop_shuffle(),
            Just(world.events.clone()).prop_shuffle(),
        );
        rows.prop_map(move |(standards, services, events)| {
            (world.clone(), World { standards, services, events, ..world.clone() })
        })
    })
}

proptest! {
    #[test]
    fn debt_does_not_depend_on_the_order_in_which_rows_arrive((one, other) in shuffled()) {
        prop_assert_eq!(one.debt(), other.debt());
    }

    #[test]
    fn debt_holds_together(world in worlds()) {
        let found = world.debt();
        for kind in [found.visits, found.calls] {
            prop_assert!(kind.carried <= kind.owed);
            prop_assert!(kind.owed - kind.carried <= 4 * 5, "what has begun asks for no more than its numbers");
            prop_assert_eq!(kind.overdue.is_some(), kind.carried > 0);
            prop_assert!(kind.overdue.is_none_or(|overdue| overdue.days > 0 && overdue.due_on < world.today));
            prop_assert!(kind.next_due.is_none_or(|due| due >= world.today));
            prop_assert!(kind.period.is_none_or(|period| period.holds(world.today)));
        }
    }

    #[test]
    fn a_visit_more_never_owes_more_and_pays_at_most_one(world in worlds(), on in day()) {
        let before = world.debt();
        let mut after = world.clone();
        after.services.push(Service { kind: ServiceKind::Visit, on, is_done: true, answers: None });
        let after = after.debt();
        prop_assert!(after.visits.owed <= before.visits.owed);
        prop_assert!(before.visits.owed - after.visits.owed <= 1);
        prop_assert!(after.visits.carried <= before.visits.carried);
        prop_assert_eq!((after.calls, after.events), (before.calls, before.events));
    }

    #[test]
    fn what_is_skipped_ahead_or_too_early_pays_nothing(world in worlds(), on in day()) {
        let before = world.debt();
        let mut after = world.clone();
        let ahead = world.today + Duration::days(1);
        let done = Service { kind: ServiceKind::Visit, on: ahead, is_done: true, answers: None };
        after.services.push(done);
        after.services.extend(world.since.map(|since| Service { on: since - Duration::days(1), ..done }));
        prop_assert_eq!(after.debt(), before.clone());
        after.services.push(Service { on, is_done: false, ..done });
        let mut skipped = after.debt();
        skipped.visits.skipped = before.visits.skipped;
        prop_assert_eq!(skipped, before);
    }

    /// Against the plain sum of quarters: what is left of the last one and this one's number, less what is done, not
    /// below zero.
    #[test]
    fn quarters_carry_what_is_left(number in 0_u16..5, done in vec(0_u32..8, 5)) {
        let quarters = ["2025-10-01", "2026-01-01", "2026-04-01", "2026-07-01", "2026-10-01"].map(date);
        let mut left = 0;
        let mut services = Vec::new();
        for (from, done) in quarters.into_iter().zip(done) {
            left = (left + u32::from(number)).saturating_sub(done);
            let visit = Service { kind: ServiceKind::Visit, on: from, is_done: true, answers: None };
            services.extend((0..done).map(|day| Service { on: from + Duration::days(day.into()), ..visit }));
        }
        let mut standard = standard(1, "2025-10-01", 12);
        standard.tiers = vec![of_tier("crystal", number, 1)];
        let tiers = tiers(&[("2020-01-01", "crystal")]);
        let found = debt(&[standard], &served(&tiers, &services), today());
        prop_assert_eq!(found.visits.owed, left);
    }
}
