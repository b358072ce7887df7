//! 见到谁 and 需求: chips first, a line for whoever or whatever is on none.

use super::desk::Desk;
use super::draft::Draft;
use crate::components::Chip;
use crate::components::text_choice::offered;
use crate::i18n::t;
use crate::words::{self as shared, visit as words};
use crate::workbench::Workbench;
use domain::choice::ChoiceList;
use domain::contact::Contact;
use domain::customer::CustomerType;
use domain::ids::CustomerId;
use domain::limits;
use leptos::prelude::*;

/// A chip's value and what stands small behind it.
type Offer = (String, Option<String>);

fn people(workbench: Workbench, customer: CustomerId) -> Vec<Offer> {
    let kind = workbench.customer(customer).map(|customer| customer.customer_type);
    let own = if kind == Some(CustomerType::Company) { words::HEAD_SELF } else { words::SELF };
    let contacts = workbench.read(|replica| {
        let contacts = replica.of::<Contact>(customer);
        contacts
            .map(|contact| {
                let role = shared::contact_role(contact.role).to_owned();
                (contact.name.clone(), Some(contact.relation.clone().unwrap_or(role)))
            })
            .collect::<Vec<_>>()
    });
    std::iter::once((t(own).to_owned(), None)).chain(contacts).collect()
}

#[component]
pub fn Met(desk: Desk) -> impl IntoView {
    let people = Memo::new(move |_| people(desk.workbench, desk.customer_id));
    view! {
        <Several desk label=t(words::MET) group="met" offers=people other_label=t(words::OTHERS) other_hint=t(words::OTHERS_HINT)
            list=|draft| &mut draft.met read=|draft| &draft.met other=|draft| &mut draft.met_other read_other=|draft| &draft.met_other />
    }
}

#[component]
pub fn Needs(desk: Desk) -> impl IntoView {
    let needs = Memo::new(move |_| {
        offered(desk.workbench, ChoiceList::Need)
            .into_iter()
            .map(|label| (label, None))
            .collect::<Vec<Offer>>()
    });
    view! {
        <Several desk label=t(words::NEEDS) group="needs" offers=needs other_label=t(words::OTHER_NEED) other_hint=t(words::OTHER_NEED)
            list=|draft| &mut draft.needs read=|draft| &draft.needs other=|draft| &mut draft.need_other read_other=|draft| &draft.need_other />
    }
}

/// Any number of chips, and one line of one's own.
#[component]
fn Several(
    desk: Desk,
    label: &'static str,
    group: &'static str,
    offers: Memo<Vec<Offer>>,
    other_label: &'static str,
    other_hint: &'static str,
    list: fn(&mut Draft) -> &mut Vec<String>,
    read: fn(&Draft) -> &Vec<String>,
    other: fn(&mut Draft) -> &mut String,
    read_other: fn(&Draft) -> &String,
) -> impl IntoView {
    let written = desk.part(move |draft| read_other(draft).clone());
    let is_writing = RwSignal::new(!written.get_untracked().is_empty());
    let choose = move |value: &str, is_chosen: bool| {
        desk.change(|draft| {
            let chosen = list(draft);
            chosen.retain(|one| one != value);
            if is_chosen {
                chosen.push(value.to_owned());
            }
        });
    };
    let chip = move |(value, aside): Offer| {
        let shown = value.clone();
        let is_chosen = desk.part(move |draft| read(draft).contains(&shown));
        let label = value.clone();
        let on_choose = move |is_chosen| choose(&value, is_chosen);
        match aside {
            Some(aside) => {
                view! { <Chip label group is_many=true count=aside is_chosen on_choose /> }.into_any()
            }
            None => view! { <Chip label group is_many=true is_chosen on_choose /> }.into_any(),
        }
    };
    view! {
        <fieldset>
            <legend class="label">{label}</legend>
            <div class="chips">
                {move || offers.get().into_iter().map(chip).collect_view()}
                {move || if is_writing.get() {
                    view! {
                        <label class="chip-field">
                            <span class="vh">{other_label}</span>
                            <input class="input" type="text" autocomplete="off" placeholder=other_hint maxlength=limits::LABEL_CHARS_MAX
                                prop:value=move || written.get()
                                on:input=move |event| desk.change(|draft| *other(draft) = event_target_value(&event)) />
                        </label>
                    }
                    .into_any()
                } else {
                    view! { <button type="button" class="chip chip-add" on:click=move |_| is_writing.set(true)>{other_label}</button> }.into_any()
                }}
            </div>
        </fieldset>
    }
}
