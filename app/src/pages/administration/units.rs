//! 机构: the tree of the organisation.

use super::Organisation;
use super::person::UnitChoice;
use crate::browser::network::{self, Verb};
use crate::components::online::{Trouble, told};
use crate::components::{Dot, Field, FieldError, Icon, Sheet};
use crate::i18n::{fill, t};
use crate::words::{self as shared, administration as words};
use crate::workbench::Workbench;
use domain::api::{NewOrgUnit, path};
use domain::ids::OrgUnitId;
use domain::limits::NAME_CHARS_MAX;
use domain::organisation::OrgUnit;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Deeper units are indented no further: the name must stay readable on a phone.
const INDENTS: [&str; 5] = ["deep-0", "deep-1", "deep-2", "deep-3", "deep-4"];

#[derive(Clone, PartialEq)]
enum Edited {
    Nothing,
    /// Below this one.
    New(Option<OrgUnitId>),
    Unit(OrgUnit),
}

#[component]
pub fn UnitList() -> impl IntoView {
    let workbench = Workbench::expect();
    let organisation = expect_context::<Organisation>();
    let edited = RwSignal::new(Edited::Nothing);
    let root = move || organisation.tree().first().map(|(unit, _)| unit.id);
    view! {
        <section aria-label=t(words::UNITS)>
            <div class="admin-tools admin-tools-end">
                <button type="button" class="btn btn-main" disabled=move || !workbench.is_online()
                    on:click=move |_| edited.set(Edited::New(root()))><Icon name="plus" small=true />{t(words::ADD_UNIT)}</button>
            </div>
            <ul class="rows flush admin-rows units">
                {move || organisation.tree().into_iter().map(|(unit, depth)| view! { <Unit unit depth edited /> }).collect_view()}
            </ul>
        </section>
        {move || match edited.get() {
            Edited::Nothing => ().into_any(),
            Edited::New(below) => view! { <UnitSheet edited unit=None below /> }.into_any(),
            Edited::Unit(unit) => view! { <UnitSheet edited below=unit.parent_id unit=Some(unit) /> }.into_any(),
        }}
    }
}

#[component]
fn Unit(unit: OrgUnit, depth: usize, edited: RwSignal<Edited>) -> impl IntoView {
    let workbench = Workbench::expect();
    let organisation = expect_context::<Organisation>();
    let id = unit.id;
    let people = move || {
        organisation.people.answer.with(|people| {
            people.as_ref().map_or(0, |people| {
                people.employees.iter().filter(|person| person.is_active && person.org_unit_id == id).count()
            })
        })
    };
    let books = move || {
        organisation.books.answer.with(|books| {
            books.as_ref().map_or(0, |books| books.books.iter().filter(|book| book.org_unit_id == id).count())
        })
    };
    let indent = INDENTS.get(depth).or(INDENTS.last()).copied().unwrap_or_default();
    let opened = Edited::Unit(unit.clone());
    let below = fill(words::NEW_BELOW, &[("name", &unit.name)]);
    view! {
        <li class=format!("entry {indent}")>
            <button type="button" class="row" on:click=move |_| edited.set(opened.clone())>
                <Icon name="team" />
                <span class="row-body">
                    <span class="row-name"><span>{unit.name.clone()}</span></span>
                    <span class="row-sub">
                        {move || fill(words::N_PEOPLE, &[("n", &people())])}
                        {move || (books() > 0).then(|| view! { <Dot />{fill(words::N_BOOKS, &[("n", &books())])} })}
                    </span>
                </span>
            </button>
            <button type="button" class="btn btn-icon" aria-label=below disabled=move || !workbench.is_online()
                on:click=move |_| edited.set(Edited::New(Some(id)))><Icon name="plus" /></button>
        </li>
    }
}

#[component]
fn UnitSheet(edited: RwSignal<Edited>, unit: Option<OrgUnit>, below: Option<OrgUnitId>) -> impl IntoView {
    let workbench = Workbench::expect();
    let organisation = expect_context::<Organisation>();
    let is_open = RwSignal::new(true);
    Effect::new(move |_| {
        if !is_open.get() {
            edited.set(Edited::Nothing);
        }
    });
    let name = RwSignal::new(unit.as_ref().map(|unit| unit.name.clone()).unwrap_or_default());
    let parent = RwSignal::new(below);
    let id = unit.as_ref().map(|unit| unit.id);
    let is_root = unit.as_ref().is_some_and(|unit| unit.parent_id.is_none());
    let fault = RwSignal::new(None::<String>);
    let problem = RwSignal::new(None::<String>);
    let is_busy = RwSignal::new(false);
    let save = move || {
        if is_busy.get_untracked() {
            return;
        }
        let typed = name.get_untracked().trim().to_owned();
        fault.set(typed.is_empty().then(|| t(words::FILL_UNIT_NAME).to_owned()));
        if typed.is_empty() {
            return;
        }
        let new = NewOrgUnit { parent_id: if is_root { None } else { parent.get_untracked() }, name: typed };
        is_busy.set(true);
        problem.set(None);
        spawn_local(async move {
            let saved = match id {
                Some(id) => network::send::<OrgUnit>(Verb::Put, &path::of(path::ORG_UNIT, id), &new).await,
                None => network::send::<OrgUnit>(Verb::Post, path::ORG_UNITS, &new).await,
            };
            if is_busy.is_disposed() {
                return;
            }
            is_busy.set(false);
            match saved {
                Ok(_) => {
                    is_open.set(false);
                    organisation.units.again();
                }
                Err(error) => problem.set(Some(told(workbench, &error))),
            }
        });
    };
    let title = match &unit {
        Some(unit) => fill(words::EDIT_UNIT, &[("name", &unit.name)]),
        None => t(words::ADD_UNIT).to_owned(),
    };
    view! {
        <Sheet title is_open
            foot=move || view! {
                <button type="button" class="btn" on:click=move |_| is_open.set(false)>{t(shared::CANCEL)}</button>
                <button type="button" class="btn btn-main" aria-busy=move || is_busy.get().to_string()
                    disabled=move || !workbench.is_online() on:click=move |_| save()>{t(shared::SAVE)}</button>
            }>
            <form class="admin-form" on:submit=move |event| { event.prevent_default(); save() }>
                <Field label=t(words::UNIT_NAME) id="unit-name" value=name maxlength=NAME_CHARS_MAX />
                <FieldError text=fault />
                {if is_root {
                    view! { <p class="small quiet">{t(words::ROOT)}</p> }.into_any()
                } else {
                    match id {
                        Some(id) => view! { <UnitChoice id="unit-above" label=words::ABOVE unit=parent without=id /> }.into_any(),
                        None => view! { <UnitChoice id="unit-above" label=words::ABOVE unit=parent /> }.into_any(),
                    }
                }}
                <Trouble text=problem />
            </form>
        </Sheet>
    }
}
