//! Phone and identity numbers are shown masked; revealing one is a logged act (SECURITY.md).

/// `199 **** 0822`; short or foreign numbers keep only their last two digits.
pub fn phone(number: &str) -> String {
    let digits: Vec<char> = number.chars().collect();
    match digits.len() {
        11 => format!("{} **** {}", text(&digits[..3]), text(&digits[7..])),
        0 => String::new(),
        len => format!("****{}", text(&digits[len.saturating_sub(2)..])),
    }
}

/// `9906****972X`: enough to tell two people apart, not enough to use.
pub fn identity(number: &str) -> String {
    let digits: Vec<char> = number.chars().collect();
    match digits.len() {
        0 => String::new(),
        len if len < 12 => "****".to_owned(),
        len => format!("{}****{}", text(&digits[..4]), text(&digits[len - 4..])),
    }
}

fn text(chars: &[char]) -> String {
    chars.iter().collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_mask_never_shows_a_usable_number() {
        for (number, masked) in [
            ("19907000822", "199 **** 0822"),
            ("05761234567", "057 **** 4567"),
            ("12345", "****45"),
            ("", ""),
            ("1", "****1"),
        ] {
            assert_eq!(super::phone(number), masked);
        }
        assert_eq!(super::identity("99069719580715972X"), "9906****972X");
        assert_eq!(super::identity("12345678901"), "****");
    }
}
