//! A page of an import's rows: asked for as the reader turns, its place told in words.

use crate::browser::screen;
use crate::components::Icon;
use crate::components::online::Asked;
use crate::i18n::{fill, t};
use crate::words::import as words;
use domain::api::{ImportOutcome, ImportRows, path};
use domain::import::Reason;
use leptos::prelude::*;
use uuid::Uuid;

pub const ROWS_ON_PAGE: u32 = 50;
/// Where the sums lead.
pub const TAKEN: &str = "rows-taken";
pub const REFUSED: &str = "rows-refused";

/// Which rows are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filter {
    pub outcome: Option<ImportOutcome>,
    pub reason: Option<Reason>,
    pub offset: u32,
}

/// What the sums last asked the list below to show.
#[derive(Clone, Copy)]
pub struct Wanted(pub RwSignal<Option<ImportOutcome>>);

impl Wanted {
    /// Brings the rows of a sum into view.
    pub fn show(self, outcome: ImportOutcome) {
        if outcome == ImportOutcome::Refused {
            screen::focus(REFUSED);
        } else {
            self.0.set(Some(outcome));
            screen::focus(TAKEN);
        }
    }
}

/// The words the interface knows a value by: `new`, `phone_invalid`.
fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The rows a filter finds; None leaves the question unasked.
pub fn asked(id: Uuid, filter: impl Fn() -> Option<Filter> + 'static) -> Asked<ImportRows> {
    Asked::new(move || {
        let filter = filter()?;
        let outcome =
            filter.outcome.map(|outcome| format!("&outcome={}", word(&outcome))).unwrap_or_default();
        let reason = filter.reason.map(|reason| format!("&reason={}", word(&reason))).unwrap_or_default();
        let rows = path::of(path::IMPORT_ROWS, id);
        Some(format!("{rows}?offset={}&limit={ROWS_ON_PAGE}{outcome}{reason}", filter.offset))
    })
}

/// Turns the pages of `total` rows; nothing where one page holds them all.
#[component]
pub fn Pager(
    #[prop(into)] offset: Signal<u32>,
    #[prop(into)] total: Signal<u32>,
    on_turn: Callback<u32>,
) -> impl IntoView {
    move || {
        let (offset, total) = (offset.get(), total.get());
        let to = (offset + ROWS_ON_PAGE).min(total);
        (total > ROWS_ON_PAGE).then(|| view! {
            <nav class="pager" aria-label=t(words::PAGE_NAV)>
                <button type="button" class="btn btn-icon" aria-label=t(words::EARLIER_ROWS) disabled=offset == 0
                    on:click=move |_| on_turn.run(offset.saturating_sub(ROWS_ON_PAGE))><Icon name="left" /></button>
                <span class="small quiet">{fill(words::PAGE_OF, &[("from", &(offset + 1)), ("to", &to), ("n", &total)])}</span>
                <button type="button" class="btn btn-icon" aria-label=t(words::LATER_ROWS) disabled=to >= total
                    on:click=move |_| on_turn.run(offset + ROWS_ON_PAGE)><Icon name="right" /></button>
            </nav>
        })
    }
}
