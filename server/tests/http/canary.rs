//! Nobody learns what they may not (SECURITY.md): every route, asked by everybody, for what is theirs and for what is
//! another book's, unit's and organisation's; no answer holds a canary that an independent oracle denies the asker.
//!
//! Twice: as it is served, and with row-level security off, so that neither layer hides a hole in the other.

#[path = "canary/asked.rs"]
mod asked;
#[path = "canary/boundary.rs"]
mod boundary;
#[path = "canary/mutants.rs"]
mod mutants;
#[path = "canary/oracle.rs"]
mod oracle;
#[path = "canary/planted.rs"]
pub mod planted;
#[path = "canary/predicate.rs"]
mod predicate;
#[path = "canary/wire.rs"]
pub mod wire;

use crate::branch::{self, Branch};
use asked::{Asked, World, asked};
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request};
use domain::api::path;
use http_body_util::BodyExt;
use oracle::{Person, may_change, may_know};
use planted::{Planted, run};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use uuid::Uuid;

/// The stream of pokes has no end: so long is listened.
const LISTENED: Duration = Duration::from_millis(100);
/// Ending the session, and what locks an account, come last.
const LAST: [(&str, &str); 2] = [("post", path::SESSION), ("delete", path::SESSION)];

#[derive(Clone)]
struct Asker {
    /// None is nobody.
    person: Option<Person>,
    device: Uuid,
    cookie: String,
    /// Tokens of their own requests: to hear them again tells nothing.
    typed: BTreeSet<u32>,
}

/// A method in small letters and a path as the router has it.
type Route = (String, String);

/// As `METHOD /path`, from the description; that the description is whole, its own tests say.
async fn routes(branch: &Branch) -> Vec<Route> {
    let document: Value =
        branch::send::<()>(&branch.router, Method::GET, path::OPENAPI, &[], None).await.json();
    let mut routes = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        routes.extend(methods.as_object().unwrap().keys().map(|method| (method.clone(), path.clone())));
    }
    let is_last = |route: &Route| LAST.iter().position(|last| *last == (route.0.as_str(), route.1.as_str()));
    routes.sort_by_key(is_last);
    routes
}

/// Status, headers and what came of the body.
async fn answer(branch: &Branch, cookie: &str, asked: &Asked) -> (u16, Vec<u8>, Vec<u8>) {
    let mut request = Request::builder()
        .method(asked.method.clone())
        .uri(&asked.path)
        .header(domain::wire::CLIENT_HEADER, "1")
        .header("cookie", cookie);
    for (name, value) in &asked.headers {
        request = request.header(*name, value);
    }
    let mut request = request.body(Body::from(asked.body.clone())).unwrap();
    let from = std::net::SocketAddr::from(([127, 0, 0, 1], 9));
    request.extensions_mut().insert(axum::extract::ConnectInfo(from));
    let response = tower::ServiceExt::oneshot(branch.router.clone(), request).await.unwrap();
    let (parts, mut body) = response.into_parts();
    let mut said = Vec::new();
    let is_endless = asked.path == path::SYNC_POKES;
    loop {
        let frame = match is_endless {
            true => tokio::time::timeout(LISTENED, body.frame()).await.ok().flatten(),
            false => body.frame().await,
        };
        let Some(frame) = frame else { break };
        if let Ok(data) = frame.unwrap().into_data() {
            said.extend(data);
        }
    }
    (parts.status.as_u16(), headers_of(&parts.headers), said)
}

fn headers_of(headers: &HeaderMap) -> Vec<u8> {
    headers
        .iter()
        .flat_map(|(name, value)| [name.as_str().as_bytes(), b": ", value.as_bytes(), b"\n"].concat())
        .collect()
}

/// What came of asking.
#[derive(Default)]
struct Heard {
    /// What was learnt, or changed, that may not be.
    breaches: BTreeSet<String>,
    /// How much was learnt rightly, by table.
    known: BTreeMap<String, usize>,
}

async fn signed_in(planted: &Planted, person: &Person) -> Asker {
    let tablet = planted.branch.sign_in(&person.employee_no).await;
    let (device, cookie) = (tablet.device_id.0, tablet.cookie);
    Asker { person: Some(person.clone()), device, cookie, typed: BTreeSet::new() }
}

struct Matrix {
    world: World,
    askers: Vec<Asker>,
}

impl Matrix {
    /// Everybody signs in.
    async fn of(planted: &Planted) -> Self {
        let world = World::of(planted).await;
        let nobody =
            Asker { person: None, device: Uuid::nil(), cookie: String::new(), typed: BTreeSet::new() };
        let mut askers = vec![nobody];
        for person in &world.people {
            askers.push(signed_in(planted, person).await);
        }
        // To sign in is their own doing.
        planted.changed().await;
        Self { world, askers }
    }

    /// Asks a route as everybody.
    async fn ask(&mut self, planted: &Planted, (method, path): &Route, heard: &mut Heard) {
        let world = &self.world;
        for asker in &mut self.askers {
            let who = asker.person.as_ref().map_or("nobody", |person| person.role.word());
            let asking = asked(method, path, world, asker.person.as_ref(), asker.device);
            let asking =
                asking.unwrap_or_else(|| panic!("{method} {path} has no case: what could it tell whom?"));
            for one in asking {
                asker.typed.extend(planted.in_bytes(&one.body));
                let mut next = Some(one);
                while let Some(one) = next.take() {
                    let (status, headers, said) = answer(&planted.branch, &asker.cookie, &one).await;
                    world.note(&one, asker.person.as_ref(), &said);
                    let text = String::from_utf8_lossy(&said);
                    if status >= 500 {
                        heard.breaches.insert(format!("{status}: {method} {path} as {who}: {text}"));
                    }
                    if text.contains("$argon2") {
                        heard.breaches.insert(format!("{who} learnt a password's hash by {method} {path}"));
                    }
                    for n in planted.in_bytes(&[headers, said.clone()].concat()) {
                        let field = &planted.fields[&n];
                        let is_asked = asker.typed.contains(&n);
                        let may_know = |person| may_know(world, person, field, &one);
                        if is_asked || asker.person.as_ref().is_some_and(may_know) {
                            *heard.known.entry(field.table.clone()).or_default() += 1;
                        } else {
                            let (table, column) = (&field.table, &field.column);
                            heard
                                .breaches
                                .insert(format!("{who} learnt {table}.{column} by {method} {path}"));
                        }
                    }
                    next = one.and_then(&said);
                }
            }
            if method == "get" {
                continue;
            }
            for field in planted.changed().await {
                if !asker.person.as_ref().is_some_and(|person| may_change(world, person, &field)) {
                    heard.breaches.insert(format!("{who} changed {} by {method} {path}", field.table));
                }
            }
        }
    }
}

async fn nobody_learns_anything(planted: Planted) {
    let mut matrix = Matrix::of(&planted).await;
    let mut heard = Heard::default();
    for route in routes(&planted.branch).await {
        matrix.ask(&planted, &route, &mut heard).await;
    }
    let Heard { breaches, known } = heard;
    assert_eq!(breaches, BTreeSet::new());
    // What everybody rightly learns shows that the canaries do sing.
    for table in
        ["customer", "visit", "note", "photo", "conflict", "employee", "device", "import_job", "rule_draft"]
    {
        assert!(known.contains_key(table), "nobody heard anything of {table}: {known:?}");
    }
    planted.branch.close().await;
}

#[tokio::test]
async fn nobody_learns_what_they_may_not() {
    nobody_learns_anything(Planted::open().await).await;
}

#[tokio::test]
async fn nobody_learns_what_they_may_not_by_the_predicates_alone() {
    let planted = Planted::open().await;
    disable_policies(&planted).await;
    nobody_learns_anything(planted).await;
}

async fn disable_policies(planted: &Planted) {
    for table in &planted.tables {
        run(&planted.branch.pool, &format!("alter table {table} disable row level security")).await;
    }
}
