//! Marks on the browser's own timeline (User Timing), for the benchmark and for whoever looks at a recording. They name
//! steps, never people.

use crate::browser::{clock, dictionary, method};

/// This happened now.
pub fn mark(name: &str) {
    if let Some(performance) = performance() {
        let _ = performance.mark(name);
    }
}

/// Runs `work` and notes how long it took.
pub fn measured<T>(name: &str, work: impl FnOnce() -> T) -> T {
    let started_ms = clock::timer_ms();
    let result = work();
    measure(name, started_ms);
    result
}

/// As [`measured`], for work that waits.
pub async fn measured_async<T>(name: &str, work: impl Future<Output = T>) -> T {
    let started_ms = clock::timer_ms();
    let result = work.await;
    measure(name, started_ms);
    result
}

/// Something just ended that took `ms`.
pub fn mark_of(name: &str, ms: f64) {
    measure(name, clock::timer_ms() - ms);
}

/// From `started_ms` by [`clock::timer_ms`] until now.
fn measure(name: &str, started_ms: f64) {
    let Some(performance) = performance() else { return };
    let Some(measure) = method(&performance, "measure") else { return };
    let options = dictionary(&[("start", started_ms.into())]);
    let _ = measure.call2(&performance, &name.into(), &options);
}

fn performance() -> Option<web_sys::Performance> {
    web_sys::window()?.performance()
}
