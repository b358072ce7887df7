//! Rows of a list of figures: judged and written by customer and month, so that the file's order decides nothing.

use super::job::{Draft, Fate, JobError, Judged, Judgement, PART_ROWS};
use crate::db::import_job;
use crate::db::stream::Bumped;
use crate::db::{self, Change, Db, Scope, lock_customers};
use domain::customer::Customer;
use domain::ids::{BookId, CustomerId, FiguresId};
use domain::import::{FiguresDraft, FiguresVerdict, Ledger, Mapping, RowOutcome, Sheet, read_figures};
use domain::month::Month;
use domain::time::Date;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

type Outcome = (u32, RowOutcome<FiguresDraft>);

/// All rows, those of a customer together and in the order of their months.
pub fn read(sheet: &Sheet, mapping: &Mapping, today: Date) -> Vec<Outcome> {
    let mut outcomes = read_figures(sheet, mapping, today);
    outcomes.sort_by(|(_, one), (_, other)| {
        let by = |outcome: &RowOutcome<FiguresDraft>| outcome.accepted().map(|draft| draft.month);
        number(one).cmp(&number(other)).then_with(|| by(one).cmp(&by(other)))
    });
    outcomes
}

fn number(outcome: &RowOutcome<FiguresDraft>) -> Option<&str> {
    outcome.accepted().map(|draft| draft.customer_no.as_str())
}

/// At least [`PART_ROWS`] rows each but the last; one customer's rows are never parted. There are at most as many of them
/// as months that are taken.
pub fn parts(outcomes: &[Outcome]) -> impl Iterator<Item = &[Outcome]> {
    let mut rest = outcomes;
    std::iter::from_fn(move || {
        let last = rest.get(..PART_ROWS).unwrap_or(rest).last()?;
        let behind = rest.get(PART_ROWS..).unwrap_or_default();
        let same = behind
            .iter()
            .take_while(|(_, outcome)| number(outcome).is_some() && number(outcome) == number(&last.1))
            .count();
        let (part, behind) = rest.split_at_checked(PART_ROWS + same).unwrap_or((rest, &[]));
        rest = behind;
        Some(part)
    })
}

/// A part judged, and what it writes.
struct JudgedPart {
    rows: Vec<Judged>,
    ledger: Ledger,
    book_of: HashMap<CustomerId, BookId>,
}

async fn judge_part(
    connection: &mut db::Connection,
    scope: &Scope,
    part: &[Outcome],
    today: Date,
) -> Result<JudgedPart, JobError> {
    let customers = customers_of(connection, scope, part).await?;
    let told = part.iter().filter_map(|(_, outcome)| Some(outcome.accepted()?.month));
    let told_on = customers.iter().filter_map(|customer| customer.holdings.as_of);
    let months: BTreeSet<Month> = told.chain(told_on.map(Month::of)).collect();
    let ids: Vec<CustomerId> = customers.iter().map(|customer| customer.id).collect();
    let figures = db::figures_of(connection, scope, &ids, &months).await?;
    let book_of = customers.iter().map(|customer| (customer.id, customer.book_id)).collect();
    let mut ledger = Ledger::of(customers, figures);
    let mut fate_of = |draft: &FiguresDraft| match ledger.judge(draft, today, || FiguresId(Uuid::now_v7())) {
        FiguresVerdict::New => Fate::New,
        FiguresVerdict::Changed => Fate::Changed,
        FiguresVerdict::Unchanged => Fate::Unchanged,
        FiguresVerdict::Refused(fault) => Fate::Refused(vec![fault]),
    };
    let rows = part.iter().map(|(line, outcome)| match outcome {
        RowOutcome::Refused(faults) => {
            Judged { line: *line, draft: None, fate: Fate::Refused(faults.clone()) }
        }
        RowOutcome::Accepted(draft) => {
            Judged { line: *line, fate: fate_of(draft), draft: Some(Draft::Figures(draft.clone())) }
        }
    });
    Ok(JudgedPart { rows: rows.collect(), ledger, book_of })
}

/// Those in scope: a customer held elsewhere is as unknown as one that is not.
async fn customers_of(
    connection: &mut db::Connection,
    scope: &Scope,
    part: &[Outcome],
) -> Result<Vec<Customer>, JobError> {
    let numbers: BTreeSet<&str> = part.iter().filter_map(|(_, outcome)| number(outcome)).collect();
    let numbers: Vec<String> = numbers.into_iter().map(str::to_owned).collect();
    let known = import_job::known(connection, scope, &numbers, &[]).await?;
    Ok(known.held.into_values().map(|held| held.customer).collect())
}

/// Part by part, as a run does, holding no more of what is known than a part needs.
pub async fn judge_all(
    connection: &mut db::Connection,
    scope: &Scope,
    outcomes: &[Outcome],
    today: Date,
) -> Result<Judgement, JobError> {
    let mut judgement = Judgement::default();
    for part in parts(outcomes) {
        let judged = judge_part(connection, scope, part, today).await?;
        judgement.rows.extend(judged.rows);
        for month in judged.ledger.begun() {
            *judgement.begun.entry(month).or_default() += 1;
        }
    }
    judgement.rows.sort_by_key(|row| row.line);
    Ok(judgement)
}

pub async fn write_part(
    db: &Db,
    scope: &Scope,
    part: &[Outcome],
    today: Date,
) -> Result<(Vec<Judged>, Vec<Bumped>), JobError> {
    let mut tx = db.begin(scope).await?;
    // Looked up, held, and looked up again: what is judged does not change before it is written.
    let ids: Vec<CustomerId> =
        customers_of(&mut tx, scope, part).await?.iter().map(|customer| customer.id).collect();
    lock_customers(&mut tx, scope, &ids).await?;
    let judged = judge_part(&mut tx, scope, part, today).await?;
    let mut changes: Vec<Change> = judged
        .ledger
        .changed_customers()
        .map(|customer| Change::put(customer.book_id, customer.clone()))
        .collect();
    changes.extend(judged.ledger.written().filter_map(|figures| {
        Some(Change::put(*judged.book_of.get(&figures.customer_id)?, figures.clone()))
    }));
    let streams = db::save(&mut tx, scope, changes).await?;
    tx.commit().await.map_err(db::Error::from)?;
    Ok((judged.rows, streams))
}
