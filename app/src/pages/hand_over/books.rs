//! Books and their customers as the lead's replica has them.

use domain::contact::Contact;
use domain::customer::{Customer, CustomerType};
use domain::ids::{BookId, CustomerId};
use domain::money::Fen;
use domain::note::Note;
use domain::organisation::{Book, Colleague};
use domain::photo::Photo;
use domain::promise::Promise;
use domain::time::Date;
use domain::visit::{Visit, VisitState};
use replica::Replica;
use std::collections::HashMap;

/// A book and whose it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Holder {
    pub book: BookId,
    /// The holder's name; the book's own where nobody holds it.
    pub name: String,
    /// Tells two of the same name apart: the employee number, and the book's name where one holds several.
    pub detail: String,
    pub is_held: bool,
    pub customers: u32,
    pub assets: Fen,
}

/// A customer of the book handed over from.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub id: CustomerId,
    pub name: String,
    pub customer_no: String,
    pub customer_type: CustomerType,
    pub assets: Fen,
    pub last_visit: Option<Date>,
    pub promises: u32,
    pub plans: u32,
    pub is_pending: bool,
}

/// What hangs on some customers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Along {
    pub assets: Fen,
    pub visits: u32,
    pub promises: u32,
    pub plans: u32,
    pub contacts: u32,
    pub notes: u32,
    pub photos: u32,
}

/// Every book this person may hand over from or to, by employee number; those nobody holds last.
pub fn holders(replica: &Replica) -> Vec<Holder> {
    let mut figures: HashMap<BookId, (u32, Fen)> = HashMap::new();
    for customer in replica.all::<Customer>() {
        let (count, assets) = figures.entry(customer.book_id).or_default();
        *count += 1;
        *assets = assets.saturating_add(customer.holdings.wealth_assets());
    }
    let books: Vec<&Book> =
        replica.all::<Book>().filter(|book| replica.actor().reads_book(book.id)).collect();
    let mut holders: Vec<Holder> = books
        .iter()
        .map(|book| {
            let holder = book.holder_id.and_then(|id| replica.get::<Colleague>(id));
            let holds_several = books.iter().filter(|other| other.holder_id == book.holder_id).count() > 1;
            let (customers, assets) = figures.get(&book.id).copied().unwrap_or_default();
            let (name, detail) = match holder {
                Some(holder) if holds_several => {
                    (holder.name.clone(), format!("{} {}", holder.employee_no, book.name))
                }
                Some(holder) => (holder.name.clone(), holder.employee_no.clone()),
                None => (book.name.clone(), String::new()),
            };
            Holder { book: book.id, name, detail, is_held: holder.is_some(), customers, assets }
        })
        .collect();
    holders.sort_by(|a, b| (!a.is_held, &a.detail, &a.name).cmp(&(!b.is_held, &b.detail, &b.name)));
    holders
}

pub fn entries(replica: &Replica, book: BookId, today: Date) -> Vec<Entry> {
    let customers = replica.search().in_order().filter_map(|(id, _)| replica.get::<Customer>(id));
    customers
        .filter(|customer| customer.book_id == book)
        .map(|customer| {
            let visits = || replica.of::<Visit>(customer.id);
            let done = visits().filter(|visit| visit.state == VisitState::Done).map(|visit| visit.on).max();
            Entry {
                id: customer.id,
                name: customer.name.clone(),
                customer_no: customer.customer_no.clone(),
                customer_type: customer.customer_type,
                assets: customer.holdings.wealth_assets(),
                last_visit: done.max(customer.last_visited_on),
                promises: count(replica.of::<Promise>(customer.id).filter(|promise| promise.is_open())),
                plans: count(visits().filter(|visit| is_planned(visit, today))),
                is_pending: replica.is_pending(customer.id),
            }
        })
        .collect()
}

pub fn along(replica: &Replica, going: &[CustomerId], today: Date) -> Along {
    let mut along = Along::default();
    for &id in going {
        if let Some(customer) = replica.get::<Customer>(id) {
            along.assets = along.assets.saturating_add(customer.holdings.wealth_assets());
        }
        along.visits += count(replica.of::<Visit>(id).filter(|visit| visit.state == VisitState::Done));
        along.plans += count(replica.of::<Visit>(id).filter(|visit| is_planned(visit, today)));
        along.promises += count(replica.of::<Promise>(id).filter(|promise| promise.is_open()));
        along.contacts += count(replica.of::<Contact>(id));
        along.notes += count(replica.of::<Note>(id));
        along.photos += count(replica.of::<Photo>(id));
    }
    along
}

fn is_planned(visit: &Visit, today: Date) -> bool {
    visit.state == VisitState::Planned && visit.on >= today
}

fn count<T>(rows: impl Iterator<Item = T>) -> u32 {
    u32::try_from(rows.count()).unwrap_or(u32::MAX)
}
