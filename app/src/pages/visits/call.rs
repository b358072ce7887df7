//! 记电访 for an occasion: in three taps, because the greeting is all it was about.

use crate::components::{Chip, Dialog, Field, FieldError};
use crate::i18n::{fill, t};
use crate::words::{self as common, plan as words};
use crate::workbench::Workbench;
use domain::call::{CallOutcome, Channel};
use domain::customer::Customer;
use domain::ids::CustomerId;
use domain::limits;
use domain::mutation::RecordCall;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Whom to call, and what it is about in words.
#[derive(Clone, Copy)]
pub struct Calling {
    who: RwSignal<Option<(CustomerId, String)>>,
    is_open: RwSignal<bool>,
}

impl Calling {
    pub fn new() -> Self {
        Self { who: RwSignal::new(None), is_open: RwSignal::new(false) }
    }

    pub fn ask(self, customer: CustomerId, about: String) {
        self.who.set(Some((customer, about)));
        self.is_open.set(true);
    }
}

#[component]
pub fn CallDialog(calling: Calling) -> impl IntoView {
    view! { {move || calling.who.get().map(|(customer_id, about)| view! { <CallForm customer_id about is_open=calling.is_open /> })} }
}

#[component]
fn CallForm(customer_id: CustomerId, about: String, is_open: RwSignal<bool>) -> impl IntoView {
    let workbench = Workbench::expect();
    let name = workbench.peek(|replica| {
        replica.get::<Customer>(customer_id).map(|customer| customer.name.clone()).unwrap_or_default()
    });
    let channel = RwSignal::new(Channel::Phone);
    let outcome = RwSignal::new(CallOutcome::Reached);
    let summary = RwSignal::new(fill(words::CALL_GREETING, &[("what", &about)]));
    let problem = RwSignal::new(None::<String>);
    let save = move |_| {
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
        spawn_local(async move {
            match workbench.save(call).await {
                Ok(()) => is_open.set(false),
                Err(error) => problem.set(Some(error.words())),
            }
        });
    };
    let foot = move || {
        view! {
            <button type="button" class="btn" on:click=move |_| is_open.set(false)>{t(common::CANCEL)}</button>
            <button type="button" class="btn btn-main" on:click=save>{t(common::SAVE)}</button>
        }
    };
    let channels = [(Channel::Phone, words::CALL_PHONE), (Channel::Message, words::CALL_MESSAGE)];
    view! {
        <Dialog title=fill(words::CALL_TITLE, &[("name", &name)]) is_open foot>
            <fieldset>
                <legend class="label">{t(words::CALL_CHANNEL)}</legend>
                <div class="chips">
                    {channels.into_iter().map(|(own, label)| view! {
                        <Chip label=t(label) group="call-channel" is_chosen=Signal::derive(move || channel.get() == own) on_choose=move |_| channel.set(own) />
                    }).collect_view()}
                </div>
            </fieldset>
            <fieldset>
                <legend class="label">{t(words::CALL_OUTCOME)}</legend>
                <div class="chips">
                    {CallOutcome::ALL.into_iter().map(|own| view! {
                        <Chip label=common::call_outcome(own) group="call-outcome" is_chosen=Signal::derive(move || outcome.get() == own) on_choose=move |_| outcome.set(own) />
                    }).collect_view()}
                </div>
            </fieldset>
            <Field label=t(words::CALL_SUMMARY) id="call-summary" value=summary rows=3 maxlength=limits::TEXT_CHARS_MAX />
            <FieldError text=problem />
        </Dialog>
    }
}
