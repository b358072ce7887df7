//! 计划走访 for this customer, and what can be done with a visit that is planned.

use super::saving::{Saving, SavingProblem};
use crate::components::Sheet;
use crate::components::text_choice::TextChoice;
use crate::i18n::t;
use crate::pages::visits::{Asking, Chosen, When, WhenFields};
use crate::words::{self as shared, visits as words};
use crate::workbench::Workbench;
use chrono::Duration;
use domain::choice::ChoiceList;
use domain::ids::{CustomerId, VisitId};
use domain::limits;
use domain::mutation::PlanVisit;
use leptos::prelude::*;

#[component]
pub fn PlanSheet(customer_id: CustomerId, is_open: RwSignal<bool>) -> impl IntoView {
    let workbench = Workbench::expect();
    let saving = Saving::new();
    let when = When::new(workbench.today(), None);
    let purpose = RwSignal::new(String::new());
    Effect::new(move |_| {
        if is_open.get() {
            saving.clear();
            when.date.set((workbench.today() + Duration::days(1)).to_string());
            when.time.set(String::new());
            purpose.set(String::new());
        }
    });
    let save = move || match when.chosen() {
        Err(words) => saving.fail(words),
        Ok(Chosen { on, at_minute }) => {
            let purpose = Some(purpose.get_untracked()).filter(|purpose| !purpose.trim().is_empty());
            let plan = PlanVisit { visit_id: workbench.new_id(), customer_id, on, at_minute, purpose };
            saving.run(plan, move || is_open.set(false));
        }
    };
    view! {
        <Sheet title=t(shared::PLAN_VISIT) is_open
            foot=move || view! {
                <button type="button" class="btn" on:click=move |_| is_open.set(false)>{t(shared::CANCEL)}</button>
                <button type="button" class="btn btn-main" disabled=move || saving.is_busy() on:click=move |_| save()>{t(words::PLAN_DO)}</button>
            }>
            <WhenFields when />
            <TextChoice label=t(words::PURPOSE) id="plan-purpose" list=ChoiceList::Purpose value=purpose
                chars_max=limits::LABEL_CHARS_MAX on_change=move |text| purpose.set(text) />
            <SavingProblem saving />
        </Sheet>
    }
}

/// 改期, 跳过, 取消 of one planned visit.
#[component]
pub fn PlannedActions(visit: VisitId, asking: Asking) -> impl IntoView {
    view! {
        <div class="planned-do">
            <button type="button" class="link small hit" on:click=move |_| asking.reschedule(visit)>{t(words::RESCHEDULE)}</button>
            <button type="button" class="link small hit" on:click=move |_| asking.skip(visit)>{t(words::SKIP)}</button>
            <button type="button" class="link small hit" on:click=move |_| asking.cancel(visit)>{t(words::CANCEL)}</button>
        </div>
    }
}
