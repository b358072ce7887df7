//! One row, read.

use super::{Column, Fault};
use crate::customer::{Customer, CustomerType, Place};
use crate::money::Fen;
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

    /// Fields this row would change in `held`. The book and the identity number, which a [`Customer`] does not carry
    /// as the list has them, are for the caller to compare.
    pub fn changes(&self, held: &Customer) -> Vec<Column> {
        fn differs<T: PartialEq>(says: Option<&T>, held: Option<&T>) -> bool {
            says.is_some() && says != held
        }
        let holdings = &held.holdings;
        let place_differs = differs(self.place.as_ref(), held.place.as_ref());
        let compared = [
            (Column::CustomerNo, self.customer_no != held.customer_no),
            (Column::Name, self.name != held.name),
            (Column::CustomerType, differs(self.customer_type.as_ref(), Some(&held.customer_type))),
            (Column::Phone, differs(self.phone.as_ref(), held.phone.as_ref())),
            (Column::Address, differs(self.address.as_ref(), held.address.as_ref())),
            (Column::Industry, differs(self.industry.as_ref(), held.industry.as_ref())),
            (Column::Deposit, differs(self.deposit.as_ref(), Some(&holdings.deposit))),
            (Column::Wealth, differs(self.wealth.as_ref(), Some(&holdings.wealth))),
            (Column::Insurance, differs(self.insurance.as_ref(), Some(&holdings.insurance))),
            (Column::Fund, differs(self.fund.as_ref(), Some(&holdings.fund))),
            (Column::Loan, differs(self.loan.as_ref(), Some(&holdings.loan))),
            (Column::Birthday, differs(self.birthday.as_ref(), held.birthday.as_ref())),
            (Column::OpenedOn, differs(self.opened_on.as_ref(), held.opened_on.as_ref())),
            (Column::LastVisitedOn, differs(self.last_visited_on.as_ref(), held.last_visited_on.as_ref())),
            (Column::Longitude, place_differs),
            (Column::Latitude, place_differs),
            (Column::Remark, differs(self.remark.as_ref(), held.remark.as_ref())),
        ];
        compared.into_iter().filter(|(_, is_changed)| *is_changed).map(|(column, _)| column).collect()
    }
}

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowOutcome {
    Accepted(Box<CustomerDraft>),
    /// At least one fault; the row is counted under the first.
    Refused(Vec<Fault>),
}

impl RowOutcome {
    pub fn accepted(&self) -> Option<&CustomerDraft> {
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
