use super::*;
use crate::ids::{EmployeeId, OrgUnitId, TierSchemeId, VisitStandardId};
use crate::money::Fen;
use crate::tier::Preset;
use crate::version::VersionState;
use uuid::Uuid;

mod properties;

fn quota(count: u16, per: Period) -> Quota {
    Quota { count: Some(count), per }
}

fn tier_plan(tier: &str, customers: u32, visits: Quota, calls: Quota) -> TierPlan {
    TierPlan { tier: tier.into(), customers, visits, calls, limit: None }
}

fn quarterly(tier: &str, customers: u32, visits: u16) -> TierPlan {
    tier_plan(tier, customers, quota(visits, Period::Quarter), quota(1, Period::Month))
}

fn staffing(managers: u16, visits_a_week: u16, weeks: u16) -> Staffing {
    Staffing { managers, visits_a_week, weeks, hours: None }
}

fn plan(tiers: Vec<TierPlan>, staffing: Staffing) -> Plan {
    Plan { tiers, untiered: 0, staffing }
}

/// The branch of the mock: 700 customers, six managers, nine visits a week each.
fn branch() -> Plan {
    let tiers = vec![
        quarterly("diamond", 18, 3),
        quarterly("platinum", 96, 2),
        quarterly("gold", 214, 1),
        quarterly("mass", 372, 1),
    ];
    plan(tiers, staffing(6, 9, 13))
}

fn standard(tiers: Vec<crate::standard::TierStandard>) -> VisitStandard {
    VisitStandard {
        id: VisitStandardId(Uuid::nil()),
        org_unit_id: OrgUnitId(Uuid::nil()),
        version: 1,
        state: VersionState::Published,
        effective_on: None,
        carried_periods: 0,
        do_event_visits_count: false,
        tiers,
    }
}

#[test]
fn a_quarter_is_asked_for_what_the_source_computes() {
    let cases = [
        // (customers, visits a quarter, then: visits and calls of the quarter, tenths of a visit a week)
        (30, 2, 60, 90, 46),
        (50, 1, 50, 150, 38),
        (700, 1, 700, 2_100, 538),
        (0, 1, 0, 0, 0),
    ];
    for (customers, each, visits, calls, tenths) in cases {
        let services = quarterly("crystal", customers, each).services();
        assert_eq!((services.visits.a_quarter(), services.calls.a_quarter()), (visits, calls));
        assert_eq!(services.visits.a_week_tenths(13), Some(tenths));
        assert_eq!(services.visits.a_week_tenths(0), None);
    }
    let alone = plan(vec![quarterly("public", 700, 1)], staffing(1, 9, 13)).coverage();
    assert_eq!((alone.room, alone.verdict), (117, Verdict::Short { by: 583 }));
}

#[test]
fn every_period_is_whole_in_a_year_and_rounded_up_once() {
    for (customers, count, per, a_year, a_quarter) in [
        (1, 1, Period::Month, 12, 3),
        (1, 1, Period::Quarter, 4, 1),
        (1, 1, Period::HalfYear, 2, 1),
        (1, 1, Period::Year, 1, 1),
        (5, 1, Period::HalfYear, 10, 3),
        (4, 3, Period::Year, 12, 3),
        (u32::MAX, u16::MAX, Period::Month, 3_377_648_180_133_900, 844_412_045_033_475),
    ] {
        let services = PerYear::of(customers, quota(count, per));
        assert_eq!((services.0, services.a_quarter()), (a_year, a_quarter));
    }
    // Two tiers of half a visit each are one visit, not two.
    let half = |tier| tier_plan(tier, 1, quota(1, Period::HalfYear), quota(0, Period::Month));
    assert_eq!(plan(vec![half("gold"), half("mass")], staffing(0, 0, 0)).coverage().visits, 1);
}

#[test]
fn the_branch_of_the_mock_lacks_130_visits_and_four_ways_out() {
    let branch = branch();
    let coverage = branch.coverage();
    assert_eq!((coverage.visits, coverage.room), (832, 702));
    assert_eq!(coverage.verdict, Verdict::Short { by: 130 });
    let mass = || TierCode::from("mass");
    let remedy = |change, surplus| Remedy { change, surplus };
    assert_eq!(
        branch.remedies(),
        [
            remedy(Change::HalfAsOften { tier: mass(), visits: quota(1, Period::HalfYear) }, 56),
            remedy(Change::CallsOnly { tier: mass() }, 242),
            remedy(Change::VisitsAWeek { to: 11, more: 2 }, 26),
            remedy(Change::Managers { to: 8, more: 2 }, 104),
        ]
    );
}

#[test]
fn only_what_makes_it_enough_is_a_remedy() {
    type Shape = fn(&mut Plan);
    const HELP: &str = "half calls walk hire";
    let cases: [(&str, Shape, &str); 10] = [
        ("as it is", |_| {}, HELP),
        ("enough as it is", |p| p.staffing.managers = 8, ""),
        ("much is lacking", |p| p.staffing.visits_a_week = 1, "walk hire"),
        ("no weeks, nobody can help", |p| p.staffing.weeks = 0, ""),
        ("nobody is there to walk more", |p| p.staffing.managers = 0, "hire"),
        ("nothing asked", |p| p.tiers.clear(), ""),
        ("no customers", |p| p.tiers.iter_mut().for_each(|own| own.customers = 0), ""),
        ("more than anyone walks in a week", |p| p.staffing.weeks = 1, "hire"),
        (
            "one visit a year cannot be halved",
            |p| {
                p.tiers[3].visits = quota(1, Period::Year);
                p.staffing.managers = 4;
            },
            "calls walk hire",
        ),
        (
            "without 大众 gold is the lowest",
            |p| {
                p.tiers[3].customers = 0;
                p.staffing.managers = 4;
                p.staffing.visits_a_week = 7;
            },
            HELP,
        ),
    ];
    for (why, shape, expected) in cases {
        let mut plan = branch();
        shape(&mut plan);
        let word = |remedy: Remedy| match remedy.change {
            Change::HalfAsOften { .. } => "half",
            Change::CallsOnly { .. } => "calls",
            Change::VisitsAWeek { .. } => "walk",
            Change::Managers { .. } => "hire",
        };
        let found: Vec<_> = plan.remedies().into_iter().map(word).collect();
        assert_eq!(found.join(" "), expected, "{why}");
    }
}

#[test]
fn half_as_often_is_what_a_standard_can_say() {
    use Period::*;
    for (count, per, half) in [
        (2, Month, Some((1, Month))),
        (1, Month, Some((3, HalfYear))),
        (2, Quarter, Some((1, Quarter))),
        (1, Quarter, Some((1, HalfYear))),
        (3, HalfYear, Some((3, Year))),
        (4, Year, Some((2, Year))),
        (3, Year, Some((2, Year))),
        (1, Year, None),
        (u16::MAX, Month, None),
    ] {
        let plan = plan(vec![tier_plan("mass", 10, quota(count, per), BLANK)], staffing(0, 0, 13));
        let half = half.map(|(count, per)| quota(count, per));
        // With nobody there half is not enough either, so a manager who walks exactly half is put in.
        let visits = half.map(|half| PerYear::of(10, half).a_quarter());
        let one = u16::try_from(visits.unwrap_or(1)).expect("a week's visits");
        let found =
            Plan { staffing: staffing(1, one, 1), ..plan }.remedies().into_iter().find_map(|remedy| {
                match remedy.change {
                    Change::HalfAsOften { visits, .. } => Some(visits),
                    _ => None,
                }
            });
        assert_eq!(found, half, "{count} {per:?}");
    }
}

#[test]
fn hours_count_the_calls_too() {
    let hours = |hours_a_week| WorkingHours { hours_a_week, minutes_per_visit: 60, minutes_per_call: 10 };
    // 60 visits and 90 calls: 3600 + 900 minutes.
    let with = |hours| {
        let staffing = Staffing { hours: Some(hours), ..staffing(1, 5, 13) };
        plan(vec![quarterly("crystal", 30, 2)], staffing).coverage()
    };
    for (hours_a_week, available, room, verdict) in [
        (5, 3_900, 50, Verdict::Short { by: 10 }),
        (6, 4_680, 63, Verdict::Enough { surplus: 3 }),
        // Time for more than the count allows.
        (8, 6_240, 89, Verdict::Enough { surplus: 5 }),
        // Not even the calls: more visits' time is lacking than there are visits.
        (1, 780, 0, Verdict::Short { by: 62 }),
        (0, 0, 0, Verdict::Short { by: 75 }),
    ] {
        let coverage = with(hours(hours_a_week));
        let expected = HoursRoom { needed_minutes: 4_500, available_minutes: available, visits: room };
        assert_eq!((coverage.hours, coverage.verdict), (Some(expected), verdict));
    }
    // A visit of no minutes counts as one; the calls still take their 900.
    let quick = with(WorkingHours { minutes_per_visit: 0, ..hours(6) });
    assert_eq!(quick.hours.map(|hours| hours.needed_minutes), Some(960));
}

#[test]
fn calls_only_leaves_nobody_without_service() {
    for (calls, expected) in [
        (quota(1, Period::Month), quota(1, Period::Month)),
        (quota(0, Period::Month), quota(1, Period::Quarter)),
        (BLANK, quota(1, Period::Quarter)),
    ] {
        let before = plan(vec![tier_plan("mass", 9, quota(1, Period::Quarter), calls)], staffing(1, 1, 1));
        let after = before.with(&Change::CallsOnly { tier: "mass".into() }.what_if());
        assert_eq!(after.tiers[0].visits.count, Some(0));
        assert_eq!(after.tiers[0].calls, expected);
    }
}

#[test]
fn staff_is_the_sum_of_what_each_tier_asks_for() {
    let limits = regional_limits();
    let with = |customers: &[(&str, u32)], limits: &BTreeMap<TierCode, LoadLimit>, managers| {
        let scheme = Preset::Regional.draft(TierSchemeId(Uuid::nil()), OrgUnitId(Uuid::nil()));
        let customers = customers.iter().map(|(tier, count)| (TierCode::from(*tier), *count)).collect();
        Plan::new(&scheme, &standard(Vec::new()), &customers, limits, staffing(managers, 0, 0))
    };
    for (customers, managers, required, gap) in [
        (&[("industry", 1_500)][..], 0, 50, 50),
        (&[("industry", 1_501)], 50, 51, 1),
        (&[("industry", 31), ("high_cluster", 51)], 10, 4, -6),
        (&[("cluster", 10_000)], 3, 0, -3),
        (&[], u16::MAX, 0, -65_535),
        (&[("industry", u32::MAX)], 1, 143_165_577, 143_165_576),
    ] {
        let need = with(customers, &limits, managers).staff_need();
        assert_eq!((need.required, need.present, need.gap), (required, managers, gap));
        assert_eq!(need.without_limit, [TierCode::from("cluster")]);
        assert_eq!(need.not_to_be_held, []);
    }
    let nobody = LoadLimit { customers: 0, is_hard: true };
    let closed = BTreeMap::from([(TierCode::from("industry"), nobody)]);
    assert_eq!(
        with(&[("industry", 1)], &closed, 1).staff_need().not_to_be_held,
        [TierCode::from("industry")]
    );
    assert_eq!(with(&[], &closed, 1).staff_need().required, 0);
    // A what-if moves the limit.
    let half = WhatIf {
        limits: BTreeMap::from([(
            TierCode::from("industry"),
            Some(LoadLimit { customers: 15, is_hard: false }),
        )]),
        ..WhatIf::default()
    };
    assert_eq!(with(&[("industry", 1_500)], &limits, 0).with(&half).staff_need().required, 100);
}

#[test]
fn what_is_blank_and_who_has_no_tier_is_said() {
    let scheme = Preset::Telecom.draft(TierSchemeId(Uuid::nil()), OrgUnitId(Uuid::nil()));
    let customers = [("crystal", 30), ("public", 700), ("no_such_tier", 7), ("gone", u32::MAX)];
    let customers = customers.map(|(tier, count)| (TierCode::from(tier), count)).into();
    let telecom = crate::standard::telecom(VisitStandardId(Uuid::nil()), OrgUnitId(Uuid::nil()), &scheme);
    let with = |standard| Plan::new(&scheme, standard, &customers, &BTreeMap::new(), staffing(1, 5, 13));
    let public = || TierCode::from("public");
    let plan = with(&telecom);
    assert_eq!((plan.coverage().visits, plan.coverage().calls, plan.untiered), (60, 90, u32::MAX));
    assert_eq!(plan.blanks(), [(public(), ServiceKind::Visit), (public(), ServiceKind::Call)]);
    let silent = with(&standard(Vec::new()));
    assert_eq!((silent.coverage().verdict, silent.blanks().len()), (Verdict::Enough { surplus: 65 }, 4));
}

#[test]
fn who_is_over_the_limit_is_listed_hard_limits_first() {
    let [zhou, he] = [1, 2].map(|n| EmployeeId(Uuid::from_u128(n)));
    let (industry, cluster) = (TierCode::from("industry"), TierCode::from("high_cluster"));
    let mut limits = regional_limits();
    limits.insert(cluster.clone(), LoadLimit { customers: 50, is_hard: true });
    let held = BTreeMap::from([
        (zhou, BTreeMap::from([(industry.clone(), 40), (cluster.clone(), 51), ("cluster".into(), u32::MAX)])),
        (he, BTreeMap::from([(industry.clone(), 90), (cluster.clone(), 50)])),
    ]);
    let over: Vec<_> = over_limit(&held, &limits)
        .into_iter()
        .map(|over| (over.manager_id, over.tier.clone(), over.held, over.by(), over.limit.is_hard))
        .collect();
    assert_eq!(
        over,
        [
            (zhou, cluster, 51, 1, true),
            (he, industry.clone(), 90, 60, false),
            (zhou, industry, 40, 10, false)
        ]
    );
    assert_eq!(over_limit(&BTreeMap::new(), &limits), []);
}

#[test]
fn cost_is_hours_times_rate() {
    let fen = |fen: i64| Some(Fen(fen));
    // (minutes, rate, customers, revenue per customer, then: total, per customer, left)
    for (minutes, rate, customers, revenue, total, each, left) in [
        (4_500, 6_000, 30, 20_000, 450_000, fen(15_000), fen(5_000)),
        (60, 5_000, 1, 4_000, 5_000, fen(5_000), fen(-1_000)),
        // Each figure from the exact one: half a fen and more is one.
        (1, 30, 1, 0, 1, fen(1), fen(-1)),
        (1, 29, 1, 0, 0, fen(0), fen(0)),
        (1, 60, 3, 0, 1, fen(0), fen(0)),
        (60, 100, 0, 7, 100, None, None),
        (0, i64::MAX, 5, 7, 0, fen(0), fen(7)),
        (u64::MAX, i64::MAX, 1, i64::MIN, i64::MAX, fen(i64::MAX), fen(i64::MIN)),
        (u64::MAX, i64::MIN, 1, i64::MAX, i64::MIN, fen(i64::MIN), fen(i64::MAX)),
    ] {
        let cost = cost(minutes, Fen(rate), customers, Fen(revenue));
        assert_eq!(cost.total, Fen(total));
        assert_eq!((cost.per_customer, cost.left_per_customer), (each, left), "{minutes} {rate}");
    }
}
