//! What a person decides about a customer's standing: a tier set by hand (R040), the tier to bring them to (R047), and a
//! mark while taking over (R013).

use super::Rule;
use crate::actor::Context;
use crate::authorize::{self, Act};
use crate::ids::{CustomerId, MarkId, TierGoalId, TierOverrideId, TierSchemeId};
use crate::limits;
use crate::mark::{Mark, MarkKind};
use crate::rejection::Rejection;
use crate::row::RowKey;
use crate::tier::{OverrideFault, TierCode, TierOverride, TierScheme};
use crate::tier_goal::TierGoal;
use crate::time::Date;
use crate::validate;
use crate::working_set::WorkingSet;
use serde::{Deserialize, Serialize};

/// 认定等级 from today until a day, with a reason. The computed tier stays beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetTier {
    pub override_id: TierOverrideId,
    pub customer_id: CustomerId,
    /// The version of the scheme the person looked at.
    pub scheme_id: TierSchemeId,
    pub tier: TierCode,
    pub reason: String,
    pub until: Date,
}

impl Rule for SetTier {
    fn customer_id(&self) -> CustomerId {
        self.customer_id
    }
    fn reads(&self) -> Vec<RowKey> {
        vec![self.override_id.into(), self.scheme_id.into()]
    }
    fn apply(&self, set: &mut WorkingSet<'_>, context: &Context<'_>) -> Result<(), Rejection> {
        may_set_tier(context)?;
        set.vacant(self.override_id)?;
        let by_hand = TierOverride {
            id: self.override_id,
            customer_id: self.customer_id,
            tier: self.tier.clone(),
            reason: self.reason.clone(),
            set_by: context.actor.employee_id,
            set_on: context.made_at.date(),
            until: self.until,
        };
        let scheme = set.require::<TierScheme>(self.scheme_id)?;
        let by_hand = by_hand.checked(scheme).map_err(|faults| rejection(&faults))?;
        set.put(by_hand);
        Ok(())
    }
}

fn may_set_tier(context: &Context<'_>) -> Result<(), Rejection> {
    if authorize::may(context.actor.role, Act::SetTier) { Ok(()) } else { Err(Rejection::NotAllowed) }
}

fn rejection(faults: &[OverrideFault]) -> Rejection {
    let text_chars_max = u32::try_from(limits::TEXT_CHARS_MAX).unwrap_or(u32::MAX);
    match faults.first() {
        Some(OverrideFault::ReasonMissing) => Rejection::Missing { field: "reason".to_owned() },
        Some(OverrideFault::ReasonTooLong { .. }) => {
            Rejection::TooLong { field: "reason".to_owned(), max: text_chars_max }
        }
        Some(OverrideFault::EndsBefore | OverrideFault::TooLong { .. }) => {
            Rejection::DateOutOfRange { field: "until".to_owned() }
        }
        Some(OverrideFault::UnknownTier { .. }) | None => Rejection::invalid("tier"),
    }
}

/// Ends a tier set by hand: yesterday was its last day. One set today is as if it had never been.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndTierOverride {
    pub override_id: TierOverrideId,
    pub customer_id: CustomerId,
}

impl Rule for EndTierOverride {
    fn customer_id(&self) -> CustomerId {
        self.customer_id
    }
    fn reads(&self) -> Vec<RowKey> {
        vec![self.override_id.into()]
    }
    fn apply(&self, set: &mut WorkingSet<'_>, context: &Context<'_>) -> Result<(), Rejection> {
        may_set_tier(context)?;
        let by_hand = set.require_of::<TierOverride>(self.override_id, self.customer_id)?.clone();
        let today = context.made_at.date();
        if by_hand.set_on >= today {
            set.delete(self.override_id);
        } else if by_hand.until >= today {
            set.put(TierOverride { until: today.pred_opt().unwrap_or(today), ..by_hand });
        }
        Ok(())
    }
}

/// 标记 while taking over a book; None takes the mark off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkCustomer {
    pub customer_id: CustomerId,
    pub mark: Option<MarkKind>,
}

impl Rule for MarkCustomer {
    fn customer_id(&self) -> CustomerId {
        self.customer_id
    }
    fn reads(&self) -> Vec<RowKey> {
        vec![MarkId::from(self.customer_id).into()]
    }
    fn apply(&self, set: &mut WorkingSet<'_>, context: &Context<'_>) -> Result<(), Rejection> {
        let id = MarkId::from(self.customer_id);
        match self.mark {
            Some(kind) => set.put(Mark {
                id,
                customer_id: self.customer_id,
                kind,
                marked_by: context.actor.employee_id,
                marked_at: context.made_at,
            }),
            None => set.delete(id),
        }
        Ok(())
    }
}

/// A tier to reach and the last day to reach it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goal {
    /// The version of the scheme the person looked at.
    pub scheme_id: TierSchemeId,
    pub tier: TierCode,
    pub by: Date,
}

/// 迁徙计划; None takes the goal back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetTierGoal {
    pub customer_id: CustomerId,
    pub goal: Option<Goal>,
}

impl Rule for SetTierGoal {
    fn customer_id(&self) -> CustomerId {
        self.customer_id
    }
    fn reads(&self) -> Vec<RowKey> {
        let scheme = self.goal.iter().map(|goal| RowKey::from(goal.scheme_id));
        scheme.chain([TierGoalId::from(self.customer_id).into()]).collect()
    }
    fn apply(&self, set: &mut WorkingSet<'_>, context: &Context<'_>) -> Result<(), Rejection> {
        let id = TierGoalId::from(self.customer_id);
        let Some(goal) = &self.goal else {
            set.delete(id);
            return Ok(());
        };
        if set.require::<TierScheme>(goal.scheme_id)?.rank(&goal.tier).is_none() {
            return Err(Rejection::invalid("tier"));
        }
        validate::near(
            "by",
            goal.by,
            context.now,
            limits::RECORD_BEHIND_DAYS_MAX,
            limits::PLAN_AHEAD_DAYS_MAX,
        )?;
        set.put(TierGoal {
            id,
            customer_id: self.customer_id,
            tier: goal.tier.clone(),
            by: goal.by,
            set_by: context.actor.employee_id,
            set_at: context.made_at,
        });
        Ok(())
    }
}
