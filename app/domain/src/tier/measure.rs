//! What is known of a customer in figures, and what a rule looks at.

use crate::customer::Holdings;
use crate::scale::Scale;
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    Fen,
    /// Whole pieces.
    Count,
    /// 0 to 100 for a factor; the score itself counts in hundredths of a point.
    Points,
}

/// A figure handed over for a customer. The last five are the factors of the value score (R048): points somebody, or a
/// list, gave; how they come from raw figures the sources do not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// 存款月日均
    Deposit,
    /// 理财月日均
    Wealth,
    /// 保险
    Insurance,
    /// 基金
    Fund,
    /// 个人贷款余额
    Loan,
    /// 月消费 (R043)
    MonthlySpend,
    /// 持有产品数
    ProductsHeld,
    /// 用电量
    Usage,
    /// 利润贡献率
    Profit,
    /// 负荷特性
    Steadiness,
    /// 信用
    Credit,
    /// 发展潜力
    Potential,
}

impl Measure {
    pub const ALL: [Self; 12] = [
        Self::Deposit,
        Self::Wealth,
        Self::Insurance,
        Self::Fund,
        Self::Loan,
        Self::MonthlySpend,
        Self::ProductsHeld,
        Self::Usage,
        Self::Profit,
        Self::Steadiness,
        Self::Credit,
        Self::Potential,
    ];
    /// Of the value score (R048).
    pub const FACTORS: [Self; 5] =
        [Self::Usage, Self::Profit, Self::Steadiness, Self::Credit, Self::Potential];
    /// 财富资产 = 存款+理财+保险+基金 (R041)
    pub const WEALTH_ASSETS: [Self; 4] = [Self::Deposit, Self::Wealth, Self::Insurance, Self::Fund];

    /// In [`Self::ALL`].
    const fn place(self) -> usize {
        match self {
            Self::Deposit => 0,
            Self::Wealth => 1,
            Self::Insurance => 2,
            Self::Fund => 3,
            Self::Loan => 4,
            Self::MonthlySpend => 5,
            Self::ProductsHeld => 6,
            Self::Usage => 7,
            Self::Profit => 8,
            Self::Steadiness => 9,
            Self::Credit => 10,
            Self::Potential => 11,
        }
    }

    pub fn unit(self) -> Unit {
        match self {
            Self::Deposit | Self::Wealth | Self::Insurance | Self::Fund | Self::Loan | Self::MonthlySpend => {
                Unit::Fen
            }
            Self::ProductsHeld => Unit::Count,
            Self::Usage | Self::Profit | Self::Steadiness | Self::Credit | Self::Potential => Unit::Points,
        }
    }
}

/// What a rule looks at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Yardstick {
    /// The measures added up, all of one unit; each must be known.
    Sum(BTreeSet<Measure>),
    /// The value score, in hundredths of a point.
    Score,
}

impl Yardstick {
    /// What its figures count: of a sum the first measure's, None of a sum of nothing. The score's are hundredths.
    pub fn unit(&self) -> Option<Unit> {
        match self {
            Self::Sum(summands) => summands.first().map(|summand| summand.unit()),
            Self::Score => Some(Unit::Points),
        }
    }

    /// How its figures are written; money in 万元 or in 元, as `money` says.
    pub fn scale(&self, money: Scale) -> Scale {
        match (self, self.unit()) {
            (Self::Score, _) => Scale::Hundredths,
            (Self::Sum(_), Some(Unit::Fen)) => money,
            (Self::Sum(_), _) => Scale::Whole,
        }
    }

    pub fn of(measure: Measure) -> Self {
        Self::Sum(BTreeSet::from([measure]))
    }
    /// 月日均财富资产 (R041)
    pub fn wealth_assets() -> Self {
        Self::Sum(BTreeSet::from(Measure::WEALTH_ASSETS))
    }
    /// 财富类+个贷 (R042)
    pub fn wealth_and_loan() -> Self {
        Self::Sum(Measure::WEALTH_ASSETS.into_iter().chain([Measure::Loan]).collect())
    }
}

/// One customer's figures. What is not in it is not known, which is not zero; balances may be negative.
///
/// A place for every measure: a book's history is made of tens of thousands of these, and none is allocated. It travels
/// as a map of what is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measures([Option<i64>; Measure::ALL.len()]);

impl Measures {
    /// None of them is known while no list has told of the customer.
    pub fn of_holdings(holdings: &Holdings) -> Self {
        if holdings.as_of.is_none() {
            return Self::default();
        }
        Self::from_iter([
            (Measure::Deposit, holdings.deposit.0),
            (Measure::Wealth, holdings.wealth.0),
            (Measure::Insurance, holdings.insurance.0),
            (Measure::Fund, holdings.fund.0),
            (Measure::Loan, holdings.loan.0),
        ])
    }

    pub fn get(&self, measure: Measure) -> Option<i64> {
        self.0.get(measure.place()).copied().flatten()
    }

    /// None makes it unknown.
    pub fn set(&mut self, measure: Measure, value: Option<i64>) {
        if let Some(own) = self.0.get_mut(measure.place()) {
            *own = value;
        }
    }

    /// What is known, in the order of the measures.
    pub fn iter(&self) -> impl Iterator<Item = (Measure, i64)> + '_ {
        Measure::ALL.into_iter().zip(self.0).filter_map(|(measure, value)| Some((measure, value?)))
    }

    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }

    /// What `told` knows takes the place of what was known.
    pub fn learn(&mut self, told: &Self) {
        for (own, told) in self.0.iter_mut().zip(told.0) {
            *own = told.or(*own);
        }
    }
}

impl Serialize for Measures {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.iter().count()))?;
        for (measure, value) in self.iter() {
            map.serialize_entry(&measure, &value)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Measures {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        BTreeMap::deserialize(deserializer).map(Self::from_iter)
    }
}

impl FromIterator<(Measure, i64)> for Measures {
    fn from_iter<T: IntoIterator<Item = (Measure, i64)>>(figures: T) -> Self {
        let mut measures = Self::default();
        for (measure, value) in figures {
            measures.set(measure, Some(value));
        }
        measures
    }
}
