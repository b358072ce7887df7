//! Who listens at this process, to what, and what each has not heard yet.

use crate::db::stream::Bumped;
use domain::ids::StreamId;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// What a line has to hear.
#[derive(Debug, PartialEq, Eq)]
pub enum News {
    Changed(Vec<StreamId>),
    SessionEnded,
}

#[derive(Clone, Default)]
pub(super) struct Lines(Arc<Mutex<Open>>);

#[derive(Default)]
struct Open {
    last: u64,
    lines: HashMap<u64, Follower>,
    streams: HashMap<StreamId, Followed>,
}

struct Follower {
    token_hash: Vec<u8>,
    streams: Vec<StreamId>,
    /// Not heard yet, each once however often it changed.
    changed: Vec<StreamId>,
    has_ended: bool,
    bell: Arc<Notify>,
}

struct Followed {
    /// Where the stream stood when its followers last heard of it.
    version: u64,
    lines: HashSet<u64>,
}

impl Lines {
    fn lock(&self) -> MutexGuard<'_, Open> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn open(&self, token_hash: Vec<u8>, streams: impl Iterator<Item = (StreamId, u64)>) -> Line {
        let bell = Arc::new(Notify::new());
        let mut open = self.lock();
        open.last += 1;
        let number = open.last;
        let follower = Follower {
            token_hash,
            streams: Vec::new(),
            changed: Vec::new(),
            has_ended: false,
            bell: bell.clone(),
        };
        open.lines.insert(number, follower);
        open.follow(number, streams);
        drop(open);
        Line { number, bell, lines: self.clone() }
    }

    /// Pokes whoever follows a stream that is further than its followers know.
    pub fn gone_on(&self, bumped: &[Bumped]) {
        let open = &mut *self.lock();
        for &Bumped { stream, version } in bumped {
            let Some(followed) = open.streams.get_mut(&stream) else { continue };
            if version <= followed.version {
                continue;
            }
            followed.version = version;
            for number in &followed.lines {
                let Some(line) = open.lines.get_mut(number) else { continue };
                if !line.changed.contains(&stream) {
                    line.changed.push(stream);
                }
                line.bell.notify_one();
            }
        }
    }

    /// Ends the lines of these tokens.
    pub fn end(&self, token_hashes: &[Vec<u8>]) {
        let mut open = self.lock();
        for line in open.lines.values_mut().filter(|line| token_hashes.contains(&line.token_hash)) {
            line.has_ended = true;
            line.bell.notify_one();
        }
    }

    pub fn followed(&self) -> Vec<StreamId> {
        self.lock().streams.keys().copied().collect()
    }

    pub fn tokens(&self) -> Vec<Vec<u8>> {
        self.lock().lines.values().map(|line| line.token_hash.clone()).collect()
    }
}

impl Open {
    fn follow(&mut self, number: u64, streams: impl Iterator<Item = (StreamId, u64)>) {
        self.follow_nothing(number);
        let Some(line) = self.lines.get_mut(&number) else { return };
        for (stream, version) in streams {
            line.streams.push(stream);
            let new = || Followed { version, lines: HashSet::new() };
            // What another line knows already may be older: then this one hears once too often, never too seldom.
            self.streams.entry(stream).or_insert_with(new).lines.insert(number);
        }
    }

    fn follow_nothing(&mut self, number: u64) {
        let before = self.lines.get_mut(&number).map(|line| std::mem::take(&mut line.streams));
        for stream in before.unwrap_or_default() {
            let Some(followed) = self.streams.get_mut(&stream) else { continue };
            followed.lines.remove(&number);
            if followed.lines.is_empty() {
                self.streams.remove(&stream);
            }
        }
    }
}

/// A line on which somebody hears of changes, for as long as it is kept.
pub struct Line {
    number: u64,
    bell: Arc<Notify>,
    lines: Lines,
}

impl Line {
    pub async fn hear(&self) -> News {
        loop {
            if let Some(news) = self.take() {
                return news;
            }
            self.bell.notified().await;
        }
    }

    fn take(&self) -> Option<News> {
        let mut open = self.lines.lock();
        let line = open.lines.get_mut(&self.number)?;
        let changed = std::mem::take(&mut line.changed);
        if changed.is_empty() {
            return line.has_ended.then_some(News::SessionEnded);
        }
        Some(News::Changed(changed))
    }

    /// Follows these from now on: the person's books may be others than when the line was opened.
    pub fn follow(&self, streams: impl Iterator<Item = (StreamId, u64)>) {
        self.lines.lock().follow(self.number, streams);
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let mut open = self.lines.lock();
        open.follow_nothing(self.number);
        open.lines.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn stream(n: u128) -> StreamId {
        StreamId(Uuid::from_u128(n))
    }

    fn bumped(n: u128, version: u64) -> [Bumped; 1] {
        [Bumped { stream: stream(n), version }]
    }

    fn line(lines: &Lines, token: u8, streams: &[(u128, u64)]) -> Line {
        lines.open(vec![token], streams.iter().map(|&(n, version)| (stream(n), version)))
    }

    #[test]
    fn a_line_hears_of_what_it_follows_once_for_each_version() {
        let lines = Lines::default();
        let (one, both) = (line(&lines, 1, &[(1, 5)]), line(&lines, 2, &[(1, 5), (2, 0)]));
        for (told, by_one, by_both) in [
            (bumped(1, 5), None, None),
            (bumped(1, 6), Some(1), Some(1)),
            // Polled after it was told at once.
            (bumped(1, 6), None, None),
            // Read before it was told, heard after.
            (bumped(1, 5), None, None),
            (bumped(2, 1), None, Some(2)),
            (bumped(3, 1), None, None),
        ] {
            lines.gone_on(&told);
            let heard = |line: &Line| match line.take() {
                Some(News::Changed(streams)) => Some(streams),
                _ => None,
            };
            assert_eq!(heard(&one), by_one.map(|n| vec![stream(n)]), "{told:?}");
            assert_eq!(heard(&both), by_both.map(|n| vec![stream(n)]), "{told:?}");
        }
    }

    #[test]
    fn nothing_is_kept_of_a_line_that_is_gone_or_follows_something_else() {
        let lines = Lines::default();
        let (one, two) = (line(&lines, 1, &[(1, 5), (2, 5)]), line(&lines, 2, &[(2, 5)]));
        one.follow([(stream(3), 1)].into_iter());
        let mut followed = lines.followed();
        followed.sort_unstable();
        assert_eq!(followed, [stream(2), stream(3)]);
        lines.end(&[vec![1]]);
        assert_eq!((one.take(), two.take()), (Some(News::SessionEnded), None));
        drop((one, two));
        assert!(lines.followed().is_empty() && lines.tokens().is_empty());
    }
}
