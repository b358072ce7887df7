//! Finding the header, and which column of the file is which field.

use super::column::plain;
use super::limits::{HEADER_COLUMNS_MIN, HEADER_SEARCH_ROWS};
use super::text::narrow;
use super::{Column, SourceRow, Unit, Words};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What keeps a list from being read at all; the person can correct every one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    #[error("no row names the columns")]
    HeaderNotFound,
    #[error("two columns for one field: {first} and {second}")]
    TwoColumns { column: Column, first: String, second: String },
    #[error("no column for a required field")]
    ColumnMissing { column: Column },
    #[error("the file has no column {at}")]
    NoSuchColumn { at: usize },
}

impl ImportError {
    pub fn words(&self) -> Words {
        match self {
            Self::HeaderNotFound => Words::fixed(
                "没有找到表头。前20行里要有一行写着客户编号、客户名称、管户经理工号这些列名。文件没有导入，补上表头再选一次",
                "No header found. One of the first 20 rows must name the columns: customer number, name, manager. Nothing was imported; add the header and choose the file again",
            ),
            Self::TwoColumns { column, first, second } => Words::said(
                format!("“{first}”和“{second}”两列都对到了{}，把其中一列改成不用", column.zh()),
                format!("“{first}” and “{second}” both stand for {}: set one of them to unused", column.en()),
            ),
            Self::ColumnMissing { column } => Words::said(
                format!("没有一列对到{}，选出是哪一列", column.zh()),
                format!("No column stands for {}: choose which one does", column.en()),
            ),
            Self::NoSuchColumn { .. } => Words::fixed(
                "文件里没有这一列，重新选文件再对一次",
                "The file has no such column: choose the file again",
            ),
        }
    }
}

/// Where the header stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeaderAt {
    /// Among the rows given.
    pub index: usize,
    /// Stated above it (单位：万元), or 元.
    pub unit: Unit,
}

/// The row that names the most columns among the first [`HEADER_SEARCH_ROWS`]; a title and notes may stand above it.
pub fn find_header(rows: &[SourceRow]) -> Result<HeaderAt, ImportError> {
    let named =
        |row: &SourceRow| row.cells().filter_map(|cell| read_header(cell).0).collect::<BTreeSet<_>>().len();
    let mut best = (0, 0);
    for (index, row) in rows.iter().enumerate().take(HEADER_SEARCH_ROWS) {
        let columns = named(row);
        if columns > best.1 {
            best = (index, columns);
        }
    }
    if best.1 < HEADER_COLUMNS_MIN {
        return Err(ImportError::HeaderNotFound);
    }
    let above = rows.iter().take(best.0);
    let unit = above.flat_map(SourceRow::cells).find_map(stated_unit).unwrap_or_default();
    Ok(HeaderAt { index: best.0, unit })
}

/// One column of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceColumn {
    pub header: String,
    /// None: not used.
    pub column: Option<Column>,
    /// What its figures count, if they are money.
    pub unit: Unit,
}

/// Which field each column of the file fills.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    pub columns: Vec<SourceColumn>,
}

/// Takes each header at its word; `unit` counts where a header names none. A column of money in a unit that is not ours
/// (美元) is left unused: its figures must not be taken for 元.
pub fn recognise(header: &[String], unit: Unit) -> Mapping {
    let columns = header
        .iter()
        .map(|header| {
            let (column, named) = read_header(header);
            let (column, unit) = match named {
                NamedUnit::Ours(own) => (column, own),
                NamedUnit::None => (column, unit),
                NamedUnit::Foreign => (column.filter(|column| !column.is_money()), unit),
            };
            SourceColumn { header: header.clone(), column, unit }
        })
        .collect();
    Mapping { columns }
}

impl Mapping {
    pub fn set(&mut self, at: usize, column: Option<Column>) -> Result<(), ImportError> {
        self.columns.get_mut(at).ok_or(ImportError::NoSuchColumn { at })?.column = column;
        Ok(())
    }

    pub fn set_unit(&mut self, at: usize, unit: Unit) -> Result<(), ImportError> {
        self.columns.get_mut(at).ok_or(ImportError::NoSuchColumn { at })?.unit = unit;
        Ok(())
    }

    /// Where the field's column is, from 0.
    pub fn find(&self, column: Column) -> Option<usize> {
        self.columns.iter().position(|source| source.column == Some(column))
    }

    /// Everything that must be settled before rows can be read.
    pub fn problems(&self) -> Vec<ImportError> {
        let mut problems = Vec::new();
        for column in Column::ALL {
            let mut sources = self.columns.iter().filter(|source| source.column == Some(column));
            let first = sources.next();
            if let (Some(first), Some(second)) = (first, sources.next()) {
                let (first, second) = (first.header.clone(), second.header.clone());
                problems.push(ImportError::TwoColumns { column, first, second });
            }
            if first.is_none() && Column::REQUIRED.contains(&column) {
                problems.push(ImportError::ColumnMissing { column });
            }
        }
        problems
    }

    /// The first of [`Self::problems`].
    pub fn check(&self) -> Result<(), ImportError> {
        self.problems().into_iter().next().map_or(Ok(()), Err)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NamedUnit {
    None,
    Ours(Unit),
    Foreign,
}

/// A header's column and unit: `存款月日均(万元)`, `存款月日均_万元`, `手机号（必填）`.
fn read_header(header: &str) -> (Option<Column>, NamedUnit) {
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
        assert_eq!(at, HeaderAt { index: 2, unit: Unit::Wan });
        let names: Vec<String> = rows[2].cells().map(str::to_owned).collect();
        let mapping = recognise(&names, at.unit);
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
    fn a_mapping_names_what_must_be_settled_and_can_be_corrected() {
        let mut mapping =
            recognise(&header(&["客户号", "手机号", "联系电话", "户主", "存款(美元)", "工号"]), Unit::Yuan);
        let problems = mapping.problems();
        assert_eq!(
            problems,
            [
                ImportError::ColumnMissing { column: Column::Name },
                ImportError::TwoColumns {
                    column: Column::Phone,
                    first: "手机号".into(),
                    second: "联系电话".into()
                },
            ]
        );
        mapping.set(2, None).expect("a column");
        mapping.set(3, Some(Column::Name)).expect("a column");
        assert_eq!(mapping.find(Column::Deposit), None);
        mapping.set(4, Some(Column::Deposit)).expect("a column");
        mapping.set_unit(4, Unit::Wan).expect("a column");
        assert_eq!(mapping.check(), Ok(()));
        assert_eq!(mapping.find(Column::Name), Some(3));
        assert_eq!(mapping.set(6, None), Err(ImportError::NoSuchColumn { at: 6 }));
    }
}
