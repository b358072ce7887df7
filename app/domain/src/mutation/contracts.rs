//! Contracts and what became of them (R023).

use super::Rule;
use crate::actor::Context;
use crate::contract::{Contract, ContractState};
use crate::ids::{ContractId, CustomerId};
use crate::limits;
use crate::money::Fen;
use crate::rejection::Rejection;
use crate::row::RowKey;
use crate::time::Date;
use crate::validate;
use crate::working_set::WorkingSet;
use serde::{Deserialize, Serialize};

/// 记合同. The amount is zero or more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddContract {
    pub contract_id: ContractId,
    pub customer_id: CustomerId,
    pub name: String,
    pub amount: Option<Fen>,
    pub ends_on: Date,
}

impl Rule for AddContract {
    fn customer_id(&self) -> CustomerId {
        self.customer_id
    }
    fn reads(&self) -> Vec<RowKey> {
        vec![self.contract_id.into()]
    }
    fn apply(&self, set: &mut WorkingSet<'_>, context: &Context<'_>) -> Result<(), Rejection> {
        set.vacant(self.contract_id)?;
        validate::near(
            "ends_on",
            self.ends_on,
            context.now,
            limits::RECORD_BEHIND_DAYS_MAX,
            limits::CONTRACT_AHEAD_DAYS_MAX,
        )?;
        if self.amount.is_some_and(|amount| amount.0 < 0) {
            return Err(Rejection::invalid("amount"));
        }
        set.put(Contract {
            id: self.contract_id,
            customer_id: self.customer_id,
            name: validate::required("contract", Some(&self.name), limits::NAME_CHARS_MAX)?,
            amount: self.amount,
            ends_on: self.ends_on,
            state: ContractState::Running,
            noted_by: context.actor.employee_id,
            noted_at: context.made_at,
            settled_by: None,
            settled_at: None,
        });
        Ok(())
    }
}

/// Renewed or ended. Two people who say the same agree; otherwise the first word stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettleContract {
    pub contract_id: ContractId,
    pub customer_id: CustomerId,
    pub state: ContractState,
}

impl Rule for SettleContract {
    fn customer_id(&self) -> CustomerId {
        self.customer_id
    }
    fn reads(&self) -> Vec<RowKey> {
        vec![self.contract_id.into()]
    }
    fn apply(&self, set: &mut WorkingSet<'_>, context: &Context<'_>) -> Result<(), Rejection> {
        if self.state == ContractState::Running {
            return Err(Rejection::invalid("state"));
        }
        let contract = set.require_of::<Contract>(self.contract_id, self.customer_id)?.clone();
        if contract.state == self.state {
            return Ok(());
        }
        if !contract.is_running() {
            return Err(Rejection::AlreadySettled);
        }
        set.put(Contract {
            state: self.state,
            settled_at: Some(context.made_at),
            settled_by: Some(context.actor.employee_id),
            ..contract
        });
        Ok(())
    }
}
