//! What a customer holds, and what they held at the end of each month before: courses of money that give tiers, moves
//! between tiers, and falls.

use super::dice::Dice;
use super::rules::{DIAMOND_FLOOR, GOLD_FLOOR, GOLD_FLOOR_BEFORE, PLATINUM_FLOOR, WAN};
use super::shapes::{Kind, Part, Size};
use chrono::Duration;
use domain::customer::{Customer, Holdings};
use domain::figures::Figures;
use domain::ids::FiguresId;
use domain::money::Fen;
use domain::month::Month;
use domain::tier::Measures;
use domain::time::Timestamp;

/// A year ago and every month since.
pub(super) const MONTHS: u32 = 13;
/// Of whose history less was handed over.
const MONTHS_FEW: u32 = 3;
/// The last list was of so many days ago.
const LIST_DAYS_AGO: i64 = 3;

/// How the sum of a customer's assets came to be what it is. Rates are thousandths a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trend {
    Steady,
    Grown {
        rate: i64,
    },
    /// Too slowly for a sign.
    Shrunk {
        rate: i64,
    },
    /// All at once, so many months ago, to so many thousandths.
    Fallen {
        ago: i64,
        left: i64,
    },
    /// Above the floor of the tier since so many months.
    Risen {
        ago: i64,
        floor: i64,
    },
    /// Below the floor of the tier above since so many months.
    Sunk {
        ago: i64,
        floor: i64,
    },
}

/// What is to be told of a customer's money.
#[derive(Clone, Copy, Debug)]
pub(super) struct Money {
    /// 0 where no list has told of the customer.
    months: u32,
    /// 月日均财富资产 by the last list, in fen.
    assets: i64,
    pub trend: Trend,
}

impl Money {
    /// Decided by the customer's part in the book and by chance, never by the day.
    pub fn of(dice: &mut Dice, part: &Part, nth_book: usize) -> Self {
        let trend = trend(dice, part);
        let assets = match trend {
            Trend::Risen { floor, .. } => floor / 1_000 * dice.days(1_030, 1_100),
            Trend::Sunk { floor, .. } => floor / 1_000 * dice.days(930, 980),
            _ => assets(dice, part),
        };
        let months = match (part.kind, part.nth) {
            // Of one of the new customers no list has told yet.
            _ if part.is_new => {
                if nth_book.is_multiple_of(2) {
                    0
                } else {
                    MONTHS
                }
            }
            (Kind::Due, 2) => MONTHS_FEW,
            _ if part.is_last => MONTHS_FEW,
            _ => MONTHS,
        };
        Self { months, assets, trend }
    }

    /// Gives the customer what they hold; answers the months.
    pub fn give(self, dice: &mut Dice, now: Timestamp, customer: &mut Customer) -> Vec<Figures> {
        if self.months == 0 {
            customer.holdings = Holdings::default();
            return Vec::new();
        }
        let as_of = now.date() - Duration::days(LIST_DAYS_AGO);
        let drawn = customer.holdings;
        customer.holdings = Holdings { as_of: Some(as_of), ..scaled(&drawn, self.assets, 0) };
        let ends = (1..self.months).map(|ago| Month::of(as_of).minus(ago).last_day());
        let days = [as_of].into_iter().chain(ends);
        let mut figures: Vec<Figures> = (0..)
            .zip(days)
            .take_while(|(_, day)| customer.opened_on.is_none_or(|opened_on| opened_on <= *day))
            .map(|(ago, day)| {
                let holdings = match ago {
                    0 => customer.holdings,
                    _ => Holdings { as_of: Some(day), ..scaled(&drawn, self.assets_ago(dice, ago), ago) },
                };
                Figures {
                    id: FiguresId(dice.id(super::calendar::at(now, day, super::calendar::EVENING))),
                    customer_id: customer.id,
                    as_of: day,
                    values: Measures::of_holdings(&holdings),
                }
            })
            .collect();
        figures.reverse();
        figures
    }

    /// At the end of the month so many ago.
    fn assets_ago(self, dice: &mut Dice, months: i64) -> i64 {
        let wave = dice.days(-8, 8);
        let share = match self.trend {
            Trend::Steady => 1_000 + 2 * wave,
            Trend::Grown { rate } => 1_000 - rate * months + wave,
            Trend::Shrunk { rate } => 1_000 + rate * months + wave,
            Trend::Fallen { ago, .. } if months < ago => 1_000 + wave,
            Trend::Fallen { left, .. } => (1_000 + wave) * 1_000 / left,
            Trend::Risen { ago, .. } if months < ago => 1_000 - 4 * months,
            Trend::Risen { floor, .. } => return floor / 1_000 * (960 + 3 * wave),
            Trend::Sunk { ago, .. } if months < ago => 1_000 + 4 * months,
            Trend::Sunk { floor, .. } => return floor / 1_000 * (1_040 + 3 * wave),
        };
        self.assets / 1_000 * share
    }
}

fn trend(dice: &mut Dice, part: &Part) -> Trend {
    let by_chance = match dice.below(10) {
        0..=4 => Trend::Steady,
        5..=7 => Trend::Grown { rate: dice.days(6, 30) },
        _ => Trend::Shrunk { rate: dice.days(8, 18) },
    };
    let floor_of = |size| match size {
        Size::Diamond => DIAMOND_FLOOR,
        Size::Platinum => PLATINUM_FLOOR,
        Size::Gold | Size::Mass => GOLD_FLOOR,
    };
    match (part.kind, part.size, part.nth) {
        (Kind::Owing, Size::Platinum, _) => Trend::Fallen { ago: 2, left: dice.days(600, 640) },
        (Kind::Regular, Size::Gold, _) if part.is_first_of_size => {
            Trend::Fallen { ago: 1, left: dice.days(600, 640) }
        }
        (Kind::Regular, Size::Platinum | Size::Gold, _) => {
            Trend::Risen { ago: dice.days(2, 4), floor: floor_of(part.size) }
        }
        (Kind::Stuck, Size::Gold, _) => Trend::Sunk { ago: dice.days(1, 3), floor: PLATINUM_FLOOR },
        (Kind::Regular, Size::Mass, _) if part.is_first_of_size => {
            Trend::Sunk { ago: dice.days(1, 3), floor: GOLD_FLOOR }
        }
        (Kind::Due, Size::Gold, _) => Trend::Steady,
        _ => by_chance,
    }
}

fn assets(dice: &mut Dice, part: &Part) -> i64 {
    let (from, to) = match (part.size, part.kind) {
        (Size::Diamond, _) => (DIAMOND_FLOOR + 20 * WAN, 2 * DIAMOND_FLOOR),
        // After the fall still of the tier.
        (Size::Platinum, Kind::Owing) => (PLATINUM_FLOOR + 5 * WAN, 150 * WAN),
        (Size::Platinum, _) => (PLATINUM_FLOOR + 20 * WAN, 420 * WAN),
        // Gold since the last version of the tiers.
        (Size::Gold, Kind::Due) => (GOLD_FLOOR + 2 * WAN, GOLD_FLOOR_BEFORE - 2 * WAN),
        // Gold before the fall too.
        (Size::Gold, Kind::Regular) => (GOLD_FLOOR_BEFORE + 10 * WAN, 58 * WAN),
        (Size::Gold, _) => (GOLD_FLOOR_BEFORE + 10 * WAN, 85 * WAN),
        (Size::Mass, _) => (WAN / 4, 8 * WAN),
    };
    // Whole 元.
    dice.days(from / 100, to / 100) * 100
}

/// What was drawn, in the same shares, as another sum; the loan as it was so many months ago.
fn scaled(drawn: &Holdings, assets: i64, months_ago: i64) -> Holdings {
    let sum = i128::from(drawn.wealth_assets().0);
    let share = |part: Fen| {
        let scaled = i128::from(part.0) * i128::from(assets) / sum.max(1);
        Fen(i64::try_from(scaled).unwrap_or(0))
    };
    let [wealth, insurance, fund] = [drawn.wealth, drawn.insurance, drawn.fund].map(share);
    Holdings {
        deposit: Fen(assets - wealth.0 - insurance.0 - fund.0),
        wealth,
        insurance,
        fund,
        loan: Fen(drawn.loan.0 / 1_000 * (1_000 + 12 * months_ago)),
        as_of: None,
    }
}
