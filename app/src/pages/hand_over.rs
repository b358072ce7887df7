//! 移交: who goes at the left, what it means at the right. The list is the lead's own replica; handing over itself needs the
//! network.

mod books;
mod effect;
mod picking;
mod sure;

use crate::components::Bar;
use crate::components::online::OfflineNote;
use crate::i18n::t;
use crate::words::hand_over as words;
use crate::workbench::Workbench;
use books::{Entry, Holder};
use domain::ids::{BookId, CustomerId};
use effect::Effects;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use picking::Picking;
use std::collections::BTreeSet;
use std::str::FromStr;

/// What has been chosen so far.
#[derive(Clone, Copy)]
pub struct Choice {
    pub from: RwSignal<Option<BookId>>,
    pub to: RwSignal<Option<BookId>>,
    pub is_whole: RwSignal<bool>,
    pub ticked: RwSignal<BTreeSet<CustomerId>>,
    /// Every book in scope.
    pub holders: Memo<Vec<Holder>>,
    /// The customers of the book handed over from, in pinyin order.
    pub entries: Memo<Vec<Entry>>,
    /// Those that will go.
    pub going: Memo<Vec<CustomerId>>,
    /// Said after a hand-over, until something else is chosen.
    pub done: RwSignal<Option<Done>>,
}

/// A hand-over that took place.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    pub moved: u32,
    /// Asked for, but no longer there.
    pub left: u32,
    pub from: String,
    pub to: String,
}

impl Choice {
    fn new(from: Option<BookId>) -> Self {
        let workbench = Workbench::expect();
        let from = RwSignal::new(from);
        let is_whole = RwSignal::new(false);
        let ticked = RwSignal::new(BTreeSet::new());
        let holders = Memo::new(move |_| workbench.read(books::holders));
        let entries = Memo::new(move |_| match from.get() {
            Some(book) => workbench.read(|replica| books::entries(replica, book, workbench.today())),
            None => Vec::new(),
        });
        let going = Memo::new(move |_| {
            let ticked = ticked.get();
            entries.with(|entries| {
                let goes = |entry: &&Entry| is_whole.get() || ticked.contains(&entry.id);
                entries.iter().filter(goes).map(|entry| entry.id).collect()
            })
        });
        Self {
            from,
            to: RwSignal::new(None),
            is_whole,
            ticked,
            holders,
            entries,
            going,
            done: RwSignal::new(None),
        }
    }

    pub fn choose_from(self, book: Option<BookId>) {
        self.from.set(book);
        self.ticked.set(BTreeSet::new());
        self.is_whole.set(false);
        self.done.set(None);
        if self.to.get_untracked() == book {
            self.to.set(None);
        }
    }

    pub fn tick(self, customers: impl IntoIterator<Item = CustomerId>, is_ticked: bool) {
        self.done.set(None);
        self.ticked.update(|ticked| {
            for customer in customers {
                if is_ticked {
                    ticked.insert(customer);
                } else {
                    ticked.remove(&customer);
                }
            }
        });
    }

    pub fn holder(self, book: Option<BookId>) -> Option<Holder> {
        let book = book?;
        self.holders.with(|holders| holders.iter().find(|holder| holder.book == book).cloned())
    }

    pub fn giver_name(self) -> String {
        self.holder(self.from.get()).map(|holder| holder.name).unwrap_or_default()
    }

    pub fn taker_name(self) -> String {
        self.holder(self.to.get()).map(|holder| holder.name).unwrap_or_default()
    }
}

#[component]
pub fn HandOver() -> impl IntoView {
    let asked_for =
        use_query_map().with_untracked(|query| query.get("from").and_then(|id| BookId::from_str(&id).ok()));
    let choice = Choice::new(asked_for);
    view! {
        <Bar title=t(words::TITLE) back="/app/team" without_search=true />
        <main class="page ho">
            <div class="ho-over"><OfflineNote /></div>
            <Picking choice />
            <Effects choice />
        </main>
    }
}
