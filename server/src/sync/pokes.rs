//! Word that something changed, without saying what: whoever hears it pulls.

use crate::db::{Db, stream};
use domain::ids::StreamId;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::{self, Receiver, Sender};

/// A listener that falls behind by more hears that it fell behind, which is reason enough to pull.
const WAITING_MAX: usize = 1_024;
/// How soon a change by another server process is noticed.
const POLL: Duration = Duration::from_secs(1);

#[derive(Clone, Debug)]
pub enum Poke {
    Changed(Arc<[StreamId]>),
    /// Somebody's session ended: everyone looks whether it was theirs.
    SessionsEnded,
}

#[derive(Clone)]
pub struct Pokes(Sender<Poke>);

impl Pokes {
    #[expect(clippy::new_without_default, reason = "made once, with the services")]
    pub fn new() -> Self {
        Self(broadcast::channel(WAITING_MAX).0)
    }

    pub fn listen(&self) -> Receiver<Poke> {
        self.0.subscribe()
    }

    pub fn tell(&self, poke: Poke) {
        // Nobody listens: nothing to tell.
        let _ = self.0.send(poke);
    }

    pub fn changed(&self, streams: Vec<StreamId>) {
        if !streams.is_empty() {
            self.tell(Poke::Changed(streams.into()));
        }
    }

    /// Hears what other server processes change, for as long as anybody listens here.
    pub async fn poll(self, db: Db) {
        let mut known: Option<HashMap<StreamId, u64>> = None;
        loop {
            tokio::time::sleep(POLL).await;
            if self.0.receiver_count() == 0 {
                known = None;
                continue;
            }
            // The database is away: the requests say so; here it is only a second without news.
            let Ok(versions) = stream::versions(&db).await else { continue };
            if let Some(known) = &known {
                let changed = versions.iter().filter(|(stream, version)| known.get(stream) != Some(version));
                self.changed(changed.map(|(stream, _)| *stream).collect());
            }
            known = Some(versions.into_iter().collect());
        }
    }
}
