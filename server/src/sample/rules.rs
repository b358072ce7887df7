//! What the sample's bank has published: three versions of its tiers, a visit standard and a policy. The tiers are those
//! of the bank's standard 1 (R041); what it leaves blank the sample fills with figures of its own.

use super::calendar::{last_first_of_july, quarter_of};
use super::dice::Dice;
use crate::db::Change;
use chrono::Datelike;
use domain::capacity::{LoadLimit, WorkingHours};
use domain::ids::{OrgUnitId, PolicyId, TierSchemeId, VisitStandardId};
use domain::money::Fen;
use domain::month::Month;
use domain::policy::Policy;
use domain::standard::{EventRule, Period, Quota, TierStandard, VisitStandard};
use domain::tier::{Applies, Bound, Freeze, Ladder, Step, Tier, TierScheme, Yardstick};
use domain::time::{Date, Timestamp};
use domain::version::VersionState;
use std::collections::BTreeMap;

const YUAN: i64 = 100; // fen
pub(super) const WAN: i64 = 10_000 * YUAN;

pub(super) const DIAMOND: &str = "diamond";
pub(super) const PLATINUM: &str = "platinum";
pub(super) const GOLD: &str = "gold";
pub(super) const MASS: &str = "mass";
const TIERS: [(&str, &str); 4] = [(DIAMOND, "钻石"), (PLATINUM, "白金"), (GOLD, "金"), (MASS, "大众")];

/// Of the version in force.
pub(super) const DIAMOND_FLOOR: i64 = 500 * WAN;
pub(super) const PLATINUM_FLOOR: i64 = 100 * WAN;
pub(super) const GOLD_FLOOR: i64 = 10 * WAN;
/// Of the versions before.
pub(super) const GOLD_FLOOR_BEFORE: i64 = 20 * WAN;
/// Where diamond, platinum and gold begin, version by version.
const FLOORS: [[i64; 3]; 3] = [
    [800 * WAN, PLATINUM_FLOOR, GOLD_FLOOR_BEFORE],
    [DIAMOND_FLOOR, PLATINUM_FLOOR, GOLD_FLOOR_BEFORE],
    [DIAMOND_FLOOR, PLATINUM_FLOOR, GOLD_FLOOR],
];

/// 流失迹象 and 业务变更, with the days they leave for the visit.
pub(super) const CHURN: (&str, &str, u16) = ("churn", "流失迹象", 7);
pub(super) const BUSINESS_CHANGE: (&str, &str, u16) = ("business_change", "业务变更", 14);

/// The standard took effect with a quarter, so many months before the running one.
const STANDARD_MONTHS_AGO: u32 = 15;

/// In order of their versions.
pub(super) fn schemes(dice: &mut Dice, now: Timestamp, organisation: OrgUnitId) -> Vec<TierScheme> {
    let last = last_first_of_july(now.date());
    let days = [2, 1, 0].map(|years_ago| last.with_year(last.year() - years_ago));
    (1..)
        .zip(days)
        .zip(FLOORS)
        .map(|((version, effective_on), floors)| TierScheme {
            id: TierSchemeId(dice.id(now)),
            org_unit_id: organisation,
            version,
            state: VersionState::Published,
            effective_on,
            tiers: TIERS.map(|(code, name)| Tier { code: code.into(), name: name.to_owned() }).into(),
            ladders: vec![ladder(floors)],
            freeze: Freeze::None,
            weights: BTreeMap::new(),
        })
        .collect()
}

fn ladder(floors: [i64; 3]) -> Ladder {
    let floors_down = floors.map(Bound::At).into_iter().chain([Bound::Open]);
    let ceilings_down = [Bound::Open].into_iter().chain(floors.map(Bound::At));
    let bands = floors_down.zip(ceilings_down);
    let steps = TIERS.iter().zip(bands).map(|((code, _), (floor, ceiling))| Step {
        tier: (*code).into(),
        floor,
        ceiling,
        besides: Vec::new(),
    });
    Ladder {
        name: "标准一".to_owned(),
        applies: Applies::Everyone,
        by: Yardstick::wealth_assets(),
        steps: steps.collect(),
    }
}

pub(super) fn standard(dice: &mut Dice, now: Timestamp, organisation: OrgUnitId) -> VisitStandard {
    let on_event = || {
        [CHURN, BUSINESS_CHANGE].map(|(event, name, days)| EventRule {
            event: event.into(),
            name: name.to_owned(),
            visits: 1,
            within_days: Some(days),
        })
    };
    let of_tier = |tier: &str, visits: (u16, Period), calls: u16, on_event: Vec<EventRule>| TierStandard {
        tier: tier.into(),
        visits: Quota { count: Some(visits.0), per: visits.1 },
        calls: Quota { count: Some(calls), per: Period::Month },
        on_event,
    };
    VisitStandard {
        id: VisitStandardId(dice.id(now)),
        org_unit_id: organisation,
        version: 1,
        state: VersionState::Published,
        effective_on: Some(effective_since(now.date())),
        carried_periods: 1,
        do_event_visits_count: true,
        tiers: vec![
            of_tier(DIAMOND, (3, Period::Quarter), 1, on_event().into()),
            of_tier(PLATINUM, (2, Period::Quarter), 1, on_event().into()),
            of_tier(GOLD, (1, Period::Quarter), 0, on_event().into()),
            of_tier(MASS, (1, Period::HalfYear), 0, Vec::new()),
        ],
    }
}

pub(super) fn policy(dice: &mut Dice, now: Timestamp, organisation: OrgUnitId) -> Policy {
    let limits = [(DIAMOND, 12, true), (PLATINUM, 40, false), (GOLD, 60, false)];
    Policy {
        state: VersionState::Published,
        effective_on: Some(effective_since(now.date())),
        limits: limits
            .into_iter()
            .map(|(tier, customers, is_hard)| (tier.into(), LoadLimit { customers, is_hard }))
            .collect(),
        visits_a_week: Some(9),
        hours: WorkingHours { hours_a_week: 20, minutes_per_visit: 45, minutes_per_call: 10 },
        rate_an_hour: Some(Fen(60 * YUAN)),
        ..Policy::usual(PolicyId(dice.id(now)), organisation)
    }
}

fn effective_since(today: Date) -> Date {
    Month::of(quarter_of(today).from).minus(STANDARD_MONTHS_AGO).first_day()
}

pub(super) fn changes(dice: &mut Dice, now: Timestamp, organisation: OrgUnitId) -> Vec<Change> {
    let schemes = schemes(dice, now, organisation);
    let mut changes: Vec<Change> =
        schemes.into_iter().map(|scheme| Change::put(organisation, scheme)).collect();
    changes.push(Change::put(organisation, standard(dice, now, organisation)));
    changes.push(Change::put(organisation, policy(dice, now, organisation)));
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Days, NaiveDate};
    use domain::time::days_between;
    use uuid::Uuid;

    #[test]
    fn each_version_could_be_published_the_day_before_it_took_effect() {
        let organisation = OrgUnitId(Uuid::from_u128(1));
        let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        for today in first.iter_days().take(366 + 365 + 365) {
            let now = Timestamp(days_between(Date::default(), today) * 86_400_000);
            assert_eq!(now.date(), today);
            let mut dice = Dice::new(1);
            let schemes = schemes(&mut dice, now, organisation);
            for (at, scheme) in schemes.iter().enumerate() {
                let effective_on = scheme.effective_on.unwrap();
                assert!(effective_on <= today);
                assert_eq!(scheme.check(&schemes[..at], effective_on - Days::new(1)), []);
            }
            let standard = standard(&mut dice, now, organisation);
            let effective_on = standard.effective_on.unwrap();
            assert!(days_between(effective_on, today) >= 365, "{today}");
            assert_eq!(quarter_of(effective_on).from, effective_on);
            let scheme = domain::version::in_force(&schemes, effective_on).unwrap();
            assert_eq!(standard.check(&[], scheme, effective_on - Days::new(1)), []);
            let policy = policy(&mut dice, now, organisation);
            assert_eq!(policy.check(&[], policy.effective_on.unwrap() - Days::new(1)), []);
        }
    }
}
