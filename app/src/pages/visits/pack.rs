//! 备料: what a planned visit needs, ticked when it is in the bag, and how long it will take (R063, R064).

use super::day_stops::minutes_of;
use crate::components::stepper::Stepper;
use crate::components::{Chip, Icon, Toasts};
use crate::i18n::{fill, t};
use crate::words::plan as words;
use crate::workbench::Workbench;
use domain::ids::{CustomerId, PreparationId, VisitId};
use domain::limits::{LABEL_CHARS_MAX, LIST_ITEMS_MAX};
use domain::mutation::PrepareVisit;
use domain::preparation::{Bring, Preparation};
use domain::promise::{Promise, PromiseBy};
use domain::visit::Visit;
use leptos::prelude::*;
use leptos::task::spawn_local;
use replica::Replica;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

/// One tap on the stepper.
const STEP_MINUTES: u16 = 5;

fn preparation(replica: &Replica, visit: VisitId) -> (Option<u16>, Vec<Bring>) {
    replica
        .get::<Preparation>(PreparationId::from(visit))
        .map(|own| (own.minutes, own.bring.clone()))
        .unwrap_or_default()
}

/// What we promised and have not brought yet, then what is brought most often.
fn suggestions(replica: &Replica, customer: CustomerId, bring: &[Bring]) -> Vec<String> {
    let is_ours = |promise: &&Promise| promise.is_open() && promise.by == PromiseBy::Us;
    let mut promises: Vec<&Promise> = replica.of::<Promise>(customer).filter(is_ours).collect();
    promises.sort_by_key(|promise| (promise.due_on, promise.id));
    let promised = promises.into_iter().map(|promise| promise.text.chars().take(LABEL_CHARS_MAX).collect());
    let mut offers: Vec<String> = promised.chain(words::usual_to_bring().map(str::to_owned)).collect();
    offers.retain(|offer| bring.iter().all(|own| own.what != *offer));
    offers
}

/// What one tap changes.
enum Change {
    Add(String),
    Remove(String),
    Tick { what: String, is_ready: bool },
    Minutes { is_more: bool },
}

impl Change {
    /// The preparation as it is with this change.
    fn made(self, replica: &Replica, visit: VisitId) -> (Option<u16>, Vec<Bring>) {
        let (mut minutes, mut bring) = preparation(replica, visit);
        match self {
            Self::Add(what) if bring.iter().any(|own| own.what == what) => {}
            Self::Add(what) => bring.push(Bring { what, is_ready: false }),
            Self::Remove(what) => bring.retain(|own| own.what != what),
            Self::Tick { what, is_ready } => {
                for own in bring.iter_mut().filter(|own| own.what == what) {
                    own.is_ready = is_ready;
                }
            }
            Self::Minutes { is_more } => {
                let now = replica.get::<Visit>(visit).map_or(0, |visit| minutes_of(replica, visit));
                let next =
                    if is_more { now.saturating_add(STEP_MINUTES) } else { now.saturating_sub(STEP_MINUTES) };
                minutes = Some(next.max(STEP_MINUTES));
            }
        }
        (minutes, bring)
    }
}

/// Changes one after another, so that each is made to what the one before left.
#[derive(Default)]
struct Waiting {
    changes: VecDeque<Change>,
    is_begun: bool,
}

impl Waiting {
    /// Whether those before it are still under way: it follows them.
    fn is_begun_with(&mut self, change: Change) -> bool {
        self.changes.push_back(change);
        std::mem::replace(&mut self.is_begun, true)
    }

    fn next(&mut self) -> Option<Change> {
        let next = self.changes.pop_front();
        self.is_begun = next.is_some();
        next
    }
}

/// ` · 30分 缺1份材料` behind a planned stop.
#[component]
pub fn StopFacts(visit_id: VisitId) -> impl IntoView {
    let workbench = Workbench::expect();
    let facts = Memo::new(move |_| {
        workbench.read(|replica| {
            let minutes = replica.get::<Visit>(visit_id).map(|visit| minutes_of(replica, visit));
            let (_, bring) = preparation(replica, visit_id);
            (minutes, bring.iter().filter(|own| !own.is_ready).count())
        })
    });
    move || {
        let (minutes, missing) = facts.get();
        view! {
            {minutes.map(|n| view! { <span class="nb">{fill(words::MINUTES, &[("n", &n)])}</span> })}
            {(missing > 0).then(|| view! { <span class="warn-words">{fill(words::BRING_MISSING, &[("n", &missing)])}</span> })}
        }
    }
}

#[component]
pub fn Pack(visit_id: VisitId, customer_id: CustomerId) -> impl IntoView {
    let workbench = Workbench::expect();
    let toasts = Toasts::expect();
    let own = Memo::new(move |_| workbench.read(|replica| preparation(replica, visit_id)));
    let bring = Memo::new(move |_| own.get().1);
    let offers = Memo::new(move |_| {
        workbench.read(|replica| bring.with(|bring| suggestions(replica, customer_id, bring)))
    });
    let minutes = Memo::new(move |_| {
        workbench
            .read(|replica| replica.get::<Visit>(visit_id).map(|visit| minutes_of(replica, visit)))
            .unwrap_or(0)
    });
    // Kept by the task as well: a tap counts also when the page is left at once.
    let waiting = StoredValue::new_local(Rc::new(RefCell::new(Waiting::default())));
    let change = move |change: Change| {
        let waiting = waiting.get_value();
        if waiting.borrow_mut().is_begun_with(change) {
            return;
        }
        spawn_local(async move {
            loop {
                let next = waiting.borrow_mut().next();
                let Some(next) = next else { break };
                let (minutes, bring) = workbench.peek(|replica| next.made(replica, visit_id));
                let saved = workbench.save(PrepareVisit { visit_id, customer_id, minutes, bring }).await;
                if let Err(error) = saved {
                    toasts.say(error.words());
                }
            }
        });
    };
    let add = move |what: &str| {
        let what = what.trim().to_owned();
        if !what.is_empty() {
            change(Change::Add(what));
        }
    };
    let step = move |is_more: bool| change(Change::Minutes { is_more });
    let typed = RwSignal::new(String::new());
    let add_typed = move || {
        add(&typed.get_untracked());
        typed.set(String::new());
    };
    let is_full = move || bring.with(Vec::len) >= LIST_ITEMS_MAX;
    let field_id = format!("bring-{visit_id}");
    view! {
        <ul class="bring" aria-label=t(words::BRING)>
            <For each=move || bring.get() key=|own| own.what.clone() let(own)>
                <BringRow what=own.what bring on_tick=move |what, is_ready| change(Change::Tick { what, is_ready })
                    on_off=move |what| change(Change::Remove(what)) />
            </For>
        </ul>
        <details class="bring-add">
            <summary class="link small"><Icon name="plus" small=true />{t(words::BRING_ADD)}</summary>
            <fieldset class="chips" aria-label=t(words::BRING_SUGGESTED)>
                {move || offers.get().into_iter().map(|offer| {
                    let what = offer.clone();
                    view! { <Chip label=offer group="bring" is_many=true is_chosen=Signal::stored(false) on_choose=move |_| add(&what) /> }
                }).collect_view()}
            </fieldset>
            <div class="bring-own">
                <label class="vh" for=field_id.clone()>{t(words::BRING_OWN)}</label>
                <input class="input" id=field_id autocomplete="off" maxlength=LABEL_CHARS_MAX placeholder=t(words::BRING_OWN)
                    prop:value=move || typed.get() on:input=move |event| typed.set(event_target_value(&event))
                    on:keydown=move |event| if event.key() == "Enter" && !event.is_composing() { add_typed() } />
                <button type="button" class="btn" disabled=is_full
                    on:click=move |_| add_typed()>{t(words::BRING_OWN_ADD)}</button>
            </div>
            <div class="bring-time">
                <span class="small quiet">{t(words::BRING_MINUTES)}</span>
                <Stepper label=t(words::BRING_MINUTES) value=Signal::derive(move || fill(words::MINUTES, &[("n", &minutes.get())]))
                    less=t(words::LESS_TIME) more=t(words::MORE_TIME) on_less=move || step(false) on_more=move || step(true) />
            </div>
        </details>
    }
}

#[component]
fn BringRow(
    what: String,
    bring: Memo<Vec<Bring>>,
    on_tick: impl Fn(String, bool) + 'static,
    on_off: impl Fn(String) + 'static,
) -> impl IntoView {
    let (shown, ticked, off) = (what.clone(), what.clone(), what.clone());
    let is_ready = move || bring.with(|bring| bring.iter().any(|own| own.what == shown && own.is_ready));
    view! {
        <li>
            <label class="tick">
                <input type="checkbox" prop:checked=is_ready
                    on:change=move |event| on_tick(ticked.clone(), event_target_checked(&event)) />
                <span>{what.clone()}</span>
            </label>
            <button type="button" class="btn btn-icon" aria-label=fill(words::BRING_OFF, &[("what", &what)])
                on:click=move |_| on_off(off.clone())><Icon name="x" small=true /></button>
        </li>
    }
}
