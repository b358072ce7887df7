//! The store in memory keeps the contract every store keeps.

#[path = "store/suite.rs"]
mod suite;

use replica::memory::MemoryStore;
use replica::store::{Durability, Step, Store, StoreError};
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the store in memory kept us waiting"),
    }
}

macro_rules! kept_by_memory {
    ($($name:ident),* $(,)?) => {$(
        #[test]
        fn $name() {
            at_once(suite::$name(MemoryStore::default(), async |store| store));
        }
    )*};
}

kept_by_memory! {
    a_new_store_is_empty,
    pages_keep_their_order_and_numbers_rise,
    rewriting_the_log_leaves_nothing_of_it_and_raises_the_generation,
    the_outbox_never_gives_a_number_twice,
    a_refused_edit_moves_to_attention_in_one_batch,
    records_and_blobs_are_kept_by_name,
}

#[test]
fn a_batch_without_room_leaves_nothing() {
    let store = MemoryStore::default();
    at_once(suite::filled(&store));
    let before = at_once(store.load()).expect("loads");
    store.fail_next(StoreError::Full);
    let batch = vec![
        Step::AppendPage(b"page".to_vec()),
        Step::AppendOutbox(b"edit".to_vec()),
        Step::DeleteOutbox(vec![1]),
        Step::PutRecord("draft".to_owned(), None),
    ];
    assert_eq!(at_once(store.commit(batch, Durability::Strict)), Err(StoreError::Full));
    assert_eq!(at_once(store.load()).expect("loads"), before);
    let committed = at_once(store.commit(vec![Step::AppendOutbox(b"edit".to_vec())], Durability::Strict));
    assert_eq!(committed.expect("has room again").outbox, [3], "no number was used up");
}
