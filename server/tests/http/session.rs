use crate::branch::{Branch, send, send_bytes, sign_in};
use axum::http::{Method, StatusCode, header};
use domain::api::{ChangePassword, Secret, path};
use domain::ids::DeviceId;
use domain::organisation::Role;
use domain::wire::{Problem, Session};
use server::sample::PASSWORD;
use uuid::Uuid;

#[tokio::test]
async fn a_manager_signs_in_and_out() {
    let branch = Branch::open().await;
    let tablet = branch.sign_in("1001").await;
    assert_eq!(tablet.session.actor.role, Role::Manager);
    assert_eq!(tablet.session.org_unit_name, "滨海支行");
    assert_eq!(tablet.session.organisation_name, "滨海分行");
    assert_eq!(tablet.session.actor.books.len(), 1);
    let answer = tablet.get(path::SESSION).await;
    assert_eq!(answer.json::<Session>().actor, tablet.session.actor);
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");

    assert_eq!(tablet.send::<()>(Method::DELETE, path::SESSION, None).await.status, StatusCode::NO_CONTENT);
    assert_eq!(tablet.get(path::SESSION).await.refusal(), (401, "not_signed_in".to_owned()));
    branch.close().await;
}

#[tokio::test]
async fn a_cookie_is_kept_from_scripts_and_other_sites() {
    let branch = Branch::open().await;
    let asked = sign_in("1001", PASSWORD, DeviceId(Uuid::now_v7()));
    let answer = send(&branch.router, Method::POST, path::SESSION, &[], Some(&asked)).await;
    let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
    for part in ["rounds=", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let first = cookie.split(';').next().unwrap().to_owned();
    let again = send(&branch.router, Method::POST, path::SESSION, &[("cookie", &first)], Some(&asked)).await;
    let second = again.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(!second.starts_with(&first), "a token is renewed at every sign-in");
    branch.close().await;
}

#[tokio::test]
async fn five_wrong_passwords_lock_the_number_known_or_not() {
    let branch = Branch::open().await;
    for employee_no in ["1001", "nobody"] {
        let mut seen = Vec::new();
        for _ in 0..6 {
            let asked = sign_in(employee_no, "wrong", DeviceId(Uuid::now_v7()));
            let answer = send(&branch.router, Method::POST, path::SESSION, &[], Some(&asked)).await;
            seen.push(answer.refusal());
        }
        let wrong = |_| (401, "wrong_password".to_owned());
        let locked = |_| (429, "locked_out".to_owned());
        let expected: Vec<_> = (0..4).map(wrong).chain((0..2).map(locked)).collect();
        assert_eq!(seen, expected, "{employee_no}");
    }
    // Even the right password waits.
    let asked = sign_in("1001", PASSWORD, DeviceId(Uuid::now_v7()));
    let answer = send(&branch.router, Method::POST, path::SESSION, &[], Some(&asked)).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(answer.json::<Problem>().retry_after_s.unwrap() > 800);
    branch.close().await;
}

#[tokio::test]
async fn a_refusal_says_in_the_persons_language_how_many_tries_are_left() {
    let branch = Branch::open().await;
    for (language, words) in [("zh-CN,zh", "还可以试4次"), ("en", "3 more tries")] {
        let asked = sign_in("1002", "wrong", DeviceId(Uuid::now_v7()));
        let headers = [("accept-language", language)];
        let answer = send(&branch.router, Method::POST, path::SESSION, &headers, Some(&asked)).await;
        let message = answer.json::<Problem>().message;
        assert!(message.contains(words), "{message}");
    }
    branch.close().await;
}

#[tokio::test]
async fn nothing_changes_for_a_request_from_another_site() {
    let branch = Branch::open().await;
    let asked = serde_json::to_vec(&sign_in("1001", PASSWORD, DeviceId(Uuid::now_v7()))).unwrap();
    for header in [("origin", "https://elsewhere.example"), ("sec-fetch-site", "cross-site")] {
        let headers = [header, ("host", "127.0.0.1:3000")];
        let answer = send_bytes(&branch.router, Method::POST, path::SESSION, &headers, asked.clone()).await;
        assert_eq!(answer.refusal(), (403, "cross_site".to_owned()));
    }
    assert_eq!(branch.count("select count(*) from session").await, 0);
    branch.close().await;
}

#[tokio::test]
async fn a_malformed_request_is_refused_in_words() {
    let branch = Branch::open().await;
    let tablet = branch.sign_in("1001").await;
    let cookie = [("cookie", tablet.cookie.as_str())];
    let nested = "[".repeat(100_000);
    for (method, path, body, refusal) in [
        (Method::POST, path::SESSION, "{", (400, "malformed")),
        (Method::POST, path::SYNC_PULL, "\u{0}", (400, "malformed")),
        (Method::POST, path::SYNC_PUSH, nested.as_str(), (400, "malformed")),
        (Method::PATCH, path::SESSION, "", (405, "method_not_allowed")),
        (Method::GET, "/api/v1/nothing", "", (404, "not_found")),
        (Method::GET, "/api/v1/photos/1", "", (404, "not_found")),
        (Method::GET, "/nothing", "", (404, "not_found")),
    ] {
        let answer = send_bytes(&branch.router, method, path, &cookie, body.as_bytes().to_vec()).await;
        let (status, code) = refusal;
        assert_eq!(answer.refusal(), (status, code.to_owned()), "{path}");
    }
    let large = vec![b' '; 5 * 1024 * 1024];
    let answer = send_bytes(&branch.router, Method::POST, path::SYNC_PUSH, &cookie, large).await;
    assert_eq!(answer.refusal(), (413, "too_large".to_owned()));
    branch.close().await;
}

#[tokio::test]
async fn a_new_password_ends_every_other_session() {
    let branch = Branch::open().await;
    let (here, elsewhere) = (branch.sign_in("1003").await, branch.sign_in("1003").await);
    let change = |current: &str, new: &str| ChangePassword {
        current: Secret(current.to_owned()),
        new: Secret(new.to_owned()),
    };
    for (asked, refusal) in [
        (change(PASSWORD, "short"), (422, "invalid")),
        (change("wrong", "another-password-1"), (422, "wrong_current_password")),
    ] {
        let answer = here.send(Method::POST, path::SESSION_PASSWORD, Some(&asked)).await;
        assert_eq!(answer.refusal(), (refusal.0, refusal.1.to_owned()));
    }
    let asked = change(PASSWORD, "another-password-1");
    let answer = here.send(Method::POST, path::SESSION_PASSWORD, Some(&asked)).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(here.get(path::SESSION).await.status, StatusCode::OK);
    assert_eq!(elsewhere.get(path::SESSION).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(branch.count("select count(*) from audit_log where act = 'change_password'").await, 1);
    branch.close().await;
}
