use crate::branch::{Branch, Tablet, send, sign_in};
use axum::http::{Method, StatusCode};
use domain::api::{
    Book, Employees, FirstAdministrator, NewBook, NewEmployee, NewOrgUnit, OneTimePassword, OrgUnits, Secret,
    Team, path,
};
use domain::ids::DeviceId;
use domain::organisation::{Colleague, OrgUnit, Role};
use domain::wire::Session;
use server::db::installation;
use server::token::Token;
use uuid::Uuid;

pub async fn post<T: serde::Serialize>(device: &Tablet, path: &str, body: &T) -> crate::branch::Answer {
    device.send(Method::POST, path, Some(body)).await
}

pub async fn branch_unit(administrator: &Tablet) -> OrgUnit {
    let units: OrgUnits = administrator.get(path::ORG_UNITS).await.json();
    units.org_units.into_iter().find(|unit| unit.name == "滨海支行").unwrap()
}

#[tokio::test]
async fn a_new_manager_gets_a_password_once_and_a_book() {
    let branch = Branch::open().await;
    let administrator = branch.sign_in("9001").await;
    let unit = branch_unit(&administrator).await;
    let new = NewEmployee {
        employee_no: "1007".to_owned(),
        name: "顾南枝".to_owned(),
        role: Role::Manager,
        org_unit_id: unit.id,
    };
    let made: OneTimePassword = post(&administrator, path::EMPLOYEES, &new).await.json();
    assert!(made.employee.must_change_password);
    assert_eq!(
        post(&administrator, path::EMPLOYEES, &new).await.refusal(),
        (422, "number_in_use".to_owned())
    );

    let book = NewBook { org_unit_id: unit.id, holder_id: Some(made.employee.id), name: "新簿".to_owned() };
    let book: Book = post(&administrator, path::BOOKS, &book).await.json();
    let asked = sign_in("1007", &made.password.0, DeviceId(Uuid::now_v7()));
    let session: Session = send(&branch.router, Method::POST, path::SESSION, &[], Some(&asked)).await.json();
    assert!(session.must_change_password);
    assert_eq!(session.actor.books, [book.id]);

    let mut desk = branch.sign_in("3001").await;
    desk.pull(5_000).await;
    assert!(desk.all::<Colleague>().any(|colleague| colleague.name == "顾南枝"));
    branch.close().await;
}

#[tokio::test]
async fn who_has_left_is_signed_out_and_stays_out() {
    let branch = Branch::open().await;
    let (administrator, tablet) = (branch.sign_in("9001").await, branch.sign_in("1001").await);
    let id = tablet.session.actor.employee_id;
    let gone = post(&administrator, &path::of(path::EMPLOYEE_DEACTIVATE, id), &()).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    assert_eq!(tablet.get(path::SESSION).await.refusal(), (410, "device_revoked".to_owned()));
    let asked = sign_in("1001", server::sample::PASSWORD, tablet.device_id);
    let answer = send(&branch.router, Method::POST, path::SESSION, &[], Some(&asked)).await;
    assert_eq!(answer.refusal(), (401, "wrong_password".to_owned()));
    post(&administrator, &path::of(path::EMPLOYEE_ACTIVATE, id), &()).await;
    assert_eq!(tablet.get(path::SESSION).await.refusal(), (401, "not_signed_in".to_owned()));
    branch.sign_in("1001").await;
    let own = administrator.session.actor.employee_id;
    let answer = post(&administrator, &path::of(path::EMPLOYEE_DEACTIVATE, own), &()).await;
    assert_eq!(answer.refusal(), (409, "own_account".to_owned()));
    branch.close().await;
}

#[tokio::test]
async fn an_org_unit_never_lies_below_itself() {
    let branch = Branch::open().await;
    let administrator = branch.sign_in("9001").await;
    let unit = branch_unit(&administrator).await;
    let team = NewOrgUnit { parent_id: Some(unit.id), name: "一组".to_owned() };
    let team: OrgUnit = post(&administrator, path::ORG_UNITS, &team).await.json();
    let at = path::of(path::ORG_UNIT, unit.id);
    for (parent_id, status) in [
        (Some(team.id), StatusCode::UNPROCESSABLE_ENTITY),
        (Some(unit.id), StatusCode::UNPROCESSABLE_ENTITY),
        (None, StatusCode::UNPROCESSABLE_ENTITY),
        (unit.parent_id, StatusCode::OK),
    ] {
        let moved = NewOrgUnit { parent_id, name: "滨海支行".to_owned() };
        assert_eq!(administrator.send(Method::PUT, &at, Some(&moved)).await.status, status, "{parent_id:?}");
    }
    branch.close().await;
}

#[tokio::test]
async fn the_lead_sees_every_manager_of_the_branch() {
    let branch = Branch::open().await;
    let lead = branch.sign_in("2001").await;
    let team: Team = lead.get(path::TEAM).await.json();
    let numbers: Vec<_> = team.managers.iter().map(|manager| manager.employee_no.as_str()).collect();
    assert_eq!(numbers, ["1001", "1002", "1003", "1004", "1005", "1006"]);
    assert!(team.managers.iter().all(|manager| manager.customers == 20));
    let visits: u32 = team.managers.iter().map(|manager| manager.visits_done).sum();
    let done = sqlx::query_scalar::<_, i64>(
        "select count(*) from visit where state = 'done' and visit_on between $1 and $2",
    )
    .bind(team.quarter_from)
    .bind(team.quarter_to)
    .fetch_one(&branch.pool)
    .await
    .unwrap();
    assert_eq!(i64::from(visits), done);
    branch.close().await;
}

/// What each role may ask for at all: everything else is refused before it is looked at.
#[tokio::test]
async fn roles_reach_what_is_theirs() {
    let branch = Branch::open().await;
    let mut devices = Vec::new();
    for employee_no in ["1001", "3001", "2001", "9001"] {
        devices.push((employee_no, branch.sign_in(employee_no).await));
    }
    for (path, allowed) in [
        (path::IMPORTS, &["3001", "2001"][..]),
        (path::TEAM, &["2001"]),
        (path::EMPLOYEES, &["9001"]),
        (path::ORG_UNITS, &["9001"]),
        (path::BOOKS, &["1001", "3001", "2001", "9001"]),
        (path::DEVICES, &["1001", "3001", "2001", "9001"]),
    ] {
        for (employee_no, device) in &devices {
            let expected = if allowed.contains(employee_no) { 200 } else { 403 };
            assert_eq!(device.get(path).await.status.as_u16(), expected, "{employee_no} {path}");
        }
        let nobody = send::<()>(&branch.router, Method::GET, path, &[], None).await;
        assert_eq!(nobody.status, StatusCode::UNAUTHORIZED, "{path}");
    }
    branch.close().await;
}

#[tokio::test]
async fn the_first_administrator_is_made_once_by_the_link() {
    let branch = Branch::empty().await;
    let token = Token::new().unwrap();
    let mut connection = branch.services.db.system().await.unwrap();
    installation::set_setup_token(&mut connection, Some(&token.hash())).await.unwrap();
    drop(connection);
    let asked = |token: &str| FirstAdministrator {
        token: Secret(token.to_owned()),
        organisation_name: "试点分行".to_owned(),
        employee_no: "9001".to_owned(),
        name: "程若谷".to_owned(),
        password: Secret(server::sample::PASSWORD.to_owned()),
    };
    let make = async |token: &str| {
        send(&branch.router, Method::POST, path::FIRST_ADMINISTRATOR, &[], Some(&asked(token))).await
    };
    assert_eq!(make("guess").await.refusal(), (409, "set_up_already".to_owned()));
    assert_eq!(make(token.text()).await.status, StatusCode::NO_CONTENT);
    assert_eq!(make(token.text()).await.refusal(), (409, "set_up_already".to_owned()));
    let mut administrator = branch.sign_in("9001").await;
    assert_eq!(administrator.session.organisation_name, "试点分行");
    administrator.pull(5_000).await;
    let employees: Employees = administrator.get(path::EMPLOYEES).await.json();
    assert_eq!(employees.employees.len(), 1);
    branch.close().await;
}
