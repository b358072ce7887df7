//! Every kind of synced row, under one key (SYNC.md, Streams).

use crate::call::Call;
use crate::choice::Choice;
use crate::conflict::Conflict;
use crate::contact::Contact;
use crate::contract::Contract;
use crate::customer::Customer;
use crate::event::Event;
use crate::figures::Figures;
use crate::ids::CustomerId;
use crate::mark::Mark;
use crate::note::Note;
use crate::organisation::{Book, Colleague, OrgUnit};
use crate::photo::Photo;
use crate::policy::Policy;
use crate::preparation::Preparation;
use crate::product::Product;
use crate::promise::Promise;
use crate::standard::VisitStandard;
use crate::task::Task;
use crate::tier::{TierOverride, TierScheme};
use crate::tier_goal::TierGoal;
use crate::visit::Visit;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! rows {
    ($($(#[$doc:meta])* $kind:ident = $word:literal, $id:ident),* $(,)?) => {
        /// Declared in the order a first sync sends them: who people are, customers, what is owed, then history.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Kind { $($(#[$doc])* $kind),* }

        impl Kind {
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            /// The word of the wire and the database.
            pub fn word(self) -> &'static str {
                match self { $(Self::$kind => $word),* }
            }
        }

        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Row { $($kind($kind)),* }

        impl Row {
            pub fn key(&self) -> RowKey {
                match self { $(Self::$kind(row) => RowKey { kind: Kind::$kind, id: row.id.0 }),* }
            }
        }

        $(
            impl From<$kind> for Row {
                fn from(row: $kind) -> Self {
                    Self::$kind(row)
                }
            }
            impl FromRow for $kind {
                const KIND: Kind = Kind::$kind;
                fn from_row(row: &Row) -> Option<&Self> {
                    match row { Row::$kind(inner) => Some(inner), _ => None }
                }
            }
            impl From<crate::ids::$id> for RowKey {
                fn from(id: crate::ids::$id) -> Self {
                    Self { kind: Kind::$kind, id: id.0 }
                }
            }
        )*
    };
}

rows! {
    OrgUnit = "org_unit", OrgUnitId,
    Book = "book", BookId,
    Colleague = "colleague", EmployeeId,
    Choice = "choice", ChoiceId,
    Product = "product", ProductId,
    /// Only versions that were published; a draft is the server's.
    TierScheme = "tier_scheme", TierSchemeId,
    /// Only versions that were published.
    VisitStandard = "visit_standard", VisitStandardId,
    /// Only versions that were published.
    Policy = "policy", PolicyId,
    Customer = "customer", CustomerId,
    Contact = "contact", ContactId,
    Promise = "promise", PromiseId,
    Task = "task", TaskId,
    Contract = "contract", ContractId,
    Event = "event", EventId,
    TierOverride = "tier_override", TierOverrideId,
    TierGoal = "tier_goal", TierGoalId,
    Mark = "mark", MarkId,
    Conflict = "conflict", ConflictId,
    Preparation = "preparation", PreparationId,
    Figures = "figures", FiguresId,
    Visit = "visit", VisitId,
    Call = "call", CallId,
    Note = "note", NoteId,
    Photo = "photo", PhotoId,
}

/// A type that is one kind of row.
pub trait FromRow: Sized + 'static {
    const KIND: Kind;
    fn from_row(row: &Row) -> Option<&Self>;
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RowKey {
    pub kind: Kind,
    pub id: Uuid,
}

impl Kind {
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.word() == word)
    }

    /// The schema of pages ([`crate::wire::PAGE_SCHEMA`]) that first knew the kind; an app older than that cannot read it.
    pub fn since_schema(self) -> u32 {
        match self {
            Self::TierScheme
            | Self::VisitStandard
            | Self::Policy
            | Self::Task
            | Self::Contract
            | Self::Event
            | Self::TierOverride
            | Self::TierGoal
            | Self::Mark
            | Self::Preparation
            | Self::Figures
            | Self::Call => 2,
            _ => 1,
        }
    }

    /// Rows of these kinds belong to a customer and travel with it from book to book.
    pub fn is_of_customer(self) -> bool {
        self >= Self::Customer
    }
}

impl Row {
    /// The customer the row belongs to; None for the reference library.
    pub fn customer_id(&self) -> Option<CustomerId> {
        match self {
            Self::Customer(row) => Some(row.id),
            Self::Contact(row) => Some(row.customer_id),
            Self::Promise(row) => Some(row.customer_id),
            Self::Conflict(row) => Some(row.customer_id),
            Self::Visit(row) => Some(row.customer_id),
            Self::Note(row) => Some(row.customer_id),
            Self::Photo(row) => Some(row.customer_id),
            Self::Task(row) => Some(row.customer_id),
            Self::Contract(row) => Some(row.customer_id),
            Self::Event(row) => Some(row.customer_id),
            Self::TierOverride(row) => Some(row.customer_id),
            Self::TierGoal(row) => Some(row.customer_id),
            Self::Mark(row) => Some(row.customer_id),
            Self::Preparation(row) => Some(row.customer_id),
            Self::Figures(row) => Some(row.customer_id),
            Self::Call(row) => Some(row.customer_id),
            Self::OrgUnit(_)
            | Self::Book(_)
            | Self::Colleague(_)
            | Self::Choice(_)
            | Self::Product(_)
            | Self::TierScheme(_)
            | Self::VisitStandard(_)
            | Self::Policy(_) => None,
        }
    }
}
