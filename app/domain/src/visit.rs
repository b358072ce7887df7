//! 走访: meeting a customer, planned, done, skipped or cancelled (R062, R066).

use crate::ids::{CustomerId, EmployeeId, ProductId, VisitId};
use crate::time::{Date, Timestamp};
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitState {
    Planned,
    Done,
    Skipped,
    Cancelled,
}

impl VisitState {
    pub const ALL: [Self; 4] = [Self::Planned, Self::Done, Self::Skipped, Self::Cancelled];
    pub fn word(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Done => "done",
            Self::Skipped => "skipped",
            Self::Cancelled => "cancelled",
        }
    }
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// How the customer took it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mood {
    /// 冷淡
    Cold,
    /// 平静
    Calm,
    /// 满意
    Content,
    /// 热情
    Warm,
}

impl Mood {
    pub const ALL: [Self; 4] = [Self::Cold, Self::Calm, Self::Content, Self::Warm];
    pub fn word(self) -> &'static str {
        match self {
            Self::Cold => "cold",
            Self::Calm => "calm",
            Self::Content => "content",
            Self::Warm => "warm",
        }
    }
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mood| mood.word() == word)
    }
}

/// What came of telling a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProductOutcome {
    /// 介绍
    Told,
    /// 有意
    Interested,
    /// 办成
    Sold,
    /// 不要
    Declined,
}

impl ProductOutcome {
    pub const ALL: [Self; 4] = [Self::Told, Self::Interested, Self::Sold, Self::Declined];
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductTold {
    /// None for a product the library does not list.
    pub product_id: Option<ProductId>,
    /// The product's name when it was told; history does not change with the catalogue.
    pub name: String,
    pub outcome: ProductOutcome,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextStep {
    pub what: String,
    pub on: Option<Date>,
}

/// What was found and agreed on a visit that took place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitReport {
    pub met: Vec<String>,
    pub needs: Vec<String>,
    pub products: Vec<ProductTold>,
    pub mood: Option<Mood>,
    pub summary: String,
    pub next_step: Option<NextStep>,
    pub minutes: Option<u16>,
}

/// Why and by whom a visit was skipped or cancelled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotHeld {
    pub reason: String,
    pub at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    pub id: VisitId,
    pub customer_id: CustomerId,
    /// Who is to go, or went.
    pub visitor_id: EmployeeId,
    pub state: VisitState,
    /// The day planned, or held.
    pub on: Date,
    /// Minutes since midnight; None means any time that day.
    pub at_minute: Option<u16>,
    pub purpose: Option<String>,
    /// Present exactly when the state is `Done`.
    pub report: Option<VisitReport>,
    /// Present exactly when the state is `Skipped` or `Cancelled`.
    pub not_held: Option<NotHeld>,
    pub written_at: Timestamp,
}

/// Whether `visit` came after `other`: by its day, and on one day by when it was written.
pub fn is_later(visit: &Visit, other: &Visit) -> bool {
    (visit.on, visit.written_at) > (other.on, other.written_at)
}
