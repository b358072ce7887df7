//! Asks once more, and hands over.

use super::{Choice, Done};
use crate::browser::network::{self, Verb};
use crate::components::Dialog;
use crate::components::online::{Trouble, told};
use crate::i18n::{fill, t};
use crate::words::{self as shared, hand_over as words};
use crate::workbench::Workbench;
use domain::api::{HandOver, HandOverResult, HandOverWhich, path};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeSet;

#[component]
pub fn Sure(choice: Choice, is_open: RwSignal<bool>) -> impl IntoView {
    let workbench = Workbench::expect();
    let problem = RwSignal::new(None::<String>);
    let is_busy = RwSignal::new(false);
    let count = move || choice.going.with(Vec::len);
    let go = move || {
        let (Some(from_book), Some(to_book)) = (choice.from.get_untracked(), choice.to.get_untracked())
        else {
            return;
        };
        if is_busy.get_untracked() {
            return;
        }
        let going = choice.going.get_untracked();
        let wanted = u32::try_from(going.len()).unwrap_or(u32::MAX);
        let (from, to) = untrack(|| (choice.giver_name(), choice.taker_name()));
        let is_whole = choice.is_whole.get_untracked();
        let customers = if is_whole { HandOverWhich::All } else { HandOverWhich::Ids(going) };
        let order = HandOver { from_book, to_book, customers };
        is_busy.set(true);
        problem.set(None);
        spawn_local(async move {
            let answer = network::send::<HandOverResult>(Verb::Post, path::HAND_OVERS, &order).await;
            // Done or not, the replica hears of it.
            workbench.sync_now();
            if is_busy.is_disposed() {
                return;
            }
            is_busy.set(false);
            match answer {
                Ok(HandOverResult { moved }) => {
                    choice.ticked.set(BTreeSet::new());
                    choice.is_whole.set(false);
                    let left = if is_whole { 0 } else { wanted.saturating_sub(moved) };
                    choice.done.set(Some(Done { moved, left, from, to }));
                    is_open.set(false);
                }
                Err(error) => problem.set(Some(told(workbench, &error))),
            }
        });
    };
    // Built anew each time it opens: the words are those of the moment.
    move || {
        is_open.get().then(|| {
        let (from, to) = untrack(|| (choice.giver_name(), choice.taker_name()));
        let title = fill(words::SURE, &[("n", &untrack(count)), ("to", &to)]);
        view! {
            <Dialog title is_open
                foot=move || view! {
                    <button type="button" class="btn" on:click=move |_| is_open.set(false)>{t(words::LOOK_AGAIN)}</button>
                    <button type="button" class="btn btn-main" aria-busy=move || is_busy.get().to_string()
                        disabled=move || !workbench.is_online() on:click=move |_| go()>
                        {move || t(if is_busy.get() { words::DOING } else { shared::HAND_OVER })}
                    </button>
                }>
                <p>{fill(words::SURE_SAY, &[("from", &from), ("to", &to)])}</p>
                <Trouble text=problem />
            </Dialog>
        }
    })
    }
}
