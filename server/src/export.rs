//! 导出: customers as a list. Numbers are masked as on the screen; the first row and every row's last cell say who took it and
//! when, so that a list that turns up elsewhere has a name, cut or pasted.

use crate::import::{Encoding, Language};
use crate::list_file::{self, Look, WriteError};
use domain::actor::Actor;
use domain::api::ExportForm;
use domain::customer::{Customer, CustomerType};
use domain::ids::BookId;
use domain::mask;
use domain::time::Timestamp;
use std::collections::HashMap;

/// 类型, address and mark want more room than the others.
const WIDTHS: [(usize, f64); 5] = [(1, 24.0), (3, 16.0), (4, 16.0), (5, 36.0), (11, 24.0)];
const HEADS: [(&str, &str); 12] = [
    ("客户编号", "Customer no."),
    ("名称", "Name"),
    ("类型", "Type"),
    ("证件号码", "Identity no."),
    ("手机号", "Phone"),
    ("联系地址", "Address"),
    ("行业", "Industry"),
    ("生日", "Birthday"),
    ("开户日", "Customer since"),
    ("最近走访", "Last visited"),
    ("管户人", "Manager"),
    ("导出标记", "Export mark"),
];

/// A list, by whom, when, in whose words.
pub struct Export<'a> {
    pub customers: &'a [Customer],
    /// Who manages each book.
    pub holders: &'a HashMap<BookId, String>,
    pub by: &'a Actor,
    pub at: Timestamp,
    pub language: Language,
}

impl Export<'_> {
    /// Blocks.
    pub fn write(&self, form: ExportForm) -> Result<Vec<u8>, WriteError> {
        let rows = self.rows();
        match form {
            ExportForm::Xlsx => {
                let page_head = Some(self.title());
                list_file::workbook(rows, &Look { widths: WIDTHS.to_vec(), head_rows: 2, page_head })
            }
            ExportForm::Csv => list_file::delimited(rows, Encoding::Utf8, b','),
        }
    }

    fn rows(&self) -> impl Iterator<Item = Vec<String>> {
        let heads = HEADS.map(|(zh, en)| self.say(zh, en).to_owned()).to_vec();
        let mark = self.mark();
        let below = self.customers.iter().map(move |customer| self.row(customer, &mark));
        [vec![self.title()], heads].into_iter().chain(below)
    }

    fn row(&self, customer: &Customer, mark: &str) -> Vec<String> {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let day = |day: Option<domain::time::Date>| day.map(|day| day.to_string()).unwrap_or_default();
        vec![
            customer.customer_no.clone(),
            customer.name.clone(),
            self.customer_type(customer.customer_type).to_owned(),
            text(&customer.identity_masked),
            customer.phone.as_deref().map(mask::phone).unwrap_or_default(),
            text(&customer.address),
            text(&customer.industry),
            day(customer.birthday),
            day(customer.opened_on),
            day(customer.last_visited_on),
            self.holders.get(&customer.book_id).cloned().unwrap_or_default(),
            mark.to_owned(),
        ]
    }

    fn title(&self) -> String {
        let (name, no, moment, n) =
            (&self.by.name, &self.by.employee_no, self.moment(), self.customers.len());
        match self.language {
            Language::Zh => format!("{name}（{no}）{moment}导出，{n}位客户。内部资料，不得外传。"),
            Language::En => {
                format!("Exported by {name} ({no}), {moment}, {n} customers. Internal; do not pass on.")
            }
        }
    }

    fn mark(&self) -> String {
        format!("{} {}", self.by.employee_no, self.moment())
    }

    fn moment(&self) -> String {
        let minute = self.at.minute_of_day();
        format!("{} {:02}:{:02}", self.at.date(), minute / 60, minute % 60)
    }

    fn customer_type(&self, customer_type: CustomerType) -> &'static str {
        match customer_type {
            CustomerType::Person => self.say("个人", "Person"),
            CustomerType::SoleTrader => self.say("个体工商户", "Sole trader"),
            CustomerType::Company => self.say("企业", "Company"),
        }
    }

    fn say(&self, zh: &'static str, en: &'static str) -> &'static str {
        match self.language {
            Language::Zh => zh,
            Language::En => en,
        }
    }
}
