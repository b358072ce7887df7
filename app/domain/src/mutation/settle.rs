//! Settling a conflict with one tap.

use super::Rule;
use crate::actor::Context;
use crate::conflict::{Conflict, Field, Keep, Settlement, stamp};
use crate::contact::Contact;
use crate::customer::Customer;
use crate::ids::{ConflictId, CustomerId};
use crate::rejection::Rejection;
use crate::row::RowKey;
use crate::working_set::WorkingSet;
use serde::{Deserialize, Serialize};

/// Chooses one of the two values. Both people may tap: the same choice agrees, another one finds it settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettleConflict {
    pub conflict_id: ConflictId,
    pub customer_id: CustomerId,
    /// The field, so that the server knows what to load before it has read the conflict.
    pub field: Field,
    pub keep: Keep,
}

impl Rule for SettleConflict {
    fn customer_id(&self) -> CustomerId {
        self.customer_id
    }
    fn reads(&self) -> Vec<RowKey> {
        let mut keys = vec![self.conflict_id.into()];
        if let Field::Contact(contact, _) = self.field {
            keys.push(contact.into());
        }
        keys
    }
    fn apply(&self, set: &mut WorkingSet<'_>, context: &Context<'_>) -> Result<(), Rejection> {
        let conflict = set.require_of::<Conflict>(self.conflict_id, self.customer_id)?.clone();
        if conflict.field != self.field {
            return Err(Rejection::Gone);
        }
        if let Some(settlement) = &conflict.settlement {
            return if settlement.keep == self.keep { Ok(()) } else { Err(Rejection::AlreadySettled) };
        }
        let value = match self.keep {
            Keep::Standing => &conflict.standing.value,
            Keep::Proposed => &conflict.proposed.value,
        };
        let by = context.actor.employee_id;
        match self.field {
            Field::Customer(field) => {
                let mut customer = set.require::<Customer>(self.customer_id)?.clone();
                customer.set_field(field, value.as_deref())?;
                stamp(&mut customer.stamps, self.field, by, context.made_at);
                set.put(customer);
            }
            Field::Contact(id, field) => {
                // The contact may have been removed meanwhile; the conflict is settled all the same.
                if let Some(contact) = set.get::<Contact>(id).cloned() {
                    let mut contact = contact;
                    contact.set_field(field, value.as_deref())?;
                    stamp(&mut contact.stamps, self.field, by, context.made_at);
                    set.put(contact);
                }
            }
        }
        set.put(Conflict {
            settlement: Some(Settlement { keep: self.keep, by, at: context.made_at }),
            ..conflict
        });
        Ok(())
    }
}
