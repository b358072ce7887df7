use crate::branch::{Branch, send, send_bytes, services, sign_in};
use axum::http::{Method, StatusCode, header};
use domain::api::path;
use domain::ids::DeviceId;
use rustix::process::{Pid, Signal, kill_process};
use server::db::Db;
use server::embedded_postgres::EmbeddedPostgres;
use server::http;
use server::sample::PASSWORD;
use sqlx::Connection;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use uuid::Uuid;

#[tokio::test]
async fn without_a_database_every_request_is_told_to_wait() {
    let state = tempfile::tempdir().unwrap();
    let nowhere = PgConnectOptions::new_without_pgpass().socket(state.path().join("nowhere"));
    let services = services(state.path(), Db::new(nowhere));
    let router = http::router(services.clone());
    for is_prepared in [false, true] {
        if is_prepared {
            services.db.set_prepared();
        }
        let health = send_bytes(&router, Method::GET, path::HEALTH, &[], Vec::new()).await;
        assert_eq!(health.refusal(), (503, "database_away".to_owned()));
        assert_eq!(health.headers[header::RETRY_AFTER], "5");
        let asked = sign_in("1001", PASSWORD, DeviceId(Uuid::now_v7()));
        let answer = send(&router, Method::POST, path::SESSION, &[], Some(&asked)).await;
        assert_eq!(answer.refusal(), (503, "database_away".to_owned()));
    }
}

/// Keeps a process of the database at work for a second or two: it does not notice that the others have gone.
const BUSY: &str = "select sum(n) from generate_series(1, 20000000) as n";

#[tokio::test]
async fn a_database_that_was_killed_is_started_again_while_its_last_process_is_still_at_work() {
    let state = tempfile::tempdir().unwrap();
    let postgres = EmbeddedPostgres::start(state.path(), None).await.unwrap();
    let options = postgres.options().database("postgres");
    let mut busy = PgConnection::connect_with(&options).await.unwrap();
    let at_work = tokio::spawn(async move { sqlx::query(BUSY).execute(&mut busy).await });
    let mut watching = PgConnection::connect_with(&options).await.unwrap();
    let is_busy =
        "select exists (select from pg_stat_activity where state = 'active' and query like 'select sum(n)%')";
    while !sqlx::query_scalar::<_, bool>(is_busy).fetch_one(&mut watching).await.unwrap() {}
    let noted = std::fs::read_to_string(state.path().join("postgres/data/postmaster.pid")).unwrap();
    let pid = Pid::from_raw(noted.lines().next().unwrap().parse().unwrap()).unwrap();
    kill_process(pid, Signal::KILL).unwrap();
    drop(postgres);

    let again = EmbeddedPostgres::start(state.path(), None).await.unwrap();
    PgConnection::connect_with(&again.options()).await.unwrap().close().await.unwrap();
    again.stop().await;
    at_work.abort();
}

#[tokio::test]
async fn connections_cut_by_the_database_are_made_again() {
    let branch = Branch::open().await;
    let mut tablet = branch.sign_in("1001").await;
    tablet.pull(5_000).await;
    sqlx::query(
        "select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid()",
    )
    .execute(&branch.pool)
    .await
    .unwrap();
    // One request may meet a cut connection; it is told to wait, not that something broke.
    let mut statuses = Vec::new();
    for _ in 0..40 {
        let answer = tablet.get(path::SESSION).await;
        statuses.push(answer.status);
        if answer.status == StatusCode::OK {
            break;
        }
        assert_eq!(answer.refusal(), (503, "database_away".to_owned()));
    }
    assert_eq!(statuses.last(), Some(&StatusCode::OK), "{statuses:?}");
    branch.close().await;
}
