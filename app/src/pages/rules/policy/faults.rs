//! What keeps a policy from taking effect: in words, and where on the page it is mended.

use crate::i18n::{fill, t};
use crate::pages::rules::desk::{DAY, Kept, Mending, Told};
use crate::words::rules as shared;
use crate::words::rules::policy as words;
use domain::api::{Draft, RuleBook, RuleKind};
use domain::care::{CareFault, LeadOf};
use domain::policy::{Policy, PolicyFault};
use domain::tier::TierCode;
use domain::time::Date;
use domain::trend::FallRuleFault;

pub const FESTIVALS: &str = "festivals";
pub const FALL_PERCENT: &str = "fall-percent";
pub const FALL_MONTHS: &str = "fall-months";
pub const FALL_LEAST: &str = "fall-least";
pub const VISITS_A_WEEK: &str = "visits-a-week";
pub const HOURS_A_WEEK: &str = "hours-a-week";
pub const VISIT_MINUTES: &str = "visit-minutes";
pub const CALL_MINUTES: &str = "call-minutes";
pub const RATE: &str = "rate";

pub fn lead_id(of: LeadOf) -> &'static str {
    match of {
        LeadOf::Birthday => "lead-birthday",
        LeadOf::Festival => "lead-festival",
        LeadOf::Contract => "lead-contract",
    }
}

pub fn festival_name_id(code: &str) -> String {
    format!("festival-name-{code}")
}

pub fn festival_day_id(code: &str) -> String {
    format!("festival-day-{code}")
}

pub fn limit_id(tier: &TierCode) -> String {
    format!("limit-{}", tier.0)
}

impl Kept for Policy {
    const WHICH: RuleKind = RuleKind::Policy;

    fn published(book: &RuleBook) -> &[Self] {
        &book.policies
    }

    fn draft(book: &RuleBook) -> Option<&Draft<Self>> {
        book.policy_draft.as_ref()
    }

    fn faults(&self, book: &RuleBook, today: Date) -> Vec<PolicyFault> {
        self.check(&book.policies, today)
    }

    fn tell(&self, fault: &PolicyFault, _: &RuleBook) -> Told {
        let told = |at: &str, text: String| Told { at: at.to_owned(), text, kind: Mending::Wrong };
        let on_day = |text: String| Told { at: DAY.to_owned(), text, kind: Mending::Day };
        match fault {
            PolicyFault::DayBlank => on_day(shared::no_day()),
            PolicyFault::NotAhead { on } => on_day(shared::day_not_ahead(*on)),
            PolicyFault::SameDay { version } => on_day(shared::same_day(*version)),
            PolicyFault::Care(fault) => care(fault),
            PolicyFault::Fall(fault) => match fault {
                FallRuleFault::Percent { percent } => {
                    told(FALL_PERCENT, fill(words::F_PERCENT, &[("percent", percent)]))
                }
                FallRuleFault::Months { months, max } => {
                    told(FALL_MONTHS, fill(words::F_MONTHS, &[("months", months), ("max", max)]))
                }
                FallRuleFault::AtLeast { .. } => told(FALL_LEAST, t(words::F_LEAST).to_owned()),
            },
            PolicyFault::LimitZero { tier } => told(&limit_id(tier), t(words::F_LIMIT).to_owned()),
            PolicyFault::VisitsAWeek { visits, max } => {
                told(VISITS_A_WEEK, fill(words::F_WEEK, &[("visits", visits), ("max", max)]))
            }
            PolicyFault::HoursAWeek { hours, max } => {
                told(HOURS_A_WEEK, fill(words::F_HOURS, &[("hours", hours), ("max", max)]))
            }
            PolicyFault::Minutes { minutes, max } => {
                // The fault does not say which of the two; the figure does.
                let is_visit = self.hours.minutes_per_visit == *minutes;
                let at = if is_visit { VISIT_MINUTES } else { CALL_MINUTES };
                told(at, fill(words::F_MINUTES, &[("minutes", minutes), ("max", max)]))
            }
            PolicyFault::RateBelowZero => told(RATE, t(words::F_RATE).to_owned()),
        }
    }

    fn set_day(&mut self, on: Option<Date>) {
        self.effective_on = on;
    }
}

fn care(fault: &CareFault) -> Told {
    let (at, text, kind) = match fault {
        CareFault::LeadTooLong { of, days, max } => {
            let text = fill(words::F_LEAD, &[("max", max), ("days", days)]);
            (lead_id(*of).to_owned(), text, Mending::Wrong)
        }
        CareFault::TooManyFestivals { max } => {
            (FESTIVALS.to_owned(), fill(words::F_MANY, &[("max", max)]), Mending::Wrong)
        }
        CareFault::FestivalCodeInvalid { code } => {
            (festival_name_id(code), t(words::F_CODE).to_owned(), Mending::Wrong)
        }
        CareFault::FestivalNameBlank { code } => {
            (festival_name_id(code), t(words::F_NAME).to_owned(), Mending::Blank)
        }
        CareFault::FestivalNameTooLong { code, max } => {
            (festival_name_id(code), fill(words::F_NAME_LONG, &[("max", max)]), Mending::Wrong)
        }
        CareFault::FestivalDayInvalid { code, .. } => {
            (festival_day_id(code), t(words::F_DAY).to_owned(), Mending::Wrong)
        }
    };
    Told { at, text, kind }
}
