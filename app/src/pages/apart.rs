//! Pages that are wasm files of their own: the first visit fetches the door alone, the rest comes while somebody types a
//! password, and what few people open comes when it is opened. The service worker keeps all of them, so that offline every
//! page is there.
//!
//! Every place where the app is cut stands here, and nowhere else: `wasm_split` declares what the linker finds in another
//! file, which Rust cannot check; that it fits is seen to by `xtask/wasm-bindings`, which cuts both from one program.

use crate::browser::connection::{Change, Changes};
use crate::browser::listener::until_cleanup;
use crate::components::EmptyState;
use crate::components::online::Bones;
use crate::i18n::t;
use crate::words::{self, online};
use crate::workbench::{Entrance, EntryError};
use futures::FutureExt as _;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::SplitLoaderError;
#[cfg(not(debug_assertions))]
use leptos::wasm_split::wasm_split;
use std::pin::Pin;

pub type Page = fn() -> AnyView;
/// [`Entrance::come_in`].
pub type ComeIn = fn(Entrance, String, String) -> Pin<Box<dyn Future<Output = Result<(), EntryError>>>>;

/// On its way, or here already.
pub type Arriving<T> = Pin<Box<dyn Future<Output = Result<T, Missing>>>>;
pub type Missing = SplitLoaderError;

/// `name in part: type => value`: what is of one part lies in one file, what parts share in a file beside them. A build
/// for development is one file: cutting it would take longer than compiling it.
macro_rules! apart {
    ($($name:ident in $part:ident: $type:ty => $value:expr;)*) => {$(
        pub fn $name() -> Arriving<$type> {
            #[cfg_attr(not(debug_assertions), wasm_split($part, wasm_split_path = ::leptos::wasm_split, fallible))]
            fn $name() -> Result<$type, Missing> {
                let value: $type = $value;
                Ok(value)
            }
            #[cfg(not(debug_assertions))]
            return Box::pin($name());
            #[cfg(debug_assertions)]
            Box::pin(std::future::ready($name()))
        }
    )*};
}

apart! {
    come_in in inside: ComeIn => |entrance, employee_no, password| {
        Box::pin(async move { entrance.come_in(&employee_no, &password).await })
    };
    inside in inside: Page => || view! { <super::Inside /> }.into_any();

    visit in records: Page => || view! { <super::visit::VisitForm /> }.into_any();
    visits in records: Page => || view! { <super::visits::Visits /> }.into_any();
    take_over in records: Page => || view! { <super::take_over::TakeOver /> }.into_any();
    migration in records: Page => || view! { <super::migration::Migration /> }.into_any();
    attention in records: Page => || view! { <super::attention::Attention /> }.into_any();
    settings in records: Page => || view! { <super::settings::Settings /> }.into_any();

    team in management: Page => || view! { <super::team::Team /> }.into_any();
    hand_over in management: Page => || view! { <super::hand_over::HandOver /> }.into_any();
    rules in management: Page => || view! { <super::rules::Rules /> }.into_any();
    import in management: Page => || view! { <super::import::Import /> }.into_any();
    administration in management: Page => || view! { <super::administration::Administration /> }.into_any();
    setup in management: Page => || view! { <super::setup::Setup /> }.into_any();
}

#[derive(Clone, Copy)]
enum Arrival {
    Coming,
    Here(Page),
    Missing,
}

impl From<Result<Page, Missing>> for Arrival {
    fn from(answer: Result<Page, Missing>) -> Self {
        match answer {
            Ok(page) => Self::Here(page),
            Err(_) => Self::Missing,
        }
    }
}

/// Fetches what stands behind the door, while somebody types.
pub fn fetch_ahead() {
    spawn_local(async {
        // Whoever comes in hears of a failure.
        let _ = inside().await;
    });
}

/// A page that is loaded apart: at once where its file is here already, otherwise a quiet place for it, and words with
/// another try where it cannot be had. It tries again by itself when the network comes back.
#[component]
pub fn Apart(
    arriving: fn() -> Arriving<Page>,
    /// Stands over the place of a page that is not here: the page brings its own.
    bar: impl Fn() -> AnyView + Send + Sync + 'static,
) -> impl IntoView {
    let arrival = RwSignal::new(Arrival::Coming);
    let fetch = move || {
        let mut arriving = arriving();
        match (&mut arriving).now_or_never() {
            Some(answer) => arrival.set(answer.into()),
            None => {
                arrival.set(Arrival::Coming);
                spawn_local(async move {
                    let answer = arriving.await;
                    // The person may have gone elsewhere meanwhile.
                    let _ = arrival.try_set(answer.into());
                });
            }
        }
    };
    fetch();
    until_cleanup(Changes::listen(move |change| {
        if change == Change::Online && matches!(arrival.get_untracked(), Arrival::Missing) {
            fetch();
        }
    }));
    move || {
        match arrival.get() {
        Arrival::Here(page) => page(),
        Arrival::Coming => view! { {bar()}<main class="page"><Bones /></main> }.into_any(),
        Arrival::Missing => view! {
            {bar()}
            <main class="page" role="alert">
                <EmptyState icon="off" title=t(online::NO_PAGE) text=t(online::NO_PAGE_SAY)>
                    <button type="button" class="btn btn-main" on:click=move |_| fetch()>{t(words::RETRY)}</button>
                </EmptyState>
            </main>
        }
        .into_any(),
    }
    }
}
