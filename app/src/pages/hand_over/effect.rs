//! What a hand-over means: both books before and after, what goes along, what follows, and the button.

use super::books::{self, Holder};
use super::picking::BookSelect;
use super::sure::Sure;
use super::{Choice, Done};
use crate::components::Icon;
use crate::components::online::Asked;
use crate::i18n::{amount, fill, t};
use crate::words::{self as shared, hand_over as words};
use crate::workbench::Workbench;
use domain::api::{Team, path};
use domain::limits::HAND_OVER_CUSTOMERS_MAX;
use domain::money::Fen;
use leptos::prelude::*;
use leptos_router::components::A;

#[component]
pub fn Effects(choice: Choice) -> impl IntoView {
    let workbench = Workbench::expect();
    let is_sure_open = RwSignal::new(false);
    let others = Signal::derive(move || {
        let from = choice.from.get();
        choice.holders.get().into_iter().filter(|holder| Some(holder.book) != from).collect::<Vec<_>>()
    });
    let count = move || choice.going.with(Vec::len);
    let missing = move || {
        if choice.from.get().is_none() {
            Some(t(words::CHOOSE_FROM).to_owned())
        } else if count() == 0 {
            Some(t(words::CHOOSE_SOME).to_owned())
        } else if choice.to.get().is_none() {
            Some(t(words::CHOOSE_TO).to_owned())
        } else if count() > HAND_OVER_CUSTOMERS_MAX {
            Some(fill(words::TOO_MANY, &[("max", &HAND_OVER_CUSTOMERS_MAX)]))
        } else {
            None
        }
    };
    view! {
        <aside class="to scroll" aria-label=t(words::MEANS)>
            <div class="to-in">
                <div class="to-who">
                    <div>
                        <span class="label">{t(words::FROM)}</span>
                        <span class="to-name">{move || match choice.holder(choice.from.get()) {
                            Some(from) => view! {
                                <span class="face" aria-hidden="true">{from.name.chars().take(1).collect::<String>()}</span><b>{from.name}</b>
                            }.into_any(),
                            None => view! { <span class="faint">"–"</span> }.into_any(),
                        }}</span>
                    </div>
                    <Icon name="arrow" />
                    <div>
                        <label class="label" for="hand-over-to">{t(words::TO)}</label>
                        <BookSelect id="hand-over-to" chosen=choice.to options=others
                            on_choose=Callback::new(move |book| { choice.done.set(None); choice.to.set(book) }) />
                    </div>
                </div>
                {move || choice.done.get().map(|done| view! { <ItIsDone done /> })}
                {move || (choice.from.get().is_some() || choice.to.get().is_some()).then(|| view! { <Balance choice /> })}
                {move || (count() > 0).then(|| view! { <GoesAlong choice /> })}
                {move || (count() > 0 && choice.to.get().is_some()).then(|| view! { <Follows choice /> })}
            </div>
            <div class="to-do">
                {move || missing().filter(|_| choice.done.get().is_none()).map(|missing| view! { <p class="small quiet" role="status">{missing}</p> })}
                <button type="button" class="btn btn-main" disabled=move || missing().is_some() || !workbench.is_online()
                    on:click=move |_| is_sure_open.set(true)>
                    {move || match (count(), choice.is_whole.get()) {
                        (0, _) => t(shared::HAND_OVER).to_owned(),
                        (n, true) => fill(words::DO_WHOLE, &[("n", &n)]),
                        (n, false) => fill(words::DO, &[("n", &n)]),
                    }}
                </button>
            </div>
        </aside>
        <Sure choice is_open=is_sure_open />
    }
}

#[component]
fn ItIsDone(done: Done) -> impl IntoView {
    view! {
        <div class="note note-ok" role="status">
            <Icon name="ok" />
            <div>
                <b>{fill(words::DONE, &[("n", &done.moved), ("to", &done.to)])}</b>
                <p class="small">{t(words::DONE_SAY)}</p>
                {(done.left > 0).then(|| view! {
                    <p class="small">{fill(words::DONE_FEWER, &[("left", &done.left), ("from", &done.from)])}</p>
                })}
                <A href="/app/team" attr:class="link">{t(words::SEE_TEAM)}</A>
            </div>
        </div>
    }
}

/// One bar of the table: how many, of the largest there is.
#[derive(Clone)]
struct Bar {
    name: String,
    is_after: bool,
    customers: u32,
    assets: Fen,
}

#[component]
fn Balance(choice: Choice) -> impl IntoView {
    let workbench = Workbench::expect();
    let bars = Memo::new(move |_| {
        let going = choice.going.get();
        let moved = u32::try_from(going.len()).unwrap_or(u32::MAX);
        let assets = workbench.read(|replica| books::along(replica, &going, workbench.today())).assets;
        let mut bars = Vec::new();
        let is_moving = !going.is_empty();
        let mut add = |holder: Option<Holder>, customers: &dyn Fn(u32) -> u32, after: &dyn Fn(Fen) -> Fen| {
            let Some(holder) = holder else { return };
            bars.push((holder.name.clone(), false, holder.customers, holder.assets));
            if is_moving {
                bars.push((holder.name, true, customers(holder.customers), after(holder.assets)));
            }
        };
        add(choice.holder(choice.from.get()), &|held| held.saturating_sub(moved), &|held| {
            Fen(held.0.saturating_sub(assets.0))
        });
        add(choice.holder(choice.to.get()), &|held| held.saturating_add(moved), &|held| {
            held.saturating_add(assets)
        });
        bars
    });
    view! {
        <section aria-labelledby="hand-over-balance">
            <h2 class="label" id="hand-over-balance">{move || t(if choice.going.with(Vec::is_empty) { words::BALANCE_NOW } else { words::BALANCE })}</h2>
            <table class="bal"><tbody>
                {move || {
                    let bars = bars.get();
                    let most = bars.iter().map(|bar| bar.2).max().unwrap_or(0).max(1);
                    bars.into_iter().map(|(name, is_after, customers, assets)| {
                        view! { <BalanceRow bar=Bar { name, is_after, customers, assets } most /> }
                    }).collect_view()
                }}
            </tbody></table>
        </section>
    }
}

#[component]
fn BalanceRow(bar: Bar, most: u32) -> impl IntoView {
    let percent = f64::from(bar.customers) / f64::from(most) * 100.0;
    let count = fill(words::N_CUSTOMERS, &[("n", &bar.customers)]);
    let assets = amount(bar.assets);
    view! {
        <tr class=bar.is_after.then_some("bal-new")>
            <th scope="row">{if bar.is_after {
                view! { <span class="vh">{fill(words::AFTER, &[("name", &bar.name)])}</span> }.into_any()
            } else {
                bar.name.into_any()
            }}</th>
            <td><svg class="stack" aria-hidden="true"><rect class="t2" width=format!("{percent:.1}%")></rect></svg></td>
            <td>{if bar.is_after { view! { <b>{count}</b> }.into_any() } else { count.into_any() }}</td>
            <td>{if bar.is_after { view! { <b>{assets}</b> }.into_any() } else { assets.into_any() }}</td>
        </tr>
    }
}

#[component]
fn GoesAlong(choice: Choice) -> impl IntoView {
    let workbench = Workbench::expect();
    let along = Memo::new(move |_| {
        let going = choice.going.get();
        workbench.read(|replica| books::along(replica, &going, workbench.today()))
    });
    // Only the server knows what another tablet still holds.
    let team = Asked::<Team>::new(|| Some(path::TEAM.to_owned()));
    let unsent = move || {
        let from = choice.from.get()?;
        team.answer.with(|team| {
            let manager = team.as_ref()?.managers.iter().find(|manager| manager.books.contains(&from))?;
            Some(manager.devices.iter().map(|device| device.pending).sum::<u32>())
                .filter(|pending| *pending > 0)
        })
    };
    let to =
        move || choice.holder(choice.to.get()).map_or_else(|| t(words::TO).to_owned(), |holder| holder.name);
    view! {
        <section aria-labelledby="hand-over-along">
            <h2 class="label" id="hand-over-along">{t(words::ALONG_TITLE)}</h2>
            <p class="small quiet">{move || fill(words::MOVES, &[("n", &choice.going.with(Vec::len)), ("assets", &amount(along.get().assets))])}</p>
            <ul class="along">
                {move || {
                    let along = along.get();
                    let to = to();
                    [
                        (t(words::ALONG_VISITS).to_owned(), along.visits),
                        (fill(words::ALONG_PROMISES, &[("to", &to)]), along.promises),
                        (fill(words::ALONG_PLANS, &[("to", &to)]), along.plans),
                        (t(words::ALONG_CONTACTS).to_owned(), along.contacts),
                        (t(words::ALONG_NOTES).to_owned(), along.notes),
                        (t(words::ALONG_PHOTOS).to_owned(), along.photos),
                    ].into_iter().filter(|(_, count)| *count > 0).map(|(what, count)| view! {
                        <li><Icon name="check" small=true /><span>{what}</span><b>{count}</b></li>
                    }).collect_view()
                }}
                {move || unsent().map(|count| view! {
                    <li class="along-ask"><Icon name="up" small=true />
                        <span>{fill(words::ALONG_UNSENT, &[("from", &choice.giver_name())])}</span><b>{count}</b></li>
                })}
            </ul>
        </section>
    }
}

#[component]
fn Follows(choice: Choice) -> impl IntoView {
    view! {
        <section class="conseq" aria-labelledby="hand-over-then">
            <h2 class="label" id="hand-over-then">{t(words::THEN)}</h2>
            <ul class="then-l small quiet">
                <li>{move || fill(words::THEN_FROM, &[("from", &choice.giver_name()), ("n", &choice.going.with(Vec::len))])}</li>
                <li>{move || fill(words::THEN_TO, &[("to", &choice.taker_name())])}</li>
                <li>{t(words::THEN_HISTORY)}</li>
            </ul>
        </section>
    }
}
