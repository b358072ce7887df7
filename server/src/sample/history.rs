//! What happened with a customer: visits over two years, what is planned, promises, contacts, notes.

use super::dice::Dice;
use super::library::{labels, product_names};
use chrono::Duration;
use domain::choice::ChoiceList;
use domain::contact::{Contact, ContactRole};
use domain::customer::{Customer, CustomerType};
use domain::ids::{ContactId, EmployeeId, NoteId, PromiseId, VisitId};
use domain::note::Note;
use domain::promise::{Promise, PromiseBy, PromiseState};
use domain::row::Row;
use domain::time::{Date, Timestamp, days_between, monday_of};
use domain::visit::{Mood, NextStep, NotHeld, ProductOutcome, ProductTold, Visit, VisitReport, VisitState};

const DAY_MS: i64 = 24 * 3_600_000;
const CONTACTS: &[&str] = &["蒲以安", "甘棠", "席慕青", "宗白", "祝余", "明若", "苗禾", "施小满"];
const SUMMARIES: &[&str] = &[
    "谈了到期的存款，倾向续做一年。",
    "看了新店面，下月装修，想了解经营贷。",
    "身体不错，关心养老的安排，留了资料。",
    "收款码用得顺手，想再要一个放二楼。",
    "孩子准备上大学，问了教育金的领取。",
    "对上次的手续费有疑问，已解释清楚。",
    "认识了接班的女儿，以后主要和她联系。",
];
const PROMISES: &[&str] =
    &["送房贷试算", "带收款码立牌", "回电说明手续费", "送养老产品资料", "帮忙约理财经理", "补寄对账单"];
const NOTES: &[&str] =
    &["店里换了电话，下次核对。", "老客户，逢年过节要问候。", "不喜欢被电话打扰，先发消息。"];

pub(super) fn of_customer(
    dice: &mut Dice,
    now: Timestamp,
    customer: &Customer,
    manager: EmployeeId,
) -> Vec<Row> {
    let mut making = Making { dice, now, customer, manager, rows: Vec::new() };
    making.past_visits();
    making.coming_visits();
    making.promises();
    making.people_and_notes();
    making.rows
}

struct Making<'a> {
    dice: &'a mut Dice,
    now: Timestamp,
    customer: &'a Customer,
    manager: EmployeeId,
    rows: Vec<Row>,
}

impl Making<'_> {
    fn at(&self, days: i64) -> Timestamp {
        self.now.plus_ms(days * DAY_MS)
    }

    fn visit(&mut self, on: Date, state: VisitState) -> Visit {
        let days = days_between(self.now.date(), on).min(0);
        let at = self.at(days);
        Visit {
            id: VisitId(self.dice.id(at)),
            customer_id: self.customer.id,
            visitor_id: self.manager,
            state,
            on,
            at_minute: self
                .dice
                .chance(70)
                .then(|| u16::try_from(9 * 60 + self.dice.below(16) * 30).unwrap_or(600)),
            purpose: Some(self.dice.pick(labels(ChoiceList::Purpose)).to_owned()),
            report: None,
            not_held: None,
            written_at: at,
        }
    }

    fn past_visits(&mut self) {
        let today = self.now.date();
        let count = 1 + self.dice.below(4);
        for _ in 0..count {
            let days = self.dice.days(2, 730);
            let on = today - Duration::days(days);
            if self.dice.chance(12) {
                let mut visit = self.visit(on, VisitState::Skipped);
                let reason = self.dice.pick(labels(ChoiceList::SkipReason)).to_owned();
                visit.not_held = Some(NotHeld { reason, at: visit.written_at });
                self.rows.push(visit.into());
                continue;
            }
            let mut visit = self.visit(on, VisitState::Done);
            visit.report = Some(self.report(on));
            self.rows.push(visit.into());
        }
    }

    fn report(&mut self, on: Date) -> VisitReport {
        let dice = &mut *self.dice;
        let products = dice.chance(60).then(|| ProductTold {
            product_id: None,
            name: dice.pick(&product_names()).to_owned(),
            outcome: *dice.pick(&ProductOutcome::ALL.each_ref()),
        });
        let next_step = dice.chance(50).then(|| NextStep {
            what: dice.pick(labels(ChoiceList::NextStep)).to_owned(),
            on: Some(on + Duration::days(dice.days(7, 60))),
        });
        let met = match self.customer.customer_type {
            CustomerType::Company => "财务负责人".to_owned(),
            _ => "本人".to_owned(),
        };
        VisitReport {
            met: vec![met],
            needs: vec![dice.pick(labels(ChoiceList::Need)).to_owned()],
            products: products.into_iter().collect(),
            mood: Some(*dice.pick(&Mood::ALL.each_ref())),
            summary: dice.pick(SUMMARIES).to_owned(),
            next_step,
            minutes: u16::try_from(15 + dice.below(8) * 5).ok(),
        }
    }

    /// A few for today, some for this week and the next, one now and then forgotten.
    fn coming_visits(&mut self) {
        let today = self.now.date();
        let monday = monday_of(today);
        let on = match self.dice.below(20) {
            0..=4 => today,
            5..=8 => monday + Duration::days(self.dice.days(0, 4)),
            9..=10 => monday + Duration::days(7 + self.dice.days(0, 4)),
            11 => today - Duration::days(self.dice.days(3, 12)),
            _ => return,
        };
        let visit = self.visit(on, VisitState::Planned);
        self.rows.push(visit.into());
    }

    fn promises(&mut self) {
        if !self.dice.chance(45) {
            return;
        }
        let today = self.now.date();
        let (due_in, state) = match self.dice.below(6) {
            0 => (0, PromiseState::Open),
            1 => (-self.dice.days(1, 12), PromiseState::Open),
            2 | 3 => (self.dice.days(1, 14), PromiseState::Open),
            4 => (-self.dice.days(5, 60), PromiseState::Kept),
            _ => (-self.dice.days(5, 60), PromiseState::Broken),
        };
        let made_at = self.at(due_in.min(0) - 10);
        let is_open = state == PromiseState::Open;
        let settled_at = self.at(due_in);
        let promise = Promise {
            id: PromiseId(self.dice.id(made_at)),
            customer_id: self.customer.id,
            visit_id: None,
            by: if self.dice.chance(75) { PromiseBy::Us } else { PromiseBy::Customer },
            text: self.dice.pick(PROMISES).to_owned(),
            due_on: today + Duration::days(due_in),
            state,
            made_by: self.manager,
            made_at,
            settled_at: (!is_open).then_some(settled_at),
            settled_by: (!is_open).then_some(self.manager),
        };
        self.rows.push(promise.into());
    }

    fn people_and_notes(&mut self) {
        if self.customer.customer_type == CustomerType::Company || self.dice.chance(35) {
            let at = self.at(-90);
            let is_company = self.customer.customer_type == CustomerType::Company;
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
        if self.dice.chance(30) {
            let days = self.dice.days(5, 200);
            let at = self.at(-days);
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
}
