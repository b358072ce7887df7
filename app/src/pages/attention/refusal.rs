//! An edit the server did not accept: what it was, why, its text, and what can be done with it.

use crate::browser::screen;
use crate::components::{Dialog, Dot, FieldError, Icon, Toasts};
use crate::i18n::{Words, comma, day_and_time, fill, moment, t};
use crate::words::{self as common, attention as words};
use crate::workbench::Workbench;
use domain::attention::again;
use domain::customer::Customer;
use domain::mutation::Mutation;
use domain::rejection::Rejection;
use domain::time::{Date, Timestamp};
use leptos::prelude::*;
use leptos::task::spawn_local;
use replica::Replica;
use replica::outbox::Refused;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusalLine {
    seq: u64,
    /// What kind of edit, in words; empty when this version cannot read it.
    kind: String,
    about: String,
    text: String,
    why: String,
    made_at: Timestamp,
    mutation: Option<Mutation>,
    rejection: Rejection,
    is_customer_here: bool,
}

impl RefusalLine {
    pub fn of(replica: &Replica, refused: &Refused, today: Date) -> Self {
        let mutation = refused.mutation.as_ref();
        let here = mutation.and_then(|mutation| replica.get::<Customer>(mutation.customer_id()));
        Self {
            seq: refused.seq,
            kind: mutation.map(common::mutation).unwrap_or_default().to_owned(),
            about: refused.record.about.clone(),
            text: mutation
                .map(|mutation| common::mutation_text(mutation, common::Numbers::Whole, today))
                .unwrap_or_default(),
            why: common::rejection(&refused.rejection),
            made_at: refused.record.made_at,
            mutation: refused.mutation.clone(),
            rejection: refused.rejection.clone(),
            is_customer_here: here.is_some(),
        }
    }

    /// Who and when it was about: `安若溪，11月20日 10:00`.
    fn title(&self, today: Date) -> String {
        let when = match &self.mutation {
            Some(Mutation::PlanVisit(plan)) => Some((plan.on, plan.at_minute)),
            Some(Mutation::RescheduleVisit(plan)) => Some((plan.on, plan.at_minute)),
            Some(Mutation::RecordVisit(visit)) => Some((visit.on, visit.at_minute)),
            _ => None,
        };
        let when = when.map(|(on, at)| day_and_time(on, at, today));
        let about: Vec<String> = [Some(self.about.clone()).filter(|about| !about.is_empty()), when]
            .into_iter()
            .flatten()
            .collect();
        let kind = if self.kind.is_empty() { t(words::UNKNOWN_EDIT) } else { &self.kind };
        if about.is_empty() {
            fill(words::REFUSED_PLAIN, &[("kind", &kind)])
        } else {
            fill(words::REFUSED, &[("kind", &kind), ("about", &about.join(comma()))])
        }
    }

    /// All of it, for the clipboard.
    fn whole_text(&self, today: Date) -> String {
        let kind = if self.kind.is_empty() { t(words::UNKNOWN_EDIT) } else { &self.kind };
        let head: Vec<&str> =
            [kind, self.about.as_str()].into_iter().filter(|part| !part.is_empty()).collect();
        let lines = [head.join(comma()), moment(self.made_at, today), self.text.clone()];
        lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    }
}

#[component]
pub fn RefusedEdit(line: RefusalLine) -> impl IntoView {
    let workbench = Workbench::expect();
    let toasts = Toasts::expect();
    let today = workbench.today();
    let problem = RwSignal::new(None::<String>);
    // One thing at a time: sent twice it would be refused once more, and what is let go must not be sent.
    let is_busy = RwSignal::new(false);
    let is_asking = RwSignal::new(false);
    let seq = line.seq;
    let offer = line
        .mutation
        .as_ref()
        .and_then(|mutation| again(mutation, &line.rejection, line.is_customer_here, workbench.new_id()));
    let retry_words: Words =
        if matches!(offer, Some(Mutation::RecordVisit(_))) && line.rejection == Rejection::AlreadyDone {
            words::AS_NEW_VISIT
        } else {
            common::RETRY
        };
    let retry = StoredValue::new(offer.clone());
    let try_again = move |_| {
        if is_busy.get_untracked() {
            return;
        }
        let Some(mutation) = retry.get_value() else { return };
        is_busy.set(true);
        spawn_local(async move {
            let saved = match workbench.save(mutation).await {
                // Only once it is in the outbox again may the refused one go.
                Ok(()) => workbench.discard(seq).await,
                Err(error) => Err(error),
            };
            // It is off the page once it is sent.
            let _ = is_busy.try_set(false);
            match saved {
                Ok(()) => toasts.say(t(words::SENT_AGAIN)),
                Err(error) => {
                    let _ = problem.try_set(Some(error.words()));
                }
            }
        });
    };
    let text = line.whole_text(today);
    let copy = move |_| {
        let text = text.clone();
        spawn_local(async move {
            let copied = screen::copy(&text).await;
            toasts.say(t(if copied { words::COPIED } else { words::NOT_COPIED }));
        });
    };
    let let_go = move || {
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        spawn_local(async move {
            let gone = workbench.discard(seq).await;
            let _ = is_busy.try_set(false);
            if let Err(error) = gone {
                let _ = problem.try_set(Some(error.words()));
            }
        });
    };
    let foot = move || {
        view! {
            <button type="button" class="btn" on:click=move |_| is_asking.set(false)>{t(words::LET_GO_NOT)}</button>
            <button type="button" class="btn btn-main" on:click=move |_| { is_asking.set(false); let_go() }>{t(words::LET_GO_DO)}</button>
        }
    };
    let has_text = !line.text.is_empty();
    view! {
        <article class="ask">
            <header class="ask-head ask-no">
                <Icon name="alert" />
                <div><h2>{line.title(today)}</h2><p class="small quiet">{line.why.clone()}</p></div>
            </header>
            <div class="kept">
                <span class="small faint">{t(words::KEPT)}<Dot />{fill(words::WRITTEN, &[("when", &moment(line.made_at, today))])}</span>
                {has_text.then(|| view! { <p>{line.text.clone()}</p> })}
            </div>
            <FieldError text=problem />
            <div class="btns">
                {offer.is_some().then(|| view! {
                    <button type="button" class="btn btn-main" aria-busy=move || is_busy.get().to_string()
                        on:click=try_again>{t(retry_words)}</button>
                })}
                <button type="button" class="btn" on:click=copy>{t(words::COPY)}</button>
                <button type="button" class="btn" on:click=move |_| is_asking.set(true)>{t(words::LET_GO)}</button>
            </div>
            <Dialog title=t(words::LET_GO_TITLE) is_open=is_asking foot>
                <p>{t(words::LET_GO_SAY)}</p>
            </Dialog>
        </article>
    }
}
