//! The warm lock: pages are covered and the key stays in memory, until the PIN or too many wrong ones.

use super::{Inner, SaveError, Workbench};
use crate::browser::channel::Notice;
use crate::browser::clock;
use crate::browser::crypto::PinCheck;
use crate::browser::keyring::Keyring;
use domain::pin::PIN_TRIES_MAX;
use leptos::prelude::*;
use replica::store::{Durability, Step, StoreError};

/// The sealed record of what a PIN is compared with.
const PIN_RECORD: &str = "pin";

/// What came of a PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PinAnswer {
    Right,
    Wrong {
        tries_left: u32,
    },
    /// No tries are left, or they cannot be counted: the key has to go.
    Over,
}

impl Inner {
    fn pin(&self) -> Option<PinCheck> {
        serde_json::from_slice(self.records.borrow().get(PIN_RECORD)?).ok()
    }

    /// Covers this tab, if there is a PIN to take the cover off with.
    pub(super) fn cover(&self) -> bool {
        let has_pin = self.pin().is_some();
        if has_pin {
            self.is_covered.set(true);
        }
        has_pin
    }
}

impl Workbench {
    pub fn is_covered(self) -> RwSignal<bool> {
        self.inner().is_covered
    }

    pub fn has_pin(self) -> bool {
        self.inner().revision.track();
        self.inner().pin().is_some()
    }

    /// Sets a PIN that [`domain::pin::check`] allows, or with None takes it away.
    pub async fn set_pin(self, pin: Option<&str>) -> Result<(), SaveError> {
        let failed = SaveError::Store(StoreError::Failed);
        let content = match pin {
            Some(pin) => {
                let check = PinCheck::new(pin).map_err(|_| failed.clone())?;
                Some(serde_json::to_vec(&check).map_err(|_| failed)?)
            }
            None => None,
        };
        let inner = self.inner();
        let step = Step::PutRecord(PIN_RECORD.to_owned(), content);
        inner.commit(vec![step], Durability::Strict).await.map_err(SaveError::Store)?;
        inner.changed();
        Ok(())
    }

    /// Counted before it is looked at, over all tabs.
    pub async fn try_pin(self, pin: &str) -> PinAnswer {
        let inner = self.inner();
        let (Some(check), Some(store_id)) = (inner.pin(), inner.store_id) else { return PinAnswer::Over };
        let Ok(keyring) = Keyring::open().await else { return PinAnswer::Over };
        let Ok(tries) = keyring.count_pin_try(store_id).await else { return PinAnswer::Over };
        if tries > PIN_TRIES_MAX {
            return PinAnswer::Over;
        }
        // The page shows that it is at work before the derivation holds it.
        clock::next_frame().await;
        match check.is_right(pin) {
            Ok(true) => {
                // If it cannot be forgotten, the next tries are fewer: no harm.
                let _ = keyring.forget_pin_tries(store_id).await;
                inner.is_covered.set(false);
                PinAnswer::Right
            }
            Ok(false) if tries < PIN_TRIES_MAX => PinAnswer::Wrong { tries_left: PIN_TRIES_MAX - tries },
            _ => PinAnswer::Over,
        }
    }

    /// Covers this tab alone, if there is a PIN to take the cover off with.
    pub fn cover_this_tab(self) {
        self.inner().cover();
    }

    /// Covers every tab of the store. Answers whether there was a PIN to do it with.
    pub fn cover(self) -> bool {
        let inner = self.inner();
        let is_covered = inner.cover();
        if is_covered && let Some(channel) = &inner.channel {
            channel.post(Notice::Covered);
        }
        is_covered
    }
}
