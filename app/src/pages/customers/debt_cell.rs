//! 服务欠账 at a glance: what the standard asks for, what is done, what is owed.

use super::who::Subject;
use crate::components::{DebtRing, RingLook, tier_look};
use crate::i18n::{fill, t};
use crate::words::tiers as words;
use crate::workbench::Workbench;
use domain::standard::{KindDebt, ServiceKind};
use domain::time::{Date, days_between};
use leptos::prelude::*;
use replica::Replica;

#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    kind: ServiceKind,
    done: u32,
    required: u32,
    owed: u32,
    overdue_days: Option<u32>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    ring: Option<RingLook>,
    lines: Vec<Line>,
    events_owed: u32,
    left_days: Option<i64>,
    standard: Option<String>,
}

fn line(kind: ServiceKind, debt: &KindDebt) -> Option<Line> {
    debt.period.filter(|_| debt.required > 0 || debt.owed > 0)?;
    let overdue_days = debt.overdue.map(|overdue| overdue.days);
    Some(Line { kind, done: debt.done, required: debt.required, owed: debt.owed, overdue_days })
}

fn seen(replica: &Replica, subject: Subject, today: Date) -> Option<Seen> {
    let rated = replica.rated(subject.id, today)?;
    let rules = replica.rules();
    let debt = &rated.debt;
    let of_tier = rated.tier().and_then(|tier| Some((tier, rules.standard_of(tier, today)?)));
    let standard = of_tier.and_then(|(tier, own)| {
        let tier = tier_look(rules.tiers.scheme(today), tier).name;
        let quotas: Vec<String> =
            ServiceKind::ALL.into_iter().filter_map(|kind| words::quota(kind, own.quota(kind))).collect();
        match quotas.as_slice() {
            [] => None,
            [one] => Some(fill(words::STANDARD_ONE, &[("tier", &tier), ("one", one)])),
            [visits, calls, ..] => {
                Some(fill(words::STANDARD_IS, &[("tier", &tier), ("visits", visits), ("calls", calls)]))
            }
        }
    });
    Some(Seen {
        ring: RingLook::of(&debt.visits, today),
        lines: [(ServiceKind::Visit, &debt.visits), (ServiceKind::Call, &debt.calls)]
            .into_iter()
            .filter_map(|(kind, debt)| line(kind, debt))
            .collect(),
        events_owed: debt.events.iter().map(|event| event.owed).sum(),
        left_days: debt.visits.period.map(|period| days_between(today, period.to)),
        standard,
    })
}

#[component]
pub fn DebtCell(subject: Subject) -> impl IntoView {
    let workbench = Workbench::expect();
    let seen = Memo::new(move |_| workbench.read(|replica| seen(replica, subject, workbench.today())));
    view! {
        <div class="band-cell">
            {move || seen.get().map(|Seen { ring, lines, events_owed, left_days, standard }| view! {
                <div class="head">
                    <h3 class="label">{t(words::DEBT)}</h3>
                    <span class="small faint aside">{left_days.map(|n| fill(words::LEFT_DAYS, &[("n", &n)]))}</span>
                </div>
                {if lines.is_empty() {
                    view! { <p class="band-none quiet">{t(words::NO_STANDARD)}</p> }.into_any()
                } else {
                    view! {
                        <div class="debt">
                            {ring.map(|ring| view! { <DebtRing ring big=true /> })}
                            <table class="debt-t"><tbody>{lines.into_iter().map(row).collect_view()}</tbody></table>
                        </div>
                    }
                    .into_any()
                }}
                {(events_owed > 0).then(|| view! { <p class="small why-late">{fill(words::EVENTS_OWED, &[("n", &events_owed)])}</p> })}
                <p class="small quiet">{standard}</p>
            })}
        </div>
    }
}

fn row(line: Line) -> impl IntoView {
    let Line { kind, done, required, owed, overdue_days } = line;
    let name = t(match kind {
        ServiceKind::Visit => words::VISITS_KIND,
        ServiceKind::Call => words::CALLS_KIND,
    });
    let owes = match owed {
        0 => t(words::PAID).to_owned(),
        n => fill(words::OWES, &[("n", &n)]),
    };
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td><a class="num" href="#visits">{format!("{done}/{required}")}</a></td>
            <td>
                {owes}
                {overdue_days.map(|n| view! { " " <span class="why-late nb">{fill(words::OVERDUE_DAYS, &[("n", &n)])}</span> })}
            </td>
        </tr>
    }
}
