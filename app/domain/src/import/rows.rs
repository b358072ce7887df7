//! Every row's outcome, in one pass.

use super::cells::{Cells, Sources};
use super::text::{code, line, lines};
use super::{
    Column, CustomerDraft, Fault, Mapping, Reason, RowOutcome, Sheet, SourceRow, customer_type, identity_no,
    name, phone,
};
use crate::limits;
use crate::money::Fen;
use serde::{Deserialize, Serialize};
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A list, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// By the row's number in the file.
    pub outcomes: Vec<(u32, RowOutcome)>,
    pub summary: Summary,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    pub rows: u32,
    pub accepted: u32,
    /// Each refused row once, under its first fault.
    pub refused: BTreeMap<Reason, u32>,
    /// Of the accepted rows.
    pub totals: Totals,
    /// Accepted rows by 工号.
    pub by_manager: BTreeMap<String, u32>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    pub deposit: Fen,
    pub wealth: Fen,
    pub insurance: Fen,
    pub fund: Fen,
    pub loan: Fen,
}

impl Summary {
    fn count(&mut self, outcome: &RowOutcome) {
        self.rows += 1;
        match outcome {
            RowOutcome::Accepted(draft) => {
                self.accepted += 1;
                let totals = &mut self.totals;
                for (total, amount) in [
                    (&mut totals.deposit, draft.deposit),
                    (&mut totals.wealth, draft.wealth),
                    (&mut totals.insurance, draft.insurance),
                    (&mut totals.fund, draft.fund),
                    (&mut totals.loan, draft.loan),
                ] {
                    *total = total.saturating_add(amount.unwrap_or_default());
                }
                *self.by_manager.entry(draft.manager_no.clone()).or_default() += 1;
            }
            RowOutcome::Refused(faults) => {
                if let Some(first) = faults.first() {
                    *self.refused.entry(first.reason).or_default() += 1;
                }
            }
        }
    }
}

/// Reads all rows. The mapping is taken as it is: [`Mapping::check`] comes first. Of rows with the same customer
/// number or identity number the first that is good stands; a refused row claims nothing.
pub fn read_rows(sheet: &Sheet, mapping: &Mapping, known_managers: &BTreeSet<String>) -> Reading {
    let reader = RowReader { sources: Sources::of(mapping), width: sheet.header.len(), known_managers };
    let mut claims = Claims::default();
    let mut reading = Reading { outcomes: Vec::with_capacity(sheet.rows.len()), ..Reading::default() };
    for row in sheet.rows.iter().filter(|row| !row.is_blank()) {
        let outcome = match reader.read(row) {
            Ok(draft) => match claims.claim(&draft, row.line) {
                Ok(()) => RowOutcome::Accepted(Box::new(draft)),
                Err(faults) => RowOutcome::Refused(faults),
            },
            Err(faults) => RowOutcome::Refused(faults),
        };
        reading.summary.count(&outcome);
        reading.outcomes.push((row.line, outcome));
    }
    reading
}

/// Customer and identity numbers accepted so far, with their rows.
#[derive(Default)]
struct Claims {
    customer_nos: HashMap<String, u32>,
    identity_nos: HashMap<String, u32>,
}

impl Claims {
    fn claim(&mut self, draft: &CustomerDraft, at_line: u32) -> Result<(), Vec<Fault>> {
        let customer_no = self.customer_nos.entry(draft.customer_no.clone());
        let identity_no = draft.identity_no.as_ref().map(|number| self.identity_nos.entry(number.clone()));
        let mut faults = Vec::new();
        if let Entry::Occupied(held) = &customer_no {
            faults.push((Column::CustomerNo, Reason::DuplicateCustomerNo, held.key().clone(), *held.get()));
        }
        if let Some(Entry::Occupied(held)) = &identity_no {
            faults.push((Column::IdentityNo, Reason::DuplicateId, held.key().clone(), *held.get()));
        }
        if !faults.is_empty() {
            let fault = |(column, reason, raw, other): (_, _, String, _)| {
                Fault::duplicate(column, reason, &raw, other)
            };
            return Err(faults.into_iter().map(fault).collect());
        }
        customer_no.or_insert(at_line);
        if let Some(entry) = identity_no {
            entry.or_insert(at_line);
        }
        Ok(())
    }
}

struct RowReader<'a> {
    sources: Sources,
    width: usize,
    known_managers: &'a BTreeSet<String>,
}

impl RowReader<'_> {
    fn read(&self, row: &SourceRow) -> Result<CustomerDraft, Vec<Fault>> {
        let mut cells = Cells::of(&self.sources, row, self.width);
        // The order of these lines is the order of faults, hence which one a refused row is counted under.
        let name = cells.required(Column::Name, Reason::NameMissing, name);
        let manager_no =
            cells.required(Column::ManagerNo, Reason::ManagerMissing, |text| self.manager_no(text));
        let customer_no = cells.required(Column::CustomerNo, Reason::CustomerNoMissing, |text| {
            code(text, limits::CUSTOMER_NO_CHARS_MAX)
        });
        let kind = cells.fact(Column::CustomerType, customer_type);
        let draft = CustomerDraft {
            name: name.unwrap_or_default(),
            manager_no: manager_no.unwrap_or_default(),
            customer_no: customer_no.unwrap_or_default(),
            customer_type: kind,
            identity_no: cells.fact(Column::IdentityNo, |text| identity_no(text, kind)),
            phone: cells.fact(Column::Phone, phone),
            birthday: cells.date(Column::Birthday),
            opened_on: cells.date(Column::OpenedOn),
            last_visited_on: cells.date(Column::LastVisitedOn),
            deposit: cells.amount(Column::Deposit),
            wealth: cells.amount(Column::Wealth),
            insurance: cells.amount(Column::Insurance),
            fund: cells.amount(Column::Fund),
            loan: cells.amount(Column::Loan),
            place: cells.place(),
            address: cells.text(Column::Address, |text| line(text, limits::ADDRESS_CHARS_MAX)),
            industry: cells.text(Column::Industry, |text| line(text, limits::LABEL_CHARS_MAX)),
            remark: cells.text(Column::Remark, |text| lines(text, limits::TEXT_CHARS_MAX)),
        };
        if cells.faults.is_empty() { Ok(draft) } else { Err(cells.faults) }
    }

    fn manager_no(&self, text: &str) -> Result<String, Reason> {
        let manager_no = code(text, limits::LABEL_CHARS_MAX).map_err(|_| Reason::ManagerUnknown)?;
        if self.known_managers.contains(&manager_no) { Ok(manager_no) } else { Err(Reason::ManagerUnknown) }
    }
}
