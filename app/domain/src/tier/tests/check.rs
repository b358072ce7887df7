//! What keeps a scheme from taking effect.

use super::*;
use std::collections::BTreeSet;

#[test]
fn a_preset_is_blank_where_its_source_is() {
    use Part::{Ceiling, Demand, Floor, TierName, Weight};
    let tier = TierCode::from;
    let blank = |preset: Preset| -> Vec<Part> {
        let only_blank = |fault| match fault {
            SchemeFault::Blank(part) => Some(part),
            _ => None,
        };
        draft(preset).check(&[], today()).into_iter().filter_map(only_blank).collect()
    };
    assert_eq!(blank(Preset::BankStandard1), [Floor { ladder: 0, tier: tier("gold") }]);
    assert_eq!(
        blank(Preset::BankStandards1And2),
        [
            Floor { ladder: 0, tier: tier("gold") },
            Floor { ladder: 1, tier: tier("gold") },
            Ceiling { ladder: 1, tier: tier("mass") },
            Demand { ladder: 1, tier: tier("platinum") },
            Demand { ladder: 1, tier: tier("gold") },
        ]
    );
    assert_eq!(blank(Preset::Regional), []);
    assert_eq!(blank(Preset::ValueScore), Measure::FACTORS.map(|factor| Weight { factor }));
    assert!(draft(Preset::ValueScore).check(&[], today()).contains(&SchemeFault::NoTiers));
    let telecom = blank(Preset::Telecom);
    let unnamed = telecom.iter().filter(|part| matches!(part, TierName { .. })).count();
    assert_eq!(unnamed, 8, "one grade of six and one of four is named");
    for preset in Preset::ALL {
        let undated = preset.draft(TierSchemeId(Uuid::nil()), OrgUnitId(Uuid::nil()));
        assert!(undated.check(&[], today()).contains(&SchemeFault::Blank(Part::EffectiveOn)));
    }
}

type Change = fn(&mut TierScheme);

#[test]
fn every_fault_has_its_name() {
    use SchemeFault::*;
    let code = TierCode::from;
    let cases: [(Change, SchemeFault); 19] = [
        (|s| s.effective_on = Some(today()), NotAhead { on: today() }),
        (|s| s.effective_on = Some(date("2020-01-01")), NotAhead { on: date("2020-01-01") }),
        (
            |s| set(s, 0, "gold", |step| step.floor = Bound::At(20 * WAN)),
            Gap { ladder: 0, from: Some(10 * WAN), to: Some(20 * WAN) },
        ),
        (
            |s| set(s, 0, "gold", |step| step.floor = Bound::At(5 * WAN)),
            Overlap { ladder: 0, from: Some(5 * WAN), to: Some(10 * WAN) },
        ),
        (
            |s| set(s, 0, "gold", |step| step.ceiling = Bound::Open),
            Overlap { ladder: 0, from: Some(100 * WAN), to: None },
        ),
        (
            |s| set(s, 0, "diamond", |step| step.ceiling = Bound::At(600 * WAN)),
            Gap { ladder: 0, from: Some(600 * WAN), to: None },
        ),
        (|s| set(s, 0, "mass", |step| step.floor = Bound::At(0)), Gap { ladder: 0, from: None, to: Some(0) }),
        (
            |s| set(s, 0, "gold", |step| step.floor = Bound::At(100 * WAN)),
            EmptyBand { ladder: 0, tier: code("gold") },
        ),
        (|s| s.ladders[0].applies = Applies::Having(Measure::Loan), LaddersDoNotDivide),
        (|s| s.ladders.extend_from_within(..1), LaddersDoNotDivide),
        (|s| s.ladders[0].steps.clear(), NoSteps { ladder: 0 }),
        (
            |s| set(s, 0, "gold", |step| step.tier = "silver".into()),
            UnknownTier { ladder: 0, tier: code("silver") },
        ),
        (|s| s.ladders[0].steps.extend_from_within(..1), StepTwice { ladder: 0, tier: code("diamond") }),
        (|s| s.tiers.extend_from_within(..1), CodeInvalid { tier: code("diamond") }),
        (|s| s.tiers[1].name = " 浩瀚·钻石 ".to_owned(), NameNotUnique { tier: code("platinum") }),
        (|s| s.tiers.push(Tier { code: "x".into(), name: "x".into() }), NeverGiven { tier: code("x") }),
        (|s| s.ladders[0].by = Yardstick::Sum(BTreeSet::new()), NotMeasurable { ladder: 0 }),
        (|s| s.ladders[0].by = Yardstick::Score, NoScore { ladder: 0 }),
        (
            |s| {
                let weight = Weight { name: String::new(), percent: Some(0) };
                s.weights.insert(Measure::Fund, weight);
            },
            NotAFactor { factor: Measure::Fund },
        ),
    ];
    for (change, expected) in cases {
        let mut scheme = bank();
        change(&mut scheme);
        let faults = scheme.check(&[], today());
        assert!(faults.contains(&expected), "{expected:?} in {faults:?}");
        assert_eq!(scheme.publish(&[], today()), Err(faults));
    }

    let long = || "长".repeat(limits::LABEL_CHARS_MAX + 1);
    let max = 60;
    let mut scheme = bank();
    scheme.tiers[0].name = long();
    scheme.ladders[0].name = long();
    let part = Part::TierName { tier: code("diamond") };
    let of_ladder = Part::LadderName { ladder: 0 };
    assert_eq!(
        scheme.check(&[], today()),
        [NameTooLong { part, max }, NameTooLong { part: of_ladder.clone(), max }]
    );
    scheme = scored();
    scheme.ladders[0].name = " ".to_owned();
    scheme.weights.get_mut(&Measure::Usage).expect("a weight").name = String::new();
    let of_factor = Part::FactorName { factor: Measure::Usage };
    assert_eq!(scheme.check(&[], today()), [Blank(of_factor), Blank(of_ladder)]);
    for wrong in [String::new(), long()] {
        scheme = bank();
        set(&mut scheme, 0, "gold", |step| step.tier = TierCode(wrong.clone()));
        scheme.tiers[2].code = TierCode(wrong.clone());
        assert_eq!(scheme.check(&[], today()), [CodeInvalid { tier: TierCode(wrong) }]);
    }
    scheme = bank();
    scheme.tiers = vec![scheme.tiers[0].clone(); limits::TIERS_MAX + 1];
    assert!(scheme.check(&[], today()).contains(&TooManyTiers { max: 30 }));
}

#[test]
fn weights_total_a_hundred() {
    let with = |percents: [Option<u8>; 5]| {
        let mut scheme = scored();
        for (factor, percent) in Measure::FACTORS.into_iter().zip(percents) {
            scheme.weights.get_mut(&factor).expect("a weight").percent = percent;
        }
        scheme.check(&[], today())
    };
    let total = |total| vec![SchemeFault::WeightsTotal { total }];
    assert_eq!(with([Some(30), Some(25), Some(15), Some(15), Some(10)]), total(95));
    assert_eq!(with([Some(30), Some(30), Some(15), Some(15), Some(11)]), total(101));
    assert_eq!(with([Some(255); 5]), total(1_275));
    assert_eq!(with([Some(100), Some(0), Some(0), Some(0), Some(0)]), []);
    let blank = SchemeFault::Blank(Part::Weight { factor: Measure::Potential });
    assert_eq!(with([Some(30), Some(25), Some(15), Some(15), None]), std::slice::from_ref(&blank));
    assert_eq!(with([Some(90), Some(25), Some(0), Some(0), None]), [total(115), vec![blank]].concat());
}

#[test]
fn a_lower_step_never_demands_more_than_a_higher_one() {
    let tier = TierCode::from("platinum");
    let rises = SchemeFault::DemandRises { ladder: 1, tier };
    let mut scheme = bank_with_loans();
    set(&mut scheme, 1, "platinum", |step| step.besides[0].at_least = Some(350 * WAN));
    assert_eq!(scheme.check(&[], today()), [], "the same is not more");
    set(&mut scheme, 1, "platinum", |step| step.besides[0].at_least = Some(350 * WAN + 1));
    assert_eq!(scheme.check(&[], today()), std::slice::from_ref(&rises));
    let mut scheme = bank_with_loans();
    set(&mut scheme, 1, "diamond", |step| step.besides.clear());
    assert_eq!(scheme.check(&[], today()), [rises]);
    let mut scheme = bank_with_loans();
    set(&mut scheme, 1, "mass", |step| {
        step.besides.push(Demand { of: Yardstick::wealth_assets(), at_least: Some(0) });
    });
    let lowest = SchemeFault::LowestDemands { ladder: 1, tier: "mass".into() };
    assert_eq!(scheme.check(&[], today()), [lowest]);
}
