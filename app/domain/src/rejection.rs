//! Why a mutation was refused. Recorded with the mutation, shown to the person under 待处理 in words.

use serde::{Deserialize, Serialize};
use thiserror::Error;

#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rejection {
    /// The row is not there, or not for this person: both look the same.
    #[error("gone")]
    Gone,
    #[error("not allowed")]
    NotAllowed,
    #[error("{field} is missing")]
    Missing { field: String },
    #[error("{field} is too long, at most {max}")]
    TooLong { field: String, max: u32 },
    #[error("{field} is not valid")]
    Invalid { field: String },
    #[error("{field} lies too far ahead or behind")]
    DateOutOfRange { field: String },
    /// The visit is no longer planned, the promise no longer open.
    #[error("already done")]
    AlreadyDone,
    #[error("already settled")]
    AlreadySettled,
    /// Another row has this id.
    #[error("id taken")]
    IdTaken,
    /// A customer number used twice.
    #[error("number taken")]
    NumberTaken,
    #[error("too many")]
    TooMany { max: u32 },
    /// The server does not know this mutation, or cannot read its arguments: the app is newer than the server, or damaged.
    #[error("not understood")]
    NotUnderstood,
}

impl Rejection {
    pub fn invalid(field: &str) -> Self {
        Self::Invalid { field: field.to_owned() }
    }

    /// The word of the wire and the database.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::NotAllowed => "not_allowed",
            Self::Missing { .. } => "missing",
            Self::TooLong { .. } => "too_long",
            Self::Invalid { .. } => "invalid",
            Self::DateOutOfRange { .. } => "date_out_of_range",
            Self::AlreadyDone => "already_done",
            Self::AlreadySettled => "already_settled",
            Self::IdTaken => "id_taken",
            Self::NumberTaken => "number_taken",
            Self::TooMany { .. } => "too_many",
            Self::NotUnderstood => "not_understood",
        }
    }
}
