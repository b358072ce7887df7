//! A draft stays whole while it is changed.

use super::*;

/// `diamond 500.. | gold ?..100 | mass ..10`: the ladder as a line, in 万.
fn line(scheme: &TierScheme, ladder: usize) -> String {
    let bound = |bound| match bound {
        Bound::Blank => "?".to_owned(),
        Bound::Open => String::new(),
        Bound::At(fen) => (fen / WAN).to_string(),
    };
    let one = |step: &&Step| format!("{} {}..{}", step.tier.0, bound(step.floor), bound(step.ceiling));
    scheme.steps_of(ladder).iter().map(one).collect::<Vec<_>>().join(" | ")
}

fn tier(code: &str) -> Tier {
    Tier { code: code.into(), name: code.to_owned() }
}

#[test]
fn bands_stay_together_whatever_is_done() {
    type Change = fn(&mut TierScheme);
    let cases: [(&str, Change, &str); 12] = [
        ("as it is", |_| (), "diamond 500.. | platinum 100..500 | gold 10..100 | mass ..10"),
        (
            "a line both sides agree on moves as one",
            |scheme| scheme.set_floor(0, &"platinum".into(), Bound::At(120 * WAN)),
            "diamond 500.. | platinum 120..500 | gold 10..120 | mass ..10",
        ),
        (
            "a line the other side tells otherwise stays there",
            |scheme| {
                scheme.set_ceiling(0, &"mass".into(), Bound::At(5 * WAN));
                scheme.set_floor(0, &"gold".into(), Bound::At(20 * WAN));
            },
            "diamond 500.. | platinum 100..500 | gold 20..100 | mass ..5",
        ),
        (
            "a line is blanked and filled on both sides",
            |scheme| {
                scheme.set_floor(0, &"gold".into(), Bound::Blank);
                scheme.set_floor(0, &"gold".into(), Bound::At(30 * WAN));
            },
            "diamond 500.. | platinum 100..500 | gold 30..100 | mass ..30",
        ),
        (
            "a tier in between draws a line nobody has said",
            |scheme| scheme.add_tier(2, tier("silver")),
            "diamond 500.. | platinum 100..500 | silver ?..100 | gold 10..? | mass ..10",
        ),
        (
            "at the top it is open above",
            |scheme| scheme.add_tier(0, tier("black")),
            "black ?.. | diamond 500..? | platinum 100..500 | gold 10..100 | mass ..10",
        ),
        (
            "at the bottom it takes whoever is left",
            |scheme| scheme.add_tier(9, tier("new")),
            "diamond 500.. | platinum 100..500 | gold 10..100 | mass ?..10 | new ..?",
        ),
        (
            "who stood below reaches up",
            |scheme| scheme.remove_tier(&"platinum".into()),
            "diamond 500.. | gold 10..500 | mass ..10",
        ),
        (
            "the highest goes",
            |scheme| scheme.remove_tier(&"diamond".into()),
            "platinum 100.. | gold 10..100 | mass ..10",
        ),
        (
            "the lowest goes",
            |scheme| scheme.remove_tier(&"mass".into()),
            "diamond 500.. | platinum 100..500 | gold ..100",
        ),
        (
            "names change places, bands do not",
            |scheme| scheme.raise_tier(&"gold".into()),
            "diamond 500.. | gold 100..500 | platinum 10..100 | mass ..10",
        ),
        (
            "what is not there changes nothing",
            |scheme| {
                scheme.raise_tier(&"diamond".into());
                scheme.raise_tier(&"none".into());
                scheme.remove_tier(&"none".into());
                scheme.set_floor(7, &"gold".into(), Bound::Blank);
                scheme.measure_by(7, Yardstick::Score);
            },
            "diamond 500.. | platinum 100..500 | gold 10..100 | mass ..10",
        ),
    ];
    for (what, change, expected) in cases {
        let mut scheme = bank();
        change(&mut scheme);
        assert_eq!(line(&scheme, 0), expected, "{what}");
    }
}

#[test]
fn a_blank_that_is_filled_leaves_what_the_source_says_below() {
    let mut scheme = draft(Preset::BankStandard1);
    scheme.set_floor(0, &"gold".into(), Bound::At(20 * WAN));
    assert_eq!(line(&scheme, 0), "diamond 500.. | platinum 100..500 | gold 20..100 | mass ..10");
}

#[test]
fn a_figure_typed_in_strokes_takes_nothing_along_on_its_way() {
    let mut scheme = draft(Preset::BankStandard1);
    let gold = "gold".into();
    let before = scheme.line_below(0, &gold).expect("a line");
    for wan in [1, 10, 100] {
        scheme.put_line_below(0, &gold, before);
        scheme.set_floor(0, &gold, Bound::At(wan * WAN));
    }
    assert_eq!(line(&scheme, 0), "diamond 500.. | platinum 100..500 | gold 100..100 | mass ..10");
}

#[test]
fn the_first_tiers_of_an_empty_scheme_make_a_ladder() {
    let mut scheme = draft(Preset::ValueScore);
    for (rank, code) in [(0, "a"), (1, "c"), (1, "b")] {
        scheme.add_tier(rank, tier(code));
    }
    assert_eq!(line(&scheme, 0), "a ?.. | b ?..? | c ..?");
    scheme.set_floor(0, &"a".into(), Bound::At(8_000));
    scheme.set_floor(0, &"b".into(), Bound::At(5_000));
    assert!(scheme.check(&[], today()).iter().all(|fault| matches!(fault, SchemeFault::Blank(_))));
}

#[test]
fn one_ladder_becomes_two_and_one_again() {
    let mut scheme = bank();
    scheme.divide(Measure::Loan, "标准二".to_owned());
    assert_eq!(line(&scheme, 1), "diamond ?.. | platinum ?..? | gold ?..? | mass ..?");
    let blank = scheme.check(&[], today());
    assert!(blank.iter().all(|fault| matches!(fault, SchemeFault::Blank(_))), "{blank:?}");
    scheme.divide_by(Measure::Wealth);
    assert_eq!(scheme.ladders[0].applies, Applies::Lacking(Measure::Wealth));
    assert_eq!(scheme.ladders[1].applies, Applies::Having(Measure::Wealth));
    scheme.unite(0);
    assert_eq!(scheme, bank());
}

#[test]
fn figures_of_another_unit_are_not_kept() {
    let mut scheme = bank();
    scheme.measure_by(0, Yardstick::of(Measure::Deposit));
    assert_eq!(line(&scheme, 0), line(&bank(), 0), "fen are fen");
    scheme.measure_by(0, Yardstick::Score);
    assert_eq!(line(&scheme, 0), "diamond ?.. | platinum ?..? | gold ?..? | mass ..?");
    // Points of a factor are whole, of the score hundredths.
    scheme.set_floor(0, &"diamond".into(), Bound::At(8_000 * WAN));
    scheme.measure_by(0, Yardstick::of(Measure::Credit));
    assert_eq!(line(&scheme, 0), "diamond ?.. | platinum ?..? | gold ?..? | mass ..?");
}

#[test]
fn demands_come_blank_and_go() {
    let mut scheme = bank();
    let wealth = Yardstick::wealth_assets();
    scheme.set_demand(0, &"diamond".into(), &wealth, None);
    scheme.set_demand(0, &"diamond".into(), &wealth, Some(WAN));
    assert_eq!(scheme.ladders[0].steps[0].besides, [Demand { of: wealth.clone(), at_least: Some(WAN) }]);
    scheme.remove_demand(0, &"diamond".into(), &wealth);
    assert_eq!(scheme, bank());
}
