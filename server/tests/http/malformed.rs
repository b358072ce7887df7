//! Too large, too deep, and names that lead elsewhere: on every route that is described, as every role, a refusal of 4xx
//! in words, and never a thing done.

use crate::branch::{Branch, Tablet, send, send_bytes};
use axum::http::{Method, StatusCode};
use domain::api::path;
use domain::import::limits::FILE_BYTES_MAX;
use domain::limits::{PHOTO_BYTES_MAX, PUSH_BODY_BYTES_MAX};
use domain::wire::Problem;
use serde_json::Value;

/// What the server takes where a route says nothing else.
const BODY_BYTES_MAX: usize = 256 * 1024;
/// Beyond what a stack would bear, if something went down level by level.
const DEEP: usize = 60_000;
/// No segment of a path that names anything.
const NAMES: &[&str] = &[
    "..",
    "%2e%2e",
    "..%2f..%2f..%2fetc%2fpasswd",
    "..%5c..%5cwindows%5cwin.ini",
    "%2e%2e%2f%2e%2e%2fstate%2fphotos%2fx.jpg",
    "....%2f%2f....%2f%2f",
    "%252e%252e%252f",
    "%c0%ae%c0%ae%c0%af",
    "%00",
    "01930000-0000-7000-8000-000000000000%00.jpg",
    "%ff%fe",
    "%E2%80%AE",
    "%0d%0aset-cookie:%20x=1",
    "'%20or%20'1'='1",
    "1;drop%20table%20customer",
    "$%7Bjndi:ldap:%2F%2Fx%7D",
    "%7B%7B7*7%7D%7D",
    "file:%2F%2F%2Fetc%2Fpasswd",
    "CON",
    "01930000-0000-7000-8000-000000000000",
    "00000000-0000-0000-0000-000000000000",
    "%7B01930000-0000-7000-8000-000000000000%7D",
];

fn bytes_max(route: &str, method: &Method) -> usize {
    match route {
        path::SYNC_PUSH => PUSH_BODY_BYTES_MAX,
        path::PHOTO => usize::try_from(PHOTO_BYTES_MAX).unwrap(),
        path::IMPORTS if *method == Method::POST => FILE_BYTES_MAX + 1,
        _ => BODY_BYTES_MAX,
    }
}

/// Bodies that are no JSON of any route.
fn bodies() -> Vec<(&'static str, Vec<u8>)> {
    let wrapped =
        |open: &str, close: &str| format!("{}{}", open.repeat(DEEP), close.repeat(DEEP)).into_bytes();
    vec![
        ("nothing", Vec::new()),
        ("lists in lists", wrapped("[", "]")),
        ("lists never closed", wrapped("[", "")),
        ("objects in objects", "{\"a\":".repeat(DEEP / 2).into_bytes()),
        ("a deep value", format!("{{\"device_id\":{}1{}}}", "[".repeat(DEEP), "]".repeat(DEEP)).into_bytes()),
        ("a list", b"[]".to_vec()),
        ("null", b"null".to_vec()),
        ("a number without end", [b"1".repeat(10_000), b"e999999999".to_vec()].concat()),
        ("no UTF-8", b"{\"name\":\"\xff\xfe\"}".to_vec()),
        ("half a surrogate", br#"{"name":"\ud800"}"#.to_vec()),
        ("a form", b"name=x&role=administrator".to_vec()),
        ("XML", b"<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>".to_vec()),
    ]
}

async fn ask(
    branch: &Branch,
    tablet: &Tablet,
    method: &Method,
    at: &str,
    body: Vec<u8>,
    what: &str,
) -> (StatusCode, String) {
    let answer = send_bytes(&branch.router, method.clone(), at, &[("cookie", &tablet.cookie)], body).await;
    let about = format!("{method} {at:.120}, {what}: {}", answer.status);
    assert!(answer.status.is_client_error(), "{about}");
    let problem: Problem = answer.json();
    assert!(!problem.code.is_empty() && !problem.message.is_empty(), "{about}");
    assert!(
        !["serde", "panick", "/src/", "sqlx", "error at"].iter().any(|ours| problem.message.contains(ours)),
        "{about}"
    );
    (answer.status, problem.code)
}

struct Described {
    method: Method,
    route: String,
    /// The media type of what it takes.
    takes: Option<String>,
}

async fn described(branch: &Branch) -> Vec<Described> {
    let document: Value = send::<()>(&branch.router, Method::GET, path::OPENAPI, &[], None).await.json();
    let mut all = Vec::new();
    for (route, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let content = operation["requestBody"]["content"].as_object();
            all.push(Described {
                method: Method::from_bytes(method.to_uppercase().as_bytes()).unwrap(),
                route: route.clone(),
                takes: content.and_then(|content| content.keys().next().cloned()),
            });
        }
    }
    all
}

#[tokio::test]
async fn what_is_too_large_or_no_json_is_refused_on_every_route_that_takes_a_body() {
    let branch = Branch::open().await;
    let mut tablets = Vec::new();
    for employee_no in ["1001", "3001", "2001", "9001"] {
        tablets.push(branch.sign_in(employee_no).await);
    }
    let mut taking = 0;
    for Described { method, route, takes } in described(&branch).await {
        let Some(takes) = takes else { continue };
        taking += 1;
        let at = route.replace("{id}", "01930000-0000-7000-8000-000000000000").replace("{kind}", "policy");
        let (mut is_too_large, mut is_malformed) = (false, takes != "application/json");
        for tablet in &tablets {
            let large = vec![b' '; bytes_max(&route, &method) + 1];
            let (status, _) = ask(&branch, tablet, &method, &at, large, "too large").await;
            is_too_large |= status == StatusCode::PAYLOAD_TOO_LARGE;
            if takes == "application/json" {
                for (what, body) in bodies() {
                    let (status, code) = ask(&branch, tablet, &method, &at, body, what).await;
                    is_malformed |= (status, code.as_str()) == (StatusCode::BAD_REQUEST, "malformed");
                }
            }
        }
        // Whoever may not ask at all is told that; somebody is told what is wrong.
        assert!(is_too_large, "{method} {route} told nobody that it is too large");
        assert!(is_malformed, "{method} {route} told nobody that it is malformed");
    }
    assert!(taking > 15, "{taking}");
    branch.close().await;
}

#[tokio::test]
async fn a_name_that_leads_elsewhere_names_nothing() {
    let branch = Branch::open().await;
    let long = "x".repeat(6_000);
    for employee_no in ["1001", "3001", "2001", "9001"] {
        let tablet = branch.sign_in(employee_no).await;
        for Described { method, route, .. } in described(&branch).await {
            let Some((before, after)) =
                route.split_once('{').map(|(before, rest)| (before, rest.split_once('}').unwrap().1))
            else {
                continue;
            };
            for name in NAMES.iter().copied().chain([long.as_str()]) {
                ask(&branch, &tablet, &method, &format!("{before}{name}{after}"), b"{}".to_vec(), "a name")
                    .await;
            }
        }
    }
    // Files of the app and the shell beside it.
    for at in ["/assets/", "/icons/"] {
        for name in NAMES {
            let answer =
                send_bytes(&branch.router, Method::GET, &format!("{at}{name}"), &[], Vec::new()).await;
            assert!(
                !answer.status.is_success() && !answer.status.is_server_error(),
                "{at}{name}: {}",
                answer.status
            );
        }
    }
    branch.close().await;
}
