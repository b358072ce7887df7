//! What can go wrong with the database, and trying again where that helps.

use std::time::Duration;
use thiserror::Error;

pub type Result<T> = std::result::Result<T, Error>;

#[derive(Debug, Error)]
pub enum Error {
    #[error(transparent)]
    Sql(#[from] sqlx::Error),
    /// Somebody else wrote the same row between our reading and writing.
    #[error("a row was written by somebody else meanwhile")]
    Raced,
    /// A caller asked to write outside its scope: a fault of ours, not of a person.
    #[error("a row outside the scope was to be written")]
    OutsideScope,
}

impl Error {
    /// A constraint's name, when one was violated.
    pub fn constraint(&self) -> Option<&str> {
        match self {
            Self::Sql(error) => error.as_database_error().and_then(|error| error.constraint()),
            Self::Raced | Self::OutsideScope => None,
        }
    }

    /// Serialization failure or deadlock: nothing has happened, the same again may succeed.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Raced => true,
            // 42501: a row we were about to write over lies, since we looked, where only somebody else sees it.
            Self::Sql(_) => matches!(self.sql_state().as_deref(), Some("40001" | "40P01" | "42501")),
            Self::OutsideScope => false,
        }
    }

    /// The data itself cannot be stored: a value out of range, a constraint.
    pub fn is_of_data(&self) -> bool {
        self.sql_state().is_some_and(|state| state.starts_with("22") || state.starts_with("23"))
    }

    /// The database cannot be reached, or is starting or stopping.
    pub fn is_away(&self) -> bool {
        let Self::Sql(error) = self else { return false };
        match error {
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::Protocol(_) => true,
            sqlx::Error::Database(_) => self.sql_state().is_some_and(|state| {
                state.starts_with("08") || state.starts_with("57P") || state == "53300" || state == "3D000"
            }),
            _ => false,
        }
    }

    fn sql_state(&self) -> Option<String> {
        match self {
            Self::Sql(error) => error.as_database_error()?.code().map(|code| code.into_owned()),
            Self::Raced | Self::OutsideScope => None,
        }
    }
}

const ATTEMPTS_MAX: u32 = 8;
const BACKOFF_MS: u64 = 5;

/// Runs a whole transaction, again when it lost a race.
pub async fn retry<T, E, Attempt>(mut transaction: impl FnMut() -> Attempt) -> std::result::Result<T, E>
where
    Attempt: Future<Output = std::result::Result<T, E>>,
    E: AsRef<Error>,
{
    let mut attempt = 0;
    loop {
        match transaction().await {
            Err(error) if error.as_ref().is_transient() && attempt < ATTEMPTS_MAX => {
                tokio::time::sleep(Duration::from_millis(BACKOFF_MS << attempt)).await;
                attempt += 1;
            }
            answer => return answer,
        }
    }
}

impl AsRef<Error> for Error {
    fn as_ref(&self) -> &Error {
        self
    }
}
