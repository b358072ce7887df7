//! A sheet slides over the page; a dialog asks one thing. Both are the browser's own modal dialog: focus stays inside,
//! Esc closes.

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
            view! {
                <dialog node_ref=node class=class aria-label=title.clone()
                    on:close=move |_| is_open.set(false)
                    on:click=move |event| if dialog::is_backdrop(&event) { is_open.set(false) }>
                    <div class="sheet-head">
                        <h2>{title.clone()}</h2>
                        <button type="button" class="btn btn-icon" aria-label=t(words::CLOSE) on:click=move |_| is_open.set(false)>
                            <Icon name="x" />
                        </button>
                    </div>
                    <div class="sheet-body">{children()}</div>
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
