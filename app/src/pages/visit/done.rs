//! 完成: the visit, the promises kept with it and the photos, in one transaction with the forgetting of the draft. When
//! it cannot be stored, the form stays and says what can be done.

use super::desk::{Desk, Keeping, Reading};
use crate::components::Icon;
use crate::i18n::{Words, t};
use crate::pages::customers::href;
use crate::pages::whole_address;
use crate::words::{self as shared, visit as words};
use crate::workbench::SaveError;
use domain::mutation::Mutation;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;
use replica::photos;
use replica::store::{Step, StoreError};

/// What is to be stored.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    All,
    TextOnly,
    PhotosOnly,
}

/// Why it was not stored.
#[derive(Clone, PartialEq, Eq)]
struct Failure {
    title: Words,
    say: String,
    may_leave_photos: bool,
}

#[derive(Clone, Copy)]
struct Finish {
    desk: Desk,
    is_busy: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
    /// The text is stored and only photos are left.
    is_text_saved: RwSignal<bool>,
}

impl Finish {
    fn failed(self, error: &SaveError) -> Failure {
        let has_photos = self.desk.draft.with_untracked(|draft| !draft.photos.is_empty());
        let is_text_saved = self.is_text_saved.get_untracked();
        let may_leave_photos = has_photos && !is_text_saved;
        match error {
            SaveError::Refused(rejection) => Failure {
                title: words::NOT_TAKEN,
                say: shared::rejection(rejection),
                may_leave_photos: false,
            },
            SaveError::Store(StoreError::Full) => Failure {
                title: words::FULL,
                say: t(match (is_text_saved, has_photos) {
                    (true, _) => words::TEXT_SAVED_SAY,
                    (false, true) => words::FULL_SAY,
                    (false, false) => words::FULL_SAY_NO_PHOTO,
                })
                .to_owned(),
                may_leave_photos,
            },
            SaveError::Store(_) => {
                Failure { title: words::BROKEN, say: t(words::BROKEN_SAY).to_owned(), may_leave_photos }
            }
        }
    }

    fn edits_and_steps(self, what: What) -> (Vec<Mutation>, Vec<Step>) {
        let desk = self.desk;
        let draft = desk.draft.get_untracked();
        let mut edits = Vec::new();
        let mut steps = Vec::new();
        if what != What::PhotosOnly {
            edits = draft.text_edits(desk.customer_id, desk.workbench.new_id());
            steps.push(desk.workbench.forget_draft(&desk.draft_name()));
        }
        if what != What::TextOnly {
            edits.extend(draft.photo_edits(desk.customer_id));
            for taken in &draft.photos {
                let Some(jpeg) = desk.photo(taken.id) else { continue };
                steps.extend(photos::keep(taken.id, jpeg.to_vec()));
                steps.push(desk.workbench.forget_draft(&desk.photo_draft(taken.id)));
            }
        }
        (edits, steps)
    }

    fn run(self, what: What, leave: impl FnOnce() + 'static) {
        if self.is_busy.get_untracked() {
            return;
        }
        let what = if self.is_text_saved.get_untracked() { What::PhotosOnly } else { what };
        let (edits, steps) = self.edits_and_steps(what);
        self.is_busy.set(true);
        spawn_local(async move {
            let saved = self.desk.workbench.save_all(edits, steps).await;
            let _ = self.is_busy.try_set(false);
            match saved {
                Ok(()) => {
                    self.desk.close();
                    let photos_left = self.desk.draft.with_untracked(|draft| !draft.photos.is_empty());
                    if what == What::TextOnly && photos_left {
                        let say = t(words::TEXT_SAVED_SAY).to_owned();
                        self.is_text_saved.set(true);
                        self.failure.set(Some(Failure {
                            title: words::TEXT_SAVED,
                            say,
                            may_leave_photos: false,
                        }));
                    } else {
                        leave();
                    }
                }
                Err(error) => self.failure.set(Some(self.failed(&error))),
            }
        });
    }
}

#[component]
pub fn Done(desk: Desk) -> impl IntoView {
    let finish = Finish {
        desk,
        is_busy: RwSignal::new(false),
        failure: RwSignal::new(None),
        is_text_saved: RwSignal::new(false),
    };
    let navigate = use_navigate();
    let leave = StoredValue::new_local(move || navigate(&href(desk.customer_id), whole_address()));
    let leave = move || leave.with_value(|leave| leave());
    // Photos still being made small are waited for: who taps 完成 means them too.
    let waiting = RwSignal::new(None::<What>);
    let run = move |what| match desk.reading.get_untracked() {
        Reading::UnderWay => waiting.set(Some(what)),
        Reading::Nothing | Reading::Failed => finish.run(what, leave),
    };
    Effect::new(move |_| {
        let reading = desk.reading.get();
        if reading != Reading::UnderWay
            && let Some(what) = waiting.try_update(Option::take).flatten()
            && reading == Reading::Nothing
        {
            finish.run(what, leave);
        }
    });
    let is_busy = move || finish.is_busy.get() || waiting.get().is_some();
    view! {
        {move || finish.failure.get().map(|Failure { title, say, may_leave_photos }| view! {
            <div class="full" role="alert">
                <div class="note note-danger">
                    <Icon name="alert" />
                    <p><b>{t(title)}</b><br />{say}</p>
                    <div class="btns">
                        {may_leave_photos.then(|| view! {
                            <button type="button" class="btn" on:click=move |_| run(What::TextOnly)>{t(words::TEXT_ONLY)}</button>
                        })}
                        {finish.is_text_saved.get().then(|| view! {
                            <button type="button" class="btn" on:click=move |_| leave()>{t(words::WITHOUT_PHOTOS)}</button>
                        })}
                        <button type="button" class="btn btn-main" disabled=is_busy
                            on:click=move |_| run(What::All)>{t(words::SAVE_AGAIN)}</button>
                    </div>
                </div>
            </div>
        })}
        <footer class="done">
            <Kept desk />
            <button type="button" class="btn btn-main done-btn" disabled=is_busy
                on:click=move |_| run(What::All)>{t(shared::DONE)}</button>
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
