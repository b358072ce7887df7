//! The name of an uploaded file: shown to people, never a place on a disk.

use domain::limits::NAME_CHARS_MAX;
use percent_encoding::percent_decode_str;

/// Reads the name as the header has it, percent-encoded: one line, without folders, without marks nobody sees or that
/// turn the direction of writing, at most [`NAME_CHARS_MAX`] characters.
pub fn file_name(header: &str) -> String {
    let decoded = percent_decode_str(header).decode_utf8_lossy();
    let name = decoded.rsplit(['/', '\\']).next().unwrap_or_default();
    name.chars().filter(|c| !is_hidden(*c)).take(NAME_CHARS_MAX).collect::<String>().trim().to_owned()
}

fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        || matches!(c, '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_without_folders_and_hidden_marks() {
        for (header, expected) in [
            ("%E5%AE%A2%E6%88%B7.xlsx", "客户.xlsx"),
            ("..%2F..%2Fetc%2Fpasswd", "passwd"),
            ("C%3A%5Clists%5Ca.csv", "a.csv"),
            ("a%0D%0ASet-Cookie%3A%20x.csv", "aSet-Cookie: x.csv"),
            ("list%E2%80%AExslx.csv", "listxslx.csv"),
            ("%252e%252e%252fa", "%2e%2e%2fa"),
            ("..%2f", ""),
            ("%ff.csv", "\u{fffd}.csv"),
        ] {
            assert_eq!(file_name(header), expected, "{header}");
        }
        assert_eq!(file_name(&"x".repeat(500)).len(), NAME_CHARS_MAX);
    }
}
