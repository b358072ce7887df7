//! 备忘: appended, never overwritten.

use super::saving::{Saving, SavingProblem};
use super::who::Subject;
use crate::components::{Dot, Field, Sheet};
use crate::i18n::{day, t};
use crate::words::{self as shared, customers as words};
use crate::workbench::Workbench;
use domain::limits;
use domain::mutation::AddNote;
use domain::note::Note;
use domain::organisation::Colleague;
use leptos::prelude::*;

#[component]
pub fn Notes(subject: Subject) -> impl IntoView {
    let workbench = Workbench::expect();
    let notes = Memo::new(move |_| {
        workbench.read(|replica| {
            let notes = replica.of::<Note>(subject.id).rev();
            notes
                .map(|note| {
                    let by = replica.get::<Colleague>(note.by).map(|by| by.name.clone());
                    (note.clone(), by.unwrap_or_default())
                })
                .collect::<Vec<_>>()
        })
    });
    let is_open = RwSignal::new(false);
    view! {
        <section aria-labelledby="h-notes">
            <div class="head">
                <h3 id="h-notes">{t(words::NOTES)}</h3><span class="count">{move || notes.with(Vec::len)}</span>
                {subject.may_keep.then(|| view! {
                    <button type="button" class="link small aside hit" on:click=move |_| is_open.set(true)>{t(words::ADD_NOTE)}</button>
                })}
            </div>
            {move || notes.with(Vec::is_empty).then(|| view! { <p class="small quiet">{t(words::NOTES_NONE)}</p> })}
            <ul class="notes">
                <For each=move || notes.get() key=|(note, by)| (note.id, by.clone()) let((note, by))>
                    <li>
                        <p>{note.text}</p>
                        <p class="small faint">{day(note.at.date(), workbench.today())}<Dot />{by}</p>
                    </li>
                </For>
            </ul>
        </section>
        <NoteSheet subject is_open />
    }
}

#[component]
fn NoteSheet(subject: Subject, is_open: RwSignal<bool>) -> impl IntoView {
    let workbench = Workbench::expect();
    let saving = Saving::new();
    let text = RwSignal::new(String::new());
    let save = move || {
        let note =
            AddNote { note_id: workbench.new_id(), customer_id: subject.id, text: text.get_untracked() };
        saving.run(note, move || {
            text.set(String::new());
            is_open.set(false);
        });
    };
    view! {
        <Sheet title=t(words::ADD_NOTE) is_open
            foot=move || view! {
                <button type="button" class="btn" on:click=move |_| is_open.set(false)>{t(shared::CANCEL)}</button>
                <button type="button" class="btn btn-main" disabled=move || saving.is_busy() on:click=move |_| save()>{t(shared::SAVE)}</button>
            }>
            <Field label=t(words::NOTES) id="note-text" value=text rows=5 maxlength=limits::TEXT_CHARS_MAX />
            <SavingProblem saving />
        </Sheet>
    }
}
