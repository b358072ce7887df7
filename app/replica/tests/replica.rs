//! How a replica behaves, by name. The same by chance, in thousands of worlds: `simulation.rs`.

#[path = "replica/photos.rs"]
mod photos;
#[path = "replica/tablet.rs"]
mod tablet;

use domain::customer::{Customer, CustomerField};
use domain::ids::{BookId, CustomerId};
use domain::limits;
use domain::mutation::{AddNote, CustomerEdit, EditCustomer};
use domain::note::Note;
use domain::rejection::Rejection;
use domain::row::{Kind, Row};
use domain::wire::PAGE_SCHEMA;
use replica::store::{Durability, Step, Store, StoreError};
use replica::{Next, Replica};
use tablet::{BOOK, NAME, OTHER_BOOK, Tablet, at_once, customer, id, page, part};

const CHEN: u128 = 100;
const LIN: u128 = 101;

fn rename(base: &str, new: &str) -> EditCustomer {
    edit(CustomerField::Name, Some(base), new)
}

fn edit(field: CustomerField, base: Option<&str>, new: &str) -> EditCustomer {
    let edits = vec![CustomerEdit { field, base: base.map(str::to_owned), new: Some(new.to_owned()) }];
    EditCustomer { customer_id: CustomerId(id(CHEN)), edits }
}

fn note(n: u128, text: &str) -> AddNote {
    AddNote { note_id: id(n).into(), customer_id: CustomerId(id(CHEN)), text: text.to_owned() }
}

fn shown(replica: &Replica, n: u128) -> Option<&Customer> {
    replica.get(CustomerId(id(n)))
}

/// A tablet that has pulled two customers.
fn with_book() -> Tablet {
    let mut tablet = Tablet::new();
    tablet.take(page(vec![part(
        BOOK,
        1,
        vec![customer(CHEN, BOOK, NAME).into(), customer(LIN, BOOK, "林楠").into()],
    )]));
    tablet
}

#[test]
fn a_pending_edit_survives_a_colleagues_edit() {
    let mut tablet = with_book();
    tablet.save(rename(NAME, "陈守仁"));
    let theirs = Customer { address: Some("滨海大道1号".to_owned()), ..customer(CHEN, BOOK, NAME) };
    tablet.take(page(vec![part(BOOK, 2, vec![theirs.into()])]));
    let both = shown(&tablet.replica, CHEN).expect("still there");
    assert_eq!((both.name.as_str(), both.address.as_deref()), ("陈守仁", Some("滨海大道1号")));
    assert_eq!(tablet.replica.waiting_count(), 1);
    assert!(tablet.replica.is_pending(CustomerId(id(CHEN))));
    assert_eq!(shown(&tablet.reopened(), CHEN), Some(both));
}

#[test]
fn a_refused_edit_leaves_the_view_and_is_kept_with_its_text() {
    let mut tablet = with_book();
    let seq = tablet.save(note(1, "谈了续作"));
    tablet.answer(&[(seq, Some(Rejection::Gone))]);
    assert_eq!(tablet.replica.count(Kind::Note), 0);
    for replica in [&tablet.replica, &tablet.reopened()] {
        let [refused] = replica.refused() else { panic!("one refused edit") };
        assert_eq!(refused.rejection, Rejection::Gone);
        assert_eq!(refused.record.args["text"], "谈了续作");
        assert_eq!(refused.record.about, NAME);
        assert_eq!((replica.waiting_count(), replica.attention_count()), (0, 1));
    }
    let steps = tablet.replica.discard(seq);
    tablet.commit(steps);
    assert!(tablet.reopened().refused().is_empty());
}

#[test]
fn a_page_before_the_answer_does_not_settle_an_edit() {
    for refused in [None, Some(Rejection::Gone)] {
        for is_reopened in [false, true] {
            let mut tablet = with_book();
            let seq = tablet.save(note(1, "谈了续作"));
            // The answer was lost; the page only tells how far the server is.
            tablet.take(tablet::Page { last_seq: seq, ..page(vec![part(BOOK, 2, Vec::new())]) });
            if is_reopened {
                tablet.replica = tablet.reopened();
            }
            assert_eq!(tablet.replica.push_request().expect("asked again").mutations[0].seq, seq);
            tablet.answer(&[(seq, refused.clone())]);
            assert!(tablet.stored().outbox.is_empty());
            assert_eq!(tablet.reopened().refused().len(), usize::from(refused.is_some()));
        }
    }
}

#[test]
fn a_refusal_that_found_no_room_is_stored_with_the_next_page() {
    let mut tablet = with_book();
    let seq = tablet.save(note(1, "谈了续作"));
    let lost = tablet.replica.take_answer(&tablet::answer(&[(seq, Some(Rejection::Gone))]));
    assert!(!lost.is_empty());
    tablet.take(tablet::Page { last_seq: seq, ..page(vec![part(BOOK, 2, Vec::new())]) });
    assert!(tablet.stored().outbox.is_empty());
    assert_eq!(tablet.reopened().refused().len(), 1);
}

#[test]
fn an_edit_stays_in_sight_until_its_effect_has_arrived() {
    let mut tablet = with_book();
    let seq = tablet.save(note(1, "谈了续作"));
    tablet.answer(&[(seq, None)]);
    let first = tablet::Page { more: true, last_seq: seq, ..page(vec![part(BOOK, 2, Vec::new())]) };
    tablet.take(first);
    assert_eq!(tablet.replica.count(Kind::Note), 1, "its row comes with a later page of this pull");
    assert_eq!(tablet.reopened().count(Kind::Note), 1);
    let row = tablet.replica.all::<Note>().next().cloned().expect("the note");
    tablet.take(tablet::Page { last_seq: seq, ..page(vec![part(BOOK, 3, vec![row.into()])]) });
    assert!(tablet.stored().outbox.is_empty());
    assert_eq!(tablet.reopened().count(Kind::Note), 1);
}

#[test]
fn handing_over_leaves_no_byte_in_the_store() {
    for drops_book in [false, true] {
        let mut tablet = with_book();
        let seq = tablet.save(note(1, "谈了续作"));
        tablet.answer(&[(seq, None)]);
        let row = tablet.replica.all::<Note>().next().cloned().expect("the note");
        tablet.take(tablet::Page { last_seq: seq, ..page(vec![part(BOOK, 2, vec![row.clone().into()])]) });
        assert!(tablet.holds(NAME) && tablet.holds("谈了续作"), "the search must be able to find");
        let mut left = page(Vec::new());
        if drops_book {
            left.drop.push(BookId(id(BOOK)).into());
        } else {
            left.streams.push(part(BOOK, 3, Vec::new()));
            left.streams[0].del = vec![CustomerId(id(CHEN)).into(), Row::from(row).key()];
        }
        tablet.take(tablet::Page { last_seq: seq, ..left });
        assert!(!tablet.holds(NAME) && !tablet.holds("谈了续作"));
        assert_eq!(tablet.holds("林楠"), !drops_book, "the others stay");
        assert!(tablet.replica.search().find("陈").is_empty());
    }
}

#[test]
fn a_row_that_moved_to_another_book_of_the_same_person_stays() {
    let mut tablet = with_book();
    let entered = part(OTHER_BOOK, 5, vec![customer(CHEN, OTHER_BOOK, NAME).into()]);
    let mut left = part(BOOK, 2, Vec::new());
    left.del.push(CustomerId(id(CHEN)).into());
    tablet.take(page(vec![entered, left]));
    assert_eq!(shown(&tablet.reopened(), CHEN).map(|row| row.book_id), Some(BookId(id(OTHER_BOOK))));
}

#[test]
fn a_page_and_its_cookie_are_one() {
    let mut tablet = with_book();
    let before = tablet.stored();
    tablet.store.fail_next(StoreError::Full);
    tablet.take(page(vec![part(BOOK, 2, vec![customer(CHEN, BOOK, "陈守仁").into()])]));
    assert_eq!(tablet.stored(), before);
    assert_eq!(tablet.reopened().pull_request().cookie[0].version, 1, "neither row nor cookie");
    assert_eq!(shown(&tablet.replica, CHEN).map(|row| row.name.as_str()), Some("陈守仁"));
    // Whatever comes next brings both.
    tablet.take(page(vec![part(BOOK, 2, Vec::new())]));
    let reopened = tablet.reopened();
    assert_eq!(reopened.pull_request().cookie[0].version, 2);
    assert_eq!(shown(&reopened, CHEN).map(|row| row.name.as_str()), Some("陈守仁"));
}

#[test]
fn a_snapshot_equals_the_log() {
    let mut tablet = with_book();
    tablet.save(rename(NAME, "陈守仁"));
    tablet.save(note(1, "谈了续作"));
    let mut pages = 0;
    for version in 2..150 {
        let remark = Some(format!("第{version}次"));
        let row = Customer { remark, ..customer(LIN, BOOK, "林楠") };
        tablet.take(page(vec![part(BOOK, version, vec![row.into()])]));
        let reopened = tablet.reopened();
        assert_eq!(shown(&reopened, LIN), shown(&tablet.replica, LIN));
        assert_eq!(shown(&reopened, CHEN), shown(&tablet.replica, CHEN));
        assert_eq!(reopened.row_count(), tablet.replica.row_count());
        assert_eq!(reopened.pull_request(), tablet.replica.pull_request());
        pages = pages.max(tablet.stored().pages.len());
    }
    assert!((2..100).contains(&pages), "the log grows, but not without end: {pages}");
    assert!(tablet.stored().generation >= 2, "it was rewritten on the way");
    assert!(
        !tablet.stored().pages.iter().any(|(_, bytes)| tablet::contains(bytes, "陈守仁")),
        "server rows only"
    );
}

#[test]
fn pages_of_another_schema_are_dropped_but_the_outbox_is_kept() {
    let mut tablet = with_book();
    let seq = tablet.save(rename(NAME, "陈守仁"));
    let aged = tablet.stored().pages.into_iter().map(|(_, mut bytes)| {
        bytes.splice(..4, (PAGE_SCHEMA + 1).to_le_bytes());
        bytes
    });
    let aged = Step::ReplacePages(aged.collect());
    tablet.commit(vec![aged]);
    tablet.replica = tablet.reopened();
    assert!(tablet.replica.is_empty() && tablet.replica.row_count() == 0);
    assert_eq!(tablet.replica.push_request().expect("the edit waits").mutations[0].seq, seq);
    tablet.take(page(vec![tablet::whole(BOOK, 4, vec![customer(CHEN, BOOK, NAME).into()])]));
    let reopened = tablet.reopened();
    assert_eq!(shown(&reopened, CHEN).map(|row| row.name.as_str()), Some("陈守仁"));
    assert_eq!(tablet.stored().pages.len(), 1, "nothing of the other schema is left");
}

#[test]
fn an_interrupted_first_sync_goes_on_where_it_stopped() {
    let mut tablet = Tablet::new();
    let Next::Pull(first) = tablet.replica.next(false) else { panic!("an empty replica pulls") };
    assert!(first.cookie.is_empty() && first.limit < limits::PULL_ROWS_MAX, "a small page first");
    let at = Some(CustomerId(id(CHEN)).into());
    let mut begun = tablet::whole(BOOK, 7, vec![customer(CHEN, BOOK, NAME).into()]);
    begun.cookie.at = at;
    tablet.take(tablet::Page { more: true, remaining: 1, ..page(vec![begun]) });
    assert_eq!(tablet.replica.remaining(), 1);

    tablet.replica = tablet.reopened();
    assert!(tablet.replica.is_first_sync());
    tablet.send_again();
    let Next::Pull(pull) = tablet.replica.next(false) else { panic!("goes on without being asked") };
    assert_eq!((pull.cookie[0].version, pull.cookie[0].at), (7, at));
    tablet.take(page(vec![part(BOOK, 7, vec![customer(LIN, BOOK, "林楠").into()])]));
    assert!(!tablet.replica.is_first_sync());
    assert_eq!(tablet.reopened().count(Kind::Customer), 2);
    assert_eq!(tablet.replica.next(false), Next::Idle);
}

#[test]
fn the_search_index_follows_what_is_shown() {
    let mut tablet = with_book();
    let finds = |tablet: &Tablet, query: &str| tablet.replica.search().find(query).len();
    let seq = tablet.save(rename(NAME, "白若溪"));
    assert_eq!((finds(&tablet, "csy"), finds(&tablet, "brx")), (0, 1));
    tablet.answer(&[(seq, Some(Rejection::NotAllowed))]);
    assert_eq!((finds(&tablet, "csy"), finds(&tablet, "brx")), (1, 0));
    let mut left = part(BOOK, 2, vec![customer(LIN, BOOK, "黄海").into()]);
    left.del.push(CustomerId(id(CHEN)).into());
    tablet.take(tablet::Page { last_seq: seq, ..page(vec![left]) });
    assert_eq!((finds(&tablet, "csy"), finds(&tablet, "ln"), finds(&tablet, "hh")), (0, 0, 1));
    assert_eq!(tablet.reopened().search().len(), 1);
}

#[test]
fn a_store_read_too_early_takes_nothing_back() {
    let mut tablet = with_book();
    let early = tablet.stored();
    tablet.save(note(1, "谈了续作"));
    tablet.replica.catch_up(&early);
    assert_eq!(tablet.replica.count(Kind::Note), 1, "saved after the store was read");

    // Read between the commit and the moment the edit is shown.
    let edit =
        tablet.replica.prepare(note(2, "又谈了").into(), id(900).into(), tablet::NOW).expect("a good note");
    let committed = tablet.commit(vec![edit.step()]);
    tablet.replica.catch_up(&tablet.stored());
    tablet.replica.stored(edit, committed.outbox[0]);
    assert_eq!((tablet.replica.count(Kind::Note), tablet.replica.waiting_count()), (2, 2), "once, not twice");
}

#[test]
fn an_edit_of_another_tab_is_shown_and_sent_in_its_order() {
    let mut tablet = with_book();
    let mut other = tablet.reopened();
    tablet.save(rename(NAME, "陈守仁"));
    let edit = other.prepare(rename("陈守仁", "陈守信").into(), id(901).into(), tablet::NOW);
    assert!(edit.is_ok(), "it does not know the other edit, and asks the person later");
    other.catch_up(&tablet.stored());
    assert_eq!(shown(&other, CHEN).map(|row| row.name.as_str()), Some("陈守仁"));
    let edit =
        other.prepare(rename("陈守仁", "陈守信").into(), id(902).into(), tablet::NOW).expect("a good edit");
    let committed = tablet.commit(vec![edit.step()]);
    other.stored(edit, committed.outbox[0]);
    tablet.replica.catch_up(&tablet.stored());
    for replica in [&tablet.replica, &other] {
        assert_eq!(shown(replica, CHEN).map(|row| row.name.as_str()), Some("陈守信"));
        let push = replica.push_request().expect("two edits");
        assert_eq!(push.mutations.iter().map(|pushed| pushed.seq).collect::<Vec<_>>(), [1, 2]);
    }
}

#[test]
fn a_new_epoch_fetches_all_anew_and_sends_what_waits_again() {
    let mut tablet = with_book();
    let seq = tablet.save(note(1, "谈了续作"));
    tablet.answer(&[(seq, None)]);
    assert_eq!(tablet.replica.waiting_count(), 0);
    tablet.take(tablet::Page { epoch: id(77), ..page(vec![part(BOOK, 1, Vec::new())]) });
    assert!(tablet.replica.is_empty() && tablet.stored().pages.is_empty());
    assert_eq!(tablet.replica.waiting_count(), 1);
}

#[test]
fn an_empty_store_is_never_pushed_as_deletions() {
    let tablet = Tablet::new();
    assert!(tablet.replica.push_request().is_none());
    let Next::Pull(pull) = tablet.replica.next(true) else { panic!("it asks for everything") };
    assert!(pull.cookie.is_empty());
}

#[test]
fn an_edit_without_room_is_not_shown() {
    let mut tablet = with_book();
    let edit =
        tablet.replica.prepare(note(1, "谈了").into(), id(903).into(), tablet::NOW).expect("a good note");
    tablet.store.fail_next(StoreError::Full);
    assert_eq!(at_once(tablet.store.commit(vec![edit.step()], Durability::Strict)), Err(StoreError::Full));
    assert_eq!((tablet.replica.count(Kind::Note), tablet.replica.waiting_count()), (0, 0));
    assert_eq!(tablet.save(edit.mutation().clone()), 1, "tried again, it is the first");
}

#[test]
fn what_a_restored_server_lost_is_sent_again_under_its_numbers_and_nothing_else() {
    let mut tablet = Tablet::new();
    tablet.take(page(vec![tablet::whole(BOOK, 7, vec![customer(CHEN, BOOK, NAME).into()])]));
    assert_eq!(tablet.send_again(), [] as [u64; 0], "of the first page nothing is lost");
    for (n, text) in [(1, "一"), (2, "二"), (3, "三")] {
        tablet.save(note(n, text));
    }
    tablet.answer(&[(1, None), (2, Some(Rejection::Gone)), (3, None)]);
    tablet.take(tablet::Page { last_seq: 3, ..page(vec![part(BOOK, 8, Vec::new())]) });
    tablet.save(note(4, "四"));
    assert_eq!(tablet.replica.waiting_count(), 1);

    // The backup had the first only. A crash in between loses nothing of it.
    let restored = || tablet::Page { epoch: id(99), last_seq: 1, ..page(Vec::new()) };
    tablet.take(restored());
    tablet.replica = tablet.reopened();
    assert_eq!(tablet.send_again(), [3, 4], "the second was refused: its person has read that");
    tablet.replica = tablet.reopened();
    tablet.take(restored());
    let push = tablet.replica.push_request().expect("waits");
    assert_eq!((push.follows, push.mutations[0].seq, push.mutations.len()), (Some(1), 3, 2));
    tablet.answer(&[(3, None), (4, None)]);
    tablet.take(tablet::Page { epoch: id(99), last_seq: 4, ..page(Vec::new()) });
    assert_eq!(tablet.replica.waiting_count(), 0);
}
