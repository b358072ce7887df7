//! Choose or drop a file, and watch it go up.

use super::desk::{Desk, Upload};
use super::earlier::Earlier;
use crate::browser::file;
use crate::components::Icon;
use crate::components::online::OfflineNote;
use crate::i18n::t;
use crate::words::{self as shared, import as words};
use crate::workbench::Workbench;
use leptos::prelude::*;

const ACCEPTED: &str =
    ".xlsx,.csv,.txt,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

#[component]
pub fn Start(desk: Desk) -> impl IntoView {
    let workbench = Workbench::expect();
    let is_over = RwSignal::new(false);
    let on_drop = {
        let desk = desk.clone();
        move |file| desk.choose(workbench, file)
    };
    let upload = desk.upload.clone();
    let main = desk.clone();
    view! {
        <main class="page import-start">
            <div class="begin scroll">
                <OfflineNote />
                {move || match upload.get() {
                    None => {
                        let on_drop = on_drop.clone();
                        view! {
                            <div class="drop" class:drop-now=move || is_over.get()
                                on:dragover=move |event| { event.prevent_default(); is_over.set(true) }
                                on:dragleave=move |_| is_over.set(false)
                                on:drop=move |event| {
                                    event.prevent_default();
                                    is_over.set(false);
                                    if let Some(file) = file::dropped_files(&event).into_iter().next() {
                                        on_drop(file);
                                    }
                                }>
                                <Icon name="import" />
                                <h2>{move || t(if is_over.get() { words::DROP_NOW } else { words::DROP_TITLE })}</h2>
                                <p class="quiet">{t(words::DROP_SAY)}</p>
                                <Picker desk=main.clone() label=t(words::CHOOSE_FILE) class="btn btn-main" />
                                <p class="small faint">{t(words::LIMITS)}</p>
                            </div>
                        }.into_any()
                    }
                    Some(state) => view! { <OnItsWay state desk=main.clone() /> }.into_any(),
                }}
                <dl class="rules">
                    {[
                        (words::RULE_HEADER, words::RULE_HEADER_SAY),
                        (words::RULE_SAME, words::RULE_SAME_SAY),
                        (words::RULE_REFUSED, words::RULE_REFUSED_SAY),
                    ].map(|(rule, say)| view! {
                        <div><dt>{t(rule)}</dt><dd class="quiet">{t(say)}</dd></div>
                    }).collect_view()}
                </dl>
            </div>
            <aside class="before scroll"><Earlier desk without=None /></aside>
        </main>
    }
}

/// A button over the browser's own file field.
#[component]
pub fn Picker(desk: Desk, label: &'static str, class: &'static str) -> impl IntoView {
    let workbench = Workbench::expect();
    view! {
        <label class=format!("{class} pick-file")>
            {label}
            <input type="file" accept=ACCEPTED on:change=move |event| {
                if let Some(file) = file::picked_files(&event).into_iter().next() {
                    desk.choose(workbench, file);
                }
            } />
        </label>
    }
}

/// The file in hand: waiting for the network, going up, or refused with the reason.
#[component]
fn OnItsWay(state: Upload, desk: Desk) -> impl IntoView {
    let workbench = Workbench::expect();
    let name = desk.file_name.get_untracked();
    let let_go = {
        let desk = desk.clone();
        move |_| desk.let_go()
    };
    match state {
        Upload::Waits => view! {
            <div class="drop" role="status">
                <Icon name="off" />
                <h2>{t(words::UPLOAD_WAITS)}</h2>
                <p class="quiet">{name}</p>
                <button type="button" class="btn" on:click=let_go>{t(shared::CANCEL)}</button>
            </div>
        }
        .into_any(),
        Upload::Sending(share) => {
            let percent = (share * 100.0).clamp(0.0, 100.0);
            view! {
                <div class="drop" role="group" aria-label=t(words::UPLOADING)>
                    <Icon name="doc" />
                    <h2>{t(if share < 1.0 { words::UPLOADING } else { words::UPLOADED_READING })}</h2>
                    <p class="quiet">{name}</p>
                    <svg class="meter" role="progressbar" aria-label=t(words::UPLOADING) aria-valuemin="0" aria-valuemax="100"
                        aria-valuenow=format!("{percent:.0}")><rect width=format!("{percent:.1}%")></rect></svg>
                    <p class="small faint">{t(words::UPLOADING_SAY)}</p>
                    <button type="button" class="btn" on:click=let_go>{t(shared::CANCEL)}</button>
                </div>
            }
            .into_any()
        }
        Upload::Failed { why, is_worth_another_try } => view! {
            <div class="drop drop-bad">
                <Icon name="alert" />
                <h2>{t(words::UPLOAD_FAILED)}</h2>
                <p class="quiet">{name}</p>
                <p role="alert">{why}</p>
                <p class="small faint">{t(words::NOTHING_CHANGED)}</p>
                <div class="btns">
                    <Picker desk=desk.clone() label=t(words::CHOOSE_ANOTHER) class="btn btn-main" />
                    {is_worth_another_try.then(|| view! {
                        <button type="button" class="btn" disabled=move || !workbench.is_online()
                            on:click=move |_| desk.send(workbench)>{t(shared::RETRY)}</button>
                    })}
                    <button type="button" class="btn" on:click=let_go>{t(shared::CANCEL)}</button>
                </div>
            </div>
        }
        .into_any(),
    }
}
