//! Every row's outcome of a list of figures, in one pass.

use super::cells::{Cells, Sources};
use super::text::code;
use super::whole::{count, points};
use super::{
    Column, Fault, FiguresDraft, ListForm, Mapping, Reason, RowOutcome, Sheet, SourceRow, limits, month, name,
};
use crate::limits::CUSTOMER_NO_CHARS_MAX;
use crate::month::Month;
use crate::tier::{Measures, Unit as MeasureUnit};
use crate::time::Date;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Reads all rows, by their number in the file. The mapping is taken as it is: [`Mapping::check`] comes first. Of rows
/// with the same customer number and month the first that is good stands; a refused row claims nothing.
pub fn read_figures(sheet: &Sheet, mapping: &Mapping, today: Date) -> Vec<(u32, RowOutcome<FiguresDraft>)> {
    let reader = Reader {
        sources: Sources::of(mapping),
        width: sheet.header.len(),
        month: mapping.month,
        this_month: Month::of(today),
    };
    let mut claimed: HashMap<(String, Month), u32> = HashMap::new();
    let rows = sheet.rows.iter().filter(|row| !row.is_blank()).map(|row| {
        let read = reader.read(row).and_then(|draft| {
            match claimed.entry((draft.customer_no.clone(), draft.month)) {
                Entry::Vacant(free) => {
                    free.insert(row.line);
                    Ok(draft)
                }
                Entry::Occupied(held) => {
                    let (column, reason) = (Column::CustomerNo, Reason::DuplicateMonth);
                    Err(vec![Fault::duplicate(column, reason, &draft.customer_no, *held.get())])
                }
            }
        });
        let outcome = match read {
            Ok(draft) => RowOutcome::Accepted(Box::new(draft)),
            Err(faults) => RowOutcome::Refused(faults),
        };
        (row.line, outcome)
    });
    rows.collect()
}

struct Reader {
    sources: Sources,
    width: usize,
    /// Stated for the whole list; a column says it instead.
    month: Option<Month>,
    this_month: Month,
}

impl Reader {
    fn read(&self, row: &SourceRow) -> Result<FiguresDraft, Vec<Fault>> {
        let mut cells = Cells::of(&self.sources, row, self.width);
        let customer_no = cells.required(Column::CustomerNo, Reason::CustomerNoMissing, |text| {
            code(text, CUSTOMER_NO_CHARS_MAX)
        });
        let said = cells.text(Column::Name, name);
        let month = self.month(&mut cells);
        let values = self.values(&mut cells);
        match (customer_no, month) {
            (Some(customer_no), Some(month)) if cells.faults.is_empty() => {
                Ok(FiguresDraft { customer_no, name: said, month, values })
            }
            _ => Err(cells.faults),
        }
    }

    fn month(&self, cells: &mut Cells<'_>) -> Option<Month> {
        let within = |month: Month| match month {
            month if month > self.this_month => Err(Reason::MonthFuture),
            month if month < self.this_month.minus(limits::MONTHS_BACK_MAX) => Err(Reason::MonthTooOld),
            month => Ok(month),
        };
        if self.sources.find(Column::Month).is_some() {
            return cells.required(Column::Month, Reason::MonthMissing, |text| month(text).and_then(within));
        }
        let stated = self.month.ok_or(Reason::MonthMissing).and_then(within);
        let raw = self.month.map(|month| month.to_string()).unwrap_or_default();
        cells.keep(Column::Month, &raw, stated)
    }

    fn values(&self, cells: &mut Cells<'_>) -> Measures {
        let mut values = Measures::default();
        for &column in Column::of(ListForm::Figures) {
            let Some(measure) = column.measure() else { continue };
            let value = match measure.unit() {
                MeasureUnit::Fen => cells.balance(column).map(|amount| amount.0),
                MeasureUnit::Count => cells.fact(column, count),
                MeasureUnit::Points => cells.fact(column, points),
            };
            values.set(measure, value);
        }
        values
    }
}
