//! 关怀日历: birthdays, festivals and ends of contracts of the customers held here, by day, with what was done about them
//! (R023).

use crate::components::standing::tier_look;
use crate::components::tier_badge::TierLook;
use crate::i18n::{Language, fill, language, t};
use crate::words::plan as words;
use domain::call::{Call, CallOutcome};
use domain::care::{self, CareLead, Occasion, OccasionKind, is_greeted_at_festivals};
use domain::contract::Contract;
use domain::customer::Customer;
use domain::ids::{ContractId, CustomerId, MarkId};
use domain::mark::Mark;
use domain::rating::cared;
use domain::time::Date;
use domain::visit::{Visit, VisitState};
use replica::Replica;
use std::collections::BTreeMap;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CareKind {
    Birthday,
    Contract,
    Festival,
}

impl CareKind {
    pub fn icon(self) -> &'static str {
        match self {
            Self::Birthday => "cake",
            Self::Contract => "doc",
            Self::Festival => "star",
        }
    }
}

/// One customer's occasion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CareLine {
    pub customer_id: CustomerId,
    pub kind: CareKind,
    pub name: String,
    pub tier: Option<TierLook>,
    pub on: Date,
    /// 62岁生日, 农历八月十五生日.
    pub what: String,
    /// The contract's name.
    pub fact: String,
    /// When somebody was in touch about it.
    pub kept_on: Option<Date>,
}

/// One day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CareDay {
    pub festivals: Vec<String>,
    /// The customers' own days.
    pub lines: Vec<CareLine>,
    /// Whom the festivals greet.
    pub greeted: Vec<CareLine>,
}

impl CareDay {
    pub fn count(&self, kind: CareKind) -> usize {
        self.lines.iter().filter(|line| line.kind == kind).count()
    }

    pub fn is_empty(&self) -> bool {
        self.festivals.is_empty() && self.lines.is_empty()
    }
}

/// The days of `from..=to` that hold an occasion.
pub fn care_days(replica: &Replica, from: Date, to: Date, today: Date) -> BTreeMap<Date, CareDay> {
    let rules = replica.rules();
    let policy = rules.policy(today);
    let mut days: BTreeMap<Date, CareDay> = BTreeMap::new();
    let nobody = care::Cared::default();
    let feasts = care::between(&nobody, &policy.festivals, from, to);
    for feast in &feasts {
        let OccasionKind::Festival { code } = &feast.kind else { continue };
        let name = policy.festivals.iter().find(|festival| festival.code == *code);
        days.entry(feast.on).or_default().festivals.extend(name.map(|festival| festival.name.clone()));
    }
    for customer in replica.all::<Customer>() {
        let contracts = running(replica, customer.id);
        for occasion in care::between(&cared(customer, &contracts), &[], from, to) {
            if let Some(line) = line(replica, customer, &occasion, &policy.lead, today) {
                days.entry(occasion.on).or_default().lines.push(line);
            }
        }
        if feasts.is_empty() || !is_greeted(replica, customer.id, today) {
            continue;
        }
        for feast in &feasts {
            let line = line(replica, customer, feast, &policy.lead, today);
            days.entry(feast.on).or_default().greeted.extend(line);
        }
    }
    for day in days.values_mut() {
        day.lines.sort_by(|one, other| (one.kind, &one.name).cmp(&(other.kind, &other.name)));
    }
    days
}

/// What is up by the lead times, by day; festivals only with whom they greet.
pub fn coming(replica: &Replica, today: Date) -> Vec<CareLine> {
    let rules = replica.rules();
    let lead = &rules.policy(today).lead;
    let mut lines: Vec<CareLine> = replica
        .all::<Customer>()
        .filter_map(|customer| Some((customer, replica.rated(customer.id, today)?)))
        .flat_map(|(customer, rated)| {
            let own = rated.occasions.iter().filter(|occasion| {
                let is_festival = matches!(occasion.kind, OccasionKind::Festival { .. });
                !is_festival || is_greeted(replica, customer.id, today)
            });
            own.filter_map(|occasion| line(replica, customer, occasion, lead, today)).collect::<Vec<_>>()
        })
        .collect();
    // What nobody has done anything about comes first.
    lines.sort_by(|one, other| {
        let order = |line: &CareLine| (line.kept_on.is_some(), line.on, line.kind);
        order(one).cmp(&order(other)).then_with(|| one.name.cmp(&other.name))
    });
    lines
}

fn running(replica: &Replica, customer: CustomerId) -> Vec<(ContractId, Date)> {
    let contracts = replica.of::<Contract>(customer).filter(|contract| contract.is_running());
    contracts.map(|contract| (contract.id, contract.ends_on)).collect()
}

fn is_greeted(replica: &Replica, customer: CustomerId, today: Date) -> bool {
    let mark = replica.get::<Mark>(MarkId::from(customer)).map(|mark| mark.kind);
    let rules = replica.rules();
    let rank =
        replica.rated(customer, today).and_then(|rated| rules.tiers.scheme(today)?.rank(rated.tier()?));
    is_greeted_at_festivals(mark, rank)
}

fn line(
    replica: &Replica,
    customer: &Customer,
    occasion: &Occasion,
    lead: &CareLead,
    today: Date,
) -> Option<CareLine> {
    let rules = replica.rules();
    let (kind, what, fact) = match &occasion.kind {
        OccasionKind::Birthday { turns } => {
            (CareKind::Birthday, fill(words::BIRTHDAY_TURNS, &[("n", turns)]), String::new())
        }
        OccasionKind::LunarBirthday { turns } => {
            let lunar = customer.lunar_birthday?;
            let day = match language() {
                Language::ZhCn => lunar.zh(),
                Language::En => lunar.to_string(),
            };
            let what = match turns {
                Some(turns) => fill(words::LUNAR_TURNS, &[("day", &day), ("n", turns)]),
                None => fill(words::LUNAR_BIRTHDAY, &[("day", &day)]),
            };
            (CareKind::Birthday, what, String::new())
        }
        OccasionKind::ContractEnds { contract_id } => {
            let name = replica.get::<Contract>(*contract_id).map(|contract| contract.name.clone());
            (CareKind::Contract, t(words::CONTRACT_ENDS).to_owned(), name.unwrap_or_default())
        }
        OccasionKind::Festival { code } => {
            let policy = rules.policy(today);
            let name = policy.festivals.iter().find(|festival| festival.code == *code)?.name.clone();
            (CareKind::Festival, fill(words::FESTIVAL_GREET, &[("name", &name)]), String::new())
        }
    };
    let visits = replica.of::<Visit>(customer.id).filter(|visit| visit.state == VisitState::Done);
    let calls = replica.of::<Call>(customer.id).filter(|call| call.outcome == CallOutcome::Reached);
    let served = visits.map(|visit| visit.on).chain(calls.map(|call| call.on)).filter(|on| *on <= today);
    let tier = replica
        .rated(customer.id, today)
        .and_then(|rated| rated.tier().map(|tier| tier_look(rules.tiers.scheme(today), tier)));
    Some(CareLine {
        customer_id: customer.id,
        kind,
        name: customer.name.clone(),
        tier,
        on: occasion.on,
        what,
        fact,
        kept_on: occasion.kept_on(lead, served),
    })
}
