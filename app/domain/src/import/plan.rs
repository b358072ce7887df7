//! What importing a row does to what is held. The same for the preview and the run.

use super::{Column, CustomerDraft, Fault, Reason};
use crate::conflict::Field;
use crate::customer::{Customer, CustomerField, CustomerType, Holdings};
use crate::ids::{BookId, CustomerId};
use crate::mask;
use crate::time::Date;

/// A customer as the server holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub customer: Customer,
    /// Whole.
    pub identity_no: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    New(Box<Held>),
    Changed(Box<Held>),
    Unchanged,
    Refused(Fault),
}

/// Judges an accepted row. `held` is the customer with its number, `identity_owner` the number of whoever has its identity
/// number; a new customer gets `id` in `book`.
pub fn judge(
    draft: &CustomerDraft,
    held: Option<&Held>,
    identity_owner: Option<&str>,
    book: BookId,
    id: CustomerId,
    today: Date,
) -> Verdict {
    if identity_owner.is_some_and(|owner| owner != draft.customer_no) {
        let raw = draft.identity_no.as_deref().unwrap_or_default();
        return Verdict::Refused(Fault::new(Some(Column::IdentityNo), Reason::IdInUse, raw));
    }
    let Some(before) = held else {
        let blank = Held { customer: blank(draft, book, id), identity_no: None };
        return Verdict::New(Box::new(merged(draft, &blank, today)));
    };
    let after = merged(draft, before, today);
    if after == *before { Verdict::Unchanged } else { Verdict::Changed(Box::new(after)) }
}

fn blank(draft: &CustomerDraft, book_id: BookId, id: CustomerId) -> Customer {
    Customer {
        id,
        book_id,
        customer_no: draft.customer_no.clone(),
        name: draft.name.clone(),
        customer_type: CustomerType::Person,
        identity_masked: None,
        phone: None,
        address: None,
        industry: None,
        birthday: None,
        lunar_birthday: None,
        opened_on: None,
        last_visited_on: None,
        place: None,
        remark: None,
        holdings: Holdings::default(),
        stamps: Vec::new(),
    }
}

/// What the row says over what is held; a field a person has edited keeps the person's word, an empty cell says nothing.
fn merged(draft: &CustomerDraft, held: &Held, today: Date) -> Held {
    let mut customer = held.customer.clone();
    let is_edited = |field| held.customer.stamps.iter().any(|stamp| stamp.field == Field::Customer(field));
    if !is_edited(CustomerField::Name) {
        customer.name.clone_from(&draft.name);
    }
    if let Some(says) = draft.customer_type
        && !is_edited(CustomerField::CustomerType)
    {
        customer.customer_type = says;
    }
    let texts = [
        (CustomerField::Phone, &draft.phone, &mut customer.phone),
        (CustomerField::Address, &draft.address, &mut customer.address),
        (CustomerField::Industry, &draft.industry, &mut customer.industry),
        (CustomerField::Remark, &draft.remark, &mut customer.remark),
    ];
    for (field, says, holds) in texts {
        if says.is_some() && !is_edited(field) {
            holds.clone_from(says);
        }
    }
    if draft.birthday.is_some() && !is_edited(CustomerField::Birthday) {
        customer.birthday = draft.birthday;
    }
    customer.opened_on = draft.opened_on.or(customer.opened_on);
    // A list may be older than what is held.
    customer.last_visited_on = draft.last_visited_on.max(customer.last_visited_on);
    customer.place = draft.place.or(customer.place);
    let before = customer.holdings;
    let holdings = &mut customer.holdings;
    for (says, holds) in [
        (draft.deposit, &mut holdings.deposit),
        (draft.wealth, &mut holdings.wealth),
        (draft.insurance, &mut holdings.insurance),
        (draft.fund, &mut holdings.fund),
        (draft.loan, &mut holdings.loan),
    ] {
        *holds = says.unwrap_or(*holds);
    }
    let says_figures = Column::MONEY.into_iter().any(|column| draft.amount(column).is_some());
    // Only new figures get a new day: the same list again changes nothing.
    if says_figures && (before != *holdings || holdings.as_of.is_none()) {
        holdings.as_of = Some(today);
    }
    let identity_no = draft.identity_no.clone().or_else(|| held.identity_no.clone());
    customer.identity_masked = identity_no.as_deref().map(mask::identity);
    Held { customer, identity_no }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conflict::FieldStamp;
    use crate::ids::EmployeeId;
    use crate::money::Fen;
    use crate::time::Timestamp;
    use uuid::Uuid;

    fn draft() -> CustomerDraft {
        CustomerDraft {
            customer_no: "C1".to_owned(),
            name: "样例".to_owned(),
            manager_no: "1001".to_owned(),
            identity_no: Some("99069719580715972X".to_owned()),
            phone: Some("19907000000".to_owned()),
            deposit: Some(Fen(100)),
            ..CustomerDraft::default()
        }
    }

    fn run(draft: &CustomerDraft, held: Option<&Held>, owner: Option<&str>) -> Verdict {
        let (book, id) = (BookId(Uuid::from_u128(5)), CustomerId(Uuid::from_u128(9)));
        judge(draft, held, owner, book, id, "2026-11-21".parse().expect("a date"))
    }

    fn imported() -> Held {
        match run(&draft(), None, None) {
            Verdict::New(held) => *held,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_same_list_again_changes_nothing() {
        let held = imported();
        assert_eq!(held.customer.identity_masked.as_deref(), Some("9906****972X"));
        assert_eq!(run(&draft(), Some(&held), Some("C1")), Verdict::Unchanged);
    }

    #[test]
    fn a_list_does_not_undo_what_a_person_edited() {
        let mut held = imported();
        held.customer.phone = Some("19907001111".to_owned());
        held.customer.stamps = vec![FieldStamp {
            field: Field::Customer(CustomerField::Phone),
            by: EmployeeId(Uuid::from_u128(1)),
            at: Timestamp(1),
        }];
        assert_eq!(run(&draft(), Some(&held), Some("C1")), Verdict::Unchanged);
        let figures = CustomerDraft { deposit: Some(Fen(200)), ..draft() };
        let Verdict::Changed(after) = run(&figures, Some(&held), Some("C1")) else { panic!("changed") };
        assert_eq!(after.customer.phone.as_deref(), Some("19907001111"));
        assert_eq!(after.customer.holdings.deposit, Fen(200));
    }

    #[test]
    fn an_empty_cell_empties_nothing_and_a_list_moves_nobody() {
        let mut held = imported();
        held.customer.book_id = BookId(Uuid::from_u128(6));
        let blank = CustomerDraft { phone: None, deposit: None, identity_no: None, ..draft() };
        assert_eq!(run(&blank, Some(&held), None), Verdict::Unchanged);
    }

    #[test]
    fn another_customers_identity_number_is_refused() {
        assert!(matches!(
            run(&draft(), None, Some("C2")),
            Verdict::Refused(Fault { reason: Reason::IdInUse, .. })
        ));
    }
}
