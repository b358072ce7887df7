//! What is held of customers and their months, and what rows make of it. The same for the preview and the run; each row
//! sees what those before it wrote.

use super::same_name::same_name;
use super::{Column, CustomerDraft, Fault, FiguresDraft, Reason};
use crate::customer::{Customer, Holdings};
use crate::figures::Figures;
use crate::ids::{CustomerId, FiguresId};
use crate::money::Fen;
use crate::month::Month;
use crate::tier::{Measure, Measures};
use crate::time::Date;
use std::collections::{BTreeSet, HashMap, HashSet};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FiguresVerdict {
    /// Nothing was held of this customer's month.
    New,
    Changed,
    Unchanged,
    Refused(Fault),
}

/// The day figures of a month are known from: its last, or today while it runs.
pub fn known_from(month: Month, today: Date) -> Date {
    month.last_day().min(today)
}

#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// By customer number.
    customers: HashMap<String, Customer>,
    figures: HashMap<(CustomerId, Month), Figures>,
    /// Months held before any row was judged.
    before: HashSet<(CustomerId, Month)>,
    touched_customers: BTreeSet<String>,
    touched_months: BTreeSet<(CustomerId, Month)>,
}

impl Ledger {
    /// `figures` must hold whatever there is of the months that rows will tell of, and of those the customers' holdings
    /// tell of.
    pub fn of(
        customers: impl IntoIterator<Item = Customer>,
        figures: impl IntoIterator<Item = Figures>,
    ) -> Self {
        let figures: HashMap<_, _> = figures
            .into_iter()
            .map(|figures| ((figures.customer_id, Month::of(figures.as_of)), figures))
            .collect();
        Self {
            customers: customers
                .into_iter()
                .map(|customer| (customer.customer_no.clone(), customer))
                .collect(),
            before: figures.keys().copied().collect(),
            figures,
            ..Self::default()
        }
    }

    /// Judges an accepted row of a list of figures and takes it over. Rows of one customer come in the order of their
    /// months, so that the file's order decides nothing.
    pub fn judge(
        &mut self,
        draft: &FiguresDraft,
        today: Date,
        new_id: impl FnMut() -> FiguresId,
    ) -> FiguresVerdict {
        let Some(customer) = self.customers.get(&draft.customer_no).cloned() else {
            let fault = Fault::new(Some(Column::CustomerNo), Reason::CustomerUnknown, &draft.customer_no);
            return FiguresVerdict::Refused(fault);
        };
        if let Some(said) = draft.name.as_deref().filter(|said| !same_name(said, &customer.name)) {
            return FiguresVerdict::Refused(Fault::new(Some(Column::Name), Reason::NameDiffers, said));
        }
        let as_of = known_from(draft.month, today);
        let verdict = self.tell(customer.id, &customer.holdings, &draft.values, as_of, new_id);
        if verdict != FiguresVerdict::Unchanged {
            let holdings = brought_up_to_date(customer.holdings, &draft.values, as_of);
            if holdings != customer.holdings {
                self.touched_customers.insert(draft.customer_no.clone());
                self.customers.insert(draft.customer_no.clone(), Customer { holdings, ..customer });
            }
        }
        verdict
    }

    /// The amounts of a customer list's row that was found new or changed, kept as figures of the month its holdings
    /// tell of. `before` is the customer as held, None for a new one.
    pub fn keep(
        &mut self,
        draft: &CustomerDraft,
        before: Option<&Customer>,
        after: &Customer,
        new_id: impl FnMut() -> FiguresId,
    ) {
        let held = before.map(|before| before.holdings).unwrap_or_default();
        if let Some(as_of) = after.holdings.as_of.filter(|_| after.holdings != held) {
            self.tell(after.id, &held, &draft.amounts(), as_of, new_id);
        }
    }

    fn tell(
        &mut self,
        customer: CustomerId,
        holdings: &Holdings,
        said: &Measures,
        as_of: Date,
        mut new_id: impl FnMut() -> FiguresId,
    ) -> FiguresVerdict {
        let key = (customer, Month::of(as_of));
        let is_said =
            |figures: &Figures| said.iter().all(|(what, value)| figures.values.get(what) == Some(value));
        if said.is_empty() {
            return FiguresVerdict::Unchanged;
        }
        // What a customer's own row told is new to the months, also when another row of the list has kept it already.
        let verdict = match self.figures.get(&key) {
            Some(held) if is_said(held) && self.before.contains(&key) => return FiguresVerdict::Unchanged,
            _ if self.before.contains(&key) => FiguresVerdict::Changed,
            _ => FiguresVerdict::New,
        };
        if let Some(told_on) = holdings.as_of {
            let own = (customer, Month::of(told_on));
            self.figures.entry(own).or_insert_with(|| {
                self.touched_months.insert(own);
                Figures {
                    id: new_id(),
                    customer_id: customer,
                    as_of: told_on,
                    values: Measures::of_holdings(holdings),
                }
            });
        }
        let figures = self.figures.entry(key).or_insert_with(|| Figures {
            id: new_id(),
            customer_id: customer,
            as_of,
            values: Measures::default(),
        });
        figures.as_of = figures.as_of.max(as_of);
        figures.values.learn(said);
        self.touched_months.insert(key);
        verdict
    }

    /// What the rows have changed of customers.
    pub fn changed_customers(&self) -> impl Iterator<Item = &Customer> {
        self.touched_customers.iter().filter_map(|number| self.customers.get(number))
    }

    /// Months of customers that nothing was held of before, one for each customer.
    pub fn begun(&self) -> impl Iterator<Item = Month> {
        self.touched_months.iter().filter(|key| !self.before.contains(key)).map(|(_, month)| *month)
    }

    /// What the rows have written of months.
    pub fn written(&self) -> impl Iterator<Item = &Figures> {
        self.touched_months.iter().filter_map(|key| self.figures.get(key))
    }
}

/// Figures of a day not before that of the holdings take their place, as far as they tell of them.
fn brought_up_to_date(mut holdings: Holdings, values: &Measures, as_of: Date) -> Holdings {
    let before = holdings;
    if before.as_of.is_some_and(|told_on| told_on > as_of) {
        return before;
    }
    for (measure, holds) in [
        (Measure::Deposit, &mut holdings.deposit),
        (Measure::Wealth, &mut holdings.wealth),
        (Measure::Insurance, &mut holdings.insurance),
        (Measure::Fund, &mut holdings.fund),
        (Measure::Loan, &mut holdings.loan),
    ] {
        if let Some(value) = values.get(measure) {
            *holds = Fen(value);
            holdings.as_of = Some(as_of);
        }
    }
    holdings
}
