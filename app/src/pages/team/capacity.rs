//! 人手够不够: whether the standard can be met with the people there are, what would make it enough, and trying it
//! (R090–R096).

mod bars;
mod basis;
mod limits;
mod try_out;

use super::behind::Open;
use super::seen::Seen;
use crate::components::{EmptyState, Sheet};
use crate::i18n::{fill, t};
use crate::words::capacity as words;
use crate::workbench::Workbench;
use bars::{Bars, How};
use basis::{Basis, Lacks, WEEKS, tier_name};
use chrono::Datelike;
use domain::authorize::{Act, may};
use domain::capacity::{Plan, Verdict, WhatIf};
use leptos::prelude::*;
use leptos_router::components::A;
use limits::Limits;
use std::sync::Arc;
use try_out::TryOut;

const RULES: &str = "/app/rules";
const MONTHS_A_QUARTER: u32 = 3;

/// What is weighed, and what is tried on it.
#[derive(Clone, Copy)]
pub struct Weighed {
    pub basis: Memo<Arc<Basis>>,
    pub what_if: RwSignal<WhatIf>,
    /// The plan with what is tried.
    pub plan: Memo<Plan>,
}

impl Weighed {
    fn is_tried(self) -> bool {
        self.what_if.with(|what_if| *what_if != WhatIf::default())
    }

    /// Nobody said how many visits a person makes in a week, nor tried a number.
    fn is_week_blank(self) -> bool {
        self.basis.with(|basis| basis.is_week_blank)
            && self.what_if.with(|what_if| what_if.visits_a_week.is_none())
    }
}

#[component]
pub fn Capacity(seen: Memo<Arc<Seen>>) -> impl IntoView {
    let workbench = Workbench::expect();
    let basis =
        Memo::new(move |_| workbench.read(|replica| seen.with(|seen| Basis::of(&replica.rules(), seen))));
    let lacks = Memo::new(move |_| basis.with(|basis| basis.as_ref().err().copied()));
    let quarter = move || {
        let month0 = seen.with(|seen| seen.today.month0());
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("quarter", &words::quarter(month0 / MONTHS_A_QUARTER + 1)), ("weeks", &WEEKS)];
        fill(words::QUARTER_WEEKS, &values)
    };
    view! {
        <section class="cap" aria-labelledby="team-capacity">
            <div class="head">
                <h2 id="team-capacity">{t(words::TITLE)}</h2>
                <span class="small faint aside">{quarter}</span>
            </div>
            {move || match lacks.get() {
                Some(lacks) => view! { <Missing lacks /> }.into_any(),
                None => {
                    let basis = Memo::new(move |_| {
                        basis.with(|basis| basis.as_ref().map(Arc::clone).unwrap_or_default())
                    });
                    let what_if = RwSignal::new(WhatIf::default());
                    let plan = Memo::new(move |_| {
                        basis.with(|basis| what_if.with(|what_if| basis.plan.with(what_if)))
                    });
                    view! { <Weighing weighed=Weighed { basis, what_if, plan } seen /> }.into_any()
                }
            }}
        </section>
    }
}

/// What has to be published before anything can be weighed, and by whom.
#[component]
fn Missing(lacks: Lacks) -> impl IntoView {
    let (title, text) = match lacks {
        Lacks::Scheme => (words::NO_SCHEME, words::NO_SCHEME_SAY),
        Lacks::Standard => (words::NO_STANDARD, words::NO_STANDARD_SAY),
    };
    view! {
        <EmptyState icon="tier" title=t(title) text=t(text)>
            {may_see_rules().then(|| view! { <A href=RULES attr:class="btn">{t(words::SEE_RULES)}</A> })}
        </EmptyState>
    }
}

fn may_see_rules() -> bool {
    Workbench::expect().peek(|replica| may(replica.actor().role, Act::SeeRules))
}

#[component]
fn Weighing(weighed: Weighed, seen: Memo<Arc<Seen>>) -> impl IntoView {
    let Weighed { basis, what_if, plan } = weighed;
    let is_how_open = RwSignal::new(false);
    // Only what the controls are made of: they stay under the finger while figures come and go.
    let remedies = Memo::new(move |_| {
        basis.with(|basis| if basis.is_week_blank { Vec::new() } else { basis.plan.remedies() })
    });
    let blanks = move || {
        let basis = basis.get();
        let mut said = Vec::new();
        if !basis.blanks.is_empty() {
            said.push(fill(words::BLANKS, &[("names", &words::listed(&basis.blanks))]));
        }
        if basis.plan.untiered > 0 {
            said.push(fill(words::UNTIERED, &[("n", &basis.plan.untiered)]));
        }
        (!said.is_empty()).then(|| {
            view! {
                <p class="small quiet cap-blank">
                    {said.join("")}
                    {may_see_rules().then(|| view! { <A href=RULES attr:class="link hit">{t(words::SET_IN_RULES)}</A> })}
                </p>
            }
        })
    };
    view! {
        <Headline weighed is_how_open />
        <Bars weighed is_how_open />
        {blanks}
        {move || remedies.with(|remedies| (!remedies.is_empty()).then(|| {
            let rows = remedies.iter().map(|remedy| {
                let change = remedy.change.what_if();
                let shown = change.clone();
                let name = basis.with_untracked(|basis| words::change(&remedy.change, |tier| tier_name(basis, tier)));
                view! {
                    <li><label class="fix">
                        <input type="radio" name="fix" prop:checked=move || what_if.with(|now| *now == shown)
                            on:change=move |_| what_if.set(change.clone()) />
                        <span>{name}</span>
                        <span class="small ok-words nb">{fill(words::SURPLUS, &[("n", &remedy.surplus)])}</span>
                    </label></li>
                }
            }).collect_view();
            view! {
                <h3 class="label" id="team-ways">{t(words::WAYS)}</h3>
                <div role="radiogroup" aria-labelledby="team-ways"><ul class="fixes">{rows}</ul></div>
            }
        }))}
        <TryOut weighed />
        <Limits weighed seen open=Open::expect() />
        <p class="cap-foot">
            <span class="small quiet">{t(words::FOOT)}</span>
            {may_see_rules().then(|| view! { <A href=RULES attr:class="btn">{t(words::DRAFT)}</A> })}
        </p>
        <Sheet title=t(words::HOW) is_open=is_how_open>
            <How plan basis seen />
        </Sheet>
    }
}

/// 差130次走访, or what is lacking to say so.
#[component]
fn Headline(weighed: Weighed, is_how_open: RwSignal<bool>) -> impl IntoView {
    let Weighed { what_if, plan, .. } = weighed;
    let said = move || {
        let plan = plan.get();
        let coverage = plan.coverage();
        let words = match (weighed.is_week_blank(), coverage.verdict) {
            (true, _) => (words::ASKED, coverage.visits),
            (false, Verdict::Short { by }) => (words::SHORT, by),
            (false, Verdict::Enough { surplus }) => (words::ENOUGH, surplus),
        };
        let (before, after) = t(words.0).split_once("{n}").unwrap_or_default();
        view! {
            <span class="figure">{before}
                <button type="button" class="num hit" aria-label=format!("{} {}", words.1, t(words::HOW))
                    on:click=move |_| is_how_open.set(true)>{words.1}</button>
            {after}</span>
        }
    };
    let say = move || {
        let plan = plan.get();
        let coverage = plan.coverage();
        if weighed.is_week_blank() {
            let tenths = plan.services().visits.a_week_tenths(WEEKS).unwrap_or(0);
            let week = format!("{}.{}", tenths / 10, tenths % 10);
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("n", &week), ("managers", &plan.staffing.managers)];
            return [fill(words::A_WEEK, &values), t(words::WEEK_BLANK).to_owned()].join(" ");
        }
        let values: [(&str, &dyn std::fmt::Display); 4] = [
            ("visits", &coverage.visits),
            ("managers", &plan.staffing.managers),
            ("week", &plan.staffing.visits_a_week),
            ("room", &coverage.room),
        ];
        let mut said = fill(words::SAY, &values);
        if let Some(hours) = coverage.hours.filter(|hours| hours.visits < coverage.room) {
            said.push_str(&fill(words::BY_HOURS, &[("n", &hours.visits)]));
        }
        said
    };
    let is_tried = Memo::new(move |_| weighed.is_tried());
    view! {
        <div class="cap-say" role="status">
            <div class="cap-head">
                {said}
                {move || is_tried.get().then(|| view! {
                    <span class="small faint">{t(words::TRIED)}</span>
                    <button type="button" class="btn btn-bare" on:click=move |_| what_if.set(WhatIf::default())>{t(words::RESET)}</button>
                })}
            </div>
            <span class="quiet">{say}</span>
            {move || (weighed.is_week_blank() && may_see_rules()).then(|| view! {
                <A href=RULES attr:class="link hit">{t(words::SET_IN_RULES)}</A>
            })}
        </div>
    }
}
