//! 新建客户 in one of the person's books.

use super::listing::holder;
use super::row::href;
use super::saving::{Saving, SavingProblem};
use crate::components::{Field, Icon, Segment, Sheet};
use crate::i18n::{fill, t};
use crate::pages::whole_address;
use crate::words::{self as shared, customers as words};
use crate::workbench::Workbench;
use domain::customer::{Customer, CustomerType};
use domain::ids::{BookId, CustomerId};
use domain::limits;
use domain::mutation::AddCustomer;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

/// Characters of the id that make a temporary number unique enough to be told over the phone.
const NUMBER_TAIL_CHARS: usize = 6;

/// `T251121-7F3A0C`, until the branch gives a real one.
fn temporary_number(workbench: Workbench, id: CustomerId) -> String {
    let id = id.to_string().to_uppercase();
    let tail: String = id.chars().skip(id.len().saturating_sub(NUMBER_TAIL_CHARS)).collect();
    format!("T{}-{tail}", workbench.today().format("%y%m%d"))
}

/// Whose number it is already, among those on this device.
fn owner_of(workbench: Workbench, number: &str) -> Option<String> {
    workbench.peek(|replica| {
        let owner = replica.all::<Customer>().find(|customer| customer.customer_no == number);
        owner.map(|customer| customer.name.clone())
    })
}

#[component]
pub fn NewSheet(is_open: RwSignal<bool>) -> impl IntoView {
    let workbench = Workbench::expect();
    let saving = Saving::new();
    let navigate = use_navigate();
    let number = RwSignal::new(String::new());
    let name = RwSignal::new(String::new());
    let kind = RwSignal::new(CustomerType::Person);
    let phone = RwSignal::new(String::new());
    let address = RwSignal::new(String::new());
    let books = workbench.peek(|replica| {
        let nobody = t(words::NO_MANAGER);
        let mut books: Vec<(BookId, String)> =
            replica.actor().books.iter().map(|&id| (id, holder(replica, id, nobody))).collect();
        books.sort_by(|a, b| a.1.cmp(&b.1));
        books
    });
    let book = RwSignal::new(books.first().map(|(id, _)| *id));
    let books = StoredValue::new(books);
    let save = move || {
        let customer_id: CustomerId = workbench.new_id();
        let Some(book_id) = book.get_untracked() else { return };
        let typed = number.get_untracked().trim().to_owned();
        if let Some(owner) = owner_of(workbench, &typed).filter(|_| !typed.is_empty()) {
            saving.fail(fill(words::NUMBER_HERE, &[("name", &owner)]));
            return;
        }
        let customer = AddCustomer {
            customer_id,
            book_id,
            customer_no: if typed.is_empty() { temporary_number(workbench, customer_id) } else { typed },
            name: name.get_untracked(),
            customer_type: kind.get_untracked(),
            phone: Some(phone.get_untracked()),
            address: Some(address.get_untracked()),
        };
        let navigate = navigate.clone();
        saving.run(customer, move || {
            for field in [number, name, phone, address] {
                field.set(String::new());
            }
            is_open.set(false);
            navigate(&href(customer_id), whole_address());
        });
    };
    let save = StoredValue::new_local(save);
    view! {
        <Sheet title=t(words::NEW_CUSTOMER) is_open
            foot=move || view! {
                <button type="button" class="btn" on:click=move |_| is_open.set(false)>{t(shared::CANCEL)}</button>
                <button type="button" class="btn btn-main" disabled=move || saving.is_busy()
                    on:click=move |_| save.with_value(|save| save())>{t(shared::SAVE)}</button>
            }>
            <Field label=t(words::NAME) id="new-name" value=name maxlength=limits::NAME_CHARS_MAX />
            <Segment label=t(words::TYPE) group="new-type" class="seg-fill"
                options=CustomerType::ALL.map(|kind| (kind, shared::customer_type(kind).to_owned())).to_vec()
                chosen=Signal::derive(move || Some(kind.get())) on_choose=move |chosen| kind.set(chosen) />
            <Field label=t(words::PHONE) id="new-phone" value=phone kind="tel" inputmode="tel" />
            <Field label=t(words::ADDRESS) id="new-address" value=address rows=2 maxlength=limits::ADDRESS_CHARS_MAX />
            <Field label=t(words::CUSTOMER_NO) id="new-number" value=number maxlength=limits::CUSTOMER_NO_CHARS_MAX />
            <p class="small quiet">{t(words::NEW_SAY)}</p>
            {books.with_value(|books| (books.len() > 1).then(|| {
                let options = books.iter().map(|(id, name)| view! { <option value=id.to_string()>{name.clone()}</option> }).collect_view();
                view! {
                    <div class="field">
                        <label for="new-book">{t(words::BOOK)}</label>
                        <span class="pick">
                            <select class="input" id="new-book" prop:value=move || book.get().map(|id| id.to_string())
                                on:change=move |event| book.set(event_target_value(&event).parse().ok())>{options}</select>
                            <Icon name="down" />
                        </span>
                    </div>
                }
            }))}
            <SavingProblem saving />
        </Sheet>
    }
}
