//! What happened with a customer: visits, promises, contacts and notes, on the days of its course.

use super::calendar::{self, EVENING, working_days};
use super::courses::{Course, Stop};
use super::dice::Dice;
use super::library::labels;
use super::stories::{self, Story};
use chrono::Duration;
use domain::choice::ChoiceList;
use domain::contact::{Contact, ContactRole};
use domain::customer::{Customer, CustomerType};
use domain::ids::{ContactId, EmployeeId, NoteId, PromiseId, VisitId};
use domain::note::Note;
use domain::promise::{Promise, PromiseBy, PromiseState};
use domain::row::Row;
use domain::time::{Date, Timestamp, days_between};
use domain::visit::{Mood, NextStep, NotHeld, ProductOutcome, ProductTold, Visit, VisitReport, VisitState};

/// A next step so close is what the next visit was for.
const FOLLOW_UP_DAYS: i64 = 25;
const CONTACTS: &[&str] = &["蒲以安", "甘棠", "席慕青", "宗白", "祝余", "明若", "苗禾", "施小满"];
/// For plans: a purpose that fits whoever is visited.
const PLANNED_FOR: &[&str] = &["例行走访", "例行走访", "产品介绍", "到期提醒"];
const OUR_PROMISES: &[&str] =
    &["送房贷试算", "带收款码立牌", "回电说明手续费", "送养老产品资料", "帮忙约理财经理", "补寄对账单"];
const THEIR_PROMISES: &[&str] =
    &["带身份证来网点更新资料", "补一份收入证明", "和家里商量后答复", "转入一笔定期"];
const COMPANY_PROMISES: &[&str] = &["送融资方案", "报代发工资的手续费", "补寄对账单", "约信贷经理上门"];
const THEIR_COMPANY_PROMISES: &[&str] = &["提供上季度报表", "发来员工名单", "请老板定下存期"];
const NOTES: &[&str] =
    &["店里换了电话，下次核对。", "老客户，逢年过节要问候。", "不喜欢被电话打扰，先发消息。"];
const MOODS: &[Mood] = &[
    Mood::Warm,
    Mood::Warm,
    Mood::Content,
    Mood::Content,
    Mood::Content,
    Mood::Calm,
    Mood::Calm,
    Mood::Cold,
];
const OUTCOMES: &[ProductOutcome] = &[
    ProductOutcome::Told,
    ProductOutcome::Told,
    ProductOutcome::Interested,
    ProductOutcome::Interested,
    ProductOutcome::Sold,
    ProductOutcome::Declined,
];

fn is_long_apart(made: &Visit, next: &Visit) -> bool {
    days_between(made.on, next.on) > FOLLOW_UP_DAYS
}

pub(super) fn of_customer(
    dice: &mut Dice,
    now: Timestamp,
    customer: &Customer,
    course: &Course,
    manager: EmployeeId,
) -> Vec<Row> {
    let has_settled_promise = dice.chance(40);
    let mut making = Making { dice, now, customer, manager, has_settled_promise, rows: Vec::new() };
    // First, so that who has one is the same whatever the day.
    making.contact();
    let done = making.visits(course);
    making.promises(course, &done);
    if !course.is_new() {
        making.note();
    }
    making.rows
}

struct Making<'a> {
    dice: &'a mut Dice,
    now: Timestamp,
    customer: &'a Customer,
    manager: EmployeeId,
    /// Whether a promise of the past is told of.
    has_settled_promise: bool,
    rows: Vec<Row>,
}

impl Making<'_> {
    fn at(&self, on: Date, minute: u16) -> Timestamp {
        calendar::at(self.now, on, minute)
    }

    fn is_company(&self) -> bool {
        self.customer.customer_type == CustomerType::Company
    }

    /// Answers those that were done.
    fn visits(&mut self, course: &Course) -> Vec<Visit> {
        let stories = stories::of(self.customer.customer_type);
        // Each visit tells something new, until all has been told.
        let first = usize::try_from(self.dice.below(stories.len() as u64)).unwrap_or(0);
        let mut stories = stories.iter().cycle().skip(first);
        let mut all_done = Vec::new();
        for (at, stop) in course.stops.iter().enumerate() {
            match stop.state {
                VisitState::Done => {
                    let Some(story) = stories.next() else { continue };
                    let next = course.stops[at + 1..].iter().find(|next| next.state == VisitState::Done);
                    let step_on = match next {
                        Some(next) => self.step_before(stop.on, next.on),
                        None => course.next_step_on,
                    };
                    let visit = self.done(stop, story, step_on);
                    self.rows.push(visit.clone().into());
                    all_done.push(visit);
                }
                VisitState::Planned => self.planned(stop),
                VisitState::Skipped | VisitState::Cancelled => self.not_held(stop),
            }
        }
        all_done
    }

    /// The day of the next step that the visit on `next` took: that day, or shortly before.
    fn step_before(&mut self, on: Date, next: Date) -> Option<Date> {
        if days_between(on, next) <= FOLLOW_UP_DAYS {
            return Some(next);
        }
        let near = working_days(next - Duration::days(4), next);
        self.dice.any(&near).filter(|_| self.dice.chance(60))
    }

    fn visit(&mut self, stop: &Stop, purpose: &str, written_at: Timestamp) -> Visit {
        Visit {
            id: VisitId(self.dice.id(written_at)),
            customer_id: self.customer.id,
            visitor_id: self.manager,
            state: stop.state,
            on: stop.on,
            at_minute: stop.at_minute,
            purpose: Some(purpose.to_owned()),
            report: None,
            not_held: None,
            written_at,
        }
    }

    fn done(&mut self, stop: &Stop, story: &Story, step_on: Option<Date>) -> Visit {
        let minutes = u16::try_from(15 + self.dice.below(8) * 5).unwrap_or(30);
        let written_at = self.at(stop.on, stop.at_minute.map_or(EVENING, |begun| begun + minutes + 5));
        let mut visit = self.visit(stop, story.purpose, written_at);
        visit.report = Some(self.report(story, step_on, minutes));
        visit
    }

    fn report(&mut self, story: &Story, step_on: Option<Date>, minutes: u16) -> VisitReport {
        let met = if self.is_company() { "财务负责人" } else { "本人" };
        let customer_type = self.customer.customer_type;
        let dice = &mut *self.dice;
        let product = dice.any(stories::products(story.need, customer_type)).filter(|_| dice.chance(70));
        let products = product.map(|name| ProductTold {
            product_id: None,
            name: name.to_owned(),
            outcome: dice.any(OUTCOMES).unwrap_or(ProductOutcome::Told),
        });
        let next_step = step_on
            .map(|on| NextStep { what: dice.pick(labels(ChoiceList::NextStep)).to_owned(), on: Some(on) });
        VisitReport {
            met: vec![met.to_owned()],
            needs: vec![story.need.to_owned()],
            products: products.into_iter().collect(),
            mood: dice.any(MOODS),
            summary: story.summary.to_owned(),
            next_step,
            minutes: Some(minutes),
        }
    }

    fn not_held(&mut self, stop: &Stop) {
        let written_at = self.at(stop.on, EVENING);
        let mut visit = self.visit(stop, "例行走访", written_at);
        let reason = self.dice.pick(labels(ChoiceList::SkipReason)).to_owned();
        visit.not_held = Some(NotHeld { reason, at: written_at });
        self.rows.push(visit.into());
    }

    /// Planned some days ago, whenever it is for.
    fn planned(&mut self, stop: &Stop) {
        let before = stop.on.min(self.now.date()) - Duration::days(self.dice.days(1, 5));
        let written_at = self.at(before, EVENING);
        let purpose = self.dice.pick(PLANNED_FOR);
        let visit = self.visit(stop, purpose, written_at);
        self.rows.push(visit.into());
    }

    fn promise(&mut self, made: Option<&Visit>, by: PromiseBy, due_on: Date) -> Promise {
        let made_at = made.map_or_else(
            || self.at(due_on.min(self.now.date()) - Duration::days(3), EVENING),
            |visit| visit.written_at,
        );
        let texts = match (by, self.is_company()) {
            (PromiseBy::Us, false) => OUR_PROMISES,
            (PromiseBy::Customer, false) => THEIR_PROMISES,
            (PromiseBy::Us, true) => COMPANY_PROMISES,
            (PromiseBy::Customer, true) => THEIR_COMPANY_PROMISES,
        };
        Promise {
            id: PromiseId(self.dice.id(made_at)),
            customer_id: self.customer.id,
            visit_id: made.map(|visit| visit.id),
            by,
            text: self.dice.pick(texts).to_owned(),
            due_on,
            state: PromiseState::Open,
            made_by: self.manager,
            made_at,
            settled_at: None,
            settled_by: None,
        }
    }

    fn promises(&mut self, course: &Course, done: &[Visit]) {
        if let Some(owed) = course.owed {
            let promise = self.promise(done.last(), owed.by, owed.due_on);
            self.rows.push(promise.into());
        }
        let pairs: Vec<(&Visit, &Visit)> =
            done.iter().zip(done.iter().skip(1)).filter(|(made, next)| is_long_apart(made, next)).collect();
        if let Some((made, next)) = self.dice.any(&pairs).filter(|_| self.has_settled_promise) {
            self.settled_promise(made, next.on);
        }
    }

    /// Made on a visit and settled before the next one, mostly kept.
    fn settled_promise(&mut self, made: &Visit, next: Date) {
        let days = working_days(made.on + Duration::days(1), next - Duration::days(1));
        let Some(due_on) = self.dice.any(&days) else { return };
        let by = if self.dice.chance(75) { PromiseBy::Us } else { PromiseBy::Customer };
        let is_kept = self.dice.chance(95);
        let settled_on = if is_kept { due_on } else { next };
        let promise = self.promise(Some(made), by, due_on);
        let settled = Promise {
            state: if is_kept { PromiseState::Kept } else { PromiseState::Broken },
            settled_at: Some(self.at(settled_on, EVENING)),
            settled_by: Some(self.manager),
            ..promise
        };
        self.rows.push(settled.into());
    }

    fn contact(&mut self) {
        let is_company = self.is_company();
        if !is_company && !self.dice.chance(35) {
            return;
        }
        let at = self.at(self.now.date() - Duration::days(90), EVENING);
        let contact = Contact {
            id: ContactId(self.dice.id(at)),
            customer_id: self.customer.id,
            name: self.dice.pick(CONTACTS).to_owned(),
            role: if is_company { ContactRole::Finance } else { ContactRole::Family },
            relation: Some(if is_company { "财务主管" } else { "女儿" }.to_owned()),
            phone: Some(format!("199007{:05}", self.dice.below(100_000))),
            stamps: Vec::new(),
        };
        self.rows.push(contact.into());
    }

    fn note(&mut self) {
        if !self.dice.chance(30) {
            return;
        }
        let on = self.now.date() - Duration::days(self.dice.days(5, 200));
        let at = self.at(on, EVENING);
        let note = Note {
            id: NoteId(self.dice.id(at)),
            customer_id: self.customer.id,
            text: self.dice.pick(NOTES).to_owned(),
            by: self.manager,
            at,
        };
        self.rows.push(note.into());
    }
}
