//! 导出日历: a visit as an event of another calendar.
//!
//! The event keeps the visit's id, so that a later file moves it; what was skipped or cancelled stays in as called off,
//! so that it goes from there too. Telephone numbers, reports and reasons stay here: the file is not sealed.

use crate::customer::Customer;
use crate::icalendar::Event;
use crate::visit::{Visit, VisitState};

/// What of a customer goes into the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    pub name: bool,
    pub address: bool,
}

/// `title` is what a visit is called: 走访.
pub fn calendar_event(
    visit: &Visit,
    customer: Option<&Customer>,
    minutes: u16,
    title: &str,
    written: Written,
) -> Event {
    let name = customer.filter(|_| written.name).map(|customer| customer.name.as_str());
    let address = customer.filter(|_| written.address).and_then(|customer| customer.address.clone());
    Event {
        uid: visit.id.to_string(),
        stamp: visit.written_at,
        on: visit.on,
        at_minute: visit.at_minute,
        minutes,
        summary: name.map_or_else(|| title.to_owned(), |name| format!("{title} {name}")),
        location: address,
        description: None,
        is_cancelled: matches!(visit.state, VisitState::Skipped | VisitState::Cancelled),
        // Seconds since 1970: every change is later than the one before it.
        sequence: u32::try_from(visit.written_at.0 / 1_000).unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::customer::{CustomerType, Holdings};
    use crate::icalendar::{Calendar, write};
    use crate::ids::{BookId, CustomerId, EmployeeId, VisitId};
    use crate::time::Timestamp;
    use crate::visit::NotHeld;
    use uuid::Uuid;

    fn customer() -> Customer {
        Customer {
            id: CustomerId(Uuid::from_u128(2)),
            book_id: BookId(Uuid::from_u128(1)),
            customer_no: "99000001".to_owned(),
            name: "裴知远".to_owned(),
            customer_type: CustomerType::Person,
            identity_masked: Some("9906****972X".to_owned()),
            phone: Some("19900000001".to_owned()),
            address: Some("观澜苑2幢702".to_owned()),
            industry: None,
            birthday: None,
            lunar_birthday: None,
            opened_on: None,
            last_visited_on: None,
            place: None,
            remark: Some("门铃坏了".to_owned()),
            holdings: Holdings::default(),
            stamps: Vec::new(),
        }
    }

    fn visit(state: VisitState, written_at: i64) -> Visit {
        Visit {
            id: VisitId(Uuid::from_u128(7)),
            customer_id: CustomerId(Uuid::from_u128(2)),
            visitor_id: EmployeeId(Uuid::from_u128(3)),
            state,
            on: "2026-11-19".parse().expect("a date"),
            at_minute: Some(540),
            purpose: Some("打19900000002约".to_owned()),
            report: None,
            not_held: Some(NotHeld { reason: "客户出差".to_owned(), at: Timestamp(0) }),
            written_at: Timestamp(written_at),
        }
    }

    #[test]
    fn a_visit_keeps_its_name_in_the_other_calendar_and_is_called_off_there() {
        let all = Written { name: true, address: true };
        let of =
            |state, at, written| calendar_event(&visit(state, at), Some(&customer()), 30, "走访", written);
        let planned = of(VisitState::Planned, 1_000, all);
        assert_eq!(
            (planned.summary.as_str(), planned.location.as_deref()),
            ("走访 裴知远", Some("观澜苑2幢702"))
        );
        assert_eq!(planned.uid, Uuid::from_u128(7).to_string());
        let none = of(VisitState::Planned, 1_000, Written { name: false, address: false });
        assert_eq!((none.summary.as_str(), none.location), ("走访", None));
        for (state, is_cancelled) in [
            (VisitState::Planned, false),
            (VisitState::Done, false),
            (VisitState::Skipped, true),
            (VisitState::Cancelled, true),
        ] {
            let later = of(state, 2_000, all);
            assert_eq!(later.is_cancelled, is_cancelled, "{state:?}");
            assert!(later.sequence > planned.sequence, "a change raises the sequence");
        }
    }

    #[test]
    fn nothing_else_of_the_customer_is_in_the_file() {
        let event = calendar_event(
            &visit(VisitState::Skipped, 1),
            Some(&customer()),
            30,
            "走访",
            Written { name: true, address: true },
        );
        let file = write(&Calendar { name: "走访".to_owned(), events: vec![event] });
        for hidden in ["1990000", "9906", "门铃", "客户出差", "99000001"] {
            assert!(!file.contains(hidden), "{hidden}");
        }
    }
}
