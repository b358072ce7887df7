//! What ends a draft: it is published, or discarded.

use super::{DRAFT_CHANGED, Desk, FAULTS_STATUS, Kept, Saving};
use crate::browser::network::{self, NetworkError, Verb};
use crate::components::online::told;
use domain::api::{PublishDraft, RuleFaults, path};
use leptos::prelude::*;

impl<T: Kept> Desk<T> {
    /// True once it is published; otherwise `problem`, the faults or what somebody else did say why not.
    pub async fn publish(self) -> bool {
        self.problem.set(None);
        self.is_busy.set(true);
        let is_published = self.try_publish().await;
        self.is_busy.try_set(false);
        is_published
    }

    async fn try_publish(self) -> bool {
        if !self.save().await {
            if let Some(Saving::Failed(why)) = self.saving.try_get_untracked() {
                self.problem.set(Some(why));
            }
            return false;
        }
        let Some(revision) = self.revision.try_get_value().flatten() else { return false };
        let path = path::of_rule(path::RULE_PUBLISH, T::WHICH);
        let order = PublishDraft { revision };
        let answer =
            network::send_or_refused::<T, RuleFaults<T::Fault>>(Verb::Post, &path, &order, FAULTS_STATUS);
        match answer.await {
            _ if self.saving.is_disposed() => false,
            Ok(Ok(published)) => {
                self.clear();
                self.published.set(Some((published.version(), published.effective_on())));
                self.rules.again();
                true
            }
            Ok(Err(refused)) => {
                self.refused.set(refused.faults);
                self.problem.set(Some(refused.message));
                // Perhaps somebody published another version meanwhile.
                self.rules.again();
                false
            }
            Err(NetworkError::Problem(problem)) if problem.code == DRAFT_CHANGED => {
                self.changed().await;
                false
            }
            Err(error) => {
                self.problem.set(Some(told(self.workbench, &error)));
                false
            }
        }
    }

    /// True once there is no draft any more.
    pub async fn discard(self) -> bool {
        self.problem.set(None);
        self.is_busy.set(true);
        let is_saved = self.revision.get_value().is_some();
        let path = path::of_rule(path::RULE_DRAFT, T::WHICH);
        // One the server never had is only here.
        let answer = if is_saved { network::send_empty::<()>(Verb::Delete, &path).await } else { Ok(()) };
        if self.saving.is_disposed() {
            return false;
        }
        self.is_busy.set(false);
        match answer {
            Ok(()) => {
                self.clear();
                self.rules.again();
                true
            }
            Err(error) => {
                self.problem.set(Some(told(self.workbench, &error)));
                false
            }
        }
    }
}
