//! The session with the server while the store is open: renewing it, remembering contact, being revoked.

use super::entry_error::EntryError;
use super::sync::GAP;
use super::{Inner, Link, uploads};
use crate::browser::channel::Notice;
use crate::browser::keyring::Keyring;
use crate::browser::network::{self, Gone, NetworkError, Verb};
use crate::browser::{entry, shell};
use domain::api::{ChangePassword, Secret, path};
use domain::ids::DeviceId;
use domain::mutation::MUTATION_SCHEMA;
use domain::wire::{Push, Session, SignIn, SignedIn};
use leptos::prelude::*;
use leptos::task::spawn_local;
use replica::Replica;
use replica::photos;
use replica::store::{Durability, Step};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The sealed record that lets the tablet be opened without network.
pub(super) const SESSION_RECORD: &str = "session";

pub(super) fn sign_in(device_id: DeviceId, employee_no: &str, password: &str) -> SignIn {
    SignIn {
        employee_no: employee_no.to_owned(),
        password: password.to_owned(),
        device_id,
        device_name: entry::device_name(),
        app_version: shell::version(),
    }
}

/// The step that remembers a session.
pub(super) fn record(session: &Session) -> Step {
    Step::PutRecord(SESSION_RECORD.to_owned(), serde_json::to_vec(session).ok())
}

/// Signs in at the server for a store that is already open. Answers what is a second way into it.
pub(super) async fn renew(inner: &Rc<Inner>, password: &str) -> Result<Secret, NetworkError> {
    let request = {
        let replica = inner.replica.borrow();
        sign_in(replica.device_id(), &replica.actor().employee_no, password)
    };
    let SignedIn { session, recovery_key, .. } = network::sign_in(&request).await?;
    // If it cannot be remembered the former one still opens the store.
    let _ = inner.commit(vec![record(&session)], Durability::Relaxed).await;
    inner.must_change_password.set(session.must_change_password);
    inner.link.set(Link::Online);
    inner.wake.wake();
    tell_others(inner);
    Ok(recovery_key)
}

/// A session has begun: all tabs of the browser have it.
pub(super) fn tell_others(inner: &Inner) {
    if let Some(channel) = &inner.channel {
        channel.post(Notice::SignedIn);
    }
}

/// Another tab signed in, which ended the session before: what this one sent with that is refused, and it goes on.
pub(super) fn opened_elsewhere(inner: &Inner) {
    if inner.link.get_untracked() == Link::SignedOut {
        inner.link.set(Link::Offline);
        inner.wake.wake();
    }
}

/// What has not reached the server: edits, and photos whose edit has. The keyring keeps it, and the device reports it, so
/// that a cleared one is noticed.
pub(super) fn waiting(replica: &Replica, records: &BTreeMap<String, Vec<u8>>) -> u32 {
    u32::try_from(replica.waiting_count() + replica.uploads(records).len()).unwrap_or(u32::MAX)
}

/// The next batch. What stays on the device counts photos whose edits are in it: a device that was revoked gives them
/// after it.
pub(super) fn push_request(inner: &Inner) -> Option<Push> {
    let mut request = inner.replica.borrow().push_request()?;
    let photos = photos::uploads(inner.records.borrow().iter()).count();
    request.pending_after = request.pending_after.saturating_add(u32::try_from(photos).unwrap_or(u32::MAX));
    Some(request)
}

/// Tells the keyring what the door shows before anything is opened, and how long the lease runs.
pub(super) fn remember_contact(inner: &Inner) {
    let Some(store_id) = inner.store_id else { return };
    let (server_time, pending) = {
        let replica = inner.replica.borrow();
        (replica.server_time(), waiting(&replica, &inner.records.borrow()))
    };
    spawn_local(async move {
        if let Ok(keyring) = Keyring::open().await {
            let _ = keyring.note_contact(store_id, server_time, pending).await;
        }
    });
}

/// As [`remember_contact`], while there is none.
pub(super) fn remember_work(inner: &Inner) {
    let Some(store_id) = inner.store_id else { return };
    let pending = waiting(&inner.replica.borrow(), &inner.records.borrow());
    spawn_local(async move {
        if let Ok(keyring) = Keyring::open().await {
            let _ = keyring.note_work(store_id, pending).await;
        }
    });
}

/// A device was revoked. If it is this one, what it holds unsent is sent first where whoever revoked it wants that; then
/// keys and sealed data go, and the person is told. Answers whether it is done: what may pass (no network, a busy server,
/// a session that is over) waits for the next contact.
pub(super) async fn revoked(inner: &Rc<Inner>, gone: Gone) -> bool {
    if gone.device_id != inner.replica.borrow().device_id() {
        inner.link.set(Link::SignedOut);
        return false;
    }
    if gone.push_first {
        let given = give_all(inner).await;
        let link = match given {
            Ok(()) => None,
            // Nobody takes it any more, or can.
            Err(NetworkError::Gone(_)) => None,
            Err(NetworkError::Problem(problem)) if problem.code == GAP => None,
            Err(NetworkError::Unauthorized) => Some(Link::SignedOut),
            Err(NetworkError::Offline | NetworkError::Unreadable | NetworkError::Problem(_)) => {
                Some(Link::Offline)
            }
        };
        if let Some(link) = link {
            inner.is_given.set(false);
            inner.link.set(link);
            return false;
        }
    }
    inner.is_closed.set(true);
    if let Some(store_id) = inner.store_id
        && let Ok(keyring) = Keyring::open().await
    {
        let _ = keyring.forget(store_id).await;
    }
    inner.link.set(Link::Revoked);
    true
}

/// Edits, then photos, until neither is left, also of what is saved meanwhile; then the word that this was all: nothing
/// more is taken from this device.
async fn give_all(inner: &Rc<Inner>) -> Result<(), NetworkError> {
    loop {
        // Another tab may have saved what this one has not heard of.
        inner.catch_up().await;
        push_all(inner).await?;
        uploads::offer_all(inner).await?;
        inner.is_given.set(true);
        // What was begun before that is on disk then.
        inner.settled().await;
        inner.catch_up().await;
        if push_request(inner).is_none() {
            break;
        }
        inner.is_given.set(false);
    }
    let device_id = inner.replica.borrow().device_id();
    let all =
        Push { device_id, schema: MUTATION_SCHEMA, mutations: Vec::new(), pending_after: 0, follows: None };
    network::push(&all).await.map(drop)
}

/// Until nothing is left, or the server takes no more.
async fn push_all(inner: &Rc<Inner>) -> Result<(), NetworkError> {
    loop {
        let Some(request) = push_request(inner) else { return Ok(()) };
        let answer = network::push(&request).await?;
        if answer.results.is_empty() {
            return Ok(());
        }
        inner.replica.borrow_mut().take_answer(&answer);
    }
}

pub(super) async fn change_password(inner: &Rc<Inner>, old: &str, new: &str) -> Result<(), EntryError> {
    let request = ChangePassword { current: Secret(old.to_owned()), new: Secret(new.to_owned()) };
    network::send::<()>(Verb::Post, path::SESSION_PASSWORD, &request).await?;
    if let Some(store_id) = inner.store_id {
        let keyring = Keyring::open().await.map_err(|_| EntryError::PasswordChanged)?;
        keyring.change_password(store_id, old, new).await.map_err(|_| EntryError::PasswordChanged)?;
    }
    inner.must_change_password.set(false);
    Ok(())
}
