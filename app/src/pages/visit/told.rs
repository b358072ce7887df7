//! 谈到的产品 with what came of each, and how the customer took it.

use super::desk::Desk;
use super::draft::Told;
use crate::components::{Icon, Segment};
use crate::i18n::{fill, t};
use crate::words::{self as shared, visit as words};
use crate::workbench::Workbench;
use domain::limits;
use domain::product::Product;
use domain::visit::{Mood, ProductOutcome};
use leptos::prelude::*;

/// What the organisation offers now.
fn products(workbench: Workbench) -> Vec<Product> {
    workbench.peek(|replica| {
        let mut products: Vec<Product> =
            replica.all::<Product>().filter(|product| product.is_offered).cloned().collect();
        products.sort_by(|a, b| (&a.family, a.id).cmp(&(&b.family, b.id)));
        products
    })
}

#[component]
pub fn Products(desk: Desk) -> impl IntoView {
    let offered = StoredValue::new(products(desk.workbench));
    let count = desk.part(|draft| draft.products.len());
    let is_adding = RwSignal::new(false);
    let add_written = move || {
        is_adding.set(true);
        desk.change(|draft| {
            draft.products.push(Told {
                product_id: None,
                name: String::new(),
                outcome: ProductOutcome::Told,
                is_written: true,
            });
        });
    };
    // The row that is still without a name takes what is tapped.
    let choose = move |product: &Product| {
        desk.change(|draft| {
            let told = Told {
                product_id: Some(product.id),
                name: product.name.clone(),
                outcome: ProductOutcome::Told,
                is_written: false,
            };
            match draft.products.iter_mut().find(|told| told.name.is_empty()) {
                Some(empty) => *empty = told,
                None => draft.products.push(told),
            }
        });
        is_adding.set(false);
    };
    let is_told = move |product: &Product| {
        let id = product.id;
        desk.draft.with(|draft| draft.products.iter().any(|told| told.product_id == Some(id)))
    };
    let chips = move || {
        offered.with_value(|offered| {
            let offers = offered.iter().filter(|product| !is_told(product)).cloned();
            offers
                .map(|product| {
                    let name = product.name.clone();
                    view! { <button type="button" class="chip" on:click=move |_| choose(&product)>{name}</button> }
                })
                .collect_view()
        })
    };
    view! {
        <fieldset>
            <legend class="label">{t(words::PRODUCTS)}</legend>
            <ul class="told">
                <For each=move || 0..count.get() key=|at| *at let(at)>
                    <ToldProduct desk at />
                </For>
            </ul>
            {move || is_adding.get().then(|| view! { <div class="chips told-offers">{chips}</div> })}
            <button type="button" class="btn btn-bare told-add" on:click=move |_| add_written()>
                <Icon name="plus" small=true />{t(words::ADD_PRODUCT)}
            </button>
        </fieldset>
    }
}

#[component]
fn ToldProduct(desk: Desk, at: usize) -> impl IntoView {
    let told = desk.part(move |draft| draft.products.get(at).cloned());
    let name =
        Memo::new(move |_| told.with(|told| told.as_ref().map(|told| told.name.clone()).unwrap_or_default()));
    let is_written = Memo::new(move |_| told.with(|told| told.as_ref().is_some_and(|told| told.is_written)));
    let outcome = Memo::new(move |_| told.with(|told| told.as_ref().map(|told| told.outcome)));
    let set_name = move |written: String| {
        let known = desk.workbench.peek(|replica| {
            replica.all::<Product>().find(|product| product.name == written.trim()).map(|product| product.id)
        });
        desk.change(|draft| {
            if let Some(told) = draft.products.get_mut(at) {
                told.name = written;
                told.product_id = known;
            }
        });
    };
    let set_outcome = move |outcome| {
        desk.change(|draft| {
            if let Some(told) = draft.products.get_mut(at) {
                told.outcome = outcome;
            }
        });
    };
    let remove = move || {
        desk.change(|draft| {
            if at < draft.products.len() {
                draft.products.remove(at);
            }
        });
    };
    let options =
        || ProductOutcome::ALL.map(|outcome| (outcome, shared::product_outcome(outcome).to_owned())).to_vec();
    view! {
        <li>
            <span class="told-name">
                {move || if is_written.get() {
                    view! {
                        <label>
                            <span class="vh">{t(words::PRODUCT_NAME)}</span>
                            <input class="input" type="text" autocomplete="off" placeholder=t(words::PRODUCT_HINT) maxlength=limits::LABEL_CHARS_MAX
                                prop:value=move || name.get() on:input=move |event| set_name(event_target_value(&event)) />
                        </label>
                    }
                    .into_any()
                } else {
                    view! { {move || name.get()} }.into_any()
                }}
            </span>
            {move || {
                let name = name.get();
                let label = if name.is_empty() { t(words::PRODUCTS).to_owned() } else { name.clone() };
                view! {
                    <Segment label group=format!("told-{at}") class="seg-s seg-accent" options=options()
                        chosen=outcome on_choose=set_outcome />
                    <button type="button" class="btn btn-icon told-remove" aria-label=fill(words::REMOVE_PRODUCT, &[("name", &name)])
                        on:click=move |_| remove()><Icon name="x" /></button>
                }
            }}
        </li>
    }
}

#[component]
pub fn MoodChoice(desk: Desk) -> impl IntoView {
    let chosen = desk.part(|draft| draft.mood);
    view! {
        <div>
            <p class="label" aria-hidden="true">{t(words::MOOD)}</p>
            <Segment label=t(words::MOOD) group="mood" class="seg-fill seg-accent"
                options=Mood::ALL.map(|mood| (mood, shared::mood(mood).to_owned())).to_vec()
                chosen on_choose=move |mood| desk.change(|draft| draft.mood = Some(mood)) />
        </div>
    }
}
