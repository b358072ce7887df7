//! Choices an organisation offers before anyone has to type: needs, reasons to skip, next steps. Data, not code (R284).

use crate::ids::ChoiceId;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChoiceList {
    Need,
    SkipReason,
    NextStep,
    Purpose,
}

impl ChoiceList {
    pub const ALL: [Self; 4] = [Self::Need, Self::SkipReason, Self::NextStep, Self::Purpose];

    pub fn word(self) -> &'static str {
        match self {
            Self::Need => "need",
            Self::SkipReason => "skip_reason",
            Self::NextStep => "next_step",
            Self::Purpose => "purpose",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.word() == word)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub id: ChoiceId,
    pub list: ChoiceList,
    pub label: String,
    /// Position in its list, from 0.
    pub position: u32,
}
