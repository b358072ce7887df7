//! Which customers the list shows, in what order, and where each row lies. No view in here.

use crate::browser::timing;
use crate::i18n::comma;
use domain::customer::{Customer, CustomerType};
use domain::ids::{BookId, CustomerId};
use domain::organisation::{Book, Colleague};
use replica::Replica;
use replica::search::Matched;
use std::collections::BTreeMap;
use std::ops::Range;

/// Height of a row, fixed so that ten thousand need no measuring. As `--row` in style/pages/customers.css.
pub const ROW_PX: i32 = 64;
/// Height of a letter's head. As `--letter` in style/pages/customers.css.
pub const LETTER_PX: i32 = 26;
/// What is drawn moves in steps of this, so that most scroll events change nothing.
pub const STEP_PX: i32 = 256;
/// Drawn beyond both edges of the screen.
const BEYOND_PX: i32 = 512;

/// What narrows the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub query: String,
    pub kind: Option<CustomerType>,
    pub industry: Option<String>,
    pub book: Option<BookId>,
}

impl Filter {
    fn lets_through(&self, customer: &Customer) -> bool {
        self.kind.is_none_or(|kind| customer.customer_type == kind)
            && self.book.is_none_or(|book| customer.book_id == book)
            && self.industry.as_ref().is_none_or(|industry| customer.industry.as_ref() == Some(industry))
    }

    fn is_narrowing(&self) -> bool {
        self.kind.is_some() || self.book.is_some() || self.industry.is_some()
    }
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Listed {
    pub id: CustomerId,
    /// The letter it stands under; none among the results of a search.
    pub letter: Option<char>,
    /// Where the query matched, in characters of the field.
    pub hit: Option<(Matched, Range<usize>)>,
}

pub fn list(replica: &Replica, filter: &Filter) -> Vec<Listed> {
    let passes = |id: CustomerId| {
        !filter.is_narrowing()
            || replica.get::<Customer>(id).is_some_and(|customer| filter.lets_through(customer))
    };
    if filter.query.trim().is_empty() {
        let in_order = replica.search().in_order().filter(|(id, _)| passes(*id));
        in_order.map(|(id, letter)| Listed { id, letter: Some(letter), hit: None }).collect()
    } else {
        let hits = timing::measured("rounds:search", || replica.search().find(&filter.query));
        let found = hits.into_iter().filter(|hit| passes(hit.customer));
        found
            .map(|hit| Listed { id: hit.customer, letter: None, hit: Some((hit.matched, hit.chars)) })
            .collect()
    }
}

/// What the filters offer, with how many customers each would leave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    pub all: usize,
    /// In the order of [`CustomerType::ALL`].
    pub kinds: [usize; 3],
    /// The largest first.
    pub industries: Vec<(String, usize)>,
    /// Books by their holder's name, where there are several.
    pub books: Vec<(BookId, String, usize)>,
}

pub fn offer(replica: &Replica, nobody: &str) -> Offer {
    let mut offer = Offer::default();
    let mut industries: BTreeMap<&str, usize> = BTreeMap::new();
    let mut books: BTreeMap<BookId, usize> = BTreeMap::new();
    for customer in replica.all::<Customer>() {
        offer.all += 1;
        for (kind, count) in CustomerType::ALL.into_iter().zip(&mut offer.kinds) {
            *count += usize::from(kind == customer.customer_type);
        }
        if let Some(industry) = &customer.industry {
            *industries.entry(industry).or_default() += 1;
        }
        *books.entry(customer.book_id).or_default() += 1;
    }
    offer.industries = industries.into_iter().map(|(name, count)| (name.to_owned(), count)).collect();
    offer.industries.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    if books.len() > 1 || replica.actor().books.len() > 1 {
        offer.books = books.into_iter().map(|(id, count)| (id, holder(replica, id, nobody), count)).collect();
        offer.books.sort_by(|a, b| a.1.cmp(&b.1));
    }
    offer
}

/// Who holds a book; the book's own name while nobody does.
pub fn holder(replica: &Replica, book: BookId, nobody: &str) -> String {
    let Some(book) = replica.get::<Book>(book) else { return nobody.to_owned() };
    let colleague = book.holder_id.and_then(|id| replica.get::<Colleague>(id));
    colleague.map_or_else(|| format!("{}{}{nobody}", book.name, comma()), |colleague| colleague.name.clone())
}

/// Rows under one letter, or all results of a search.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Section {
    pub letter: Option<char>,
    /// Index of its first row in the list.
    pub first: usize,
    pub count: usize,
    pub top_px: i32,
}

fn px(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX / ROW_PX).saturating_mul(ROW_PX)
}

fn rows_in(px: i32) -> usize {
    usize::try_from(px / ROW_PX).unwrap_or(0)
}

impl Section {
    pub fn head_px(&self) -> i32 {
        if self.letter.is_some() { LETTER_PX } else { 0 }
    }

    pub fn height_px(&self) -> i32 {
        self.head_px() + px(self.count)
    }

    /// Rows of the list that are near the screen, by index.
    pub fn drawn(&self, screen: &Range<i32>) -> Range<usize> {
        let rows_top_px = self.top_px + self.head_px();
        let from = rows_in((screen.start - rows_top_px).max(0)).min(self.count);
        let to = rows_in((screen.end - rows_top_px + ROW_PX).max(0)).min(self.count);
        self.first + from..self.first + to.max(from)
    }

    /// Where a row begins, from the section's own top.
    pub fn row_px(&self, index: usize) -> i32 {
        self.head_px() + px(index - self.first.min(index))
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    pub sections: Vec<Section>,
    pub height_px: i32,
}

impl Layout {
    pub fn of(rows: &[Listed]) -> Self {
        let mut layout = Self::default();
        for (index, row) in rows.iter().enumerate() {
            match layout.sections.last_mut() {
                Some(section) if section.letter == row.letter => section.count += 1,
                _ => {
                    let top_px = layout.sections.last().map_or(0, |last| last.top_px + last.height_px());
                    layout.sections.push(Section { letter: row.letter, first: index, count: 1, top_px });
                }
            }
        }
        layout.height_px = layout.sections.last().map_or(0, |last| last.top_px + last.height_px());
        layout
    }

    /// Rows without letters.
    pub fn flat(count: usize) -> Self {
        let section = Section { letter: None, first: 0, count, top_px: 0 };
        Self { height_px: section.height_px(), sections: vec![section] }
    }

    /// What lies near a screen that has been scrolled to step `step`.
    pub fn screen(step: i32, height_px: i32) -> Range<i32> {
        let top_px = step.saturating_mul(STEP_PX);
        top_px - BEYOND_PX..top_px.saturating_add(height_px) + STEP_PX + BEYOND_PX
    }

    pub fn drawn(&self, screen: &Range<i32>) -> Vec<Section> {
        let near = |section: &&Section| {
            section.top_px < screen.end && section.top_px + section.height_px() > screen.start
        };
        self.sections.iter().filter(near).cloned().collect()
    }

    /// Where to scroll so that a row is in sight below its letter; None when it is already.
    pub fn scroll_to(&self, index: usize, top_px: i32, height_px: i32) -> Option<i32> {
        let section = self
            .sections
            .iter()
            .find(|section| (section.first..section.first + section.count).contains(&index))?;
        let row_px = section.top_px + section.row_px(index);
        if row_px - section.head_px() < top_px {
            Some((row_px - section.head_px()).max(0))
        } else if row_px + ROW_PX > top_px + height_px {
            Some(row_px + ROW_PX - height_px)
        } else {
            None
        }
    }
}
