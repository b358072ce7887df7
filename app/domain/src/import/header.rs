//! Finding the header, and which column of the file is which field.

use super::column::plain;
use super::limits::{HEADER_COLUMNS_MIN, HEADER_SEARCH_ROWS};
use super::month::{month, month_in, without_month};
use super::text::{narrow, trimmed};
use super::{Column, ImportError, ListForm, Mapping, SourceColumn, SourceRow, Unit};
use crate::month::Month;
use std::collections::BTreeSet;

/// Where the header stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeaderAt {
    /// Among the rows given.
    pub index: usize,
    /// Stated above it (单位：万元), or 元.
    pub unit: Unit,
    /// Stated above it (统计月份：2026年10月).
    pub month: Option<Month>,
    /// The only month a title above it speaks of: a guess for the person to confirm.
    pub month_hint: Option<Month>,
}

/// The row that names the most columns among the first [`HEADER_SEARCH_ROWS`]; a title and notes may stand above it.
pub fn find_header(rows: &[SourceRow]) -> Result<HeaderAt, ImportError> {
    let mut best = (0, 0);
    for (index, row) in rows.iter().enumerate().take(HEADER_SEARCH_ROWS) {
        let columns = columns_named(row);
        if columns > best.1 {
            best = (index, columns);
        }
    }
    if best.1 < HEADER_COLUMNS_MIN {
        return Err(ImportError::HeaderNotFound);
    }
    let above = rows.iter().take(best.0);
    let unit = above.clone().flat_map(SourceRow::cells).find_map(stated_unit).unwrap_or_default();
    let stated: BTreeSet<Month> = above.clone().filter_map(stated_month).collect();
    let titles: Vec<&str> = above.flat_map(SourceRow::cells).collect();
    Ok(HeaderAt {
        index: best.0,
        unit,
        month: stated.first().copied().filter(|_| stated.len() == 1),
        month_hint: month_in(&titles),
    })
}

/// How many columns a row names, were it the header; a measure of one month (2026年10月存款) is told as a column, so that
/// such a list is found and refused in words.
pub fn columns_named(row: &SourceRow) -> usize {
    let named: BTreeSet<Column> = row.cells().filter_map(|cell| read_header(cell).0).collect();
    named.len() + row.cells().filter(|cell| read_header(cell).0.is_none() && names_one_month(cell)).count()
}

/// Takes each header at its word; `unit` counts where a header names none. What must not be misread is left unused: money
/// in a unit that is not ours (美元), points that are something else (用电量(千瓦时)), and in a list of figures what is
/// not of its month (存款(上月)).
pub fn recognise(header: &[String], unit: Unit, form: ListForm) -> Mapping {
    let columns = header
        .iter()
        .map(|header| {
            let (column, named) = read_header(header);
            let column = column.filter(|column| Column::of(form).contains(column));
            let (column, unit) = match named {
                NamedUnit::Ours(own) => (column, own),
                NamedUnit::None => (column, unit),
                NamedUnit::Foreign => (column.filter(|column| !column.is_money()), unit),
            };
            let is_misread = |column: &Column| {
                form == ListForm::Figures && column.measure().is_some() && is_of_another_kind(header, *column)
            };
            SourceColumn { header: header.clone(), column: column.filter(|column| !is_misread(column)), unit }
        })
        .collect();
    Mapping { form, month: None, columns }
}

/// Words in brackets that say points, or only how to fill the column in.
const OF_WHOLES: [&str; 8] = ["分", "point", "100", "个", "项", "必填", "选填", "required"];
/// Words in brackets that say another time than the row's month.
const OF_ANOTHER_TIME: [&str; 7] = ["上月", "上年", "去年", "同期", "年初", "上季", "last"];

fn is_of_another_kind(header: &str, column: Column) -> bool {
    let (_, bracketed) = split_brackets(&narrow(header));
    bracketed.iter().map(|inside| inside.to_lowercase()).any(|inside| {
        let says = |words: &[&str]| words.iter().any(|word| inside.contains(word));
        says(&OF_ANOTHER_TIME) || (column.is_whole() && !says(&OF_WHOLES))
    })
}

/// A measure of one month in its header: `2026年10月存款`, `存款(202610)`, `10月存款`. Such a list has a column a month,
/// where we read rows.
pub(super) fn names_one_month(header: &str) -> bool {
    let rest = without_month(&narrow(header));
    rest.and_then(|rest| read_header(&rest).0).is_some_and(|column| column.measure().is_some())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NamedUnit {
    None,
    Ours(Unit),
    Foreign,
}

/// A header's column and unit: `存款月日均(万元)`, `存款月日均_万元`, `手机号（必填）`.
pub(super) fn read_header(header: &str) -> (Option<Column>, NamedUnit) {
    let narrowed = narrow(header);
    let (name, bracketed) = split_brackets(&narrowed);
    let named = bracketed.iter().map(|inside| unit_named(inside)).find(|unit| *unit != NamedUnit::None);
    if let Some(column) = Column::named(&name) {
        return (Some(column), named.unwrap_or(NamedUnit::None));
    }
    let name = plain(&name);
    let behind = UNITS.iter().find_map(|(word, unit)| {
        let column = Column::named(name.strip_suffix(word)?).filter(|column| column.is_money())?;
        Some((Some(column), NamedUnit::Ours(*unit)))
    });
    behind.unwrap_or((None, NamedUnit::None))
}

/// Words of units in [`plain`] form, longer ones first.
const UNITS: [(&str, Unit); 14] = [
    ("人民币元", Unit::Yuan),
    ("人民币", Unit::Yuan),
    ("百万元", Unit::Baiwan),
    ("亿元", Unit::Yi),
    ("万元", Unit::Wan),
    ("千元", Unit::Qian),
    ("百万", Unit::Baiwan),
    ("yuan", Unit::Yuan),
    ("rmb", Unit::Yuan),
    ("cny", Unit::Yuan),
    ("亿", Unit::Yi),
    ("万", Unit::Wan),
    ("千", Unit::Qian),
    ("元", Unit::Yuan),
];
/// Parts of units that are not ours; a figure in them must not be taken for 元.
const FOREIGN: [&str; 9] = ["元", "万", "亿", "usd", "hkd", "eur", "jpy", "gbp", "分"];

fn unit_named(inside: &str) -> NamedUnit {
    if inside.trim() == "¥" {
        return NamedUnit::Ours(Unit::Yuan);
    }
    let inside = plain(inside);
    let word = inside.strip_prefix("单位").or_else(|| inside.strip_prefix("unit")).unwrap_or(&inside);
    let word = word.strip_prefix("人民币").filter(|rest| !rest.is_empty()).unwrap_or(word);
    match UNITS.iter().find(|(name, _)| *name == word) {
        Some((_, unit)) => NamedUnit::Ours(*unit),
        None if FOREIGN.iter().any(|part| word.contains(part)) || inside.len() > word.len() => {
            NamedUnit::Foreign
        }
        None => NamedUnit::None,
    }
}

/// A unit stated for the whole list, in a cell above the header: `单位：万元`, `清单(单位:元)`.
fn stated_unit(cell: &str) -> Option<Unit> {
    let cell = narrow(cell);
    let (_, behind) = cell.split_once("单位")?;
    let word = behind.trim_start_matches([':', ' ']);
    let word = word.strip_prefix("人民币").unwrap_or(word);
    UNITS.iter().find(|(name, _)| word.starts_with(name)).map(|(_, unit)| *unit)
}

/// A month stated for the whole list, above the header: `统计月份：2026年10月` in one cell or in two.
fn stated_month(row: &SourceRow) -> Option<Month> {
    let cells: Vec<_> = row.cells().filter(|cell| !trimmed(cell).is_empty()).map(narrow).collect();
    let is_label = |text: &str| Column::named(text) == Some(Column::Month);
    let inside = cells.iter().find_map(|cell| {
        std::iter::once(cell.as_ref()).chain(cell.split([';', ',', ' '])).find_map(|part| {
            let (label, value) = part.split_once(':')?;
            is_label(label).then(|| month(value).ok())?
        })
    });
    let beside = || {
        let mut cells = cells.iter().skip_while(|cell| !is_label(cell));
        cells.next().and_then(|_| month(cells.next()?).ok())
    };
    inside.or_else(beside)
}

/// The text outside brackets, and each text inside.
fn split_brackets(text: &str) -> (String, Vec<String>) {
    let (mut outside, mut inside) = (String::new(), Vec::new());
    let mut open: Option<String> = None;
    for c in text.chars() {
        match (c, &mut open) {
            ('(' | '[' | '【' | '〔', None) => open = Some(String::new()),
            (')' | ']' | '】' | '〕', Some(part)) => {
                inside.push(std::mem::take(part));
                open = None;
            }
            (c, Some(part)) => part.push(c),
            (c, None) => outside.push(c),
        }
    }
    inside.extend(open);
    (outside, inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn a_header_is_read_with_its_unit() {
        use NamedUnit::{Foreign, None as Unnamed, Ours};
        for (text, column, unit) in [
            ("存款月日均(元)", Some(Column::Deposit), Ours(Unit::Yuan)),
            ("存款月日均（万元）", Some(Column::Deposit), Ours(Unit::Wan)),
            ("存款月日均_万元", Some(Column::Deposit), Ours(Unit::Wan)),
            ("存款余额/亿元", Some(Column::Deposit), Ours(Unit::Yi)),
            ("基金【单位：人民币元】", Some(Column::Fund), Ours(Unit::Yuan)),
            ("Loan balance (RMB)", Some(Column::Loan), Ours(Unit::Yuan)),
            ("理财(千元)", Some(Column::Wealth), Ours(Unit::Qian)),
            ("理财(美元)", Some(Column::Wealth), Foreign),
            ("Deposits (USD)", Some(Column::Deposit), Foreign),
            ("理财(上月)", Some(Column::Wealth), Unnamed),
            ("手 机 号*（必填）", Some(Column::Phone), Unnamed),
            ("Ｎａｍｅ", Some(Column::Name), Unnamed),
            ("customer_no.", Some(Column::CustomerNo), Unnamed),
            ("出生日期\n(yyyy-mm-dd)", Some(Column::Birthday), Unnamed),
            ("手机元", None, Unnamed),
            ("原因", None, Unnamed),
        ] {
            assert_eq!(read_header(text), (column, unit), "{text}");
        }
    }

    #[test]
    fn the_header_is_found_below_a_title_and_its_unit_counts() {
        let rows = [
            SourceRow::from_cells(1, ["滨海支行管户客户清单（内部资料）"]),
            SourceRow::from_cells(2, ["制表：客户部", "", "单位：万元"]),
            SourceRow::from_cells(3, ["客户编号", "姓名", "工号", "存款", "理财(元)"]),
            SourceRow::from_cells(4, ["C1", "甲", "1001", "1", "2"]),
        ];
        let at = find_header(&rows).expect("a header");
        assert_eq!(at, HeaderAt { index: 2, unit: Unit::Wan, month: None, month_hint: None });
        let names: Vec<String> = rows[2].cells().map(str::to_owned).collect();
        let mapping = recognise(&names, at.unit, ListForm::Customers);
        assert_eq!(mapping.columns[3].unit, Unit::Wan);
        assert_eq!(mapping.columns[4].unit, Unit::Yuan);
        assert_eq!(mapping.check(), Ok(()));
    }

    #[test]
    fn a_list_without_a_header_is_told_so() {
        let row = SourceRow::from_cells(1, ["C1", "甲", "1001"]);
        assert_eq!(find_header(std::slice::from_ref(&row)), Err(ImportError::HeaderNotFound));
        assert_eq!(find_header(&[]), Err(ImportError::HeaderNotFound));
        let mut late: Vec<SourceRow> = vec![row; HEADER_SEARCH_ROWS];
        late.push(SourceRow::from_cells(21, ["客户编号", "姓名", "工号"]));
        assert_eq!(find_header(&late), Err(ImportError::HeaderNotFound));
    }

    #[test]
    fn a_month_above_the_header_is_stated_or_only_hinted() {
        let october = Month::new(2026, 10);
        for (above, month, hint) in [
            (vec!["统计月份：2026年10月"], october, october),
            (vec!["账期", "", "202610"], october, october),
            (vec!["单位：万元 月份：2026-10"], october, october),
            (vec!["滨海支行2026年10月数据"], None, october),
            (vec!["统计月份：本月"], None, None),
            (vec!["2026年9月、2026年10月数据"], None, None),
        ] {
            let rows = [SourceRow::from_cells(1, &above), SourceRow::from_cells(2, ["客户编号", "存款"])];
            let at = find_header(&rows).expect("a header");
            assert_eq!((at.index, at.month, at.month_hint), (1, month, hint), "{above:?}");
        }
    }

    #[test]
    fn a_header_with_a_month_of_its_own_is_known_for_what_it_is() {
        for header in
            ["2026年10月存款", "存款(202610)", "10月存款(万元)", "2026-10 存款月日均", "2026年10月末贷款余额"]
        {
            assert!(names_one_month(header), "{header}");
        }
        for header in ["存款", "月消费", "近3个月日均存款", "2026年10月", "10月备注", "存款(万元)"]
        {
            assert!(!names_one_month(header), "{header}");
        }
    }

    #[test]
    fn a_list_of_figures_leaves_unused_what_it_would_misread() {
        for (text, column) in [
            ("用电量", Some(Column::Usage)),
            ("用电量(分)", Some(Column::Usage)),
            ("信用（0-100）", Some(Column::Credit)),
            ("用电量(千瓦时)", None),
            ("利润贡献率(%)", None),
            ("存款(上月)", None),
            ("存款(美元)", None),
            ("月消费(万元)", Some(Column::MonthlySpend)),
            ("手机", None),
        ] {
            let mapping = recognise(&header(&[text]), Unit::Yuan, ListForm::Figures);
            assert_eq!(mapping.columns[0].column, column, "{text}");
        }
    }
}
