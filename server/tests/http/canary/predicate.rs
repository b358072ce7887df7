//! The predicates of a statement that say whose a row may be, found in its text.

use regex::Regex;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

/// A statement without one of its predicates.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dropped {
    pub statement: String,
    pub predicate: String,
    /// Still with the predicate's parameters, so that the same values can be bound.
    pub instead: String,
}

/// Columns that say whose a row is, compared with what is bound, with what stands already, with who asks; `id` alone says
/// it where rows themselves are people, units, books or streams.
static SCOPING: LazyLock<Regex> = LazyLock::new(|| {
    let column = r"(?:\w+\.)?(?:organisation_id|org_unit_id|book_id|customer_id|stream_id|employee_id|holder_id)|(?:book|employee|org_unit|stream)\.id";
    let compared = r"(?:=\s*(?:any\()?\$\d|=\s*(?:asked|excluded|me|r|walk)\.|in\s*\()";
    Regex::new(&format!(r"\b(?:{column})\s+{compared}|(?:^|[^.\w])(id)\s+{compared}")).unwrap()
});
static OF_OWNERS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:from|update|delete from)\s+(?:book|employee|org_unit|stream)\b").unwrap()
});
/// Before what is compared; before what is set stand other words.
static BEFORE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:\b(?:where|and|or|on|not)\s+|\()$").unwrap());

/// Every way to drop one predicate of a statement.
pub fn dropped(statement: &str) -> Vec<Dropped> {
    let mut found = Vec::new();
    for captures in SCOPING.captures_iter(statement) {
        let whole = captures.get(0).unwrap();
        let start = captures.get(1).map_or(whole.start(), |id| id.start());
        if captures.get(1).is_some() && !OF_OWNERS.is_match(statement)
            || !BEFORE.is_match(&statement[..start])
        {
            continue;
        }
        let end = end_of(statement, whole.end());
        let predicate = &statement[start..end];
        let instead = format!("{}({predicate} or true){}", &statement[..start], &statement[end..]);
        found.push(Dropped { statement: statement.to_owned(), predicate: predicate.to_owned(), instead });
    }
    found
}

/// Where a comparison ends that has been read to its parameter or its bracket.
fn end_of(statement: &str, read_to: usize) -> usize {
    let of_word = |c: char| c.is_alphanumeric() || "_:[]".contains(c);
    let (read, rest) = statement.split_at(read_to);
    let is_open = read.ends_with('(') || read.trim_end_matches(char::is_numeric).ends_with("any($");
    if !is_open {
        return read_to + rest.find(|c| !of_word(c)).unwrap_or(rest.len());
    }
    let mut depth = 1;
    for (at, c) in rest.char_indices() {
        depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        if depth == 0 {
            return read_to + at + 1;
        }
    }
    statement.len()
}

/// In single spaces.
fn plain(statement: &str) -> String {
    statement.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub fn is_same(one: &str, other: &str) -> bool {
    plain(one) == plain(other)
}

/// The statements written in `server::db` that have such a predicate.
pub fn statements_of_source() -> BTreeSet<String> {
    let literal = Regex::new(r##"(?s)r#"(.*?)"#|"((?:[^"\\]|\\.)*)""##).unwrap();
    let statement = Regex::new(r"^(?:select|insert|update|delete|with) .{15}").unwrap();
    let mut found = BTreeSet::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/db")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(path).unwrap();
            let literals =
                literal.captures_iter(&text).filter_map(|captures| captures.get(1).or(captures.get(2)));
            let plain = literals.map(|literal| plain(literal.as_str()));
            found.extend(plain.filter(|text| statement.is_match(text) && !dropped(text).is_empty()));
        }
    }
    assert!(found.len() > 50, "{}", found.len());
    found
}

#[test]
fn predicates_are_found_with_their_end() {
    let found = |statement: &str| -> Vec<String> {
        dropped(statement).into_iter().map(|dropped| dropped.predicate).collect()
    };
    assert_eq!(
        found("select x from note where id = any($1) and book_id = any($12::uuid[]) order by id"),
        ["book_id = any($12::uuid[])"]
    );
    assert_eq!(
        found("select x from book where ($2 or id = any($3)) and organisation_id = $1"),
        ["id = any($3)", "organisation_id = $1"]
    );
    assert_eq!(
        found("select 1 from employee as e where e.org_unit_id in (select id from b where (c = 1)) or e.x"),
        ["e.org_unit_id in (select id from b where (c = 1))"]
    );
    assert_eq!(
        found(
            "insert into note as t select id from r on conflict (id) do update set book_id = excluded.book_id where t.book_id = excluded.book_id"
        ),
        ["t.book_id = excluded.book_id"]
    );
    assert_eq!(found("update note set book_id = $2 where id = any($1)"), [""; 0]);
    assert_eq!(
        dropped("delete from note where book_id = $1::uuid and id = $2")[0].instead,
        "delete from note where (book_id = $1::uuid or true) and id = $2"
    );
}
