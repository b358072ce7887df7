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
    /// Where the keyboard was: typing goes on there.
    pub focused: Option<Entry>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    EmployeeNo,
    Password,
}

/// Takes the static door away and keeps what was typed.
pub fn take_static_door() -> Typed {
    let document = web_sys::window().and_then(|window| window.document());
    let door = document.and_then(|document| document.get_element_by_id(STATIC_DOOR));
    let input = |selector: &str| {
        let input = door.as_ref()?.query_selector(selector).ok()??;
        input.dyn_into::<HtmlInputElement>().ok()
    };
    let (number, password) = (input("input:not([type=password])"), input("input[type=password]"));
    let is_focused = |input: &Option<HtmlInputElement>| {
        input.as_ref().is_some_and(|input| input.matches(":focus").is_ok_and(|is| is))
    };
    let focused = if is_focused(&password) {
        Some(Entry::Password)
    } else {
        is_focused(&number).then_some(Entry::EmployeeNo)
    };
    let value = |input: Option<HtmlInputElement>| input.map(|input| input.value()).unwrap_or_default();
    let typed = Typed { employee_no: value(number), password: value(password), focused };
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
