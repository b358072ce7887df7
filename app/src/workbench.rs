//! What is open while somebody is signed in: their replica, its store, and how things stand with the network.
//!
//! Pages read the replica through [`Workbench::read`], which follows every change, and change it through
//! [`Workbench::save`], which answers when the edit is on disk. They never see storage, network or the outbox's work.

mod any_store;
mod cover;
mod entrance;
mod entry_error;
mod session;
mod sync;
mod uploads;

pub use cover::PinAnswer;
pub use entrance::Entrance;
pub use entry_error::EntryError;

use crate::browser::channel::{Channel, Notice};
use crate::browser::{clock, timing};
use crate::i18n::t;
use crate::words;
use domain::customer::Customer;
use domain::ids::{CustomerId, MutationId, PhotoId};
use domain::mutation::Mutation;
use domain::rejection::Rejection;
use domain::time::{Date, Timestamp};
use leptos::prelude::*;
use replica::Replica;
use replica::photos;
use replica::store::{Committed, Durability, Step, Store, StoreError};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use uuid::Uuid;

/// Whether the server answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    Offline,
    Online,
    /// The server asks for the password again; what is pending stays pending.
    SignedOut,
    /// This device was revoked; nothing is left on it.
    Revoked,
}

/// Why an edit was not saved. The form keeps what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveError {
    Refused(Rejection),
    Store(StoreError),
}

impl SaveError {
    /// What happened, what was kept, what to do.
    pub fn words(&self) -> String {
        match self {
            Self::Refused(rejection) => words::rejection(rejection),
            Self::Store(StoreError::Full) => t(words::NOT_SAVED_FULL).to_owned(),
            Self::Store(_) => t(words::NOT_SAVED_BROKEN).to_owned(),
        }
    }
}

pub(crate) struct Inner {
    pub replica: RefCell<Replica>,
    pub store: any_store::AnyStore,
    /// Between the tabs of this store; none in memory.
    pub channel: Option<Channel>,
    /// Raised whenever the view changed.
    pub revision: RwSignal<u64>,
    pub link: RwSignal<Link>,
    pub is_syncing: RwSignal<bool>,
    pub is_save_failed: RwSignal<bool>,
    /// Nothing is shown until the PIN is given.
    pub is_covered: RwSignal<bool>,
    pub is_memory_only: bool,
    /// The password was given by somebody else.
    pub must_change_password: RwSignal<bool>,
    pub organisation_name: String,
    pub org_unit_name: String,
    pub wake: sync::Wake,
    pub is_closed: Cell<bool>,
    /// All was given to the server, upon which all is forgotten: whatever was saved now would be as well.
    pub is_given: Cell<bool>,
    /// Small records by name, as the store holds them: drafts, the session, photos still to be uploaded.
    pub records: RefCell<BTreeMap<String, Vec<u8>>>,
    /// How often this tab has written some: what was read before such a write is not taken for what there is.
    pub record_writes: Cell<u64>,
    /// What the keyring knows this person's store by; none in memory.
    pub store_id: Option<Uuid>,
}

/// A handle every component may copy.
#[derive(Clone, Copy)]
pub struct Workbench(StoredValue<Rc<Inner>, LocalStorage>);

impl Workbench {
    pub(crate) fn new(inner: Rc<Inner>) -> Self {
        Self(StoredValue::new_local(inner))
    }

    pub(crate) fn inner(self) -> Rc<Inner> {
        self.0.get_value()
    }

    /// The open workbench; every component below the frame has one.
    pub fn expect() -> Self {
        expect_context::<Self>()
    }

    /// Whether it is still there: work that goes on behind a page may outlive it.
    pub fn is_open(self) -> bool {
        self.0.try_get_value().is_some()
    }

    /// Reads the view, and reads again whenever it changes.
    pub fn read<R>(self, read: impl FnOnce(&Replica) -> R) -> R {
        let inner = self.inner();
        inner.revision.track();
        let replica = inner.replica.borrow();
        read(&replica)
    }

    /// Reads the view once.
    pub fn peek<R>(self, read: impl FnOnce(&Replica) -> R) -> R {
        let inner = self.inner();
        let replica = inner.replica.borrow();
        read(&replica)
    }

    pub fn customer(self, id: CustomerId) -> Option<Customer> {
        self.read(|replica| replica.get::<Customer>(id).cloned())
    }

    pub fn organisation_name(self) -> String {
        self.inner().organisation_name.clone()
    }

    pub fn org_unit_name(self) -> String {
        self.inner().org_unit_name.clone()
    }

    pub fn link(self) -> RwSignal<Link> {
        self.inner().link
    }

    pub fn is_online(self) -> bool {
        self.link().get() == Link::Online
    }

    /// Whether another password comes before anything else; changing it needs the server.
    pub fn must_change_password(self) -> bool {
        self.inner().must_change_password.get() && self.is_online()
    }

    pub fn is_syncing(self) -> RwSignal<bool> {
        self.inner().is_syncing
    }

    pub fn is_save_failed(self) -> RwSignal<bool> {
        self.inner().is_save_failed
    }

    pub fn is_memory_only(self) -> bool {
        self.inner().is_memory_only
    }

    pub fn now(self) -> Timestamp {
        clock::now()
    }

    pub fn today(self) -> Date {
        clock::now().date()
    }

    /// A fresh id for a new row.
    pub fn new_id<T: From<Uuid>>(self) -> T {
        T::from(clock::new_id())
    }

    /// Runs the rules, writes the edit to the disk, then shows it. `Ok` means saved: it survives a crash.
    pub async fn save(self, mutation: impl Into<Mutation>) -> Result<(), SaveError> {
        self.save_with(mutation, Vec::new()).await
    }

    /// As [`Workbench::save`], with further steps in the same transaction: a draft to forget, a photo's bytes.
    pub async fn save_with(self, mutation: impl Into<Mutation>, steps: Vec<Step>) -> Result<(), SaveError> {
        self.save_all(vec![mutation.into()], steps).await
    }

    /// As [`Workbench::save_with`] for edits that belong together: all are saved or none. Each is checked against what
    /// is shown now, without those before it.
    pub async fn save_all(self, mutations: Vec<Mutation>, steps: Vec<Step>) -> Result<(), SaveError> {
        let inner = self.inner();
        if inner.is_given.get() {
            return Err(SaveError::Store(StoreError::Gone));
        }
        let prepare =
            |mutation| inner.replica.borrow().prepare(mutation, MutationId(clock::new_id()), clock::now());
        let edits: Result<Vec<_>, _> = mutations.into_iter().map(prepare).collect();
        let edits = edits.map_err(SaveError::Refused)?;
        let mut batch: Vec<Step> = edits.iter().map(replica::replica::Edit::step).collect();
        batch.extend(steps);
        let committed = timing::measured_async("rounds:save", inner.commit(batch, Durability::Strict))
            .await
            .map_err(SaveError::Store)?;
        if committed.outbox.len() != edits.len() {
            return Err(SaveError::Store(StoreError::Failed));
        }
        for (edit, seq) in edits.into_iter().zip(committed.outbox) {
            inner.replica.borrow_mut().stored(edit, seq);
        }
        inner.changed();
        session::remember_work(&inner);
        inner.wake.wake();
        Ok(())
    }

    /// Writes or forgets a draft. Sealed like everything else.
    pub async fn put_draft(self, name: &str, content: Option<Vec<u8>>) -> Result<(), SaveError> {
        let step = Step::PutRecord(draft_key(name), content);
        self.inner().commit(vec![step], Durability::Relaxed).await.map(|_| ()).map_err(SaveError::Store)
    }

    /// Once every draft is written whose writing was begun before.
    pub async fn settled(self) {
        self.inner().settled().await;
    }

    pub fn draft(self, name: &str) -> Option<Vec<u8>> {
        self.inner().records.borrow().get(&draft_key(name)).cloned()
    }

    /// What is kept under names that begin so.
    pub fn drafts(self, names: &str) -> Vec<Vec<u8>> {
        let from = draft_key(names);
        let inner = self.inner();
        let records = inner.records.borrow();
        let named = records.range(from.clone()..).take_while(|(name, _)| name.starts_with(&from));
        named.map(|(_, content)| content.clone()).collect()
    }

    /// A photo's bytes, if this device holds them.
    pub async fn photo(self, id: PhotoId) -> Option<Vec<u8>> {
        self.inner().store.blob(&photos::blob_name(id)).await.ok().flatten()
    }

    /// The step that keeps a draft together with an edit.
    pub fn keep_draft(self, name: &str, content: Vec<u8>) -> Step {
        Step::PutRecord(draft_key(name), Some(content))
    }

    /// The step that forgets a draft together with the edit it became.
    pub fn forget_draft(self, name: &str) -> Step {
        Step::PutRecord(draft_key(name), None)
    }

    /// Lets a refused edit go.
    pub async fn discard(self, seq: u64) -> Result<(), SaveError> {
        let inner = self.inner();
        let steps = inner.replica.borrow_mut().discard(seq);
        inner.commit(steps, Durability::Strict).await.map_err(SaveError::Store)?;
        inner.changed();
        Ok(())
    }

    /// Syncs now, if the network lets us.
    pub fn sync_now(self) {
        self.inner().wake.wake();
    }
}

fn draft_key(name: &str) -> String {
    format!("draft/{name}")
}

impl Inner {
    /// Writes a batch and keeps the records in memory in step with it. What could not be saved is said in the pill until
    /// something could.
    pub(crate) async fn commit(
        &self,
        batch: Vec<Step>,
        durability: Durability,
    ) -> Result<Committed, StoreError> {
        let records: Vec<(String, Option<Vec<u8>>)> = batch
            .iter()
            .filter_map(|step| match step {
                Step::PutRecord(name, content) => Some((name.clone(), content.clone())),
                _ => None,
            })
            .collect();
        let committed = self.store.commit(batch, durability).await;
        self.is_save_failed.set(committed.is_err());
        if committed.is_ok() {
            if !records.is_empty() {
                self.record_writes.update(|writes| writes + 1);
            }
            let mut known = self.records.borrow_mut();
            for (name, content) in records {
                match content {
                    Some(content) => known.insert(name, content),
                    None => known.remove(&name),
                };
            }
        }
        committed
    }

    /// Once all is written that was begun before.
    pub(crate) async fn settled(&self) {
        let _ = self.store.commit(Vec::new(), Durability::Relaxed).await;
    }

    /// Takes in what another tab wrote.
    pub(crate) async fn catch_up(&self) {
        loop {
            let writes = self.record_writes.get();
            // A store that cannot be read now is read at the next word of it.
            let Ok(stored) = self.store.load().await else { return };
            self.replica.borrow_mut().catch_up(&stored);
            if self.record_writes.get() == writes {
                *self.records.borrow_mut() = stored.records.into_iter().collect();
                break;
            }
        }
        self.revision.update(|revision| *revision += 1);
    }

    /// Shows the view anew, here and in other tabs.
    pub(crate) fn changed(&self) {
        self.revision.update(|revision| *revision += 1);
        if let Some(channel) = &self.channel {
            channel.post(Notice::PagesChanged);
        }
    }
}
