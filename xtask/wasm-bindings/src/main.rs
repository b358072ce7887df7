//! Writes the JavaScript that loads the app: what `wasm-bindgen --target web` does.
//!
//! It is the library behind that program, so that nothing has to be downloaded and the version is the lock file's.
//! A crate of its own, so that `cargo xtask` starts without it.
//!
//! `wasm-bindings <app.wasm> <folder> [--debug]`

use std::{env, process::ExitCode};
use wasm_bindgen_cli_support::Bindgen;

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
    let mut bindings = Bindgen::new();
    bindings
        .input_path(input)
        .debug(debug)
        .keep_debug(debug)
        .typescript(false)
        // The boot script always names the hashed module; a default path would point at a file that is not there.
        .omit_default_module_path(true);
    match bindings.web(true).and_then(|web| web.generate(folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("wasm-bindings: {error:#}");
            ExitCode::FAILURE
        }
    }
}
