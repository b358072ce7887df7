//! Months as lists carry them.

use super::text::{narrow, trimmed};
use super::{Reason, date};
use crate::month::Month;
use std::collections::BTreeSet;
use std::ops::Range;

/// Years a month can lie in; outside them a digit is wrong.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2199;

/// Reads `2026-10`, `2026/10`, `2026.10`, `202610`, `2026年10月`, `2026年10月份`, and any day of the month as
/// [`date`] reads days. `2026.1` is refused: a spreadsheet makes it of both 2026.1 and 2026.10.
pub fn month(text: &str) -> Result<Month, Reason> {
    let narrowed = narrow(text);
    let text = trimmed(&narrowed);
    written(text).or_else(|| date(text).ok().map(Month::of)).ok_or(Reason::MonthInvalid)
}

fn written(text: &str) -> Option<Month> {
    let compact: String = text.chars().filter(|c| *c != ' ').collect();
    if compact.len() == 6 && compact.bytes().all(|b| b.is_ascii_digit()) {
        return of_digits(compact.get(..4)?, compact.get(4..)?);
    }
    let (year, rest) = compact.split_at_checked(4)?;
    let separator = rest.chars().next()?;
    let rest = rest.get(separator.len_utf8()..)?;
    let digits = match separator {
        '年' => rest.strip_suffix("月份").or_else(|| rest.strip_suffix('月'))?,
        '-' | '/' => rest,
        '.' => Some(rest).filter(|rest| rest.len() == 2)?,
        _ => return None,
    };
    of_digits(year, digits)
}

fn of_digits(year: &str, month: &str) -> Option<Month> {
    let is_digits = |text: &str, lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
    };
    if !is_digits(year, 4..=4) || !is_digits(month, 1..=2) {
        return None;
    }
    let year = year.parse().ok().filter(|year| YEARS.contains(year))?;
    Month::new(year, month.parse().ok()?)
}

/// The one month a title or file name speaks of; None if it speaks of none or of several.
pub fn month_in(texts: &[&str]) -> Option<Month> {
    let months: BTreeSet<Month> = texts
        .iter()
        .flat_map(|text| spans(&narrow(text)).into_iter().filter_map(|span| span.month).collect::<Vec<_>>())
        .collect();
    months.first().copied().filter(|_| months.len() == 1)
}

/// The text without the month it names; None if it names none.
pub(super) fn without_month(text: &str) -> Option<String> {
    let span = spans(text).into_iter().next()?;
    let (before, after) = (text.get(..span.range.start)?, text.get(span.range.end..)?);
    Some(format!("{before}{}", after.trim_start_matches(['份', '末', '底'])))
}

/// A month named inside other text.
struct Span {
    range: Range<usize>,
    /// None: `10月`, of whichever year.
    month: Option<Month>,
}

fn spans(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut from = 0;
    while let Some(rest) = text.get(from..) {
        let Some(start) = rest.find(|c: char| c.is_ascii_digit()).map(|at| from + at) else { break };
        let span = span_at(text, start);
        from = span.as_ref().map_or_else(|| start + digits_at(text, start).len(), |span| span.range.end);
        spans.extend(span);
    }
    spans
}

fn digits_at(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    rest.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default()
}

fn span_at(text: &str, start: usize) -> Option<Span> {
    let digits = digits_at(text, start);
    let end = start + digits.len();
    let behind = text.get(end..)?;
    match digits.len() {
        6 => Some(Span { range: start..end, month: Some(of_digits(digits.get(..4)?, digits.get(4..)?)?) }),
        8 => Some(Span { range: start..end, month: Some(Month::of(date(digits).ok()?)) }),
        4 => {
            let separator = behind.chars().next().filter(|c| matches!(c, '年' | '-' | '_' | '.' | '/'))?;
            let at = end + separator.len_utf8();
            let digits_of_month = digits_at(text, at);
            let month = of_digits(digits, digits_of_month)
                .filter(|_| separator != '.' || digits_of_month.len() == 2)?;
            let mut end = at + digits_of_month.len();
            if text.get(end..).is_some_and(|rest| rest.starts_with('月')) {
                end += '月'.len_utf8();
            }
            Some(Span { range: start..end, month: Some(month) })
        }
        1 | 2 if behind.starts_with('月') => {
            let number: u32 = digits.parse().ok()?;
            let range = start..end + '月'.len_utf8();
            (1..=12).contains(&number).then_some(Span { range, month: None })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_read_from_every_common_form_and_nothing_is_guessed() {
        let october = Month::new(2026, 10);
        for text in [
            "2026-10",
            "2026/10",
            "2026.10",
            "202610",
            "2026年10月",
            " 2026 年 10 月份 ",
            "２０２６年１０月",
            "2026-10-01",
            "2026/10/31",
            "20261015",
            "2026-10-31T00:00:00",
            "46326",
        ] {
            assert_eq!(month(text).ok(), october, "{text}");
        }
        for text in [
            "",
            "10月",
            "2026",
            "2026.1",
            "2026-13",
            "2026-00",
            "26-10",
            "202613",
            "上月",
            "2026-10-32",
            "1026-10",
        ] {
            assert_eq!(month(text), Err(Reason::MonthInvalid), "{text}");
        }
    }

    #[test]
    fn a_title_or_file_name_speaks_of_a_month_or_of_none() {
        let october = Month::new(2026, 10);
        for (text, expected) in [
            ("滨海支行2026年10月月度数据.xlsx", october),
            ("figures_2026-10.csv", october),
            ("存款202610.csv", october),
            ("20261031存款.csv", october),
            ("2026_10.xlsx", october),
            ("2026-2027客户.xlsx", None),
            ("2026年9月至2026年10月.xlsx", None),
            ("10月存款.xlsx", None),
            ("存款 2026.1.xlsx", None),
            ("13900001234.xlsx", None),
            ("", None),
        ] {
            assert_eq!(month_in(&[text]), expected, "{text}");
        }
        assert_eq!(month_in(&["2026年10月", "制表 2026-10-31"]), october);
    }
}
