//! Rules of an organisation (规则): tier schemes, visit standards and policies, each in versions, with at most one draft
//! of a kind being written.
//!
//! A draft may hold blanks and faults; only its size is checked when it is saved. What keeps it from taking effect is
//! told by the domain's own faults ([`RuleFaults`]), so that a page shows each at its field.

use crate::ids::{CustomerId, OrgUnitId, PolicyId, TierSchemeId, VisitStandardId};
use crate::limits::{FESTIVALS_MAX, LIST_ITEMS_MAX, NAME_CHARS_MAX, TIERS_MAX};
use crate::policy::{Policy, PolicyFault};
use crate::rejection::Rejection;
use crate::row::{FromRow, Row};
use crate::standard::{StandardFault, VisitStandard};
use crate::tier::{Distance, Ground, Measure, SchemeFault, TierCode, TierScheme};
use crate::time::{Date, Timestamp};
use crate::validate;
use crate::version::{VersionState, Versioned};
use chrono::Datelike;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RuleKind {
    TierScheme,
    VisitStandard,
    Policy,
}

impl RuleKind {
    pub const ALL: [Self; 3] = [Self::TierScheme, Self::VisitStandard, Self::Policy];

    /// The word of a URL: see [`super::path::of_rule`].
    pub fn word(self) -> &'static str {
        match self {
            Self::TierScheme => "tier-scheme",
            Self::VisitStandard => "visit-standard",
            Self::Policy => "policy",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// `RULES`: everything an organisation has set and is setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleBook {
    /// Published, the oldest first; so are the others.
    pub tier_schemes: Vec<TierScheme>,
    pub visit_standards: Vec<VisitStandard>,
    pub policies: Vec<Policy>,
    pub tier_scheme_draft: Option<Draft<TierScheme>>,
    pub visit_standard_draft: Option<Draft<VisitStandard>>,
    pub policy_draft: Option<Draft<Policy>>,
}

/// What is being written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft<T> {
    /// Its id, org unit, version and state are the server's, whatever was sent.
    pub body: T,
    /// Counts up with each save.
    pub revision: u32,
    pub saved_by_name: String,
    pub saved_at: Timestamp,
}

/// PUT to `RULE_DRAFT` → [`Draft`]; 409 `draft_changed` when somebody saved, published or discarded it meanwhile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveDraft<T> {
    /// The one the person saw; None begins a draft.
    pub revision: Option<u32>,
    pub body: T,
}

/// POST to `RULE_PUBLISH` → the published body; 409 `draft_changed` as above, 422 [`RuleFaults`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishDraft {
    pub revision: u32,
}

/// A [`crate::wire::Problem`] of code `rule_faults` that lists what is to be mended; nothing was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleFaults<F> {
    pub code: String,
    pub message: String,
    /// [`SchemeFault`], [`StandardFault`] or [`PolicyFault`], by the kind; never empty.
    pub faults: Vec<F>,
}

/// POST to `TIER_SCHEME_PREVIEW` → [`SchemePreview`]; the draft need not have been saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewScheme {
    pub scheme: TierScheme,
}

/// The tier that counts today beside the one the draft gives by the same figures, over all customers of the
/// organisation. A tier set by hand keeps its customer where it is, while the draft lists it.
///
/// `customers` = `up` + `down` + `same` + `regraded` + `joins` + `unplaced`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchemePreview {
    pub customers: u32,
    pub up: u32,
    pub down: u32,
    pub same: u32,
    /// From a tier to another of which neither scheme says which is the higher.
    pub regraded: u32,
    /// Without a tier today, with one by the draft.
    pub joins: u32,
    /// With a tier today, without one by the draft; also among `unplaced`.
    pub leaves: u32,
    /// To whom the draft gives no tier: it has blanks, or their figures are missing.
    pub unplaced: u32,
    /// How many go from each tier to each, those that stay included; the highest first, none last.
    pub flows: Vec<Flow>,
    /// Customers in the asker's scope that the draft moves, the nearest to a boundary first; at most
    /// [`NEAR_MAX`].
    pub near: Vec<Mover>,
    /// What keeps the draft from taking effect.
    pub faults: Vec<SchemeFault>,
    pub took_ms: u32,
}

/// Customers of [`SchemePreview::near`].
pub const NEAR_MAX: usize = 50;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flow {
    pub from: Option<TierCode>,
    pub to: Option<TierCode>,
    pub count: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mover {
    pub customer_id: CustomerId,
    pub customer_no: String,
    pub name: String,
    pub from: Option<TierCode>,
    pub to: Option<TierCode>,
    /// By the yardstick of the draft's ladder that speaks of the customer: fen, pieces or hundredths of a point.
    pub value: i64,
    /// The floor that lies nearest to it, of the customer's own tier or of the next above; None where there is none.
    pub floor: Option<i64>,
}

/// Which way a draft moves a customer; each a figure of [`SchemePreview`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    Up,
    Down,
    Regraded,
    Joins,
    Leaves,
}

/// POST to `TIER_SCHEME_MOVERS` → [`SchemeMovers`]: the rows behind one figure of the preview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskMovers {
    pub scheme: TierScheme,
    pub way: Way,
}

/// Customers in the asker's scope whom the draft moves that way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchemeMovers {
    /// All of them, however many are told.
    pub count: u32,
    /// The nearest to a boundary first; at most [`MOVERS_MAX`].
    pub rows: Vec<MoverRow>,
}

/// Customers of [`SchemeMovers::rows`].
pub const MOVERS_MAX: usize = 200;

/// One who moves, and by which values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoverRow {
    pub customer_id: CustomerId,
    pub customer_no: String,
    pub name: String,
    pub from: Option<TierCode>,
    pub to: Option<TierCode>,
    /// What the draft's tier rests on; empty where the draft gives none.
    pub grounds: Vec<Ground>,
    /// The tier above it, and what the customer lacks for that.
    pub above: Option<TierCode>,
    pub short: Vec<Distance>,
    /// Figures the draft asks for and nobody has told.
    pub missing: Vec<Measure>,
    /// A factor's points beyond 0 to 100.
    pub out_of_range: Option<Measure>,
}

/// What the three kinds have in common.
pub trait Rule: Versioned + FromRow + Into<Row> + Clone {
    const RULE: RuleKind;
    type Fault: Clone;

    /// As a draft under this id; what a person cannot set is set.
    fn draft_of(self, id: Uuid, org_unit_id: OrgUnitId, version: u32) -> Self;

    /// A limit on everything, before it is kept. Blanks and faults pass.
    fn check_size(&self) -> Result<(), Rejection>;

    /// As it takes effect, beside the organisation's other published rules; or what keeps it from that.
    fn publish_beside(self, published: &RuleBook, today: Date) -> Result<Self, Vec<Self::Fault>>;
}

/// Texts of a draft may be longer than those of what is published, so that a fault can be kept and mended.
fn text(field: &str, text: &str) -> Result<(), Rejection> {
    // No database keeps it in JSON, and nobody types it.
    if text.contains('\0') {
        return Err(Rejection::invalid(field));
    }
    validate::optional(field, Some(text), NAME_CHARS_MAX).map(|_| ())
}

/// Years of four digits, as everywhere.
fn day(on: Option<Date>) -> Result<(), Rejection> {
    match on {
        Some(on) if !(1..=9_999).contains(&on.year()) => {
            Err(Rejection::DateOutOfRange { field: "effective_on".to_owned() })
        }
        _ => Ok(()),
    }
}

impl Rule for TierScheme {
    const RULE: RuleKind = RuleKind::TierScheme;
    type Fault = SchemeFault;

    fn draft_of(self, id: Uuid, org_unit_id: OrgUnitId, version: u32) -> Self {
        Self { id: TierSchemeId(id), org_unit_id, version, state: VersionState::Draft, ..self }
    }

    fn check_size(&self) -> Result<(), Rejection> {
        day(self.effective_on)?;
        validate::count(&self.tiers, TIERS_MAX)?;
        validate::count(&self.ladders, LIST_ITEMS_MAX)?;
        for tier in &self.tiers {
            text("code", &tier.code.0)?;
            text("name", &tier.name)?;
        }
        for ladder in &self.ladders {
            text("name", &ladder.name)?;
            validate::count(&ladder.steps, TIERS_MAX)?;
            for step in &ladder.steps {
                text("tier", &step.tier.0)?;
                validate::count(&step.besides, LIST_ITEMS_MAX)?;
            }
        }
        self.weights.values().try_for_each(|weight| text("name", &weight.name))
    }

    fn publish_beside(self, published: &RuleBook, today: Date) -> Result<Self, Vec<SchemeFault>> {
        self.publish(&published.tier_schemes, today)
    }
}

impl Rule for VisitStandard {
    const RULE: RuleKind = RuleKind::VisitStandard;
    type Fault = StandardFault;

    fn draft_of(self, id: Uuid, org_unit_id: OrgUnitId, version: u32) -> Self {
        Self { id: VisitStandardId(id), org_unit_id, version, state: VersionState::Draft, ..self }
    }

    fn check_size(&self) -> Result<(), Rejection> {
        day(self.effective_on)?;
        validate::count(&self.tiers, TIERS_MAX)?;
        for own in &self.tiers {
            text("tier", &own.tier.0)?;
            validate::count(&own.on_event, LIST_ITEMS_MAX)?;
            for rule in &own.on_event {
                text("event", &rule.event.0)?;
                text("name", &rule.name)?;
            }
        }
        Ok(())
    }

    fn publish_beside(self, published: &RuleBook, today: Date) -> Result<Self, Vec<StandardFault>> {
        let faults = self.check_among(&published.visit_standards, &published.tier_schemes, today);
        if faults.is_empty() { Ok(Self { state: VersionState::Published, ..self }) } else { Err(faults) }
    }
}

impl Rule for Policy {
    const RULE: RuleKind = RuleKind::Policy;
    type Fault = PolicyFault;

    fn draft_of(self, id: Uuid, org_unit_id: OrgUnitId, version: u32) -> Self {
        Self { id: PolicyId(id), org_unit_id, version, state: VersionState::Draft, ..self }
    }

    fn check_size(&self) -> Result<(), Rejection> {
        day(self.effective_on)?;
        validate::count(&self.festivals, FESTIVALS_MAX)?;
        for festival in &self.festivals {
            text("code", &festival.code)?;
            text("name", &festival.name)?;
        }
        if self.limits.len() > TIERS_MAX {
            return Err(Rejection::TooMany { max: u32::try_from(TIERS_MAX).unwrap_or(u32::MAX) });
        }
        self.limits.keys().try_for_each(|tier| text("tier", &tier.0))
    }

    fn publish_beside(self, published: &RuleBook, today: Date) -> Result<Self, Vec<PolicyFault>> {
        self.publish(&published.policies, today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tier::{Preset, Tier};

    #[test]
    fn the_word_of_a_kind_is_read_back_and_is_its_wire_form() {
        for kind in RuleKind::ALL {
            assert_eq!(RuleKind::from_word(kind.word()), Some(kind));
            assert_eq!(serde_json::to_value(kind).expect("a word"), kind.word());
        }
        assert_eq!(RuleKind::from_word("tier_scheme"), None);
    }

    #[test]
    fn a_draft_may_be_blank_and_wrong_and_not_boundless() {
        let nil = (TierSchemeId(Uuid::nil()), OrgUnitId(Uuid::nil()));
        let preset = || Preset::BankStandards1And2.draft(nil.0, nil.1);
        let named = |name: String| TierScheme { tiers: vec![Tier { code: "a".into(), name }], ..preset() };
        let years = |year| TierScheme { effective_on: Date::from_ymd_opt(year, 1, 1), ..preset() };
        let many = vec![Tier { code: "a".into(), name: String::new() }; TIERS_MAX + 1];
        let out_of_range = Rejection::DateOutOfRange { field: "effective_on".to_owned() };
        for (draft, expected) in [
            (preset(), Ok(())),
            (named(String::new()), Ok(())),
            (named("名".repeat(NAME_CHARS_MAX)), Ok(())),
            (years(1999), Ok(())),
            (
                named("名".repeat(NAME_CHARS_MAX + 1)),
                Err(Rejection::TooLong { field: "name".to_owned(), max: 120 }),
            ),
            (named("a\0b".to_owned()), Err(Rejection::invalid("name"))),
            (years(12_026), Err(out_of_range.clone())),
            (years(0), Err(out_of_range)),
            (TierScheme { tiers: many, ..preset() }, Err(Rejection::TooMany { max: 30 })),
        ] {
            assert_eq!(draft.check_size(), expected);
        }
    }
}
