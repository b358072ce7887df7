//! A batch of new mutations: load what they read, run them in order, tell the difference.

use super::{decode, made_at};
use crate::db::{self, Change, Connection, Scope, audit};
use domain::actor::Context;
use domain::customer::Customer;
use domain::ids::{CustomerId, EmployeeId, MutationId, PhotoId, VisitId};
use domain::mutation::{AddCustomer, Mutation};
use domain::rejection::Rejection;
use domain::row::{FromRow, Kind, Row, RowKey};
use domain::time::{Date, Timestamp};
use domain::visit::{Visit, VisitState};
use domain::wire::PushedMutation;
use domain::working_set::{Rows, WorkingSet};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

struct Item {
    id: MutationId,
    made_at: Timestamp,
    mutation: Result<Mutation, Rejection>,
}

pub(super) struct Batch {
    items: Vec<Item>,
    now: Timestamp,
}

/// What of the mutations is logged beside being applied.
fn act_of(mutation: &Mutation) -> Option<audit::Act> {
    match mutation {
        Mutation::RevealPhone(_) => Some(audit::Act::RevealPhone),
        Mutation::ExportVisits(_) => Some(audit::Act::ExportVisits),
        _ => None,
    }
}

/// What running a batch comes to; nothing of it has been written.
pub(super) struct Done {
    pub changes: Vec<Change>,
    /// One for each mutation; None was applied.
    pub refused: Vec<Option<Rejection>>,
    /// What must be answered for though it changed no row.
    pub audited: Vec<audit::Entry>,
    pub photos_removed: Vec<PhotoId>,
}

impl Batch {
    pub fn of(mutations: &[PushedMutation], now: Timestamp) -> Self {
        let items = mutations
            .iter()
            .map(|mutation| Item {
                id: mutation.id,
                made_at: made_at(mutation, now),
                mutation: decode(mutation),
            })
            .collect();
        Self { items, now }
    }

    pub fn refuse_all(&mut self, rejection: Rejection) {
        for item in &mut self.items {
            item.mutation = Err(rejection.clone());
        }
    }

    fn readable(&self) -> impl Iterator<Item = &Mutation> {
        self.items.iter().filter_map(|item| item.mutation.as_ref().ok())
    }

    pub async fn run(self, tx: &mut Connection, scope: &Scope) -> db::Result<Done> {
        let mut loaded = self.load(tx, scope).await?;
        let mut refused = Vec::with_capacity(self.items.len());
        let mut audited = Vec::new();
        let mut set = WorkingSet::over(&loaded.rows);
        for item in &self.items {
            let context =
                Context { actor: scope.actor(), mutation_id: item.id, made_at: item.made_at, now: self.now };
            let outcome = item.mutation.as_ref().map_err(Clone::clone).and_then(|mutation| {
                // A trial of its own: refused, it is dropped and nothing has happened.
                let mut trial = WorkingSet::over(&set);
                mutation.apply(&mut trial, &context)?;
                take_number(mutation, &mut loaded.numbers)?;
                audited.extend(act_of(mutation).map(|act| audit::Entry {
                    at: item.made_at,
                    by: scope.actor().employee_id,
                    act,
                    subject: Some(mutation.customer_id().0),
                }));
                Ok(trial.into_changes())
            });
            refused.push(match outcome {
                Ok(changes) => {
                    set.absorb(changes);
                    None
                }
                Err(rejection) => Some(rejection),
            });
        }
        let (changes, photos_removed) = difference(&loaded.rows, set);
        Ok(Done { changes, refused, audited, photos_removed })
    }

    /// Locks the customers, then reads every row the rules look up: one statement per kind.
    async fn load(&self, tx: &mut Connection, scope: &Scope) -> db::Result<Loaded> {
        let customers: BTreeSet<CustomerId> = self.readable().map(Mutation::customer_id).collect();
        let customers: Vec<CustomerId> = customers.into_iter().collect();
        db::lock_customers(tx, scope, &customers).await?;
        let keys: BTreeSet<RowKey> = self.readable().flat_map(Mutation::reads).collect();
        let rows = db::load(tx, scope, keys.iter().copied()).await?;
        let missing = keys.into_iter().filter(|key| !rows.contains_key(key));
        let elsewhere = db::taken(tx, missing).await?;
        let numbers: Vec<String> = self.readable().filter_map(number_of).map(str::to_owned).collect();
        let numbers = match numbers.as_slice() {
            [] => HashMap::new(),
            numbers => db::numbers_taken(tx, scope, numbers).await?,
        };
        Ok(Loaded { rows: Base { rows, elsewhere, nobodys: nobodys_row() }, numbers })
    }
}

struct Loaded {
    rows: Base,
    /// Customer numbers in use, and whose they are.
    numbers: HashMap<String, CustomerId>,
}

/// What was loaded, and which other keys are taken by rows outside the scope: those exist for nobody here, but their
/// ids cannot be used again.
struct Base {
    rows: BTreeMap<RowKey, Row>,
    elsewhere: BTreeSet<RowKey>,
    nobodys: Row,
}

impl Rows for Base {
    fn row(&self, key: RowKey) -> Option<&Row> {
        self.rows.get(&key).or_else(|| self.elsewhere.contains(&key).then_some(&self.nobodys))
    }
}

/// Stands for any row outside the scope: of no customer, so that every rule finds it gone or its id taken.
fn nobodys_row() -> Row {
    Row::Visit(Visit {
        id: VisitId(Uuid::nil()),
        customer_id: CustomerId(Uuid::nil()),
        visitor_id: EmployeeId(Uuid::nil()),
        state: VisitState::Cancelled,
        on: Date::default(),
        at_minute: None,
        purpose: None,
        report: None,
        not_held: None,
        written_at: Timestamp(0),
    })
}

fn number_of(mutation: &Mutation) -> Option<&str> {
    match mutation {
        Mutation::AddCustomer(AddCustomer { customer_no, .. }) => Some(customer_no.trim()),
        _ => None,
    }
}

/// A customer number is used once in an organisation: only the server can know. Asked last, when the mutation is
/// otherwise good, so that it tells nothing to who may not add the customer.
fn take_number(mutation: &Mutation, numbers: &mut HashMap<String, CustomerId>) -> Result<(), Rejection> {
    let Some(number) = number_of(mutation) else { return Ok(()) };
    let id = mutation.customer_id();
    if *numbers.entry(number.to_owned()).or_insert(id) == id { Ok(()) } else { Err(Rejection::NumberTaken) }
}

/// What is to be written: rows that differ from what was loaded, each in the stream of its customer's book.
fn difference(base: &Base, set: WorkingSet<'_>) -> (Vec<Change>, Vec<PhotoId>) {
    let changes = set.into_changes();
    let book_of = |customer: CustomerId| {
        let key = RowKey::from(customer);
        let row = changes.get(&key).map_or_else(|| base.rows.get(&key), Option::as_ref);
        row.and_then(Customer::from_row).map(|customer| customer.book_id)
    };
    let mut difference = Vec::with_capacity(changes.len());
    let mut photos_removed = Vec::new();
    for (&key, row) in &changes {
        let before = base.rows.get(&key);
        let Some(customer) = row.as_ref().or(before).and_then(Row::customer_id) else { continue };
        if before == row.as_ref() {
            continue;
        }
        if let Some(book) = book_of(customer) {
            difference.push(Change { stream: book.into(), key, row: row.clone() });
        }
        if row.is_none() && key.kind == Kind::Photo {
            photos_removed.push(PhotoId(key.id));
        }
    }
    (difference, photos_removed)
}
