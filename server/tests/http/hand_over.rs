use crate::branch::Branch;
use axum::http::{Method, StatusCode};
use domain::api::{HandOver, HandOverResult, HandOverWhich, IdentityNumber, path};
use domain::customer::Customer;
use domain::ids::{CustomerId, NoteId};
use domain::mutation::AddNote;
use domain::rejection::Rejection;
use std::collections::BTreeSet;
use uuid::Uuid;

#[tokio::test]
async fn customers_handed_over_take_all_their_history_along_and_leave_nothing_behind() {
    let branch = Branch::open().await;
    let lead = branch.sign_in("2001").await;
    let (mut from, mut to) = (branch.sign_in("1001").await, branch.sign_in("1002").await);
    from.pull(5_000).await;
    to.pull(5_000).await;
    let moving: BTreeSet<CustomerId> = from.all::<Customer>().map(|row| row.id).take(7).collect();
    let before: BTreeSet<_> = from
        .rows
        .iter()
        .filter(|(_, row)| row.customer_id().is_some_and(|id| moving.contains(&id)))
        .map(|(key, _)| *key)
        .collect();
    // Somebody else's customer among them stays where it is.
    let mut ids: Vec<CustomerId> = moving.iter().copied().collect();
    ids.push(to.all::<Customer>().next().unwrap().id);
    let asked = HandOver { from_book: from.book(), to_book: to.book(), customers: HandOverWhich::Ids(ids) };
    let answer = lead.send(Method::POST, path::HAND_OVERS, Some(&asked)).await;
    assert_eq!(answer.json::<HandOverResult>(), HandOverResult { moved: 7 });

    // An edit that was waiting on the first manager's tablet is refused, not lost.
    let late = moving.iter().next().copied().unwrap();
    let note = AddNote { note_id: NoteId(Uuid::now_v7()), customer_id: late, text: "晚到".to_owned() };
    assert_eq!(from.push([note.into()]).await[0].refused, Some(Rejection::Gone));

    from.pull(30).await;
    to.pull(30).await;
    let is_moved = |row: &domain::row::Row| row.customer_id().is_some_and(|id| moving.contains(&id));
    assert!(!from.rows.values().any(is_moved));
    let after: BTreeSet<_> = to.rows.iter().filter(|(_, row)| is_moved(row)).map(|(key, _)| *key).collect();
    assert_eq!(after, before);
    assert!(to.all::<Customer>().all(|row| row.book_id == to.book()));
    assert_eq!(branch.count("select count(*) from audit_log where act = 'hand_over'").await, 7);
    branch.close().await;
}

#[tokio::test]
async fn a_whole_book_moves_there_and_back() {
    let branch = Branch::open().await;
    let lead = branch.sign_in("2001").await;
    let (mut one, mut other) = (branch.sign_in("1001").await, branch.sign_in("1002").await);
    for device in [&mut one, &mut other] {
        device.pull(5_000).await;
    }
    let rows_before = (one.rows.clone(), other.rows.clone());
    let there = HandOver { from_book: one.book(), to_book: other.book(), customers: HandOverWhich::All };
    assert_eq!(
        lead.send(Method::POST, path::HAND_OVERS, Some(&there)).await.json::<HandOverResult>().moved,
        20
    );
    one.pull(5_000).await;
    other.pull(5_000).await;
    assert_eq!((one.all::<Customer>().count(), other.all::<Customer>().count()), (0, 40));
    let moved: Vec<_> = rows_before.0.values().filter_map(domain::row::Row::customer_id).collect();
    let back =
        HandOver { from_book: other.book(), to_book: one.book(), customers: HandOverWhich::Ids(moved) };
    lead.send(Method::POST, path::HAND_OVERS, Some(&back)).await;
    one.pull(5_000).await;
    other.pull(5_000).await;
    assert_eq!((one.rows, other.rows), rows_before);
    branch.close().await;
}

#[tokio::test]
async fn only_a_lead_hands_over_and_only_within_the_branch() {
    let branch = Branch::open().await;
    let (manager, lead) = (branch.sign_in("1001").await, branch.sign_in("2001").await);
    let to_book = branch.sign_in("1002").await.book();
    let asked = |from_book, to_book| HandOver { from_book, to_book, customers: HandOverWhich::All };
    for employee_no in ["1001", "3001", "9001"] {
        let device = branch.sign_in(employee_no).await;
        let answer = device.send(Method::POST, path::HAND_OVERS, Some(&asked(manager.book(), to_book))).await;
        assert_eq!(answer.refusal(), (403, "not_allowed".to_owned()), "{employee_no}");
    }
    let nowhere = domain::ids::BookId(Uuid::now_v7());
    let answer = lead.send(Method::POST, path::HAND_OVERS, Some(&asked(manager.book(), nowhere))).await;
    assert_eq!(answer.refusal(), (404, "not_found".to_owned()));
    branch.close().await;
}

#[tokio::test]
async fn an_identity_number_is_shown_in_scope_and_the_look_is_logged() {
    let branch = Branch::open().await;
    let (mut owner, stranger) = (branch.sign_in("1001").await, branch.sign_in("1002").await);
    owner.pull(5_000).await;
    let customer = owner.all::<Customer>().find(|row| row.identity_masked.is_some()).unwrap();
    let at = path::of(path::CUSTOMER_IDENTITY, customer.id);
    let answer = owner.send(Method::POST, &at, Some(&())).await;
    assert_eq!(answer.status, StatusCode::OK);
    let number = answer.json::<IdentityNumber>().identity_no.unwrap();
    assert_eq!(Some(domain::mask::identity(&number)), customer.identity_masked);
    assert_eq!(stranger.send(Method::POST, &at, Some(&())).await.refusal(), (404, "not_found".to_owned()));
    assert_eq!(branch.count("select count(*) from audit_log where act = 'reveal_identity'").await, 1);
    branch.close().await;
}
