//! Whose customers, and which of them: the whole book, or ticks in a list that can be searched.

use super::Choice;
use super::books::{Entry, Holder};
use crate::components::{Chip, Dot, EmptyState, Icon, Segment};
use crate::i18n::{amount, day, fill, t};
use crate::words::{self as shared, hand_over as words};
use crate::workbench::Workbench;
use domain::ids::{BookId, CustomerId};
use leptos::prelude::*;
use std::collections::HashSet;
use std::str::FromStr;

/// Rows drawn before the person asks for more.
const ROWS_STEP: usize = 300;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Only {
    All,
    Chosen,
    WithPromises,
    WithPlans,
}

#[component]
pub fn Picking(choice: Choice) -> impl IntoView {
    let workbench = Workbench::expect();
    let query = RwSignal::new(String::new());
    let only = RwSignal::new(Only::All);
    let shown_max = RwSignal::new(ROWS_STEP);
    let found = Memo::new(move |_| {
        let typed = query.get();
        let typed = typed.trim();
        (!typed.is_empty()).then(|| {
            workbench.read(|replica| {
                replica.search().find(typed).into_iter().map(|hit| hit.customer).collect::<HashSet<_>>()
            })
        })
    });
    let listed = Memo::new(move |_| {
        let (found, only) = (found.get(), only.get());
        let going: HashSet<CustomerId> = match only {
            Only::Chosen => choice.going.get().into_iter().collect(),
            _ => HashSet::new(),
        };
        let is_listed = |entry: &Entry| {
            found.as_ref().is_none_or(|found| found.contains(&entry.id))
                && match only {
                    Only::All => true,
                    Only::Chosen => going.contains(&entry.id),
                    Only::WithPromises => entry.promises > 0,
                    Only::WithPlans => entry.plans > 0,
                }
        };
        choice
            .entries
            .with(|entries| entries.iter().filter(|entry| is_listed(entry)).cloned().collect::<Vec<_>>())
    });
    let count = move |wanted: fn(&Entry) -> bool| {
        choice.entries.with(|entries| entries.iter().filter(|entry| wanted(entry)).count())
    };
    view! {
        <section class="pickers" aria-label=t(words::WHICH)>
            <div class="ho-from">
                <div class="field ho-who">
                    <label for="hand-over-from">{t(words::FROM)}</label>
                    <BookSelect id="hand-over-from" chosen=choice.from options=choice.holders
                        on_choose=Callback::new(move |book| { only.set(Only::All); choice.choose_from(book) }) />
                </div>
                {move || {
                    let total = choice.entries.with(Vec::len);
                    let whole = if total == 0 { t(words::WHOLE_EMPTY).to_owned() } else { fill(words::WHOLE, &[("n", &total)]) };
                    view! {
                        <Segment label=t(words::HOW_MANY) group="hand-over-how"
                            options=vec![(false, t(words::SELECTION).to_owned()), (true, whole)]
                            chosen=Signal::derive(move || Some(choice.is_whole.get()))
                            on_choose=move |is_whole| { choice.done.set(None); choice.is_whole.set(is_whole) } />
                    }
                }}
                <label class="search">
                    <span class="vh">{t(shared::SEARCH_CUSTOMERS)}</span>
                    <Icon name="search" />
                    <input class="input" id="search" type="search" placeholder=t(shared::SEARCH_HINT) autocomplete="off"
                        prop:value=move || query.get() on:input=move |event| query.set(event_target_value(&event)) />
                    <kbd class="wide" aria-hidden="true">"/"</kbd>
                </label>
            </div>
            <div class="chips chips-line" role="group" aria-label=t(words::FILTER)>
                {move || {
                    let chips = [
                        (Only::All, shared::ALL, count(|_| true)),
                        (Only::Chosen, words::CHOSEN, choice.going.with(Vec::len)),
                        (Only::WithPromises, words::WITH_PROMISES, count(|entry| entry.promises > 0)),
                        (Only::WithPlans, words::WITH_PLANS, count(|entry| entry.plans > 0)),
                    ];
                    chips.map(|(this, label, count)| view! {
                        <Chip label=t(label) group="hand-over-only" count=count.to_string()
                            is_chosen=Signal::derive(move || only.get() == this) on_choose=move |_| only.set(this) />
                    }).collect_view()
                }}
            </div>
            <div class="ho-list scroll">
                {move || {
                    let is_searching = found.with(Option::is_some) || only.get() != Only::All;
                    match (choice.from.get(), listed.with(Vec::len)) {
                        (None, _) => empty("people", words::CHOOSE_FROM, words::CHOOSE_FROM_SAY),
                        (Some(_), 0) if is_searching => empty("search", words::NONE_FOUND, words::NONE_FOUND_SAY),
                        (Some(_), 0) => empty("people", words::EMPTY_BOOK, words::EMPTY_BOOK_SAY),
                        (Some(_), _) => view! { <List choice listed shown_max /> }.into_any(),
                    }
                }}
            </div>
        </section>
    }
}

fn empty(icon: &'static str, title: crate::i18n::Words, say: crate::i18n::Words) -> AnyView {
    view! { <EmptyState icon title=t(title) text=t(say) /> }.into_any()
}

#[component]
fn List(choice: Choice, listed: Memo<Vec<Entry>>, shown_max: RwSignal<usize>) -> impl IntoView {
    let today = Workbench::expect().today();
    let ids = move || listed.with(|listed| listed.iter().map(|entry| entry.id).collect::<Vec<_>>());
    // Of those in the list: none, some or all.
    let state = Memo::new(move |_| {
        let ticked = choice.ticked.get();
        listed.with(|listed| {
            let chosen =
                listed.iter().filter(|entry| choice.is_whole.get() || ticked.contains(&entry.id)).count();
            (chosen > 0, chosen == listed.len())
        })
    });
    let left = move || listed.with(Vec::len).saturating_sub(shown_max.get());
    view! {
        <table class="table ho-t">
            <thead><tr>
                <th scope="col"><label class="tick">
                    <input type="checkbox" class=move || { let (some, all) = state.get(); (some && !all).then_some("ho-some") }
                        aria-label=move || fill(words::SELECT_ALL, &[("n", &choice.going.with(Vec::len))])
                        prop:checked=move || state.get().1
                        prop:indeterminate=move || { let (some, all) = state.get(); some && !all }
                        disabled=move || choice.is_whole.get()
                        on:change=move |event| choice.tick(ids(), event_target_checked(&event)) />
                </label></th>
                <th scope="col">{t(words::CUSTOMER)}</th>
                <th scope="col" class="r">{t(words::ASSETS)}</th>
                <th scope="col">{t(words::LAST_VISIT)}</th>
                <th scope="col">{t(words::ALONG)}</th>
            </tr></thead>
            <tbody>
                <For each=move || listed.get().into_iter().take(shown_max.get()) key=|entry| (entry.id, entry.promises, entry.plans, entry.is_pending, entry.last_visit) let(entry)>
                    <Line choice entry today />
                </For>
            </tbody>
        </table>
        {move || (left() > 0).then(|| view! {
            <button type="button" class="btn ho-more" on:click=move |_| shown_max.update(|max| *max += ROWS_STEP)>
                {fill(words::MORE, &[("n", &left().min(ROWS_STEP))])}
            </button>
        })}
    }
}

#[component]
fn Line(choice: Choice, entry: Entry, today: domain::time::Date) -> impl IntoView {
    let id = entry.id;
    let box_id = format!("goes-{id}");
    // Two customers may have one name.
    let full_name = format!("{} {}", entry.name, entry.customer_no);
    let along = [(entry.promises, words::N_PROMISES), (entry.plans, words::N_PLANS)]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| fill(words, &[("n", &count)]))
        .collect::<Vec<_>>()
        .join(t(crate::words::team::BETWEEN));
    view! {
        <tr>
            <td><label class="tick">
                <input type="checkbox" id=box_id.clone() aria-label=full_name disabled=move || choice.is_whole.get()
                    prop:checked=move || choice.is_whole.get() || choice.ticked.with(|ticked| ticked.contains(&id))
                    on:change=move |event| choice.tick([id], event_target_checked(&event)) />
            </label></td>
            <th scope="row"><label class="ho-name" for=box_id><span>{entry.name.clone()}</span>
                <span class="small faint">{entry.customer_no.clone()}<Dot />{shared::customer_type(entry.customer_type)}</span></label></th>
            <td class="r nb">{amount(entry.assets)}</td>
            <td>{match entry.last_visit {
                Some(on) => day(on, today).into_any(),
                None => view! { <span class="faint">{t(words::NEVER)}</span> }.into_any(),
            }}</td>
            <td>
                {along}
                {entry.is_pending.then(|| view! { <span class="unsent"><Icon name="up" />{t(shared::PENDING)}</span> })}
            </td>
        </tr>
    }
}

/// Every book by its holder.
#[component]
pub fn BookSelect(
    id: &'static str,
    chosen: RwSignal<Option<BookId>>,
    #[prop(into)] options: Signal<Vec<Holder>>,
    on_choose: Callback<Option<BookId>>,
) -> impl IntoView {
    view! {
        <span class="pick">
            <select class="input" id=id
                on:change=move |event| on_choose.run(BookId::from_str(&event_target_value(&event)).ok())>
                <option value="" selected=move || chosen.get().is_none()>{t(words::CHOOSE)}</option>
                {move || options.get().into_iter().map(|holder| {
                    let book = holder.book;
                    let label = if holder.is_held {
                        format!("{} {}", holder.name, holder.detail)
                    } else {
                        format!("{} ({})", holder.name, t(words::NOBODY))
                    };
                    view! { <option value=book.to_string() selected=move || chosen.get() == Some(book)>{label}</option> }
                }).collect_view()}
            </select>
            <Icon name="down" />
        </span>
    }
}
