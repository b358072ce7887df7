//! 待处理: what can still be done with an edit the server refused, and where two values of a field differ.

use crate::ids::VisitId;
use crate::mutation::{Mutation, RecordVisit};
use crate::rejection::Rejection;

/// The edit to try once more; None where the same would be refused again. `is_customer_here`: the customer is in the
/// view now. `fresh` becomes the id of a visit that has to stand beside the one somebody else recorded.
pub fn again(
    mutation: &Mutation,
    rejection: &Rejection,
    is_customer_here: bool,
    fresh: VisitId,
) -> Option<Mutation> {
    let may_help = match rejection {
        Rejection::Gone
        | Rejection::NotAllowed
        | Rejection::NotUnderstood
        | Rejection::TooMany { .. }
        | Rejection::AlreadyDone
        | Rejection::IdTaken => is_customer_here,
        Rejection::Missing { .. }
        | Rejection::TooLong { .. }
        | Rejection::Invalid { .. }
        | Rejection::DateOutOfRange { .. }
        | Rejection::AlreadySettled
        | Rejection::NumberTaken => false,
    };
    match (mutation, rejection) {
        _ if !may_help => None,
        // Two people's visits to one customer are two visits (SYNC.md, Merge).
        (Mutation::RecordVisit(visit), Rejection::AlreadyDone | Rejection::IdTaken) => {
            Some(RecordVisit { visit_id: fresh, ..visit.clone() }.into())
        }
        (_, Rejection::AlreadyDone | Rejection::IdTaken) => None,
        (mutation, _) => Some(mutation.clone()),
    }
}

/// A value cut into what it shares with the base, what is new, and what it shares again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Differs<'a> {
    pub before: &'a str,
    pub new: &'a str,
    pub after: &'a str,
}

/// What of `value` is not in `base`, by characters from both ends.
pub fn differs<'a>(base: &str, value: &'a str) -> Differs<'a> {
    let shared = |ours: &mut dyn Iterator<Item = char>, theirs: &mut dyn Iterator<Item = char>| -> usize {
        ours.zip(theirs).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
    };
    let before = shared(&mut value.chars(), &mut base.chars());
    let (head, tail) = value.split_at(before);
    let base_tail = base.get(before..).unwrap_or_default();
    let after = shared(&mut tail.chars().rev(), &mut base_tail.chars().rev());
    let (new, after) = tail.split_at(tail.len() - after);
    Differs { before: head, new, after }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{CustomerId, NoteId};
    use crate::mutation::AddNote;
    use crate::visit::VisitReport;
    use uuid::Uuid;

    fn id(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    #[test]
    fn trying_again_is_offered_only_where_it_can_help() {
        let note: Mutation =
            AddNote { customer_id: CustomerId(id(9)), note_id: NoteId(id(1)), text: "备忘".to_owned() }
                .into();
        for (rejection, is_here, offered) in [
            (Rejection::Gone, false, false),
            (Rejection::Gone, true, true),
            (Rejection::NotUnderstood, true, true),
            (Rejection::NotAllowed, true, true),
            (Rejection::invalid("text"), true, false),
            (Rejection::AlreadySettled, true, false),
            (Rejection::IdTaken, true, false),
            (Rejection::NumberTaken, true, false),
        ] {
            let offer = again(&note, &rejection, is_here, VisitId(id(7)));
            assert_eq!(offer.is_some(), offered, "{rejection:?} here: {is_here}");
        }
    }

    #[test]
    fn a_visit_somebody_else_recorded_first_is_kept_as_one_of_its_own() {
        let visit: Mutation = RecordVisit {
            visit_id: VisitId(id(1)),
            customer_id: CustomerId(id(9)),
            on: "2026-11-18".parse().expect("a date"),
            at_minute: None,
            purpose: None,
            report: VisitReport::default(),
            promises: Vec::new(),
        }
        .into();
        let Some(Mutation::RecordVisit(kept)) = again(&visit, &Rejection::AlreadyDone, true, VisitId(id(7)))
        else {
            panic!("a visit")
        };
        assert_eq!(kept.visit_id, VisitId(id(7)));
    }

    #[test]
    fn what_two_values_share_is_told_apart_from_what_is_new() {
        for (base, value, before, new, after) in [
            ("工业园区456号", "工业园区456号2号楼", "工业园区456号", "2号楼", ""),
            ("工业园区456号", "工业园区465号", "工业园区4", "65", "号"),
            ("", "红旗街1号", "", "红旗街1号", ""),
            ("红旗街1号", "红旗街1号", "红旗街1号", "", ""),
            ("aa", "a", "a", "", ""),
            ("a", "aa", "a", "a", ""),
            ("𠮷野", "𠮷田", "𠮷", "田", ""),
        ] {
            assert_eq!(differs(base, value), Differs { before, new, after }, "{base} → {value}");
        }
    }
}
