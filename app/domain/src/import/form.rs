//! The two forms of list (R020; measures by month): whose customers they are, or what they held in a month.

use super::Column;
use super::header::{names_one_month, read_header};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListForm {
    /// 客户名单: who the customers are and who holds them.
    #[default]
    Customers,
    /// 月度数据: figures of customers the book already has, each of one month.
    Figures,
}

impl ListForm {
    pub const ALL: [Self; 2] = [Self::Customers, Self::Figures];

    pub fn word(self) -> &'static str {
        match self {
            Self::Customers => "customers",
            Self::Figures => "figures",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.word() == word)
    }

    /// What a header makes of its list; the person may say otherwise. Figures need a measure, and no column that only a
    /// customer list has: a month beside them excuses those that merely describe (the manager, the kind of customer).
    pub fn of_header(header: &[String]) -> Self {
        let named: BTreeSet<Column> = header.iter().filter_map(|header| read_header(header).0).collect();
        let has_measure = named.iter().any(|column| column.measure().is_some())
            || header.iter().any(|header| names_one_month(header));
        let has_month = named.contains(&Column::Month);
        let fits = |column: &Column| match column {
            Column::Remark => true,
            Column::ManagerNo | Column::CustomerType | Column::Industry => has_month,
            column => Column::of(Self::Figures).contains(column),
        };
        if has_measure && named.iter().all(fits) { Self::Figures } else { Self::Customers }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_tells_which_form_its_list_has() {
        use ListForm::{Customers, Figures};
        for (header, form) in [
            ("客户编号|客户名称|管户经理工号", Customers),
            ("客户编号|客户名称|管户经理工号|存款月日均", Customers),
            ("客户编号|姓名|工号|手机|存款|数据日期", Customers),
            ("客户编号|姓名|负责人|手机|存款", Customers),
            ("客户编号|姓名", Customers),
            ("客户编号|账期", Customers),
            ("客户编号|账期|存款月日均", Figures),
            ("客户编号|姓名|工号|月份|存款(万元)|备注", Figures),
            ("客户编号|存款月日均", Figures),
            ("户号|用电量|信用|发展潜力", Figures),
            ("客户编号|2026年9月存款|2026年10月存款", Figures),
            ("", Customers),
        ] {
            let header: Vec<String> = header.split('|').map(str::to_owned).collect();
            assert_eq!(ListForm::of_header(&header), form, "{header:?}");
        }
        assert!(ListForm::ALL.into_iter().all(|form| ListForm::from_word(form.word()) == Some(form)));
    }
}
