//! A whole number as people write it in a unit: 10万 is 10,000,000 fen, 99.5 points are 9,950 hundredths. Exact both
//! ways: what cannot be said in whole numbers is refused, never rounded.

/// What one of the written number stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scale {
    /// Fen, written in 元.
    Yuan,
    /// Fen, written in 万元.
    Wan,
    /// Pieces or points, written as they are.
    Whole,
    /// Hundredths of a point, written in points.
    Hundredths,
}

impl Scale {
    /// How many of the kept unit make one of the written one: a power of ten.
    pub fn per(self) -> i64 {
        match self {
            Self::Yuan | Self::Hundredths => 100,
            Self::Wan => 1_000_000,
            Self::Whole => 1,
        }
    }

    /// None for what is no number, or has parts smaller than the kept unit, or is too large to be kept.
    pub fn read(self, text: &str) -> Option<i64> {
        let narrow: String = text.chars().filter_map(narrow).collect();
        let (sign, digits) = match narrow.strip_prefix('-') {
            Some(digits) => (-1, digits),
            None => (1, narrow.as_str()),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !is_number(whole) || !is_number(part) {
            return None;
        }
        let mut number = whole.parse::<i64>().ok()?.checked_mul(self.per())?;
        let mut worth = self.per();
        for digit in part.bytes() {
            let digit = i64::from(digit - b'0');
            worth /= 10;
            if worth == 0 && digit != 0 {
                return None;
            }
            number = number.checked_add(digit.checked_mul(worth)?)?;
        }
        Some(sign * number)
    }

    /// Without separators and without zeros at the end: `read` gives the number again.
    pub fn write(self, number: i64) -> String {
        let per = self.per().unsigned_abs();
        let sign = if number < 0 { "-" } else { "" };
        let (whole, part) = (number.unsigned_abs() / per, number.unsigned_abs() % per);
        if part == 0 {
            return format!("{sign}{whole}");
        }
        let digits = usize::try_from(per.ilog10()).unwrap_or(0);
        let part = format!("{part:0digits$}");
        format!("{sign}{whole}.{}", part.trim_end_matches('0'))
    }
}

/// Full-width figures as an input method makes them; separators and blanks are left out.
fn narrow(character: char) -> Option<char> {
    match character {
        ',' | '，' | ' ' | '\u{3000}' => None,
        '０'..='９' => char::from_digit(u32::from(character) - u32::from('０'), 10),
        '．' | '。' => Some('.'),
        '－' | '−' => Some('-'),
        other => Some(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again_exactly() {
        for (scale, text, number, written) in [
            (Scale::Wan, "10", 10_000_000, "10"),
            (Scale::Wan, "99.999999", 99_999_999, "99.999999"),
            (Scale::Wan, "0.5", 500_000, "0.5"),
            (Scale::Wan, "1,200", 1_200_000_000, "1200"),
            (Scale::Yuan, "999999.99", 99_999_999, "999999.99"),
            (Scale::Yuan, "１５００．５０", 150_050, "1500.5"),
            (Scale::Yuan, "-3", -300, "-3"),
            (Scale::Yuan, "-0.05", -5, "-0.05"),
            (Scale::Whole, " 3 ", 3, "3"),
            (Scale::Hundredths, "99.5", 9_950, "99.5"),
            (Scale::Yuan, "1.2000", 120, "1.2"),
            (Scale::Yuan, "7.", 700, "7"),
        ] {
            assert_eq!(scale.read(text), Some(number), "{text}");
            assert_eq!(scale.write(number), written);
            assert_eq!(scale.read(written), Some(number));
        }
        assert_eq!(Scale::Wan.write(i64::MIN), "-9223372036854.775808");
    }

    #[test]
    fn what_is_no_whole_number_of_the_unit_is_refused() {
        for (scale, text) in [
            (Scale::Yuan, ""),
            (Scale::Yuan, "-"),
            (Scale::Yuan, ".5"),
            (Scale::Yuan, "10万"),
            (Scale::Yuan, "1.005"),
            (Scale::Yuan, "1e5"),
            (Scale::Yuan, "1.2.3"),
            (Scale::Wan, "0.0000001"),
            (Scale::Whole, "2.5"),
            (Scale::Wan, "99999999999999"),
            (Scale::Yuan, "99999999999999999999"),
        ] {
            assert_eq!(scale.read(text), None, "{text}");
        }
    }
}
