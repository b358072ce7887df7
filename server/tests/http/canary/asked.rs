//! What is asked of every route: of each place (one's own book, another's, another unit's, another organisation's) what
//! lies there. What a person may do to their own place is left alone where others look at it later.

use super::oracle::{Person, people};
use super::planted::{Planted, twin};
use crate::branch::{pushed, put_together};
use axum::http::Method;
use domain::api::{FILE_NAME_HEADER, RuleKind, path};
use domain::customer::CustomerField;
use domain::ids::{BookId, ConflictId, CustomerId, NoteId};
use domain::mutation::{
    AddCustomer, AddNote, CustomerEdit, EditCustomer, MUTATION_SCHEMA, Mutation, RemovePhoto, RevealPhone,
    SettleConflict,
};
use domain::organisation::Role;
use domain::wire::{PAGE_MEDIA_TYPE, PAGE_SCHEMA, PushedMutation};
use serde_json::{Value, json};
use sqlx::Row as _;
use std::collections::BTreeMap;
use std::sync::Mutex;
use uuid::Uuid;

const JPEG: [u8; 12] = [0xFF, 0xD8, 0xFF, 0xC0, 0, 8, 8, 0x01, 0xE0, 0x02, 0x80, 0];

/// A book with something of everything in it.
pub struct Place {
    pub book: Uuid,
    pub holder: Person,
    customer: Uuid,
    customer_no: String,
    photo: Uuid,
    note: Uuid,
    conflict: Uuid,
    device: Uuid,
    import: Uuid,
}

pub struct World {
    /// One of each role, in one unit of one organisation but the administrator, who is of its head.
    pub people: Vec<Person>,
    pub places: Vec<Place>,
    /// Everyone there is.
    pub everybody: Vec<Person>,
    pub organisation_of: BTreeMap<Uuid, Uuid>,
    /// A body of each kind of rule.
    rules: BTreeMap<&'static str, Value>,
    /// The imports people have uploaded here.
    uploads: Mutex<BTreeMap<Uuid, Uuid>>,
}

impl World {
    pub async fn of(planted: &Planted) -> Self {
        let pool = &planted.branch.pool;
        let one = "select id from org_unit as one where parent_id is null and exists (
             select from org_unit as other where other.id = md5(one.id::text || 'elsewhere')::uuid)";
        let organisation: Uuid = sqlx::query_scalar(one).fetch_one(pool).await.unwrap();
        let here = people(pool, organisation).await;
        let there = people(pool, twin(pool, organisation).await).await;
        let of_role = |role| here.iter().find(|person| person.role == role).unwrap().clone();
        let lead = of_role(Role::Lead);
        let managers = || here.iter().filter(|person| person.role == Role::Manager);
        let (own, beyond): (Vec<&Person>, Vec<&Person>) =
            managers().partition(|manager| manager.org_unit == lead.org_unit);
        let elsewhere = there.iter().find(|person| person.role == Role::Manager).unwrap();
        let mut places = Vec::new();
        for holder in [own[0], own[1], beyond[0], elsewhere] {
            places.push(Place::of(pool, holder).await);
        }
        let mut rules = BTreeMap::new();
        for (kind, sql) in [
            ("tier_scheme", "select scheme from tier_scheme limit 1"),
            ("visit_standard", "select standard from visit_standard limit 1"),
            ("policy", "select policy from policy limit 1"),
        ] {
            rules.insert(kind, sqlx::query_scalar(sql).fetch_one(pool).await.unwrap());
        }
        let others = [Role::Desk, Role::Lead, Role::Administrator, Role::Auditor];
        Self {
            people: std::iter::once(own[0].clone()).chain(others.map(of_role)).collect(),
            places,
            organisation_of: here
                .iter()
                .chain(&there)
                .map(|person| (person.id, person.organisation))
                .collect(),
            everybody: here.iter().chain(&there).cloned().collect(),
            rules,
            uploads: Mutex::default(),
        }
    }

    /// Remembers the import somebody has just uploaded.
    pub fn note(&self, asked: &Asked, person: Option<&Person>, body: &[u8]) {
        if asked.route != path::IMPORTS || asked.method != Method::POST {
            return;
        }
        let id =
            serde_json::from_slice::<Value>(body).ok().and_then(|said| said["id"].as_str()?.parse().ok());
        if let (Some(person), Some(id)) = (person, id) {
            self.uploads.lock().unwrap().insert(person.id, id);
        }
    }
}

impl Place {
    async fn of(pool: &sqlx::PgPool, holder: &Person) -> Self {
        let book = *holder.books.first().unwrap();
        let id_in = async |table: &str, column: &str, id: Uuid| -> Uuid {
            let sql = format!("select id from {table} where {column} = $1 limit 1");
            sqlx::query_scalar(put_together(sql)).bind(id).fetch_one(pool).await.unwrap()
        };
        let customer = sqlx::query("select id, customer_no from customer where book_id = $1 limit 1");
        let customer = customer.bind(book).fetch_one(pool).await.unwrap();
        Self {
            book,
            holder: holder.clone(),
            customer: customer.get(0),
            customer_no: customer.get(1),
            photo: id_in("photo", "book_id", book).await,
            note: id_in("note", "book_id", book).await,
            conflict: id_in("conflict", "book_id", book).await,
            device: id_in("device", "employee_id", holder.id).await,
            import: id_in("import_job", "org_unit_id", holder.org_unit).await,
        }
    }
}

/// One request.
#[derive(Clone)]
pub struct Asked {
    /// The path as the router has it.
    pub route: String,
    pub method: Method,
    pub path: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

impl Asked {
    /// The next page of a pull.
    pub fn and_then(self, body: &[u8]) -> Option<Self> {
        if self.route != path::SYNC_PULL {
            return None;
        }
        let said: Value = serde_json::from_slice(body).ok()?;
        let mut asked: Value = serde_json::from_slice(&self.body).ok()?;
        said["more"].as_bool().filter(|more| *more)?;
        let mut cookies: BTreeMap<String, Value> = BTreeMap::new();
        let told = said["streams"].as_array()?.iter().map(|stream| &stream["cookie"]);
        for cookie in asked["cookie"].as_array()?.iter().chain(told) {
            cookies.insert(cookie["stream"].as_str()?.to_owned(), cookie.clone());
        }
        asked["cookie"] = cookies.into_values().collect();
        Some(Self { body: serde_json::to_vec(&asked).ok()?, ..self })
    }
}

/// Everything that is asked of a route by one person; None where nobody has thought of it.
pub fn asked(
    method: &str,
    route: &str,
    world: &World,
    person: Option<&Person>,
    device: Uuid,
) -> Option<Vec<Asked>> {
    let of = |path: String, body: Vec<u8>| Asked {
        route: route.to_owned(),
        method: Method::from_bytes(method.to_uppercase().as_bytes()).unwrap(),
        path,
        headers: Vec::new(),
        body,
    };
    let json = |body: &Value| serde_json::to_vec(body).unwrap();
    let bare = || vec![of(route.to_owned(), Vec::new())];
    let with = |bodies: Vec<Value>| bodies.iter().map(|body| of(route.to_owned(), json(body))).collect();
    let at = |ids: Vec<Uuid>, body: Value| -> Vec<Asked> {
        ids.into_iter().map(|id| of(path::of(route, id), json(&body))).collect()
    };
    let places = &world.places;
    // An administrator changes what is of their organisation; here they try what is not.
    let is_administrator = person.is_some_and(|person| person.role == Role::Administrator);
    let aims: Vec<&Place> = places
        .iter()
        .filter(|place| {
            !is_administrator || person.is_some_and(|person| person.organisation != place.holder.organisation)
        })
        .collect();
    let ids = |of: fn(&Place) -> Uuid| -> Vec<Uuid> { aims.iter().map(|place| of(place)).collect() };
    let holder = |place: &Place| {
        json!({
        "employee_no": place.holder.employee_no, "name": "新", "role": "manager", "org_unit_id": place.holder.org_unit })
    };
    let imports = || {
        let uploads = world.uploads.lock().unwrap();
        let own = person.and_then(|person| uploads.get(&person.id).copied());
        own.into_iter().chain(places.iter().map(|place| place.import)).collect::<Vec<_>>()
    };
    let rule = |body: fn(&Value) -> Value| -> Vec<Asked> {
        let kinds = RuleKind::ALL.into_iter();
        kinds
            .map(|kind| {
                of(
                    path::of_rule(route, kind),
                    json(&body(&world.rules[kind.word().replace('-', "_").as_str()])),
                )
            })
            .collect()
    };
    Some(match (method, route) {
        (
            "get",
            path::HEALTH | path::OPENAPI | path::SESSION | path::SYNC_POKES | path::IMPORTS | path::TEAM,
        )
        | ("get", path::RULES | path::EMPLOYEES | path::ORG_UNITS | path::BOOKS | path::DEVICES)
        | ("delete", path::SESSION) => bare(),
        ("post", path::SESSION) => with(vec![json!({
            "employee_no": places[3].holder.employee_no, "password": "wrong", "device_id": places[3].device,
            "device_name": "x" })]),
        ("post", path::SESSION_PASSWORD) => {
            with(vec![json!({ "current": "wrong", "new": "another-password-1" })])
        }
        ("post", path::FIRST_ADMINISTRATOR) => with(vec![json!({
            "token": "guess", "organisation_name": "x", "employee_no": places[3].holder.employee_no, "name": "x",
            "password": "another-password-1" })]),
        ("post", path::SYNC_PUSH) => {
            let mutations: Vec<PushedMutation> =
                places.iter().flat_map(mutations_at).zip(1..).map(numbered).collect();
            with(vec![json!({
                "device_id": device, "schema": MUTATION_SCHEMA, "mutations": mutations, "pending_after": 0 })])
        }
        ("post", path::SYNC_PULL) => pulls(device, places)
            .into_iter()
            .map(|(headers, body)| Asked { headers, ..of(route.to_owned(), json(&body)) })
            .collect(),
        ("get", path::PHOTO) => at(ids(|place| place.photo), json!({})),
        ("put", path::PHOTO) => {
            places.iter().map(|place| of(path::of(route, place.photo), JPEG.to_vec())).collect()
        }
        ("post", path::IMPORTS) => vec![Asked {
            headers: vec![(FILE_NAME_HEADER, "list.csv".to_owned())],
            ..of(route.to_owned(), list(places).into_bytes())
        }],
        ("get", path::IMPORT_ROWS) => {
            let of_import = |id| format!("{}?outcome=refused&limit=200", path::of(route, id));
            imports().into_iter().map(|id| of(of_import(id), Vec::new())).collect()
        }
        ("get", path::IMPORT | path::IMPORT_PREVIEW)
        | ("post", path::IMPORT_RUN | path::IMPORT_STOP | path::IMPORT_REFUSED) => at(imports(), json!({})),
        ("put", path::IMPORT_MAPPING) => {
            at(imports(), json!({ "form": "customers", "month": null, "columns": [] }))
        }
        ("delete", path::IMPORT) => {
            let theirs = places
                .iter()
                .filter(|place| person.is_none_or(|person| person.org_unit != place.holder.org_unit));
            at(theirs.map(|place| place.import).collect(), json!({}))
        }
        ("post", path::HAND_OVERS) => with(hand_overs(places, person)),
        ("post", path::CUSTOMERS_EXPORT) => {
            let customers: Vec<Uuid> = places.iter().map(|place| place.customer).collect();
            with(vec![json!({ "customers": customers, "form": "csv" })])
        }
        ("post", path::CUSTOMER_IDENTITY) => {
            at(places.iter().map(|place| place.customer).collect(), json!({}))
        }
        ("put", path::RULE_DRAFT) => rule(|body| json!({ "revision": 999, "body": body })),
        ("delete", path::RULE_DRAFT) => rule(|_| json!({})),
        ("post", path::RULE_PUBLISH) => rule(|_| json!({ "revision": 999 })),
        ("post", path::TIER_SCHEME_PREVIEW) => with(vec![json!({ "scheme": world.rules["tier_scheme"] })]),
        ("post", path::TIER_SCHEME_MOVERS) => {
            // Everybody moves to the highest tier, or nobody can be told where.
            let mut scheme = world.rules["tier_scheme"].clone();
            scheme["ladders"][0]["steps"][0]["floor"] = json!({ "at": 1 });
            let ways = ["up", "down", "regraded", "joins", "leaves"];
            with(ways.map(|way| json!({ "scheme": scheme, "way": way })).to_vec())
        }
        // Every number is taken, by whomever.
        ("post", path::EMPLOYEES) => with(places.iter().map(holder).collect()),
        ("put", path::EMPLOYEE) => {
            aims.iter().map(|place| of(path::of(route, place.holder.id), json(&holder(place)))).collect()
        }
        ("post", path::EMPLOYEE_DEACTIVATE | path::EMPLOYEE_ACTIVATE | path::EMPLOYEE_PASSWORD) => {
            at(ids(|place| place.holder.id), json!({}))
        }
        ("post", path::ORG_UNITS) => with(
            aims.iter().map(|place| json!({ "parent_id": place.holder.org_unit, "name": "新" })).collect(),
        ),
        ("put", path::ORG_UNIT) => {
            at(ids(|place| place.holder.org_unit), json!({ "parent_id": null, "name": "新" }))
        }
        ("post", path::BOOKS) => with(
            aims.iter()
                .map(|place| {
                    json!({
            "org_unit_id": place.holder.org_unit, "holder_id": place.holder.id, "name": "新" })
                })
                .collect(),
        ),
        ("put", path::BOOK) => aims
            .iter()
            .map(|place| {
                of(
                    path::of(route, place.book),
                    json(&json!({
            "org_unit_id": place.holder.org_unit, "holder_id": place.holder.id, "name": "新" })),
                )
            })
            .collect(),
        ("post", path::DEVICE_REVOKE) => at(ids(|place| place.device), json!({ "take_pending": false })),
        _ => return None,
    })
}

fn numbered((mutation, seq): (Mutation, u64)) -> PushedMutation {
    let (name, args) = mutation.encode().unwrap();
    pushed(seq, &name, args)
}

fn mutations_at(place: &Place) -> Vec<Mutation> {
    let customer_id = CustomerId(place.customer);
    let field = CustomerField::Remark;
    let edit = |field, base: &str, new: &str| {
        let edit = CustomerEdit { field, base: Some(base.to_owned()), new: Some(new.to_owned()) };
        Mutation::from(EditCustomer { customer_id, edits: vec![edit] })
    };
    let add = |customer_id, customer_no: &str| AddCustomer {
        customer_id,
        book_id: BookId(place.book),
        customer_no: customer_no.to_owned(),
        name: "新".to_owned(),
        customer_type: domain::customer::CustomerType::Person,
        phone: None,
        address: None,
    };
    let settle = SettleConflict {
        conflict_id: ConflictId(place.conflict),
        customer_id,
        field: domain::conflict::Field::Customer(field),
        keep: domain::conflict::Keep::Standing,
    };
    vec![
        AddNote { note_id: NoteId(place.note), customer_id, text: "试".to_owned() }.into(),
        edit(field, "x", "y"),
        // Whatever they are, one of these is written.
        edit(CustomerField::CustomerType, "person", "company"),
        edit(CustomerField::CustomerType, "sole_trader", "company"),
        edit(CustomerField::CustomerType, "company", "person"),
        RevealPhone { customer_id }.into(),
        settle.into(),
        add(customer_id, "X-1").into(),
        add(CustomerId(Uuid::now_v7()), &place.customer_no).into(),
        RemovePhoto { photo_id: domain::ids::PhotoId(Uuid::now_v7()), customer_id }.into(),
    ]
}

/// Whole, in either form; and following, or going on in, streams that are not one's own.
fn pulls(device: Uuid, places: &[Place]) -> Vec<(Vec<(&'static str, String)>, Value)> {
    let pull = |cookie: Value, limit: u32| json!({ "device_id": device, "cookie": cookie, "limit": limit, "pending": 0 });
    let streams = places.iter().flat_map(|place| [place.book, place.holder.organisation]);
    let following = streams.clone().map(|stream| json!({ "stream": stream, "version": 0, "at": null }));
    let going_on = streams.map(
        |stream| json!({ "stream": stream, "version": 1, "at": { "kind": "customer", "id": Uuid::max() } }),
    );
    let compact = vec![("accept", format!("{PAGE_MEDIA_TYPE};schema={PAGE_SCHEMA}"))];
    vec![
        (Vec::new(), pull(json!([]), 500)),
        (compact, pull(json!([]), 5_000)),
        (Vec::new(), pull(following.collect(), 5_000)),
        (Vec::new(), pull(going_on.collect(), 5_000)),
    ]
}

/// Customers of every place, by their numbers, for the manager of the first and for their own.
fn list(places: &[Place]) -> String {
    let mut list = "客户编号,客户名称,客户类型,管户经理工号\n".to_owned();
    for (nth, place) in places.iter().enumerate() {
        list += &format!("{},新,个人,{}\n", place.customer_no, places[0].holder.employee_no);
        list += &format!("N{nth},新,个人,{}\n", place.holder.employee_no);
    }
    list
}

/// Wherever one side is not the person's own; and between their own books customers that are in neither.
fn hand_overs(places: &[Place], person: Option<&Person>) -> Vec<Value> {
    let is_own = |place: &Place| person.is_some_and(|person| person.books.contains(&place.book));
    let hand_over = |from: &Place, to: &Place, which: Value| json!({ "from_book": from.book, "to_book": to.book, "customers": which });
    let mut asked =
        vec![hand_over(&places[0], &places[1], json!({ "ids": [places[2].customer, places[3].customer] }))];
    for from in places {
        for to in places.iter().filter(|to| to.book != from.book && !(is_own(from) && is_own(to))) {
            asked.extend([
                hand_over(from, to, json!("all")),
                hand_over(from, to, json!({ "ids": [from.customer] })),
            ]);
        }
    }
    asked
}
