//! What happens beside the writing: somebody else changes the draft, the network goes, the page is left.

use super::{Desk, Kept, Left, Saving, Theirs};
use crate::browser::network;
use crate::components::online::told;
use domain::api::{RuleBook, path};
use leptos::prelude::*;
use leptos::task::spawn_local;

impl<T: Kept> Desk<T> {
    /// Somebody saved, published or discarded the draft: asks the server what there is now, and lets the person choose.
    pub(super) async fn changed(self) {
        self.leave_on_device();
        let book = network::get::<RuleBook>(path::RULES).await;
        if self.saving.is_disposed() {
            return;
        }
        match book {
            Ok(book) => {
                self.saving.set(Saving::Changed);
                self.theirs.set(Some(Theirs(T::draft(&book).cloned())));
                self.rules.answer.set(Some(book));
            }
            Err(error) => self.saving.set(Saving::Failed(told(self.workbench, &error))),
        }
    }

    /// Puts aside what was written here.
    pub fn take_theirs(self) {
        let Some(Theirs(theirs)) = self.theirs.get_untracked() else { return };
        self.theirs.set(None);
        self.clear();
        if let Some(draft) = theirs {
            self.took(&draft, self.edit_no.get_value());
        }
    }

    /// What was written here takes the place of theirs.
    pub fn keep_mine(self) {
        let Some(Theirs(theirs)) = self.theirs.get_untracked() else { return };
        self.theirs.set(None);
        self.revision.set_value(theirs.map(|draft| draft.revision));
        self.saving.set(Saving::Soon);
        self.written();
    }

    /// Puts the choice off: what stands here is tried once more when somebody writes, and asked about again.
    pub fn look_later(self) {
        self.theirs.set(None);
        self.saving.set(Saving::Failed(String::new()));
    }

    fn left_as() -> String {
        format!("rules/{}", T::WHICH.word())
    }

    /// Seals what the server does not have on this device.
    pub(super) fn leave_on_device(self) {
        let Some(body) = self.body.try_get_untracked().flatten().filter(|_| self.is_unsaved()) else {
            return;
        };
        let left = Left { revision: self.revision.get_value(), body };
        let Ok(bytes) = serde_json::to_vec(&left) else { return };
        let (workbench, no) = (self.workbench, self.edit_no.get_value());
        spawn_local(async move {
            let is_left = workbench.put_draft(&Self::left_as(), Some(bytes)).await.is_ok();
            if is_left && !workbench.is_memory_only() && self.edit_no.try_get_value() == Some(no) {
                self.is_left.set_value(true);
            }
        });
    }

    pub(super) fn left_on_device(self) -> Option<Left<T>> {
        let bytes = self.workbench.draft(&Self::left_as()).filter(|_| self.may_write)?;
        // None for one of another version of the app.
        serde_json::from_slice(&bytes).ok()
    }

    pub(super) fn forget_on_device(self) {
        self.is_left.set_value(false);
        let workbench = self.workbench;
        if workbench.draft(&Self::left_as()).is_some() {
            spawn_local(async move {
                // One that stays is offered once more; nothing is lost.
                let _ = workbench.put_draft(&Self::left_as(), None).await;
            });
        }
    }
}
