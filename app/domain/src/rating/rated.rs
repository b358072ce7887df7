//! One customer's rows weighed by the organisation's rules.

use super::{Given, Known, Tiers};
use crate::call::Call;
use crate::care::{self, Cared, Occasion};
use crate::contract::Contract;
use crate::customer::{Customer, CustomerType};
use crate::event::Event;
use crate::figures::Figures;
use crate::ids::{ContractId, OrgUnitId, PolicyId, VisitId};
use crate::month::Month;
use crate::policy::Policy;
use crate::standard::{ServiceDebt, StandardsOn, TierStandard, VisitStandard};
use crate::tier::{Measure, Measures, TierCode, TierOverride, TierScheme, Unit, Yardstick};
use crate::time::Date;
use crate::trend::{self, Fall};
use crate::version::{Versioned, in_force};
use crate::visit::{Visit, VisitState, is_later};
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// What an organisation has published, laid out for many customers.
#[derive(Clone, Debug)]
pub struct Rules {
    pub tiers: Tiers,
    pub standards: Vec<VisitStandard>,
    policies: Vec<Policy>,
    /// Where nothing has been published.
    usual: Policy,
}

impl Default for Rules {
    fn default() -> Self {
        Self::of([], [], [])
    }
}

impl Rules {
    pub fn of<'a>(
        schemes: impl IntoIterator<Item = &'a TierScheme>,
        standards: impl IntoIterator<Item = &'a VisitStandard>,
        policies: impl IntoIterator<Item = &'a Policy>,
    ) -> Self {
        Self {
            tiers: Tiers::of(schemes),
            standards: standards.into_iter().cloned().collect(),
            policies: policies.into_iter().cloned().collect(),
            usual: Policy::usual(PolicyId(Uuid::nil()), OrgUnitId(Uuid::nil())),
        }
    }

    /// The policy in force, or what is assumed without one.
    pub fn policy(&self, on: Date) -> &Policy {
        in_force(&self.policies, on).unwrap_or(&self.usual)
    }

    /// The standard in force.
    pub fn standard(&self, on: Date) -> Option<&VisitStandard> {
        in_force(&self.standards, on)
    }

    /// What the standard in force says of a tier.
    pub fn standard_of(&self, tier: &TierCode, on: Date) -> Option<&TierStandard> {
        self.standard(on)?.of_tier(tier)
    }

    /// What a customer's size is told by: what the first ladder of the scheme in force goes by, if that is money.
    pub fn headline(&self, on: Date) -> Yardstick {
        let is_money = |measures: &std::collections::BTreeSet<Measure>| {
            measures.iter().all(|measure| measure.unit() == Unit::Fen)
        };
        match self.tiers.scheme(on).and_then(|scheme| scheme.ladders.first()).map(|ladder| &ladder.by) {
            Some(Yardstick::Sum(measures)) if is_money(measures) => Yardstick::Sum(measures.clone()),
            _ => Yardstick::wealth_assets(),
        }
    }

    /// The days on which any of the rules changes; nothing computed for a customer holds across one.
    pub fn next_change(&self, after: Date) -> Option<Date> {
        let standards = self.standards.iter().filter_map(Versioned::effective_on);
        let policies = self.policies.iter().filter_map(Versioned::effective_on);
        let days = standards.chain(policies).chain(self.tiers.days());
        days.filter(|day| *day > after).min()
    }
}

/// The rules of one day, laid out for rating many customers on it.
#[derive(Clone, Debug)]
pub struct RulesOn {
    rules: Arc<Rules>,
    today: Date,
    standards: StandardsOn,
    headline: Yardstick,
}

impl RulesOn {
    pub fn of(rules: Arc<Rules>, today: Date) -> Self {
        let standards = StandardsOn::of(&rules.standards, today);
        let headline = rules.headline(today);
        Self { rules, today, standards, headline }
    }
}

/// A customer's rows, of each kind in any order.
#[derive(Clone, Debug)]
pub struct CustomerRows<'a> {
    pub customer: &'a Customer,
    pub figures: Vec<&'a Figures>,
    pub by_hand: Vec<&'a TierOverride>,
    pub visits: Vec<&'a Visit>,
    pub calls: Vec<&'a Call>,
    pub events: Vec<&'a Event>,
    pub contracts: Vec<&'a Contract>,
}

/// What the rules say of one customer on one day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rated {
    pub known: Known,
    /// The tier that counted, from the day it did until the next.
    pub tiers: BTreeMap<Date, Option<TierCode>>,
    pub debt: ServiceDebt,
    /// The headline figure by month, in fen.
    pub series: BTreeMap<Month, i64>,
    /// A fall worth a look (R212), seen in figures of the last months.
    pub fall: Option<Fall>,
    /// What comes up of their own by the lead times (R023); festivals are left out.
    pub occasions: Vec<Occasion>,
    /// The visits a day is made of: the last one done, those planned, those of today. 今天 asks for nothing else, and a
    /// book has twenty times as many.
    pub visits_at_hand: Vec<VisitId>,
}

/// Figures older than this many months tell of no fall: it is long known.
pub const FALL_FRESH_MONTHS: u32 = 2;

impl Rated {
    pub fn of(on: &RulesOn, rows: &CustomerRows<'_>) -> Self {
        let RulesOn { rules, today, standards, headline } = on;
        let today = *today;
        let known = Known::of(rows.customer, rows.figures.iter().copied());
        let tiers = rules.tiers.history(&known, &rows.by_hand, today);
        let given =
            Given::of(rows.visits.iter().copied(), rows.calls.iter().copied(), rows.events.iter().copied());
        let debt = given.debt(standards, rows.customer.opened_on, &tiers);
        let series = series(&known, headline, today);
        let policy = rules.policy(today);
        let fall = trend::fall(&series, &policy.fall)
            .filter(|fall| fall.to_month.plus(FALL_FRESH_MONTHS) >= Month::of(today));
        let contracts: Vec<(ContractId, Date)> = rows
            .contracts
            .iter()
            .filter(|contract| contract.is_running())
            .map(|contract| (contract.id, contract.ends_on))
            .collect();
        let cared = cared(rows.customer, &contracts);
        // A festival is everybody's: it is told once, by the care calendar, and not of each of a thousand.
        let occasions = care::occasions(&cared, &policy.lead, &[], today);
        let visits_at_hand = at_hand(&rows.visits, today);
        Self { known, tiers, debt, series, fall, occasions, visits_at_hand }
    }

    /// The tier that counts today.
    pub fn tier(&self) -> Option<&TierCode> {
        self.tiers.values().next_back().and_then(Option::as_ref)
    }

    /// The latest headline figure.
    pub fn headline(&self) -> Option<i64> {
        self.series.values().next_back().copied()
    }
}

/// The days of a customer that are kept; a company has no birthday, its date is that of its founding.
pub fn cared<'a>(customer: &Customer, contracts: &'a [(ContractId, Date)]) -> Cared<'a> {
    let is_person = customer.customer_type != CustomerType::Company;
    Cared {
        birthday: customer.birthday.filter(|_| is_person),
        lunar_birthday: customer.lunar_birthday.filter(|_| is_person),
        contracts,
    }
}

fn at_hand(visits: &[&Visit], today: Date) -> Vec<VisitId> {
    let done = visits.iter().filter(|visit| visit.state == VisitState::Done);
    // Of two that nothing tells apart the first counts, as for 今天.
    let last = done.reduce(|last, visit| if is_later(visit, last) { visit } else { last });
    let is_at_hand = |visit: &Visit| {
        visit.state == VisitState::Planned
            || visit.on == today
            || last.is_some_and(|last| last.id == visit.id)
    };
    visits.iter().filter(|visit| is_at_hand(visit)).map(|visit| visit.id).collect()
}

/// The headline by month, from what was known at the latest day in each; months nobody told of are left out.
fn series(known: &Known, headline: &Yardstick, today: Date) -> BTreeMap<Month, i64> {
    let of = |measures: &Measures| match headline {
        Yardstick::Sum(summands) => {
            summands.iter().try_fold(0_i64, |sum, summand| Some(sum.saturating_add(measures.get(*summand)?)))
        }
        Yardstick::Score => None,
    };
    known
        .days()
        .filter(|(day, _)| *day <= today)
        .filter_map(|(day, measures)| Some((Month::of(day), of(measures)?)))
        .collect()
}
