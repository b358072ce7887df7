//! A small book with a row of every kind: what pushes are applied to, and the page a tablet reads.

use domain::customer::Customer;
use domain::due::{Business, due_here};
use domain::ids::DeviceId;
use domain::row::{Row, RowKey};
use domain::time::Date;
use domain::today::{Seen, Whose, Written, needs};
use domain::wire::Page;
use replica::Replica;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use uuid::Uuid;

/// As the server sends it; sample data.
pub static PAGE: LazyLock<Page> =
    LazyLock::new(|| serde_json::from_str(include_str!("world.json")).expect("a page"));

pub static ROWS: LazyLock<BTreeMap<RowKey, Row>> = LazyLock::new(|| {
    let rows = PAGE.streams.iter().flat_map(|stream| &stream.put);
    rows.map(|row| (row.key(), row.clone())).collect()
});

pub const DEVICE: DeviceId = DeviceId(Uuid::from_u128(8));

/// A tablet takes the page in, finds its customers and says who is to be seen: nothing in it may bring the app down.
pub fn take_in(page: Page, today: Date) {
    let mut replica = Replica::new(DEVICE, PAGE.actor.clone());
    replica.take_page(PAGE.clone());
    replica.take_page(page);
    let customers: Vec<&Customer> = replica.all::<Customer>().collect();
    for customer in &customers {
        let Some(rated) = replica.rated(customer.id, today) else { continue };
        let (promises, tasks) =
            (replica.of(customer.id).collect::<Vec<_>>(), replica.of(customer.id).collect::<Vec<_>>());
        let (events, contracts) =
            (replica.of(customer.id).collect::<Vec<_>>(), replica.of(customer.id).collect::<Vec<_>>());
        let business = Business {
            promises: &promises,
            tasks: &tasks,
            events: &events,
            contracts: &contracts,
            missing_facts: 0,
        };
        due_here(&rated, &business, today);
    }
    let seen = customers.iter().filter_map(|customer| {
        Some(Seen { customer, rated: replica.rated(customer.id, today)?, tier_rank: None })
    });
    let written = Written {
        visits: replica.all(),
        promises: replica.all(),
        tasks: replica.all(),
        contracts: replica.all(),
    };
    needs(today, Whose::Book, seen, written);
    for word in ["桑", "sang", "19900772259"] {
        replica.search().find(word);
    }
}
