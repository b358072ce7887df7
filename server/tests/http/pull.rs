use crate::branch::{Branch, Tablet, answer};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use domain::api::path;
use domain::customer::Customer;
use domain::ids::{CustomerId, NoteId};
use domain::mutation::AddNote;
use domain::row::Kind;
use domain::wire::{CLIENT_HEADER, PAGE_SCHEMA, Page};
use std::collections::BTreeMap;
use uuid::Uuid;

fn note(customer_id: CustomerId) -> AddNote {
    AddNote { note_id: NoteId(Uuid::now_v7()), customer_id, text: "记".to_owned() }
}

/// How many rows of each kind the database holds for these streams.
async fn in_database(branch: &Branch, tablet: &Tablet) -> BTreeMap<String, i64> {
    let streams: Vec<Uuid> = tablet.cookies.keys().map(|stream| stream.0).collect();
    sqlx::query_as::<_, (String, i64)>(
        "select kind, count(*) from sync_row where stream_id = any($1) and not deleted group by kind",
    )
    .bind(streams)
    .fetch_all(&branch.pool)
    .await
    .unwrap()
    .into_iter()
    .collect()
}

fn on_tablet(tablet: &Tablet) -> BTreeMap<String, i64> {
    let mut counts = BTreeMap::new();
    for key in tablet.rows.keys() {
        *counts.entry(key.kind.word().to_owned()).or_default() += 1;
    }
    counts
}

#[tokio::test]
async fn a_first_sync_in_small_pages_holds_what_the_database_holds() {
    let branch = Branch::open().await;
    for (employee_no, limit) in [("1001", 7), ("3001", 100), ("2001", 5_000), ("9001", 50)] {
        let mut tablet = branch.sign_in(employee_no).await;
        let first = tablet.pull_page(limit).await;
        let received: usize = first.streams.iter().map(|stream| stream.put.len()).sum();
        let all: i64 = in_database_of(&branch, &tablet).await;
        assert_eq!(
            first.remaining,
            u64::try_from(all).unwrap() - u64::try_from(received).unwrap(),
            "{employee_no}"
        );
        tablet.pull(limit).await;
        assert_eq!(on_tablet(&tablet), in_database(&branch, &tablet).await, "{employee_no}");
    }
    branch.close().await;
}

#[tokio::test]
async fn kinds_a_stream_has_none_of_are_not_looked_for_again_with_every_page() {
    let branch = Branch::open().await;
    let mut lead = branch.sign_in("2001").await;
    let mut more = true;
    while more {
        let page = lead.pull_page(150).await;
        more = page.more;
        // Kind by kind across all streams: whoever has been begun stands where the page ends, or further on.
        let last = page.streams.iter().flat_map(|stream| &stream.put).map(|row| row.key().kind).max();
        let behind =
            lead.cookies.values().filter(|cookie| cookie.at.map(|at| at.kind) < last && cookie.at.is_some());
        assert_eq!(behind.count(), 0, "the page ends with {last:?}");
    }
    branch.close().await;
}

async fn in_database_of(branch: &Branch, tablet: &Tablet) -> i64 {
    let mut streams: Vec<Uuid> = tablet.session.actor.books.iter().map(|book| book.0).collect();
    let root: Uuid = sqlx::query_scalar("select id from org_unit where parent_id is null")
        .fetch_one(&branch.pool)
        .await
        .unwrap();
    streams.push(root);
    sqlx::query_scalar("select count(*) from sync_row where stream_id = any($1) and not deleted")
        .bind(streams)
        .fetch_one(&branch.pool)
        .await
        .unwrap()
}

#[tokio::test]
async fn customers_come_before_history_and_the_newest_history_first() {
    let branch = Branch::open().await;
    let mut lead = branch.sign_in("2001").await;
    let mut kinds = Vec::new();
    let mut visits = Vec::new();
    loop {
        let page = lead.pull_page(40).await;
        for row in page.streams.iter().flat_map(|stream| &stream.put) {
            kinds.push(row.key().kind);
        }
        let book =
            page.streams.iter().find(|stream| stream.put.iter().any(|row| row.key().kind == Kind::Visit));
        if let Some(book) = book.filter(|_| visits.is_empty()) {
            visits = book.put.iter().map(|row| row.key()).filter(|key| key.kind == Kind::Visit).collect();
        }
        if !page.more {
            break;
        }
    }
    let last_customer = kinds.iter().rposition(|&kind| kind == Kind::Customer).unwrap();
    let first_visit = kinds.iter().position(|&kind| kind == Kind::Visit).unwrap();
    assert!(last_customer < first_visit);
    assert!(visits.len() > 1 && visits.is_sorted_by(|one, other| one > other));
    branch.close().await;
}

#[tokio::test]
async fn a_change_between_two_pages_of_a_first_sync_is_not_missed() {
    let branch = Branch::open().await;
    let (mut tablet, mut desk) = (branch.sign_in("1001").await, branch.sign_in("3001").await);
    desk.pull(5_000).await;
    let book = tablet.book();
    let customer = desk.all::<Customer>().find(|customer| customer.book_id == book).unwrap().id;
    for _ in 0..4 {
        tablet.pull_page(30).await;
        desk.apply(note(customer)).await;
    }
    tablet.pull(30).await;
    desk.pull(5_000).await;
    assert_eq!(on_tablet(&tablet), in_database(&branch, &tablet).await);
    for (key, row) in &tablet.rows {
        assert_eq!(desk.rows.get(key), Some(row));
    }
    branch.close().await;
}

#[tokio::test]
async fn nothing_new_is_said_in_an_empty_page_and_a_change_alone() {
    let branch = Branch::open().await;
    let mut tablet = branch.sign_in("1001").await;
    tablet.pull(5_000).await;
    let quiet = tablet.pull_page(5_000).await;
    assert!(quiet.streams.is_empty() && !quiet.more && quiet.remaining == 0);
    let customer = tablet.all::<Customer>().next().unwrap().id;
    tablet.apply(note(customer)).await;
    let page = tablet.pull_page(5_000).await;
    assert_eq!(page.last_seq, 1);
    let rows: Vec<_> = page.streams.iter().flat_map(|stream| &stream.put).collect();
    assert_eq!(rows.len(), 1);
    branch.close().await;
}

#[tokio::test]
async fn many_changes_come_in_pages_that_end_between_versions() {
    let branch = Branch::open().await;
    let (mut tablet, mut desk) = (branch.sign_in("1001").await, branch.sign_in("3001").await);
    tablet.pull(5_000).await;
    let customer = tablet.all::<Customer>().next().unwrap().id;
    for _ in 0..6 {
        desk.push((0..10).map(|_| note(customer).into())).await;
    }
    assert!(tablet.pull(25).await >= 3);
    assert_eq!(on_tablet(&tablet), in_database(&branch, &tablet).await);
    branch.close().await;
}

#[tokio::test]
async fn a_device_from_before_the_tombstones_kept_receives_its_streams_whole() {
    let branch = Branch::open().await;
    let mut tablet = branch.sign_in("1001").await;
    tablet.pull(5_000).await;
    sqlx::query("update stream set version = version + 1, pruned_to = version + 1 where id = $1")
        .bind(tablet.book().0)
        .execute(&branch.pool)
        .await
        .unwrap();
    let page = tablet.pull_page(5_000).await;
    let entered: Vec<_> =
        page.streams.iter().filter(|stream| stream.enter).map(|stream| stream.stream).collect();
    assert_eq!(entered, [tablet.book().into()]);
    branch.close().await;
}

#[tokio::test]
async fn our_own_client_gets_pages_in_compact_form_and_anyone_json() {
    let branch = Branch::open().await;
    let tablet = branch.sign_in("1001").await;
    let ask = async |accept: &str| {
        let request = Request::builder()
            .method(Method::POST)
            .uri(path::SYNC_PULL)
            .header(CLIENT_HEADER, "1")
            .header(header::COOKIE, &tablet.cookie)
            .header(header::ACCEPT, accept)
            .body(Body::from(serde_json::to_vec(&tablet.pull_of(5_000)).unwrap()))
            .unwrap();
        answer(&branch.router, request).await
    };
    let compact = ask(&format!("application/x-rounds-page; schema={PAGE_SCHEMA}, application/json")).await;
    let page: Page = postcard::from_bytes(&compact.body).unwrap();
    let other = ask("application/x-rounds-page;schema=999, application/json").await;
    assert_eq!(other.headers[header::CONTENT_TYPE], "application/json");
    assert_eq!(other.json::<Page>().streams, page.streams);
    assert_eq!(compact.status, StatusCode::OK);
    branch.close().await;
}
