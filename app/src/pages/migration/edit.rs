//! Sets, changes and takes back a goal, here and on the customer's page; whatever was done can be undone.

use crate::components::date_choice::DateChoice;
use crate::components::{Chip, Sheet, Toasts};
use crate::i18n::{day, fill, t};
use crate::words::{self as shared, migration as words};
use crate::workbench::Workbench;
use domain::authorize::keep_customer;
use domain::customer::Customer;
use domain::ids::{CustomerId, TierGoalId, TierSchemeId};
use domain::mutation::{Goal, SetTierGoal};
use domain::standard::Period;
use domain::tier::TierCode;
use domain::tier_goal::TierGoal;
use domain::time::Date;
use leptos::prelude::*;
use leptos::task::spawn_local;
use replica::Replica;

/// A goal as the sheet begins with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aim {
    pub id: CustomerId,
    pub name: String,
    pub tier: TierCode,
    pub by: Date,
    /// There is one already.
    pub is_set: bool,
    scheme_id: TierSchemeId,
    /// Tiers of the scheme in force above the customer's own, and the goal's: one can only be moved up to them. The highest
    /// first.
    tiers: Vec<(TierCode, String)>,
}

impl Aim {
    /// The goal there is, otherwise the tier above by the end of the quarter; None for who may not set one, and where no
    /// tier is above.
    pub fn of(replica: &Replica, id: CustomerId, today: Date) -> Option<Self> {
        let customer = replica.get::<Customer>(id)?;
        keep_customer(replica.actor(), customer).ok()?;
        let rules = replica.rules();
        let scheme = rules.tiers.scheme(today)?;
        let goal = replica.get::<TierGoal>(TierGoalId::from(id));
        let rank = replica.rated(id, today).and_then(|rated| scheme.rank(rated.tier()?));
        let above = scheme.tiers.get(..rank.unwrap_or(scheme.tiers.len()))?;
        let (tier, by) = match goal {
            Some(goal) => (goal.tier.clone(), goal.by),
            None => (above.last()?.code.clone(), Period::Quarter.holding(today).to),
        };
        let offered = scheme.tiers.iter().enumerate();
        let offered = offered.filter(|(at, own)| *at < above.len() || own.code == tier);
        let tiers = offered.map(|(_, own)| (own.code.clone(), own.name.clone())).collect();
        let name = customer.name.clone();
        Some(Self { id, name, tier, by, is_set: goal.is_some(), scheme_id: scheme.id, tiers })
    }
}

/// Whose goal is being set, and what went wrong with the last one: the page says it, the sheet may be closed by then.
#[derive(Clone, Copy)]
pub struct Editing {
    pub aim: RwSignal<Option<Aim>>,
    pub problem: RwSignal<Option<String>>,
    pub toasts: Toasts,
}

impl Editing {
    pub fn new() -> Self {
        Self { aim: RwSignal::new(None), problem: RwSignal::new(None), toasts: Toasts::expect() }
    }

    pub fn expect() -> Self {
        expect_context()
    }
}

/// Saves a goal, or takes it back, and offers to undo it.
pub fn save_goal(
    workbench: Workbench,
    customer_id: CustomerId,
    goal: Option<Goal>,
    said: String,
    editing: Editing,
) {
    let Editing { problem, toasts, .. } = editing;
    let before = workbench.peek(|replica| {
        let scheme_id = replica.rules().tiers.scheme(workbench.today())?.id;
        let goal = replica.get::<TierGoal>(TierGoalId::from(customer_id))?;
        Some(Goal { scheme_id, tier: goal.tier.clone(), by: goal.by })
    });
    spawn_local(async move {
        match workbench.save(SetTierGoal { customer_id, goal }).await {
            Ok(()) => {
                problem.set(None);
                editing.aim.set(None);
                let undo = move || {
                    let before = before.clone();
                    spawn_local(async move {
                        let back = workbench.save(SetTierGoal { customer_id, goal: before }).await;
                        problem.set(back.err().map(|error| error.words()));
                    });
                };
                toasts.say_with_undo(said, t(shared::UNDO), undo);
            }
            Err(error) => problem.set(Some(error.words())),
        }
    });
}

#[component]
pub fn EditGoal(editing: Editing) -> impl IntoView {
    view! {
        {move || editing.aim.get().map(|aim| {
            let is_open = RwSignal::new(true);
            Effect::new(move |_| if !is_open.get() {
                editing.problem.set(None);
                editing.aim.set(None);
            });
            view! { <GoalSheet aim is_open editing /> }
        })}
    }
}

#[component]
fn GoalSheet(aim: Aim, is_open: RwSignal<bool>, editing: Editing) -> impl IntoView {
    let workbench = Workbench::expect();
    let today = workbench.today();
    let Aim { id, name, tier, by, is_set, scheme_id, tiers } = aim;
    let tier = RwSignal::new(tier);
    let by = RwSignal::new(Some(by));
    let problem = editing.problem;
    let title = fill(if is_set { words::CHANGE_FOR } else { words::SET_GOAL_FOR }, &[("name", &name)]);
    let names = StoredValue::new((name, tiers));
    let tier_name = move || {
        let wanted = tier.get_untracked();
        names.with_value(|(_, tiers)| {
            tiers.iter().find(|(code, _)| *code == wanted).map(|(_, name)| name.clone()).unwrap_or_default()
        })
    };
    let whose = move || names.with_value(|(name, _)| name.clone());
    let save = move |_| {
        let Some(day_by) = by.get_untracked() else {
            problem.set(Some(t(words::NEEDS_DAY).to_owned()));
            return;
        };
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("name", &whose()), ("day", &day(day_by, today)), ("tier", &tier_name())];
        let goal = Goal { scheme_id, tier: tier.get_untracked(), by: day_by };
        save_goal(workbench, id, Some(goal), fill(words::GOAL_IS_SET, &values), editing);
    };
    let take_back = move |_| {
        save_goal(workbench, id, None, fill(words::GOAL_TAKEN_BACK, &[("name", &whose())]), editing);
    };
    let mut offers = vec![
        (t(words::MONTH_END), Period::Month.holding(today).to),
        (t(words::QUARTER_END), Period::Quarter.holding(today).to),
        (t(words::YEAR_END), Period::Year.holding(today).to),
    ];
    // In December they are one day.
    offers.dedup_by_key(|(_, on)| *on);
    let offers = StoredValue::new(offers);
    view! {
        <Sheet title is_open foot=move || view! {
            {if is_set {
                view! { <button type="button" class="btn" on:click=take_back>{t(words::TAKE_BACK)}</button> }.into_any()
            } else {
                view! { <button type="button" class="btn" on:click=move |_| is_open.set(false)>{t(shared::CANCEL)}</button> }.into_any()
            }}
            <button type="button" class="btn btn-main" on:click=save>{t(shared::SAVE)}</button>
        }>
            <fieldset>
                <legend class="label">{t(words::TO_TIER)}</legend>
                <div class="chips" role="radiogroup" aria-label=t(words::TO_TIER)>
                    {names.with_value(|(_, tiers)| tiers.clone()).into_iter().map(|(code, name)| {
                        let shown = code.clone();
                        view! {
                            <Chip label=name group="goal-tier"
                                is_chosen=Signal::derive(move || tier.with(|tier| *tier == shown))
                                on_choose=move |_| tier.set(code.clone()) />
                        }
                    }).collect_view()}
                </div>
            </fieldset>
            <DateChoice label=t(words::BY) id="goal-by" chosen=by on_choose=move |on| by.set(on)
                offers=offers.get_value() />
            {move || problem.get().map(|said| view! { <div class="note note-danger" role="alert"><p>{said}</p></div> })}
        </Sheet>
    }
}
