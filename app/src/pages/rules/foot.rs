//! The lower edge of a draft: the day it takes effect, and the one thing to do next.

use super::desk::{DAY, Desk, Kept, Mending, Saving};
use crate::browser::screen;
use crate::components::online::Trouble;
use crate::components::{Dialog, FieldError, Icon};
use crate::i18n::{Words, fill, moment, t};
use crate::words::{self as shared, rules as words};
use chrono::Duration;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How much there is to mend: blanks, faults, and whether the day is wrong.
pub fn counts<T: Kept>(desk: Desk<T>) -> (usize, usize, bool) {
    desk.faults.with(|faults| {
        let of = |kind| faults.iter().filter(|told| told.kind == kind).count();
        (of(Mending::Blank), of(Mending::Wrong), of(Mending::Day) > 0)
    })
}

/// 写规则 → 看谁会动 → 定生效日, by what is left to do; `sees` is whether there is a preview to look at.
#[component]
pub fn Stages<T: Kept>(desk: Desk<T>, sees: bool) -> impl IntoView {
    let here = Memo::new(move |_| match counts(desk) {
        (0, 0, false) => 2,
        (0, 0, true) => 1,
        _ => 0,
    });
    let all = [(0, words::STAGE_WRITE), (1, words::STAGE_SEE), (2, words::STAGE_DAY)];
    let shown = all.into_iter().filter(|(no, _)| sees || *no != 1).enumerate();
    let stages = shown
        .map(|(at, (no, text))| {
            let is_here = move || here.get() == no || (!sees && no == 2 && here.get() == 1);
            view! {
                <li aria-current=move || is_here().then_some("step") class:past=move || no < here.get() && !is_here()>
                    <span class="n">{at + 1}</span><span class="t">{t(text)}</span>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="stages">{stages}</ol> }
}

/// Whether what is written is on the server.
#[component]
pub fn SaveNote<T: Kept>(desk: Desk<T>) -> impl IntoView {
    let workbench = desk.workbench;
    let me = workbench.peek(|replica| replica.actor().name.clone());
    let saved = move || {
        let saved = desk.saved.get()?;
        let today = workbench.today();
        let when = if saved.at.date() == today {
            crate::i18n::clock(saved.at.minute_of_day())
        } else {
            moment(saved.at, today)
        };
        Some(if saved.by == me && desk.may_write {
            fill(words::SAVED_AT, &[("when", &when)])
        } else {
            fill(words::SAVED_BY, &[("when", &when), ("who", &saved.by)])
        })
    };
    let text = move || {
        desk.has_draft().then(|| match desk.saving.get() {
            Saving::Still => saved().unwrap_or_default(),
            Saving::Soon | Saving::Going => t(words::SAVING).to_owned(),
            Saving::Failed(_) => t(words::NOT_SAVED).to_owned(),
            Saving::Changed => t(words::UNSAVED).to_owned(),
        })
    };
    view! {
        <p class="small quiet save-note" role="status" class:warn-words=move || matches!(desk.saving.get(), Saving::Failed(_) | Saving::Changed)>
            {text}
        </p>
    }
}

/// Why the draft could not be saved, and what leads to the first thing that is blank or wrong.
#[component]
pub fn MendNote<T: Kept>(desk: Desk<T>) -> impl IntoView {
    let shown = Memo::new(move |_| counts(desk));
    let trouble = Signal::derive(move || match desk.saving.get() {
        Saving::Failed(why) if !why.is_empty() => Some(why),
        _ => None,
    });
    let note = move || {
        let (blank, wrong, _) = shown.get();
        let title = match (blank, wrong) {
            (0, 0) => return None,
            (blank, 0) => fill(words::BLANKS, &[("n", &blank)]),
            (0, wrong) => fill(words::FAULTS, &[("n", &wrong)]),
            (blank, wrong) => fill(words::BLANKS_AND_FAULTS, &[("blank", &blank), ("n", &wrong)]),
        };
        let first = desk.faults.with(|faults| {
            faults.iter().find(|told| told.kind != Mending::Day).map(|told| told.text.clone())
        });
        Some(view! {
            <button type="button" class="note note-danger gap-note" on:click=move |_| desk.go_to_fault() disabled=!desk.may_write>
                <Icon name="alert" />
                <span class="gap-say"><b>{title}</b><span class="small">{first}</span></span>
                {desk.may_write.then(|| view! { <Icon name="right" small=true /> })}
            </button>
        })
    };
    view! {
        <Trouble text=trouble on_retry=move || { spawn_local(async move { desk.save().await; }); } />
        {note}
    }
}

#[component]
pub fn Foot<T: Kept>(
    desk: Desk<T>,
    #[prop(into)] day_say: Signal<Words>,
    children: ChildrenFn,
) -> impl IntoView {
    let workbench = desk.workbench;
    let tomorrow = workbench.today() + Duration::days(1);
    let day = Memo::new(move |_| desk.body.with(|body| body.as_ref().and_then(|body| body.effective_on())));
    let fault = desk.fault_at(DAY);
    // That it is not set yet is said by the button; only a wrong day is said here.
    let wrong_day = Memo::new(move |_| fault.get().filter(|_| day.with(Option::is_some)));
    let is_sure = RwSignal::new(false);
    let is_discarding = RwSignal::new(false);
    let next = move || match counts(desk) {
        (0, 0, false) => t(words::PUBLISH).to_owned(),
        (0, 0, true) => t(words::GO_DAY).to_owned(),
        (blank, 0, _) => fill(words::GO_FILL, &[("n", &blank)]),
        (blank, wrong, _) => fill(words::GO_MEND, &[("n", &(blank + wrong))]),
    };
    let go = move || match untrack(|| counts(desk)) {
        (0, 0, false) => is_sure.set(true),
        (0, 0, true) => {
            screen::focus(DAY);
        }
        _ => desk.go_to_fault(),
    };
    view! {
        <footer class="take" role="group" aria-label=t(words::PUBLISH)>
            <label class="take-day">
                <span class="label">{t(words::DAY)}</span>
                <input class="input" type="date" id=DAY min=tomorrow.to_string()
                    aria-invalid=move || wrong_day.with(Option::is_some).to_string()
                    prop:value=move || day.get().map(|day| day.to_string()).unwrap_or_default()
                    on:change=move |event| {
                        let on = event_target_value(&event).parse().ok();
                        desk.edit(|body| body.set_day(on));
                    } />
            </label>
            <div class="take-say">
                {move || if wrong_day.with(Option::is_some) {
                    view! { <FieldError text=wrong_day /> }.into_any()
                } else {
                    view! { <p class="small quiet wide">{t(day_say.get())}</p> }.into_any()
                }}
            </div>
            <button type="button" class="btn btn-bare" on:click=move |_| is_discarding.set(true)>{t(words::DISCARD)}</button>
            <button type="button" class="btn btn-main" disabled=move || desk.saving.get() == Saving::Changed on:click=move |_| go()>{next}</button>
        </footer>
        <PublishSure desk is_open=is_sure children />
        <DiscardSure desk is_open=is_discarding />
    }
}

/// Says what happens before it does.
#[component]
fn PublishSure<T: Kept>(desk: Desk<T>, is_open: RwSignal<bool>, children: ChildrenFn) -> impl IntoView {
    let workbench = desk.workbench;
    let go = move || {
        if desk.is_busy.get_untracked() {
            return;
        }
        spawn_local(async move {
            if desk.publish().await || desk.saving.try_get_untracked() == Some(Saving::Changed) {
                is_open.try_set(false);
            }
        });
    };
    // Built anew each time it opens: the words are those of the moment.
    move || {
        is_open.get().then(|| {
            let children = children.clone();
            let (version, day) = untrack(|| {
                let day = desk.body.with(|body| body.as_ref().and_then(|body| body.effective_on()));
                (version_no(desk), day.map(words::whole_day).unwrap_or_default())
            });
            let title = fill(words::PUBLISH_SURE, &[("n", &version), ("day", &day)]);
            view! {
                <Dialog title is_open
                    foot=move || view! {
                        <button type="button" class="btn" on:click=move |_| is_open.set(false)>{t(words::LOOK_AGAIN)}</button>
                        <button type="button" class="btn btn-main" aria-busy=move || desk.is_busy.get().to_string()
                            disabled=move || !workbench.is_online() on:click=move |_| go()>{t(words::PUBLISH)}</button>
                    }>
                    {children()}
                    <p>{t(words::PUBLISH_SAY)}</p>
                    <Trouble text=desk.problem />
                </Dialog>
            }
        })
    }
}

#[component]
fn DiscardSure<T: Kept>(desk: Desk<T>, is_open: RwSignal<bool>) -> impl IntoView {
    let workbench = desk.workbench;
    let go = move || {
        if desk.is_busy.get_untracked() {
            return;
        }
        spawn_local(async move {
            if desk.discard().await {
                is_open.try_set(false);
            }
        });
    };
    move || {
        is_open.get().then(|| {
            let title = fill(words::DISCARD_SURE, &[("n", &untrack(|| version_no(desk)))]);
            view! {
                <Dialog title is_open
                    foot=move || view! {
                        <button type="button" class="btn" on:click=move |_| is_open.set(false)>{t(shared::CANCEL)}</button>
                        <button type="button" class="btn btn-main" aria-busy=move || desk.is_busy.get().to_string()
                            disabled=move || !workbench.is_online() on:click=move |_| go()>{t(words::DISCARD)}</button>
                    }>
                    <p>{t(words::DISCARD_SAY)}</p>
                    <Trouble text=desk.problem />
                </Dialog>
            }
        })
    }
}

/// The number the draft will have.
pub fn version_no<T: Kept>(desk: Desk<T>) -> u32 {
    let saved = desk.saved.with(|saved| saved.as_ref().map(|saved| saved.version));
    saved.unwrap_or_else(|| desk.body.with(|body| body.as_ref().map_or(0, |body| body.version())))
}
