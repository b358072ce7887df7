//! A pull's body with its cookies, and what is decided by them.

use crate::world::PAGE;
use domain::ids::StreamId;
use domain::wire::Pull;
use server::db::stream::StreamState;
use server::sync::pull::{Walk, decide};
use std::collections::{BTreeSet, HashMap};

const STATE: StreamState = StreamState { version: 80, pruned_to: 5 };

pub fn run(bytes: &[u8]) {
    let Ok(pull) = serde_json::from_slice::<Pull>(bytes) else { return };
    let again = serde_json::to_vec(&pull).expect("a pull that was read can be written");
    assert_eq!(serde_json::from_slice::<Pull>(&again).as_ref().ok(), Some(&pull), "and read again");

    let streams: Vec<StreamId> = PAGE.streams.iter().map(|part| part.stream).collect();
    let states: HashMap<StreamId, StreamState> = streams.iter().map(|&stream| (stream, STATE)).collect();
    let (follow, walks) = decide(&streams, &states, &pull.cookie);
    let sent = follow.iter().map(|(cookie, _)| cookie.stream).chain(walks.iter().map(Walk::stream));
    let mut seen = BTreeSet::new();
    for stream in sent {
        assert!(streams.contains(&stream), "a stream outside of the scope");
        assert!(seen.insert(stream), "a stream sent twice");
    }
    for (cookie, state) in &follow {
        assert!((state.pruned_to..state.version).contains(&cookie.version), "rows of this version are gone");
    }
    // Whoever has nothing, or what no longer can be followed, is sent everything.
    for stream in streams.iter().filter(|stream| !seen.contains(stream)) {
        let is_here = |version| version == STATE.version;
        assert!(pull.cookie.iter().any(|cookie| cookie.stream == *stream && is_here(cookie.version)));
    }
}
