use crate::branch::Branch;
use axum::http::Method;
use domain::api::path;
use domain::contact::Contact;
use domain::customer::Customer;
use domain::customer::CustomerType;
use domain::ids::{BookId, ContactId, CustomerId, NoteId, StreamId, VisitId};
use domain::mutation::{AddCustomer, AddNote, Mutation, RecordVisit, RemoveContact, RescheduleVisit};
use domain::note::Note;
use domain::rejection::Rejection;
use domain::visit::{Visit, VisitReport, VisitState};
use server::clock;
use uuid::Uuid;

fn note(note_id: NoteId, customer_id: CustomerId) -> Mutation {
    AddNote { note_id, customer_id, text: "试".to_owned() }.into()
}

#[tokio::test]
async fn a_manager_receives_no_byte_of_another_book() {
    let branch = Branch::open().await;
    for (employee_no, books) in [("1001", 1), ("3001", 6), ("2001", 6), ("9001", 0)] {
        let mut tablet = branch.sign_in(employee_no).await;
        tablet.pull(5_000).await;
        assert_eq!(tablet.session.actor.books.len(), books, "{employee_no}");
        let own = &tablet.session.actor.books;
        assert!(tablet.all::<Customer>().all(|customer| own.contains(&customer.book_id)));
        assert_eq!(tablet.all::<Customer>().count(), books * 20, "{employee_no}");
        assert!(tablet.all::<Customer>().all(|customer| {
            customer.identity_masked.as_deref().is_none_or(|masked| masked.contains("****"))
        }));
    }
    branch.close().await;
}

#[tokio::test]
async fn a_stranger_finds_rows_gone_and_ids_taken_and_nothing_changed() {
    let branch = Branch::open().await;
    let (mut stranger, mut owner) = (branch.sign_in("1002").await, branch.sign_in("1001").await);
    owner.pull(5_000).await;
    stranger.pull(5_000).await;
    let theirs = owner.all::<Customer>().next().unwrap().clone();
    let mine = stranger.all::<Customer>().next().unwrap().id;
    let visit = owner.all::<Visit>().find(|visit| visit.state == VisitState::Planned).unwrap().clone();
    let contact = owner.all::<Contact>().next().unwrap().clone();
    let written = owner.all::<Note>().next().unwrap().id;
    let today = clock::now().date();
    let record = |visit_id: VisitId, customer_id: CustomerId| RecordVisit {
        visit_id,
        customer_id,
        on: today,
        at_minute: None,
        purpose: None,
        report: VisitReport { summary: "试".to_owned(), ..VisitReport::default() },
        promises: Vec::new(),
    };
    let add = |customer_id: CustomerId, book_id: BookId| AddCustomer {
        customer_id,
        book_id,
        customer_no: "X-1".to_owned(),
        name: "试".to_owned(),
        customer_type: CustomerType::Person,
        phone: None,
        address: None,
    };
    let cases: Vec<(Mutation, Rejection)> = vec![
        (note(NoteId(Uuid::now_v7()), theirs.id), Rejection::Gone),
        (note(written, mine), Rejection::IdTaken),
        (record(visit.id, mine).into(), Rejection::IdTaken),
        (record(VisitId(Uuid::now_v7()), theirs.id).into(), Rejection::Gone),
        (
            RescheduleVisit { visit_id: visit.id, customer_id: mine, on: today, at_minute: None }.into(),
            Rejection::Gone,
        ),
        (RemoveContact { contact_id: contact.id, customer_id: mine }.into(), Rejection::Gone),
        (RemoveContact { contact_id: ContactId(Uuid::now_v7()), customer_id: mine }.into(), Rejection::Gone),
        (add(theirs.id, stranger.book()).into(), Rejection::IdTaken),
        (add(CustomerId(Uuid::now_v7()), owner.book()).into(), Rejection::Gone),
    ];
    let (mutations, expected): (Vec<_>, Vec<_>) = cases.into_iter().unzip();
    let refused: Vec<_> =
        stranger.push(mutations).await.into_iter().map(|result| result.refused.unwrap()).collect();
    assert_eq!(refused, expected);
    let rows_before = owner.rows.clone();
    owner.pull(5_000).await;
    assert_eq!(owner.rows, rows_before);
    branch.close().await;
}

#[tokio::test]
async fn who_only_reads_changes_nothing() {
    let branch = Branch::open().await;
    sqlx::query("update employee set role = 'auditor' where employee_no = '2001'")
        .execute(&branch.pool)
        .await
        .unwrap();
    let mut auditor = branch.sign_in("2001").await;
    auditor.pull(5_000).await;
    let customer = auditor.all::<Customer>().next().unwrap().id;
    let results = auditor.push([note(NoteId(Uuid::now_v7()), customer)]).await;
    assert_eq!(results[0].refused, Some(Rejection::NotAllowed));
    branch.close().await;
}

#[tokio::test]
async fn a_book_taken_away_is_dropped_and_its_new_holder_receives_it() {
    let branch = Branch::open().await;
    let (mut from, mut to) = (branch.sign_in("1001").await, branch.sign_in("1002").await);
    from.pull(5_000).await;
    to.pull(5_000).await;
    let book = from.book();
    sqlx::query("update book set holder_id = $1 where id = $2")
        .bind(to.session.actor.employee_id.0)
        .bind(book.0)
        .execute(&branch.pool)
        .await
        .unwrap();
    let page = from.pull_page(5_000).await;
    assert_eq!(page.drop, [StreamId::from(book)]);
    assert!(page.actor.books.is_empty());
    assert_eq!(from.all::<Customer>().count(), 0);
    to.pull(5_000).await;
    assert_eq!(to.all::<Customer>().count(), 40);
    branch.close().await;
}

#[tokio::test]
async fn nobody_gets_nothing() {
    let branch = Branch::open().await;
    for (method, path) in [
        (Method::GET, path::SESSION),
        (Method::POST, path::SYNC_PUSH),
        (Method::POST, path::SYNC_PULL),
        (Method::GET, path::SYNC_POKES),
        (Method::POST, path::SESSION_PASSWORD),
    ] {
        for cookie in ["", "rounds=00", "rounds=", "__Host-rounds=00; other=1"] {
            let headers = [("cookie", cookie)];
            let body = serde_json::json!({
                "device_id": Uuid::nil(), "schema": 1, "mutations": [], "pending_after": 0, "cookie": [],
                "limit": 1, "pending": 0, "current": "", "new": "another-password-1" });
            let answer =
                crate::branch::send(&branch.router, method.clone(), path, &headers, Some(&body)).await;
            assert_eq!(answer.refusal(), (401, "not_signed_in".to_owned()), "{path} {cookie}");
        }
    }
    branch.close().await;
}
