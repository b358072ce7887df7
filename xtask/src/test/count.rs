//! How many tests a runner says it ran.

/// Tests, or checks that count as one each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub passed: u32,
    pub failed: u32,
}

impl Count {
    pub const fn of_checks(passed: u32) -> Self {
        Self { passed, failed: 0 }
    }

    pub const fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// `Summary [ 0.012s] 4 tests run: 2 passed (1 slow), 1 failed, 1 timed out, 0 skipped`
pub fn nextest(line: &str) -> Option<Count> {
    let (_, after) = line.trim_start().strip_prefix("Summary [")?.split_once(']')?;
    let (_, outcomes) = after.split_once(" run: ")?;
    let mut count = Count::default();
    for outcome in outcomes.split(", ") {
        let (number, word) = outcome.split_once(' ')?;
        let number: u32 = number.parse().ok()?;
        match word {
            word if word.starts_with("passed") => count.passed += number,
            word if word.starts_with("skipped") => {}
            _ => count.failed += number,
        }
    }
    Some(count)
}

/// `test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s`
pub fn cargo_test(line: &str) -> Option<Count> {
    let (_, outcomes) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let number =
        |word: &str| outcomes.split("; ").find_map(|outcome| outcome.strip_suffix(word)?.trim().parse().ok());
    Some(Count { passed: number("passed")?, failed: number("failed")? })
}

/// `ℹ pass 3`, `ℹ fail 0`, `ℹ cancelled 0`, each on a line of its own.
pub fn node(line: &str) -> Option<Count> {
    let (word, number) = line.strip_prefix("ℹ ")?.split_once(' ')?;
    let number: u32 = number.parse().ok()?;
    match word {
        "pass" => Some(Count { passed: number, failed: 0 }),
        "fail" | "cancelled" => Some(Count { passed: 0, failed: number }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(passed: u32, failed: u32) -> Option<Count> {
        Some(Count { passed, failed })
    }

    #[test]
    fn every_runners_closing_line_is_counted() {
        let cases = [
            (
                nextest as fn(&str) -> _,
                "     Summary [   0.012s] 3 tests run: 3 passed, 0 skipped",
                counted(3, 0),
            ),
            (
                nextest,
                "     Summary [  12.1s] 5 tests run: 2 passed (1 slow), 2 failed, 1 timed out, 4 skipped",
                counted(2, 3),
            ),
            (nextest, "     Summary [   0.001s] 1 test run: 1 passed, 0 skipped", counted(1, 0)),
            (nextest, "        PASS [   0.005s] xtask tests::passed", None),
            (
                cargo_test,
                "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s",
                counted(3, 0),
            ),
            (
                cargo_test,
                "test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
                counted(1, 2),
            ),
            (cargo_test, "test tests::it ... ok", None),
            (node, "ℹ pass 12", counted(12, 0)),
            (node, "ℹ fail 1", counted(0, 1)),
            (node, "ℹ cancelled 2", counted(0, 2)),
            (node, "ℹ tests 12", None),
            (node, "ℹ duration_ms 5120.5", None),
        ];
        for (read, line, expected) in cases {
            assert_eq!(read(line), expected, "{line}");
        }
    }
}
