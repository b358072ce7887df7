//! Edits on their way: saved on this tablet, not yet on the server (待同步), or refused by it (待处理).
//!
//! A record is JSON with the mutation's name and arguments, so that a later version of the app still reads it.

use domain::ids::{CustomerId, MutationId};
use domain::mutation::Mutation;
use domain::rejection::Rejection;
use domain::time::Timestamp;
use domain::wire::PushedMutation;
use serde::{Deserialize, Serialize};

/// One outbox record, without its sequence number (the store's key).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    pub id: MutationId,
    pub made_at: Timestamp,
    pub name: String,
    pub args: serde_json::Value,
    /// The customer's name when the edit was made, so that it can be told in words after the customer has left.
    pub about: String,
    /// Set once it has been refused.
    pub refused: Option<Rejection>,
}

/// An edit waiting in the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    pub seq: u64,
    pub record: Record,
    /// None when this version of the app cannot read it; it is sent all the same.
    pub mutation: Option<Mutation>,
}

/// An edit the server refused, kept for the person to settle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub seq: u64,
    pub record: Record,
    pub mutation: Option<Mutation>,
    pub rejection: Rejection,
}

impl Record {
    pub fn encode(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    pub fn decode(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }
}

impl Pending {
    pub fn read(seq: u64, bytes: &[u8]) -> Option<Self> {
        Some(Self::of(seq, Record::decode(bytes)?))
    }

    pub fn of(seq: u64, record: Record) -> Self {
        let mutation = Mutation::decode(&record.name, &record.args).ok();
        Self { seq, record, mutation }
    }

    pub fn pushed(&self) -> PushedMutation {
        PushedMutation {
            seq: self.seq,
            id: self.record.id,
            name: self.record.name.clone(),
            args: self.record.args.clone(),
            made_at: self.record.made_at,
        }
    }

    pub fn customer_id(&self) -> Option<CustomerId> {
        self.mutation.as_ref().map(Mutation::customer_id)
    }

    pub fn refuse(mut self, rejection: Rejection) -> Refused {
        self.record.refused = Some(rejection.clone());
        Refused { seq: self.seq, record: self.record, mutation: self.mutation, rejection }
    }
}

impl Refused {
    pub fn read(seq: u64, bytes: &[u8]) -> Option<Self> {
        let record = Record::decode(bytes)?;
        let mutation = Mutation::decode(&record.name, &record.args).ok();
        let rejection = record.refused.clone().unwrap_or(Rejection::NotUnderstood);
        Some(Self { seq, record, mutation, rejection })
    }
}
