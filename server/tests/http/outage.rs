use crate::branch::{Branch, send, send_bytes, services, sign_in};
use axum::http::{Method, StatusCode, header};
use domain::api::path;
use domain::ids::DeviceId;
use server::db::Db;
use server::http;
use server::sample::PASSWORD;
use sqlx::postgres::PgConnectOptions;
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
