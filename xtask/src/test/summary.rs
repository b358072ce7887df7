//! The steps of a test run, and the table at its end.

use std::{process::ExitCode, time::Instant};

use anyhow::Result;

use super::count::Count;
use crate::{interrupt, progress};

struct Line {
    name: &'static str,
    count: Count,
    seconds: f64,
}

pub struct Summary {
    /// Only steps whose name contains one of these; all when there is none.
    chosen: Vec<String>,
    lines: Vec<Line>,
}

impl Summary {
    pub const fn new(chosen: Vec<String>) -> Self {
        Self { chosen, lines: Vec::new() }
    }

    /// Does one step; its error is printed and counts as one failure.
    pub fn step(&mut self, name: &'static str, work: impl FnOnce() -> Result<Count>) {
        let is_chosen = self.chosen.is_empty() || self.chosen.iter().any(|word| name.contains(word.as_str()));
        if interrupt::is_asked() || !is_chosen {
            return;
        }
        let start = Instant::now();
        progress::step(name);
        let count = work().unwrap_or_else(|error| {
            println!("{name}: {error:#}");
            Count { passed: 0, failed: 1 }
        });
        self.lines.push(Line { name, count, seconds: start.elapsed().as_secs_f64() });
    }

    /// Prints the table and, alone on the last line, the sums.
    pub fn print(&self) -> ExitCode {
        let (text, is_good) = self.text();
        print!("{text}");
        if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }

    fn text(&self) -> (String, bool) {
        let mut total = Count::default();
        let mut text = format!("\n{:32} {:>6} {:>7} {:>7} {:>8}\n", "", "", "passed", "failed", "seconds");
        for Line { name, count, seconds } in &self.lines {
            total.add(*count);
            let word = if count.failed == 0 { "ok" } else { "FAILED" };
            text += &format!("{name:32} {word:>6} {:>7} {:>7} {seconds:>8.1}\n", count.passed, count.failed);
        }
        text += &format!("\n{} passed, {} failed\n", total.passed, total.failed);
        (text, total.failed == 0 && total.passed > 0)
    }
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    #[test]
    fn one_failed_step_fails_the_whole_and_is_in_the_last_line() {
        let mut summary = Summary::new(Vec::new());
        summary.step("first", || Ok(Count { passed: 5, failed: 0 }));
        summary.step("second", || bail!("it broke"));
        let (text, is_good) = summary.text();
        assert!(!is_good);
        assert_eq!(text.lines().last(), Some("5 passed, 1 failed"));
    }

    #[test]
    fn a_run_of_nothing_is_not_good() {
        let mut summary = Summary::new(vec!["second".to_owned()]);
        summary.step("first", || Ok(Count { passed: 5, failed: 0 }));
        assert!(!summary.text().1);
    }
}
