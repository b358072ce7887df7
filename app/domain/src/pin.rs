//! The PIN that takes the cover off a tablet whose key is still in memory (SECURITY.md). It opens nothing at rest.

/// Digits of a PIN.
pub const PIN_DIGITS_MIN: usize = 4;
pub const PIN_DIGITS_MAX: usize = 8;
/// Wrong ones after which the key is forgotten; counted over all tabs, until a password opens the store.
pub const PIN_TRIES_MAX: u32 = 5;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PinFault {
    /// Other than 4 to 8 characters, or not all of them digits.
    Digits,
    /// One digit again and again, or digits in a row: what everybody tries first.
    Plain,
}

/// Whether these digits may be a PIN.
pub fn check(pin: &str) -> Result<(), PinFault> {
    let digits: Option<Vec<u8>> =
        pin.chars().map(|char| char.to_digit(10).and_then(|d| u8::try_from(d).ok())).collect();
    let digits = digits.ok_or(PinFault::Digits)?;
    if !(PIN_DIGITS_MIN..=PIN_DIGITS_MAX).contains(&digits.len()) {
        return Err(PinFault::Digits);
    }
    let steps: Vec<u8> = digits
        .windows(2)
        .map(|pair| if let [one, next] = pair { (next + 10 - one) % 10 } else { 0 })
        .collect();
    // 0: the same again; 1 and 9: one up, one down, 9 followed by 0 or the other way round.
    let is_plain = [0, 1, 9].iter().any(|step| steps.iter().all(|one| one == step));
    if is_plain { Err(PinFault::Plain) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::{PinFault, check};

    #[test]
    fn a_pin_is_four_to_eight_digits_that_nobody_tries_first() {
        let cases = [
            ("2580", Ok(())),
            ("19770412", Ok(())),
            ("112233", Ok(())),
            ("258", Err(PinFault::Digits)),
            ("123456789", Err(PinFault::Digits)),
            ("", Err(PinFault::Digits)),
            ("12a4", Err(PinFault::Digits)),
            // Digits of another script are not what a keypad writes.
            ("１２３５", Err(PinFault::Digits)),
            ("0000", Err(PinFault::Plain)),
            ("1234", Err(PinFault::Plain)),
            ("8765", Err(PinFault::Plain)),
            ("7890", Err(PinFault::Plain)),
            ("210987", Err(PinFault::Plain)),
        ];
        for (pin, expected) in cases {
            assert_eq!(check(pin), expected, "{pin}");
        }
    }
}
