//! 客户: a person, sole trader or company in one book (R020).

use crate::conflict::FieldStamp;
use crate::ids::{BookId, CustomerId};
use crate::limits;
use crate::lunar::LunarDay;
use crate::money::Fen;
use crate::rejection::Rejection;
use crate::time::Date;
use crate::validate;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CustomerType {
    /// 个人
    Person,
    /// 个体工商户
    SoleTrader,
    /// 企业
    Company,
}

impl CustomerType {
    pub const ALL: [Self; 3] = [Self::Person, Self::SoleTrader, Self::Company];
    pub fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::SoleTrader => "sole_trader",
            Self::Company => "company",
        }
    }
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// What the customer holds with us, by the last list the branch handed over. Managers read it, imports write it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holdings {
    /// 存款月日均
    pub deposit: Fen,
    /// 理财月日均
    pub wealth: Fen,
    /// 保险
    pub insurance: Fen,
    /// 基金
    pub fund: Fen,
    /// 个人贷款余额
    pub loan: Fen,
    pub as_of: Option<Date>,
}

impl Holdings {
    /// 月日均财富资产 = 存款+理财+保险+基金 (R041); loans are not assets.
    pub fn wealth_assets(&self) -> Fen {
        self.deposit.saturating_add(self.wealth).saturating_add(self.insurance).saturating_add(self.fund)
    }
}

/// Millionths of a degree, so that equality is exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    pub longitude_e6: i32,
    pub latitude_e6: i32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    pub id: CustomerId,
    pub book_id: BookId,
    pub customer_no: String,
    pub name: String,
    pub customer_type: CustomerType,
    /// Masked by the server (`9906****972X`); the number itself never reaches a tablet.
    pub identity_masked: Option<String>,
    /// Whole; shown masked ([`crate::mask::phone`]).
    pub phone: Option<String>,
    pub address: Option<String>,
    pub industry: Option<String>,
    pub birthday: Option<Date>,
    /// The day they keep by the lunar calendar, if they do.
    #[serde(default)]
    pub lunar_birthday: Option<LunarDay>,
    pub opened_on: Option<Date>,
    /// From the list the branch handed over; our own visits count besides.
    pub last_visited_on: Option<Date>,
    pub place: Option<Place>,
    pub remark: Option<String>,
    pub holdings: Holdings,
    pub stamps: Vec<FieldStamp>,
}

/// A field of a customer a person may edit. Each has one canonical text, so that merge, conflicts and their display
/// need no case per type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CustomerField {
    Name,
    CustomerType,
    Phone,
    Address,
    Industry,
    Birthday,
    Remark,
    LunarBirthday,
}

impl CustomerField {
    pub const ALL: [Self; 8] = [
        Self::Name,
        Self::CustomerType,
        Self::Phone,
        Self::Address,
        Self::Industry,
        Self::Birthday,
        Self::Remark,
        Self::LunarBirthday,
    ];
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::CustomerType => "customer_type",
            Self::Phone => "phone",
            Self::Address => "address",
            Self::Industry => "industry",
            Self::Birthday => "birthday",
            Self::Remark => "remark",
            Self::LunarBirthday => "lunar_birthday",
        }
    }
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.word() == word)
    }
}

impl Customer {
    /// The field's canonical text; None when it is empty.
    pub fn field(&self, field: CustomerField) -> Option<String> {
        match field {
            CustomerField::Name => Some(self.name.clone()),
            CustomerField::CustomerType => Some(self.customer_type.word().to_owned()),
            CustomerField::Phone => self.phone.clone(),
            CustomerField::Address => self.address.clone(),
            CustomerField::Industry => self.industry.clone(),
            CustomerField::Birthday => self.birthday.map(|date| date.to_string()),
            CustomerField::Remark => self.remark.clone(),
            CustomerField::LunarBirthday => self.lunar_birthday.map(|day| day.to_string()),
        }
    }

    /// Sets the field from its canonical text, or says what is wrong with it.
    pub fn set_field(&mut self, field: CustomerField, value: Option<&str>) -> Result<(), Rejection> {
        let word = field.word();
        match field {
            CustomerField::Name => {
                self.name = validate::required(word, value, limits::NAME_CHARS_MAX)?;
            }
            CustomerField::CustomerType => {
                self.customer_type =
                    value.and_then(CustomerType::from_word).ok_or_else(|| Rejection::invalid(word))?;
            }
            CustomerField::Phone => self.phone = validate::phone(word, value)?,
            CustomerField::Address => {
                self.address = validate::optional(word, value, limits::ADDRESS_CHARS_MAX)?;
            }
            CustomerField::Industry => {
                self.industry = validate::optional(word, value, limits::LABEL_CHARS_MAX)?;
            }
            CustomerField::Birthday => self.birthday = validate::date(word, value)?,
            CustomerField::Remark => {
                self.remark = validate::optional(word, value, limits::TEXT_CHARS_MAX)?;
            }
            CustomerField::LunarBirthday => {
                let day = value.filter(|value| !value.is_empty()).map(LunarDay::from_str).transpose();
                self.lunar_birthday = day.map_err(|_| Rejection::invalid(word))?;
            }
        }
        Ok(())
    }
}
