//! Which books there are to sort, whose customers are in one, and in what order they are looked at. No view in here.

use crate::pages::customers::holder;
use crate::pages::today::visits_at_hand;
use domain::authorize::{Act, may};
use domain::contract::Contract;
use domain::customer::Customer;
use domain::ids::{BookId, CustomerId, EmployeeId};
use domain::mark::{Mark, MarkKind};
use domain::organisation::{Book, Role};
use domain::promise::{Promise, PromiseBy, PromiseState};
use domain::take_over::{Order, Weighed, gravity, sorted};
use domain::task::Task;
use domain::time::{Date, days_between};
use domain::today::{Reason, Seen, Whose, Written, needs};
use domain::visit::Visit;
use replica::Replica;
use std::collections::HashMap;

/// Broken promises older than this are no sign any more.
pub const BROKEN_FRESH_DAYS: i64 = 90;

pub type Marks = HashMap<CustomerId, MarkKind>;

/// The books this person may look at, by their holders' names, their own first; managers see their own only.
pub fn books(replica: &Replica, nobody: &str) -> Vec<(BookId, String)> {
    let actor = replica.actor();
    let is_own = |book: &Book| book.holder_id == Some(actor.employee_id);
    let may_look = |book: &&Book| match actor.role {
        Role::Manager => is_own(book),
        role => may(role, Act::SeeTeam) && actor.reads_book(book.id),
    };
    let found = replica.all::<Book>().filter(may_look);
    let mut found: Vec<(bool, String, BookId)> = found
        .map(|book| {
            let name = if is_own(book) { book.name.clone() } else { holder(replica, book.id, nobody) };
            (!is_own(book), name, book.id)
        })
        .collect();
    found.sort();
    found.into_iter().map(|(_, name, id)| (id, name)).collect()
}

/// Whose book it is.
pub fn holder_of(replica: &Replica, book: BookId) -> Option<EmployeeId> {
    replica.get::<Book>(book)?.holder_id
}

/// The customers of a book, in a fixed order.
pub fn held(replica: &Replica, book: BookId) -> Vec<CustomerId> {
    replica
        .all::<Customer>()
        .filter(|customer| customer.book_id == book)
        .map(|customer| customer.id)
        .collect()
}

/// The marks the book's holder has given; what somebody before them thought is not theirs.
pub fn marks(replica: &Replica, book: BookId) -> Marks {
    let holder = holder_of(replica, book);
    let is_ours = |mark: &&Mark| {
        Some(mark.marked_by) == holder
            && replica.get::<Customer>(mark.customer_id).is_some_and(|customer| customer.book_id == book)
    };
    replica.all::<Mark>().filter(is_ours).map(|mark| (mark.customer_id, mark.kind)).collect()
}

/// The customers in the order they are looked at: those without a mark first.
pub fn deal(
    replica: &Replica,
    held: &[CustomerId],
    marks: &Marks,
    order: Order,
    today: Date,
) -> Vec<CustomerId> {
    let gravities = if order == Order::Signs { gravities(replica, held, today) } else { HashMap::new() };
    let weighed = held.iter().filter_map(|id| {
        let rated = replica.rated(*id, today)?;
        Some(Weighed {
            customer_id: *id,
            value: rated.headline(),
            overdue_days: rated.debt.visits.overdue.map_or(0, |overdue| overdue.days),
            owed: rated.debt.visits_owed(),
            gravity: gravities.get(id).copied().unwrap_or(0),
        })
    });
    let in_order = sorted(order, weighed.collect());
    let (mut unmarked, marked): (Vec<_>, Vec<_>) =
        in_order.into_iter().partition(|id| !marks.contains_key(id));
    unmarked.extend(marked);
    unmarked
}

fn gravities(replica: &Replica, held: &[CustomerId], today: Date) -> HashMap<CustomerId, u32> {
    let seen = held.iter().filter_map(|id| {
        Some(Seen {
            customer: replica.get::<Customer>(*id)?,
            rated: replica.rated(*id, today)?,
            tier_rank: None,
        })
    });
    let customers: Vec<_> = seen.collect();
    let written = Written {
        visits: visits_at_hand(replica, &customers),
        promises: replica.all::<Promise>(),
        tasks: replica.all::<Task>(),
        contracts: replica.all::<Contract>(),
    };
    let mut broken: HashMap<CustomerId, u32> = HashMap::new();
    for promise in replica.all::<Promise>().filter(|promise| is_broken(promise, today)) {
        *broken.entry(promise.customer_id).or_default() += 1;
    }
    let found = needs(today, Whose::Book, customers, written);
    let mut gravities: HashMap<CustomerId, u32> =
        broken.iter().map(|(id, broken)| (*id, gravity([], *broken))).collect();
    for need in found.needs {
        let broken = broken.get(&need.customer_id).copied().unwrap_or(0);
        gravities.insert(need.customer_id, gravity(&need.reasons, broken));
    }
    gravities
}

/// Our word, not kept, and not long ago.
pub fn is_broken(promise: &Promise, today: Date) -> bool {
    promise.state == PromiseState::Broken
        && promise.by == PromiseBy::Us
        && days_between(promise.due_on, today) <= BROKEN_FRESH_DAYS
}

/// What there is to say of one customer today, the gravest first.
pub fn reasons(replica: &Replica, id: CustomerId, today: Date) -> Vec<Reason> {
    let Some((customer, rated)) = replica.get::<Customer>(id).zip(replica.rated(id, today)) else {
        return Vec::new();
    };
    let written = Written {
        visits: replica.of::<Visit>(id),
        promises: replica.of::<Promise>(id),
        tasks: replica.of::<Task>(id),
        contracts: replica.of::<Contract>(id),
    };
    let found = needs(today, Whose::Book, [Seen { customer, rated, tier_rank: None }], written);
    found.needs.into_iter().flat_map(|need| need.reasons).collect()
}
