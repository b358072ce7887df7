//! Mutations: named changes with pure rules. The tablet runs one at once; the server loads the rows it touches and runs
//! the same code (ARCHITECTURE.md). A released mutation's arguments never change; a new meaning is a new name.

mod contacts;
mod customers;
mod promises;
mod settle;
mod visits;

pub use contacts::{AddContact, AddNote, AddPhoto, ContactEdit, EditContact, RemoveContact, RemovePhoto};
pub use customers::{AddCustomer, CustomerEdit, EditCustomer, RevealPhone};
pub use promises::{MakePromise, NewPromise, SettlePromise};
pub use settle::SettleConflict;
pub use visits::{CancelVisit, PlanVisit, RecordVisit, RescheduleVisit, SkipVisit};

use crate::actor::Context;
use crate::authorize;
use crate::customer::Customer;
use crate::ids::CustomerId;
use crate::rejection::Rejection;
use crate::row::RowKey;
use crate::working_set::WorkingSet;
use serde::{Deserialize, Serialize};

/// The schema of mutations this build speaks. The server accepts this one and the two before it.
pub const MUTATION_SCHEMA: u32 = 1;
/// The oldest schema still accepted.
pub const MUTATION_SCHEMA_OLDEST: u32 = 1;

/// One rule: which rows it needs, and what it does to them.
pub(crate) trait Rule {
    fn customer_id(&self) -> CustomerId;
    /// Rows the rule looks up besides the customer. Absent ones are simply not there.
    fn reads(&self) -> Vec<RowKey>;
    fn apply(&self, set: &mut WorkingSet<'_>, context: &Context<'_>) -> Result<(), Rejection>;
}

macro_rules! mutations {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        /// `{"name": "record_visit", "args": {…}}` as JSON.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "name", content = "args", rename_all = "snake_case")]
        pub enum Mutation { $($(#[$doc])* $name($name)),* }

        $(impl From<$name> for Mutation {
            fn from(args: $name) -> Self { Self::$name(args) }
        })*

        impl Mutation {
            fn rule(&self) -> &dyn Rule {
                match self { $(Self::$name(rule) => rule),* }
            }
        }
    };
}

mutations! {
    AddCustomer,
    EditCustomer,
    RevealPhone,
    AddContact,
    EditContact,
    RemoveContact,
    AddNote,
    AddPhoto,
    RemovePhoto,
    RecordVisit,
    PlanVisit,
    RescheduleVisit,
    SkipVisit,
    CancelVisit,
    MakePromise,
    SettlePromise,
    SettleConflict,
}

impl Mutation {
    /// The customer it is about; every mutation is about exactly one.
    pub fn customer_id(&self) -> CustomerId {
        self.rule().customer_id()
    }

    /// Every row the server must load before [`Mutation::apply`], the customer first.
    pub fn reads(&self) -> Vec<RowKey> {
        let mut keys = vec![self.customer_id().into()];
        keys.extend(self.rule().reads());
        keys
    }

    /// Runs the rule. On `Err` the set is to be dropped: nothing has happened.
    pub fn apply(&self, set: &mut WorkingSet<'_>, context: &Context<'_>) -> Result<(), Rejection> {
        if let Self::AddCustomer(rule) = self {
            return rule.apply(set, context);
        }
        let customer: &Customer = set.require(self.customer_id())?;
        authorize::keep_customer(context.actor, customer)?;
        self.rule().apply(set, context)
    }

    /// Reads a mutation from its name and arguments as they were stored or sent.
    pub fn decode(name: &str, args: &serde_json::Value) -> Result<Self, Rejection> {
        serde_json::from_value(serde_json::json!({ "name": name, "args": args }))
            .map_err(|_| Rejection::NotUnderstood)
    }

    /// The name and arguments, as stored and sent.
    pub fn encode(&self) -> Result<(String, serde_json::Value), serde_json::Error> {
        #[derive(Deserialize)]
        struct Named {
            name: String,
            args: serde_json::Value,
        }
        let Named { name, args } = serde_json::from_value(serde_json::to_value(self)?)?;
        Ok((name, args))
    }
}

#[cfg(test)]
mod tests;
