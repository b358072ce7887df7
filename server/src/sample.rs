//! The sample branch (`--sample`): 滨海分行 › 滨海支行, with invented customers, visits, promises and history, so that every
//! page has something to show. The same every time, but for the moment it is made at. Written through the same path as
//! everything else.

mod calendar;
mod calls;
mod courses;
mod customers;
mod dealings;
mod dice;
mod held;
mod history;
mod library;
mod money;
mod rules;
mod shapes;
mod standing;
mod stories;
#[cfg(test)]
mod tests;

use crate::db::{self, Change, Db, NewEmployeeRow, Scope, retry, stream};
use crate::password::{self, PasswordError};
use dice::Dice;
use domain::ids::{BookId, CustomerId, EmployeeId, OrgUnitId};
use domain::organisation::{Book, Colleague, OrgUnit, Role};
use domain::row::{FromRow, Row};
use domain::time::Timestamp;
use domain::visit::Visit;
use held::{Held, HeldBook};
use money::Money;
use std::collections::BTreeSet;
use thiserror::Error;

pub use library::first_choices;

pub const PASSWORD: &str = "Rounds-Sample-2026";
pub const SIGN_INS: &str = "\
Sample 滨海支行, password Rounds-Sample-2026 for everyone:
  1001–1006 客户经理 (managers), 2001 主管 (lead), 3001 柜台 (desk), 9001 管理员 (administrator)";

const SEED: u64 = 2026;
/// Dice of their own, so that customers and visits fall as they would without them.
const RULES: u64 = 0x5255_4C45;
const SERVICE: u64 = 0x5345_5256;
const HEAD: &str = "滨海分行";
const BRANCH: &str = "滨海支行";
const PEOPLE: [(&str, &str, Role); 9] = [
    ("1001", "周以宁", Role::Manager),
    ("1002", "何绍川", Role::Manager),
    ("1003", "林知夏", Role::Manager),
    ("1004", "许砚秋", Role::Manager),
    ("1005", "方屿", Role::Manager),
    ("1006", "沈嘉禾", Role::Manager),
    ("2001", "叶承远", Role::Lead),
    ("3001", "陆青禾", Role::Desk),
    ("9001", "程若谷", Role::Administrator),
];

#[derive(Debug, Error)]
pub enum SampleError {
    #[error(transparent)]
    Database(#[from] db::Error),
    #[error(transparent)]
    Password(#[from] PasswordError),
}

struct Person {
    colleague: Colleague,
    book: Option<Book>,
}

/// Everything of the sample, before anything is written.
struct Sample {
    head: OrgUnit,
    people: Vec<Person>,
    changes: Vec<Change>,
    identities: Vec<(CustomerId, String)>,
}

impl Sample {
    /// Nothing but `now` and `seed` decides what is in it.
    fn of(now: Timestamp, seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let head = OrgUnit { id: OrgUnitId(dice.id(now)), parent_id: None, name: HEAD.to_owned() };
        let branch =
            OrgUnit { id: OrgUnitId(dice.id(now)), parent_id: Some(head.id), name: BRANCH.to_owned() };
        let people: Vec<Person> = PEOPLE
            .iter()
            .map(|&(employee_no, name, role)| {
                person(&mut dice, now, &head, &branch, (employee_no, name, role))
            })
            .collect();
        let mut changes = library::changes(&mut dice, now, &head);
        changes.extend([head.clone(), branch].map(|unit| Change::put(head.id, unit)));
        changes.extend(people.iter().map(|person| Change::put(head.id, person.colleague.clone())));
        changes.extend(rules::changes(&mut Dice::new(seed ^ RULES), now, head.id));
        let mut sample = Self { head, people, changes, identities: Vec::new() };
        sample.fill_books(&mut dice, &mut Dice::new(seed ^ SERVICE), now);
        sample
    }

    fn fill_books(&mut self, dice: &mut Dice, of_service: &mut Dice, now: Timestamp) {
        let mut taken = BTreeSet::new();
        let (Some(lead), Some(desk)) = (self.first(Role::Lead), self.first(Role::Desk)) else { return };
        let holders =
            self.people.iter().filter_map(|person| Some((person.colleague.id, person.book.as_ref()?)));
        for (nth, (manager, book)) in holders.enumerate() {
            self.changes.push(Change::put(self.head.id, book.clone()));
            let customers = customers::of_book(dice, now, book, &mut taken);
            let courses = courses::of_book(&mut dice.fork(), now, nth, &customers);
            let mut rows: Vec<Row> = Vec::new();
            let mut held = Vec::with_capacity(customers.len());
            for (mut customer, course) in customers.into_iter().zip(&courses) {
                let dice = &mut dice.fork();
                let identity_no = customers::suit(&mut dice.fork(), now.date(), &mut customer, course);
                self.identities.extend(identity_no.map(|number| (customer.id, number)));
                let history = history::of_customer(dice, now, &customer, course, manager);
                let of_money = &mut of_service.fork();
                let money = Money::of(of_money, &course.part, nth);
                let figures = money.give(of_money, now, &mut customer);
                let visits = history.iter().filter_map(Visit::from_row).cloned().collect();
                rows.push(customer.clone().into());
                rows.extend(history);
                rows.extend(figures.into_iter().map(Row::from));
                held.push(Held { customer, part: course.part, money, visits });
            }
            let held_book = HeldBook { now, nth, manager, lead, desk, customers: &held };
            rows.extend(calls::of_book(&mut of_service.fork(), &held_book));
            rows.extend(dealings::of_book(&mut of_service.fork(), &held_book));
            rows.extend(standing::of_book(&mut of_service.fork(), &held_book));
            self.changes.extend(rows.into_iter().map(|row| Change::put(book.id, row)));
        }
    }

    fn first(&self, role: Role) -> Option<EmployeeId> {
        let mut of_role = self.people.iter().filter(|person| person.colleague.role == role);
        of_role.next().map(|person| person.colleague.id)
    }
}

/// Fills an empty database.
pub async fn fill(db: &Db, now: Timestamp) -> Result<(), SampleError> {
    let password_hash = password::hash(PASSWORD.to_owned()).await?;
    let Sample { head, people, changes, identities } = Sample::of(now, SEED);
    let books: Vec<BookId> =
        people.iter().filter_map(|person| person.book.as_ref()).map(|book| book.id).collect();
    let scope = Scope::system(head.id, books.clone());
    let scope = &scope;
    retry(async || {
        let mut tx = db.begin(scope).await?;
        stream::create(&mut tx, head.id.into()).await?;
        for &book in &books {
            stream::create(&mut tx, book.into()).await?;
        }
        // Employees refer to org units, books to employees: written first, marked with everything else.
        db::insert_org_units(&mut tx, scope, &changes).await?;
        for person in &people {
            let new = NewEmployeeRow {
                id: person.colleague.id,
                organisation: head.id,
                org_unit_id: person.colleague.org_unit_id,
                employee_no: &person.colleague.employee_no,
                name: &person.colleague.name,
                role: person.colleague.role,
                password_hash: &password_hash,
                must_change_password: false,
            };
            db::insert_employee(&mut tx, new).await?;
        }
        db::save(&mut tx, scope, changes.clone()).await?;
        db::set_identities(&mut tx, scope, &identities).await?;
        tx.commit().await?;
        Ok::<_, db::Error>(())
    })
    .await?;
    Ok(())
}

fn person(
    dice: &mut Dice,
    now: Timestamp,
    head: &OrgUnit,
    branch: &OrgUnit,
    (employee_no, name, role): (&str, &str, Role),
) -> Person {
    let unit = if role == Role::Administrator { head } else { branch };
    let id = EmployeeId(dice.id(now));
    let colleague = Colleague {
        id,
        employee_no: employee_no.to_owned(),
        name: name.to_owned(),
        role,
        org_unit_id: unit.id,
        is_active: true,
    };
    let book = (role == Role::Manager).then(|| Book {
        id: BookId(dice.id(now)),
        org_unit_id: branch.id,
        holder_id: Some(id),
        name: format!("{name}的管户簿"),
    });
    Person { colleague, book }
}
