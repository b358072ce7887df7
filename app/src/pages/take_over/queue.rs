//! The customers to sort, the first to look at first. Only what is near the screen is drawn.

use super::deck::reasons;
use super::sitting::{Pane, Sitting};
use crate::browser::clock;
use crate::browser::listener::{Listener, until_cleanup};
use crate::browser::scroll::{self, Scrolled};
use crate::components::{DebtRing, EmptyState, Icon, Segment, Standing, TierBadge};
use crate::i18n::{fill, t};
use crate::pages::customers::{Layout, STEP_PX};
use crate::pages::today::{Why, why};
use crate::words::{self as shared, take_over as words};
use domain::customer::Customer;
use domain::ids::CustomerId;
use domain::mark::MarkKind;
use domain::take_over::{Order, is_sign};
use domain::time::Date;
use domain::today::Reason;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use replica::Replica;

pub fn mark_icon(kind: MarkKind) -> &'static str {
    match kind {
        MarkKind::Important => "star",
        MarkKind::Routine => "pin",
        MarkKind::CallFirst => "phone",
        MarkKind::Later => "skip",
    }
}

#[component]
pub fn Queue(sitting: Sitting) -> impl IntoView {
    let node: NodeRef<html::Div> = NodeRef::new();
    let scrolled = RwSignal::new(Scrolled::default());
    let measure = move || {
        if let Some(node) = node.get_untracked() {
            let now = scroll::standing(&node);
            if now.height_px > 0 {
                scrolled.set(now);
            }
        }
    };
    let listed = sitting.listed;
    let layout = Memo::new(move |_| Layout::flat(listed.with(|listed| listed.len())));
    let step = Memo::new(move |_| scrolled.get().top_px / STEP_PX);
    let height_px = Memo::new(move |_| scrolled.get().height_px);
    let near = Memo::new(move |_| Layout::screen(step.get(), height_px.get()));
    let drawn = move || {
        let at = layout.with(|layout| {
            layout.sections.first().map(|section| near.with(|near| section.drawn(near))).unwrap_or_default()
        });
        listed.with(|listed| {
            let ids = listed.get(at.clone()).unwrap_or_default().to_vec();
            at.zip(ids).collect::<Vec<_>>()
        })
    };
    // Whoever is looked at is in sight, also when keys lead there, and when the phone turns to the list.
    Effect::new(move |_| {
        let current = sitting.current.get();
        sitting.pane.track();
        let at = listed.with(|listed| listed.iter().position(|id| Some(*id) == current));
        spawn_local(async move {
            clock::next_frame().await;
            let Some(node) = node.try_get_untracked().flatten() else { return };
            let now = scroll::standing(&node);
            let to = layout.try_with_untracked(|layout| layout.scroll_to(at?, now.top_px, now.height_px));
            if let Some(to) = to.flatten() {
                scroll::go_to(&node, to);
            }
            measure();
        });
    });
    if let Some(resized) = Listener::on_window("resize", move |_| measure()) {
        until_cleanup(resized);
    }
    view! {
        <section class="queue" aria-label=t(words::LIST)>
            <div class="tri-sort">
                <BookChoice sitting />
                <Segment label=t(words::ORDER) group="take-over-order" class="seg-fill"
                    options=Order::ALL.map(|order| (order, words::order(order).to_owned())).to_vec()
                    chosen=Signal::derive(move || Some(sitting.order.get()))
                    on_choose=move |order| sitting.order.set(order) />
                {move || sitting.only.get().map(|kind| view! {
                    <p class="tri-only">
                        <span>{move || fill(words::ONLY, &[("mark", &shared::mark(kind)), ("n", &listed.with(|listed| listed.len()))])}</span>
                        <button type="button" class="link hit" on:click=move |_| sitting.only.set(None)>{t(words::SHOW_ALL)}</button>
                    </p>
                })}
            </div>
            <div class="tri-list scroll" node_ref=node on:scroll=move |_| measure()>
                {move || sitting.only.get().filter(|_| listed.with(|listed| listed.is_empty())).map(|kind| view! {
                    <EmptyState icon=mark_icon(kind) title=fill(words::NOBODY_MARKED, &[("mark", &shared::mark(kind))]) text="" />
                })}
                <ul class="rows" style:height=move || format!("{}px", layout.with(|layout| layout.height_px))>
                    <For each=drawn key=|(index, id)| (*index, *id) let((index, id))>
                        <QueueRow sitting index id top_px=Layout::flat(index).height_px />
                    </For>
                </ul>
            </div>
        </section>
    }
}

/// Whose book, where there are several.
#[component]
fn BookChoice(sitting: Sitting) -> impl IntoView {
    move || {
        let books = sitting.books.get();
        (books.len() > 1).then(|| {
            let options = books
                .into_iter()
                .map(|(id, name)| view! { <option value=id.to_string() selected=sitting.book.get_untracked() == Some(id)>{name}</option> })
                .collect_view();
            view! {
                <label class="pick tri-book">
                    <span class="vh">{t(words::BOOK)}</span>
                    <select class="input" on:change=move |event| sitting.book.set(event_target_value(&event).parse().ok())>
                        {options}
                    </select>
                    <Icon name="down" />
                </label>
            }
        })
    }
}

#[derive(Clone, PartialEq)]
struct Shown {
    face: String,
    name: String,
    standing: Standing,
    sign: Option<Why>,
    is_pending: bool,
}

fn shown(replica: &Replica, id: CustomerId, order: Order, today: Date) -> Option<Shown> {
    let name = replica.get::<Customer>(id)?.name.clone();
    let found = reasons(replica, id, today);
    let is_debt = |reason: &&Reason| matches!(reason, Reason::Overdue { .. } | Reason::NotVisited { .. });
    let sign = found.iter().find(|reason| is_sign(reason));
    let debt = found.iter().find(is_debt);
    let first = match order {
        Order::Debt => debt,
        Order::Signs => sign,
        Order::Value => sign.or(debt),
    };
    Some(Shown {
        face: name.chars().next().map(String::from).unwrap_or_default(),
        name,
        standing: Standing::of(replica, id, today),
        sign: first.map(|reason| why(reason, today)),
        is_pending: replica.is_pending(id),
    })
}

#[component]
fn QueueRow(sitting: Sitting, index: usize, id: CustomerId, top_px: i32) -> impl IntoView {
    let workbench = sitting.workbench;
    let shown = Memo::new(move |_| {
        let order = sitting.order.get();
        workbench.read(|replica| shown(replica, id, order, workbench.today()))
    });
    let mark = Memo::new(move |_| sitting.marks.with(|marks| marks.get(&id).copied()));
    let is_current = Memo::new(move |_| sitting.current.get() == Some(id));
    let count = Memo::new(move |_| sitting.listed.with(|listed| listed.len()));
    let end = move |sign: Option<Why>| {
        match (mark.get(), is_current.get(), sign) {
        (Some(kind), ..) => view! {
            <span class="mk" class:mk-1=kind == MarkKind::Important><Icon name=mark_icon(kind) small=true />{shared::mark(kind)}</span>
        }
        .into_any(),
        (None, true, _) => view! { <Icon name="right" small=true /> }.into_any(),
        (None, false, Some(why)) => view! { <span class=format!("{} tri-sign small", why.class)>{why.text}</span> }.into_any(),
        (None, false, None) => ().into_any(),
    }
    };
    view! {
        <li style:top=move || format!("{top_px}px") aria-posinset=index + 1 aria-setsize=move || count.get()>
            <button type="button" class="row" class:row-past=move || mark.get().is_some()
                aria-current=move || is_current.get().then_some("true")
                on:click=move |_| {
                    sitting.look_at(Some(id));
                    sitting.pane.set(Pane::Card);
                }>
                {move || shown.get().map(|Shown { face, name, standing, sign, is_pending }| view! {
                    {match standing.ring {
                        Some(ring) => view! { <DebtRing ring /> }.into_any(),
                        None => view! { <span class="face" aria-hidden="true">{face}</span> }.into_any(),
                    }}
                    <span class="row-body">
                        <span class="row-name"><span>{name}</span>{standing.tier.map(|tier| view! { <TierBadge tier /> })}</span>
                        <span class="row-sub">
                            <span>{standing.figure}</span>
                            {is_pending.then(|| view! {
                                <span class="unsent"><Icon name="up" /><span class="vh">{t(shared::PENDING)}</span></span>
                            })}
                        </span>
                    </span>
                    {move || end(sign.clone())}
                })}
            </button>
        </li>
    }
}
