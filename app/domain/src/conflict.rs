//! A field two people changed to different values while one of them was offline: the first value stands, both people
//! see both, and either settles it (SYNC.md, Merge).

use crate::actor::Context;
use crate::customer::CustomerField;
use crate::ids::{ConflictId, ContactId, CustomerId, EmployeeId, MutationId};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A field of a contact a person may edit; canonical texts as for [`CustomerField`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactField {
    Name,
    Role,
    Relation,
    Phone,
}

impl ContactField {
    pub const ALL: [Self; 4] = [Self::Name, Self::Role, Self::Relation, Self::Phone];
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Role => "role",
            Self::Relation => "relation",
            Self::Phone => "phone",
        }
    }
}

/// Which field of which row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Customer(CustomerField),
    Contact(ContactId, ContactField),
}

impl Field {
    /// A small number that tells the fields of one mutation apart.
    fn ordinal(self) -> u8 {
        match self {
            Self::Customer(field) => field as u8 + 1,
            Self::Contact(_, field) => field as u8 + 101,
        }
    }
}

/// Who changed a field last, and when (R027).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldStamp {
    pub field: Field,
    pub by: EmployeeId,
    pub at: Timestamp,
}

/// Remembers `by` and `at` as the field's last change; one stamp a field.
pub fn stamp(stamps: &mut Vec<FieldStamp>, field: Field, by: EmployeeId, at: Timestamp) {
    match stamps.iter_mut().find(|stamp| stamp.field == field) {
        Some(found) => {
            found.by = by;
            found.at = at;
        }
        None => stamps.push(FieldStamp { field, by, at }),
    }
}

/// One of the two values, with who gave it and when. Nobody when it came from an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    pub value: Option<String>,
    pub by: Option<EmployeeId>,
    pub at: Option<Timestamp>,
}

impl Side {
    /// A value that stands, with whoever `stamps` names.
    fn standing(value: Option<String>, field: Field, stamps: &[FieldStamp]) -> Self {
        let last = stamps.iter().find(|stamp| stamp.field == field);
        Self { value, by: last.map(|stamp| stamp.by), at: last.map(|stamp| stamp.at) }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Keep {
    /// The value that stood when the second edit arrived.
    Standing,
    /// The value of the edit that arrived second.
    Proposed,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settlement {
    pub keep: Keep,
    pub by: EmployeeId,
    pub at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    pub id: ConflictId,
    pub customer_id: CustomerId,
    pub field: Field,
    /// What both people started from, as the second one saw it.
    pub base: Option<String>,
    pub standing: Side,
    pub proposed: Side,
    pub settlement: Option<Settlement>,
}

/// The three values of a field two people changed, in canonical form.
pub struct Disputed {
    pub base: Option<String>,
    pub current: Option<String>,
    pub new: Option<String>,
}

impl Conflict {
    /// An open conflict: `current` stands with whoever `stamps` names, the actor's `new` is proposed.
    pub fn between(
        context: &Context<'_>,
        customer_id: CustomerId,
        field: Field,
        values: Disputed,
        stamps: &[FieldStamp],
    ) -> Self {
        Self {
            id: Self::id_for(context.mutation_id, field),
            customer_id,
            field,
            base: values.base,
            standing: Side::standing(values.current, field, stamps),
            proposed: Side {
                value: values.new,
                by: Some(context.actor.employee_id),
                at: Some(context.made_at),
            },
            settlement: None,
        }
    }

    /// The same proposal against a value that was accepted since.
    pub fn against(self, current: Option<String>, stamps: &[FieldStamp]) -> Self {
        let base = self.standing.value;
        Self { base, standing: Side::standing(current, self.field, stamps), ..self }
    }

    /// The id follows from the mutation and the field, so that tablet and server name the same conflict alike.
    pub fn id_for(mutation: MutationId, field: Field) -> ConflictId {
        let mut bytes = mutation.0.into_bytes();
        if let Some(last) = bytes.last_mut() {
            *last ^= field.ordinal();
        }
        ConflictId(Uuid::from_bytes(bytes))
    }

    pub fn is_open(&self) -> bool {
        self.settlement.is_none()
    }
}
