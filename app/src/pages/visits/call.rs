//! 记电访 for an occasion: the greeting stands there already.

use crate::i18n::fill;
use crate::pages::customers::CallSheet;
use crate::words::plan as words;
use crate::workbench::Workbench;
use domain::customer::Customer;
use domain::ids::CustomerId;
use leptos::prelude::*;

/// Whom to call, and what it is about in words.
#[derive(Clone, Copy)]
pub struct Calling {
    who: RwSignal<Option<(CustomerId, String)>>,
    is_open: RwSignal<bool>,
}

impl Calling {
    pub fn new() -> Self {
        Self { who: RwSignal::new(None), is_open: RwSignal::new(false) }
    }

    pub fn ask(self, customer: CustomerId, about: String) {
        self.who.set(Some((customer, about)));
        self.is_open.set(true);
    }
}

#[component]
pub fn CallDialog(calling: Calling) -> impl IntoView {
    let workbench = Workbench::expect();
    view! {
        {move || calling.who.get().map(|(customer_id, about)| {
            let name = workbench.peek(|replica| {
                replica.get::<Customer>(customer_id).map(|customer| customer.name.clone()).unwrap_or_default()
            });
            let title = fill(words::CALL_TITLE, &[("name", &name)]);
            let begins_with = fill(words::CALL_GREETING, &[("what", &about)]);
            view! { <CallSheet customer_id title begins_with is_open=calling.is_open /> }
        })}
    }
}
