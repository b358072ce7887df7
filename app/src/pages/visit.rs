//! 记录走访: what to know at the left, what to tap at the right, 完成 under the right thumb.

mod after;
mod brief;
mod desk;
mod done;
mod draft;
mod left;
mod met;
mod shots;
mod told;

pub use desk::draft_name;
pub use left::save_left;

use crate::components::{Bar, EmptyState};
use crate::i18n::t;
use crate::pages::customers::{EditSheet, href};
use crate::words::{self as shared, customers, visit as words};
use crate::workbench::Workbench;
use after::{Next, Summary, Vow, When};
use brief::Brief;
use desk::Desk;
use domain::customer::Customer;
use domain::ids::{CustomerId, VisitId};
use domain::visit::{Visit, VisitState};
use done::Done;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use met::{Met, Needs};
use shots::Shots;
use told::{MoodChoice, Products};

#[component]
pub fn VisitForm() -> impl IntoView {
    let workbench = Workbench::expect();
    let params = use_params_map();
    let query = use_query_map();
    let customer = params.with_untracked(|params| params.get("id")?.parse::<CustomerId>().ok());
    // A planned visit that is still to be held.
    let planned = query.with_untracked(|query| query.get("visit")?.parse::<VisitId>().ok()).filter(|id| {
        workbench.peek(|replica| {
            replica.get::<Visit>(*id).is_some_and(|visit| {
                visit.state == VisitState::Planned && Some(visit.customer_id) == customer
            })
        })
    });
    let known = customer.filter(|id| workbench.peek(|replica| replica.get::<Customer>(*id).is_some()));
    match known {
        Some(id) => view! { <Form id planned /> }.into_any(),
        None => view! {
            <Bar title=t(shared::RECORD_VISIT) back="/app/customers" without_search=true />
            <main class="page">
                <EmptyState icon="swap" title=t(customers::GONE) text=t(customers::GONE_SAY)>
                    <a class="btn" href="/app/customers">{t(customers::BACK_TO_LIST)}</a>
                </EmptyState>
            </main>
        }
        .into_any(),
    }
}

#[component]
fn Form(id: CustomerId, planned: Option<VisitId>) -> impl IntoView {
    let workbench = Workbench::expect();
    let desk = Desk::open(workbench, id, planned);
    let name = Signal::derive(move || workbench.customer(id).map(|customer| customer.name));
    let is_edit_open = RwSignal::new(false);
    view! {
        <Bar title=t(shared::RECORD_VISIT) aside=name back=href(id) without_search=true />
        <main class="page visit">
            <Brief desk is_edit_open />
            <form class="sheet-form" aria-label=t(words::FORM) on:submit=|event| event.prevent_default()>
                <div class="form scroll" inert=desk.is_text_saved>
                    <div class="form-in">
                        <div class="form-col">
                            <Met desk />
                            <Needs desk />
                            <Products desk />
                            <MoodChoice desk />
                            <When desk />
                        </div>
                        <div class="form-col">
                            <Summary desk />
                            <Next desk />
                            <Vow desk />
                            <Shots desk />
                        </div>
                    </div>
                </div>
                <Done desk />
            </form>
        </main>
        <EditSheet id is_open=is_edit_open />
    }
}
