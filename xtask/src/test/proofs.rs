//! The invariants that a machine can check: who may know what.
//!
//! Each is a row of a table; a row that holds counts as one passed check.

use std::{fs, path::Path};

use anyhow::Result;

use super::{count::Count, native};
use crate::{build::files_under, layout::Layout, setup::Tools};

/// A crate, and the crates that must not be below it. A star covers what goes on with a dash or underscore.
const FREE_OF: &[(&str, &[&str])] = &[
    ("domain", PURE),
    ("replica", PURE),
    ("server", &["app", "replica"]),
    ("app", &["server", "tokio*", "sqlx*", "axum*", "hyper*"]),
];

#[rustfmt::skip]
const PURE: &[&str] = &[
    // the browser and its frameworks
    "leptos*", "reactive*", "web-sys", "js-sys", "wasm-bindgen*", "gloo*", "indexed_db_futures",
    // storage, network, runtime
    "tokio*", "async-std", "sqlx*", "axum*", "hyper*", "reqwest", "object_store", "rustix", "mio",
    // randomness and the clock (chrono asks the last for the time zone)
    "getrandom", "rand", "fastrand", "iana-time-zone",
    // each other's side
    "app", "server",
];

/// Words that may stand only in some places.
struct Only {
    what: &'static str,
    words: &'static [&'static str],
    within: &'static [&'static str],
    except: &'static [&'static str],
    ending: &'static str,
}

const ONLY: &[Only] = &[
    Only {
        what: "only app/src/browser touches web-sys and js-sys",
        words: &["web_sys", "js_sys"],
        within: &["app", "server"],
        except: &["app/src/browser/", "app/src/browser.rs"],
        ending: ".rs",
    },
    Only {
        what: "only server/src/db contains SQL",
        words: &["sqlx::query", "query!(", "query_as!(", "query_scalar!(", "QueryBuilder", "sqlx::raw_sql"],
        within: &["server/src", "app"],
        except: &["server/src/db/", "server/src/db.rs"],
        ending: ".rs",
    },
    Only {
        what: "only xtask and the server's private PostgreSQL start other programs",
        words: &["Command::new", "process::Command"],
        within: &["app", "server/src"],
        except: &["server/src/embedded_postgres.rs", "server/src/embedded_postgres/"],
        ending: ".rs",
    },
    Only {
        what: "no cfg(feature) in pages and components",
        words: &["cfg(feature", "cfg!(feature", "cfg(all(feature", "cfg(not(feature"],
        within: &["app/src/pages", "app/src/components"],
        except: &[],
        ending: ".rs",
    },
    Only {
        what: "domain and replica ask neither clock nor chance",
        words: &[
            "Utc::now",
            "Local::now",
            "SystemTime::now",
            "Instant::now",
            "now_v7",
            "new_v4",
            "std::env",
            "std::fs",
            "std::net",
        ],
        within: &["app/domain/src", "app/replica/src"],
        except: &[],
        ending: ".rs",
    },
    Only {
        what: "unchecked SQL strings only in one module",
        words: &["AssertSqlSafe"],
        within: &["server", "app"],
        // The tests make and drop databases, whose names no statement can bind.
        except: &["server/src/db/", "server/tests/http/branch.rs"],
        ending: ".rs",
    },
];

pub fn prove(layout: &Layout, tools: &Tools) -> Result<Count> {
    let mut count = Count::default();
    let mut tell = |what: &str, faults: Vec<String>| {
        println!("{} {what}", if faults.is_empty() { "ok    " } else { "FAILED" });
        faults.iter().for_each(|fault| println!("       {fault}"));
        count.add(if faults.is_empty() { Count::of_checks(1) } else { Count { passed: 0, failed: 1 } });
    };
    for (name, forbidden) in FREE_OF {
        let tree = native(layout, tools)
            .args(["tree", "--edges", "normal", "--prefix", "none", "--format", "{p}", "--package", name])
            .args(if *name == "app" { &["--target", crate::setup::WASM][..] } else { &[] })
            .text()?;
        tell(&format!("{name} depends on nothing it must not know"), known(name, &tree, forbidden));
    }
    for rule in ONLY {
        tell(rule.what, stray(&layout.root, rule)?);
    }
    Ok(count)
}

/// The forbidden crates in a dependency tree.
fn known(name: &str, tree: &str, forbidden: &[&str]) -> Vec<String> {
    let mut found: Vec<String> = tree
        .lines()
        .filter_map(|line| line.split(' ').next())
        .filter(|package| *package != name && forbidden.iter().any(|word| covers(word, package)))
        .map(str::to_owned)
        .collect();
    found.sort();
    found.dedup();
    found
}

fn covers(word: &str, package: &str) -> bool {
    match word.strip_suffix('*') {
        Some(word) => {
            package.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_']))
        }
        None => package == word,
    }
}

/// Where a rule's words stand although they must not.
fn stray(root: &Path, rule: &Only) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for folder in rule.within {
        let folder = root.join(folder);
        if !folder.is_dir() {
            continue;
        }
        let mut files = Vec::new();
        files_under(&folder, &mut files)?;
        files.sort();
        for file in files {
            let name = inside(root, &file);
            if !name.ends_with(rule.ending) || rule.except.iter().any(|place| name.starts_with(place)) {
                continue;
            }
            let text = fs::read_to_string(&file)?;
            faults.extend(
                lines_with(rule.words, &text).map(|(number, word)| format!("{name}:{number}: {word}")),
            );
        }
    }
    Ok(faults)
}

fn inside(root: &Path, file: &Path) -> String {
    file.strip_prefix(root).unwrap_or(file).to_string_lossy().into_owned()
}

/// Line numbers and words, comments left out; case does not matter.
fn lines_with<'a>(words: &'a [&'a str], text: &'a str) -> impl Iterator<Item = (usize, &'a str)> {
    text.lines().enumerate().filter_map(move |(index, line)| {
        let code = line.split("//").next().unwrap_or(line);
        let code = code.split("--").next().unwrap_or(code).to_lowercase();
        words.iter().find(|word| has_word(&code, &word.to_lowercase())).map(|word| (index + 1, *word))
    })
}

/// Whether a word stands there by itself: `serial` is not in `serialize`.
fn has_word(code: &str, word: &str) -> bool {
    let is_inner = |letter: char| letter.is_alphanumeric() || letter == '_';
    let begins_inner = word.starts_with(is_inner);
    let ends_inner = word.ends_with(is_inner);
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back().is_some_and(is_inner);
        let after = code[at + word.len()..].chars().next().is_some_and(is_inner);
        !(begins_inner && before || ends_inner && after)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forbidden_crate_and_its_kin_are_found_but_not_their_namesakes() {
        let tree =
            "domain v0.1.0 (/x)\nleptos_router v0.8.1\ntokio v1.0.0\nserde v1.0.0 (*)\nrandom-names v1.0.0\n";
        assert_eq!(known("domain", tree, PURE), ["leptos_router", "tokio"]);
    }

    #[test]
    fn words_are_found_outside_of_comments_and_other_words() {
        let sql =
            "-- no serial here\ncreate table t (id SERIAL);\n-- create trigger\nselect serialized from t;\n";
        let found: Vec<_> = lines_with(&["serial", "create trigger"], sql).collect();
        assert_eq!(found, [(2, "serial")]);
        let rust = "// web_sys is not for us\nuse web_sys::Window;\nlet web_system = 1;\n";
        assert_eq!(lines_with(&["web_sys"], rust).collect::<Vec<_>>(), [(2, "web_sys")]);
    }
}
