//! The static door the server rendered, until the app takes over: what was typed into it is not lost.

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// The element the server's door stands in.
const STATIC_DOOR: &str = "door";

/// Employee number and password as they were typed before the app was there.
#[derive(Clone, Default)]
pub struct Typed {
    pub employee_no: String,
    pub password: String,
}

/// Takes the static door away and keeps what was typed.
pub fn take_static_door() -> Typed {
    let document = web_sys::window().and_then(|window| window.document());
    let door = document.and_then(|document| document.get_element_by_id(STATIC_DOOR));
    let value = |selector: &str| {
        let input = door.as_ref()?.query_selector(selector).ok()??;
        Some(input.dyn_into::<HtmlInputElement>().ok()?.value())
    };
    let typed = Typed {
        employee_no: value("input:not([type=password])").unwrap_or_default(),
        password: value("input[type=password]").unwrap_or_default(),
    };
    if let Some(door) = door {
        door.remove();
    }
    typed
}

/// What the person reads in their device list: 平板, 电脑 or 手机, with the system.
pub fn device_name() -> String {
    let agent = web_sys::window().and_then(|window| window.navigator().user_agent().ok()).unwrap_or_default();
    let has = |word: &str| agent.contains(word);
    let (kind, system) = if has("iPad") {
        ("平板", "iPad")
    } else if has("iPhone") {
        ("手机", "iPhone")
    } else if has("Android") {
        (if has("Mobile") { "手机" } else { "平板" }, "Android")
    } else if has("Windows") {
        ("电脑", "Windows")
    } else if has("Mac OS") {
        ("电脑", "macOS")
    } else {
        ("电脑", "Linux")
    };
    format!("{kind} {system}")
}
