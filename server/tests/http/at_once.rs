//! What two do at once: one of them stands in a transaction here, the other asks the server and has to wait for it.

use crate::administration::{branch_unit, post};
use crate::branch::{Answer, Branch, send, sign_in};
use crate::imports::{finished, upload};
use axum::http::{Method, StatusCode};
use domain::api::{ChangePassword, Employee, Import, ImportState, NewEmployee, NewOrgUnit, Secret, path};
use domain::ids::DeviceId;
use domain::organisation::{OrgUnit, Role};
use server::sample::PASSWORD;
use std::time::Duration;
use uuid::Uuid;

/// What `asked` is answered when `first` has been done, and every stream been touched, before it could write.
async fn after(branch: &Branch, first: String, asked: impl Future<Output = Answer>) -> Answer {
    let mut tx = branch.pool.begin().await.unwrap();
    sqlx::query(crate::branch::put_together(first)).execute(&mut *tx).await.unwrap();
    sqlx::query("update stream set version = version").execute(&mut *tx).await.unwrap();
    let first = async {
        somebody_waits(branch).await;
        tx.commit().await.unwrap();
    };
    let (answer, ()) = tokio::join!(asked, first);
    answer
}

async fn somebody_waits(branch: &Branch) {
    const WAITING: &str = "select count(*) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'";
    for _ in 0..1_200 {
        if branch.count(WAITING).await > 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("nobody waits");
}

#[tokio::test]
async fn an_edit_does_not_bring_back_who_left_meanwhile() {
    let branch = Branch::open().await;
    let (administrator, manager) = (branch.sign_in("9001").await, branch.sign_in("1001").await);
    let id = manager.session.actor.employee_id;
    let edited = NewEmployee {
        employee_no: "1001".to_owned(),
        name: "沈若溪".to_owned(),
        role: Role::Manager,
        org_unit_id: branch_unit(&administrator).await.id,
    };
    let left = "update employee set is_active = false where employee_no = '1001'".to_owned();
    let at = path::of(path::EMPLOYEE, id);
    let answer = after(&branch, left, administrator.send(Method::PUT, &at, Some(&edited))).await;
    let written: Employee = answer.json();
    assert_eq!((written.name.as_str(), written.is_active), ("沈若溪", false));
    branch.close().await;
}

#[tokio::test]
async fn two_moves_at_once_make_no_ring_of_org_units() {
    let branch = Branch::open().await;
    let administrator = branch.sign_in("9001").await;
    let unit = branch_unit(&administrator).await;
    let mut teams: Vec<OrgUnit> = Vec::new();
    for name in ["一组", "二组"] {
        let team = NewOrgUnit { parent_id: Some(unit.id), name: name.to_owned() };
        teams.push(post(&administrator, path::ORG_UNITS, &team).await.json());
    }
    let (one, two) = (teams[0].id, teams[1].id);
    let below = NewOrgUnit { parent_id: Some(two), name: "一组".to_owned() };
    let at = path::of(path::ORG_UNIT, one);
    let other = format!("update org_unit set parent_id = '{}' where id = '{}'", one.0, two.0);
    let answer = after(&branch, other, administrator.send(Method::PUT, &at, Some(&below))).await;
    assert_eq!(answer.refusal(), (422, "invalid".to_owned()));
    branch.close().await;
}

/// Should there be one all the same: a look at who is below whom ends.
#[tokio::test]
async fn a_ring_of_org_units_holds_nobody_up() {
    let branch = Branch::open().await;
    let (administrator, lead) = (branch.sign_in("9001").await, branch.sign_in("2001").await);
    let unit = branch_unit(&administrator).await;
    let team = NewOrgUnit { parent_id: Some(unit.id), name: "一组".to_owned() };
    let team: OrgUnit = post(&administrator, path::ORG_UNITS, &team).await.json();
    let ring = format!("update org_unit set parent_id = '{}' where id = '{}'", team.id.0, unit.id.0);
    sqlx::query(crate::branch::put_together(ring)).execute(&branch.pool).await.unwrap();
    for path in [path::SESSION, path::DEVICES, path::TEAM] {
        let answer = tokio::time::timeout(Duration::from_secs(20), lead.get(path)).await;
        assert_eq!(answer.unwrap().status, StatusCode::OK, "{path}");
    }
    branch.close().await;
}

#[tokio::test]
async fn a_password_that_was_reset_while_it_was_checked_lets_nobody_in() {
    let branch = Branch::open().await;
    let asked = sign_in("1004", PASSWORD, DeviceId(Uuid::now_v7()));
    let signing_in = send(&branch.router, Method::POST, path::SESSION, &[], Some(&asked));
    let reset = "update employee set password_hash = 'another' where employee_no = '1004'".to_owned();
    assert_eq!(after(&branch, reset, signing_in).await.refusal(), (401, "not_signed_in".to_owned()));
    assert_eq!(branch.count("select count(*) from session").await, 0);
    branch.close().await;
}

#[tokio::test]
async fn a_password_is_not_changed_back_from_the_one_that_was_reset() {
    let branch = Branch::open().await;
    let tablet = branch.sign_in("1004").await;
    let asked =
        ChangePassword { current: Secret(PASSWORD.to_owned()), new: Secret("another-password-1".to_owned()) };
    let changing = tablet.send(Method::POST, path::SESSION_PASSWORD, Some(&asked));
    let reset = "update employee set password_hash = 'another' where employee_no = '1004'".to_owned();
    assert_eq!(after(&branch, reset, changing).await.refusal(), (422, "wrong_current_password".to_owned()));
    assert_eq!(branch.count("select count(*) from employee where password_hash = 'another'").await, 1);
    branch.close().await;
}

/// A server that is killed in the middle of an import leaves no rows that nobody answers for.
#[tokio::test]
async fn an_import_is_in_the_audit_log_before_its_first_row() {
    const LOGGED: &str = "select count(*) from audit_log where act = 'import'";
    let branch = Branch::open().await;
    let desk = branch.sign_in("3001").await;
    let list = include_bytes!("../data/book-700-gb18030.csv");
    let import: Import = upload(&branch, &desk, "list.csv", list).await.json();
    let mut tx = branch.pool.begin().await.unwrap();
    sqlx::query("update stream set version = version").execute(&mut *tx).await.unwrap();
    let run = desk.send(Method::POST, &path::of(path::IMPORT_RUN, import.id), Some(&())).await;
    assert_eq!(run.status, StatusCode::ACCEPTED);
    somebody_waits(&branch).await;
    assert_eq!(branch.count(LOGGED).await, 1);
    tx.commit().await.unwrap();
    assert_eq!(finished(&desk, &import).await.state, ImportState::Done);
    assert_eq!(branch.count(LOGGED).await, 1);
    branch.close().await;
}
