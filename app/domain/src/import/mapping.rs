//! Which field each column of a file fills, and what must be settled before its rows can be read.

use super::header::names_one_month;
use super::{Column, ListForm, Unit, Words};
use crate::month::Month;
use serde::{Deserialize, Serialize};

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
    #[error("no column of figures")]
    MeasureMissing,
    #[error("no month is known for the figures")]
    MonthUnknown,
    #[error("a column of one month's figures: {header}")]
    MonthInHeader { header: String },
}

impl ImportError {
    pub fn words(&self) -> Words {
        match self {
            Self::HeaderNotFound => Words::fixed(
                "没有找到表头。前20行里要有一行写着客户编号、客户名称、管户经理工号这些列名；月度数据写客户编号、月份和存款月日均这些。文件没有导入，补上表头再选一次",
                "No header found. One of the first 20 rows must name the columns: customer number, name, manager; or customer number, month and figures. Nothing was imported; add the header and choose the file again",
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
            Self::MeasureMissing => Words::fixed(
                "没有一列是数据，至少选出一列是存款月日均、月消费这样的数据",
                "No column holds figures: choose at least one, such as deposits or monthly spend",
            ),
            Self::MonthUnknown => Words::fixed(
                "不知道是哪个月的数据，选出哪一列是月份，或在上面填月份",
                "The month of these figures is not known: choose the column that holds it, or set the month above",
            ),
            Self::MonthInHeader { header } => Words::said(
                format!(
                    "“{header}”把月份写在了列名里，这样的表不能导入。改成一行一个月：月份单独一列，数据列名只写存款月日均这样的名称"
                ),
                format!(
                    "“{header}” has a month in its name, and such a list cannot be read. Put one month to a row: the month in a column of its own, and only the figure's name in the header"
                ),
            ),
        }
    }
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
    pub form: ListForm,
    /// Of a list of figures without a column that says it.
    pub month: Option<Month>,
    pub columns: Vec<SourceColumn>,
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
            if first.is_none() && Column::required(self.form).contains(&column) {
                problems.push(ImportError::ColumnMissing { column });
            }
        }
        if self.form == ListForm::Figures {
            problems.extend(self.problems_of_figures());
        }
        problems
    }

    fn problems_of_figures(&self) -> Vec<ImportError> {
        let wide = self.columns.iter().find(|source| names_one_month(&source.header));
        if let Some(wide) = wide {
            return vec![ImportError::MonthInHeader { header: wide.header.clone() }];
        }
        let mut problems = Vec::new();
        if !self.columns.iter().any(|source| source.column.is_some_and(|column| column.measure().is_some())) {
            problems.push(ImportError::MeasureMissing);
        }
        if self.month.is_none() && self.find(Column::Month).is_none() {
            problems.push(ImportError::MonthUnknown);
        }
        problems
    }

    /// The first of [`Self::problems`].
    pub fn check(&self) -> Result<(), ImportError> {
        self.problems().into_iter().next().map_or(Ok(()), Err)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::recognise;

    fn header(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn a_list_of_figures_names_what_must_be_settled() {
        let october = Month::new(2026, 10);
        let no_column = |column| ImportError::ColumnMissing { column };
        let wide = || ImportError::MonthInHeader { header: "2026年10月存款".into() };
        for (cells, month, problems) in [
            (vec!["客户编号", "月份", "存款"], None, vec![]),
            (vec!["客户编号", "存款"], october, vec![]),
            (vec!["客户编号", "存款"], None, vec![ImportError::MonthUnknown]),
            (vec!["编码", "存款"], october, vec![no_column(Column::CustomerNo)]),
            (vec!["客户编号", "月份", "存款(美元)"], None, vec![ImportError::MeasureMissing]),
            (vec!["客户编号", "2026年10月存款"], october, vec![wide()]),
            (vec!["客户编号", "月份", "理财", "2026年10月存款"], None, vec![wide()]),
        ] {
            let mapping = Mapping { month, ..recognise(&header(&cells), Unit::Yuan, ListForm::Figures) };
            assert_eq!(mapping.problems(), problems, "{cells:?}");
        }
    }

    #[test]
    fn a_mapping_names_what_must_be_settled_and_can_be_corrected() {
        let mut mapping = recognise(
            &header(&["客户号", "手机号", "联系电话", "户主", "存款(美元)", "工号"]),
            Unit::Yuan,
            ListForm::Customers,
        );
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
