//! `/api/openapi.json`: the interface described for anyone's integration, from two tables: the routes here, the bodies
//! in [`bodies`]. Tests hold both against the router and against real answers.

mod bodies;

use crate::list_file::XLSX_MEDIA_TYPE;
use crate::services::Services;
use axum::routing::get;
use axum::{Json, Router};
use bodies::{BODIES, schema};
use domain::api::{FILE_NAME_HEADER, RuleKind, path};
use domain::wire::{CLIENT_HEADER, PAGE_MEDIA_TYPE, PAGE_SCHEMA};
use serde_json::{Map, Value, json};

/// What goes in or comes out.
#[derive(Clone, Copy)]
enum Content {
    Nothing,
    /// Named in [`BODIES`].
    Json(&'static str),
    /// Bytes of this media type.
    Bytes(&'static str),
}
use Content::{Bytes, Json as Body, Nothing};

struct Route {
    method: &'static str,
    path: &'static str,
    summary: &'static str,
    asks: Content,
    answers: Content,
}

const fn route(
    method: &'static str,
    path: &'static str,
    summary: &'static str,
    asks: Content,
    answers: Content,
) -> Route {
    Route { method, path, summary, asks, answers }
}

const XLSX_OR_CSV: &str = "application/octet-stream";
/// A list as it goes back.
const LISTS: &[&str] = &[XLSX_MEDIA_TYPE, "text/csv"];

#[rustfmt::skip]
const ROUTES: &[Route] = &[
    route("get", path::HEALTH, "Whether the server and its database answer", Nothing, Body("Health")),
    route("get", path::OPENAPI, "This description", Nothing, Bytes("application/json")),
    route("post", path::SESSION, "Sign in; the session is a cookie", Body("SignIn"), Body("SignedIn")),
    route("get", path::SESSION, "Who is signed in", Nothing, Body("Session")),
    route("delete", path::SESSION, "Sign out", Nothing, Nothing),
    route("post", path::SESSION_PASSWORD, "Change one's password; other sessions end", Body("ChangePassword"), Nothing),
    route("post", path::FIRST_ADMINISTRATOR, "Make the first administrator, by the one-time link from the console", Body("FirstAdministrator"), Nothing),
    route("post", path::SYNC_PUSH, "Send mutations, numbered per device; repeating is harmless", Body("Push"), Body("PushAnswer")),
    route("post", path::SYNC_PULL, "One page of what changed since the cookies given", Body("Pull"), Body("Page")),
    route("get", path::SYNC_POKES, "Server-sent events `poke` without data: pull", Nothing, Bytes("text/event-stream")),
    route("put", path::PHOTO, "A photo's bytes, after its row was pushed; 409 `not_yet` before", Bytes("image/jpeg"), Nothing),
    route("get", path::PHOTO, "A photo's bytes", Nothing, Bytes("image/jpeg")),
    route("get", path::IMPORTS, "Imports of one's org unit, the latest first", Nothing, Body("Imports")),
    route("post", path::IMPORTS, "Upload a list of customers or of figures by month (xlsx, CSV); its name percent-encoded in x-rounds-file-name", Bytes(XLSX_OR_CSV), Body("Import")),
    route("get", path::IMPORT, "How far an import is", Nothing, Body("Import")),
    route("delete", path::IMPORT, "Forget an import that is not running", Nothing, Nothing),
    route("put", path::IMPORT_MAPPING, "Correct the list's form, its month and which column means what", Body("ImportMapping"), Body("Import")),
    route("get", path::IMPORT_PREVIEW, "What would be new, changed, unchanged and refused", Nothing, Body("ImportPreview")),
    route("get", path::IMPORT_ROWS, "Rows by outcome and reason (?outcome=&reason=&offset=&limit=)", Nothing, Body("ImportRows")),
    route("post", path::IMPORT_RUN, "Begin; it goes on by itself", Nothing, Body("Import")),
    route("post", path::IMPORT_STOP, "Stop; what was imported stays", Nothing, Body("Import")),
    route("post", path::IMPORT_REFUSED, "The refused rows in the form of the uploaded file, with a column 原因; logged", Nothing, Bytes(XLSX_OR_CSV)),
    route("post", path::HAND_OVERS, "Move customers with all their history from one book to another", Body("HandOver"), Body("HandOverResult")),
    route("post", path::CUSTOMERS_EXPORT, "Customers as a file, numbers masked, marked with who took it; logged", Body("ExportCustomers"), Bytes(XLSX_OR_CSV)),
    route("get", path::TEAM, "Figures by manager, exceptions first", Nothing, Body("Team")),
    route("post", path::CUSTOMER_IDENTITY, "Show an identity number; logged", Nothing, Body("IdentityNumber")),
    route("get", path::RULES, "Tier schemes, visit standards and policies in all versions, and the drafts", Nothing, Body("RuleBook")),
    route("put", path::RULE_DRAFT, "Save the draft of a kind; 409 `draft_changed` when it was saved, published or discarded meanwhile", Body("SaveDraft"), Body("Draft")),
    route("delete", path::RULE_DRAFT, "Discard the draft of a kind", Nothing, Nothing),
    route("post", path::RULE_PUBLISH, "Let the draft take effect; 422 `rule_faults` with the list of `faults`", Body("PublishDraft"), Body("Rule")),
    route("post", path::TIER_SCHEME_PREVIEW, "Who a draft of a tier scheme would move, by today's figures", Body("PreviewScheme"), Body("SchemePreview")),
    route("post", path::TIER_SCHEME_MOVERS, "The customers behind one figure of the preview, in scope, by which values", Body("AskMovers"), Body("SchemeMovers")),
    route("get", path::EMPLOYEES, "Everyone in the organisation", Nothing, Body("Employees")),
    route("post", path::EMPLOYEES, "Add an employee; the password is shown once", Body("NewEmployee"), Body("OneTimePassword")),
    route("put", path::EMPLOYEE, "Change an employee", Body("NewEmployee"), Body("Employee")),
    route("post", path::EMPLOYEE_DEACTIVATE, "May no longer sign in; every session ends", Nothing, Nothing),
    route("post", path::EMPLOYEE_ACTIVATE, "May sign in again", Nothing, Nothing),
    route("post", path::EMPLOYEE_PASSWORD, "A new one-time password; every session ends", Nothing, Body("OneTimePassword")),
    route("get", path::ORG_UNITS, "The organisation's tree", Nothing, Body("OrgUnits")),
    route("post", path::ORG_UNITS, "Add an org unit", Body("NewOrgUnit"), Body("OrgUnit")),
    route("put", path::ORG_UNIT, "Rename or move an org unit", Body("NewOrgUnit"), Body("OrgUnit")),
    route("get", path::BOOKS, "Books in scope, with how many customers each holds", Nothing, Body("Books")),
    route("post", path::BOOKS, "Add a book", Body("NewBook"), Body("Book")),
    route("put", path::BOOK, "Rename a book or give it to another manager", Body("NewBook"), Body("Book")),
    route("get", path::DEVICES, "One's devices; a lead's and administrator's view of everyone's in scope", Nothing, Body("Devices")),
    route("post", path::DEVICE_REVOKE, "Revoke a device: told at its next contact, it forgets everything", Body("RevokeDevice"), Nothing),
];

/// Open to whoever is not signed in.
const PUBLIC: &[(&str, &str)] = &[
    ("get", path::HEALTH),
    ("get", path::OPENAPI),
    ("post", path::SESSION),
    ("delete", path::SESSION),
    ("post", path::FIRST_ADMINISTRATOR),
];

pub fn router() -> Router<Services> {
    Router::new().route(path::OPENAPI, get(async || Json(document())))
}

fn document() -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for route in ROUTES {
        let methods = paths.entry(route.path).or_insert_with(|| json!({}));
        methods[route.method] = operation(route);
    }
    let schemas: Map<String, Value> =
        BODIES.iter().map(|(name, fields)| ((*name).to_owned(), bodies::object(fields))).collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Rounds · 走访",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Money is whole fen, instants are milliseconds since 1970, dates are YYYY-MM-DD in Asia/Shanghai. \
                What a person may not see does not exist (404). A message comes in the language of Accept-Language.",
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": { "session": { "type": "apiKey", "in": "cookie", "name": "rounds",
                "description": "`__Host-rounds` over HTTPS" } },
        },
    })
}

fn operation(route: &Route) -> Value {
    let mut parameters = Vec::new();
    if route.path.contains("{id}") {
        parameters.push(json!({ "name": "id", "in": "path", "required": true, "schema": schema("uuid") }));
    }
    if route.path.contains("{kind}") {
        let words: Vec<&str> = RuleKind::ALL.into_iter().map(RuleKind::word).collect();
        let schema = schema(&words.join("|"));
        parameters.push(json!({ "name": "kind", "in": "path", "required": true, "schema": schema }));
    }
    if route.method != "get" {
        parameters.push(
            json!({ "name": CLIENT_HEADER, "in": "header", "required": true, "schema": schema("string"),
            "description": "Any text: a form on another site cannot send it" }),
        );
    }
    if route.path == path::IMPORTS && route.method == "post" {
        parameters.push(json!({ "name": FILE_NAME_HEADER, "in": "header", "schema": schema("string") }));
    }
    let done = match route.answers {
        Nothing => "204",
        // It goes on by itself.
        _ if route.path == path::IMPORT_RUN => "202",
        Body(_) | Bytes(_) => "200",
    };
    let mut answer = json!({ done: { "description": "Done" } });
    if !matches!(route.answers, Nothing) {
        answer[done]["content"] = content(route.answers, route.path);
    }
    let mut operation = json!({ "summary": route.summary, "parameters": parameters, "responses": answer });
    let refused = |body| {
        json!({
        "description": "Refused", "content": { "application/json": { "schema": schema(body) } } })
    };
    operation["responses"]["4XX"] = refused("Problem");
    if route.path == path::RULE_PUBLISH {
        operation["responses"]["422"] = json!({ "description": "Refused", "content": { "application/json": {
            "schema": { "anyOf": [schema("RuleFaults"), schema("Problem")] } } } });
    }
    // The database is away, or too much is asked at once.
    operation["responses"]["503"] = refused("Problem");
    if !matches!(route.asks, Nothing) {
        operation["requestBody"] = json!({ "required": true, "content": content(route.asks, "") });
    }
    if !PUBLIC.contains(&(route.method, route.path)) {
        operation["security"] = json!([{ "session": [] }]);
    }
    operation
}

fn content(content: Content, path_answering: &str) -> Value {
    match content {
        Nothing => json!({}),
        Bytes(_) if [path::IMPORT_REFUSED, path::CUSTOMERS_EXPORT].contains(&path_answering) => {
            LISTS.iter().map(|media_type| ((*media_type).to_owned(), json!({}))).collect::<Map<_, _>>().into()
        }
        Bytes(media_type) => json!({ media_type: {} }),
        Body(name) => {
            let mut content = json!({ "application/json": { "schema": schema(name) } });
            if path_answering == path::SYNC_PULL {
                // The same page in postcard, for our own client.
                content[format!("{PAGE_MEDIA_TYPE};schema={PAGE_SCHEMA}")] = json!({});
            }
            content
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_path_of_the_interface_is_described() {
        let source = include_str!("../../../app/domain/src/api.rs");
        let named: BTreeSet<&str> = source
            .lines()
            .filter_map(|line| line.trim().strip_prefix("pub const ")?.split_once("\"/api/"))
            .filter_map(|(_, rest)| rest.split('"').next())
            .collect();
        let described: BTreeSet<&str> =
            ROUTES.iter().filter_map(|route| route.path.strip_prefix("/api/")).collect();
        assert!(named.len() > 20);
        assert_eq!(named, described);
    }

    #[test]
    fn every_body_named_is_described() {
        let document = document();
        let text = document.to_string();
        for name in text.split("#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(document["components"]["schemas"].get(name).is_some(), "{name}");
        }
        let used: BTreeSet<&str> =
            text.split("#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        for (name, _) in BODIES {
            assert!(used.contains(name), "{name} is described and not used");
        }
    }
}
