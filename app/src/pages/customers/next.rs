//! 下次走访 of one customer.

use super::plan::PlannedActions;
use super::who::{Subject, planned};
use crate::i18n::{clock, fill, near_day, t};
use crate::words::customers as words;
use crate::workbench::Workbench;
use domain::time::{Date, days_between};
use domain::visit::Visit;
use leptos::prelude::*;

/// 明天 10:00
fn when(visit: &Visit, today: Date) -> String {
    let on = near_day(visit.on, today);
    visit.at_minute.map_or_else(|| on.clone(), |minute| format!("{on} {}", clock(minute)))
}

/// 下次走访: when somebody goes, and what can be changed about it.
#[component]
pub fn NextVisit(subject: Subject) -> impl IntoView {
    let workbench = Workbench::expect();
    let all = Memo::new(move |_| workbench.read(|replica| planned(replica, subject.id)));
    let next = Memo::new(move |_| all.with(|all| all.first().cloned()));
    let more = Memo::new(move |_| all.with(|all| all.len().saturating_sub(1)));
    view! {
        <section aria-labelledby="h-next">
            <div class="head"><h3 id="h-next">{t(words::NEXT_VISIT)}</h3></div>
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
        </section>
    }
}
