//! How each manager's book stands, so that their figures differ, and what kinds of customers make it up.

use super::courses::PER_BOOK;
use super::rules::{DIAMOND, GOLD, MASS, PLATINUM};

/// How a book stands. What no number here claims are customers visited in their turn.
pub(super) struct Shape {
    /// Not visited for more than 90 days, and nobody plans to go.
    pub silent: usize,
    /// The last of the silent was never visited: a new customer.
    pub has_new: bool,
    /// Not visited for more than 90 days; a visit is planned.
    pub due: usize,
    /// The last visit's next step was not taken.
    pub stuck: usize,
    /// A promise is overdue.
    pub owing: usize,
    /// A plan passed and nobody went.
    pub has_missed: bool,
    pub has_skipped: bool,
    pub has_promise_today: bool,
    pub has_birthday_today: bool,
    /// One of the due is gold and was not visited in the whole of the last quarter.
    pub has_forgotten: bool,
    /// Among those visited in their turn.
    pub has_diamond: bool,
    /// Among those visited in their turn; the others are among the due and the owing.
    pub has_platinum: bool,
}

/// One a manager, so that their figures differ.
const SHAPES: [Shape; 6] = [
    Shape {
        silent: 2,
        has_new: false,
        due: 3,
        stuck: 2,
        owing: 1,
        has_missed: true,
        has_skipped: false,
        has_promise_today: true,
        has_birthday_today: false,
        has_forgotten: false,
        has_diamond: true,
        has_platinum: true,
    },
    Shape {
        silent: 3,
        has_new: false,
        due: 3,
        stuck: 1,
        owing: 2,
        has_missed: false,
        has_skipped: true,
        has_promise_today: false,
        has_birthday_today: true,
        has_forgotten: true,
        has_diamond: true,
        has_platinum: false,
    },
    Shape {
        silent: 3,
        has_new: true,
        due: 4,
        stuck: 2,
        owing: 1,
        has_missed: true,
        has_skipped: false,
        has_promise_today: true,
        has_birthday_today: false,
        has_forgotten: false,
        has_diamond: true,
        has_platinum: true,
    },
    Shape {
        silent: 2,
        has_new: false,
        due: 4,
        stuck: 1,
        owing: 2,
        has_missed: true,
        has_skipped: true,
        has_promise_today: true,
        has_birthday_today: false,
        has_forgotten: false,
        has_diamond: false,
        has_platinum: true,
    },
    Shape {
        silent: 2,
        has_new: false,
        due: 3,
        stuck: 3,
        owing: 1,
        has_missed: false,
        has_skipped: true,
        has_promise_today: false,
        has_birthday_today: false,
        has_forgotten: true,
        has_diamond: true,
        has_platinum: false,
    },
    Shape {
        silent: 3,
        has_new: true,
        due: 4,
        stuck: 1,
        owing: 1,
        has_missed: true,
        has_skipped: false,
        has_promise_today: true,
        has_birthday_today: false,
        has_forgotten: false,
        has_diamond: false,
        has_platinum: true,
    },
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Silent,
    Due,
    Stuck,
    Owing,
    Regular,
}

/// The tier a customer's money is for. What the scheme makes of it is computed like everyone else's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Size {
    Mass,
    Gold,
    Platinum,
    Diamond,
}

impl Size {
    pub fn tier(self) -> &'static str {
        match self {
            Self::Mass => MASS,
            Self::Gold => GOLD,
            Self::Platinum => PLATINUM,
            Self::Diamond => DIAMOND,
        }
    }
}

/// What the place of a customer in the book decides, whatever the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub kind: Kind,
    /// Among those of the kind.
    pub nth: usize,
    pub size: Size,
    /// Of its kind.
    pub is_first_of_size: bool,
    /// In the book.
    pub is_last: bool,
    pub is_new: bool,
}

/// Gold customers visited in their turn.
const REGULAR_GOLD: usize = 2;

pub(super) fn shape(nth: usize) -> &'static Shape {
    &SHAPES[nth % SHAPES.len()]
}

impl Shape {
    pub fn parts(&self) -> Vec<Part> {
        let named = self.silent + self.due + self.stuck + self.owing;
        let kinds = [
            (Kind::Silent, self.silent),
            (Kind::Due, self.due),
            (Kind::Stuck, self.stuck),
            (Kind::Owing, self.owing),
            (Kind::Regular, PER_BOOK - named),
        ];
        kinds
            .into_iter()
            .flat_map(|(kind, count)| (0..count).map(move |nth| self.part(kind, nth, count)))
            .collect()
    }

    fn part(&self, kind: Kind, nth: usize, of_kind: usize) -> Part {
        let size = self.size(kind, nth);
        Part {
            kind,
            nth,
            size,
            is_first_of_size: (0..nth).all(|before| self.size(kind, before) != size),
            is_last: kind == Kind::Regular && nth + 1 == of_kind,
            is_new: self.has_new && kind == Kind::Silent && nth == 2,
        }
    }

    fn size(&self, kind: Kind, nth: usize) -> Size {
        let diamonds = usize::from(self.has_diamond);
        let platinums = diamonds + usize::from(self.has_platinum);
        match (kind, nth) {
            (Kind::Regular, nth) if nth < diamonds => Size::Diamond,
            (Kind::Regular, nth) if nth < platinums => Size::Platinum,
            (Kind::Regular, nth) if nth < platinums + REGULAR_GOLD => Size::Gold,
            (Kind::Due | Kind::Owing, 0) => Size::Platinum,
            (Kind::Silent, 2) if !self.has_new => Size::Gold,
            (Kind::Silent, 0 | 1) | (Kind::Due, 1) | (Kind::Stuck, 0) | (Kind::Owing, _) => Size::Gold,
            _ => Size::Mass,
        }
    }
}
