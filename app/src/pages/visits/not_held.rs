//! 跳过 and 取消: a visit that does not take place, and why.

use crate::components::text_choice::TextChoice;
use crate::components::{Dialog, FieldError};
use crate::i18n::{fill, t};
use crate::words::visits as words;
use crate::workbench::Workbench;
use domain::choice::ChoiceList;
use domain::customer::Customer;
use domain::limits;
use domain::mutation::{CancelVisit, Mutation, SkipVisit};
use domain::visit::Visit;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn NotHeldDialog(visit: Visit, is_open: RwSignal<bool>, is_skip: bool) -> impl IntoView {
    let workbench = Workbench::expect();
    let name = workbench.peek(|replica| {
        replica.get::<Customer>(visit.customer_id).map(|customer| customer.name.clone()).unwrap_or_default()
    });
    let (title, say, keep, do_it) = if is_skip {
        (words::SKIP_TITLE, words::SKIP_SAY, words::SKIP_NOT, words::SKIP_DO)
    } else {
        (words::CANCEL_TITLE, words::CANCEL_SAY, words::CANCEL_NOT, words::CANCEL_DO)
    };
    let reason = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let is_busy = RwSignal::new(false);
    let (visit_id, customer_id) = (visit.id, visit.customer_id);
    let save = move || {
        // The branch would refuse the second: the visit is off by then.
        if is_busy.get_untracked() {
            return;
        }
        let given = reason.get_untracked().trim().to_owned();
        if given.is_empty() {
            problem.set(Some(t(words::REASON_MISSING).to_owned()));
            return;
        }
        let mutation: Mutation = if is_skip {
            SkipVisit { visit_id, customer_id, reason: given }.into()
        } else {
            CancelVisit { visit_id, customer_id, reason: given }.into()
        };
        is_busy.set(true);
        spawn_local(async move {
            let saved = workbench.save(mutation).await;
            // The page may have been left meanwhile.
            let _ = is_busy.try_set(false);
            match saved {
                Ok(()) => is_open.set(false),
                Err(error) => problem.set(Some(error.words())),
            }
        });
    };
    let foot = move || {
        view! {
            <button type="button" class="btn" on:click=move |_| is_open.set(false)>{t(keep)}</button>
            <button type="button" class="btn btn-main" aria-busy=move || is_busy.get().to_string()
                on:click=move |_| save()>{t(do_it)}</button>
        }
    };
    view! {
        <Dialog title=fill(title, &[("name", &name)]) is_open foot>
            <TextChoice label=t(words::REASON) id="not-held-reason" list=ChoiceList::SkipReason value=reason
                chars_max=limits::TEXT_CHARS_MAX
                on_change=move |given| { problem.set(None); reason.set(given) } />
            <FieldError text=problem />
            <p class="quiet">{t(say)}</p>
        </Dialog>
    }
}
