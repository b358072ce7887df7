//! A push: read as the server reads it, its mutations run by the rules over a book, what they leave read by a tablet.

use crate::world::{PAGE, ROWS, take_in};
use domain::actor::Context;
use domain::limits;
use domain::mutation::Mutation;
use domain::row::{Row, RowKey};
use domain::time::{Date, Timestamp};
use domain::wire::{Page, Push, StreamPage};
use domain::working_set::WorkingSet;
use server::sync::push::decode;
use std::collections::BTreeMap;

pub fn run(bytes: &[u8]) {
    let Ok(push) = serde_json::from_slice::<Push>(bytes) else { return };
    let mut rows = ROWS.clone();
    for pushed in &push.mutations {
        let Ok(mutation) = decode(pushed) else { continue };
        let (name, args) = mutation.encode().expect("a mutation that was read can be written");
        assert_eq!(Mutation::decode(&name, &args).as_ref(), Ok(&mutation), "and read again");
        let now = PAGE.server_time;
        let made_at = pushed.made_at.clamp(Timestamp(0), now);
        let context = Context { actor: &PAGE.actor, mutation_id: pushed.id, made_at, now };
        let mut trial = WorkingSet::over(&rows);
        let Ok(()) = mutation.apply(&mut trial, &context) else { continue };
        for (key, row) in trial.into_changes() {
            match row {
                Some(row) => {
                    assert_eq!(
                        row.customer_id(),
                        Some(mutation.customer_id()),
                        "a row of another customer: {row:?}"
                    );
                    check(&row);
                    rows.insert(key, row);
                }
                None => {
                    rows.remove(&key);
                }
            }
        }
    }
    if rows != *ROWS {
        read_by_a_tablet(rows);
    }
}

/// What a rule lets through can be stored, sent and shown.
fn check(row: &Row) {
    let json = serde_json::to_value(row).expect("a row can be written");
    assert_eq!(serde_json::from_value::<Row>(json.clone()).as_ref().ok(), Some(row));
    check_value(&json);
}

fn check_value(value: &serde_json::Value) {
    use serde_json::Value;
    match value {
        Value::String(text) => {
            assert!(!text.contains('\0'), "PostgreSQL stores no NUL: {text:?}");
            assert!(text.chars().count() <= limits::TEXT_CHARS_MAX, "beyond every limit: {text:?}");
            if let Ok(date) = text.parse::<Date>() {
                assert_eq!(text.len(), 10, "PostgreSQL and people know years of four digits: {date}");
            }
        }
        Value::Array(items) => items.iter().for_each(check_value),
        Value::Object(fields) => fields.values().for_each(check_value),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn read_by_a_tablet(rows: BTreeMap<RowKey, Row>) {
    let Some(books) = PAGE.streams.last() else { return };
    let page = Page {
        streams: vec![StreamPage { put: rows.into_values().collect(), ..books.clone() }],
        drop: Vec::new(),
        ..PAGE.clone()
    };
    take_in(page, PAGE.server_time.date());
}
