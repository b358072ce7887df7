//! What keeps a visit standard from taking effect: in words, and where on the page it is mended.

use crate::i18n::{fill, t};
use crate::pages::rules::desk::{DAY, Kept, Mending, Told};
use crate::words::rules as shared;
use crate::words::rules::standard as words;
use domain::api::{Draft, RuleBook, RuleKind};
use domain::standard::{EventCode, ServiceKind, StandardFault, StandardPart, VisitStandard};
use domain::tier::TierCode;
use domain::time::Date;

pub const TIERS: &str = "standard-tiers";
pub const CARRIED: &str = "carried";

pub fn row_id(tier: &TierCode) -> String {
    format!("owed-{}", tier.0)
}

pub fn count_id(tier: &TierCode, kind: ServiceKind) -> String {
    match kind {
        ServiceKind::Visit => format!("visits-{}", tier.0),
        ServiceKind::Call => format!("calls-{}", tier.0),
    }
}

/// A field of an event rule.
#[derive(Clone, Copy)]
pub enum EventField {
    Name,
    Visits,
    Days,
}

pub fn event_id(tier: &TierCode, event: &EventCode, field: EventField) -> String {
    let field = match field {
        EventField::Name => "name",
        EventField::Visits => "visits",
        EventField::Days => "days",
    };
    format!("event-{field}-{}-{}", tier.0, event.0)
}

impl Kept for VisitStandard {
    const WHICH: RuleKind = RuleKind::VisitStandard;

    fn published(book: &RuleBook) -> &[Self] {
        &book.visit_standards
    }

    fn draft(book: &RuleBook) -> Option<&Draft<Self>> {
        book.visit_standard_draft.as_ref()
    }

    fn faults(&self, book: &RuleBook, today: Date) -> Vec<StandardFault> {
        self.check_among(&book.visit_standards, &book.tier_schemes, today)
    }

    fn tell(&self, fault: &StandardFault, book: &RuleBook) -> Told {
        let name = |tier: &TierCode| super::tier_name(book, self.effective_on, tier);
        let (at, text, kind) = match fault {
            StandardFault::Blank(part) => match part {
                StandardPart::EffectiveOn => (DAY.to_owned(), shared::no_day(), Mending::Day),
                StandardPart::Count { tier, kind } => {
                    let text = fill(words::F_COUNT, &[("tier", &name(tier)), ("kind", &words::kind(*kind))]);
                    (count_id(tier, *kind), text, Mending::Blank)
                }
                StandardPart::EventName { tier, event } => (
                    event_id(tier, event, EventField::Name),
                    t(words::F_EVENT_NAME).to_owned(),
                    Mending::Blank,
                ),
                StandardPart::WithinDays { tier, event } => {
                    (event_id(tier, event, EventField::Days), t(words::F_WITHIN).to_owned(), Mending::Blank)
                }
            },
            StandardFault::NotAhead { on } => (DAY.to_owned(), shared::day_not_ahead(*on), Mending::Day),
            StandardFault::SameDay { version } => (DAY.to_owned(), shared::same_day(*version), Mending::Day),
            StandardFault::NoScheme => (TIERS.to_owned(), t(words::F_NO_SCHEME).to_owned(), Mending::Wrong),
            StandardFault::TierMissing { tier } => {
                (TIERS.to_owned(), fill(words::F_MISSING, &[("tier", &name(tier))]), Mending::Wrong)
            }
            StandardFault::UnknownTier { tier } => {
                (row_id(tier), t(words::F_UNKNOWN).to_owned(), Mending::Wrong)
            }
            StandardFault::TierTwice { tier } => (row_id(tier), t(words::F_TWICE).to_owned(), Mending::Wrong),
            StandardFault::TooMany { tier, kind, count, max } => {
                let per =
                    self.of_tier(tier).map(|own| words::period(own.quota(*kind).per)).unwrap_or_default();
                let text = fill(words::F_MANY, &[("per", &per), ("max", max), ("count", count)]);
                (count_id(tier, *kind), text, Mending::Wrong)
            }
            StandardFault::EventCodeInvalid { tier, event } => {
                (event_id(tier, event, EventField::Name), t(words::F_CODE).to_owned(), Mending::Wrong)
            }
            StandardFault::EventVisits { tier, event, visits, max } => {
                let text = fill(words::F_EVENT_VISITS, &[("max", max), ("count", visits)]);
                (event_id(tier, event, EventField::Visits), text, Mending::Wrong)
            }
            StandardFault::EventDays { tier, event, days, max } => {
                let text = fill(words::F_EVENT_DAYS, &[("max", max), ("count", days)]);
                (event_id(tier, event, EventField::Days), text, Mending::Wrong)
            }
            StandardFault::EventNameTooLong { tier, event, max } => {
                let text = fill(words::F_NAME_LONG, &[("max", max)]);
                (event_id(tier, event, EventField::Name), text, Mending::Wrong)
            }
            StandardFault::CarriedTooLong { periods, max } => {
                let text = fill(words::F_CARRIED, &[("max", max), ("count", periods)]);
                (CARRIED.to_owned(), text, Mending::Wrong)
            }
        };
        Told { at, text, kind }
    }

    fn set_day(&mut self, on: Option<Date>) {
        self.effective_on = on;
    }
}
