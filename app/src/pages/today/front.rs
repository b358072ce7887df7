//! 我排在前面的: customers a person put before the computed order, for this day and on this device. Kept sealed beside the
//! drafts; the order itself is nobody else's business and is not synced.

use crate::workbench::Workbench;
use domain::ids::CustomerId;
use domain::time::Date;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[derive(Clone, Copy)]
pub struct Front {
    workbench: Workbench,
    day: Date,
    ids: RwSignal<Vec<CustomerId>>,
}

impl Front {
    pub fn of(workbench: Workbench, day: Date) -> Self {
        let kept = workbench.draft(&name(day));
        let ids = kept.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        Self { workbench, day, ids: RwSignal::new(ids) }
    }

    pub fn ids(self) -> Vec<CustomerId> {
        self.ids.get()
    }

    /// Puts a customer at the end of the front, or takes it off again.
    pub fn toggle(self, id: CustomerId) {
        self.change(|ids| match ids.iter().position(|own| *own == id) {
            Some(at) => drop(ids.remove(at)),
            None => ids.push(id),
        });
    }

    /// One place up or down.
    pub fn shift(self, id: CustomerId, is_up: bool) {
        self.change(|ids| {
            let Some(at) = ids.iter().position(|own| *own == id) else { return };
            let to = if is_up { at.checked_sub(1) } else { Some(at + 1).filter(|to| *to < ids.len()) };
            if let Some(to) = to {
                ids.swap(at, to);
            }
        });
    }

    fn change(self, change: impl FnOnce(&mut Vec<CustomerId>)) {
        self.ids.update(change);
        let content = serde_json::to_vec(&self.ids.get_untracked()).ok();
        let (workbench, name) = (self.workbench, name(self.day));
        // What cannot be kept still stands while the page is open; the pill tells of a full disk.
        spawn_local(async move {
            let _ = workbench.put_draft(&name, content).await;
        });
    }
}

fn name(day: Date) -> String {
    format!("today-order/{day}")
}
