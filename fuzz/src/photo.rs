//! The bytes of a photo: only its markers are read, and those before the size decide.

use server::photos::is_acceptable;

pub fn run(bytes: &[u8]) {
    if is_acceptable(bytes) {
        assert!(bytes.starts_with(&[0xFF, 0xD8]), "no JPEG");
        assert!(is_acceptable(&[bytes, b"<script>"].concat()), "what stands behind the size changes it");
        assert!(!is_acceptable(&bytes[1..]), "a photo inside of a photo");
    }
}
