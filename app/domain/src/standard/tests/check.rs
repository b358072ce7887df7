//! What keeps a standard from taking effect.

use super::*;
use crate::ids::TierSchemeId;
use crate::limits;
use crate::tier::{Preset, Tier, TierScheme};
use crate::version::in_force;

fn telecom_scheme() -> TierScheme {
    Preset::Telecom.draft(TierSchemeId(Uuid::from_u128(3)), OrgUnitId(Uuid::from_u128(2)))
}

/// A scheme of the three tiers the tests speak of.
fn scheme() -> TierScheme {
    let tier = |code: &str| Tier { code: code.into(), name: code.to_owned() };
    let tiers = vec![tier("crystal"), tier("business_a"), tier("public")];
    TierScheme { tiers, ..telecom_scheme() }
}

fn draft() -> VisitStandard {
    VisitStandard { state: VersionState::Draft, ..standard(9, "2027-01-01", 4) }
}

#[test]
fn the_preset_holds_the_sources_table_and_blanks_for_the_rest() {
    let preset = telecom(VisitStandardId(Uuid::nil()), OrgUnitId(Uuid::nil()), &telecom_scheme());
    let of = |code: &str| preset.of_tier(&code.into()).expect("a tier");
    let a = of("business_a");
    assert_eq!(a.visits, Quota { count: Some(1), per: Period::Quarter });
    assert_eq!(a.calls, Quota { count: Some(1), per: Period::Month });
    assert_eq!(a.on_event.len(), 2);
    let crystal = of("crystal");
    assert_eq!(crystal.visits, Quota { count: Some(2), per: Period::Quarter });
    assert_eq!(crystal.calls, Quota { count: Some(1), per: Period::Month });
    let faults = preset.check(&[], &telecom_scheme(), today());
    assert!(faults.iter().all(|fault| matches!(fault, StandardFault::Blank(_))), "{faults:?}");
    let blank = |of: fn(&StandardPart) -> bool| {
        faults.iter().filter(|fault| matches!(fault, StandardFault::Blank(part) if of(part))).count()
    };
    assert_eq!(blank(|part| matches!(part, StandardPart::Count { .. })), 9 * 2);
    assert_eq!(blank(|part| matches!(part, StandardPart::WithinDays { .. })), 2);
    assert_eq!(blank(|part| matches!(part, StandardPart::EffectiveOn)), 1);
}

#[test]
fn it_is_checked_by_the_scheme_of_its_first_day() {
    let from = |on: &str, tiers: Vec<Tier>| TierScheme {
        state: VersionState::Published,
        effective_on: Some(date(on)),
        tiers,
        ..scheme()
    };
    let other = vec![Tier { code: "star".into(), name: "star".to_owned() }];
    let unlike = |code: &str| StandardFault::UnknownTier { tier: code.into() };
    let now = from("2026-01-01", scheme().tiers);
    for (schemes, expected) in [
        (vec![], vec![StandardFault::NoScheme]),
        (vec![from("2027-01-02", scheme().tiers)], vec![StandardFault::NoScheme]),
        (vec![TierScheme { state: VersionState::Draft, ..now.clone() }], vec![StandardFault::NoScheme]),
        (vec![now.clone(), from("2027-01-02", other.clone())], vec![]),
        (
            vec![now.clone(), from("2027-01-01", other)],
            vec![
                unlike("crystal"),
                unlike("business_a"),
                unlike("public"),
                StandardFault::TierMissing { tier: "star".into() },
            ],
        ),
    ] {
        assert_eq!(draft().check_among(&[], &schemes, today()), expected);
    }
    let blank = VisitStandard { effective_on: None, ..draft() };
    let expected = [StandardFault::Blank(StandardPart::EffectiveOn)];
    assert_eq!(blank.check_among(&[], &[now], today()), expected);
}

type Change = fn(&mut VisitStandard);

#[test]
fn every_fault_has_its_name() {
    use StandardFault::*;
    let tier = TierCode::from;
    let event = || EventCode::from("churn");
    let (visit, call) = (ServiceKind::Visit, ServiceKind::Call);
    assert_eq!(draft().check(&[], &scheme(), today()), []);
    let cases: [(Change, StandardFault); 17] = [
        (|s| s.effective_on = Some(today()), NotAhead { on: today() }),
        (|s| s.effective_on = Some(date("2020-01-01")), NotAhead { on: date("2020-01-01") }),
        (|s| s.effective_on = None, Blank(StandardPart::EffectiveOn)),
        (|s| s.carried_periods = 13, CarriedTooLong { periods: 13, max: 12 }),
        (
            |s| s.tiers[0].visits.count = None,
            Blank(StandardPart::Count { tier: tier("crystal"), kind: visit }),
        ),
        (
            |s| s.tiers[0].visits.count = Some(1_000),
            TooMany { tier: tier("crystal"), kind: visit, count: 1_000, max: 90 },
        ),
        (
            |s| s.tiers[0].calls.count = Some(29),
            TooMany { tier: tier("crystal"), kind: call, count: 29, max: 28 },
        ),
        (
            |s| s.tiers[0].calls = Quota { count: Some(1_000), per: Period::Year },
            TooMany { tier: tier("crystal"), kind: call, count: 1_000, max: 365 },
        ),
        (|s| s.tiers.truncate(2), TierMissing { tier: tier("public") }),
        (|s| s.tiers.push(of_tier("gold", 1, 1)), UnknownTier { tier: tier("gold") }),
        (|s| s.tiers.extend_from_within(..1), TierTwice { tier: tier("crystal") }),
        (
            |s| s.tiers[1].on_event.extend_from_within(..1),
            EventCodeInvalid { tier: tier("business_a"), event: event() },
        ),
        (
            |s| s.tiers[1].on_event[0].visits = 0,
            EventVisits { tier: tier("business_a"), event: event(), visits: 0, max: 10 },
        ),
        (
            |s| s.tiers[1].on_event[0].visits = 1_000,
            EventVisits { tier: tier("business_a"), event: event(), visits: 1_000, max: 10 },
        ),
        (
            |s| s.tiers[1].on_event[0].within_days = Some(367),
            EventDays { tier: tier("business_a"), event: event(), days: 367, max: 366 },
        ),
        (
            |s| s.tiers[1].on_event[0].name = " ".to_owned(),
            Blank(StandardPart::EventName { tier: tier("business_a"), event: event() }),
        ),
        (
            |s| s.tiers[1].on_event[0].name = "长".repeat(limits::LABEL_CHARS_MAX + 1),
            EventNameTooLong { tier: tier("business_a"), event: event(), max: 60 },
        ),
    ];
    for (change, expected) in cases {
        let mut standard = draft();
        change(&mut standard);
        let faults = standard.check(&[], &scheme(), today());
        assert_eq!(faults, [expected]);
        assert_eq!(standard.publish(&[], &scheme(), today()), Err(faults));
    }
}

#[test]
fn zero_and_one_a_day_can_be_published() {
    let mut standard = draft();
    standard.tiers[0].visits.count = Some(90);
    standard.tiers[0].calls.count = Some(28);
    assert_eq!(standard.tiers[2].visits.count, Some(0));
    let published = standard.publish(&[], &scheme(), today()).expect("ready");
    assert_eq!(in_force(std::slice::from_ref(&published), date("2026-12-31")), None);
    assert_eq!(in_force(std::slice::from_ref(&published), date("2027-01-01")), Some(&published));
    let same_day = Err(vec![StandardFault::SameDay { version: 9 }]);
    let other = VisitStandard { id: VisitStandardId(Uuid::from_u128(10)), version: 10, ..draft() };
    assert_eq!(other.publish(&[published], &scheme(), today()), same_day);
}

#[test]
fn a_standard_travels_as_json_and_as_postcard() {
    let standard = draft();
    let json = serde_json::to_string(&standard).expect("json");
    assert_eq!(serde_json::from_str::<VisitStandard>(&json).expect("a standard"), standard);
    let bytes = postcard::to_stdvec(&standard).expect("postcard");
    assert_eq!(postcard::from_bytes::<VisitStandard>(&bytes).expect("a standard"), standard);
}
