//! The chosen day of the care calendar, and what comes up by the organisation's lead times.

use super::call::Calling;
use super::care::{CareDay, CareKind, CareLine, care_days, coming};
use super::{Look, day_title};
use crate::components::{EmptyState, Icon, TierBadge};
use crate::i18n::{day, fill, t};
use crate::words::{self as common, plan as words};
use crate::workbench::Workbench;
use domain::ids::CustomerId;
use leptos::prelude::*;

/// Rows of each list; the rest is counted.
const ROWS_MAX: usize = 40;

/// What can be done about an occasion.
#[derive(Clone, Copy)]
pub struct CareVerbs {
    pub calling: Calling,
    pub on_plan: Callback<CustomerId>,
    pub may_plan: bool,
}

#[component]
pub fn CareList(look: Look, verbs: CareVerbs) -> impl IntoView {
    let workbench = Workbench::expect();
    let today = look.today;
    let chosen = Memo::new(move |_| {
        let on = look.day.get();
        workbench.read(|replica| care_days(replica, on, on, today).remove(&on).unwrap_or_default())
    });
    let ahead = Memo::new(move |_| workbench.read(|replica| coming(replica, today)));
    let lead = workbench.peek(|replica| replica.rules().policy(today).lead);
    let lead = fill(
        words::CARE_LEAD,
        &[
            ("birthday", &lead.birthday_days),
            ("festival", &lead.festival_days),
            ("contract", &lead.contract_days),
        ],
    );
    view! {
        <section class="dl" aria-labelledby="h-day">
            <div class="head">
                <h2 id="h-day">{move || day_title(look)}</h2>
                <span class="count">{move || chosen.with(|chosen| chosen.lines.len())}</span>
            </div>
            {move || {
                let chosen = chosen.get();
                if chosen.is_empty() {
                    return view! { <EmptyState icon="cake" title=t(words::CARE_NONE) text=t(words::CARE_NONE_SAY) /> }.into_any();
                }
                view! { <CareOfDay day=chosen look verbs /> }.into_any()
            }}
        </section>
        <section class="shelf" aria-labelledby="h-coming">
            <div class="head"><h2 id="h-coming">{t(words::CARE_COMING)}</h2><span class="count">{move || ahead.with(Vec::len)}</span></div>
            {move || ahead.with(Vec::is_empty).then(|| view! { <p class="small quiet">{t(words::CARE_COMING_NONE)}</p> })}
            {move || care_rows(ahead.get(), look, verbs, true)}
            <p class="small faint">{lead}</p>
        </section>
    }
}

/// A day's occasions below 走访's list of the same day; nothing where there are none.
#[component]
pub fn CareBeside(look: Look, verbs: CareVerbs) -> impl IntoView {
    let workbench = Workbench::expect();
    let chosen = Memo::new(move |_| {
        let on = look.day.get();
        workbench.read(|replica| care_days(replica, on, on, look.today).remove(&on).unwrap_or_default())
    });
    move || {
        let day = chosen.get();
        (!day.is_empty()).then(|| view! {
            <section class="shelf" aria-labelledby="h-care">
                <div class="head"><h2 id="h-care">{t(words::CARE_DAY)}</h2><span class="count">{day.lines.len()}</span></div>
                <CareOfDay day look verbs />
            </section>
        })
    }
}

#[component]
fn CareOfDay(day: CareDay, look: Look, verbs: CareVerbs) -> impl IntoView {
    let CareDay { festivals, lines, greeted } = day;
    view! {
        {care_rows(lines, look, verbs, false)}
        {(!festivals.is_empty()).then(|| view! {
            <div class="feast">
                <h3 class="why why-kind"><Icon name=CareKind::Festival.icon() small=true />{festivals.join("、")}</h3>
                <span class="small quiet">{t(words::FESTIVAL_WHO)}</span>
            </div>
            {care_rows(greeted, look, verbs, false)}
        })}
    }
}

fn care_rows(lines: Vec<CareLine>, look: Look, verbs: CareVerbs, with_day: bool) -> impl IntoView {
    let more = lines.len().saturating_sub(ROWS_MAX);
    view! {
        <ol class="rows">
            {lines.into_iter().take(ROWS_MAX).map(|line| view! { <CareRow line look verbs with_day /> }).collect_view()}
        </ol>
        {(more > 0).then(|| view! { <p class="small faint">{fill(words::CARE_MORE, &[("n", &more)])}</p> })}
    }
}

#[component]
fn CareRow(line: CareLine, look: Look, verbs: CareVerbs, with_day: bool) -> impl IntoView {
    let today = look.today;
    let CareLine { customer_id, kind, name, tier, on, what, fact, kept_on } = line;
    let about = what.clone();
    let named = |words| fill(words, &[("name", &name)]);
    let (call_label, plan_label) = (named(words::CARE_CALL_NAMED), named(words::CARE_PLAN_NAMED));
    view! {
        <li class="care-row" class:care-kept=kept_on.is_some()>
            <Icon name=kind.icon() />
            <a class="row-body" href=format!("/app/customers/{customer_id}")>
                <span class="row-name"><span>{name.clone()}</span>{tier.map(|tier| view! { <TierBadge tier /> })}</span>
                <span class="row-sub">
                    {with_day.then(|| day(on, today) + " ")}
                    {what}
                    {(!fact.is_empty()).then(|| format!(" · {fact}"))}
                </span>
                {kept_on.map(|kept_on| view! {
                    <span class="ok-words small"><Icon name="check" small=true />{fill(words::KEPT, &[("day", &day(kept_on, today))])}</span>
                })}
            </a>
            {(verbs.may_plan && kept_on.is_none()).then(|| view! {
                <div class="care-do">
                    <button type="button" class="btn btn-icon" aria-label=call_label title=t(words::CARE_CALL)
                        on:click=move |_| verbs.calling.ask(customer_id, about.clone())><Icon name="phone" /></button>
                    <button type="button" class="btn btn-icon" aria-label=plan_label title=t(common::PLAN_VISIT)
                        on:click=move |_| verbs.on_plan.run(customer_id)><Icon name="today" /></button>
                </div>
            })}
        </li>
    }
}
