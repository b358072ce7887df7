//! What the page lists, from the rows on this tablet.

use crate::components::standing::tier_look;
use crate::components::tier_badge::TierLook;
use crate::i18n::{comma, day, fill, t};
use crate::words::{migration as words, tiers};
use domain::authorize::keep_customer;
use domain::customer::Customer;
use domain::ids::{BookId, CustomerId, TierSchemeId};
use domain::migration::{DOWN_PERCENT, Edge, MovedBy, UP_PERCENT, down, moves, up};
use domain::month::Month;
use domain::organisation::{Book, Colleague, Role};
use domain::tier::{Distance, Freeze, TierCode, TierScheme};
use domain::tier_goal::{Outcome, TierGoal};
use domain::time::Date;
use replica::Replica;
use std::collections::HashMap;
use std::sync::Arc;

/// How far a wider look goes.
pub const WIDE_PERCENT: u8 = 50;
/// Rows of one list; the nearest come first.
const ROWS_MAX: usize = 100;

/// Who stands near a boundary.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NearLine {
    pub id: CustomerId,
    pub name: String,
    pub tier: Option<TierLook>,
    pub said: String,
    pub holder: Option<String>,
    /// The tier beside, its name, and the scheme it is of.
    pub to: TierCode,
    pub to_name: String,
    pub scheme_id: TierSchemeId,
    /// The goal it has.
    pub goal: Option<(TierCode, Date)>,
    pub may_change: bool,
    permille: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MovedLine {
    pub id: CustomerId,
    pub name: String,
    pub to: Option<TierLook>,
    /// None where one side has no tier.
    pub is_up: Option<bool>,
    pub said: String,
    pub holder: Option<String>,
    on: Option<Date>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GoalLine {
    pub id: CustomerId,
    pub name: String,
    pub tier: Option<TierLook>,
    pub goal_name: String,
    pub by: Date,
    pub outcome: Outcome,
    pub holder: Option<String>,
    pub may_change: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    pub has_scheme: bool,
    pub is_frozen: bool,
    pub up: Vec<NearLine>,
    pub down: Vec<NearLine>,
    pub moved: Vec<MovedLine>,
    /// Would move by today's figures if the list were not frozen.
    pub would_move: Vec<MovedLine>,
    pub goals: Vec<GoalLine>,
}

impl Lines {
    pub fn of(replica: &Replica, today: Date, is_wide: bool) -> Arc<Self> {
        let rules = replica.rules();
        let Some(scheme) = rules.tiers.scheme(today) else { return Arc::default() };
        let lister = Lister { replica, scheme, today, holders: holders(replica) };
        let month = Month::of(today).first_day();
        let up_percent = if is_wide { WIDE_PERCENT } else { UP_PERCENT };
        let mut found =
            Self { has_scheme: true, is_frozen: scheme.freeze == Freeze::Yearly, ..Self::default() };
        for customer in replica.all::<Customer>() {
            let Some(rated) = replica.rated(customer.id, today) else { continue };
            let rows = replica.rows_of(customer);
            let goal = replica.get::<TierGoal>(domain::ids::TierGoalId::from(customer.id));
            let tier = rated.tier();
            if let Some(standing) = rules.tiers.standing(&rated.known, &rows.by_hand, today) {
                if let Some(placed) = standing.by_figures() {
                    let near = |edge, is_up| lister.near(customer, tier, goal, edge, is_up);
                    found.up.extend(up(placed, up_percent).map(|edge| near(edge, true)));
                    found.down.extend(down(placed, DOWN_PERCENT).map(|edge| near(edge, false)));
                }
                let would = standing.would_move();
                found
                    .would_move
                    .extend(would.map(|(from, to)| lister.moved(customer, Some(from), Some(to), None)));
            }
            for own in moves(&rated.tiers, &rows.by_hand, &rules.tiers, month) {
                let how = Some((own.on, own.by));
                found.moved.push(lister.moved(customer, own.from.as_ref(), own.to.as_ref(), how));
            }
            found.goals.extend(goal.map(|goal| {
                let outcome = goal.outcome(&rated.tiers, Some(scheme), today);
                lister.goal(customer, tier, goal, outcome)
            }));
        }
        found.up.sort_by(|a, b| (a.permille, &a.name, a.id).cmp(&(b.permille, &b.name, b.id)));
        found.down.sort_by(|a, b| (a.permille, &a.name, a.id).cmp(&(b.permille, &b.name, b.id)));
        found.up.truncate(ROWS_MAX);
        found.down.truncate(ROWS_MAX);
        found.moved.sort_by(|a, b| (b.on, &a.name, a.id).cmp(&(a.on, &b.name, b.id)));
        found.would_move.sort_by(|a, b| (b.is_up, &a.name, a.id).cmp(&(a.is_up, &b.name, b.id)));
        // What is still open first, the nearest day before the others.
        let is_over = |outcome: Outcome| !matches!(outcome, Outcome::Open { .. });
        found.goals.sort_by_key(|line| (is_over(line.outcome), line.by, line.id));
        Arc::new(found)
    }
}

/// A manager knows whose the customers are.
fn holders(replica: &Replica) -> HashMap<BookId, String> {
    if replica.actor().role == Role::Manager {
        return HashMap::new();
    }
    let named = |book: &Book| Some((book.id, replica.get::<Colleague>(book.holder_id?)?.name.clone()));
    replica.all::<Book>().filter_map(named).collect()
}

struct Lister<'a> {
    replica: &'a Replica,
    scheme: &'a TierScheme,
    today: Date,
    holders: HashMap<BookId, String>,
}

impl Lister<'_> {
    fn look(&self, tier: Option<&TierCode>) -> Option<TierLook> {
        tier.map(|tier| tier_look(Some(self.scheme), tier))
    }

    fn name(&self, tier: Option<&TierCode>) -> String {
        self.look(tier).map_or_else(|| t(words::NO_TIER).to_owned(), |look| look.name)
    }

    fn may_change(&self, customer: &Customer) -> bool {
        keep_customer(self.replica.actor(), customer).is_ok()
    }

    fn near(
        &self,
        customer: &Customer,
        tier: Option<&TierCode>,
        goal: Option<&TierGoal>,
        edge: Edge,
        is_up: bool,
    ) -> NearLine {
        let to_name = self.name(Some(&edge.tier));
        let said: Vec<String> = edge.distances.iter().map(|way| distance(way, &to_name, is_up)).collect();
        NearLine {
            id: customer.id,
            name: customer.name.clone(),
            tier: self.look(tier),
            said: said.join(comma()),
            holder: self.holders.get(&customer.book_id).cloned(),
            to: edge.tier,
            to_name,
            scheme_id: self.scheme.id,
            goal: goal.map(|goal| (goal.tier.clone(), goal.by)),
            may_change: self.may_change(customer),
            permille: edge.permille,
        }
    }

    fn moved(
        &self,
        customer: &Customer,
        from: Option<&TierCode>,
        to: Option<&TierCode>,
        how: Option<(Date, MovedBy)>,
    ) -> MovedLine {
        let rank = |tier: Option<&TierCode>| self.scheme.rank(tier?);
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("from", &self.name(from)), ("to", &self.name(to))];
        let mut said = fill(words::FROM_TO, &values);
        if let Some((on, by)) = how {
            said = format!("{said} · {} · {}", day(on, self.today), words::moved_by(by));
        }
        MovedLine {
            id: customer.id,
            name: customer.name.clone(),
            to: self.look(to),
            is_up: rank(from).zip(rank(to)).map(|(from, to)| to < from),
            said,
            holder: self.holders.get(&customer.book_id).cloned(),
            on: how.map(|(on, _)| on),
        }
    }

    fn goal(
        &self,
        customer: &Customer,
        tier: Option<&TierCode>,
        goal: &TierGoal,
        outcome: Outcome,
    ) -> GoalLine {
        GoalLine {
            id: customer.id,
            name: customer.name.clone(),
            tier: self.look(tier),
            goal_name: self.name(Some(&goal.tier)),
            by: goal.by,
            outcome,
            holder: self.holders.get(&customer.book_id).cloned(),
            may_change: self.may_change(customer),
        }
    }
}

/// 财富资产46.2万，差3.8万到白金
fn distance(way: &Distance, to: &str, is_up: bool) -> String {
    let by = i64::try_from(way.by).unwrap_or(i64::MAX);
    let values: [(&str, &dyn std::fmt::Display); 4] = [
        ("what", &tiers::yardstick(&way.of)),
        ("value", &tiers::value(&way.of, way.value)),
        ("by", &tiers::value(&way.of, by)),
        ("tier", &to),
    ];
    fill(if is_up { words::SHORT_BY } else { words::ABOVE_BY }, &values)
}
