//! 导出名单: the customers as they are listed, written by the server, which logs each. It says what is in the file before.

use super::listing::Listed;
use crate::browser::network;
use crate::components::online::told;
use crate::components::{Dialog, FieldError, Icon, Segment, Toasts};
use crate::i18n::{fill, t};
use crate::words::{self as shared, customers as words};
use crate::workbench::Workbench;
use domain::api::{ExportCustomers, ExportForm, path};
use domain::limits::EXPORT_CUSTOMERS_MAX;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

#[component]
pub fn ExportSheet(rows: Memo<Arc<Vec<Listed>>>, is_open: RwSignal<bool>) -> impl IntoView {
    let (workbench, toasts) = (Workbench::expect(), Toasts::expect());
    let form = RwSignal::new(ExportForm::Xlsx);
    let problem = RwSignal::new(None::<String>);
    let is_busy = RwSignal::new(false);
    let count = move || rows.with(|rows| rows.len());
    let stands_in_the_way = move || {
        if count() > EXPORT_CUSTOMERS_MAX {
            Some(fill(words::EXPORT_TOO_MANY, &[("max", &EXPORT_CUSTOMERS_MAX)]))
        } else {
            (!workbench.is_online()).then(|| t(words::EXPORT_OFFLINE).to_owned())
        }
    };
    Effect::new(move |_| {
        if is_open.get() {
            problem.set(None);
        }
    });
    let export = move |_| {
        if is_busy.get_untracked() {
            return;
        }
        let customers = rows.with_untracked(|rows| rows.iter().map(|row| row.id).collect());
        let asked = ExportCustomers { customers, form: form.get_untracked() };
        let today = workbench.today();
        let name = format!("{}-{today}.{}", t(words::EXPORT_FILE), asked.form.extension());
        is_busy.set(true);
        problem.set(None);
        spawn_local(async move {
            let done = network::download(path::CUSTOMERS_EXPORT, &asked, &name).await;
            let _ = is_busy.try_set(false);
            match done {
                Ok(()) => {
                    toasts.say(t(words::EXPORTED));
                    let _ = is_open.try_set(false);
                }
                Err(error) => drop(problem.try_set(Some(told(workbench, &error)))),
            }
        });
    };
    let foot = move || {
        view! {
            <button type="button" class="btn" on:click=move |_| is_open.set(false)>{t(shared::CANCEL)}</button>
            <button type="button" class="btn btn-main" aria-busy=move || is_busy.get().to_string()
                disabled=move || count() == 0 || stands_in_the_way().is_some() on:click=export>
                {move || if is_busy.get() { t(words::EXPORT_BUSY).to_owned() } else { fill(words::EXPORT_DO, &[("n", &count())]) }}
            </button>
        }
    };
    let options = vec![(ExportForm::Xlsx, "Excel".to_owned()), (ExportForm::Csv, "CSV".to_owned())];
    view! {
        <Dialog title=t(words::EXPORT) is_open foot>
            <p>{move || fill(words::EXPORT_SAY, &[("n", &count())])}</p>
            <Segment label=t(words::EXPORT_FORM) group="export-form" options=options.clone() class="seg-fill"
                chosen=Signal::derive(move || Some(form.get())) on_choose=move |chosen| form.set(chosen) />
            <div class="note note-warn"><Icon name="alert" /><p>{t(words::EXPORT_OPEN)}</p></div>
            {move || stands_in_the_way().map(|why| view! { <p class="quiet" role="status">{why}</p> })}
            <FieldError text=problem />
        </Dialog>
    }
}
