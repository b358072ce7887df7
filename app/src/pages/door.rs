//! 登录: one form for both ways in. Online the first time; afterwards the same number and password open the sealed store,
//! with or without network.

use crate::browser::keyring::Person;
use crate::browser::{clock, connection, entry, looks, screen};
use crate::components::icon::Icon;
use crate::components::{Dot, Field, FieldError};
use crate::i18n::{day, fill, t};
use crate::pages::apart;
use crate::words::{door as words, frame};
use crate::workbench::{Entrance, EntryError};
use domain::limits::OFFLINE_LEASE_HOURS;
use leptos::prelude::*;
use leptos::task::spawn_local;

const HOUR_MS: i64 = 3_600_000;
const EMPLOYEE_NO: &str = "employee-no";
const PASSWORD: &str = "password";

/// The keyboard goes where it was in the static door, so that not a letter typed meanwhile is lost.
pub fn focus_entry(entry: entry::Entry) {
    screen::focus(match entry {
        entry::Entry::EmployeeNo => EMPLOYEE_NO,
        entry::Entry::Password => PASSWORD,
    });
}

#[component]
pub fn Door() -> impl IntoView {
    let entrance = Entrance::expect();
    screen::set_title(t(words::SIGN_IN));
    let people = RwSignal::new(Vec::<Person>::new());
    // Whatever was typed into the static door before we were here is kept.
    let typed = use_context::<entry::Typed>().unwrap_or_default();
    let employee_no = RwSignal::new(typed.employee_no);
    let password = RwSignal::new(typed.password);
    spawn_local(async move {
        let here = entrance.people().await;
        let last = here.first().map(|person| person.employee_no.clone());
        people.set(here);
        if let Some(last) = last
            && employee_no.get_untracked().is_empty()
        {
            screen::fill_in(EMPLOYEE_NO, &last);
            employee_no.set(last);
        }
    });
    // The store the number typed would open; None asks the server.
    let known = Memo::new(move |_| {
        let number = employee_no.get();
        people.get().into_iter().find(|person| person.employee_no == number.trim())
    });

    let problem = RwSignal::new(None::<String>);
    let is_busy = RwSignal::new(false);
    let submit = move || {
        if is_busy.get_untracked() {
            return;
        }
        let number = employee_no.get_untracked();
        let secret = password.get_untracked();
        if number.trim().is_empty() || secret.is_empty() {
            problem.set(Some(t(words::FILL_BOTH).to_owned()));
            return;
        }
        is_busy.set(true);
        problem.set(None);
        spawn_local(async move {
            let came = match apart::come_in().await {
                Ok(come_in) => come_in(entrance, number, secret).await,
                Err(_) => Err(EntryError::NoNetwork),
            };
            is_busy.set(false);
            match came {
                Ok(()) => password.set(String::new()),
                Err(error) => {
                    if matches!(error, EntryError::WrongPassword | EntryError::Server(_)) {
                        password.set(String::new());
                    }
                    problem.set(Some(error.words()));
                }
            }
        });
    };

    view! {
        <main class="door">
            <DoorSide people />
            <section class="door-main">
                <div class="door-top">
                    <button type="button" class="btn btn-icon" aria-label=t(frame::LOOKS_HINT) on:click=move |_| looks::toggle_theme()>
                        <Icon name="theme" />
                    </button>
                    <Network />
                </div>
                <div class="door-in">
                    <form class="door-form" on:submit=move |event| { event.prevent_default(); submit() }>
                        <h1>{t(words::SIGN_IN)}</h1>
                        {move || known.get().map(|person| view! { <Whom person /> })}
                        <Field label=t(words::EMPLOYEE_NO) id=EMPLOYEE_NO value=employee_no inputmode="numeric" />
                        <div class="field">
                            <label for=PASSWORD>{t(words::PASSWORD)}</label>
                            <input class="input" id=PASSWORD type="password" autocomplete="current-password"
                                aria-invalid=move || problem.get().is_some().then_some("true")
                                aria-describedby="door-problem"
                                prop:value=move || password.get()
                                on:input=move |event| password.set(event_target_value(&event)) />
                            <FieldError text=problem id="door-problem" />
                        </div>
                        <button type="submit" class="btn btn-main" aria-busy=move || is_busy.get().to_string()>
                            {move || if is_busy.get() { t(words::SIGNING_IN) } else { t(words::SIGN_IN) }}
                        </button>
                        <p class="small quiet">
                            {move || if known.get().is_some() { t(words::UNLOCK_HINT) } else { t(words::FIRST_TIME) }}
                        </p>
                    </form>
                    <Others people employee_no on_choose=move |chosen: String| {
                        let field = if chosen.is_empty() { EMPLOYEE_NO } else { PASSWORD };
                        employee_no.set(chosen);
                        password.set(String::new());
                        problem.set(None);
                        screen::focus(field);
                    } />
                </div>
            </section>
        </main>
    }
}

fn face_of(person: &Person) -> String {
    person.name.chars().next().map(String::from).unwrap_or_default()
}

fn pending_words(pending: u32) -> String {
    if pending == 0 { t(words::ALL_SYNCED).to_owned() } else { fill(words::SOME_PENDING, &[("n", &pending)]) }
}

#[component]
fn Whom(person: Person) -> impl IntoView {
    view! {
        <p class="door-who">
            <span class="face" aria-hidden="true">{face_of(&person)}</span>
            <span>
                <b>{person.name.clone()}</b>
                <span class="small quiet">{person.employee_no.clone()}<Dot />{pending_words(person.pending)}</span>
            </span>
        </p>
    }
}

#[component]
fn Network() -> impl IntoView {
    let is_online = RwSignal::new(connection::is_online());
    let changes = connection::Changes::listen(move |_| is_online.set(connection::is_online()));
    let changes = StoredValue::new_local(Some(changes));
    on_cleanup(move || changes.set_value(None));
    view! {
        <span role="status" class=move || if is_online.get() { "pill pill-on" } else { "pill pill-off" }>
            {move || if is_online.get() {
                view! { <span class="pill-in"><Icon name="ok" />{t(words::ONLINE)}</span> }.into_any()
            } else {
                view! { <span class="pill-in"><Icon name="off" />{t(frame::OFFLINE)}</span> }.into_any()
            }}
        </span>
    }
}

/// Everyone with a store here, and the way in for a new one.
#[component]
fn Others(
    people: RwSignal<Vec<Person>>,
    employee_no: RwSignal<String>,
    on_choose: impl Fn(String) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    move || {
        let here = people.get();
        (!here.is_empty()).then(|| view! {
            <section class="door-others" aria-labelledby="people-here">
                <h2 class="label" id="people-here">{t(words::PEOPLE_HERE)}</h2>
                <ul class="rows">
                    {here.into_iter().map(|person| {
                        let number = person.employee_no.clone();
                        let is_current = move || (employee_no.get().trim() == number).then_some("true");
                        let number = person.employee_no.clone();
                        view! {
                            <li>
                                <button type="button" class="row" aria-current=is_current on:click=move |_| on_choose(number.clone())>
                                    <span class="face" aria-hidden="true">{face_of(&person)}</span>
                                    <span class="row-body">
                                        <b>{person.name.clone()}</b>
                                        <span class="row-sub">{person.employee_no.clone()}<Dot />{pending_words(person.pending)}</span>
                                    </span>
                                    <Icon name="lock" small=true />
                                </button>
                            </li>
                        }
                    }).collect_view()}
                    <li>
                        <button type="button" class="row" on:click=move |_| on_choose(String::new())>
                            <span class="face"><Icon name="plus" small=true /></span>
                            <span class="row-body">{t(words::OTHER_PERSON)}<span class="row-sub">{t(words::OTHER_PERSON_SAY)}</span></span>
                        </button>
                    </li>
                </ul>
            </section>
        })
    }
}

#[component]
fn DoorSide(people: RwSignal<Vec<Person>>) -> impl IntoView {
    let lease = move || {
        let here = people.get();
        let person = here.first()?;
        let until = person.lease.contact.plus_ms(OFFLINE_LEASE_HOURS * HOUR_MS);
        let today = clock::now().date();
        Some(format!("{} {}", day(until.date(), today), crate::i18n::clock(until.minute_of_day())))
    };
    view! {
        <section class="door-side">
            <p class="door-mark"><Icon name="mark" />"走访"</p>
            <svg class="route" viewBox="0 0 320 360" aria-hidden="true">
                <path d="M40 330V270a30 30 0 0 1 30-30h60a30 30 0 0 0 30-30v-20a30 30 0 0 1 30-30h60a30 30 0 0 0 30-30V30"></path>
                <path class="gone" d="M40 330V270a30 30 0 0 1 30-30h60a30 30 0 0 0 30-30v-20"></path>
                <circle class="gone" cx="40" cy="330" r="7"></circle>
                <circle class="gone" cx="40" cy="270" r="7"></circle>
                <circle class="gone" cx="130" cy="240" r="7"></circle>
                <circle class="now" cx="160" cy="190" r="11"></circle>
                <circle cx="250" cy="160" r="7"></circle>
                <circle cx="280" cy="90" r="7"></circle>
                <circle cx="280" cy="30" r="7"></circle>
            </svg>
            <dl class="door-facts">
                <div>
                    <dt>{t(words::THIS_DEVICE)}</dt>
                    <dd>{move || match people.get().len() {
                        0 => t(words::NOBODY_YET).to_owned(),
                        n => fill(words::PEOPLE_SEALED, &[("n", &n)]),
                    }}</dd>
                </div>
                {move || lease().map(|until| view! {
                    <div><dt>{t(words::OFFLINE_UNTIL)}</dt><dd>{until}</dd></div>
                })}
            </dl>
        </section>
    }
}
