//! A list in any encoding. Archives are [`crate::xlsx`]'s.

pub fn run(bytes: &[u8]) {
    if !bytes.starts_with(b"PK") {
        crate::list::check(bytes);
    }
}
