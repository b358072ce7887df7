//! 待处理: what a person must decide, both values in sight, one tap each; what was refused, with its text; beside it what is
//! still on the way.

mod dispute;
mod queue;
mod refusal;

use crate::components::{Bar, EmptyState};
use crate::i18n::{fill, t};
use crate::words::{self as common, attention as words};
use crate::workbench::Workbench;
use dispute::{DisputeLine, Disputed};
use domain::conflict::Conflict;
use leptos::prelude::*;
use queue::Queue;
use refusal::{RefusalLine, RefusedEdit};
use replica::Replica;

#[component]
pub fn Attention() -> impl IntoView {
    let workbench = Workbench::expect();
    let today = workbench.today();
    let disputes = Memo::new(move |_| {
        workbench.read(|replica| {
            let mut open: Vec<&Conflict> = replica.conflicts().collect();
            open.sort_by_key(|conflict| (conflict.proposed.at, conflict.id));
            open.into_iter().map(|conflict| DisputeLine::of(replica, conflict)).collect::<Vec<_>>()
        })
    });
    let refusals = Memo::new(move |_| {
        workbench.read(|replica| {
            replica
                .refused()
                .iter()
                .map(|refused| RefusalLine::of(replica, refused, today))
                .collect::<Vec<_>>()
        })
    });
    let count = Memo::new(move |_| workbench.read(Replica::attention_count));
    let aside = move || (count.get() > 0).then(|| fill(words::ITEMS, &[("n", &count.get())]));
    view! {
        <Bar title=t(common::ATTENTION) aside=MaybeProp::derive(aside) back="/app/" without_search=true />
        <main class="page att scroll">
            <section class="asks" aria-label=t(words::ASKS)>
                {move || disputes.get().into_iter().map(|line| view! { <Disputed line /> }).collect_view()}
                {move || refusals.get().into_iter().map(|line| view! { <RefusedEdit line /> }).collect_view()}
                {move || (count.get() == 0).then(|| view! {
                    <EmptyState icon="ok" title=t(words::NOTHING) text=t(words::NOTHING_SAY)>
                        <a class="btn" href="/app/">{t(common::TODAY)}</a>
                    </EmptyState>
                })}
            </section>
            <Queue />
        </main>
    }
}
