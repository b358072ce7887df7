//! What every store must keep, whatever it is made of. A store in a browser passes the same: each test is given a new
//! store and a way to close and open it again.

use replica::store::{Durability, Step, Store, Stored};

async fn commit(store: &impl Store, batch: Vec<Step>) -> replica::store::Committed {
    store.commit(batch, Durability::Strict).await.expect("commits")
}

async fn load(store: &impl Store) -> Stored {
    store.load().await.expect("loads")
}

fn page(text: &str) -> Step {
    Step::AppendPage(text.as_bytes().to_vec())
}

fn edit(text: &str) -> Step {
    Step::AppendOutbox(text.as_bytes().to_vec())
}

fn texts(stored: &[(u64, Vec<u8>)]) -> Vec<&str> {
    stored.iter().map(|(_, bytes)| std::str::from_utf8(bytes).expect("text")).collect()
}

/// Two pages, two edits, a draft.
pub async fn filled(store: &impl Store) {
    let draft = Step::PutRecord("draft".to_owned(), Some(b"words".to_vec()));
    commit(store, vec![page("p1"), page("p2"), edit("e1"), edit("e2"), draft]).await;
}

pub async fn a_new_store_is_empty<S: Store>(store: S, reopen: impl AsyncFn(S) -> S) {
    let store = reopen(store).await;
    let stored = load(&store).await;
    assert_eq!(stored, Stored { generation: stored.generation, ..Stored::default() });
}

pub async fn pages_keep_their_order_and_numbers_rise<S: Store>(store: S, reopen: impl AsyncFn(S) -> S) {
    filled(&store).await;
    let committed = commit(&store, vec![page("p3")]).await;
    let store = reopen(store).await;
    let stored = load(&store).await;
    assert_eq!(texts(&stored.pages), ["p1", "p2", "p3"]);
    assert!(stored.pages.is_sorted_by(|(earlier, _), (later, _)| earlier < later));
    assert_eq!(stored.pages.last().map(|(no, _)| *no), Some(committed.last_page));
    assert_eq!(stored.generation, committed.generation);
}

pub async fn rewriting_the_log_leaves_nothing_of_it_and_raises_the_generation<S: Store>(
    store: S,
    reopen: impl AsyncFn(S) -> S,
) {
    filled(&store).await;
    let before = load(&store).await;
    let committed = commit(&store, vec![Step::ReplacePages(vec![b"s1".to_vec()])]).await;
    let store = reopen(store).await;
    let stored = load(&store).await;
    assert_eq!(texts(&stored.pages), ["s1"]);
    assert!(stored.generation > before.generation);
    assert_eq!(stored.generation, committed.generation);
    assert!(stored.pages.first() > before.pages.last(), "a number stands for one page only");
    assert_eq!(stored.outbox, before.outbox);
    let appended = commit(&store, vec![page("p4")]).await;
    assert_eq!((appended.generation, appended.last_page), (committed.generation, committed.last_page + 1));
}

pub async fn the_outbox_never_gives_a_number_twice<S: Store>(store: S, reopen: impl AsyncFn(S) -> S) {
    let committed = commit(&store, vec![edit("e1"), edit("e2")]).await;
    assert_eq!(committed.outbox, [1, 2], "a device counts from one");
    commit(&store, vec![Step::DeleteOutbox(vec![1, 2])]).await;
    let store = reopen(store).await;
    assert!(load(&store).await.outbox.is_empty());
    assert_eq!(commit(&store, vec![edit("e3")]).await.outbox, [3]);
    assert_eq!(texts(&load(&store).await.outbox), ["e3"]);
}

pub async fn a_refused_edit_moves_to_attention_in_one_batch<S: Store>(
    store: S,
    reopen: impl AsyncFn(S) -> S,
) {
    filled(&store).await;
    let moved = vec![Step::PutAttention(1, b"e1, refused".to_vec()), Step::DeleteOutbox(vec![1])];
    commit(&store, moved.clone()).await;
    commit(&store, moved).await;
    let store = reopen(store).await;
    let stored = load(&store).await;
    assert_eq!((texts(&stored.outbox), texts(&stored.attention)), (vec!["e2"], vec!["e1, refused"]));
    commit(&store, vec![Step::DeleteAttention(vec![1])]).await;
    assert!(load(&store).await.attention.is_empty());
}

pub async fn records_and_blobs_are_kept_by_name<S: Store>(store: S, reopen: impl AsyncFn(S) -> S) {
    filled(&store).await;
    commit(&store, vec![Step::PutBlob("photo".to_owned(), b"jpeg".to_vec())]).await;
    assert_eq!(store.blob_names("photo", "photp").await.expect("lists"), ["photo"]);
    assert!(store.blob_names("photoa", "photp").await.expect("lists").is_empty());
    let store = reopen(store).await;
    assert_eq!(load(&store).await.records, [("draft".to_owned(), b"words".to_vec())]);
    assert_eq!(store.blob("photo").await.expect("reads").as_deref(), Some(b"jpeg".as_slice()));
    let names = vec!["photo".to_owned(), "never".to_owned()];
    commit(&store, vec![Step::PutRecord("draft".to_owned(), None), Step::DeleteBlobs(names)]).await;
    assert!(load(&store).await.records.is_empty());
    assert_eq!(store.blob("photo").await.expect("reads"), None);
}
