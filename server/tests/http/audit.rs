use crate::branch::Branch;
use axum::http::{Method, StatusCode};
use domain::api::path;
use domain::customer::Customer;
use server::db::audit::{self, Fault, Verdict};

const ENTRIES: usize = 6;

/// A branch with one log of so many entries.
async fn logged() -> Branch {
    let branch = Branch::open().await;
    let mut tablet = branch.sign_in("1001").await;
    tablet.pull(5_000).await;
    for customer in tablet.all::<Customer>().take(ENTRIES) {
        let at = path::of(path::CUSTOMER_IDENTITY, customer.id);
        assert_eq!(tablet.send(Method::POST, &at, Some(&())).await.status, StatusCode::OK);
    }
    branch
}

async fn verified(branch: &Branch) -> Verdict {
    let mut snapshot = branch.services.db.snapshot_system().await.unwrap();
    let verdicts = audit::verify(&mut snapshot).await.unwrap();
    assert_eq!(verdicts.len(), 1);
    verdicts.into_iter().next().unwrap()
}

#[tokio::test]
async fn a_log_as_it_was_written_is_whole() {
    let branch = Branch::open().await;
    let before = verified(&branch).await;
    assert_eq!((before.entries, before.fault), (0, None), "nothing logged yet");
    branch.close().await;

    let branch = logged().await;
    let found = verified(&branch).await;
    let hash: Vec<u8> =
        sqlx::query_scalar("select hash from audit_head").fetch_one(&branch.pool).await.unwrap();
    assert_eq!((found.entries, &found.hash, &found.fault), (6, &hash, &None));
    branch.close().await;
}

#[tokio::test]
async fn whatever_is_changed_in_the_log_is_found_where_it_is() {
    let branch = logged().await;
    let swap = "update audit_log as one set at = other.at, employee_id = other.employee_id, act = other.act,
         subject_id = other.subject_id, previous_hash = other.previous_hash, hash = other.hash
         from audit_log as other where one.seq in (2, 3) and other.seq in (2, 3) and one.seq <> other.seq";
    let cases = [
        ("update audit_log set act = 'hand_over' where seq = 3", Fault::Changed(3)),
        ("update audit_log set at = at + interval '1 millisecond' where seq = 1", Fault::Changed(1)),
        ("update audit_log set at = at + interval '1 microsecond' where seq = 1", Fault::Changed(1)),
        ("update audit_log set employee_id = null where seq = 2", Fault::Changed(2)),
        ("update audit_log set employee_id = organisation_id where seq = 2", Fault::Changed(2)),
        ("update audit_log set subject_id = null where seq = 6", Fault::Changed(6)),
        ("update audit_log set hash = sha256(hash) where seq = 6", Fault::Changed(6)),
        ("update audit_log set previous_hash = sha256(hash) where seq = 4", Fault::OutOfOrder(4)),
        (swap, Fault::OutOfOrder(2)),
        ("delete from audit_log where seq = 1", Fault::Missing(1)),
        ("delete from audit_log where seq = 4", Fault::Missing(4)),
        ("delete from audit_log where seq >= 5", Fault::Missing(5)),
        ("delete from audit_log", Fault::Missing(1)),
        ("delete from audit_head", Fault::Head(6)),
        ("update audit_head set hash = sha256(hash)", Fault::Head(6)),
        ("update audit_head set seq = 5", Fault::Head(6)),
        ("update audit_head set seq = 7", Fault::Missing(7)),
    ];
    for (tampering, fault) in cases {
        sqlx::raw_sql("create table kept_log as table audit_log; create table kept_head as table audit_head")
            .execute(&branch.pool)
            .await
            .unwrap();
        sqlx::query(tampering).execute(&branch.pool).await.unwrap();
        assert_eq!(verified(&branch).await.fault, Some(fault), "{tampering}");
        sqlx::raw_sql(
            "delete from audit_log; insert into audit_log table kept_log; drop table kept_log;
             delete from audit_head; insert into audit_head table kept_head; drop table kept_head",
        )
        .execute(&branch.pool)
        .await
        .unwrap();
        assert_eq!(verified(&branch).await.fault, None, "put back after {tampering}");
    }
    branch.close().await;
}
