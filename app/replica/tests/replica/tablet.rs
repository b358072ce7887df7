//! A tablet by hand: a replica, its store, and pages as a server would send them.

use domain::actor::Actor;
use domain::customer::{Customer, CustomerType, Holdings};
use domain::ids::{BookId, DeviceId, EmployeeId, MutationId, OrgUnitId};
use domain::mutation::Mutation;
use domain::organisation::Role;
use domain::rejection::Rejection;
use domain::row::Row;
use domain::time::Timestamp;
pub use domain::wire::Page;
use domain::wire::{MutationResult, PushAnswer, StreamCookie, StreamPage};
use replica::memory::MemoryStore;
use replica::sent;
use replica::store::{Committed, Durability, Step, Store, Stored};
use replica::{Next, Replica};
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use uuid::Uuid;

pub const NOW: Timestamp = Timestamp(1_763_420_400_000);
pub const BOOK: u128 = 10;
pub const OTHER_BOOK: u128 = 11;
pub const NAME: &str = "陈守义";

pub fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the store in memory kept us waiting"),
    }
}

pub fn id(n: u128) -> Uuid {
    Uuid::from_u128(n << 16)
}

fn actor() -> Actor {
    Actor {
        employee_id: EmployeeId(id(1)),
        employee_no: "8001".to_owned(),
        name: "样例员工".to_owned(),
        role: Role::Manager,
        org_unit_id: OrgUnitId(id(2)),
        books: vec![BookId(id(BOOK)), BookId(id(OTHER_BOOK))],
    }
}

pub fn customer(n: u128, book: u128, name: &str) -> Customer {
    Customer {
        id: id(n).into(),
        book_id: BookId(id(book)),
        customer_no: format!("C{n}"),
        name: name.to_owned(),
        customer_type: CustomerType::Person,
        identity_masked: None,
        phone: None,
        address: None,
        industry: None,
        birthday: None,
        lunar_birthday: None,
        opened_on: None,
        last_visited_on: None,
        place: None,
        remark: None,
        holdings: Holdings::default(),
        stamps: Vec::new(),
    }
}

/// Changes of one book up to a version.
pub fn part(book: u128, version: u64, put: Vec<Row>) -> StreamPage {
    let stream = BookId(id(book)).into();
    StreamPage {
        stream,
        enter: false,
        put,
        del: Vec::new(),
        cookie: StreamCookie { stream, version, at: None },
    }
}

/// A book sent whole.
pub fn whole(book: u128, version: u64, put: Vec<Row>) -> StreamPage {
    StreamPage { enter: true, ..part(book, version, put) }
}

/// The last page of a pull.
pub fn page(streams: Vec<StreamPage>) -> Page {
    Page {
        epoch: id(3),
        streams,
        drop: Vec::new(),
        last_seq: 0,
        more: false,
        remaining: 0,
        server_time: NOW,
        actor: actor(),
    }
}

pub fn answer(results: &[(u64, Option<Rejection>)]) -> PushAnswer {
    PushAnswer {
        results: results
            .iter()
            .map(|(seq, refused)| MutationResult { seq: *seq, refused: refused.clone() })
            .collect(),
        last_seq: results.iter().map(|(seq, _)| *seq).max().unwrap_or(0),
        server_time: NOW,
    }
}

pub fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

pub struct Tablet {
    pub replica: Replica,
    pub store: MemoryStore,
    saved: u128,
}

impl Tablet {
    pub fn new() -> Self {
        Self { replica: Replica::new(DeviceId(id(4)), actor()), store: MemoryStore::default(), saved: 0 }
    }

    pub fn stored(&self) -> Stored {
        at_once(self.store.load()).expect("loads")
    }

    /// As the app would find it at its next start.
    pub fn reopened(&self) -> Replica {
        Replica::open(DeviceId(id(4)), actor(), &self.stored())
    }

    pub fn commit(&self, steps: Vec<Step>) -> Committed {
        at_once(self.store.commit(steps, Durability::Strict)).expect("has room")
    }

    pub fn save(&mut self, mutation: impl Into<Mutation>) -> u64 {
        self.saved += 1;
        let edit = self
            .replica
            .prepare(mutation.into(), MutationId(id(1_000 + self.saved)), NOW)
            .expect("by the rules");
        let committed = self.commit(vec![edit.step()]);
        let seq = committed.outbox[0];
        self.replica.stored(edit, seq);
        seq
    }

    /// As the driver does when the server may have lost something; says what waits again.
    pub fn send_again(&mut self) -> Vec<u64> {
        let sent = at_once(self.store.blobs(sent::NAMES.0, sent::NAMES.1)).expect("reads");
        assert_eq!(self.replica.next(false), Next::Resend);
        let steps = self.replica.resend(&sent);
        at_once(self.store.commit(steps.clone(), Durability::Strict)).expect("commits");
        self.replica.resent(&steps);
        self.replica.waiting().map(|pending| pending.seq).collect()
    }

    pub fn take(&mut self, page: Page) {
        let steps = self.replica.take_page(page);
        match at_once(self.store.commit(steps, Durability::Relaxed)) {
            Ok(committed) => self.replica.page_stored(&committed),
            Err(_) => self.replica.store_fell_behind(),
        }
    }

    pub fn answer(&mut self, results: &[(u64, Option<Rejection>)]) {
        let steps = self.replica.take_answer(&answer(results));
        self.commit(steps);
        self.replica.answer_stored();
    }

    /// Whether the store holds the text anywhere, as it was handed over to be sealed.
    pub fn holds(&self, text: &str) -> bool {
        let stored = self.stored();
        let numbered = [&stored.pages, &stored.outbox, &stored.attention].into_iter().flatten();
        numbered
            .map(|(_, bytes)| bytes)
            .chain(stored.records.iter().map(|(_, bytes)| bytes))
            .any(|b| contains(b, text))
    }
}
