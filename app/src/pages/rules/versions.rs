//! Everything that was ever published, the newest first; each can be looked at.

use super::desk::{Desk, Kept};
use crate::components::{Icon, Sheet};
use crate::i18n::{fill, t};
use crate::words::rules as words;
use domain::time::Date;
use domain::version::in_force;
use leptos::prelude::*;

/// When a version holds, and as what it shows.
fn holds<T: Kept>(versions: &[T], at: usize, today: Date) -> (String, &'static str, &'static str) {
    let from = versions.get(at).and_then(|version| version.effective_on());
    let next =
        versions.iter().filter_map(|version| version.effective_on()).filter(|on| Some(*on) > from).min();
    let is_ours = in_force(versions, today).map(|version| version.version())
        == versions.get(at).map(|version| version.version());
    let (state, icon) = match from {
        Some(from) if from > today => (words::IS_COMING, "clock"),
        _ if is_ours => (words::IS_IN_FORCE, "check"),
        _ => (words::IS_PAST, "lock"),
    };
    let from = from.map(words::whole_day).unwrap_or_default();
    let span = match next.and_then(|next| next.pred_opt()) {
        Some(to) => fill(words::FROM_TO, &[("from", &from), ("to", &words::whole_day(to))]),
        None => fill(words::FROM_DAY, &[("day", &from)]),
    };
    (span, t(state), icon)
}

/// `look` draws one version.
#[component]
pub fn Versions<T: Kept>(desk: Desk<T>, look: fn(T) -> AnyView) -> impl IntoView {
    let workbench = desk.workbench;
    let versions = Memo::new(move |_| {
        let mut versions = desk.versions();
        versions.sort_by_key(|version| std::cmp::Reverse((version.effective_on(), version.version())));
        versions
    });
    let looked_at = RwSignal::new(None::<T>);
    let rows = move || {
        let today = workbench.today();
        versions.with(|all| {
            let rows = all.iter().enumerate().map(|(at, version)| {
                let (span, state, icon) = holds(all, at, today);
                let (no, version) = (version.version(), version.clone());
                view! {
                    <li>
                        <span class="time-when">{state}</span>
                        <Icon name=icon />
                        <div>
                            <p class="time-what">
                                <b>{fill(words::VERSION, &[("n", &no)])}</b>
                                <span class="small quiet">{span}</span>
                                <button type="button" class="num hit small" aria-label=fill(words::LOOK_AT, &[("n", &no)])
                                    on:click=move |_| looked_at.set(Some(version.clone()))>{t(words::LOOK)}</button>
                            </p>
                        </div>
                    </li>
                }
            });
            rows.collect_view()
        })
    };
    view! {
        <section aria-labelledby="h-versions">
            <div class="head">
                <h2 id="h-versions">{t(words::VERSIONS)}</h2>
                <span class="small faint">{move || t(if versions.with(Vec::is_empty) { words::NO_VERSIONS } else { words::VERSIONS_SAY })}</span>
            </div>
            <ol class="time vers">{rows}</ol>
        </section>
        {move || looked_at.get().map(|version| {
            let is_open = RwSignal::new(true);
            Effect::new(move |_| {
                if !is_open.get() {
                    looked_at.set(None);
                }
            });
            let title = fill(words::VERSION, &[("n", &version.version())]);
            let day = version.effective_on().map(|on| fill(words::FROM_DAY, &[("day", &words::whole_day(on))]));
            view! {
                <Sheet title is_open>
                    <p class="small quiet">{day.clone()}</p>
                    {look(version.clone())}
                </Sheet>
            }
        })}
    }
}
