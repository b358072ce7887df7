//! What others do at the server while people work: hand-overs, deletions, lists, books that change hands.

use super::World;
use crate::model::people;
use domain::choice::{Choice, ChoiceList};
use domain::customer::Customer;
use domain::ids::CustomerId;
use domain::money::Fen;
use domain::row::{Kind, Row};

const DAY_MS: i64 = 24 * 3_600_000;

impl World {
    pub(super) fn the_office_acts(&mut self) {
        match self.random.weighted(&[30, 10, 15, 10, 10, 10, 6, 3, 6, 6]) {
            0 => self.hand_over(),
            1 => {
                if let Some(customer) = self.any_customer() {
                    self.server.delete_customer(customer.id, self.now);
                    self.happened("customer deleted");
                }
            }
            2 => self.bring_holdings(),
            3 => self.bring_customer(),
            4 => self.change_library(),
            5 => self.give_books(),
            6 => {
                self.now = self.now.plus_ms(91 * DAY_MS);
                self.server.forget_tombstones(self.now);
                self.happened("ninety-one days passed");
            }
            7 => {
                let epoch = self.random.id();
                self.server.begin_epoch(epoch);
                self.happened("new epoch");
            }
            8 => {
                self.server.back_up(self.now);
                self.happened("backup");
            }
            _ => {
                let epoch = self.random.id();
                if self.server.restore(epoch, self.now) {
                    self.happened("restored from a backup");
                }
            }
        }
    }

    fn happened(&mut self, what: &'static str) {
        self.tally.add(what);
        self.note(|| what.to_owned());
    }

    fn any_customer(&mut self) -> Option<Customer> {
        let customers: Vec<&Customer> = self.server.customers().collect();
        self.random.pick(&customers).map(|customer| (*customer).clone())
    }

    fn hand_over(&mut self) {
        let to = self.random.pick(&self.books).copied();
        if let (Some(customer), Some(to)) = (self.any_customer(), to)
            && customer.book_id != to
        {
            self.server.hand_over(customer.id, to, self.now);
            self.happened("customer handed over");
        }
    }

    fn bring_holdings(&mut self) {
        if let Some(mut customer) = self.any_customer() {
            customer.holdings.deposit = Fen(self.random.below(9) as i64);
            customer.phone = Some("19907000009".to_owned());
            self.server.put(vec![customer.into()], self.now);
            self.happened("list brought in");
        }
    }

    /// A new customer with some contacts.
    pub(super) fn bring_customer(&mut self) {
        let Some(book) = self.random.pick(&self.books).copied() else { return };
        self.customer_count += 1;
        let customer = people::customer(&mut self.random, book, self.customer_count);
        let id: CustomerId = customer.id;
        let mut rows = vec![Row::from(customer)];
        for _ in 0..self.random.below(5) {
            rows.push(people::contact(&mut self.random, id).into());
        }
        self.server.put(rows, self.now);
        self.happened("customer brought in");
    }

    fn change_library(&mut self) {
        let choices = self.server.rows.keys().filter(|key| key.kind == Kind::Choice).copied();
        let choices: Vec<_> = choices.collect();
        match self.random.pick(&choices).copied() {
            Some(key) if self.random.chance(40) => self.server.administer([(key, None)].into(), self.now),
            _ => {
                let (list, label) = (ChoiceList::Purpose, "回访".to_owned());
                let choice = Choice { id: self.random.id(), list, label, position: 0 };
                self.server.put(vec![choice.into()], self.now);
            }
        }
        self.happened("library changed");
    }

    /// Scope changes without any row changing: a book more, a book less, another one.
    fn give_books(&mut self) {
        let people: Vec<_> = self.server.people.keys().copied().collect();
        let mut books = self.books.clone();
        books.retain(|_| self.random.chance(60));
        if self.random.chance(50) {
            books.reverse();
        }
        if let Some(&to) = self.random.pick(&people) {
            self.server.give_books(to, books);
            self.happened("books given");
        }
    }
}
