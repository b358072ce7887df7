use super::*;
use crate::ids::{CustomerId, EmployeeId, OrgUnitId, TierOverrideId, TierSchemeId};
use crate::tier::{Above, Below, Measure, Measures, Preset, TierScheme, Yardstick};
use crate::version::VersionState;
use proptest::prelude::*;
use uuid::Uuid;

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn distance(floor: i64, value: i64) -> Distance {
    Distance { of: Yardstick::of(Measure::Deposit), floor, value, by: floor.abs_diff(value) }
}

fn placement(short: Vec<Distance>, margins: Vec<Distance>) -> Placement {
    Placement {
        scheme_id: TierSchemeId(Uuid::nil()),
        version: 1,
        ladder: String::new(),
        tier: "gold".into(),
        grounds: Vec::new(),
        above: (!short.is_empty()).then(|| Above { tier: "platinum".into(), short }),
        below: (!margins.is_empty()).then(|| Below { tier: "mass".into(), margins }),
        values: Measures::default(),
    }
}

#[test]
fn near_ends_at_a_tenth_upwards_and_a_twentieth_downwards() {
    let up_to = |short| up(&placement(short, Vec::new()), UP_PERCENT).map(|edge| edge.permille);
    for (short, expected) in [
        (vec![distance(1_000, 900)], Some(100)),
        (vec![distance(1_000, 899)], None),
        (vec![distance(1_000, 999), distance(500, 460)], Some(80)),
        (vec![distance(1_000, 999), distance(500, 449)], None),
        (vec![distance(i64::MAX, i64::MAX - 1)], Some(0)),
        (vec![distance(0, -1)], None),
        (vec![], None),
    ] {
        assert_eq!(up_to(short.clone()), expected, "{short:?}");
    }
    let down_to = |margins| {
        down(&placement(Vec::new(), margins), DOWN_PERCENT).map(|edge| (edge.permille, edge.distances.len()))
    };
    for (margins, expected) in [
        (vec![distance(1_000, 1_050)], Some((50, 1))),
        (vec![distance(1_000, 1_051)], None),
        (vec![distance(1_000, 1_000)], Some((0, 1))),
        (vec![distance(1_000, 1_010), distance(500, 9_000)], Some((10, 1))),
        (vec![distance(0, 0)], None),
        (vec![distance(1, i64::MAX)], None),
        (vec![], None),
    ] {
        assert_eq!(down_to(margins.clone()), expected, "{margins:?}");
    }
}

fn scheme(version: u32, from: &str, freeze: Freeze) -> TierScheme {
    let id = TierSchemeId(Uuid::from_u128(version.into()));
    let draft = Preset::Regional.draft(id, OrgUnitId(Uuid::nil()));
    TierScheme { version, state: VersionState::Published, effective_on: Some(date(from)), freeze, ..draft }
}

#[test]
fn a_move_says_by_what() {
    let tiers =
        Tiers::of(&[scheme(1, "2024-03-01", Freeze::Yearly), scheme(2, "2026-11-03", Freeze::Yearly)]);
    let by_hand = TierOverride {
        id: TierOverrideId(Uuid::nil()),
        customer_id: CustomerId(Uuid::nil()),
        tier: "industry".into(),
        reason: "家庭合计".to_owned(),
        set_by: EmployeeId(Uuid::nil()),
        set_on: date("2026-11-05"),
        until: date("2026-11-08"),
    };
    let history: BTreeMap<Date, Option<TierCode>> = [
        ("2025-12-20", Some("cluster")),
        ("2026-01-01", Some("high_cluster")),
        ("2026-11-02", Some("cluster")),
        ("2026-11-03", Some("high_cluster")),
        ("2026-11-05", Some("industry")),
        ("2026-11-09", Some("cluster")),
        ("2026-11-12", None),
    ]
    .map(|(on, tier)| (date(on), tier.map(TierCode::from)))
    .into();
    let told = |from: &str| -> Vec<(String, MovedBy)> {
        let found = moves(&history, &[&by_hand], &tiers, date(from));
        found.into_iter().map(|own| (own.on.to_string(), own.by)).collect()
    };
    let on = |day: &str, by| (day.to_owned(), by);
    use MovedBy::{Figures, Hand, HandEnded, Scheme, YearsList};
    let november = [
        on("2026-11-02", Figures),
        on("2026-11-03", Scheme),
        on("2026-11-05", Hand),
        on("2026-11-09", HandEnded),
        on("2026-11-12", Figures),
    ];
    assert_eq!(told("2026-11-01"), november);
    assert_eq!(told("2026-11-02").len(), 5, "the first day counts");
    // The first tier ever is no move.
    assert_eq!(told("2025-01-01").first(), Some(&on("2026-01-01", YearsList)));
    let last = moves(&history, &[&by_hand], &tiers, date("2026-11-12"));
    assert_eq!(last[0].from, Some("cluster".into()));
    assert_eq!(last[0].to, None);
}

proptest! {
    #[test]
    fn a_wider_look_never_sees_less(floor in 1_i64..1_000_000, by in 0_i64..1_000_000, percent in 0_u8..100) {
        let placed = placement(vec![distance(floor, floor - by - 1)], vec![distance(floor, floor + by)]);
        prop_assert!(up(&placed, percent).is_none() || up(&placed, percent + 1).is_some());
        prop_assert!(down(&placed, percent).is_none() || down(&placed, percent + 1).is_some());
    }
}
