//! 参数: when occasions come up, what counts as a fall, how many customers a manager may hold, and what time there is.

mod faults;
mod festivals;
mod figures;
mod limits;
mod shown;

use super::desk::Desk;
use super::foot::{Foot, MendNote};
use super::published::PublishedNote;
use super::scheme::Beginning;
use super::versions::Versions;
use crate::components::online::{Answered, OfflineNote};
use crate::i18n::{fill, t};
use crate::words::rules as shared;
use crate::words::rules::policy as words;
use domain::ids::{OrgUnitId, PolicyId};
use domain::policy::Policy;
use festivals::Festivals;
use figures::{Fall, Hours, Lead};
use leptos::prelude::*;
use limits::Limits;
use shown::ShownPolicy;
use uuid::Uuid;

fn usual() -> Policy {
    Policy::usual(PolicyId(Uuid::nil()), OrgUnitId(Uuid::nil()))
}

#[component]
pub fn PolicyPart() -> impl IntoView {
    let desk = Desk::<Policy>::expect();
    let has_draft = Memo::new(move |_| desk.has_draft());
    let shown = move || desk.body.get().or_else(|| desk.in_force(desk.workbench.today()));
    view! {
        <div class="rules rules-narrow scroll">
            <OfflineNote />
            <Answered asked=desk.rules>
                <PublishedNote desk />
                {move || match (has_draft.get(), desk.may_write) {
                    (true, true) => view! { <MendNote desk /><Lead /><Festivals /><Fall /><Limits /><Hours /> }.into_any(),
                    (false, true) => view! { <Start /> }.into_any(),
                    (is_draft, false) => view! {
                        <p class="small quiet">{t(shared::READ_ONLY)}</p>
                        {is_draft.then(|| view! { <MendNote desk /> })}
                        {move || match shown() {
                            Some(policy) => view! { <ShownPolicy policy /> }.into_any(),
                            None => view! { <p><b>{t(words::USUAL_NOW)}</b></p><ShownPolicy policy=usual() /> }.into_any(),
                        }}
                    }.into_any(),
                }}
                <Versions desk look=|policy| view! { <ShownPolicy policy /> }.into_any() />
            </Answered>
        </div>
        {move || (has_draft.get() && desk.may_write).then(|| view! {
            <Foot desk day_say=Signal::derive(|| shared::DAY_SAY)>""</Foot>
        })}
    }
}

#[component]
fn Start() -> impl IntoView {
    let desk = Desk::<Policy>::expect();
    let today = desk.workbench.today();
    let version = Memo::new(move |_| desk.in_force(today));
    view! {
        <section aria-labelledby="h-start">
            <div class="head"><h2 id="h-start">{t(shared::START)}</h2></div>
            {move || version.with(Option::is_none).then(|| view! { <p class="small quiet">{t(words::NONE_YET)}{crate::i18n::comma()}{t(words::NONE_YET_SAY)}</p> })}
            <ul class="rows flush beginnings">
                {move || version.get().map(|version| {
                    let say = fill(shared::COPY_SAY, &[("n", &version.version)]);
                    view! { <Beginning icon="edit" name=t(shared::COPY) say on_choose=move || desk.begin(version.clone()) /> }
                })}
                <Beginning icon="plus" name=t(words::START_USUAL) say=t(words::START_USUAL_SAY) on_choose=move || desk.begin(usual()) />
            </ul>
        </section>
    }
}
