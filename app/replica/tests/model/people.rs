//! What people do: every mutation, over what they see, with few values so that they meet, and some that make no sense.

use super::random::Random;
use domain::actor::Actor;
use domain::conflict::{Conflict, ContactField, Keep};
use domain::contact::{Contact, ContactRole};
use domain::customer::{Customer, CustomerField, CustomerType, Holdings};
use domain::ids::{BookId, CustomerId, EmployeeId, OrgUnitId};
use domain::mutation::{
    AddContact, AddCustomer, AddNote, AddPhoto, CancelVisit, ContactEdit, CustomerEdit, EditContact,
    EditCustomer, MakePromise, Mutation, NewPromise, PlanVisit, RecordVisit, RemoveContact, RemovePhoto,
    RescheduleVisit, RevealPhone, SettleConflict, SettlePromise, SkipVisit,
};
use domain::organisation::Role;
use domain::photo::Photo;
use domain::promise::{Promise, PromiseBy, PromiseState};
use domain::row::FromRow;
use domain::time::{Date, Timestamp};
use domain::visit::{Visit, VisitReport};
use replica::Replica;

pub fn actor(random: &mut Random, no: usize, role: Role, books: Vec<BookId>) -> Actor {
    Actor {
        employee_id: random.id::<EmployeeId>(),
        employee_no: format!("{no}"),
        name: format!("员工{no}"),
        role,
        org_unit_id: random.id::<OrgUnitId>(),
        books,
    }
}

pub fn customer(random: &mut Random, book_id: BookId, no: usize) -> Customer {
    Customer {
        id: random.id(),
        book_id,
        customer_no: format!("C{no}"),
        name: format!("客户{no}"),
        customer_type: CustomerType::Person,
        identity_masked: None,
        phone: phone(random),
        address: None,
        industry: None,
        birthday: None,
        lunar_birthday: None,
        opened_on: None,
        last_visited_on: None,
        place: None,
        remark: None,
        holdings: Holdings::default(),
        stamps: Vec::new(),
    }
}

pub fn contact(random: &mut Random, customer_id: CustomerId) -> Contact {
    Contact {
        id: random.id(),
        customer_id,
        name: word(random, "联系人"),
        role: ContactRole::Other,
        relation: None,
        phone: phone(random),
        stamps: Vec::new(),
    }
}

fn phone(random: &mut Random) -> Option<String> {
    let no = random.below(4);
    (no > 0).then(|| format!("1990700000{no}"))
}

/// One of three, rarely nothing at all.
fn word(random: &mut Random, what: &str) -> String {
    match random.below(25) {
        0 => String::new(),
        no => format!("{what}{}", no % 3),
    }
}

fn near(random: &mut Random, today: Date) -> Date {
    let days = if random.chance(10) { 5_000 } else { random.below(9) as i64 };
    today + chrono::Duration::days(days - 4)
}

fn one_of<T: FromRow + Clone>(random: &mut Random, replica: &Replica, customer: CustomerId) -> Option<T> {
    let rows: Vec<&T> = replica.of::<T>(customer).collect();
    random.pick(&rows).map(|row| (*row).clone())
}

/// Something a person does next. None: there is nothing to do it to.
pub fn invent(random: &mut Random, replica: &Replica, clock: Timestamp) -> Option<Mutation> {
    let customers: Vec<&Customer> = replica.all::<Customer>().collect();
    if customers.is_empty() || random.chance(6) {
        return add_customer(random, replica);
    }
    let customer = (*random.pick(&customers)?).clone();
    let customer_id = if random.chance(2) { random.id() } else { customer.id };
    let today = clock.date();
    Some(match random.below(20) {
        0..=3 => edit_customer(random, &customer).into(),
        4 => RevealPhone { customer_id }.into(),
        5 | 6 => AddContact {
            contact_id: random.id(),
            customer_id,
            name: word(random, "联系人"),
            role: ContactRole::Uses,
            relation: None,
            phone: phone(random),
        }
        .into(),
        7 | 8 => {
            let contact: Contact = one_of(random, replica, customer.id)?;
            edit_contact(random, &contact).into()
        }
        9 => {
            let contact: Contact = one_of(random, replica, customer.id)?;
            RemoveContact { contact_id: contact.id, customer_id }.into()
        }
        10 | 11 => AddNote { note_id: random.id(), customer_id, text: word(random, "记") }.into(),
        12 => AddPhoto {
            photo_id: random.id(),
            customer_id,
            visit_id: None,
            caption: None,
            width_px: 1_200,
            height_px: if random.chance(10) { 0 } else { 900 },
            bytes: 300_000,
        }
        .into(),
        13 => {
            let photo: Photo = one_of(random, replica, customer.id)?;
            RemovePhoto { photo_id: photo.id, customer_id }.into()
        }
        14 | 15 => visit(random, replica, &customer, today)?,
        16 => {
            let purpose = Some(word(random, "目的"));
            let on = near(random, today);
            PlanVisit { visit_id: random.id(), customer_id, on, at_minute: Some(600), purpose }.into()
        }
        17 => MakePromise { customer_id, promise: promise(random, today) }.into(),
        18 => {
            let promise: Promise = one_of(random, replica, customer.id)?;
            let state = *random.pick(&PromiseState::ALL)?;
            SettlePromise { promise_id: promise.id, customer_id, state }.into()
        }
        _ => {
            let conflict: Conflict = one_of(random, replica, customer.id)?;
            let keep = if random.chance(50) { Keep::Standing } else { Keep::Proposed };
            SettleConflict { conflict_id: conflict.id, customer_id, field: conflict.field, keep }.into()
        }
    })
}

fn add_customer(random: &mut Random, replica: &Replica) -> Option<Mutation> {
    let book_id = if random.chance(5) { random.id() } else { *random.pick(&replica.actor().books)? };
    let no = random.below(40);
    Some(
        AddCustomer {
            customer_id: random.id(),
            book_id,
            customer_no: format!("C{no}"),
            name: word(random, "新客户"),
            customer_type: CustomerType::Company,
            phone: phone(random),
            address: None,
        }
        .into(),
    )
}

fn edit_customer(random: &mut Random, customer: &Customer) -> EditCustomer {
    let edits = (0..random.between(1, 3)).map(|_| {
        let field = *random.pick(&CustomerField::ALL).expect("a field");
        let new = match field {
            CustomerField::Name => Some(word(random, "客户")),
            CustomerField::CustomerType => Some("company".to_owned()),
            CustomerField::Phone => phone(random),
            CustomerField::Birthday => random.chance(90).then(|| format!("198{}-02-28", random.below(3))),
            _ => Some(word(random, "值")),
        };
        let base = if random.chance(5) { Some("旧".to_owned()) } else { customer.field(field) };
        CustomerEdit { field, base, new }
    });
    EditCustomer { customer_id: customer.id, edits: edits.collect() }
}

fn edit_contact(random: &mut Random, contact: &Contact) -> EditContact {
    let field = *random.pick(&ContactField::ALL).expect("a field");
    let new = match field {
        ContactField::Role => Some("finance".to_owned()),
        ContactField::Phone => phone(random),
        _ => Some(word(random, "值")),
    };
    let edits = vec![ContactEdit { field, base: contact.field(field), new }];
    EditContact { contact_id: contact.id, customer_id: contact.customer_id, edits }
}

fn promise(random: &mut Random, today: Date) -> NewPromise {
    let due_on = near(random, today);
    NewPromise { promise_id: random.id(), by: PromiseBy::Us, text: word(random, "送资料"), due_on }
}

fn visit(random: &mut Random, replica: &Replica, customer: &Customer, today: Date) -> Option<Mutation> {
    let customer_id = customer.id;
    let visit: Option<Visit> = one_of(random, replica, customer_id);
    let visit_id = visit.map(|visit| visit.id);
    let reason = word(random, "出差");
    Some(match random.below(6) {
        0 => RescheduleVisit { visit_id: visit_id?, customer_id, on: near(random, today), at_minute: None }
            .into(),
        1 => SkipVisit { visit_id: visit_id?, customer_id, reason }.into(),
        2 => CancelVisit { visit_id: visit_id?, customer_id, reason }.into(),
        _ => RecordVisit {
            visit_id: visit_id.unwrap_or_else(|| random.id()),
            customer_id,
            on: today,
            at_minute: Some(570),
            purpose: None,
            report: VisitReport { summary: word(random, "谈了"), ..VisitReport::default() },
            promises: (0..random.below(3)).map(|_| promise(random, today)).collect(),
        }
        .into(),
    })
}
