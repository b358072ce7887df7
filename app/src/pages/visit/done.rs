//! 完成: the visit and the promises kept with it, in one transaction with the forgetting of the draft; then the photos,
//! which need more room. When something cannot be stored, the form stays and says what can be done.

use super::desk::{Desk, Keeping, Reading};
use super::left::Left;
use crate::components::Icon;
use crate::i18n::{Words, t};
use crate::pages::customers::href;
use crate::pages::whole_address;
use crate::words::{self as shared, visit as words};
use crate::workbench::SaveError;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;
use replica::store::StoreError;

/// Why it was not stored.
#[derive(Clone, PartialEq, Eq)]
struct Failure {
    title: Words,
    say: String,
}

#[derive(Clone, Copy)]
struct Finish {
    desk: Desk,
    is_busy: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
}

impl Finish {
    fn failed(self, error: &SaveError) -> Failure {
        let (title, say) = match error {
            SaveError::Refused(rejection) => {
                return Failure { title: words::NOT_TAKEN, say: shared::rejection(rejection) };
            }
            SaveError::Store(error) => match (self.desk.is_text_saved.get_untracked(), error) {
                (true, StoreError::Full) => (words::TEXT_SAVED, words::TEXT_SAVED_SAY),
                (true, _) => (words::TEXT_SAVED, words::TEXT_SAVED_BROKEN_SAY),
                (false, StoreError::Full) => (words::FULL, words::FULL_SAY),
                (false, _) => (words::BROKEN, words::BROKEN_SAY),
            },
        };
        Failure { title, say: t(say).to_owned() }
    }

    fn left(self) -> Left {
        let draft = self.desk.draft.get_untracked();
        Left { customer_id: self.desk.customer_id, visit_id: draft.visit_id, photos: draft.photos }
    }

    /// The words first: they are small, and a write that finds no room takes what there was. Goes on when the page is left.
    async fn save(self) -> Result<(), SaveError> {
        let (desk, workbench) = (self.desk, self.desk.workbench);
        let (left, bytes) = (self.left(), desk.photos());
        if !desk.is_text_saved.get_untracked() {
            let draft = desk.draft.get_untracked();
            let edits = draft.text_edits(desk.customer_id, workbench.new_id());
            let steps = [workbench.forget_draft(&desk.draft_name())].into_iter().chain(left.keep(workbench));
            desk.hold();
            if let Err(error) = workbench.save_all(edits, steps.collect()).await {
                desk.take_up(&draft).await;
                return Err(error);
            }
            desk.close();
        }
        match left.photos.is_empty() {
            true => Ok(()),
            false => left.save(workbench, |id| Some(bytes.get(&id)?.to_vec())).await,
        }
    }

    fn run(self, leave: impl FnOnce() + 'static) {
        if self.is_busy.get_untracked() {
            return;
        }
        self.is_busy.set(true);
        spawn_local(async move {
            let saved = self.save().await;
            let is_left = self.is_busy.try_set(false).is_some();
            match saved {
                _ if is_left => {}
                Ok(()) => leave(),
                Err(error) => self.failure.set(Some(self.failed(&error))),
            }
        });
    }

    /// The words are enough.
    fn without_photos(self, leave: impl FnOnce() + 'static) {
        let left = self.left();
        self.is_busy.set(true);
        spawn_local(async move {
            // What cannot be forgotten now is stored after all, at the next start.
            let _ = left.forget(self.desk.workbench).await;
            if self.is_busy.try_set(false).is_none() {
                leave();
            }
        });
    }
}

#[component]
pub fn Done(desk: Desk) -> impl IntoView {
    let finish = Finish { desk, is_busy: RwSignal::new(false), failure: RwSignal::new(None) };
    let navigate = use_navigate();
    let leave = StoredValue::new_local(move || navigate(&href(desk.customer_id), whole_address()));
    let leave = move || leave.with_value(|leave| leave());
    // Photos still being made small are waited for: who taps 完成 means them too.
    let is_waiting = RwSignal::new(false);
    let run = move || match desk.reading.get_untracked() {
        Reading::UnderWay => is_waiting.set(true),
        Reading::Nothing | Reading::Failed => finish.run(leave),
    };
    Effect::new(move |_| {
        let reading = desk.reading.get();
        if reading != Reading::UnderWay && is_waiting.get_untracked() {
            is_waiting.set(false);
            if reading == Reading::Nothing {
                finish.run(leave);
            }
        }
    });
    let is_busy = move || finish.is_busy.get() || is_waiting.get();
    view! {
        {move || finish.failure.get().map(|Failure { title, say }| view! {
            <div class="full" role="alert">
                <div class="note note-danger">
                    <Icon name="alert" />
                    <p><b>{t(title)}</b><br />{say}</p>
                    <div class="btns">
                        {desk.is_text_saved.get().then(|| view! {
                            <button type="button" class="btn" disabled=is_busy
                                on:click=move |_| finish.without_photos(leave)>{t(words::WITHOUT_PHOTOS)}</button>
                        })}
                        <button type="button" class="btn btn-main" disabled=is_busy
                            on:click=move |_| run()>{t(words::SAVE_AGAIN)}</button>
                    </div>
                </div>
            </div>
        })}
        <footer class="done">
            <Kept desk />
            <button type="button" class="btn btn-main done-btn" disabled=is_busy
                on:click=move |_| run()>{t(shared::DONE)}</button>
        </footer>
    }
}

/// How the draft is kept.
#[component]
fn Kept(desk: Desk) -> impl IntoView {
    view! {
        <p class="small quiet done-say">
            {move || match desk.keeping.get() {
                Keeping::Blank => view! { <Icon name="lock" small=true /><span>{t(words::DRAFT_WILL)}</span> }.into_any(),
                Keeping::Writing => view! { <Icon name="lock" small=true /><span>{t(words::DRAFT_WRITING)}</span> }.into_any(),
                Keeping::Failed => view! {
                    <Icon name="alert" small=true /><span class="warn-words">{t(words::DRAFT_FAILED)}</span>
                }.into_any(),
                Keeping::Kept => view! {
                    <Icon name="lock" small=true /><span>{t(words::DRAFT_KEPT)}<span class="wide">{t(words::DRAFT_KEPT_MORE)}</span></span>
                }.into_any(),
                Keeping::Restored => view! {
                    <Icon name="undo" small=true /><span>{t(words::DRAFT_RESTORED)}</span>
                    <button type="button" class="link hit" on:click=move |_| desk.start_over()>{t(words::DRAFT_DISCARD)}</button>
                }.into_any(),
            }}
        </p>
    }
}
