//! 照片: from this device where it holds them, from the server when connected.

use super::saving::{Saving, SavingProblem};
use super::who::Subject;
use crate::browser::file::ObjectUrl;
use crate::components::{Dialog, Icon};
use crate::i18n::{day, fill, t};
use crate::words::{self as shared, customers as words};
use crate::workbench::Workbench;
use domain::api::path;
use domain::ids::PhotoId;
use domain::mutation::RemovePhoto;
use domain::photo::Photo;
use leptos::prelude::*;
use leptos::task::spawn_local;

const JPEG: &str = "image/jpeg";

/// Where a photo can be shown from.
#[derive(Clone)]
enum Source {
    Looking,
    /// In this device's store; the address ends with the last handle.
    Here(StoredValue<ObjectUrl, LocalStorage>),
    /// Only on the server.
    There(String),
}

#[component]
pub fn Photos(subject: Subject) -> impl IntoView {
    let workbench = Workbench::expect();
    let photos = Memo::new(move |_| {
        workbench.read(|replica| replica.of::<Photo>(subject.id).rev().cloned().collect::<Vec<_>>())
    });
    let shown = RwSignal::new(None::<Photo>);
    view! {
        {move || (!photos.with(Vec::is_empty)).then(|| view! {
            <section aria-labelledby="h-photos">
                <div class="head"><h3 id="h-photos">{t(words::PHOTOS)}</h3><span class="count">{move || photos.with(Vec::len)}</span></div>
                <ul class="shots">
                    <For each=move || photos.get() key=|photo| photo.id let(photo)>
                        <li><Thumbnail photo shown /></li>
                    </For>
                </ul>
            </section>
        })}
        <PhotoDialog shown may_keep=subject.may_keep />
    }
}

fn alt(photo: &Photo, workbench: Workbench) -> String {
    match &photo.caption {
        Some(caption) => fill(words::PHOTO_CAPTION, &[("caption", caption)]),
        None => fill(words::PHOTO_OF, &[("day", &day(photo.at.date(), workbench.today()))]),
    }
}

#[component]
fn Thumbnail(photo: Photo, shown: RwSignal<Option<Photo>>) -> impl IntoView {
    let workbench = Workbench::expect();
    let alt = alt(&photo, workbench);
    let id = photo.id;
    view! {
        <button type="button" class="shot" on:click=move |_| shown.set(Some(photo.clone()))>
            <Picture id alt />
        </button>
    }
}

/// The photo itself, or why it is not here.
#[component]
fn Picture(id: PhotoId, alt: String) -> impl IntoView {
    let workbench = Workbench::expect();
    let source = RwSignal::new_local(Source::Looking);
    spawn_local(async move {
        let here = workbench.photo(id).await.and_then(|bytes| ObjectUrl::new(&bytes, JPEG));
        let found = match here {
            Some(url) => Source::Here(StoredValue::new_local(url)),
            None => Source::There(path::of(path::PHOTO, id)),
        };
        let _ = source.try_set(found);
    });
    let is_missing = RwSignal::new(false);
    move || {
        let address = match source.get() {
            Source::Looking => return view! { <span class="shot-wait" aria-busy="true"></span> }.into_any(),
            Source::Here(url) => url.with_value(|url| url.as_str().to_owned()),
            Source::There(_) if is_missing.get() => {
                return view! { <Icon name="camera" /><span class="vh">{t(words::PHOTO_AWAY)}</span> }
                    .into_any();
            }
            Source::There(path) => path,
        };
        view! { <img src=address alt=alt.clone() loading="lazy" on:error=move |_| is_missing.set(true) /> }
            .into_any()
    }
}

#[component]
fn PhotoDialog(shown: RwSignal<Option<Photo>>, may_keep: bool) -> impl IntoView {
    let workbench = Workbench::expect();
    let saving = Saving::new();
    let is_open = RwSignal::new(false);
    Effect::new(move |_| {
        if shown.with(Option::is_some) {
            saving.clear();
            is_open.set(true);
        }
    });
    Effect::new(move |_| {
        if !is_open.get() {
            shown.set(None);
        }
    });
    let remove = move || {
        if let Some(photo) = shown.get_untracked() {
            let gone = RemovePhoto { photo_id: photo.id, customer_id: photo.customer_id };
            saving.run(gone, move || is_open.set(false));
        }
    };
    view! {
        <Dialog title=t(words::PHOTOS) is_open
            foot=move || view! {
                {may_keep.then(|| view! {
                    <button type="button" class="btn" disabled=move || saving.is_busy() on:click=move |_| remove()>{t(words::REMOVE_PHOTO)}</button>
                })}
                <button type="button" class="btn btn-main" on:click=move |_| is_open.set(false)>{t(shared::CLOSE)}</button>
            }>
            {move || shown.get().map(|photo| {
                let alt = alt(&photo, workbench);
                view! { <div class="shot-whole"><Picture id=photo.id alt /></div> }
            })}
            <SavingProblem saving />
        </Dialog>
    }
}
