//! Who is on this tablet: for each person the name of their store, its wrapped key and what may be known without a
//! password. Kept in a database of its own, written strictly: without the wrapped key a store is lost.

use crate::browser::clock;
use crate::browser::crypto::{self, CryptoError, Recovery, RecoveryKey, Unlocked, WrappedKey};
use crate::browser::database::{self, Access, Database, DatabaseError, Keys, Layout};
use crate::browser::indexed_db;
use domain::ids::DeviceId;
use domain::limits::{CLOCK_SKEW_DAYS_MAX, OFFLINE_LEASE_HOURS};
use domain::time::Timestamp;
use domain::wire::Session;
use js_sys::Array;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use thiserror::Error;
use uuid::Uuid;
use wasm_bindgen::{JsCast, JsValue};

const DATABASE: &str = "rounds-keyring";
const PEOPLE: &str = "people";
const LAYOUT: Layout = Layout { version: 1, stores: &[(PEOPLE, Keys::Given)] };

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum KeyringError {
    /// The browser keeps nothing here: work without a store, or open a normal window.
    #[error("storage is forbidden")]
    Forbidden,
    #[error("storage is full")]
    Full,
    /// The person is not, or no longer, on this tablet.
    #[error("nobody of that name here")]
    Unknown,
    #[error(transparent)]
    Crypto(#[from] CryptoError),
    #[error("storage failed")]
    Failed,
}

impl From<DatabaseError> for KeyringError {
    fn from(error: DatabaseError) -> Self {
        match error {
            DatabaseError::Forbidden => Self::Forbidden,
            DatabaseError::Full => Self::Full,
            DatabaseError::Missing | DatabaseError::Gone | DatabaseError::Failed => Self::Failed,
        }
    }
}

/// A person on this tablet. Readable without any password: no customer's data belongs here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Names the store's database; opaque, so that the files tell no employee number.
    pub store_id: Uuid,
    /// Lives and ends with the store: its outbox numbers belong to it.
    pub device_id: DeviceId,
    pub employee_no: String,
    pub name: String,
    /// Edits not yet on the server, when last looked at.
    pub pending: u32,
    /// By this tablet's clock.
    pub last_used: Timestamp,
    pub lease: Lease,
    key: WrappedKey,
    /// The second way to the data key; stores made before there was one get it at the next sign-in.
    #[serde(default)]
    recovery: Option<Recovery>,
    /// PINs tried since the last right one or the last password. Kept here, so that a second tab gives no further tries.
    #[serde(default)]
    pin_tries: u32,
}

impl Person {
    pub fn has_recovery(&self) -> bool {
        self.recovery.is_some()
    }
}

/// How long a store may be read without contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lease {
    /// The server's time at the last contact.
    pub contact: Timestamp,
    /// The latest time ever seen, the server's or this tablet's.
    latest: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeaseState {
    /// Milliseconds until reading locks.
    Valid { left_ms: i64 },
    /// Reading is locked until the next contact; the outbox stays.
    Expired,
    /// So is it after the tablet's clock was set back: otherwise that would stop the lease.
    ClockSetBack,
}

impl Lease {
    fn starting(server_time: Timestamp) -> Self {
        Self { contact: server_time, latest: server_time }
    }

    /// At a contact. The latest time seen falls back to the server's: a tablet that ran ahead has been put right.
    fn renew(&mut self, server_time: Timestamp) {
        if server_time >= self.contact {
            *self = Self::starting(server_time);
        }
    }

    /// The tablet's clock as it passes, so that setting it back is noticed.
    fn pass(&mut self, now: Timestamp) {
        self.latest = self.latest.max(now);
    }

    pub fn state(&self, now: Timestamp) -> LeaseState {
        if now.plus_ms(CLOCK_SKEW_DAYS_MAX * DAY_MS) < self.latest {
            return LeaseState::ClockSetBack;
        }
        let latest = self.latest.max(now);
        let left_ms = self.contact.plus_ms(OFFLINE_LEASE_HOURS * HOUR_MS).0.saturating_sub(latest.0);
        if left_ms > 0 { LeaseState::Valid { left_ms } } else { LeaseState::Expired }
    }
}

/// Somebody's store opened: hand both to [`indexed_db::IndexedDbStore`].
#[derive(Clone, Debug)]
pub struct Opened {
    pub person: Person,
    pub unlocked: Unlocked,
}

pub struct Keyring {
    connection: Database,
}

impl Keyring {
    pub async fn open() -> Result<Self, KeyringError> {
        Ok(Self { connection: Database::make(DATABASE, LAYOUT).await? })
    }

    /// Everyone on this tablet, who was here last first. Entries that cannot be read are left out, not deleted.
    pub async fn people(&self) -> Result<Vec<Person>, KeyringError> {
        let transaction = self.connection.begin(&[PEOPLE], Access::Read)?;
        let entries = database::asked(transaction.store(PEOPLE)?.get_all())?;
        let entries: Array = database::result(&entries).await?.unchecked_into();
        let mut people: Vec<Person> = entries.iter().filter_map(|entry| read(&entry)).collect();
        people.sort_by_key(|person| Reverse(person.last_used));
        Ok(people)
    }

    pub async fn find(&self, employee_no: &str) -> Result<Option<Person>, KeyringError> {
        Ok(self.people().await?.into_iter().find(|person| person.employee_no == employee_no))
    }

    /// After the first online sign-in: a new store under a new key. `device_id` is the one signed in with.
    /// The entry is on disk before anything can be sealed with the key.
    pub async fn admit(
        &self,
        device_id: DeviceId,
        session: &Session,
        password: &str,
        recovery_key: &RecoveryKey,
    ) -> Result<Opened, KeyringError> {
        let store_id = clock::opaque_id();
        let (key, recovery, unlocked) = crypto::create(store_id, password, recovery_key).await?;
        let person = Person {
            store_id,
            device_id,
            employee_no: session.actor.employee_no.clone(),
            name: session.actor.name.clone(),
            pending: 0,
            last_used: clock::now(),
            lease: Lease::starting(session.server_time),
            key,
            recovery: Some(recovery),
            pin_tries: 0,
        };
        let transaction = self.connection.begin(&[PEOPLE], Access::WriteStrictly)?;
        database::asked(transaction.store(PEOPLE)?.put_with_key(&written(&person)?, &key_of(store_id)))?;
        transaction.finish().await?;
        Ok(Opened { person, unlocked })
    }

    /// With the password, without network. Whether the store may be read is [`Lease::state`]'s to say.
    pub async fn unlock(&self, store_id: Uuid, password: &str) -> Result<Opened, KeyringError> {
        let people = self.people().await?;
        let person = people.into_iter().find(|person| person.store_id == store_id);
        let key = person.ok_or(KeyringError::Unknown)?.key;
        let unlocked = crypto::unlock(store_id, &key, password).await?;
        let now = clock::now();
        let person = self
            .change(store_id, |person| {
                person.last_used = now;
                person.lease.pass(now);
                person.pin_tries = 0;
            })
            .await?;
        Ok(Opened { person, unlocked })
    }

    /// With the password of today and the server's key, where the store is sealed with a password of before: it was
    /// forgotten, or changed on another device. From now on the store opens by `password`.
    pub async fn recover(
        &self,
        person: &Person,
        recovery_key: &RecoveryKey,
        password: &str,
    ) -> Result<Opened, KeyringError> {
        let recovery = person.recovery.as_ref().ok_or(KeyringError::Unknown)?;
        let (key, unlocked) = crypto::recover(person.store_id, recovery, recovery_key, password).await?;
        let person = self
            .change(person.store_id, |person| {
                person.key = key;
                person.pin_tries = 0;
            })
            .await?;
        Ok(Opened { person, unlocked })
    }

    /// Gives the second way to a store that has none.
    pub async fn add_recovery(
        &self,
        person: &Person,
        recovery_key: &RecoveryKey,
        password: &str,
    ) -> Result<(), KeyringError> {
        let recovery = crypto::add_recovery(person.store_id, &person.key, password, recovery_key).await?;
        self.change(person.store_id, |person| person.recovery = Some(recovery)).await.map(drop)
    }

    /// The store's key under the new password; its content stays as it is.
    pub async fn change_password(
        &self,
        store_id: Uuid,
        old_password: &str,
        new_password: &str,
    ) -> Result<(), KeyringError> {
        let people = self.people().await?;
        let person = people.into_iter().find(|person| person.store_id == store_id);
        let key = person.ok_or(KeyringError::Unknown)?.key;
        let key = crypto::rewrap(store_id, &key, old_password, new_password).await?;
        self.change(store_id, |person| person.key = key).await.map(drop)
    }

    /// Counts a PIN before it is looked at, on disk. Answers how many were tried, this one included.
    pub async fn count_pin_try(&self, store_id: Uuid) -> Result<u32, KeyringError> {
        let person =
            self.change(store_id, |person| person.pin_tries = person.pin_tries.saturating_add(1)).await?;
        Ok(person.pin_tries)
    }

    /// The PIN was right.
    pub async fn forget_pin_tries(&self, store_id: Uuid) -> Result<(), KeyringError> {
        self.change(store_id, |person| person.pin_tries = 0).await.map(drop)
    }

    /// After every contact with the server: renews the lease, and notes what is still pending.
    pub async fn note_contact(
        &self,
        store_id: Uuid,
        server_time: Timestamp,
        pending: u32,
    ) -> Result<Person, KeyringError> {
        self.change(store_id, |person| {
            person.lease.renew(server_time);
            person.pending = pending;
        })
        .await
    }

    /// While working without contact, every few minutes and when locking.
    pub async fn note_work(&self, store_id: Uuid, pending: u32) -> Result<Person, KeyringError> {
        let now = clock::now();
        self.change(store_id, |person| {
            person.last_used = now;
            person.lease.pass(now);
            person.pending = pending;
        })
        .await
    }

    /// Forgets the key, which makes the store unreadable at once, then deletes the store.
    pub async fn forget(&self, store_id: Uuid) -> Result<(), KeyringError> {
        let transaction = self.connection.begin(&[PEOPLE], Access::WriteStrictly)?;
        database::asked(transaction.store(PEOPLE)?.delete(&key_of(store_id)))?;
        transaction.finish().await?;
        indexed_db::delete(store_id).await.map_err(|_| KeyringError::Failed)
    }

    /// Reads and writes in one transaction: another tab may do the same.
    async fn change(&self, store_id: Uuid, change: impl FnOnce(&mut Person)) -> Result<Person, KeyringError> {
        let transaction = self.connection.begin(&[PEOPLE], Access::WriteStrictly)?;
        let store = transaction.store(PEOPLE)?;
        let entry = database::result(&database::asked(store.get(&key_of(store_id)))?).await?;
        let mut person = read(&entry).ok_or(KeyringError::Unknown)?;
        change(&mut person);
        database::asked(store.put_with_key(&written(&person)?, &key_of(store_id)))?;
        transaction.finish().await?;
        Ok(person)
    }
}

fn key_of(store_id: Uuid) -> JsValue {
    store_id.to_string().into()
}

fn read(entry: &JsValue) -> Option<Person> {
    serde_json::from_str(&entry.as_string()?).ok()
}

fn written(person: &Person) -> Result<JsValue, KeyringError> {
    serde_json::to_string(person).map(JsValue::from).map_err(|_| KeyringError::Failed)
}
