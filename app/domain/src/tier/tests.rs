mod check;
mod edit;
mod properties;

use super::*;
use crate::customer::Holdings;
use crate::ids::{CustomerId, EmployeeId, TierOverrideId};
use crate::limits;
use crate::money::Fen;
use crate::version::in_force;
use uuid::Uuid;

const WAN: i64 = 1_000_000; // fen in 万元

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn today() -> Date {
    date("2026-11-18")
}

fn draft(preset: Preset) -> TierScheme {
    let scheme = preset.draft(TierSchemeId(Uuid::from_u128(1)), OrgUnitId(Uuid::from_u128(2)));
    TierScheme { effective_on: Some(date("2027-01-01")), ..scheme }
}

fn set(scheme: &mut TierScheme, ladder: usize, tier: &str, change: impl Fn(&mut Step)) {
    let step = scheme.ladders[ladder].steps.iter_mut().find(|step| step.tier.0 == tier);
    change(step.expect("a step"));
}

/// Standard 1 with gold from 10万.
fn bank() -> TierScheme {
    let mut scheme = draft(Preset::BankStandard1);
    set(&mut scheme, 0, "gold", |step| step.floor = Bound::At(10 * WAN));
    scheme
}

/// Both standards with the blanks filled as the preview of the mock does: 10万, 40万, 50万.
fn bank_with_loans() -> TierScheme {
    let mut scheme = draft(Preset::BankStandards1And2);
    set(&mut scheme, 0, "gold", |step| step.floor = Bound::At(10 * WAN));
    set(&mut scheme, 1, "platinum", |step| step.besides[0].at_least = Some(50 * WAN));
    set(&mut scheme, 1, "gold", |step| {
        step.floor = Bound::At(40 * WAN);
        step.besides[0].at_least = Some(10 * WAN);
    });
    set(&mut scheme, 1, "mass", |step| step.ceiling = Bound::At(40 * WAN));
    scheme
}

fn telecom() -> TierScheme {
    let mut scheme = draft(Preset::Telecom);
    let unnamed = ["key_6", "key_5", "key_4", "key_3", "business_3", "business_2", "business_1"];
    for (code, name) in unnamed.into_iter().chain(["key_2"]).zip(["1", "2", "3", "4", "6", "7", "8", "5"]) {
        let tier = scheme.tiers.iter_mut().find(|tier| tier.code.0 == code).expect("a tier");
        tier.name = name.to_owned();
    }
    let floors = [5_000_000, 4_000_000, 3_000_000, 2_000_000, 120_000, 90_000, 60_000];
    for (code, floor) in unnamed.into_iter().zip(floors) {
        set(&mut scheme, 0, code, |step| step.floor = Bound::At(floor));
    }
    for (code, ceiling) in ["key_5", "key_4", "key_3", "key_2", "business_2", "business_1", "public"]
        .into_iter()
        .zip([5_000_000, 4_000_000, 3_000_000, 2_000_000, 120_000, 90_000, 60_000])
    {
        set(&mut scheme, 0, code, |step| step.ceiling = Bound::At(ceiling));
    }
    scheme
}

/// The five factors by the weights of the mock, one grade from 60 points and one below.
fn scored() -> TierScheme {
    let mut scheme = draft(Preset::ValueScore);
    for (factor, percent) in Measure::FACTORS.into_iter().zip([30, 30, 15, 15, 10]) {
        scheme.weights.get_mut(&factor).expect("a weight").percent = Some(percent);
    }
    for (code, floor, ceiling) in
        [("high", Bound::At(6_000), Bound::Open), ("plain", Bound::Open, Bound::At(6_000))]
    {
        scheme.tiers.push(Tier { code: code.into(), name: code.to_owned() });
        scheme.ladders[0].steps.push(Step { tier: code.into(), floor, ceiling, besides: Vec::new() });
    }
    scheme
}

/// 财富资产 as deposit, and a loan.
fn worth(wealth: i64, loan: i64) -> Measures {
    Measures::of_holdings(&Holdings {
        deposit: Fen(wealth),
        loan: Fen(loan),
        as_of: Some(today()),
        ..Holdings::default()
    })
}

fn spend(fen: i64) -> Measures {
    Measures::from_iter([(Measure::MonthlySpend, fen)])
}

fn points(of: [i64; 5]) -> Measures {
    Measure::FACTORS.into_iter().zip(of).collect()
}

fn tier(scheme: &TierScheme, measures: &Measures) -> String {
    scheme.place(measures).expect("a tier").tier.0
}

#[test]
fn a_boundary_belongs_to_the_higher_tier_to_the_fen() {
    let mut regional = draft(Preset::Regional);
    regional.ladders[0].steps.reverse();
    for (scheme, measures, expected) in [
        (bank(), worth(500 * WAN, 0), "diamond"),
        (bank(), worth(500 * WAN - 1, 0), "platinum"),
        (bank(), worth(100 * WAN, 0), "platinum"),
        (bank(), worth(100 * WAN - 1, 0), "gold"),
        (bank(), worth(10 * WAN, 0), "gold"),
        (bank(), worth(10 * WAN - 1, 0), "mass"),
        (bank(), worth(0, 0), "mass"),
        (bank(), worth(-1, 0), "mass"),
        (bank(), worth(i64::MIN, 0), "mass"),
        (bank(), worth(i64::MAX, 0), "diamond"),
        // A loan is not an asset: standard 1 does not look at it.
        (bank(), worth(9 * WAN, 900 * WAN), "mass"),
        (telecom(), spend(1_000_000), "key_2"),
        (telecom(), spend(999_999), "crystal"),
        (telecom(), spend(300_000), "crystal"),
        (telecom(), spend(299_999), "business_a"),
        (telecom(), spend(150_000), "business_a"),
        (telecom(), spend(149_999), "business_3"),
        (telecom(), spend(-100), "public"),
        // 1000 in the one, 1500 in the other: two schemes, never merged (R044).
        (regional.clone(), spend(300_000), "industry"),
        (regional.clone(), spend(299_999), "high_cluster"),
        (regional.clone(), spend(149_999), "high_cluster"),
        (regional.clone(), spend(100_000), "high_cluster"),
        (regional, spend(99_999), "cluster"),
        // Wealth and loan by standard 2, wealth alone without a loan.
        (bank_with_loans(), worth(350 * WAN, 450 * WAN), "diamond"),
        (bank_with_loans(), worth(350 * WAN - 1, 450 * WAN + 1), "platinum"),
        (bank_with_loans(), worth(350 * WAN, 450 * WAN - 1), "platinum"),
        (bank_with_loans(), worth(50 * WAN - 1, 900 * WAN), "gold"),
        (bank_with_loans(), worth(10 * WAN - 1, 900 * WAN), "mass"),
        (bank_with_loans(), worth(350 * WAN, 0), "platinum"),
        (bank_with_loans(), worth(600 * WAN, 0), "diamond"),
        (bank_with_loans(), worth(600 * WAN, 1), "platinum"),
        (scored(), points([60; 5]), "high"),
        (scored(), points([60, 60, 60, 60, 59]), "plain"),
    ] {
        assert_eq!(scheme.check(&[], today()), [], "{expected}");
        assert_eq!(tier(&scheme, &measures), expected, "{measures:?}");
    }
}

#[test]
fn a_placement_names_its_grounds_and_the_way_up_and_down() {
    let placed = bank().place(&worth(502_100_000, 0)).expect("a tier");
    assert_eq!(placed.tier.0, "diamond");
    assert_eq!(placed.above, None);
    let below = placed.below.expect("a tier below");
    assert_eq!((below.tier.0.as_str(), below.margins[0].by), ("platinum", 2_100_000));

    let on_the_line = bank().place(&worth(100 * WAN, 0)).expect("a tier");
    assert_eq!(on_the_line.below.expect("a tier below").margins[0].by, 0, "one fen less is gold");
    assert_eq!(on_the_line.above.expect("a tier above").short[0].by, 400_000_000);
    let of = Yardstick::wealth_assets();
    assert_eq!(on_the_line.grounds, [Ground { of, floor: Some(100 * WAN), value: 100 * WAN }]);

    // 总额够了, only the wealth floor is short.
    let placed = bank_with_loans().place(&worth(300 * WAN, 600 * WAN)).expect("a tier");
    assert_eq!((placed.tier.0.as_str(), placed.ladder.as_str()), ("platinum", "标准二"));
    let short = placed.above.expect("a tier above").short;
    assert_eq!(short.len(), 1);
    assert_eq!((&short[0].of, short[0].by), (&Yardstick::wealth_assets(), 50_000_000));
    assert_eq!(placed.below.expect("a tier below").margins.len(), 2);

    let lowest = bank().place(&worth(i64::MIN, 0)).expect("a tier");
    assert_eq!((lowest.grounds[0].floor, lowest.below), (None, None));
    assert_eq!(lowest.above.expect("a tier above").short[0].by, i64::MIN.unsigned_abs() + 10_000_000);
}

#[test]
fn a_missing_figure_is_not_zero() {
    assert_eq!(Measures::of_holdings(&Holdings::default()), Measures::default());
    let missing = |measures: &[Measure]| Err(Unplaced::Missing { measures: measures.to_vec() });
    assert_eq!(bank().place(&Measures::default()), missing(&Measure::WEALTH_ASSETS));
    assert_eq!(bank_with_loans().place(&Measures::default()), missing(&[Measure::Loan]));
    let without_credit: Measures =
        points([60; 5]).iter().filter(|(factor, _)| *factor != Measure::Credit).collect();
    assert_eq!(scored().place(&without_credit), missing(&[Measure::Credit]));
    assert_eq!(draft(Preset::BankStandard1).place(&worth(1, 0)), Err(Unplaced::NotReady));
}

#[test]
fn a_score_shows_what_each_factor_adds() {
    let score = scored().score(&points([80, 50, 100, 0, 40])).expect("a score");
    let adds: Vec<u16> = score.contributions.iter().map(|part| part.adds).collect();
    assert_eq!((adds, score.total), (vec![2_400, 1_500, 1_500, 0, 400], 5_800));
    assert_eq!(scored().score(&points([100; 5])).expect("a score").total, 10_000);
    for beyond in [-1, 101, i64::MAX] {
        let factor = Measure::Profit;
        let measures = points([0, beyond, 0, 0, 0]);
        assert_eq!(scored().score(&measures), Err(Unplaced::PointsOutOfRange { factor }));
        assert_eq!(scored().place(&measures), Err(Unplaced::PointsOutOfRange { factor }));
    }
    let mut without = scored();
    without.weights.get_mut(&Measure::Potential).expect("a weight").percent = Some(0);
    without.weights.get_mut(&Measure::Usage).expect("a weight").percent = Some(40);
    let mut known = points([50; 5]);
    known.set(Measure::Potential, None);
    assert_eq!(without.score(&known).expect("a score").total, 5_000, "what weighs nothing is not asked for");
}

#[test]
fn the_version_of_a_day_is_the_last_that_took_effect() {
    let version = |version: u32, on: &str| TierScheme {
        id: TierSchemeId(Uuid::from_u128(version.into())),
        version,
        effective_on: Some(date(on)),
        ..bank()
    };
    let first = version(1, "2026-12-01").publish(&[], today()).expect("ready");
    let draft = version(2, "2026-12-01");
    let same_day = Err(vec![SchemeFault::SameDay { version: 1 }]);
    assert_eq!(draft.clone().publish(std::slice::from_ref(&first), today()), same_day);
    let third = version(3, "2027-01-01").publish(std::slice::from_ref(&first), today()).expect("ready");
    let versions = [third, draft, first];
    for (on, expected) in [
        ("2026-11-30", None),
        ("2026-12-01", Some(1)),
        ("2026-12-31", Some(1)),
        ("2027-01-01", Some(3)),
        ("2029-01-01", Some(3)),
    ] {
        assert_eq!(in_force(&versions, date(on)).map(|scheme| scheme.version), expected, "{on}");
    }
}

fn by_hand(tier: &str, set_on: &str, until: &str) -> TierOverride {
    TierOverride {
        id: TierOverrideId(Uuid::from_u128(8)),
        customer_id: CustomerId(Uuid::from_u128(9)),
        tier: tier.into(),
        reason: "总行点名客户".to_owned(),
        set_by: EmployeeId(Uuid::from_u128(7)),
        set_on: date(set_on),
        until: date(until),
    }
}

#[test]
fn a_tier_set_by_hand_stands_beside_the_computed_one_until_its_last_day() {
    let scheme = bank();
    let set = [by_hand("gold", "2026-11-01", "2026-11-20"), by_hand("platinum", "2026-11-10", "2026-11-18")];
    let computed = || scheme.place(&worth(1, 0));
    for (on, expected) in [
        ("2026-10-31", "mass"),
        ("2026-11-01", "gold"),
        ("2026-11-10", "platinum"),
        ("2026-11-18", "platinum"),
        ("2026-11-19", "gold"),
        ("2026-11-21", "mass"),
    ] {
        for order in [set.to_vec(), set.iter().rev().cloned().collect()] {
            let standing = standing(computed(), &order.iter().collect::<Vec<_>>(), &scheme, date(on));
            assert_eq!(standing.tier().map(|tier| tier.0.as_str()), Some(expected), "{on}");
            assert_eq!(standing.computed, computed(), "the override hides nothing");
        }
    }
    let gone = [by_hand("silver", "2026-11-01", "2026-11-20")];
    assert_eq!(standing(computed(), &gone.each_ref(), &scheme, today()).by_hand, None);
    let unknown = standing(Err(Unplaced::NotReady), &set.each_ref(), &scheme, today());
    assert_eq!(unknown.tier(), Some(&TierCode::from("platinum")), "also where nothing can be computed");
}

#[test]
fn an_override_has_a_reason_and_an_end() {
    let fine = by_hand("gold", "2026-11-18", "2027-11-18");
    assert_eq!(fine.clone().checked(&bank()), Ok(fine.clone()));
    let one_day = by_hand("gold", "2026-11-18", "2026-11-18");
    assert_eq!(one_day.clone().checked(&bank()), Ok(one_day));
    let reason = |reason: &str| TierOverride { reason: reason.to_owned(), ..fine.clone() };
    assert_eq!(reason(" 总行点名客户\n").checked(&bank()), Ok(fine.clone()), "trimmed");
    let long = "长".repeat(limits::TEXT_CHARS_MAX + 1);
    for (set, expected) in [
        (reason(" \n"), OverrideFault::ReasonMissing),
        (reason(&long), OverrideFault::ReasonTooLong { max: 2_000 }),
        (by_hand("silver", "2026-11-18", "2026-12-18"), OverrideFault::UnknownTier { tier: "silver".into() }),
        (by_hand("gold", "2026-11-18", "2026-11-17"), OverrideFault::EndsBefore),
        (by_hand("gold", "2026-11-18", "2027-11-19"), OverrideFault::TooLong { max: 366 }),
    ] {
        assert_eq!(set.checked(&bank()), Err(vec![expected]));
    }
}

#[test]
fn a_scheme_travels_as_json_and_as_postcard() {
    for scheme in [bank_with_loans(), draft(Preset::Telecom), scored()] {
        let json = serde_json::to_string(&scheme).expect("json");
        assert_eq!(serde_json::from_str::<TierScheme>(&json).expect("a scheme"), scheme);
        let bytes = postcard::to_stdvec(&scheme).expect("postcard");
        assert_eq!(postcard::from_bytes::<TierScheme>(&bytes).expect("a scheme"), scheme);
    }
    let placed = bank().place(&worth(20 * WAN, 0)).expect("a tier");
    let json = serde_json::to_string(&placed).expect("json");
    assert_eq!(serde_json::from_str::<Placement>(&json).expect("a placement"), placed);
}
