//! `cargo xtask run`: Rounds with a sample branch, on this machine.

use std::{
    env,
    io::ErrorKind,
    net::TcpListener,
    path::{Path, PathBuf},
    thread,
};

use anyhow::{Context as _, Result, anyhow, bail};

use crate::{
    build::{self, Profile},
    interrupt::{self, Reach},
    layout::Layout,
    program::{Program, Running},
    progress::step,
    setup::{self, Need, Tools},
};

const ADDRESS: &str = "127.0.0.1:3000";

/// Builds what is not built yet, starts the server and stays until it ends or is told to.
pub fn run(layout: &Layout) -> Result<()> {
    let address = address();
    // Known before minutes of building.
    check_free(&address)?;
    let tools = setup::prepare(layout, Need::Run)?;
    let server = build_both(layout, &tools, Profile::Release)?;
    step("starting the server; Ctrl+C stops it and its PostgreSQL");
    let mut running = start(layout, &tools, &server, &address)?;
    let status = running.wait()?;
    if interrupt::is_asked() {
        step("stopped");
        return Ok(());
    }
    bail!("the server ended ({status})")
}

pub fn address() -> String {
    env::var("ROUNDS_ADDRESS").unwrap_or_else(|_| ADDRESS.to_owned())
}

/// Says so when somebody else listens there.
pub fn check_free(address: &str) -> Result<()> {
    match TcpListener::bind(address) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AddrInUse => bail!(
            "{address} is taken by another program. Stop that one, or choose another port:\n  ROUNDS_ADDRESS=127.0.0.1:3001 cargo xtask run"
        ),
        Err(error) => Err(error).with_context(|| format!("cannot listen on {address} (ROUNDS_ADDRESS)")),
    }
}

/// The app and the server at once: each ends with a long step that uses one core. Where the server lies.
pub fn build_both(layout: &Layout, tools: &Tools, profile: Profile) -> Result<PathBuf> {
    thread::scope(|both| {
        let server = both.spawn(|| build::server(layout, tools, profile));
        let app = build::app(layout, tools, profile);
        let server = server.join().map_err(|_| anyhow!("building the server panicked"))?;
        app?;
        server
    })
}

/// Starts a sample server.
pub fn start(layout: &Layout, tools: &Tools, server: &Path, address: &str) -> Result<Running> {
    let mut program = Program::new(server)
        .folder(&layout.root)
        .args(["--sample"])
        .env("ROUNDS_ADDRESS", address)
        .env("ROUNDS_DIST", &layout.dist);
    if env::var_os("ROUNDS_STATE").is_none() {
        program = program.env("ROUNDS_STATE", &layout.var);
    }
    if let Some(postgres) = &tools.postgres {
        program = program.env("ROUNDS_POSTGRES_BIN", postgres);
    }
    // The server alone is told to stop: it ends its PostgreSQL itself, in order.
    program.start(Reach::Alone)
}
