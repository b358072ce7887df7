//! 团队: what is wrong first, then how far everyone is, and whether it can be done at all. Computed on the lead's own tablet;
//! only when each device was last in touch comes from the server, and says as of when.

mod behind;
mod capacity;
mod charts;
mod coverage;
mod devices;
mod exceptions;
mod seen;

use crate::components::online::Asked;
use crate::components::{Bar, Icon};
use crate::i18n::{fill, t};
use crate::words::{self, team as own};
use crate::workbench::Workbench;
use behind::{Behind, BehindSheet, Open};
use capacity::Capacity;
use charts::Charts;
use coverage::Coverage;
use devices::{DevicesOpen, DevicesSeen, DevicesSheet};
use domain::api::{self, path};
use exceptions::Exceptions;
use leptos::prelude::*;
use seen::Seen;

#[component]
pub fn Team() -> impl IntoView {
    let workbench = Workbench::expect();
    let seen = Memo::new(move |_| workbench.read(|replica| Seen::of(replica, workbench.today())));
    let devices = DevicesSeen(Asked::<api::Team>::new(|| Some(path::TEAM.to_owned())));
    let open = Open(RwSignal::new(None::<Behind>));
    provide_context(open);
    provide_context(DevicesOpen(RwSignal::new(false)));
    let aside = Signal::derive(move || {
        let counts = seen.with(|seen| {
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("managers", &seen.manager_count()), ("customers", &seen.members.len())];
            fill(own::MANAGERS_CUSTOMERS, &values)
        });
        Some(format!("{} · {counts}", workbench.org_unit_name()))
    });
    let is_first_sync = Memo::new(move |_| seen.with(|seen| seen.is_first_sync));
    view! {
        <Bar title=t(words::TEAM) aside without_search=true />
        <main class="page team scroll">
            {move || is_first_sync.get().then(|| view! {
                <div class="team-over"><div class="note" role="status"><Icon name="import" /><p>{t(own::STILL_COMING)}</p></div></div>
            })}
            <div class="team-main">
                <Exceptions seen devices />
                <Coverage seen devices />
                <Charts seen />
            </div>
            <Capacity seen />
        </main>
        <BehindSheet open seen />
        <DevicesSheet devices />
    }
}
