//! The functions of `server::db` themselves, with everything there is as their arguments: whatever the routes above them
//! would ask, what they answer and change stays within the scope, and what is of one person with them.

use super::oracle::{Person, may_change};
use super::planted::Planted;
use super::{Asker, World};
use crate::branch::put_together;
use domain::ids::{BookId, CustomerId, DeviceId, EmployeeId, OrgUnitId, StreamId};
use domain::month::Month;
use domain::organisation::Role;
use domain::row::{Kind, Row, RowKey};
use domain::tier::TierScheme;
use domain::time::Date;
use server::db::{
    self, Change, Connection, Error, Scope, administration, audit, device, hand_over, import_job,
};
use server::db::{mutation_log, rules, session, stream, team, tier_preview};
use server::{clock, token};
use sqlx::{Acquire as _, Row as _};
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
            let called = self.call(&mut tx, caller, planted, call).await;
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

    /// Below the routes nobody asks for roles; and of devices and sessions only one's own were named.
    fn may_change(&self, world: &World, caller: &Caller, call: Call, field: &super::planted::Field) -> bool {
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

    fn within(&self, person: &Person) -> impl Fn(StreamId) -> bool {
        let (books, organisation) = (person.books.clone(), person.organisation);
        move |stream| books.contains(&stream.0) || stream.0 == organisation
    }

    async fn call(&self, tx: &mut Connection, caller: &Caller, planted: &Planted, call: Call) -> Found {
        let Caller { person, scope, shared, token_hash } = caller;
        let (shared, me) = (*shared, EmployeeId(person.id));
        let within = self.within(person);
        let own_stream = |kind: Kind| match person.books.first() {
            Some(book) if kind.is_of_customer() => StreamId(*book),
            _ => StreamId(person.organisation),
        };
        let own_customers = || self.customers.iter().filter(|customer| person.books.contains(&customer.book));
        let of_organisation =
            || self.customers.iter().filter(|customer| customer.organisation == person.organisation);
        let colleagues = || {
            self.everybody
                .iter()
                .filter(|other| other.organisation == person.organisation)
                .map(|other| other.id)
        };
        let customer_ids: Vec<CustomerId> = self.customers.iter().map(|customer| customer.id).collect();
        let numbers: Vec<String> = self.customers.iter().map(|customer| customer.number.clone()).collect();
        let mut found = Vec::new();
        match call {
            Call::SignedIn => {
                let signed = session::signed_in(tx, token_hash, clock::now()).await?;
                let streams = signed.iter().flat_map(|signed| signed.streams.keys().map(|stream| stream.0));
                let own = person.books.iter().copied().chain([person.organisation]);
                found.extend(differing("streams", streams, own));
                let signed = signed.map(|signed| signed.scope);
                let books = signed.iter().flat_map(|scope| scope.actor().books.iter().map(|book| book.0));
                found.extend(differing("books", books, person.books.iter().copied()));
                let is_own = signed.is_some_and(|scope| {
                    (scope.organisation().0, scope.actor().employee_id) == (person.organisation, me)
                });
                if !is_own {
                    found.push("somebody else".to_owned());
                }
            }
            Call::Load => {
                let answered = db::load(tx, scope, self.rows.iter().map(|(key, _)| *key)).await?;
                let there = self.rows.iter().filter(|(_, stream)| within(*stream)).map(|(key, _)| *key);
                found.extend(differing("rows", answered.into_keys(), there));
                let own: BTreeMap<Kind, RowKey> =
                    self.rows.iter().filter(|(_, of)| within(*of)).map(|(key, _)| (key.kind, *key)).collect();
                for key in own.into_values() {
                    let answered = db::load(tx, scope, [key]).await?;
                    found.extend(differing("one row", answered.into_keys(), [key]));
                }
            }
            Call::LoadPage => {
                let streams: BTreeSet<StreamId> = self.rows.iter().map(|(_, stream)| *stream).collect();
                for stream in streams {
                    for &kind in Kind::ALL {
                        let page = db::load_page(tx, scope, stream, kind, Uuid::max(), ALL).await?;
                        let there = self.rows.iter().filter(|(key, of)| {
                            (key.kind, *of) == (kind, stream) && within(stream) && key.id != Uuid::max()
                        });
                        found.extend(differing(
                            kind.word(),
                            page.iter().map(Row::key),
                            there.map(|(key, _)| *key),
                        ));
                    }
                }
            }
            Call::Changes => {
                for stream in scope.streams() {
                    let changes = stream::changes(tx, stream, 0, ALL).await?;
                    let own: BTreeSet<RowKey> =
                        self.rows.iter().filter(|(_, of)| *of == stream).map(|(key, _)| *key).collect();
                    let beyond = changes.iter().filter(|change| !own.contains(&change.key)).count();
                    if beyond > 0 {
                        found.push(format!("{beyond} of another stream"));
                    }
                }
            }
            Call::CountBelow => {
                let versions = stream::versions(tx, &scope.streams()).await?;
                found.extend(differing("streams", versions.iter().map(|of| of.stream), scope.streams()));
                let walks: Vec<_> = scope.streams().into_iter().map(|stream| (stream, None)).collect();
                let count = db::count_below(tx, &walks).await?;
                let there: i64 = sqlx::query_scalar(
                    "select count(*) from sync_row where stream_id = any($1) and not deleted",
                )
                .bind(scope.streams().into_iter().map(|stream| stream.0).collect::<Vec<_>>())
                .fetch_one(&planted.branch.pool)
                .await?;
                found.extend(differing("rows", [count], [u64::try_from(there).unwrap()]));
            }
            Call::Delete => {
                let mut taken: BTreeMap<(Kind, StreamId), usize> = BTreeMap::new();
                let beyond = self.rows.iter().filter(|(key, stream)| {
                    let count = taken.entry((key.kind, *stream)).or_default();
                    *count += 1;
                    !within(*stream) && *count <= DELETED_MAX
                });
                let delete = |(key, _): &(RowKey, StreamId)| Change {
                    stream: own_stream(key.kind),
                    key: *key,
                    row: None,
                };
                let changes: Vec<Change> = beyond.map(delete).collect();
                db::save(tx, scope, changes).await?;
            }
            Call::Write => {
                let another =
                    |row: &Row| own_customers().map(|one| one.id).find(|id| row.customer_id() != Some(*id));
                for (row, stream) in &self.samples {
                    let kind = row.key().kind;
                    if !within(*stream) {
                        let there = db::save(&mut *tx, scope, vec![Change::put(*stream, row.clone())]).await;
                        if !matches!(there, Err(Error::OutsideScope)) {
                            found.push(format!("{kind:?} was written where it lies"));
                        }
                    }
                    // Theirs into one's own; one's own onto another customer.
                    let row = match within(*stream) {
                        false if !kind.is_of_customer() || !person.books.is_empty() => row.clone(),
                        true if kind > Kind::Customer => {
                            let mut json = serde_json::to_value(row).unwrap();
                            json[kind.word()]["customer_id"] = serde_json::to_value(another(row)).unwrap();
                            serde_json::from_value(json).unwrap()
                        }
                        _ => continue,
                    };
                    let into = if within(*stream) { *stream } else { own_stream(kind) };
                    let mut savepoint = tx.begin().await?;
                    match db::save(&mut savepoint, scope, vec![Change::put(into, row)]).await {
                        Err(Error::Raced) => {}
                        Err(error) => found.push(format!("{kind:?}: {error}")),
                        Ok(_) => found.push(format!("{kind:?} was written over")),
                    }
                    savepoint.rollback().await?;
                }
            }
            Call::LockCustomers => {
                db::lock_customers(tx, scope, &customer_ids).await?;
                let free: Vec<Uuid> = sqlx::query_scalar("select id from customer for update skip locked")
                    .fetch_all(&planted.branch.pool)
                    .await?;
                let there = self.customers.iter().filter(|customer| !person.books.contains(&customer.book));
                found.extend(differing("free", free, there.map(|customer| customer.id.0)));
            }
            Call::NumbersTaken => {
                let taken = db::numbers_taken(tx, scope, &numbers).await?;
                found.extend(differing(
                    "numbers",
                    taken.into_values(),
                    of_organisation().map(|customer| customer.id),
                ));
            }
            Call::SetIdentities => {
                let identities: Vec<_> =
                    customer_ids.iter().enumerate().map(|(nth, id)| (*id, format!("990{nth}"))).collect();
                db::set_identities(tx, scope, &identities).await?;
            }
            Call::FiguresOf => {
                let figures = db::figures_of(tx, scope, &customer_ids, &self.months).await?;
                let there = self.rows.iter().filter(|(key, of)| key.kind == Kind::Figures && within(*of));
                found.extend(differing(
                    "figures",
                    figures.iter().map(|figures| figures.id.0),
                    there.map(|(key, _)| key.id),
                ));
                if let Some(one) = own_customers().next() {
                    let figures = db::figures_of(tx, scope, &[one.id], &self.months).await?;
                    let whose = figures.iter().map(|figures| figures.customer_id);
                    found.extend(differing("whose figures", whose.chain([one.id]), [one.id]));
                }
            }
            Call::Administration => {
                let employees = administration::employees(tx, scope).await?;
                found.extend(differing("people", employees.iter().map(|one| one.id.0), colleagues()));
                for other in &self.everybody {
                    let is_told = administration::employee_by_id(tx, scope, EmployeeId(other.id))
                        .await?
                        .map(|one| one.id.0);
                    let is_own = other.organisation == person.organisation;
                    found.extend(differing("person", is_told, is_own.then_some(other.id)));
                }
                let own_units =
                    || self.units.iter().filter(|(_, of)| *of == person.organisation).map(|(unit, _)| *unit);
                let units = administration::org_units(tx, scope).await?;
                found.extend(differing("units", units.iter().map(|unit| unit.id.0), own_units()));
                let mut has = Vec::new();
                for (unit, _) in &self.units {
                    if administration::has_org_unit(tx, scope, OrgUnitId(*unit)).await? {
                        has.push(*unit);
                    }
                }
                found.extend(differing("has unit", has, own_units()));
                let books = administration::books(tx, scope, None).await?;
                let reads_all = person.role == Role::Administrator;
                let there = self.rows.iter().filter(|(key, of)| {
                    key.kind == Kind::Book
                        && of.0 == person.organisation
                        && (reads_all || person.books.contains(&key.id))
                });
                let counted = |book: Uuid| {
                    let customers = self.customers.iter().filter(|customer| customer.book == book).count();
                    (book, u32::try_from(customers).unwrap())
                };
                found.extend(differing(
                    "books",
                    books.iter().map(|book| (book.id.0, book.customers)),
                    there.clone().map(|(key, _)| counted(key.id)),
                ));
                for (key, _) in self.rows.iter().filter(|(key, _)| key.kind == Kind::Book) {
                    let one = administration::books(tx, scope, Some(BookId(key.id))).await?;
                    let is_told = there.clone().any(|(own, _)| own == key);
                    found.extend(differing(
                        "book",
                        one.iter().map(|book| book.id.0),
                        is_told.then_some(key.id),
                    ));
                }
                for customer in &self.customers {
                    let is_told = administration::identity_no(tx, scope, customer.id.0).await?.is_some();
                    if is_told != person.books.contains(&customer.book) {
                        found.push("an identity number".to_owned());
                        break;
                    }
                }
            }
            Call::TierPreview => {
                tier_preview::open(tx, scope).await?;
                let opened: Vec<Uuid> =
                    sqlx::query_scalar("select unnest(current_setting('rounds.books')::uuid[])")
                        .fetch_all(&mut *tx)
                        .await?;
                let books = self
                    .rows
                    .iter()
                    .filter(|(key, of)| key.kind == Kind::Book && of.0 == person.organisation);
                found.extend(differing("opened", opened, books.map(|(key, _)| key.id)));
                let tried = tier_preview::customers(tx, scope, "", i64::try_from(ALL).unwrap()).await?;
                found.extend(differing(
                    "customers",
                    tried.iter().map(|held| held.id),
                    of_organisation().map(|customer| customer.id),
                ));
                let one = [tried[0].id.0];
                let days: (Date, Date) =
                    sqlx::query_as("select min(as_of), max(as_of) from figures").fetch_one(&mut *tx).await?;
                let (first, day) = days;
                let set = tier_preview::overrides(tx, &one, day).await?;
                let latest = tier_preview::latest(tx, &one).await?;
                let between = tier_preview::between(tx, &one, first, day).await?;
                let asks_for = BTreeSet::from([domain::tier::Measure::Wealth]);
                let telling = tier_preview::telling(tx, &latest, &asks_for, first).await?;
                let figures = [latest, between, telling].into_iter().flatten();
                let whose = figures.map(|of| of.customer_id).chain(set.into_iter().map(|of| of.customer_id));
                found.extend(differing("whose", whose.chain([tried[0].id]), [tried[0].id]));
                tier_preview::close(tx, scope).await?;
            }
            Call::Team => {
                let today: Date = sqlx::query_scalar("select current_date").fetch_one(&mut *tx).await?;
                let days = team::Days { today, quarter_from: today, week_from: today, week_to: today };
                let books = team::books(tx, scope, days, today).await?;
                let counted = |book: &Uuid| {
                    let customers = self.customers.iter().filter(|customer| customer.book == *book).count();
                    (*book, u32::try_from(customers).unwrap())
                };
                found.extend(differing(
                    "books",
                    books.iter().map(|book| (book.book.0, book.customers)),
                    person.books.iter().map(counted),
                ));
                let managers = team::managers(tx, scope).await?;
                let holders: BTreeSet<Uuid> =
                    sqlx::query_scalar("select holder_id from book where id = any($1)")
                        .bind(person.books.iter().copied().collect::<Vec<_>>())
                        .fetch_all(&planted.branch.pool)
                        .await?
                        .into_iter()
                        .collect();
                let works_below =
                    |other: &&Person| other.role == Role::Manager && person.below.contains(&other.id);
                let there =
                    self.everybody.iter().filter(|other| works_below(other) || holders.contains(&other.id));
                found.extend(differing(
                    "managers",
                    managers.iter().map(|manager| manager.employee_id.0),
                    there.map(|other| other.id),
                ));
                let people: Vec<EmployeeId> =
                    self.everybody.iter().map(|other| EmployeeId(other.id)).collect();
                let devices = team::devices(tx, scope, &people).await?;
                found.extend(differing("devices", devices.into_keys().map(|of| of.0), colleagues()));
                let devices = team::devices(tx, scope, &[me]).await?;
                found.extend(differing("own devices", devices.into_keys().map(|of| of.0), [person.id]));
            }
            Call::Drafts => {
                let saved = rules::draft::<TierScheme>(tx, scope).await?;
                let there: Option<Uuid> = sqlx::query_scalar(
                    "select id from rule_draft where organisation_id = $1 and kind = 'tier_scheme'",
                )
                .bind(person.organisation)
                .fetch_optional(&planted.branch.pool)
                .await?;
                found.extend(differing("drafts", saved.as_ref().map(|(id, _)| *id), there));
                if let Some((_, draft)) = saved {
                    rules::save_draft(tx, scope, &draft.body, draft.revision, clock::now()).await?;
                    found.extend(differing(
                        "deleted",
                        rules::delete_draft::<TierScheme>(tx, scope).await?,
                        there,
                    ));
                }
            }
            Call::LockDrafts => {
                rules::lock_drafts(tx, scope).await?;
                let free: Vec<Uuid> =
                    sqlx::query_scalar("select organisation_id from rule_draft for update skip locked")
                        .fetch_all(&planted.branch.pool)
                        .await?;
                let there: Vec<Uuid> =
                    sqlx::query_scalar("select organisation_id from rule_draft where organisation_id <> $1")
                        .bind(person.organisation)
                        .fetch_all(&planted.branch.pool)
                        .await?;
                found.extend(differing("free", free, there));
            }
            Call::HandOver => {
                let own: Vec<Uuid> = person.books.iter().copied().collect();
                if let [from, to, ..] = own[..] {
                    let others = self.customers.iter().filter(|customer| customer.book != from);
                    let others: Vec<CustomerId> = others.map(|customer| customer.id).collect();
                    let moved =
                        hand_over::hand_over(tx, scope, BookId(from), BookId(to), Some(&others)).await?;
                    found.extend(differing("moved", moved.customers, []));
                    // All that hangs on everybody in it, and on nobody else.
                    hand_over::hand_over(tx, scope, BookId(from), BookId(to), None).await?;
                }
            }
            Call::ImportJobs => {
                let jobs = import_job::list(tx, scope, None).await?;
                let there: Vec<Uuid> = sqlx::query_scalar(
                    "select id from import_job where org_unit_id = $1 and organisation_id = $2",
                )
                .bind(person.org_unit)
                .bind(person.organisation)
                .fetch_all(&planted.branch.pool)
                .await?;
                found.extend(differing("imports", jobs.iter().map(|job| job.id), there));
                let identities: Vec<String> =
                    self.customers.iter().filter_map(|customer| customer.identity.clone()).collect();
                let known = import_job::known(tx, scope, &numbers, &identities).await?;
                let own = own_customers().map(|customer| &customer.number);
                found.extend(differing("held", known.held.keys(), own));
                let elsewhere = of_organisation().filter(|customer| !person.books.contains(&customer.book));
                found.extend(differing(
                    "elsewhere",
                    &known.elsewhere,
                    elsewhere.map(|customer| &customer.number),
                ));
                let books = import_job::books_by_manager(tx, scope).await?;
                let beyond = books.values().filter(|book| !person.books.contains(&book.0)).count();
                found.extend(differing("books", [beyond], [0]));
                let months: Vec<Month> = self.months.iter().copied().collect();
                let without = import_job::customers_without(tx, scope, &months).await?;
                let mut there: BTreeMap<Month, u32> = BTreeMap::new();
                for month in months {
                    let with: i64 = sqlx::query_scalar(
                        "select count(*) from figures where month = $1 and book_id = any($2)",
                    )
                    .bind(month.first_day())
                    .bind(person.books.iter().copied().collect::<Vec<_>>())
                    .fetch_one(&planted.branch.pool)
                    .await?;
                    let customers = i64::try_from(own_customers().count()).unwrap();
                    there.insert(month, u32::try_from(customers - with).unwrap());
                }
                found.extend(differing("without figures", without, there));
            }
            Call::OwnDevice => {
                let key = device::recovery_key(tx, me, shared, "new").await?;
                let own: Option<String> = sqlx::query_scalar(
                    "select key from recovery_key where employee_id = $1 and device_id = $2",
                )
                .bind(person.id)
                .bind(shared.0)
                .fetch_optional(&planted.branch.pool)
                .await?;
                found.extend(differing("keys", Some(key), own));
                let logged = mutation_log::stored(tx, me, shared, &[1]).await?;
                let own: Vec<Uuid> = sqlx::query_scalar(
                    "select mutation_id from mutation_log where employee_id = $1 and device_id = $2 and seq = 1",
                )
                .bind(person.id)
                .bind(shared.0)
                .fetch_all(&planted.branch.pool)
                .await?;
                found.extend(differing("answers", logged.iter().map(|logged| logged.id.0), own));
                device::lock(tx, me, shared).await?;
                let free: Vec<(Uuid, Uuid)> =
                    sqlx::query_as("select employee_id, id from device for update skip locked")
                        .fetch_all(&planted.branch.pool)
                        .await?;
                let there: Vec<(Uuid, Uuid)> =
                    sqlx::query_as("select employee_id, id from device where (employee_id, id) <> ($1, $2)")
                        .bind(person.id)
                        .bind(shared.0)
                        .fetch_all(&planted.branch.pool)
                        .await?;
                found.extend(differing("free", free, there));
                device::forget_recovery_key(tx, me, shared).await?;
                device::advance(tx, me, shared, 7, 7, clock::now()).await?;
                device::note_contact(tx, me, shared, 8, clock::now()).await?;
            }
            Call::OwnSessions => {
                let now = clock::now();
                session::end_all(tx, me, None).await?;
                let new = session::NewSession {
                    token_hash: b"new",
                    employee_id: me,
                    device_id: shared,
                    now,
                    expires_at: now,
                };
                session::create(tx, new).await?;
                session::set_password(tx, me, "new", false).await?;
                let changed: Vec<Uuid> =
                    sqlx::query_scalar("select id from employee where password_hash = 'new' or last_sign_in_at = to_timestamp($1::bigint / 1000.0)")
                        .bind(now.0)
                        .fetch_all(&mut *tx)
                        .await?;
                found.extend(differing("changed", changed, [person.id]));
            }
            Call::Revoke => device::revoke(tx, me, shared, false).await?,
            Call::LeftBehind => {
                // Known to somebody else, not to them.
                let another: Uuid = sqlx::query_scalar(
                    "select id from device where id not in (select id from device where employee_id = $1) limit 1",
                )
                .bind(person.id)
                .fetch_one(&planted.branch.pool)
                .await?;
                let left = device::left_behind(tx, me, DeviceId(another)).await?;
                let own: Vec<String> = sqlx::query_scalar(
                    "select name from device where employee_id = $1 and pending > 0 and revoked_at is null",
                )
                .bind(person.id)
                .fetch_all(&planted.branch.pool)
                .await?;
                found.extend(differing("devices", left.into_iter().map(|left| left.device_name), own));
            }
            Call::Listed => {
                let listed = device::listed(tx, scope, shared, None).await?;
                let people = match person.role {
                    Role::Administrator => colleagues().collect(),
                    Role::Lead => person.below.clone(),
                    _ => BTreeSet::from([person.id]),
                };
                found.extend(differing(
                    "whose devices",
                    listed.iter().map(|device| device.employee_id.0),
                    people.into_iter().chain([person.id]),
                ));
            }
            Call::AuditLog => {
                let entry =
                    audit::Entry { at: clock::now(), by: me, act: audit::Act::EditBook, subject: None };
                let head = sqlx::query("select seq, hash from audit_head where organisation_id = $1")
                    .bind(person.organisation)
                    .fetch_one(&planted.branch.pool)
                    .await?;
                audit::append(tx, scope.organisation(), &[entry]).await?;
                let follows: bool = sqlx::query_scalar(
                    "select exists (select from audit_log where $1 = organisation_id and seq = $2 and previous_hash = $3)",
                )
                .bind(person.organisation)
                .bind(head.get::<i64, _>(0) + 1)
                .bind(head.get::<Vec<u8>, _>(1))
                .fetch_one(&mut *tx)
                .await?;
                if !follows {
                    found.push("not after the last entry".to_owned());
                }
            }
        }
        Ok(found)
    }
}
