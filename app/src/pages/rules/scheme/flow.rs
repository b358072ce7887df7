//! Who goes from which tier to which, drawn as ribbons, with the table behind.

use crate::components::Icon;
use crate::i18n::{fill, t};
use crate::words::rules as shared;
use crate::words::rules::scheme as words;
use domain::api::{Flow, SchemePreview};
use domain::tier::{TierCode, TierScheme};
use leptos::prelude::*;

/// Of the drawing: what its coordinates are counted in.
const WIDTH: f64 = 364.0;
const LEFT: f64 = 92.0;
const RIGHT: f64 = 220.0;
const PILLAR: f64 = 6.0;
const TOP: f64 = 28.0;
/// All customers together are this high.
const HEIGHT: f64 = 190.0;
/// A tier is given at least the room its name needs.
const ROOM_MIN: f64 = 17.0;
const GAP: f64 = 8.0;

type Tier = Option<TierCode>;

/// A tier on one side of the drawing.
#[derive(Clone, PartialEq)]
struct Pillar {
    tier: Tier,
    count: u32,
    y: f64,
    height: f64,
    /// Where the next ribbon begins.
    used: f64,
}

fn height(count: u32, customers: u32) -> f64 {
    HEIGHT * f64::from(count) / f64::from(customers.max(1))
}

/// The tiers of one side from the highest down, none last.
fn pillars(
    flows: &[Flow],
    of: fn(&Flow) -> &Tier,
    scheme: &TierScheme,
    customers: u32,
) -> (Vec<Pillar>, f64) {
    let mut tiers: Vec<Tier> = Vec::new();
    for flow in flows {
        if !tiers.contains(of(flow)) {
            tiers.push(of(flow).clone());
        }
    }
    tiers.sort_by_key(|tier| match tier {
        Some(code) => scheme.rank(code).unwrap_or(usize::MAX - 1),
        None => usize::MAX,
    });
    let mut y = TOP;
    let pillars = tiers
        .into_iter()
        .map(|tier| {
            let count = flows.iter().filter(|flow| *of(flow) == tier).map(|flow| flow.count).sum();
            let height = height(count, customers);
            let room = height.max(ROOM_MIN);
            let top = y + (room - height) / 2.0;
            y += room + GAP;
            Pillar { tier, count, y: top, height, used: 0.0 }
        })
        .collect();
    (pillars, y)
}

/// What a move is: drawn by it, and told in the table.
fn class_of(flow: &Flow, draft: &TierScheme, now: &TierScheme) -> &'static str {
    let (Some(from), Some(to)) = (&flow.from, &flow.to) else {
        return if flow.from == flow.to { "f-stay" } else { "f-turn" };
    };
    if from == to {
        return "f-stay";
    }
    let by = |scheme: &TierScheme| Some(scheme.rank(to)?.cmp(&scheme.rank(from)?));
    match by(draft).or_else(|| by(now)) {
        Some(std::cmp::Ordering::Less) => "f-up",
        Some(std::cmp::Ordering::Greater) => "f-down",
        _ => "f-turn",
    }
}

fn ribbon(from: f64, to: f64, thick: f64) -> String {
    let (left, right, middle) = (LEFT, RIGHT, f64::midpoint(LEFT, RIGHT));
    let (from_end, to_end) = (from + thick, to + thick);
    format!(
        "M{left} {from:.1}C{middle} {from:.1} {middle} {to:.1} {right} {to:.1}V{to_end:.1}C{middle} {to_end:.1} {middle} {from_end:.1} {left} {from_end:.1}z"
    )
}

fn name_of(scheme: &TierScheme, tier: &Tier) -> String {
    tier.as_ref().map_or_else(|| t(words::NO_TIER).to_owned(), |code| words::tier_name(scheme, code))
}

/// Where a ribbon begins on a pillar, which is then used up to its end.
fn begin(pillars: &mut [Pillar], tier: &Tier, thick: f64) -> f64 {
    let Some(pillar) = pillars.iter_mut().find(|pillar| pillar.tier == *tier) else { return TOP };
    let from = pillar.y + pillar.used;
    pillar.used += thick;
    from
}

#[component]
pub fn FlowPicture(answer: SchemePreview, now: TierScheme, draft: TierScheme) -> impl IntoView {
    let customers: u32 = answer.flows.iter().map(|flow| flow.count).sum();
    let (mut left, left_end) = pillars(&answer.flows, |flow| &flow.from, &now, customers);
    let (mut right, right_end) = pillars(&answer.flows, |flow| &flow.to, &draft, customers);
    let mut flows: Vec<&Flow> = answer.flows.iter().collect();
    // Ribbons leave and arrive in the order of the tiers they come from and lead to.
    let place = |side: &[Pillar], tier: &Tier| side.iter().position(|pillar| pillar.tier == *tier);
    flows.sort_by_key(|flow| (place(&left, &flow.from), place(&right, &flow.to)));
    let mut ribbons: Vec<(&'static str, String)> = flows
        .iter()
        .map(|flow| {
            let thick = height(flow.count, customers);
            let (from, to) = (begin(&mut left, &flow.from, thick), begin(&mut right, &flow.to, thick));
            (class_of(flow, &draft, &now), ribbon(from, to, thick.max(1.0)))
        })
        .collect();
    // Who moves lies over who stays.
    ribbons.sort_by_key(|(class, _)| *class != "f-stay");
    let ribbons = ribbons.into_iter().map(|(class, d)| view! { <path class=class d=d /> }).collect_view();
    let view_box = format!("0 0 {WIDTH} {:.0}", left_end.max(right_end));
    let label = fill(
        words::FLOW,
        &[("n", &answer.customers), ("up", &answer.up), ("down", &answer.down), ("same", &answer.same)],
    );
    let before = left.clone();
    let left = left.into_iter().map(|pillar| {
        let (middle, name) = (pillar.y + pillar.height / 2.0 + 4.0, name_of(&now, &pillar.tier));
        view! {
            <rect class=pillar_class(&now, &pillar.tier) x=LEFT - PILLAR y=pillar.y width=PILLAR height=pillar.height.max(1.0) />
            <text x=LEFT - 2.0 * PILLAR - 2.0 y=middle text-anchor="end">{short(&name)}<tspan class="f-n" dx="6">{pillar.count}</tspan></text>
        }
    }).collect_view();
    let right = right.into_iter().map(|pillar| {
        let (middle, name) = (pillar.y + pillar.height / 2.0 + 4.0, name_of(&draft, &pillar.tier));
        let was = before.iter().find(|other| other.tier == pillar.tier).map_or(0, |other| other.count);
        let change = i64::from(pillar.count) - i64::from(was);
        let change = (change != 0).then(|| if change > 0 { format!("+{change}") } else { format!("−{}", -change) });
        view! {
            <rect class=pillar_class(&draft, &pillar.tier) x=RIGHT y=pillar.y width=PILLAR height=pillar.height.max(1.0) />
            <text x=RIGHT + 2.0 * PILLAR + 2.0 y=middle text-anchor="start">{short(&name)}<tspan class="f-n" dx="6">{pillar.count}</tspan>
                {change.map(|change| view! { <tspan class="f-d" dx="6">{change}</tspan> })}</text>
        }
    }).collect_view();
    let now_is = if now.tiers.is_empty() {
        t(words::BEFORE).to_owned()
    } else {
        fill(shared::VERSION, &[("n", &now.version)])
    };
    let rows = flows_table(&flows, &now, &draft);
    view! {
        <svg class="flow" viewBox=view_box role="img" aria-label=label>
            {ribbons}{left}{right}
            <text class="f-h" x=LEFT - 2.0 * PILLAR - 2.0 y="14" text-anchor="end">{now_is}</text>
            <text class="f-h" x=RIGHT + 2.0 * PILLAR + 2.0 y="14">{t(words::DRAFT)}</text>
        </svg>
        <details class="fold flow-table">
            <summary class="link small hit">{t(words::FLOW_TABLE)}<Icon name="down" small=true /></summary>
            <table class="table">
                <thead><tr><th>{t(words::FLOW_FROM)}</th><th>{t(words::FLOW_TO)}</th><th class="r">{t(words::FLOW_COUNT)}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </details>
    }
}

fn flows_table(flows: &[&Flow], now: &TierScheme, draft: &TierScheme) -> Vec<impl IntoView + use<>> {
    flows
        .iter()
        .map(|flow| {
            let sign = match class_of(flow, draft, now) {
                "f-up" => t(words::UP),
                "f-down" => t(words::DOWN),
                "f-stay" => t(words::SAME),
                _ => "",
            };
            view! {
                <tr><td>{name_of(now, &flow.from)}</td><td>{name_of(draft, &flow.to)}" "<span class="small faint">{sign}</span></td><td class="r">{flow.count}</td></tr>
            }
        })
        .collect()
}

fn pillar_class(scheme: &TierScheme, tier: &Tier) -> &'static str {
    let Some(rank) = tier.as_ref().and_then(|code| scheme.rank(code)) else { return "t0" };
    super::fill_class(super::weight_of(rank, scheme.tiers.len()))
}

/// As much of a name as the drawing has room for; the table has it whole.
fn short(name: &str) -> String {
    const ROOM: usize = 8; // as wide as a Latin letter; a Chinese character takes two
    let mut used = 0;
    let mut cut = String::new();
    for character in name.chars() {
        used += if character.is_ascii() { 1 } else { 2 };
        if used > ROOM {
            cut.push('…');
            break;
        }
        cut.push(character);
    }
    cut
}
