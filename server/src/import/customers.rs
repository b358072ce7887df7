//! Rows of a customer list: judged against the customers held, written with the figures their amounts are.

use super::job::{Draft, Fate, JobError, Judged};
use crate::clock;
use crate::db::import_job::{self, Known};
use crate::db::stream::Bumped;
use crate::db::{self, Change, Db, Scope, lock_customers};
use domain::ids::{BookId, CustomerId, FiguresId};
use domain::import::{Column, CustomerDraft, Fault, Held, Ledger, Reason, RowOutcome, Verdict, judge};
use domain::month::Month;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use uuid::Uuid;

/// Judged rows, and what those that are taken write.
pub struct JudgedRows {
    pub rows: Vec<Judged>,
    /// By customer number; each stands in one accepted row.
    written: HashMap<String, Box<Held>>,
    known: Known,
}

pub async fn judge_rows(
    connection: &mut db::Connection,
    scope: &Scope,
    books: &BTreeMap<String, BookId>,
    outcomes: &[(u32, RowOutcome)],
) -> Result<JudgedRows, JobError> {
    let drafts = || outcomes.iter().filter_map(|(_, outcome)| outcome.accepted());
    let numbers: Vec<String> = drafts().map(|draft| draft.customer_no.clone()).collect();
    let identities: Vec<String> = drafts().filter_map(|draft| draft.identity_no.clone()).collect();
    let known = import_job::known(connection, scope, &numbers, &identities).await?;
    let elsewhere: HashSet<&str> = known.elsewhere.iter().map(String::as_str).collect();
    let today = clock::now().date();
    let mut written = HashMap::new();
    let mut fate_of = |draft: &CustomerDraft| {
        if elsewhere.contains(draft.customer_no.as_str()) {
            let fault = Fault::new(Some(Column::CustomerNo), Reason::HeldElsewhere, &draft.customer_no);
            return Fate::Refused(vec![fault]);
        }
        let Some(&book) = books.get(&draft.manager_no) else {
            let fault = Fault::new(Some(Column::ManagerNo), Reason::ManagerUnknown, &draft.manager_no);
            return Fate::Refused(vec![fault]);
        };
        let owner = draft.identity_no.as_ref().and_then(|number| known.identity_owners.get(number));
        let held = known.held.get(&draft.customer_no);
        let id = CustomerId(Uuid::now_v7());
        let (held, fate) = match judge(draft, held, owner.map(String::as_str), book, id, today) {
            Verdict::New(held) => (held, Fate::New),
            Verdict::Changed(held) => (held, Fate::Changed),
            Verdict::Unchanged => return Fate::Unchanged,
            Verdict::Refused(fault) => return Fate::Refused(vec![fault]),
        };
        written.insert(draft.customer_no.clone(), held);
        fate
    };
    let rows = outcomes.iter().map(|(line, outcome)| match outcome {
        RowOutcome::Refused(faults) => {
            Judged { line: *line, draft: None, fate: Fate::Refused(faults.clone()) }
        }
        RowOutcome::Accepted(draft) => {
            Judged { line: *line, fate: fate_of(draft), draft: Some(Draft::Customer(draft.clone())) }
        }
    });
    Ok(JudgedRows { rows: rows.collect(), written, known })
}

pub async fn write_part(
    db: &Db,
    scope: &Scope,
    books: &BTreeMap<String, BookId>,
    part: &[(u32, RowOutcome)],
) -> Result<(Vec<Judged>, Vec<Bumped>), JobError> {
    let mut tx = db.begin(scope).await?;
    // Looked up, held, and looked up again: what is judged does not change before it is written.
    let numbers: Vec<String> = part
        .iter()
        .filter_map(|(_, outcome)| outcome.accepted().map(|draft| draft.customer_no.clone()))
        .collect();
    let held: Vec<CustomerId> = import_job::known(&mut tx, scope, &numbers, &[])
        .await?
        .held
        .values()
        .map(|held| held.customer.id)
        .collect();
    lock_customers(&mut tx, scope, &held).await?;
    let judged = judge_rows(&mut tx, scope, books, part).await?;
    let written = || judged.written.values().map(|held| &held.customer);
    let ledger = kept_by_month(&mut tx, scope, &judged).await?;
    let book_of: HashMap<CustomerId, BookId> =
        written().map(|customer| (customer.id, customer.book_id)).collect();
    let mut changes: Vec<Change> =
        written().map(|customer| Change::put(customer.book_id, customer.clone())).collect();
    changes.extend(
        ledger
            .written()
            .filter_map(|figures| Some(Change::put(*book_of.get(&figures.customer_id)?, figures.clone()))),
    );
    let identities: Vec<(CustomerId, String)> = judged
        .written
        .values()
        .filter_map(|held| Some((held.customer.id, held.identity_no.clone()?)))
        .collect();
    let streams = db::save(&mut tx, scope, changes).await?;
    db::set_identities(&mut tx, scope, &identities).await?;
    tx.commit().await.map_err(db::Error::from)?;
    Ok((judged.rows, streams))
}

/// The amounts of the rows that are written, as figures of their month.
async fn kept_by_month(
    connection: &mut db::Connection,
    scope: &Scope,
    judged: &JudgedRows,
) -> Result<Ledger, JobError> {
    let before = |number: &str| judged.known.held.get(number).map(|held| &held.customer);
    let told_on = judged
        .written
        .iter()
        .flat_map(|(number, after)| [Some(&after.customer), before(number)])
        .flatten()
        .filter_map(|customer| customer.holdings.as_of);
    let months: BTreeSet<Month> = told_on.map(Month::of).collect();
    let customers: Vec<CustomerId> =
        judged.written.keys().filter_map(|number| Some(before(number)?.id)).collect();
    let figures = db::figures_of(connection, scope, &customers, &months).await?;
    let mut ledger = Ledger::of([], figures);
    for row in &judged.rows {
        let Some(Draft::Customer(draft)) = &row.draft else { continue };
        if let Some(after) = judged.written.get(&draft.customer_no) {
            let new_id = || FiguresId(Uuid::now_v7());
            ledger.keep(draft, before(&draft.customer_no), &after.customer, new_id);
        }
    }
    Ok(ledger)
}
