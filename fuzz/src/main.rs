//! libFuzzer's program, built by `cargo xtask fuzz`; ROUNDS_FUZZ_TARGET says which target.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
static CHOSEN: std::sync::OnceLock<fuzz::Target> = std::sync::OnceLock::new();

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(
    init: {
        // Its own hook ends the program at once; the server catches panics of the crate that reads workbooks.
        std::panic::set_hook(Box::new(|panic| eprintln!("{panic}")));
        let target = std::env::var("ROUNDS_FUZZ_TARGET").ok().and_then(|name| fuzz::target(&name));
        let target = target.expect("ROUNDS_FUZZ_TARGET names a target");
        CHOSEN.get_or_init(|| *target);
    },
    |bytes: &[u8]| if let Some(target) = CHOSEN.get().filter(|target| bytes.len() <= target.bytes_max) {
        (target.run)(bytes);
    }
);

/// The page of the corpus, for whoever has changed the schema: `cargo run -p fuzz > fuzz/corpus/page/whole.page`
#[cfg(not(fuzzing))]
fn main() -> std::io::Result<()> {
    std::io::Write::write_all(&mut std::io::stdout(), &fuzz::compact_page())
}
