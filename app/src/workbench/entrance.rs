//! How a person comes in: online the first time, with the password alone afterwards; and how the door is shut again.

use super::any_store::AnyStore;
use super::entry_error::EntryError;
use super::session::sign_in;
use super::sync::{self, Wake};
use super::{Inner, Link, Workbench, session};
use crate::browser::channel::{Channel, Notice};
use crate::browser::crypto::{CryptoError, RecoveryKey};
use crate::browser::indexed_db::{IndexedDbStore, OpenError};
use crate::browser::keyring::{Keyring, KeyringError, LeaseState, Opened, Person};
use crate::browser::network::{self, Gone, NetworkError};
use crate::browser::{clock, locks, screen, storage, timing};
use crate::i18n::{fill, t};
use crate::words::{door as words, frame};
use domain::ids::DeviceId;
use domain::wire::{Session, SignedIn};
use leptos::prelude::*;
use leptos::task::spawn_local;
use replica::Replica;
use replica::memory::MemoryStore;
use replica::store::{Durability, Store, Stored};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

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
                return self.come_in_anew(keyring, person, password).await;
            }
            Err(KeyringError::Full) => return Err(EntryError::Full),
            Err(_) => return Err(EntryError::Broken),
        };
        timing::mark_of("rounds:derivation", opened.unlocked.derivation_ms);
        let is_lease_over = !matches!(opened.person.lease.state(clock::now()), LeaseState::Valid { .. });
        let (store, stored) = match read(&opened).await {
            Ok(read) => read,
            Err(OpenError::Evicted) => return self.evicted(keyring, person, password).await,
            Err(other) => return Err(other.into()),
        };
        let Some(known) = session_of(&stored) else {
            if !stored.is_empty() {
                return Err(EntryError::Broken);
            }
            // The making of it was cut short.
            drop(store);
            return self.evicted(keyring, person, password).await;
        };
        let whose = Whose::Persons(&opened.person);
        if is_lease_over {
            // Reading locks; what waits stays. One contact opens it again. How much waits is counted here: the keyring
            // may not have heard of the last edit before the tablet was shut.
            let replica = Replica::open(person.device_id, known.actor.clone(), &stored);
            let pending = session::waiting(&replica, &stored.records.iter().cloned().collect());
            let renewed =
                match network::sign_in(&sign_in(person.device_id, &person.employee_no, password)).await {
                    Ok(renewed) => renewed.session,
                    Err(NetworkError::Offline | NetworkError::Unreadable) => {
                        return Err(EntryError::LeaseOver(pending));
                    }
                    Err(NetworkError::Gone(gone)) => {
                        // Nothing is shown: it is over whether what waits can be given now or not.
                        let inner = Self::hold(store.into(), &stored, known, whose, Link::Offline);
                        return Err(match session::revoked(&inner, gone).await {
                            true => EntryError::Revoked,
                            false => EntryError::LeaseOver(pending),
                        });
                    }
                    Err(other) => return Err(other.into()),
                };
            let _ = keyring.note_contact(person.store_id, renewed.server_time, pending).await;
            let workbench = self.show(store, &stored, renewed, whose, Link::Online);
            spawn_local(sync::run(workbench.inner()));
            return Ok(());
        }
        let workbench = self.show(store, &stored, known, whose, Link::Offline);
        // The book is there already; the session is renewed meanwhile, if there is a network.
        let (person, password) = (opened.person, password.to_owned());
        spawn_local(async move {
            match session::renew(&workbench.inner(), &password).await {
                Ok(recovery_key) if !person.has_recovery() => {
                    // Where it fails the next sign-in tries again.
                    if let (Ok(keyring), Ok(key)) =
                        (Keyring::open().await, RecoveryKey::read(&recovery_key.0))
                    {
                        let _ = keyring.add_recovery(&person, &key, &password).await;
                    }
                }
                Err(NetworkError::Gone(gone)) => {
                    session::revoked(&workbench.inner(), gone).await;
                }
                // Where the server does not take the password, the session there was tells why: it is over, or the
                // person has left and all is to be forgotten. What may pass asks nobody for a password.
                Ok(_) | Err(_) => {}
            }
            spawn_local(sync::run(workbench.inner()));
        });
        Ok(())
    }

    /// The password does not open the store. If the server takes it, it is newer than the store's: forgotten and given
    /// anew by the administrator, or changed on another device. The server's key for this device then opens the store,
    /// with all that waits in it. Otherwise it is simply wrong.
    async fn come_in_anew(
        self,
        keyring: &Keyring,
        person: &Person,
        password: &str,
    ) -> Result<(), EntryError> {
        let SignedIn { session, recovery_key, .. } =
            match network::sign_in(&sign_in(person.device_id, &person.employee_no, password)).await {
                Ok(signed_in) => signed_in,
                Err(NetworkError::Problem(problem)) => return Err(EntryError::Server(problem.message)),
                // What waits is wanted, and only the old password opens it.
                Err(NetworkError::Gone(Gone { push_first: true, .. })) => {
                    return Err(EntryError::PasswordChanged);
                }
                Err(NetworkError::Gone(Gone { push_first: false, .. })) => {
                    let _ = keyring.forget(person.store_id).await;
                    return Err(EntryError::Revoked);
                }
                Err(_) => return Err(EntryError::WrongPassword),
            };
        let recovery_key = RecoveryKey::read(&recovery_key.0).map_err(|_| EntryError::PasswordChanged)?;
        let opened = keyring
            .recover(person, &recovery_key, password)
            .await
            .map_err(|_| EntryError::PasswordChanged)?;
        let (store, stored) = match read(&opened).await {
            Ok(read) => read,
            Err(OpenError::Evicted) => return self.evicted(keyring, person, password).await,
            Err(other) => return Err(other.into()),
        };
        let workbench = self.show(store, &stored, session, Whose::Persons(&opened.person), Link::Online);
        spawn_local(sync::run(workbench.inner()));
        Ok(())
    }

    /// The browser lost the store. Its key is of no use any more: begin again, and say what was known to be waiting.
    async fn evicted(self, keyring: &Keyring, person: &Person, password: &str) -> Result<(), EntryError> {
        // First, for where there is no network the entry is all that tells how much there was.
        self.first_time(keyring, &person.employee_no, password).await?;
        let _ = keyring.forget(person.store_id).await;
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
        let SignedIn { session, recovery_key, left_behind } =
            network::sign_in(&sign_in(device_id, employee_no, password)).await?;
        timing::mark("rounds:signed-in");
        let recovery_key = RecoveryKey::read(&recovery_key.0).map_err(|_| EntryError::Broken)?;
        let admitted = keyring.admit(device_id, &session, password, &recovery_key).await;
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
        if let Err(error) = store.commit(vec![remembered], Durability::Strict).await {
            // Half of it would open nothing, and stand in the way of another try.
            let _ = keyring.forget(person.store_id).await;
            return Err(OpenError::Store(error).into());
        }
        spawn_local(async {
            storage::persist().await;
        });
        if !left_behind.is_empty() {
            self.notice.set(Some(words::left_behind(&left_behind, clock::now().date())));
        }
        let workbench = self.show(store, &Stored::default(), session, Whose::Persons(&person), Link::Online);
        spawn_local(sync::run(workbench.inner()));
        Ok(())
    }

    /// Nothing can be stored here: the server is needed, and everything ends with the tab.
    async fn in_memory(self, employee_no: &str, password: &str) -> Result<(), EntryError> {
        let device_id = DeviceId(clock::new_id());
        let signed_in = network::sign_in(&sign_in(device_id, employee_no, password)).await?;
        self.show_in_memory(device_id, signed_in.session);
        Ok(())
    }

    fn show_in_memory(self, device_id: DeviceId, session: Session) {
        self.notice.set(Some(t(frame::MEMORY_ONLY).to_owned()));
        let workbench = self.show(
            MemoryStore::default(),
            &Stored::default(),
            session,
            Whose::Nobodys(device_id),
            Link::Online,
        );
        spawn_local(sync::run(workbench.inner()));
    }

    fn show(
        self,
        store: impl Into<AnyStore>,
        stored: &Stored,
        session: Session,
        whose: Whose<'_>,
        link: Link,
    ) -> Workbench {
        let workbench = Workbench::new(Self::hold(store.into(), stored, session, whose, link));
        if link == Link::Online {
            session::tell_others(&workbench.inner());
        }
        self.open.set(Some(workbench));
        spawn_local(async {
            clock::next_frame().await;
            timing::mark("rounds:open");
        });
        workbench
    }

    /// All that is open, shown to nobody yet.
    fn hold(store: AnyStore, stored: &Stored, session: Session, whose: Whose<'_>, link: Link) -> Rc<Inner> {
        let (device_id, person) = match whose {
            Whose::Persons(person) => (person.device_id, Some(person)),
            Whose::Nobodys(device_id) => (device_id, None),
        };
        let replica = Replica::open(device_id, session.actor, stored);
        let revision = RwSignal::new(0);
        Rc::new_cyclic(|weak: &std::rc::Weak<Inner>| {
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
                record_writes: Cell::new(0),
                is_memory_only: matches!(store, AnyStore::Memory(_)),
                must_change_password: RwSignal::new(session.must_change_password),
                store,
                channel,
                revision,
                link: RwSignal::new(link),
                is_syncing: RwSignal::new(false),
                is_save_failed: RwSignal::new(false),
                is_covered: RwSignal::new(false),
                organisation_name: session.organisation_name,
                org_unit_name: session.org_unit_name,
                wake: Wake::new(),
                is_closed: Cell::new(false),
                is_given: Cell::new(false),
                store_id: person.map(|person| person.store_id),
            }
        })
    }

    /// Another tab of the same person did something.
    fn heard(inner: &Rc<Inner>, notice: Notice) {
        match notice {
            Notice::OutboxChanged | Notice::PagesChanged => {
                let inner = inner.clone();
                spawn_local(async move {
                    inner.catch_up().await;
                    // The tab that syncs may be this one.
                    inner.wake.wake();
                });
            }
            Notice::SignedIn => session::opened_elsewhere(inner),
            Notice::Covered => {
                inner.cover();
            }
            Notice::SignedOut | Notice::Locked => Self::close(inner),
        }
    }

    /// By hand: covers the pages where a PIN is set, and locks otherwise.
    pub fn leave(self) {
        if !self.open.get_untracked().is_some_and(Workbench::cover) {
            self.lock();
        }
    }

    /// Forgets the key and all that was read, by loading the page anew, and so goes to the door. What is stored stays
    /// sealed, what waits goes on waiting.
    pub fn lock_this_tab(self) {
        if let Some(workbench) = self.open.get_untracked() {
            Self::close(&workbench.inner());
        }
    }

    /// As [`Entrance::lock_this_tab`], in every tab of the store.
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
        let inner = workbench.inner();
        match session::renew(&inner, password).await {
            Err(NetworkError::Gone(gone)) => {
                // Where it cannot be done now the next contact does it.
                session::revoked(&inner, gone).await;
                inner.wake.wake();
                Ok(())
            }
            renewed => renewed.map(drop).map_err(EntryError::from),
        }
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

/// The store an opened key opens, and all that is in it.
async fn read(opened: &Opened) -> Result<(IndexedDbStore, Stored), OpenError> {
    let Opened { person, unlocked } = opened;
    let store = IndexedDbStore::open(person.store_id, person.device_id, unlocked.key.clone()).await?;
    let stored = store.load().await?;
    Ok((store, stored))
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
