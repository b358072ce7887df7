//! What would not be missed is not proved: each predicate that says whose a row may be is dropped from its statement in
//! turn, with row-level security off, and whatever uses the statement is asked again.

use super::boundary::{Boundary, Call};
use super::planted::Planted;
use super::predicate::{self, Dropped};
use super::wire::Wire;
use super::{Asker, Heard, Matrix, Route, World, disable_policies, routes, signed_in};
use std::collections::{BTreeMap, BTreeSet};

/// The predicates that only keep the database from reading in vain, where another of the same statement says it.
const SPARING: usize = 4;

fn is_sparing(dropped: &Dropped) -> bool {
    dropped.statement.starts_with("with done as") && dropped.predicate.ends_with("book_id = any($1)")
}

/// The operator's command reads every organisation's log.
fn is_operators(statement: &str) -> bool {
    statement.contains("audit_log where") || statement.contains("audit_head where")
}

/// Calls and routes by the statements they send.
type Users = BTreeMap<String, (Vec<Call>, Vec<Route>)>;

/// A branch of which copies are made, everybody signed in.
struct Rested {
    planted: Planted,
    wire: Wire,
    askers: Vec<Asker>,
    routes: Vec<Route>,
    /// One copy for all calls: they leave nothing behind.
    called: Planted,
    world: World,
    boundary: Boundary,
}

impl Rested {
    async fn open() -> Self {
        let planted = Planted::open().await;
        disable_policies(&planted).await;
        let wire = Wire::to(&planted.branch.pool.connect_options());
        let Matrix { world, askers } = Matrix::of(&planted).await;
        let another = signed_in(&planted, &world.places[3].holder).await;
        planted.changed().await;
        let routes = routes(&planted.branch).await;
        planted.rest().await;
        let called = planted.copy(&wire).await;
        let world = World::of(&called).await;
        let callers = [&askers[..], &[another]].concat();
        let boundary = Boundary::of(&called, &world, &callers).await;
        Self { planted, wire, askers, routes, called, world, boundary }
    }

    async fn call(&self, call: Call) -> BTreeSet<String> {
        self.boundary.breaches(&self.called, &self.world, call).await
    }

    /// A copy to ask of.
    async fn copy(&self) -> (Planted, Matrix) {
        let copy = self.planted.copy(&self.wire).await;
        let matrix = Matrix { world: World::of(&copy).await, askers: self.askers.clone() };
        (copy, matrix)
    }

    /// Who sends which statement, and what they breach as it is.
    async fn users(&self) -> (Users, BTreeSet<String>) {
        let (mut users, mut breaches) = (Users::new(), BTreeSet::new());
        for call in Call::ALL {
            self.wire.said().heard.clear();
            breaches.append(&mut self.call(call).await);
            for statement in std::mem::take(&mut self.wire.said().heard) {
                users.entry(statement).or_default().0.push(call);
            }
        }
        let (copy, mut matrix) = self.copy().await;
        let mut heard = Heard::default();
        for route in &self.routes {
            self.wire.said().heard.clear();
            matrix.ask(&copy, route, &mut heard).await;
            for statement in std::mem::take(&mut self.wire.said().heard) {
                users.entry(statement).or_default().1.push(route.clone());
            }
        }
        copy.branch.close().await;
        breaches.append(&mut heard.breaches);
        (users, breaches)
    }

    async fn is_noticed(&self, dropped: &Dropped, (calls, routes): &(Vec<Call>, Vec<Route>)) -> bool {
        self.wire.said().instead = Some((dropped.statement.clone(), dropped.instead.clone()));
        let mut is_noticed = false;
        for call in calls {
            is_noticed = is_noticed || !self.call(*call).await.is_empty();
        }
        if !is_noticed && !routes.is_empty() {
            let (copy, mut matrix) = self.copy().await;
            let mut heard = Heard::default();
            for route in routes {
                if heard.breaches.is_empty() {
                    matrix.ask(&copy, route, &mut heard).await;
                }
            }
            copy.branch.close().await;
            is_noticed = !heard.breaches.is_empty();
        }
        self.wire.said().instead = None;
        is_noticed
    }
}

#[tokio::test]
async fn every_predicate_that_is_dropped_is_noticed() {
    let rested = Rested::open().await;
    let (users, breaches) = rested.users().await;
    assert_eq!(breaches, BTreeSet::new());
    let (mut unnoticed, mut sparing, mut count) = (Vec::new(), 0, 0);
    for (statement, users) in &users {
        for dropped in predicate::dropped(statement) {
            count += 1;
            if rested.is_noticed(&dropped, users).await {
                continue;
            }
            match is_sparing(&dropped) {
                true => sparing += 1,
                false => unnoticed.push(dropped),
            }
        }
    }
    assert_eq!(unnoticed, []);
    assert_eq!(sparing, SPARING);
    assert!(count > 150, "only {count} were found");
    rested.called.branch.close().await;
    rested.planted.branch.close().await;

    let is_used = |statement: &String| users.keys().any(|used| predicate::is_same(used, statement));
    let written = predicate::statements_of_source();
    let unused: Vec<_> = written.iter().filter(|one| !is_used(one) && !is_operators(one)).collect();
    assert_eq!(unused, [""; 0], "nobody sends them here: nothing shows what their predicates are for");
}
