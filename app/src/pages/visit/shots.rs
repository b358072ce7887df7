//! 照片: made small, freed of what the camera wrote into it, shown at once.

use super::desk::{Desk, Reading};
use super::draft::Taken;
use crate::browser::file::{self, ObjectUrl, PickedFile};
use crate::browser::photo::{self, PhotoError};
use crate::components::{FieldError, Icon};
use crate::i18n::{Words, fill, t};
use crate::words::visit as words;
use domain::ids::PhotoId;
use leptos::prelude::*;
use leptos::task::spawn_local;

fn told(error: PhotoError) -> Words {
    match error {
        PhotoError::NotAPicture => words::NOT_A_PICTURE,
        PhotoError::TooLarge => words::PHOTO_TOO_LARGE,
        PhotoError::Failed => words::PHOTO_FAILED,
    }
}

#[component]
pub fn Shots(desk: Desk) -> impl IntoView {
    let photos = desk.part(|draft| draft.photos.iter().map(|taken| taken.id).collect::<Vec<_>>());
    let problem = RwSignal::new(None::<String>);
    let take = move |picked: Vec<PickedFile>| {
        problem.set(None);
        desk.begin_reading();
        let begun = desk.draft.get_untracked();
        spawn_local(async move {
            let mut outcome = Reading::Nothing;
            for file in picked {
                match photo::shrink(&file).await {
                    Ok(small) => {
                        let taken = Taken {
                            id: desk.workbench.new_id(),
                            width_px: small.width_px,
                            height_px: small.height_px,
                            bytes: u32::try_from(small.jpeg.len()).unwrap_or(u32::MAX),
                        };
                        desk.add_photo(taken, small.jpeg, &begun).await;
                    }
                    Err(error) => {
                        outcome = Reading::Failed;
                        let _ = problem.try_set(Some(t(told(error)).to_owned()));
                    }
                }
            }
            desk.end_reading(outcome);
        });
    };
    view! {
        <fieldset>
            <legend class="label">{t(words::PHOTOS)}</legend>
            <div class="shots">
                {move || photos.get().into_iter().enumerate().map(|(at, id)| view! { <Shot desk id number=at + 1 /> }).collect_view()}
                <label class="shot shot-add">
                    <Icon name="camera" />
                    <span class="small">{move || t(if desk.reading.get() == Reading::UnderWay { words::READING_PHOTO } else { words::TAKE_PHOTO })}</span>
                    <input type="file" class="vh" accept="image/*" multiple aria-label=t(words::TAKE_PHOTO)
                        on:change=move |event| take(file::picked_files(&event)) />
                </label>
            </div>
            <FieldError text=problem />
        </fieldset>
    }
}

#[component]
fn Shot(desk: Desk, id: PhotoId, number: usize) -> impl IntoView {
    // The address lives as long as the picture is shown.
    let url =
        StoredValue::new_local(desk.photo(id).and_then(|jpeg| ObjectUrl::new(&jpeg, photo::MEDIA_TYPE)));
    let address = url.with_value(|url| url.as_ref().map(|url| url.as_str().to_owned()));
    view! {
        <span class="shot">
            <img src=address alt=fill(words::PHOTO_HERE, &[("n", &number)]) />
            <button type="button" class="shot-remove" aria-label=fill(words::REMOVE_PHOTO, &[("n", &number)])
                on:click=move |_| desk.remove_photo(id)><Icon name="x" small=true /></button>
        </span>
    }
}
