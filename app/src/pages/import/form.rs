//! Which form the list has and, of figures without a column that says it, which month: as understood, for the person to
//! put right.

use super::job::Job;
use crate::components::{Chip, Icon};
use crate::i18n::{fill, t};
use crate::words::import as words;
use crate::workbench::Workbench;
use domain::import::{Column, ListForm, limits, month};
use domain::month::Month;
use leptos::prelude::*;

#[component]
pub fn FormAndMonth(job: Job, is_running: bool) -> impl IntoView {
    let says_month = Memo::new(move |_| {
        job.columns.with(|columns| columns.iter().any(|column| column.column == Some(Column::Month)))
    });
    view! {
        <div class="list-form">
            {if is_running {
                view! { <p class="small quiet">{words::form(job.form.get_untracked())}</p> }.into_any()
            } else {
                view! {
                    <div class="chips chips-line" role="radiogroup" aria-label=t(words::FORM)>
                        {ListForm::ALL.map(|form| view! {
                            <Chip label=words::form(form) group="list-form"
                                is_chosen=Signal::derive(move || job.form.get() == form)
                                on_choose=move |_| job.choose_form(form) />
                        })}
                    </div>
                }.into_any()
            }}
            {move || (job.form.get() == ListForm::Figures).then(|| if says_month.get() {
                view! { <p class="small faint">{t(words::MONTH_BY_COLUMN)}</p> }.into_any()
            } else {
                view! { <OfMonth job is_running /> }.into_any()
            })}
        </div>
    }
}

/// The month of the whole list; one that only a title or the file's name speaks of is taken with a tap.
#[component]
fn OfMonth(job: Job, is_running: bool) -> impl IntoView {
    let workbench = Workbench::expect();
    let this_month = Month::of(workbench.today());
    let is_unread = RwSignal::new(false);
    let hint = Memo::new(move |_| {
        let hint = job.import.with(|import| import.as_ref().and_then(|import| import.month_hint));
        hint.filter(|_| job.month.get().is_none())
    });
    let is_fixed = move || is_running || !workbench.is_online();
    view! {
        <div class="field">
            <label for="import-month">{t(words::MONTH_OF_LIST)}</label>
            <input class="input" id="import-month" type="month" disabled=is_fixed
                min=this_month.minus(limits::MONTHS_BACK_MAX).to_string() max=this_month.to_string()
                aria-invalid=move || is_unread.get().then_some("true")
                prop:value=move || job.month.get().map(|month| month.to_string()).unwrap_or_default()
                on:change=move |event| {
                    let text = event_target_value(&event);
                    let read = month(&text).ok();
                    is_unread.set(read.is_none() && !text.trim().is_empty());
                    job.choose_month(read);
                } />
            {move || is_unread.get().then(|| view! { <p class="small bad" role="alert">{t(words::MONTH_UNREADABLE)}</p> })}
        </div>
        {move || hint.get().filter(|_| !is_running).map(|month| view! {
            <button type="button" class="btn" disabled=is_fixed on:click=move |_| job.choose_month(Some(month))>
                <Icon name="check" small=true />{fill(words::MONTH_HINT, &[("month", &words::month(month))])}
            </button>
        })}
    }
}
