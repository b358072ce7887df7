//! The functions of `server::db` themselves, with everything there is as their arguments: whatever the routes above them
//! would ask, what they answer and change stays within the scope, and what is of one person with them.

#[path = "boundary/devices.rs"]
mod devices;
#[path = "boundary/people.rs"]
mod people;
#[path = "boundary/rows.rs"]
mod rows;

use super::oracle::{Person, may_change};
use super::planted::{Field, Planted};
use super::{Asker, World};
use crate::branch::put_together;
use domain::ids::{CustomerId, DeviceId, EmployeeId, StreamId};
use domain::month::Month;
use domain::row::{Kind, Row, RowKey};
use domain::time::Date;
use server::db::{self, Connection, Error, Scope, session};
use server::{clock, token};
use sqlx::Row as _;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// More than there is of anything.
const ALL: usize = 1_000_000;
/// Of each kind in each stream so many are tried to be deleted.
const DELETED_MAX: usize = 2;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Call {
    SignedIn,
    Load,
    LoadPage,
    Changes,
    CountBelow,
    Delete,
    Write,
    LockCustomers,
    NumbersTaken,
    SetIdentities,
    FiguresOf,
    Administration,
    TierPreview,
    Team,
    Drafts,
    LockDrafts,
    HandOver,
    ImportJobs,
    OwnDevice,
    OwnSessions,
    Revoke,
    LeftBehind,
    Listed,
    AuditLog,
}

impl Call {
    pub const ALL: [Self; 24] = [
        Self::SignedIn,
        Self::Load,
        Self::LoadPage,
        Self::Changes,
        Self::CountBelow,
        Self::Delete,
        Self::Write,
        Self::LockCustomers,
        Self::NumbersTaken,
        Self::SetIdentities,
        Self::FiguresOf,
        Self::Administration,
        Self::TierPreview,
        Self::Team,
        Self::Drafts,
        Self::LockDrafts,
        Self::HandOver,
        Self::ImportJobs,
        Self::OwnDevice,
        Self::OwnSessions,
        Self::Revoke,
        Self::LeftBehind,
        Self::Listed,
        Self::AuditLog,
    ];

    async fn made(self, tx: &mut Connection, called: &Called<'_>) -> Found {
        match self {
            Self::Load => called.load(tx).await,
            Self::LoadPage => called.load_page(tx).await,
            Self::Changes => called.changes(tx).await,
            Self::CountBelow => called.count_below(tx).await,
            Self::Delete => called.delete(tx).await,
            Self::Write => called.write(tx).await,
            Self::LockCustomers => called.lock_customers(tx).await,
            Self::NumbersTaken => called.numbers_taken(tx).await,
            Self::SetIdentities => called.set_identities(tx).await,
            Self::FiguresOf => called.figures_of(tx).await,
            Self::TierPreview => called.tier_preview(tx).await,
            Self::HandOver => called.hand_over(tx).await,
            Self::SignedIn => called.signed_in(tx).await,
            Self::Administration => called.administration(tx).await,
            Self::Team => called.team(tx).await,
            Self::Drafts => called.drafts(tx).await,
            Self::LockDrafts => called.lock_drafts(tx).await,
            Self::ImportJobs => called.import_jobs(tx).await,
            Self::AuditLog => called.audit_log(tx).await,
            Self::OwnDevice => called.own_device(tx).await,
            Self::OwnSessions => called.own_sessions(tx).await,
            Self::Revoke => called.revoke(tx).await,
            Self::LeftBehind => called.left_behind(tx).await,
            Self::Listed => called.listed(tx).await,
        }
    }
}

struct Customer {
    id: CustomerId,
    book: Uuid,
    organisation: Uuid,
    number: String,
    identity: Option<String>,
}

/// A person of any organisation with the scope the server gave them.
struct Caller {
    person: Person,
    scope: Scope,
    /// One that others use as well.
    shared: DeviceId,
    token_hash: Vec<u8>,
}

/// Everything that stands in the tables, looked up without the server.
pub struct Boundary {
    callers: Vec<Caller>,
    everybody: Vec<Person>,
    rows: Vec<(RowKey, StreamId)>,
    /// A row of each kind in each stream, as its own people read it.
    samples: Vec<(Row, StreamId)>,
    customers: Vec<Customer>,
    months: BTreeSet<Month>,
    /// Org units with their organisation.
    units: Vec<(Uuid, Uuid)>,
}

type Found = Result<Vec<String>, Error>;

fn table_of(kind: Kind) -> &'static str {
    if kind == Kind::Colleague { "employee" } else { kind.word() }
}

/// What differs between what is answered and what there is.
fn differing<T: Ord + std::fmt::Debug>(
    what: &str,
    answered: impl IntoIterator<Item = T>,
    there: impl IntoIterator<Item = T>,
) -> Vec<String> {
    let (answered, there): (BTreeSet<T>, BTreeSet<T>) =
        (answered.into_iter().collect(), there.into_iter().collect());
    let too_much = answered.difference(&there).count();
    let too_little = there.difference(&answered).count();
    match (too_much, too_little) {
        (0, 0) => Vec::new(),
        _ => vec![format!("{what}: {too_much} too many, {too_little} missing")],
    }
}

impl Boundary {
    /// Of everybody who asks in the matrix, and of the other organisation's holder of a book.
    pub async fn of(planted: &Planted, world: &World, askers: &[Asker]) -> Self {
        let pool = &planted.branch.pool;
        let mut callers = Vec::new();
        let mut connection = planted.branch.services.db.system().await.unwrap();
        for asker in askers {
            let Some(person) = asker.person.clone() else { continue };
            let (_, text) = asker.cookie.split_once('=').unwrap();
            let token_hash = token::hash(text);
            let found =
                session::signed_in(&mut connection, &token_hash, clock::now()).await.unwrap().unwrap();
            let shared = sqlx::query_scalar(
                "select id from device where employee_id = $1
                     and id in (select id from device group by id having count(*) > 1)",
            );
            let shared = DeviceId(shared.bind(person.id).fetch_one(pool).await.unwrap());
            callers.push(Caller { person, scope: found.scope, shared, token_hash });
        }
        drop(connection);
        let mut rows = Vec::new();
        for &kind in Kind::ALL {
            let stream = if kind.is_of_customer() { "book_id" } else { "organisation_id" };
            let sql = format!("select id, {stream} from {}", table_of(kind));
            let found: Vec<(Uuid, Uuid)> = sqlx::query_as(put_together(sql)).fetch_all(pool).await.unwrap();
            rows.extend(found.into_iter().map(|(id, stream)| (RowKey { kind, id }, StreamId(stream))));
        }
        let found =
            sqlx::query("select id, book_id, organisation_id, customer_no, identity_no from customer");
        let customers = found.fetch_all(pool).await.unwrap().into_iter().map(|row| Customer {
            id: CustomerId(row.get(0)),
            book: row.get(1),
            organisation: row.get(2),
            number: row.get(3),
            identity: row.get(4),
        });
        let months: Vec<Date> =
            sqlx::query_scalar("select distinct month from figures").fetch_all(pool).await.unwrap();
        let mut boundary = Self {
            callers,
            everybody: world.everybody.clone(),
            rows,
            samples: Vec::new(),
            customers: customers.collect(),
            months: months.into_iter().map(Month::of).collect(),
            units: sqlx::query_as("select id, organisation_id from org_unit").fetch_all(pool).await.unwrap(),
        };
        let mut connection = planted.branch.pool.acquire().await.unwrap();
        for caller in &boundary.callers {
            let mut keys: BTreeMap<(StreamId, Kind), RowKey> = BTreeMap::new();
            for (key, stream) in boundary.rows.iter().filter(|(_, stream)| caller.scope.reads(*stream)) {
                keys.insert((*stream, key.kind), *key);
            }
            let streams: BTreeMap<RowKey, StreamId> =
                keys.iter().map(|((stream, _), key)| (*key, *stream)).collect();
            let loaded = db::load(&mut connection, &caller.scope, keys.into_values()).await.unwrap();
            boundary.samples.extend(loaded.into_iter().map(|(key, row)| (row, streams[&key])));
        }
        boundary
    }

    /// Calls it as everybody, undoing what it does; answers what is not as it has to be.
    pub async fn breaches(&self, planted: &Planted, world: &World, call: Call) -> BTreeSet<String> {
        let mut breaches = BTreeSet::new();
        for caller in &self.callers {
            let mut tx = planted.branch.services.db.begin_system().await.unwrap();
            // What the roles may is not asked here.
            sqlx::query("select set_config('role', 'none', true)").execute(&mut *tx).await.unwrap();
            let called = call.made(&mut tx, &self.called(planted, caller)).await;
            let changed = match &called {
                Ok(_) => planted.changed_in(&mut tx).await,
                Err(_) => Vec::new(),
            };
            tx.rollback().await.unwrap();
            let who = caller.person.role.word();
            let found = called.unwrap_or_else(|error| vec![error.to_string()]);
            breaches.extend(found.into_iter().map(|what| format!("{call:?} as {who}: {what}")));
            for field in changed.iter().filter(|field| !self.may_change(world, caller, call, field)) {
                breaches.insert(format!("{call:?} as {who} changed {}", field.table));
            }
        }
        breaches
    }

    fn called<'a>(&'a self, planted: &'a Planted, caller: &'a Caller) -> Called<'a> {
        let Caller { person, scope, shared, token_hash } = caller;
        let (shared, me) = (*shared, EmployeeId(person.id));
        Called { all: self, planted, person, scope, shared, token_hash, me }
    }

    /// Below the routes nobody asks for roles; and of devices and sessions only one's own were named.
    fn may_change(&self, world: &World, caller: &Caller, call: Call, field: &Field) -> bool {
        if matches!(call, Call::OwnDevice | Call::OwnSessions | Call::Revoke) {
            return field.employee == Some(caller.person.id)
                || (call == Call::OwnSessions && field.table == "employee");
        }
        match field.book {
            Some(book) => caller.person.books.contains(&book),
            None => {
                field.organisation == Some(caller.person.organisation)
                    || may_change(world, &caller.person, field)
            }
        }
    }
}

/// The functions as one person calls them.
struct Called<'a> {
    all: &'a Boundary,
    planted: &'a Planted,
    person: &'a Person,
    scope: &'a Scope,
    shared: DeviceId,
    token_hash: &'a [u8],
    me: EmployeeId,
}

impl Called<'_> {
    fn within(&self, stream: StreamId) -> bool {
        self.person.books.contains(&stream.0) || stream.0 == self.person.organisation
    }

    fn own_stream(&self, kind: Kind) -> StreamId {
        match self.person.books.first() {
            Some(book) if kind.is_of_customer() => StreamId(*book),
            _ => StreamId(self.person.organisation),
        }
    }

    fn own_customers(&self) -> impl Iterator<Item = &Customer> {
        self.all.customers.iter().filter(|customer| self.person.books.contains(&customer.book))
    }

    fn of_organisation(&self) -> impl Iterator<Item = &Customer> {
        self.all.customers.iter().filter(|customer| customer.organisation == self.person.organisation)
    }

    fn colleagues(&self) -> impl Iterator<Item = Uuid> {
        let everybody = self.all.everybody.iter();
        everybody.filter(|other| other.organisation == self.person.organisation).map(|other| other.id)
    }

    fn customer_ids(&self) -> Vec<CustomerId> {
        self.all.customers.iter().map(|customer| customer.id).collect()
    }

    fn numbers(&self) -> Vec<String> {
        self.all.customers.iter().map(|customer| customer.number.clone()).collect()
    }
}
