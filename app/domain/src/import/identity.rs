//! Identity numbers: 18 characters with a check digit, of a person (GB 11643) or an organisation (GB 32100).

use super::Reason;
use super::text::narrow;
use crate::customer::CustomerType;

const LENGTH: usize = 18;
/// Registered with the market authority (9) as a sole trader (2).
const SOLE_TRADER_PREFIX: &str = "92";
const RESIDENT_CHECKS: &[u8; 11] = b"10X98765432";
/// GB 32100 leaves out I, O, S, V and Z.
const ORGANISATION_ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Reads a resident identity number or, where the customer is not plainly a person, a unified social credit code.
/// A sole trader may have either. Spaces and dashes are dropped, letters made capital.
pub fn identity_no(text: &str, customer_type: Option<CustomerType>) -> Result<String, Reason> {
    let number: String = narrow(text)
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '—'))
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let has_resident_form = has_resident_form(&number);
    if has_resident_form && resident_check(&number) == number.bytes().last() {
        return Ok(number);
    }
    // 18 bare digits can be either. One wrong digit must not turn a person's number into an organisation's by chance.
    let may_be_organisation = match customer_type {
        Some(CustomerType::Company) => true,
        Some(CustomerType::SoleTrader) => !has_resident_form || number.starts_with(SOLE_TRADER_PREFIX),
        Some(CustomerType::Person) => false,
        None => !has_resident_form,
    };
    let has_organisation_form = may_be_organisation && organisation_values(&number).is_some();
    if has_organisation_form && organisation_check(&number) == number.bytes().last() {
        return Ok(number);
    }
    if has_resident_form || has_organisation_form { Err(Reason::IdChecksum) } else { Err(Reason::IdInvalid) }
}

fn has_resident_form(number: &str) -> bool {
    number.len() == LENGTH
        && number.bytes().enumerate().all(|(at, b)| b.is_ascii_digit() || (b == b'X' && at == LENGTH - 1))
}

/// ISO 7064 MOD 11-2: the weight of a place is 2^(17 - place) mod 11.
fn resident_check(number: &str) -> Option<u8> {
    let sum = number.bytes().take(LENGTH - 1).fold(0_usize, |sum, b| (sum * 2 + usize::from(b - b'0')) % 11);
    RESIDENT_CHECKS.get(sum * 2 % 11).copied()
}

fn organisation_values(number: &str) -> Option<Vec<usize>> {
    let values: Option<Vec<usize>> =
        number.bytes().map(|b| ORGANISATION_ALPHABET.iter().position(|letter| *letter == b)).collect();
    values.filter(|values| values.len() == LENGTH)
}

/// The weight of a place is 3^place mod 31.
fn organisation_check(number: &str) -> Option<u8> {
    let (sum, _) = organisation_values(number)?
        .iter()
        .take(LENGTH - 1)
        .fold((0, 1), |(sum, weight), value| ((sum + value * weight) % 31, weight * 3 % 31));
    ORGANISATION_ALPHABET.get((31 - sum) % 31).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_numbers_are_read_in_one_form() {
        for (text, customer_type, number) in [
            ("99069719580715972X", Some(CustomerType::Person), "99069719580715972X"),
            ("99069719580715972x", Some(CustomerType::Person), "99069719580715972X"),
            ("９９０６９７　１９５８０７１５　９７２ｘ", None, "99069719580715972X"),
            ("990700197209049454", Some(CustomerType::SoleTrader), "990700197209049454"),
            ("91350100M000100Y43", Some(CustomerType::Company), "91350100M000100Y43"),
            ("91350100m000100y43", None, "91350100M000100Y43"),
        ] {
            assert_eq!(identity_no(text, customer_type).as_deref(), Ok(number), "{text}");
        }
    }

    #[test]
    fn a_number_says_how_it_is_wrong() {
        for (text, customer_type, reason) in [
            ("990697195807159720", Some(CustomerType::Person), Reason::IdChecksum),
            ("91350100M000100Y44", Some(CustomerType::Company), Reason::IdChecksum),
            ("91350100M000100Y43", Some(CustomerType::Person), Reason::IdInvalid),
            ("9906971958071597", Some(CustomerType::Person), Reason::IdInvalid),
            ("9906971X580715972X", Some(CustomerType::Person), Reason::IdInvalid),
            ("91350100I000100Y43", Some(CustomerType::Company), Reason::IdInvalid),
            ("护照", None, Reason::IdInvalid),
            ("", None, Reason::IdInvalid),
        ] {
            assert_eq!(identity_no(text, customer_type), Err(reason), "{text}");
        }
    }
}
