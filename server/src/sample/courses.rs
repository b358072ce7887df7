//! Who is visited when: a branch whose managers keep their rounds, with a few things overdue, so that each page has
//! something to show whatever day the sample is made on. Only days here; [`super::history`] tells what happened.

use super::calendar::{Days, quarter_before, working_at_or_before, working_days};
use super::dice::Dice;
use super::shapes::{Kind, Part, Shape, Size, shape};
use chrono::Duration;
use domain::customer::{Customer, CustomerType};
use domain::promise::PromiseBy;
use domain::time::{Date, Timestamp, days_between};
use domain::visit::VisitState;
use std::cmp::Reverse;

pub(super) const PER_BOOK: usize = 20;
/// History begins at most this many days ago: eighteen months.
const HISTORY_DAYS: i64 = 545;
/// Hours at which a visit begins, in minutes since midnight.
const HOURS: [u16; 7] =
    [9 * 60, 10 * 60, 10 * 60 + 45, 13 * 60 + 30, 14 * 60 + 30, 15 * 60 + 30, 16 * 60 + 30];
/// From this minute on the first visit of today is done and written.
const MORNING_OVER: u16 = 11 * 60;
/// Plans on the first working days to come, and on those after.
const PLANS_AHEAD: [usize; 6] = [3, 2, 2, 2, 1, 1];

const PROMISES_TO_COME: usize = 3;

#[derive(Clone, Copy)]
pub(super) struct Stop {
    pub on: Date,
    pub at_minute: Option<u16>,
    pub state: VisitState,
}

/// A promise that stands open.
#[derive(Clone, Copy)]
pub(super) struct Owed {
    pub due_on: Date,
    pub by: PromiseBy,
}

/// What the days hold of one customer.
pub(super) struct Course {
    pub part: Part,
    /// In order of their days.
    pub stops: Vec<Stop>,
    /// Of the last visit done; those before led to the visit after them.
    pub next_step_on: Option<Date>,
    pub owed: Option<Owed>,
    /// In so many days, where the page is to show it; not soon otherwise.
    pub birthday_in: Option<i64>,
    /// By the lunar calendar.
    pub lunar_birthday_in: Option<i64>,
}

impl Course {
    /// A customer whom nobody has met yet.
    pub fn is_new(&self) -> bool {
        self.stops.is_empty()
    }

    fn last_on(&self) -> Option<Date> {
        self.stops.iter().map(|stop| stop.on).max()
    }

    fn planned_on(&self) -> Option<Date> {
        self.stops.iter().find(|stop| stop.state == VisitState::Planned).map(|stop| stop.on)
    }

    fn has_stop_on(&self, day: Date) -> bool {
        self.stops.iter().any(|stop| stop.on == day)
    }

    fn add(&mut self, on: Date, state: VisitState) {
        self.stops.push(Stop { on, at_minute: None, state });
    }
}

/// A course for each customer of the `nth` manager.
pub(super) fn of_book(dice: &mut Dice, now: Timestamp, nth: usize, customers: &[Customer]) -> Vec<Course> {
    let shape = shape(nth);
    let mut rounds = Rounds { dice, now, days: Days::around(now.date()), courses: Vec::new() };
    rounds.begin(shape);
    rounds.week_so_far(shape);
    rounds.today();
    rounds.ahead(shape);
    rounds.next_steps();
    rounds.birthdays_and_promises(shape, customers);
    rounds.hours();
    rounds.courses
}

struct Rounds<'a> {
    dice: &'a mut Dice,
    now: Timestamp,
    days: Days,
    courses: Vec<Course>,
}

impl Rounds<'_> {
    /// Everyone with their visits before this week.
    fn begin(&mut self, shape: &Shape) {
        let today = self.days.today;
        let last_quarter_ago = days_between(quarter_before(today).from, today);
        for part in shape.parts() {
            let ago = match (part.kind, part.nth) {
                (Kind::Silent, _) if part.is_new => None,
                // Nobody has gone since the quarter before the last one: what the last one asked for stands open.
                (Kind::Silent, 0 | 1) => Some((last_quarter_ago + self.dice.days(1, 8)).max(95)),
                (Kind::Silent, _) => Some(self.dice.days(205, 260)),
                (Kind::Due, 1) if shape.has_forgotten => {
                    Some((last_quarter_ago + self.dice.days(1, 8)).max(95))
                }
                (Kind::Due, _) => Some(self.dice.days(93, 150)),
                (Kind::Stuck, _) => Some(self.dice.days(26, 45)),
                (Kind::Owing, _) => Some(self.dice.days(16, 40)),
                // Half of them were met lately and are met again because something is to be settled.
                (Kind::Regular, nth) if nth % 2 == 0 || part.size >= Size::Platinum => {
                    Some(self.dice.days(3, 17) + days_between(self.days.monday, today))
                }
                (Kind::Regular, _) => Some(self.dice.days(24, 76) + days_between(self.days.monday, today)),
            };
            self.enter(part, ago.map(|days| today - Duration::days(days)));
        }
    }

    fn enter(&mut self, part: Part, last: Option<Date>) {
        let mut course = Course {
            part,
            stops: Vec::new(),
            next_step_on: None,
            owed: None,
            birthday_in: None,
            lunar_birthday_in: None,
        };
        if let Some(last) = last {
            course.stops = self.visits_up_to(working_at_or_before(last), part.size);
        }
        self.courses.push(course);
    }

    /// Visits at the customer's own interval, the last one on `last`.
    fn visits_up_to(&mut self, last: Date, size: Size) -> Vec<Stop> {
        let begin = self.days.today - Duration::days(HISTORY_DAYS);
        // As often as the standard asks, or a little more.
        let (interval, times) = match size {
            Size::Diamond => (self.dice.days(25, 27), 13),
            Size::Platinum => (self.dice.days(36, 42), self.dice.days(8, 10)),
            Size::Gold => (self.dice.days(50, 76), self.dice.days(4, 6)),
            Size::Mass => (self.dice.days(60, 78), self.dice.days(2, 5)),
        };
        let mut on = last;
        let mut stops = Vec::new();
        for _ in 0..times {
            if on < begin {
                break;
            }
            stops.push(self.past_stop(on, VisitState::Done));
            if self.dice.chance(10) {
                // Put off once, then held some days later.
                let before = working_at_or_before(on - Duration::days(self.dice.days(3, 8)));
                stops.push(self.past_stop(before, VisitState::Skipped));
            }
            on = working_at_or_before(on - Duration::days(interval + self.dice.days(-3, 3)));
        }
        stops.reverse();
        stops
    }

    fn past_stop(&mut self, on: Date, state: VisitState) -> Stop {
        let at_minute = Some(self.dice.any(&HOURS).unwrap_or(HOURS[0]));
        Stop { on, at_minute, state }
    }

    fn week_so_far(&mut self, shape: &Shape) {
        let past = self.days.past.clone();
        // On a Monday what went wrong lies in the week before.
        let friday = self.days.monday - Duration::days(3);
        let missed_on = self.dice.any(&past).unwrap_or(friday);
        let others: Vec<Date> = past.iter().copied().filter(|day| *day != missed_on).collect();
        let skipped_on = self.dice.any(&others).unwrap_or(missed_on);
        if shape.has_missed {
            self.put_due(missed_on, VisitState::Planned);
        }
        if shape.has_skipped {
            self.put_due(skipped_on, VisitState::Skipped);
        }
        for day in &past {
            let stops = match past.len() {
                1 => 4 + usize::from(self.dice.chance(50)),
                2 | 3 => 3 + usize::from(self.dice.chance(50)),
                _ => 3,
            };
            let taken = self.courses.iter().filter(|course| course.has_stop_on(*day)).count();
            for _ in taken..stops {
                self.put_regular(*day, VisitState::Done, 2);
            }
        }
    }

    fn today(&mut self) {
        let today = self.days.today;
        let is_working = super::calendar::is_working(today);
        if is_working && self.now.minute_of_day() >= MORNING_OVER {
            self.put_regular(today, VisitState::Done, 2);
        }
        self.put_due(today, VisitState::Planned);
        self.put_regular(today, VisitState::Planned, 2);
        if is_working {
            self.put_first(Kind::Owing, today);
        }
    }

    fn ahead(&mut self, shape: &Shape) {
        let coming = self.days.coming.clone();
        for (day, plans) in coming.into_iter().zip(PLANS_AHEAD) {
            for nth in 0..plans {
                let is_put = match nth {
                    // Who waits longest comes first; one a day, so that the days are alike.
                    0 => self.put_due(day, VisitState::Planned),
                    // One who is stuck is to be seen; nobody has thought of the others yet.
                    1 if shape.stuck > 1 && !self.is_any_planned(Kind::Stuck) => {
                        self.put_first(Kind::Stuck, day)
                    }
                    _ => false,
                };
                if !is_put {
                    self.put_regular(day, VisitState::Planned, 4);
                }
            }
        }
    }

    fn is_any_planned(&self, kind: Kind) -> bool {
        self.courses.iter().any(|course| course.part.kind == kind && course.planned_on().is_some())
    }

    /// The next of those who are due.
    fn put_due(&mut self, on: Date, state: VisitState) -> bool {
        let of_due = |course: &&mut Course| course.part.kind == Kind::Due && course.planned_on().is_none();
        // Whoever was skipped this week is planned again after the others.
        let found = self.courses.iter_mut().filter(of_due).min_by_key(|course| course.last_on());
        found.map(|course| course.add(on, state)).is_some()
    }

    fn put_first(&mut self, kind: Kind, on: Date) -> bool {
        let is_free = |course: &&mut Course| course.part.kind == kind && course.planned_on().is_none();
        let found = self.courses.iter_mut().find(is_free);
        found.map(|course| course.add(on, VisitState::Planned)).is_some()
    }

    /// Whoever was not seen for longest goes first, and not before so many days.
    fn put_regular(&mut self, on: Date, state: VisitState, days_apart: i64) -> bool {
        let is_free = |course: &&mut Course| {
            let is_rested = course.last_on().is_some_and(|last| days_between(last, on) >= days_apart);
            course.part.kind == Kind::Regular && course.planned_on().is_none() && is_rested
        };
        let found = self.courses.iter_mut().filter(is_free).min_by_key(|course| course.last_on());
        found.map(|course| course.add(on, state)).is_some()
    }

    /// Of everyone's last visit. A step whose day has come without a visit is overdue: only the stuck have one.
    fn next_steps(&mut self) {
        let today = self.days.today;
        let late = working_days(today - Duration::days(20), today - Duration::days(2));
        let soon = working_days(today + Duration::days(2), today + Duration::days(24));
        for course in &mut self.courses {
            course.next_step_on = match (course.part.kind, course.planned_on()) {
                (Kind::Stuck, _) => self.dice.any(&late),
                (Kind::Regular, Some(on)) if on == today || self.dice.chance(70) => Some(on),
                (Kind::Regular, None) if self.dice.chance(50) => self.dice.any(&soon),
                _ => None,
            };
        }
    }

    fn birthdays_and_promises(&mut self, shape: &Shape, customers: &[Customer]) {
        let today = self.days.today;
        let others: Vec<usize> = (0..self.courses.len())
            .filter(|&at| self.courses[at].part.kind == Kind::Regular && !self.courses[at].has_stop_on(today))
            .collect();
        // Companies have no birthday.
        let (born, companies): (Vec<usize>, Vec<usize>) =
            others.into_iter().partition(|&at| customers[at].customer_type != CustomerType::Company);
        let mut others = born.into_iter().chain(companies);
        let birthdays = [self.dice.days(1, 3), self.dice.days(4, 6), 0];
        let birthdays_count = if shape.has_birthday_today { 3 } else { 2 };
        for (birthday, at) in birthdays.into_iter().take(birthdays_count).zip(&mut others) {
            self.courses[at].birthday_in = Some(birthday);
        }
        if shape.has_promise_today {
            others.next().into_iter().for_each(|at| self.owe(at, today));
        }
        let soon = working_days(today + Duration::days(1), today + Duration::days(14));
        for at in others.take(PROMISES_TO_COME) {
            let due_on = self.courses[at].planned_on().or_else(|| self.dice.any(&soon));
            due_on.into_iter().for_each(|due_on| self.owe(at, due_on));
        }
        for at in 0..self.courses.len() {
            if self.courses[at].part.kind == Kind::Owing {
                let due_on = today - Duration::days(self.dice.days(2, 12));
                self.owe(at, working_at_or_before(due_on));
            }
        }
        let keeps = self.courses.iter_mut().zip(customers).find(|(course, customer)| {
            course.part.kind != Kind::Regular
                && !course.is_new()
                && customer.customer_type != CustomerType::Company
        });
        if let Some((course, _)) = keeps {
            course.lunar_birthday_in = Some(self.dice.days(1, 6));
        }
    }

    fn owe(&mut self, at: usize, due_on: Date) {
        let by = if self.dice.chance(70) { PromiseBy::Us } else { PromiseBy::Customer };
        self.courses[at].owed = Some(Owed { due_on, by });
    }

    /// A day's stops have hours of their own.
    fn hours(&mut self) {
        let Days { today, past, coming, .. } = &self.days;
        let (today, first_coming) = (*today, coming.first().copied().unwrap_or(*today));
        let days: Vec<Date> = past.iter().chain([&today]).chain(coming).copied().collect();
        for day in days {
            let mut stops: Vec<&mut Stop> = self
                .courses
                .iter_mut()
                .flat_map(|course| &mut course.stops)
                .filter(|stop| stop.on == day)
                .collect();
            if stops.is_empty() {
                continue;
            }
            // What is done today was done first.
            stops.sort_by_key(|stop| Reverse(stop.state == VisitState::Done));
            let mut hours = HOURS.to_vec();
            while hours.len() > stops.len() {
                // The first hour stays on today, where it may be done already.
                let from = u64::from(day == today);
                let at = from + self.dice.below(hours.len() as u64 - from);
                hours.remove(usize::try_from(at).unwrap_or(0));
            }
            for (stop, hour) in stops.into_iter().zip(hours) {
                let is_open = day > first_coming && self.dice.chance(25);
                stop.at_minute = (!is_open).then_some(hour);
            }
        }
    }
}
