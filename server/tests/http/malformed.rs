//! Too large, too deep, and names that lead elsewhere: on every route that is described, as every role, a refusal of 4xx
//! in words, and never a thing done.

use crate::branch::{Branch, Tablet, pushed, send, send_bytes, sign_in};
use crate::imports::{run, upload};
use crate::rules::{ahead, bank, policy, standard};
use axum::http::{Method, StatusCode};
use domain::api::path;
use domain::api::{Import, ImportState, RuleKind};
use domain::customer::Customer;
use domain::ids::DeviceId;
use domain::import::limits::FILE_BYTES_MAX;
use domain::limits::{PHOTO_BYTES_MAX, PUSH_BODY_BYTES_MAX};
use domain::wire::{Problem, PushAnswer};
use regex::Regex;
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};
use server::{clock, sample};
use uuid::Uuid;

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

/// What JSON can say and PostgreSQL cannot hold.
const NUL: &str = "\0";

/// The value, once for every text in it, with that one followed by [`NUL`] or being nothing else.
fn with_nul(value: &Value) -> Vec<Value> {
    match value {
        Value::String(text) => vec![Value::from(format!("{text}{NUL}")), Value::from(NUL)],
        Value::Array(items) => (0..items.len())
            .flat_map(|at| with_nul(&items[at]).into_iter().map(move |new| (at, new)))
            .map(|(at, new)| {
                let mut items = items.clone();
                items[at] = new;
                Value::from(items)
            })
            .collect(),
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(name, value)| with_nul(value).into_iter().map(move |new| (name, new)))
            .map(|(name, new)| {
                let mut fields = fields.clone();
                fields.insert(name.clone(), new);
                Value::from(fields)
            })
            .collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}

/// An edit that no database holds must not keep those after it from arriving.
#[tokio::test]
async fn a_nul_in_any_text_of_any_edit_is_left_out_or_refused() {
    let branch = Branch::open().await;
    let mut tablet = branch.sign_in("1001").await;
    tablet.pull(500).await;
    let customer = tablet.all::<Customer>().next().unwrap().id.to_string();
    let today = clock::now().date();
    let text = include_str!("../../../app/replica/tests/outbox/schema-2.json");
    let text = text.replace("00000000-0000-7000-8000-000000000001", &customer);
    let text = text.replace("00000000-0000-7000-8000-000000000002", &tablet.book().to_string());
    let text = Regex::new(r"20\d\d-\d\d-\d\d").unwrap().replace_all(&text, today.to_string()).into_owned();
    let records: Vec<Value> = serde_json::from_str(&text).unwrap();
    let own_id = Regex::new("00000000-0000-7000-8000-[0-9a-f]{12}").unwrap();
    let (mut asked, mut applied) = (0, 0);
    for record in records {
        let name = record["name"].as_str().unwrap();
        let is_new =
            ["add_", "record_", "plan_", "make_", "report_"].iter().any(|verb| name.starts_with(verb));
        for mut args in with_nul(&record["args"]).into_iter().chain([record["args"].clone()]) {
            let is_plain = args == record["args"];
            if is_new && !is_plain {
                let new = own_id.replace(&args.to_string(), Uuid::now_v7().to_string()).into_owned();
                args = serde_json::from_str(&new).unwrap();
            }
            for name in
                [name.to_owned(), format!("{name}{NUL}")].into_iter().take(if is_plain { 2 } else { 1 })
            {
                let push = tablet.push_of(vec![pushed(tablet.last_seq + 1, &name, args.clone())]);
                let answer = tablet.send_push(&push).await;
                assert_eq!(answer.status, StatusCode::OK, "{name} {args}");
                let answer: PushAnswer = answer.json();
                tablet.last_seq = answer.last_seq;
                (asked, applied) = (asked + 1, applied + usize::from(answer.results[0].refused.is_none()));
            }
        }
    }
    assert!(asked > 200 && applied > 40, "{asked} asked, {applied} applied");
    branch.close().await;
}

#[tokio::test]
async fn a_nul_in_a_number_is_left_out_as_a_space_is() {
    let branch = Branch::open().await;
    let long = "x".repeat(10_000);
    for (number, status) in [(NUL, 422), ("1001\0", 200), (" \x001002", 200), (&long, 422)] {
        let asked = sign_in(number, sample::PASSWORD, DeviceId(Uuid::now_v7()));
        let answer = send(&branch.router, Method::POST, path::SESSION, &[], Some(&asked)).await;
        assert_eq!(answer.status, status, "{number:.20?}");
    }
    branch.close().await;
}

/// Everything an administrator writes, in bodies that are taken as they stand.
#[tokio::test]
async fn a_nul_in_any_text_an_administrator_writes_is_left_out_or_refused() {
    let branch = Branch::open().await;
    let administrator = branch.sign_in("9001").await;
    let org_unit = administrator.session.actor.org_unit_id;
    let scheme = bank(ahead(1), 50);
    let draft = |body: Value| json!({ "revision": null, "body": body });
    let rule = |kind| path::of_rule(path::RULE_DRAFT, kind);
    let bodies = [
        (Method::PUT, rule(RuleKind::TierScheme), draft(serde_json::to_value(&scheme).unwrap())),
        (
            Method::PUT,
            rule(RuleKind::VisitStandard),
            draft(serde_json::to_value(standard(ahead(1), &scheme)).unwrap()),
        ),
        (Method::PUT, rule(RuleKind::Policy), draft(serde_json::to_value(policy(ahead(1))).unwrap())),
        (Method::POST, path::TIER_SCHEME_PREVIEW.to_owned(), json!({ "scheme": scheme, "window": null })),
        (
            Method::POST,
            path::EMPLOYEES.to_owned(),
            json!({ "employee_no": "1990", "name": "新来的", "role": "manager", "org_unit_id": org_unit }),
        ),
        (Method::POST, path::ORG_UNITS.to_owned(), json!({ "parent_id": org_unit, "name": "新支行" })),
        (
            Method::POST,
            path::BOOKS.to_owned(),
            json!({ "org_unit_id": org_unit, "holder_id": null, "name": "新名单" }),
        ),
    ];
    for (method, at, body) in bodies {
        let mut taken = 0;
        for body in with_nul(&body).into_iter().chain([body]) {
            let answer = administrator.send(method.clone(), &at, Some(&body)).await;
            let told = String::from_utf8_lossy(&answer.body).into_owned();
            assert!(answer.status.is_success() || answer.status.is_client_error(), "{at} {body}: {told}");
            taken += usize::from(answer.status.is_success());
            if method == Method::PUT {
                administrator.send::<()>(Method::DELETE, &at, None).await;
            }
        }
        assert!(taken > 0, "{at} took nothing");
    }
    branch.close().await;
}

fn text(rows: &[Vec<String>]) -> Vec<u8> {
    rows.iter().map(|cells| cells.join(",") + "\n").collect::<String>().into_bytes()
}

/// In which a NUL stands as `_x0000_`.
fn workbook(rows: &[Vec<String>]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// A list as some program wrote it: refused whole or by row, and whatever is kept can be asked for again.
#[tokio::test]
async fn a_nul_in_any_cell_of_a_list_or_in_its_name_is_left_out_or_refused() {
    let branch = Branch::open().await;
    let desk = branch.sign_in("3001").await;
    let rows = [
        ["客户编号", "名称", "客户类型", "管户经理工号", "手机", "地址", "证件号码", "生日"],
        ["NUL1", "新客户", "个人", "1001", "19907000001", "滨海路1号", "990101199001010017", "1990-01-01"],
    ];
    let plain = rows.map(|cells| cells.map(str::to_owned).to_vec());
    let mut lists = ["%00.csv", "a%00b.csv"].map(|name| (name.to_owned(), name, text(&plain))).to_vec();
    lists.push(("its name".to_owned(), "a%00b.xlsx", workbook(&plain)));
    for (row, cells) in plain.iter().enumerate() {
        for column in 0..cells.len() {
            for cell in [NUL.to_owned(), format!("{}{NUL}", cells[column])] {
                let mut rows = plain.clone();
                rows[row][column] = cell;
                let about = format!("row {row}, column {column}");
                lists.push((about.clone(), "list.csv", text(&rows)));
                lists.push((about, "list.xlsx", workbook(&rows)));
            }
        }
    }
    let mut done = 0;
    for (about, name, list) in lists {
        let answer = upload(&branch, &desk, name, &list).await;
        if answer.status.is_client_error() {
            continue;
        }
        assert_eq!(answer.status, StatusCode::OK, "{about}");
        let import: Import = answer.json();
        let preview = desk.get(&path::of(path::IMPORT_PREVIEW, import.id)).await;
        // A column that is needed may be one no more.
        if preview.status.is_client_error() {
            continue;
        }
        assert_eq!(preview.status, StatusCode::OK, "{about}");
        assert_eq!(run(&desk, &import).await.state, ImportState::Done, "{about}");
        let refused = desk.send(Method::POST, &path::of(path::IMPORT_REFUSED, import.id), Some(&())).await;
        assert!(!refused.status.is_server_error(), "{about}");
        done += 1;
    }
    assert!(done > 20, "{done}");
    assert_eq!(desk.get(path::IMPORTS).await.status, StatusCode::OK);
    branch.close().await;
}
