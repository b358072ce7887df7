//! One sitting over a book: who is looked at, which marks were given, what is still being saved, what can be taken back.
//!
//! The customers are dealt once, when the page opens, another order is chosen or the book changes; a mark moves nobody.
//! So a key is answered by looking at one customer, however long the book is, while the saves follow in their order.

use super::deck::{self, Marks};
use crate::browser::clock;
use crate::i18n::t;
use crate::words::customers::NO_MANAGER;
use crate::workbench::{SaveError, Workbench};
use domain::ids::{BookId, CustomerId, EmployeeId};
use domain::mark::MarkKind;
use domain::mutation::{MarkCustomer, Mutation};
use domain::organisation::Role;
use domain::take_over::{Order, Pace};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

/// Marks saved at once when many are given together.
const BATCH: usize = 200;

/// What a phone shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    List,
    #[default]
    Card,
    Month,
}

/// What one press did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    no: u64,
    /// The mark given.
    pub kind: MarkKind,
    /// Whom it was given to, with the mark they had.
    pub before: Vec<(CustomerId, Option<MarkKind>)>,
}

/// Why marks were not saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    pub customers: Vec<CustomerId>,
    pub words: String,
}

struct Work {
    no: u64,
    changes: Vec<(CustomerId, Option<MarkKind>)>,
}

/// What waits to be saved; it goes on when the page is left.
#[derive(Default)]
struct Saver {
    waiting: RefCell<VecDeque<Work>>,
    is_running: Cell<bool>,
}

#[derive(Clone, Copy)]
pub struct Sitting {
    pub workbench: Workbench,
    pub books: Memo<Vec<(BookId, String)>>,
    pub book: RwSignal<Option<BookId>>,
    pub holder: Memo<Option<EmployeeId>>,
    /// Whether this person sorts, or only looks.
    pub may_mark: Memo<bool>,
    pub order: RwSignal<Order>,
    /// Only those with this mark are listed.
    pub only: RwSignal<Option<MarkKind>>,
    pub current: RwSignal<Option<CustomerId>>,
    pub pane: RwSignal<Pane>,
    /// Everybody, in the order they are looked at.
    pub deck: Memo<Arc<Vec<CustomerId>>>,
    /// Those the list shows.
    pub listed: Memo<Arc<Vec<CustomerId>>>,
    /// With those still being saved.
    pub marks: Memo<Arc<Marks>>,
    pub steps: RwSignal<Vec<Step>>,
    pub failed: RwSignal<Option<Failed>>,
    pub pace: RwSignal<Pace>,
    under_way: RwSignal<HashMap<CustomerId, (u64, Option<MarkKind>)>>,
    saver: StoredValue<Rc<Saver>, LocalStorage>,
    no: StoredValue<u64>,
    looked_since_ms: StoredValue<f64>,
}

impl Sitting {
    pub fn new() -> Self {
        let workbench = Workbench::expect();
        let books = Memo::new(move |_| workbench.read(|replica| deck::books(replica, t(NO_MANAGER))));
        let book = RwSignal::new(books.with_untracked(|books| books.first().map(|(id, _)| *id)));
        let holder = Memo::new(move |_| {
            book.get().and_then(|book| workbench.read(|replica| deck::holder_of(replica, book)))
        });
        let may_mark = Memo::new(move |_| {
            let holder = holder.get();
            workbench.read(|replica| {
                let actor = replica.actor();
                actor.role == Role::Manager && holder == Some(actor.employee_id)
            })
        });
        let order = RwSignal::new(Order::default());
        let only = RwSignal::new(None);
        let under_way: RwSignal<HashMap<CustomerId, (u64, Option<MarkKind>)>> = RwSignal::default();
        let given = Memo::new(move |_| {
            let book = book.get();
            Arc::new(
                book.map(|book| workbench.read(|replica| deck::marks(replica, book))).unwrap_or_default(),
            )
        });
        let marks = Memo::new(move |_| {
            let given = given.get();
            if under_way.with(HashMap::is_empty) {
                return given;
            }
            let mut marks = Marks::clone(&given);
            under_way.with(|under_way| {
                for (id, (_, mark)) in under_way {
                    match mark {
                        Some(mark) => drop(marks.insert(*id, *mark)),
                        None => drop(marks.remove(id)),
                    }
                }
            });
            Arc::new(marks)
        });
        // Dealt anew when the first sync ends, too: until then figures are still on their way.
        let held = Memo::new(move |_| {
            let book = book.get();
            workbench.read(|replica| {
                let held = book.map(|book| deck::held(replica, book)).unwrap_or_default();
                (Arc::new(held), replica.is_first_sync())
            })
        });
        let deck = Memo::new(move |_| {
            let (held, _) = held.get();
            let order = order.get();
            let marks = marks.get_untracked();
            let today = workbench.today();
            Arc::new(workbench.peek(|replica| deck::deal(replica, &held, &marks, order, today)))
        });
        let listed = Memo::new(move |_| match only.get() {
            None => deck.get(),
            Some(kind) => {
                let marks = marks.get();
                let has_it = |id: &CustomerId| marks.get(id) == Some(&kind);
                deck.with(|deck| Arc::new(deck.iter().copied().filter(has_it).collect()))
            }
        });
        let sitting = Self {
            workbench,
            books,
            book,
            holder,
            may_mark,
            order,
            only,
            current: RwSignal::new(None),
            pane: RwSignal::new(Pane::default()),
            deck,
            listed,
            marks,
            steps: RwSignal::new(Vec::new()),
            failed: RwSignal::new(None),
            pace: RwSignal::new(Pace::default()),
            under_way,
            saver: StoredValue::new_local(Rc::new(Saver::default())),
            no: StoredValue::new(0),
            looked_since_ms: StoredValue::new(clock::timer_ms()),
        };
        sitting.follow();
        sitting
    }

    /// Begins with the first unmarked customer, and again in another order or book.
    fn follow(self) {
        Effect::new(move |before: Option<(Option<BookId>, Order)>| {
            let asked = (self.book.get(), self.order.get());
            let is_asked_anew = before != Some(asked);
            let is_gone =
                self.deck.with(|deck| self.current.get_untracked().is_none_or(|id| !deck.contains(&id)));
            if is_asked_anew || is_gone {
                self.look_at(self.next_unmarked(None));
            }
            asked
        });
        Effect::new(move |_| {
            let known = self.books.with(|books| books.iter().map(|(id, _)| *id).collect::<Vec<_>>());
            if self.book.get_untracked().is_none_or(|book| !known.contains(&book)) {
                self.book.set(known.first().copied());
            }
        });
    }

    pub fn look_at(self, id: Option<CustomerId>) {
        self.looked_since_ms.set_value(clock::timer_ms());
        self.current.set(id);
    }

    /// The first without a mark behind `id`, from the beginning again if there is none.
    fn next_unmarked(self, id: Option<CustomerId>) -> Option<CustomerId> {
        let marks = self.marks.get_untracked();
        self.deck.with_untracked(|deck| {
            let at = id.and_then(|id| deck.iter().position(|other| *other == id)).map_or(0, |at| at + 1);
            let (before, behind) = deck.split_at_checked(at)?;
            behind.iter().chain(before).find(|id| !marks.contains_key(id)).copied()
        })
    }

    /// So many rows up or down.
    pub fn step(self, by: isize) {
        let to = self.listed.with_untracked(|listed| {
            let current = self.current.get_untracked();
            let at = current.and_then(|id| listed.iter().position(|other| *other == id));
            let to = at.map_or(Some(0), |at| at.checked_add_signed(by))?;
            listed.get(to).copied()
        });
        if to.is_some() {
            self.look_at(to);
        }
    }

    /// Marks the customer on the screen and shows the next one without a mark.
    pub fn mark(self, kind: MarkKind) {
        let Some(id) = self.current.get_untracked().filter(|_| self.may_mark.get_untracked()) else { return };
        let looked_ms = clock::timer_ms() - self.looked_since_ms.get_value();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "milliseconds of a look"
        )]
        self.pace.update(|pace| *pace = pace.after(looked_ms.max(0.0) as u64));
        self.failed.set(None);
        self.mark_all(vec![id], kind);
    }

    /// One step, however many it marks.
    pub fn mark_all(self, ids: Vec<CustomerId>, kind: MarkKind) {
        let marks = self.marks.get_untracked();
        let before = ids.iter().map(|id| (*id, marks.get(id).copied())).collect();
        let no = self.save(ids.into_iter().map(|id| (id, Some(kind))).collect());
        self.steps.update(|steps| steps.push(Step { no, kind, before }));
        if self
            .current
            .get_untracked()
            .is_some_and(|id| self.marks.with_untracked(|marks| marks.contains_key(&id)))
        {
            self.look_at(self.next_unmarked(self.current.get_untracked()));
        }
    }

    /// Takes the last step back and shows its customer again.
    pub fn take_back(self) {
        let mut last = None;
        self.steps.update(|steps| last = steps.pop());
        let Some(last) = last else { return };
        self.failed.set(None);
        let first = last.before.first().map(|(id, _)| *id);
        self.save(last.before);
        self.look_at(first);
    }

    /// Shows the changes at once and saves them behind all earlier ones.
    fn save(self, changes: Vec<(CustomerId, Option<MarkKind>)>) -> u64 {
        let no = self.no.get_value() + 1;
        self.no.set_value(no);
        self.under_way.update(|under_way| {
            under_way.extend(changes.iter().map(|(id, mark)| (*id, (no, *mark))));
        });
        let saver = self.saver.get_value();
        let batches = changes.chunks(BATCH).map(|batch| Work { no, changes: batch.to_vec() });
        saver.waiting.borrow_mut().extend(batches);
        if !saver.is_running.replace(true) {
            spawn_local(async move {
                // Whoever locked the tablet in between finds the rest unmarked.
                while self.workbench.is_open() {
                    let Some(work) = saver.waiting.borrow_mut().pop_front() else { break };
                    let mutations = work.changes.iter().map(|(customer_id, mark)| {
                        Mutation::from(MarkCustomer { customer_id: *customer_id, mark: *mark })
                    });
                    let saved = self.workbench.save_all(mutations.collect(), Vec::new()).await;
                    self.settle(work, saved);
                }
                saver.is_running.set(false);
            });
        }
        no
    }

    /// The rows say it now, or the customer comes back with the reason. The page may have been left meanwhile.
    fn settle(self, work: Work, saved: Result<(), SaveError>) {
        let _ = self.under_way.try_update(|under_way| {
            for (id, _) in &work.changes {
                if under_way.get(id).is_some_and(|(no, _)| *no == work.no) {
                    under_way.remove(id);
                }
            }
        });
        if let Err(error) = saved {
            let customers: Vec<CustomerId> = work.changes.iter().map(|(id, _)| *id).collect();
            let first = customers.first().copied();
            let _ = self.steps.try_update(|steps| steps.retain(|step| step.no != work.no));
            let _ = self.failed.try_set(Some(Failed { customers, words: error.words() }));
            let _ = self.current.try_set(first);
        }
    }
}
