//! Calls and messages: who is to be called each month is, with gaps; one customer of a book nobody has reached.

use super::calendar::{working_at_or_before, working_days};
use super::dice::Dice;
use super::held::{Held, HeldBook};
use super::money::Trend;
use super::shapes::{Kind, Size};
use chrono::Duration;
use domain::call::{Call, CallOutcome, Channel};
use domain::ids::CallId;
use domain::month::Month;
use domain::row::Row;
use domain::time::Date;

/// Months before the running one.
const MONTHS_BACK: u32 = 7;
/// Before the last month some were forgotten.
const CALLED_PERCENT: u64 = 85;
const HOURS: [u16; 6] = [9 * 60 + 20, 10 * 60 + 15, 11 * 60 + 5, 14 * 60, 15 * 60 + 10, 16 * 60 + 40];

const TOLD: &[&str] = &[
    "问候近况，提醒本月到期的存款，客户说到时来办。",
    "说了新一期理财的起购日，客户要先看说明书。",
    "核对了联系方式和住址，没有变动。",
    "问了上次办的转账限额，使用正常。",
    "约好下次走访带上产品说明，家人一起听。",
    "回答了手机银行登录的问题，已能正常使用。",
    "谈了近期资金安排，月底有一笔货款到账。",
];
const WRITTEN: &[&str] =
    &["发了利率调整的通知，客户回复收到。", "发了产品到期提醒，客户回复知道了。", "节日问候，客户回了谢谢。"];
const CALLED_US: &[&str] =
    &["客户来电问一年能购汇多少、要哪些材料。", "客户来电问大额存单还有没有额度，已答复。"];
const NO_ANSWER: &[&str] = &["", "响铃没接，下午再打。", "占线。"];

pub(super) fn of_book(dice: &mut Dice, book: &HeldBook<'_>) -> Vec<Row> {
    let mut calling = Calling { dice, book, calls: Vec::new() };
    for held in book.customers {
        let is_called_monthly = held.part.size >= Size::Platinum
            || matches!(held.money.trend, Trend::Sunk { .. }) && held.part.size == Size::Gold;
        match (held.part.kind, held.part.size) {
            (Kind::Due, Size::Platinum) => calling.unreached(held),
            _ if is_called_monthly => calling.monthly(held),
            (Kind::Regular | Kind::Owing, Size::Gold) => calling.now_and_then(held),
            _ => {}
        }
    }
    calling.incoming();
    calling.calls.into_iter().map(Row::from).collect()
}

struct Calling<'a, 'b> {
    dice: &'a mut Dice,
    book: &'a HeldBook<'b>,
    calls: Vec<Call>,
}

impl Calling<'_, '_> {
    /// Always in the month before the running one, so that nothing is overdue.
    fn monthly(&mut self, held: &Held) {
        for back in (0..=MONTHS_BACK).rev() {
            let is_called = back == 1 || self.dice.chance(CALLED_PERCENT);
            let Some(on) = self.day_in(back).filter(|_| is_called) else { continue };
            let is_message = self.dice.chance(25);
            self.reached(held, on, if is_message { Channel::Message } else { Channel::Phone });
            if self.dice.chance(12) {
                self.no_answer(held, working_at_or_before(on - Duration::days(1)));
            }
        }
    }

    fn unreached(&mut self, held: &Held) {
        for back in (2..=MONTHS_BACK).rev() {
            let is_called = self.dice.chance(CALLED_PERCENT);
            if let Some(on) = self.day_in(back).filter(|_| is_called) {
                self.reached(held, on, Channel::Phone);
            }
        }
        for back in [1, 0] {
            if let Some(on) = self.day_in(back) {
                self.no_answer(held, on);
            }
        }
    }

    fn now_and_then(&mut self, held: &Held) {
        for back in [4, 2, 1] {
            let is_called = self.dice.chance(35);
            if let Some(on) = self.day_in(back).filter(|_| is_called) {
                self.reached(held, on, Channel::Phone);
            }
        }
    }

    /// Who calls us has not been called as the standard asks.
    fn incoming(&mut self) {
        let book = self.book;
        let callers = [book.find(Kind::Stuck, 0), book.find(Kind::Regular, 0)];
        for (nth, held) in callers.into_iter().flatten().enumerate() {
            let days = working_days(book.day(-12), book.day(-1));
            let Some(on) = self.dice.any(&days).filter(|_| nth == 0 || book.nth.is_multiple_of(2)) else {
                continue;
            };
            let summary = self.dice.pick(CALLED_US);
            self.call(held, on, Channel::Phone, CallOutcome::CalledUs, summary);
        }
    }

    /// A working day of the month so many before, before today.
    fn day_in(&mut self, months_back: u32) -> Option<Date> {
        let month = Month::of(self.book.today()).minus(months_back);
        let days = working_days(month.first_day(), month.last_day().min(self.book.day(-1)));
        self.dice.any(&days)
    }

    fn reached(&mut self, held: &Held, on: Date, channel: Channel) {
        let summary = self.dice.pick(if channel == Channel::Phone { TOLD } else { WRITTEN });
        self.call(held, on, channel, CallOutcome::Reached, summary);
    }

    fn no_answer(&mut self, held: &Held, on: Date) {
        let summary = self.dice.pick(NO_ANSWER);
        self.call(held, on, Channel::Phone, CallOutcome::NoAnswer, summary);
    }

    fn call(&mut self, held: &Held, on: Date, channel: Channel, outcome: CallOutcome, summary: &str) {
        let begun = self.dice.any(&HOURS).unwrap_or(HOURS[0]);
        let is_talk = channel == Channel::Phone && outcome != CallOutcome::NoAnswer;
        let minutes = is_talk.then(|| u16::try_from(self.dice.days(3, 12)).unwrap_or(5));
        let written_at = self.book.at(on, begun + minutes.unwrap_or(0) + 2);
        self.calls.push(Call {
            id: CallId(self.dice.id(written_at)),
            customer_id: held.customer.id,
            caller_id: self.book.manager,
            on,
            at_minute: Some(begun),
            channel,
            outcome,
            summary: summary.to_owned(),
            minutes,
            written_at,
        });
    }
}
