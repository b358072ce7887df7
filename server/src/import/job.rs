//! An import from its stored file: reading it again, judging every row against what is held, and running it in parts
//! that leave the tablets of the branch usable meanwhile.

use super::{ReadError, SourceFile, read};
use crate::clock;
use crate::db::audit::{Act as Audited, Entry};
use crate::db::import_job::{self, Columns, Job};
use crate::db::{self, Change, Db, Scope, audit, lock_customers, retry};
use crate::services::Services;
use domain::api::{ImportCounts, ImportState, ReasonCount};
use domain::ids::{BookId, CustomerId, StreamId};
use domain::import::{
    Column, CustomerDraft, Fault, Held, Mapping, Reading, Reason, RowOutcome, Verdict, judge, read_rows,
};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use uuid::Uuid;

/// Rows written in one transaction: a tablet that syncs meanwhile waits for no more.
const PART_ROWS: usize = 500;
/// Files kept read, so that paging through refused rows does not read them again.
const RECENT_MAX: usize = 3;

type Recent = VecDeque<(Uuid, Arc<SourceFile>)>;
static RECENT: LazyLock<Mutex<Recent>> = LazyLock::new(Mutex::default);

#[derive(Debug, thiserror::Error)]
pub enum JobError {
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error(transparent)]
    Database(#[from] db::Error),
    #[error("the import is gone")]
    Gone,
    #[error("reading a list ended early")]
    Thread(#[from] tokio::task::JoinError),
}

/// The list of an import, read or remembered.
pub async fn file(db: &Db, id: Uuid) -> Result<Arc<SourceFile>, JobError> {
    if let Some(file) = remembered(id) {
        return Ok(file);
    }
    let mut connection = db.connection().await?;
    let content = import_job::content(&mut connection, id).await?.ok_or(JobError::Gone)?;
    drop(connection);
    let file = Arc::new(tokio::task::spawn_blocking(move || read(&content)).await??);
    remember(id, file.clone());
    Ok(file)
}

fn remembered(id: Uuid) -> Option<Arc<SourceFile>> {
    let recent = RECENT.lock().unwrap_or_else(PoisonError::into_inner);
    recent.iter().find(|(known, _)| *known == id).map(|(_, file)| file.clone())
}

pub fn remember(id: Uuid, file: Arc<SourceFile>) {
    let mut recent = RECENT.lock().unwrap_or_else(PoisonError::into_inner);
    recent.retain(|(known, _)| *known != id);
    recent.push_front((id, file));
    recent.truncate(RECENT_MAX);
}

/// The columns as the person set them.
pub fn mapping(file: &SourceFile, columns: &Columns) -> Mapping {
    let mut mapping = file.sheet.mapping();
    for (source, (column, unit)) in mapping.columns.iter_mut().zip(columns) {
        (source.column, source.unit) = (*column, *unit);
    }
    mapping
}

/// One row of the list and what becomes of it.
pub struct Judged {
    pub line: u32,
    pub draft: Option<Box<CustomerDraft>>,
    pub verdict: Fate,
}

pub enum Fate {
    New(Box<Held>),
    Changed(Box<Held>),
    Unchanged,
    Refused(Vec<Fault>),
}

/// Every row judged against what is held now.
pub async fn judge_all(
    db: &Db,
    scope: &Scope,
    file: &Arc<SourceFile>,
    columns: &Columns,
) -> Result<Vec<Judged>, JobError> {
    let mut connection = db.connection().await?;
    let books = import_job::books_by_manager(&mut connection, scope).await?;
    let reading = rows_of(file, columns, &books).await?;
    judge_rows(&mut connection, scope, &books, reading.outcomes).await
}

async fn rows_of(
    file: &Arc<SourceFile>,
    columns: &Columns,
    books: &BTreeMap<String, BookId>,
) -> Result<Reading, JobError> {
    let mapping = mapping(file, columns);
    mapping.check().map_err(ReadError::from)?;
    let managers = books.keys().cloned().collect();
    let file = file.clone();
    Ok(tokio::task::spawn_blocking(move || read_rows(&file.sheet, &mapping, &managers)).await?)
}

async fn judge_rows(
    connection: &mut db::Connection,
    scope: &Scope,
    books: &BTreeMap<String, BookId>,
    outcomes: Vec<(u32, RowOutcome)>,
) -> Result<Vec<Judged>, JobError> {
    let drafts = || outcomes.iter().filter_map(|(_, outcome)| outcome.accepted());
    let numbers: Vec<String> = drafts().map(|draft| draft.customer_no.clone()).collect();
    let identities: Vec<String> = drafts().filter_map(|draft| draft.identity_no.clone()).collect();
    let known = import_job::known(connection, scope, &numbers, &identities).await?;
    let elsewhere: std::collections::HashSet<&str> = known.elsewhere.iter().map(String::as_str).collect();
    let today = clock::now().date();
    let judged = outcomes.into_iter().map(|(line, outcome)| {
        let draft = match outcome {
            RowOutcome::Refused(faults) => {
                return Judged { line, draft: None, verdict: Fate::Refused(faults) };
            }
            RowOutcome::Accepted(draft) => draft,
        };
        if elsewhere.contains(draft.customer_no.as_str()) {
            let fault = Fault::new(Some(Column::CustomerNo), Reason::HeldElsewhere, &draft.customer_no);
            return Judged { line, draft: Some(draft), verdict: Fate::Refused(vec![fault]) };
        }
        let Some(&book) = books.get(&draft.manager_no) else {
            let fault = Fault::new(Some(Column::ManagerNo), Reason::ManagerUnknown, &draft.manager_no);
            return Judged { line, draft: Some(draft), verdict: Fate::Refused(vec![fault]) };
        };
        let owner = draft.identity_no.as_ref().and_then(|number| known.identity_owners.get(number));
        let held = known.held.get(&draft.customer_no);
        let id = CustomerId(Uuid::now_v7());
        let verdict = match judge(&draft, held, owner.map(String::as_str), book, id, today) {
            Verdict::New(held) => Fate::New(held),
            Verdict::Changed(held) => Fate::Changed(held),
            Verdict::Unchanged => Fate::Unchanged,
            Verdict::Refused(fault) => Fate::Refused(vec![fault]),
        };
        Judged { line, draft: Some(draft), verdict }
    });
    Ok(judged.collect())
}

/// How many rows come to what.
#[derive(Default)]
pub struct Tally {
    pub counts: ImportCounts,
    reasons: BTreeMap<Reason, u32>,
}

impl Tally {
    pub fn add(&mut self, judged: &Judged) {
        let counts = &mut self.counts;
        match &judged.verdict {
            Fate::New(_) => counts.new += 1,
            Fate::Changed(_) => counts.changed += 1,
            Fate::Unchanged => counts.unchanged += 1,
            Fate::Refused(faults) => {
                counts.refused += 1;
                if let Some(first) = faults.first() {
                    *self.reasons.entry(first.reason).or_default() += 1;
                }
            }
        }
    }

    /// Most frequent first.
    pub fn by_reason(&self) -> Vec<ReasonCount> {
        let mut counts: Vec<_> =
            self.reasons.iter().map(|(&reason, &count)| ReasonCount { reason, count }).collect();
        counts.sort_by_key(|entry| (std::cmp::Reverse(entry.count), entry.reason));
        counts
    }
}

/// Runs an import that has been taken for running, to its end. What goes wrong is said in its state and logged once.
pub async fn run(services: Services, scope: Scope, job: Job, file: Arc<SourceFile>) {
    let mut tally = Tally::default();
    let state = match in_parts(&services, &scope, &job, &file, &mut tally).await {
        Ok(true) => ImportState::Done,
        Ok(false) => ImportState::Stopped,
        Err(error) => {
            tracing::error!(import = %job.id, "an import failed: {error}");
            ImportState::Failed
        }
    };
    let finished = async {
        let mut tx = services.db.begin().await?;
        import_job::finish(&mut tx, job.id, state, tally.counts, &tally.by_reason()).await?;
        let entry = Entry {
            at: clock::now(),
            by: scope.actor().employee_id,
            act: Audited::Import,
            subject: Some(job.id),
        };
        audit::append(&mut tx, scope.organisation(), &[entry]).await?;
        tx.commit().await?;
        Ok::<_, db::Error>(())
    };
    if let Err(error) = finished.await {
        tracing::error!(import = %job.id, "the end of an import could not be noted: {error}");
    }
}

/// Whether it came to the end, or was stopped.
async fn in_parts(
    services: &Services,
    scope: &Scope,
    job: &Job,
    file: &Arc<SourceFile>,
    tally: &mut Tally,
) -> Result<bool, JobError> {
    let mut connection = services.db.connection().await?;
    let books = import_job::books_by_manager(&mut connection, scope).await?;
    let reading = rows_of(file, &job.columns, &books).await?;
    let mut done = 0;
    for part in reading.outcomes.chunks(PART_ROWS) {
        if import_job::advance(&mut connection, job.id, done).await? {
            return Ok(false);
        }
        let (judged, streams) =
            retry(async || write_part(&services.db, scope, &books, part).await.map_err(PartError::from))
                .await
                .map_err(JobError::from)?;
        for row in &judged {
            tally.add(row);
        }
        services.pokes.changed(streams);
        done += u32::try_from(part.len()).unwrap_or(u32::MAX);
    }
    Ok(true)
}

/// [`retry`] wants to see the database's error.
struct PartError(JobError);

static NO_DATABASE_ERROR: db::Error = db::Error::OutsideScope;

impl AsRef<db::Error> for PartError {
    fn as_ref(&self) -> &db::Error {
        match &self.0 {
            JobError::Database(error) => error,
            _ => &NO_DATABASE_ERROR,
        }
    }
}
impl From<JobError> for PartError {
    fn from(error: JobError) -> Self {
        Self(error)
    }
}
impl From<PartError> for JobError {
    fn from(error: PartError) -> Self {
        error.0
    }
}

async fn write_part(
    db: &Db,
    scope: &Scope,
    books: &BTreeMap<String, BookId>,
    part: &[(u32, RowOutcome)],
) -> Result<(Vec<Judged>, Vec<StreamId>), JobError> {
    let mut tx = db.begin().await?;
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
    let judged = judge_rows(&mut tx, scope, books, part.to_vec()).await?;
    let written: Vec<&Held> = judged
        .iter()
        .filter_map(|row| match &row.verdict {
            Fate::New(held) | Fate::Changed(held) => Some(held.as_ref()),
            Fate::Unchanged | Fate::Refused(_) => None,
        })
        .collect();
    let changes: Vec<Change> =
        written.iter().map(|held| Change::put(held.customer.book_id, held.customer.clone())).collect();
    let identities: Vec<(CustomerId, String)> =
        written.iter().filter_map(|held| Some((held.customer.id, held.identity_no.clone()?))).collect();
    let streams = db::save(&mut tx, scope, changes).await?;
    db::set_identities(&mut tx, scope, &identities).await?;
    tx.commit().await.map_err(db::Error::from)?;
    Ok((judged, streams))
}
