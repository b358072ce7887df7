//! `cargo xtask bench` and `simulate`: the figures, and the simulations with as many seeds as one likes.

use std::fs;

use anyhow::{Context as _, Result, bail};

use crate::{
    build::Profile,
    layout::Layout,
    program::Program,
    progress::step,
    run,
    setup::{self, Need, Toolchain},
};

/// Each with a release build, and a JSON file in `var/`; the whole in `var/bench.json`.
pub fn bench(layout: &Layout, arguments: &[String]) -> Result<()> {
    let tools = setup::prepare(layout, Need::Test)?;
    let server = run::build_both(layout, &tools, Profile::Release)?;
    fs::create_dir_all(&layout.var)?;
    let mut parts = Vec::new();

    if layout.root.join("server/benches").is_dir() {
        let json = layout.var.join("bench-server.json");
        step("measuring the server");
        let mut program = tools
            .native
            .cargo(layout, &layout.target)
            .args(["bench", "--package", "server", "--"])
            .args(arguments)
            .env("ROUNDS_SERVER", &server)
            .env("ROUNDS_DIST", &layout.dist)
            .env("ROUNDS_BENCH_JSON", &json);
        if let Some(postgres) = &tools.postgres {
            program = program.env("ROUNDS_POSTGRES_BIN", postgres);
        }
        program.run()?;
        parts.push(("server", json));
    }
    if layout.root.join("end2end/bench.mjs").is_file() {
        let json = layout.var.join("bench-browser.json");
        step("measuring the app in a browser");
        browser(layout, &tools, &server)
            .args(["end2end/bench.mjs"])
            .args(arguments)
            .env("ROUNDS_BENCH_JSON", &json)
            .run()?;
        parts.push(("browser", json));
    }
    if parts.is_empty() {
        bail!("nothing to measure yet: neither server/benches nor end2end/bench.mjs is there");
    }
    let mut whole = Vec::new();
    for (name, file) in &parts {
        let json = fs::read_to_string(file).with_context(|| format!("the {name} bench wrote no figures"))?;
        whole.push(format!("\"{name}\": {}", json.trim()));
    }
    let file = layout.var.join("bench.json");
    fs::write(&file, format!("{{{}}}\n", whole.join(",\n")))?;
    step(&format!("figures written to {}", file.display()));
    Ok(())
}

/// Node with all that scripts in `end2end/` ask for.
pub fn browser(layout: &Layout, tools: &setup::Tools, server: &std::path::Path) -> Program {
    let mut program = Program::new("node")
        .folder(&layout.root)
        .env("ROUNDS_SERVER", server)
        .env("ROUNDS_DIST", &layout.dist);
    if let Some(postgres) = &tools.postgres {
        program = program.env("ROUNDS_POSTGRES_BIN", postgres);
    }
    if let Some(chromium) = &tools.chromium {
        program = program.env("ROUNDS_CHROMIUM", chromium);
    }
    program
}

/// The replica's simulations; they need neither browser nor database.
pub fn simulate(layout: &Layout, arguments: &[String]) -> Result<()> {
    Toolchain::active()?
        .cargo(layout, &layout.target)
        .args(["run", "--release", "--package", "replica", "--example", "simulate", "--"])
        .args(arguments)
        .run()
}
