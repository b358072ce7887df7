//! The sources' own schemes as drafts to start from. What a source leaves blank is blank here (CATALOGUE.md, E04–E06).

use super::{
    Applies, Bound, Demand, Freeze, Ladder, Measure, Step, Tier, TierCode, TierScheme, Weight, Yardstick,
};
use crate::ids::{OrgUnitId, TierSchemeId};
use crate::version::VersionState;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const YUAN: i64 = 100; // fen
const WAN: i64 = 10_000 * YUAN;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Preset {
    /// By 月日均财富资产, for everyone (R041).
    BankStandard1,
    /// Standard 2 for customers with a personal loan (R042), which says nothing of the others: standard 1 for them.
    BankStandards1And2,
    /// By monthly spend (R043).
    Telecom,
    /// By monthly spend, with other names and another floor than [`Self::Telecom`]: never merged (R044, E04).
    Regional,
    /// By the score of five factors (R048). The source gives neither weights nor grades.
    ValueScore,
}

impl Preset {
    pub const ALL: [Self; 5] =
        [Self::BankStandard1, Self::BankStandards1And2, Self::Telecom, Self::Regional, Self::ValueScore];

    /// The first version's draft.
    pub fn draft(self, id: TierSchemeId, org_unit_id: OrgUnitId) -> TierScheme {
        let (tiers, ladders) = match self {
            Self::BankStandard1 => (bank_tiers(), vec![bank_standard_1(Applies::Everyone)]),
            Self::BankStandards1And2 => {
                (bank_tiers(), vec![bank_standard_1(Applies::Lacking(Measure::Loan)), bank_standard_2()])
            }
            Self::Telecom => (telecom_tiers(), vec![telecom()]),
            Self::Regional => (regional_tiers(), vec![regional()]),
            Self::ValueScore => (Vec::new(), vec![value_score()]),
        };
        TierScheme {
            id,
            org_unit_id,
            version: 1,
            state: VersionState::Draft,
            effective_on: None,
            tiers,
            ladders,
            // The source fixes the list of 大客户 for the year (R046).
            freeze: if self == Self::Telecom { Freeze::Yearly } else { Freeze::None },
            weights: if self == Self::ValueScore { factors() } else { BTreeMap::new() },
        }
    }
}

fn tiers(named: &[(&str, &str)]) -> Vec<Tier> {
    named.iter().map(|(code, name)| Tier { code: TierCode::from(*code), name: (*name).to_owned() }).collect()
}

fn step(tier: &str, floor: Bound, ceiling: Bound) -> Step {
    Step { tier: TierCode::from(tier), floor, ceiling, besides: Vec::new() }
}

fn with_wealth(step: Step, at_least: Option<i64>) -> Step {
    Step { besides: vec![Demand { of: Yardstick::wealth_assets(), at_least }], ..step }
}

fn bank_tiers() -> Vec<Tier> {
    tiers(&[("diamond", "浩瀚·钻石"), ("platinum", "浩瀚·白金"), ("gold", "浩瀚·金"), ("mass", "大众")])
}

/// Gold's floor is blank in the source. That 大众 ends at 10万 does not say where gold begins (E06).
fn bank_standard_1(applies: Applies) -> Ladder {
    Ladder {
        name: "标准一".to_owned(),
        applies,
        by: Yardstick::wealth_assets(),
        steps: vec![
            step("diamond", Bound::At(500 * WAN), Bound::Open),
            step("platinum", Bound::At(100 * WAN), Bound::At(500 * WAN)),
            step("gold", Bound::Blank, Bound::At(100 * WAN)),
            step("mass", Bound::Open, Bound::At(10 * WAN)),
        ],
    }
}

/// Platinum's wealth floor and the rows of gold and 大众 are missing in the source (E06).
fn bank_standard_2() -> Ladder {
    Ladder {
        name: "标准二".to_owned(),
        applies: Applies::Having(Measure::Loan),
        by: Yardstick::wealth_and_loan(),
        steps: vec![
            with_wealth(step("diamond", Bound::At(800 * WAN), Bound::Open), Some(350 * WAN)),
            with_wealth(step("platinum", Bound::At(200 * WAN), Bound::At(800 * WAN)), None),
            with_wealth(step("gold", Bound::Blank, Bound::At(200 * WAN)), None),
            step("mass", Bound::Open, Bound::Blank),
        ],
    }
}

/// Six grades of 大客户 and four of 商业客户 are announced, one of each is named (E05).
fn telecom_tiers() -> Vec<Tier> {
    tiers(&[
        ("key_6", ""),
        ("key_5", ""),
        ("key_4", ""),
        ("key_3", ""),
        ("key_2", ""),
        ("crystal", "水晶"),
        ("business_a", "商业A(A+)"),
        ("business_3", ""),
        ("business_2", ""),
        ("business_1", ""),
        ("public", "公众"),
    ])
}

fn telecom() -> Ladder {
    Ladder {
        name: "月消费".to_owned(),
        applies: Applies::Everyone,
        by: Yardstick::of(Measure::MonthlySpend),
        steps: vec![
            step("key_6", Bound::Blank, Bound::Open),
            step("key_5", Bound::Blank, Bound::Blank),
            step("key_4", Bound::Blank, Bound::Blank),
            step("key_3", Bound::Blank, Bound::Blank),
            step("key_2", Bound::At(10_000 * YUAN), Bound::Blank),
            step("crystal", Bound::At(3_000 * YUAN), Bound::At(10_000 * YUAN)),
            step("business_a", Bound::At(1_500 * YUAN), Bound::At(3_000 * YUAN)),
            step("business_3", Bound::Blank, Bound::At(1_500 * YUAN)),
            step("business_2", Bound::Blank, Bound::Blank),
            step("business_1", Bound::Blank, Bound::Blank),
            step("public", Bound::Open, Bound::Blank),
        ],
    }
}

fn regional_tiers() -> Vec<Tier> {
    tiers(&[("industry", "行业客户"), ("high_cluster", "高端聚类"), ("cluster", "普通聚类")])
}

fn regional() -> Ladder {
    Ladder {
        name: "月消费".to_owned(),
        applies: Applies::Everyone,
        by: Yardstick::of(Measure::MonthlySpend),
        steps: vec![
            step("industry", Bound::At(3_000 * YUAN), Bound::Open),
            step("high_cluster", Bound::At(1_000 * YUAN), Bound::At(3_000 * YUAN)),
            step("cluster", Bound::Open, Bound::At(1_000 * YUAN)),
        ],
    }
}

fn value_score() -> Ladder {
    Ladder {
        name: "价值分".to_owned(), applies: Applies::Everyone, by: Yardstick::Score, steps: Vec::new()
    }
}

fn factors() -> BTreeMap<Measure, Weight> {
    Measure::FACTORS
        .into_iter()
        .zip(["用电量", "利润贡献率", "负荷特性", "信用", "发展潜力"])
        .map(|(factor, name)| (factor, Weight { name: name.to_owned(), percent: None }))
        .collect()
}
