//! What others do to the server's rows: hand-overs, deletions, lists brought in, books given to somebody else.

use super::super::planted::Planted;
use super::{Backup, Committed, Server};
use domain::actor::Actor;
use domain::ids::{BookId, CustomerId, EmployeeId};
use domain::limits;
use domain::row::Row;
use domain::time::Timestamp;
use domain::working_set::Changes;
use uuid::Uuid;

const DAY_MS: i64 = 24 * 3_600_000;
/// A tablet keeps what it sent a little longer.
const BACKUP_DAYS: i64 = 6;

impl Server {
    pub fn employ(&mut self, actor: Actor) {
        for &book in &actor.books {
            self.streams.entry(book.into()).or_default();
        }
        self.people.insert(actor.employee_id, actor);
    }

    pub fn administer(&mut self, changes: Changes, now: Timestamp) {
        self.show_late();
        self.write(&changes, now);
        self.journal.push(Committed::Administration(changes));
    }

    pub fn put(&mut self, rows: Vec<Row>, now: Timestamp) {
        self.administer(rows.into_iter().map(|row| (row.key(), Some(row))).collect(), now);
    }

    /// 移交: the customer and all that hangs on it goes to another book.
    pub fn hand_over(&mut self, customer: CustomerId, to: BookId, now: Timestamp) {
        if let Some(Row::Customer(row)) = self.rows.get(&customer.into()) {
            let mut row = row.clone();
            row.book_id = to;
            self.put(vec![row.into()], now);
        }
    }

    pub fn delete_customer(&mut self, customer: CustomerId, now: Timestamp) {
        let changes = self.rows.values().filter(|row| row.customer_id() == Some(customer)).map(Row::key);
        self.administer(changes.map(|key| (key, None)).collect(), now);
    }

    pub fn give_books(&mut self, to: EmployeeId, books: Vec<BookId>) {
        if let Some(actor) = self.people.get_mut(&to) {
            actor.books = books;
        }
    }

    /// Tombstones live ninety days.
    pub fn forget_tombstones(&mut self, now: Timestamp) {
        self.show_late();
        let oldest = now.plus_ms(-limits::TOMBSTONE_DAYS * DAY_MS);
        for stream in self.streams.values_mut() {
            let forgotten =
                stream.marks.extract_if(.., |_, mark| mark.deleted_at.is_some_and(|at| at < oldest));
            let newest = forgotten.map(|(_, mark)| mark.version).max();
            stream.horizon = stream.horizon.max(newest.unwrap_or(0));
        }
    }

    /// Restored from a backup that lost nothing: every device has to begin anew.
    pub fn begin_epoch(&mut self, epoch: Uuid) {
        self.epoch = epoch;
    }

    pub fn back_up(&mut self, now: Timestamp) {
        self.show_late();
        self.backup = Some(Backup {
            at: now,
            people: self.people.clone(),
            rows: self.rows.clone(),
            journal: self.journal.len(),
            streams: self.streams.clone(),
            devices: self.devices.clone(),
        });
    }

    /// Back to the last backup, under another epoch. False: there is none of the last days.
    pub fn restore(&mut self, epoch: Uuid, now: Timestamp) -> bool {
        let is_fresh = |backup: &Backup| now.0 - backup.at.0 < BACKUP_DAYS * DAY_MS;
        let Some(backup) = self.backup.take_if(|backup| is_fresh(backup)) else { return false };
        self.people = backup.people;
        self.rows = backup.rows;
        self.journal.truncate(backup.journal);
        self.streams = backup.streams;
        self.devices = backup.devices;
        self.late.clear();
        if !self.is(Planted::EpochStays) {
            self.epoch = epoch;
        }
        self.restores += 1;
        true
    }
}
