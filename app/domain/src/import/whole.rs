//! Pieces and points: whole numbers.

use super::Reason;
use super::limits::{COUNT_MAX, POINTS_MAX};
use super::text::{narrow, trimmed};

/// `3`, `3.0` as a workbook may write it, `3个`.
pub fn count(text: &str) -> Result<i64, Reason> {
    whole(text, &["个", "项"]).filter(|count| *count <= COUNT_MAX).ok_or(Reason::CountInvalid)
}

/// `85`, `85分`: from 0 to 100.
pub fn points(text: &str) -> Result<i64, Reason> {
    whole(text, &["分"]).filter(|points| *points <= POINTS_MAX).ok_or(Reason::PointsInvalid)
}

fn whole(text: &str, units: &[&str]) -> Option<i64> {
    let narrowed = narrow(text);
    let text = trimmed(&narrowed);
    let text = units.iter().find_map(|unit| text.strip_suffix(unit)).map_or(text, trimmed);
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    (is_digits(whole) && is_digits(fraction) && fraction.bytes().all(|b| b == b'0'))
        .then(|| whole.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_numbers_within_their_limits_are_taken() {
        for (text, as_points, as_count) in [
            ("0", Some(0), Some(0)),
            ("85", Some(85), Some(85)),
            ("１００", Some(100), Some(100)),
            ("85.0", Some(85), Some(85)),
            ("85分", Some(85), None),
            ("3个", None, Some(3)),
            ("101", None, Some(101)),
            ("1000", None, Some(1_000)),
            ("1001", None, None),
            ("85.5", None, None),
            ("-1", None, None),
            ("1e2", None, None),
            ("85%", None, None),
            (".", None, None),
            ("", None, None),
            ("99999999999999999999", None, None),
        ] {
            assert_eq!((points(text).ok(), count(text).ok()), (as_points, as_count), "{text}");
        }
    }
}
