//! A number, masked until somebody asks for it; that is a logged act. Shown, it can be called.

use super::saving::{Saving, SavingProblem};
use crate::components::Icon;
use crate::i18n::{fill, t};
use crate::words::customers as words;
use domain::ids::CustomerId;
use domain::mask;
use domain::mutation::RevealPhone;
use leptos::prelude::*;

/// `199 0700 0822`
fn spaced(number: &str) -> String {
    let groups = match number.len() {
        11 if number.is_ascii() => vec![&number[..3], &number[3..7], &number[7..]],
        _ => vec![number],
    };
    groups.join(" ")
}

#[component]
pub fn MaskedPhone(
    customer_id: CustomerId,
    #[prop(into)] number: Signal<Option<String>>,
    /// Whose it is, for the link that calls.
    #[prop(into)]
    name: Signal<String>,
) -> impl IntoView {
    let is_shown = RwSignal::new(false);
    let saving = Saving::new();
    view! {
        {move || number.get().map(|number| if is_shown.get() {
            view! {
                <a class="who-phone hit" href=format!("tel:{number}") aria-label=fill(words::CALL, &[("name", &name.get())])>
                    <span class="nb">{spaced(&number)}</span><Icon name="phone" small=true />
                </a>
            }
            .into_any()
        } else {
            view! {
                <button type="button" class="who-phone hit"
                    on:click=move |_| saving.run(RevealPhone { customer_id }, move || is_shown.set(true))>
                    <span class="nb">{mask::phone(&number)}</span><Icon name="eye" small=true />
                    <span class="vh">{t(words::REVEAL)}</span>
                </button>
            }
            .into_any()
        })}
        <SavingProblem saving />
    }
}
