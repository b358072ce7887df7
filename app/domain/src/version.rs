//! Versions of an organisation's rules: each holds from a day on, and once published is never changed again, so that any
//! past day can be computed as it was.

use crate::time::Date;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VersionState {
    Draft,
    /// Never changed again.
    Published,
}

/// Something kept in versions.
pub trait Versioned {
    /// Counts 1, 2, 3 …
    fn version(&self) -> u32;
    fn state(&self) -> VersionState;
    /// The first day it holds; a draft may have none yet.
    fn effective_on(&self) -> Option<Date>;
}

/// What keeps a day from being the one on which a version takes effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayFault {
    Blank,
    /// It takes effect at the midnight that begins a day still to come: what holds today is already in use.
    NotAhead {
        on: Date,
    },
    /// Another published version takes effect then.
    SameDay {
        version: u32,
    },
}

/// Checks the day of a draft beside the other versions.
pub fn check_day<'a, V: Versioned + 'a>(
    draft: &V,
    others: impl Iterator<Item = &'a V>,
    today: Date,
) -> Vec<DayFault> {
    let Some(on) = draft.effective_on() else { return vec![DayFault::Blank] };
    let late = (on <= today).then_some(DayFault::NotAhead { on });
    let same = others
        .filter(|other| other.state() == VersionState::Published && other.effective_on() == Some(on))
        .map(|other| DayFault::SameDay { version: other.version() });
    late.into_iter().chain(same).collect()
}

/// The published version that holds on a day: the one that took effect last, of two on one day the higher version.
pub fn in_force<V: Versioned>(versions: &[V], on: Date) -> Option<&V> {
    versions
        .iter()
        .filter(|version| version.state() == VersionState::Published)
        .filter(|version| version.effective_on().is_some_and(|from| from <= on))
        .max_by_key(|version| (version.effective_on(), version.version()))
}
