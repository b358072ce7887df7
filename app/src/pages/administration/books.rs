//! 管户簿: which books there are and who holds each. No customer is named here.

use super::Organisation;
use super::person::UnitChoice;
use crate::browser::network::{self, Verb};
use crate::components::online::{Trouble, told};
use crate::components::{Dot, EmptyState, Field, FieldError, Icon, Sheet};
use crate::i18n::{fill, t};
use crate::words::{self as shared, administration as words};
use crate::workbench::Workbench;
use domain::api::{Book, Employee, NewBook, path};
use domain::ids::EmployeeId;
use domain::limits::NAME_CHARS_MAX;
use domain::organisation::Role;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::str::FromStr;

#[derive(Clone, PartialEq)]
enum Edited {
    Nothing,
    New,
    Book(Book),
}

impl Organisation {
    /// Those who may hold a book.
    fn managers(self) -> Vec<Employee> {
        self.employees()
            .into_iter()
            .filter(|person| person.is_active && person.role == Role::Manager)
            .collect()
    }

    fn employee_name(self, id: EmployeeId) -> String {
        self.people.answer.with(|people| {
            let person =
                people.as_ref().and_then(|people| people.employees.iter().find(|person| person.id == id));
            person.map(|person| format!("{} {}", person.name, person.employee_no)).unwrap_or_default()
        })
    }
}

#[component]
pub fn BookList() -> impl IntoView {
    let workbench = Workbench::expect();
    let organisation = expect_context::<Organisation>();
    let edited = RwSignal::new(Edited::Nothing);
    let books = Memo::new(move |_| {
        let mut books = organisation
            .books
            .answer
            .with(|books| books.as_ref().map(|books| books.books.clone()).unwrap_or_default());
        // What nobody holds wants somebody.
        books.sort_by(|a, b| (a.holder_id.is_some(), &a.name).cmp(&(b.holder_id.is_some(), &b.name)));
        books
    });
    view! {
        <section aria-label=t(words::BOOKS)>
            <div class="admin-tools admin-tools-end">
                <button type="button" class="btn btn-main" disabled=move || !workbench.is_online()
                    on:click=move |_| edited.set(Edited::New)><Icon name="plus" small=true />{t(words::ADD_BOOK)}</button>
            </div>
            {move || if books.with(Vec::is_empty) {
                view! { <EmptyState icon="doc" title=t(words::NO_BOOKS) text=t(words::NO_BOOKS_SAY) /> }.into_any()
            } else {
                view! {
                    <ul class="rows flush admin-rows">{books.get().into_iter().map(|book| view! { <OneBook book edited /> }).collect_view()}</ul>
                }.into_any()
            }}
        </section>
        {move || match edited.get() {
            Edited::Nothing => ().into_any(),
            Edited::New => view! { <BookSheet edited book=None /> }.into_any(),
            Edited::Book(book) => view! { <BookSheet edited book=Some(book) /> }.into_any(),
        }}
    }
}

#[component]
fn OneBook(book: Book, edited: RwSignal<Edited>) -> impl IntoView {
    let organisation = expect_context::<Organisation>();
    let opened = Edited::Book(book.clone());
    let unit = book.org_unit_id;
    let holder = match book.holder_id {
        Some(id) => view! { <span>{move || organisation.employee_name(id)}</span> }.into_any(),
        None => view! { <span class="warn-words">{t(words::NOBODY)}</span> }.into_any(),
    };
    view! {
        <li>
            <button type="button" class="row" on:click=move |_| edited.set(opened.clone())>
                <Icon name="doc" />
                <span class="row-body">
                    <span class="row-name"><span>{book.name.clone()}</span></span>
                    <span class="row-sub">{holder}<Dot />{move || organisation.unit_name(unit)}</span>
                </span>
                <span class="small quiet nb">{fill(words::N_CUSTOMERS, &[("n", &book.customers)])}</span>
                <Icon name="right" small=true />
            </button>
        </li>
    }
}

#[component]
fn BookSheet(edited: RwSignal<Edited>, book: Option<Book>) -> impl IntoView {
    let workbench = Workbench::expect();
    let organisation = expect_context::<Organisation>();
    let is_open = RwSignal::new(true);
    Effect::new(move |_| {
        if !is_open.get() {
            edited.set(Edited::Nothing);
        }
    });
    let name = RwSignal::new(book.as_ref().map(|book| book.name.clone()).unwrap_or_default());
    let unit = RwSignal::new(book.as_ref().map(|book| book.org_unit_id));
    let holder = RwSignal::new(book.as_ref().and_then(|book| book.holder_id));
    let id = book.as_ref().map(|book| book.id);
    let fault = RwSignal::new(None::<String>);
    let problem = RwSignal::new(None::<String>);
    let is_busy = RwSignal::new(false);
    // A new book is named after its holder and stands where they do, until somebody says otherwise.
    let choose = move |chosen: Option<EmployeeId>| {
        holder.set(chosen);
        let Some(person) = organisation.managers().into_iter().find(|person| Some(person.id) == chosen)
        else {
            return;
        };
        if id.is_none() && name.with_untracked(String::is_empty) {
            name.set(fill(words::BOOK_OF, &[("name", &person.name)]));
        }
        if unit.get_untracked().is_none() {
            unit.set(Some(person.org_unit_id));
        }
    };
    let save = move || {
        if is_busy.get_untracked() {
            return;
        }
        let typed = name.get_untracked().trim().to_owned();
        let missing =
            [(typed.is_empty(), words::FILL_UNIT_NAME), (unit.get_untracked().is_none(), words::FILL_UNIT)];
        fault.set(missing.into_iter().find(|(is_missing, _)| *is_missing).map(|(_, say)| t(say).to_owned()));
        let Some(org_unit_id) = unit.get_untracked().filter(|_| fault.with_untracked(Option::is_none)) else {
            return;
        };
        let new = NewBook { org_unit_id, holder_id: holder.get_untracked(), name: typed };
        is_busy.set(true);
        problem.set(None);
        spawn_local(async move {
            let saved = match id {
                Some(id) => network::send::<Book>(Verb::Put, &path::of(path::BOOK, id), &new).await,
                None => network::send::<Book>(Verb::Post, path::BOOKS, &new).await,
            };
            if is_busy.is_disposed() {
                return;
            }
            is_busy.set(false);
            match saved {
                Ok(_) => {
                    is_open.set(false);
                    organisation.books.again();
                }
                Err(error) => problem.set(Some(told(workbench, &error))),
            }
        });
    };
    let title = book.as_ref().map_or_else(|| t(words::ADD_BOOK).to_owned(), |book| book.name.clone());
    view! {
        <Sheet title is_open
            foot=move || view! {
                <button type="button" class="btn" on:click=move |_| is_open.set(false)>{t(shared::CANCEL)}</button>
                <button type="button" class="btn btn-main" aria-busy=move || is_busy.get().to_string()
                    disabled=move || !workbench.is_online() on:click=move |_| save()>{t(shared::SAVE)}</button>
            }>
            <form class="admin-form" on:submit=move |event| { event.prevent_default(); save() }>
                <div class="field">
                    <label for="book-holder">{t(words::HOLDER)}</label>
                    <span class="pick">
                        <select class="input" id="book-holder" aria-describedby="book-holder-say"
                            on:change=move |event| choose(EmployeeId::from_str(&event_target_value(&event)).ok())>
                            <option value="" selected=move || holder.get().is_none()>{t(words::NOBODY)}</option>
                            {move || organisation.managers().into_iter().map(|person| {
                                let this = person.id;
                                view! {
                                    <option value=this.to_string() selected=move || holder.get() == Some(this)>
                                        {format!("{} {}", person.name, person.employee_no)}
                                    </option>
                                }
                            }).collect_view()}
                        </select>
                        <Icon name="down" />
                    </span>
                    <p class="small quiet" id="book-holder-say">{t(words::HOLDER_SAY)}</p>
                </div>
                <Field label=t(words::BOOK_NAME) id="book-name" value=name maxlength=NAME_CHARS_MAX />
                <UnitChoice id="book-unit" label=words::UNIT unit />
                <FieldError text=fault />
                <Trouble text=problem />
            </form>
        </Sheet>
    }
}
