//! A sheet slides over the page; a dialog asks one thing. Both are the browser's own modal dialog: focus stays inside,
//! Esc closes. One in which something was written asks before it goes: a tap beside it must not cost a paragraph.

use crate::browser::dialog;
use crate::components::icon::Icon;
use crate::i18n::t;
use crate::words;
use leptos::html;
use leptos::prelude::*;

/// Opens while `is_open` is true.
#[component]
pub fn Sheet(
    #[prop(into)] title: String,
    is_open: RwSignal<bool>,
    children: ChildrenFn,
    #[prop(optional)] is_dialog: bool,
    /// Buttons at the lower edge.
    #[prop(optional, into)]
    foot: Option<ViewFn>,
) -> impl IntoView {
    let class = if is_dialog { "sheet dialog" } else { "sheet" };
    view! {
        {move || {
            if !is_open.get() {
                return ().into_any();
            }
            let node: NodeRef<html::Dialog> = NodeRef::new();
            // Shown as a modal once it is in the page.
            Effect::new(move |_| {
                if let Some(dialog) = node.get() {
                    dialog::show_modal(&dialog);
                }
            });
            let children = children.clone();
            let foot = foot.clone();
            let is_written_in = StoredValue::new(false);
            let is_asking = RwSignal::new(false);
            let leave = move || {
                if is_written_in.get_value() {
                    is_asking.set(true);
                } else {
                    is_open.set(false);
                }
            };
            view! {
                <dialog node_ref=node class=class aria-label=title.clone()
                    on:close=move |_| is_open.set(false)
                    on:input=move |_| is_written_in.set_value(true)
                    on:cancel=move |event: leptos::ev::Event| if is_written_in.get_value() {
                        event.prevent_default();
                        leave();
                    }
                    on:click=move |event| if dialog::is_backdrop(&event) {
                        // A dialog opened from a sheet lies within it: the sheet stays.
                        event.stop_propagation();
                        leave()
                    }>
                    <div class="sheet-head">
                        <h2>{title.clone()}</h2>
                        <button type="button" class="btn btn-icon" aria-label=t(words::CLOSE) on:click=move |_| leave()>
                            <Icon name="x" />
                        </button>
                    </div>
                    <div class="sheet-body">{children()}</div>
                    {move || is_asking.get().then(|| view! {
                        <div class="sheet-ask" role="alert">
                            <p>{t(words::UNSAVED)}</p>
                            <button type="button" class="btn" on:click=move |_| is_open.set(false)>{t(words::DISCARD)}</button>
                            <button type="button" class="btn btn-main" on:click=move |_| is_asking.set(false)>{t(words::GO_ON)}</button>
                        </div>
                    })}
                    {foot.map(|foot| view! { <div class="sheet-foot">{foot.run()}</div> })}
                </dialog>
            }
            .into_any()
        }}
    }
}

/// Asks one thing.
#[component]
pub fn Dialog(
    #[prop(into)] title: String,
    is_open: RwSignal<bool>,
    children: ChildrenFn,
    #[prop(into)] foot: ViewFn,
) -> impl IntoView {
    view! { <Sheet title is_open is_dialog=true foot children /> }
}
