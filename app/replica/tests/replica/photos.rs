//! Photos' bytes: offered to the server, sent again after a restore, let go with their row and never before.

use super::tablet::{BOOK, NAME, OTHER_BOOK, Page, Tablet, at_once, customer, id, page, part, whole};
use super::{CHEN, with_book};
use domain::ids::{CustomerId, PhotoId};
use domain::mutation::{AddPhoto, Mutation};
use domain::photo::Photo;
use domain::rejection::Rejection;
use domain::time::Timestamp;
use replica::photos::{self, Upload};
use replica::store::{Step, Store};
use std::collections::BTreeMap;

const DAY_MS: i64 = 24 * 3_600_000;
const SHOP: PhotoId = PhotoId(id_of(301));
const COUNTER: PhotoId = PhotoId(id_of(302));

const fn id_of(n: u128) -> uuid::Uuid {
    uuid::Uuid::from_u128(n << 16)
}

fn records(tablet: &Tablet) -> BTreeMap<String, Vec<u8>> {
    tablet.stored().records.into_iter().collect()
}

fn held(tablet: &Tablet) -> Vec<String> {
    at_once(tablet.store.blob_names(photos::NAMES.0, photos::NAMES.1)).expect("lists")
}

fn waiting(tablet: &Tablet) -> Vec<PhotoId> {
    tablet.replica.uploads(&records(tablet)).into_iter().map(|upload| upload.id).collect()
}

fn take(tablet: &mut Tablet, photo_id: PhotoId) -> u64 {
    tablet.commit(photos::keep(photo_id, b"jpeg".to_vec()).to_vec());
    tablet.save(Mutation::AddPhoto(AddPhoto {
        photo_id,
        customer_id: CustomerId(id(CHEN)),
        visit_id: None,
        caption: None,
        width_px: 4,
        height_px: 3,
        bytes: 4,
    }))
}

fn row(photo_id: PhotoId) -> Photo {
    Photo {
        id: photo_id,
        customer_id: CustomerId(id(CHEN)),
        visit_id: None,
        caption: None,
        width_px: 4,
        height_px: 3,
        bytes: 4,
        by: id(1).into(),
        at: super::tablet::NOW,
    }
}

/// The server has taken the edit, and its row has come back.
fn arrive(tablet: &mut Tablet, photo_id: PhotoId, seq: u64) {
    tablet.answer(&[(seq, None)]);
    tablet.take(Page { last_seq: seq, ..page(vec![part(BOOK, 1 + seq, vec![row(photo_id).into()])]) });
}

fn upload(tablet: &Tablet, photo_id: PhotoId, now: Timestamp) {
    tablet.commit(photos::uploaded(photo_id, now, records(tablet).keys()));
}

/// As the driver does when all else is done.
fn sweep(tablet: &mut Tablet) {
    if tablet.replica.may_hold_strays() {
        let (held, records) = (held(tablet), records(tablet));
        let steps = tablet.replica.forget_strays(&held, &records);
        tablet.commit(steps);
    }
}

/// One photo uploaded now, the other's edit still on its way.
fn with_photos() -> Tablet {
    let mut tablet = with_book();
    tablet.send_again();
    let seq = take(&mut tablet, SHOP);
    arrive(&mut tablet, SHOP, seq);
    upload(&tablet, SHOP, super::tablet::NOW);
    take(&mut tablet, COUNTER);
    tablet
}

#[test]
fn bytes_are_offered_once_the_row_has_arrived() {
    let mut tablet = with_book();
    let seq = take(&mut tablet, SHOP);
    assert_eq!(waiting(&tablet), [], "its edit goes first");
    arrive(&mut tablet, SHOP, seq);
    assert_eq!(waiting(&tablet), [SHOP]);
    upload(&tablet, SHOP, super::tablet::NOW);
    assert_eq!(waiting(&tablet), []);
    assert_eq!(held(&tablet), [photos::blob_name(SHOP)], "kept to be looked at");
}

#[test]
fn a_photo_that_waits_for_its_edit_stays_while_others_go() {
    let mut tablet = with_photos();
    sweep(&mut tablet);
    assert_eq!(held(&tablet).len(), 2);
    let mut refused = with_photos();
    let seq = refused.replica.waiting().next().expect("the counter's").seq;
    refused.answer(&[(seq, Some(Rejection::Gone))]);
    refused.take(Page { last_seq: seq, ..page(vec![part(BOOK, 9, vec![])]) });
    sweep(&mut refused);
    assert_eq!(held(&refused).len(), 2, "refused: its person has not let it go");
    assert_eq!(waiting(&refused), [], "and it keeps nothing else from being uploaded");
    assert!(!refused.replica.is_stray(COUNTER));

    let steps = refused.replica.discard(seq);
    refused.commit(steps);
    assert!(refused.replica.is_stray(COUNTER));
    refused.commit(vec![photos::given_up(COUNTER)]);
    sweep(&mut refused);
    assert_eq!(held(&refused), [photos::blob_name(SHOP)]);
}

#[test]
fn a_hand_over_takes_uploaded_bytes_along_and_offers_the_others_first() {
    let mut tablet = with_book();
    tablet.send_again();
    for photo in [SHOP, COUNTER] {
        let seq = take(&mut tablet, photo);
        arrive(&mut tablet, photo, seq);
    }
    upload(&tablet, SHOP, super::tablet::NOW);
    tablet.take(Page {
        drop: vec![domain::ids::BookId(id(BOOK)).into()],
        last_seq: 2,
        ..page(vec![part(OTHER_BOOK, 1, vec![])])
    });
    sweep(&mut tablet);
    assert_eq!(held(&tablet), [photos::blob_name(COUNTER)], "the server has the other one");
    assert_eq!(waiting(&tablet), [COUNTER]);
    assert!(tablet.replica.is_stray(COUNTER));
    assert!(records(&tablet).keys().all(|name| !name.contains(&SHOP.to_string())));
}

#[test]
fn nothing_is_let_go_while_rows_are_on_their_way() {
    let mut tablet = with_photos();
    let begins = Page { more: true, last_seq: 1, ..page(vec![whole(BOOK, 9, vec![])]) };
    tablet.take(begins);
    assert!(!tablet.replica.may_hold_strays());
    sweep(&mut tablet);
    assert_eq!(held(&tablet).len(), 2);
    let rest = vec![customer(CHEN, BOOK, NAME).into(), row(SHOP).into()];
    tablet.take(Page { last_seq: 1, ..page(vec![part(BOOK, 10, rest)]) });
    sweep(&mut tablet);
    assert_eq!(held(&tablet).len(), 2, "it came again");
}

#[test]
fn an_edit_of_a_later_version_may_be_about_any_photo() {
    let tablet = with_photos();
    let mut later: Vec<Step> = Vec::new();
    for (seq, bytes) in tablet.stored().outbox {
        let text = String::from_utf8(bytes).expect("JSON").replace("add_photo", "add_photo_of_later");
        later.push(Step::PutOutbox(seq, text.into_bytes()));
    }
    assert_eq!(later.len(), 1);
    tablet.commit(later);
    let reopened = tablet.reopened();
    assert!(reopened.may_hold_strays());
    assert!(!reopened.is_stray(COUNTER), "the server does not know it yet, nor does this version");
}

#[test]
fn after_a_restore_the_last_weeks_photos_are_asked_for_again() {
    let tablet = with_photos();
    let now = Timestamp(super::tablet::NOW.0 + 6 * DAY_MS);
    tablet.commit(photos::again(now, records(&tablet).keys()));
    assert_eq!(tablet.replica.uploads(&records(&tablet)), [Upload { id: SHOP, is_again: true }]);

    let tablet = with_photos();
    let late = Timestamp(super::tablet::NOW.0 + 8 * DAY_MS);
    assert_eq!(photos::again(late, records(&tablet).keys()), []);
}

#[test]
fn uploaded_bytes_stay_for_a_season() {
    let tablet = with_photos();
    for (days, left) in [(90, 2), (91, 1)] {
        let now = Timestamp(super::tablet::NOW.0 + days * DAY_MS);
        upload(&tablet, COUNTER, now);
        assert_eq!(held(&tablet).len(), left, "{days} days later");
    }
    assert_eq!(records(&tablet).keys().filter(|name| name.contains(&SHOP.to_string())).count(), 0);
}
