//! Nothing lost, nothing twice, everybody agrees: shown by simulation (SYNC.md). Ten thousand small worlds here, more by
//! `cargo run --release -p replica --example simulate -- --seeds N`.

#[path = "model/model.rs"]
mod model;

use model::{Options, Planted, Tally, run};
use std::ops::Range;

/// A planted bug must show within this many worlds.
const WORLDS_TO_FIND_A_BUG: u64 = 300;

fn come_to_rest(seeds: Range<u64>) -> Tally {
    let mut tally = Tally::default();
    for seed in seeds {
        match run(seed, &Options::default()) {
            Ok((of_world, _)) => tally.merge(of_world),
            Err(failure) => panic!("{failure}"),
        }
    }
    tally
}

// Apart, so that they run beside each other: ten thousand in all.
#[test]
fn the_first_worlds_come_to_rest_and_met_what_they_claim_to_survive() {
    let tally = come_to_rest(0..2_500);
    for what in MET {
        assert!(tally.counts.contains_key(*what), "no world met: {what}");
    }
}

#[test]
fn the_second_quarter_of_ten_thousand_worlds_comes_to_rest() {
    come_to_rest(2_500..5_000);
}

#[test]
fn the_third_quarter_of_ten_thousand_worlds_comes_to_rest() {
    come_to_rest(5_000..7_500);
}

#[test]
fn the_fourth_quarter_of_ten_thousand_worlds_comes_to_rest() {
    come_to_rest(7_500..10_000);
}

#[test]
fn every_planted_bug_is_found() {
    for planted in Planted::ALL {
        let options = Options { planted: Some(planted), ..Options::default() };
        let found = (0..WORLDS_TO_FIND_A_BUG).find_map(|seed| run(seed, &options).err());
        let found =
            found.unwrap_or_else(|| panic!("{planted:?} stays hidden in {WORLDS_TO_FIND_A_BUG} worlds"));
        println!("{planted:?}: seed {} step {}", found.seed, found.step);
    }
}

#[test]
fn a_seed_replays_to_the_same_point() {
    let traced = Options { is_traced: true, ..Options::default() };
    for seed in 0..10 {
        assert_eq!(run(seed, &traced), run(seed, &traced), "seed {seed}");
    }
    let broken = Options { planted: Some(Planted::TombstoneDropped), ..traced };
    let seed = (0..WORLDS_TO_FIND_A_BUG).find(|seed| run(*seed, &broken).is_err()).expect("it is found");
    assert_eq!(run(seed, &broken), run(seed, &broken));
}

/// What a quarter of the worlds must have seen, or they show nothing.
const MET: &[&str] = &[
    "accepted",
    "an edit of a newer version",
    "answer lost",
    "answered: applied",
    "answered: date_out_of_range",
    "answered: gone",
    "answered: not_understood",
    "answered: number_taken",
    "backup",
    "books given",
    "clock set",
    "crash",
    "crash, unflushed pages lost",
    "customer brought in",
    "customer deleted",
    "customer handed over",
    "disk full",
    "gap",
    "library changed",
    "list brought in",
    "network cut one way or back",
    "new epoch",
    "ninety-one days passed",
    "not accepted: already_done",
    "not accepted: gone",
    "not accepted: invalid",
    "not accepted: missing",
    "not saved: full",
    "page",
    "page, more to come",
    "pages of another schema",
    "prepared: add_contact",
    "prepared: add_customer",
    "prepared: add_note",
    "prepared: add_photo",
    "prepared: cancel_visit",
    "prepared: edit_contact",
    "prepared: edit_customer",
    "prepared: make_promise",
    "prepared: plan_visit",
    "prepared: record_visit",
    "prepared: remove_contact",
    "prepared: remove_photo",
    "prepared: reschedule_visit",
    "prepared: reveal_phone",
    "prepared: settle_conflict",
    "prepared: settle_promise",
    "prepared: skip_visit",
    "refused edit discarded",
    "request lost",
    "request repeated",
    "restored from a backup",
    "second tab",
    "sent again after a restore",
    "server died",
    "store wiped",
    "tab closed",
    "taken in memory: full",
];
