//! A field two people changed differently: both values, who and when; one tap settles it.

use crate::components::{Dot, FieldError, Icon, Toasts};
use crate::i18n::{fill, moment, t};
use crate::words::{self as common, attention as words};
use crate::workbench::Workbench;
use domain::attention::differs;
use domain::conflict::{Conflict, ContactField, Field, Keep, Side};
use domain::contact::Contact;
use domain::customer::{Customer, CustomerField};
use domain::mutation::SettleConflict;
use domain::organisation::Colleague;
use domain::time::Timestamp;
use leptos::prelude::*;
use leptos::task::spawn_local;
use replica::Replica;

/// One of the two values as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
struct SideLine {
    /// None when the field was emptied.
    text: Option<String>,
    /// Nobody when the value came from a list.
    by: Option<String>,
    is_mine: bool,
    at: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisputeLine {
    settle: SettleConflict,
    about: String,
    field: &'static str,
    base: Option<String>,
    standing: SideLine,
    proposed: SideLine,
    /// A number is shown large and masked, a text with what is new underlined.
    is_number: bool,
    /// Two numbers that look alike once masked.
    looks_same: bool,
}

impl DisputeLine {
    pub fn of(replica: &Replica, conflict: &Conflict) -> Self {
        let customer = replica.get::<Customer>(conflict.customer_id);
        let customer =
            customer.map_or_else(|| t(words::A_CUSTOMER).to_owned(), |customer| customer.name.clone());
        let about = match conflict.field {
            Field::Customer(_) => customer,
            Field::Contact(id, _) => match replica.get::<Contact>(id) {
                Some(contact) => format!("{customer} · {}", contact.name),
                None => customer,
            },
        };
        let standing = SideLine::of(replica, conflict.field, &conflict.standing);
        let proposed = SideLine::of(replica, conflict.field, &conflict.proposed);
        Self {
            settle: SettleConflict {
                conflict_id: conflict.id,
                customer_id: conflict.customer_id,
                field: conflict.field,
                keep: Keep::Standing,
            },
            about,
            field: field_words(conflict.field),
            base: conflict.base.as_deref().map(|value| shown(conflict.field, value)),
            looks_same: standing.text == proposed.text,
            is_number: is_number(conflict.field),
            standing,
            proposed,
        }
    }
}

impl SideLine {
    fn of(replica: &Replica, field: Field, side: &Side) -> Self {
        let me = replica.actor().employee_id;
        let by = side.by.map(|by| match replica.get::<Colleague>(by) {
            Some(colleague) => colleague.name.clone(),
            None if by == me => replica.actor().name.clone(),
            None => t(words::A_COLLEAGUE).to_owned(),
        });
        Self {
            text: side.value.as_deref().map(|value| shown(field, value)),
            is_mine: side.by == Some(me),
            by,
            at: side.at,
        }
    }
}

fn field_words(field: Field) -> &'static str {
    match field {
        Field::Customer(field) => common::customer_field(field),
        Field::Contact(_, field) => common::contact_field(field),
    }
}

fn is_number(field: Field) -> bool {
    matches!(field, Field::Customer(CustomerField::Phone) | Field::Contact(_, ContactField::Phone))
}

/// A canonical value as a person reads it; a number masked.
fn shown(field: Field, value: &str) -> String {
    match field {
        Field::Customer(field) => common::customer_value(field, value),
        Field::Contact(_, field) => common::contact_value(field, value),
    }
}

#[component]
pub fn Disputed(line: DisputeLine) -> impl IntoView {
    let workbench = Workbench::expect();
    let toasts = Toasts::expect();
    let problem = RwSignal::new(None::<String>);
    let is_busy = RwSignal::new(false);
    let settled = fill(words::SETTLED, &[("name", &line.about), ("field", &line.field)]);
    let asked_again = fill(words::ASKED_AGAIN, &[("name", &line.about), ("field", &line.field)]);
    let settle = line.settle.clone();
    let choose = Callback::new(move |keep: Keep| {
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        let settle = SettleConflict { keep, ..settle.clone() };
        let (id, settled, asked_again) = (settle.conflict_id, settled.clone(), asked_again.clone());
        spawn_local(async move {
            match workbench.save(settle).await {
                Ok(()) => {
                    let is_open =
                        |replica: &Replica| replica.get::<Conflict>(id).is_some_and(Conflict::is_open);
                    toasts.say(if workbench.peek(is_open) { asked_again } else { settled });
                }
                Err(error) => {
                    let _ = problem.try_set(Some(error.words()));
                }
            }
            let _ = is_busy.try_set(false);
        });
    });
    let was = match &line.base {
        Some(base) => fill(words::BASE_WAS, &[("value", base)]),
        None => t(words::BASE_EMPTY).to_owned(),
    };
    let stands = match &line.standing {
        side if side.is_mine => t(words::STANDING_ME).to_owned(),
        SideLine { by: Some(by), .. } => fill(words::STANDING_BY, &[("name", by)]),
        SideLine { by: None, .. } => t(words::STANDING_LIST).to_owned(),
    };
    let other = [&line.standing, &line.proposed]
        .into_iter()
        .find(|side| !side.is_mine)
        .and_then(|side| side.by.clone());
    // My own value stands at the left, whichever of the two it is.
    let mut sides = [(Keep::Proposed, line.proposed), (Keep::Standing, line.standing)];
    if sides[1].1.is_mine {
        sides.reverse();
    }
    let (base, is_number) = (line.base, line.is_number);
    view! {
        <article class="ask">
            <header class="ask-head">
                <Icon name="swap" />
                <div>
                    <h2>{fill(words::DISPUTED, &[("name", &line.about), ("field", &line.field)])}</h2>
                    <p class="small quiet">{was}{stands}</p>
                </div>
            </header>
            <div class="two">
                {sides.map(|(keep, side)| view! { <SideButton side keep base=base.clone() is_number choose /> })}
            </div>
            {line.looks_same.then(|| view! { <p class="ask-foot small warn-words">{t(words::SAME_MASK)}</p> })}
            {other.map(|name| view! {
                <p class="ask-foot small faint">{fill(words::SETTLED_BOTH, &[("name", &name)])}</p>
            })}
            <FieldError text=problem />
        </article>
    }
}

#[component]
fn SideButton(
    side: SideLine,
    keep: Keep,
    base: Option<String>,
    is_number: bool,
    choose: Callback<Keep>,
) -> impl IntoView {
    let today = Workbench::expect().today();
    let stands = keep == Keep::Standing;
    let title = match (&side.by, side.is_mine, stands) {
        (_, true, true) => t(words::MINE_IN_USE).to_owned(),
        (_, true, false) => t(words::MINE).to_owned(),
        (_, false, true) => t(words::IN_USE).to_owned(),
        (Some(by), false, false) => fill(words::THEIRS, &[("name", by)]),
        (None, false, false) => t(words::FROM_LIST).to_owned(),
    };
    let value = match side.text {
        None => view! { <span class="side-text faint">{t(words::EMPTY_VALUE)}</span> }.into_any(),
        Some(text) if is_number => view! { <span class="figure">{text}</span> }.into_any(),
        Some(text) => {
            let parts = differs(base.as_deref().unwrap_or_default(), &text);
            let new = parts.new.to_owned();
            view! {
                <span class="side-text">
                    {parts.before.to_owned()}
                    {(!new.is_empty()).then(|| view! { <ins>{new}</ins> })}
                    {parts.after.to_owned()}
                </span>
            }
            .into_any()
        }
    };
    let who = side.by.unwrap_or_else(|| t(words::FROM_LIST).to_owned());
    let verb = if stands { words::KEEP_THIS } else { words::USE_THIS };
    view! {
        <button type="button" class="side" on:click=move |_| choose.run(keep)>
            <span class="small quiet">{title}</span>
            {value}
            <span class="small quiet">{who}{side.at.map(|at| view! { <Dot />{moment(at, today)} })}</span>
            <span class="side-do">{t(verb)}</span>
        </button>
    }
}
