//! Mutations: named changes with pure rules. The tablet runs one at once; the server loads the rows it touches and runs
//! the same code (ARCHITECTURE.md). A released mutation's arguments never change; a new meaning is a new name.

mod calls;
mod contacts;
mod contracts;
mod customers;
mod events;
mod promises;
mod settle;
mod standing;
mod tasks;
mod visits;

pub use calls::RecordCall;
pub use contacts::{AddContact, AddNote, AddPhoto, ContactEdit, EditContact, RemoveContact, RemovePhoto};
pub use contracts::{AddContract, SettleContract};
pub use customers::{AddCustomer, CustomerEdit, EditCustomer, ExportVisits, RevealPhone};
pub use events::{AnswerEvent, RemoveEvent, ReportEvent};
pub use promises::{MakePromise, NewPromise, SettlePromise};
pub use settle::SettleConflict;
pub use standing::{EndTierOverride, Goal, MarkCustomer, SetTier, SetTierGoal};
pub use tasks::{AddTask, SettleTask};
pub use visits::{CancelVisit, PlanVisit, PrepareVisit, RecordVisit, RescheduleVisit, SkipVisit};

use crate::actor::Context;
use crate::authorize;
use crate::customer::Customer;
use crate::ids::CustomerId;
use crate::rejection::Rejection;
use crate::row::RowKey;
use crate::working_set::WorkingSet;
use serde::Deserialize;

/// The schema of mutations this build speaks. The server accepts this one and the two before it.
pub const MUTATION_SCHEMA: u32 = 2;
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
    ($($name:ident = $word:literal),* $(,)?) => {
        /// Travels as its name and its arguments: `"record_visit"`, `{…}`.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Mutation { $($name($name)),* }

        $(impl From<$name> for Mutation {
            fn from(args: $name) -> Self { Self::$name(args) }
        })*

        impl Mutation {
            /// The name of each.
            pub const NAMES: &'static [&'static str] = &[$($word),*];

            fn rule(&self) -> &dyn Rule {
                match self { $(Self::$name(rule) => rule),* }
            }

            /// The name it is stored and sent under.
            pub fn name(&self) -> &'static str {
                match self { $(Self::$name(_) => $word),* }
            }

            /// Reads a mutation from its name and arguments as they were stored or sent.
            pub fn decode(name: &str, args: &serde_json::Value) -> Result<Self, Rejection> {
                match name {
                    $($word => $name::deserialize(args).map(Self::$name),)*
                    _ => return Err(Rejection::NotUnderstood),
                }
                .map_err(|_| Rejection::NotUnderstood)
            }

            /// The arguments, as stored and sent.
            fn args(&self) -> Result<serde_json::Value, serde_json::Error> {
                match self { $(Self::$name(args) => serde_json::to_value(args)),* }
            }
        }
    };
}

mutations! {
    AddCustomer = "add_customer",
    EditCustomer = "edit_customer",
    RevealPhone = "reveal_phone",
    AddContact = "add_contact",
    EditContact = "edit_contact",
    RemoveContact = "remove_contact",
    AddNote = "add_note",
    AddPhoto = "add_photo",
    RemovePhoto = "remove_photo",
    RecordVisit = "record_visit",
    PlanVisit = "plan_visit",
    RescheduleVisit = "reschedule_visit",
    SkipVisit = "skip_visit",
    CancelVisit = "cancel_visit",
    MakePromise = "make_promise",
    SettlePromise = "settle_promise",
    SettleConflict = "settle_conflict",
    RecordCall = "record_call",
    ReportEvent = "report_event",
    AnswerEvent = "answer_event",
    RemoveEvent = "remove_event",
    AddContract = "add_contract",
    SettleContract = "settle_contract",
    AddTask = "add_task",
    SettleTask = "settle_task",
    SetTier = "set_tier",
    EndTierOverride = "end_tier_override",
    SetTierGoal = "set_tier_goal",
    MarkCustomer = "mark_customer",
    PrepareVisit = "prepare_visit",
    ExportVisits = "export_visits",
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

    /// The name and arguments, as stored and sent.
    pub fn encode(&self) -> Result<(String, serde_json::Value), serde_json::Error> {
        Ok((self.name().to_owned(), self.args()?))
    }
}

#[cfg(test)]
mod tests;
