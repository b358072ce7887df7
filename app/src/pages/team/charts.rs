//! A look instead of reading: how much of the quarter is done, in which weeks the rest is due, and how the tiers went. Each
//! with its table behind.

use super::behind::{Behind, Open, What, name};
use super::coverage::percent;
use super::seen::{Seen, TIER_MONTHS};
use crate::i18n::{day, fill, month_name, t};
use crate::words::team as words;
use domain::team::{Outlook, outlook};
use leptos::prelude::*;
use std::sync::Arc;

/// Weeks ahead that are looked at: to the end of the quarter at least.
const WEEKS: u8 = 14;
/// Weeks that are drawn though nothing is due in the last of them.
const WEEKS_MIN: usize = 6;

#[component]
pub fn Charts(seen: Memo<Arc<Seen>>) -> impl IntoView {
    move || {
        let seen = seen.get();
        let is_owed = seen.coverage.all().required > 0;
        let has_tiers = !seen.months.is_empty();
        // Nothing to draw before anything is published.
        (is_owed || has_tiers).then(|| {
            view! {
                <section class="charts" aria-labelledby="team-charts">
                    <div class="head"><h2 id="team-charts">{t(words::CHARTS)}</h2></div>
                    <div class="charts-in">
                        {is_owed.then(|| ring(&seen))}
                        {is_owed.then(|| weeks(&seen))}
                        {has_tiers.then(|| tiers(&seen))}
                    </div>
                </section>
            }
        })
    }
}

/// The arc is what is done of the visits the running periods ask for, the tick what the time gone asks for.
fn ring(seen: &Seen) -> impl IntoView + use<> {
    let all = seen.coverage.all();
    let done = all.done_permille().unwrap_or(0);
    let class = if all.is_late() { "big-ring big-ring-late" } else { "big-ring" };
    let expected = all.expected_permille().unwrap_or(0);
    let turn = expected * 36 / 100;
    let values: [(&str, &dyn std::fmt::Display); 2] = [("done", &all.done), ("required", &all.required)];
    let rows = seen
        .ranks()
        .into_iter()
        .map(|rank| (seen.tier_name(rank), seen.coverage.of_rank(rank)))
        .chain([(t(words::TOTAL).to_owned(), all)])
        .map(|(name, cell)| {
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td class="r">{cell.done}</td>
                    <td class="r">{cell.required}</td>
                    <td class="r">{cell.done_permille().map_or_else(|| "—".to_owned(), percent)}</td>
                    <td class="r">{cell.expected_permille().map_or_else(|| "—".to_owned(), percent)}</td>
                </tr>
            }
        })
        .collect_view();
    let gone = fill(words::BY_NOW_SAY, &[("percent", &format!("{}%", expected / 10))]);
    view! {
        <figure class="chart">
            <figcaption class="label">{t(words::RING)}</figcaption>
            <div class="chart-ring">
                <svg class=class viewBox="0 0 36 36" aria-hidden="true">
                    <circle></circle>
                    {(done > 0).then(|| view! { <circle stroke-dasharray=format!("{}.{} 100", done / 10, done % 10)></circle> })}
                    <path d="M18 0v5" transform=format!("rotate({turn} 18 18)")></path>
                </svg>
                <p><span class="figure">{format!("{}%", done / 10)}</span>
                    <span class="small quiet">{fill(words::RING_SAY, &values)}</span>
                    <span class="small faint">{gone}</span></p>
            </div>
            <details>
                <summary class="link small">{t(words::SHOW_TABLE)}</summary>
                <div class="cov-box"><table class="table">
                    <thead><tr>
                        <th scope="col">{t(words::TIER)}</th>
                        <th scope="col" class="r">{t(words::VISITED)}</th>
                        <th scope="col" class="r">{t(words::STANDARD)}</th>
                        <th scope="col" class="r">{t(words::SHARE)}</th>
                        <th scope="col" class="r">{t(words::BY_NOW)}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table></div>
            </details>
        </figure>
    }
}

/// One bar of the weeks: what it opens, and how many visits.
fn bars(outlook: &Outlook) -> Vec<(What, u64)> {
    let weeks = outlook.weeks.iter().map(|week| (What::DueIn(week.monday), week.visits));
    let last = outlook.weeks.last().map(|week| (What::DueAfter(week.monday), outlook.later));
    [(What::DueBefore, outlook.overdue)]
        .into_iter()
        .chain(weeks)
        .chain(last.filter(|(_, visits)| *visits > 0))
        .collect()
}

fn weeks(seen: &Seen) -> impl IntoView + use<> {
    let Open(open) = Open::expect();
    let today = seen.today;
    let mut outlook = outlook(&seen.members, today, WEEKS);
    while outlook.later == 0
        && outlook.weeks.len() > WEEKS_MIN
        && outlook.weeks.last().is_some_and(|week| week.visits == 0)
    {
        outlook.weeks.pop();
    }
    let bars = bars(&outlook);
    let highest = bars.iter().map(|(_, visits)| *visits).max().unwrap_or(0).max(1);
    let count = u64::try_from(bars.len()).unwrap_or(1).max(1);
    let drawn = (0_u64..)
        .zip(&bars)
        .map(|(at, (what, visits))| {
            let height = (visits * 1_000).div_ceil(highest);
            let class = if *what == What::DueBefore { "bar-late" } else { "bar" };
            view! {
                <rect class=class x=percent(at * 1_000 / count) width=percent(700 / count)
                    y=percent(1_000 - height) height=percent(height)></rect>
            }
        })
        .collect_view();
    let is_none = bars.iter().all(|(_, visits)| *visits == 0);
    let rows = bars
        .iter()
        .filter(|(_, visits)| *visits > 0)
        .map(|(what, visits)| {
            let (what, visits) = (*what, *visits);
            let named = name(what, today);
            let label = format!("{named} {visits}");
            view! {
                <tr>
                    <th scope="row">{named}</th>
                    <td class="r"><button type="button" class="num hit" aria-label=label
                        on:click=move |_| open.set(Some(Behind::all(what)))>{visits}</button></td>
                </tr>
            }
        })
        .collect_view();
    let ends = outlook.weeks.last().map(|week| day(week.monday, today)).unwrap_or_default();
    view! {
        <figure class="chart">
            <figcaption class="label">{t(words::DUE_BY_WEEK)}</figcaption>
            {if is_none {
                view! { <p class="small quiet">{t(words::NOTHING_OWED)}</p> }.into_any()
            } else {
                view! {
                    <svg class="chart-bars" aria-hidden="true">{drawn}</svg>
                    <p class="trend-x"><span>{fill(words::OVERDUE_N, &[("n", &outlook.overdue)])}</span><span>{ends}</span></p>
                    <details>
                        <summary class="link small">{t(words::SHOW_TABLE)}</summary>
                        <table class="table">
                            <thead><tr><th scope="col">{t(words::WEEK)}</th><th scope="col" class="r">{t(words::VISITS_OWED)}</th></tr></thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </details>
                }.into_any()
            }}
        </figure>
    }
}

fn tiers(seen: &Seen) -> impl IntoView + use<> {
    let today = seen.today;
    let highest: u64 =
        seen.months.iter().map(|month| month.by_rank.iter().map(|n| u64::from(*n)).sum()).max().unwrap_or(0);
    let highest = highest.max(1);
    let count = u64::from(TIER_MONTHS).max(1);
    let class = |rank: usize| match seen.tier_look(Some(rank)).map(|look| look.weight) {
        Some(4) => "t4",
        Some(3) => "t3",
        Some(2) => "t2",
        _ => "t1",
    };
    // The lowest tier lies at the bottom.
    let drawn = (0_u64..)
        .zip(&seen.months)
        .flat_map(|(at, month)| {
            let mut below = 0_u64;
            let parts: Vec<_> = (0_usize..).zip(&month.by_rank).collect();
            let parts: Vec<_> = parts
                .into_iter()
                .rev()
                .map(|(rank, n)| {
                    let height = u64::from(*n) * 1_000 / highest;
                    below += height;
                    view! {
                        <rect class=class(rank) x=percent(at * 1_000 / count) width=percent(700 / count)
                            y=percent(1_000_u64.saturating_sub(below)) height=percent(height)></rect>
                    }
                })
                .collect();
            parts
        })
        .collect_view();
    let keys = (0_usize..)
        .zip(&seen.tiers)
        .filter(|(rank, _)| seen.months.iter().any(|month| month.by_rank.get(*rank).is_some_and(|n| *n > 0)))
        .map(|(rank, (_, look))| {
            view! {
                <span class="key"><svg aria-hidden="true"><rect class=class(rank) width="12" height="12"></rect></svg>{look.name.clone()}</span>
            }
        })
        .collect_view();
    let heads =
        seen.tiers.iter().map(|(_, look)| view! { <th scope="col" class="r">{look.name.clone()}</th> });
    let heads = heads.collect_view();
    let rows = seen
        .months
        .iter()
        .rev()
        .map(|month| {
            let counts = month.by_rank.iter().map(|n| view! { <td class="r">{*n}</td> }).collect_view();
            view! {
                <tr>
                    <th scope="row">{month_name(month.month, today)}</th>
                    {counts}
                    <td class="r">{month.up}</td>
                    <td class="r">{month.down}</td>
                </tr>
            }
        })
        .collect_view();
    let sum = |of: fn(&domain::team::TierMonth) -> u32| seen.months.iter().map(of).sum::<u32>();
    let moved = [("up", sum(|month| month.up)), ("down", sum(|month| month.down))];
    let values: Vec<(&str, &dyn std::fmt::Display)> =
        moved.iter().map(|(name, n)| (*name, n as &dyn std::fmt::Display)).collect();
    let first = seen.months.first().map(|month| month_name(month.month, today)).unwrap_or_default();
    let last = seen.months.last().map(|month| month_name(month.month, today)).unwrap_or_default();
    view! {
        <figure class="chart chart-wide">
            <figcaption class="label">{t(words::TIERS_BY_MONTH)}</figcaption>
            <svg class="chart-bars" aria-hidden="true">{drawn}</svg>
            <p class="trend-x"><span>{first}</span><span>{last}</span></p>
            <p class="keys">{keys}</p>
            <p class="small quiet">{fill(words::MOVED_LATELY, &values)}</p>
            <details>
                <summary class="link small">{t(words::SHOW_TABLE)}</summary>
                <div class="cov-box"><table class="table">
                    <thead><tr>
                        <th scope="col">{t(words::MONTH)}</th>
                        {heads}
                        <th scope="col" class="r">{t(words::UP)}</th>
                        <th scope="col" class="r">{t(words::DOWN)}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table></div>
            </details>
        </figure>
    }
}
