//! `cargo xtask test`: every check and test there is, and one summary.
//!
//! A step that fails does not keep the next from running; only what cannot run without it is left out, and counted as
//! failed. Plain lines, no terminal tricks: CI reads the same.

mod count;
mod database;
mod described;
mod proofs;
mod summary;

use std::{cell::Cell, path::PathBuf, process::ExitCode};

use anyhow::{Context as _, Result, bail};

use crate::{
    bench,
    build::{self, Profile},
    interrupt,
    layout::Layout,
    program::Program,
    progress::step,
    setup::{self, Need, Tools, WASM},
    warm,
};
use count::Count;
use summary::Summary;

/// Every step, or those whose names contain one of `chosen`.
pub fn test(layout: &Layout, chosen: &[String]) -> Result<ExitCode> {
    let tools = setup::prepare(layout, Need::Test)?;
    warm::thin_out(layout)?;
    let mut summary = Summary::new(chosen.to_vec());

    summary.step("formatting", || check(native(layout, &tools).args(["fmt", "--all", "--check"])));
    summary.step("clippy, native", || {
        let native = quiet(tools.native.clippy(layout, &layout.target));
        check(native.args(["--all-targets", "--", "-D", "warnings"]))
    });
    summary.step("clippy, wasm", || {
        let wasm = quiet(tools.wasm.clippy(layout, &layout.target_wasm));
        check(wasm.args(["--package", "app", "--target", WASM, "--", "-D", "warnings"]))
    });
    summary.step("proofs of purity", || proofs::prove(layout, &tools));
    summary.step("unit, property, server tests", || tests(layout, &tools));
    summary.step("documentation tests", || doc_tests(layout, &tools));

    summary.step("the interface as described", || described::ask(layout, &tools));

    let server = Cell::new(None);
    summary.step("build for the browser", || {
        build::app(layout, &tools, Profile::Release)?;
        server.set(Some(default_members(layout, &tools)?));
        Ok(Count::of_checks(1))
    });
    summary.step("browser tests", || {
        let server = server.take().context("left out: there is nothing to test")?;
        browser_tests(layout, &tools, &server)
    });

    if interrupt::is_asked() {
        bail!("stopped; no summary, for not everything ran");
    }
    Ok(summary.print())
}

/// Output that reads well in a log, and that [`count`] can read.
fn quiet(program: Program) -> Program {
    program.env("CARGO_TERM_COLOR", "never").env("CARGO_TERM_PROGRESS_WHEN", "never").env("NO_COLOR", "1")
}

fn native(layout: &Layout, tools: &Tools) -> Program {
    quiet(tools.native.cargo(layout, &layout.target))
}

/// A program whose success is one passed check.
fn check(program: Program) -> Result<Count> {
    program.run()?;
    Ok(Count::of_checks(1))
}

/// Everything native, with an empty PostgreSQL for what asks for one.
fn tests(layout: &Layout, tools: &Tools) -> Result<Count> {
    let postgres = tools.postgres.as_ref().context("no PostgreSQL binaries")?;
    let database = database::Database::start(postgres)?;
    let program =
        native(layout, tools).env("DATABASE_URL", database.url()).env("ROUNDS_POSTGRES_BIN", postgres);
    let program = if tools.nextest {
        program.args(["nextest", "run", "--no-fail-fast", "--status-level", "slow"])
    } else {
        step("cargo-nextest is not installed; cargo test does it more slowly");
        program.args(["test", "--all-targets", "--no-fail-fast"])
    };
    count_of(program, if tools.nextest { count::nextest } else { count::cargo_test })
}

fn doc_tests(layout: &Layout, tools: &Tools) -> Result<Count> {
    count_of(native(layout, tools).args(["test", "--doc", "--no-fail-fast"]), count::cargo_test)
}

/// The server as the tests above built it, so that nothing is compiled twice.
fn default_members(layout: &Layout, tools: &Tools) -> Result<PathBuf> {
    step("building the server (dev)");
    native(layout, tools).args(["build"]).run()?;
    Ok(layout.target.join("debug/server"))
}

/// One file at a time: each starts a server, a PostgreSQL and a browser of its own.
fn browser_tests(layout: &Layout, tools: &Tools, server: &std::path::Path) -> Result<Count> {
    let mut files = Vec::new();
    build::files_under(&layout.root.join("end2end"), &mut files)?;
    files.retain(|file| file.to_string_lossy().ends_with(".test.mjs"));
    files.sort();
    let program = quiet(bench::browser(layout, tools, server))
        .args(["--test", "--test-concurrency=1", "--test-reporter=spec"])
        .args(files);
    count_of(program, count::node)
}

/// Runs tests and counts them; a runner that fails without naming a failed test counts as one.
fn count_of(program: Program, read: fn(&str) -> Option<Count>) -> Result<Count> {
    let mut count = Count::default();
    let succeeded = program.read(|line| {
        if let Some(seen) = read(line) {
            count.add(seen);
        }
    })?;
    if !succeeded && count.failed == 0 {
        count.failed = 1;
    }
    Ok(count)
}
