//! What the person searched, filtered and how far they scrolled: it outlives a look at a customer and at other pages,
//! and ends with the person.

use super::listing::Filter;
use crate::workbench::Workbench;
use domain::customer::CustomerType;
use domain::ids::{BookId, EmployeeId};
use leptos::prelude::*;
use std::cell::Cell;

thread_local! {
    static KEPT: Kept = Kept::default();
}

#[derive(Default)]
struct Kept {
    of: Cell<Option<EmployeeId>>,
    query: ArcRwSignal<String>,
    kind: ArcRwSignal<Option<CustomerType>>,
    industry: ArcRwSignal<Option<String>>,
    book: ArcRwSignal<Option<BookId>>,
    top_px: Cell<i32>,
    is_search_next: Cell<bool>,
}

/// The signals behind the list, as every component may copy them.
#[derive(Clone, Copy)]
pub struct Choice {
    pub query: RwSignal<String>,
    pub kind: RwSignal<Option<CustomerType>>,
    pub industry: RwSignal<Option<String>>,
    pub book: RwSignal<Option<BookId>>,
}

impl Choice {
    /// What was chosen last, if the same person is still here.
    pub fn kept(workbench: Workbench) -> Self {
        let me = workbench.peek(|replica| replica.actor().employee_id);
        KEPT.with(|kept| {
            let choice = Self {
                query: kept.query.clone().into(),
                kind: kept.kind.clone().into(),
                industry: kept.industry.clone().into(),
                book: kept.book.clone().into(),
            };
            if kept.of.replace(Some(me)).is_some_and(|before| before != me) {
                choice.show_all();
                choice.query.set(String::new());
            }
            choice
        })
    }

    pub fn filter(self) -> Filter {
        Filter {
            query: self.query.get(),
            kind: self.kind.get(),
            industry: self.industry.get(),
            book: self.book.get(),
        }
    }

    /// Takes the filters off; the query stays.
    pub fn show_all(self) {
        self.kind.set(None);
        self.industry.set(None);
        self.book.set(None);
        keep_top(0);
    }
}

/// The list, once it is there, puts the cursor in its search box.
pub fn search_next() {
    KEPT.with(|kept| kept.is_search_next.set(true));
}

/// Whether it should, said once.
pub fn is_search_next() -> bool {
    KEPT.with(|kept| kept.is_search_next.take())
}

pub fn search_for(query: &str) {
    KEPT.with(|kept| {
        kept.query.set(query.trim().to_owned());
        kept.kind.set(None);
        kept.industry.set(None);
        kept.book.set(None);
        kept.top_px.set(0);
    });
}

pub fn kept_top() -> i32 {
    KEPT.with(|kept| kept.top_px.get())
}

pub fn keep_top(top_px: i32) {
    KEPT.with(|kept| kept.top_px.set(top_px));
}
