//! Writing a batch: sealed steps, then requests of one transaction.

use super::{GENERATION, LAST_PAGE, META, OUTBOX, PAGES, counter, get, put};
use crate::browser::database::{self, Access, Database, DatabaseError, Transaction};
use crate::browser::to_double;
use js_sys::Uint8Array;
use replica::store::Committed;
use wasm_bindgen::JsValue;
use web_sys::{IdbKeyRange, IdbObjectStore, IdbRequest};

/// A step ready to be written, its object store beside it.
pub(super) enum SealedStep {
    AppendPages(Vec<Uint8Array>),
    ReplacePages(Vec<Uint8Array>),
    AppendOutbox(Uint8Array),
    Put(&'static str, JsValue, Uint8Array),
    DeleteNumbers(&'static str, Vec<u64>),
    DeleteNames(&'static str, Vec<String>),
    /// Names not below the first and below the second.
    DeleteBetween(&'static str, String, String),
}

impl SealedStep {
    fn store(&self) -> &'static str {
        match self {
            Self::AppendPages(_) | Self::ReplacePages(_) => PAGES,
            Self::AppendOutbox(_) => OUTBOX,
            Self::Put(store, ..)
            | Self::DeleteNumbers(store, _)
            | Self::DeleteNames(store, _)
            | Self::DeleteBetween(store, ..) => store,
        }
    }
}

/// Writes a batch in one transaction.
pub(super) async fn write(
    connection: &Database,
    steps: &[SealedStep],
    access: Access,
) -> Result<Committed, DatabaseError> {
    let mut stores = vec![META];
    stores.extend(steps.iter().map(SealedStep::store));
    stores.sort_unstable();
    stores.dedup();
    let has_pages = stores.contains(&PAGES);

    let transaction = connection.begin(&stores, access)?;
    let meta = transaction.store(META)?;
    let generation = get(&meta, GENERATION)?;
    let last_page = get(&meta, LAST_PAGE)?;
    let mut committed = Committed::default();
    if has_pages {
        committed.last_page = counter(database::result(&last_page).await?);
        committed.generation = counter(database::result(&generation).await?);
    }
    let mut appended = Vec::new();
    for step in steps {
        request(&transaction, step, &mut committed, &mut appended)?;
    }
    if has_pages {
        put(&meta, GENERATION, &to_double(committed.generation).into())?;
        put(&meta, LAST_PAGE, &to_double(committed.last_page).into())?;
    }
    transaction.finish().await?;
    if !has_pages {
        committed.last_page = counter(database::result(&last_page).await?);
        committed.generation = counter(database::result(&generation).await?);
    }
    for request in &appended {
        committed.outbox.push(counter(database::result(request).await?));
    }
    Ok(committed)
}

/// Requests what `step` needs; the browser does it in this order.
fn request(
    transaction: &Transaction,
    step: &SealedStep,
    committed: &mut Committed,
    appended: &mut Vec<IdbRequest>,
) -> Result<(), DatabaseError> {
    let store = transaction.store(step.store())?;
    match step {
        SealedStep::AppendPages(pages) => append_pages(&store, pages, committed)?,
        SealedStep::ReplacePages(pages) => {
            committed.generation += 1;
            database::asked(store.clear())?;
            append_pages(&store, pages, committed)?;
        }
        SealedStep::AppendOutbox(edit) => appended.push(database::asked(store.add(edit))?),
        SealedStep::Put(_, key, value) => {
            database::asked(store.put_with_key(value, key))?;
        }
        SealedStep::DeleteNumbers(_, numbers) => {
            for (first, last) in ranges(numbers) {
                let range =
                    database::asked(IdbKeyRange::bound(&to_double(first).into(), &to_double(last).into()))?;
                database::asked(store.delete(&range))?;
            }
        }
        SealedStep::DeleteBetween(_, from, to) => {
            let range = database::asked(between(from, to))?;
            database::asked(store.delete(&range))?;
        }
        SealedStep::DeleteNames(_, names) => {
            for name in names {
                database::asked(store.delete(&name.as_str().into()))?;
            }
        }
    }
    Ok(())
}

/// Keys not below `from` and below `to`.
pub(super) fn between(from: &str, to: &str) -> Result<IdbKeyRange, JsValue> {
    IdbKeyRange::bound_with_lower_open_and_upper_open(&from.into(), &to.into(), false, true)
}

fn append_pages(
    store: &IdbObjectStore,
    pages: &[Uint8Array],
    committed: &mut Committed,
) -> Result<(), DatabaseError> {
    for page in pages {
        committed.last_page += 1;
        database::asked(store.put_with_key(page, &to_double(committed.last_page).into()))?;
    }
    Ok(())
}

/// First and last of each run of numbers: acknowledged edits are mostly one run, and one request.
fn ranges(numbers: &[u64]) -> Vec<(u64, u64)> {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable();
    let mut ranges: Vec<(u64, u64)> = Vec::new();
    for number in sorted {
        match ranges.last_mut() {
            Some((_, last)) if number <= last.saturating_add(1) => *last = number,
            _ => ranges.push((number, number)),
        }
    }
    ranges
}
