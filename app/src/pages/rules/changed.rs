//! Somebody else changed the draft meanwhile: both are still there, and the person chooses.

use super::desk::{Desk, Kept, Theirs};
use crate::components::Dialog;
use crate::i18n::{fill, moment, t};
use crate::words::rules as words;
use leptos::prelude::*;

#[component]
pub fn ChangedDialog<T: Kept>(desk: Desk<T>) -> impl IntoView {
    let workbench = desk.workbench;
    move || {
        desk.theirs.get().map(|Theirs(theirs)| {
            let is_open = RwSignal::new(true);
            // Closed without a choice: nothing is lost, and what stands here stays.
            Effect::new(move |_| {
                if !is_open.get() && desk.theirs.with_untracked(Option::is_some) {
                    desk.look_later();
                }
            });
            let (say, take, keep) = match &theirs {
                Some(draft) => {
                    let when = moment(draft.saved_at, workbench.today());
                    let who = &draft.saved_by_name;
                    (
                        fill(words::CHANGED_SAY, &[("who", who), ("when", &when)]),
                        fill(words::TAKE_THEIRS, &[("who", who)]),
                        words::KEEP_MINE,
                    )
                }
                None => (
                    t(words::CHANGED_GONE).to_owned(),
                    t(words::DROP_MINE).to_owned(),
                    words::KEEP_MINE_NEW,
                ),
            };
            view! {
                <Dialog title=t(words::CHANGED) is_open
                    foot=move || view! {
                        <button type="button" class="btn" on:click=move |_| desk.take_theirs()>{take.clone()}</button>
                        <button type="button" class="btn btn-main" on:click=move |_| desk.keep_mine()>{t(keep)}</button>
                    }>
                    <p>{say.clone()}</p>
                </Dialog>
            }
        })
    }
}
