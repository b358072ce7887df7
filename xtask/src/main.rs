//! `cargo xtask …`: everything that is done to Rounds from a shell.
//!
//! What holds here:
//! - This crate alone starts other programs (the server may start its private PostgreSQL, nothing else).
//! - Whatever it starts ends with it, by Ctrl+C too, and it waits until that has happened.
//! - It installs what is missing where it may, and otherwise prints the exact command; when all is there it takes
//!   no time to see that.
//! - It compiles in seconds and depends on nothing of Rounds, so that it can say what it does from the start.
//!
//! | module | does |
//! |---|---|
//! | [`setup`] | packages, toolchains, Node tools |
//! | [`build`] | the app into `dist/`, the server |
//! | [`run`], [`dev`] | a sample server, once or again at every change |
//! | [`test`] | every check and test, with one summary |
//! | [`bench`], [`fuzz`] | figures, simulations, fuzzing |
//! | [`program`], [`interrupt`] | start, watch and end other programs |
//! | [`layout`], [`progress`] | folders; what the person sees |
//! | [`warm`] | keeps what CI keeps from growing |

mod bench;
mod build;
mod dev;
mod fuzz;
mod interrupt;
mod layout;
mod program;
mod progress;
mod run;
mod setup;
mod test;
mod warm;

use std::{env, process::ExitCode};

use anyhow::{Result, bail};

use crate::{build::Profile, layout::Layout, progress::step, setup::Need};

const HELP: &str = "\
cargo xtask run                     set up, build and start Rounds with a sample branch on http://127.0.0.1:3000
                                    (another address: ROUNDS_ADDRESS; its state: ROUNDS_STATE, ./var by default)
cargo xtask test                    set up and run every check and test; ends with one summary
                                    (only some steps: a word of their names, such as proofs or browser)
cargo xtask dev                     like run, and again at every change of a source file
cargo xtask bench                   measure; a table, and var/bench.json
cargo xtask build [--dev|--release] the app into dist/ and the server, without starting it
cargo xtask simulate [--seeds N]    the simulations of tablets and server, with more seeds
cargo xtask fuzz [target] [--seconds N]
                                    what strangers can send, under libFuzzer; all targets in turn, a minute each
cargo xtask setup                   only install what is missing
cargo xtask help                    this text
";

fn main() -> ExitCode {
    progress::begin();
    let arguments: Vec<String> = env::args().skip(1).collect();
    match carry_out(&arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\n{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn carry_out(arguments: &[String]) -> Result<ExitCode> {
    let (command, rest) =
        arguments.split_first().map_or(("help", &[][..]), |(first, rest)| (first.as_str(), rest));
    if matches!(command, "help" | "--help" | "-h") {
        print!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    }
    interrupt::listen()?;
    let layout = Layout::find()?;
    match (command, rest) {
        ("run", []) => run::run(&layout)?,
        ("dev", []) => dev::dev(&layout)?,
        ("test", chosen) => return test::test(&layout, chosen),
        ("bench", arguments) => bench::bench(&layout, arguments)?,
        ("simulate", arguments) => bench::simulate(&layout, arguments)?,
        ("fuzz", arguments) => fuzz::fuzz(&layout, arguments)?,
        ("build", arguments) => {
            let profile = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
                [] | ["--release"] => Profile::Release,
                ["--dev"] => Profile::Dev,
                other => bail!("cargo xtask build takes --dev or --release, not {}", other.join(" ")),
            };
            let tools = setup::prepare(&layout, Need::Build)?;
            let server = run::build_both(&layout, &tools, profile)?;
            step(&format!("built {} and {}", layout.dist.display(), server.display()));
        }
        ("setup", []) => {
            setup::prepare(&layout, Need::Test)?;
            step("everything is there");
        }
        _ => {
            eprint!("cargo xtask does not know: {}\n\n{HELP}", arguments.join(" "));
            return Ok(ExitCode::from(2));
        }
    }
    Ok(ExitCode::SUCCESS)
}
