//! What can be asked about a planned visit from anywhere: moving it, skipping it, cancelling it.

use super::not_held::NotHeldDialog;
use super::reschedule::RescheduleDialog;
use crate::workbench::Workbench;
use domain::ids::VisitId;
use domain::visit::Visit;
use leptos::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    Reschedule,
    Skip,
    Cancel,
}

/// The question that is open, if any. One a page; [`VisitAsks`] shows it.
#[derive(Clone, Copy)]
pub struct Asking {
    question: RwSignal<Option<(Question, VisitId)>>,
    is_open: RwSignal<bool>,
}

impl Asking {
    pub fn new() -> Self {
        Self { question: RwSignal::new(None), is_open: RwSignal::new(false) }
    }

    pub fn reschedule(self, visit: VisitId) {
        self.ask(Question::Reschedule, visit);
    }

    pub fn skip(self, visit: VisitId) {
        self.ask(Question::Skip, visit);
    }

    pub fn cancel(self, visit: VisitId) {
        self.ask(Question::Cancel, visit);
    }

    fn ask(self, question: Question, visit: VisitId) {
        self.question.set(Some((question, visit)));
        self.is_open.set(true);
    }
}

/// The dialog of the open question.
#[component]
pub fn VisitAsks(asking: Asking) -> impl IntoView {
    let workbench = Workbench::expect();
    let is_open = asking.is_open;
    view! {
        {move || {
            let (question, id) = asking.question.get()?;
            // As it stood when it was asked: a colleague's edit does not change the form under the hands.
            let visit = workbench.peek(|replica| replica.get::<Visit>(id).cloned())?;
            Some(match question {
                Question::Reschedule => view! { <RescheduleDialog visit is_open /> }.into_any(),
                Question::Skip => view! { <NotHeldDialog visit is_open is_skip=true /> }.into_any(),
                Question::Cancel => view! { <NotHeldDialog visit is_open is_skip=false /> }.into_any(),
            })
        }}
    }
}
