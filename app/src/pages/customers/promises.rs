//! 承诺: what is still owed, by us or by the customer, and how it ended.

use super::saving::{Saving, SavingProblem};
use super::who::Subject;
use crate::components::date_choice::{DateChoice, next_days};
use crate::components::{Dialog, Dot, Segment, Sheet};
use crate::i18n::{day, fill, t};
use crate::words::{self as shared, customers as words};
use crate::workbench::Workbench;
use domain::limits;
use domain::mutation::{MakePromise, NewPromise, SettlePromise};
use domain::promise::{Promise, PromiseBy, PromiseState};
use domain::time::{Date, days_between};
use leptos::prelude::*;

/// 今天到期, 逾期3天, 11月25日; with the class that says how pressing it is.
pub fn due(due_on: Date, today: Date) -> (&'static str, String) {
    match days_between(today, due_on) {
        late @ ..=-1 => ("why why-late", fill(words::DUE_OVER, &[("n", &-late)])),
        0 => ("why why-now", t(words::DUE_TODAY).to_owned()),
        1 => ("why why-note", t(words::DUE_TOMORROW).to_owned()),
        _ => ("quiet nb", day(due_on, today)),
    }
}

#[component]
pub fn Promises(subject: Subject) -> impl IntoView {
    let workbench = Workbench::expect();
    let of = move |is_open: bool| {
        workbench.read(|replica| {
            let promises = replica.of::<Promise>(subject.id).filter(|promise| promise.is_open() == is_open);
            let mut promises: Vec<Promise> = promises.cloned().collect();
            promises.sort_by_key(|promise| (promise.due_on, promise.id));
            promises
        })
    };
    let open = Memo::new(move |_| of(true));
    let settled = Memo::new(move |_| of(false));
    let asked = RwSignal::new(None::<(Promise, PromiseState)>);
    let is_new_open = RwSignal::new(false);
    view! {
        <section aria-labelledby="h-promise">
            <div class="head">
                <h3 id="h-promise">{t(shared::PROMISES)}</h3><span class="count">{move || open.with(Vec::len)}</span>
                {subject.may_keep.then(|| view! {
                    <button type="button" class="link small aside hit" on:click=move |_| is_new_open.set(true)>{t(words::ADD_PROMISE)}</button>
                })}
            </div>
            {move || open.with(Vec::is_empty).then(|| view! { <p class="small quiet">{t(words::PROMISES_NONE)}</p> })}
            <ul class="promises">
                <For each=move || open.get() key=|promise| (promise.id, promise.made_at) let(promise)>
                    <OpenPromise promise asked may_keep=subject.may_keep />
                </For>
            </ul>
            {move || (!settled.with(Vec::is_empty)).then(|| view! { <Settled promises=settled.get() /> })}
        </section>
        <Settle asked />
        <NewPromiseSheet subject is_open=is_new_open />
    }
}

#[component]
fn OpenPromise(
    promise: Promise,
    asked: RwSignal<Option<(Promise, PromiseState)>>,
    may_keep: bool,
) -> impl IntoView {
    let today = Workbench::expect().today();
    let (class, when) = due(promise.due_on, today);
    let made = fill(words::PROMISED_ON, &[("day", &day(promise.made_at.date(), today))]);
    let text = promise.text.clone();
    let by = words::promise_by(promise.by);
    let ask = {
        let promise = promise.clone();
        move |state| asked.set(Some((promise.clone(), state)))
    };
    let ask_broken = ask.clone();
    view! {
        <li>
            <div><p>{text}</p><p class="small quiet">{by}<Dot />{made}</p></div>
            <span class=class>{when}</span>
            {may_keep.then(|| view! {
                <div class="btns promise-do">
                    <button type="button" class="btn" on:click=move |_| ask(PromiseState::Kept)>{t(words::KEPT)}</button>
                    <button type="button" class="btn btn-bare" on:click=move |_| ask_broken(PromiseState::Broken)>{t(words::BROKEN)}</button>
                </div>
            })}
        </li>
    }
}

#[component]
fn Settled(promises: Vec<Promise>) -> impl IntoView {
    let today = Workbench::expect().today();
    let count = promises.len();
    let lines = promises
        .into_iter()
        .rev()
        .map(|promise| {
            let on = promise.settled_at.map(|at| day(at.date(), today));
            view! {
                <li>
                    <p class="quiet">{promise.text}</p>
                    <p class="small faint">{words::promise_by(promise.by)}<Dot />{shared::promise_state(promise.state)}<Dot />{on}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <details class="settled">
            <summary class="link small hit">{fill(words::SETTLED_COUNT, &[("n", &count)])}</summary>
            <ul>{lines}</ul>
        </details>
    }
}

/// Asked before: what is settled stays.
#[component]
fn Settle(asked: RwSignal<Option<(Promise, PromiseState)>>) -> impl IntoView {
    let saving = Saving::new();
    let is_open = RwSignal::new(false);
    let state = RwSignal::new(PromiseState::Kept);
    Effect::new(move |_| {
        if let Some((_, wanted)) = asked.get() {
            saving.clear();
            state.set(wanted);
            is_open.set(true);
        }
    });
    let settle = move || {
        if let Some((promise, _)) = asked.get_untracked() {
            let settled = SettlePromise {
                promise_id: promise.id,
                customer_id: promise.customer_id,
                state: state.get_untracked(),
            };
            saving.run(settled, move || is_open.set(false));
        }
    };
    view! {
        <Dialog title=t(words::SETTLE_PROMISE) is_open
            foot=move || view! {
                <button type="button" class="btn" on:click=move |_| is_open.set(false)>{t(shared::CANCEL)}</button>
                <button type="button" class="btn btn-main" disabled=move || saving.is_busy() on:click=move |_| settle()>
                    {move || shared_state(state.get())}
                </button>
            }>
            <p>{move || asked.get().map(|(promise, _)| promise.text)}</p>
            <Segment label=t(words::SETTLE_PROMISE) group="settle" class="seg-fill seg-accent"
                options=[PromiseState::Kept, PromiseState::Broken, PromiseState::Withdrawn].map(|state| (state, shared_state(state).to_owned())).to_vec()
                chosen=Signal::derive(move || Some(state.get())) on_choose=move |chosen| state.set(chosen) />
            <p class="small quiet">{t(words::SETTLE_SAY)}</p>
            <SavingProblem saving />
        </Dialog>
    }
}

fn shared_state(state: PromiseState) -> &'static str {
    t(match state {
        PromiseState::Broken => words::BROKEN,
        PromiseState::Withdrawn => words::WITHDRAWN,
        PromiseState::Kept | PromiseState::Open => words::KEPT,
    })
}

#[component]
fn NewPromiseSheet(subject: Subject, is_open: RwSignal<bool>) -> impl IntoView {
    let workbench = Workbench::expect();
    let saving = Saving::new();
    let by = RwSignal::new(PromiseBy::Us);
    let text = RwSignal::new(String::new());
    let due_on = RwSignal::new(None::<Date>);
    Effect::new(move |_| {
        if is_open.get() {
            saving.clear();
            by.set(PromiseBy::Us);
            text.set(String::new());
            due_on.set(Some(workbench.today() + chrono::Duration::days(7)));
        }
    });
    let save = move || {
        let due_on = due_on.get_untracked().unwrap_or_else(|| workbench.today());
        let promise = NewPromise {
            promise_id: workbench.new_id(),
            by: by.get_untracked(),
            text: text.get_untracked(),
            due_on,
        };
        saving.run(MakePromise { customer_id: subject.id, promise }, move || is_open.set(false));
    };
    view! {
        <Sheet title=t(words::ADD_PROMISE) is_open
            foot=move || view! {
                <button type="button" class="btn" on:click=move |_| is_open.set(false)>{t(shared::CANCEL)}</button>
                <button type="button" class="btn btn-main" disabled=move || saving.is_busy() on:click=move |_| save()>{t(shared::SAVE)}</button>
            }>
            <Segment label=t(words::PROMISE_BY) group="promise-by" class="seg-fill"
                options=[PromiseBy::Us, PromiseBy::Customer].map(|by| (by, words::promise_by(by).to_owned())).to_vec()
                chosen=Signal::derive(move || Some(by.get())) on_choose=move |chosen| by.set(chosen) />
            <crate::components::Field label=t(words::PROMISE_WHAT) id="promise-what" value=text rows=2 maxlength=limits::TEXT_CHARS_MAX />
            <DateChoice label=t(words::PROMISE_DUE) id="promise-due" offers=next_days(workbench.today())
                chosen=due_on on_choose=move |on| due_on.set(on) />
            <SavingProblem saving />
        </Sheet>
    }
}
