//! The rows behind a figure of the preview: who goes which way, and by which values. Asked of the server when it is opened,
//! in the asker's scope; an administrator reads no customers and is not offered it.

use super::look_of;
use crate::browser::network::{self, Verb};
use crate::components::online::{Bones, Trouble, told};
use crate::components::{EmptyState, Icon, Sheet, TierBadge};
use crate::i18n::{Words, comma, fill, t};
use crate::pages::customers::href;
use crate::pages::rules::desk::Desk;
use crate::words::customers::listed;
use crate::words::rules::scheme as words;
use crate::words::tiers;
use domain::api::{AskMovers, MoverRow, SchemeMovers, Way, path};
use domain::authorize::{Act, may};
use domain::tier::{TierCode, TierScheme};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::A;

/// What is opened: which way, how many of the organisation go it, and the draft that was counted.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Opened {
    way: Way,
    total: u32,
    now: TierScheme,
    draft: TierScheme,
}

/// Where a figure puts what it opens.
#[derive(Clone, Copy)]
pub struct Behind {
    opened: RwSignal<Option<Opened>>,
    may_open: bool,
}

impl Behind {
    pub fn new(desk: Desk<TierScheme>) -> Self {
        let role = desk.workbench.peek(|replica| replica.actor().role);
        Self { opened: RwSignal::new(None), may_open: may(role, Act::SeeTeam) }
    }

    pub fn expect() -> Self {
        expect_context()
    }

    /// What a tap on the figure does; None where there is nothing to open, or nobody to whom it may be.
    pub fn opener(
        self,
        way: Way,
        total: u32,
        now: &TierScheme,
        draft: &TierScheme,
    ) -> Option<impl Fn() + Clone + use<>> {
        let opened = Opened { way, total, now: now.clone(), draft: draft.clone() };
        (self.may_open && total > 0).then_some(move || self.opened.set(Some(opened.clone())))
    }
}

fn title(way: Way) -> Words {
    match way {
        Way::Up => words::MOVERS_UP,
        Way::Down => words::MOVERS_DOWN,
        Way::Regraded => words::REGRADED,
        Way::Joins => words::JOINS,
        Way::Leaves => words::LEAVES,
    }
}

#[component]
pub fn MoversSheet(behind: Behind) -> impl IntoView {
    view! {
        {move || behind.opened.get().map(|opened| {
            let is_open = RwSignal::new(true);
            Effect::new(move |_| if !is_open.get() { behind.opened.set(None) });
            let title = fill(title(opened.way), &[("n", &opened.total)]);
            let opened = StoredValue::new(opened);
            view! { <Sheet title is_open><Movers opened /></Sheet> }
        })}
    }
}

#[component]
fn Movers(opened: StoredValue<Opened>) -> impl IntoView {
    let workbench = Desk::<TierScheme>::expect().workbench;
    let answer = RwSignal::new(None::<SchemeMovers>);
    let problem = RwSignal::new(None::<String>);
    let ask = move || {
        problem.set(None);
        let order = opened.with_value(|opened| AskMovers { scheme: opened.draft.clone(), way: opened.way });
        spawn_local(async move {
            let told_by = network::send::<SchemeMovers>(Verb::Post, path::TIER_SCHEME_MOVERS, &order).await;
            // The sheet may be closed by then.
            let _ = match told_by {
                Ok(movers) => answer.try_set(Some(movers)).is_none(),
                Err(error) => problem.try_set(Some(told(workbench, &error))).is_none(),
            };
        });
    };
    ask();
    view! {
        <Trouble text=problem on_retry=ask />
        {move || match answer.get() {
            Some(movers) => opened.with_value(|opened| view! { <Rows movers opened=opened.clone() /> }.into_any()),
            None if problem.get().is_some() => ().into_any(),
            None => view! { <Bones /> }.into_any(),
        }}
    }
}

#[component]
fn Rows(movers: SchemeMovers, opened: Opened) -> impl IntoView {
    let Opened { total, now, draft, .. } = opened;
    let SchemeMovers { count, rows } = movers;
    if rows.is_empty() {
        return view! { <EmptyState icon="people" title=t(words::MOVERS_NONE) text=t(words::MOVERS_NONE_SAY) /> }
            .into_any();
    }
    let more = usize::try_from(count).unwrap_or(usize::MAX).saturating_sub(rows.len());
    let of_all = (count < total).then(|| fill(words::MOVERS_YOURS, &[("n", &count), ("all", &total)]));
    view! {
        {of_all.map(|said| view! { <p class="small quiet">{said}</p> })}
        <ul class="rows flush movers">
            {rows.into_iter().map(|row| {
                let why = why(&row, &draft);
                let (from, to) = (badge(&now, &row.from), badge(&draft, &row.to));
                view! {
                    <li><A href=href(row.customer_id) attr:class="row">
                        <span class="row-body">
                            <span class="row-name"><span>{row.name.clone()}</span></span>
                            <span class="row-sub">{why}</span>
                        </span>
                        <span class="mv">{from}<Icon name="arrow" small=true />{to}</span>
                    </A></li>
                }
            }).collect_view()}
        </ul>
        {(more > 0).then(|| view! { <p class="small quiet">{fill(words::MOVERS_MORE, &[("n", &more)])}</p> })}
    }
    .into_any()
}

pub fn badge(scheme: &TierScheme, tier: &Option<TierCode>) -> AnyView {
    match tier {
        Some(code) => view! { <TierBadge tier=look_of(scheme, code) /> }.into_any(),
        None => view! { <span class="small faint">{t(words::NO_TIER)}</span> }.into_any(),
    }
}

/// 月日均财富资产46.2万 ≥ 20万，到白金还差3.8万
fn why(row: &MoverRow, draft: &TierScheme) -> String {
    if !row.missing.is_empty() {
        let names: Vec<String> = row.missing.iter().map(|one| tiers::measure(*one).to_owned()).collect();
        return fill(words::MOVERS_MISSING, &[("list", &listed(&names))]);
    }
    if let Some(factor) = row.out_of_range {
        return fill(words::MOVERS_RANGE, &[("what", &tiers::measure(factor))]);
    }
    if row.grounds.is_empty() {
        return t(words::MOVERS_UNKNOWN).to_owned();
    }
    let grounds = row.grounds.iter().map(|ground| {
        let value = words::exactly(&ground.of, ground.value);
        let holds = match ground.floor {
            Some(floor) => {
                let floor = words::exactly(&ground.of, floor);
                fill(tiers::AT_LEAST, &[("value", &value), ("floor", &floor)])
            }
            None => value,
        };
        format!("{} {holds}", tiers::yardstick(&ground.of))
    });
    let above = row.above.as_ref().map(|tier| words::tier_name(draft, tier)).unwrap_or_default();
    let short = row.short.iter().map(|short| {
        let by = words::exactly(&short.of, i64::try_from(short.by).unwrap_or(i64::MAX));
        fill(words::MOVERS_SHORT, &[("tier", &above), ("by", &by)])
    });
    grounds.chain(short).collect::<Vec<_>>().join(comma())
}
