//! What happens to one edited field when the value underneath may have changed (SYNC.md, Merge).

/// The three values decide; nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merge {
    /// The value is as the person saw it: write the new one.
    Write,
    /// Somebody already wrote the same.
    Same,
    /// Somebody wrote something else: the current value stands, people decide.
    Ask,
}

/// `base` is what the person saw, `new` what they want, `current` what is there now.
pub fn merge(base: Option<&str>, new: Option<&str>, current: Option<&str>) -> Merge {
    if current == new {
        Merge::Same
    } else if current == base {
        Merge::Write
    } else {
        Merge::Ask
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn three_values_decide() {
        for (base, new, current, expected) in [
            (Some("a"), Some("b"), Some("a"), Merge::Write),
            (Some("a"), Some("b"), Some("b"), Merge::Same),
            (Some("a"), Some("b"), Some("c"), Merge::Ask),
            (None, Some("b"), None, Merge::Write),
            (Some("a"), None, Some("a"), Merge::Write),
            (Some("a"), None, Some("c"), Merge::Ask),
            (Some("a"), Some("a"), Some("c"), Merge::Ask),
        ] {
            assert_eq!(merge(base, new, current), expected);
        }
    }

    proptest! {
        #[test]
        fn a_write_never_hides_a_value_the_person_did_not_see(
            base in any::<Option<u8>>(), new in any::<Option<u8>>(), current in any::<Option<u8>>(),
        ) {
            let text = |value: Option<u8>| value.map(|v| v.to_string());
            let (base, new, current) = (text(base), text(new), text(current));
            if merge(base.as_deref(), new.as_deref(), current.as_deref()) == Merge::Write {
                prop_assert_eq!(base, current);
            }
        }
    }
}
