//! Server-sent events that say "pull". They carry no data and may get lost: the pull is the truth (SYNC.md).

use crate::browser::clock;
use crate::browser::listener::Listener;
use futures::channel::oneshot;
use futures::future::{AbortHandle, abortable};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use web_sys::EventSource;

const RETRY_MS: u32 = 1_000;
const RETRY_MS_MAX: u32 = 60_000;
const POKE: &str = "poke";

/// Listens until dropped, opening again by itself with growing pauses.
pub struct Pokes(AbortHandle);

impl Pokes {
    /// `poked` is also called whenever the line has been opened, for a poke may have been missed meanwhile, and when it
    /// broke or would not open at first: the pull finds out whether the server went away or the session ended.
    pub fn listen(path: &str, poked: impl Fn() + 'static) -> Self {
        let (path, poked) = (path.to_owned(), Rc::new(poked));
        let (listening, handle) = abortable(async move {
            let mut failed_attempts = 0;
            loop {
                let stood = listen_once(&path, poked.clone()).await;
                if stood || failed_attempts == 0 {
                    poked();
                }
                if stood {
                    failed_attempts = 0;
                }
                clock::sleep_ms(clock::backoff_ms(failed_attempts, RETRY_MS, RETRY_MS_MAX)).await;
                failed_attempts += 1;
            }
        });
        spawn_local(async move {
            // It ends only by being aborted.
            let _ = listening.await;
        });
        Self(handle)
    }
}

impl Drop for Pokes {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Until the line breaks; whether it ever stood.
async fn listen_once(path: &str, poked: Rc<impl Fn() + 'static>) -> bool {
    let Ok(source) = EventSource::new(path) else { return false };
    let source = Closing(source);
    let stood = Rc::new(Cell::new(false));
    let (broken, breaks) = oneshot::channel();
    let broken = RefCell::new(Some(broken));

    let on_open = {
        let (stood, poked) = (stood.clone(), poked.clone());
        move |_| {
            stood.set(true);
            poked();
        }
    };
    let _open = Listener::new(&source.0, "open", on_open);
    let _poke = Listener::new(&source.0, POKE, move |_| poked());
    let _error = Listener::new(&source.0, "error", move |_| {
        if let Some(broken) = broken.borrow_mut().take() {
            let _ = broken.send(());
        }
    });
    let _ = breaks.await;
    stood.get()
}

/// The browser would open it again by itself, at once and for ever.
struct Closing(EventSource);

impl Drop for Closing {
    fn drop(&mut self) {
        self.0.close();
    }
}
