//! One save at a time; why it failed stands beside the button and the form keeps what was typed.

use crate::components::Icon;
use crate::workbench::{SaveError, Workbench};
use domain::mutation::Mutation;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[derive(Clone, Copy)]
pub struct Saving {
    workbench: Workbench,
    is_busy: RwSignal<bool>,
    problem: RwSignal<Option<String>>,
}

impl Saving {
    pub fn new() -> Self {
        Self { workbench: Workbench::expect(), is_busy: RwSignal::new(false), problem: RwSignal::new(None) }
    }

    /// Saves and goes on with `done`; on failure says why.
    pub fn run(self, mutation: impl Into<Mutation>, done: impl FnOnce() + 'static) {
        let mutation = mutation.into();
        self.run_after(async move |workbench: Workbench| workbench.save(mutation).await, done);
    }

    /// As [`Saving::run`], for a save of one's own.
    pub fn run_after(
        self,
        save: impl AsyncFnOnce(Workbench) -> Result<(), SaveError> + 'static,
        done: impl FnOnce() + 'static,
    ) {
        if self.is_busy.get_untracked() {
            return;
        }
        self.is_busy.set(true);
        self.problem.set(None);
        spawn_local(async move {
            let saved = save(self.workbench).await;
            // The page may have been left meanwhile.
            let _ = self.is_busy.try_set(false);
            match saved {
                Ok(()) => done(),
                Err(error) => {
                    let _ = self.problem.try_set(Some(error.words()));
                }
            }
        });
    }

    pub fn fail(self, words: String) {
        self.problem.set(Some(words));
    }

    pub fn clear(self) {
        self.problem.set(None);
    }

    pub fn is_busy(self) -> bool {
        self.is_busy.get()
    }
}

/// Shown while the last save failed.
#[component]
pub fn SavingProblem(saving: Saving) -> impl IntoView {
    view! {
        {move || saving.problem.get().map(|words| view! {
            <div class="note note-danger" role="alert"><Icon name="alert" /><p>{words}</p></div>
        })}
    }
}
