//! 改期: another day or time for a planned visit.

use super::when::{Chosen, When, WhenFields};
use super::whose_agenda;
use crate::components::{Dialog, FieldError};
use crate::i18n::{fill, t};
use crate::words::visits as words;
use crate::workbench::Workbench;
use domain::agenda;
use domain::customer::Customer;
use domain::mutation::RescheduleVisit;
use domain::visit::Visit;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn RescheduleDialog(visit: Visit, is_open: RwSignal<bool>) -> impl IntoView {
    let workbench = Workbench::expect();
    let name = workbench.peek(|replica| {
        replica.get::<Customer>(visit.customer_id).map(|customer| customer.name.clone()).unwrap_or_default()
    });
    let when = When::new(visit.on, visit.at_minute);
    let problem = RwSignal::new(None::<String>);
    let is_busy = RwSignal::new(false);
    let (visit_id, customer_id) = (visit.id, visit.customer_id);
    let on_that_day = move || {
        let Some(day) = when.day() else { return 0 };
        workbench.read(|replica| {
            let days = agenda::by_day(replica.all::<Visit>(), whose_agenda(replica), day, day);
            let others = days.values().flatten().copied().filter(|visit| visit.id != visit_id);
            agenda::count(others).wanted()
        })
    };
    let save = move || {
        // One move is told once.
        if is_busy.get_untracked() {
            return;
        }
        let Chosen { on, at_minute } = match when.chosen() {
            Ok(chosen) => chosen,
            Err(words) => return problem.set(Some(words)),
        };
        is_busy.set(true);
        spawn_local(async move {
            let saved = workbench.save(RescheduleVisit { visit_id, customer_id, on, at_minute }).await;
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
            <button type="button" class="btn" on:click=move |_| is_open.set(false)>{t(words::KEEP_DAY)}</button>
            <button type="button" class="btn btn-main" aria-busy=move || is_busy.get().to_string()
                on:click=move |_| save()>{t(words::RESCHEDULE)}</button>
        }
    };
    view! {
        <Dialog title=fill(words::RESCHEDULE_TITLE, &[("name", &name)]) is_open foot>
            <WhenFields when />
            <FieldError text=problem />
            <p class="quiet">{move || fill(words::RESCHEDULE_SAY, &[("n", &on_that_day())])}</p>
        </Dialog>
    }
}
