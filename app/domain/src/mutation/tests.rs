use super::*;
use crate::actor::Actor;
use crate::conflict::{Conflict, Field, Keep};
use crate::customer::{CustomerField, CustomerType, Holdings};
use crate::ids::{BookId, EmployeeId, MutationId, OrgUnitId, VisitId};
use crate::organisation::Role;
use crate::row::Row;
use crate::time::Timestamp;
use crate::visit::{Visit, VisitReport, VisitState};
use crate::working_set::Rows;
use std::collections::BTreeMap;
use uuid::Uuid;

const NOW: Timestamp = Timestamp(1_763_420_400_000); // 2025-11-17T23:00Z, the 18th in Shanghai

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn actor(n: u128, role: Role, books: &[u128]) -> Actor {
    Actor {
        employee_id: EmployeeId(id(n)),
        employee_no: n.to_string(),
        name: format!("员工{n}"),
        role,
        org_unit_id: OrgUnitId(id(1)),
        books: books.iter().map(|&book| BookId(id(book))).collect(),
    }
}

fn customer(n: u128, book: u128) -> Customer {
    Customer {
        id: CustomerId(id(n)),
        book_id: BookId(id(book)),
        customer_no: format!("C{n}"),
        name: "样例".to_owned(),
        customer_type: CustomerType::Person,
        identity_masked: None,
        phone: Some("19907000000".to_owned()),
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

type Table = BTreeMap<RowKey, Row>;

fn table(rows: Vec<Row>) -> Table {
    rows.into_iter().map(|row| (row.key(), row)).collect()
}

fn run(table: &mut Table, who: &Actor, n: u128, mutation: impl Into<Mutation>) -> Result<(), Rejection> {
    let mut set = WorkingSet::over(table);
    let context = Context { actor: who, mutation_id: MutationId(id(n << 8)), made_at: NOW, now: NOW };
    mutation.into().apply(&mut set, &context)?;
    for (key, row) in set.into_changes() {
        match row {
            Some(row) => table.insert(key, row),
            None => table.remove(&key),
        };
    }
    Ok(())
}

fn edit(field: CustomerField, base: Option<&str>, new: Option<&str>) -> EditCustomer {
    let own = |text: Option<&str>| text.map(str::to_owned);
    EditCustomer {
        customer_id: CustomerId(id(9)),
        edits: vec![CustomerEdit { field, base: own(base), new: own(new) }],
    }
}

fn the_customer(table: &Table) -> &Customer {
    table.row(CustomerId(id(9)).into()).and_then(crate::row::FromRow::from_row).expect("the customer")
}

fn conflicts(table: &Table) -> Vec<Conflict> {
    table.values().filter_map(|row| <Conflict as crate::row::FromRow>::from_row(row).cloned()).collect()
}

#[test]
fn two_people_changing_different_fields_merge_silently() {
    let mut rows = table(vec![customer(9, 5).into()]);
    let (anna, ben) = (actor(1, Role::Manager, &[5]), actor(2, Role::Desk, &[5]));
    run(&mut rows, &anna, 1, edit(CustomerField::Address, None, Some("滨海市大沙镇1号"))).expect("anna");
    run(&mut rows, &ben, 2, edit(CustomerField::Industry, None, Some("餐饮"))).expect("ben");
    assert_eq!(the_customer(&rows).address.as_deref(), Some("滨海市大沙镇1号"));
    assert_eq!(the_customer(&rows).industry.as_deref(), Some("餐饮"));
    assert!(conflicts(&rows).is_empty());
}

#[test]
fn the_second_of_two_different_values_is_asked_and_one_tap_settles_it() {
    let mut rows = table(vec![customer(9, 5).into()]);
    let (anna, ben) = (actor(1, Role::Manager, &[5]), actor(2, Role::Desk, &[5]));
    let base = Some("19907000000");
    run(&mut rows, &anna, 1, edit(CustomerField::Phone, base, Some("199 0700 1111"))).expect("anna");
    run(&mut rows, &ben, 2, edit(CustomerField::Phone, base, Some("19907002222"))).expect("ben");
    assert_eq!(the_customer(&rows).phone.as_deref(), Some("19907001111"), "the first stands");
    let [conflict] = conflicts(&rows).try_into().expect("one conflict");
    assert_eq!(conflict.standing.by, Some(anna.employee_id));
    assert_eq!(conflict.proposed.by, Some(ben.employee_id));
    assert_eq!(conflict.proposed.value.as_deref(), Some("19907002222"));

    let settle = |keep| SettleConflict {
        conflict_id: conflict.id,
        customer_id: conflict.customer_id,
        field: Field::Customer(CustomerField::Phone),
        keep,
    };
    run(&mut rows, &anna, 3, settle(Keep::Proposed)).expect("settled");
    assert_eq!(the_customer(&rows).phone.as_deref(), Some("19907002222"));
    assert_eq!(run(&mut rows, &ben, 4, settle(Keep::Proposed)), Ok(()), "the same choice agrees");
    assert_eq!(run(&mut rows, &ben, 5, settle(Keep::Standing)), Err(Rejection::AlreadySettled));
}

#[test]
fn a_third_value_accepted_meanwhile_is_not_written_over_unseen() {
    let (anna, ben) = (actor(1, Role::Manager, &[5]), actor(2, Role::Desk, &[5]));
    let base = Some("19907000000");
    let disputed = || {
        let mut rows = table(vec![customer(9, 5).into()]);
        run(&mut rows, &anna, 1, edit(CustomerField::Phone, base, Some("19907001111"))).expect("anna");
        run(&mut rows, &ben, 2, edit(CustomerField::Phone, base, Some("19907002222"))).expect("ben");
        run(&mut rows, &anna, 3, edit(CustomerField::Phone, Some("19907001111"), Some("19907003333")))
            .expect("a third");
        let [conflict] = conflicts(&rows).try_into().expect("one conflict");
        let settle = move |keep| SettleConflict {
            conflict_id: conflict.id,
            customer_id: conflict.customer_id,
            field: Field::Customer(CustomerField::Phone),
            keep,
        };
        (rows, settle)
    };
    let phone = |rows: &Table| the_customer(rows).phone.clone();

    let (mut rows, settle) = disputed();
    run(&mut rows, &ben, 4, settle(Keep::Standing)).expect("what stands stays");
    assert_eq!(phone(&rows).as_deref(), Some("19907003333"));
    assert!(!conflicts(&rows)[0].is_open());

    let (mut rows, settle) = disputed();
    run(&mut rows, &ben, 4, settle(Keep::Proposed)).expect("asked again");
    assert_eq!(phone(&rows).as_deref(), Some("19907003333"), "nobody chose against this one yet");
    let conflict = &conflicts(&rows)[0];
    assert!(conflict.is_open());
    assert_eq!(conflict.base.as_deref(), Some("19907001111"));
    assert_eq!(conflict.standing.value.as_deref(), Some("19907003333"));
    assert_eq!(conflict.standing.by, Some(anna.employee_id));
    run(&mut rows, &ben, 5, settle(Keep::Proposed)).expect("chosen knowingly");
    assert_eq!(phone(&rows).as_deref(), Some("19907002222"));
    assert!(!conflicts(&rows)[0].is_open());
}

#[test]
fn the_same_value_from_two_people_is_no_conflict() {
    let mut rows = table(vec![customer(9, 5).into()]);
    let (anna, ben) = (actor(1, Role::Manager, &[5]), actor(2, Role::Desk, &[5]));
    let base = Some("19907000000");
    run(&mut rows, &anna, 1, edit(CustomerField::Phone, base, Some("19907001111"))).expect("anna");
    run(&mut rows, &ben, 2, edit(CustomerField::Phone, base, Some("+86 199-0700-1111"))).expect("ben");
    assert!(conflicts(&rows).is_empty());
}

#[test]
fn a_customer_of_another_book_does_not_exist() {
    let mut rows = table(vec![customer(9, 5).into()]);
    let stranger = actor(3, Role::Manager, &[6]);
    let result = run(&mut rows, &stranger, 1, edit(CustomerField::Name, Some("样例"), Some("别名")));
    assert_eq!(result, Err(Rejection::Gone));
    let auditor = actor(4, Role::Auditor, &[5]);
    let result = run(&mut rows, &auditor, 2, edit(CustomerField::Name, Some("样例"), Some("别名")));
    assert_eq!(result, Err(Rejection::NotAllowed));
}

fn record(visit: u128) -> RecordVisit {
    RecordVisit {
        visit_id: VisitId(id(visit)),
        customer_id: CustomerId(id(9)),
        on: NOW.date(),
        at_minute: Some(600),
        purpose: None,
        report: VisitReport { summary: "讲清购汇额度".to_owned(), ..VisitReport::default() },
        promises: Vec::new(),
    }
}

#[test]
fn a_planned_visit_is_recorded_once_and_keeps_its_purpose() {
    let mut rows = table(vec![customer(9, 5).into()]);
    let anna = actor(1, Role::Manager, &[5]);
    let plan = PlanVisit {
        visit_id: VisitId(id(20)),
        customer_id: CustomerId(id(9)),
        on: NOW.date(),
        at_minute: None,
        purpose: Some("到期续作".to_owned()),
    };
    run(&mut rows, &anna, 1, plan).expect("planned");
    run(&mut rows, &anna, 2, record(20)).expect("recorded");
    let visit: &Visit =
        rows.row(VisitId(id(20)).into()).and_then(crate::row::FromRow::from_row).expect("the visit");
    assert_eq!(visit.state, VisitState::Done);
    assert_eq!(visit.purpose.as_deref(), Some("到期续作"));
    assert_eq!(run(&mut rows, &anna, 3, record(20)), Err(Rejection::AlreadyDone));
    let skip = SkipVisit {
        visit_id: VisitId(id(20)),
        customer_id: CustomerId(id(9)),
        reason: "客户出差".to_owned(),
    };
    assert_eq!(run(&mut rows, &anna, 4, skip), Err(Rejection::AlreadyDone));
}

#[test]
fn a_visit_in_the_future_or_without_a_summary_is_refused_and_leaves_nothing() {
    let mut rows = table(vec![customer(9, 5).into()]);
    let anna = actor(1, Role::Manager, &[5]);
    let before = rows.clone();
    let mut early = record(21);
    early.on = NOW.date() + chrono::Duration::days(2);
    assert!(matches!(run(&mut rows, &anna, 1, early), Err(Rejection::DateOutOfRange { .. })));
    let mut empty = record(22);
    empty.report.summary = "  ".to_owned();
    assert!(matches!(run(&mut rows, &anna, 2, empty), Err(Rejection::Missing { .. })));
    assert_eq!(rows, before);
}

#[test]
fn every_mutation_survives_its_stored_form() {
    let mutation: Mutation = record(20).into();
    let (name, args) = mutation.encode().expect("encodes");
    assert_eq!(name, "record_visit");
    assert_eq!(Mutation::decode(&name, &args), Ok(mutation));
    assert_eq!(Mutation::decode("fly_to_moon", &args), Err(Rejection::NotUnderstood));
}

#[test]
fn rows_survive_both_wire_forms() {
    let row = Row::from(customer(9, 5));
    let compact = postcard::to_stdvec(&row).expect("postcard");
    assert_eq!(postcard::from_bytes::<Row>(&compact).expect("postcard"), row);
    let json = serde_json::to_string(&row).expect("json");
    assert_eq!(serde_json::from_str::<Row>(&json).expect("json"), row);
}
