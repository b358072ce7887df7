//! Dark or light by one tap.

use crate::browser::screen::{Theme, set_theme, theme};

/// To the other of the two looks, whatever the device prefers.
pub fn toggle_theme() {
    let is_dark = match theme() {
        Theme::Dark => true,
        Theme::Light => false,
        Theme::System => prefers_dark(),
    };
    set_theme(if is_dark { Theme::Light } else { Theme::Dark });
}

fn prefers_dark() -> bool {
    let query = web_sys::window()
        .and_then(|window| window.match_media("(prefers-color-scheme: dark)").ok())
        .flatten();
    query.is_some_and(|query| query.matches())
}
