//! 摘要, 下一步, 新承诺 and when it was: what comes of the visit.

use super::desk::Desk;
use crate::components::Segment;
use crate::components::date_choice::{DateChoice, next_days};
use crate::components::stepper::Stepper;
use crate::components::text_choice::TextChoice;
use crate::i18n::{clock, fill, t};
use crate::words::{customers, visit as words};
use domain::agenda::read_clock;
use domain::choice::ChoiceList;
use domain::limits;
use domain::promise::PromiseBy;
use leptos::prelude::*;

#[component]
pub fn Summary(desk: Desk) -> impl IntoView {
    let text = desk.part(|draft| draft.summary.clone());
    let is_own = desk.part(|draft| draft.is_summary_own);
    let write = move |written: String| {
        desk.change(|draft| {
            // Emptied, it is drafted again.
            draft.is_summary_own = !written.is_empty();
            draft.summary = written;
        });
    };
    view! {
        <div class="field">
            <div class="head">
                <label for="summary">{t(words::SUMMARY)}</label>
                {move || if is_own.get() {
                    view! {
                        <button type="button" class="link small aside hit" on:click=move |_| desk.change(|draft| draft.is_summary_own = false)>
                            {t(words::SUMMARY_AGAIN)}
                        </button>
                    }
                    .into_any()
                } else {
                    view! { <span class="small faint aside">{t(words::SUMMARY_DRAFTED)}</span> }.into_any()
                }}
            </div>
            // Without it the browser keeps what was typed in its own session file, in the clear.
            <textarea class="input" id="summary" rows="3" autocomplete="off" placeholder=t(words::SUMMARY_HINT) maxlength=limits::TEXT_CHARS_MAX
                prop:value=move || text.get() on:input=move |event| write(event_target_value(&event))></textarea>
        </div>
    }
}

#[component]
pub fn Next(desk: Desk) -> impl IntoView {
    let what = desk.part(|draft| draft.next_step.clone());
    let on = desk.part(|draft| draft.next_on);
    view! {
        <TextChoice label=t(words::NEXT_STEP) id="next-step" list=ChoiceList::NextStep value=what
            on_change=move |text| desk.change(|draft| draft.next_step = text)
            placeholder=t(words::NEXT_HINT) chars_max=limits::TEXT_CHARS_MAX />
        <DateChoice label=t(words::NEXT_ON) id="next-on" offers=next_days(desk.workbench.today()) chosen=on
            on_choose=move |day| desk.change(|draft| draft.next_on = day) />
    }
}

#[component]
pub fn Vow(desk: Desk) -> impl IntoView {
    let by = desk.part(|draft| draft.promise_by);
    let text = desk.part(|draft| draft.promise.clone());
    let due_on = desk.part(|draft| draft.promise_due_on);
    view! {
        <fieldset>
            <legend class="label">{t(words::NEW_PROMISE)}</legend>
            <div class="vow">
                <Segment label=t(customers::PROMISE_BY) group="vow-by"
                    options=[PromiseBy::Us, PromiseBy::Customer].map(|by| (by, customers::promise_by(by).to_owned())).to_vec()
                    chosen=Signal::derive(move || Some(by.get())) on_choose=move |by| desk.change(|draft| draft.promise_by = by) />
                <label>
                    <span class="vh">{t(customers::PROMISE_DUE)}</span>
                    <input class="input" type="date" prop:value=move || due_on.get().to_string()
                        on:change=move |event| {
                            if let Ok(day) = event_target_value(&event).parse() {
                                desk.change(|draft| draft.promise_due_on = day);
                            }
                        } />
                </label>
                <label class="vow-text">
                    <span class="vh">{t(customers::PROMISE_WHAT)}</span>
                    <input class="input" type="text" autocomplete="off" placeholder=t(customers::PROMISE_WHAT) maxlength=limits::TEXT_CHARS_MAX
                        prop:value=move || text.get() on:input=move |event| desk.change(|draft| draft.promise = event_target_value(&event)) />
                </label>
            </div>
        </fieldset>
    }
}

#[component]
pub fn When(desk: Desk) -> impl IntoView {
    let on = desk.part(|draft| draft.on);
    let at_minute = desk.part(|draft| draft.at_minute);
    let minutes = desk.part(|draft| draft.minutes);
    let told = move || match minutes.get() {
        Some(minutes) => fill(words::MINUTES_COUNT, &[("n", &minutes)]),
        None => t(words::MINUTES_NONE).to_owned(),
    };
    view! {
        <fieldset>
            <legend class="label">{t(words::WHEN)}</legend>
            <div class="held">
                <label>
                    <span class="vh">{t(words::ON)}</span>
                    <input class="input" type="date" prop:value=move || on.get().to_string()
                        on:change=move |event| {
                            if let Ok(day) = event_target_value(&event).parse() {
                                desk.change(|draft| draft.on = day);
                            }
                        } />
                </label>
                <label>
                    <span class="vh">{t(words::AT)}</span>
                    <input class="input" type="time" prop:value=move || at_minute.get().map(clock).unwrap_or_default()
                        on:change=move |event| desk.change(|draft| draft.at_minute = read_clock(&event_target_value(&event))) />
                </label>
                <Stepper label=t(words::MINUTES) value=Signal::derive(told) less=t(words::SHORTER) more=t(words::LONGER)
                    on_less=move || desk.change(|draft| draft.shorter()) on_more=move || desk.change(|draft| draft.longer()) />
            </div>
        </fieldset>
    }
}
