//! Passwords: Argon2id on a blocking thread, at most a few at once, so that a storm of sign-ins costs time, not memory.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use domain::limits;
use std::sync::LazyLock;
use thiserror::Error;
use tokio::sync::Semaphore;

/// Each takes 19 MiB while it runs (OWASP's floor: 19 MiB, t = 2).
const AT_ONCE_MAX: usize = 3;
const SALT_BYTES: usize = 16;
/// None is mistaken for another when read aloud or copied.
const ONE_TIME_ALPHABET: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";
const ONE_TIME_GROUPS: usize = 4;
const ONE_TIME_GROUP_LETTERS: usize = 4;

static TURNS: Semaphore = Semaphore::const_new(AT_ONCE_MAX);
/// Verified against when nobody has the number, so that an unknown number takes as long as a known one.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| hash_now("nobody has this password").ok());

#[derive(Debug, Error)]
pub enum PasswordError {
    #[error("the password could not be hashed: {0}")]
    Hash(String),
    #[error("no randomness: {0}")]
    Random(#[from] getrandom::Error),
    #[error("the thread that hashes ended: {0}")]
    Thread(#[from] tokio::task::JoinError),
}

/// In PHC form.
pub async fn hash(password: String) -> Result<String, PasswordError> {
    in_turn(move || hash_now(&password)).await?
}

/// Takes as long when `hash` is None. Longer than any password allowed is wrong without a look.
pub async fn is_right(hash: Option<String>, password: String) -> Result<bool, PasswordError> {
    if password.chars().count() > limits::PASSWORD_CHARS_MAX {
        return Ok(false);
    }
    in_turn(move || {
        let is_known = hash.is_some();
        let Some(hash) = hash.as_ref().or(NOBODY.as_ref()) else { return false };
        let is_match = PasswordHash::new(hash)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
        is_known && is_match
    })
    .await
}

/// The turn is given back by the thread, not by whoever waits for it: a request that is dropped ends no thread, and would
/// let another begin beside it.
async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, PasswordError> {
    let turn = TURNS.acquire().await;
    let worked = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        work()
    });
    Ok(worked.await?)
}

fn hash_now(password: &str) -> Result<String, PasswordError> {
    let mut salt = [0; SALT_BYTES];
    getrandom::fill(&mut salt)?;
    let hashed = Argon2::default().hash_password_with_salt(password.as_bytes(), &salt);
    hashed.map(|hash: PasswordHash| hash.to_string()).map_err(|error| PasswordError::Hash(error.to_string()))
}

/// A password to be handed over and changed: `k7pm-2wqa-x9fd-h3te`, some 79 bits.
pub fn one_time() -> Result<String, PasswordError> {
    let mut random = [0; ONE_TIME_GROUPS * ONE_TIME_GROUP_LETTERS];
    getrandom::fill(&mut random)?;
    let letters: Vec<char> = random
        .iter()
        .map(|byte| ONE_TIME_ALPHABET.get(usize::from(byte % 31)).map_or('a', |&letter| char::from(letter)))
        .collect();
    let groups: Vec<String> =
        letters.chunks(ONE_TIME_GROUP_LETTERS).map(|group| group.iter().collect()).collect();
    Ok(groups.join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_is_right() {
        let hashed = hash("Rounds-Sample-2026".to_owned()).await.unwrap();
        assert!(hashed.starts_with("$argon2id$"));
        for (hash, password, expected) in [
            (Some(hashed.clone()), "Rounds-Sample-2026", true),
            (Some(hashed), "rounds-sample-2026", false),
            (Some("not a hash".to_owned()), "x", false),
            (None, "nobody has this password", false),
        ] {
            assert_eq!(is_right(hash, password.to_owned()).await.unwrap(), expected);
        }
    }

    #[tokio::test]
    async fn who_waits_no_longer_makes_no_room_while_the_thread_still_works() {
        let (end, ended) = std::sync::mpsc::channel::<()>();
        let ended = std::sync::Arc::new(std::sync::Mutex::new(ended));
        for _ in 0..AT_ONCE_MAX {
            let ended = ended.clone();
            let mut given_up = Box::pin(in_turn(move || drop(ended.lock().map(|ended| ended.recv()))));
            assert!(futures_util::poll!(&mut given_up).is_pending());
        }
        assert_eq!(TURNS.available_permits(), 0);
        drop(end);
    }

    #[test]
    fn a_one_time_password_is_long_enough() {
        let password = one_time().unwrap();
        assert!(password.chars().count() >= limits::PASSWORD_CHARS_MIN, "{password}");
        assert_ne!(password, one_time().unwrap());
    }
}
