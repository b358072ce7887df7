//! The cells of a row by their fields, and what is wrong with them.

use super::text::{says_nothing, unguarded};
use super::{Column, Fault, Mapping, Reason, SourceRow, Unit, balance_fen, date, money_fen, place, text};
use crate::money::Fen;
use crate::time::Date;

/// Where each field is in the file.
pub struct Sources([Option<(usize, Unit)>; Column::ALL.len()]);

impl Sources {
    pub fn of(mapping: &Mapping) -> Self {
        Self(Column::ALL.map(|column| {
            let at = mapping.find(column)?;
            Some((at, mapping.columns.get(at)?.unit))
        }))
    }

    pub fn find(&self, column: Column) -> Option<(usize, Unit)> {
        self.0.get(column as usize).copied().flatten()
    }
}

/// The cells of one row, and what was found wrong with them so far.
pub struct Cells<'a> {
    sources: &'a Sources,
    row: &'a SourceRow,
    pub faults: Vec<Fault>,
}

impl<'a> Cells<'a> {
    /// Cells beyond the header's `width` are the row's first fault: the others may have shifted.
    pub fn of(sources: &'a Sources, row: &'a SourceRow, width: usize) -> Self {
        let mut cells = Self { sources, row, faults: Vec::new() };
        if let Some(beyond) = row.cells().skip(width).find(|cell| !text::trimmed(cell).is_empty()) {
            cells.faults.push(Fault::new(None, Reason::CellsBeyondHeader, beyond));
        }
        cells
    }

    fn raw(&self, column: Column) -> Option<(&'a str, Unit)> {
        let (at, unit) = self.sources.find(column)?;
        Some((unguarded(self.row.cell(at)), unit))
    }

    pub fn keep<T>(&mut self, column: Column, raw: &str, read: Result<T, Reason>) -> Option<T> {
        read.map_err(|reason| self.faults.push(Fault::new(Some(column), reason, raw))).ok()
    }

    pub fn required<T>(
        &mut self,
        column: Column,
        missing: Reason,
        read: impl Fn(&str) -> Result<T, Reason>,
    ) -> Option<T> {
        let raw = self.raw(column).map_or("", |(raw, _)| raw);
        let result = if text::trimmed(raw).is_empty() { Err(missing) } else { read(raw) };
        self.keep(column, raw, result)
    }

    /// Free text; only an empty cell says nothing.
    pub fn text(&mut self, column: Column, read: impl Fn(&str) -> Result<String, Reason>) -> Option<String> {
        let (raw, _) = self.raw(column).filter(|(raw, _)| !text::trimmed(raw).is_empty())?;
        self.keep(column, raw, read(raw))
    }

    /// A figure, date or code; a dash or 无 says nothing either.
    pub fn fact<T>(&mut self, column: Column, read: impl Fn(&str) -> Result<T, Reason>) -> Option<T> {
        self.measured(column, |raw, _| read(raw))
    }

    pub fn measured<T>(
        &mut self,
        column: Column,
        read: impl Fn(&str, Unit) -> Result<T, Reason>,
    ) -> Option<T> {
        let (raw, unit) = self.raw(column).filter(|(raw, _)| !says_nothing(raw))?;
        let result = if text::is_formula_error(raw) {
            Err(Reason::FormulaError)
        } else if raw.starts_with('=') {
            Err(Reason::FormulaInCell)
        } else {
            read(raw, unit)
        };
        self.keep(column, raw, result)
    }

    pub fn date(&mut self, column: Column) -> Option<Date> {
        self.fact(column, date)
    }

    pub fn amount(&mut self, column: Column) -> Option<Fen> {
        self.measured(column, money_fen)
    }

    /// As [`Self::amount`], overdrafts included.
    pub fn balance(&mut self, column: Column) -> Option<Fen> {
        self.measured(column, balance_fen)
    }

    /// Both coordinates or neither, where the file has both columns.
    pub fn place(&mut self) -> Option<crate::customer::Place> {
        let (longitude, _) = self.raw(Column::Longitude)?;
        let (latitude, _) = self.raw(Column::Latitude)?;
        if says_nothing(longitude) && says_nothing(latitude) {
            return None;
        }
        let raw = format!("{longitude}, {latitude}");
        self.keep(Column::Longitude, &raw, place(longitude, latitude))
    }
}
