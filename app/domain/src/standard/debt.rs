//! 服务欠账 of one customer; the rules are those of [the module above](super).

use super::{EventCode, EventRule, Period, Quota, ServiceKind, Span, VisitStandard};
use crate::ids::EventId;
use crate::tier::TierCode;
use crate::time::{Date, days_between};
use crate::version::VersionState;
use crate::visit::{Visit, VisitState};
use chrono::Duration;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Bound;

/// One visit or call that was held, or skipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    pub kind: ServiceKind,
    pub on: Date,
    /// A skipped one pays nothing; it is counted beside.
    pub is_done: bool,
    /// The event a visit was made for.
    pub answers: Option<EventId>,
}

impl Service {
    /// None for a visit planned or cancelled: it neither pays nor was skipped.
    pub fn of_visit(visit: &Visit) -> Option<Self> {
        let is_done = match visit.state {
            VisitState::Done => true,
            VisitState::Skipped => false,
            VisitState::Planned | VisitState::Cancelled => return None,
        };
        Some(Self { kind: ServiceKind::Visit, on: visit.on, is_done, answers: None })
    }
}

/// Something that happened at the customer and may ask for visits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    pub id: EventId,
    pub event: EventCode,
    pub on: Date,
}

/// What is known of one customer. Slices are in any order and each row is in them once.
#[derive(Clone, Copy, Debug)]
pub struct Served<'a> {
    /// The day the customer was opened; None when nobody knows, then nothing is too early.
    pub since: Option<Date>,
    /// The tier that counted, or that none did, from the day it did until the next.
    pub tiers: &'a BTreeMap<Date, Option<TierCode>>,
    pub services: &'a [Service],
    pub events: &'a [Happened],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overdue {
    /// The last day on which the oldest of the debt was in time.
    pub due_on: Date,
    /// Days since then, at least 1.
    pub days: u32,
}

/// What the calendar's number owes, in visits or in calls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindDebt {
    /// The running period of today's standard; None when there is none for the customer.
    pub period: Option<Span>,
    /// What the running period asks for.
    pub required: u32,
    /// Done in the running period, for whichever period they pay.
    pub done: u32,
    /// Skipped in the running period.
    pub skipped: u32,
    /// Still owed from ended periods.
    pub carried: u32,
    /// Still owed, the running period's rest included.
    pub owed: u32,
    pub overdue: Option<Overdue>,
    /// The next day, today or later, by which something not yet done is due: in the running period or the next.
    pub next_due: Option<Date>,
}

impl KindDebt {
    /// Something is overdue, or less is done than the whole visits the part of the period that has gone by asks for: of
    /// three in a quarter the first by the end of its first month. One in a quarter has until its last day.
    pub fn is_behind(&self, today: Date) -> bool {
        let is_slow = self.period.is_some_and(|period| {
            let gone = u64::try_from(days_between(period.from, today)).unwrap_or(0);
            u64::from(self.done) < u64::from(self.required) * gone / period.days()
        });
        self.carried > 0 || is_slow
    }
}

/// What one event asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventDebt {
    pub event_id: EventId,
    pub done: u32,
    pub owed: u32,
    pub due_on: Date,
    /// None when nothing is owed or the day has not passed.
    pub overdue: Option<Overdue>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceDebt {
    pub visits: KindDebt,
    pub calls: KindDebt,
    /// Every event that asked for visits, the first due first.
    pub events: Vec<EventDebt>,
}

impl ServiceDebt {
    /// Visits owed by the calendar and by events together.
    pub fn visits_owed(&self) -> u32 {
        self.events.iter().map(|event| event.owed).fold(self.visits.owed, u32::saturating_add)
    }
}

/// What the organisation's standards owe this customer on `today` (R061).
pub fn debt(standards: &[VisitStandard], served: &Served<'_>, today: Date) -> ServiceDebt {
    StandardsOn::of(standards, today).debt(served)
}

/// The standards as a day looks at them, laid out for many customers.
#[derive(Clone, Debug)]
pub struct StandardsOn {
    today: Date,
    /// Published ones with the day they take effect, in the order they do.
    versions: Vec<(Date, VisitStandard)>,
    /// Kinds of periods that any version counts visits by, and calls.
    visits_per: Vec<Period>,
    calls_per: Vec<Period>,
}

impl StandardsOn {
    pub fn of(standards: &[VisitStandard], today: Date) -> Self {
        let mut versions: Vec<(Date, VisitStandard)> = standards
            .iter()
            .filter(|standard| standard.state == VersionState::Published)
            .filter_map(|standard| Some((standard.effective_on?, standard.clone())))
            .collect();
        versions.sort_by_key(|(from, standard)| (*from, standard.version));
        let used = |kind| {
            let quotas =
                versions.iter().flat_map(|(_, standard)| &standard.tiers).map(|own| own.quota(kind).per);
            let used: Vec<Period> = quotas.collect();
            Period::ALL.into_iter().filter(|per| used.contains(per)).collect()
        };
        let (visits_per, calls_per) = (used(ServiceKind::Visit), used(ServiceKind::Call));
        Self { today, versions, visits_per, calls_per }
    }

    /// What is owed to one customer (R061).
    pub fn debt(&self, served: &Served<'_>) -> ServiceDebt {
        let ledger = Ledger { standards: self, served, today: self.today };
        let (events, answering) = ledger.events();
        ServiceDebt {
            visits: ledger.of_kind(ServiceKind::Visit, &answering),
            calls: ledger.of_kind(ServiceKind::Call, &answering),
            events,
        }
    }

    /// As [`crate::version::in_force`].
    fn in_force(&self, on: Date) -> Option<&VisitStandard> {
        self.versions.iter().rev().find(|(from, _)| *from <= on).map(|(_, standard)| standard)
    }

    fn periods(&self, kind: ServiceKind) -> &[Period] {
        match kind {
            ServiceKind::Visit => &self.visits_per,
            ServiceKind::Call => &self.calls_per,
        }
    }
}

/// What one period asks for and has not got yet.
struct Claim {
    per: Period,
    span: Span,
    /// The first day on which a visit can pay it.
    begins: Date,
    unpaid: u32,
}

struct Ledger<'a> {
    standards: &'a StandardsOn,
    served: &'a Served<'a>,
    today: Date,
}

impl<'a> Ledger<'a> {
    fn has_begun(&self, on: Date) -> bool {
        self.served.since.is_none_or(|since| since <= on)
    }

    fn tier(&self, on: Date) -> Option<&'a TierCode> {
        self.served.tiers.range(..=on).next_back().and_then(|(_, tier)| tier.as_ref())
    }

    fn quota(&self, kind: ServiceKind, on: Date) -> Option<Quota> {
        if !self.has_begun(on) {
            return None;
        }
        self.standards.in_force(on)?.of_tier(self.tier(on)?).map(|own| own.quota(kind))
    }

    fn counts(&self, service: &Service) -> bool {
        service.on <= self.today && self.has_begun(service.on)
    }

    /// What events ask for, and which of the services (by their place in the slice) answered one.
    fn events(&self) -> (Vec<EventDebt>, Vec<usize>) {
        let mut debts = Vec::new();
        let mut answering = Vec::new();
        for event in self.served.events.iter().filter(|event| event.on <= self.today) {
            let Some(rule) = self.event_rule(event) else { continue };
            let mut answers: Vec<(Date, usize)> = (0_usize..)
                .zip(self.served.services)
                .filter(|(_, service)| service.kind == ServiceKind::Visit && service.is_done)
                .filter(|(_, service)| service.answers == Some(event.id) && service.on >= event.on)
                .filter(|(_, service)| self.counts(service))
                .map(|(at, service)| (service.on, at))
                .collect();
            answers.sort_unstable();
            // Who goes more often than the event asks goes for the calendar.
            answers.truncate(usize::from(rule.visits));
            let done = u32::try_from(answers.len()).unwrap_or(u32::MAX);
            let owed = u32::from(rule.visits).saturating_sub(done);
            let due_on = later(event.on, i64::from(rule.within_days.unwrap_or(0)));
            let overdue = if owed > 0 { self.overdue(due_on) } else { None };
            debts.push(EventDebt { event_id: event.id, done, owed, due_on, overdue });
            answering.extend(answers.into_iter().map(|(_, at)| at));
        }
        debts.sort_by_key(|debt| (debt.due_on, debt.event_id));
        (debts, answering)
    }

    /// By the tier and the standard of the event's day.
    fn event_rule(&self, event: &Happened) -> Option<&'a EventRule> {
        if !self.has_begun(event.on) {
            return None;
        }
        let own = self.standards.in_force(event.on)?.of_tier(self.tier(event.on)?)?;
        own.on_event.iter().find(|rule| rule.event == event.event)
    }

    fn overdue(&self, due_on: Date) -> Option<Overdue> {
        let days = u32::try_from(days_between(due_on, self.today)).ok().filter(|days| *days > 0)?;
        Some(Overdue { due_on, days })
    }

    fn of_kind(&self, kind: ServiceKind, answering: &[usize]) -> KindDebt {
        let mut claims = self.claims(kind);
        let period = self.quota(kind, self.today).map(|quota| (quota.per, quota.per.holding(self.today)));
        let is_running = |on: Date| period.is_some_and(|(_, span)| span.holds(on));
        let mut debt = KindDebt { period: period.map(|(_, span)| span), ..KindDebt::default() };
        debt.required = claims
            .iter()
            .filter(|claim| period == Some((claim.per, claim.span)))
            .fold(0, |sum, claim| claim.unpaid.saturating_add(sum));

        let earliest = claims.iter().map(|claim| claim.begins).min();
        let mut paid_on: Vec<Date> = Vec::new();
        for (at, service) in (0_usize..).zip(self.served.services) {
            if service.kind != kind || !self.counts(service) {
                continue;
            }
            if !service.is_done {
                debt.skipped += u32::from(is_running(service.on));
                continue;
            }
            let is_for_event = kind == ServiceKind::Visit && answering.contains(&at);
            let counts_for_both =
                || self.standards.in_force(service.on).is_some_and(|own| own.do_event_visits_count);
            if !is_for_event || counts_for_both() {
                debt.done += u32::from(is_running(service.on));
                if earliest.is_some_and(|earliest| earliest <= service.on) {
                    paid_on.push(service.on);
                }
            }
        }
        paid_on.sort_unstable();
        for on in paid_on {
            if let Some(claim) = claims.iter_mut().find(|claim| claim.unpaid > 0 && claim.begins <= on) {
                claim.unpaid -= 1;
            }
        }

        for claim in claims.iter().filter(|claim| claim.unpaid > 0) {
            if claim.begins <= self.today {
                debt.owed = debt.owed.saturating_add(claim.unpaid);
            }
            if claim.span.to < self.today {
                debt.carried = debt.carried.saturating_add(claim.unpaid);
                debt.overdue = debt.overdue.or(self.overdue(claim.span.to));
            } else {
                debt.next_due = debt.next_due.or(Some(claim.span.to));
            }
        }
        debt
    }

    /// What the carried periods, the running and the next one ask for, the first due first.
    fn claims(&self, kind: ServiceKind) -> Vec<Claim> {
        let carried = self.standards.in_force(self.today).map_or(0, |standard| standard.carried_periods);
        let mut claims = Vec::new();
        for &per in self.standards.periods(kind) {
            let mut span = per.holding(later(per.holding(self.today).to, 1));
            for _ in 0..u16::from(carried) + 2 {
                let unpaid = self.required(kind, per, span);
                if unpaid > 0 {
                    let begins = self.served.since.map_or(span.from, |since| since.max(span.from));
                    claims.push(Claim { per, span, begins, unpaid });
                }
                span = per.holding(later(span.from, -1));
            }
        }
        claims.sort_by_key(|claim| (claim.span.to, claim.begins, claim.per));
        claims
    }

    /// The number of each day, weighed by the days it holds.
    fn required(&self, kind: ServiceKind, per: Period, span: Span) -> u32 {
        let mut asked: u64 = 0;
        let mut from = span.from;
        loop {
            let next = self.next_change(from).filter(|next| *next <= span.to);
            let to = next.map_or(span.to, |next| later(next, -1));
            let quota = self.quota(kind, from).filter(|quota| quota.per == per);
            let count = quota.and_then(|quota| quota.count).unwrap_or(0);
            asked += u64::from(count) * Span { from, to }.days();
            match next {
                Some(next) => from = next,
                None => break,
            }
        }
        let days = span.days();
        u32::try_from((2 * asked + days) / (2 * days)).unwrap_or(u32::MAX)
    }

    /// The next day from which something else may be asked for: another tier, another version, the customer's first day.
    fn next_change(&self, after: Date) -> Option<Date> {
        let tier = self.served.tiers.range((Bound::Excluded(after), Bound::Unbounded)).next();
        let version = self.standards.versions.iter().map(|(from, _)| *from).find(|from| *from > after);
        let since = self.served.since.filter(|since| *since > after);
        tier.map(|(day, _)| *day).into_iter().chain(version).chain(since).min()
    }
}

/// The day so many days on; the day itself at the ends of the calendar.
fn later(date: Date, days: i64) -> Date {
    date.checked_add_signed(Duration::days(days)).unwrap_or(date)
}
