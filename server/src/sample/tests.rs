//! The branch looks as a healthy one does, whatever day it is made on.

mod service;

use super::calendar::{Days, is_working};
use super::courses::PER_BOOK;
use super::*;
use chrono::{Duration, NaiveDate};
use domain::contact::Contact;
use domain::contract::Contract;
use domain::customer::Customer;
use domain::money::Fen;
use domain::note::Note;
use domain::promise::{Promise, PromiseState};
use domain::row::{FromRow, Row};
use domain::standard::ServiceKind;
use domain::task::Task;
use domain::time::{Date, days_between};
use domain::today::{NOT_VISITED_DAYS, Need, Needs, Reason, Seen, Urgency, Whose, Written, needs};
use domain::visit::{Visit, VisitState};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// A week in each season, one around the end of a year and one around 29 February.
const MONDAYS: [(i32, u32, u32); 6] =
    [(2026, 3, 9), (2026, 8, 3), (2026, 11, 16), (2026, 12, 28), (2027, 5, 31), (2028, 2, 28)];
/// At night, in the morning, in the afternoon.
const HOURS: [i64; 3] = [1, 9, 15];

/// Shanghai is eight hours ahead.
fn moment(day: Date, hour: i64) -> Timestamp {
    Timestamp(days_between(Date::default(), day) * 86_400_000 + (hour - 8) * 3_600_000)
}

fn days() -> impl Iterator<Item = Date> {
    MONDAYS.into_iter().flat_map(|(year, month, day)| {
        let monday = NaiveDate::from_ymd_opt(year, month, day).unwrap();
        (0..7).map(move |ahead| monday + Duration::days(ahead))
    })
}

struct Shown<'a> {
    sample: &'a Sample,
    now: Timestamp,
    today: Date,
    book: BookId,
}

impl<'a> Shown<'a> {
    fn all<T: FromRow>(&self) -> Vec<&'a T> {
        let of_book = self.sample.changes.iter().filter(|change| change.stream == self.book.into());
        of_book.filter_map(|change| change.row.as_ref()).filter_map(T::from_row).collect()
    }

    fn visits(&self, state: VisitState) -> Vec<&'a Visit> {
        self.all::<Visit>().into_iter().filter(|visit| visit.state == state).collect()
    }

    fn count_on(&self, state: VisitState, day: Date) -> usize {
        self.visits(state).iter().filter(|visit| visit.on == day).count()
    }

    fn days_of(&self, customer: &Customer, state: VisitState) -> Vec<Date> {
        let visits = self.visits(state);
        let mut days: Vec<Date> =
            visits.iter().filter(|visit| visit.customer_id == customer.id).map(|visit| visit.on).collect();
        days.sort();
        days
    }

    fn needs(&self) -> Needs {
        let rules = service::rules(self.sample);
        let scheme = rules.tiers.scheme(self.today).unwrap();
        let seen = self.rated(&rules).into_iter().map(|(customer, rated)| {
            let tier_rank = rated.tier().and_then(|tier| scheme.rank(tier));
            Seen { customer, rated, tier_rank }
        });
        let written = Written {
            visits: self.all::<Visit>(),
            promises: self.all::<Promise>(),
            tasks: self.all::<Task>(),
            contracts: self.all::<Contract>(),
        };
        needs(self.today, Whose::Book, seen, written)
    }

    /// Days since the last visit; None for who was never visited.
    fn ages(&self) -> Vec<Option<i64>> {
        let last = |customer| self.days_of(customer, VisitState::Done).last().copied();
        let customers = self.all::<Customer>();
        customers.into_iter().map(|one| last(one).map(|on| days_between(on, self.today))).collect()
    }

    fn in_range(&self, what: &str, count: usize, range: RangeInclusive<usize>) {
        assert!(range.contains(&count), "{} {}: {what} {count}, not {range:?}", self.now.0, self.today);
    }
}

/// Runs `check` on each manager's book of every start day and hour.
fn of_each_book(check: impl Fn(&Shown<'_>)) {
    of_each_sample(|sample, now| {
        for person in &sample.people {
            let Some(book) = person.book.as_ref().map(|book| book.id) else { continue };
            check(&Shown { sample, now, today: now.date(), book });
        }
    });
}

fn of_each_sample(check: impl Fn(&Sample, Timestamp)) {
    for (day, hour) in days().flat_map(|day| HOURS.map(|hour| (day, hour))) {
        let now = moment(day, hour);
        assert_eq!(now.date(), day);
        check(&Sample::of(now, SEED), now);
    }
}

fn reasons(needs: &[Need]) -> impl Iterator<Item = &Reason> {
    needs.iter().flat_map(|need| &need.reasons)
}

#[test]
fn the_same_moment_gives_the_same_sample() {
    let now = moment(NaiveDate::from_ymd_opt(2026, 11, 18).unwrap(), 9);
    let rows = |sample: &Sample| sample.changes.iter().map(|change| change.row.clone()).collect::<Vec<_>>();
    assert_eq!(rows(&Sample::of(now, SEED)), rows(&Sample::of(now, SEED)));
    assert_ne!(rows(&Sample::of(now, SEED)), rows(&Sample::of(now, SEED + 1)));
}

/// So that a first sync has the same pages up to the visits, and who one knows is met again.
#[test]
fn another_day_brings_the_same_customers_contacts_and_as_many_promises() {
    let of = |sample: &Sample| {
        let rows: Vec<&Row> = sample.changes.iter().filter_map(|change| change.row.as_ref()).collect();
        let customers = rows.iter().filter_map(|row| Customer::from_row(row));
        let names: Vec<_> = customers.map(|one| (one.customer_no.clone(), one.name.clone())).collect();
        let contacts: Vec<_> = rows
            .iter()
            .filter_map(|row| Contact::from_row(row))
            .map(|contact| contact.phone.clone())
            .collect();
        (names, contacts, rows.iter().filter(|row| Promise::from_row(row).is_some()).count())
    };
    let expected = of(&Sample::of(moment(NaiveDate::from_ymd_opt(2026, 11, 18).unwrap(), 9), SEED));
    of_each_sample(|sample, now| assert_eq!(of(sample), expected, "{}", now.date()));
}

#[test]
fn nobody_shares_a_name_a_number_or_a_phone() {
    of_each_sample(|sample, _| {
        let mut seen = BTreeSet::new();
        let customers = sample.changes.iter().filter_map(|change| Customer::from_row(change.row.as_ref()?));
        for customer in customers {
            assert!(seen.insert(customer.name.clone()), "{}", customer.name);
            assert!(seen.insert(customer.customer_no.clone()), "{}", customer.customer_no);
            assert!(customer.phone.clone().is_none_or(|phone| seen.insert(phone)), "{:?}", customer.phone);
        }
    });
}

#[test]
fn most_customers_were_visited_lately_and_a_few_are_waiting() {
    of_each_book(|shown| {
        let ages = shown.ages();
        assert_eq!(ages.len(), PER_BOOK);
        let within = |days: i64| ages.iter().flatten().filter(|age| **age <= days).count();
        shown.in_range("visited in 90 days", within(NOT_VISITED_DAYS), 13..=15);
        shown.in_range("visited in 200 days", within(200), 19..=20);
    });
    of_each_sample(|sample, now| {
        let book = |person: &Person| person.book.as_ref().map(|book| book.id);
        let never = sample.people.iter().filter_map(book).map(|book| {
            let shown = Shown { sample, now, today: now.date(), book };
            shown.ages().iter().filter(|age| age.is_none()).count()
        });
        assert_eq!(never.sum::<usize>(), 2, "in the branch");
    });
}

#[test]
fn history_is_several_visits_at_the_customers_own_interval_on_working_days() {
    of_each_book(|shown| {
        for customer in shown.all::<Customer>() {
            let done = shown.days_of(customer, VisitState::Done);
            let Some(first) = done.first() else { continue };
            // Those with most are visited oftenest.
            let is_large = customer.holdings.wealth_assets() >= Fen(rules::PLATINUM_FLOOR);
            shown.in_range("visits", done.len(), if is_large { 2..=14 } else { 2..=8 });
            assert!(days_between(*first, shown.today) <= 548);
            assert!(customer.opened_on.unwrap() < *first);
            let apart: Vec<i64> = done.windows(2).map(|pair| days_between(pair[0], pair[1])).collect();
            assert!(apart.iter().all(|days| (2..=84).contains(days)), "{apart:?}");
            if is_large {
                continue;
            }
            let is_short = |days: &&i64| **days < 28;
            assert!(apart.iter().filter(is_short).count() <= 2, "{apart:?}: follow-ups stay few");
            assert!(apart.iter().rev().skip(2).all(|days| *days >= 28), "{apart:?}");
        }
        for visit in shown.all::<Visit>() {
            assert!(is_working(visit.on) || visit.on == shown.today && visit.state == VisitState::Planned);
            assert!(visit.written_at <= shown.now);
            assert_eq!(visit.state == VisitState::Done, visit.report.is_some());
            assert_eq!(visit.state == VisitState::Skipped, visit.not_held.is_some());
            assert!(visit.state != VisitState::Done || visit.written_at.date() == visit.on);
        }
    });
}

#[test]
fn today_names_a_good_mix() {
    of_each_book(|shown| {
        let today = shown.today;
        let Needs { needs, not_visited_more } = shown.needs();
        assert_eq!(not_visited_more, 0);
        let of = |urgency| needs.iter().filter(|need| need.urgency == urgency).count();
        shown.in_range("must", of(Urgency::Must), 2..=9);
        shown.in_range("late", of(Urgency::Late), 4..=13);
        shown.in_range("notice", of(Urgency::Notice), 1..=8);
        let count =
            |wanted: &dyn Fn(&Reason) -> bool| reasons(&needs).filter(|reason| wanted(reason)).count();
        let is_late = |on: &Date| *on < today;
        let late_steps = count(&|reason| matches!(reason, Reason::NextStep { on, .. } if is_late(on)));
        shown.in_range("next steps late", late_steps, 1..=3);
        let late_promises =
            count(&|reason| matches!(reason, Reason::Promise { due_on, .. } if is_late(due_on)));
        shown.in_range("promises late", late_promises, 1..=2);
        let late_tasks = count(&|reason| matches!(reason, Reason::Task { due_on, .. } if is_late(due_on)));
        shown.in_range("tasks late", late_tasks, 1..=1);
        let tasks_today = count(&|reason| matches!(reason, Reason::Task { due_on, .. } if *due_on == today));
        shown.in_range("tasks due today", tasks_today, 1..=1);
        let missed = count(&|reason| matches!(reason, Reason::Visit { on, .. } if is_late(on)));
        shown.in_range("plans missed", missed, 0..=1);
        // Whom a standard asks for is overdue by that; only of the new one nothing is known.
        let silent = count(&|reason| matches!(reason, Reason::NotVisited { .. }));
        shown.in_range("not visited", silent, 0..=1);
        let birthdays = count(&|reason| matches!(reason, Reason::Birthday { is_lunar: false, .. }));
        shown.in_range("birthdays", birthdays, 2..=3);
        let by_moon = count(&|reason| matches!(reason, Reason::Birthday { is_lunar: true, .. }));
        shown.in_range("lunar birthdays", by_moon, 1..=3);
        let overdue =
            |wanted| count(&|reason| matches!(reason, Reason::Overdue { kind, .. } if *kind == wanted));
        shown.in_range("visits overdue", overdue(ServiceKind::Visit), 2..=8);
        shown.in_range("calls overdue", overdue(ServiceKind::Call), 1..=3);
        let events = count(&|reason| matches!(reason, Reason::Event { .. }));
        shown.in_range("events to answer", events, 1..=2);
        let contracts = count(&|reason| matches!(reason, Reason::Contract { .. }));
        shown.in_range("contracts that end", contracts, 4..=4);
        let falls = count(&|reason| matches!(reason, Reason::Fell(_)));
        shown.in_range("falls", falls, 2..=3);
        let is_written = |reason: &&Reason| !matches!(reason, Reason::Overdue { .. });
        let mut late = reasons(&needs).filter(is_written).map(|reason| reason.days_late(today));
        assert!(late.all(|days| days <= 20), "{needs:?}");
        let to_come = shown.all::<Promise>().iter().filter(|one| one.is_open() && one.due_on > today).count();
        shown.in_range("promises to come", to_come, 3..=3);
    });
}

#[test]
fn the_week_is_worked_and_planned() {
    of_each_book(|shown| {
        let Days { today, monday, past, coming } = Days::around(shown.today);
        for day in past {
            let [done, skipped, missed] = [VisitState::Done, VisitState::Skipped, VisitState::Planned]
                .map(|of| shown.count_on(of, day));
            shown.in_range("stops of a day that is over", done + skipped + missed, 3..=5);
            shown.in_range("done of them", done, 2..=5);
        }
        let is_late_enough = shown.now.minute_of_day() >= 11 * 60 && is_working(today);
        assert_eq!(shown.count_on(VisitState::Done, today), usize::from(is_late_enough));
        shown.in_range("planned today", shown.count_on(VisitState::Planned, today), 2..=3);
        for day in coming.into_iter().take(4) {
            shown.in_range("planned for a day to come", shown.count_on(VisitState::Planned, day), 1..=3);
        }
        let skipped = shown.visits(VisitState::Skipped);
        assert!(skipped.iter().filter(|visit| visit.on >= monday).count() <= 1);
        let planned = shown.visits(VisitState::Planned);
        let mut of_customer = BTreeMap::new();
        for visit in &planned {
            *of_customer.entry(visit.customer_id).or_insert(0) += 1;
        }
        assert!(of_customer.values().all(|plans| *plans == 1));
        // The browser tests take three customers without a plan.
        shown.in_range("without a plan", PER_BOOK - of_customer.len(), 4..=18);
        let mut hours = BTreeSet::new();
        let week = shown.all::<Visit>().into_iter().filter(|visit| visit.on >= monday);
        for (on, minute) in week.filter_map(|visit| Some((visit.on, visit.at_minute?))) {
            assert!(hours.insert((on, minute)), "two visits at once on {on}");
        }
    });
}

#[test]
fn promises_are_made_before_they_are_due_and_settled() {
    of_each_book(|shown| {
        for promise in shown.all::<Promise>() {
            assert!(promise.made_at.date() < promise.due_on, "{promise:?}");
            assert!(promise.made_at <= shown.now);
            assert_eq!(promise.settled_at.is_some(), promise.state != PromiseState::Open);
            assert!(promise.settled_at.is_none_or(|at| at > promise.made_at && at <= shown.now));
        }
        // Tests and pages want one of each in every book.
        assert!(!shown.all::<Contact>().is_empty());
        assert!(!shown.all::<Note>().is_empty());
    });
}
