//! Whether a list's name can be a customer's: protection against shifted rows, not a search.

use super::limits::SHORT_NAME_CHARS_MIN;
use super::text::narrow;

/// Spaces, marks, width and case do not count; masked letters (张*, 张某) can be any; a company may go by a short form.
pub fn same_name(said: &str, held: &str) -> bool {
    let (said, held) = (letters(said), letters(held));
    if said.contains(MASK) {
        return fits_mask(&said, &held);
    }
    let (short, long) =
        if said.chars().count() <= held.chars().count() { (&said, &held) } else { (&held, &said) };
    said == held || (short.chars().count() >= SHORT_NAME_CHARS_MIN && long.contains(short.as_str()))
}

const MASK: char = '*';

/// Letters, digits and masks alone, small and narrow.
fn letters(name: &str) -> String {
    let masked = |c: char| if matches!(c, '某' | '＊' | '×' | '●') { MASK } else { c };
    narrow(name)
        .chars()
        .map(masked)
        .filter(|c| c.is_alphanumeric() || *c == MASK)
        .flat_map(char::to_lowercase)
        .collect()
}

/// What stands before the first mask and behind the last one must be there, without overlapping.
fn fits_mask(said: &str, held: &str) -> bool {
    let head = said.split(MASK).next().unwrap_or_default();
    let tail = said.rsplit(MASK).next().unwrap_or_default();
    held.strip_prefix(head).is_some_and(|rest| rest.ends_with(tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_be_written_otherwise_but_not_be_another() {
        for (said, held, is_same) in [
            ("朱诚杰", "朱诚杰", true),
            (" 朱 诚杰　", "朱诚杰", true),
            ("古丽买买提", "古丽·买买提", true),
            ("滨海(集团)公司", "滨海（集团）公司", true),
            ("ABC Trading", "ＡＢＣ　trading", true),
            ("朱*杰", "朱诚杰", true),
            ("朱**", "朱诚杰", true),
            ("朱某", "朱诚杰", true),
            ("滨海嘉诚商贸", "滨海嘉诚商贸有限公司", true),
            ("滨海嘉诚商贸有限公司", "滨海嘉诚商贸", true),
            ("朱诚", "朱诚杰", false),
            ("李*杰", "朱诚杰", false),
            ("朱杰*杰", "朱杰", false),
            ("滨海嘉诚", "滨海嘉信商贸", false),
            ("朱诚洁", "朱诚杰", false),
        ] {
            assert_eq!(same_name(said, held), is_same, "{said} {held}");
        }
    }
}
