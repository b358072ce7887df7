//! What the rules make of the sample: tiers, debt, falls and days of care, on whatever day it is made.

use super::*;
use chrono::Datelike;
use domain::call::{Call, CallOutcome};
use domain::contract::ContractState;
use domain::customer::Holdings;
use domain::event::Event;
use domain::figures::Figures;
use domain::ids::VisitId;
use domain::mark::Mark;
use domain::money::Fen;
use domain::month::Month;
use domain::policy::Policy;
use domain::preparation::Preparation;
use domain::rating::{CustomerRows, Rated, Rules, RulesOn};
use domain::standard::VisitStandard;
use domain::task::TaskState;
use domain::tier::{Measures, TierCode, TierOverride, TierScheme};
use domain::tier_goal::TierGoal;
use std::sync::Arc;

/// Of a book's customers, those whom the standard's ended periods or events still owe something.
const OVERDUE_PERCENT: RangeInclusive<usize> = 10..=45;
/// A sample is filled in every test.
const ROWS_MAX: usize = 3_600;

pub(super) fn rules(sample: &Sample) -> Rules {
    fn all<T: FromRow>(sample: &Sample) -> Vec<&T> {
        sample.changes.iter().filter_map(|change| T::from_row(change.row.as_ref()?)).collect()
    }
    let (schemes, standards, policies) =
        (all::<TierScheme>(sample), all::<VisitStandard>(sample), all::<Policy>(sample));
    assert_eq!((schemes.len(), standards.len(), policies.len()), (3, 1, 1));
    Rules::of(schemes, standards, policies)
}

impl<'a> Shown<'a> {
    fn of<T: FromRow>(&self, customer: &Customer) -> Vec<&'a T> {
        let of_book = self.sample.changes.iter().filter(|change| change.stream == self.book.into());
        of_book
            .filter_map(|change| change.row.as_ref())
            .filter(|row| row.customer_id() == Some(customer.id))
            .filter_map(T::from_row)
            .collect()
    }

    pub(super) fn rated(&self, rules: &Rules) -> Vec<(&'a Customer, Rated)> {
        let on = RulesOn::of(Arc::new(rules.clone()), self.today);
        let rate = |customer| {
            let rows = CustomerRows {
                customer,
                figures: self.of(customer),
                by_hand: self.of(customer),
                visits: self.of(customer),
                calls: self.of(customer),
                events: self.of(customer),
                contracts: self.of(customer),
            };
            (customer, Rated::of(&on, &rows))
        };
        self.all::<Customer>().into_iter().map(rate).collect()
    }

    fn nth(&self) -> usize {
        let books = self.sample.people.iter().filter_map(|person| person.book.as_ref());
        books.map(|book| book.id).position(|book| book == self.book).unwrap()
    }

    /// Written by somebody of the sample, and not in the future.
    fn is_past(&self, by: EmployeeId, at: Timestamp) -> bool {
        at <= self.now && self.sample.people.iter().any(|person| person.colleague.id == by)
    }
}

fn is_overdue(rated: &Rated) -> bool {
    let debt = &rated.debt;
    let of_calendar = debt.visits.overdue.or(debt.calls.overdue);
    of_calendar.is_some() || debt.events.iter().any(|event| event.overdue.is_some())
}

fn tier_is(rated: &Rated, tier: &str) -> bool {
    rated.tier() == Some(&TierCode::from(tier))
}

#[test]
fn some_of_each_book_are_overdue_and_some_have_moved() {
    of_each_book(|shown| {
        let rated = shown.rated(&rules(shown.sample));
        let count = |wanted: &dyn Fn(&Rated) -> bool| rated.iter().filter(|(_, of)| wanted(of)).count();
        let percent = count(&is_overdue) * 100 / rated.len();
        shown.in_range("percent overdue", percent, OVERDUE_PERCENT);
        let answered = |of: &Rated| of.debt.events.iter().any(|event| event.done > 0);
        shown.in_range("events answered", count(&answered), 1..=1);
        let moved = |of: &Rated| {
            let lately = shown.today - Duration::days(150);
            of.tiers.range(lately..).any(|(day, _)| Some(day) != of.tiers.keys().next())
        };
        shown.in_range("lately in another tier", count(&moved), 2..=7);
    });
}

#[test]
fn tiers_are_as_a_branch_has_them() {
    of_each_sample(|sample, now| {
        let rules = rules(sample);
        let books = sample.people.iter().filter_map(|person| person.book.as_ref());
        let of_branch: Vec<Rated> = books
            .flat_map(|book| Shown { sample, now, today: now.date(), book: book.id }.rated(&rules))
            .map(|(_, rated)| rated)
            .collect();
        let in_tier = |tier| of_branch.iter().filter(|of| tier_is(of, tier)).count();
        let counts = ["diamond", "platinum", "gold", "mass"].map(in_tier);
        // One platinum customer is served as a diamond one.
        assert_eq!(counts, [5, 15, 39, 60], "{}", now.date());
        assert_eq!(of_branch.iter().filter(|of| of.tier().is_none()).count(), 1, "nothing told of one");
    });
}

#[test]
fn figures_are_one_a_month_and_end_with_what_is_held() {
    of_each_book(|shown| {
        let mut few = 0;
        for customer in shown.all::<Customer>() {
            let figures = shown.of::<Figures>(customer);
            let days: Vec<Date> = figures.iter().map(|figures| figures.as_of).collect();
            assert_eq!(days.last().copied(), customer.holdings.as_of);
            let Some((last, before)) = days.split_last() else {
                assert_eq!(customer.holdings, Holdings::default());
                few += 1;
                continue;
            };
            few += usize::from(days.len() <= 3);
            assert!(days.len() <= 13 && *last < shown.today);
            assert!(before.iter().all(|day| Month::of(*day).last_day() == *day), "{days:?}");
            let months = days.iter().map(|day| Month::of(*day));
            assert!(months.clone().zip(months.skip(1)).all(|(one, next)| one.next() == next), "{days:?}");
            assert!(days.iter().all(|day| Some(*day) >= customer.opened_on));
            assert_eq!(figures.last().unwrap().values, Measures::of_holdings(&customer.holdings));
            assert!(figures.iter().all(|one| one.values.iter().all(|(_, value)| value >= 0)));
        }
        shown.in_range("with few months", few, 2..=3);
    });
}

#[test]
fn calls_contracts_tasks_and_events_are_written_as_people_would() {
    of_each_book(|shown| {
        let visits: BTreeMap<VisitId, &Visit> =
            shown.all::<Visit>().into_iter().map(|visit| (visit.id, visit)).collect();
        let customers: BTreeMap<_, &Customer> =
            shown.all::<Customer>().into_iter().map(|one| (one.id, one)).collect();
        let calls = shown.all::<Call>();
        for call in &calls {
            assert!(call.on < shown.today && is_working(call.on), "{call:?}");
            assert!(shown.is_past(call.caller_id, call.written_at));
            assert_eq!(call.written_at.date(), call.on);
            assert!(call.outcome == CallOutcome::NoAnswer || !call.summary.is_empty());
            assert!(Some(call.on) > customers[&call.customer_id].opened_on);
        }
        for outcome in CallOutcome::ALL {
            assert!(calls.iter().any(|call| call.outcome == outcome), "{outcome:?}");
        }

        let contracts = shown.all::<Contract>();
        for contract in &contracts {
            assert!(shown.is_past(contract.noted_by, contract.noted_at));
            assert!(contract.noted_at.date() < contract.ends_on, "{contract:?}");
            assert!(contract.amount.is_none_or(|amount| amount > Fen(0)));
            assert_eq!(contract.settled_at.is_none(), contract.is_running());
            assert_eq!(contract.settled_by.is_none(), contract.is_running());
            assert!(contract.settled_at.is_none_or(|at| at > contract.noted_at && at <= shown.now));
        }
        let ends_in = |days: RangeInclusive<i64>| {
            let running = contracts.iter().filter(|contract| contract.is_running());
            running.filter(|one| days.contains(&days_between(shown.today, one.ends_on))).count()
        };
        let ends = [-9..=-1, 1..=1, 2..=5, 6..=14, 15..=40, 41..=400].map(ends_in);
        assert_eq!(ends, [1, 1, 1, 1, 1, 2]);
        for state in ContractState::ALL {
            assert!(contracts.iter().any(|contract| contract.state == state), "{state:?}");
        }

        let tasks = shown.all::<Task>();
        for task in &tasks {
            assert!(shown.is_past(task.made_by, task.made_at) && task.made_at.date() < task.due_on);
            assert_eq!(task.settled_at.is_none(), task.is_open());
            assert_eq!(task.settled_by.is_none(), task.is_open());
            assert!(task.settled_at.is_none_or(|at| at > task.made_at && at <= shown.now), "{task:?}");
        }
        for state in TaskState::ALL {
            assert!(tasks.iter().any(|task| task.state == state), "{state:?}");
        }
        assert!(tasks.iter().any(|task| task.is_open() && task.due_on < shown.today));

        for event in shown.all::<Event>() {
            assert!(event.on < shown.today && shown.is_past(event.reported_by, event.reported_at));
            let answers = event.answers.iter().map(|visit| visits[visit]);
            for visit in answers {
                assert!(visit.customer_id == event.customer_id && visit.on >= event.on);
                assert_eq!(visit.state, VisitState::Done);
            }
        }

        for preparation in shown.all::<Preparation>() {
            let visit = visits[&VisitId(preparation.id.0)];
            assert_eq!((visit.customer_id, visit.state), (preparation.customer_id, VisitState::Planned));
            assert!(visit.on >= shown.today && !preparation.bring.is_empty());
        }
        for visit in shown.visits(VisitState::Planned).into_iter().filter(|visit| visit.on == shown.today) {
            assert!(shown.all::<Preparation>().iter().any(|one| one.id.0 == visit.id.0));
        }
    });
}

#[test]
fn people_set_tiers_goals_and_marks() {
    of_each_book(|shown| {
        let nth = shown.nth();
        let by_hand = shown.all::<TierOverride>();
        assert_eq!(by_hand.len(), usize::from(nth == 0 || nth == 2));
        let lead = shown.sample.first(Role::Lead).unwrap();
        let schemes = shown.sample.changes.iter().filter_map(|one| TierScheme::from_row(one.row.as_ref()?));
        let scheme = schemes.max_by_key(|scheme| scheme.version).unwrap();
        for own in by_hand {
            assert_eq!(own.clone().checked(scheme).as_ref(), Ok(own));
            assert_eq!((own.set_by, own.holds(shown.today)), (lead, nth == 2));
        }
        let goals = shown.all::<TierGoal>();
        shown.in_range("goals", goals.len(), 1..=3);
        for goal in goals {
            assert_eq!(goal.id, goal.customer_id.into());
            assert!(goal.by >= shown.today && shown.is_past(goal.set_by, goal.set_at));
            assert!(scheme.rank(&goal.tier).is_some());
        }
        let marks = shown.all::<Mark>();
        assert_eq!(marks.len(), if nth == 5 { PER_BOOK / 2 } else { 0 });
        assert!(marks.iter().all(|mark| shown.is_past(mark.marked_by, mark.marked_at)));
    });
}

#[test]
fn rows_are_many_and_not_too_many() {
    of_each_sample(|sample, now| {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let mut keys = BTreeSet::new();
        for change in &sample.changes {
            *counts.entry(change.key.kind.word()).or_insert(0) += 1;
            assert!(keys.insert(change.key), "{:?} twice", change.key);
        }
        println!("{}: {} rows {counts:?}", now.date(), sample.changes.len());
        assert!(sample.changes.len() <= ROWS_MAX, "{}: {counts:?}", now.date());
        let born_later = sample.changes.iter().filter_map(|one| Customer::from_row(one.row.as_ref()?));
        assert!(born_later.filter_map(|one| one.birthday).all(|born| born.year() < now.date().year()));
    });
}
