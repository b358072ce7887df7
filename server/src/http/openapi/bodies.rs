//! The fields of every body. A type is written short: `string`, `uuid`, `int`, `bool`, `date`, `fen`, `instant`, `any`;
//! `[x]` is a list, `?x` may be null, `a|b` is one of these words, and anything else names another body.

use serde_json::{Map, Value, json};

type Fields = &'static [(&'static str, &'static str)];

const ROLE: &str = "manager|desk|lead|administrator|auditor";
const CUSTOMER_TYPE: &str = "person|sole_trader|company";

#[rustfmt::skip]
pub const BODIES: &[(&str, Fields)] = &[
    ("Problem", &[("code", "string"), ("message", "string"), ("retry_after_s", "?int"), ("field", "?string")]),
    ("Health", &[("status", "string")]),
    ("SignIn", &[("employee_no", "string"), ("password", "string"), ("device_id", "uuid"), ("device_name", "string")]),
    ("Session", &[("actor", "Actor"), ("organisation_name", "string"), ("org_unit_name", "string"), ("epoch", "uuid"),
        ("server_time", "instant"), ("must_change_password", "bool"), ("last_seq", "int")]),
    ("Actor", &[("employee_id", "uuid"), ("employee_no", "string"), ("name", "string"), ("role", ROLE),
        ("org_unit_id", "uuid"), ("books", "[uuid]")]),
    ("ChangePassword", &[("current", "string"), ("new", "string")]),
    ("FirstAdministrator", &[("token", "string"), ("organisation_name", "string"), ("employee_no", "string"),
        ("name", "string"), ("password", "string")]),
    ("Push", &[("device_id", "uuid"), ("schema", "int"), ("mutations", "[PushedMutation]"), ("pending_after", "int")]),
    ("PushedMutation", &[("seq", "int"), ("id", "uuid"), ("name", "string"), ("args", "any"), ("made_at", "instant")]),
    ("PushAnswer", &[("results", "[MutationResult]"), ("last_seq", "int"), ("server_time", "instant")]),
    ("MutationResult", &[("seq", "int"), ("refused", "any")]),
    ("Pull", &[("device_id", "uuid"), ("cookie", "[StreamCookie]"), ("limit", "int"), ("pending", "int")]),
    ("StreamCookie", &[("stream", "uuid"), ("version", "int"), ("at", "?RowKey")]),
    ("RowKey", &[("kind", "org_unit|book|colleague|choice|product|customer|contact|promise|conflict|visit|note|photo"),
        ("id", "uuid")]),
    ("Page", &[("epoch", "uuid"), ("streams", "[StreamPage]"), ("drop", "[uuid]"), ("last_seq", "int"), ("more", "bool"),
        ("remaining", "int"), ("server_time", "instant"), ("actor", "Actor")]),
    ("StreamPage", &[("stream", "uuid"), ("enter", "bool"), ("put", "[Row]"), ("del", "[RowKey]"), ("cookie", "StreamCookie")]),
    // One of these, under the name of its kind.
    ("Row", &[("org_unit", "?OrgUnit"), ("book", "?LibraryBook"), ("colleague", "?Colleague"), ("choice", "?Choice"),
        ("product", "?Product"), ("customer", "?Customer"), ("contact", "?Contact"), ("promise", "?Promise"),
        ("conflict", "?Conflict"), ("visit", "?Visit"), ("note", "?Note"), ("photo", "?Photo")]),
    ("OrgUnit", &[("id", "uuid"), ("parent_id", "?uuid"), ("name", "string")]),
    ("LibraryBook", &[("id", "uuid"), ("org_unit_id", "uuid"), ("holder_id", "?uuid"), ("name", "string")]),
    ("Colleague", &[("id", "uuid"), ("employee_no", "string"), ("name", "string"), ("role", ROLE), ("org_unit_id", "uuid"),
        ("is_active", "bool")]),
    ("Choice", &[("id", "uuid"), ("list", "need|skip_reason|next_step|purpose"), ("label", "string"), ("position", "int")]),
    ("Product", &[("id", "uuid"), ("name", "string"), ("family", "string"), ("is_offered", "bool")]),
    ("Customer", &[("id", "uuid"), ("book_id", "uuid"), ("customer_no", "string"), ("name", "string"),
        ("customer_type", CUSTOMER_TYPE), ("identity_masked", "?string"), ("phone", "?string"), ("address", "?string"),
        ("industry", "?string"), ("birthday", "?date"), ("opened_on", "?date"), ("last_visited_on", "?date"),
        ("place", "?Place"), ("remark", "?string"), ("holdings", "Holdings"), ("stamps", "[any]")]),
    ("Place", &[("longitude_e6", "int"), ("latitude_e6", "int")]),
    ("Holdings", &[("deposit", "fen"), ("wealth", "fen"), ("insurance", "fen"), ("fund", "fen"), ("loan", "fen"),
        ("as_of", "?date")]),
    ("Contact", &[("id", "uuid"), ("customer_id", "uuid"), ("name", "string"),
        ("role", "decides|influences|uses|finance|family|other"), ("relation", "?string"), ("phone", "?string"),
        ("stamps", "[any]")]),
    ("Promise", &[("id", "uuid"), ("customer_id", "uuid"), ("visit_id", "?uuid"), ("by", "us|customer"), ("text", "string"),
        ("due_on", "date"), ("state", "open|kept|broken|withdrawn"), ("made_by", "uuid"), ("made_at", "instant"),
        ("settled_at", "?instant"), ("settled_by", "?uuid")]),
    ("Conflict", &[("id", "uuid"), ("customer_id", "uuid"), ("field", "any"), ("base", "?string"), ("standing", "Side"),
        ("proposed", "Side"), ("settlement", "any")]),
    ("Side", &[("value", "?string"), ("by", "?uuid"), ("at", "?instant")]),
    ("Visit", &[("id", "uuid"), ("customer_id", "uuid"), ("visitor_id", "uuid"), ("state", "planned|done|skipped|cancelled"),
        ("on", "date"), ("at_minute", "?int"), ("purpose", "?string"), ("report", "any"), ("not_held", "any"),
        ("written_at", "instant")]),
    ("Note", &[("id", "uuid"), ("customer_id", "uuid"), ("text", "string"), ("by", "uuid"), ("at", "instant")]),
    ("Photo", &[("id", "uuid"), ("customer_id", "uuid"), ("visit_id", "?uuid"), ("caption", "?string"), ("width_px", "int"),
        ("height_px", "int"), ("bytes", "int"), ("by", "uuid"), ("at", "instant")]),
    ("Imports", &[("imports", "[Import]")]),
    ("Import", &[("id", "uuid"), ("file_name", "string"), ("header_line", "int"), ("rows", "int"),
        ("form", "customers|figures"), ("month", "?string"), ("month_hint", "?string"), ("columns", "[ImportColumn]"), ("state", "waiting|running|done|stopped|failed"), ("created_at", "instant"),
        ("done", "int"), ("result", "?ImportResult")]),
    ("ImportColumn", &[("header", "string"), ("sample", "string"), ("column", "?string"), ("unit", "string")]),
    ("ImportResult", &[("counts", "ImportCounts"), ("by_reason", "[ReasonCount]"), ("finished_at", "instant")]),
    ("ImportCounts", &[("new", "int"), ("changed", "int"), ("unchanged", "int"), ("refused", "int"), ("missing", "int")]),
    ("ImportMonth", &[("month", "string"), ("rows", "int"), ("missing", "int")]),
    ("ReasonCount", &[("reason", "string"), ("count", "int")]),
    ("ImportMapping", &[("form", "customers|figures"), ("month", "?string"), ("columns", "[any]")]),
    ("ImportPreview", &[("counts", "ImportCounts"), ("by_reason", "[ReasonCount]"), ("months", "[ImportMonth]"),
        ("rows", "[ImportRow]"), ("refused", "[ImportRow]")]),
    ("ImportRows", &[("total", "int"), ("rows", "[ImportRow]")]),
    ("ImportRow", &[("line", "int"), ("outcome", "new|changed|unchanged|refused"), ("name", "string"),
        ("cells", "[ImportedCell]"), ("faults", "[ImportFault]")]),
    ("ImportedCell", &[("column", "string"), ("raw", "string"), ("read", "?string")]),
    ("ImportFault", &[("reason", "string"), ("column", "?string"), ("raw", "string"), ("words", "string")]),
    // `customers` is "all" or {"ids": […]}.
    ("HandOver", &[("from_book", "uuid"), ("to_book", "uuid"), ("customers", "any")]),
    ("HandOverResult", &[("moved", "int")]),
    ("IdentityNumber", &[("identity_no", "?string")]),
    ("Team", &[("org_unit_name", "string"), ("as_of", "instant"), ("quarter_from", "date"), ("quarter_to", "date"),
        ("managers", "[TeamManager]"), ("exceptions", "[TeamException]")]),
    ("TeamManager", &[("employee_id", "uuid"), ("employee_no", "string"), ("name", "string"), ("books", "[uuid]"),
        ("customers", "int"), ("customers_visited", "int"), ("visits_done", "int"), ("planned_this_week", "int"),
        ("visits_overdue", "int"), ("promises_overdue", "int"), ("devices", "[TeamDevice]")]),
    ("TeamDevice", &[("name", "string"), ("last_contact_at", "?instant"), ("pending", "int")]),
    ("TeamException", &[
        ("kind", "promises_overdue|device_silent|not_visited|visits_overdue|book_without_holder"),
        ("employee_id", "?uuid"), ("book_id", "?uuid"), ("count", "int"), ("days", "?int")]),
    ("Employees", &[("employees", "[Employee]")]),
    ("Employee", &[("id", "uuid"), ("employee_no", "string"), ("name", "string"), ("role", ROLE), ("org_unit_id", "uuid"),
        ("is_active", "bool"), ("must_change_password", "bool"), ("last_sign_in_at", "?instant")]),
    ("NewEmployee", &[("employee_no", "string"), ("name", "string"), ("role", ROLE), ("org_unit_id", "uuid")]),
    ("OneTimePassword", &[("employee", "Employee"), ("password", "string")]),
    ("OrgUnits", &[("org_units", "[OrgUnit]")]),
    ("NewOrgUnit", &[("parent_id", "?uuid"), ("name", "string")]),
    ("Books", &[("books", "[Book]")]),
    ("Book", &[("id", "uuid"), ("org_unit_id", "uuid"), ("holder_id", "?uuid"), ("name", "string"), ("customers", "int")]),
    ("NewBook", &[("org_unit_id", "uuid"), ("holder_id", "?uuid"), ("name", "string")]),
    ("Devices", &[("devices", "[Device]")]),
    ("Device", &[("id", "uuid"), ("employee_id", "uuid"), ("employee_name", "string"), ("name", "string"),
        ("is_this_one", "bool"), ("last_contact_at", "?instant"), ("pending", "int"), ("revoked_at", "?instant")]),
];

pub fn object(fields: Fields) -> Value {
    let properties: Map<String, Value> =
        fields.iter().map(|(name, kind)| ((*name).to_owned(), schema(kind))).collect();
    let required: Vec<&str> = fields
        .iter()
        .filter(|(_, kind)| !kind.starts_with('?') && *kind != "any")
        .map(|(name, _)| *name)
        .collect();
    json!({ "type": "object", "properties": properties, "required": required })
}

/// A type written short.
pub fn schema(kind: &str) -> Value {
    if let Some(kind) = kind.strip_prefix('?') {
        return json!({ "anyOf": [schema(kind), { "type": "null" }] });
    }
    if let Some(item) = kind.strip_prefix('[').and_then(|kind| kind.strip_suffix(']')) {
        return json!({ "type": "array", "items": schema(item) });
    }
    if kind.contains('|') {
        return json!({ "enum": kind.split('|').collect::<Vec<_>>() });
    }
    match kind {
        "string" => json!({ "type": "string" }),
        "uuid" => json!({ "type": "string", "format": "uuid" }),
        "date" => json!({ "type": "string", "format": "date" }),
        "int" | "fen" | "instant" => json!({ "type": "integer", "format": "int64" }),
        "bool" => json!({ "type": "boolean" }),
        "any" => json!({}),
        body => json!({ "$ref": format!("#/components/schemas/{body}") }),
    }
}
