//! What the rules say of each customer, kept until one of its rows, a rule or the day changes: a list of ten thousand asks
//! on every frame.

use crate::tables::Tables;
use domain::customer::Customer;
use domain::ids::CustomerId;
use domain::policy::Policy;
use domain::rating::{CustomerRows, Rated, Rules, RulesOn};
use domain::row::{Kind, Row};
use domain::standard::VisitStandard;
use domain::tier::TierScheme;
use domain::time::Date;
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::sync::Arc;

#[derive(Debug, Default)]
pub(crate) struct Ratings(RefCell<Kept>);

#[derive(Debug, Default)]
struct Kept {
    on: Option<Date>,
    rules: Option<Arc<Rules>>,
    /// The same on the day the ratings are of.
    rules_on: Option<RulesOn>,
    rated: FxHashMap<CustomerId, Arc<Rated>>,
}

impl Ratings {
    /// The row was written or deleted.
    pub fn forget(&mut self, row: &Row) {
        let kept = self.0.get_mut();
        match row.key().kind {
            Kind::TierScheme | Kind::VisitStandard | Kind::Policy => *kept = Kept::default(),
            _ => {
                if let Some(customer) = row.customer_id() {
                    kept.rated.remove(&customer);
                }
            }
        }
    }
}

impl Tables {
    /// What the organisation has published.
    pub fn rules(&self) -> Arc<Rules> {
        let mut kept = self.ratings().0.borrow_mut();
        let read = || Rules::of(self.all::<TierScheme>(), self.all::<VisitStandard>(), self.all::<Policy>());
        Arc::clone(kept.rules.get_or_insert_with(|| Arc::new(read())))
    }

    /// What the rules say of a customer on a day; None for one that is not here.
    pub fn rated(&self, id: CustomerId, today: Date) -> Option<Arc<Rated>> {
        let customer = self.get::<Customer>(id)?;
        {
            let mut kept = self.ratings().0.borrow_mut();
            if kept.on != Some(today) {
                kept.on = Some(today);
                kept.rated.clear();
                kept.rules_on = None;
            }
            if let Some(rated) = kept.rated.get(&id) {
                return Some(Arc::clone(rated));
            }
        }
        let rules = self.rules();
        let mut kept = self.ratings().0.borrow_mut();
        let on = kept.rules_on.get_or_insert_with(|| RulesOn::of(rules, today));
        let rated = Arc::new(Rated::of(on, &self.rows_of(customer)));
        kept.rated.insert(id, Arc::clone(&rated));
        Some(rated)
    }

    /// The rows the rules look at.
    pub fn rows_of<'a>(&'a self, customer: &'a Customer) -> CustomerRows<'a> {
        let id = customer.id;
        CustomerRows {
            customer,
            figures: self.of(id).collect(),
            by_hand: self.of(id).collect(),
            visits: self.of(id).collect(),
            calls: self.of(id).collect(),
            events: self.of(id).collect(),
            contracts: self.of(id).collect(),
        }
    }
}
