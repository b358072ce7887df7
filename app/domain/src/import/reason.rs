//! Why a row is refused, in words that tell a person what to do.

use super::{Column, limits};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The same thing said in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    pub zh: Cow<'static, str>,
    pub en: Cow<'static, str>,
}

impl Words {
    pub const fn fixed(zh: &'static str, en: &'static str) -> Self {
        Self { zh: Cow::Borrowed(zh), en: Cow::Borrowed(en) }
    }
    pub fn said(zh: String, en: String) -> Self {
        Self { zh: Cow::Owned(zh), en: Cow::Owned(en) }
    }
}

/// What is wrong with a row. The serde names are part of the interface to other systems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    NameMissing,
    ManagerMissing,
    ManagerUnknown,
    CustomerNoMissing,
    /// A customer or employee number with characters no such number has.
    CodeInvalid,
    TypeUnknown,
    IdInvalid,
    IdChecksum,
    PhoneInvalid,
    DateInvalid,
    AmountInvalid,
    AmountNegative,
    AmountTooFine,
    AmountTooLarge,
    CoordinateInvalid,
    TextTooLong,
    TextUnreadable,
    FormulaInCell,
    FormulaError,
    MarkupInCell,
    CellsBeyondHeader,
    DuplicateCustomerNo,
    DuplicateId,
    /// Another customer of the organisation has this identity number.
    IdInUse,
    /// The customer is held outside the books of whoever imports.
    HeldElsewhere,
    /// No customer in the books of whoever imports has this number; whether others do is not told.
    CustomerUnknown,
    /// The number's customer has another name: most likely the wrong row.
    NameDiffers,
    MonthMissing,
    MonthInvalid,
    MonthFuture,
    MonthTooOld,
    DuplicateMonth,
    /// No whole number of pieces.
    CountInvalid,
    /// No whole number from 0 to 100.
    PointsInvalid,
}

impl Reason {
    /// A few words to group rows by.
    pub fn label(self) -> Words {
        match self {
            Self::NameMissing => Words::fixed("没有名称", "No name"),
            Self::ManagerMissing => Words::fixed("没有工号", "No employee number"),
            Self::ManagerUnknown => Words::fixed("工号不存在", "Unknown employee number"),
            Self::CustomerNoMissing => Words::fixed("没有客户编号", "No customer number"),
            Self::CodeInvalid => Words::fixed("编号写法不对", "Malformed number"),
            Self::TypeUnknown => Words::fixed("客户类型不认识", "Unknown customer type"),
            Self::IdInvalid => Words::fixed("证件号不对", "Malformed identity number"),
            Self::IdChecksum => Words::fixed("校验位不对", "Check digit does not match"),
            Self::PhoneInvalid => Words::fixed("手机号不对", "Malformed phone number"),
            Self::DateInvalid => Words::fixed("日期不存在", "No such date"),
            Self::IdInUse => Words::fixed("证件号已有人用", "Identity number in use"),
            Self::HeldElsewhere => Words::fixed("别的机构的客户", "Held by another unit"),
            Self::AmountInvalid => Words::fixed("金额看不懂", "Unreadable amount"),
            Self::AmountNegative => Words::fixed("金额是负数", "Negative amount"),
            Self::AmountTooFine => Words::fixed("金额不到一分", "Parts of a fen"),
            Self::AmountTooLarge => Words::fixed("金额太大", "Amount too large"),
            Self::CoordinateInvalid => Words::fixed("经纬度不对", "Malformed coordinates"),
            Self::TextTooLong => Words::fixed("文字太长", "Text too long"),
            Self::TextUnreadable => Words::fixed("有乱码", "Unreadable characters"),
            Self::FormulaInCell => Words::fixed("格里是公式", "Formula in a cell"),
            Self::FormulaError => Words::fixed("公式出错", "Formula error"),
            Self::MarkupInCell => Words::fixed("有网页代码", "Web code in a cell"),
            Self::CellsBeyondHeader => Words::fixed("多出一格", "More cells than columns"),
            Self::DuplicateCustomerNo => Words::fixed("客户编号重复", "Customer number twice"),
            Self::DuplicateId => Words::fixed("证件号重复", "Identity number twice"),
            Self::CustomerUnknown => Words::fixed("没有这个客户", "Unknown customer"),
            Self::NameDiffers => Words::fixed("名称对不上", "Name does not match"),
            Self::MonthMissing => Words::fixed("没有月份", "No month"),
            Self::MonthInvalid => Words::fixed("月份看不懂", "Unreadable month"),
            Self::MonthFuture => Words::fixed("月份还没到", "Month in the future"),
            Self::MonthTooOld => Words::fixed("月份太早", "Month too long ago"),
            Self::DuplicateMonth => Words::fixed("同一客户同一月重复", "Same customer and month twice"),
            Self::CountInvalid => Words::fixed("个数不对", "Malformed count"),
            Self::PointsInvalid => Words::fixed("分数不对", "Malformed points"),
        }
    }
}

/// One thing wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// None when the row as a whole is wrong.
    pub column: Option<Column>,
    pub reason: Reason,
    /// What the file says there, cut to [`limits::RAW_CHARS_MAX`]. Identity and phone numbers in it are whole: mask
    /// before showing.
    pub raw: String,
    /// For a duplicate, the row that stands.
    pub other_line: Option<u32>,
}

impl Fault {
    pub fn new(column: Option<Column>, reason: Reason, raw: &str) -> Self {
        let raw = raw.chars().take(limits::RAW_CHARS_MAX).collect();
        Self { column, reason, raw, other_line: None }
    }

    pub fn duplicate(column: Column, reason: Reason, raw: &str, other_line: u32) -> Self {
        Self { other_line: Some(other_line), ..Self::new(Some(column), reason, raw) }
    }

    /// What happened and what to do. Repeats nothing of the cell, so that it can be shown and logged.
    pub fn advice(&self) -> Words {
        let (zh, en) = self.column.map_or(("这一格", "This cell"), |column| (column.zh(), column.en()));
        let other = self.other_line.unwrap_or_default();
        match self.reason {
            Reason::NameMissing => Words::fixed(
                "没有客户名称，补上再导",
                "The customer has no name: fill it in and import again",
            ),
            Reason::ManagerMissing => {
                Words::fixed("没有写工号，填管户经理的工号", "No employee number: fill in the manager's")
            }
            Reason::ManagerUnknown => Words::fixed(
                "没有这个工号，改成管户经理的工号",
                "Nobody has this employee number: put the manager's",
            ),
            Reason::CustomerNoMissing => Words::fixed(
                "没有客户编号，补上再导",
                "The customer has no number: fill it in and import again",
            ),
            Reason::CodeInvalid => Words::said(
                format!("{zh}里有不该有的字符，只写字母和数字"),
                format!("{en} holds characters it cannot have: write letters and digits only"),
            ),
            Reason::TypeUnknown => Words::fixed(
                "客户类型不认识，写成个人、个体工商户或企业",
                "Unknown customer type: write 个人 (person), 个体工商户 (sole trader) or 企业 (company)",
            ),
            Reason::IdInvalid => Words::fixed(
                "证件号不是18位的身份证号或统一社会信用代码，对照证件改正",
                "Neither an 18-character identity number nor a unified social credit code: correct it from the document",
            ),
            Reason::IdChecksum => Words::fixed(
                "证件号校验位不对，有一位写错了，对照证件改正；Excel里要把这一列设成文本",
                "The check digit does not match, so a digit is wrong: correct it from the document, and keep the column as text in Excel",
            ),
            Reason::PhoneInvalid => Words::fixed(
                "手机号不是11位，座机要带区号，一格只写一个号码",
                "Not an 11-digit mobile number; a landline needs its area code; one number to a cell",
            ),
            Reason::DateInvalid => Words::said(
                format!("{zh}不存在这一天或看不懂，写成 2019-02-28 这样"),
                format!("{en} is no date that exists: write it like 2019-02-28"),
            ),
            Reason::AmountInvalid => {
                Words::said(format!("{zh}要写成数字，如 30000"), format!("{en} must be a figure, like 30000"))
            }
            Reason::AmountNegative => Words::said(
                format!("{zh}是负数，存款和贷款都写成正数"),
                format!("{en} is negative: write what is held or owed as a positive figure"),
            ),
            Reason::AmountTooFine => Words::said(
                format!("{zh}比一分还细，四舍五入到分"),
                format!("{en} is finer than a fen: round it to two decimals of a yuan"),
            ),
            Reason::AmountTooLarge => Words::said(
                format!("{zh}超过1000亿元，看看单位是不是对错了"),
                format!("{en} is above 100 billion yuan: check the column's unit"),
            ),
            Reason::CoordinateInvalid => Words::fixed(
                "经度要在-180到180、纬度在-90到90之间，两个都写成度，或都留空",
                "Longitude lies within ±180 and latitude within ±90, both in degrees, or leave both empty",
            ),
            Reason::TextTooLong => {
                Words::said(format!("{zh}太长，缩短再导"), format!("{en} is too long: shorten it"))
            }
            Reason::TextUnreadable => Words::said(
                format!("{zh}里有看不见的字符或乱码，重新输入这一格"),
                format!("{en} holds invisible or broken characters: type the cell anew"),
            ),
            Reason::FormulaInCell => Words::said(
                format!("{zh}里是公式，换成算好的值"),
                format!("{en} is a formula: put the value it gives"),
            ),
            Reason::FormulaError => Words::said(
                format!("{zh}里的公式出错了，改正或清空这一格"),
                format!("The formula in {en} failed: correct or clear the cell"),
            ),
            Reason::MarkupInCell => Words::said(
                format!("{zh}里有网页代码，只留文字"),
                format!("{en} holds web code: keep only the text"),
            ),
            Reason::CellsBeyondHeader => Words::fixed(
                "这一行比表头多一格，多半是逗号没有加引号，各列可能错位",
                "The row has more cells than the header; most often a comma without quotes, so columns may have shifted",
            ),
            Reason::DuplicateCustomerNo => Words::said(
                format!("客户编号和第{other}行相同，留哪一行要人定"),
                format!("Same customer number as row {other}: decide which one stays"),
            ),
            Reason::IdInUse => Words::fixed(
                "系统里另一位客户已是这个证件号，核对是不是同一个人",
                "Another customer already has this identity number: check whether they are the same person",
            ),
            Reason::HeldElsewhere => Words::fixed(
                "这个客户编号在别的机构管户，本支行不能导入；要转过来请主管移交",
                "This customer is held by another unit and cannot be imported here; ask the leads to hand it over",
            ),
            Reason::CustomerUnknown => Words::fixed(
                "名下没有这个客户编号，核对编号；新客户先用客户名单导入",
                "No customer here has this number: check it; new customers come in by a customer list first",
            ),
            Reason::NameDiffers => Words::fixed(
                "客户编号和名称对不上，多半错了行，核对后改正；名称这一列也可以不用",
                "The number belongs to another name, most likely a shifted row: correct it, or leave the name column unused",
            ),
            Reason::MonthMissing => {
                Words::fixed("没有写月份，填上，如 2026-10", "No month: fill it in, like 2026-10")
            }
            Reason::MonthInvalid => Words::fixed(
                "月份看不懂，写成 2026-10 这样",
                "The month cannot be read: write it like 2026-10",
            ),
            Reason::MonthFuture => {
                Words::fixed("这个月还没到，核对月份", "This month has not begun: check it")
            }
            Reason::MonthTooOld => Words::said(
                format!("只收最近{}个月的数据，核对月份", limits::MONTHS_BACK_MAX),
                format!("Only the last {} months are taken: check the month", limits::MONTHS_BACK_MAX),
            ),
            Reason::DuplicateMonth => Words::said(
                format!("客户编号和月份都和第{other}行相同，留哪一行要人定"),
                format!("Same customer number and month as row {other}: decide which one stays"),
            ),
            Reason::CountInvalid => Words::said(
                format!("{zh}要写成不超过{}的整数，如 3", limits::COUNT_MAX),
                format!("{en} must be a whole number up to {}, like 3", limits::COUNT_MAX),
            ),
            Reason::PointsInvalid => Words::said(
                format!("{zh}要写成0到100的整数分数"),
                format!("{en} must be whole points from 0 to 100"),
            ),
            Reason::DuplicateId => Words::said(
                format!("证件号和第{other}行相同，留哪一行要人定"),
                format!("Same identity number as row {other}: decide which one stays"),
            ),
        }
    }
}
