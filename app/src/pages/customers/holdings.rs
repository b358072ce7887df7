//! 持有: what the customer has with us by the last list, the largest first.

use super::who::Subject;
use crate::i18n::{amount, day, t};
use crate::words::customers as words;
use crate::workbench::Workbench;
use domain::customer::Holdings as Held;
use domain::money::Fen;
use leptos::prelude::*;

#[component]
pub fn Holdings(subject: Subject) -> impl IntoView {
    let workbench = Workbench::expect();
    let holdings = Memo::new(move |_| {
        subject.customer.with(|customer| customer.as_ref().map(|customer| customer.holdings))
    });
    view! {
        <section aria-labelledby="h-hold">
            {move || holdings.get().map(|holdings| {
                let as_of = holdings.as_of.map(|date| day(date, workbench.today()));
                let lines = lines(&holdings);
                view! {
                    <div class="head"><h3 id="h-hold">{t(words::HOLDINGS)}</h3><span class="small faint aside">{as_of}</span></div>
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
        </section>
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
fn lines(holdings: &Held) -> Vec<Line> {
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
