//! 电访: phone or message contact with a customer (R062).

use crate::ids::{CallId, CustomerId, EmployeeId};
use crate::time::{Date, Timestamp};
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Phone,
    /// 短信、微信
    Message,
}

impl Channel {
    pub const ALL: [Self; 2] = [Self::Phone, Self::Message];
    pub fn word(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Message => "message",
        }
    }
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.word() == word)
    }
}

/// What became of it. Only a customer we reached has been called as the standard asks (R061): who calls us has not
/// been called, and an unanswered call is an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallOutcome {
    /// 接通
    Reached,
    /// 没接
    NoAnswer,
    /// 来电
    CalledUs,
}

impl CallOutcome {
    pub const ALL: [Self; 3] = [Self::Reached, Self::NoAnswer, Self::CalledUs];
    pub fn word(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::NoAnswer => "no_answer",
            Self::CalledUs => "called_us",
        }
    }
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.word() == word)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    pub id: CallId,
    pub customer_id: CustomerId,
    pub caller_id: EmployeeId,
    pub on: Date,
    /// Minutes since midnight.
    pub at_minute: Option<u16>,
    pub channel: Channel,
    pub outcome: CallOutcome,
    /// Empty only when nobody answered.
    pub summary: String,
    pub minutes: Option<u16>,
    pub written_at: Timestamp,
}
