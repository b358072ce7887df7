//! Drives the replica: pushes what waits, pulls what is new, waits for a reason to do it again. One tab does it at a
//! time; the others hear of changes and read the store.

use super::{Inner, Link, entrance, session, uploads};
use crate::browser::connection::{Change, Changes};
use crate::browser::network::{self, NetworkError};
use crate::browser::pokes::Pokes;
use crate::browser::{clock, timing};
use domain::api::path;
use domain::wire::{Page, Push};
use futures::channel::mpsc;
use futures::future::{Either, select};
use futures::{FutureExt, StreamExt};
use leptos::prelude::*;
use replica::store::{Durability, Step, Store};
use replica::{Next, page, photos, sent};
use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;

/// A pull without a poke, in case the pokes are cut off.
const PULL_EVERY_MS: u32 = 30_000;
/// First and longest wait after a failure; doubled each time, with jitter. The longest stays below what a person waits.
const BACKOFF_MS_MIN: u32 = 500;
const BACKOFF_MS_MAX: u32 = 3_000;

/// The server's word for a batch that does not follow what it has.
pub(super) const GAP: &str = "gap";
/// The server's word for a session of another device than the one that asks.
const OTHER_DEVICE: &str = "other_device";

/// Rings the driver: an edit was saved, the network came back, a poke arrived.
pub(crate) struct Wake {
    sender: mpsc::UnboundedSender<()>,
    receiver: RefCell<Option<mpsc::UnboundedReceiver<()>>>,
}

impl Wake {
    pub fn new() -> Self {
        let (sender, receiver) = mpsc::unbounded();
        Self { sender, receiver: RefCell::new(Some(receiver)) }
    }

    pub fn wake(&self) {
        // The driver may have ended; then there is nobody to wake.
        let _ = self.sender.unbounded_send(());
    }
}

/// What one round came to.
pub(super) enum Round {
    /// Something was done; look again at once.
    Again,
    /// Nothing to do until woken.
    Quiet,
    /// The server did not answer.
    Failed,
    /// The session it was asked with is over.
    Unauthorized,
    Stop,
}

/// Runs until the workbench is closed.
pub(crate) async fn run(inner: Rc<Inner>) {
    let Some(mut woken) = inner.wake.receiver.borrow_mut().take() else { return };
    // Held by one tab; the others wait here and sync when it goes.
    let lock = entrance::sync_lock(&inner).await;
    let woken_by = |inner: &Rc<Inner>| {
        let inner = Rc::downgrade(inner);
        move || {
            if let Some(inner) = inner.upgrade() {
                inner.wake.wake();
            }
        }
    };
    let changes = Changes::listen({
        let (wake, link) = (woken_by(&inner), inner.link);
        move |change| match change {
            Change::Online | Change::Visible => wake(),
            // Said at once, not at the next pull; that there is a network again says nothing of the server.
            Change::Offline if link.try_get_untracked() == Some(Link::Online) => link.set(Link::Offline),
            Change::Offline | Change::Hidden => {}
        }
    });
    let mut pokes: Option<Pokes> = None;
    let mut is_pull_wanted = true;
    let mut failures = 0;
    let mut was_unauthorized = false;
    while !inner.is_closed.get() {
        let done = round(&inner, is_pull_wanted).await;
        // Another tab that signs in ends the session before its cookie is here: asked once more before the person is.
        let is_over = was_unauthorized && matches!(done, Round::Unauthorized);
        was_unauthorized = matches!(done, Round::Unauthorized);
        let wait_ms = match done {
            Round::Again => {
                is_pull_wanted = false;
                failures = 0;
                continue;
            }
            Round::Quiet => {
                failures = 0;
                // Asked for only once the server has answered, so that a day offline costs no attempts.
                if inner.link.get_untracked() == Link::Online && pokes.is_none() {
                    let wake = woken_by(&inner);
                    pokes = Some(Pokes::listen(path::SYNC_POKES, move || {
                        timing::mark("rounds:poke");
                        wake();
                    }));
                }
                PULL_EVERY_MS
            }
            Round::Failed => {
                failures += 1;
                pokes = None;
                clock::backoff_ms(failures, BACKOFF_MS_MIN, BACKOFF_MS_MAX)
            }
            Round::Unauthorized => {
                // They ended with the session.
                pokes = None;
                if is_over {
                    inner.link.set(Link::SignedOut);
                    PULL_EVERY_MS
                } else {
                    clock::backoff_ms(1, BACKOFF_MS_MIN, BACKOFF_MS_MAX)
                }
            }
            Round::Stop => break,
        };
        inner.is_syncing.set(false);
        wait(&mut woken, wait_ms).await;
        is_pull_wanted = true;
    }
    drop((pokes, changes, lock));
}

/// Until woken, or `ms` have passed. Further wakes that came meanwhile are one.
async fn wait(woken: &mut mpsc::UnboundedReceiver<()>, ms: u32) {
    let timer = pin!(clock::sleep_ms(ms));
    match select(woken.next(), timer).await {
        Either::Left(_) | Either::Right(_) => {}
    }
    while let Some(Some(())) = woken.next().now_or_never() {}
}

async fn round(inner: &Rc<Inner>, is_pull_wanted: bool) -> Round {
    if matches!(inner.link.get_untracked(), Link::SignedOut | Link::Revoked) {
        return Round::Quiet;
    }
    let next = inner.replica.borrow().next(is_pull_wanted);
    let done = match next {
        Next::Push(_) => push(inner).await,
        Next::Pull(pull) => pull_page(inner, &pull).await,
        Next::Resend => return resend(inner).await,
        Next::Idle => uploads::at_rest(inner).await,
    };
    match done {
        Ok(round) => {
            inner.link.set(Link::Online);
            round
        }
        Err(error) => failed(inner, &error).await,
    }
}

async fn failed(inner: &Rc<Inner>, error: &NetworkError) -> Round {
    match error {
        NetworkError::Unauthorized => Round::Unauthorized,
        // Somebody else has signed in from this browser since: the session is theirs.
        NetworkError::Problem(problem) if problem.code == OTHER_DEVICE => {
            inner.link.set(Link::SignedOut);
            Round::Quiet
        }
        NetworkError::Gone(gone) => {
            if session::revoked(inner, *gone).await {
                Round::Stop
            } else {
                Round::Failed
            }
        }
        _ => {
            inner.link.set(Link::Offline);
            Round::Failed
        }
    }
}

/// The server was restored from a backup: what it lost of our edits waits again.
async fn resend(inner: &Rc<Inner>) -> Round {
    let (from, to) = sent::NAMES;
    let Ok(sent) = inner.store.blobs(from, to).await else { return Round::Failed };
    let mut steps = inner.replica.borrow_mut().resend(&sent);
    let is_any_lost = steps.iter().any(|step| matches!(step, Step::PutOutbox(..)));
    let now = inner.replica.borrow().server_time();
    steps.extend(photos::again(now, inner.records.borrow().keys()));
    let durability = if is_any_lost { Durability::Strict } else { Durability::Relaxed };
    if inner.commit(steps.clone(), durability).await.is_err() {
        return Round::Failed;
    }
    inner.replica.borrow_mut().resent(&steps);
    session::remember_work(inner);
    inner.changed();
    Round::Again
}

async fn push(inner: &Rc<Inner>) -> Result<Round, NetworkError> {
    let Some(request) = session::push_request(inner) else { return Ok(Round::Quiet) };
    inner.is_syncing.set(true);
    let answer = match network::push(&request).await {
        Err(NetworkError::Problem(problem)) if problem.code == GAP => {
            // Another tab saved an edit and ended before it could tell this one; or the server was restored and has less
            // than was thought, which its next page tells.
            inner.catch_up().await;
            inner.replica.borrow_mut().gap_seen();
            let first = inner.replica.borrow().push_request().and_then(|push| first_seq(&push));
            return Ok(if first == first_seq(&request) { Round::Failed } else { Round::Again });
        }
        answer => answer?,
    };
    let steps = inner.replica.borrow_mut().take_answer(&answer);
    // Refusals change what is on disk. If that fails, the next page's batch brings them again: nothing is lost.
    if !steps.is_empty() && inner.commit(steps, Durability::Strict).await.is_ok() {
        inner.replica.borrow_mut().answer_stored();
    }
    session::remember_contact(inner);
    inner.changed();
    Ok(Round::Again)
}

fn first_seq(push: &Push) -> Option<u64> {
    push.mutations.first().map(|mutation| mutation.seq)
}

async fn pull_page(inner: &Rc<Inner>, pull: &domain::wire::Pull) -> Result<Round, NetworkError> {
    if inner.replica.borrow().is_first_sync() {
        inner.is_syncing.set(true);
    }
    let mut pull = pull.clone();
    pull.pending = session::waiting(&inner.replica.borrow(), &inner.records.borrow());
    let pulled = network::pull(&pull).await?;
    let page: Page = if pulled.is_compact {
        page::decode_body(&pulled.bytes).map_err(|_| NetworkError::Unreadable)?
    } else {
        serde_json::from_slice(&pulled.bytes).map_err(|_| NetworkError::Unreadable)?
    };
    let more = page.more;
    timing::mark("rounds:page-received");
    let steps = inner.replica.borrow_mut().take_page(page);
    if steps.is_empty() {
        // It was asked for on the way: there may be edits to send.
        let is_at_rest = inner.replica.borrow().next(false) == Next::Idle;
        return if more || !is_at_rest { Ok(Round::Again) } else { uploads::at_rest(inner).await };
    }
    inner.is_syncing.set(true);
    match inner.commit(steps, Durability::Relaxed).await {
        Ok(committed) => {
            inner.replica.borrow_mut().page_stored(&committed);
            timing::mark(if more { "rounds:page-stored" } else { "rounds:last-page-stored" });
        }
        Err(_) => inner.replica.borrow_mut().store_fell_behind(),
    }
    session::remember_contact(inner);
    inner.changed();
    Ok(Round::Again)
}
