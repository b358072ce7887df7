//! The head of a ladder: its name, whom it speaks of and by what, and where that is changed.

use super::faults::ladder_name_id;
use crate::components::{Chip, FieldError, Icon};
use crate::i18n::{fill, t};
use crate::pages::rules::desk::Desk;
use crate::words::rules as shared;
use crate::words::rules::scheme as words;
use domain::limits::LABEL_CHARS_MAX;
use domain::tier::{Applies, Ladder, Measure, TierScheme, Unit, Yardstick};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// What a ladder's yardstick is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Money,
    Products,
    Score,
}

fn kind_of(by: &Yardstick) -> Kind {
    match (by, by.unit()) {
        (Yardstick::Score, _) => Kind::Score,
        (Yardstick::Sum(_), Some(Unit::Count)) => Kind::Products,
        (Yardstick::Sum(_), _) => Kind::Money,
    }
}

fn money() -> impl Iterator<Item = Measure> {
    Measure::ALL.into_iter().filter(|measure| measure.unit() == Unit::Fen)
}

/// What besides the band may be asked for.
fn demandable() -> Vec<Yardstick> {
    let single = money().chain([Measure::ProductsHeld]).map(Yardstick::of);
    std::iter::once(Yardstick::wealth_assets()).chain(single).collect()
}

#[component]
pub fn LadderHead(at: usize, heading: String) -> impl IntoView {
    let desk = Desk::<TierScheme>::expect();
    let ladder = Memo::new(move |_| desk.read(|scheme| scheme.ladders.get(at).cloned()));
    let told = move || {
        ladder.with(|ladder| {
            ladder.as_ref().map(|ladder| {
                let by = fill(words::BY, &[("what", &words::yardstick(&ladder.by))]);
                format!("{}{}{by}", words::applies(ladder.applies), crate::i18n::comma())
            })
        })
    };
    let name = move || {
        ladder.with(|ladder| {
            let name = ladder.as_ref().map(|ladder| ladder.name.trim().to_owned()).unwrap_or_default();
            if name.is_empty() { fill(words::LADDER_N, &[("n", &(at + 1))]) } else { name }
        })
    };
    view! {
        <div class="head"><h2 id=heading>{name}</h2><span class="small faint">{told}</span></div>
        <details class="fold">
            <summary class="link small hit">{t(words::SETTINGS)}<Icon name="down" small=true /></summary>
            <Settings at ladder />
        </details>
    }
}

#[component]
fn Settings(at: usize, ladder: Memo<Option<Ladder>>) -> impl IntoView {
    let desk = Desk::<TierScheme>::expect();
    let edit = move |change: &dyn Fn(&mut Ladder)| {
        desk.edit(|scheme| {
            if let Some(ladder) = scheme.ladders.get_mut(at) {
                change(ladder);
            }
        });
    };
    let name_id = ladder_name_id(at);
    let fault = desk.fault_at(name_id.clone());
    let error_id = format!("{name_id}-e");
    view! {
        <div class="fold-in">
            <div class="field">
                <label for=name_id.clone()>{t(words::LADDER_NAME)}</label>
                <input class="input" id=name_id autocomplete="off" maxlength=LABEL_CHARS_MAX aria-describedby=error_id.clone()
                    aria-invalid=move || fault.with(Option::is_some).to_string()
                    prop:value=move || ladder.with(|ladder| ladder.as_ref().map(|ladder| ladder.name.clone()).unwrap_or_default())
                    on:input=move |event| {
                        let typed = event_target_value(&event);
                        edit(&|ladder| ladder.name.clone_from(&typed));
                    } />
                <FieldError id=error_id text=fault />
            </div>
            <Whom at ladder />
            <ByWhat at ladder />
            <Besides at ladder />
        </div>
    }
}

/// 对谁: one ladder for all, or two told apart by one measure.
#[component]
fn Whom(at: usize, ladder: Memo<Option<Ladder>>) -> impl IntoView {
    let desk = Desk::<TierScheme>::expect();
    let count = Memo::new(move |_| desk.read(|scheme| scheme.ladders.len()));
    let divider = Memo::new(move |_| {
        ladder.with(|ladder| match ladder.as_ref().map(|ladder| ladder.applies) {
            Some(Applies::Having(measure) | Applies::Lacking(measure)) => Some(measure),
            Some(Applies::Everyone) | None => None,
        })
    });
    let other = move || {
        desk.read(|scheme| {
            let other = scheme.ladders.iter().enumerate().find(|(no, _)| *no != at);
            other.map(|(_, ladder)| ladder.name.clone()).unwrap_or_default()
        })
    };
    let id = format!("divide-{at}");
    view! {
        <div class="field">
            {move || match divider.get() {
                None => view! { <span class="label">{t(words::FOR_WHOM)}{crate::words::rules::gap()}" · "{t(words::FOR_EVERYONE)}</span> }.into_any(),
                Some(chosen) => {
                    let options = money().chain([Measure::ProductsHeld]).map(|of| view! {
                        <option value=format!("{of:?}") selected=of == chosen>{words::measure(of)}</option>
                    }).collect_view();
                    view! {
                        <label for=id.clone()>{t(words::DIVIDE_BY)}</label>
                        <span class="pick">
                            <select class="input" id=id.clone() on:change=move |event| {
                                let typed = event_target_value(&event);
                                if let Some(of) = Measure::ALL.into_iter().find(|of| format!("{of:?}") == typed) {
                                    desk.edit(|scheme| scheme.divide_by(of));
                                }
                            }>{options}</select>
                            <Icon name="down" />
                        </span>
                    }.into_any()
                }
            }}
            {move || if count.get() < 2 {
                view! {
                    <button type="button" class="chip" on:click=move |_| desk.edit(|scheme| {
                        scheme.divide(Measure::Loan, t(words::NEW_LADDER).to_owned());
                    })>{t(words::DIVIDE)}</button>
                }.into_any()
            } else {
                view! {
                    <button type="button" class="chip" on:click=move |_| unite(desk, at)>{move || fill(words::UNITE, &[("name", &other())])}</button>
                }.into_any()
            }}
        </div>
    }
}

/// A ladder goes with all its figures: it can be taken back.
fn unite(desk: Desk<TierScheme>, gone: usize) {
    let Some(before) = desk.body.get_untracked() else { return };
    let name = before.ladders.get(gone).map(|ladder| ladder.name.clone()).unwrap_or_default();
    desk.edit(|scheme| scheme.unite(usize::from(gone == 0)));
    let said = fill(words::REMOVED, &[("name", &name)]);
    desk.toasts.say_with_undo(said, t(crate::words::UNDO), move || {
        let before = before.clone();
        desk.edit(|scheme| scheme.ladders = before.ladders);
    });
}

/// 按什么
#[component]
fn ByWhat(at: usize, ladder: Memo<Option<Ladder>>) -> impl IntoView {
    let desk = Desk::<TierScheme>::expect();
    let by = Memo::new(move |_| ladder.with(|ladder| ladder.as_ref().map(|ladder| ladder.by.clone())));
    let kind = Memo::new(move |_| by.with(|by| by.as_ref().map(kind_of)));
    let measure_by = move |by: Yardstick| desk.edit(|scheme| scheme.measure_by(at, by));
    let kinds = [(Kind::Money, words::BY_MONEY), (Kind::Products, words::BY_PRODUCTS), (Kind::Score, words::BY_SCORE)]
        .into_iter()
        .map(|(of, name)| view! {
            <Chip label=t(name) group=format!("by-{at}") is_chosen=Signal::derive(move || kind.get() == Some(of))
                on_choose=move |_| if kind.get_untracked() != Some(of) {
                    measure_by(match of {
                        Kind::Money => Yardstick::wealth_assets(),
                        Kind::Products => Yardstick::of(Measure::ProductsHeld),
                        Kind::Score => Yardstick::Score,
                    });
                } />
        })
        .collect_view();
    let has = move |of: Measure| {
        by.with(|by| matches!(by, Some(Yardstick::Sum(summands)) if summands.contains(&of)))
    };
    view! {
        <fieldset>
            <legend class="label">{t(words::BY_WHAT)}</legend>
            <div class="chips">{kinds}</div>
        </fieldset>
        {move || (kind.get() == Some(Kind::Money)).then(|| view! {
            <fieldset>
                <legend class="label">{t(words::ADDED_UP)}</legend>
                <div class="chips">
                    {money().map(|of| view! {
                        <Chip label=words::measure(of) group=format!("sum-{at}") is_many=true is_chosen=Signal::derive(move || has(of))
                            on_choose=move |is_chosen| {
                                let mut summands = match by.get_untracked() {
                                    Some(Yardstick::Sum(summands)) => summands,
                                    Some(Yardstick::Score) | None => BTreeSet::new(),
                                };
                                if is_chosen { summands.insert(of) } else { summands.remove(&of) };
                                // Money stays money: figures that are there are kept, also while nothing is chosen.
                                desk.edit(|scheme| if let Some(ladder) = scheme.ladders.get_mut(at) {
                                    ladder.by = Yardstick::Sum(summands);
                                });
                            } />
                    }).collect_view()}
                </div>
            </fieldset>
        })}
    }
}

/// 另外还要够: asked of every step but the lowest, blank at first.
#[component]
fn Besides(at: usize, ladder: Memo<Option<Ladder>>) -> impl IntoView {
    let desk = Desk::<TierScheme>::expect();
    let asked = move |of: &Yardstick| {
        ladder.with(|ladder| {
            let steps = ladder.as_ref().map(|ladder| ladder.steps.as_slice()).unwrap_or_default();
            steps.iter().any(|step| step.besides.iter().any(|demand| demand.of == *of))
        })
    };
    let chips = demandable()
        .into_iter()
        .map(|of| {
            let (shown, chosen) = (of.clone(), of.clone());
            view! {
                <Chip label=words::yardstick(&of) group=format!("besides-{at}") is_many=true
                    is_chosen=Signal::derive(move || asked(&shown))
                    on_choose=move |is_chosen| desk.edit(|scheme| {
                        let mut steps: Vec<_> = scheme.steps_of(at).iter().map(|step| step.tier.clone()).collect();
                        if is_chosen {
                            steps.pop();
                        }
                        for tier in &steps {
                            if is_chosen {
                                scheme.set_demand(at, tier, &chosen, None);
                            } else {
                                scheme.remove_demand(at, tier, &chosen);
                            }
                        }
                    }) />
            }
        })
        .collect_view();
    view! {
        <fieldset>
            <legend class="label">{t(words::BESIDES)}{shared::gap()}</legend>
            <div class="chips">{chips}</div>
        </fieldset>
    }
}
