//! 记电访: a call or message in a few taps; what was agreed becomes a promise of its own.

use super::saving::{Saving, SavingProblem};
use crate::components::{Field, Segment, Sheet};
use crate::i18n::{Words, t};
use crate::words::{self as shared, customers as words};
use crate::workbench::Workbench;
use domain::call::{CallOutcome, Channel};
use domain::ids::CustomerId;
use domain::limits;
use domain::mutation::RecordCall;
use leptos::prelude::*;

fn channel_words(channel: Channel) -> Words {
    match channel {
        Channel::Phone => words::BY_PHONE,
        Channel::Message => words::BY_MESSAGE,
    }
}

#[component]
pub fn CallSheet(
    customer_id: CustomerId,
    is_open: RwSignal<bool>,
    /// Whom it is about, where the page itself does not say.
    #[prop(optional, into)]
    title: Option<String>,
    /// What stands in the summary to begin with.
    #[prop(optional, into)]
    begins_with: String,
) -> impl IntoView {
    let workbench = Workbench::expect();
    let saving = Saving::new();
    let channel = RwSignal::new(Channel::Phone);
    let outcome = RwSignal::new(CallOutcome::Reached);
    let summary = RwSignal::new(String::new());
    Effect::new(move |_| {
        if is_open.get() {
            saving.clear();
            channel.set(Channel::Phone);
            outcome.set(CallOutcome::Reached);
            summary.set(begins_with.clone());
        }
    });
    let save = move || {
        let now = workbench.now();
        let call = RecordCall {
            call_id: workbench.new_id(),
            customer_id,
            on: now.date(),
            at_minute: Some(now.minute_of_day()),
            channel: channel.get_untracked(),
            outcome: outcome.get_untracked(),
            summary: summary.get_untracked(),
            minutes: None,
            promises: Vec::new(),
        };
        saving.run(call, move || is_open.set(false));
    };
    view! {
        <Sheet title=title.unwrap_or_else(|| t(words::RECORD_CALL).to_owned()) is_open
            foot=move || view! {
                <button type="button" class="btn" on:click=move |_| is_open.set(false)>{t(shared::CANCEL)}</button>
                <button type="button" class="btn btn-main" disabled=move || saving.is_busy() on:click=move |_| save()>{t(shared::SAVE)}</button>
            }>
            <Segment label=t(words::CALL_BY) group="call-channel" class="seg-fill"
                options=Channel::ALL.map(|channel| (channel, t(channel_words(channel)).to_owned())).to_vec()
                chosen=Signal::derive(move || Some(channel.get())) on_choose=move |chosen| channel.set(chosen) />
            <Segment label=t(words::CALL_OUTCOME) group="call-outcome" class="seg-fill"
                options=CallOutcome::ALL.map(|outcome| (outcome, shared::call_outcome(outcome).to_owned())).to_vec()
                chosen=Signal::derive(move || Some(outcome.get())) on_choose=move |chosen| outcome.set(chosen) />
            <Field label=t(words::CALL_SUMMARY) id="call-summary" value=summary rows=4 maxlength=limits::TEXT_CHARS_MAX />
            <p class="small quiet">{t(words::CALL_SAY)}</p>
            <SavingProblem saving />
        </Sheet>
    }
}
