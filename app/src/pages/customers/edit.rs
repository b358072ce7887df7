//! 编辑: every fact a person may change. Only what was changed is sent, with what was seen before.

use super::saving::{Saving, SavingProblem};
use crate::components::{Field, Segment, Sheet};
use crate::i18n::t;
use crate::words::{self as shared, customers as words};
use crate::workbench::Workbench;
use domain::customer::{Customer, CustomerField, CustomerType};
use domain::ids::CustomerId;
use domain::limits;
use domain::mutation::{CustomerEdit, EditCustomer};
use domain::rejection::Rejection;
use leptos::prelude::*;

/// The fields' canonical texts as they stand in the sheet.
#[derive(Clone, Copy)]
struct Typed([RwSignal<String>; CustomerField::ALL.len()]);

impl Typed {
    fn new() -> Self {
        Self(CustomerField::ALL.map(|_| RwSignal::new(String::new())))
    }

    fn of(self, field: CustomerField) -> RwSignal<String> {
        let at = CustomerField::ALL.iter().position(|other| *other == field).unwrap_or(0);
        self.0[at]
    }

    fn fill(self, customer: &Customer) {
        for field in CustomerField::ALL {
            self.of(field).set(customer.field(field).unwrap_or_default());
        }
    }

    /// What differs from `seen`, or what is wrong with it.
    fn edits(self, seen: &Customer) -> Result<Vec<CustomerEdit>, Rejection> {
        let mut edits = Vec::new();
        for field in CustomerField::ALL {
            let mut wanted = seen.clone();
            wanted.set_field(field, Some(&self.of(field).get_untracked()))?;
            let (base, new) = (seen.field(field), wanted.field(field));
            if base != new {
                edits.push(CustomerEdit { field, base, new });
            }
        }
        Ok(edits)
    }
}

#[component]
pub fn EditSheet(id: CustomerId, is_open: RwSignal<bool>) -> impl IntoView {
    let workbench = Workbench::expect();
    let saving = Saving::new();
    let typed = Typed::new();
    // As it was when the sheet opened: what the person saw.
    let seen = RwSignal::new(None::<Customer>);
    Effect::new(move |_| {
        if is_open.get() {
            saving.clear();
            let customer = workbench.peek(|replica| replica.get::<Customer>(id).cloned());
            if let Some(customer) = &customer {
                typed.fill(customer);
            }
            seen.set(customer);
        }
    });
    let save = move || {
        let Some(customer) = seen.get_untracked() else { return };
        match typed.edits(&customer) {
            Err(rejection) => saving.fail(shared::rejection(&rejection)),
            Ok(edits) if edits.is_empty() => is_open.set(false),
            Ok(edits) => saving.run(EditCustomer { customer_id: id, edits }, move || is_open.set(false)),
        }
    };
    let kind = typed.of(CustomerField::CustomerType);
    let is_company = Memo::new(move |_| kind.with(|kind| kind == CustomerType::Company.word()));
    view! {
        <Sheet title=t(words::EDIT_SHEET) is_open
            foot=move || view! {
                <button type="button" class="btn" on:click=move |_| is_open.set(false)>{t(shared::CANCEL)}</button>
                <button type="button" class="btn btn-main" disabled=move || saving.is_busy() on:click=move |_| save()>{t(shared::SAVE)}</button>
            }>
            <Field label=t(words::NAME) id="edit-name" value=typed.of(CustomerField::Name) maxlength=limits::NAME_CHARS_MAX />
            <Segment label=t(words::TYPE) group="edit-type" class="seg-fill"
                options=CustomerType::ALL.map(|kind| (kind.word(), shared::customer_type(kind).to_owned())).to_vec()
                chosen=Signal::derive(move || CustomerType::from_word(&kind.get()).map(CustomerType::word))
                on_choose=move |word| kind.set(word.to_owned()) />
            <Field label=t(words::PHONE) id="edit-phone" value=typed.of(CustomerField::Phone) kind="tel" inputmode="tel" />
            <Field label=t(words::ADDRESS) id="edit-address" value=typed.of(CustomerField::Address) rows=2 maxlength=limits::ADDRESS_CHARS_MAX />
            <Field label=t(words::INDUSTRY) id="edit-industry" value=typed.of(CustomerField::Industry) maxlength=limits::LABEL_CHARS_MAX />
            {move || {
                let label = if is_company.get() { words::FOUNDED } else { words::BIRTHDAY };
                view! { <Field label=t(label) id="edit-birthday" value=typed.of(CustomerField::Birthday) kind="date" /> }
            }}
            {move || (!is_company.get()).then(|| view! {
                <Field label=t(words::LUNAR_BIRTHDAY) id="edit-lunar-birthday" value=typed.of(CustomerField::LunarBirthday)
                    placeholder=t(words::LUNAR_HINT) maxlength=limits::LABEL_CHARS_MAX />
            })}
            <Field label=t(words::REMARK) id="edit-remark" value=typed.of(CustomerField::Remark) rows=4 maxlength=limits::TEXT_CHARS_MAX />
            <SavingProblem saving />
        </Sheet>
    }
}
