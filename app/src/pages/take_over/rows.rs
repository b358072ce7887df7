//! The visits and calls behind a number of the first month.

use super::sitting::Sitting;
use crate::components::Sheet;
use crate::i18n::{day, fill, t, weekday};
use crate::pages::customers::href;
use crate::words::take_over as words;
use domain::customer::Customer;
use domain::ids::CustomerId;
use domain::take_over::{Due, DueKind, FirstMonth, Week, Why};
use domain::time::Date;
use leptos::prelude::*;
use leptos_router::components::A;
use std::sync::Arc;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened {
    All,
    /// From 0.
    Week(usize),
}

struct Line {
    customer_id: CustomerId,
    on: Option<Date>,
    why: String,
}

fn lines(week: &Week, today: Date) -> Vec<Line> {
    let planned = week.planned.iter().map(|planned| Line {
        customer_id: planned.customer_id,
        on: Some(planned.on),
        why: t(words::ALREADY).to_owned(),
    });
    let stops = week.stops.iter().map(|stop| {
        let why = match stop.why {
            Why::Due(Due { on, kind: DueKind::ContractEnds }) => {
                fill(words::WHY_CONTRACT, &[("day", &day(on, today))])
            }
            Why::Due(Due { on, kind: DueKind::Birthday }) => {
                fill(words::WHY_BIRTHDAY, &[("day", &day(on, today))])
            }
            Why::Near => t(words::WHY_NEAR).to_owned(),
            Why::Rank => String::new(),
        };
        Line { customer_id: stop.customer_id, on: Some(stop.on), why }
    });
    let mut lines: Vec<Line> = planned.chain(stops).collect();
    lines.sort_by_key(|line| line.on);
    let calls =
        week.calls.iter().map(|id| Line { customer_id: *id, on: None, why: t(words::TO_CALL).to_owned() });
    lines.extend(calls);
    lines
}

#[component]
pub fn Rows(
    sitting: Sitting,
    month: Memo<Arc<FirstMonth>>,
    opened: RwSignal<Option<Opened>>,
) -> impl IntoView {
    let workbench = sitting.workbench;
    let today = workbench.today();
    let is_open = RwSignal::new(false);
    Effect::new(move |_| is_open.set(opened.get().is_some()));
    Effect::new(move |_| {
        if !is_open.get() && opened.get_untracked().is_some() {
            opened.set(None);
        }
    });
    let row = move |line: Line| {
        let name = workbench
            .peek(|replica| replica.get::<Customer>(line.customer_id).map(|customer| customer.name.clone()));
        let when = line.on.map(|on| format!("{} {}", day(on, today), weekday(on)));
        view! {
            <li>
                <A href=href(line.customer_id) attr:class="row">
                    <span class="row-body"><span class="row-name"><span>{name}</span></span><span class="row-sub">{line.why}</span></span>
                    <span class="small quiet nb">{when}</span>
                </A>
            </li>
        }
    };
    let body = move || {
        let wanted = opened.get();
        month.with(|month| {
            (0..)
                .zip(&month.weeks)
                .filter(|(at, _)| !matches!(wanted, Some(Opened::Week(week)) if week != *at))
                .map(|(at, week)| {
                    let lines = lines(week, today);
                    let is_none = lines.is_empty();
                    view! {
                        <section class="first-rows" aria-label=fill(words::WEEK, &[("n", &(at + 1))])>
                            <h3 class="label">{fill(words::WEEK, &[("n", &(at + 1))])}</h3>
                            {is_none.then(|| view! { <p class="small quiet">{t(words::STILL_FREE)}</p> })}
                            <ul class="rows flush">{lines.into_iter().map(row).collect_view()}</ul>
                        </section>
                    }
                })
                .collect_view()
        })
    };
    view! { <Sheet title=t(words::FIRST_MONTH) is_open>{body}</Sheet> }
}
