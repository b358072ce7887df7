//! Dates as lists carry them.

use super::Reason;
use super::text::{narrow, trimmed};
use crate::time::Date;
use chrono::{Datelike, Days, NaiveDate};

/// Years a customer's dates can lie in; outside them a digit is wrong.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;
/// Day 0 of a workbook's count of days (its 1900 leap year counted, as Excel does).
const WORKBOOK_EPOCH: Option<NaiveDate> = NaiveDate::from_ymd_opt(1899, 12, 30);

/// Reads `2019-02-28`, `2019/2/28`, `2019.02.28`, `2019年2月28日`, `20190228`, each also with a time behind it, which
/// is dropped, and a workbook's bare day number of five digits. A day the calendar does not have is refused.
pub fn date(text: &str) -> Result<Date, Reason> {
    let narrowed = narrow(text);
    let text = trimmed(&narrowed);
    read(text).filter(|date| YEARS.contains(&date.year())).ok_or(Reason::DateInvalid)
}

fn read(text: &str) -> Option<Date> {
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return match text.len() {
            5 => WORKBOOK_EPOCH?.checked_add_days(Days::new(text.parse().ok()?)),
            // 14 digits: a system's time stamp
            8 | 14 => day(text.get(..4)?, text.get(4..6)?, text.get(6..8)?),
            _ => None,
        };
    }
    let (first, rest) = text.split_at_checked(4)?;
    let separator = rest.chars().next()?;
    let rest = rest.get(separator.len_utf8()..)?;
    let (month, rest) = match separator {
        '-' | '/' | '.' => rest.split_once(separator)?,
        '年' => rest.split_once('月')?,
        _ => return None,
    };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (on, behind) = rest.split_at_checked(digits)?;
    let behind = match separator {
        '年' => behind.strip_prefix(['日', '号']).unwrap_or(behind),
        _ => behind,
    };
    is_time_or_nothing(behind).then(|| day(first, trimmed(month), on)).flatten()
}

fn day(year: &str, month: &str, on: &str) -> Option<Date> {
    let number = |text: &str, lengths: std::ops::RangeInclusive<usize>| -> Option<u32> {
        (lengths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()))
            .then(|| text.parse().ok())
            .flatten()
    };
    let year = i32::try_from(number(year, 4..=4)?).ok()?;
    NaiveDate::from_ymd_opt(year, number(month, 1..=2)?, number(on, 1..=2)?)
}

fn is_time_or_nothing(text: &str) -> bool {
    let time = trimmed(text.strip_prefix('T').unwrap_or(text));
    text.is_empty()
        || text.starts_with([' ', 'T'])
            && time.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b'Z' | b'+' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_day_gives_the_same_day() {
        for text in [
            "2003-08-09",
            "2003/08/09",
            "2003/8/9",
            "2003.08.09",
            "2003年08月09日",
            "2003年8月9号",
            "20030809",
            "20030809093000",
            "２００３－０８－０９",
            " 2003-08-09 ",
            "2003-08-09T00:00:00",
            "2003-08-09 09:30:00.000",
            "2003/8/9 9:30",
            "37842",
        ] {
            assert_eq!(date(text), Ok(NaiveDate::from_ymd_opt(2003, 8, 9).expect("a day")), "{text}");
        }
    }

    #[test]
    fn a_day_that_does_not_exist_or_is_not_plain_is_refused() {
        for text in [
            "2019-02-30",
            "20190230",
            "2019-13-01",
            "2019-00-10",
            "1899-12-31",
            "2200-01-01",
            "9999",
            "03-08-09",
            "2003-08",
            "2003年8月",
            "2003-08/09",
            "08/09/2003",
            "昨天",
            "",
            "2003-08-09x",
            "2003-08-099",
            "2003080",
            "2003-+8-09",
            "二〇〇三年八月九日",
        ] {
            assert_eq!(date(text), Err(Reason::DateInvalid), "{text}");
        }
    }
}
