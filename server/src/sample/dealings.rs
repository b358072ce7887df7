//! Contracts that end, tasks, events, and what a planned visit needs.

use super::calendar::{EVENING, working_days};
use super::dice::Dice;
use super::held::{Held, HeldBook};
use super::rules::{BUSINESS_CHANGE, CHURN, WAN};
use super::shapes::{Kind, Size};
use chrono::Duration;
use domain::contract::{Contract, ContractState};
use domain::event::Event;
use domain::ids::{ContractId, EmployeeId, EventId, PreparationId, TaskId};
use domain::money::Fen;
use domain::preparation::{Bring, Preparation};
use domain::row::Row;
use domain::task::{Task, TaskState};
use domain::time::Date;
use domain::visit::{Visit, VisitState};

const OUR_TASKS: &[&str] =
    &["打印近6个月账户明细", "问清按揭提前还款的手续", "准备养老产品的对比表", "复核预留的联系电话"];
const LEADS_TASKS: &[&str] = &[
    "补签风险评估问卷",
    "核对身份证有效期，过期的请客户更新",
    "确认大额转出的去向",
    "补齐开户资料里的职业信息",
];
const BRING: &[&str] =
    &["近6个月账户明细", "教育金产品说明", "风险评估问卷", "养老产品资料", "盖章的购汇申请单"];
const BRING_TO_COMPANY: &[&str] = &["代发工资协议两份", "上季度结算量清单", "融资方案", "授权书样本"];
const CHURN_NOTES: &[&str] = &["柜面转出一笔大额到他行，没有说原因。", "来网点问定期提前支取的手续。"];
const CHANGE_NOTES: &[&str] =
    &["店面下月搬到新址。", "生意交给儿子打理，签字人要换。", "退休后改由女儿管家里的钱。"];

pub(super) fn of_book(dice: &mut Dice, book: &HeldBook<'_>) -> Vec<Row> {
    let mut dealing = Dealing { dice, book, rows: Vec::new() };
    dealing.contracts();
    dealing.tasks();
    dealing.events();
    dealing.preparations();
    dealing.rows
}

struct Dealing<'a, 'b> {
    dice: &'a mut Dice,
    book: &'a HeldBook<'b>,
    rows: Vec<Row>,
}

/// What a contract is about.
struct Terms {
    name: &'static str,
    amount: Option<Fen>,
}

impl Dealing<'_, '_> {
    fn contracts(&mut self) {
        // Those with most come first; a day each, so that no two customers' contracts end together.
        let mut with: Vec<&Held> =
            self.book.customers.iter().filter(|held| held.part.size >= Size::Gold).collect();
        with.sort_by_key(|held| std::cmp::Reverse(held.part.size));
        let ahead = [
            1,
            self.dice.days(2, 5),
            self.dice.days(8, 13),
            self.dice.days(28, 34),
            // Ended, and nobody has said what became of it.
            -self.dice.days(2, 9),
            self.dice.days(120, 300),
        ];
        let mut held = with.iter().cycle();
        for days in ahead {
            let Some(held) = held.next() else { return };
            self.running(held, self.book.day(days));
        }
        for (state, days) in [(ContractState::Renewed, self.dice.days(20, 50)), (ContractState::Ended, 70)] {
            let Some(held) = held.next() else { return };
            self.settled(held, state, self.book.day(-days));
        }
    }

    fn terms(&mut self, held: &Held) -> Terms {
        let holdings = &held.customer.holdings;
        let most_of = |part: Fen| Some(Fen((part.0 * 6 / 10 / (WAN / 10)).max(1) * (WAN / 10)));
        let name = match (held.is_company(), holdings.wealth.0 > 5 * WAN) {
            (true, _) => return Terms { name: "代发工资协议", amount: None },
            (false, true) => ["稳享一年", "安心添利", "稳享90天"],
            (false, false) => ["整存整取一年", "大额存单三年", "通知存款"],
        };
        let part = if holdings.wealth.0 > 5 * WAN { holdings.wealth } else { holdings.deposit };
        Terms { name: self.dice.pick(&name), amount: most_of(part) }
    }

    fn contract(&mut self, held: &Held, terms: Terms, ends_on: Date) -> Contract {
        let noted_on = ends_on.min(self.book.today()) - Duration::days(self.dice.days(80, 170));
        let noted_at = self.book.at(noted_on, EVENING);
        Contract {
            id: ContractId(self.dice.id(noted_at)),
            customer_id: held.customer.id,
            name: terms.name.to_owned(),
            amount: terms.amount,
            ends_on,
            state: ContractState::Running,
            noted_by: self.book.manager,
            noted_at,
            settled_by: None,
            settled_at: None,
        }
    }

    fn running(&mut self, held: &Held, ends_on: Date) {
        let terms = self.terms(held);
        let contract = self.contract(held, terms, ends_on);
        self.rows.push(contract.into());
    }

    fn settled(&mut self, held: &Held, state: ContractState, ended_on: Date) {
        let terms = self.terms(held);
        let (name, amount) = (terms.name, terms.amount);
        let settled_at = self.book.at(ended_on, EVENING);
        let contract = self.contract(held, terms, ended_on);
        self.rows.push(
            Contract { state, settled_by: Some(self.book.manager), settled_at: Some(settled_at), ..contract }
                .into(),
        );
        if state == ContractState::Renewed {
            let next = Contract {
                id: ContractId(self.dice.id(settled_at)),
                noted_at: settled_at,
                ..self.contract(held, Terms { name, amount }, ended_on + Duration::days(365))
            };
            self.rows.push(next.into());
        }
    }

    fn tasks(&mut self) {
        let (lead, manager) = (self.book.lead, self.book.manager);
        // Of whom, by whom, due in so many days, and what became of it.
        let tasks = [
            (Kind::Regular, 1, lead, 2, TaskState::Open),
            (Kind::Due, 0, lead, -self.dice.days(2, 6), TaskState::Open),
            (Kind::Regular, 3, manager, 0, TaskState::Open),
            (Kind::Stuck, 0, manager, self.dice.days(6, 12), TaskState::Open),
            (Kind::Owing, 0, lead, -20, TaskState::Done),
            (Kind::Regular, 4, manager, -12, TaskState::Done),
            (Kind::Silent, 0, manager, -30, TaskState::Dropped),
        ];
        for (kind, nth, made_by, due_in, state) in tasks {
            let Some(held) = self.book.find(kind, nth) else { continue };
            self.task(held, made_by, self.book.day(due_in), state);
        }
    }

    fn task(&mut self, held: &Held, made_by: EmployeeId, due_on: Date, state: TaskState) {
        let made_on = due_on.min(self.book.today()) - Duration::days(self.dice.days(3, 10));
        let made_at = self.book.at(made_on, EVENING);
        let settled_at =
            (state != TaskState::Open).then(|| self.book.at(due_on - Duration::days(1), EVENING));
        let text = self.dice.pick(if made_by == self.book.lead { LEADS_TASKS } else { OUR_TASKS });
        self.rows.push(
            Task {
                id: TaskId(self.dice.id(made_at)),
                customer_id: held.customer.id,
                owner_id: self.book.manager,
                text: text.to_owned(),
                due_on,
                state,
                made_by,
                made_at,
                settled_by: settled_at.map(|_| self.book.manager),
                settled_at,
            }
            .into(),
        );
    }

    /// One to be answered, one overdue in every other book, one answered.
    fn events(&mut self) {
        let book = self.book;
        if let Some(held) = book.of_size(Kind::Regular, Size::Gold).next() {
            let on = book.day(-self.dice.days(2, 5));
            self.event(held, CHURN.0, CHURN_NOTES, on, book.desk, None);
        }
        if let Some(held) = book.find(Kind::Silent, 0).filter(|_| book.nth.is_multiple_of(2)) {
            let on = book.day(-i64::from(BUSINESS_CHANGE.2) - self.dice.days(3, 9));
            self.event(held, BUSINESS_CHANGE.0, CHANGE_NOTES, on, book.manager, None);
        }
        if let Some(held) = book.find(Kind::Owing, 0)
            && let Some(visit) = held.last_done()
        {
            let on = visit.on - Duration::days(self.dice.days(1, 5));
            self.event(held, CHURN.0, CHURN_NOTES, on, book.desk, Some(visit));
        }
    }

    fn event(
        &mut self,
        held: &Held,
        event: &str,
        notes: &[&'static str],
        on: Date,
        reported_by: EmployeeId,
        answer: Option<&Visit>,
    ) {
        let reported_at = self.book.at(on, EVENING);
        self.rows.push(
            Event {
                id: EventId(self.dice.id(reported_at)),
                customer_id: held.customer.id,
                event: event.into(),
                on,
                note: Some(self.dice.pick(notes).to_owned()),
                reported_by,
                reported_at,
                answers: answer.map(|visit| visit.id).into_iter().collect(),
            }
            .into(),
        );
    }

    /// Of the visits planned for today and the next working day.
    fn preparations(&mut self) {
        let next = working_days(self.book.day(1), self.book.day(4)).first().copied();
        for held in self.book.customers {
            let near = held
                .visits
                .iter()
                .filter(|visit| visit.state == VisitState::Planned)
                .filter(|visit| visit.on == self.book.today() || Some(visit.on) == next);
            for visit in near {
                self.preparation(held, visit);
            }
        }
    }

    fn preparation(&mut self, held: &Held, visit: &Visit) {
        let things = if held.is_company() { BRING_TO_COMPANY } else { BRING };
        let first = usize::try_from(self.dice.below(things.len() as u64)).unwrap_or(0);
        let count = usize::try_from(self.dice.days(1, 3)).unwrap_or(1);
        // Some of it is in the bag already.
        let ready = self.dice.days(0, 2);
        let bring = (0..).zip(things.iter().cycle().skip(first).take(count));
        let preparation = Preparation {
            id: PreparationId::from(visit.id),
            customer_id: held.customer.id,
            minutes: u16::try_from(20 + 5 * self.dice.days(0, 5)).ok(),
            bring: bring
                .map(|(nth, what)| Bring { what: (*what).to_owned(), is_ready: nth < ready })
                .collect(),
        };
        self.rows.push(preparation.into());
    }
}
