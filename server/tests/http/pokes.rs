use crate::branch::{Branch, Tablet, answer};
use axum::Router;
use axum::body::{Body, BodyDataStream};
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header};
use domain::api::path;
use domain::customer::Customer;
use domain::ids::NoteId;
use domain::mutation::AddNote;
use futures_util::StreamExt;
use std::net::SocketAddr;
use std::time::Duration;
use tower::ServiceExt;
use uuid::Uuid;

const SOON: Duration = Duration::from_secs(30);

pub async fn listen(router: &Router, tablet: &Tablet) -> BodyDataStream {
    let mut request =
        Request::get(path::SYNC_POKES).header(header::COOKIE, &tablet.cookie).body(Body::empty()).unwrap();
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 9))));
    let response = router.clone().oneshot(request).await.unwrap();
    assert_eq!(response.headers()[header::CONTENT_TYPE], "text/event-stream");
    response.into_body().into_data_stream()
}

/// The next event's text; None at the end of the stream.
pub async fn next(pokes: &mut BodyDataStream) -> Option<String> {
    let chunk = tokio::time::timeout(SOON, pokes.next()).await.unwrap()?;
    Some(String::from_utf8(chunk.unwrap().to_vec()).unwrap())
}

#[tokio::test]
async fn a_push_pokes_whoever_follows_the_book_and_says_nothing_of_it() {
    let branch = Branch::open().await;
    let mut tablet = branch.sign_in("1001").await;
    let (desk, stranger) = (branch.sign_in("3001").await, branch.sign_in("1002").await);
    tablet.pull(5_000).await;
    let customer_id = tablet.all::<Customer>().next().unwrap().id;
    let (mut at_desk, mut at_stranger) =
        (listen(&branch.router, &desk).await, listen(&branch.router, &stranger).await);
    tablet.apply(AddNote { note_id: NoteId(Uuid::now_v7()), customer_id, text: "记".to_owned() }).await;
    let poke = next(&mut at_desk).await.unwrap();
    assert_eq!(poke, "event: poke\ndata: -\n\n");

    // The stranger hears of its own book only, until its session ends.
    let mut other = branch.sign_in("1002").await;
    other.pull(5_000).await;
    let customer_id = other.all::<Customer>().next().unwrap().id;
    other.apply(AddNote { note_id: NoteId(Uuid::now_v7()), customer_id, text: "记".to_owned() }).await;
    sign_out(&branch, &stranger).await;
    let mut heard = Vec::new();
    while let Some(poke) = next(&mut at_stranger).await {
        heard.push(poke);
    }
    assert_eq!(heard, ["event: poke\ndata: -\n\n"]);
    branch.close().await;
}

async fn sign_out(branch: &Branch, tablet: &Tablet) {
    let request = Request::delete(path::SESSION)
        .header(header::COOKIE, &tablet.cookie)
        .header(domain::wire::CLIENT_HEADER, "1")
        .body(Body::empty())
        .unwrap();
    assert_eq!(answer(&branch.router, request).await.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn pokes_end_with_the_session() {
    let branch = Branch::open().await;
    let tablet = branch.sign_in("1001").await;
    let mut pokes = listen(&branch.router, &tablet).await;
    sign_out(&branch, &tablet).await;
    assert_eq!(next(&mut pokes).await, None);
    branch.close().await;
}

#[tokio::test]
async fn a_change_by_another_server_is_heard_too() {
    let branch = Branch::open().await;
    let tablet = branch.sign_in("1001").await;
    let mut pokes = listen(&branch.router, &tablet).await;
    let polling = tokio::spawn(branch.services.pokes.clone().poll(branch.services.db.clone()));
    let bump = async {
        // The first look only learns where streams stand; a later one notices the change.
        loop {
            sqlx::query("update stream set version = version + 1 where id = $1")
                .bind(tablet.book().0)
                .execute(&branch.pool)
                .await
                .unwrap();
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    };
    tokio::select! {
        poke = next(&mut pokes) => assert!(poke.unwrap().contains("event: poke")),
        () = bump => {}
    }
    polling.abort();
    branch.close().await;
}
