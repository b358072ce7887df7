//! The days an organisation greets on, by the solar or the lunar calendar.

use super::faults::{FESTIVALS, festival_day_id, festival_name_id};
use crate::components::{FieldError, Icon};
use crate::i18n::{fill, t};
use crate::pages::rules::amount::AmountInput;
use crate::pages::rules::desk::Desk;
use crate::words::rules as shared;
use crate::words::rules::policy as words;
use domain::care::{Festival, FestivalRule};
use domain::limits::{FESTIVALS_MAX, LABEL_CHARS_MAX};
use domain::policy::Policy;
use domain::scale::Scale;
use leptos::prelude::*;
use uuid::Uuid;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Calendar {
    Solar,
    Lunar,
    Eve,
}

const CALENDARS: [(Calendar, &str, crate::i18n::Words); 3] = [
    (Calendar::Solar, "solar", words::SOLAR),
    (Calendar::Lunar, "lunar", words::LUNAR),
    (Calendar::Eve, "eve", words::EVE),
];

fn calendar(rule: FestivalRule) -> Calendar {
    match rule {
        FestivalRule::Solar { .. } => Calendar::Solar,
        FestivalRule::Lunar { .. } => Calendar::Lunar,
        FestivalRule::LunarNewYearsEve => Calendar::Eve,
    }
}

/// Month and day; the eve has none of its own.
fn parts(rule: FestivalRule) -> (u8, u8) {
    match rule {
        FestivalRule::Solar { month, day } | FestivalRule::Lunar { month, day } => (month, day),
        FestivalRule::LunarNewYearsEve => (1, 1),
    }
}

fn rule(calendar: Calendar, (month, day): (u8, u8)) -> FestivalRule {
    match calendar {
        Calendar::Solar => FestivalRule::Solar { month, day },
        Calendar::Lunar => FestivalRule::Lunar { month, day },
        Calendar::Eve => FestivalRule::LunarNewYearsEve,
    }
}

#[component]
pub fn Festivals() -> impl IntoView {
    let desk = Desk::<Policy>::expect();
    let codes = Memo::new(move |_| {
        desk.read(|policy| policy.festivals.iter().map(|festival| festival.code.clone()).collect::<Vec<_>>())
    });
    let add = move || {
        let code = desk.workbench.new_id::<Uuid>().simple().to_string();
        let new = Festival { code, name: String::new(), rule: FestivalRule::Solar { month: 1, day: 1 } };
        desk.edit(|policy| policy.festivals.push(new));
    };
    view! {
        <section aria-labelledby="h-festivals">
            <div class="head"><h2 id="h-festivals">{t(words::FESTIVALS)}</h2><span class="small faint">{t(words::FESTIVALS_SAY)}</span></div>
            <FieldError text=desk.fault_at(FESTIVALS) />
            {move || codes.with(Vec::is_empty).then(|| view! { <p class="small quiet">{t(words::NO_FESTIVALS)}</p> })}
            <ul class="festivals">
                <For each=move || codes.get() key=|code| code.clone() let:code><OneFestival code /></For>
            </ul>
            <button type="button" id=FESTIVALS class="chip chip-add" disabled=move || codes.with(|codes| codes.len() >= FESTIVALS_MAX)
                on:click=move |_| add()><Icon name="plus" small=true />{t(words::ADD_FESTIVAL)}</button>
        </section>
    }
}

#[component]
fn OneFestival(code: String) -> impl IntoView {
    let desk = Desk::<Policy>::expect();
    let today = desk.workbench.today();
    let name_id = festival_name_id(&code);
    let day_id = festival_day_id(&code);
    let name_fault = desk.fault_at(name_id.clone());
    let day_fault = desk.fault_at(day_id.clone());
    let code = StoredValue::new(code);
    let own = Memo::new(move |_| {
        code.with_value(|code| {
            desk.read(|policy| policy.festivals.iter().find(|own| own.code == *code).cloned())
        })
    });
    let no = Memo::new(move |_| {
        let at = code
            .with_value(|code| desk.read(|policy| policy.festivals.iter().position(|own| own.code == *code)));
        at.unwrap_or_default() + 1
    });
    let called = Memo::new(move |_| {
        let name = own.with(|own| own.as_ref().map(|own| own.name.trim().to_owned()).unwrap_or_default());
        if name.is_empty() { fill(words::FESTIVAL_N, &[("n", &no.get())]) } else { name }
    });
    let day = Memo::new(move |_| own.with(|own| own.as_ref().map(|own| own.rule)));
    let kind = Memo::new(move |_| day.get().map(calendar));
    let edit = move |change: &dyn Fn(&mut Festival)| {
        code.with_value(|code| {
            desk.edit(|policy| {
                if let Some(own) = policy.festivals.iter_mut().find(|own| own.code == *code) {
                    change(own);
                }
            });
        });
    };
    let set_parts = move |change: &dyn Fn(&mut (u8, u8))| {
        edit(&|own| {
            let mut both = parts(own.rule);
            change(&mut both);
            own.rule = rule(calendar(own.rule), both);
        });
    };
    let next = move || {
        let on = day.get().and_then(|rule| rule.next_on_or_after(today))?;
        Some(words::next_on(&shared::whole_day(on)))
    };
    let remove = move || {
        let before = desk.read(|policy| policy.festivals.clone());
        let said = fill(crate::words::rules::scheme::REMOVED, &[("name", &called.get())]);
        code.with_value(|code| desk.edit(|policy| policy.festivals.retain(|own| own.code != *code)));
        desk.toasts.say_with_undo(said, t(crate::words::UNDO), move || {
            let before = before.clone();
            desk.edit(|policy| policy.festivals = before);
        });
    };
    let label = move |words| Signal::derive(move || fill(words, &[("name", &called.get())]));
    let kind_label = label(words::FESTIVAL_KIND);
    let number = move |typed: Option<i64>| typed.map_or(0, |typed| u8::try_from(typed).unwrap_or(u8::MAX));
    let day_id = StoredValue::new(day_id);
    view! {
        <li>
            <span class="festival-name">
                <input class="input" id=name_id autocomplete="off" maxlength=LABEL_CHARS_MAX placeholder=t(shared::BLANK)
                    aria-label=move || fill(words::FESTIVAL_NAME, &[("n", &no.get())]) aria-invalid=move || name_fault.with(Option::is_some).to_string()
                    prop:value=move || own.with(|own| own.as_ref().map(|own| own.name.clone()).unwrap_or_default())
                    on:input=move |event| {
                        let typed = event_target_value(&event);
                        edit(&|own| own.name.clone_from(&typed));
                    } />
                <FieldError text=name_fault />
            </span>
            <span class="pick">
                <select class="input" aria-label=move || kind_label.get() on:change=move |event| {
                    let typed = event_target_value(&event);
                    if let Some((of, ..)) = CALENDARS.into_iter().find(|(_, word, _)| *word == typed) {
                        edit(&|own| own.rule = rule(of, parts(own.rule)));
                    }
                }>
                    {CALENDARS.map(|(of, word, name)| view! { <option value=word selected=move || kind.get() == Some(of)>{t(name)}</option> }).collect_view()}
                </select>
                <Icon name="down" />
            </span>
            <span class="festival-day">
                {move || (kind.get() != Some(Calendar::Eve)).then(|| view! {
                    <AmountInput id=day_id.get_value() label=label(words::FESTIVAL_MONTH) is_narrow=true
                        unit=Signal::derive(|| t(words::MONTH)) scale=Signal::derive(|| Scale::Whole)
                        is_wrong=Signal::derive(move || day_fault.with(Option::is_some))
                        value=Signal::derive(move || day.get().map(|rule| i64::from(parts(rule).0)))
                        on_change=move |typed| set_parts(&|both| both.0 = number(typed)) />
                    <AmountInput id=format!("{}-d", day_id.get_value()) label=label(words::FESTIVAL_DAY) is_narrow=true
                        unit=Signal::derive(|| t(words::DAY)) scale=Signal::derive(|| Scale::Whole)
                        is_wrong=Signal::derive(move || day_fault.with(Option::is_some))
                        value=Signal::derive(move || day.get().map(|rule| i64::from(parts(rule).1)))
                        on_change=move |typed| set_parts(&|both| both.1 = number(typed)) />
                })}
            </span>
            <span class="small quiet festival-next">
                <FieldError text=day_fault />
                {move || day_fault.with(Option::is_none).then(next)}
            </span>
            <button type="button" class="btn btn-icon" aria-label=move || fill(shared::REMOVE_NAMED, &[("name", &called.get())])
                on:click=move |_| untrack(remove)><Icon name="x" /></button>
        </li>
    }
}
