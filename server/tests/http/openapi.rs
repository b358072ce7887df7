use crate::branch::{Branch, Tablet, send};
use axum::http::{Method, StatusCode};
use domain::api::path;
use serde_json::{Value, json};

/// What is wrong with `value` as the description has it: empty when it fits.
fn misfits(document: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    if let Some(name) = schema["$ref"].as_str().and_then(|name| name.strip_prefix("#/components/schemas/")) {
        return misfits(document, &document["components"]["schemas"][name], value, &format!("{at}:{name}"));
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        let found: Vec<_> = choices.iter().map(|choice| misfits(document, choice, value, at)).collect();
        return if found.iter().any(Vec::is_empty) { Vec::new() } else { found.concat() };
    }
    let fits = |is_fit: bool| if is_fit { Vec::new() } else { vec![format!("{at}: {value}")] };
    if let Some(words) = schema["enum"].as_array() {
        return fits(words.contains(value));
    }
    match schema["type"].as_str() {
        Some("string") => fits(value.is_string()),
        Some("integer") => fits(value.is_i64()),
        Some("boolean") => fits(value.is_boolean()),
        Some("null") => fits(value.is_null()),
        Some("array") => value.as_array().map_or_else(
            || fits(false),
            |items| items.iter().flat_map(|item| misfits(document, &schema["items"], item, at)).collect(),
        ),
        Some("object") => {
            let Some(fields) = value.as_object() else { return fits(false) };
            let missing = schema["required"].as_array().unwrap().iter();
            let missing = missing.filter(|name| !fields.contains_key(name.as_str().unwrap()));
            let mut wrong: Vec<String> = missing.map(|name| format!("{at}: no {name}")).collect();
            for (name, field) in fields {
                let described = &schema["properties"][name];
                if described.is_null() {
                    wrong.push(format!("{at}: {name} is not described"));
                } else {
                    wrong.extend(misfits(document, described, field, &format!("{at}.{name}")));
                }
            }
            wrong
        }
        _ => Vec::new(),
    }
}

async fn check(document: &Value, device: &Tablet, method: Method, path: &str, body: Option<Value>) {
    let answer = device.send(method.clone(), path, body.as_ref()).await;
    assert!(answer.status.is_success(), "{path}: {}", String::from_utf8_lossy(&answer.body));
    let operation = &document["paths"][path][method.as_str().to_lowercase()];
    let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"];
    assert!(!schema.is_null(), "{path}");
    assert_eq!(misfits(document, schema, &answer.json(), path), Vec::<String>::new());
}

#[tokio::test]
async fn answers_are_as_the_description_says() {
    let branch = Branch::open().await;
    let (lead, administrator) = (branch.sign_in("2001").await, branch.sign_in("9001").await);
    let document: Value = send::<()>(&branch.router, Method::GET, path::OPENAPI, &[], None).await.json();
    let pull = serde_json::to_value(lead.pull_of(5_000)).unwrap();
    let push = serde_json::to_value(lead.push_of(Vec::new())).unwrap();
    for (device, method, path, body) in [
        (&lead, Method::GET, path::SESSION, None),
        (&lead, Method::POST, path::SYNC_PULL, Some(pull)),
        (&lead, Method::POST, path::SYNC_PUSH, Some(push)),
        (&lead, Method::GET, path::TEAM, None),
        (&lead, Method::GET, path::IMPORTS, None),
        (&lead, Method::GET, path::BOOKS, None),
        (&lead, Method::GET, path::DEVICES, None),
        (&lead, Method::GET, path::HEALTH, None),
        (&administrator, Method::GET, path::EMPLOYEES, None),
        (&administrator, Method::GET, path::ORG_UNITS, None),
    ] {
        check(&document, device, method, path, body).await;
    }
    branch.close().await;
}

/// A route is there when it refuses nobody in words of its own; one that is not says 404 or 405.
#[tokio::test]
async fn every_route_described_is_there_and_closed_to_nobody_signed_in() {
    let branch = Branch::open().await;
    let document: Value = send::<()>(&branch.router, Method::GET, path::OPENAPI, &[], None).await.json();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let at = path.replace("{id}", "01930000-0000-7000-8000-000000000000").replace("{kind}", "policy");
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            if operation["security"].is_null() {
                continue;
            }
            let answer = send(&branch.router, method.clone(), &at, &[], Some(&json!({}))).await;
            let (status, code) = answer.refusal();
            assert_eq!((status, code.as_str()), (401, "not_signed_in"), "{method} {path}");
        }
    }
    branch.close().await;
}

/// The canary matrix asks what is described; what the router answers beside it nobody would ask.
#[tokio::test]
async fn no_route_is_there_that_is_not_described() {
    let branch = Branch::empty().await;
    let document: Value = send::<()>(&branch.router, Method::GET, path::OPENAPI, &[], None).await.json();
    for (path, described) in document["paths"].as_object().unwrap() {
        let at = path.replace("{id}", "01930000-0000-7000-8000-000000000000").replace("{kind}", "policy");
        for method in [Method::GET, Method::POST, Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS]
        {
            if described.get(method.as_str().to_lowercase()).is_none() {
                let answer = send(&branch.router, method.clone(), &at, &[], Some(&json!({}))).await;
                assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
            }
        }
    }
    branch.close().await;
}

/// Paths are the constants of `domain::api::path`, whose description is held to be whole; the shell alone has its own.
#[test]
fn every_route_of_the_interface_goes_by_its_constant() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/http");
    let mut routes = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let file = entry.unwrap().path();
        if !file.is_file() || file.ends_with("shell.rs") {
            continue;
        }
        let source = std::fs::read_to_string(&file).unwrap();
        for route in source.split(".route(").skip(1) {
            routes += 1;
            let named = route.trim_start().trim_start_matches('&');
            assert!(named.starts_with("path::"), "{}: {}", file.display(), named.lines().next().unwrap());
        }
    }
    assert!(routes > 20);
}
