use crate::branch::{Branch, pushed};
use axum::http::StatusCode;
use domain::conflict::{Conflict, Keep};
use domain::contact::ContactRole;
use domain::customer::{Customer, CustomerField, CustomerType};
use domain::ids::{ContactId, CustomerId, NoteId, PromiseId, VisitId};
use domain::mutation::{
    AddContact, AddCustomer, AddNote, CustomerEdit, EditCustomer, ExportVisits, Mutation, NewPromise,
    PlanVisit, RecordVisit, RemoveContact, RevealPhone, SettleConflict,
};
use domain::note::Note;
use domain::promise::PromiseBy;
use domain::rejection::Rejection;
use domain::visit::{Visit, VisitReport};
use domain::wire::PushAnswer;
use serde_json::json;
use server::clock;
use uuid::Uuid;

fn note(customer_id: CustomerId, text: &str) -> Mutation {
    AddNote { note_id: NoteId(Uuid::now_v7()), customer_id, text: text.to_owned() }.into()
}

fn phone_edit(customer: &Customer, new: &str) -> Mutation {
    let edit =
        CustomerEdit { field: CustomerField::Phone, base: customer.phone.clone(), new: Some(new.to_owned()) };
    EditCustomer { customer_id: customer.id, edits: vec![edit] }.into()
}

fn new_customer(tablet: &crate::branch::Tablet, number: &str) -> AddCustomer {
    AddCustomer {
        customer_id: CustomerId(Uuid::now_v7()),
        book_id: tablet.book(),
        customer_no: number.to_owned(),
        name: "新客户".to_owned(),
        customer_type: CustomerType::Person,
        phone: None,
        address: None,
    }
}

#[tokio::test]
async fn the_same_batch_again_changes_nothing_and_is_answered_alike() {
    let branch = Branch::open().await;
    let mut tablet = branch.sign_in("1001").await;
    tablet.pull(500).await;
    let customer = tablet.all::<Customer>().next().unwrap().id;
    let before = branch.count("select count(*) from note").await;
    let push =
        tablet.batch([note(customer, "一"), note(CustomerId(Uuid::now_v7()), "不在"), note(customer, "二")]);
    let first: PushAnswer = tablet.send_push(&push).await.json();
    let again: PushAnswer = tablet.send_push(&push).await.json();
    assert_eq!(first.results, again.results);
    assert_eq!(again.last_seq, 3);
    let refused: Vec<_> = first.results.iter().map(|result| result.refused.clone()).collect();
    assert_eq!(refused, [None, Some(Rejection::Gone), None], "a refusal stops nothing after it");
    assert_eq!(branch.count("select count(*) from note").await, before + 2);
    assert_eq!(branch.count("select count(*) from mutation_log").await, 3);
    branch.close().await;
}

#[tokio::test]
async fn a_batch_that_repeats_its_beginning_goes_on_where_it_stopped() {
    let branch = Branch::open().await;
    let mut tablet = branch.sign_in("1001").await;
    tablet.pull(500).await;
    let customer = tablet.all::<Customer>().next().unwrap().id;
    let mut push = tablet.batch([note(customer, "一"), note(customer, "二"), note(customer, "三")]);
    let rest = push.mutations.split_off(1);
    assert_eq!(tablet.send_push(&push).await.json::<PushAnswer>().last_seq, 1);
    push.mutations.extend(rest);
    let answer: PushAnswer = tablet.send_push(&push).await.json();
    assert_eq!((answer.last_seq, answer.results.len()), (3, 3));
    branch.close().await;
}

#[tokio::test]
async fn a_gap_or_another_mutation_under_a_used_number_is_refused_whole() {
    let branch = Branch::open().await;
    let mut tablet = branch.sign_in("1001").await;
    tablet.pull(500).await;
    let customer = tablet.all::<Customer>().next().unwrap().id;
    tablet.push([note(customer, "一")]).await;
    let _lost = tablet.batch([note(customer, "二")]);
    let push = tablet.batch([note(customer, "三")]);
    let answer = tablet.send_push(&push).await;
    assert_eq!(answer.refusal(), (409, "gap".to_owned()));
    assert_eq!(answer.headers["x-rounds-last-seq"], "1");
    let other = tablet.push_of(vec![pushed(1, "add_note", json!({}))]);
    assert_eq!(tablet.send_push(&other).await.refusal(), (409, "gap".to_owned()));
    assert_eq!(branch.count("select count(*) from mutation_log").await, 1);
    branch.close().await;
}

#[tokio::test]
async fn what_cannot_be_read_or_stored_is_refused_alone() {
    let branch = Branch::open().await;
    let mut tablet = branch.sign_in("1001").await;
    tablet.pull(500).await;
    let customer = tablet.all::<Customer>().next().unwrap().clone();
    let birthday = json!({ "customer_id": customer.id, "edits": [
        { "field": "birthday", "base": customer.birthday, "new": "+12345-01-01" }] });
    let nul = json!({ "note_id": Uuid::now_v7(), "customer_id": customer.id, "text": "a\u{0}b" });
    let long = json!({ "note_id": Uuid::now_v7(), "customer_id": customer.id, "text": "长".repeat(40_000) });
    let good = json!({ "note_id": Uuid::now_v7(), "customer_id": customer.id, "text": "<b>=1+1</b> 𠮷" });
    let mutations = vec![
        pushed(1, "fly_to_the_moon", json!({})),
        pushed(2, "add_note", json!({ "text": 1 })),
        pushed(3, "add_note", nul),
        pushed(4, "add_note", long),
        pushed(5, "edit_customer", birthday),
        pushed(6, "add_note", good),
    ];
    let answer = tablet.send_push(&tablet.push_of(mutations)).await;
    assert_eq!(answer.status, StatusCode::OK);
    let answer: PushAnswer = answer.json();
    let is_refused: Vec<_> = answer.results.iter().map(|result| result.refused.is_some()).collect();
    assert_eq!(is_refused, [true, true, false, true, true, false]);
    assert_eq!(answer.last_seq, 6);
    tablet.pull(500).await;
    for text in ["<b>=1+1</b> 𠮷", "ab"] {
        assert!(tablet.all::<Note>().any(|note| note.text == text), "{text}");
    }
    branch.close().await;
}

#[tokio::test]
async fn a_row_the_database_will_not_hold_stalls_nobody() {
    let branch = Branch::open().await;
    let mut tablet = branch.sign_in("1001").await;
    tablet.pull(500).await;
    let customer = tablet.all::<Customer>().next().unwrap().id;
    sqlx::query("alter table note add constraint no_poison check (text <> 'poison')")
        .execute(&branch.pool)
        .await
        .unwrap();
    let texts = ["一", "二", "poison", "四", "五"];
    let results = tablet.push(texts.map(|text| note(customer, text))).await;
    let is_refused: Vec<_> = results.iter().map(|result| result.refused.is_some()).collect();
    assert_eq!(is_refused, [false, false, true, false, false]);
    assert_eq!(results.iter().map(|result| result.seq).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    branch.close().await;
}

#[tokio::test]
async fn a_visit_with_promises_arrives_as_it_was_written() {
    let branch = Branch::open().await;
    let mut tablet = branch.sign_in("1001").await;
    tablet.pull(500).await;
    let customer_id = tablet.all::<Customer>().next().unwrap().id;
    let (visit_id, promise_id) = (VisitId(Uuid::now_v7()), PromiseId(Uuid::now_v7()));
    let today = clock::now().date();
    let report = VisitReport {
        met: vec!["本人".to_owned()],
        summary: "谈了存款".to_owned(),
        minutes: Some(20),
        ..VisitReport::default()
    };
    let promise = NewPromise { promise_id, by: PromiseBy::Us, text: "送资料".to_owned(), due_on: today };
    tablet.apply(PlanVisit { visit_id, customer_id, on: today, at_minute: Some(540), purpose: None }).await;
    let record = RecordVisit {
        visit_id,
        customer_id,
        on: today,
        at_minute: None,
        purpose: Some("例行走访".to_owned()),
        report: report.clone(),
        promises: vec![promise],
    };
    tablet.apply(record).await;
    let mut desk = branch.sign_in("3001").await;
    desk.pull(1_000).await;
    let visit = desk.all::<Visit>().find(|visit| visit.id == visit_id).unwrap();
    assert_eq!(visit.report.as_ref(), Some(&report));
    assert_eq!(visit.visitor_id, tablet.session.actor.employee_id);
    assert!(desk.all::<domain::promise::Promise>().any(|promise| promise.id == promise_id));
    branch.close().await;
}

#[tokio::test]
async fn two_people_who_change_one_field_both_see_both_values() {
    let branch = Branch::open().await;
    let (mut tablet, mut desk) = (branch.sign_in("1001").await, branch.sign_in("3001").await);
    tablet.pull(500).await;
    desk.pull(1_000).await;
    let customer = tablet.all::<Customer>().next().unwrap().clone();
    tablet.push([phone_edit(&customer, "19907011111")]).await;
    desk.push([phone_edit(&customer, "19907022222")]).await;
    for device in [&mut tablet, &mut desk] {
        device.pull(500).await;
        let conflict: &Conflict = device.all::<Conflict>().next().unwrap();
        assert_eq!(conflict.standing.value.as_deref(), Some("19907011111"));
        assert_eq!(conflict.proposed.value.as_deref(), Some("19907022222"));
        let now = device.all::<Customer>().find(|row| row.id == customer.id).unwrap();
        assert_eq!(now.phone.as_deref(), Some("19907011111"));
    }
    branch.close().await;
}

#[tokio::test]
async fn whoever_wants_their_value_is_asked_again_against_a_third_and_then_has_it() {
    let branch = Branch::open().await;
    let (mut tablet, mut desk) = (branch.sign_in("1001").await, branch.sign_in("3001").await);
    tablet.pull(500).await;
    desk.pull(1_000).await;
    let customer = tablet.all::<Customer>().next().unwrap().clone();
    tablet.push([phone_edit(&customer, "19907011111")]).await;
    desk.push([phone_edit(&customer, "19907022222")]).await;
    let first = Customer { phone: Some("19907011111".to_owned()), ..customer.clone() };
    tablet.push([phone_edit(&first, "19907033333")]).await;
    let mut seen = Vec::new();
    for _ in 0..3 {
        desk.pull(500).await;
        let conflict = desk.all::<Conflict>().next().unwrap().clone();
        let now = desk.all::<Customer>().find(|row| row.id == customer.id).unwrap().phone.clone();
        seen.push((conflict.standing.value, now, conflict.settlement.is_some()));
        let settle = SettleConflict {
            conflict_id: conflict.id,
            customer_id: customer.id,
            field: conflict.field,
            keep: Keep::Proposed,
        };
        let results = desk.push([settle.into()]).await;
        assert_eq!(results[0].refused, None);
    }
    let told =
        |standing: &str, now: &str, is_settled| (Some(standing.to_owned()), Some(now.to_owned()), is_settled);
    assert_eq!(
        seen,
        [
            told("19907011111", "19907033333", false),
            told("19907033333", "19907033333", false),
            told("19907033333", "19907022222", true),
        ]
    );
    branch.close().await;
}

#[tokio::test]
async fn many_devices_that_edit_one_customer_lose_nothing() {
    let branch = Branch::open().await;
    let mut tablets = Vec::new();
    for employee_no in ["1001", "2001", "3001", "1001", "2001", "3001"] {
        let mut tablet = branch.sign_in(employee_no).await;
        tablet.pull(1_000).await;
        tablets.push(tablet);
    }
    let customer = tablets[0].all::<Customer>().next().unwrap().id;
    let before = branch.count("select count(*) from note").await;
    let pushes =
        tablets.iter_mut().map(|tablet| tablet.push((0..10).map(|n| note(customer, &n.to_string()))));
    let results = futures_util::future::join_all(pushes).await;
    assert!(results.iter().flatten().all(|result| result.refused.is_none()));
    assert_eq!(branch.count("select count(*) from note").await, before + 60);
    branch.close().await;
}

#[tokio::test]
async fn a_customer_number_is_used_once() {
    let branch = Branch::open().await;
    let (mut one, mut other) = (branch.sign_in("1001").await, branch.sign_in("1002").await);
    one.apply(new_customer(&one, "N-1")).await;
    let results =
        other.push([new_customer(&other, " N-1 ").into(), new_customer(&other, "N-2").into()]).await;
    let refused: Vec<_> = results.into_iter().map(|result| result.refused).collect();
    assert_eq!(refused, [Some(Rejection::NumberTaken), None]);
    let twice = [new_customer(&one, "N-3").into(), new_customer(&one, "N-3").into()];
    let refused: Vec<_> = one.push(twice).await.into_iter().map(|result| result.refused).collect();
    assert_eq!(refused, [None, Some(Rejection::NumberTaken)]);
    branch.close().await;
}

#[tokio::test]
async fn a_removed_row_is_gone_everywhere_and_a_look_at_a_number_and_an_export_are_logged() {
    let branch = Branch::open().await;
    let (mut tablet, mut desk) = (branch.sign_in("1001").await, branch.sign_in("3001").await);
    tablet.pull(500).await;
    let customer_id = tablet.all::<Customer>().next().unwrap().id;
    let contact_id = ContactId(Uuid::now_v7());
    let contact = AddContact {
        contact_id,
        customer_id,
        name: "女儿".to_owned(),
        role: ContactRole::Family,
        relation: None,
        phone: None,
    };
    let logged = [RevealPhone { customer_id }.into(), ExportVisits { customer_id }.into()];
    tablet.push([contact.into()].into_iter().chain(logged)).await;
    desk.pull(1_000).await;
    assert!(desk.rows.contains_key(&contact_id.into()));
    tablet.apply(RemoveContact { contact_id, customer_id }).await;
    desk.pull(1_000).await;
    assert!(!desk.rows.contains_key(&contact_id.into()));
    assert_eq!(branch.count("select count(*) from audit_log where act = 'reveal_phone'").await, 1);
    let exports = "select count(*) from audit_log join customer on customer.id = subject_id where act = 'export_visits'";
    assert_eq!(branch.count(exports).await, 1);
    branch.close().await;
}

#[tokio::test]
async fn a_session_pushes_for_its_own_device_only() {
    let branch = Branch::open().await;
    let (tablet, other) = (branch.sign_in("1001").await, branch.sign_in("1001").await);
    let push = other.push_of(Vec::new());
    assert_eq!(tablet.send_push(&push).await.refusal(), (409, "other_device".to_owned()));
    branch.close().await;
}

/// After a restore a device has nothing to send between what the server has and its next edit, and says so.
#[tokio::test]
async fn a_batch_may_leave_numbers_out_only_behind_the_very_last_one() {
    let branch = Branch::open().await;
    let mut tablet = branch.sign_in("1001").await;
    tablet.pull(500).await;
    let customer = tablet.all::<Customer>().next().unwrap().id;
    let first = tablet.batch([note(customer, "一"), note(customer, "二")]);
    assert_eq!(tablet.send_push(&first).await.status, StatusCode::OK);
    let later = |tablet: &mut crate::branch::Tablet, seq, follows| {
        let mut push = tablet.batch([note(customer, "后来")]);
        push.mutations[0].seq = seq;
        push.follows = follows;
        push
    };
    let gap = (409, "gap".to_owned());
    for follows in [None, Some(1), Some(3), Some(4)] {
        let push = later(&mut tablet, 5, follows);
        assert_eq!(tablet.send_push(&push).await.refusal(), gap, "{follows:?}");
    }
    let push = later(&mut tablet, 5, Some(2));
    for _ in 0..2 {
        let answer = tablet.send_push(&push).await.json::<PushAnswer>();
        assert_eq!((answer.last_seq, answer.results.len()), (5, 1));
    }
    assert_eq!(branch.count("select count(*) from note where text = '后来'").await, 1);
    let left_out = later(&mut tablet, 4, Some(2));
    assert_eq!(tablet.send_push(&left_out).await.refusal(), gap, "what was left out does not come after all");
    branch.close().await;
}

#[tokio::test]
async fn a_new_epoch_is_told_with_the_next_page_and_changes_nothing_else() {
    let branch = Branch::open().await;
    let mut tablet = branch.sign_in("1001").await;
    let before = tablet.pull_page(500).await.epoch;
    let epoch = server::begin_epoch::begin(&branch.services.db).await.unwrap();
    assert_ne!(epoch, before);
    assert_eq!(tablet.pull_page(500).await.epoch, epoch);
    branch.close().await;
}

/// What a tablet left in its outbox under an earlier release is understood: refused by the rules perhaps, never unread.
#[tokio::test]
async fn the_outbox_of_every_schema_accepted_is_understood() {
    let released = [
        (1, include_str!("../../../app/replica/tests/outbox/schema-1.json")),
        (2, include_str!("../../../app/replica/tests/outbox/schema-2.json")),
    ];
    let branch = Branch::open().await;
    for (schema, text) in released {
        let mut tablet = branch.sign_in("1001").await;
        tablet.pull(500).await;
        let customer = tablet.all::<Customer>().next().unwrap().id;
        // The customer and the book of the file are these here.
        let text = text.replace("00000000-0000-7000-8000-000000000001", &customer.to_string());
        let text = text.replace("00000000-0000-7000-8000-000000000002", &tablet.book().to_string());
        let records: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
        let mutations = (1..)
            .zip(records)
            .map(|(seq, record)| pushed(seq, record["name"].as_str().unwrap(), record["args"].clone()));
        let mut push = tablet.push_of(mutations.collect());
        push.schema = schema;
        let answer = tablet.send_push(&push).await.json::<PushAnswer>();
        assert_eq!(answer.results.len(), push.mutations.len());
        for (result, sent) in answer.results.iter().zip(&push.mutations) {
            assert_ne!(result.refused, Some(Rejection::NotUnderstood), "schema {schema}: {}", sent.name);
        }
        let applied = answer.results.iter().filter(|result| result.refused.is_none()).count();
        assert!(applied >= 5, "schema {schema}: {applied} applied");
    }
    branch.close().await;
}
