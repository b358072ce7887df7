//! Photos that could not be stored with their visit: words outrank them on a full device. They wait sealed beside the
//! drafts and are stored as soon as there is room, whether the form is still open or not.

use super::desk::photo_name;
use super::draft::{Taken, photo_edits};
use crate::workbench::{SaveError, Workbench};
use domain::ids::{CustomerId, PhotoId, VisitId};
use domain::photo::Photo;
use replica::photos;
use replica::store::Step;
use serde::{Deserialize, Serialize};

const NAMES: &str = "visit-photos/";

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Left {
    pub customer_id: CustomerId,
    pub visit_id: VisitId,
    pub photos: Vec<Taken>,
}

impl Left {
    fn name(&self) -> String {
        format!("{NAMES}{}", self.visit_id)
    }

    /// Goes with the visit's own words, so that it is never forgotten whose the bytes are.
    pub fn keep(&self, workbench: Workbench) -> Option<Step> {
        let content = serde_json::to_vec(self).ok().filter(|_| !self.photos.is_empty())?;
        Some(workbench.keep_draft(&self.name(), content))
    }

    /// The photos as rows and their bytes to be uploaded; what was kept of them until now goes with it.
    pub async fn save(
        self,
        workbench: Workbench,
        bytes: impl Fn(PhotoId) -> Option<Vec<u8>>,
    ) -> Result<(), SaveError> {
        let mut steps = self.forgetting(workbench);
        let is_missing = |taken: &&Taken| workbench.peek(|replica| replica.get::<Photo>(taken.id).is_none());
        let mut saved = Vec::new();
        // Another tab may have stored them; and bytes that never found room are gone with their page.
        for taken in self.photos.iter().filter(is_missing) {
            let Some(jpeg) = bytes(taken.id) else { continue };
            steps.extend(photos::keep(taken.id, jpeg));
            saved.push(taken.clone());
        }
        workbench.save_all(photo_edits(self.customer_id, self.visit_id, &saved), steps).await
    }

    /// The visit is to do without.
    pub async fn forget(self, workbench: Workbench) -> Result<(), SaveError> {
        workbench.save_all(Vec::new(), self.forgetting(workbench)).await
    }

    fn forgetting(&self, workbench: Workbench) -> Vec<Step> {
        let photos = self.photos.iter().map(|taken| photo_name(self.customer_id, taken.id));
        photos.chain([self.name()]).map(|name| workbench.forget_draft(&name)).collect()
    }
}

/// Tries again for every visit; what still finds no room stays for the next time, and what is of a customer who is not
/// here: after an upgrade nobody is until the rows have come again.
pub async fn save_left(workbench: Workbench) {
    for content in workbench.drafts(NAMES) {
        let Ok(left) = serde_json::from_slice::<Left>(&content) else { continue };
        let customer_id = left.customer_id;
        // A try that fails harms no other.
        let _ = left.save(workbench, move |id| workbench.draft(&photo_name(customer_id, id))).await;
    }
}
