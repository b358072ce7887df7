//! 员工: everyone in the organisation; who may sign in, as what, and where.

use super::Organisation;
use super::person::PersonSheet;
use crate::components::{Chip, Dot, EmptyState, Icon};
use crate::i18n::{fill, near_day, t};
use crate::words::{self as shared, administration as words};
use crate::workbench::Workbench;
use domain::api::Employee;
use domain::ids::EmployeeId;
use domain::organisation::Role;
use leptos::prelude::*;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Only {
    All,
    Role(Role),
    Inactive,
}

/// Who is edited in the sheet.
#[derive(Clone, PartialEq)]
pub enum Edited {
    Nobody,
    New,
    Employee(Employee),
}

#[component]
pub fn PeopleList() -> impl IntoView {
    let organisation = expect_context::<Organisation>();
    let workbench = Workbench::expect();
    let me = workbench.peek(|replica| replica.actor().employee_id);
    let query = RwSignal::new(String::new());
    let only = RwSignal::new(Only::All);
    let edited = RwSignal::new(Edited::Nobody);
    let people = Memo::new(move |_| organisation.employees());
    let chips = Memo::new(move |_| {
        let people = people.get();
        std::iter::once((Only::All, t(shared::ALL)))
            .chain(Role::ALL.map(|role| (Only::Role(role), shared::role(role))))
            .chain([(Only::Inactive, t(words::INACTIVE))])
            .map(|(only, label)| (only, label, people.iter().filter(|person| fits(only, person)).count()))
            .filter(|(only, _, count)| *only == Only::All || *count > 0)
            .collect::<Vec<_>>()
    });
    let listed = move || {
        let typed = query.get().trim().to_lowercase();
        let only = only.get();
        let is_found = |person: &&Employee| {
            fits(only, person)
                && (typed.is_empty()
                    || person.name.to_lowercase().contains(&typed)
                    || person.employee_no.to_lowercase().contains(&typed)
                    || organisation.unit_name(person.org_unit_id).to_lowercase().contains(&typed))
        };
        people.with(|people| people.iter().filter(is_found).cloned().collect::<Vec<_>>())
    };
    view! {
        <section aria-label=t(words::PEOPLE)>
            <div class="admin-tools">
                <label class="search">
                    <span class="vh">{t(words::SEARCH_PEOPLE)}</span>
                    <Icon name="search" />
                    <input class="input" type="search" placeholder=t(words::SEARCH_PEOPLE_HINT) autocomplete="off"
                        prop:value=move || query.get() on:input=move |event| query.set(event_target_value(&event)) />
                </label>
                <button type="button" class="btn btn-main" disabled=move || !workbench.is_online()
                    on:click=move |_| edited.set(Edited::New)><Icon name="plus" small=true />{t(words::ADD_PERSON)}</button>
            </div>
            <div class="chips chips-line" role="group" aria-label=t(words::WHO)>
                {move || chips.get().into_iter().map(|(this, label, count)| view! {
                    <Chip label group="people" count=count.to_string()
                        is_chosen=Signal::derive(move || only.get() == this) on_choose=move |_| only.set(this) />
                }).collect_view()}
            </div>
            {move || {
                let listed = listed();
                if listed.is_empty() {
                    view! { <EmptyState icon="search" title=t(words::NONE_FOUND) text=t(words::NONE_FOUND_SAY) /> }.into_any()
                } else {
                    view! {
                        <ul class="rows flush admin-rows">{listed.into_iter().map(|person| view! { <Person person me edited /> }).collect_view()}</ul>
                    }.into_any()
                }
            }}
            {move || (people.with(Vec::len) < 2).then(|| view! {
                <EmptyState icon="people" title=t(words::ONLY_YOU) text=t(words::ONLY_YOU_SAY) />
            })}
        </section>
        <PersonSheet edited me />
    }
}

fn fits(only: Only, person: &Employee) -> bool {
    match only {
        Only::All => person.is_active,
        Only::Role(role) => person.is_active && person.role == role,
        Only::Inactive => !person.is_active,
    }
}

#[component]
fn Person(person: Employee, me: EmployeeId, edited: RwSignal<Edited>) -> impl IntoView {
    let organisation = expect_context::<Organisation>();
    let today = Workbench::expect().today();
    let face: String = person.name.chars().take(1).collect();
    let unit = person.org_unit_id;
    let state = if !person.is_active {
        view! { <span class="small faint nb">{t(words::INACTIVE)}</span> }.into_any()
    } else if person.id == me {
        view! { <span class="small ok-words">{t(words::IT_IS_YOU)}</span> }.into_any()
    } else if person.must_change_password {
        view! { <span class="small warn-words">{t(words::FIRST_PASSWORD)}</span> }.into_any()
    } else {
        match person.last_sign_in_at {
            Some(at) => {
                let when = near_day(at.date(), today);
                view! { <span class="small faint nb wide">{fill(words::LAST_IN, &[("when", &when)])}</span> }
                    .into_any()
            }
            None => view! { <span class="small faint nb wide">{t(words::NEVER_IN)}</span> }.into_any(),
        }
    };
    let opened = Edited::Employee(person.clone());
    view! {
        <li>
            <button type="button" class="row" on:click=move |_| edited.set(opened.clone())>
                <span class="face" aria-hidden="true">{face}</span>
                <span class="row-body">
                    <span class="row-name"><span>{person.name.clone()}</span><span class="small faint">{person.employee_no.clone()}</span></span>
                    <span class="row-sub">{shared::role(person.role)}<Dot />{move || organisation.unit_name(unit)}</span>
                </span>
                {state}
                <Icon name="right" small=true />
            </button>
        </li>
    }
}
