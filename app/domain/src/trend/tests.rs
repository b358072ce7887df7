use super::*;
use proptest::collection::vec;
use proptest::prelude::*;

const WAN: i64 = 1_000_000; // fen

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

/// Figures of successive months, the last that of November 2026; None where nobody knows.
fn until_november(figures: &[Option<i64>]) -> BTreeMap<Month, i64> {
    let november = month("2026-11");
    let back = (0..u32::MAX).map(|months| november.minus(months));
    figures.iter().rev().zip(back).filter_map(|(fen, month)| Some((month, (*fen)?))).collect()
}

fn rule(percent: u8, months: u8, at_least: i64) -> FallRule {
    FallRule { percent, months, at_least: Fen(at_least) }
}

/// Figures up to November, the rule, and month and percent of the fall.
type Case<'a> = (&'a [Option<i64>], FallRule, Option<(&'a str, u32)>);

#[test]
fn a_fall_is_held_against_the_height_before_it() {
    let (x, none) = (Some, None);
    let cases: [Case<'_>; 24] = [
        // In one step, and spread over the months.
        (&[x(100), x(100), x(62)], rule(30, 3, 0), Some(("2026-10", 38))),
        (&[x(100), x(90), x(80), x(70)], rule(30, 3, 0), Some(("2026-08", 30))),
        // The look back ends where the rule says.
        (&[x(100), x(90), x(80), x(70)], rule(20, 2, 0), Some(("2026-09", 22))),
        (&[x(100), x(90), x(80), x(70)], rule(30, 2, 0), None),
        (&[x(100), x(70), x(70), x(70)], rule(10, 2, 0), None),
        // The height may lie in between, and the later of two counts.
        (&[x(50), x(100), x(60), x(60)], rule(40, 3, 0), Some(("2026-09", 40))),
        (&[x(100), x(60), x(100), x(50)], rule(40, 3, 0), Some(("2026-10", 50))),
        // Rounded down: 37.9 % is neither 38 % nor shown so.
        (&[x(1_000), x(621)], rule(38, 1, 0), None),
        (&[x(1_000), x(621)], rule(37, 1, 0), Some(("2026-10", 37))),
        (&[x(1_000), x(620)], rule(38, 1, 0), Some(("2026-10", 38))),
        // So much money at least.
        (&[x(1_000), x(500)], rule(38, 1, 500), Some(("2026-10", 50))),
        (&[x(1_000), x(500)], rule(38, 1, 501), None),
        // An unknown month is no zero and no reason to look further back.
        (&[x(100), none, x(50)], rule(30, 2, 0), Some(("2026-09", 50))),
        (&[x(100), none, x(50)], rule(30, 1, 0), None),
        (&[x(100), x(50), none], rule(30, 2, 0), Some(("2026-09", 50))),
        // A known zero is one.
        (&[x(100), x(0)], rule(99, 1, 0), Some(("2026-10", 100))),
        // Into a debt and out of one.
        (&[x(100), x(-50)], rule(99, 1, 0), Some(("2026-10", 150))),
        (&[x(0), x(-50)], rule(1, 1, 0), None),
        (&[x(-10), x(-50)], rule(1, 1, 0), None),
        // Growth, standing still, nothing to hold against.
        (&[x(50), x(100)], rule(1, 1, 0), None),
        (&[x(50), x(50)], rule(1, 1, 0), None),
        (&[x(50)], rule(1, 12, 0), None),
        (&[], rule(1, 12, 0), None),
        // A rule nobody may keep does not call growth a fall.
        (&[x(50), x(60)], rule(0, 1, -100), None),
    ];
    for (figures, rule, expected) in cases {
        let found = fall(&until_november(figures), &rule).map(|fall| (fall.from_month, fall.percent));
        assert_eq!(found, expected.map(|(from, percent)| (month(from), percent)), "{figures:?} {rule:?}");
    }
}

#[test]
fn a_fall_tells_its_figures() {
    let figures = [198 * WAN, 2_014 * WAN / 10, 1_248 * WAN / 10].map(Some);
    let found = fall(&until_november(&figures), &rule(30, 3, WAN)).expect("a fall");
    assert_eq!((found.from.short(), found.to.short()), ("201.4万".to_owned(), "124.8万".to_owned()));
    assert_eq!((found.from_month, found.to_month, found.percent), (month("2026-10"), month("2026-11"), 38));
}

#[test]
fn the_ends_of_the_figures_do_not_panic() {
    for (from, to, percent) in [
        (i64::MAX, i64::MIN, Some(200)),
        (1, i64::MIN, Some(u32::MAX)),
        (i64::MAX, i64::MAX - 1, None),
        (i64::MIN, i64::MAX, None),
    ] {
        let found = fall(&until_november(&[Some(from), Some(to)]), &rule(1, 12, 0));
        assert_eq!(found.map(|fall| fall.percent), percent);
    }
    let at_the_beginning = BTreeMap::from([(Month::FIRST, 1), (Month::FIRST.next(), 0)]);
    assert!(fall(&at_the_beginning, &rule(1, 12, 0)).is_some());
    assert_eq!(sparkline(&at_the_beginning, 4), [None, None, Some(1), Some(0)]);
    assert!(fall(&at_the_beginning, &rule(u8::MAX, u8::MAX, i64::MAX)).is_none());
}

#[test]
fn every_fault_of_a_rule_has_its_name() {
    let max = limits::FALL_MONTHS_MAX;
    let cases: [(FallRule, &[FallRuleFault]); 8] = [
        (rule(1, 1, 0), &[]),
        (rule(99, max, i64::MAX), &[]),
        (rule(0, 1, 0), &[FallRuleFault::Percent { percent: 0 }]),
        (rule(100, 1, 0), &[FallRuleFault::Percent { percent: 100 }]),
        (rule(1, 0, 0), &[FallRuleFault::Months { months: 0, max }]),
        (rule(1, 13, 0), &[FallRuleFault::Months { months: 13, max }]),
        (rule(1, 1, -1), &[FallRuleFault::AtLeast { at_least: Fen(-1) }]),
        (
            rule(0, 0, -1),
            &[
                FallRuleFault::Percent { percent: 0 },
                FallRuleFault::Months { months: 0, max },
                FallRuleFault::AtLeast { at_least: Fen(-1) },
            ],
        ),
    ];
    for (rule, faults) in cases {
        assert_eq!(rule.check(), faults, "{rule:?}");
    }
}

#[test]
fn a_sparkline_has_a_place_for_every_month() {
    let series = until_november(&[Some(1), None, Some(3), Some(4)]);
    let cases: [(u8, &[Option<i64>]); 4] = [
        (0, &[]),
        (1, &[Some(4)]),
        (4, &[Some(1), None, Some(3), Some(4)]),
        (6, &[None, None, Some(1), None, Some(3), Some(4)]),
    ];
    for (months, drawn) in cases {
        assert_eq!(sparkline(&series, months), drawn);
    }
    assert_eq!(sparkline(&BTreeMap::new(), 6), []);
    assert_eq!(sparkline(&series, u8::MAX).len(), 255);
}

fn figures() -> impl Strategy<Value = Vec<Option<i64>>> {
    vec(proptest::option::weighted(0.8, -1_000_i64..10_000), 0..20)
}

fn any_rule() -> impl Strategy<Value = FallRule> {
    (1_u8..=99, 1_u8..=12, 0_i64..3_000).prop_map(|(percent, months, fen)| rule(percent, months, fen))
}

proptest! {
    #[test]
    fn the_unit_of_the_figures_does_not_matter(figures in figures(), rule in any_rule(), by in 1_i64..1_000_000) {
        let scaled: Vec<_> = figures.iter().map(|fen| fen.map(|fen| fen * by)).collect();
        let scaled_rule = FallRule { at_least: Fen(rule.at_least.0 * by), ..rule };
        let told = |fall: Fall| (fall.from_month, fall.to_month, fall.percent);
        prop_assert_eq!(
            fall(&until_november(&scaled), &scaled_rule).map(told),
            fall(&until_november(&figures), &rule).map(told)
        );
    }

    #[test]
    fn the_order_of_arrival_does_not_matter(
        (figures, shuffled) in figures().prop_flat_map(|figures| {
            let rows: Vec<_> = until_november(&figures).into_iter().collect();
            (Just(figures), Just(rows).prop_shuffle())
        }),
        rule in any_rule(),
    ) {
        let series: BTreeMap<Month, i64> = shuffled.into_iter().collect();
        prop_assert_eq!(fall(&series, &rule), fall(&until_november(&figures), &rule));
    }

    #[test]
    fn what_is_stated_is_true(figures in figures(), rule in any_rule()) {
        let series = until_november(&figures);
        let Some(found) = fall(&series, &rule) else { return Ok(()) };
        let by = found.from.0 - found.to.0;
        prop_assert_eq!((series[&found.from_month], series[&found.to_month]), (found.from.0, found.to.0));
        prop_assert!(by * 100 >= i64::from(found.percent) * found.from.0 && by >= rule.at_least.0);
        prop_assert!(by * 100 < (i64::from(found.percent) + 1) * found.from.0);
        prop_assert!(found.percent >= u32::from(rule.percent));
        // A longer look back never loses it; from a greater height a fall into the same debt is a smaller share.
        let longer = FallRule { months: rule.months.saturating_add(1), ..rule };
        prop_assert!(fall(&series, &longer).is_some_and(|longer| longer.percent >= found.percent.min(100)));
    }
}
