//! Bugs other systems have had, to be switched on one at a time: a simulation that finds none of them proves nothing.

/// One wrong line, in the model or between it and the replica.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Planted {
    /// The stream's version is visible before the rows that carry it.
    LateVersionBump,
    /// The server answers before it commits, and dies in between.
    AckBeforeCommit,
    /// What a refused mutation was answered is not kept: repeated, it is answered as applied.
    ResultNotStored,
    /// A repeated mutation is applied again.
    RepeatApplied,
    /// Rows and result are written in two transactions.
    ResultCommittedApart,
    /// A batch that begins too far ahead is taken.
    GapTaken,
    /// A stream that left the scope is not dropped.
    DropForgotten,
    /// The tablet does not act on a drop.
    DropIgnored,
    /// Rows that left one stream are deleted although another stream of the same tablet holds them.
    DelIgnoresStream,
    /// An interrupted first sync goes on with the newest version instead of the one it began with.
    FirstSyncVersionMoves,
    /// Rows and `last_seq` of a page are read at two moments.
    LastSeqOfLaterSnapshot,
    /// Handing over leaves no tombstone in the book the customer left.
    HandOverWithoutTombstone,
    /// Handing over moves the customer but not what hangs on it.
    HandOverLeavesRows,
    /// A deleted row leaves no tombstone.
    TombstoneDropped,
    /// Tombstones go after ninety days, but older cookies are not sent the stream whole.
    HorizonForgotten,
    /// The cookie of a page is stored before its rows, in another transaction.
    CookieStoredApart,
    /// A batch on disk can be half there after a crash.
    BatchHalfWritten,
    /// The outbox counts from one again after a restart.
    SeqGivenTwice,
    /// A refused edit is deleted from the outbox and kept nowhere.
    RefusalDropped,
    /// Acknowledged edits are deleted at once: after a restore nobody has them.
    SentNotKept,
    /// A restored server is not noticed: its epoch stays as it was.
    EpochStays,
}

impl Planted {
    pub const ALL: [Self; 21] = [
        Self::LateVersionBump,
        Self::AckBeforeCommit,
        Self::ResultNotStored,
        Self::RepeatApplied,
        Self::ResultCommittedApart,
        Self::GapTaken,
        Self::DropForgotten,
        Self::DropIgnored,
        Self::DelIgnoresStream,
        Self::FirstSyncVersionMoves,
        Self::LastSeqOfLaterSnapshot,
        Self::HandOverWithoutTombstone,
        Self::HandOverLeavesRows,
        Self::TombstoneDropped,
        Self::HorizonForgotten,
        Self::CookieStoredApart,
        Self::BatchHalfWritten,
        Self::SeqGivenTwice,
        Self::RefusalDropped,
        Self::SentNotKept,
        Self::EpochStays,
    ];
}
