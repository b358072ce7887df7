//! Contacts, notes and photos of a customer.

use super::Rule;
use crate::actor::Context;
use crate::conflict::{Conflict, ContactField, Disputed, Field, stamp};
use crate::contact::{Contact, ContactRole};
use crate::ids::{ContactId, CustomerId, NoteId, PhotoId, VisitId};
use crate::limits;
use crate::merge::{Merge, merge};
use crate::note::Note;
use crate::photo::Photo;
use crate::rejection::Rejection;
use crate::row::RowKey;
use crate::validate;
use crate::working_set::WorkingSet;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddContact {
    pub contact_id: ContactId,
    pub customer_id: CustomerId,
    pub name: String,
    pub role: ContactRole,
    pub relation: Option<String>,
    pub phone: Option<String>,
}

impl Rule for AddContact {
    fn customer_id(&self) -> CustomerId {
        self.customer_id
    }
    fn reads(&self) -> Vec<RowKey> {
        vec![self.contact_id.into()]
    }
    fn apply(&self, set: &mut WorkingSet<'_>, _context: &Context<'_>) -> Result<(), Rejection> {
        set.vacant(self.contact_id)?;
        set.put(Contact {
            id: self.contact_id,
            customer_id: self.customer_id,
            name: validate::required("name", Some(&self.name), limits::NAME_CHARS_MAX)?,
            role: self.role,
            relation: validate::optional("relation", self.relation.as_deref(), limits::LABEL_CHARS_MAX)?,
            phone: validate::phone("phone", self.phone.as_deref())?,
            stamps: Vec::new(),
        });
        Ok(())
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactEdit {
    pub field: ContactField,
    pub base: Option<String>,
    pub new: Option<String>,
}

/// Merged field by field, as a customer's facts are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditContact {
    pub contact_id: ContactId,
    pub customer_id: CustomerId,
    pub edits: Vec<ContactEdit>,
}

impl Contact {
    /// The field's canonical text; None when it is empty.
    pub fn field(&self, field: ContactField) -> Option<String> {
        match field {
            ContactField::Name => Some(self.name.clone()),
            ContactField::Role => Some(self.role.word().to_owned()),
            ContactField::Relation => self.relation.clone(),
            ContactField::Phone => self.phone.clone(),
        }
    }

    /// Sets the field from its canonical text, or says what is wrong with it.
    pub fn set_field(&mut self, field: ContactField, value: Option<&str>) -> Result<(), Rejection> {
        let word = field.word();
        match field {
            ContactField::Name => self.name = validate::required(word, value, limits::NAME_CHARS_MAX)?,
            ContactField::Role => {
                self.role = value.and_then(ContactRole::from_word).ok_or_else(|| Rejection::invalid(word))?;
            }
            ContactField::Relation => {
                self.relation = validate::optional(word, value, limits::LABEL_CHARS_MAX)?;
            }
            ContactField::Phone => self.phone = validate::phone(word, value)?,
        }
        Ok(())
    }
}

impl Rule for EditContact {
    fn customer_id(&self) -> CustomerId {
        self.customer_id
    }
    fn reads(&self) -> Vec<RowKey> {
        vec![self.contact_id.into()]
    }
    fn apply(&self, set: &mut WorkingSet<'_>, context: &Context<'_>) -> Result<(), Rejection> {
        validate::count(&self.edits, ContactField::ALL.len())?;
        let mut contact: Contact = set.require_of::<Contact>(self.contact_id, self.customer_id)?.clone();
        let mut conflicts = Vec::new();
        for edit in &self.edits {
            let field = Field::Contact(self.contact_id, edit.field);
            let mut wanted = contact.clone();
            wanted.set_field(edit.field, edit.new.as_deref())?;
            let new = wanted.field(edit.field);
            let current = contact.field(edit.field);
            match merge(edit.base.as_deref(), new.as_deref(), current.as_deref()) {
                Merge::Same => {}
                Merge::Write => {
                    contact = wanted;
                    stamp(&mut contact.stamps, field, context.actor.employee_id, context.made_at);
                }
                Merge::Ask => {
                    let values = Disputed { base: edit.base.clone(), current, new };
                    conflicts.push(Conflict::between(
                        context,
                        self.customer_id,
                        field,
                        values,
                        &contact.stamps,
                    ));
                }
            }
        }
        set.put(contact);
        for conflict in conflicts {
            set.put(conflict);
        }
        Ok(())
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoveContact {
    pub contact_id: ContactId,
    pub customer_id: CustomerId,
}

impl Rule for RemoveContact {
    fn customer_id(&self) -> CustomerId {
        self.customer_id
    }
    fn reads(&self) -> Vec<RowKey> {
        vec![self.contact_id.into()]
    }
    fn apply(&self, set: &mut WorkingSet<'_>, _context: &Context<'_>) -> Result<(), Rejection> {
        set.require_of::<Contact>(self.contact_id, self.customer_id)?;
        set.delete(self.contact_id);
        Ok(())
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddNote {
    pub note_id: NoteId,
    pub customer_id: CustomerId,
    pub text: String,
}

impl Rule for AddNote {
    fn customer_id(&self) -> CustomerId {
        self.customer_id
    }
    fn reads(&self) -> Vec<RowKey> {
        vec![self.note_id.into()]
    }
    fn apply(&self, set: &mut WorkingSet<'_>, context: &Context<'_>) -> Result<(), Rejection> {
        set.vacant(self.note_id)?;
        set.put(Note {
            id: self.note_id,
            customer_id: self.customer_id,
            text: validate::required("text", Some(&self.text), limits::TEXT_CHARS_MAX)?,
            by: context.actor.employee_id,
            at: context.made_at,
        });
        Ok(())
    }
}

/// Describes a photo; its bytes are uploaded apart, under the same id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddPhoto {
    pub photo_id: PhotoId,
    pub customer_id: CustomerId,
    pub visit_id: Option<VisitId>,
    pub caption: Option<String>,
    pub width_px: u32,
    pub height_px: u32,
    pub bytes: u32,
}

impl Rule for AddPhoto {
    fn customer_id(&self) -> CustomerId {
        self.customer_id
    }
    fn reads(&self) -> Vec<RowKey> {
        vec![self.photo_id.into()]
    }
    fn apply(&self, set: &mut WorkingSet<'_>, context: &Context<'_>) -> Result<(), Rejection> {
        set.vacant(self.photo_id)?;
        let edge = 1..=limits::PHOTO_EDGE_PX_MAX;
        if !edge.contains(&self.width_px) || !edge.contains(&self.height_px) {
            return Err(Rejection::invalid("photo"));
        }
        if self.bytes == 0 || self.bytes > limits::PHOTO_BYTES_MAX {
            return Err(Rejection::TooLong { field: "photo".to_owned(), max: limits::PHOTO_BYTES_MAX });
        }
        set.put(Photo {
            id: self.photo_id,
            customer_id: self.customer_id,
            visit_id: self.visit_id,
            caption: validate::optional("caption", self.caption.as_deref(), limits::LABEL_CHARS_MAX)?,
            width_px: self.width_px,
            height_px: self.height_px,
            bytes: self.bytes,
            by: context.actor.employee_id,
            at: context.made_at,
        });
        Ok(())
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemovePhoto {
    pub photo_id: PhotoId,
    pub customer_id: CustomerId,
}

impl Rule for RemovePhoto {
    fn customer_id(&self) -> CustomerId {
        self.customer_id
    }
    fn reads(&self) -> Vec<RowKey> {
        vec![self.photo_id.into()]
    }
    fn apply(&self, set: &mut WorkingSet<'_>, _context: &Context<'_>) -> Result<(), Rejection> {
        set.require_of::<Photo>(self.photo_id, self.customer_id)?;
        set.delete(self.photo_id);
        Ok(())
    }
}
