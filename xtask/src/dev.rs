//! `cargo xtask dev`: builds again and starts the server again whenever a source file changes.
//!
//! An open page sees the new build and reloads itself (`xtask/node/reload.js`).

use std::{
    fs,
    path::Path,
    thread,
    time::{Duration, SystemTime},
};

use anyhow::Result;

use crate::{
    build::{Profile, files_under},
    interrupt,
    layout::Layout,
    program::Running,
    progress::step,
    run,
    setup::{self, Need},
};

/// Between two looks at the files.
const POLL: Duration = Duration::from_millis(500);
/// What the app and the server are made of.
const SOURCES: &[&str] = &["app", "server", "style", "public", "xtask/node"];
const FILES: &[&str] = &["Cargo.toml", "Cargo.lock", "package-lock.json"];

pub fn dev(layout: &Layout) -> Result<()> {
    let address = run::address();
    run::check_free(&address)?;
    let tools = setup::prepare(layout, Need::Run)?;
    let mut running: Option<Running> = None;
    loop {
        let seen = youngest(layout);
        match run::build_both(layout, &tools, Profile::Dev) {
            Ok(server) => {
                if let Some(mut old) = running.take() {
                    old.stop()?;
                }
                running = Some(run::start(layout, &tools, &server, &address)?);
            }
            // The last one that could be built goes on.
            Err(error) => step(&format!("{error:#}; waiting for a change")),
        }
        while youngest(layout) == seen && !interrupt::is_asked() {
            thread::sleep(POLL);
        }
        if interrupt::is_asked() {
            break;
        }
        step("something changed");
    }
    if let Some(mut server) = running {
        // It was told with us.
        server.wait()?;
    }
    step("stopped");
    Ok(())
}

/// When something last changed, and how many files there are: one that is deleted counts too.
fn youngest(layout: &Layout) -> (usize, Option<SystemTime>) {
    let mut files: Vec<_> = FILES.iter().map(|file| layout.root.join(file)).collect();
    for folder in SOURCES {
        // One that is being written or moved is seen at the next look.
        let _ = files_under(&layout.root.join(folder), &mut files);
    }
    (files.len(), files.iter().filter_map(|file| changed(file)).max())
}

fn changed(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).ok()?.modified().ok()
}
