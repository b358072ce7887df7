//! The customer's size through the months: the line, and the figures behind it.

use super::who::Subject;
use crate::components::Trend;
use crate::i18n::{amount, fill, month_name, t};
use crate::words::tiers as words;
use crate::workbench::Workbench;
use domain::money::Fen;
use domain::month::Month;
use domain::time::Date;
use domain::trend::sparkline;
use leptos::prelude::*;
use replica::Replica;

/// Months of the line: a year, and the month it is held against.
const TREND_MONTHS: u8 = 13;

#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    name: String,
    series: Vec<(Month, i64)>,
    line: Vec<Option<i64>>,
    change: Option<(Month, i64)>,
}

fn seen(replica: &Replica, subject: Subject, today: Date) -> Option<Seen> {
    let rated = replica.rated(subject.id, today)?;
    let rules = replica.rules();
    let series: Vec<(Month, i64)> = rated.series.iter().map(|(month, fen)| (*month, *fen)).collect();
    // A fall worth a look is told by its height; otherwise the month before the last known one is what a manager asks about.
    let change = match series.as_slice() {
        _ if rated.fall.is_some() => rated.fall.map(|fall| (fall.from_month, -i64::from(fall.percent))),
        [.., (before, from), (_, to)] if *from > 0 => {
            let percent = (i128::from(*to) - i128::from(*from)) * 100 / i128::from(*from);
            Some((*before, i64::try_from(percent).unwrap_or(i64::MAX)))
        }
        _ => None,
    };
    Some(Seen {
        name: words::yardstick(&rules.headline(today)),
        line: sparkline(&rated.series, TREND_MONTHS),
        series,
        change,
    })
}

#[component]
pub fn TrendCell(subject: Subject) -> impl IntoView {
    let workbench = Workbench::expect();
    let today = workbench.today();
    let seen = Memo::new(move |_| workbench.read(|replica| seen(replica, subject, today)));
    let is_table = RwSignal::new(false);
    view! {
        <div class="band-cell">
            {move || seen.get().map(|Seen { name, series, line, change }| {
                let Some((_, last)) = series.last().copied() else {
                    return view! {
                        <div class="head"><h3 class="label">{name}</h3></div>
                        <p class="band-none quiet">{t(words::NO_TREND)}</p>
                    }
                    .into_any();
                };
                let ends = series.first().zip(series.last()).map(|(first, last)| (first.0, last.0));
                let has_line = series.len() > 1;
                view! {
                    <div class="head">
                        <h3 class="label" id="h-trend">{name}</h3>
                        <button type="button" class="link small aside hit" aria-pressed=move || is_table.get().to_string()
                            on:click=move |_| is_table.update(|is_table| *is_table = !*is_table)>{t(words::SHOW_FIGURES)}</button>
                    </div>
                    <p class="band-figure">
                        <span class="figure">{amount(Fen(last))}</span>
                        {change.map(|(month, percent)| view! { <span class="small quiet">{change_words(month, percent, today)}</span> })}
                    </p>
                    {move || match (is_table.get(), has_line) {
                        (true, _) => view! { <Figures series=series.clone() today /> }.into_any(),
                        (false, true) => view! {
                            <Trend values=line.clone() />
                            {ends.map(|(first, last)| view! {
                                <p class="trend-x"><span>{month_name(first, today)}</span><span>{month_name(last, today)}</span></p>
                            })}
                        }
                        .into_any(),
                        (false, false) => view! { <p class="small faint">{t(words::NO_TREND)}</p> }.into_any(),
                    }}
                }
                .into_any()
            })}
        </div>
    }
}

fn change_words(month: Month, percent: i64, today: Date) -> String {
    let change = match percent {
        0 => t(words::LEVEL).to_owned(),
        up @ 1.. => fill(words::ROSE, &[("n", &up)]),
        down => fill(words::FELL, &[("n", &down.unsigned_abs())]),
    };
    fill(words::SINCE_MONTH, &[("month", &month_name(month, today)), ("change", &change)])
}

/// The table behind the line, the latest month first.
#[component]
fn Figures(series: Vec<(Month, i64)>, today: Date) -> impl IntoView {
    let rows = series
        .into_iter()
        .rev()
        .map(|(month, fen)| {
            view! { <tr><th scope="row">{month_name(month, today)}</th><td title=Fen(fen).exact()>{amount(Fen(fen))}</td></tr> }
        })
        .collect_view();
    view! { <div class="figures scroll" tabindex="0"><table class="debt-t"><tbody>{rows}</tbody></table></div> }
}
