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
///
/// A third value that was accepted meanwhile is not written over by somebody who never saw it: it stays where the person
/// keeps what stands, and where they want the other value they are asked again, against the third.
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
        let by = context.actor.employee_id;
        match self.field {
            Field::Customer(field) => {
                let mut customer = set.require::<Customer>(self.customer_id)?.clone();
                match outcome(&conflict, self.keep, customer.field(field)) {
                    Outcome::Write(value) => {
                        customer.set_field(field, value.as_deref())?;
                        stamp(&mut customer.stamps, self.field, by, context.made_at);
                        set.put(customer);
                    }
                    Outcome::Leave => {}
                    Outcome::Ask(current) => {
                        set.put(conflict.against(current, &customer.stamps));
                        return Ok(());
                    }
                }
            }
            Field::Contact(id, field) => {
                // The contact may have been removed meanwhile; the conflict is settled all the same.
                if let Some(mut contact) = set.get::<Contact>(id).cloned() {
                    match outcome(&conflict, self.keep, contact.field(field)) {
                        Outcome::Write(value) => {
                            contact.set_field(field, value.as_deref())?;
                            stamp(&mut contact.stamps, self.field, by, context.made_at);
                            set.put(contact);
                        }
                        Outcome::Leave => {}
                        Outcome::Ask(current) => {
                            set.put(conflict.against(current, &contact.stamps));
                            return Ok(());
                        }
                    }
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

enum Outcome {
    Write(Option<String>),
    /// What was accepted later stays.
    Leave,
    /// Against this value, which was accepted later.
    Ask(Option<String>),
}

fn outcome(conflict: &Conflict, keep: Keep, current: Option<String>) -> Outcome {
    let was_seen = current == conflict.standing.value || current == conflict.proposed.value;
    match keep {
        Keep::Standing if was_seen => Outcome::Write(conflict.standing.value.clone()),
        Keep::Proposed if was_seen => Outcome::Write(conflict.proposed.value.clone()),
        Keep::Standing => Outcome::Leave,
        Keep::Proposed => Outcome::Ask(current),
    }
}
