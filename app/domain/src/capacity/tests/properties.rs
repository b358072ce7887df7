//! What holds for any branch.

use super::*;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

fn any_quota() -> impl Strategy<Value = Quota> {
    let count =
        prop_oneof![8 => (0_u16..6).prop_map(Some), 1 => Just(None), 1 => any::<u16>().prop_map(Some)];
    (count, select(Period::ALL.to_vec())).prop_map(|(count, per)| Quota { count, per })
}

fn any_tier() -> impl Strategy<Value = TierPlan> {
    let customers = prop_oneof![9 => 0_u32..500, 1 => any::<u32>()];
    let limit = proptest::option::of((0_u16..60, any::<bool>()));
    (customers, any_quota(), any_quota(), limit).prop_map(|(customers, visits, calls, limit)| {
        let limit = limit.map(|(customers, is_hard)| LoadLimit { customers, is_hard });
        TierPlan { tier: "".into(), customers, visits, calls, limit }
    })
}

fn small_or_any(max: u16) -> impl Strategy<Value = u16> {
    prop_oneof![9 => 0..max, 1 => any::<u16>()]
}

fn any_staffing() -> impl Strategy<Value = Staffing> {
    let hours = (small_or_any(50), small_or_any(120), small_or_any(30)).prop_map(|(a_week, visit, call)| {
        WorkingHours { hours_a_week: a_week, minutes_per_visit: visit, minutes_per_call: call }
    });
    (small_or_any(20), small_or_any(40), small_or_any(14), proptest::option::of(hours)).prop_map(
        |(managers, visits_a_week, weeks, hours)| Staffing { managers, visits_a_week, weeks, hours },
    )
}

fn any_plan() -> impl Strategy<Value = Plan> {
    (vec(any_tier(), 0..5), any_staffing()).prop_map(|(mut tiers, staffing)| {
        for (at, own) in tiers.iter_mut().enumerate() {
            own.tier = TierCode(format!("tier_{at}"));
        }
        plan(tiers, staffing)
    })
}

/// The same remedy, one step smaller.
fn one_less(change: &Change) -> Option<WhatIf> {
    match change {
        Change::VisitsAWeek { to, .. } => Some(WhatIf { visits_a_week: Some(to - 1), ..WhatIf::default() }),
        Change::Managers { to, .. } => Some(WhatIf { managers: Some(to - 1), ..WhatIf::default() }),
        Change::HalfAsOften { .. } | Change::CallsOnly { .. } => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_remedy_makes_it_enough_and_the_least_is_the_least(plan in any_plan()) {
        let verdict = plan.coverage().verdict;
        for Remedy { change, surplus } in plan.remedies() {
            prop_assert!(!verdict.is_enough());
            let after = plan.with(&change.what_if());
            prop_assert_eq!(after.coverage().verdict, Verdict::Enough { surplus });
            if let Some(less) = one_less(&change) {
                prop_assert!(!plan.with(&less).coverage().verdict.is_enough(), "{:?}", change);
            }
            match change {
                Change::VisitsAWeek { to, more } => prop_assert_eq!(to - more, plan.staffing.visits_a_week),
                Change::Managers { to, more } => prop_assert_eq!(to - more, plan.staffing.managers),
                Change::HalfAsOften { tier, .. } | Change::CallsOnly { tier } => {
                    prop_assert!(plan.tiers.iter().any(|own| own.tier == tier && own.customers > 0));
                }
            }
        }
    }

    #[test]
    fn a_verdict_is_what_adds_up(plan in any_plan()) {
        let Coverage { visits, calls, room, hours, verdict } = plan.coverage();
        let is_enough = hours.is_none_or(|hours| hours.needed_minutes <= hours.available_minutes);
        prop_assert_eq!(verdict.is_enough(), visits <= room && is_enough);
        match (verdict, hours) {
            (Verdict::Enough { surplus }, None) => prop_assert_eq!(visits + surplus, room),
            (Verdict::Enough { surplus }, Some(hours)) => {
                prop_assert_eq!(visits + surplus, room.min(hours.visits));
            }
            (Verdict::Short { by }, None) => prop_assert_eq!(visits, room + by),
            (Verdict::Short { by }, Some(hours)) => {
                // Minutes at the end of their type are short, but no longer by how many.
                let is_known = hours.needed_minutes < u64::MAX;
                prop_assert!(by > 0 && (!is_known || visits <= room.min(hours.visits) + by));
            }
        }
        // A quarter's tiers rounded each for itself come to at most one more for each.
        let each = plan.tiers.iter().map(|own| own.services().calls.a_quarter()).sum::<u64>();
        prop_assert!((calls..=calls + 5).contains(&each));
    }

    #[test]
    fn more_customers_never_help_and_more_people_never_hurt(plan in any_plan(), at in 0_usize..5, more in 1_u32..50) {
        let by = |plan: &Plan| match plan.coverage().verdict {
            Verdict::Enough { surplus } => i128::from(surplus),
            Verdict::Short { by } => -i128::from(by),
        };
        let mut fuller = plan.clone();
        if let Some(own) = fuller.tiers.get_mut(at) {
            own.customers = own.customers.saturating_add(more);
        }
        prop_assert!(by(&fuller) <= by(&plan));
        prop_assert!(fuller.staff_need().required >= plan.staff_need().required);
        let mut stronger = plan.clone();
        stronger.staffing.managers = stronger.staffing.managers.saturating_add(1);
        prop_assert!(by(&stronger) >= by(&plan));
    }

    #[test]
    fn nothing_tried_changes_nothing(plan in any_plan()) {
        prop_assert_eq!(plan.with(&WhatIf::default()), plan);
    }
}
