//! An import from its stored file: reading it again, judging every row against what is held, and running it in parts
//! that leave the tablets of the branch usable meanwhile. What a form of list asks for is its own module's.

use super::{ReadError, SourceFile, customers, figures, read};
use crate::clock;
use crate::db::import_job::{self, Job};
use crate::db::stream::Bumped;
use crate::db::{self, Db, Scope, retry};
use crate::services::Services;
use domain::api::{ImportCounts, ImportMonth, ImportState, ReasonCount};
use domain::ids::BookId;
use domain::import::{CustomerDraft, Fault, FiguresDraft, ListForm, Mapping, Reason, RowOutcome};
use domain::month::Month;
use domain::time::Date;
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use uuid::Uuid;

/// Rows written in one transaction: a tablet that syncs meanwhile waits for little more.
pub(super) const PART_ROWS: usize = 500;
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
pub async fn file(db: &Db, scope: &Scope, id: Uuid) -> Result<Arc<SourceFile>, JobError> {
    if let Some(file) = remembered(id) {
        return Ok(file);
    }
    let mut tx = db.snapshot(scope).await?;
    let content = import_job::content(&mut tx, id).await?.ok_or(JobError::Gone)?;
    drop(tx);
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

/// Form, month and columns as the person set them.
pub fn mapping(file: &SourceFile, job: &Job) -> Mapping {
    let mut mapping = file.sheet.mapping_as(job.form);
    mapping.month = job.month;
    for (source, (column, unit)) in mapping.columns.iter_mut().zip(&job.columns) {
        (source.column, source.unit) = (*column, *unit);
    }
    mapping
}

/// One row of the list and what becomes of it.
pub struct Judged {
    pub line: u32,
    pub draft: Option<Draft>,
    pub fate: Fate,
}

pub enum Draft {
    Customer(Box<CustomerDraft>),
    Figures(Box<FiguresDraft>),
}

pub enum Fate {
    New,
    Changed,
    Unchanged,
    Refused(Vec<Fault>),
}

/// Every row of a list, judged.
#[derive(Default)]
pub struct Judgement {
    /// In the order of the file.
    pub rows: Vec<Judged>,
    /// How many customers' months would be held for the first time.
    pub begun: BTreeMap<Month, u32>,
}

/// Judges every row against what is held now.
pub async fn judge_all(
    db: &Db,
    scope: &Scope,
    job: &Job,
    file: &Arc<SourceFile>,
) -> Result<Judgement, JobError> {
    let mut tx = db.snapshot(scope).await?;
    let reading = Reading::of(&mut tx, scope, job, file).await?;
    match &reading.outcomes {
        Outcomes::Customers(outcomes) => {
            let judged = customers::judge_rows(&mut tx, scope, &reading.books, outcomes).await?;
            Ok(Judgement { rows: judged.rows, ..Judgement::default() })
        }
        Outcomes::Figures(outcomes) => figures::judge_all(&mut tx, scope, outcomes, reading.today).await,
    }
}

/// For whom nothing is held of a list's months once the import is over.
pub async fn months(
    db: &Db,
    scope: &Scope,
    tally: &Tally,
    begun: &BTreeMap<Month, u32>,
) -> Result<Vec<ImportMonth>, JobError> {
    let asked: Vec<Month> = tally.months.keys().copied().collect();
    let mut tx = db.snapshot(scope).await?;
    let missing = import_job::customers_without(&mut tx, scope, &asked).await?;
    let month = |(&month, &rows): (&Month, &u32)| {
        let missing = missing.get(&month).copied().unwrap_or_default();
        let begun = begun.get(&month).copied().unwrap_or_default();
        ImportMonth { month, rows, missing: missing.saturating_sub(begun) }
    };
    Ok(tally.months.iter().map(month).collect())
}

/// A list, read by its form.
struct Reading {
    books: BTreeMap<String, BookId>,
    today: Date,
    outcomes: Outcomes,
}

enum Outcomes {
    Customers(Vec<(u32, RowOutcome)>),
    Figures(Vec<(u32, RowOutcome<FiguresDraft>)>),
}

/// Rows that are written together.
#[derive(Clone, Copy)]
enum Part<'a> {
    Customers(&'a [(u32, RowOutcome)]),
    Figures(&'a [(u32, RowOutcome<FiguresDraft>)]),
}

impl Reading {
    async fn of(
        connection: &mut db::Connection,
        scope: &Scope,
        job: &Job,
        file: &Arc<SourceFile>,
    ) -> Result<Self, JobError> {
        let mapping = mapping(file, job);
        mapping.check().map_err(ReadError::from)?;
        let books = import_job::books_by_manager(connection, scope).await?;
        let managers = books.keys().cloned().collect();
        let (file, today) = (file.clone(), clock::now().date());
        let outcomes = tokio::task::spawn_blocking(move || match mapping.form {
            ListForm::Customers => {
                Outcomes::Customers(domain::import::read_rows(&file.sheet, &mapping, &managers).outcomes)
            }
            ListForm::Figures => Outcomes::Figures(figures::read(&file.sheet, &mapping, today)),
        });
        Ok(Self { books, today, outcomes: outcomes.await? })
    }

    fn parts(&self) -> Vec<Part<'_>> {
        match &self.outcomes {
            Outcomes::Customers(outcomes) => outcomes.chunks(PART_ROWS).map(Part::Customers).collect(),
            Outcomes::Figures(outcomes) => figures::parts(outcomes).map(Part::Figures).collect(),
        }
    }
}

impl Part<'_> {
    fn rows(self) -> usize {
        match self {
            Self::Customers(rows) => rows.len(),
            Self::Figures(rows) => rows.len(),
        }
    }

    async fn write(
        self,
        db: &Db,
        scope: &Scope,
        reading: &Reading,
    ) -> Result<(Vec<Judged>, Vec<Bumped>), JobError> {
        match self {
            Self::Customers(part) => customers::write_part(db, scope, &reading.books, part).await,
            Self::Figures(part) => figures::write_part(db, scope, part, reading.today).await,
        }
    }
}

/// How many rows come to what.
#[derive(Default)]
pub struct Tally {
    pub counts: ImportCounts,
    reasons: BTreeMap<Reason, u32>,
    /// Rows of figures that are not refused.
    months: BTreeMap<Month, u32>,
}

impl Tally {
    pub fn add(&mut self, judged: &Judged) {
        let counts = &mut self.counts;
        match &judged.fate {
            Fate::New => counts.new += 1,
            Fate::Changed => counts.changed += 1,
            Fate::Unchanged => counts.unchanged += 1,
            Fate::Refused(faults) => {
                counts.refused += 1;
                if let Some(first) = faults.first() {
                    *self.reasons.entry(first.reason).or_default() += 1;
                }
                return;
            }
        }
        if let Some(Draft::Figures(draft)) = &judged.draft {
            *self.months.entry(draft.month).or_default() += 1;
        }
    }

    /// The counts with those the list leaves without figures.
    pub fn counts_with(&self, months: &[ImportMonth]) -> ImportCounts {
        ImportCounts { missing: months.iter().map(|month| month.missing).sum(), ..self.counts }
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
        let months = months(&services.db, &scope, &tally, &BTreeMap::new()).await?;
        let mut tx = services.db.begin(&scope).await?;
        let counts = tally.counts_with(&months);
        import_job::finish(&mut tx, job.id, state, counts, &tally.by_reason()).await?;
        tx.commit().await.map_err(db::Error::from)?;
        Ok::<_, JobError>(())
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
    let mut tx = services.db.snapshot(scope).await?;
    let reading = Reading::of(&mut tx, scope, job, file).await?;
    drop(tx);
    let mut done = 0;
    for part in reading.parts() {
        let mut tx = services.db.begin(scope).await?;
        let is_stop_asked = import_job::advance(&mut tx, job.id, done).await?;
        tx.commit().await.map_err(db::Error::from)?;
        if is_stop_asked {
            return Ok(false);
        }
        let (judged, streams) =
            retry(async || part.write(&services.db, scope, &reading).await.map_err(PartError::from))
                .await
                .map_err(JobError::from)?;
        for row in &judged {
            tally.add(row);
        }
        services.pokes.changed(&streams);
        done += u32::try_from(part.rows()).unwrap_or(u32::MAX);
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
