//! Checks on what a person typed or pasted: trimmed, bounded, freed of control characters.

use crate::limits;
use crate::rejection::Rejection;
use crate::time::{Date, Timestamp, days_between};

/// Digits of a phone number in canonical form, area code included.
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 5..=15;

/// Trimmed text, or None when nothing is left. Line breaks and tabs stay; other control characters, which nobody types and
/// no database holds, are left out.
pub fn optional(field: &str, value: Option<&str>, chars_max: usize) -> Result<Option<String>, Rejection> {
    let is_kept = |c: &char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    let text: String = value.unwrap_or_default().chars().filter(is_kept).collect();
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if text.chars().count() > chars_max {
        let max = u32::try_from(chars_max).unwrap_or(u32::MAX);
        return Err(Rejection::TooLong { field: field.to_owned(), max });
    }
    Ok(Some(text.to_owned()))
}

/// As [`optional`], but something must be left.
pub fn required(field: &str, value: Option<&str>, chars_max: usize) -> Result<String, Rejection> {
    optional(field, value, chars_max)?.ok_or_else(|| Rejection::Missing { field: field.to_owned() })
}

/// A phone number reduced to its digits; spaces, dashes, full-width digits and a leading +86 are understood.
pub fn phone(field: &str, value: Option<&str>) -> Result<Option<String>, Rejection> {
    let Some(text) = value.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let mut digits = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '0'..='9' => digits.push(c),
            '０'..='９' => {
                digits.push(char::from(b'0' + u8::try_from(c as u32 - '０' as u32).unwrap_or(0)))
            }
            ' ' | '-' | '－' | '\u{3000}' | '(' | ')' | '+' => {}
            _ => return Err(Rejection::invalid(field)),
        }
    }
    let national = match digits.strip_prefix("86") {
        Some(rest) if rest.len() == 11 && rest.starts_with('1') => rest.to_owned(),
        _ => digits,
    };
    let is_mobile_length = !national.starts_with('1') || national.len() == 11 || national.len() <= 6;
    if PHONE_DIGITS.contains(&national.len()) && is_mobile_length {
        Ok(Some(national))
    } else {
        Err(Rejection::invalid(field))
    }
}

/// Of `YYYY-MM-DD`: years of five digits are a slip, and no database need hold them.
const DATE_CHARS: usize = 10;

/// `YYYY-MM-DD`, a day that exists.
pub fn date(field: &str, value: Option<&str>) -> Result<Option<Date>, Rejection> {
    value
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(|text| {
            let is_plain = text.len() == DATE_CHARS && !text.starts_with(['+', '-']);
            text.parse().ok().filter(|_| is_plain).ok_or_else(|| Rejection::invalid(field))
        })
        .transpose()
}

/// The day lies at most `behind` days before and `ahead` days after `now`'s.
pub fn near(field: &str, on: Date, now: Timestamp, behind: i64, ahead: i64) -> Result<(), Rejection> {
    if (-behind..=ahead).contains(&days_between(now.date(), on)) {
        Ok(())
    } else {
        Err(Rejection::DateOutOfRange { field: field.to_owned() })
    }
}

/// A day on which something took place: written down late perhaps, but never ahead.
pub fn happened(field: &str, on: Date, now: Timestamp) -> Result<(), Rejection> {
    near(field, on, now, limits::RECORD_BEHIND_DAYS_MAX, limits::CLOCK_SKEW_DAYS_MAX)
}

/// At most `max` items.
pub fn count<T>(items: &[T], max: usize) -> Result<(), Rejection> {
    if items.len() > max {
        return Err(Rejection::TooMany { max: u32::try_from(max).unwrap_or(u32::MAX) });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_number_is_its_digits() {
        for (typed, canonical) in [
            ("199 0700 0000", Ok(Some("19907000000"))),
            ("+8619907000822", Ok(Some("19907000822"))),
            ("１９９０７０００４１１", Ok(Some("19907000411"))),
            ("0576-1234567", Ok(Some("05761234567"))),
            ("95588", Ok(Some("95588"))),
            ("  ", Ok(None)),
            ("1990700", Err(())),
            ("199070000001", Err(())),
            ("abc", Err(())),
            ("1234", Err(())),
        ] {
            let read = phone("phone", Some(typed)).map_err(|_| ());
            assert_eq!(read, canonical.map(|ok| ok.map(str::to_owned)), "{typed}");
        }
    }

    #[test]
    fn text_is_trimmed_bounded_and_clean() {
        assert_eq!(optional("f", Some(" 𠮷野 "), 2), Ok(Some("𠮷野".to_owned())));
        assert!(matches!(optional("f", Some("abc"), 2), Err(Rejection::TooLong { max: 2, .. })));
        assert_eq!(optional("f", Some("\u{7}a\u{0}b\n"), 9), Ok(Some("ab".to_owned())));
        assert_eq!(optional("f", Some("\u{0}"), 9), Ok(None));
        assert_eq!(required("f", Some(" \n "), 9), Err(Rejection::Missing { field: "f".into() }));
        for not_a_day in ["2019-02-30", "+12345-01-01", "-2019-01-01", "2019-1-1"] {
            assert_eq!(date("f", Some(not_a_day)), Err(Rejection::invalid("f")), "{not_a_day}");
        }
    }
}
