//! 计划走访 from the calendar: first the customer, then the day.

use super::when::{Chosen, When, WhenFields};
use crate::components::text_choice::TextChoice;
use crate::components::{Dialog, FieldError, Icon};
use crate::i18n::{comma, t};
use crate::words::{self as common, visits as words};
use crate::workbench::Workbench;
use domain::choice::ChoiceList;
use domain::customer::Customer;
use domain::ids::CustomerId;
use domain::limits;
use domain::mutation::PlanVisit;
use domain::time::Date;
use leptos::prelude::*;
use leptos::task::spawn_local;
use replica::Replica;

/// Customers shown below the search.
const FOUND_MAX: usize = 6;

#[derive(Clone, Debug, PartialEq, Eq)]
struct Found {
    id: CustomerId,
    name: String,
    about: String,
}

impl Found {
    fn of(customer: &Customer) -> Self {
        let address = customer.address.as_deref();
        let about = [Some(common::customer_type(customer.customer_type)), address];
        Self {
            id: customer.id,
            name: customer.name.clone(),
            about: about.into_iter().flatten().collect::<Vec<_>>().join(comma()),
        }
    }
}

fn found(replica: &Replica, query: &str) -> Vec<Found> {
    replica
        .search()
        .find(query)
        .into_iter()
        .take(FOUND_MAX)
        .filter_map(|hit| replica.get::<Customer>(hit.customer))
        .map(Found::of)
        .collect()
}

#[component]
pub fn PlanDialog(
    is_open: RwSignal<bool>,
    on: Signal<Date>,
    /// Whom it begins with; nobody when the customer is to be found first.
    whom: RwSignal<Option<CustomerId>>,
) -> impl IntoView {
    let workbench = Workbench::expect();
    let who = RwSignal::new(None::<Found>);
    let when = When::new(workbench.today(), None);
    let purpose = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let is_busy = RwSignal::new(false);
    // Opened anew it begins with the day that is looked at, never with one that has passed.
    Effect::new(move |_| {
        if is_open.get() {
            let preset = whom.get_untracked();
            who.set(workbench.peek(|replica| replica.get::<Customer>(preset?).map(Found::of)));
            purpose.set(String::new());
            problem.set(None);
            when.date.set(on.get_untracked().max(workbench.today()).to_string());
            when.time.set(String::new());
        }
    });
    let save = move || {
        // Each tap makes a visit of its own.
        if is_busy.get_untracked() {
            return;
        }
        let Some(customer_id) = who.with_untracked(|who| who.as_ref().map(|who| who.id)) else {
            return problem.set(Some(t(words::PLAN_WHO_MISSING).to_owned()));
        };
        let Chosen { on, at_minute } = match when.chosen() {
            Ok(chosen) => chosen,
            Err(words) => return problem.set(Some(words)),
        };
        let purpose = Some(purpose.get_untracked()).filter(|purpose| !purpose.trim().is_empty());
        let visit_id = workbench.new_id();
        is_busy.set(true);
        spawn_local(async move {
            let saved = workbench.save(PlanVisit { visit_id, customer_id, on, at_minute, purpose }).await;
            // The page may have been left meanwhile.
            let _ = is_busy.try_set(false);
            match saved {
                Ok(()) => is_open.set(false),
                Err(error) => problem.set(Some(error.words())),
            }
        });
    };
    let foot = move || {
        view! {
            <button type="button" class="btn" on:click=move |_| is_open.set(false)>{t(words::PLAN_NOT)}</button>
            <button type="button" class="btn btn-main" aria-busy=move || is_busy.get().to_string()
                on:click=move |_| save()>{t(words::PLAN_DO)}</button>
        }
    };
    view! {
        <Dialog title=t(words::PLAN_TITLE) is_open foot>
            {move || match who.get() {
                None => view! { <FindCustomer chosen=who /> }.into_any(),
                Some(found) => view! {
                    <div class="note">
                        <Icon name="user" />
                        <div class="row-body"><b>{found.name}</b><p class="small quiet">{found.about}</p></div>
                        <button type="button" class="btn btn-bare" on:click=move |_| who.set(None)>{t(words::PLAN_ANOTHER)}</button>
                    </div>
                    <WhenFields when />
                    <TextChoice label=t(words::PURPOSE) id="plan-purpose" list=ChoiceList::Purpose value=purpose
                        chars_max=limits::LABEL_CHARS_MAX on_change=move |given| purpose.set(given) />
                }
                .into_any(),
            }}
            <FieldError text=problem />
        </Dialog>
    }
}

#[component]
fn FindCustomer(chosen: RwSignal<Option<Found>>) -> impl IntoView {
    let workbench = Workbench::expect();
    let query = RwSignal::new(String::new());
    let hits = Memo::new(move |_| query.with(|query| workbench.read(|replica| found(replica, query))));
    view! {
        <label class="search">
            <span class="vh">{t(words::PLAN_WHO)}</span>
            <Icon name="search" />
            <input class="input" type="search" id="plan-who" autocomplete="off" placeholder=t(words::PLAN_WHO_HINT)
                prop:value=move || query.get()
                on:input=move |event| query.set(event_target_value(&event)) />
        </label>
        <ul class="rows flush">
            {move || hits.get().into_iter().map(|hit| {
                let shown = hit.clone();
                view! {
                    <li>
                        <button type="button" class="row" on:click=move |_| chosen.set(Some(hit.clone()))>
                            <span class="row-body">
                                <span class="row-name"><span>{shown.name}</span></span>
                                <span class="row-sub">{shown.about}</span>
                            </span>
                            <Icon name="right" small=true />
                        </button>
                    </li>
                }
            }).collect_view()}
        </ul>
        {move || (!query.with(|query| query.trim().is_empty()) && hits.with(Vec::is_empty)).then(|| view! {
            <p class="quiet">{t(words::PLAN_NOBODY)}</p>
        })}
    }
}
