//! What a tablet of an earlier release left in its outbox is read and sent by this one: one record of every mutation, as
//! the app of each schema wrote it. A file here is never changed; a new schema adds one.

use domain::mutation::{MUTATION_SCHEMA, MUTATION_SCHEMA_OLDEST, Mutation};
use replica::outbox::{Pending, Record};
use serde_json::Value;

const RELEASED: &[(u32, &str)] =
    &[(1, include_str!("outbox/schema-1.json")), (2, include_str!("outbox/schema-2.json"))];

fn records(text: &str) -> Vec<Value> {
    serde_json::from_str(text).expect("a list of records")
}

#[test]
fn every_released_outbox_is_read_and_sent_as_it_was_written() {
    for (schema, text) in RELEASED {
        for (seq, written) in (1..).zip(records(text)) {
            let name = written["name"].as_str().expect("a name");
            let pending = Pending::read(seq, written.to_string().as_bytes()).expect("a record");
            let mutation = pending.mutation.as_ref().unwrap_or_else(|| panic!("schema {schema}: {name}"));
            assert_eq!(mutation.name(), name);
            let (sent, again) = (pending.pushed(), mutation.encode().expect("is written"));
            assert_eq!((sent.name.as_str(), &sent.args), (name, &written["args"]), "schema {schema}");
            assert_eq!(again.1, written["args"], "schema {schema}: {name} is written otherwise today");
            assert_eq!(Record::decode(&pending.record.encode()), Some(pending.record));
        }
    }
}

#[test]
fn each_schema_that_is_accepted_has_its_outbox_here_and_the_latest_has_every_mutation() {
    let here: Vec<u32> = RELEASED.iter().map(|(schema, _)| *schema).collect();
    let accepted: Vec<u32> = (MUTATION_SCHEMA_OLDEST..=MUTATION_SCHEMA).collect();
    assert!(here.ends_with(&accepted), "{here:?} for {accepted:?}");
    let (_, latest) = RELEASED.last().expect("one at least");
    let mut named: Vec<String> = records(latest).iter().map(|one| one["name"].to_string()).collect();
    let mut known: Vec<String> = Mutation::NAMES.iter().map(|name| format!("{name:?}")).collect();
    named.sort();
    known.sort();
    assert_eq!(named, known);
}
