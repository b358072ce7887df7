//! `cargo xtask fuzz`: the targets of `fuzz/` under libFuzzer, led by coverage, as long as one likes.
//!
//! The compiler's own coverage is enough for that and needs no nightly toolchain, which AddressSanitizer would: code
//! without `unsafe` fails by panics, by memory and by time.

use std::fs;

use anyhow::{Result, bail};

use crate::{
    layout::Layout,
    program::Program,
    progress::step,
    setup::{self, Need, Tools},
};

const SECONDS: u32 = 60;
/// Of resident memory, for one input.
const MEMORY_MB_MAX: u32 = 1_024;
/// For one input.
const INPUT_SECONDS_MAX: u32 = 10;
/// What cargo-fuzz gives the compiler, less the sanitizer.
const COVERAGE: &str = "--cfg fuzzing -Cpasses=sancov-module -Ccodegen-units=1 -Cdebug-assertions -Coverflow-checks \
    -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares";

/// `[target] [--seconds N]`: all targets in turn when none is named.
pub fn fuzz(layout: &Layout, arguments: &[String]) -> Result<()> {
    let (target, seconds) = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => (None, SECONDS),
        ["--seconds", seconds] => (None, seconds.parse()?),
        [target] => (Some(*target), SECONDS),
        [target, "--seconds", seconds] => (Some(*target), seconds.parse()?),
        other => bail!("cargo xtask fuzz takes [target] [--seconds N], not {}", other.join(" ")),
    };
    let mut targets = Vec::new();
    for entry in fs::read_dir(layout.root.join("fuzz/corpus"))? {
        targets.push(entry?.file_name().to_string_lossy().into_owned());
    }
    targets.sort();
    if let Some(target) = target {
        if !targets.iter().any(|known| known == target) {
            bail!("no target {target}; there are {}", targets.join(", "));
        }
        targets.retain(|known| known == target);
    }
    let tools = setup::prepare(layout, Need::Build)?;
    setup::give_cxx()?;
    step("building the targets with coverage");
    cargo(layout, &tools, "build").run()?;
    let mut failed = Vec::new();
    for target in targets {
        let kept = layout.var.join("fuzz").join(&target);
        fs::create_dir_all(kept.join("corpus"))?;
        step(&format!("fuzzing {target} for {seconds} s"));
        let run = cargo(layout, &tools, "run")
            .args(["--quiet".as_ref(), "--".as_ref(), kept.join("corpus").as_os_str()])
            .args([layout.root.join("fuzz/corpus").join(&target)])
            .args([
                format!("-max_total_time={seconds}"),
                format!("-timeout={INPUT_SECONDS_MAX}"),
                format!("-rss_limit_mb={MEMORY_MB_MAX}"),
                format!("-artifact_prefix={}/found-", kept.display()),
                "-print_final_stats=1".to_owned(),
            ])
            .env("ROUNDS_FUZZ_TARGET", &target)
            .run();
        if let Err(error) = run {
            step(&format!("{target}: {error:#}; the input is in {}", kept.display()));
            failed.push(target);
        }
    }
    if failed.is_empty() { Ok(()) } else { bail!("brought down: {}", failed.join(", ")) }
}

/// With a target named, build scripts and macros stay without coverage: libFuzzer is not linked to them.
fn cargo(layout: &Layout, tools: &Tools, command: &str) -> Program {
    let program = tools.native.cargo(layout, &layout.target.join("fuzz"));
    program
        .args([command, "--package", "fuzz", "--bin", "fuzz", "--target", "host-tuple"])
        .env("RUSTFLAGS", COVERAGE)
}
