//! Search and filters over the list. Results come as one types.

use super::choice::Choice;
use super::listing::Offer;
use crate::components::{Chip, Icon};
use crate::i18n::t;
use crate::words::{self as shared, customers as words};
use crate::workbench::Workbench;
use domain::authorize::{Act, may};
use domain::customer::CustomerType;
use domain::ids::BookId;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos_router::components::A;

#[component]
pub fn Find(
    choice: Choice,
    offer: Memo<Offer>,
    is_new_open: RwSignal<bool>,
    /// Keys of the search box beyond typing.
    on_key: impl Fn(KeyboardEvent) + 'static,
) -> impl IntoView {
    let workbench = Workbench::expect();
    let may_add = workbench.peek(|replica| may(replica.actor().role, Act::KeepCustomer));
    view! {
        <div class="book-find">
            <div class="book-search">
                <label class="search">
                    <span class="vh">{t(shared::SEARCH_CUSTOMERS)}</span>
                    <Icon name="search" />
                    <input class="input" type="search" id="search" placeholder=t(shared::SEARCH_HINT) autocomplete="off"
                        enterkeyhint="search"
                        prop:value=move || choice.query.get()
                        on:input=move |event| choice.query.set(event_target_value(&event))
                        on:keydown=on_key />
                    <kbd aria-hidden="true">"/"</kbd>
                </label>
                <A href="/app/migration" attr:class="btn btn-icon" attr:aria-label=t(words::MIGRATION) attr:title=t(words::MIGRATION)>
                    <Icon name="tier" />
                </A>
                {may_add.then(|| view! {
                    <button type="button" class="btn btn-icon" aria-label=t(words::NEW_CUSTOMER) title=t(words::NEW_CUSTOMER)
                        on:click=move |_| is_new_open.set(true)><Icon name="plus" /></button>
                })}
            </div>
            <div class="book-filter chips chips-line">
                {move || offer.with(|offer| view! { <Kinds choice offer=offer.clone() /> })}
                {move || offer.with(|offer| (!offer.industries.is_empty()).then(|| {
                    let industries = offer.industries.clone();
                    view! { <Industries choice industries /> }
                }))}
                {move || offer.with(|offer| (!offer.books.is_empty()).then(|| {
                    let books = offer.books.clone();
                    view! { <Managers choice books /> }
                }))}
            </div>
        </div>
    }
}

#[component]
fn Kinds(choice: Choice, offer: Offer) -> impl IntoView {
    let kinds = CustomerType::ALL
        .into_iter()
        .zip(offer.kinds)
        .filter(|(kind, count)| *count > 0 || choice.kind.get_untracked() == Some(*kind))
        .map(|(kind, count)| {
            view! {
                <Chip label=shared::customer_type(kind) group="kind" count=count.to_string()
                    is_chosen=Signal::derive(move || choice.kind.get() == Some(kind))
                    on_choose=move |_| choice.kind.set(Some(kind)) />
            }
        })
        .collect_view();
    view! {
        <div class="chips book-kinds" role="radiogroup" aria-label=t(words::FILTER)>
            <Chip label=t(shared::ALL) group="kind" count=offer.all.to_string()
                is_chosen=Signal::derive(move || choice.kind.get().is_none())
                on_choose=move |_| choice.kind.set(None) />
            {kinds}
        </div>
    }
}

#[component]
fn Industries(choice: Choice, industries: Vec<(String, usize)>) -> impl IntoView {
    let options = industries
        .into_iter()
        .map(|(name, count)| view! { <option value=name.clone()>{format!("{name} {count}")}</option> })
        .collect_view();
    view! {
        <label class="pick book-pick" class:is-chosen=move || choice.industry.with(Option::is_some)>
            <span class="vh">{t(words::INDUSTRY)}</span>
            <select class="input" prop:value=move || choice.industry.get().unwrap_or_default()
                on:change=move |event| choice.industry.set(Some(event_target_value(&event)).filter(|name| !name.is_empty()))>
                <option value="">{t(words::ALL_INDUSTRIES)}</option>
                {options}
            </select>
            <Icon name="down" />
        </label>
    }
}

#[component]
fn Managers(choice: Choice, books: Vec<(BookId, String, usize)>) -> impl IntoView {
    let options = books
        .into_iter()
        .map(|(id, name, count)| view! { <option value=id.to_string()>{format!("{name} {count}")}</option> })
        .collect_view();
    view! {
        <label class="pick book-pick" class:is-chosen=move || choice.book.with(Option::is_some)>
            <span class="vh">{t(words::MANAGER)}</span>
            <select class="input" prop:value=move || choice.book.get().map(|id| id.to_string()).unwrap_or_default()
                on:change=move |event| choice.book.set(event_target_value(&event).parse().ok())>
                <option value="">{t(words::ALL_MANAGERS)}</option>
                {options}
            </select>
            <Icon name="down" />
        </label>
    }
}
