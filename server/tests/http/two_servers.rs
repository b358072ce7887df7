//! Two server processes on one database: a device may talk to either, from one request to the next.

use crate::branch::{Branch, Tablet, send, sign_in};
use crate::pokes::{listen, next};
use axum::Router;
use axum::http::{Method, StatusCode};
use domain::api::path;
use domain::customer::Customer;
use domain::ids::{CustomerId, DeviceId, NoteId};
use domain::mutation::{AddNote, Mutation};
use domain::note::Note;
use domain::wire::PushAnswer;
use server::http;
use server::sample::PASSWORD;
use server::services::Services;
use std::collections::BTreeSet;
use uuid::Uuid;

/// The branch is one server; this is the other, which hears of the first only through the database.
struct Beside {
    services: Services,
    router: Router,
    polling: tokio::task::JoinHandle<()>,
}

impl Beside {
    fn open(branch: &Branch) -> Self {
        let services = branch.beside();
        let polling = tokio::spawn(services.pokes.clone().poll(services.db.clone()));
        Self { router: http::router(services.clone()), services, polling }
    }

    async fn close(self) {
        self.polling.abort();
        self.services.db.close().await;
    }
}

fn note(customer_id: CustomerId, text: &str) -> Mutation {
    AddNote { note_id: NoteId(Uuid::now_v7()), customer_id, text: text.to_owned() }.into()
}

fn a_customer(tablet: &Tablet) -> CustomerId {
    tablet.all::<Customer>().next().unwrap().id
}

#[tokio::test]
async fn devices_that_move_between_two_servers_lose_nothing_and_agree() {
    let branch = Branch::open().await;
    let beside = Beside::open(&branch);
    let routers = [&branch.router, &beside.router];
    let mut devices =
        [branch.sign_in("1001").await, branch.sign_in("1001").await, branch.sign_in("1001").await];
    for device in &mut devices {
        device.pull(5_000).await;
    }
    let customer_id = a_customer(&devices[0]);
    let mut written = BTreeSet::new();
    for round in 0..8 {
        for (number, device) in devices.iter_mut().enumerate() {
            device.move_to(routers[(round + number) % 2]);
            let text = format!("{number} {round}");
            device.apply(note(customer_id, &text)).await;
            written.insert(text);
            device.move_to(routers[(round + number + 1) % 2]);
            device.pull(5_000).await;
        }
    }
    for device in &mut devices {
        device.pull(5_000).await;
        let held: Vec<_> = device.all::<Note>().map(|note| note.text.clone()).collect();
        let held_once: BTreeSet<_> = held.iter().filter(|text| written.contains(*text)).cloned().collect();
        assert_eq!(held_once, written);
        assert_eq!(held.iter().filter(|text| written.contains(*text)).count(), written.len());
    }
    assert!(devices.iter().all(|device| device.rows == devices[0].rows));
    beside.close().await;
    branch.close().await;
}

#[tokio::test]
async fn an_edit_pushed_at_one_server_pokes_a_line_held_at_the_other() {
    let branch = Branch::open().await;
    let beside = Beside::open(&branch);
    let mut tablet = branch.sign_in("1001").await;
    let (desk, stranger) = (branch.sign_in("3001").await, branch.sign_in("1002").await);
    tablet.pull(5_000).await;
    let mut at_desk = listen(&beside.router, &desk).await;
    let mut at_stranger = listen(&beside.router, &stranger).await;
    let customer_id = a_customer(&tablet);
    tablet.apply(note(customer_id, "在另一台服务器上写的")).await;
    assert_eq!(next(&mut at_desk).await.unwrap(), "event: poke\ndata: -\n\n");

    // It has not been heard on a line that follows another book: that one only ends, with its session.
    let signed_out = stranger.send::<()>(Method::DELETE, path::SESSION, None).await;
    assert_eq!(signed_out.status, StatusCode::NO_CONTENT);
    assert_eq!(next(&mut at_stranger).await, None);
    beside.close().await;
    branch.close().await;
}

#[tokio::test]
async fn the_same_push_sent_to_both_at_once_is_applied_once() {
    let branch = Branch::open().await;
    let beside = Beside::open(&branch);
    let mut tablet = branch.sign_in("1001").await;
    tablet.pull(5_000).await;
    let customer_id = a_customer(&tablet);
    let before = branch.count("select count(*) from note").await;
    for round in 0..10 {
        let push = tablet.batch((0..5).map(|n| note(customer_id, &format!("{round} {n}"))));
        let cookie = [("cookie", tablet.cookie.as_str())];
        let (here, there) = tokio::join!(
            send(&branch.router, Method::POST, path::SYNC_PUSH, &cookie, Some(&push)),
            send(&beside.router, Method::POST, path::SYNC_PUSH, &cookie, Some(&push)),
        );
        assert_eq!((here.status, there.status), (StatusCode::OK, StatusCode::OK));
        let (here, there): (PushAnswer, PushAnswer) = (here.json(), there.json());
        assert_eq!(here.results, there.results);
        assert!(here.results.iter().all(|result| result.refused.is_none()));
    }
    assert_eq!(branch.count("select count(*) from note").await, before + 50);
    assert_eq!(branch.count("select count(*) from mutation_log").await, 50);
    beside.close().await;
    branch.close().await;
}

#[tokio::test]
async fn what_ends_at_one_server_has_ended_at_the_other() {
    let branch = Branch::open().await;
    let beside = Beside::open(&branch);
    let mut tablet = branch.sign_in("1001").await;
    tablet.move_to(&beside.router);
    assert_eq!(tablet.get(path::SESSION).await.status, StatusCode::OK);
    let mut line = listen(&beside.router, &tablet).await;
    tablet.move_to(&branch.router);
    assert_eq!(tablet.send::<()>(Method::DELETE, path::SESSION, None).await.status, StatusCode::NO_CONTENT);
    tablet.move_to(&beside.router);
    assert_eq!(tablet.get(path::SESSION).await.refusal(), (401, "not_signed_in".to_owned()));
    assert_eq!(next(&mut line).await, None);
    beside.close().await;
    branch.close().await;
}

/// As [`server::http`] counts them: tries of one number, and failures of one address.
const TRIES_MAX: usize = 5;
const FAILURES_MAX: usize = 60;

#[tokio::test]
async fn wrong_passwords_are_counted_across_both_by_number_and_by_address() {
    let branch = Branch::open().await;
    let beside = Beside::open(&branch);
    let routers = [&branch.router, &beside.router];
    let try_at = async |at: usize, number: &str, password: &str| {
        let asked = sign_in(number, password, DeviceId(Uuid::now_v7()));
        send(routers[at % 2], Method::POST, path::SESSION, &[], Some(&asked)).await
    };
    for failure in 1..FAILURES_MAX {
        let (status, code) = try_at(failure, "1001", "wrong").await.refusal();
        let expected = if failure < TRIES_MAX { (401, "wrong_password") } else { (429, "locked_out") };
        assert_eq!((status, code.as_str()), expected, "{failure}");
    }
    assert_eq!(try_at(0, "1002", PASSWORD).await.status, StatusCode::OK, "one failure is left");
    assert_eq!(try_at(0, "1001", PASSWORD).await.refusal(), (429, "locked_out".to_owned()));
    for at in [0, 1] {
        let refusal = try_at(at, "1002", PASSWORD).await.refusal();
        assert_eq!(refusal, (429, "locked_out".to_owned()), "the address rests, whatever the number");
    }
    beside.close().await;
    branch.close().await;
}
