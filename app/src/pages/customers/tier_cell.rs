//! 等级 at a glance: the tier that counts, how far the next one is, and where on the ladder the customer stands.

use super::who::Subject;
use crate::components::tier_look;
use crate::i18n::{day, fill, t};
use crate::words::tiers as words;
use crate::workbench::Workbench;
use domain::organisation::Colleague;
use domain::tier::{Bound, Ladder, Placement, TierScheme, Unplaced};
use domain::time::Date;
use leptos::prelude::*;
use replica::Replica;

/// Steps shown around the customer's own; a scheme of eleven does not fit in a cell.
const RUNGS_AROUND: usize = 2;

/// One step of the ladder, from the lowest up.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Rung {
    name: String,
    /// Where it begins; empty for the lowest.
    floor: String,
    /// Of its length, in percent.
    filled: u8,
    is_own: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    tier: String,
    distance: String,
    rungs: Vec<Rung>,
    by_hand: Option<String>,
}

fn seen(replica: &Replica, subject: Subject, today: Date) -> Option<Seen> {
    let rated = replica.rated(subject.id, today)?;
    let rules = replica.rules();
    let by_hand: Vec<_> = replica.of(subject.id).collect();
    let stands = rules.tiers.standing(&rated.known, &by_hand, today)?;
    let scheme = stands.scheme;
    let own = stands.standing.tier();
    let override_line = stands.standing.by_hand.map(|own| {
        let who = replica.get::<Colleague>(own.set_by).map(|who| who.name.clone()).unwrap_or_default();
        let tier = tier_look(Some(scheme), &own.tier).name;
        fill(words::BY_HAND_SHORT, &[("name", &who), ("tier", &tier), ("day", &day(own.until, today))])
    });
    let (distance, rungs) = match &stands.standing.computed {
        Ok(placed) => (distance(scheme, placed), rungs(scheme, placed)),
        Err(unplaced) => (unplaced_words(unplaced), Vec::new()),
    };
    Some(Seen {
        tier: own.map_or_else(|| t(words::NO_TIER).to_owned(), |tier| tier_look(Some(scheme), tier).name),
        distance,
        rungs,
        by_hand: override_line,
    })
}

pub fn unplaced_words(unplaced: &Unplaced) -> String {
    match unplaced {
        Unplaced::Missing { measures } => {
            let list: Vec<String> = measures.iter().map(|one| words::measure(*one).to_owned()).collect();
            fill(words::MISSING, &[("list", &crate::words::customers::listed(&list))])
        }
        Unplaced::NotReady | Unplaced::PointsOutOfRange { .. } => t(words::NOT_READY).to_owned(),
    }
}

fn distance(scheme: &TierScheme, placed: &Placement) -> String {
    let Some(above) = &placed.above else { return t(words::TOP).to_owned() };
    let Some(short) = above.short.first() else { return String::new() };
    let tier = tier_look(Some(scheme), &above.tier).name;
    let by = words::value(&short.of, i64::try_from(short.by).unwrap_or(i64::MAX));
    let first = fill(words::TO_NEXT, &[("tier", &tier), ("by", &by)]);
    match above.short.len() {
        0 | 1 => first,
        more => format!("{first}{}{}", crate::i18n::comma(), fill(words::AND_MORE, &[("n", &(more - 1))])),
    }
}

fn rungs(scheme: &TierScheme, placed: &Placement) -> Vec<Rung> {
    let Some(ladder) = scheme.ladders.iter().find(|ladder| ladder.name == placed.ladder) else {
        return Vec::new();
    };
    let Some(value) = placed.grounds.first().map(|ground| ground.value) else { return Vec::new() };
    let steps = from_the_lowest(scheme, ladder);
    let Some(own) = steps.iter().position(|(tier, _)| **tier == placed.tier) else { return Vec::new() };
    let from = own.saturating_sub(RUNGS_AROUND);
    let shown = steps.iter().enumerate().skip(from).take(2 * RUNGS_AROUND + 1);
    shown
        .map(|(at, (tier, floor))| {
            let next = steps.get(at + 1).and_then(|(_, floor)| *floor);
            Rung {
                name: tier_look(Some(scheme), tier).name,
                floor: floor.map(|floor| words::value(&ladder.by, floor)).unwrap_or_default(),
                filled: match at.cmp(&own) {
                    std::cmp::Ordering::Less => 100,
                    std::cmp::Ordering::Equal => share(value, floor.unwrap_or(0), next),
                    std::cmp::Ordering::Greater => 0,
                },
                is_own: at == own,
            }
        })
        .collect()
}

fn from_the_lowest<'a>(
    scheme: &'a TierScheme,
    ladder: &'a Ladder,
) -> Vec<(&'a domain::tier::TierCode, Option<i64>)> {
    let step_of = |tier: &domain::tier::Tier| ladder.steps.iter().find(|step| step.tier == tier.code);
    let steps = scheme.tiers.iter().rev().filter_map(step_of);
    steps
        .map(|step| {
            let floor = match step.floor {
                Bound::At(floor) => Some(floor),
                Bound::Blank | Bound::Open => None,
            };
            (&step.tier, floor)
        })
        .collect()
}

/// Of the way from a floor to the next; the highest tier has no end and shows a little more than its beginning.
fn share(value: i64, floor: i64, next: Option<i64>) -> u8 {
    let Some(next) = next.filter(|next| *next > floor) else { return 40 };
    let gone = i128::from(value.saturating_sub(floor)).clamp(0, i128::from(next - floor));
    u8::try_from(gone * 100 / i128::from(next - floor)).unwrap_or(100)
}

#[component]
pub fn TierCell(subject: Subject) -> impl IntoView {
    let workbench = Workbench::expect();
    let seen = Memo::new(move |_| workbench.read(|replica| seen(replica, subject, workbench.today())));
    view! {
        <div class="band-cell">
            <div class="head">
                <h3 class="label">{t(words::TIER)}</h3>
                {move || seen.with(Option::is_some).then(|| view! { <a class="link small aside hit" href="#h-why">{t(words::WHY)}</a> })}
            </div>
            {move || match seen.get() {
                None => view! { <p class="band-none quiet">{t(words::NO_SCHEME)}</p> }.into_any(),
                Some(Seen { tier, distance, rungs, by_hand }) => view! {
                    <p class="band-figure"><span class="figure">{tier}</span><span class="small quiet">{distance}</span></p>
                    {(!rungs.is_empty()).then(|| view! { <Rungs rungs /> })}
                    {by_hand.map(|by_hand| view! { <p class="small quiet">{by_hand}</p> })}
                }
                .into_any(),
            }}
        </div>
    }
}

/// Decoration: the words above say the same.
#[component]
fn Rungs(rungs: Vec<Rung>) -> impl IntoView {
    let rungs = rungs
        .into_iter()
        .map(|Rung { name, floor, filled, is_own }| {
            let class = if is_own { "here" } else { "" };
            view! {
                <li class=class>
                    {name}
                    <svg class="meter" aria-hidden="true"><rect width=format!("{filled}%")></rect></svg>
                    <span class="from">{floor}</span>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="ladder" aria-hidden="true">{rungs}</ol> }
}
