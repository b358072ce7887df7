//! The name of an uploaded file, as the header carries it.

use domain::import::month_in;
use domain::limits::NAME_CHARS_MAX;
use server::import::file_name;

pub fn run(bytes: &[u8]) {
    // A header that is no text is taken for none.
    let Ok(header) = std::str::from_utf8(bytes) else { return };
    let name = file_name(header);
    assert!(name.chars().count() <= NAME_CHARS_MAX, "too long");
    assert!(!name.contains(['/', '\\']), "a way to another folder: {name:?}");
    assert!(
        !name.chars().any(|c| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{feff}')),
        "{name:?}"
    );
    month_in(&[&name]);
}
