//! One row, read.

use super::{Column, Fault};
use crate::customer::{CustomerType, Place};
use crate::money::Fen;
use crate::month::Month;
use crate::tier::Measures;
use crate::time::Date;
use serde::{Deserialize, Serialize};

/// What a row says of a customer. None: the row says nothing of it, what is held stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerDraft {
    pub customer_no: String,
    pub name: String,
    /// 工号 of the manager whose book the customer is in.
    pub manager_no: String,
    pub customer_type: Option<CustomerType>,
    /// Whole; it stays on the server.
    pub identity_no: Option<String>,
    /// Its digits.
    pub phone: Option<String>,
    pub address: Option<String>,
    pub industry: Option<String>,
    pub deposit: Option<Fen>,
    pub wealth: Option<Fen>,
    pub insurance: Option<Fen>,
    pub fund: Option<Fen>,
    pub loan: Option<Fen>,
    pub birthday: Option<Date>,
    pub opened_on: Option<Date>,
    pub last_visited_on: Option<Date>,
    pub place: Option<Place>,
    pub remark: Option<String>,
}

impl CustomerDraft {
    /// What the row says in money.
    pub fn amounts(&self) -> Measures {
        let said = |column: Column| Some((column.measure()?, self.amount(column)?.0));
        Column::MONEY.into_iter().filter_map(said).collect()
    }

    pub fn amount(&self, column: Column) -> Option<Fen> {
        match column {
            Column::Deposit => self.deposit,
            Column::Wealth => self.wealth,
            Column::Insurance => self.insurance,
            Column::Fund => self.fund,
            Column::Loan => self.loan,
            _ => None,
        }
    }
}

/// What a row says of a customer's month. A measure that is not in it is not told: what is held stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiguresDraft {
    pub customer_no: String,
    /// As the list has it, to see that the row means this customer.
    pub name: Option<String>,
    pub month: Month,
    pub values: Measures,
}

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowOutcome<Draft = CustomerDraft> {
    Accepted(Box<Draft>),
    /// At least one fault; the row is counted under the first.
    Refused(Vec<Fault>),
}

impl<Draft> RowOutcome<Draft> {
    pub fn accepted(&self) -> Option<&Draft> {
        match self {
            Self::Accepted(draft) => Some(draft),
            Self::Refused(_) => None,
        }
    }

    pub fn faults(&self) -> &[Fault] {
        match self {
            Self::Accepted(_) => &[],
            Self::Refused(faults) => faults,
        }
    }
}
