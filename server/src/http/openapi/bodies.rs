//! The fields of every body. A type is written short: `string`, `uuid`, `int`, `bool`, `date`, `fen`, `instant`, `any`;
//! `[x]` is a list, `?x` may be null, `a|b` is one of these words, and anything else names another body.

use serde_json::{Map, Value, json};

type Fields = &'static [(&'static str, &'static str)];

const ROLE: &str = "manager|desk|lead|administrator|auditor";
const STATE: &str = "draft|published";
const CUSTOMER_TYPE: &str = "person|sole_trader|company";

#[rustfmt::skip]
pub const BODIES: &[(&str, Fields)] = &[
    ("Problem", &[("code", "string"), ("message", "string"), ("retry_after_s", "?int"), ("field", "?string"), ("device_id", "?uuid")]),
    ("RuleFaults", &[("code", "string"), ("message", "string"), ("faults", "[any]")]),
    ("Health", &[("status", "string")]),
    ("SignIn", &[("employee_no", "string"), ("password", "string"), ("device_id", "uuid"), ("device_name", "string"),
        ("app_version", "?string")]),
    // A session, and what opens the store of this device to whoever has forgotten the former password.
    ("SignedIn", &[("actor", "Actor"), ("organisation_name", "string"), ("org_unit_name", "string"), ("epoch", "uuid"),
        ("server_time", "instant"), ("must_change_password", "bool"), ("last_seq", "int"), ("recovery_key", "string"),
        ("left_behind", "[LeftBehind]")]),
    ("LeftBehind", &[("device_name", "string"), ("pending", "int"), ("last_contact_at", "instant")]),
    ("Session", &[("actor", "Actor"), ("organisation_name", "string"), ("org_unit_name", "string"), ("epoch", "uuid"),
        ("server_time", "instant"), ("must_change_password", "bool"), ("last_seq", "int")]),
    ("Actor", &[("employee_id", "uuid"), ("employee_no", "string"), ("name", "string"), ("role", ROLE),
        ("org_unit_id", "uuid"), ("books", "[uuid]")]),
    ("ChangePassword", &[("current", "string"), ("new", "string")]),
    ("FirstAdministrator", &[("token", "string"), ("organisation_name", "string"), ("employee_no", "string"),
        ("name", "string"), ("password", "string")]),
    ("Push", &[("device_id", "uuid"), ("schema", "int"), ("mutations", "[PushedMutation]"), ("pending_after", "int"),
        ("follows", "?int")]),
    ("PushedMutation", &[("seq", "int"), ("id", "uuid"), ("name", "string"), ("args", "any"), ("made_at", "instant")]),
    ("PushAnswer", &[("results", "[MutationResult]"), ("last_seq", "int"), ("server_time", "instant")]),
    ("MutationResult", &[("seq", "int"), ("refused", "any")]),
    ("Pull", &[("device_id", "uuid"), ("cookie", "[StreamCookie]"), ("limit", "int"), ("pending", "int")]),
    ("StreamCookie", &[("stream", "uuid"), ("version", "int"), ("at", "?RowKey")]),
    ("RowKey", &[
        ("kind", "org_unit|book|colleague|choice|product|tier_scheme|visit_standard|policy|customer|contact|promise|task|\
            contract|event|tier_override|tier_goal|mark|conflict|preparation|figures|visit|call|note|photo"),
        ("id", "uuid")]),
    ("Page", &[("epoch", "uuid"), ("streams", "[StreamPage]"), ("drop", "[uuid]"), ("last_seq", "int"), ("more", "bool"),
        ("remaining", "int"), ("server_time", "instant"), ("actor", "Actor")]),
    ("StreamPage", &[("stream", "uuid"), ("enter", "bool"), ("put", "[Row]"), ("del", "[RowKey]"), ("cookie", "StreamCookie")]),
    // One of these, under the name of its kind.
    ("Row", &[("org_unit", "?OrgUnit"), ("book", "?LibraryBook"), ("colleague", "?Colleague"), ("choice", "?Choice"),
        ("product", "?Product"), ("tier_scheme", "?TierScheme"), ("visit_standard", "?VisitStandard"),
        ("policy", "?Policy"), ("customer", "?Customer"), ("contact", "?Contact"), ("promise", "?Promise"),
        ("task", "?Task"), ("contract", "?Contract"), ("event", "?Event"), ("tier_override", "?TierOverride"),
        ("tier_goal", "?TierGoal"), ("mark", "?Mark"), ("conflict", "?Conflict"), ("preparation", "?Preparation"),
        ("figures", "?Figures"), ("visit", "?Visit"), ("call", "?Call"), ("note", "?Note"), ("photo", "?Photo")]),
    ("OrgUnit", &[("id", "uuid"), ("parent_id", "?uuid"), ("name", "string")]),
    ("LibraryBook", &[("id", "uuid"), ("org_unit_id", "uuid"), ("holder_id", "?uuid"), ("name", "string")]),
    ("Colleague", &[("id", "uuid"), ("employee_no", "string"), ("name", "string"), ("role", ROLE), ("org_unit_id", "uuid"),
        ("is_active", "bool")]),
    ("Choice", &[("id", "uuid"), ("list", "need|skip_reason|next_step|purpose"), ("label", "string"), ("position", "int")]),
    ("Product", &[("id", "uuid"), ("name", "string"), ("family", "string"), ("is_offered", "bool")]),
    ("Customer", &[("id", "uuid"), ("book_id", "uuid"), ("customer_no", "string"), ("name", "string"),
        ("customer_type", CUSTOMER_TYPE), ("identity_masked", "?string"), ("phone", "?string"), ("address", "?string"),
        ("industry", "?string"), ("birthday", "?date"), ("lunar_birthday", "?string"), ("opened_on", "?date"),
        ("last_visited_on", "?date"),
        ("place", "?Place"), ("remark", "?string"), ("holdings", "Holdings"), ("stamps", "[any]")]),
    // What holds of the other two kinds of rules too: `effective_on` is null in a draft only.
    ("TierScheme", &[("id", "uuid"), ("org_unit_id", "uuid"), ("version", "int"), ("state", STATE), ("effective_on", "?date"),
        ("tiers", "[Tier]"), ("ladders", "[Ladder]"), ("freeze", "none|yearly"), ("weights", "any")]),
    ("Tier", &[("code", "string"), ("name", "string")]),
    // `applies` is "everyone", {"having": measure} or {"lacking": measure}; `by` is "score" or {"sum": [measure]}.
    ("Ladder", &[("name", "string"), ("applies", "any"), ("by", "any"), ("steps", "[Step]")]),
    // A bound is "blank", "open" or {"at": value}.
    ("Step", &[("tier", "string"), ("floor", "any"), ("ceiling", "any"), ("besides", "[Demand]")]),
    ("Demand", &[("of", "any"), ("at_least", "?int")]),
    ("VisitStandard", &[("id", "uuid"), ("org_unit_id", "uuid"), ("version", "int"), ("state", STATE),
        ("effective_on", "?date"), ("carried_periods", "int"), ("do_event_visits_count", "bool"),
        ("tiers", "[TierStandard]")]),
    ("TierStandard", &[("tier", "string"), ("visits", "Quota"), ("calls", "Quota"), ("on_event", "[EventRule]")]),
    ("Quota", &[("count", "?int"), ("per", "month|quarter|half_year|year")]),
    ("EventRule", &[("event", "string"), ("name", "string"), ("visits", "int"), ("within_days", "?int")]),
    ("Policy", &[("id", "uuid"), ("org_unit_id", "uuid"), ("version", "int"), ("state", STATE), ("effective_on", "?date"),
        ("lead", "CareLead"), ("festivals", "[Festival]"), ("fall", "FallRule"), ("limits", "any"),
        ("visits_a_week", "?int"), ("hours", "WorkingHours"), ("rate_an_hour", "?fen")]),
    ("CareLead", &[("birthday_days", "int"), ("festival_days", "int"), ("contract_days", "int")]),
    ("Festival", &[("code", "string"), ("name", "string"), ("rule", "any")]),
    ("FallRule", &[("percent", "int"), ("months", "int"), ("at_least", "fen")]),
    ("WorkingHours", &[("hours_a_week", "int"), ("minutes_per_visit", "int"), ("minutes_per_call", "int")]),
    ("Place", &[("longitude_e6", "int"), ("latitude_e6", "int")]),
    ("Holdings", &[("deposit", "fen"), ("wealth", "fen"), ("insurance", "fen"), ("fund", "fen"), ("loan", "fen"),
        ("as_of", "?date")]),
    ("Contact", &[("id", "uuid"), ("customer_id", "uuid"), ("name", "string"),
        ("role", "decides|influences|uses|finance|family|other"), ("relation", "?string"), ("phone", "?string"),
        ("stamps", "[any]")]),
    ("Promise", &[("id", "uuid"), ("customer_id", "uuid"), ("visit_id", "?uuid"), ("by", "us|customer"), ("text", "string"),
        ("due_on", "date"), ("state", "open|kept|broken|withdrawn"), ("made_by", "uuid"), ("made_at", "instant"),
        ("settled_at", "?instant"), ("settled_by", "?uuid")]),
    ("Task", &[("id", "uuid"), ("customer_id", "uuid"), ("owner_id", "uuid"), ("text", "string"), ("due_on", "date"),
        ("state", "open|done|dropped"), ("made_by", "uuid"), ("made_at", "instant"), ("settled_by", "?uuid"),
        ("settled_at", "?instant")]),
    ("Contract", &[("id", "uuid"), ("customer_id", "uuid"), ("name", "string"), ("amount", "?fen"), ("ends_on", "date"),
        ("state", "running|renewed|ended"), ("noted_by", "uuid"), ("noted_at", "instant"), ("settled_by", "?uuid"),
        ("settled_at", "?instant")]),
    ("Event", &[("id", "uuid"), ("customer_id", "uuid"), ("event", "string"), ("on", "date"), ("note", "?string"),
        ("reported_by", "uuid"), ("reported_at", "instant"), ("answers", "[uuid]")]),
    ("TierOverride", &[("id", "uuid"), ("customer_id", "uuid"), ("tier", "string"), ("reason", "string"),
        ("set_by", "uuid"), ("set_on", "date"), ("until", "date")]),
    ("TierGoal", &[("id", "uuid"), ("customer_id", "uuid"), ("tier", "string"), ("by", "date"), ("set_by", "uuid"),
        ("set_at", "instant")]),
    ("Mark", &[("id", "uuid"), ("customer_id", "uuid"), ("kind", "important|routine|call_first|later"),
        ("marked_by", "uuid"), ("marked_at", "instant")]),
    ("Preparation", &[("id", "uuid"), ("customer_id", "uuid"), ("minutes", "?int"), ("bring", "[Bring]")]),
    ("Bring", &[("what", "string"), ("is_ready", "bool")]),
    // `values`: fen, pieces or points by measure; what is not in it is not known.
    ("Figures", &[("id", "uuid"), ("customer_id", "uuid"), ("as_of", "date"), ("values", "any")]),
    ("Call", &[("id", "uuid"), ("customer_id", "uuid"), ("caller_id", "uuid"), ("on", "date"), ("at_minute", "?int"),
        ("channel", "phone|message"), ("outcome", "reached|no_answer|called_us"), ("summary", "string"),
        ("minutes", "?int"), ("written_at", "instant")]),
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
    ("ExportCustomers", &[("customers", "[uuid]"), ("form", "xlsx|csv")]),
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
    ("RuleBook", &[("tier_schemes", "[TierScheme]"), ("visit_standards", "[VisitStandard]"), ("policies", "[Policy]"),
        ("tier_scheme_draft", "?Draft"), ("visit_standard_draft", "?Draft"), ("policy_draft", "?Draft")]),
    // By the kind of the path.
    ("Rule", &[("id", "uuid"), ("org_unit_id", "uuid"), ("version", "int"), ("state", STATE), ("effective_on", "?date")]),
    ("Draft", &[("body", "any"), ("revision", "int"), ("saved_by_name", "string"), ("saved_at", "instant")]),
    ("SaveDraft", &[("revision", "?int"), ("body", "any")]),
    ("PublishDraft", &[("revision", "int")]),
    ("PreviewScheme", &[("scheme", "TierScheme")]),
    ("SchemePreview", &[("customers", "int"), ("up", "int"), ("down", "int"), ("same", "int"), ("regraded", "int"),
        ("joins", "int"), ("leaves", "int"), ("unplaced", "int"), ("flows", "[Flow]"), ("near", "[Mover]"),
        ("faults", "[any]"), ("took_ms", "int")]),
    ("Flow", &[("from", "?string"), ("to", "?string"), ("count", "int")]),
    ("Mover", &[("customer_id", "uuid"), ("customer_no", "string"), ("name", "string"), ("from", "?string"),
        ("to", "?string"), ("value", "int"), ("floor", "?int")]),
    ("AskMovers", &[("scheme", "TierScheme"), ("way", "up|down|regraded|joins|leaves")]),
    ("SchemeMovers", &[("count", "int"), ("rows", "[MoverRow]")]),
    ("MoverRow", &[("customer_id", "uuid"), ("customer_no", "string"), ("name", "string"), ("from", "?string"),
        ("to", "?string"), ("grounds", "[any]"), ("above", "?string"), ("short", "[any]"), ("missing", "[string]"),
        ("out_of_range", "?string")]),
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
        ("is_this_one", "bool"), ("last_contact_at", "?instant"), ("pending", "int"), ("revoked_at", "?instant"),
        ("app_version", "?string")]),
    ("RevokeDevice", &[("take_pending", "bool")]),
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
