//! One customer in words, as somebody sees them who has a few seconds. No view in here.

use super::deck::{holder_of, is_broken, reasons};
use crate::components::Standing;
use crate::components::standing::tier_look;
use crate::i18n::{amount, comma, day, fill, t};
use crate::pages::customers::{last_visited_on, missing_facts};
use crate::pages::today::{Why, why};
use crate::words::{self as shared, customers as customer_words, take_over as words};
use chrono::Datelike;
use domain::call::{Call, CallOutcome};
use domain::customer::{Customer, CustomerType};
use domain::ids::CustomerId;
use domain::money::Fen;
use domain::organisation::{Colleague, Role};
use domain::promise::{Promise, PromiseBy};
use domain::rating::Rated;
use domain::tier::{Distance, TierOverride, TierScheme, Unit, Yardstick};
use domain::time::Date;
use domain::trend::sparkline;
use domain::visit::{Visit, VisitState};
use replica::Replica;

pub const TREND_MONTHS: u8 = 12;
const LAST: usize = 3;
/// Signs shown; more than a line of them is no look.
const SIGNS_MAX: usize = 4;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub id: CustomerId,
    pub name: String,
    pub standing: Standing,
    /// Age, kind, address, who visited before.
    pub who: String,
    pub signs: Vec<Why>,
    pub figure: String,
    /// What the figure is.
    pub headline: &'static str,
    /// How far it is to the tiers beside.
    pub ways: Vec<String>,
    pub trend: Vec<Option<i64>>,
    pub holds: String,
    pub last_met: String,
    /// Overdue and broken promises, and the rest.
    pub promises_late: Option<String>,
    pub promises: String,
    pub missing: String,
    /// The last visits and calls.
    pub last: Vec<String>,
}

impl Seen {
    pub fn of(replica: &Replica, id: CustomerId, today: Date) -> Option<Self> {
        let customer = replica.get::<Customer>(id)?;
        let rated = replica.rated(id, today)?;
        let rules = replica.rules();
        let trend = sparkline(&rated.series, TREND_MONTHS);
        let is_wealth = rules.headline(today) == Yardstick::wealth_assets();
        let (promises_late, promises) = promises(replica, id, today);
        let missing = missing_facts(customer).into_iter().map(str::to_owned).collect::<Vec<_>>();
        Some(Self {
            id,
            name: customer.name.clone(),
            standing: Standing::of(replica, id, today),
            who: who(replica, customer, today),
            signs: signs(replica, id, today),
            figure: rated.headline().map(|fen| amount(Fen(fen))).unwrap_or_default(),
            headline: t(if is_wealth { customer_words::WEALTH_ASSETS } else { words::HEADLINE }),
            ways: ways(replica, id, &rated, today),
            trend: if trend.iter().flatten().count() > 1 { trend } else { Vec::new() },
            holds: holds(customer),
            last_met: last_met(replica, customer, today),
            promises_late,
            promises,
            missing: if missing.is_empty() {
                t(words::COMPLETE).to_owned()
            } else {
                customer_words::listed(&missing)
            },
            last: last(replica, id, today),
        })
    }
}

/// In one sentence: what somebody wrote may end in a stop of its own.
fn joined(parts: impl IntoIterator<Item = Option<String>>) -> String {
    let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
    parts.map(|part| part.trim_end_matches(['。', '.', '，']).to_owned()).collect::<Vec<_>>().join(comma())
}

fn who(replica: &Replica, customer: &Customer, today: Date) -> String {
    let is_person = customer.customer_type != CustomerType::Company;
    let age = customer.birthday.filter(|_| is_person).map(|on| {
        today.year() - on.year() - i32::from((today.month(), today.day()) < (on.month(), on.day()))
    });
    joined([
        age.filter(|age| *age >= 0).map(|age| fill(words::AGE, &[("n", &age)])),
        Some(shared::customer_type(customer.customer_type).to_owned()),
        customer.address.clone(),
        former(replica, customer).map(|name| fill(words::FORMER, &[("name", &name)])),
    ])
}

/// Who looked after them before, as far as the visits and calls tell.
fn former(replica: &Replica, customer: &Customer) -> Option<String> {
    let holder = holder_of(replica, customer.book_id);
    let visits = replica.of::<Visit>(customer.id).filter(|visit| visit.state == VisitState::Done);
    let visits = visits.map(|visit| (visit.on, visit.visitor_id));
    let calls = replica.of::<Call>(customer.id).map(|call| (call.on, call.caller_id));
    let others = visits.chain(calls).filter(|(_, by)| Some(*by) != holder);
    let known = others.filter_map(|(on, by)| Some((on, replica.get::<Colleague>(by)?)));
    known
        .filter(|(_, who)| who.role == Role::Manager)
        .max_by_key(|(on, who)| (*on, who.id))
        .map(|(_, who)| who.name.clone())
}

fn signs(replica: &Replica, id: CustomerId, today: Date) -> Vec<Why> {
    let mut signs: Vec<Why> = reasons(replica, id, today).iter().map(|reason| why(reason, today)).collect();
    let broken = replica.of::<Promise>(id).filter(|promise| is_broken(promise, today)).count();
    if broken > 0 {
        let text = fill(words::BROKEN, &[("n", &broken)]);
        signs.push(Why { icon: "flag", class: "why why-late", text, fact: String::new() });
    }
    signs.truncate(SIGNS_MAX);
    signs
}

fn ways(replica: &Replica, id: CustomerId, rated: &Rated, today: Date) -> Vec<String> {
    let rules = replica.rules();
    let by_hand: Vec<&TierOverride> = replica.of(id).collect();
    let Some(standing) = rules.tiers.standing(&rated.known, &by_hand, today) else { return Vec::new() };
    let Ok(placed) = &standing.standing.computed else { return Vec::new() };
    let way = |text, tier, distances: &[Distance]| {
        let distance = distances.iter().find(|distance| is_money(&distance.of))?;
        let sum = amount(Fen(i64::try_from(distance.by).unwrap_or(i64::MAX)));
        Some(fill(text, &[("sum", &sum), ("tier", &tier_name(standing.scheme, tier))]))
    };
    let down = placed.below.as_ref().and_then(|below| way(words::DOWN_BY, &below.tier, &below.margins));
    let up = placed.above.as_ref().and_then(|above| way(words::UP_BY, &above.tier, &above.short));
    down.into_iter().chain(up).collect()
}

fn tier_name(scheme: &TierScheme, tier: &domain::tier::TierCode) -> String {
    tier_look(Some(scheme), tier).name
}

fn is_money(of: &Yardstick) -> bool {
    match of {
        Yardstick::Sum(measures) => measures.iter().all(|measure| measure.unit() == Unit::Fen),
        Yardstick::Score => false,
    }
}

fn holds(customer: &Customer) -> String {
    let held = &customer.holdings;
    let mut all = [
        (customer_words::DEPOSIT, held.deposit),
        (customer_words::WEALTH, held.wealth),
        (customer_words::INSURANCE, held.insurance),
        (customer_words::FUND, held.fund),
        (customer_words::LOAN, held.loan),
    ];
    all.sort_by_key(|(_, sum)| std::cmp::Reverse(*sum));
    let all = all.into_iter().filter(|(_, sum)| sum.0 != 0);
    let all: Vec<String> =
        all.map(|(name, sum)| fill(words::HELD, &[("name", &t(name)), ("sum", &amount(sum))])).collect();
    if all.is_empty() { t(words::NOTHING_HELD).to_owned() } else { customer_words::listed(&all) }
}

fn last_met(replica: &Replica, customer: &Customer, today: Date) -> String {
    let Some(on) = last_visited_on(replica, customer) else { return t(words::NEVER_MET).to_owned() };
    let visits = replica.of::<Visit>(customer.id).filter(|visit| visit.on == on);
    let report = visits.filter_map(|visit| visit.report.as_ref()).next_back();
    let step = report.and_then(|report| report.next_step.as_ref());
    joined([
        Some(day(on, today)),
        report.map(|report| report.summary.clone()),
        step.map(|step| fill(customer_words::NEXT_STEP, &[("what", &step.what)])),
    ])
}

/// What is overdue or broken, and what else was said.
fn promises(replica: &Replica, id: CustomerId, today: Date) -> (Option<String>, String) {
    let open: Vec<&Promise> = replica.of::<Promise>(id).filter(|promise| promise.is_open()).collect();
    let late: Vec<&&Promise> = open.iter().filter(|promise| promise.due_on < today).collect();
    let first =
        late.first().copied().or_else(|| open.iter().find(|own| own.by == PromiseBy::Us)).or(open.first());
    let ahead = open.len() - late.len();
    let told = joined([
        (ahead > 0).then(|| fill(words::PROMISES_OPEN, &[("n", &ahead)])),
        first.map(|promise| promise.text.clone()),
    ]);
    let late = (!late.is_empty()).then(|| fill(words::PROMISES_LATE, &[("n", &late.len())]));
    let told = if open.is_empty() { t(words::NO_PROMISES).to_owned() } else { told };
    (late, told)
}

fn last(replica: &Replica, id: CustomerId, today: Date) -> Vec<String> {
    let visits = replica.of::<Visit>(id).filter(|visit| visit.state == VisitState::Done).map(|visit| {
        let summary = visit.report.as_ref().map(|report| report.summary.as_str()).unwrap_or_default();
        (visit.on, words::VISITED, summary)
    });
    let calls = replica.of::<Call>(id).map(|call| {
        let summary = if call.summary.is_empty() && call.outcome != CallOutcome::Reached {
            shared::call_outcome(call.outcome)
        } else {
            call.summary.as_str()
        };
        (call.on, words::CALLED, summary)
    });
    let mut all: Vec<_> = visits.chain(calls).collect();
    all.sort_by_key(|(on, ..)| std::cmp::Reverse(*on));
    all.into_iter()
        .take(LAST)
        .map(|(on, what, summary)| {
            joined([Some(fill(what, &[("day", &day(on, today))])), Some(summary.to_owned())])
        })
        .collect()
}
