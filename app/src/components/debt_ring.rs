//! 服务欠账 at a glance: the arc is what is done of the period's standard, the tick how much of the period has gone.

use crate::i18n::fill;
use crate::words;
use domain::standard::KindDebt;
use domain::time::{Date, days_between};
use leptos::prelude::*;

/// What a ring shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RingLook {
    pub done: u32,
    pub required: u32,
    /// Of the period that has gone, in percent.
    pub gone_percent: u8,
    /// As [`KindDebt::is_behind`] has it.
    pub is_behind: bool,
}

impl RingLook {
    /// None where the standard asks for nothing.
    pub fn of(debt: &KindDebt, today: Date) -> Option<Self> {
        let period = debt.period.filter(|_| debt.required > 0 || debt.owed > 0)?;
        let gone = days_between(period.from, today).clamp(0, 366) * 100
            / i64::try_from(period.days()).unwrap_or(1).max(1);
        Some(Self {
            done: debt.done,
            required: debt.required,
            gone_percent: u8::try_from(gone).unwrap_or(100).min(100),
            is_behind: debt.is_behind(today),
        })
    }

    fn percent(self) -> u32 {
        (self.done.min(self.required) * 100).checked_div(self.required).unwrap_or(100)
    }
}

#[component]
pub fn DebtRing(ring: RingLook, #[prop(optional)] big: bool) -> impl IntoView {
    let class = match (ring.is_behind, big) {
        (false, false) => "ring",
        (true, false) => "ring ring-late",
        (false, true) => "ring ring-big",
        (true, true) => "ring ring-late ring-big",
    };
    let label = fill(words::RING, &[("done", &ring.done), ("required", &ring.required)]);
    let percent = ring.percent();
    let turn = u32::from(ring.gone_percent) * 36 / 10;
    view! {
        <span class=class role="img" aria-label=label>
            <svg viewBox="0 0 36 36">
                <circle></circle>
                {(percent > 0).then(|| view! { <circle stroke-dasharray=format!("{percent} 100")></circle> })}
                <path d="M18 0.5v4" transform=format!("rotate({turn} 18 18)")></path>
            </svg>
            <span aria-hidden="true">{format!("{}/{}", ring.done, ring.required)}</span>
        </span>
    }
}
