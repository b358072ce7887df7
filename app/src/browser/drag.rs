//! One thing dragged by mouse or finger, from its handle to a place that carries `data-drop`.
//!
//! A handle is `touch-action: none` in the style, or the page scrolls under the finger instead. What can be dragged can
//! also be done by buttons: a keyboard drags nothing.

use crate::browser::clock;
use crate::browser::listener::Listener;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, PointerEvent};

/// A press that moves less is a click.
const MOVED_PX: i32 = 6;
/// The browser sends a click after a drag, right away.
const CLICK_MS: f64 = 100.0;

thread_local! {
    static ENDED_MS: Cell<f64> = const { Cell::new(f64::NEG_INFINITY) };
}

/// Whether a click is only the end of a drag.
pub fn ended_just_now() -> bool {
    clock::timer_ms() - ENDED_MS.get() < CLICK_MS
}

struct Drag<Over, Done> {
    from: (i32, i32),
    is_moving: bool,
    /// The place under the pointer.
    place: Option<String>,
    over: Over,
    done: Option<Done>,
    listeners: Vec<Listener>,
}

/// Follows the pointer from a press on a handle. `over` hears the place under it whenever that changes, and None at the
/// end; `done` hears the place where it was let go. Neither hears of a mere click.
pub fn follow(
    press: &PointerEvent,
    over: impl FnMut(Option<&str>) + 'static,
    done: impl FnOnce(&str) + 'static,
) {
    let handle = press.current_target().and_then(|target| target.dyn_into::<Element>().ok());
    let Some(handle) = handle.filter(|_| press.button() == 0) else { return };
    // Without it moves are heard only above the handle.
    let _ = handle.set_pointer_capture(press.pointer_id());
    let drag = Rc::new(RefCell::new(Drag {
        from: (press.client_x(), press.client_y()),
        is_moving: false,
        place: None,
        over,
        done: Some(done),
        listeners: Vec::new(),
    }));
    let moves = {
        let drag = Rc::clone(&drag);
        Listener::new(&handle, "pointermove", move |event| {
            if let Some(event) = event.dyn_ref::<PointerEvent>() {
                drag.borrow_mut().follow(event);
            }
        })
    };
    let ends = ["pointerup", "pointercancel"].map(|kind| {
        let drag = Rc::clone(&drag);
        Listener::new(&handle, kind, move |_| Drag::end(&drag, kind == "pointerup"))
    });
    drag.borrow_mut().listeners.extend(ends.into_iter().chain([moves]));
}

impl<Over: FnMut(Option<&str>), Done: FnOnce(&str)> Drag<Over, Done> {
    fn follow(&mut self, event: &PointerEvent) {
        let (x, y) = (event.client_x(), event.client_y());
        let moved = (x - self.from.0).abs().max((y - self.from.1).abs());
        self.is_moving |= moved >= MOVED_PX;
        if !self.is_moving {
            return;
        }
        let place = place_at(x, y);
        if place != self.place {
            (self.over)(place.as_deref());
            self.place = place;
        }
    }

    fn end(drag: &RefCell<Self>, is_dropped: bool) {
        let mut ending = drag.borrow_mut();
        let listeners = std::mem::take(&mut ending.listeners);
        // One of them is running.
        spawn_local(async move { drop(listeners) });
        if !ending.is_moving {
            return;
        }
        ENDED_MS.set(clock::timer_ms());
        (ending.over)(None);
        let (place, done) = (ending.place.take(), ending.done.take());
        drop(ending);
        if let (Some(place), Some(done), true) = (place, done, is_dropped) {
            done(&place);
        }
    }
}

fn place_at(x: i32, y: i32) -> Option<String> {
    let document = web_sys::window()?.document()?;
    #[expect(clippy::cast_precision_loss, reason = "a place on a screen")]
    let under = document.element_from_point(x as f32, y as f32)?;
    under.closest("[data-drop]").ok()??.get_attribute("data-drop")
}
