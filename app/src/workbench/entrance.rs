//! How a person comes in: online the first time, with the password alone afterwards; and how the door is shut again.

use super::sync::{self, Wake};
use super::{Inner, Link, Workbench, session};
use crate::browser::channel::{Channel, Notice};
use crate::browser::crypto::CryptoError;
use crate::browser::indexed_db::{IndexedDbStore, OpenError};
use crate::browser::keyring::{Keyring, KeyringError, LeaseState, Opened, Person};
use crate::browser::network::{self, NetworkError};
use crate::browser::{clock, entry, locks, screen, storage, timing};
use crate::i18n::{fill, t};
use crate::words::{door as words, frame};
use domain::ids::DeviceId;
use domain::wire::{Session, SignIn};
use leptos::prelude::*;
use leptos::task::spawn_local;
use replica::Replica;
use replica::memory::MemoryStore;
use replica::store::{Committed, Durability, Step, Store, StoreError, Stored};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Why somebody did not come in. What they typed stays in the form; what is sealed stays sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryError {
    WrongPassword,
    /// The server's own words: wrong password with tries left, locked for a while.
    Server(String),
    NoNetwork,
    /// Too long without contact; this many edits are waiting.
    LeaseOver(u32),
    /// The server knows another password than the one the store is sealed with.
    PasswordChanged,
    Broken,
}

impl EntryError {
    pub fn words(&self) -> String {
        match self {
            Self::WrongPassword => t(words::WRONG_HERE).to_owned(),
            Self::Server(message) => message.clone(),
            Self::NoNetwork => t(words::NO_NETWORK).to_owned(),
            Self::LeaseOver(pending) => fill(words::LEASE_OVER, &[("n", pending)]),
            Self::PasswordChanged => t(words::CHANGED_ELSEWHERE).to_owned(),
            Self::Broken => t(words::STORE_BROKEN).to_owned(),
        }
    }
}

impl From<NetworkError> for EntryError {
    fn from(error: NetworkError) -> Self {
        match error {
            NetworkError::Problem(problem) => Self::Server(problem.message),
            NetworkError::Unauthorized => Self::WrongPassword,
            NetworkError::Offline | NetworkError::Gone | NetworkError::Unreadable => Self::NoNetwork,
        }
    }
}

impl From<OpenError> for EntryError {
    fn from(_: OpenError) -> Self {
        Self::Broken
    }
}

/// A person's store, or memory where the browser lets nothing be stored.
pub(crate) enum AnyStore {
    IndexedDb(IndexedDbStore),
    Memory(MemoryStore),
}

impl Store for AnyStore {
    async fn load(&self) -> Result<Stored, StoreError> {
        match self {
            Self::IndexedDb(store) => store.load().await,
            Self::Memory(store) => store.load().await,
        }
    }
    async fn commit(&self, batch: Vec<Step>, durability: Durability) -> Result<Committed, StoreError> {
        match self {
            Self::IndexedDb(store) => store.commit(batch, durability).await,
            Self::Memory(store) => store.commit(batch, durability).await,
        }
    }
    async fn blob(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        match self {
            Self::IndexedDb(store) => store.blob(name).await,
            Self::Memory(store) => store.blob(name).await,
        }
    }
}

/// The door. One for the whole app; survives locking and a change of language.
#[derive(Clone, Copy)]
pub struct Entrance {
    open: RwSignal<Option<Workbench>>,
    /// What the person has to be told once they are in.
    notice: RwSignal<Option<String>>,
}

/// Whose store it is that opens. The device's id is the one the session was opened for: it names the outbox numbers,
/// and the server takes edits under no other.
#[derive(Clone, Copy)]
enum Whose<'a> {
    Persons(&'a Person),
    /// In memory: nobody finds it again.
    Nobodys(DeviceId),
}

impl Entrance {
    pub fn new() -> Self {
        Self { open: RwSignal::new(None), notice: RwSignal::new(None) }
    }

    pub fn expect() -> Self {
        expect_context::<Self>()
    }

    /// Who is in, if anybody.
    pub fn workbench(self) -> Option<Workbench> {
        self.open.get()
    }

    pub fn notice(self) -> RwSignal<Option<String>> {
        self.notice
    }

    /// Everyone with a store on this tablet, last here first.
    pub async fn people(self) -> Vec<Person> {
        match Keyring::open().await {
            Ok(keyring) => keyring.people().await.unwrap_or_default(),
            Err(_) => Vec::new(),
        }
    }

    /// By employee number: opens the person's store if it is here, otherwise signs in at the server and makes one.
    pub async fn come_in(self, employee_no: &str, password: &str) -> Result<(), EntryError> {
        timing::mark("rounds:come-in");
        let employee_no = employee_no.trim();
        let keyring = match Keyring::open().await {
            Ok(keyring) => keyring,
            Err(KeyringError::Forbidden) => return self.in_memory(employee_no, password).await,
            Err(_) => return Err(EntryError::Broken),
        };
        match keyring.find(employee_no).await {
            Ok(Some(person)) => self.unlock(&keyring, &person, password).await,
            Ok(None) => self.first_time(&keyring, employee_no, password).await,
            Err(_) => Err(EntryError::Broken),
        }
    }

    async fn unlock(self, keyring: &Keyring, person: &Person, password: &str) -> Result<(), EntryError> {
        let opened = match keyring.unlock(person.store_id, password).await {
            Ok(opened) => opened,
            Err(KeyringError::Crypto(CryptoError::WrongPassword)) => {
                return Err(self.why_wrong(person, password).await);
            }
            Err(_) => return Err(EntryError::Broken),
        };
        timing::mark_of("rounds:derivation", opened.unlocked.derivation_ms);
        let is_lease_over = !matches!(opened.person.lease.state(clock::now()), LeaseState::Valid { .. });
        let store = match IndexedDbStore::open(person.store_id, person.device_id, opened.unlocked.key.clone())
            .await
        {
            Ok(store) => store,
            Err(OpenError::Evicted) => return self.evicted(keyring, person, password).await,
            Err(other) => return Err(other.into()),
        };
        let stored = store.load().await.map_err(|_| EntryError::Broken)?;
        let Some(known) = session_of(&stored) else { return Err(EntryError::Broken) };
        if is_lease_over {
            // Reading locks; what waits stays. One contact opens it again. How much waits is counted here: the keyring
            // may not have heard of the last edit before the tablet was shut.
            let pending = session::waiting(&Replica::open(person.device_id, known.actor, &stored));
            let request = sign_in(person.device_id, &person.employee_no, password);
            let renewed = network::sign_in(&request).await.map_err(|error| match error {
                NetworkError::Offline | NetworkError::Unreadable => EntryError::LeaseOver(pending),
                other => other.into(),
            })?;
            let _ = keyring.note_contact(person.store_id, renewed.server_time, pending).await;
            let whose = Whose::Persons(&opened.person);
            let workbench = self.show(AnyStore::IndexedDb(store), &stored, renewed, whose, Link::Online);
            spawn_local(sync::run(workbench.inner()));
            return Ok(());
        }
        let workbench = self.show(
            AnyStore::IndexedDb(store),
            &stored,
            known,
            Whose::Persons(&opened.person),
            Link::Offline,
        );
        // The book is there already; the session is renewed meanwhile, if there is a network.
        let password = password.to_owned();
        spawn_local(async move {
            match session::renew(&workbench.inner(), &password).await {
                Ok(()) | Err(NetworkError::Offline | NetworkError::Unreadable) => {}
                Err(NetworkError::Gone) => session::forget_everything(&workbench.inner()).await,
                Err(_) => workbench.link().set(Link::SignedOut),
            }
            spawn_local(sync::run(workbench.inner()));
        });
        Ok(())
    }

    /// The password does not open the store. Did it change at the server, or is it simply wrong?
    async fn why_wrong(self, person: &Person, password: &str) -> EntryError {
        match network::sign_in(&sign_in(person.device_id, &person.employee_no, password)).await {
            Ok(_) => EntryError::PasswordChanged,
            Err(NetworkError::Problem(problem)) => EntryError::Server(problem.message),
            Err(_) => EntryError::WrongPassword,
        }
    }

    /// The browser lost the store. Its key is of no use any more: begin again, and say what was known to be waiting.
    async fn evicted(self, keyring: &Keyring, person: &Person, password: &str) -> Result<(), EntryError> {
        let _ = keyring.forget(person.store_id).await;
        self.first_time(keyring, &person.employee_no, password).await?;
        self.notice.set(Some(fill(words::EVICTED, &[("n", &person.pending)])));
        Ok(())
    }

    async fn first_time(
        self,
        keyring: &Keyring,
        employee_no: &str,
        password: &str,
    ) -> Result<(), EntryError> {
        let device_id = DeviceId(clock::new_id());
        let session = network::sign_in(&sign_in(device_id, employee_no, password)).await?;
        timing::mark("rounds:signed-in");
        let actor = &session.actor;
        let admitted =
            keyring.admit(&actor.employee_no, &actor.name, device_id, session.server_time, password).await;
        let Opened { person, unlocked } = match admitted {
            Ok(opened) => opened,
            Err(KeyringError::Forbidden | KeyringError::Full) => {
                self.show_in_memory(device_id, session);
                return Ok(());
            }
            Err(_) => return Err(EntryError::Broken),
        };
        timing::mark_of("rounds:derivation", unlocked.derivation_ms);
        let store = match IndexedDbStore::create(person.store_id, device_id, unlocked.key).await {
            Ok(store) => store,
            Err(error) => {
                let _ = keyring.forget(person.store_id).await;
                return Err(error.into());
            }
        };
        let remembered = session::record(&session);
        store.commit(vec![remembered], Durability::Strict).await.map_err(|_| EntryError::Broken)?;
        spawn_local(async {
            storage::persist().await;
        });
        let workbench = self.show(
            AnyStore::IndexedDb(store),
            &Stored::default(),
            session,
            Whose::Persons(&person),
            Link::Online,
        );
        spawn_local(sync::run(workbench.inner()));
        Ok(())
    }

    /// Nothing can be stored here: the server is needed, and everything ends with the tab.
    async fn in_memory(self, employee_no: &str, password: &str) -> Result<(), EntryError> {
        let device_id = DeviceId(clock::new_id());
        let session = network::sign_in(&sign_in(device_id, employee_no, password)).await?;
        self.show_in_memory(device_id, session);
        Ok(())
    }

    fn show_in_memory(self, device_id: DeviceId, session: Session) {
        self.notice.set(Some(t(frame::MEMORY_ONLY).to_owned()));
        let workbench = self.show(
            AnyStore::Memory(MemoryStore::default()),
            &Stored::default(),
            session,
            Whose::Nobodys(device_id),
            Link::Online,
        );
        spawn_local(sync::run(workbench.inner()));
    }

    fn show(
        self,
        store: AnyStore,
        stored: &Stored,
        session: Session,
        whose: Whose<'_>,
        link: Link,
    ) -> Workbench {
        let (device_id, person) = match whose {
            Whose::Persons(person) => (person.device_id, Some(person)),
            Whose::Nobodys(device_id) => (device_id, None),
        };
        let replica = Replica::open(device_id, session.actor, stored);
        let revision = RwSignal::new(0);
        let inner = Rc::new_cyclic(|weak: &std::rc::Weak<Inner>| {
            let channel = person.map(|person| {
                let weak = weak.clone();
                Channel::open(person.store_id, move |notice| {
                    if let Some(inner) = weak.upgrade() {
                        Self::heard(&inner, notice);
                    }
                })
            });
            Inner {
                replica: RefCell::new(replica),
                records: RefCell::new(stored.records.iter().cloned().collect()),
                is_memory_only: matches!(store, AnyStore::Memory(_)),
                must_change_password: RwSignal::new(session.must_change_password),
                store,
                channel,
                revision,
                link: RwSignal::new(link),
                is_syncing: RwSignal::new(false),
                is_save_failed: RwSignal::new(false),
                organisation_name: session.organisation_name,
                org_unit_name: session.org_unit_name,
                wake: Wake::new(),
                is_closed: Cell::new(false),
                store_id: person.map(|person| person.store_id),
            }
        });
        let workbench = Workbench::new(inner);
        self.open.set(Some(workbench));
        spawn_local(async {
            clock::next_frame().await;
            timing::mark("rounds:open");
        });
        workbench
    }

    /// Another tab of the same person did something.
    fn heard(inner: &Rc<Inner>, notice: Notice) {
        match notice {
            Notice::OutboxChanged | Notice::PagesChanged => {
                let inner = inner.clone();
                spawn_local(async move {
                    if let Ok(stored) = inner.store.load().await {
                        *inner.records.borrow_mut() = stored.records.iter().cloned().collect();
                        inner.replica.borrow_mut().catch_up(&stored);
                        inner.revision.update(|revision| *revision += 1);
                        // The tab that syncs may be this one.
                        inner.wake.wake();
                    }
                });
            }
            Notice::SignedOut | Notice::Locked => Self::close(inner),
        }
    }

    /// Forgets the key and all that was read, by loading the page anew, and so goes to the door. What is stored stays
    /// sealed, what waits goes on waiting.
    pub fn lock(self) {
        let Some(workbench) = self.open.get_untracked() else { return };
        let inner = workbench.inner();
        if let Some(channel) = &inner.channel {
            channel.post(Notice::Locked);
        }
        Self::close(&inner);
    }

    fn close(inner: &Rc<Inner>) {
        inner.is_closed.set(true);
        inner.wake.wake();
        screen::reload();
    }

    /// The session ended while the store is open.
    pub async fn sign_in_again(self, password: &str) -> Result<(), EntryError> {
        let Some(workbench) = self.open.get_untracked() else { return Err(EntryError::Broken) };
        session::renew(&workbench.inner(), password).await.map_err(EntryError::from)
    }

    /// Removes a person's store and key from this tablet.
    pub async fn forget(self, person: &Person) -> Result<(), EntryError> {
        let keyring = Keyring::open().await.map_err(|_| EntryError::Broken)?;
        keyring.forget(person.store_id).await.map_err(|_| EntryError::Broken)
    }

    /// At the server, then for the key of the store here. If only the first succeeds the old password still opens the
    /// store: the person is told so.
    pub async fn change_password(self, old: &str, new: &str) -> Result<(), EntryError> {
        let Some(workbench) = self.open.get_untracked() else { return Err(EntryError::Broken) };
        session::change_password(&workbench.inner(), old, new).await
    }
}

fn sign_in(device_id: DeviceId, employee_no: &str, password: &str) -> SignIn {
    SignIn {
        employee_no: employee_no.to_owned(),
        password: password.to_owned(),
        device_id,
        device_name: entry::device_name(),
    }
}

fn session_of(stored: &Stored) -> Option<Session> {
    let (_, bytes) = stored.records.iter().find(|(name, _)| name == session::SESSION_RECORD)?;
    serde_json::from_slice(bytes).ok()
}

/// Held while this tab syncs; waits while another does.
pub(super) async fn sync_lock(inner: &Inner) -> Option<locks::Held> {
    match inner.store_id {
        Some(store_id) => Some(locks::hold(&locks::sync_lock(store_id)).await),
        None => None,
    }
}
