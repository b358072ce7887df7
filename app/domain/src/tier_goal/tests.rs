use super::*;
use crate::ids::{OrgUnitId, TierSchemeId};
use crate::tier::Preset;
use proptest::prelude::*;
use uuid::Uuid;

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

const DAY_MS: i64 = 24 * 3_600_000;

fn goal(tier: &str, set_on: &str, by: &str) -> TierGoal {
    TierGoal {
        id: TierGoalId(Uuid::nil()),
        customer_id: CustomerId(Uuid::nil()),
        tier: tier.into(),
        by: date(by),
        set_by: EmployeeId(Uuid::nil()),
        set_at: Timestamp(days_between(Date::default(), date(set_on)) * DAY_MS),
    }
}

fn history(days: &[(&str, Option<&str>)]) -> BTreeMap<Date, Option<TierCode>> {
    days.iter().map(|(day, tier)| (date(day), tier.map(TierCode::from))).collect()
}

#[test]
fn a_goal_is_reached_in_time_open_or_missed() {
    let scheme = Preset::BankStandard1.draft(TierSchemeId(Uuid::nil()), OrgUnitId(Uuid::nil()));
    let rises = history(&[("2026-10-01", Some("mass")), ("2026-11-10", Some("platinum"))]);
    let slips = history(&[("2026-11-10", Some("gold")), ("2026-11-15", None)]);
    let reached = |on: &str, is_held| Outcome::Reached { on: date(on), is_held };
    let today = date("2026-11-18");
    for (why, goal, history, expected) in [
        ("higher will do", goal("gold", "2026-11-01", "2026-12-31"), &rises, reached("2026-11-10", true)),
        (
            "on the last day",
            goal("platinum", "2026-11-01", "2026-11-10"),
            &rises,
            reached("2026-11-10", true),
        ),
        ("a day too late", goal("platinum", "2026-11-01", "2026-11-09"), &rises, Outcome::Missed),
        ("not yet", goal("diamond", "2026-11-01", "2026-12-31"), &rises, Outcome::Open { days_left: 43 }),
        ("the last day", goal("diamond", "2026-11-01", "2026-11-18"), &rises, Outcome::Open { days_left: 0 }),
        ("the day after", goal("diamond", "2026-11-01", "2026-11-17"), &rises, Outcome::Missed),
        (
            "there when it was set",
            goal("gold", "2026-11-12", "2026-12-31"),
            &rises,
            reached("2026-11-12", true),
        ),
        ("reached and lost", goal("gold", "2026-11-01", "2026-12-31"), &slips, reached("2026-11-10", false)),
        ("had and lost before", goal("gold", "2026-11-16", "2026-11-17"), &slips, Outcome::Missed),
        ("a tier that is gone", goal("silver", "2026-11-01", "2026-11-17"), &rises, Outcome::Missed),
    ] {
        assert_eq!(goal.outcome(history, Some(&scheme), today), expected, "{why}");
    }
    let same = goal("platinum", "2026-11-01", "2026-12-31");
    assert_eq!(same.outcome(&rises, None, today), reached("2026-11-10", true), "no scheme, the same tier");
    assert_eq!(same.outcome(&BTreeMap::new(), Some(&scheme), today), Outcome::Open { days_left: 43 });
}

proptest! {
    #[test]
    fn what_was_reached_stays_reached(
        days in proptest::collection::btree_map(0_i64..60, proptest::option::of(0_usize..4), 0..8),
        set in 0_i64..60, by in 0_i64..60, look in 0_i64..80,
    ) {
        let scheme = Preset::BankStandard1.draft(TierSchemeId(Uuid::nil()), OrgUnitId(Uuid::nil()));
        let on = |day: i64| date("2026-10-01") + chrono::Duration::days(day);
        let history: BTreeMap<Date, Option<TierCode>> = days
            .iter()
            .map(|(day, rank)| (on(*day), rank.map(|rank| scheme.tiers[rank].code.clone())))
            .collect();
        let goal = goal("platinum", &on(set).to_string(), &on(by).to_string());
        let outcome = |day| goal.outcome(&history, Some(&scheme), on(day));
        if let Outcome::Reached { on: reached, .. } = outcome(look) {
            prop_assert!(on(set) <= reached && reached <= on(by).min(on(look)));
            let later = outcome(look + 1);
            let stays = matches!(later, Outcome::Reached { on, .. } if on == reached);
            prop_assert!(stays, "{later:?}");
        }
        if outcome(look) == Outcome::Missed {
            prop_assert!(look > by);
            prop_assert_eq!(outcome(look + 1), Outcome::Missed);
        }
    }
}
