//! 导入: upload, columns, preview, run, and the refused rows as a file.

mod told;

use super::Language;
use super::administration::{entry, finish};
use super::error::Error;
use super::extract::{Asked, Body, Id, Json};
use super::signed::Signed;
use crate::clock;
use crate::db::audit::Act as Audited;
use crate::db::import_job::{self, Columns, Job};
use crate::import::job::{self, Fate, JobError, Judged, Tally};
use crate::import::{self, ReadError, SourceFile, write_refused};
use crate::services::Services;
use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use axum::routing::{get, post, put};
use domain::api::{
    FILE_NAME_HEADER, Import, ImportColumn, ImportMapping, ImportOutcome, ImportPreview, ImportResult,
    ImportRows, Imports, path,
};
use domain::authorize::Act;
use domain::import::{Column, Mapping, Reason, RowOutcome, Sheet, Unit, limits, month_in};
use domain::rejection::Rejection;
use serde::Deserialize;
use std::sync::Arc;
use told::{Teller, masked, outcome};
use uuid::Uuid;

/// Rows shown with a preview; more are asked for.
const PREVIEW_ROWS: usize = 50;
const ROWS_LIMIT_MAX: usize = 200;

pub fn router() -> Router<Services> {
    Router::new()
        .route(path::IMPORTS, get(list).post(upload).layer(DefaultBodyLimit::max(limits::FILE_BYTES_MAX + 1)))
        .route(path::IMPORT, get(one).delete(forget))
        .route(path::IMPORT_MAPPING, put(set_mapping))
        .route(path::IMPORT_PREVIEW, get(preview))
        .route(path::IMPORT_ROWS, get(rows))
        .route(path::IMPORT_RUN, post(run))
        .route(path::IMPORT_STOP, post(stop))
        .route(path::IMPORT_REFUSED, post(refused))
}

impl From<JobError> for Error {
    fn from(error: JobError) -> Self {
        match error {
            JobError::Read(error) => Self::List(error),
            JobError::Database(error) => error.into(),
            JobError::Gone => Self::NotFound,
            JobError::Thread(_) => Self::Internal("a thread that read a list ended"),
        }
    }
}

async fn find(services: &Services, signed: &Signed, id: Uuid) -> Result<Job, Error> {
    signed.require(Act::Import)?;
    let mut tx = services.db.snapshot(signed.scope()).await?;
    import_job::list(&mut tx, signed.scope(), Some(id)).await?.pop().ok_or(Error::NotFound)
}

fn answer(job: &Job, file: &SourceFile) -> Import {
    let sample = |at: usize, column: Option<Column>| {
        let cells = file.sheet.rows.iter().map(|row| row.cell(at).trim());
        masked(column, cells.into_iter().find(|cell| !cell.is_empty()).unwrap_or_default())
    };
    let columns = file.sheet.header.iter().zip(&job.columns).enumerate();
    Import {
        id: job.id,
        file_name: job.file_name.clone(),
        header_line: job.header_line,
        rows: job.rows,
        form: job.form,
        month: job.month,
        month_hint: file.sheet.month_hint.or_else(|| month_in(&[job.file_name.as_str()])),
        columns: columns
            .map(|(at, (header, &(column, unit)))| ImportColumn {
                header: header.clone(),
                sample: sample(at, column),
                column,
                unit,
            })
            .collect(),
        state: job.state,
        created_at: job.created_at,
        done: job.done,
        result: job
            .counts
            .zip(job.by_reason.clone())
            .zip(job.finished_at)
            .map(|((counts, by_reason), finished_at)| ImportResult { counts, by_reason, finished_at }),
    }
}

async fn answered(services: &Services, signed: &Signed, job: &Job) -> Result<axum::Json<Import>, Error> {
    let file = job::file(&services.db, signed.scope(), job.id).await?;
    Ok(axum::Json(answer(job, &file)))
}

async fn list(State(services): State<Services>, signed: Signed) -> Result<axum::Json<Imports>, Error> {
    signed.require(Act::Import)?;
    let mut tx = services.db.snapshot(signed.scope()).await?;
    let jobs = import_job::list(&mut tx, signed.scope(), None).await?;
    // Only what the file says without being read again.
    let imports = jobs.iter().map(|job| {
        let mut bare = job.clone();
        bare.columns.clear();
        let nothing = SourceFile {
            form: import::Form::Workbook,
            sheet: Sheet {
                header: Vec::new(),
                header_line: 0,
                unit: Unit::default(),
                month: None,
                month_hint: None,
                rows: Vec::new(),
            },
        };
        answer(&bare, &nothing)
    });
    Ok(axum::Json(Imports { imports: imports.collect() }))
}

async fn one(
    State(services): State<Services>,
    signed: Signed,
    Id(id): Id<Uuid>,
) -> Result<axum::Json<Import>, Error> {
    let job = find(&services, &signed, id).await?;
    answered(&services, &signed, &job).await
}

async fn upload(
    State(services): State<Services>,
    signed: Signed,
    headers: HeaderMap,
    Body(bytes): Body,
) -> Result<axum::Json<Import>, Error> {
    signed.require(Act::Import)?;
    let named = headers.get(FILE_NAME_HEADER).and_then(|name| name.to_str().ok()).unwrap_or_default();
    let file_name = import::file_name(named);
    let content = bytes.clone();
    let file = tokio::task::spawn_blocking(move || import::read(&content)).await.map_err(JobError::from)?;
    let file = Arc::new(file?);
    let id = Uuid::now_v7();
    let mapping = file.sheet.mapping();
    let columns = columns_of(&mapping);
    let new = import_job::NewJob {
        id,
        file_name: &file_name,
        content: &bytes,
        header_line: file.sheet.header_line,
        rows: u32::try_from(file.sheet.rows.len()).unwrap_or(u32::MAX),
        form: mapping.form,
        month: mapping.month,
        columns: &columns,
        now: clock::now(),
    };
    let mut tx = services.db.begin(signed.scope()).await?;
    import_job::insert(&mut tx, signed.scope(), new).await?;
    tx.commit().await?;
    job::remember(id, file);
    let job = find(&services, &signed, id).await?;
    answered(&services, &signed, &job).await
}

fn columns_of(mapping: &Mapping) -> Columns {
    mapping.columns.iter().map(|source| (source.column, source.unit)).collect()
}

async fn forget(
    State(services): State<Services>,
    signed: Signed,
    Id(id): Id<Uuid>,
) -> Result<StatusCode, Error> {
    find(&services, &signed, id).await?;
    let mut tx = services.db.begin(signed.scope()).await?;
    if !import_job::delete(&mut tx, id).await? {
        return Err(Error::ImportRunning);
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn set_mapping(
    State(services): State<Services>,
    signed: Signed,
    Id(id): Id<Uuid>,
    Json(asked): Json<ImportMapping>,
) -> Result<axum::Json<Import>, Error> {
    let job = find(&services, &signed, id).await?;
    let is_of_form = |column: &Column| Column::of(asked.form).contains(column);
    let columns = if asked.form != job.form {
        let file = job::file(&services.db, signed.scope(), id).await?;
        columns_of(&file.sheet.mapping_as(asked.form))
    } else if asked.columns.len() == job.columns.len()
        && asked.columns.iter().filter_map(|(column, _)| column.as_ref()).all(is_of_form)
    {
        asked.columns
    } else {
        return Err(Rejection::invalid("columns").into());
    };
    let mut tx = services.db.begin(signed.scope()).await?;
    if !import_job::set_mapping(&mut tx, id, asked.form, asked.month, &columns).await? {
        return Err(Error::ImportNotWaiting);
    }
    tx.commit().await?;
    let job = find(&services, &signed, id).await?;
    answered(&services, &signed, &job).await
}

async fn preview(
    State(services): State<Services>,
    signed: Signed,
    headers: HeaderMap,
    Id(id): Id<Uuid>,
) -> Result<axum::Json<ImportPreview>, Error> {
    let job = find(&services, &signed, id).await?;
    let file = job::file(&services.db, signed.scope(), id).await?;
    let judgement = job::judge_all(&services.db, signed.scope(), &job, &file).await?;
    let judged = judgement.rows;
    let mut tally = Tally::default();
    for row in &judged {
        tally.add(row);
    }
    let months = job::months(&services.db, signed.scope(), &tally, &judgement.begun).await?;
    let teller = Teller::new(&file, &job, Language::of(&headers));
    let is_refused = |row: &&Judged| matches!(row.fate, Fate::Refused(_));
    Ok(axum::Json(ImportPreview {
        counts: tally.counts_with(&months),
        by_reason: tally.by_reason(),
        months,
        rows: judged
            .iter()
            .filter(|row| !is_refused(row))
            .take(PREVIEW_ROWS)
            .map(|row| teller.tell(row))
            .collect(),
        refused: judged.iter().filter(is_refused).take(PREVIEW_ROWS).map(|row| teller.tell(row)).collect(),
    }))
}

#[derive(Deserialize)]
struct RowsAsked {
    outcome: Option<ImportOutcome>,
    reason: Option<Reason>,
    #[serde(default)]
    offset: usize,
    limit: Option<usize>,
}

async fn rows(
    State(services): State<Services>,
    signed: Signed,
    headers: HeaderMap,
    Id(id): Id<Uuid>,
    Asked(asked): Asked<RowsAsked>,
) -> Result<axum::Json<ImportRows>, Error> {
    let job = find(&services, &signed, id).await?;
    let file = job::file(&services.db, signed.scope(), id).await?;
    let judged = job::judge_all(&services.db, signed.scope(), &job, &file).await?.rows;
    let fits = |row: &&Judged| {
        let has_reason = |reason| match &row.fate {
            Fate::Refused(faults) => faults.first().is_some_and(|fault| fault.reason == reason),
            _ => false,
        };
        asked.outcome.is_none_or(|wanted| outcome(row) == wanted) && asked.reason.is_none_or(has_reason)
    };
    let teller = Teller::new(&file, &job, Language::of(&headers));
    let found: Vec<&Judged> = judged.iter().filter(fits).collect();
    let limit = asked.limit.unwrap_or(PREVIEW_ROWS).min(ROWS_LIMIT_MAX);
    Ok(axum::Json(ImportRows {
        total: u32::try_from(found.len()).unwrap_or(u32::MAX),
        rows: found.iter().skip(asked.offset).take(limit).map(|row| teller.tell(row)).collect(),
    }))
}

async fn run(
    State(services): State<Services>,
    signed: Signed,
    Id(id): Id<Uuid>,
) -> Result<(StatusCode, axum::Json<Import>), Error> {
    let job = find(&services, &signed, id).await?;
    let file = job::file(&services.db, signed.scope(), id).await?;
    job::mapping(&file, &job).check().map_err(ReadError::from)?;
    let mut tx = services.db.begin(signed.scope()).await?;
    if !import_job::take(&mut tx, id).await? {
        return Err(Error::ImportNotWaiting);
    }
    // Told before the first row is written: a server that is killed in the middle leaves no rows nobody answers for.
    finish(tx, signed.scope(), entry(signed.scope(), Audited::Import, id)).await?;
    tokio::spawn(job::run(services.clone(), signed.scope().clone(), job, file.clone()));
    let job = find(&services, &signed, id).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(answer(&job, &file))))
}

async fn stop(
    State(services): State<Services>,
    signed: Signed,
    Id(id): Id<Uuid>,
) -> Result<axum::Json<Import>, Error> {
    find(&services, &signed, id).await?;
    let mut tx = services.db.begin(signed.scope()).await?;
    import_job::ask_to_stop(&mut tx, id).await?;
    tx.commit().await?;
    let job = find(&services, &signed, id).await?;
    answered(&services, &signed, &job).await
}

async fn refused(
    State(services): State<Services>,
    signed: Signed,
    headers: HeaderMap,
    Id(id): Id<Uuid>,
) -> Result<impl IntoResponse, Error> {
    let job = find(&services, &signed, id).await?;
    let file = job::file(&services.db, signed.scope(), id).await?;
    let judged = job::judge_all(&services.db, signed.scope(), &job, &file).await?.rows;
    let outcomes: Vec<(u32, RowOutcome<()>)> = judged
        .into_iter()
        .filter_map(|row| match row.fate {
            Fate::Refused(faults) => Some((row.line, RowOutcome::Refused(faults))),
            _ => None,
        })
        .collect();
    let language = match Language::of(&headers) {
        Language::Chinese => import::Language::Zh,
        Language::English => import::Language::En,
    };
    let form = file.form;
    let bytes = tokio::task::spawn_blocking(move || write_refused(form, &file.sheet, &outcomes, language))
        .await
        .map_err(JobError::from)?
        .map_err(|_| Error::Internal("the refused rows could not be written"))?;
    let scope = signed.scope();
    let tx = services.db.begin(scope).await?;
    finish(tx, scope, entry(scope, Audited::ExportRefused, id)).await?;
    let disposition = format!("attachment; filename=\"refused.{}\"", form.extension());
    Ok(([(CONTENT_TYPE, form.media_type().to_owned()), (CONTENT_DISPOSITION, disposition)], bytes))
}
