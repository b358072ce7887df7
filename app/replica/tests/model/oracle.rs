//! What must be true, worked out without streams, versions or cookies: from what disks acknowledged, and from the order in
//! which the server committed.

use super::server::{Committed, Decided, Server};
use super::tab::Tablet;
use domain::actor::{Actor, Context};
use domain::choice::Choice;
use domain::conflict::Conflict;
use domain::contact::Contact;
use domain::customer::Customer;
use domain::ids::{CustomerId, DeviceId, MutationId, NoteId};
use domain::mutation::Mutation;
use domain::note::Note;
use domain::organisation::{Book, Colleague, OrgUnit};
use domain::photo::Photo;
use domain::product::Product;
use domain::promise::Promise;
use domain::rejection::Rejection;
use domain::row::{FromRow, Row, RowKey};
use domain::visit::Visit;
use domain::working_set::WorkingSet;
use replica::outbox::Record;
use replica::page;
use replica::store::Stored;
use replica::{Next, Replica};
use std::collections::{BTreeMap, BTreeSet};

pub type Held = BTreeMap<RowKey, Row>;
type Verdict = Result<(), String>;

/// An edit of which the person was told: saved.
pub struct Accepted {
    pub device: DeviceId,
    pub seq: u64,
    pub record: Record,
    /// Set for a note, the kind nobody can take back.
    pub note: Option<(NoteId, CustomerId)>,
}

#[derive(Default)]
pub struct Ledger {
    pub accepted: Vec<Accepted>,
    /// Devices whose store was taken away: what they had not sent is lost.
    pub wiped: BTreeSet<DeviceId>,
    /// Refused edits the person has read and let go.
    pub discarded: BTreeSet<(DeviceId, u64)>,
}

impl Ledger {
    pub fn accept(&mut self, device: DeviceId, seq: u64, bytes: &[u8]) {
        let record = Record::decode(bytes).expect("a record just written can be read");
        let note = match Mutation::decode(&record.name, &record.args) {
            Ok(Mutation::AddNote(note)) => Some((note.note_id, note.customer_id)),
            _ => None,
        };
        self.accepted.push(Accepted { device, seq, record, note });
    }

    pub fn knows(&self, device: DeviceId, seq: u64) -> bool {
        self.accepted.iter().any(|accepted| (accepted.device, accepted.seq) == (device, seq))
    }

    fn of(&self, device: DeviceId) -> impl Iterator<Item = &Accepted> {
        self.accepted.iter().filter(move |accepted| accepted.device == device)
    }
}

fn verdict(holds: bool, what: impl FnOnce() -> String) -> Verdict {
    if holds { Ok(()) } else { Err(what()) }
}

/// What a person may hold: the library, and the customers of their books with all that hangs on them.
pub fn scope(rows: &Held, actor: &Actor) -> Held {
    let reads = |customer: CustomerId| {
        let customer = rows.get(&customer.into()).and_then(Customer::from_row);
        customer.is_some_and(|customer| actor.reads_book(customer.book_id))
    };
    let held = rows.iter().filter(|(_, row)| row.customer_id().is_none_or(reads));
    held.map(|(&key, row)| (key, row.clone())).collect()
}

/// Everything a replica shows.
pub fn shown(replica: &Replica) -> Held {
    let mut held = Held::new();
    macro_rules! take {
        ($($kind:ty),*) => {
            $(held.extend(replica.all::<$kind>().cloned().map(Row::from).map(|row| (row.key(), row)));)*
        };
    }
    take!(
        OrgUnit, Book, Colleague, Choice, Product, Customer, Contact, Promise, Conflict, Visit, Note, Photo
    );
    held
}

pub fn same(what: &str, found: &Held, expected: &Held) -> Verdict {
    if found == expected {
        return Ok(());
    }
    let missing: Vec<_> = expected.keys().filter(|key| !found.contains_key(key)).collect();
    let beyond: Vec<_> = found.keys().filter(|key| !expected.contains_key(key)).collect();
    let differ = expected.iter().find(|(key, row)| found.get(key).is_some_and(|found| found != *row));
    let differ = differ.map(|(key, row)| (row, found.get(key)));
    Err(format!("{what}: missing {missing:?}, beyond {beyond:?}, differs {differ:?}"))
}

/// After the last page of a pull is on disk: the disk holds the snapshot and not a row more, old pages included.
pub fn pulled(tablet: &Tablet, actor: &Actor, whole: &Held) -> Verdict {
    let stored = tablet.disk.load();
    for (_, bytes) in &stored.pages {
        let page = page::decode(bytes).map_err(|error| format!("a stored page is {error:?}"))?;
        let rows = page.streams.iter().flat_map(|part| &part.put);
        if let Some(row) = rows.map(Row::key).find(|key| !whole.contains_key(key)) {
            return Err(format!("{row:?} is on disk but not in the scope"));
        }
    }
    let bare = Stored { outbox: Vec::new(), attention: Vec::new(), ..stored };
    same("server rows on disk after a pull", &shown(&Replica::open(tablet.id, actor.clone(), &bare)), whole)
}

/// What memory shows is what the disk would show if it were opened now.
pub fn reopened(tablet: &Tablet, replica: &Replica) -> Verdict {
    let again = Replica::open(tablet.id, replica.actor().clone(), &tablet.disk.load());
    same("the view against the disk opened anew", &shown(replica), &shown(&again))?;
    let refused =
        |replica: &Replica| replica.refused().iter().map(|refused| refused.seq).collect::<BTreeSet<_>>();
    verdict(refused(replica) == refused(&again), || {
        "needs attention in memory and on disk differ".to_owned()
    })?;
    verdict(replica.search().len() == replica.all::<Customer>().count(), || {
        "the search index has other customers than the table".to_owned()
    })
}

/// A note stays in sight from the moment it is saved, unless it was refused or its customer left.
pub fn notes_in_sight(tablet: &Tablet, replica: &Replica, ledger: &Ledger, server: &Server) -> Verdict {
    // A restored server is told again first.
    if replica.is_first_sync() || replica.next(false) == Next::Resend {
        return Ok(());
    }
    for accepted in ledger.of(tablet.id) {
        let Some((note, customer)) = accepted.note else { continue };
        // A restored server may have forgotten that it refused.
        let is_refused = matches!(server.result(tablet.id, accepted.seq), Some((_, Some(_))))
            || replica.refused().iter().any(|refused| refused.seq == accepted.seq)
            || ledger.discarded.contains(&(tablet.id, accepted.seq));
        let is_customer_here = replica.get::<Customer>(customer).is_some();
        verdict(is_refused || !is_customer_here || replica.get::<Note>(note).is_some(), || {
            format!("the note saved as edit {} is out of sight", accepted.seq)
        })?;
    }
    Ok(())
}

/// Runs the committed transactions again, one after the other, over bare rows.
pub fn rerun(server: &Server, start: &Held) -> Verdict {
    let mut rows = start.clone();
    let mut decided: BTreeSet<MutationId> = BTreeSet::new();
    for committed in &server.journal {
        let changes = match committed {
            Committed::Administration(changes) => changes.clone(),
            Committed::Mutation(decided_there) => {
                let Decided { actor, device, pushed, now, refused } = decided_there.as_ref();
                verdict(decided.insert(pushed.id), || {
                    format!("edit {} of {device:?} was decided twice", pushed.seq)
                })?;
                let made_at = pushed.made_at.min(*now);
                let context = Context { actor, mutation_id: pushed.id, made_at, now: *now };
                let mut set = WorkingSet::over(&rows);
                let ran = Mutation::decode(&pushed.name, &pushed.args)
                    .and_then(|mutation| mutation.apply(&mut set, &context));
                match (ran, refused) {
                    (Ok(()), None) => set.into_changes(),
                    (Ok(()), Some(Rejection::NumberTaken)) => continue,
                    (Err(here), Some(there)) if here == *there => continue,
                    (here, there) => return Err(format!("{}: {here:?} here, {there:?} there", pushed.name)),
                }
            }
        };
        for (key, row) in changes {
            match row {
                Some(row) => rows.insert(key, row),
                None => rows.remove(&key),
            };
        }
    }
    same("the server's rows against its own journal", &server.rows, &rows)
}

/// Once quiet, for one tablet.
pub fn quiet(tablet: &Tablet, server: &Server, ledger: &Ledger) -> Verdict {
    let actor = server.people.get(&tablet.holder).ok_or("the holder works here")?;
    let whole = scope(&server.rows, actor);
    pulled(tablet, actor, &whole)?;
    let stored = tablet.disk.load();
    verdict(stored.outbox.is_empty(), || {
        format!("pending left on disk: {:?}", stored.outbox.iter().map(|(seq, _)| seq).collect::<Vec<_>>())
    })?;
    for tab in &tablet.tabs {
        same("a tab against the server", &shown(&tab.replica), &whole)?;
        reopened(tablet, &tab.replica)?;
        verdict(tab.replica.waiting_count() == 0, || "a tab still counts edits as waiting".to_owned())?;
    }
    let mut count = 0;
    for accepted in ledger.of(tablet.id) {
        let seq = accepted.seq;
        let kept =
            stored.attention.iter().find(|(no, _)| *no == seq).and_then(|(_, bytes)| Record::decode(bytes));
        let Some((id, refused)) = server.result(tablet.id, seq) else {
            // Refused before the server was restored, it is not sent again.
            let was_refused = kept.is_some_and(|record| record.refused.is_some())
                || ledger.discarded.contains(&(tablet.id, seq));
            verdict(was_refused, || format!("edit {seq} never reached the server"))?;
            continue;
        };
        count += 1;
        verdict(*id == accepted.record.id, || format!("the server has another edit as number {seq}"))?;
        let expected = refused
            .as_ref()
            .map(|refused| Record { refused: Some(refused.clone()), ..accepted.record.clone() });
        // Let go in one tab, it may be shown once more by another that had not heard.
        let is_discarded = kept.is_none() && ledger.discarded.contains(&(tablet.id, seq));
        // A request of before a restore, repeated after it, may be decided otherwise: its device has read the first answer.
        let is_of_before = server.restores > 0
            && refused.is_none()
            && kept.as_ref().is_some_and(|record| record.refused.is_some());
        verdict(kept == expected || is_discarded || is_of_before, || {
            format!("edit {seq}: needs attention {kept:?}, expected {expected:?}")
        })?;
    }
    verdict(server.result_count(tablet.id) == count, || {
        "the server has results nobody was told of".to_owned()
    })
}
