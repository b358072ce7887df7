//! Amounts as people and systems write them, to the fen (R285).

use super::Reason;
use super::limits::AMOUNT_FEN_MAX;
use super::text::{narrow, trimmed};
use crate::money::Fen;
use serde::{Deserialize, Serialize};

/// What a column's figures count. 万 = 10^4 (R285).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    #[default]
    Yuan,
    /// 千元
    Qian,
    /// 万元
    Wan,
    /// 百万元
    Baiwan,
    /// 亿元
    Yi,
}

impl Unit {
    pub const ALL: [Self; 5] = [Self::Yuan, Self::Qian, Self::Wan, Self::Baiwan, Self::Yi];

    pub fn fen(self) -> i64 {
        match self {
            Self::Yuan => 100,
            Self::Qian => 100_000,
            Self::Wan => 1_000_000,
            Self::Baiwan => 100_000_000,
            Self::Yi => 10_000_000_000,
        }
    }

    pub fn zh(self) -> &'static str {
        match self {
            Self::Yuan => "元",
            Self::Qian => "千元",
            Self::Wan => "万元",
            Self::Baiwan => "百万元",
            Self::Yi => "亿元",
        }
    }
}

/// Ends of an amount that name its unit, longest first; they win over the column's.
const SUFFIXES: [(&str, Option<Unit>); 15] = [
    ("百万元", Some(Unit::Baiwan)),
    ("百万", Some(Unit::Baiwan)),
    ("万元整", Some(Unit::Wan)),
    ("亿元整", Some(Unit::Yi)),
    ("万元", Some(Unit::Wan)),
    ("亿元", Some(Unit::Yi)),
    ("千元", Some(Unit::Qian)),
    ("元整", Some(Unit::Yuan)),
    ("万", Some(Unit::Wan)),
    ("亿", Some(Unit::Yi)),
    ("元", Some(Unit::Yuan)),
    ("圆", Some(Unit::Yuan)),
    ("RMB", None),
    ("CNY", None),
    ("¥", None),
];
const PREFIXES: [&str; 4] = ["人民币", "RMB", "CNY", "¥"];

/// Digits before the point that can still lie below [`AMOUNT_FEN_MAX`], and digits behind it that can still matter.
const WHOLE_DIGITS_MAX: usize = 12;
const FRACTION_DIGITS_MAX: usize = 16;

/// Reads an amount: `1,234.56元`, `¥26439.56`, `１２．５万元`; a unit in the cell wins over `unit`, the column's.
///
/// Words (约五百万), powers (1.2E+05, digits already lost) and separators out of place are refused. A negative amount
/// is refused in a customer list: all five figures are what is held or owed, and a minus is a convention of the sending
/// system that would spoil totals silently; [`balance_fen`] takes one. Parts of a fen are refused, except below a millionth of a yuan: that is a
/// spreadsheet's binary arithmetic (9408.120000000001), not money.
pub fn money_fen(text: &str, unit: Unit) -> Result<Fen, Reason> {
    match balance_fen(text, unit)? {
        Fen(..0) => Err(Reason::AmountNegative),
        amount => Ok(amount),
    }
}

/// As [`money_fen`], but an overdraft may stand below zero, as it does in figures by month.
pub fn balance_fen(text: &str, unit: Unit) -> Result<Fen, Reason> {
    let narrowed = narrow(text);
    let (amount, is_negative) = unsigned(trimmed(&narrowed));
    let (amount, unit) = without_unit(amount, unit);
    let (amount, is_negative_inside) = unsigned(amount);
    let (whole, fraction) = amount.split_once('.').unwrap_or((amount, ""));
    let whole = ungrouped(whole).ok_or(Reason::AmountInvalid)?;
    if !fraction.bytes().all(|b| b.is_ascii_digit()) || (is_negative && is_negative_inside) {
        return Err(Reason::AmountInvalid);
    }
    let whole = whole.trim_start_matches('0');
    if whole.len() > WHOLE_DIGITS_MAX {
        return Err(Reason::AmountTooLarge);
    }
    let fraction = fraction.get(..FRACTION_DIGITS_MAX).unwrap_or(fraction);
    let fen = whole_fen(whole, fraction, unit)?;
    match fen {
        fen if fen > AMOUNT_FEN_MAX => Err(Reason::AmountTooLarge),
        fen if is_negative || is_negative_inside => Ok(Fen(-fen)),
        fen => Ok(Fen(fen)),
    }
}

/// At most 28 digits times 10^10 fen: inside an `i128`.
fn whole_fen(whole: &str, fraction: &str, unit: Unit) -> Result<i64, Reason> {
    /// Parts of a fen finer than one in this many are noise.
    const NOISE: i128 = 10_000;
    let digits: i128 =
        whole.bytes().chain(fraction.bytes()).fold(0, |value, digit| value * 10 + i128::from(digit - b'0'));
    let scale = fraction.bytes().fold(1_i128, |scale, _| scale * 10);
    let scaled = digits * i128::from(unit.fen());
    let (fen, rest) = (scaled / scale, scaled % scale);
    let fen = if rest * NOISE < scale {
        fen
    } else if (scale - rest) * NOISE < scale {
        fen + 1
    } else {
        return Err(Reason::AmountTooFine);
    };
    i64::try_from(fen).map_err(|_| Reason::AmountTooLarge)
}

/// The amount without its sign; accountants write negative ones in brackets.
fn unsigned(text: &str) -> (&str, bool) {
    if let Some(rest) = text.strip_prefix(['-', '−', '–']) {
        (trimmed(rest), true)
    } else if let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        (trimmed(inner), true)
    } else {
        (trimmed(text.strip_prefix('+').unwrap_or(text)), false)
    }
}

fn without_unit(text: &str, unit: Unit) -> (&str, Unit) {
    let text = PREFIXES.iter().find_map(|prefix| strip_prefix_in_any_case(text, prefix)).unwrap_or(text);
    let text = trimmed(text);
    for (suffix, own) in SUFFIXES {
        if let Some(rest) = strip_suffix_in_any_case(text, suffix) {
            return (trimmed(rest), own.unwrap_or(unit));
        }
    }
    (text, unit)
}

fn strip_prefix_in_any_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(rest)
}

fn strip_suffix_in_any_case<'a>(text: &'a str, suffix: &str) -> Option<&'a str> {
    let (rest, tail) = text.split_at_checked(text.len().checked_sub(suffix.len())?)?;
    tail.eq_ignore_ascii_case(suffix).then_some(rest)
}

/// The digits of `1,234,567`; None unless there are digits and every separator stands before three of them.
fn ungrouped(whole: &str) -> Option<String> {
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let is_grouped = whole.contains(',');
    let mut digits = String::with_capacity(whole.len());
    digits.push_str(first);
    for group in groups {
        if group.len() != 3 {
            return None;
        }
        digits.push_str(group);
    }
    let has_good_start = !first.is_empty() && (!is_grouped || first.len() <= 3);
    (has_good_start && digits.bytes().all(|b| b.is_ascii_digit())).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_read_to_the_fen_in_every_way_it_is_written() {
        for (text, unit, fen) in [
            ("26439.56", Unit::Yuan, 2_643_956),
            ("¥26439.56", Unit::Yuan, 2_643_956),
            ("￥ 26439.5", Unit::Yuan, 2_643_950),
            ("11,127.25元", Unit::Yuan, 1_112_725),
            ("１１，１２７．２５元", Unit::Yuan, 1_112_725),
            ("人民币1,316,169.52元整", Unit::Yuan, 131_616_952),
            ("RMB 12", Unit::Yuan, 1_200),
            ("12 cny", Unit::Yuan, 1_200),
            ("+5", Unit::Yuan, 500),
            ("0.00元", Unit::Yuan, 0),
            ("-0.00", Unit::Yuan, 0),
            ("(0)", Unit::Yuan, 0),
            ("007", Unit::Yuan, 700),
            ("5.", Unit::Yuan, 500),
            ("12.5", Unit::Wan, 12_500_000),
            ("12.5万元", Unit::Yuan, 12_500_000),
            ("12.5 万", Unit::Yi, 12_500_000),
            ("3元", Unit::Wan, 300),
            ("3.16亿元", Unit::Yuan, 31_600_000_000),
            ("1.234567", Unit::Wan, 1_234_567),
            ("2千元", Unit::Yuan, 200_000),
            ("2百万", Unit::Yuan, 200_000_000),
            ("1.0000000000", Unit::Yuan, 100),
            ("9408.120000000001", Unit::Yuan, 940_812),
            ("9408.119999999999", Unit::Yuan, 940_812),
            ("0.30000000000000004", Unit::Wan, 300_000),
            ("100000000000", Unit::Yuan, AMOUNT_FEN_MAX),
        ] {
            assert_eq!(money_fen(text, unit), Ok(Fen(fen)), "{text}");
        }
    }

    #[test]
    fn what_is_not_plainly_an_amount_is_refused() {
        for (text, reason) in [
            ("约五百万", Reason::AmountInvalid),
            ("三万", Reason::AmountInvalid),
            ("万", Reason::AmountInvalid),
            ("", Reason::AmountInvalid),
            (".5", Reason::AmountInvalid),
            ("1.2.3", Reason::AmountInvalid),
            ("1,23.4", Reason::AmountInvalid),
            ("1234,567", Reason::AmountInvalid),
            ("1.234,56", Reason::AmountInvalid),
            (",123", Reason::AmountInvalid),
            ("1.2E+05", Reason::AmountInvalid),
            ("12美元", Reason::AmountInvalid),
            ("#REF!", Reason::AmountInvalid),
            ("--5", Reason::AmountInvalid),
            ("2026-01-01", Reason::AmountInvalid),
            ("-5", Reason::AmountNegative),
            ("¥-5", Reason::AmountNegative),
            ("(1,234.56)", Reason::AmountNegative),
            ("1.234", Reason::AmountTooFine),
            ("0.005", Reason::AmountTooFine),
            ("100000000000.01", Reason::AmountTooLarge),
            ("99999999999999999999999999999999999999999", Reason::AmountTooLarge),
        ] {
            assert_eq!(money_fen(text, Unit::Yuan), Err(reason), "{text}");
        }
    }
}
