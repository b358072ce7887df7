//! Whether an occasion was kept, and whom a festival greets: what the care calendar's page shows beside the days.

use super::{CONTRACT_ENDED_DAYS, CareLead, Occasion, OccasionKind};
use crate::mark::MarkKind;
use crate::time::Date;
use chrono::Duration;

/// So many days late a greeting is still one. Ours: no source names a number.
pub const GREETED_LATE_DAYS: i64 = 7;
/// At a festival the highest tiers of the scheme are greeted, and who was marked 重点. Ours, as above.
pub const FESTIVAL_TIERS: usize = 2;

impl CareLead {
    /// How many days ahead such an occasion comes up.
    pub fn days_ahead(&self, kind: &OccasionKind) -> u16 {
        match kind {
            OccasionKind::Birthday { .. } | OccasionKind::LunarBirthday { .. } => self.birthday_days,
            OccasionKind::ContractEnds { .. } => self.contract_days,
            OccasionKind::Festival { .. } => self.festival_days,
        }
    }
}

impl Occasion {
    /// The days, both included, within which a visit or a call keeps it: from when it comes up.
    pub fn window(&self, lead: &CareLead) -> (Date, Date) {
        let late = match self.kind {
            OccasionKind::ContractEnds { .. } => CONTRACT_ENDED_DAYS,
            _ => GREETED_LATE_DAYS,
        };
        let ahead = Duration::days(lead.days_ahead(&self.kind).into());
        let from = self.on.checked_sub_signed(ahead).unwrap_or(self.on);
        (from, self.on.checked_add_signed(Duration::days(late)).unwrap_or(self.on))
    }

    /// The first of the customer's visits and calls that kept it. Give those that took place and reached somebody.
    pub fn kept_on(&self, lead: &CareLead, served: impl IntoIterator<Item = Date>) -> Option<Date> {
        let (from, to) = self.window(lead);
        served.into_iter().filter(|on| (from..=to).contains(on)).min()
    }
}

/// Whether a customer is among those to greet at festivals. `tier_rank` 0 is the highest.
pub fn is_greeted_at_festivals(mark: Option<MarkKind>, tier_rank: Option<usize>) -> bool {
    mark == Some(MarkKind::Important) || tier_rank.is_some_and(|rank| rank < FESTIVAL_TIERS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ContractId;
    use uuid::Uuid;

    fn date(text: &str) -> Date {
        text.parse().expect("a date")
    }

    const LEAD: CareLead = CareLead { birthday_days: 7, festival_days: 3, contract_days: 14 };

    #[test]
    fn a_visit_or_a_call_within_the_window_keeps_the_day() {
        let birthday = OccasionKind::Birthday { turns: 60 };
        let festival = OccasionKind::Festival { code: "new_year".to_owned() };
        let contract = OccasionKind::ContractEnds { contract_id: ContractId(Uuid::nil()) };
        for (kind, served, expected) in [
            (&birthday, vec!["2026-11-11"], Some("2026-11-11")),
            (&birthday, vec!["2026-11-10"], None),
            (&birthday, vec!["2026-11-25", "2026-11-18"], Some("2026-11-18")),
            (&birthday, vec!["2026-11-26"], None),
            (&birthday, vec![], None),
            (&festival, vec!["2026-11-14"], None),
            (&festival, vec!["2026-11-15"], Some("2026-11-15")),
            (&contract, vec!["2026-11-04"], Some("2026-11-04")),
            (&contract, vec!["2026-12-18"], Some("2026-12-18")),
            (&contract, vec!["2026-12-19"], None),
        ] {
            let occasion = Occasion { kind: kind.clone(), on: date("2026-11-18") };
            let kept = occasion.kept_on(&LEAD, served.iter().map(|on| date(on)));
            assert_eq!(kept, expected.map(date), "{kind:?} {served:?}");
        }
    }

    #[test]
    fn festivals_greet_the_highest_tiers_and_who_was_marked() {
        for (mark, rank, expected) in [
            (None, Some(0), true),
            (None, Some(1), true),
            (None, Some(2), false),
            (None, None, false),
            (Some(MarkKind::Important), None, true),
            (Some(MarkKind::Later), Some(5), false),
        ] {
            assert_eq!(is_greeted_at_festivals(mark, rank), expected, "{mark:?} {rank:?}");
        }
    }
}
