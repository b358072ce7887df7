//! Facts of a customer.

use super::Rule;
use crate::actor::Context;
use crate::authorize::{self, Act};
use crate::conflict::{Conflict, Disputed, Field, stamp};
use crate::customer::{Customer, CustomerField, CustomerType, Holdings};
use crate::ids::{BookId, CustomerId};
use crate::limits;
use crate::merge::{Merge, merge};
use crate::rejection::Rejection;
use crate::row::RowKey;
use crate::validate;
use crate::working_set::WorkingSet;
use serde::{Deserialize, Serialize};

/// 新建客户 in one of the person's books.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddCustomer {
    pub customer_id: CustomerId,
    pub book_id: BookId,
    pub customer_no: String,
    pub name: String,
    pub customer_type: CustomerType,
    pub phone: Option<String>,
    pub address: Option<String>,
}

impl Rule for AddCustomer {
    fn customer_id(&self) -> CustomerId {
        self.customer_id
    }
    fn reads(&self) -> Vec<RowKey> {
        Vec::new()
    }
    fn apply(&self, set: &mut WorkingSet<'_>, context: &Context<'_>) -> Result<(), Rejection> {
        if !context.actor.reads_book(self.book_id) {
            return Err(Rejection::Gone);
        }
        if !authorize::may(context.actor.role, Act::KeepCustomer) {
            return Err(Rejection::NotAllowed);
        }
        set.vacant(self.customer_id)?;
        let customer = Customer {
            id: self.customer_id,
            book_id: self.book_id,
            customer_no: validate::required(
                "customer_no",
                Some(&self.customer_no),
                limits::CUSTOMER_NO_CHARS_MAX,
            )?,
            name: validate::required("name", Some(&self.name), limits::NAME_CHARS_MAX)?,
            customer_type: self.customer_type,
            identity_masked: None,
            phone: validate::phone("phone", self.phone.as_deref())?,
            address: validate::optional("address", self.address.as_deref(), limits::ADDRESS_CHARS_MAX)?,
            industry: None,
            birthday: None,
            lunar_birthday: None,
            opened_on: None,
            last_visited_on: None,
            place: None,
            remark: None,
            holdings: Holdings::default(),
            stamps: Vec::new(),
        };
        set.put(customer);
        Ok(())
    }
}

/// One field: what the person saw, and what they want instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerEdit {
    pub field: CustomerField,
    pub base: Option<String>,
    pub new: Option<String>,
}

/// 编辑: merged field by field; a field somebody else changed meanwhile becomes a [`Conflict`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditCustomer {
    pub customer_id: CustomerId,
    pub edits: Vec<CustomerEdit>,
}

impl Rule for EditCustomer {
    fn customer_id(&self) -> CustomerId {
        self.customer_id
    }
    fn reads(&self) -> Vec<RowKey> {
        Vec::new()
    }
    fn apply(&self, set: &mut WorkingSet<'_>, context: &Context<'_>) -> Result<(), Rejection> {
        validate::count(&self.edits, CustomerField::ALL.len())?;
        let mut customer: Customer = set.require::<Customer>(self.customer_id)?.clone();
        let mut conflicts = Vec::new();
        for edit in &self.edits {
            let field = Field::Customer(edit.field);
            // What the person wants, in canonical form; checked even when it will not be written.
            let mut wanted = customer.clone();
            wanted.set_field(edit.field, edit.new.as_deref())?;
            let new = wanted.field(edit.field);
            let current = customer.field(edit.field);
            match merge(edit.base.as_deref(), new.as_deref(), current.as_deref()) {
                Merge::Same => {}
                Merge::Write => {
                    customer = wanted;
                    stamp(&mut customer.stamps, field, context.actor.employee_id, context.made_at);
                }
                Merge::Ask => {
                    let values = Disputed { base: edit.base.clone(), current, new };
                    conflicts.push(Conflict::between(
                        context,
                        self.customer_id,
                        field,
                        values,
                        &customer.stamps,
                    ));
                }
            }
        }
        set.put(customer);
        for conflict in conflicts {
            set.put(conflict);
        }
        Ok(())
    }
}

/// The person looked at a masked number: changes no row, but is logged (SECURITY.md).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevealPhone {
    pub customer_id: CustomerId,
}

impl Rule for RevealPhone {
    fn customer_id(&self) -> CustomerId {
        self.customer_id
    }
    fn reads(&self) -> Vec<RowKey> {
        Vec::new()
    }
    fn apply(&self, _set: &mut WorkingSet<'_>, _context: &Context<'_>) -> Result<(), Rejection> {
        Ok(())
    }
}

/// Visits to this customer went into a file outside the sealed store: changes no row, but is logged (SECURITY.md).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportVisits {
    pub customer_id: CustomerId,
}

impl Rule for ExportVisits {
    fn customer_id(&self) -> CustomerId {
        self.customer_id
    }
    fn reads(&self) -> Vec<RowKey> {
        Vec::new()
    }
    fn apply(&self, _set: &mut WorkingSet<'_>, _context: &Context<'_>) -> Result<(), Rejection> {
        Ok(())
    }
}
