//! The form's state: the draft, how its keeping stands, and the photos' bytes. Every part of the form holds a handle.

use super::draft::{Draft, Taken};
use crate::browser::clock;
use crate::workbench::Workbench;
use domain::ids::{CustomerId, PhotoId};
use futures::lock::Mutex;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

/// A pause in typing after which the draft is written.
const PAUSE_MS: u32 = 600;

/// How the keeping of the draft stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// Nothing to keep yet.
    Blank,
    Restored,
    Writing,
    Kept,
    Failed,
}

/// How the taking in of photos stands: a large one takes a second to make small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    Nothing,
    UnderWay,
    /// At least one of the last could not be taken in; the form says which way.
    Failed,
}

thread_local! {
    /// The form that was opened last: photos taken in one that was left since join it.
    static LAST_OPENED: Cell<Option<Desk>> = const { Cell::new(None) };
    /// Takings under way, by whose form they began in; none where there are none.
    static UNDER_WAY: RefCell<HashMap<CustomerId, usize>> = RefCell::default();
    /// Held by whoever puts a photo to a draft.
    static JOINING: Rc<Mutex<()>> = Rc::default();
}

/// By photo.
pub type Bytes = HashMap<PhotoId, Rc<Vec<u8>>>;

#[derive(Clone, Copy)]
pub struct Desk {
    pub workbench: Workbench,
    pub customer_id: CustomerId,
    pub draft: RwSignal<Draft>,
    pub keeping: RwSignal<Keeping>,
    pub reading: RwSignal<Reading>,
    /// The words are stored and photos are left: what stands in the form is no longer a draft.
    pub is_text_saved: RwSignal<bool>,
    photos: RwSignal<Bytes, LocalStorage>,
    /// Raised by every change, so that only the last pause writes.
    changes: StoredValue<u64>,
    /// Recorded, or being recorded: nothing may bring the draft back.
    is_over: StoredValue<bool>,
}

/// The name a customer's draft is kept under.
pub fn draft_name(customer_id: CustomerId) -> String {
    format!("visit/{customer_id}")
}

/// The name under which a photo's bytes are kept until they are stored.
pub(super) fn photo_name(customer_id: CustomerId, id: PhotoId) -> String {
    format!("visit/{customer_id}/photo/{id}")
}

impl Desk {
    /// Takes up the draft where it was left, or begins a new one.
    pub fn open(
        workbench: Workbench,
        customer_id: CustomerId,
        planned: Option<domain::ids::VisitId>,
    ) -> Self {
        let kept = workbench.draft(&draft_name(customer_id)).and_then(|bytes| Draft::decode(&bytes));
        let is_restored = kept.is_some();
        let mut draft = kept
            .unwrap_or_else(|| Draft::new(planned.unwrap_or_else(|| workbench.new_id()), workbench.now()));
        if let Some(planned) = planned {
            draft.visit_id = planned;
        }
        let mut photos = Bytes::new();
        draft.photos.retain(|taken| {
            let bytes = workbench.draft(&photo_name(customer_id, taken.id));
            bytes.map(|bytes| photos.insert(taken.id, Rc::new(bytes))).is_some()
        });
        let desk = Self {
            workbench,
            customer_id,
            draft: RwSignal::new(draft),
            keeping: RwSignal::new(if is_restored { Keeping::Restored } else { Keeping::Blank }),
            reading: RwSignal::new(Self::reading_of(customer_id)),
            is_text_saved: RwSignal::new(false),
            photos: RwSignal::new_local(photos),
            changes: StoredValue::new(0),
            is_over: StoredValue::new(false),
        };
        on_cleanup(move || desk.flush());
        LAST_OPENED.set(Some(desk));
        desk
    }

    /// This form, or the one that was opened since for the same customer; None when it was left.
    fn still_open(self) -> Option<Self> {
        let is_open = |desk: &Self| desk.draft.try_get_untracked().is_some();
        let same = |desk: &Self| desk.customer_id == self.customer_id && is_open(desk);
        Some(self).filter(is_open).or_else(|| LAST_OPENED.get().filter(same))
    }

    fn reading_of(customer_id: CustomerId) -> Reading {
        let is_under_way = UNDER_WAY.with_borrow(|under_way| under_way.contains_key(&customer_id));
        if is_under_way { Reading::UnderWay } else { Reading::Nothing }
    }

    /// Photos are being taken in.
    pub fn begin_reading(self) {
        UNDER_WAY.with_borrow_mut(|under_way| *under_way.entry(self.customer_id).or_default() += 1);
        self.reading.set(Reading::UnderWay);
    }

    /// They were, and so it `ended`.
    pub fn end_reading(self, ended: Reading) {
        UNDER_WAY.with_borrow_mut(|under_way| {
            if let Some(count) = under_way.get_mut(&self.customer_id) {
                *count -= 1;
            }
            under_way.retain(|_, count| *count > 0);
        });
        let Some(desk) = self.still_open() else { return };
        desk.reading.set(match Self::reading_of(self.customer_id) {
            Reading::Nothing => ended,
            still => still,
        });
    }

    /// Changes the form; the draft is written when the person pauses.
    pub fn change(self, change: impl FnOnce(&mut Draft)) {
        let today = self.workbench.today();
        self.draft.update(|draft| {
            change(draft);
            draft.redraft(today);
        });
        self.keeping.set(Keeping::Writing);
        let change = self.changes.try_update_value(|changes| {
            *changes += 1;
            *changes
        });
        spawn_local(async move {
            clock::sleep_ms(PAUSE_MS).await;
            if self.changes.try_get_value() == change {
                self.write().await;
            }
        });
    }

    async fn write(self) {
        let (Some(draft), Some(false)) = (self.draft.try_get_untracked(), self.is_over.try_get_value())
        else {
            return;
        };
        let seen = self.changes.try_get_value();
        let written = self.workbench.put_draft(&draft_name(self.customer_id), Some(draft.encode())).await;
        let now = match written {
            Ok(()) if self.changes.try_get_value() != seen => return,
            Ok(()) => Keeping::Kept,
            Err(_) => Keeping::Failed,
        };
        let _ = self.keeping.try_set(now);
    }

    /// Writes at once what a pause would have written: the page is being left.
    fn flush(self) {
        if self.keeping.get_untracked() != Keeping::Writing || self.is_over.get_value() {
            return;
        }
        let (workbench, name, draft) =
            (self.workbench, draft_name(self.customer_id), self.draft.get_untracked());
        spawn_local(async move {
            let _ = workbench.put_draft(&name, Some(draft.encode())).await;
        });
    }

    /// Keeps a photo's bytes beside the draft and shows it. When the form was left while it was made small it joins the
    /// one that was opened since, or the draft that was kept, or else the visit that was `begun`.
    pub async fn add_photo(self, taken: Taken, jpeg: Vec<u8>, begun: &Draft) {
        // One after another, and behind what was written as the form was left: each reads the draft it writes.
        let joining = JOINING.with(Rc::clone);
        let _turn = joining.lock().await;
        if self.still_open().is_none() {
            self.workbench.settled().await;
        }
        if self.still_open().is_none() {
            self.join_kept(&taken, &jpeg, begun).await;
        }
        // Also one that was opened in these moments, from what was kept before.
        if let Some(desk) = self.still_open() {
            desk.show_photo(taken, jpeg).await;
        }
    }

    async fn join_kept(self, taken: &Taken, jpeg: &[u8], begun: &Draft) {
        let (workbench, name) = (self.workbench, draft_name(self.customer_id));
        let kept = workbench.draft(&name).and_then(|bytes| Draft::decode(&bytes));
        // None is kept where nothing was written, or where it was thrown away.
        let mut draft = kept.unwrap_or_else(|| Draft::new(begun.visit_id, workbench.now()));
        draft.photos.push(taken.clone());
        let record = photo_name(self.customer_id, taken.id);
        let steps =
            vec![workbench.keep_draft(&record, jpeg.to_vec()), workbench.keep_draft(&name, draft.encode())];
        // Nobody is there to be told; the pill tells of a full disk.
        let _ = workbench.save_all(Vec::new(), steps).await;
    }

    async fn show_photo(self, taken: Taken, jpeg: Vec<u8>) {
        let id = taken.id;
        if self.draft.with_untracked(|draft| draft.photos.iter().any(|own| own.id == id)) {
            return;
        }
        self.photos.update(|photos| {
            photos.insert(id, Rc::new(jpeg.clone()));
        });
        self.change(|draft| draft.photos.push(taken));
        if self.workbench.put_draft(&photo_name(self.customer_id, id), Some(jpeg)).await.is_err() {
            let _ = self.keeping.try_set(Keeping::Failed);
        }
    }

    pub fn remove_photo(self, id: PhotoId) {
        self.change(|draft| draft.photos.retain(|taken| taken.id != id));
        self.photos.update(|photos| {
            photos.remove(&id);
        });
        let (workbench, record) = (self.workbench, photo_name(self.customer_id, id));
        spawn_local(async move {
            let _ = workbench.put_draft(&record, None).await;
        });
    }

    pub fn photo(self, id: PhotoId) -> Option<Rc<Vec<u8>>> {
        self.photos.with_untracked(|photos| photos.get(&id).cloned())
    }

    pub fn draft_name(self) -> String {
        draft_name(self.customer_id)
    }

    pub fn photos(self) -> Bytes {
        self.photos.get_untracked()
    }

    /// The draft is on its way to become a visit: written now, behind the edit that forgets it, it would stand there again.
    pub fn hold(self) {
        self.is_over.set_value(true);
    }

    /// It did not become one: what a pause or the leaving of the page would have written meanwhile is written now.
    pub async fn take_up(self, draft: &Draft) {
        if self.is_over.try_set_value(false).is_some() {
            // The page was left. The form said what failed to nobody; the draft says it all.
            let _ = self.workbench.put_draft(&draft_name(self.customer_id), Some(draft.encode())).await;
        } else if self.keeping.get_untracked() == Keeping::Writing {
            self.write().await;
        }
    }

    /// The words are stored, and nothing more is written. The page may have been left meanwhile.
    pub fn close(self) {
        let _ = self.is_text_saved.try_set(true);
    }

    /// Throws the draft away and begins anew.
    pub fn start_over(self) {
        let old = self.draft.get_untracked();
        for taken in &old.photos {
            self.remove_photo(taken.id);
        }
        self.draft.set(Draft::new(old.visit_id, self.workbench.now()));
        self.keeping.set(Keeping::Blank);
        self.changes.update_value(|changes| *changes += 1);
        let (workbench, name) = (self.workbench, draft_name(self.customer_id));
        spawn_local(async move {
            let _ = workbench.put_draft(&name, None).await;
        });
    }

    /// Part of the draft, for a field.
    pub fn part<T: PartialEq + Send + Sync + 'static>(
        self,
        read: impl Fn(&Draft) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| self.draft.with(&read))
    }
}
