//! What people decided about customers: tiers set by the lead, tiers to reach, and marks of a book being taken over.

use super::calendar::{EVENING, quarter_of};
use super::dice::Dice;
use super::held::HeldBook;
use super::money::Trend;
use super::rules::{DIAMOND, PLATINUM};
use super::shapes::{Kind, Size};
use chrono::Duration;
use domain::ids::{MarkId, TierGoalId, TierOverrideId};
use domain::mark::{Mark, MarkKind};
use domain::row::Row;
use domain::tier::TierOverride;
use domain::tier_goal::TierGoal;

/// The last manager has taken over the book and sorted half of it.
const SORTED_BOOK: usize = 5;

pub(super) fn of_book(dice: &mut Dice, book: &HeldBook<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    rows.extend(by_hand(dice, book).map(Row::from));
    rows.extend(goals(dice, book).into_iter().map(Row::from));
    if book.nth == SORTED_BOOK {
        rows.extend(marks(dice, book).into_iter().map(Row::from));
    }
    rows
}

/// One that holds, in another book one that has ended.
fn by_hand(dice: &mut Dice, book: &HeldBook<'_>) -> Option<TierOverride> {
    let (held, tier, reason, set_on, until) = match book.nth {
        2 => {
            let held = book.find(Kind::Owing, 0)?;
            (held, DIAMOND, "家庭合计542万，按钻石服务。", book.day(-40), book.day(120))
        }
        0 => {
            let held = book.of_size(Kind::Regular, Size::Gold).last()?;
            (held, PLATINUM, "企业主家庭，旺季资金在对公账户，暂按白金服务。", book.day(-240), book.day(-100))
        }
        _ => return None,
    };
    Some(TierOverride {
        id: TierOverrideId(dice.id(book.at(set_on, EVENING))),
        customer_id: held.customer.id,
        tier: tier.into(),
        reason: reason.to_owned(),
        set_by: book.lead,
        set_on,
        until,
    })
}

/// Of those near a boundary: who has sunk below it is to come back, and who has risen above it was to.
fn goals(dice: &mut Dice, book: &HeldBook<'_>) -> Vec<TierGoal> {
    let this_quarter = quarter_of(book.today());
    let next_quarter = quarter_of(this_quarter.to + Duration::days(1));
    let mut goals = Vec::new();
    for held in book.customers {
        let (tier, by, days_ago) = match (held.money.trend, held.part.size) {
            (Trend::Sunk { .. }, Size::Gold) => (PLATINUM, next_quarter.to, dice.days(5, 20)),
            (Trend::Risen { .. }, size) => (size.tier(), this_quarter.to, dice.days(130, 160)),
            _ => continue,
        };
        goals.push(TierGoal {
            id: TierGoalId::from(held.customer.id),
            customer_id: held.customer.id,
            tier: tier.into(),
            by,
            set_by: book.manager,
            set_at: book.at(book.day(-days_ago), EVENING),
        });
    }
    goals
}

fn marks(dice: &mut Dice, book: &HeldBook<'_>) -> Vec<Mark> {
    let mut by_size: Vec<_> = book.customers.iter().collect();
    by_size.sort_by_key(|held| std::cmp::Reverse(held.part.size));
    let half = by_size.len() / 2;
    by_size
        .into_iter()
        .take(half)
        .map(|held| {
            let kind = match (held.part.size, held.part.kind) {
                (Size::Diamond | Size::Platinum, _) => MarkKind::Important,
                (_, Kind::Silent) => MarkKind::CallFirst,
                (Size::Gold, _) if dice.chance(70) => MarkKind::Routine,
                _ => MarkKind::Later,
            };
            Mark {
                id: MarkId::from(held.customer.id),
                customer_id: held.customer.id,
                kind,
                marked_by: book.manager,
                marked_at: book.at(book.day(-dice.days(1, 2)), EVENING),
            }
        })
        .collect()
}
