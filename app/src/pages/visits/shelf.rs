//! Plans whose day has passed, and what is planned after the chosen day: both can be moved from here.

use super::day_list::MoveButton;
use super::{Asking, Look, VisitLine};
use crate::i18n::{day, fill, t, weekday_short};
use crate::words::visits as words;
use crate::workbench::Workbench;
use chrono::Duration;
use domain::ids::VisitId;
use domain::time::days_between;
use domain::visit::{Visit, VisitState};
use leptos::prelude::*;

/// How far ahead of today the shelf looks.
const AHEAD_DAYS: i64 = 14;
/// Rows of each kind; the rest is counted.
const ROWS_MAX: usize = 40;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Shelved {
    missed: Vec<VisitLine>,
    coming: Vec<VisitLine>,
    more: usize,
}

#[component]
pub fn Shelf(
    look: Look,
    asking: Asking,
    may_plan: bool,
    /// Missed plans that lie on the shelf of what is owed.
    #[prop(into)]
    moved_there: Signal<Vec<VisitId>>,
) -> impl IntoView {
    let workbench = Workbench::expect();
    let shelved = Memo::new(move |_| {
        let (chosen, visitor, today) = (look.day.get(), look.visitor.get(), look.today);
        let until = today + Duration::days(AHEAD_DAYS);
        workbench.read(|replica| {
            let mut planned: Vec<&Visit> = replica
                .all::<Visit>()
                .filter(|visit| visit.state == VisitState::Planned && visit.on != chosen)
                .filter(|visit| visitor.is_none_or(|visitor| visit.visitor_id == visitor))
                .filter(|visit| moved_there.with(|moved| !moved.contains(&visit.id)))
                .collect();
            planned.sort_by_key(|visit| (visit.on, visit.at_minute.unwrap_or(u16::MAX), visit.id));
            let mut shelved = Shelved::default();
            for visit in planned {
                let rows = if visit.on < today { &mut shelved.missed } else { &mut shelved.coming };
                if visit.on <= until && rows.len() < ROWS_MAX {
                    rows.push(VisitLine::of(replica, visit));
                } else {
                    shelved.more += 1;
                }
            }
            shelved
        })
    });
    let rows = move |lines: Vec<VisitLine>| {
        lines.into_iter().map(|line| view! { <ShelfRow line look asking may_plan /> }).collect_view()
    };
    view! {
        <section class="shelf">
            {move || {
                let missed = shelved.with(|shelved| shelved.missed.clone());
                (!missed.is_empty()).then(|| view! {
                    <div class="head"><h2>{t(words::MISSED)}</h2><span class="count">{missed.len()}</span></div>
                    <ol class="rows">{rows(missed)}</ol>
                })
            }}
            {move || {
                let coming = shelved.with(|shelved| shelved.coming.clone());
                let count = coming.len();
                view! {
                    <div class="head"><h2>{t(words::COMING)}</h2><span class="count">{count}</span></div>
                    {if count == 0 {
                        view! { <p class="small quiet">{t(words::COMING_NONE)}</p> }.into_any()
                    } else {
                        view! { <ol class="rows">{rows(coming)}</ol> }.into_any()
                    }}
                }
            }}
            {move || {
                let more = shelved.with(|shelved| shelved.more);
                (more > 0).then(|| view! { <p class="small faint">{fill(words::MORE, &[("n", &more)])}</p> })
            }}
        </section>
    }
}

#[component]
fn ShelfRow(line: VisitLine, look: Look, asking: Asking, may_plan: bool) -> impl IntoView {
    let today = look.today;
    let late = days_between(line.on, today);
    let weekday = fill(words::WEEKDAY, &[("day", &weekday_short(line.on))]);
    let when = if line.at_minute.is_some() { format!("{weekday} {}", line.time()) } else { weekday };
    let on = line.on;
    view! {
        <li class="dl-row shelf-row">
            <a class="shelf-day" href=move || look.href(on)><b>{day(line.on, today)}</b><span>{when}</span></a>
            <a class="row-body" href=line.customer_href()>
                <span class="row-name"><span>{line.name.clone()}</span></span>
                <span class="row-sub">
                    {if late > 0 {
                        view! { <b class="why-late">{fill(words::MISSED_DAYS, &[("n", &late)])}</b> }.into_any()
                    } else {
                        view! { {line.fact()} }.into_any()
                    }}
                </span>
            </a>
            {may_plan.then(|| view! { <MoveButton id=line.id name=line.name.clone() asking /> })}
        </li>
    }
}
