//! 为什么是白金: the rule that gave the tier, the values, the way to the tiers beside it, and what a person set by hand.

use super::tier_cell::unplaced_words;
use super::tier_set::{EndOverride, SetTierSheet};
use super::who::Subject;
use crate::components::{Icon, tier_look};
use crate::i18n::{day, fill, t};
use crate::pages::migration::{Aim, EditGoal, Editing};
use crate::words::{migration, tiers as words};
use crate::workbench::Workbench;
use domain::authorize::{Act, may};
use domain::ids::TierOverrideId;
use domain::organisation::Colleague;
use domain::rating::TierStanding;
use domain::tier::TierScheme;
use domain::tier_goal::TierGoal;
use domain::time::Date;
use leptos::prelude::*;
use replica::Replica;

#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    title: String,
    facts: Vec<(String, String)>,
    by_hand: Option<(TierOverrideId, String, String)>,
    history: Vec<(Date, String)>,
    problem: Option<String>,
}

fn seen(replica: &Replica, subject: Subject, today: Date) -> Option<Seen> {
    let rated = replica.rated(subject.id, today)?;
    let rules = replica.rules();
    let by_hand: Vec<_> = replica.of(subject.id).collect();
    let stands = rules.tiers.standing(&rated.known, &by_hand, today)?;
    let scheme = stands.scheme;
    let name_of = |tier| tier_look(Some(scheme), tier).name;
    let (mut facts, problem) = match &stands.standing.computed {
        Ok(_) => (reasons(&stands, scheme, today), None),
        Err(unplaced) => (Vec::new(), Some(unplaced_words(unplaced))),
    };
    if let Some(goal) = replica.of::<TierGoal>(subject.id).next() {
        let told = fill(words::GOAL_SAY, &[("day", &day(goal.by, today)), ("tier", &name_of(&goal.tier))]);
        facts.push((t(words::GOAL).to_owned(), told));
    }
    let set = stands.standing.by_hand.map(|own| {
        let who = replica.get::<Colleague>(own.set_by).map(|who| who.name.clone()).unwrap_or_default();
        let told = fill(
            words::BY_HAND,
            &[
                ("name", &who),
                ("tier", &name_of(&own.tier)),
                ("day", &day(own.until, today)),
                ("reason", &own.reason),
            ],
        );
        let computed = stands.standing.computed.as_ref().ok();
        let beside = computed.map(|placed| fill(words::COMPUTED_IS, &[("tier", &name_of(&placed.tier))]));
        (own.id, told, beside.unwrap_or_default())
    });
    let title = match stands.standing.tier() {
        Some(tier) => fill(words::WHY_TITLE, &[("tier", &name_of(tier))]),
        None => t(words::NO_TIER).to_owned(),
    };
    let history = rated
        .tiers
        .iter()
        .rev()
        .map(|(on, tier)| (*on, tier.as_ref().map_or_else(|| t(words::NO_TIER).to_owned(), name_of)))
        .collect();
    Some(Seen { title, facts, by_hand: set, history, problem })
}

fn reasons(stands: &TierStanding<'_, '_>, scheme: &TierScheme, today: Date) -> Vec<(String, String)> {
    let Ok(placed) = &stands.standing.computed else { return Vec::new() };
    let name_of = |tier| tier_look(Some(scheme), tier).name;
    let value = |of, amount: u64| words::value(of, i64::try_from(amount).unwrap_or(i64::MAX));
    let mut facts = Vec::new();
    for ground in &placed.grounds {
        let own = words::value(&ground.of, ground.value);
        let told = match ground.floor {
            Some(floor) => {
                fill(words::AT_LEAST, &[("value", &own), ("floor", &words::value(&ground.of, floor))])
            }
            None => fill(words::NO_FLOOR, &[("value", &own)]),
        };
        facts.push((words::yardstick(&ground.of), told));
    }
    for short in placed.above.iter().flat_map(|above| above.short.iter().map(move |short| (above, short))) {
        let (above, short) = short;
        facts.push((
            fill(words::UP, &[("tier", &name_of(&above.tier))]),
            fill(
                words::UP_SAY,
                &[("floor", &words::value(&short.of, short.floor)), ("by", &value(&short.of, short.by))],
            ),
        ));
    }
    if let Some(below) = &placed.below
        && let Some(margin) = below.margins.iter().min_by_key(|margin| margin.by)
    {
        facts.push((
            fill(words::DOWN, &[("tier", &name_of(&below.tier))]),
            fill(words::DOWN_SAY, &[("by", &value(&margin.of, margin.by))]),
        ));
    }
    let since = scheme.effective_on.map(|on| day(on, today)).unwrap_or_default();
    facts.push((
        t(words::RULE).to_owned(),
        fill(words::RULE_SAY, &[("ladder", &placed.ladder), ("version", &placed.version), ("day", &since)]),
    ));
    if let Some(on) = stands.as_of {
        facts.push((t(words::FIGURES).to_owned(), fill(words::FIGURES_SAY, &[("day", &day(on, today))])));
    }
    if let Some(on) = stands.fixed_on {
        facts.push((t(words::FROZEN).to_owned(), fill(words::FROZEN_SAY, &[("day", &day(on, today))])));
    }
    if let Some(now) = stands.provisional.as_ref().filter(|now| now.tier != placed.tier) {
        facts.push((String::new(), fill(words::PROVISIONAL, &[("tier", &name_of(&now.tier))])));
    }
    facts
}

#[component]
pub fn Why(subject: Subject) -> impl IntoView {
    let workbench = Workbench::expect();
    let today = workbench.today();
    let seen = Memo::new(move |_| workbench.read(|replica| seen(replica, subject, today)));
    let may_set = workbench.peek(|replica| may(replica.actor().role, Act::SetTier));
    let is_set_open = RwSignal::new(false);
    let ended = RwSignal::new(None::<TierOverrideId>);
    let goal = Editing::new();
    let aim = Memo::new(move |_| workbench.read(|replica| Aim::of(replica, subject.id, today)));
    // The sheet says it while it is open.
    let problem = move || goal.problem.get().filter(|_| goal.aim.with(Option::is_none));
    view! {
        {move || seen.get().map(|Seen { title, facts, by_hand, history, problem }| view! {
            <section aria-labelledby="h-why">
                <div class="head">
                    <h3 id="h-why">{title}</h3>
                    <span class="aside heads">
                    {move || aim.get().map(|aim| {
                        let say = if aim.is_set { migration::CHANGE_GOAL } else { migration::SET };
                        view! { <button type="button" class="link small hit" on:click=move |_| goal.aim.set(Some(aim.clone()))>{t(say)}</button> }
                    })}
                    {may_set.then(|| view! {
                        <button type="button" class="link small hit" on:click=move |_| is_set_open.set(true)>{t(words::SET_TIER)}</button>
                    })}
                    </span>
                </div>
                {problem.map(|problem| view! { <p class="small quiet">{problem}</p> })}
                <dl class="facts">
                    {facts.into_iter().map(|(name, told)| view! { <div><dt>{name}</dt><dd>{told}</dd></div> }).collect_view()}
                </dl>
                {by_hand.map(|(id, told, beside)| view! {
                    <div class="note small">
                        <Icon name="user" />
                        <p>{told}<br />{beside}</p>
                        {may_set.then(|| view! {
                            <button type="button" class="link hit" on:click=move |_| ended.set(Some(id))>{t(words::END_OVERRIDE)}</button>
                        })}
                    </div>
                })}
                {(history.len() > 1).then(|| {
                    let count = history.len() - 1;
                    let lines = history
                        .into_iter()
                        .map(|(on, tier)| view! { <li><span class="quiet">{day(on, today)}</span>" "{tier}</li> })
                        .collect_view();
                    view! {
                        <details class="settled">
                            <summary class="link small hit">{fill(words::HISTORY, &[("n", &count)])}</summary>
                            <ul class="small">{lines}</ul>
                        </details>
                    }
                })}
            </section>
        })}
        {move || problem().map(|said| view! {
            <div class="note note-danger" role="alert"><Icon name="alert" /><p>{said}</p></div>
        })}
        <EditGoal editing=goal />
        {may_set.then(|| view! {
            <SetTierSheet subject is_open=is_set_open />
            <EndOverride subject ended />
        })}
    }
}
