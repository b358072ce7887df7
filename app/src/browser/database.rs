//! IndexedDB with futures: opening, transactions, requests.
//!
//! A transaction ends by itself as soon as control returns to the browser with nothing requested of it. Between
//! [`Database::begin`] and [`Transaction::finish`] await nothing but [`result`] of its own requests.

use crate::browser::listener::Listener;
use crate::browser::{dictionary, error_name, method, property};
use futures::FutureExt;
use futures::channel::oneshot;
use futures::future::{Either, Shared, select};
use js_sys::{Array, Promise};
use std::cell::Cell;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, Event, IdbDatabase, IdbFactory, IdbObjectStore, IdbObjectStoreParameters, IdbOpenDbRequest,
    IdbRequest, IdbRequestReadyState, IdbTransaction,
};

/// In the message of Chromium's `UnknownError` when the disk under the profile is full, whatever the quota says.
const NO_SPACE: &str = "NO_SPACE";

thread_local! {
    /// The log of the browser may end in half a record: a write found no room and the browser closed the connection by
    /// itself, or it was killed in the midst of one, which nobody tells at the next start. Chromium opens everything again
    /// all the same and goes on writing behind that half; the start after that takes the log for damaged, and deletes
    /// every database of ours with all that was written since.
    static IS_LOG_TORN: Cell<bool> = const { Cell::new(true) };
}
/// Made and deleted again, upon which Chromium puts what its log holds into a file apart and begins a new one.
const LOG_ENDING: &str = "rounds-log-ending";
const LOG_ENDING_LAYOUT: Layout = Layout { version: 1, stores: &[(LOG_ENDING, Keys::Counted)] };

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum DatabaseError {
    /// The browser keeps nothing here: a private window, or forbidden by its settings.
    #[error("storage is forbidden")]
    Forbidden,
    /// Asked to open what must exist, and it does not: evicted, or cleared by the person.
    #[error("no such database")]
    Missing,
    /// No room on the device.
    #[error("storage is full")]
    Full,
    /// The connection was closed or taken away; opening again may help.
    #[error("connection lost")]
    Gone,
    #[error("storage failed")]
    Failed,
}

impl DatabaseError {
    /// By the browser's name for it; on a full disk only Chromium's message says why the connection was closed.
    fn of(name: &str, message: &str) -> Self {
        match name {
            _ if message.contains(NO_SPACE) => Self::Full,
            "QuotaExceededError" => Self::Full,
            // UnknownError is what Safari calls a lost connection, and Chromium trouble with its files.
            "InvalidStateError" | "UnknownError" | "AbortError" => Self::Gone,
            "SecurityError" | "NotAllowedError" => Self::Forbidden,
            _ => Self::Failed,
        }
    }

    fn from_js(error: &JsValue) -> Self {
        let message = property(error, "message").and_then(|message| message.as_string());
        Self::of(&error_name(error), &message.unwrap_or_default())
    }

    fn from_dom(error: &DomException) -> Self {
        Self::of(&error.name(), &error.message())
    }
}

/// Whether the store makes the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keys {
    Given,
    /// 1, 2, 3 …, never one twice, as long as the database lives.
    Counted,
}

/// A database's object stores.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    pub version: u32,
    pub stores: &'static [(&'static str, Keys)],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    Read,
    /// Resolves when the browser has handed the data to the system.
    Write,
    /// Resolves when the system has been told to put it on the disk.
    WriteStrictly,
}

/// An open connection; gives way when another tab deletes the database.
pub struct Database {
    handle: IdbDatabase,
    is_closed: Rc<Cell<bool>>,
    is_deleted: Rc<Cell<bool>>,
    lost: Lost,
    _listeners: [Listener; 2],
}

/// Resolves when the browser has closed the connection.
type Lost = Shared<oneshot::Receiver<()>>;

impl Database {
    /// Opens, making it where it does not exist.
    pub async fn make(name: &str, layout: Layout) -> Result<Self, DatabaseError> {
        open(name, layout, true).await
    }

    /// Opens what exists; [`DatabaseError::Missing`] otherwise.
    pub async fn existing(name: &str, layout: Layout) -> Result<Self, DatabaseError> {
        open(name, layout, false).await
    }

    fn new(handle: IdbDatabase) -> Self {
        let is_closed = Rc::new(Cell::new(false));
        let is_deleted = Rc::new(Cell::new(false));
        let (lose, lost) = oneshot::channel();
        let lose = Cell::new(Some(lose));
        let closed = Listener::new(&handle, "close", {
            let is_closed = is_closed.clone();
            move |_| {
                is_closed.set(true);
                IS_LOG_TORN.set(true);
                drop(lose.take());
            }
        });
        let deleted = Listener::new(&handle, "versionchange", {
            let (handle, is_closed, is_deleted) = (handle.clone(), is_closed.clone(), is_deleted.clone());
            move |_| {
                is_closed.set(true);
                is_deleted.set(true);
                handle.close();
            }
        });
        Self { handle, is_closed, is_deleted, lost: lost.shared(), _listeners: [closed, deleted] }
    }

    /// Another tab deletes or changes the database: not to be opened again from here.
    pub fn is_deleted(&self) -> bool {
        self.is_deleted.get()
    }

    pub fn begin(&self, stores: &[&str], access: Access) -> Result<Transaction, DatabaseError> {
        if self.is_closed.get() {
            return Err(DatabaseError::Gone);
        }
        if access != Access::Read && is_log_torn() {
            return Err(DatabaseError::Full);
        }
        let (mode, durability) = match access {
            Access::Read => ("readonly", "default"),
            Access::Write => ("readwrite", "relaxed"),
            Access::WriteStrictly => ("readwrite", "strict"),
        };
        let stores: Array = stores.iter().map(|store| JsValue::from_str(store)).collect();
        let options = dictionary(&[("durability", durability.into())]);
        // web-sys binds the durability option only as unstable.
        let transaction = method(&self.handle, "transaction").ok_or(DatabaseError::Failed)?;
        let handle = transaction
            .call3(&self.handle, &stores, &mode.into(), &options)
            .map_err(|error| DatabaseError::from_js(&error))?
            .unchecked_into::<IdbTransaction>();
        Ok(Transaction::new(handle, access, self.lost.clone()))
    }

    /// Runs `work`, which asks and writes over this connection, until the browser closes it: Chromium never answers what
    /// is asked between an error of its disk and the word that the connection is closed.
    pub async fn while_open<T>(
        &self,
        work: impl Future<Output = Result<T, DatabaseError>>,
    ) -> Result<T, DatabaseError> {
        until_lost(work, self.lost.clone()).await
    }
}

async fn until_lost<T>(
    work: impl Future<Output = Result<T, DatabaseError>>,
    lost: Lost,
) -> Result<T, DatabaseError> {
    match select(pin!(work), lost).await {
        Either::Left((done, _)) => done,
        Either::Right(_) => Err(DatabaseError::Gone),
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        self.handle.close();
    }
}

/// All of it is written, or nothing: dropped before [`Transaction::finish`], it is undone. One that only reads is not
/// finished, it ends by itself.
pub struct Transaction {
    handle: IdbTransaction,
    ended: Promise,
    lost: Lost,
    is_undone_on_drop: bool,
}

impl Transaction {
    fn new(handle: IdbTransaction, access: Access, lost: Lost) -> Self {
        let ended = Promise::new(&mut |resolve, _| {
            handle.set_oncomplete(Some(&resolve));
            handle.set_onabort(Some(&resolve));
        });
        Self { handle, ended, lost, is_undone_on_drop: access != Access::Read }
    }

    pub fn store(&self, name: &str) -> Result<IdbObjectStore, DatabaseError> {
        self.handle.object_store(name).map_err(|error| DatabaseError::from_js(&error))
    }

    /// Nothing more will be requested; resolves once everything is written.
    pub async fn finish(mut self) -> Result<(), DatabaseError> {
        self.is_undone_on_drop = false;
        // Saves the browser the look whether more is to come; it does so by itself where this is missing.
        if let Some(commit) = method(&self.handle, "commit") {
            let _ = commit.call0(&self.handle);
        }
        let ended = JsFuture::from(self.ended.clone());
        let event =
            until_lost(async { ended.await.map_err(|_| DatabaseError::Failed) }, self.lost.clone()).await?;
        if event.unchecked_ref::<Event>().type_() == "complete" {
            return Ok(());
        }
        Err(self.handle.error().map_or(DatabaseError::Gone, |error| DatabaseError::from_dom(&error)))
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        if self.is_undone_on_drop {
            // Throws when it ended by itself, which is as well.
            let _ = self.handle.abort();
        }
    }
}

/// A call of IndexedDB that threw at once.
pub fn asked<T>(request: Result<T, JsValue>) -> Result<T, DatabaseError> {
    request.map_err(|error| DatabaseError::from_js(&error))
}

/// The result of a request, while its transaction goes on or after it. Chromium calls a transaction complete while
/// many or large values are still on their way: only the request itself says that it is answered.
pub async fn result(request: &IdbRequest) -> Result<JsValue, DatabaseError> {
    // One asked earlier may have been answered while another was awaited; its event does not come again.
    if request.ready_state() != IdbRequestReadyState::Done {
        let answered = Promise::new(&mut |resolve, _| {
            request.set_onsuccess(Some(&resolve));
            request.set_onerror(Some(&resolve));
        });
        JsFuture::from(answered).await.map_err(|_| DatabaseError::Failed)?;
    }
    match request.error() {
        Ok(Some(error)) => Err(DatabaseError::from_dom(&error)),
        _ => asked(request.result()),
    }
}

/// Deletes a database with everything in it; well when there is none. Other tabs give way.
pub async fn delete(name: &str) -> Result<(), DatabaseError> {
    let request = asked(factory()?.delete_database(name))?;
    result(&request).await.map(drop)
}

fn factory() -> Result<IdbFactory, DatabaseError> {
    let window = web_sys::window().ok_or(DatabaseError::Forbidden)?;
    window.indexed_db().ok().flatten().ok_or(DatabaseError::Forbidden)
}

async fn open(name: &str, layout: Layout, may_make: bool) -> Result<Database, DatabaseError> {
    if IS_LOG_TORN.replace(false) && begin_new_log().await.is_err() {
        // There is no room: it can still be read.
        IS_LOG_TORN.set(true);
    }
    open_at_once(name, layout, may_make).await
}

/// Nothing may be written before everything has been opened again.
pub fn is_log_torn() -> bool {
    IS_LOG_TORN.get()
}

/// Has the browser write behind no torn record.
async fn begin_new_log() -> Result<(), DatabaseError> {
    let database = open_at_once(LOG_ENDING, LOG_ENDING_LAYOUT, true).await?;
    // Taken away by another tab, which does the same.
    if !database.is_deleted() {
        let transaction = database.begin(&[LOG_ENDING], Access::WriteStrictly)?;
        asked(transaction.store(LOG_ENDING)?.add(&JsValue::TRUE))?;
        transaction.finish().await?;
    }
    drop(database);
    delete(LOG_ENDING).await
}

async fn open_at_once(name: &str, layout: Layout, may_make: bool) -> Result<Database, DatabaseError> {
    let request = asked(factory()?.open_with_u32(name, layout.version))?;
    let is_missing = Rc::new(Cell::new(false));
    let upgrade = Listener::new(&request, "upgradeneeded", {
        let (request, is_missing) = (request.clone(), is_missing.clone());
        move |event| {
            let is_new = property(&event, "oldVersion").and_then(|was| was.as_f64()) == Some(0.0);
            if is_new && !may_make {
                is_missing.set(true);
                abort(&request);
            } else if make_stores(&request, layout).is_err() {
                abort(&request);
            }
        }
    });
    let opened = result(&request).await;
    drop(upgrade);
    if is_missing.get() {
        return Err(DatabaseError::Missing);
    }
    opened.map(|handle| Database::new(handle.unchecked_into()))
}

/// Undoes the upgrade: a database just made is not there afterwards.
fn abort(request: &IdbOpenDbRequest) {
    if let Some(transaction) = request.transaction() {
        let _ = transaction.abort();
    }
}

fn make_stores(request: &IdbOpenDbRequest, layout: Layout) -> Result<(), JsValue> {
    let database: IdbDatabase = request.result()?.unchecked_into();
    let there = database.object_store_names();
    for (store, keys) in layout.stores {
        if there.contains(store) {
            continue;
        }
        let parameters = IdbObjectStoreParameters::new();
        parameters.set_auto_increment(*keys == Keys::Counted);
        database.create_object_store_with_optional_parameters(store, &parameters)?;
    }
    Ok(())
}
