//! *Strays*: photos' bytes whose row is no longer here, after a hand-over or a removal. No page lists them, so they are
//! looked for once rows have left, and once after opening. What is not yet uploaded is offered to the server first.

use super::Replica;
use crate::photos::{self, Upload};
use crate::store::Step;
use domain::ids::PhotoId;
use domain::mutation::Mutation;
use domain::photo::Photo;
use std::collections::{BTreeMap, HashSet};

impl Replica {
    /// Photos to be uploaded now: their edits are no longer on their way here, nor refused.
    pub fn uploads(&self, records: &BTreeMap<String, Vec<u8>>) -> Vec<Upload> {
        let (edited, _) = self.photos_in_edits();
        photos::uploads(records).filter(|upload| !edited.contains(&upload.id)).collect()
    }

    /// Whether a photo the server does not know is here by mistake: its row has left or never came, and no edit is about it.
    /// While an edit cannot be read, it may be about any.
    pub fn is_stray(&self, id: PhotoId) -> bool {
        let (edited, are_all_read) = self.photos_in_edits();
        are_all_read && self.knows_all() && self.get::<Photo>(id).is_none() && !edited.contains(&id)
    }

    /// Whether bytes may lie here without a row, and all rows are here to tell by.
    pub fn may_hold_strays(&self) -> bool {
        self.may_hold_strays && self.knows_all()
    }

    /// Photos among these blobs that have no row and wait for no upload.
    pub fn strays(&self, held: &[String], records: &BTreeMap<String, Vec<u8>>) -> Vec<PhotoId> {
        if !self.knows_all() {
            return Vec::new();
        }
        let waiting: HashSet<PhotoId> = photos::uploads(records).map(|upload| upload.id).collect();
        let is_known = |id: &PhotoId| self.get::<Photo>(*id).is_some() || waiting.contains(id);
        held.iter().filter_map(|name| photos::id_of(name)).filter(|id| !is_known(id)).collect()
    }

    /// The steps that forget them. `held`: the names of all photos' blobs, listed **before** this replica last read the
    /// store: a photo taken in another tab since is not among them.
    pub fn forget_strays(&mut self, held: &[String], records: &BTreeMap<String, Vec<u8>>) -> Vec<Step> {
        if !self.may_hold_strays() {
            return Vec::new();
        }
        self.may_hold_strays = false;
        photos::forget(&self.strays(held, records), records.keys())
    }

    fn knows_all(&self) -> bool {
        !self.more && !self.is_first_sync() && !self.resends
    }

    /// Photos that edits on their way, or refused, are about; and whether each of these edits could be read.
    fn photos_in_edits(&self) -> (HashSet<PhotoId>, bool) {
        let pending = self.pending.iter().map(|pending| pending.mutation.as_ref());
        let refused = self.refused.iter().map(|refused| refused.mutation.as_ref());
        let mut photos = HashSet::new();
        let mut are_all_read = true;
        for mutation in pending.chain(refused) {
            match mutation {
                Some(Mutation::AddPhoto(added)) => {
                    photos.insert(added.photo_id);
                }
                Some(_) => {}
                None => are_all_read = false,
            }
        }
        (photos, are_all_read)
    }
}
