//! Why somebody did not come in, in words.

use crate::browser::indexed_db::OpenError;
use crate::browser::network::NetworkError;
use crate::i18n::{fill, t};
use crate::words::door as words;
use replica::store::StoreError;

/// Why somebody did not come in. What they typed stays in the form; what is sealed stays sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryError {
    WrongPassword,
    /// The server's own words: wrong password with tries left, locked for a while.
    Server(String),
    NoNetwork,
    /// Too long without contact; this many edits are waiting.
    LeaseOver(u32),
    /// The server knows another password than the one the store is sealed with, and there is no second way in.
    PasswordChanged,
    /// Nothing is left here.
    Revoked,
    /// To come in is written down, and there is no room for it.
    Full,
    Broken,
}

impl EntryError {
    pub fn words(&self) -> String {
        match self {
            Self::WrongPassword => t(words::WRONG_HERE).to_owned(),
            Self::Server(message) => message.clone(),
            Self::NoNetwork => t(words::NO_NETWORK).to_owned(),
            Self::LeaseOver(pending) => fill(words::LEASE_OVER, &[("n", pending)]),
            Self::PasswordChanged => t(words::CHANGED_ELSEWHERE).to_owned(),
            Self::Revoked => t(words::REVOKED).to_owned(),
            Self::Full => t(words::STORE_FULL).to_owned(),
            Self::Broken => t(words::STORE_BROKEN).to_owned(),
        }
    }
}

impl From<NetworkError> for EntryError {
    fn from(error: NetworkError) -> Self {
        match error {
            NetworkError::Problem(problem) => Self::Server(problem.message),
            NetworkError::Unauthorized => Self::WrongPassword,
            NetworkError::Gone(_) => Self::Revoked,
            NetworkError::Offline | NetworkError::Unreadable => Self::NoNetwork,
        }
    }
}

impl From<OpenError> for EntryError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Store(StoreError::Full) => Self::Full,
            OpenError::Store(_) | OpenError::Evicted | OpenError::Forbidden => Self::Broken,
        }
    }
}
