//! Phone numbers, reduced to their digits.

use super::Reason;
use super::text::{narrow, trimmed};

/// Reads a mobile number (11 digits from 1), a landline with its area code (10 to 12 digits from 0) or a 400/800
/// number; full-width digits, spaces, dashes, brackets and +86 are understood. Gives the digits alone, as
/// [`crate::validate::phone`] does for what is typed.
pub fn phone(text: &str) -> Result<String, Reason> {
    let narrowed = narrow(text);
    let text = trimmed(&narrowed);
    let is_abroad = text.starts_with('+') || text.starts_with("00");
    let mut digits = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            '0'..='9' => digits.push(c),
            '+' if at == 0 => {}
            '-' | '–' | '—' | '−' | '(' | ')' => {}
            c if c.is_whitespace() => {}
            _ => return Err(Reason::PhoneInvalid),
        }
    }
    let national = without_country(&digits, is_abroad).ok_or(Reason::PhoneInvalid)?;
    let is_number = match (national.as_bytes().first(), national.len()) {
        (Some(b'1'), 11) => true,
        (Some(b'0'), 10..=12) => !national.starts_with("00"),
        (Some(b'4' | b'8'), 10) => national.starts_with("400") || national.starts_with("800"),
        _ => false,
    };
    is_number.then_some(national).ok_or(Reason::PhoneInvalid)
}

/// The national number; None for another country's.
fn without_country(digits: &str, is_abroad: bool) -> Option<String> {
    if is_abroad {
        let rest = digits.strip_prefix("00").unwrap_or(digits).strip_prefix("86")?;
        let needs_trunk_zero =
            !rest.starts_with(['0', '1']) && !rest.starts_with("400") && !rest.starts_with("800");
        return Some(if needs_trunk_zero { format!("0{rest}") } else { rest.to_owned() });
    }
    match digits.strip_prefix("86") {
        Some(rest) if rest.len() == 11 && rest.starts_with('1') => Some(rest.to_owned()),
        _ => Some(digits.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_its_digits_however_it_is_written() {
        for (text, number) in [
            ("19907000548", "19907000548"),
            ("199 0700 0000", "19907000000"),
            ("199-0700-0137", "19907000137"),
            ("１９９０７０００２７４", "19907000274"),
            ("+8619907000822", "19907000822"),
            ("+86 199-0700-0822", "19907000822"),
            ("008619907000822", "19907000822"),
            ("8619907000822", "19907000822"),
            ("＋８６１９９０７０００８２２", "19907000822"),
            ("0576-81234567", "057681234567"),
            ("(0576) 8123456", "05768123456"),
            ("+86 576 81234567", "057681234567"),
            ("010 12345678", "01012345678"),
            ("400-123-4567", "4001234567"),
        ] {
            assert_eq!(phone(text).as_deref(), Ok(number), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_called_is_refused() {
        for text in [
            "199070042",
            "1990700027",
            "199070002741",
            "1.99E+10",
            "19907000548,19907000549",
            "+1 202 555 0100",
            "电话",
            "",
            "81234567",
            "86",
            "00",
            "0000000000",
            "199070+00548",
            "29907000548",
        ] {
            assert_eq!(phone(text), Err(Reason::PhoneInvalid), "{text}");
        }
    }
}
