//! Everything the page shows besides contact with devices, from the lead's own tablet.

use crate::components::standing::tier_look;
use crate::components::tier_badge::TierLook;
use crate::i18n::t;
use crate::words::team as words;
use domain::authorize::{Act, may};
use domain::customer::Customer;
use domain::ids::{BookId, EmployeeId};
use domain::organisation::{Book, Colleague};
use domain::promise::Promise;
use domain::standard::Period;
use domain::team::{Coverage, Exceptions, Member, TierMonth, tier_months};
use domain::tier::TierCode;
use domain::time::Date;
use replica::Replica;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Months the chart of tiers goes back.
pub const TIER_MONTHS: u8 = 12;

/// Who holds a book here; nobody where the id is None.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manager {
    pub id: Option<EmployeeId>,
    pub employee_no: Option<String>,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub today: Date,
    pub members: Vec<Member>,
    /// By employee number; at the end nobody, if somebody's book has no holder.
    pub managers: Vec<Manager>,
    /// Of the scheme in force, the highest first.
    pub tiers: Vec<(TierCode, TierLook)>,
    /// In what period each of them is visited, where the standard says.
    pub periods: Vec<Option<Period>>,
    pub coverage: Coverage,
    pub exceptions: Exceptions,
    pub months: Vec<TierMonth>,
    /// Books with customers and no holder.
    pub unheld: Vec<(BookId, String)>,
    pub has_standard: bool,
    pub is_first_sync: bool,
    pub may_hand_over: bool,
}

impl Seen {
    pub fn of(replica: &Replica, today: Date) -> Arc<Self> {
        let rules = replica.rules();
        let holders = holders(replica);
        let mut members = Vec::with_capacity(replica.count(domain::row::Kind::Customer));
        let mut rated = Vec::with_capacity(members.capacity());
        let mut held: BTreeMap<BookId, usize> = BTreeMap::new();
        for customer in replica.all::<Customer>() {
            let Some(own) = replica.rated(customer.id, today) else { continue };
            *held.entry(customer.book_id).or_default() += 1;
            let rows = replica.rows_of(customer);
            let standing = rules.tiers.standing(&own.known, &rows.by_hand, today);
            let promises = replica.of::<Promise>(customer.id);
            let manager = holders.get(&customer.book_id).copied();
            members.push(Member::of(&rows, &own, standing.as_ref(), promises, manager, today));
            rated.push(own);
        }
        let scheme = rules.tiers.scheme(today);
        let tiers = scheme.map(|scheme| {
            let of = scheme.tiers.iter();
            of.map(|tier| (tier.code.clone(), tier_look(Some(scheme), &tier.code))).collect()
        });
        let months =
            scheme.map(|scheme| tier_months(rated.iter().map(|own| &own.tiers), scheme, today, TIER_MONTHS));
        let period = |tier: &domain::tier::Tier| {
            let quota = rules.standard_of(&tier.code, today)?.visits;
            quota.count.is_some_and(|count| count > 0).then_some(quota.per)
        };
        let periods = scheme.map(|scheme| scheme.tiers.iter().map(period).collect());
        let unheld = replica
            .all::<Book>()
            .filter(|book| !holders.contains_key(&book.id) && held.contains_key(&book.id))
            .map(|book| (book.id, book.name.clone()))
            .collect();
        Arc::new(Self {
            today,
            managers: managers(replica, &holders, members.iter().any(|member| member.manager_id.is_none())),
            tiers: tiers.unwrap_or_default(),
            periods: periods.unwrap_or_default(),
            coverage: Coverage::of(&members, today),
            exceptions: Exceptions::of(&members, today),
            months: months.unwrap_or_default(),
            unheld,
            members,
            has_standard: rules.standard(today).is_some(),
            is_first_sync: replica.is_first_sync(),
            may_hand_over: may(replica.actor().role, Act::HandOver),
        })
    }

    pub fn manager_name(&self, id: Option<EmployeeId>) -> String {
        let found = self.managers.iter().find(|manager| manager.id == id);
        found.map_or_else(|| t(words::NOBODY).to_owned(), |manager| manager.name.clone())
    }

    /// Managers who hold a book, nobody left out.
    pub fn manager_count(&self) -> usize {
        self.managers.iter().filter(|manager| manager.id.is_some()).count()
    }

    pub fn tier_name(&self, rank: Option<usize>) -> String {
        let look = rank.and_then(|rank| self.tiers.get(rank)).map(|(_, look)| look.name.clone());
        look.unwrap_or_else(|| t(words::NO_TIER).to_owned())
    }

    pub fn tier_look(&self, rank: Option<usize>) -> Option<TierLook> {
        self.tiers.get(rank?).map(|(_, look)| look.clone())
    }

    /// Tiers that have customers, the highest first, then those without one.
    pub fn ranks(&self) -> Vec<Option<usize>> {
        let has = |rank: Option<usize>| self.coverage.of_rank(rank).customers > 0;
        let ranks = (0..self.tiers.len()).map(Some).chain([None]);
        let ranks: Vec<_> = ranks.filter(|rank| has(*rank)).collect();
        // A column of everybody says nothing.
        if ranks == [None] { Vec::new() } else { ranks }
    }
}

/// Active holders of the books this person reads.
fn holders(replica: &Replica) -> HashMap<BookId, EmployeeId> {
    let actor = replica.actor();
    replica
        .all::<Book>()
        .filter(|book| actor.reads_book(book.id))
        .filter_map(|book| {
            let holder = replica.get::<Colleague>(book.holder_id?)?;
            holder.is_active.then_some((book.id, holder.id))
        })
        .collect()
}

fn managers(replica: &Replica, holders: &HashMap<BookId, EmployeeId>, has_unheld: bool) -> Vec<Manager> {
    let mut found: Vec<&Colleague> =
        holders.values().filter_map(|id| replica.get::<Colleague>(*id)).collect();
    found.sort_by(|a, b| (&a.employee_no, a.id).cmp(&(&b.employee_no, b.id)));
    found.dedup_by_key(|colleague| colleague.id);
    let managers = found.into_iter().map(|colleague| Manager {
        id: Some(colleague.id),
        employee_no: Some(colleague.employee_no.clone()),
        name: colleague.name.clone(),
    });
    let nobody =
        has_unheld.then(|| Manager { id: None, employee_no: None, name: t(words::NOBODY).to_owned() });
    managers.chain(nobody).collect()
}
