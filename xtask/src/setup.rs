//! What a machine needs before anything can be built, run or tested; installed where that is possible.
//!
//! As root on Debian by `apt-get`; anywhere else the exact command that is missing is printed. Looking whether all is
//! there takes a few milliseconds, so every command begins with it.

mod debian;
mod node;
pub mod python;
mod toolchain;

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Result, bail};

pub use toolchain::{Toolchain, WASM};

use crate::layout::Layout;

/// How much a command needs; each includes the one before.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// To make the app and the server.
    Build,
    /// To start the server: PostgreSQL, unless `DATABASE_URL` names one.
    Run,
    /// To test: a browser with Chinese fonts, formatter and linter.
    Test,
}

/// What was found.
pub struct Tools {
    pub native: Toolchain,
    /// The toolchain that has the wasm target; often the same.
    pub wasm: Toolchain,
    /// The folder with `initdb` and `postgres`.
    pub postgres: Option<PathBuf>,
    pub chromium: Option<PathBuf>,
    /// Whether `cargo nextest` can be called.
    pub nextest: bool,
}

/// One thing a Debian package brings.
struct Part {
    need: Need,
    what: &'static str,
    packages: &'static [&'static str],
    is_there: fn(&Toolchain) -> bool,
}

const PARTS: &[Part] = &[
    Part {
        need: Need::Build,
        what: "a C compiler and linker",
        packages: &["gcc", "libc6-dev"],
        is_there: |_| in_path("cc").is_some(),
    },
    Part {
        need: Need::Build,
        what: "Node.js (20 or newer) and npm",
        packages: &["nodejs", "npm"],
        is_there: |_| in_path("node").is_some() && in_path("npm").is_some(),
    },
    Part {
        need: Need::Run,
        what: "PostgreSQL",
        packages: &["postgresql"],
        is_there: |_| postgres().is_some(),
    },
    Part { need: Need::Test, what: "Chromium", packages: &["chromium"], is_there: |_| chromium().is_some() },
    Part {
        need: Need::Test,
        what: "Chinese fonts",
        packages: &["fonts-noto-cjk"],
        is_there: |_| !debian::is_here() || Path::new("/usr/share/doc/fonts-noto-cjk").exists(),
    },
    Part {
        need: Need::Test,
        what: "Python 3 with venv",
        packages: &["python3", "python3-venv"],
        is_there: |_| python::is_there(),
    },
    Part {
        need: Need::Test,
        what: "rustfmt",
        packages: &["rustfmt-web"],
        is_there: |native| native.has("cargo-fmt"),
    },
    Part {
        need: Need::Test,
        what: "clippy",
        packages: &["rust-web-clippy"],
        is_there: |native| native.has("cargo-clippy"),
    },
];

/// Finds what `need` asks for, and installs what is missing.
pub fn prepare(layout: &Layout, need: Need) -> Result<Tools> {
    let native = Toolchain::active()?;
    let missing: Vec<&Part> = PARTS
        .iter()
        .filter(|part| part.need <= need && !(part.is_there)(&native))
        .filter(|part| {
            part.what != "PostgreSQL" || need == Need::Test || env::var_os("DATABASE_URL").is_none()
        })
        .collect();
    if !missing.is_empty() {
        let what: Vec<&str> = missing.iter().map(|part| part.what).collect();
        let packages: Vec<&str> = missing.iter().flat_map(|part| part.packages).copied().collect();
        debian::install(&what.join(", "), &packages)?;
        if let Some(part) = missing.iter().find(|part| !(part.is_there)(&native)) {
            bail!("{} was installed but is not found", part.what);
        }
    }
    let wasm = toolchain::with_wasm(layout, &native, need)?;
    node::prepare(layout)?;
    Ok(Tools {
        native,
        wasm,
        postgres: postgres(),
        chromium: chromium(),
        nextest: in_path("cargo-nextest").is_some(),
    })
}

/// A C++ compiler, which only libFuzzer asks for.
pub fn give_cxx() -> Result<()> {
    if in_path("c++").is_some() { Ok(()) } else { debian::install("a C++ compiler", &["g++"]) }
}

/// A program by its name, as the shell would find it.
fn in_path(program: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(program)).find(|path| path.is_file())
}

/// The newest PostgreSQL: Debian keeps one folder per version, outside of the path.
fn postgres() -> Option<PathBuf> {
    if let Some(chosen) = env::var_os("ROUNDS_POSTGRES_BIN") {
        return Some(chosen.into());
    }
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, folder)| folder.join("initdb").is_file())
        .collect();
    versions.sort();
    versions
        .pop()
        .map(|(_, folder)| folder)
        .or_else(|| in_path("initdb")?.canonicalize().ok()?.parent().map(Path::to_owned))
}

fn chromium() -> Option<PathBuf> {
    if let Some(chosen) = env::var_os("ROUNDS_CHROMIUM") {
        return Some(chosen.into());
    }
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
        .into_iter()
        .find_map(in_path)
        .or_else(|| {
            let mac = PathBuf::from("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
            mac.is_file().then_some(mac)
        })
}
