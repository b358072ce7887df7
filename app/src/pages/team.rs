//! 团队: what is wrong first, then how far everyone is, and which tablets have been in touch. The figures are the server's;
//! the rows behind each are on the lead's own tablet.

mod behind;
mod coverage;
mod devices;
mod exceptions;

use crate::components::Bar;
use crate::components::online::{Answered, Asked, OfflineNote};
use crate::i18n::{fill, t};
use crate::words::{self, team as own};
use behind::{Behind, BehindSheet, Open};
use coverage::Coverage;
use devices::Devices;
use domain::api::{self, path};
use exceptions::Exceptions;
use leptos::prelude::*;

#[component]
pub fn Team() -> impl IntoView {
    let asked = Asked::<api::Team>::new(|| Some(path::TEAM.to_owned()));
    let open = Open(RwSignal::new(None::<Behind>));
    provide_context(open);
    let aside = Signal::derive(move || {
        asked.answer.with(|team| {
            team.as_ref().map(|team| {
                let customers: u32 = team.managers.iter().map(|manager| manager.customers).sum();
                let counts = fill(
                    own::MANAGERS_CUSTOMERS,
                    &[("managers", &team.managers.len()), ("customers", &customers)],
                );
                format!("{} · {counts}", team.org_unit_name)
            })
        })
    });
    view! {
        <Bar title=t(words::TEAM) aside without_search=true />
        <main class="page team scroll">
            <div class="team-over">
                <OfflineNote />
            </div>
            <Answered asked>
                {move || asked.answer.get().map(|team| view! {
                    <Exceptions team=team.clone() on_again=Callback::new(move |()| asked.again()) />
                    <Coverage team=team.clone() />
                    <Devices managers=team.managers />
                })}
            </Answered>
        </main>
        <BehindSheet open />
    }
}
