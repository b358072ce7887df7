//! What holds for any figures.

use super::*;
use proptest::prelude::*;

/// Around the boundaries, and anywhere.
fn fen() -> impl Strategy<Value = i64> {
    let lines = [0, 10, 40, 50, 100, 200, 350, 500, 800].map(|line| line * WAN);
    prop_oneof![
        4 => (proptest::sample::select(lines.to_vec()), -2_i64..=2).prop_map(|(line, by)| line + by),
        4 => 0..1_000 * WAN,
        1 => any::<i64>(),
    ]
}

/// The same scheme, its ladders, steps and demands written in another order.
fn rewritten(mut scheme: TierScheme, turn: usize) -> TierScheme {
    for ladder in &mut scheme.ladders {
        let by = turn % ladder.steps.len();
        ladder.steps.rotate_left(by);
        ladder.steps.iter_mut().for_each(|step| step.besides.reverse());
        if turn % 2 == 1 {
            ladder.steps.reverse();
        }
    }
    scheme.ladders.reverse();
    scheme
}

fn with_two_demands() -> TierScheme {
    let mut scheme = bank_with_loans();
    let deposit = |fen| Demand { of: Yardstick::of(Measure::Deposit), at_least: Some(fen) };
    set(&mut scheme, 1, "diamond", |step| step.besides.push(deposit(30 * WAN)));
    set(&mut scheme, 1, "platinum", |step| step.besides.push(deposit(20 * WAN)));
    scheme
}

proptest! {
    #[test]
    fn a_tier_does_not_depend_on_the_order_of_its_rules(
        figures in proptest::array::uniform5(fen()), turn in 0_usize..8,
    ) {
        let kinds = Measure::WEALTH_ASSETS.into_iter().chain([Measure::Loan]);
        let measures: Measures = kinds.zip(figures).collect();
        let scheme = with_two_demands();
        prop_assert_eq!(scheme.check(&[], today()), []);
        prop_assert_eq!(rewritten(scheme.clone(), turn).place(&measures), scheme.place(&measures));
    }

    #[test]
    fn the_values_of_an_explanation_give_the_tier_again(
        figures in proptest::array::uniform5(fen()), spend in fen(),
    ) {
        let kinds = Measure::WEALTH_ASSETS.into_iter().chain([Measure::Loan]);
        let measures: Measures =
            kinds.zip(figures).chain([(Measure::MonthlySpend, spend)]).collect();
        for scheme in [bank(), with_two_demands(), telecom()] {
            let placed = scheme.place(&measures).expect("a tier");
            prop_assert_eq!(scheme.place(&placed.values), Ok(placed.clone()));
            // The way up is nothing but what lacks; no ground is short.
            if let Some(above) = &placed.above {
                prop_assert!(!above.short.is_empty());
                prop_assert!(above.short.iter().all(|lack| lack.value < lack.floor && lack.by > 0));
            }
            prop_assert!(placed.grounds.iter().all(|ground| ground.floor.is_none_or(|f| f <= ground.value)));
        }
    }

    #[test]
    fn the_tier_alone_is_the_tier_that_is_explained(
        figures in proptest::array::uniform5(fen()), known in proptest::array::uniform12(any::<bool>()),
        points in proptest::array::uniform5(-2_i64..104), percents in proptest::array::uniform5(0_u8..41),
    ) {
        let kinds = Measure::WEALTH_ASSETS.into_iter().chain([Measure::Loan]);
        let all = kinds.zip(figures).chain(Measure::FACTORS.into_iter().zip(points));
        let measures: Measures = all.zip(known).filter(|(_, known)| *known).map(|(figure, _)| figure).collect();
        let mut scored = with_two_demands();
        scored.weights = draft(Preset::ValueScore).weights;
        for (weight, percent) in scored.weights.values_mut().zip(percents) {
            weight.percent = Some(percent);
        }
        set(&mut scored, 1, "platinum", |step| {
            step.besides.push(Demand { of: Yardstick::Score, at_least: Some(4_000) });
        });
        for scheme in [bank(), with_two_demands(), scored, draft(Preset::BankStandards1And2)] {
            let explained = scheme.place(&measures).ok().map(|placed| placed.tier);
            prop_assert_eq!(Grader::of(&scheme).tier(&measures).cloned(), explained);
        }
    }

    #[test]
    fn the_distances_lead_exactly_to_the_tiers_beside(wealth in -20 * WAN..700 * WAN) {
        let placed = bank().place(&worth(wealth, 0)).expect("a tier");
        let by = |distance: &Distance| i64::try_from(distance.by).expect("small");
        if let Some(above) = &placed.above {
            let up = by(&above.short[0]);
            prop_assert_eq!(tier(&bank(), &worth(wealth + up, 0)), above.tier.0.as_str());
            prop_assert_eq!(tier(&bank(), &worth(wealth + up - 1, 0)), placed.tier.0.as_str());
        }
        if let Some(below) = &placed.below {
            let down = by(&below.margins[0]);
            prop_assert_eq!(tier(&bank(), &worth(wealth - down, 0)), placed.tier.0.as_str());
            prop_assert_eq!(tier(&bank(), &worth(wealth - down - 1, 0)), below.tier.0.as_str());
        }
    }

    #[test]
    fn a_value_lies_in_exactly_one_band_of_a_ready_ladder(
        mut floors in proptest::collection::btree_set(any::<i64>(), 0..8), value in any::<i64>(),
    ) {
        floors.remove(&i64::MIN);
        let mut scheme = draft(Preset::Regional);
        scheme.tiers.clear();
        scheme.ladders[0].steps.clear();
        let lines: Vec<Bound> = [Bound::Open]
            .into_iter()
            .chain(floors.iter().rev().map(|floor| Bound::At(*floor)))
            .chain([Bound::Open])
            .collect();
        for (at, line) in lines.windows(2).enumerate() {
            let code = TierCode(at.to_string());
            scheme.tiers.push(Tier { code: code.clone(), name: at.to_string() });
            let step = Step { tier: code, floor: line[1], ceiling: line[0], besides: Vec::new() };
            scheme.ladders[0].steps.push(step);
        }
        prop_assert_eq!(scheme.check(&[], today()), []);
        let holds = |step: &&Step| {
            let reaches = match step.floor { Bound::At(floor) => floor <= value, _ => true };
            let stays = match step.ceiling { Bound::At(ceiling) => value < ceiling, _ => true };
            reaches && stays
        };
        let steps = &scheme.ladders[0].steps;
        prop_assert_eq!(steps.iter().filter(holds).count(), 1);
        let own = steps.iter().find(holds).expect("one");
        prop_assert_eq!(scheme.place(&spend(value)).expect("a tier").tier, own.tier.clone());
    }
}
