//! 等级: the organisation's rules, as the administrator writes them and those who answer for them read them. Tiers, the
//! visit standard and the parameters, each in versions with at most one draft.

mod amount;
mod changed;
mod desk;
mod foot;
mod leave;
mod policy;
mod published;
mod scheme;
mod standard;
mod versions;

use crate::browser::screen;
use crate::components::online::Asked;
use crate::components::{Bar, Segment};
use crate::i18n::{fill, t};
use crate::words::rules as words;
use changed::ChangedDialog;
use desk::{Desk, Kept};
use domain::api::{RuleBook, path};
use domain::policy::Policy;
use domain::standard::VisitStandard;
use domain::tier::TierScheme;
use foot::{SaveNote, Stages, version_no};
use leave::LeaveGuard;
use leptos::prelude::*;
use policy::PolicyPart;
use scheme::{Preview, SchemePart};
use standard::StandardPart;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Scheme,
    Standard,
    Policy,
}

#[component]
pub fn Rules() -> impl IntoView {
    let rules = Asked::<RuleBook>::new(|| Some(path::RULES.to_owned()));
    let schemes = Desk::<TierScheme>::new(rules);
    let standards = Desk::<VisitStandard>::new(rules);
    let policies = Desk::<Policy>::new(rules);
    provide_context(schemes);
    provide_context(standards);
    provide_context(policies);
    let preview = Preview::new(schemes);
    provide_context(preview);
    let part = RwSignal::new(Part::Scheme);
    let parts = vec![
        (Part::Scheme, t(words::SCHEME).to_owned()),
        (Part::Standard, t(words::STANDARD).to_owned()),
        (Part::Policy, t(words::POLICY).to_owned()),
    ];
    let organisation = schemes.workbench.organisation_name();
    let state = Memo::new(move |_| match part.get() {
        Part::Scheme => state_of(schemes),
        Part::Standard => state_of(standards),
        Part::Policy => state_of(policies),
    });
    let aside = Signal::derive(move || match state.get() {
        Some(state) => format!("{organisation} · {state}"),
        None => organisation.clone(),
    });
    let has_see = Memo::new(move |_| part.get() == Part::Scheme && schemes.has_draft());
    let is_single = move || !has_see.get();
    let sums = move || {
        preview.answer.with(|answer| {
            answer
                .as_ref()
                .map(|answer| fill(words::scheme::SUMS, &[("up", &answer.up), ("down", &answer.down)]))
        })
    };
    view! {
        <Bar title=t(words::TITLE) aside without_search=true />
        <main class="page scheme" class:scheme-one=is_single>
            <div class="sch-bar">
                <Segment label=t(words::WHAT) group="rules" options=parts class="sch-parts"
                    chosen=Signal::derive(move || Some(part.get())) on_choose=move |chosen| part.set(chosen) />
                {move || match part.get() {
                    Part::Scheme => view! { <Progress desk=schemes sees=true /> }.into_any(),
                    Part::Standard => view! { <Progress desk=standards sees=false /> }.into_any(),
                    Part::Policy => view! { <Progress desk=policies sees=false /> }.into_any(),
                }}
                {move || has_see.get().then(|| view! {
                    <button type="button" class="link hit small narrow" on:click=move |_| { screen::focus("h-see"); }>{sums}</button>
                })}
            </div>
            {move || match part.get() {
                Part::Scheme => view! { <SchemePart /> }.into_any(),
                Part::Standard => view! { <StandardPart /> }.into_any(),
                Part::Policy => view! { <PolicyPart /> }.into_any(),
            }}
        </main>
        <LeaveGuard />
        <ChangedDialog desk=schemes />
        <ChangedDialog desk=standards />
        <ChangedDialog desk=policies />
    }
}

/// 第4版草稿, or the version in force.
fn state_of<T: Kept>(desk: Desk<T>) -> Option<String> {
    if desk.has_draft() {
        return Some(fill(words::DRAFT_OF, &[("n", &version_no(desk))]));
    }
    let version = desk.in_force(desk.workbench.today())?.version();
    Some(fill(words::IN_FORCE_NOW, &[("n", &version)]))
}

/// How far the draft has come, and whether it is saved.
#[component]
fn Progress<T: Kept>(desk: Desk<T>, sees: bool) -> impl IntoView {
    let has_draft = Memo::new(move |_| desk.has_draft());
    move || {
        has_draft.get().then(|| {
            view! {
                {desk.may_write.then(|| view! { <Stages desk sees /> })}
                <SaveNote desk />
            }
        })
    }
}
