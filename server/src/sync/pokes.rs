//! Word that something changed, without saying what: whoever hears it pulls.
//!
//! Within the process at once, to the lines that follow the stream; what other server processes did is read from the
//! database, in one statement for all lines together.

mod lines;

pub use lines::{Line, News};

use crate::db::stream::Bumped;
use crate::db::{self, Db, session, stream};
use domain::ids::StreamId;
use lines::Lines;
use std::time::Duration;

/// How soon a change by another server process is noticed.
const POLL: Duration = Duration::from_secs(1);
/// How soon a session that another server process ended is noticed, in polls.
const SESSIONS_EVERY: u32 = 5;

#[derive(Clone)]
pub struct Pokes(Lines);

impl Pokes {
    #[expect(clippy::new_without_default, reason = "made once, with the services")]
    pub fn new() -> Self {
        Self(Lines::default())
    }

    /// A line for the holder of a token. `streams` as they know them: a change after these versions is told.
    pub fn listen(&self, token_hash: Vec<u8>, streams: impl Iterator<Item = (StreamId, u64)>) -> Line {
        self.0.open(token_hash, streams)
    }

    /// To be called after the commit.
    pub fn changed(&self, bumped: &[Bumped]) {
        self.0.gone_on(bumped);
    }

    /// Ends the lines whose session is over: to be called after whatever may have ended some.
    pub async fn end_sessions(&self, db: &Db) {
        // The database is away: the next poll finds them.
        let _ = self.look_at_sessions(db).await;
    }

    /// Hears what other server processes do, for as long as anybody listens here.
    pub async fn poll(self, db: Db) {
        for round in 1_u32.. {
            tokio::time::sleep(POLL).await;
            // The database is away: the requests say so; here it is only a second without news.
            let _ = self.look_at_streams(&db).await;
            if round.is_multiple_of(SESSIONS_EVERY) {
                let _ = self.look_at_sessions(&db).await;
            }
        }
    }

    async fn look_at_streams(&self, db: &Db) -> db::Result<()> {
        let followed = self.0.followed();
        if !followed.is_empty() {
            self.0.gone_on(&stream::versions(&mut *db.system().await?, &followed).await?);
        }
        Ok(())
    }

    async fn look_at_sessions(&self, db: &Db) -> db::Result<()> {
        let tokens = self.0.tokens();
        if !tokens.is_empty() {
            self.0.end(&session::ended(&mut *db.system().await?, &tokens).await?);
        }
        Ok(())
    }
}
