//! A person's store on this tablet: one IndexedDB database under an opaque name, everything in it sealed but what
//! counts pages. The same contract as `replica`'s store in memory.

mod steps;

use crate::browser::crypto::{CryptoError, DataKey, Kind, Sealer};
use crate::browser::database::{self, Access, Database, DatabaseError, Keys, Layout, Transaction};
use crate::browser::{from_double, to_double};
use domain::ids::DeviceId;
use futures::channel::oneshot;
use futures::future::{join_all, join4, try_join_all};
use js_sys::{Array, Uint8Array};
use replica::store::{Committed, Durability, Step, Store, StoreError, Stored};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use steps::SealedStep;
use thiserror::Error;
use uuid::Uuid;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbObjectStore, IdbRequest};

const PAGES: &str = "pages";
const OUTBOX: &str = "outbox";
const ATTENTION: &str = "attention";
const RECORDS: &str = "records";
const BLOBS: &str = "blobs";
/// Not sealed: numbers and the device's id.
const META: &str = "meta";

const LAYOUT: Layout = Layout {
    version: 1,
    stores: &[
        (PAGES, Keys::Given),
        (OUTBOX, Keys::Counted),
        (ATTENTION, Keys::Given),
        (RECORDS, Keys::Given),
        (BLOBS, Keys::Given),
        (META, Keys::Given),
    ],
};

/// Keys of [`META`].
const GENERATION: &str = "generation";
const LAST_PAGE: &str = "last_page";
const DEVICE: &str = "device_id";

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum OpenError {
    /// It was there once: the browser evicted it or somebody cleared it, and what was not uploaded is lost. Begin again
    /// with a new device id: under the old one the server would take new edits for repeated ones.
    #[error("the store is missing")]
    Evicted,
    #[error("storage is forbidden")]
    Forbidden,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<DatabaseError> for OpenError {
    fn from(error: DatabaseError) -> Self {
        match error {
            DatabaseError::Missing => Self::Evicted,
            DatabaseError::Forbidden => Self::Forbidden,
            other => Self::Store(store_error(other)),
        }
    }
}

fn store_error(error: DatabaseError) -> StoreError {
    match error {
        DatabaseError::Full => StoreError::Full,
        DatabaseError::Gone | DatabaseError::Missing => StoreError::Gone,
        DatabaseError::Forbidden | DatabaseError::Failed => StoreError::Failed,
    }
}

fn sealing_error(error: CryptoError) -> StoreError {
    match error {
        CryptoError::Unreadable => StoreError::Unreadable,
        _ => StoreError::Failed,
    }
}

/// Deletes everything a person has on this tablet. Open tabs give way.
pub async fn delete(store_id: Uuid) -> Result<(), StoreError> {
    database::delete(&database_name(store_id)).await.map_err(store_error)
}

fn database_name(store_id: Uuid) -> String {
    format!("rounds-store-{store_id}")
}

/// `replica`'s store in a browser. Commits take effect in the order in which they were first polled.
pub struct IndexedDbStore {
    name: String,
    sealer: Sealer,
    connection: RefCell<Rc<Database>>,
    /// Resolves when the last commit begun has ended.
    last_turn: RefCell<Option<oneshot::Receiver<()>>>,
    /// The disk was full when last written to. Chromium closes the connection with the first refusal, and of opening it
    /// again says only that it failed.
    is_disk_full: Cell<bool>,
}

impl IndexedDbStore {
    /// The first time a person signs in on this tablet; `store_id` and `device_id` are new.
    pub async fn create(store_id: Uuid, device_id: DeviceId, key: DataKey) -> Result<Self, OpenError> {
        let name = database_name(store_id);
        let connection = Database::make(&name, LAYOUT).await?;
        let transaction = connection.begin(&[META], Access::WriteStrictly)?;
        put(&transaction.store(META)?, DEVICE, &device_id.to_string().into())?;
        transaction.finish().await?;
        Ok(Self::new(name, Sealer::new(key, store_id, device_id), connection))
    }

    /// Every further time. Never makes an empty store of one that was lost.
    pub async fn open(store_id: Uuid, device_id: DeviceId, key: DataKey) -> Result<Self, OpenError> {
        let name = database_name(store_id);
        let connection = Database::existing(&name, LAYOUT).await?;
        let transaction = connection.begin(&[META], Access::Read)?;
        let stored = database::result(&get(&transaction.store(META)?, DEVICE)?).await?;
        if stored.as_string() != Some(device_id.to_string()) {
            return Err(OpenError::Evicted);
        }
        Ok(Self::new(name, Sealer::new(key, store_id, device_id), connection))
    }

    fn new(name: String, sealer: Sealer, connection: Database) -> Self {
        Self {
            name,
            sealer,
            connection: RefCell::new(Rc::new(connection)),
            last_turn: RefCell::new(None),
            is_disk_full: Cell::new(false),
        }
    }

    /// Runs `work` once more over a new connection when the old one is lost: Safari does that to a page in the
    /// background, Chromium when its files were moved or their disk is full. A store deleted by another tab stays deleted.
    async fn connected<T>(
        &self,
        work: impl AsyncFn(&Database) -> Result<T, DatabaseError>,
    ) -> Result<T, DatabaseError> {
        let connection = self.connection.borrow().clone();
        let done = match connection.while_open(work(&connection)).await {
            Err(DatabaseError::Gone) if !connection.is_deleted() => self.reconnected(work).await,
            // There may be room by now.
            Err(DatabaseError::Full) if database::is_log_torn() => self.reconnected(work).await,
            done => done,
        };
        match done {
            Ok(_) => self.is_disk_full.set(false),
            Err(DatabaseError::Full) => self.is_disk_full.set(true),
            // Told once, on a disk that has no room to be opened again.
            Err(DatabaseError::Gone) if self.is_disk_full.get() => return Err(DatabaseError::Full),
            Err(_) => {}
        }
        done
    }

    async fn reconnected<T>(
        &self,
        work: impl AsyncFn(&Database) -> Result<T, DatabaseError>,
    ) -> Result<T, DatabaseError> {
        let connection = Rc::new(Database::existing(&self.name, LAYOUT).await?);
        self.connection.replace(connection.clone());
        connection.while_open(work(&connection)).await
    }

    async fn open_all<K>(
        &self,
        kind: Kind,
        rows: Vec<(K, Uint8Array)>,
    ) -> Result<Vec<(K, Vec<u8>)>, StoreError> {
        let opened = join_all(rows.iter().map(|(_, sealed)| self.sealer.open(kind, sealed))).await;
        rows.into_iter()
            .zip(opened)
            .map(|((key, _), plain)| Ok((key, plain.map_err(sealing_error)?)))
            .collect()
    }

    async fn seal_step(&self, step: Step) -> Result<SealedStep, CryptoError> {
        let seal = async |kind, plain: Vec<u8>| self.sealer.seal(kind, &plain).await;
        Ok(match step {
            Step::AppendPage(page) => SealedStep::AppendPages(vec![seal(Kind::Page, page).await?]),
            Step::ReplacePages(pages) => SealedStep::ReplacePages(
                try_join_all(pages.into_iter().map(|page| seal(Kind::Page, page))).await?,
            ),
            Step::AppendOutbox(edit) => SealedStep::AppendOutbox(seal(Kind::Outbox, edit).await?),
            Step::DeleteOutbox(seqs) => SealedStep::DeleteNumbers(OUTBOX, seqs),
            Step::PutAttention(seq, edit) => {
                let key = to_double(seq).into();
                SealedStep::Put(ATTENTION, key, seal(Kind::Attention, edit).await?)
            }
            Step::DeleteAttention(seqs) => SealedStep::DeleteNumbers(ATTENTION, seqs),
            Step::PutRecord(name, Some(record)) => {
                SealedStep::Put(RECORDS, name.into(), seal(Kind::Record, record).await?)
            }
            Step::PutRecord(name, None) => SealedStep::DeleteNames(RECORDS, vec![name]),
            Step::PutBlob(name, bytes) => SealedStep::Put(BLOBS, name.into(), seal(Kind::Blob, bytes).await?),
            Step::DeleteBlobs(names) => SealedStep::DeleteNames(BLOBS, names),
            Step::DeleteBlobsBetween(from, to) => SealedStep::DeleteBetween(BLOBS, from, to),
            Step::PutOutbox(seq, edit) => {
                SealedStep::Put(OUTBOX, to_double(seq).into(), seal(Kind::Outbox, edit).await?)
            }
        })
    }
}

impl Store for IndexedDbStore {
    async fn load(&self) -> Result<Stored, StoreError> {
        let read =
            self.connected(async |connection| read_all(connection).await).await.map_err(store_error)?;
        let (pages, outbox, attention, records) = join4(
            self.open_all(Kind::Page, read.pages),
            self.open_all(Kind::Outbox, read.outbox),
            self.open_all(Kind::Attention, read.attention),
            self.open_all(Kind::Record, read.records),
        )
        .await;
        Ok(Stored {
            generation: read.generation,
            pages: pages?,
            outbox: outbox?,
            attention: attention?,
            records: records?,
        })
    }

    async fn commit(&self, batch: Vec<Step>, durability: Durability) -> Result<Committed, StoreError> {
        // Sealing takes different times; who came first is written first.
        let (_turn_ended, turn) = oneshot::channel();
        let turn_before = self.last_turn.replace(Some(turn));

        // A transaction would not outlive the sealing: all of it comes before.
        let sealed = try_join_all(batch.into_iter().map(|step| self.seal_step(step))).await;
        let sealed = sealed.map_err(sealing_error)?;
        if let Some(turn) = turn_before {
            // An error says that the one before gave up, which ends its turn as well.
            let _ = turn.await;
        }
        let access = match durability {
            Durability::Strict => Access::WriteStrictly,
            Durability::Relaxed => Access::Write,
        };
        self.connected(async |connection| steps::write(connection, &sealed, access).await)
            .await
            .map_err(store_error)
    }

    async fn blob(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let read = async |connection: &Database| {
            let transaction = connection.begin(&[BLOBS], Access::Read)?;
            database::result(&get(&transaction.store(BLOBS)?, name)?).await
        };
        let sealed = self.connected(read).await.map_err(store_error)?;
        if sealed.is_undefined() {
            return Ok(None);
        }
        let sealed = sealed.dyn_into().map_err(|_| StoreError::Unreadable)?;
        self.sealer.open(Kind::Blob, &sealed).await.map(Some).map_err(sealing_error)
    }

    async fn blobs(&self, from: &str, to: &str) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let read = async |connection: &Database| {
            let transaction = connection.begin(&[BLOBS], Access::Read)?;
            let rows = Rows::ask_between(&transaction, BLOBS, from, to)?;
            rows.answered(|key| key.as_string().unwrap_or_default()).await
        };
        let sealed = self.connected(read).await.map_err(store_error)?;
        self.open_all(Kind::Blob, sealed).await
    }

    async fn blob_names(&self, from: &str, to: &str) -> Result<Vec<String>, StoreError> {
        let read = async |connection: &Database| {
            let transaction = connection.begin(&[BLOBS], Access::Read)?;
            let range = database::asked(steps::between(from, to))?;
            let asked = database::asked(transaction.store(BLOBS)?.get_all_keys_with_key(&range))?;
            database::result(&asked).await
        };
        let names: Array = self.connected(read).await.map_err(store_error)?.unchecked_into();
        Ok(names.iter().filter_map(|name| name.as_string()).collect())
    }
}

/// What [`Stored`] holds, still sealed.
struct Read {
    generation: u64,
    pages: Vec<(u64, Uint8Array)>,
    outbox: Vec<(u64, Uint8Array)>,
    attention: Vec<(u64, Uint8Array)>,
    records: Vec<(String, Uint8Array)>,
}

async fn read_all(connection: &Database) -> Result<Read, DatabaseError> {
    let transaction = connection.begin(&[PAGES, OUTBOX, ATTENTION, RECORDS, META], Access::Read)?;
    // Everything is asked for before anything is awaited: one snapshot, one round.
    let generation = get(&transaction.store(META)?, GENERATION)?;
    let pages = Rows::ask(&transaction, PAGES)?;
    let outbox = Rows::ask(&transaction, OUTBOX)?;
    let attention = Rows::ask(&transaction, ATTENTION)?;
    let records = Rows::ask(&transaction, RECORDS)?;
    Ok(Read {
        generation: counter(database::result(&generation).await?),
        pages: pages.answered(counter).await?,
        outbox: outbox.answered(counter).await?,
        attention: attention.answered(counter).await?,
        records: records.answered(|key| key.as_string().unwrap_or_default()).await?,
    })
}

struct Rows {
    keys: IdbRequest,
    values: IdbRequest,
}

impl Rows {
    fn ask(transaction: &Transaction, store: &str) -> Result<Self, DatabaseError> {
        let store = transaction.store(store)?;
        Ok(Self { keys: database::asked(store.get_all_keys())?, values: database::asked(store.get_all())? })
    }

    fn ask_between(
        transaction: &Transaction,
        store: &str,
        from: &str,
        to: &str,
    ) -> Result<Self, DatabaseError> {
        let store = transaction.store(store)?;
        let range = database::asked(steps::between(from, to))?;
        Ok(Self {
            keys: database::asked(store.get_all_keys_with_key(&range))?,
            values: database::asked(store.get_all_with_key(&range))?,
        })
    }

    /// Keys and values, both ascending by key.
    async fn answered<K>(self, key: impl Fn(JsValue) -> K) -> Result<Vec<(K, Uint8Array)>, DatabaseError> {
        let keys: Array = database::result(&self.keys).await?.unchecked_into();
        let values: Array = database::result(&self.values).await?.unchecked_into();
        keys.iter()
            .zip(values.iter())
            .map(|(number, value)| Ok((key(number), value.dyn_into().map_err(|_| DatabaseError::Failed)?)))
            .collect()
    }
}

fn get(store: &IdbObjectStore, key: &str) -> Result<IdbRequest, DatabaseError> {
    database::asked(store.get(&key.into()))
}

fn put(store: &IdbObjectStore, key: &str, value: &JsValue) -> Result<IdbRequest, DatabaseError> {
    database::asked(store.put_with_key(value, &key.into()))
}

/// 0 where nothing was counted yet.
fn counter(value: JsValue) -> u64 {
    value.as_f64().map_or(0, from_double)
}
