//! One look: what they hold, when somebody goes next, when somebody was last there.

use super::plan::PlannedActions;
use super::row::last_visited_on;
use super::who::{Subject, planned};
use crate::components::Dot;
use crate::i18n::{amount, clock, day, fill, near_day, t};
use crate::words::customers as words;
use crate::workbench::Workbench;
use domain::customer::{Customer, Holdings};
use domain::money::Fen;
use domain::organisation::Colleague;
use domain::time::{Date, days_between};
use domain::visit::{Visit, VisitState};
use leptos::prelude::*;

#[component]
pub fn Band(subject: Subject) -> impl IntoView {
    view! {
        <section class="band" aria-label=t(words::AT_A_GLANCE)>
            <HoldingsCell subject />
            <NextCell subject />
            <LastCell subject />
        </section>
    }
}

#[component]
fn HoldingsCell(subject: Subject) -> impl IntoView {
    let workbench = Workbench::expect();
    let holdings = Memo::new(move |_| {
        subject.customer.with(|customer| customer.as_ref().map(|customer| customer.holdings))
    });
    view! {
        <div class="band-cell band-hold">
            {move || holdings.get().map(|holdings| {
                let as_of = holdings.as_of.map(|date| day(date, workbench.today()));
                let lines = lines(&holdings);
                view! {
                    <div class="head"><h3 class="label">{t(words::HOLDINGS)}</h3><span class="small faint aside">{as_of}</span></div>
                    {if lines.is_empty() {
                        view! { <p class="small quiet">{t(words::HOLDINGS_NONE)}</p> }.into_any()
                    } else {
                        view! {
                            <p class="band-figure">
                                <span class="figure">{amount(holdings.wealth_assets())}</span>
                                <span class="small quiet">{t(words::WEALTH_ASSETS)}</span>
                            </p>
                            <table class="hold"><tbody>{lines.into_iter().map(line).collect_view()}</tbody></table>
                        }
                        .into_any()
                    }}
                }
            })}
        </div>
    }
}

struct Line {
    name: &'static str,
    amount: Fen,
    /// Of the largest, in percent.
    share: f64,
    is_loan: bool,
}

/// What there is, the largest first; loans, which are no assets, below.
fn lines(holdings: &Holdings) -> Vec<Line> {
    let mut assets = [
        (words::DEPOSIT, holdings.deposit),
        (words::WEALTH, holdings.wealth),
        (words::INSURANCE, holdings.insurance),
        (words::FUND, holdings.fund),
    ];
    assets.sort_by_key(|(_, amount)| std::cmp::Reverse(*amount));
    let largest = assets.iter().map(|(_, amount)| amount.0).max().unwrap_or(0).max(holdings.loan.0).max(1);
    let all = assets.into_iter().map(|(name, amount)| (name, amount, false));
    all.chain([(words::LOAN, holdings.loan, true)])
        .filter(|(_, amount, _)| amount.0 != 0)
        .map(|(name, amount, is_loan)| Line { name: t(name), amount, share: share(amount, largest), is_loan })
        .collect()
}

#[expect(clippy::cast_precision_loss, reason = "the length of a drawn bar")]
fn share(amount: Fen, largest: i64) -> f64 {
    (amount.0.max(0) as f64 * 1_000.0 / largest as f64).round() / 10.0
}

fn line(line: Line) -> impl IntoView {
    let Line { name, amount: held, share, is_loan } = line;
    view! {
        <tr class=is_loan.then_some("hold-loan")>
            <th scope="row">{name}</th>
            <td><svg class=if is_loan { "meter meter-hollow" } else { "meter meter-bare" } aria-hidden="true"><rect width=format!("{share}%")></rect></svg></td>
            <td title=held.exact()>{amount(held)}</td>
        </tr>
    }
}

/// 明天 10:00
fn when(visit: &Visit, today: Date) -> String {
    let on = near_day(visit.on, today);
    visit.at_minute.map_or_else(|| on.clone(), |minute| format!("{on} {}", clock(minute)))
}

#[component]
fn NextCell(subject: Subject) -> impl IntoView {
    let workbench = Workbench::expect();
    let all = Memo::new(move |_| workbench.read(|replica| planned(replica, subject.id)));
    let next = Memo::new(move |_| all.with(|all| all.first().cloned()));
    let more = Memo::new(move |_| all.with(|all| all.len().saturating_sub(1)));
    view! {
        <div class="band-cell">
            <div class="head"><h3 class="label">{t(words::NEXT_VISIT)}</h3></div>
            {move || match next.get() {
                None => view! { <p class="band-none quiet">{t(words::NEXT_NONE)}</p> }.into_any(),
                Some(visit) => {
                    let today = workbench.today();
                    let late = days_between(visit.on, today);
                    view! {
                        <p class="band-figure">
                            <span class="figure">{when(&visit, today)}</span>
                            {(late > 0).then(|| view! { <span class="why why-late">{fill(words::OVERDUE, &[("n", &late)])}</span> })}
                        </p>
                        <p class="small quiet">{visit.purpose.clone()}</p>
                        {subject.may_keep.then(|| view! { <PlannedActions visit=visit.id asking=subject.asking /> })}
                        {move || (more.get() > 0).then(|| view! { <p class="small faint">{fill(words::NEXT_MORE, &[("n", &more.get())])}</p> })}
                    }
                    .into_any()
                }
            }}
        </div>
    }
}

/// What is told of the last time.
#[derive(Clone, PartialEq)]
struct Last {
    on: Date,
    /// None when only the branch's list knows of it.
    visit: Option<(Visit, String)>,
}

#[component]
fn LastCell(subject: Subject) -> impl IntoView {
    let workbench = Workbench::expect();
    let id = subject.id;
    let last = Memo::new(move |_| {
        workbench.read(|replica| {
            let on = last_visited_on(replica, replica.get::<Customer>(id)?)?;
            let done =
                replica.of::<Visit>(id).filter(|visit| visit.state == VisitState::Done && visit.on == on);
            let visit = done.max_by_key(|visit| (visit.at_minute, visit.id)).map(|visit| {
                let who = replica.get::<Colleague>(visit.visitor_id).map(|who| who.name.clone());
                (visit.clone(), who.unwrap_or_default())
            });
            Some(Last { on, visit })
        })
    });
    view! {
        <div class="band-cell">
            <div class="head"><h3 class="label">{t(words::LAST_VISIT)}</h3></div>
            {move || match last.get() {
                None => view! { <p class="band-none quiet">{t(words::NEVER_VISITED)}</p> }.into_any(),
                Some(Last { on, visit }) => {
                    let today = workbench.today();
                    let who = visit.as_ref().map_or_else(|| t(words::FROM_THE_LIST).to_owned(), |(_, who)| who.clone());
                    let summary = visit.and_then(|(visit, _)| visit.report).map(|report| report.summary);
                    view! {
                        <p class="band-figure"><span class="figure">{near_day(on, today)}</span></p>
                        <p class="small quiet">{words::visited(Some(days_between(on, today)))}<Dot />{who}</p>
                        <p class="small faint band-sum">{summary}</p>
                    }
                    .into_any()
                }
            }}
        </div>
    }
}
