//! One employee: who they are, what they may do; another password, and stopping them from signing in.

use super::people::Edited;
use super::{OneTime, Organisation};
use crate::browser::network::{self, Verb};
use crate::components::online::{Trouble, told};
use crate::components::{Dialog, Field, FieldError, Icon, Sheet};
use crate::i18n::{Words, fill, t};
use crate::pages::settings::DevicesOf;
use crate::words::{self as shared, administration as words};
use crate::workbench::Workbench;
use domain::api::{Employee, NewEmployee, OneTimePassword, path};
use domain::ids::{EmployeeId, OrgUnitId};
use domain::limits::{LABEL_CHARS_MAX, NAME_CHARS_MAX};
use domain::organisation::Role;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::str::FromStr;

#[component]
pub fn PersonSheet(edited: RwSignal<Edited>, me: EmployeeId) -> impl IntoView {
    move || match edited.get() {
        Edited::Nobody => ().into_any(),
        Edited::New => view! { <OpenSheet edited employee=None me /> }.into_any(),
        Edited::Employee(employee) => view! { <OpenSheet edited employee=Some(employee) me /> }.into_any(),
    }
}

#[component]
fn OpenSheet(edited: RwSignal<Edited>, employee: Option<Employee>, me: EmployeeId) -> impl IntoView {
    let workbench = Workbench::expect();
    let organisation = expect_context::<Organisation>();
    let one_time = expect_context::<OneTime>();
    let is_open = RwSignal::new(true);
    Effect::new(move |_| {
        if !is_open.get() {
            edited.set(Edited::Nobody);
        }
    });
    let known = employee.clone();
    let name = RwSignal::new(known.as_ref().map(|known| known.name.clone()).unwrap_or_default());
    let number = RwSignal::new(known.as_ref().map(|known| known.employee_no.clone()).unwrap_or_default());
    let role = RwSignal::new(known.as_ref().map_or(Role::Manager, |known| known.role));
    let unit = RwSignal::new(known.as_ref().map(|known| known.org_unit_id));
    let fault = RwSignal::new(None::<String>);
    let problem = RwSignal::new(None::<String>);
    let is_busy = RwSignal::new(false);
    let id = known.as_ref().map(|known| known.id);
    let save = move || {
        if is_busy.get_untracked() {
            return;
        }
        let missing = [
            (name.with_untracked(|name| name.trim().is_empty()), words::FILL_NAME),
            (number.with_untracked(|number| number.trim().is_empty()), words::FILL_NUMBER),
            (unit.get_untracked().is_none(), words::FILL_UNIT),
        ];
        fault.set(missing.into_iter().find(|(is_missing, _)| *is_missing).map(|(_, say)| t(say).to_owned()));
        let Some(org_unit_id) = unit.get_untracked().filter(|_| fault.with_untracked(Option::is_none)) else {
            return;
        };
        let new = NewEmployee {
            employee_no: number.get_untracked().trim().to_owned(),
            name: name.get_untracked().trim().to_owned(),
            role: role.get_untracked(),
            org_unit_id,
        };
        is_busy.set(true);
        problem.set(None);
        spawn_local(async move {
            let saved = match id {
                Some(id) => network::send::<Employee>(Verb::Put, &path::of(path::EMPLOYEE, id), &new)
                    .await
                    .map(|_| None),
                None => network::send::<OneTimePassword>(Verb::Post, path::EMPLOYEES, &new).await.map(Some),
            };
            if is_busy.is_disposed() {
                // Left meanwhile; a password made is shown all the same.
                if let Ok(Some(password)) = saved {
                    one_time.show(password);
                }
                return;
            }
            is_busy.set(false);
            match saved {
                Ok(password) => {
                    is_open.set(false);
                    organisation.again();
                    if let Some(password) = password {
                        one_time.show(password);
                    }
                }
                Err(error) => problem.set(Some(told(workbench, &error))),
            }
        });
    };
    let title = known.as_ref().map_or_else(|| t(words::ADD_PERSON).to_owned(), |known| known.name.clone());
    let asks = RwSignal::new(None::<Asks>);
    view! {
        <Sheet title is_open
            foot=move || view! {
                <button type="button" class="btn" on:click=move |_| is_open.set(false)>{t(shared::CANCEL)}</button>
                <button type="button" class="btn btn-main" aria-busy=move || is_busy.get().to_string()
                    disabled=move || !workbench.is_online() on:click=move |_| save()>{t(shared::SAVE)}</button>
            }>
            <form class="admin-form" on:submit=move |event| { event.prevent_default(); save() }>
                <Field label=t(words::NAME) id="person-name" value=name maxlength=NAME_CHARS_MAX />
                <Field label=t(words::EMPLOYEE_NO) id="person-number" value=number maxlength=LABEL_CHARS_MAX />
                <RoleChoice role />
                <UnitChoice id="person-unit" label=words::UNIT unit />
                <FieldError text=fault />
                <Trouble text=problem />
            </form>
            {employee.clone().map(|employee| view! {
                <DevicesOf employee=employee.id title=words::DEVICES />
                <Access employee me asks />
            })}
        </Sheet>
        {known.map(|employee| view! { <Sure employee asks is_sheet_open=is_open problem /> })}
    }
}

/// Each role with what it may do.
#[component]
fn RoleChoice(role: RwSignal<Role>) -> impl IntoView {
    view! {
        <div class="field" role="radiogroup" aria-label=t(words::ROLE)>
            <span class="label">{t(words::ROLE)}</span>
            <div class="radios">
                {Role::ALL.map(|one| view! {
                    <label class="radio">
                        <input type="radio" name="person-role" prop:checked=move || role.get() == one on:change=move |_| role.set(one) />
                        <span><span>{shared::role(one)}</span><span class="small quiet">{t(may_do(one))}</span></span>
                    </label>
                }).collect_view()}
            </div>
        </div>
    }
}

fn may_do(role: Role) -> Words {
    match role {
        Role::Manager => words::ROLE_MANAGER,
        Role::Desk => words::ROLE_DESK,
        Role::Lead => words::ROLE_LEAD,
        Role::Administrator => words::ROLE_ADMINISTRATOR,
        Role::Auditor => words::ROLE_AUDITOR,
    }
}

/// The org unit, its depth shown by an indent.
#[component]
pub fn UnitChoice(
    id: &'static str,
    label: Words,
    unit: RwSignal<Option<OrgUnitId>>,
    /// Not this one and nothing below it.
    #[prop(optional)]
    without: Option<OrgUnitId>,
) -> impl IntoView {
    let organisation = expect_context::<Organisation>();
    let options = move || {
        let tree = organisation.tree();
        let parent =
            |of: OrgUnitId| tree.iter().find(|(unit, _)| unit.id == of).and_then(|(unit, _)| unit.parent_id);
        let is_below = |of: OrgUnitId| {
            std::iter::successors(Some(of), |&of| parent(of))
                .take(tree.len() + 1)
                .any(|of| Some(of) == without)
        };
        tree.iter()
            .filter(|(one, _)| without.is_none() || !is_below(one.id))
            .map(|(one, depth)| {
                let this = one.id;
                let text = format!("{}{}", "\u{3000}".repeat(*depth), one.name);
                view! { <option value=this.to_string() selected=move || unit.get() == Some(this)>{text}</option> }
            })
            .collect_view()
    };
    view! {
        <div class="field">
            <label for=id>{t(label)}</label>
            <span class="pick">
                <select class="input" id=id on:change=move |event| unit.set(OrgUnitId::from_str(&event_target_value(&event)).ok())>
                    {unit.get_untracked().is_none().then(|| view! { <option value="" selected=true>{t(words::CHOOSE)}</option> })}
                    {options}
                </select>
                <Icon name="down" />
            </span>
        </div>
    }
}

/// What may be done about a person's signing in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asks {
    Reset,
    Deactivate,
    Activate,
}

/// The password, and whether the person may sign in at all.
#[component]
fn Access(employee: Employee, me: EmployeeId, asks: RwSignal<Option<Asks>>) -> impl IntoView {
    let workbench = Workbench::expect();
    let line = move |asked: Asks, verb: Words, say: Words| {
        let class = if asked == Asks::Deactivate { "btn bad" } else { "btn" };
        view! {
            <li>
                <span>{t(verb)}<span class="small quiet">{t(say)}</span></span>
                <button type="button" class=class disabled=move || !workbench.is_online()
                    on:click=move |_| asks.set(Some(asked))>{t(verb)}</button>
            </li>
        }
    };
    let is_me = employee.id == me;
    view! {
        <ul class="access">
            {employee.is_active.then(|| line(Asks::Reset, words::RESET, words::RESET_SAY))}
            {match (is_me, employee.is_active) {
                (true, _) => view! { <li><span class="small quiet">{t(words::OWN_ACCOUNT)}</span></li> }.into_any(),
                (false, true) => line(Asks::Deactivate, words::DEACTIVATE, words::DEACTIVATE_SAY).into_any(),
                (false, false) => line(Asks::Activate, words::ACTIVATE, words::ACTIVATE_SAY).into_any(),
            }}
        </ul>
    }
}

/// Asks once more, and does it. Beside the sheet, not in it: a click on its ground must not close both.
#[component]
fn Sure(
    employee: Employee,
    asks: RwSignal<Option<Asks>>,
    is_sheet_open: RwSignal<bool>,
    problem: RwSignal<Option<String>>,
) -> impl IntoView {
    let workbench = Workbench::expect();
    let organisation = expect_context::<Organisation>();
    let one_time = expect_context::<OneTime>();
    let id = employee.id;
    let name = employee.name;
    let act = move |asked: Asks| {
        problem.set(None);
        spawn_local(async move {
            let plain = |path: &'static str| async move {
                network::send_empty::<()>(Verb::Post, &path::of(path, id)).await.map(|()| None)
            };
            let done = match asked {
                Asks::Deactivate => plain(path::EMPLOYEE_DEACTIVATE).await,
                Asks::Activate => plain(path::EMPLOYEE_ACTIVATE).await,
                Asks::Reset => {
                    let path = path::of(path::EMPLOYEE_PASSWORD, id);
                    network::send_empty::<OneTimePassword>(Verb::Post, &path).await.map(Some)
                }
            };
            let is_left = asks.is_disposed();
            if !is_left {
                asks.set(None);
            }
            match done {
                Ok(password) => {
                    // Made is made: shown also when the page was left meanwhile.
                    if let Some(password) = password {
                        one_time.show(password);
                    }
                    if !is_left {
                        is_sheet_open.set(false);
                        organisation.again();
                    }
                }
                Err(error) if !is_left => problem.set(Some(told(workbench, &error))),
                Err(_) => {}
            }
        });
    };
    move || {
        asks.get().map(|asked| {
            let is_open = RwSignal::new(true);
            Effect::new(move |_| {
                if !is_open.get() {
                    asks.set(None);
                }
            });
            let (title, say, verb) = match asked {
                Asks::Reset => (words::RESET_SURE, words::RESET_SURE_SAY, words::RESET),
                Asks::Deactivate => (words::DEACTIVATE_SURE, words::DEACTIVATE_SURE_SAY, words::DEACTIVATE),
                Asks::Activate => (words::ACTIVATE_SURE, words::ACTIVATE_SAY, words::ACTIVATE),
            };
            let say = fill(say, &[("name", &name)]);
            view! {
                <Dialog title=fill(title, &[("name", &name)]) is_open
                    foot=move || view! {
                        <button type="button" class="btn" on:click=move |_| is_open.set(false)>{t(shared::CANCEL)}</button>
                        <button type="button" class="btn btn-main" on:click=move |_| act(asked)>{t(verb)}</button>
                    }>
                    <p>{say.clone()}</p>
                </Dialog>
            }
        })
    }
}
