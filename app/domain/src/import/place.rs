//! Where a customer is: longitude and latitude in degrees.

use super::Reason;
use super::text::{narrow, trimmed};
use crate::customer::Place;

/// Reads both, as decimal degrees; finer than a millionth of a degree (11 cm) is rounded.
pub fn place(longitude: &str, latitude: &str) -> Result<Place, Reason> {
    Ok(Place { longitude_e6: degrees_e6(longitude, 180)?, latitude_e6: degrees_e6(latitude, 90)? })
}

fn degrees_e6(text: &str, max: i32) -> Result<i32, Reason> {
    let narrowed = narrow(text);
    let text = trimmed(&narrowed).trim_end_matches('°');
    let is_plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-'));
    let degrees: f64 = text.parse().map_err(|_| Reason::CoordinateInvalid)?;
    if !is_plain || !(-f64::from(max)..=f64::from(max)).contains(&degrees) {
        return Err(Reason::CoordinateInvalid);
    }
    // At most 180 million, checked above.
    Ok((degrees * 1e6).round() as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_lies_on_earth_or_is_refused() {
        assert_eq!(
            place("119.55327", "34.325742"),
            Ok(Place { longitude_e6: 119_553_270, latitude_e6: 34_325_742 })
        );
        assert_eq!(place("-180", "９０°"), Ok(Place { longitude_e6: -180_000_000, latitude_e6: 90_000_000 }));
        for (longitude, latitude) in [
            ("34.3", "119.5"),
            ("180.000001", "0"),
            ("", "34"),
            ("nan", "1"),
            ("inf", "1"),
            ("1e2", "1"),
            ("东经119", "34"),
        ] {
            assert_eq!(place(longitude, latitude), Err(Reason::CoordinateInvalid), "{longitude} {latitude}");
        }
    }
}
