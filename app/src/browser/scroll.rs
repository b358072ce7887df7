//! Where a scrolled box stands, for lists that draw only what is in sight.

use web_sys::Element;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scrolled {
    pub top_px: i32,
    pub height_px: i32,
}

pub fn standing(scroller: &Element) -> Scrolled {
    Scrolled { top_px: scroller.scroll_top(), height_px: scroller.client_height() }
}

pub fn go_to(scroller: &Element, top_px: i32) {
    scroller.set_scroll_top(top_px);
}
