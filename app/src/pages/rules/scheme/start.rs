//! No draft yet: where to begin.

use crate::components::Icon;
use crate::i18n::{fill, t};
use crate::pages::rules::desk::Desk;
use crate::words::rules as shared;
use crate::words::rules::scheme as words;
use domain::ids::{OrgUnitId, TierSchemeId};
use domain::tier::{Preset, TierScheme};
use leptos::prelude::*;
use uuid::Uuid;

#[component]
pub fn Start() -> impl IntoView {
    let desk = Desk::<TierScheme>::expect();
    let today = desk.workbench.today();
    let in_force = Memo::new(move |_| desk.in_force(today));
    // Ids and org unit are set where the draft begins.
    let preset = |preset: Preset| preset.draft(TierSchemeId(Uuid::nil()), OrgUnitId(Uuid::nil()));
    let presets = Preset::ALL
        .into_iter()
        .map(|of| {
            let (name, say) = words::preset(of);
            view! { <Beginning icon="plus" name say on_choose=move || desk.begin(preset(of)) /> }
        })
        .collect_view();
    view! {
        <section aria-labelledby="h-start">
            <div class="head"><h2 id="h-start">{t(shared::START)}</h2></div>
            <p class="small quiet">{t(shared::START_SAY)}</p>
            <ul class="rows flush beginnings">
                {move || in_force.get().map(|version| {
                    let say = fill(shared::COPY_SAY, &[("n", &version.version)]);
                    view! { <Beginning icon="edit" name=t(shared::COPY) say on_choose=move || desk.begin(version.clone()) /> }
                })}
                {presets}
            </ul>
        </section>
    }
}

/// One way to begin.
#[component]
pub fn Beginning(
    icon: &'static str,
    #[prop(into)] name: String,
    #[prop(into)] say: String,
    on_choose: impl Fn() + 'static,
) -> impl IntoView {
    view! {
        <li>
            <button type="button" class="row" on:click=move |_| on_choose()>
                <Icon name=icon />
                <span class="row-body"><span class="row-name"><span>{name}</span></span><span class="beginning-say">{say}</span></span>
                <Icon name="right" small=true />
            </button>
        </li>
    }
}
