//! What the page looks like and where the eye is: theme, language, title, focus, clipboard.
//!
//! Theme and language are kept in localStorage, where the boot script reads them before the first paint.

use crate::i18n::Language;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, HtmlElement, HtmlInputElement, Storage};

const THEME: &str = "rounds.theme";
const LANGUAGE: &str = "rounds.language";

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the device has it.
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    fn word(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

pub fn theme() -> Theme {
    match setting(THEME).as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    }
}

pub fn set_theme(theme: Theme) {
    set_setting(THEME, theme.word());
    let Some(root) = document().and_then(|document| document.document_element()) else { return };
    let _ = match theme.word() {
        Some(word) => root.set_attribute("data-theme", word),
        None => root.remove_attribute("data-theme"),
    };
}

/// As chosen on this device; 中文 where nobody chose.
pub fn language() -> Language {
    setting(LANGUAGE).map_or(Language::ZhCn, |tag| Language::from_tag(&tag))
}

/// Keeps the choice and tells the browser, which picks fonts and voices by it.
pub fn set_language(language: Language) {
    set_setting(LANGUAGE, Some(language.tag()));
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute("lang", language.tag());
    }
}

pub fn title() -> String {
    document().map(|document| document.title()).unwrap_or_default()
}

pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Whether the keyboard went to the element. One that cannot hold it (a heading) is made to, one that is folded away is
/// unfolded.
pub fn focus(id: &str) -> bool {
    let Some(document) = document() else { return false };
    let Some(element) = document.get_element_by_id(id) else { return false };
    if let Ok(Some(folded)) = element.closest("details:not([open])") {
        let _ = folded.set_attribute("open", "");
    }
    let Ok(element) = element.dyn_into::<HtmlElement>() else { return false };
    if element.tab_index() < 0 && !element.has_attribute("tabindex") {
        let _ = element.set_attribute("tabindex", "-1");
    }
    element.focus().is_ok() && document.active_element().is_some_and(|active| active.id() == id)
}

/// Fills a field in for somebody. Where it has the keyboard all of it is selected in the same moment, so that not a letter
/// typed meanwhile lands behind it: typing replaces it.
pub fn fill_in(id: &str, text: &str) {
    let field = document().and_then(|document| document.get_element_by_id(id));
    let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) else { return };
    field.set_value(text);
    if document().and_then(|document| document.active_element()).is_some_and(|active| active.id() == id) {
        field.select();
    }
}

/// Brings an element of a scrolled list into view, moving as little as possible.
pub fn reveal(id: &str) {
    let Some(element) = document().and_then(|document| document.get_element_by_id(id)) else { return };
    let options = super::dictionary(&[("block", "nearest".into())]);
    element.scroll_into_view_with_scroll_into_view_options(options.unchecked_ref());
}

/// False when the browser does not let us; the person can still select the text.
pub async fn copy(text: &str) -> bool {
    let Some(navigator) = web_sys::window().map(|window| window.navigator()) else { return false };
    // Missing without https.
    let Some(clipboard) = super::property(&navigator, "clipboard") else { return false };
    let Some(write) = super::method(&clipboard, "writeText") else { return false };
    match write.call1(&clipboard, &text.into()) {
        Ok(written) => JsFuture::from(written.unchecked_into::<js_sys::Promise>()).await.is_ok(),
        Err(_) => false,
    }
}

/// The path of the address, for what is outside the router.
pub fn path() -> String {
    web_sys::window().and_then(|window| window.location().pathname().ok()).unwrap_or_default()
}

/// What follows `#` in the address, which then leaves it: a secret must not stay in the history.
pub fn take_fragment() -> String {
    let Some(window) = web_sys::window() else { return String::new() };
    let fragment = window.location().hash().unwrap_or_default().trim_start_matches('#').to_owned();
    if !fragment.is_empty()
        && let Ok(history) = window.history()
    {
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&path()));
    }
    fragment
}

/// Opens a page of ours by its path, anew.
pub fn open(path: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.location().assign(path);
    }
}

/// Loads the page anew: nothing in memory stays, keys least of all.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// Storage may be forbidden, and then throws when it is only looked at.
fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

fn setting(name: &str) -> Option<String> {
    storage()?.get_item(name).ok().flatten()
}

/// A setting that cannot be kept holds until the page is left.
fn set_setting(name: &str, value: Option<&str>) {
    let Some(storage) = storage() else { return };
    let _ = match value {
        Some(value) => storage.set_item(name, value),
        None => storage.remove_item(name),
    };
}
