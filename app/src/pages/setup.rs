//! The first administrator, by the one-time link from the server's console. Shown before anyone is signed in; the token is
//! in the fragment, which no server and no log sees, and leaves the address at once.

use crate::browser::network::{self, Verb};
use crate::browser::{looks, screen};
use crate::components::icon::Icon;
use crate::components::online::Trouble;
use crate::components::{EmptyState, Field, FieldError};
use crate::i18n::{Words, fill, t};
use crate::words::{frame, online, setup as words};
use domain::api::{FirstAdministrator, Secret, path};
use domain::limits::{LABEL_CHARS_MAX, NAME_CHARS_MAX, PASSWORD_CHARS_MAX, PASSWORD_CHARS_MIN};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::HashSet;

/// Different characters a password needs for its length to mean something.
const DIFFERENT_MIN: usize = 6;
const STRONG_CHARS: usize = 18;

#[component]
pub fn Setup() -> impl IntoView {
    screen::set_title(t(words::TITLE));
    let token = screen::take_fragment();
    view! {
        <main class="door">
            <Side />
            <section class="door-main">
                <div class="door-top">
                    <button type="button" class="btn btn-icon" aria-label=t(frame::LOOKS_HINT) on:click=move |_| looks::toggle_theme()>
                        <Icon name="theme" />
                    </button>
                </div>
                <div class="door-in">
                    {if token.is_empty() {
                        view! {
                            <EmptyState icon="key" title=t(words::NO_TOKEN) text=t(words::NO_TOKEN_SAY)>
                                <a class="btn" href="/app/">{t(words::TO_THE_DOOR)}</a>
                            </EmptyState>
                        }.into_any()
                    } else {
                        view! { <Form token /> }.into_any()
                    }}
                </div>
            </section>
        </main>
    }
}

#[component]
fn Form(token: String) -> impl IntoView {
    let organisation = RwSignal::new(String::new());
    let number = RwSignal::new(String::new());
    let name = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let again = RwSignal::new(String::new());
    let is_shown = RwSignal::new(false);
    let fault = RwSignal::new(None::<String>);
    let problem = RwSignal::new(None::<String>);
    let is_busy = RwSignal::new(false);
    let token = StoredValue::new(token);
    let submit = move || {
        if is_busy.get_untracked() {
            return;
        }
        let typed = [organisation, number, name, password].map(|field| field.get_untracked());
        fault.set(wrong(&typed, &again.get_untracked()));
        if fault.with_untracked(Option::is_some) {
            return;
        }
        let [organisation_name, employee_no, name, secret] = typed;
        let first = FirstAdministrator {
            token: Secret(token.get_value()),
            organisation_name: organisation_name.trim().to_owned(),
            employee_no: employee_no.trim().to_owned(),
            name: name.trim().to_owned(),
            password: Secret(secret),
        };
        is_busy.set(true);
        problem.set(None);
        spawn_local(async move {
            let made = network::send::<()>(Verb::Post, path::FIRST_ADMINISTRATOR, &first).await;
            match made {
                Ok(()) => {
                    screen::open("/app/");
                }
                Err(error) => {
                    is_busy.try_set(false);
                    problem.try_set(Some(online::told(&error)));
                }
            }
        });
    };
    let secret = move |id: &'static str, label: Words, value: RwSignal<String>, hint: &'static str| {
        view! {
            <div class="field">
                <label for=id>{t(label)}</label>
                <input class="input" id=id type=move || if is_shown.get() { "text" } else { "password" }
                    autocomplete="new-password" maxlength=PASSWORD_CHARS_MAX aria-describedby=hint
                    prop:value=move || value.get() on:input=move |event| value.set(event_target_value(&event)) />
            </div>
        }
    };
    view! {
        <form class="door-form" on:submit=move |event| { event.prevent_default(); submit() }>
            <h1>{t(words::TITLE)}</h1>
            <p class="quiet">{t(words::SAY)}</p>
            <Field label=t(words::ORGANISATION) id="organisation" value=organisation placeholder=t(words::ORGANISATION_HINT) maxlength=NAME_CHARS_MAX />
            <div class="setup-two">
                <Field label=t(words::EMPLOYEE_NO) id="employee-no" value=number autocomplete="username" maxlength=LABEL_CHARS_MAX />
                <Field label=t(words::NAME) id="name" value=name maxlength=NAME_CHARS_MAX />
            </div>
            {secret("password", words::PASSWORD, password, "password-hint")}
            <Strength password number />
            {secret("password-again", words::AGAIN, again, "again-hint")}
            <p class="small setup-hint" id="again-hint" role="status">{move || match (again.get(), password.get()) {
                (again, _) if again.is_empty() => ().into_any(),
                (again, password) if again == password => view! { <span class="ok-words">{t(words::SAME)}</span> }.into_any(),
                (again, password) if password.starts_with(&again) => ().into_any(),
                _ => view! { <span class="warn-words">{t(words::DIFFERENT)}</span> }.into_any(),
            }}</p>
            <label class="tick">
                <input type="checkbox" prop:checked=move || is_shown.get() on:change=move |event| is_shown.set(event_target_checked(&event)) />
                <span>{t(words::SHOW)}</span>
            </label>
            <FieldError text=fault />
            <Trouble text=problem />
            <button type="submit" class="btn btn-main" aria-busy=move || is_busy.get().to_string()>
                {move || t(if is_busy.get() { words::CREATING } else { words::CREATE })}
            </button>
        </form>
    }
}

/// What is wrong with the form, the first thing first.
fn wrong(typed: &[String; 4], again: &str) -> Option<String> {
    let [_, _, _, password] = typed;
    let chars = password.chars().count();
    if typed.iter().any(|field| field.trim().is_empty()) {
        Some(t(words::FILL_ALL).to_owned())
    } else if chars < PASSWORD_CHARS_MIN {
        Some(fill(words::TOO_SHORT, &[("n", &PASSWORD_CHARS_MIN)]))
    } else if chars > PASSWORD_CHARS_MAX {
        Some(fill(words::TOO_LONG, &[("n", &PASSWORD_CHARS_MAX)]))
    } else if password != again {
        Some(t(words::DIFFERENT).to_owned())
    } else {
        None
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Grade {
    Empty,
    Short(usize),
    Weak,
    Fair,
    Strong,
}

/// Length counts most; repetition and the own number make it easy to guess.
fn grade(password: &str, number: &str) -> Grade {
    let chars = password.chars().count();
    let different = password.chars().collect::<HashSet<_>>().len();
    let holds_number = !number.trim().is_empty() && password.contains(number.trim());
    if chars == 0 {
        Grade::Empty
    } else if chars < PASSWORD_CHARS_MIN {
        Grade::Short(PASSWORD_CHARS_MIN - chars)
    } else if different < DIFFERENT_MIN || holds_number {
        Grade::Weak
    } else if chars < STRONG_CHARS {
        Grade::Fair
    } else {
        Grade::Strong
    }
}

#[component]
fn Strength(password: RwSignal<String>, number: RwSignal<String>) -> impl IntoView {
    let grade = Memo::new(move |_| password.with(|password| number.with(|number| grade(password, number))));
    let filled = move || match grade.get() {
        Grade::Empty => 0,
        Grade::Short(left) => 30 * PASSWORD_CHARS_MIN.saturating_sub(left) / PASSWORD_CHARS_MIN,
        Grade::Weak => 35,
        Grade::Fair => 70,
        Grade::Strong => 100,
    };
    let is_low = move || matches!(grade.get(), Grade::Short(_) | Grade::Weak);
    view! {
        <div class="strength">
            <svg class=move || if is_low() { "meter meter-late" } else { "meter" } aria-hidden="true"><rect width=move || format!("{}%", filled())></rect></svg>
            <p class="small quiet" id="password-hint" role="status">{move || match grade.get() {
                Grade::Empty => fill(words::RULE, &[("n", &PASSWORD_CHARS_MIN)]),
                Grade::Short(left) => fill(words::MORE, &[("n", &left)]),
                Grade::Weak => t(words::WEAK).to_owned(),
                Grade::Fair => t(words::FAIR).to_owned(),
                Grade::Strong => t(words::STRONG).to_owned(),
            }}</p>
        </div>
    }
}

/// What comes after this form.
#[component]
fn Side() -> impl IntoView {
    let steps = [words::TITLE, words::STEP_UNITS, words::STEP_PEOPLE, words::STEP_LIST];
    view! {
        <section class="door-side setup-side">
            <p class="door-mark"><Icon name="mark" />"走访"</p>
            <div class="setup-steps">
                <h2 class="label">{t(words::STEPS)}</h2>
                <ol>{steps.into_iter().enumerate().map(|(no, step)| view! {
                    <li aria-current=(no == 0).then_some("step")><span class="n" aria-hidden="true">{no + 1}</span>{t(step)}</li>
                }).collect_view()}</ol>
            </div>
        </section>
    }
}
