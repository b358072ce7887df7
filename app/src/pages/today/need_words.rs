//! A reason in words: sign, strong words, the fact beneath.

use crate::i18n::{day, day_and_time, fill, near_day, t, weekday};
use crate::words::today as words;
use domain::promise::PromiseBy;
use domain::time::{Date, days_between};
use domain::today::Reason;

/// How a reason is shown. `class` colours it by how pressing it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    pub icon: &'static str,
    pub class: &'static str,
    pub text: String,
    pub fact: String,
}

const NOW: &str = "why why-now";
const LATE: &str = "why why-late";
const KIND: &str = "why why-kind";
const NOTE: &str = "why why-note";

pub fn why(reason: &Reason, today: Date) -> Why {
    let late = reason.days_late(today);
    let n: &dyn std::fmt::Display = &late;
    match reason {
        Reason::Promise { by, text, .. } => {
            let (now_words, late_words) = match by {
                PromiseBy::Us => (words::PROMISE_TODAY, words::PROMISE_LATE),
                PromiseBy::Customer => (words::THEIR_PROMISE_TODAY, words::THEIR_PROMISE_LATE),
            };
            let (class, text_words) = if late > 0 { (LATE, late_words) } else { (NOW, now_words) };
            Why { icon: "flag", class, text: fill(text_words, &[("n", n)]), fact: text.clone() }
        }
        Reason::Visit { on, at_minute, purpose, .. } if late > 0 => {
            let when = day_and_time(*on, *at_minute, today);
            let planned = fill(words::PLANNED_FOR, &[("when", &when)]);
            let fact = purpose.as_ref().map_or(planned.clone(), |purpose| format!("{planned}，{purpose}"));
            Why { icon: "clock", class: LATE, text: fill(words::VISIT_MISSED, &[("n", n)]), fact }
        }
        Reason::Visit { purpose, .. } => Why {
            icon: "pin",
            class: NOTE,
            text: t(words::VISIT_TODAY).to_owned(),
            fact: purpose.clone().unwrap_or_default(),
        },
        Reason::NextStep { what, .. } => {
            let (class, text_words) =
                if late > 0 { (LATE, words::NEXT_STEP_LATE) } else { (NOW, words::NEXT_STEP_TODAY) };
            Why { icon: "arrow", class, text: fill(text_words, &[("n", n)]), fact: what.clone() }
        }
        Reason::Birthday { on, turns } => {
            let is_today = *on == today;
            let text = if is_today {
                t(words::BIRTHDAY_TODAY).to_owned()
            } else {
                fill(words::BIRTHDAY_ON, &[("day", &near_day(*on, today))])
            };
            let fact_words = if is_today { words::BIRTHDAY_TURNS_TODAY } else { words::BIRTHDAY_TURNS };
            let fact = fill(fact_words, &[("weekday", &weekday(*on)), ("n", turns)]);
            Why { icon: "cake", class: KIND, text, fact }
        }
        Reason::NotVisited { last_on: Some(last) } => Why {
            icon: "clock",
            class: NOTE,
            text: fill(words::NOT_VISITED_FOR, &[("n", &days_between(*last, today))]),
            fact: fill(words::LAST_VISIT_ON, &[("day", &day(*last, today))]),
        },
        Reason::NotVisited { last_on: None } => Why {
            icon: "clock",
            class: NOTE,
            text: t(words::NEVER_VISITED).to_owned(),
            fact: t(words::NO_VISIT_RECORD).to_owned(),
        },
    }
}
