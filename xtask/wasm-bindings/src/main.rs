//! Writes what loads the app: the pages that stand apart as wasm of their own, and the JavaScript around the rest, as
//! `wasm-split` and `wasm-bindgen --target web` do.
//!
//! They are the libraries behind those programs, so that nothing has to be downloaded and the versions are the lock
//! file's. A crate of its own, so that `cargo xtask` starts without it.
//!
//! `wasm-bindings <app.wasm> <folder> [--debug]` leaves `app.js` and `app_bg.wasm`. Without `--debug`, for which the app
//! is one whole, `app.wasm` has to be linked with `--emit-relocs`, and there are `__wasm_split.js`, a wasm file for every
//! part that is loaded apart, and `parts.json`: which of these files each part needs.

use std::{collections::BTreeMap, env, fmt::Display, fs, path::Path, process::ExitCode};
use wasm_bindgen_cli_support::Bindgen;
use wasm_split_cli_support::{Options, transform};

/// What is left of the app once its parts are taken out; gone once the bindings are written.
const REST: &str = "app.wasm";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (input, folder, debug) = match arguments.as_slice() {
        [input, folder] => (input, folder, false),
        [input, folder, flag] if flag == "--debug" => (input, folder, true),
        _ => {
            eprintln!("usage: wasm-bindings <app.wasm> <folder> [--debug]");
            return ExitCode::from(2);
        }
    };
    match write(Path::new(input), Path::new(folder), debug) {
        Ok(()) => ExitCode::SUCCESS,
        Err(told) => {
            eprintln!("wasm-bindings: {told}");
            ExitCode::FAILURE
        }
    }
}

fn write(input: &Path, folder: &Path, debug: bool) -> Result<(), String> {
    if debug {
        return bind(input, folder, debug);
    }
    let rest = folder.join(REST);
    split(input, folder, &rest)?;
    bind(&rest, folder, debug)?;
    fs::remove_file(&rest).map_err(told)
}

fn split(input: &Path, folder: &Path, rest: &Path) -> Result<(), String> {
    let whole = fs::read(input).map_err(|error| format!("{}: {error}", input.display()))?;
    let mut options = Options::new(&whole);
    options.output_dir = folder;
    options.main_out_path = rest;
    options.main_module = "./app.js";
    let split = transform(options).map_err(told)?;
    let parts: BTreeMap<_, _> = split.prefetch_map.into_iter().collect();
    fs::write(folder.join("parts.json"), serde_json::to_vec(&parts).map_err(told)?).map_err(told)
}

fn bind(input: &Path, folder: &Path, debug: bool) -> Result<(), String> {
    let mut bindings = Bindgen::new();
    bindings
        .input_path(input)
        .debug(debug)
        .keep_debug(debug)
        // The parts reach the rest through what the linker exports.
        .keep_lld_exports(!debug)
        .typescript(false)
        // The boot script always names the hashed module; a default path would point at a file that is not there.
        .omit_default_module_path(true);
    bindings.web(true).and_then(|web| web.generate(folder)).map_err(told)
}

/// With all its causes.
fn told(error: impl Display) -> String {
    format!("{error:#}")
}
