//! Push: the tablet's mutations, run by the same code, written in one transaction.
//!
//! The rows a batch reads are loaded at once, the rules run in memory, the differences are written at once: a refusal
//! is a trial set that is dropped, and the number of statements does not grow with the batch.

mod batch;

use crate::clock;
use crate::db::session::Caller;
use crate::db::stream::Bumped;
use crate::db::{self, audit, device, mutation_log, retry};
use crate::http::Error;
use crate::services::Services;
use batch::Batch;
use domain::ids::PhotoId;
use domain::limits;
use domain::mutation::{MUTATION_SCHEMA_OLDEST, Mutation};
use domain::rejection::Rejection;
use domain::time::Timestamp;
use domain::wire::{MutationResult, Push, PushAnswer, PushedMutation};
use std::collections::HashMap;

/// Instants before it are a clock that was never set; PostgreSQL need not know years before Christ.
const MADE_AT_MIN: Timestamp = Timestamp(946_684_800_000); // 2000-01-01T00:00:00Z

/// What one transaction did.
#[derive(Default)]
struct Pushed {
    results: Vec<MutationResult>,
    last_seq: u64,
    changed: Vec<Bumped>,
    photos_removed: Vec<PhotoId>,
}

/// What a push says of itself.
#[derive(Clone, Copy)]
struct Begun {
    /// What stays on the device.
    pending: u32,
    follows: Option<u64>,
}

pub async fn push(services: &Services, who: &Caller, push: Push) -> Result<PushAnswer, Error> {
    if push.device_id != who.device_id {
        return Err(Error::OtherDevice);
    }
    if push.schema < MUTATION_SCHEMA_OLDEST {
        return Err(Error::AppTooOld);
    }
    if push.mutations.len() > limits::PUSH_MUTATIONS_MAX {
        let max = u32::try_from(limits::PUSH_MUTATIONS_MAX).unwrap_or(u32::MAX);
        return Err(Error::Refused(Rejection::TooMany { max }));
    }
    if push
        .mutations
        .windows(2)
        .any(|pair| matches!(pair, [one, next] if one.seq.checked_add(1) != Some(next.seq)))
    {
        return Err(Error::Gap { last_seq: who.last_seq });
    }
    let mut results = Vec::with_capacity(push.mutations.len());
    let mut last_seq = who.last_seq;
    // Parts still to do, the next one last. A part whose data cannot be stored is halved until the one mutation at
    // fault is alone and refused: nothing stalls the others.
    let mut parts = vec![push.mutations.as_slice()];
    while let Some(part) = parts.pop() {
        let begun = Begun { pending: push.pending_after, follows: push.follows };
        let pushed = match in_one_transaction(services, who, part, begun, false).await {
            Err(Error::Database(error)) if error.is_of_data() => {
                tracing::warn!("a batch of {} could not be stored: {error}", part.len());
                if part.len() > 1 {
                    let (first, second) = part.split_at(part.len() / 2);
                    parts.extend([second, first]);
                    continue;
                }
                in_one_transaction(services, who, part, begun, true).await?
            }
            answer => answer?,
        };
        results.extend(pushed.results);
        last_seq = pushed.last_seq;
        services.pokes.changed(&pushed.changed);
        forget_photos(services, pushed.photos_removed);
    }
    Ok(PushAnswer { results, last_seq, server_time: clock::now() })
}

async fn in_one_transaction(
    services: &Services,
    who: &Caller,
    mutations: &[PushedMutation],
    begun: Begun,
    is_unstorable: bool,
) -> Result<Pushed, Error> {
    retry(async || {
        let mut tx = services.db.begin(&who.scope).await?;
        let pushed = attempt(&mut tx, who, mutations, begun, is_unstorable).await?;
        tx.commit().await?;
        Ok::<_, PushError>(pushed)
    })
    .await
    .map_err(|error| match error {
        PushError::Gap(last_seq) => Error::Gap { last_seq },
        PushError::Database(error) => error.into(),
    })
}

/// Either the database's, to be tried again where that helps, or the batch does not follow.
#[derive(Debug, thiserror::Error)]
enum PushError {
    #[error("the batch does not follow {0}")]
    Gap(u64),
    #[error(transparent)]
    Database(#[from] db::Error),
}

impl From<sqlx::Error> for PushError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error.into())
    }
}

impl AsRef<db::Error> for PushError {
    fn as_ref(&self) -> &db::Error {
        match self {
            Self::Gap(_) => &db::Error::OutsideScope,
            Self::Database(error) => error,
        }
    }
}

async fn attempt(
    tx: &mut db::Connection,
    who: &Caller,
    mutations: &[PushedMutation],
    begun: Begun,
    is_unstorable: bool,
) -> Result<Pushed, PushError> {
    let employee = who.scope.actor().employee_id;
    let last_seq = device::lock(tx, employee, who.device_id).await?.unwrap_or(0);
    let known_until = mutations.partition_point(|mutation| mutation.seq <= last_seq);
    let (known, new) = mutations.split_at(known_until);
    let mut pushed =
        Pushed { results: answered(tx, who, known, last_seq).await?, last_seq, ..Pushed::default() };
    let now = clock::now();
    let Some(last) = new.last() else {
        // Its answer was lost, or it says that nothing is left: by a batch of nothing, for behind a batch of the last edits
        // there may be one that was made while it was on its way.
        let is_last = mutations.is_empty() && begun.pending == 0;
        let heard = device::Heard { last_seq, pending: begun.pending, is_last };
        device::advance(tx, employee, who.device_id, heard, now).await?;
        return Ok(pushed);
    };
    let follows = begun.follows == Some(last_seq);
    if new.first().is_some_and(|first| first.seq != last_seq + 1 && !follows) {
        return Err(PushError::Gap(last_seq));
    }
    let mut batch = Batch::of(new, now);
    if is_unstorable {
        batch.refuse_all(Rejection::NotUnderstood);
    }
    let done = batch.run(tx, &who.scope).await?;
    pushed.changed = db::save(tx, &who.scope, done.changes).await?;
    pushed.last_seq = last.seq;
    pushed.photos_removed = done.photos_removed;

    let entries: Vec<_> = new
        .iter()
        .zip(&done.refused)
        .map(|(mutation, refused)| mutation_log::Entry {
            logged: mutation_log::Logged { seq: mutation.seq, id: mutation.id, refused: refused.clone() },
            name: &mutation.name,
            made_at: made_at(mutation, now),
        })
        .collect();
    mutation_log::append(tx, employee, who.device_id, &entries, now).await?;
    let heard = device::Heard { last_seq: last.seq, pending: begun.pending, is_last: false };
    device::advance(tx, employee, who.device_id, heard, now).await?;
    audit::append(tx, who.scope.organisation(), &done.audited).await?;
    let results = entries
        .into_iter()
        .map(|entry| MutationResult { seq: entry.logged.seq, refused: entry.logged.refused });
    pushed.results.extend(results);
    Ok(pushed)
}

/// The stored results of mutations pushed before. Another mutation under a used number is no repetition: a device that
/// has lost its count must not take an old answer for a new one.
async fn answered(
    tx: &mut db::Connection,
    who: &Caller,
    known: &[PushedMutation],
    last_seq: u64,
) -> Result<Vec<MutationResult>, PushError> {
    let seqs: Vec<u64> = known.iter().map(|mutation| mutation.seq).collect();
    let employee = who.scope.actor().employee_id;
    let logged = mutation_log::stored(tx, employee, who.device_id, &seqs).await?;
    let logged: HashMap<u64, _> = logged.into_iter().map(|logged| (logged.seq, logged)).collect();
    known
        .iter()
        .map(|mutation| match logged.get(&mutation.seq) {
            Some(found) if found.id == mutation.id => {
                Ok(MutationResult { seq: mutation.seq, refused: found.refused.clone() })
            }
            _ => Err(PushError::Gap(last_seq)),
        })
        .collect()
}

/// When the person did it: never in our future, never before anybody could have.
fn made_at(mutation: &PushedMutation, now: Timestamp) -> Timestamp {
    mutation.made_at.clamp(MADE_AT_MIN, now)
}

/// After the commit, in the background: bytes without a row are seen by nobody.
fn forget_photos(services: &Services, removed: Vec<PhotoId>) {
    if removed.is_empty() {
        return;
    }
    let photos = services.photos.clone();
    tokio::spawn(async move {
        for id in removed {
            if let Err(error) = photos.delete(id).await {
                tracing::warn!("a removed photo's bytes stay: {error}");
            }
        }
    });
}

/// Arguments without NUL, which PostgreSQL's text cannot hold and nobody types; the rules leave it out as well.
fn without_nul(args: &serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match args {
        Value::String(text) => Value::String(text.replace('\0', "")),
        Value::Array(items) => items.iter().map(without_nul).collect(),
        Value::Object(fields) => {
            fields.iter().map(|(key, value)| (key.replace('\0', ""), without_nul(value))).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => args.clone(),
    }
}

/// Reads one mutation; what cannot be read or stored is refused, alone.
pub fn decode(mutation: &PushedMutation) -> Result<Mutation, Rejection> {
    let bytes = mutation.args.to_string().len();
    if bytes > limits::MUTATION_BYTES_MAX {
        let max = u32::try_from(limits::MUTATION_BYTES_MAX).unwrap_or(u32::MAX);
        return Err(Rejection::TooLong { field: "args".to_owned(), max });
    }
    Mutation::decode(&mutation.name, &without_nul(&mutation.args))
}
