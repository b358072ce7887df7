//! Who may know what, worked out from the tables themselves by rules written down once more here: the server's own
//! predicates have no part in it.

use super::asked::{Asked, World};
use super::planted::Field;
use domain::api::path;
use domain::organisation::Role;
use sqlx::Row as _;
use sqlx::postgres::PgPool;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

#[derive(Clone, Debug)]
pub struct Person {
    pub id: Uuid,
    pub employee_no: String,
    pub role: Role,
    pub organisation: Uuid,
    pub org_unit: Uuid,
    pub books: BTreeSet<Uuid>,
    /// Everyone who works in their unit or below it.
    pub below: BTreeSet<Uuid>,
}

/// The people of an organisation, as the tables have it.
pub async fn people(pool: &PgPool, organisation: Uuid) -> Vec<Person> {
    let pairs = |rows: Vec<sqlx::postgres::PgRow>| -> Vec<(Uuid, Option<Uuid>)> {
        rows.iter().map(|row| (row.get(0), row.get(1))).collect()
    };
    let query = |sql| sqlx::query(sql).fetch_all(pool);
    let above: BTreeMap<Uuid, Option<Uuid>> =
        pairs(query("select id, parent_id from org_unit").await.unwrap()).into_iter().collect();
    let holders = pairs(query("select id, holder_id from book").await.unwrap());
    let units_of_books = pairs(query("select id, org_unit_id from book").await.unwrap());
    let units_of_people = pairs(query("select id, org_unit_id from employee").await.unwrap());
    let lies_in = |unit: Option<Uuid>, wanted: Uuid| {
        std::iter::successors(unit, |unit| above[unit]).any(|unit| unit == wanted)
    };
    let rows = query("select id, employee_no, role, organisation_id, org_unit_id from employee order by id");
    let mut people: Vec<Person> = Vec::new();
    for row in rows.await.unwrap() {
        let (id, org_unit): (Uuid, Uuid) = (row.get(0), row.get(4));
        let role = Role::from_word(row.get(2)).unwrap();
        let books = match role {
            Role::Manager => {
                holders.iter().filter(|(_, holder)| *holder == Some(id)).map(|(book, _)| *book).collect()
            }
            Role::Desk | Role::Lead | Role::Auditor => {
                let below = units_of_books.iter().filter(|(_, unit)| lies_in(*unit, org_unit));
                below.map(|(book, _)| *book).collect()
            }
            Role::Administrator => BTreeSet::new(),
        };
        let below =
            units_of_people.iter().filter(|(_, unit)| lies_in(*unit, org_unit)).map(|(id, _)| *id).collect();
        let employee_no = row.get(1);
        people.push(Person { id, employee_no, role, organisation: row.get(3), org_unit, books, below });
    }
    people.retain(|person| person.organisation == organisation);
    people
}

/// Whether an answer to this may tell this person of the field.
pub fn may_know(world: &World, person: &Person, field: &Field, asked: &Asked) -> bool {
    let is_lead_or = |others: &[Role]| person.role == Role::Lead || others.contains(&person.role);
    if let Some(book) = field.book {
        let reveals = asked.route == path::CUSTOMER_IDENTITY && is_lead_or(&[Role::Manager, Role::Desk]);
        return person.books.contains(&book) && (field.column != "identity_no" || reveals);
    }
    let of_organisation = || field.organisation == Some(person.organisation);
    match field.table.as_str() {
        "org_unit" | "book" | "employee" | "choice" | "product" | "tier_scheme" => of_organisation(),
        "rule_draft" => of_organisation() && is_lead_or(&[Role::Administrator, Role::Auditor]),
        "import_job" => field.org_unit == Some(person.org_unit) && is_lead_or(&[Role::Desk]),
        "device" => field.employee.is_some_and(|of| match person.role {
            Role::Administrator => world.organisation_of[&of] == person.organisation,
            Role::Lead | Role::Auditor => person.below.contains(&of),
            Role::Manager | Role::Desk => of == person.id,
        }),
        // What became of a mutation is told to its device, by number.
        // A key is told at signing in alone, to the device it is of.
        "mutation_log" | "recovery_key" => false,
        other => panic!("{other}.{}: who may know it?", field.column),
    }
}

/// Whether a request of this person may change a row of whom the field tells, as [`may_know`] says it of telling.
pub fn may_change(world: &World, person: &Person, field: &Field) -> bool {
    if let Some(book) = field.book {
        return person.books.contains(&book) && person.role != Role::Auditor;
    }
    let of_organisation = || field.organisation == Some(person.organisation);
    let is_own = field.employee == Some(person.id);
    match field.table.as_str() {
        "org_unit" | "book" | "employee" | "choice" | "product" | "tier_scheme" | "visit_standard"
        | "policy" | "rule_draft" => of_organisation() && person.role == Role::Administrator,
        "import_job" => {
            field.org_unit == Some(person.org_unit) && matches!(person.role, Role::Lead | Role::Desk)
        }
        // Entries are added to a log; its head moves. A stream counts the changes of its rows.
        "audit_head" | "stream" => of_organisation(),
        "session" | "device" | "recovery_key" | "mutation_log" => field.employee.is_some_and(|of| {
            is_own
                || match person.role {
                    Role::Administrator => world.organisation_of[&of] == person.organisation,
                    Role::Lead => person.below.contains(&of),
                    _ => false,
                }
        }),
        _ => false,
    }
}
