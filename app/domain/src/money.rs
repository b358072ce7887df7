//! Money is whole fen in an `i64`, shown in 元, 万元 or 亿元 (R285; 万 = 10^4).

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fen(pub i64);

impl Fen {
    /// `1,234.56`: exact, with separators.
    pub fn exact(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let magnitude = self.0.unsigned_abs();
        format!("{sign}{}.{:02}", grouped(magnitude / 100), magnitude % 100)
    }

    /// For a glance: `9,408元`, `312.6万`, `3.16亿`; rounded half away from zero.
    pub fn short(self) -> String {
        const WAN: u64 = 1_000_000; // fen in 万元
        const YI: u64 = 10_000_000_000; // fen in 亿元
        let sign = if self.0 < 0 { "-" } else { "" };
        let magnitude = self.0.unsigned_abs();
        // A figure that would round up into the next unit is shown in the next unit.
        if magnitude >= YI - WAN / 20 {
            let hundredths = (magnitude + YI / 200) / (YI / 100);
            format!("{sign}{}.{:02}亿", hundredths / 100, hundredths % 100)
        } else if magnitude >= WAN - 50 {
            let tenths = (magnitude + WAN / 20) / (WAN / 10);
            format!("{sign}{}.{}万", tenths / 10, tenths % 10)
        } else {
            let yuan = (magnitude + 50) / 100;
            let sign = if yuan == 0 { "" } else { sign };
            format!("{sign}{}元", grouped(yuan))
        }
    }

    /// The same glance in the units of English: `940`, `539k`, `4.34M`.
    pub fn short_english(self) -> String {
        const THOUSAND: u64 = 100_000; // fen
        const MILLION: u64 = 100_000_000; // fen
        let sign = if self.0 < 0 { "-" } else { "" };
        let magnitude = self.0.unsigned_abs();
        if magnitude >= MILLION - THOUSAND / 2 {
            let hundredths = (magnitude + MILLION / 200) / (MILLION / 100);
            format!("{sign}{}.{:02}M", grouped(hundredths / 100), hundredths % 100)
        } else if magnitude >= 10 * THOUSAND - 50 {
            format!("{sign}{}k", (magnitude + THOUSAND / 2) / THOUSAND)
        } else {
            let yuan = (magnitude + 50) / 100;
            let sign = if yuan == 0 { "" } else { sign };
            format!("{sign}{}", grouped(yuan))
        }
    }

    pub fn saturating_add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

/// A whole number with a comma between thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_goes_by_thousands() {
        for (fen, short) in [
            (0, "0"),
            (-40, "0"),
            (94_000, "940"),
            (999_949, "9,999"),
            (999_950, "10k"),
            (53_900_000, "539k"),
            (99_949_999, "999k"),
            (99_950_000, "1.00M"),
            (-433_500_000, "-4.34M"),
        ] {
            assert_eq!(Fen(fen).short_english(), short);
        }
    }

    #[test]
    fn money_reads_as_people_write_it() {
        for (fen, exact, short) in [
            (0, "0.00", "0元"),
            (-5, "-0.05", "0元"),
            (123_456, "1,234.56", "1,235元"),
            (999_949, "9,999.49", "9,999元"),
            (999_950, "9,999.50", "1.0万"),
            (312_600_000, "3,126,000.00", "312.6万"),
            (9_999_949_999, "99,999,499.99", "9999.9万"),
            (9_999_950_000, "99,999,500.00", "1.00亿"),
            (31_567_657_397, "315,676,573.97", "3.16亿"),
        ] {
            assert_eq!(Fen(fen).exact(), exact);
            assert_eq!(Fen(fen).short(), short);
        }
        assert_eq!(Fen(i64::MIN).exact(), "-92,233,720,368,547,758.08");
    }
}
