//! Who has a sealed store on this device; anyone else's can be taken off it.

use crate::browser::keyring::Person;
use crate::components::{Dialog, FieldError};
use crate::i18n::{fill, near_day, t};
use crate::words::settings as words;
use crate::workbench::{Entrance, Workbench};
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn PeopleHere() -> impl IntoView {
    let entrance = Entrance::expect();
    let people = RwSignal::new(Vec::<Person>::new());
    let look = move || {
        spawn_local(async move {
            let found = entrance.people().await;
            let _ = people.try_set(found);
        });
    };
    look();
    let doubtful = RwSignal::new(None::<Person>);
    let is_asking = RwSignal::new(false);
    let remove = Callback::new(move |person: Person| {
        doubtful.set(Some(person));
        is_asking.set(true);
    });
    view! {
        {move || (!people.with(Vec::is_empty)).then(|| view! {
            <section aria-labelledby="h-people">
                <div class="head">
                    <h2 id="h-people">{t(words::PEOPLE_HERE)}</h2>
                    <span class="count">{people.with(Vec::len)}</span>
                </div>
                <ul class="opts">
                    {people.get().into_iter().map(|person| view! { <PersonRow person remove /> }).collect_view()}
                </ul>
                <p class="small faint">{t(words::PEOPLE_SAY)}</p>
            </section>
        })}
        {move || doubtful.get().map(|person| view! { <RemoveDialog person is_open=is_asking on_done=look /> })}
    }
}

#[component]
fn PersonRow(person: Person, remove: Callback<Person>) -> impl IntoView {
    let workbench = Workbench::expect();
    let is_me = workbench.peek(|replica| replica.device_id() == person.device_id);
    let face = person.name.chars().next().map(String::from).unwrap_or_default();
    let used = fill(
        words::PERSON_USED,
        &[("day", &near_day(person.last_used.date(), workbench.today())), ("n", &person.pending)],
    );
    let fact = if is_me { fill(words::EMPLOYEE_NO, &[("no", &person.employee_no)]) } else { used };
    let label = fill(words::REMOVE_NAMED, &[("name", &person.name)]);
    let name = person.name.clone();
    view! {
        <li>
            <span class="face" aria-hidden="true">{face}</span>
            <span>{name}<span class="small quiet">{fact}</span></span>
            {if is_me {
                view! { <span class="small ok-words">{t(words::PERSON_YOU)}</span> }.into_any()
            } else {
                view! {
                    <button type="button" class="btn" aria-label=label on:click=move |_| remove.run(person.clone())>{t(words::REMOVE)}</button>
                }.into_any()
            }}
        </li>
    }
}

#[component]
fn RemoveDialog(
    person: Person,
    is_open: RwSignal<bool>,
    on_done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let entrance = Entrance::expect();
    let problem = RwSignal::new(None::<String>);
    let (name, pending) = (person.name.clone(), person.pending);
    let person = StoredValue::new(person);
    let remove = move |_| {
        spawn_local(async move {
            let Some(person) = person.try_get_value() else { return };
            match entrance.forget(&person).await {
                Ok(()) => {
                    is_open.set(false);
                    on_done();
                }
                Err(_) => {
                    let _ = problem.try_set(Some(t(words::REMOVE_FAILED).to_owned()));
                }
            }
        });
    };
    let foot = move || {
        view! {
            <button type="button" class="btn" on:click=move |_| is_open.set(false)>{t(words::REMOVE_NOT)}</button>
            <button type="button" class="btn btn-main" on:click=remove>{t(words::REMOVE)}</button>
        }
    };
    let title = fill(words::REMOVE_TITLE, &[("name", &name)]);
    view! {
        <Dialog title is_open foot>
            <p>{fill(words::REMOVE_SAY, &[("name", &name)])}</p>
            {(pending > 0).then(|| view! {
                <p class="why-late">{fill(words::REMOVE_PENDING, &[("n", &pending)])}</p>
            })}
            <FieldError text=problem />
        </Dialog>
    }
}
