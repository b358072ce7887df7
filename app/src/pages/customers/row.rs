//! One customer in the list: who, when last visited, what they hold, and where a search matched.

use super::listing::{Listed, Section, holder};
use crate::components::{DebtRing, Dot, Icon, Sparkline, Standing, TierBadge};
use crate::i18n::t;
use crate::words::{self as shared, customers as words};
use crate::workbench::Workbench;
use domain::customer::Customer;
use domain::ids::CustomerId;
use domain::mask;
use domain::time::{Date, days_between};
use domain::visit::{Visit, VisitState};
use leptos::prelude::*;
use replica::Replica;
use replica::search::Matched;
use std::ops::Range;

/// Characters kept before a match in a long text, so that the match itself is in sight.
const BEFORE_MATCH_CHARS: usize = 6;

/// The last day anybody was there: our own visits, or the branch's list.
pub fn last_visited_on(replica: &Replica, customer: &Customer) -> Option<Date> {
    let visits = replica.of::<Visit>(customer.id).filter(|visit| visit.state == VisitState::Done);
    visits.map(|visit| visit.on).max().max(customer.last_visited_on)
}

/// The id of the row's link, by its place in the list.
pub fn row_id(index: usize) -> String {
    format!("customer-{index}")
}

pub fn href(id: CustomerId) -> String {
    format!("/app/customers/{id}")
}

/// A text cut into what stands before, in and behind the match.
#[derive(Clone, PartialEq)]
struct Marked {
    before: String,
    matched: String,
    behind: String,
}

impl Marked {
    fn plain(text: &str) -> Self {
        Self { before: text.to_owned(), matched: String::new(), behind: String::new() }
    }

    fn at(text: &str, chars: &Range<usize>) -> Self {
        Self {
            before: text.chars().take(chars.start).collect(),
            matched: text.chars().skip(chars.start).take(chars.len()).collect(),
            behind: text.chars().skip(chars.end).collect(),
        }
    }

    /// As [`Marked::at`], with the front of a long text left off.
    fn near(text: &str, chars: &Range<usize>) -> Self {
        let mut marked = Self::at(text, chars);
        if let Some(cut) = chars.start.checked_sub(BEFORE_MATCH_CHARS).filter(|cut| *cut > 1) {
            marked.before = format!("…{}", marked.before.chars().skip(cut).collect::<String>());
        }
        marked
    }

    /// A masked number shows no more of itself for being found.
    fn masked(number: &str, chars: &Range<usize>) -> Self {
        let masked = mask::phone(number);
        let digits = number.chars().count();
        let shown = masked.chars().count();
        // `199 **** 0822`: two spaces stand among the eleven; otherwise only the last two digits are seen.
        let place = |digit: usize| match digits {
            11 => digit + usize::from(digit >= 3) + usize::from(digit >= 7),
            _ => (digit + 6).saturating_sub(digits).min(shown),
        };
        Self::at(&masked, &(place(chars.start)..place(chars.end.saturating_sub(1)) + 1))
    }

    fn view(self) -> impl IntoView {
        let matched = self.matched;
        view! { {self.before}{(!matched.is_empty()).then(|| view! { <mark>{matched}</mark> })}{self.behind} }
    }
}

#[derive(Clone, PartialEq)]
struct Shown {
    face: String,
    name: Marked,
    sub: Marked,
    holder: Option<String>,
    standing: Standing,
    is_pending: bool,
}

fn shown(replica: &Replica, listed: &Listed, today: Date, has_holders: bool) -> Option<Shown> {
    let customer = replica.get::<Customer>(listed.id)?;
    let last = last_visited_on(replica, customer).map(|on| days_between(on, today));
    let visited = || Marked::plain(&words::visited(last));
    let text = |text: &Option<String>, marked: fn(&str, &Range<usize>) -> Marked, chars: &Range<usize>| {
        text.as_deref().map_or_else(visited, |text| marked(text, chars))
    };
    let (name, sub) = match &listed.hit {
        None => (Marked::plain(&customer.name), visited()),
        Some((Matched::Name, chars)) => (Marked::at(&customer.name, chars), visited()),
        Some((matched, chars)) => {
            let sub = match matched {
                Matched::Phone => text(&customer.phone, Marked::masked, chars),
                Matched::Address => text(&customer.address, Marked::near, chars),
                Matched::CustomerNo | Matched::Name => Marked::near(&customer.customer_no, chars),
            };
            (Marked::plain(&customer.name), sub)
        }
    };
    Some(Shown {
        face: customer.name.chars().next().map(String::from).unwrap_or_default(),
        name,
        sub,
        holder: has_holders.then(|| holder(replica, customer.book_id, t(words::NO_MANAGER))),
        standing: Standing::of(replica, customer.id, today),
        is_pending: replica.is_pending(customer.id),
    })
}

#[component]
pub fn CustomerRow(
    listed: Listed,
    index: usize,
    /// Rows of the whole list, for those who cannot see it.
    #[prop(into)]
    count: Signal<usize>,
    section: Section,
    /// Set to the row's place when the keyboard comes to it.
    focused: RwSignal<Option<usize>>,
    #[prop(into)] current: Signal<Option<CustomerId>>,
    #[prop(into)] has_holders: Signal<bool>,
) -> impl IntoView {
    let workbench = Workbench::expect();
    let id = listed.id;
    let shown = Memo::new(move |_| {
        workbench.read(|replica| shown(replica, &listed, workbench.today(), has_holders.get()))
    });
    let top_px = section.row_px(index);
    view! {
        <li style:top=move || format!("{top_px}px") aria-posinset=index + 1 aria-setsize=move || count.get()>
            <a class="row" id=row_id(index) href=href(id)
                on:focus=move |_| focused.set(Some(index))
                aria-current=move || (current.get() == Some(id)).then_some("true")>
                {move || shown.get().map(|Shown { face, name, sub, holder, standing, is_pending }| view! {
                    {match standing.ring {
                        Some(ring) => view! { <DebtRing ring /> }.into_any(),
                        None => view! { <span class="face" aria-hidden="true">{face}</span> }.into_any(),
                    }}
                    <span class="row-body">
                        <span class="row-name"><span>{name.view()}</span>{standing.tier.map(|tier| view! { <TierBadge tier /> })}</span>
                        <span class="row-sub">
                            <span>{sub.view()}{holder.map(|holder| view! { <Dot />{holder} })}</span>
                            {is_pending.then(|| view! {
                                <span class="unsent"><Icon name="up" /><span class="vh">{t(shared::PENDING)}</span></span>
                            })}
                        </span>
                    </span>
                    <span class="row-end">{standing.figure}<Sparkline values=standing.spark is_falling=standing.is_falling /></span>
                })}
            </a>
        </li>
    }
}
