//! The browser's own modal dialog: focus stays inside, Esc closes.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, MouseEvent};

/// Shows a dialog that is in the page; one that is shown already stays as it is.
pub fn show_modal(dialog: &HtmlDialogElement) {
    if !dialog.open() {
        let _ = dialog.show_modal();
    }
}

/// Whether a click on a dialog hit the ground behind it: the dialog itself is hit only there, or in its padding.
pub fn is_backdrop(event: &MouseEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let Some(dialog) = target.filter(|element| element.tag_name() == "DIALOG") else { return false };
    let area = dialog.get_bounding_client_rect();
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    x < area.left() || x > area.right() || y < area.top() || y > area.bottom()
}
