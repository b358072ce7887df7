//! Every test run: each target takes every file of its corpus, and some thousand mutations of them.
//!
//! What a run finds is printed as it can be written into a file; a file in `corpus/` keeps it found.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends")]

use fuzz::{TARGETS, Target};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{TestError, TestRunner};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::fs;
use std::path::Path;

const CASES: u32 = 8_000;
/// Whatever a stranger sends: address space, so that it ends the test and not the machine.
const MEMORY_BYTES_MAX: u64 = 2 * 1024 * 1024 * 1024;

/// What parsers stumble over.
const NASTY: &[&[u8]] = &[
    b"\0",
    b"\xff",
    b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
    b"\xef\xbb\xbf",
    b"\xf4\x90\x80\x80",
    b"\xc0\xaf",
    b"-9223372036854775808",
    b"18446744073709551615",
    b"1e999",
    b"-0.0",
    b"null",
    b"{}",
    b"[[[[[[[[[[[[[[[[",
    b"\"",
    b"-262143-01-01",
    b"+262142-12-31",
    b"0000-00-00",
    b"1900-02-29",
    b"9999-12-31",
    b"\xe9\x97\xb0\xe5\x85\xad\xe6\x9c\x88",
    b"..%2f",
    b"%00",
    b"%",
    b"\xe2\x80\xae",
    b"\xf3\xa0\x81\x81",
    b"=cmd|'/C'!A0",
    b"\r",
    b"\n\n",
    b",,,,,,,,,,",
    b"\"\"\"",
    b"<![CDATA[",
    b"&#x0;",
    b"<!DOCTYPE a [<!ENTITY b \"c\">]>",
    b"</row>",
    b"<c r=\"XFD1048576\">",
    b"\\ud800",
];

#[derive(Clone, Debug)]
enum Edit {
    Set(Index, u8),
    Insert(Index, &'static [u8]),
    Delete(Index, u8),
    Repeat(Index, u8, u8),
    /// The rest of another file of the corpus.
    Splice(Index, Index, Index),
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = any::<Index>;
    prop_oneof![
        3 => (at(), any::<u8>()).prop_map(|(at, byte)| Edit::Set(at, byte)),
        3 => (at(), select(NASTY)).prop_map(|(at, bytes)| Edit::Insert(at, bytes)),
        2 => (at(), any::<u8>()).prop_map(|(at, length)| Edit::Delete(at, length)),
        1 => (at(), any::<u8>(), any::<u8>()).prop_map(|(at, length, times)| Edit::Repeat(at, length, times)),
        2 => (at(), at(), at()).prop_map(|(at, other, from)| Edit::Splice(at, other, from)),
    ]
}

fn mutated(corpus: &[Vec<u8>], chosen: &Index, edits: &[Edit], bytes_max: usize) -> Vec<u8> {
    let mut bytes = chosen.get(corpus).clone();
    for edit in edits {
        let place = |at: &Index| at.index(bytes.len() + 1);
        match edit {
            Edit::Set(at, byte) if !bytes.is_empty() => *at.get_mut(&mut bytes) = *byte,
            Edit::Set(..) => {}
            Edit::Insert(at, nasty) => {
                let at = place(at);
                bytes.splice(at..at, nasty.iter().copied());
            }
            Edit::Delete(at, length) => {
                let at = place(at);
                bytes.drain(at..(at + usize::from(*length)).min(bytes.len()));
            }
            Edit::Repeat(at, length, times) => {
                let at = place(at);
                let part =
                    bytes[at..(at + usize::from(*length)).min(bytes.len())].repeat(usize::from(*times));
                bytes.splice(at..at, part);
            }
            Edit::Splice(at, other, from) => {
                bytes.truncate(place(at));
                let other = other.get(corpus);
                bytes.extend(&other[from.index(other.len() + 1)..]);
            }
        }
        bytes.truncate(bytes_max);
    }
    bytes
}

fn corpus(target: &Target) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target.name);
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| fs::read(file).unwrap()).collect()
}

/// The shortest input found that brings the target down, None when nothing does.
fn found(target: &Target, corpus: &[Vec<u8>]) -> Option<Vec<u8>> {
    let config = ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() };
    let strategy = (any::<Index>(), vec(edit(), 1..6));
    let fault = TestRunner::new(config).run(&strategy, |(chosen, edits)| {
        (target.run)(&mutated(corpus, &chosen, &edits, target.bytes_max));
        Ok(())
    });
    match fault {
        Ok(()) => None,
        Err(TestError::Fail(_, (chosen, edits))) => Some(mutated(corpus, &chosen, &edits, target.bytes_max)),
        Err(TestError::Abort(reason)) => panic!("{reason}"),
    }
}

fn withstands_its_corpus_and_mutations(name: &str) {
    let limit = Rlimit { current: Some(MEMORY_BYTES_MAX), ..getrlimit(Resource::As) };
    setrlimit(Resource::As, limit).unwrap();
    let target = fuzz::target(name).unwrap();
    let corpus = corpus(target);
    corpus.iter().for_each(|bytes| (target.run)(bytes));
    if let Some(bytes) = found(target, &corpus) {
        panic!("{name} is brought down by b\"{}\"", bytes.escape_ascii());
    }
}

macro_rules! targets {
    ($($name:ident),* $(,)?) => {
        $(#[test]
        fn $name() {
            withstands_its_corpus_and_mutations(stringify!($name));
        })*

        #[test]
        fn every_target_has_its_run() {
            let named: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
            assert_eq!(named, [$(stringify!($name)),*]);
        }
    };
}

targets!(push, pull, page, csv, xlsx, photo, file_name);

#[test]
fn the_corpus_has_the_page_of_this_schema() {
    let page = include_bytes!("../corpus/page/whole.page");
    assert!(fuzz::compact_page() == page, "cargo run -p fuzz > fuzz/corpus/page/whole.page");
}

/// What the runs above are worth: a fault that one changed digit and a missing tail bring about is found.
#[test]
fn a_planted_panic_is_found() {
    let planted = Target {
        name: "planted",
        run: |bytes| {
            let is_changed = bytes.windows(7).any(|part| part.starts_with(b"seq\":") && part[5] != b'1');
            assert!(!(is_changed && bytes.len() % 2 == 0));
        },
        bytes_max: 16_384,
    };
    let corpus = corpus(fuzz::target("push").unwrap());
    assert!(found(&planted, &corpus[1..]).is_some());
}
