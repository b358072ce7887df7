//! One customer on one screen.

use super::band::Band;
use super::business::OpenBusiness;
use super::call::CallSheet;
use super::contacts::Contacts;
use super::edit::EditSheet;
use super::facts::FactsSection;
use super::holdings::Holdings;
use super::next::NextVisit;
use super::notes::Notes;
use super::phone::MaskedPhone;
use super::photos::Photos;
use super::plan::PlanSheet;
use super::promises::Promises;
use super::timeline::Timeline;
use super::why::Why;
use crate::components::{Dot, EmptyState, Icon};
use crate::i18n::{fill, t};
use crate::pages::visit::draft_name;
use crate::pages::visits::{Asking, VisitAsks};
use crate::words::{self as shared, customers as words};
use crate::workbench::Workbench;
use domain::authorize::{Act, may};
use domain::customer::Customer;
use domain::ids::{CustomerId, VisitId};
use domain::visit::{Visit, VisitState};
use leptos::prelude::*;
use replica::Replica;

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub struct Subject {
    pub id: CustomerId,
    pub customer: Memo<Option<Customer>>,
    /// Whether this person's role may change anything here.
    pub may_keep: bool,
    pub is_edit_open: RwSignal<bool>,
    /// What is being asked about one of the planned visits.
    pub asking: Asking,
}

impl Subject {
    pub fn new(id: CustomerId) -> Self {
        let workbench = Workbench::expect();
        Self {
            id,
            customer: Memo::new(move |_| workbench.customer(id)),
            may_keep: workbench.peek(|replica| may(replica.actor().role, Act::KeepCustomer)),
            is_edit_open: RwSignal::new(false),
            asking: Asking::new(),
        }
    }

    pub fn name(self) -> String {
        self.customer
            .with(|customer| customer.as_ref().map(|customer| customer.name.clone()).unwrap_or_default())
    }
}

/// Visits still to come, the earliest first.
pub fn planned(replica: &Replica, customer: CustomerId) -> Vec<Visit> {
    let visits = replica.of::<Visit>(customer).filter(|visit| visit.state == VisitState::Planned);
    let mut planned: Vec<Visit> = visits.cloned().collect();
    planned.sort_by_key(|visit| (visit.on, visit.at_minute, visit.id));
    planned
}

/// The form, with the planned visit it will fulfil: one that is due by now.
pub fn visit_href(customer: CustomerId, visit: Option<VisitId>) -> String {
    match visit {
        Some(visit) => format!("/app/customers/{customer}/visit?visit={visit}"),
        None => format!("/app/customers/{customer}/visit"),
    }
}

#[component]
pub fn Who(id: CustomerId) -> impl IntoView {
    let workbench = Workbench::expect();
    let is_here = Memo::new(move |_| workbench.read(|replica| replica.get::<Customer>(id).is_some()));
    let is_first_sync = Memo::new(move |_| workbench.read(Replica::is_first_sync));
    move || {
        match (is_here.get(), is_first_sync.get()) {
        (true, _) => view! { <Here id /> }.into_any(),
        (false, true) => view! {
            <div class="who who-none"><EmptyState icon="sync" title=t(words::STILL_COMING) text=t(words::STILL_COMING_SAY) /></div>
        }
        .into_any(),
        (false, false) => view! {
            <div class="who who-none">
                <EmptyState icon="swap" title=t(words::GONE) text=t(words::GONE_SAY)>
                    <a class="btn" href="/app/customers">{t(words::BACK_TO_LIST)}</a>
                    <a class="btn" href="/app/attention">{t(shared::ATTENTION)}</a>
                </EmptyState>
            </div>
        }
        .into_any(),
    }
    }
}

#[component]
fn Here(id: CustomerId) -> impl IntoView {
    let workbench = Workbench::expect();
    let subject = Subject::new(id);
    let is_plan_open = RwSignal::new(false);
    let is_call_open = RwSignal::new(false);
    let due_visit = Memo::new(move |_| {
        let today = workbench.today();
        workbench.read(|replica| {
            planned(replica, id).into_iter().find(|visit| visit.on <= today).map(|visit| visit.id)
        })
    });
    view! {
        <article class="who" aria-label=move || subject.name()>
            <Head subject />
            <div class="who-body scroll">
                <ConflictNote id />
                {subject.may_keep.then(|| view! { <DraftNote id visit=due_visit /> })}
                <Band subject />
                <div class="who-cols">
                    <div class="who-main">
                        <Promises subject />
                        <OpenBusiness subject />
                        <NextVisit subject />
                        <Timeline subject />
                    </div>
                    <div class="who-side">
                        <Why subject />
                        <Holdings subject />
                        <Contacts subject />
                        <FactsSection subject />
                        <Notes subject />
                        <Photos subject />
                    </div>
                </div>
            </div>
            {subject.may_keep.then(|| view! {
                <footer class="who-acts">
                    <button type="button" class="btn" on:click=move |_| subject.is_edit_open.set(true)>{t(shared::EDIT)}</button>
                    <button type="button" class="btn" on:click=move |_| is_call_open.set(true)>{t(words::RECORD_CALL)}</button>
                    <button type="button" class="btn" on:click=move |_| is_plan_open.set(true)>{t(shared::PLAN_VISIT)}</button>
                    <a class="btn btn-main" href=move || visit_href(id, due_visit.get())>{t(shared::RECORD_VISIT)}</a>
                </footer>
            })}
        </article>
        <EditSheet id is_open=subject.is_edit_open />
        <PlanSheet customer_id=id is_open=is_plan_open />
        <CallSheet customer_id=id is_open=is_call_open />
        <VisitAsks asking=subject.asking />
    }
}

#[component]
fn Head(subject: Subject) -> impl IntoView {
    let workbench = Workbench::expect();
    let Subject { id, customer, .. } = subject;
    let is_pending = Memo::new(move |_| workbench.read(|replica| replica.is_pending(id)));
    let kind = move || {
        customer
            .with(|customer| customer.as_ref().map(|customer| shared::customer_type(customer.customer_type)))
    };
    let number =
        move || customer.with(|customer| customer.as_ref().map(|customer| customer.customer_no.clone()));
    let phone = Signal::derive(move || {
        customer.with(|customer| customer.as_ref().and_then(|customer| customer.phone.clone()))
    });
    view! {
        <header class="who-head">
            <a class="btn btn-icon narrow" href="/app/customers" aria-label=t(words::BACK_TO_LIST)><Icon name="left" /></a>
            <div class="who-title">
                <h2>{move || subject.name()}</h2>
                <span class="quiet">{kind}<Dot /><span class="nb">{number}</span></span>
                {move || phone.with(Option::is_none).then(|| view! { <span class="faint">{t(words::NO_PHONE)}</span> })}
                <MaskedPhone customer_id=id number=phone name=Signal::derive(move || subject.name()) />
                {move || is_pending.get().then(|| view! {
                    <span class="unsent"><Icon name="up" />{t(shared::PENDING)}</span>
                })}
            </div>
        </header>
    }
}

/// Fields of this customer that two people changed; settled on a page of their own.
#[component]
fn ConflictNote(id: CustomerId) -> impl IntoView {
    let workbench = Workbench::expect();
    let count = Memo::new(move |_| {
        workbench.read(|replica| replica.conflicts().filter(|conflict| conflict.customer_id == id).count())
    });
    view! {
        {move || (count.get() > 0).then(|| view! {
            <div class="who-note">
                <div class="note note-warn">
                    <Icon name="alert" />
                    <p>{fill(words::CONFLICTS, &[("n", &count.get())])}</p>
                    <a class="btn" href="/app/attention">{t(words::GO_SETTLE)}</a>
                </div>
            </div>
        })}
    }
}

/// A report that was begun and not finished.
#[component]
fn DraftNote(id: CustomerId, visit: Memo<Option<VisitId>>) -> impl IntoView {
    let workbench = Workbench::expect();
    // Recording the visit forgets the draft and raises the view.
    let is_there = Memo::new(move |_| workbench.read(|_| workbench.draft(&draft_name(id)).is_some()));
    view! {
        {move || is_there.get().then(|| view! {
            <div class="who-note">
                <div class="note">
                    <Icon name="doc" />
                    <p>{t(words::DRAFT)}</p>
                    <a class="btn" href=move || visit_href(id, visit.get())>{t(words::GO_ON_WRITING)}</a>
                </div>
            </div>
        })}
    }
}
