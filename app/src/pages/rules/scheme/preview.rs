//! 谁会动: what the draft would do to every customer of the organisation, asked of the server while it is written.

use super::faults::exact;
use super::flow::FlowPicture;
use super::movers::{Behind, MoversSheet};
use super::near::Near;
use crate::browser::clock;
use crate::browser::network::{self, Verb};
use crate::components::Icon;
use crate::components::online::{Bones, Trouble, told};
use crate::i18n::{fill, t};
use crate::pages::rules::desk::Desk;
use crate::words::rules::scheme as words;
use domain::api::{PreviewScheme, SchemePreview, Way, path};
use domain::tier::{TierCode, TierScheme};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How long nobody must have written before the server is asked.
const PAUSE_MS: u32 = 600;

#[derive(Clone, Copy)]
pub struct Preview {
    pub answer: RwSignal<Option<SchemePreview>>,
    problem: RwSignal<Option<String>>,
    is_asking: RwSignal<bool>,
    wanted: RwSignal<u32>,
    turn: StoredValue<u32>,
}

impl Preview {
    pub fn new(desk: Desk<TierScheme>) -> Self {
        let preview = Self {
            answer: RwSignal::new(None),
            problem: RwSignal::new(None),
            is_asking: RwSignal::new(false),
            wanted: RwSignal::new(0),
            turn: StoredValue::new(0),
        };
        let workbench = desk.workbench;
        let is_online = Memo::new(move |_| workbench.is_online());
        // Neither name nor day moves anybody.
        let asked = Memo::new(move |_| {
            desk.body.get().map(|scheme| TierScheme { effective_on: None, version: 0, ..scheme })
        });
        Effect::new(move |_| {
            preview.wanted.track();
            let (scheme, is_online) = (asked.get(), is_online.get());
            let turn = preview.turn.get_value() + 1;
            preview.turn.set_value(turn);
            let Some(scheme) = scheme else {
                preview.answer.set(None);
                preview.is_asking.set(false);
                return;
            };
            preview.is_asking.set(is_online);
            if is_online {
                spawn_local(async move {
                    clock::sleep_ms(PAUSE_MS).await;
                    if preview.turn.try_get_value() == Some(turn) {
                        preview.ask(desk, scheme, turn).await;
                    }
                });
            }
        });
        preview
    }

    async fn ask(self, desk: Desk<TierScheme>, scheme: TierScheme, turn: u32) {
        let order = PreviewScheme { scheme };
        let answer = network::send::<SchemePreview>(Verb::Post, path::TIER_SCHEME_PREVIEW, &order).await;
        if self.turn.try_get_value() != Some(turn) {
            return;
        }
        self.is_asking.set(false);
        match answer {
            Ok(answer) => {
                self.problem.set(None);
                self.answer.set(Some(answer));
            }
            Err(error) => self.problem.set(Some(told(desk.workbench, &error))),
        }
    }

    /// How many stand on a tier now, and by the draft; in words while nobody knows.
    pub fn counts(
        self,
        tier: &TierCode,
    ) -> (impl Fn() -> String + Clone + use<>, impl Fn() -> String + Clone + use<>) {
        let answer = self.answer;
        let sum = move |of: fn(&domain::api::Flow) -> &Option<TierCode>, tier: &TierCode| {
            answer.with(|answer| match answer {
                None => "–".to_owned(),
                Some(answer) => {
                    let flows = answer.flows.iter().filter(|flow| of(flow).as_ref() == Some(tier));
                    flows.map(|flow| flow.count).sum::<u32>().to_string()
                }
            })
        };
        let (now, draft) = (tier.clone(), tier.clone());
        (move || sum(|flow| &flow.from, &now), move || sum(|flow| &flow.to, &draft))
    }
}

#[component]
pub fn PreviewPane() -> impl IntoView {
    let desk = Desk::<TierScheme>::expect();
    let preview = expect_context::<Preview>();
    let workbench = desk.workbench;
    let behind = Behind::new(desk);
    provide_context(behind);
    let took = move || {
        if preview.is_asking.get() {
            return t(words::SEE_ASKING).to_owned();
        }
        let answer = preview.answer.get();
        answer
            .map(|answer| {
                let seconds = format!("{}.{}", answer.took_ms / 1_000, answer.took_ms % 1_000 / 100);
                fill(words::SEE_TOOK, &[("n", &answer.customers), ("s", &seconds)])
            })
            .unwrap_or_default()
    };
    view! {
        <aside class="see scroll" aria-labelledby="h-see">
            <div class="head">
                <h2 id="h-see">{t(words::SEE)}</h2>
                <span class="small faint aside" role="status">{took}</span>
            </div>
            <Trouble text=preview.problem on_retry=move || preview.wanted.update(|wanted| *wanted += 1) />
            {move || match preview.answer.get() {
                Some(answer) => view! { <Seen answer /> }.into_any(),
                None if !workbench.is_online() => view! { <p class="small quiet">{t(words::SEE_OFFLINE)}</p> }.into_any(),
                None if preview.problem.get().is_some() => ().into_any(),
                None => view! { <Bones /> }.into_any(),
            }}
        </aside>
        <MoversSheet behind />
    }
}

#[component]
fn Seen(answer: SchemePreview) -> impl IntoView {
    let desk = Desk::<TierScheme>::expect();
    let today = desk.workbench.today();
    // The pair the answer speaks of: what is written meanwhile brings another answer.
    let draft = untrack(|| desk.body.get()).unwrap_or_else(super::nothing);
    let now = untrack(|| desk.in_force(today)).unwrap_or_else(super::nothing);
    let behind = Behind::expect();
    let opener = |way, count| behind.opener(way, count, &now, &draft);
    let asides = [
        (Way::Regraded, answer.regraded, words::REGRADED),
        (Way::Joins, answer.joins, words::JOINS),
        (Way::Leaves, answer.leaves, words::LEAVES),
    ];
    let asides = asides
        .into_iter()
        .filter(|(_, count, _)| *count > 0)
        .map(|(way, count, say)| {
            let said = fill(say, &[("n", &count)]);
            match opener(way, count) {
                Some(open) => view! {
                    <p class="small"><button type="button" class="num hit" on:click=move |_| open()>{said}</button></p>
                }
                .into_any(),
                None => view! { <p class="small quiet">{said}</p> }.into_any(),
            }
        })
        .collect_view();
    let figure = |way, count: u32, what: crate::i18n::Words| match opener(way, count) {
        Some(open) => {
            let label = fill(words::MOVERS_OF, &[("what", &t(what)), ("n", &count)]);
            view! { <button type="button" class="figure num hit" aria-label=label on:click=move |_| open()>{count}</button> }
                .into_any()
        }
        None => view! { <span class="figure">{count}</span> }.into_any(),
    };
    let (up, down) = (figure(Way::Up, answer.up, words::UP), figure(Way::Down, answer.down, words::DOWN));
    let moves = answer.up + answer.down + answer.regraded + answer.joins + answer.leaves;
    view! {
        {(answer.unplaced > 0).then(|| view! {
            <p class="small quiet see-try"><Icon name="alert" small=true /><span>{fill(words::SEE_UNPLACED, &[("n", &answer.unplaced)])}</span></p>
        })}
        <div class="see-sum">
            <p>{up}<span class="small"><Icon name="up" small=true />{t(words::UP)}</span></p>
            <p>{down}<span class="small"><Icon name="down" small=true />{t(words::DOWN)}</span></p>
            <p><span class="figure quiet">{answer.same}</span><span class="small quiet">{t(words::SAME)}</span></p>
        </div>
        {asides}
        {(moves == 0).then(|| view! { <p class="small quiet">{t(words::NOBODY_MOVES)}</p> })}
        <FlowPicture answer=answer.clone() now=now.clone() draft=draft.clone() />
        <Near movers=answer.near has_moves={moves > 0} now draft />
    }
}

/// A figure of the first ladder that has such a line; ladders of one scheme count alike but for odd cases.
pub fn exact_of(scheme: &TierScheme, floor: Option<i64>, value: i64) -> String {
    let has_line = |at: &usize| {
        let steps = scheme.steps_of(*at);
        floor.is_some_and(|floor| steps.iter().any(|step| step.floor == domain::tier::Bound::At(floor)))
    };
    let at = (0..scheme.ladders.len()).find(has_line).unwrap_or_default();
    exact(scheme, at, value)
}
