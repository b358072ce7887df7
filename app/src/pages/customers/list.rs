//! The book in pinyin order. Only what is near the screen is drawn; a letter's head stays while its rows pass.

use super::choice;
use super::listing::{Layout, Listed, STEP_PX, Section};
use super::row::CustomerRow;
use crate::browser::listener::{Listener, until_cleanup};
use crate::browser::scroll::{self, Scrolled};
use crate::browser::{clock, screen};
use domain::ids::CustomerId;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// The list's scroller and what lies in it, for whoever moves through it by keys.
#[derive(Clone, Copy)]
pub struct Scroller {
    node: NodeRef<html::Div>,
    layout: Memo<Arc<Layout>>,
    scrolled: RwSignal<Scrolled>,
    /// Where the keyboard is, by place in the list.
    pub focused: RwSignal<Option<usize>>,
}

impl Scroller {
    pub fn new(rows: Memo<Arc<Vec<Listed>>>) -> Self {
        Self {
            node: NodeRef::new(),
            layout: Memo::new(move |_| rows.with(|rows| Arc::new(Layout::of(rows)))),
            scrolled: RwSignal::new(Scrolled::default()),
            focused: RwSignal::new(None),
        }
    }

    fn measure(self) {
        if let Some(node) = self.node.get_untracked() {
            let scrolled = scroll::standing(&node);
            // A list that is not shown has no place to remember.
            if scrolled.height_px > 0 {
                choice::keep_top(scrolled.top_px);
                self.scrolled.set(scrolled);
            }
        }
    }

    pub fn go_to(self, top_px: i32) {
        if let Some(node) = self.node.get_untracked() {
            scroll::go_to(&node, top_px);
            self.measure();
        }
    }

    /// Brings a row into sight and the keyboard to it.
    pub fn focus(self, index: usize) {
        let Scrolled { top_px, height_px } = self.scrolled.get_untracked();
        let to = self.layout.with_untracked(|layout| layout.scroll_to(index, top_px, height_px));
        if let Some(to) = to {
            self.go_to(to);
        }
        if !screen::focus(&super::row::row_id(index)) {
            spawn_local(async move {
                clock::next_frame().await;
                screen::focus(&super::row::row_id(index));
            });
        }
    }
}

#[component]
pub fn List(
    scroller: Scroller,
    rows: Memo<Arc<Vec<Listed>>>,
    #[prop(into)] current: Signal<Option<CustomerId>>,
    #[prop(into)] has_holders: Signal<bool>,
    /// What stands in place of rows, or before them.
    children: Children,
) -> impl IntoView {
    let step = Memo::new(move |_| scroller.scrolled.get().top_px / STEP_PX);
    let height_px = Memo::new(move |_| scroller.scrolled.get().height_px);
    let near = Memo::new(move |_| Layout::screen(step.get(), height_px.get()));
    let layout = scroller.layout;
    let sections = move || layout.with(|layout| near.with(|near| layout.drawn(near)));
    let count = Memo::new(move |_| rows.with(|rows| rows.len()));

    // Back to where the person was, once there is something to scroll.
    Effect::new(move |is_placed: Option<bool>| {
        let is_ready = scroller.node.get().is_some() && count.get() > 0;
        if is_ready && is_placed != Some(true) {
            spawn_local(async move {
                clock::next_frame().await;
                scroller.go_to(choice::kept_top());
            });
        }
        is_ready || is_placed == Some(true)
    });
    if let Some(resized) = Listener::on_window("resize", move |_| scroller.measure()) {
        until_cleanup(resized);
    }

    view! {
        <div class="book-list scroll" node_ref=scroller.node on:scroll=move |_| scroller.measure()>
            {children()}
            <div class="book-all" style:height=move || format!("{}px", layout.with(|layout| layout.height_px))>
                <For each=sections key=Section::clone let(section)>
                    <SectionView section near rows count focused=scroller.focused current has_holders />
                </For>
            </div>
        </div>
    }
}

#[component]
fn SectionView(
    section: Section,
    near: Memo<std::ops::Range<i32>>,
    rows: Memo<Arc<Vec<Listed>>>,
    count: Memo<usize>,
    focused: RwSignal<Option<usize>>,
    current: Signal<Option<CustomerId>>,
    has_holders: Signal<bool>,
) -> impl IntoView {
    let (top_px, height_px) = (section.top_px, section.height_px());
    let letter = section.letter;
    let kept = section.clone();
    let drawn = move || {
        let drawn = near.with(|near| kept.drawn(near));
        rows.with(|rows| {
            let listed = rows.get(drawn.clone()).unwrap_or_default();
            drawn.zip(listed.iter().cloned()).collect::<Vec<_>>()
        })
    };
    view! {
        <div class="book-part" style:top=move || format!("{top_px}px") style:height=move || format!("{height_px}px")>
            {letter.map(|letter| view! { <h2 class="letter">{letter}</h2> })}
            <ul class="rows">
                <For each=drawn key=|(index, listed)| (*index, listed.clone()) let((index, listed))>
                    <CustomerRow listed index count section=section.clone() focused current has_holders />
                </For>
            </ul>
        </div>
    }
}
