//! A reason in words: sign, strong words, the fact beneath.

use crate::i18n::{amount, comma, day, day_and_time, fill, month_name, near_day, t, weekday};
use crate::words::today as words;
use domain::promise::PromiseBy;
use domain::standard::ServiceKind;
use domain::time::{Date, days_between};
use domain::today::{CONTRACT_PRESSES_DAYS, Reason};

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

/// Where on the customer's page the rows behind a reason stand.
pub fn rows_of(reason: &Reason) -> &'static str {
    match reason {
        Reason::Promise { .. } => "h-promise",
        Reason::Task { .. } | Reason::Contract { .. } | Reason::Event { .. } => "h-business",
        Reason::Visit { .. } => "h-next",
        Reason::Overdue { .. } | Reason::NextStep { .. } | Reason::NotVisited { .. } => "visits",
        Reason::Birthday { .. } => "h-facts",
        Reason::Fell(_) => "h-trend",
    }
}

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
        Reason::Task { text, .. } => {
            let (class, text_words) =
                if late > 0 { (LATE, words::TASK_LATE) } else { (NOW, words::TASK_TODAY) };
            Why { icon: "check", class, text: fill(text_words, &[("n", n)]), fact: text.clone() }
        }
        Reason::Contract { name, amount: sum, ends_on, .. } => {
            let (class, text) = match days_between(today, *ends_on) {
                ..0 => (LATE, fill(words::CONTRACT_ENDED, &[("n", n)])),
                ahead => {
                    let class = if ahead <= CONTRACT_PRESSES_DAYS { NOW } else { NOTE };
                    (class, fill(words::CONTRACT_ENDS, &[("day", &near_day(*ends_on, today))]))
                }
            };
            let fact = sum.map_or_else(|| name.clone(), |sum| format!("{name}{}{}", comma(), amount(sum)));
            Why { icon: "doc", class, text, fact }
        }
        Reason::Overdue { kind, owed, done, required, .. } => {
            let (icon, text_words) = match kind {
                ServiceKind::Visit => ("clock", words::VISITS_OVERDUE),
                ServiceKind::Call => ("phone", words::CALLS_OVERDUE),
            };
            let fact = fill(words::OWED, &[("owed", owed), ("done", done), ("required", required)]);
            Why { icon, class: LATE, text: fill(text_words, &[("n", n)]), fact }
        }
        Reason::Event { due_on, owed, .. } => {
            let (class, text) = match late {
                0 if *due_on == today => (NOW, t(words::EVENT_TODAY).to_owned()),
                0 => (NOTE, fill(words::EVENT_BY, &[("day", &near_day(*due_on, today))])),
                _ => (LATE, fill(words::EVENT_LATE, &[("n", n)])),
            };
            Why { icon: "alert", class, text, fact: fill(words::EVENT_OWED, &[("n", owed)]) }
        }
        Reason::Fell(fall) => Why {
            icon: "fall",
            class: NOTE,
            text: fill(words::FELL, &[("n", &fall.percent)]),
            fact: fill(
                words::FELL_FROM_TO,
                &[
                    ("from", &amount(fall.from)),
                    ("to", &amount(fall.to)),
                    ("month", &month_name(fall.from_month, today)),
                ],
            ),
        },
        Reason::Birthday { on, turns, is_lunar } => {
            let is_today = *on == today;
            let text = if is_today {
                t(words::BIRTHDAY_TODAY).to_owned()
            } else {
                fill(words::BIRTHDAY_ON, &[("day", &near_day(*on, today))])
            };
            let told = match (turns, is_today) {
                (Some(n), true) => fill(words::BIRTHDAY_TURNS_TODAY, &[("n", n)]),
                (Some(n), false) => fill(words::BIRTHDAY_TURNS, &[("weekday", &weekday(*on)), ("n", n)]),
                (None, _) => weekday(*on).to_owned(),
            };
            let fact = match is_lunar {
                true => format!("{}{}{told}", t(words::BIRTHDAY_LUNAR), comma()),
                false => told,
            };
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
