//! A tier's band: from, to, what is asked besides, and what is wrong with it, with what would mend it at a tap.

use super::faults::{ceiling_id, demand_id, exact, floor_id};
use super::look_of;
use super::preview::Preview;
use crate::components::{FieldError, TierBadge};
use crate::i18n::{fill, t};
use crate::pages::rules::amount::AmountInput;
use crate::pages::rules::desk::Desk;
use crate::words::rules as shared;
use crate::words::rules::scheme as words;
use domain::scale::Scale;
use domain::tier::{Bound, Step, TierCode, TierScheme, Yardstick};
use leptos::prelude::*;

/// How an end of the band is shown.
#[derive(Clone, Copy, PartialEq)]
enum End {
    /// To be typed.
    Typed,
    /// Nothing ends it.
    Open,
    /// Where the neighbour begins, which is typed there; None while that is blank.
    Follows(Option<i64>),
}

fn value(bound: Bound) -> Option<i64> {
    match bound {
        Bound::At(value) => Some(value),
        Bound::Blank | Bound::Open => None,
    }
}

fn bound(value: Option<i64>) -> Bound {
    value.map_or(Bound::Blank, Bound::At)
}

fn ceiling_end(own: &Step, above: Option<&Step>) -> End {
    match above {
        None if own.ceiling == Bound::Open => End::Open,
        Some(above) if own.ceiling == above.floor && own.ceiling != Bound::Open => {
            End::Follows(value(own.ceiling))
        }
        _ => End::Typed,
    }
}

/// What would fill or mend the floor: the words, and the figure.
#[derive(Clone, PartialEq)]
struct Hint {
    text: String,
    floor: Bound,
    /// Moves the ceiling below instead.
    moves_lower: bool,
}

fn hints(desk: Desk<TierScheme>, at: usize, code: &TierCode) -> Vec<Hint> {
    let in_force = desk.in_force(desk.workbench.today());
    desk.read(|scheme| {
        let Some(own) = scheme.step(at, code) else { return Vec::new() };
        let below = scheme.beside(at, code).1;
        let mut hints = Vec::new();
        let Some(below) = below else {
            if own.floor != Bound::Open {
                hints.push(Hint {
                    text: t(words::WHO_IS_LEFT).to_owned(),
                    floor: Bound::Open,
                    moves_lower: false,
                });
            }
            return hints;
        };
        let lower = words::tier_name(scheme, &below.tier);
        if let Some(line) = value(below.ceiling).filter(|line| own.floor != Bound::At(*line)) {
            let text = fill(words::TO_LINE, &[("value", &exact(scheme, at, line)), ("tier", &lower)]);
            hints.push(Hint { text, floor: Bound::At(line), moves_lower: false });
        }
        if let (Some(floor), true) = (value(own.floor), below.ceiling != own.floor) {
            let text = fill(words::MOVE_LOWER, &[("value", &exact(scheme, at, floor)), ("tier", &lower)]);
            hints.push(Hint { text, floor: own.floor, moves_lower: true });
        }
        let ladder = scheme.ladders.get(at);
        if let (Bound::Blank, Some(before)) = (own.floor, &in_force) {
            let same = before.ladders.iter().position(|other| {
                ladder.is_some_and(|own| own.by == other.by && own.applies == other.applies)
            });
            let before_floor =
                same.and_then(|same| before.step(same, code)).and_then(|step| value(step.floor));
            if let Some(floor) = before_floor {
                let text =
                    fill(words::AS_VERSION, &[("value", &exact(scheme, at, floor)), ("n", &before.version)]);
                hints.push(Hint { text, floor: Bound::At(floor), moves_lower: false });
            }
        }
        hints
    })
}

#[component]
pub fn StepRows(at: usize, code: TierCode, money: RwSignal<Scale>, has_counts: Memo<bool>) -> impl IntoView {
    let desk = Desk::<TierScheme>::expect();
    let preview = expect_context::<Preview>();
    let code = StoredValue::new(code);
    let step = Memo::new(move |_| desk.read(|scheme| code.with_value(|code| scheme.step(at, code).cloned())));
    let badge = Memo::new(move |_| code.with_value(|code| desk.read(|scheme| Some(look_of(scheme, code)))));
    let name = Memo::new(move |_| code.with_value(|code| desk.read(|scheme| words::tier_name(scheme, code))));
    let by = Memo::new(move |_| desk.read(|scheme| scheme.ladders.get(at).map(|ladder| ladder.by.clone())));
    let scale =
        Memo::new(move |_| by.with(|by| by.as_ref().map_or(Scale::Whole, |by| by.scale(money.get()))));
    let unit = Memo::new(move |_| {
        words::unit_word(scale.get(), by.with(|by| by.as_ref().and_then(Yardstick::unit)))
    });
    let ends = Memo::new(move |_| {
        desk.read(|scheme| {
            code.with_value(|code| {
                let own = scheme.step(at, code)?;
                let (above, below) = scheme.beside(at, code);
                let floor = if below.is_none() && own.floor == Bound::Open { End::Open } else { End::Typed };
                Some((floor, ceiling_end(own, above)))
            })
        })
    });
    let floor_fault = code.with_value(|code| desk.fault_at(floor_id(at, code)));
    let ceiling_fault = code.with_value(|code| desk.fault_at(ceiling_id(at, code)));
    let demand_fault = code.with_value(|code| desk.fault_at(demand_id(at, code)));
    let hints = Memo::new(move |_| {
        if floor_fault.with(Option::is_none) {
            Vec::new()
        } else {
            code.with_value(|code| hints(desk, at, code))
        }
    });
    let demands = Memo::new(move |_| {
        step.with(|step| {
            step.iter().flat_map(|step| &step.besides).map(|demand| demand.of.clone()).collect::<Vec<_>>()
        })
    });
    let says = Memo::new(move |_| {
        floor_fault.with(Option::is_some)
            || ceiling_fault.with(Option::is_some)
            || demand_fault.with(Option::is_some)
            || demands.with(|demands| !demands.is_empty())
    });
    let set_floor =
        move |to: Bound| code.with_value(|code| desk.edit(|scheme| scheme.set_floor(at, code, to)));
    let line = StoredValue::new(None);
    let begin =
        move || line.set_value(code.with_value(|code| desk.read(|scheme| scheme.line_below(at, code))));
    let type_floor = move |to: Bound| {
        code.with_value(|code| {
            desk.edit(|scheme| {
                if let Some(line) = line.get_value() {
                    scheme.put_line_below(at, code, line);
                }
                scheme.set_floor(at, code, to);
            })
        })
    };
    let set_ceiling =
        move |to: Bound| code.with_value(|code| desk.edit(|scheme| scheme.set_ceiling(at, code, to)));
    let label =
        move |words| Signal::derive(move || fill(words, &[("tier", &name.get()), ("unit", &unit.get())]));
    let floor_cell = move || {
        match ends.get().map(|ends| ends.0) {
        Some(End::Typed) => view! {
            <AmountInput id=code.with_value(|code| floor_id(at, code)) label=label(words::FLOOR_OF) sign="≥" unit scale
                value=Signal::derive(move || step.with(|step| step.as_ref().and_then(|step| value(step.floor))))
                on_begin=move |()| untrack(begin) on_change=move |typed| type_floor(bound(typed))
                is_wrong=Signal::derive(move || floor_fault.with(Option::is_some)) />
        }
        .into_any(),
        _ => view! { <span class="faint">{t(words::NO_FLOOR)}</span> }.into_any(),
    }
    };
    let ceiling_cell = move || {
        match ends.get().map(|ends| ends.1) {
        Some(End::Typed) => view! {
            <AmountInput id=code.with_value(|code| ceiling_id(at, code)) label=label(words::CEILING_OF) sign="<" unit scale is_narrow=true
                value=Signal::derive(move || step.with(|step| step.as_ref().and_then(|step| value(step.ceiling))))
                on_change=move |typed| set_ceiling(bound(typed))
                is_wrong=Signal::derive(move || ceiling_fault.with(Option::is_some)) />
        }
        .into_any(),
        Some(End::Follows(Some(to))) => {
            let to = move || desk.read(|scheme| exact(scheme, at, to));
            view! { <span class="quiet nb">"< "{to}</span> }.into_any()
        }
        Some(End::Follows(None)) => view! { <span class="bad">{t(shared::BLANK)}</span> }.into_any(),
        Some(End::Open) | None => view! { <span class="faint">{t(words::NO_CEILING)}</span> }.into_any(),
    }
    };
    view! {
        <tr class:rule-gap=move || says.get()>
            <th scope="row">{move || badge.get().map(|tier| view! { <TierBadge tier /> })}</th>
            <td>{floor_cell}</td>
            <td>{ceiling_cell}</td>
            {move || has_counts.get().then(|| {
                let (now, draft) = preview.counts(&code.get_value());
                view! { <td class="r">{now}</td><td class="r">{draft}</td> }
            })}
        </tr>
        {move || says.get().then(|| view! {
            <tr class="rule-say">
                <td></td>
                <td colspan=move || if has_counts.get() { 4 } else { 2 }>
                    <For each=move || demands.get() key=|of| of.clone() let:of>
                        <DemandField at code of money is_wrong=demand_fault />
                    </For>
                    <FieldError text=floor_fault />
                    <FieldError text=ceiling_fault />
                    <FieldError text=demand_fault />
                    <div class="chips">
                        {move || hints.get().into_iter().map(|hint| view! {
                            <button type="button" class="chip" on:click=move |_| if hint.moves_lower {
                                code.with_value(|code| desk.edit(|scheme| {
                                    let below = scheme.beside(at, code).1.map(|step| step.tier.clone());
                                    if let Some(below) = below {
                                        scheme.set_ceiling(at, &below, hint.floor);
                                    }
                                }));
                            } else {
                                set_floor(hint.floor);
                            }>{hint.text.clone()}</button>
                        }).collect_view()}
                        {move || (ceiling_fault.with(Option::is_some) && is_highest(desk, at, &code.get_value())).then(|| view! {
                            <button type="button" class="chip" on:click=move |_| set_ceiling(Bound::Open)>{t(words::NO_TOP)}</button>
                        })}
                    </div>
                </td>
            </tr>
        })}
    }
}

fn is_highest(desk: Desk<TierScheme>, at: usize, code: &TierCode) -> bool {
    desk.read(|scheme| scheme.beside(at, code).0.is_none())
}

/// What a step asks for besides its band.
#[component]
fn DemandField(
    at: usize,
    code: StoredValue<TierCode>,
    of: Yardstick,
    money: RwSignal<Scale>,
    is_wrong: Memo<Option<String>>,
) -> impl IntoView {
    let desk = Desk::<TierScheme>::expect();
    let own = of.clone();
    let amount = Memo::new(move |_| {
        desk.read(|scheme| {
            let step = code.with_value(|code| scheme.step(at, code).cloned())?;
            step.besides.iter().find(|demand| demand.of == own).and_then(|demand| demand.at_least)
        })
    });
    let what = words::yardstick(&of);
    let (scaled, unit_of) = (of.clone(), of.unit());
    let scale = Memo::new(move |_| scaled.scale(money.get()));
    let unit = Memo::new(move |_| words::unit_word(scale.get(), unit_of));
    let of = StoredValue::new(of);
    let label_what = what.clone();
    let label = Signal::derive(move || {
        let tier = code.with_value(|code| desk.read(|scheme| words::tier_name(scheme, code)));
        fill(words::DEMAND_OF, &[("tier", &tier), ("what", &label_what), ("unit", &unit.get())])
    });
    let id = of.with_value(|of| {
        let first = untrack(|| {
            desk.read(|scheme| {
                code.with_value(|code| {
                    scheme.step(at, code).and_then(|step| step.besides.first().map(|demand| demand.of == *of))
                })
            })
        });
        let own = code.with_value(|code| demand_id(at, code));
        // A fault leads to the first.
        if first == Some(true) { own } else { format!("{own}-{}", words::yardstick(of)) }
    });
    view! {
        <div class="besides">
            <span class="small quiet">{fill(words::BESIDES_SHORT, &[("what", &what)])}</span>
            <AmountInput id label sign="≥" unit scale value=amount
                on_change=move |typed| code.with_value(|code| of.with_value(|of| desk.edit(|scheme| scheme.set_demand(at, code, of, typed))))
                is_wrong=Signal::derive(move || is_wrong.with(Option::is_some) && amount.get().is_none()) />
            <button type="button" class="num hit small" on:click=move |_| {
                code.with_value(|code| of.with_value(|of| desk.edit(|scheme| scheme.remove_demand(at, code, of))));
            }>{t(words::NO_DEMAND)}</button>
        </div>
    }
}
