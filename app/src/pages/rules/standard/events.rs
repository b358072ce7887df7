//! Visits an event asks of a tier besides the calendar's.

use super::faults::{EventField, event_id};
use super::row::edit;
use crate::components::{FieldError, Icon};
use crate::i18n::{fill, t};
use crate::pages::rules::amount::AmountInput;
use crate::pages::rules::desk::Desk;
use crate::words::rules as shared;
use crate::words::rules::standard as words;
use domain::limits::{LABEL_CHARS_MAX, LIST_ITEMS_MAX};
use domain::scale::Scale;
use domain::standard::{EventCode, EventRule, TierStandard, VisitStandard};
use domain::tier::TierCode;
use leptos::prelude::*;
use uuid::Uuid;

#[component]
pub fn Events(
    code: StoredValue<TierCode>,
    name: Memo<String>,
    own: Memo<Option<TierStandard>>,
) -> impl IntoView {
    let desk = Desk::<VisitStandard>::expect();
    let events = Memo::new(move |_| {
        own.with(|own| {
            let rules = own.as_ref().map(|own| own.on_event.as_slice()).unwrap_or_default();
            rules.iter().map(|rule| rule.event.clone()).collect::<Vec<_>>()
        })
    });
    let add = move || {
        let event = EventCode(desk.workbench.new_id::<Uuid>().simple().to_string());
        let rule = EventRule { event, name: String::new(), visits: 1, within_days: None };
        code.with_value(|code| edit(desk, code, |own| own.on_event.push(rule)));
    };
    view! {
        <ul class="events">
            <For each=move || events.get() key=|event| event.clone() let:event><OneEvent code name own event /></For>
        </ul>
        <button type="button" class="link small hit add-event" disabled=move || events.with(|events| events.len() >= LIST_ITEMS_MAX)
            on:click=move |_| add()><Icon name="plus" small=true />{t(words::ADD_EVENT)}</button>
    }
}

#[component]
fn OneEvent(
    code: StoredValue<TierCode>,
    name: Memo<String>,
    own: Memo<Option<TierStandard>>,
    event: EventCode,
) -> impl IntoView {
    let desk = Desk::<VisitStandard>::expect();
    let event = StoredValue::new(event);
    let rule = Memo::new(move |_| {
        own.with(|own| {
            let rules = own.as_ref().map(|own| own.on_event.as_slice()).unwrap_or_default();
            event.with_value(|event| rules.iter().find(|rule| rule.event == *event).cloned())
        })
    });
    let no = Memo::new(move |_| {
        own.with(|own| {
            let rules = own.as_ref().map(|own| own.on_event.as_slice()).unwrap_or_default();
            event.with_value(|event| rules.iter().position(|rule| rule.event == *event)).unwrap_or_default()
                + 1
        })
    });
    let set = move |change: &dyn Fn(&mut EventRule)| {
        code.with_value(|code| {
            edit(desk, code, |own| {
                let found =
                    event.with_value(|event| own.on_event.iter().position(|rule| rule.event == *event));
                if let Some(rule) = found.and_then(|at| own.on_event.get_mut(at)) {
                    change(rule);
                }
            });
        });
    };
    let remove = move || {
        code.with_value(|code| {
            edit(desk, code, |own| {
                event.with_value(|event| own.on_event.retain(|rule| rule.event != *event))
            });
        });
    };
    let id = move |field| code.with_value(|code| event.with_value(|event| event_id(code, event, field)));
    let label = move |words| Signal::derive(move || fill(words, &[("tier", &name.get()), ("n", &no.get())]));
    let name_id = id(EventField::Name);
    let name_fault = desk.fault_at(name_id.clone());
    let name_label = label(words::EVENT_NAME_OF);
    view! {
        <li>
            <span>
                <input class="input" id=name_id autocomplete="off" maxlength=LABEL_CHARS_MAX placeholder=t(words::EVENT_NAME)
                    aria-label=move || name_label.get() aria-invalid=move || name_fault.with(Option::is_some).to_string()
                    prop:value=move || rule.with(|rule| rule.as_ref().map(|rule| rule.name.clone()).unwrap_or_default())
                    on:input=move |event| {
                        let typed = event_target_value(&event);
                        set(&|rule| rule.name.clone_from(&typed));
                    } />
                <FieldError text=name_fault />
            </span>
            <span>
                <AmountInput id=id(EventField::Days) label=label(words::EVENT_DAYS_OF) is_narrow=true fault=desk.fault_at(id(EventField::Days))
                    unit=Signal::derive(|| t(words::DAYS)) scale=Signal::derive(|| Scale::Whole)
                    value=Signal::derive(move || rule.with(|rule| rule.as_ref().and_then(|rule| rule.within_days)).map(i64::from))
                    on_change=move |typed| {
                        let days = typed.map(|typed| u16::try_from(typed).unwrap_or(u16::MAX));
                        set(&|rule| rule.within_days = days);
                    } />
            </span>
            <span>
                <AmountInput id=id(EventField::Visits) label=label(words::EVENT_VISITS_OF) is_narrow=true sign="+" fault=desk.fault_at(id(EventField::Visits))
                    unit=Signal::derive(|| t(words::TIMES)) scale=Signal::derive(|| Scale::Whole)
                    value=Signal::derive(move || rule.with(|rule| rule.as_ref().map(|rule| i64::from(rule.visits))))
                    on_change=move |typed| {
                        let visits = typed.map_or(0, |typed| u16::try_from(typed).unwrap_or(u16::MAX));
                        set(&|rule| rule.visits = visits);
                    } />
            </span>
            <button type="button" class="btn btn-icon" aria-label=move || {
                let called = fill(words::EVENT_N, &[("n", &no.get())]);
                format!("{}{}{}", fill(shared::REMOVE_NAMED, &[("name", &name.get())]), shared::gap(), called)
            } on:click=move |_| remove()><Icon name="x" /></button>
        </li>
    }
}
