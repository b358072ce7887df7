//! Planning, preparing, recording, moving and skipping visits (R060–R066).

use super::Rule;
use super::promises::{NewPromise, put_promise};
use crate::actor::Context;
use crate::ids::{CustomerId, PreparationId, VisitId};
use crate::limits;
use crate::preparation::{Bring, Preparation};
use crate::rejection::Rejection;
use crate::row::RowKey;
use crate::time::Date;
use crate::validate;
use crate::visit::{NextStep, NotHeld, Visit, VisitReport, VisitState};
use crate::working_set::WorkingSet;
use serde::{Deserialize, Serialize};

/// 记录走访: a new visit, or the one planned under the same id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordVisit {
    pub visit_id: VisitId,
    pub customer_id: CustomerId,
    pub on: Date,
    pub at_minute: Option<u16>,
    pub purpose: Option<String>,
    pub report: VisitReport,
    pub promises: Vec<NewPromise>,
}

impl Rule for RecordVisit {
    fn customer_id(&self) -> CustomerId {
        self.customer_id
    }
    fn reads(&self) -> Vec<RowKey> {
        let mut keys = vec![self.visit_id.into()];
        keys.extend(self.promises.iter().map(|promise| RowKey::from(promise.promise_id)));
        keys
    }
    fn apply(&self, set: &mut WorkingSet<'_>, context: &Context<'_>) -> Result<(), Rejection> {
        validate::happened("on", self.on, context.now)?;
        let planned = match set.get::<Visit>(self.visit_id) {
            None => None,
            Some(visit) if visit.customer_id != self.customer_id => return Err(Rejection::IdTaken),
            Some(visit) if visit.state != VisitState::Planned => return Err(Rejection::AlreadyDone),
            Some(visit) => Some(visit.clone()),
        };
        let purpose = validate::optional("purpose", self.purpose.as_deref(), limits::LABEL_CHARS_MAX)?;
        set.put(Visit {
            id: self.visit_id,
            customer_id: self.customer_id,
            visitor_id: context.actor.employee_id,
            state: VisitState::Done,
            on: self.on,
            at_minute: checked_minute(self.at_minute)?,
            purpose: purpose.or(planned.and_then(|visit| visit.purpose)),
            report: Some(checked_report(&self.report, context)?),
            not_held: None,
            written_at: context.made_at,
        });
        validate::count(&self.promises, limits::LIST_ITEMS_MAX)?;
        for promise in &self.promises {
            put_promise(set, promise, self.customer_id, Some(self.visit_id), context)?;
        }
        Ok(())
    }
}

fn checked_report(report: &VisitReport, context: &Context<'_>) -> Result<VisitReport, Rejection> {
    let labels = |field: &'static str, items: &[String]| {
        validate::count(items, limits::LIST_ITEMS_MAX)?;
        items
            .iter()
            .map(|item| validate::required(field, Some(item), limits::LABEL_CHARS_MAX))
            .collect::<Result<Vec<_>, _>>()
    };
    let mut checked = report.clone();
    checked.met = labels("met", &report.met)?;
    checked.needs = labels("needs", &report.needs)?;
    validate::count(&report.products, limits::LIST_ITEMS_MAX)?;
    for product in &mut checked.products {
        product.name = validate::required("product", Some(&product.name), limits::LABEL_CHARS_MAX)?;
    }
    checked.summary = validate::required("summary", Some(&report.summary), limits::TEXT_CHARS_MAX)?;
    checked.next_step = report
        .next_step
        .as_ref()
        .map(|step| {
            if let Some(on) = step.on {
                validate::near("next_step_on", on, context.now, 366, limits::PLAN_AHEAD_DAYS_MAX)?;
            }
            let what = validate::required("next_step", Some(&step.what), limits::TEXT_CHARS_MAX)?;
            Ok(NextStep { what, on: step.on })
        })
        .transpose()?;
    if report.minutes.is_some_and(|minutes| minutes > limits::VISIT_MINUTES_MAX) {
        return Err(Rejection::invalid("minutes"));
    }
    Ok(checked)
}

pub(super) fn checked_minute(at_minute: Option<u16>) -> Result<Option<u16>, Rejection> {
    match at_minute {
        Some(minute) if minute >= 24 * 60 => Err(Rejection::invalid("at_minute")),
        other => Ok(other),
    }
}

/// 计划走访
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanVisit {
    pub visit_id: VisitId,
    pub customer_id: CustomerId,
    pub on: Date,
    pub at_minute: Option<u16>,
    pub purpose: Option<String>,
}

impl Rule for PlanVisit {
    fn customer_id(&self) -> CustomerId {
        self.customer_id
    }
    fn reads(&self) -> Vec<RowKey> {
        vec![self.visit_id.into()]
    }
    fn apply(&self, set: &mut WorkingSet<'_>, context: &Context<'_>) -> Result<(), Rejection> {
        set.vacant(self.visit_id)?;
        // A plan made offline may arrive after its day; it is then simply overdue.
        validate::near(
            "on",
            self.on,
            context.now,
            limits::RECORD_BEHIND_DAYS_MAX,
            limits::PLAN_AHEAD_DAYS_MAX,
        )?;
        set.put(Visit {
            id: self.visit_id,
            customer_id: self.customer_id,
            visitor_id: context.actor.employee_id,
            state: VisitState::Planned,
            on: self.on,
            at_minute: checked_minute(self.at_minute)?,
            purpose: validate::optional("purpose", self.purpose.as_deref(), limits::LABEL_CHARS_MAX)?,
            report: None,
            not_held: None,
            written_at: context.made_at,
        });
        Ok(())
    }
}

fn planned(set: &WorkingSet<'_>, id: VisitId, customer: CustomerId) -> Result<Visit, Rejection> {
    let visit = set.require_of::<Visit>(id, customer)?;
    if visit.state == VisitState::Planned { Ok(visit.clone()) } else { Err(Rejection::AlreadyDone) }
}

/// 改期. The latest wins: a plan is a wish, not a fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RescheduleVisit {
    pub visit_id: VisitId,
    pub customer_id: CustomerId,
    pub on: Date,
    pub at_minute: Option<u16>,
}

impl Rule for RescheduleVisit {
    fn customer_id(&self) -> CustomerId {
        self.customer_id
    }
    fn reads(&self) -> Vec<RowKey> {
        vec![self.visit_id.into()]
    }
    fn apply(&self, set: &mut WorkingSet<'_>, context: &Context<'_>) -> Result<(), Rejection> {
        let visit = planned(set, self.visit_id, self.customer_id)?;
        validate::near(
            "on",
            self.on,
            context.now,
            limits::RECORD_BEHIND_DAYS_MAX,
            limits::PLAN_AHEAD_DAYS_MAX,
        )?;
        set.put(Visit {
            on: self.on,
            at_minute: checked_minute(self.at_minute)?,
            written_at: context.made_at,
            ..visit
        });
        Ok(())
    }
}

/// 跳过, with a reason; what the standard owes stays owed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkipVisit {
    pub visit_id: VisitId,
    pub customer_id: CustomerId,
    pub reason: String,
}

/// 取消: the visit is no longer wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancelVisit {
    pub visit_id: VisitId,
    pub customer_id: CustomerId,
    pub reason: String,
}

fn not_held(
    set: &mut WorkingSet<'_>,
    context: &Context<'_>,
    visit: Visit,
    state: VisitState,
    reason: &str,
) -> Result<(), Rejection> {
    let reason = validate::required("reason", Some(reason), limits::TEXT_CHARS_MAX)?;
    set.put(Visit {
        state,
        not_held: Some(NotHeld { reason, at: context.made_at }),
        written_at: context.made_at,
        ..visit
    });
    Ok(())
}

impl Rule for SkipVisit {
    fn customer_id(&self) -> CustomerId {
        self.customer_id
    }
    fn reads(&self) -> Vec<RowKey> {
        vec![self.visit_id.into()]
    }
    fn apply(&self, set: &mut WorkingSet<'_>, context: &Context<'_>) -> Result<(), Rejection> {
        let visit = planned(set, self.visit_id, self.customer_id)?;
        not_held(set, context, visit, VisitState::Skipped, &self.reason)
    }
}

impl Rule for CancelVisit {
    fn customer_id(&self) -> CustomerId {
        self.customer_id
    }
    fn reads(&self) -> Vec<RowKey> {
        vec![self.visit_id.into()]
    }
    fn apply(&self, set: &mut WorkingSet<'_>, context: &Context<'_>) -> Result<(), Rejection> {
        let visit = planned(set, self.visit_id, self.customer_id)?;
        not_held(set, context, visit, VisitState::Cancelled, &self.reason)
    }
}

/// 备料: what a planned visit needs. The whole of it each time; the latest wins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrepareVisit {
    pub visit_id: VisitId,
    pub customer_id: CustomerId,
    pub minutes: Option<u16>,
    pub bring: Vec<Bring>,
}

impl Rule for PrepareVisit {
    fn customer_id(&self) -> CustomerId {
        self.customer_id
    }
    fn reads(&self) -> Vec<RowKey> {
        vec![self.visit_id.into(), PreparationId::from(self.visit_id).into()]
    }
    fn apply(&self, set: &mut WorkingSet<'_>, _context: &Context<'_>) -> Result<(), Rejection> {
        planned(set, self.visit_id, self.customer_id)?;
        if self.minutes.is_some_and(|minutes| minutes == 0 || minutes > limits::VISIT_MINUTES_MAX) {
            return Err(Rejection::invalid("minutes"));
        }
        validate::count(&self.bring, limits::LIST_ITEMS_MAX)?;
        let mut bring = self.bring.clone();
        for item in &mut bring {
            item.what = validate::required("bring", Some(&item.what), limits::LABEL_CHARS_MAX)?;
        }
        set.put(Preparation {
            id: PreparationId::from(self.visit_id),
            customer_id: self.customer_id,
            minutes: self.minutes,
            bring,
        });
        Ok(())
    }
}
