//! The Rust toolchains: the one that runs this, and one that has the wasm target.
//!
//! rustup adds the target itself. Where it cannot download (TOOLCHAIN: a Debian machine that reaches only package
//! registries), Debian's own compiler is taken; it comes without the target, so its standard library is built for
//! wasm once, from Debian's source, and again whenever Debian's compiler has changed.

use std::{
    env, fs,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context as _, Result, bail};

use super::{Need, debian, in_path};
use crate::{layout::Layout, program::Program, progress::step};

pub const WASM: &str = "wasm32-unknown-unknown";
/// A download of 25 MB; a machine that cannot reach it may never get an answer.
const RUSTUP_LIMIT: Duration = Duration::from_secs(180);
/// Beside the wasm library: what it was built with.
const MARK: &str = "built-with.txt";
/// What `cargo run` tells the program it runs, beside `CARGO_PKG_…`.
const SAID_BY_CARGO: &[&str] =
    &["CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "CARGO_BIN_NAME", "CARGO_CRATE_NAME"];

#[derive(Clone)]
pub struct Toolchain {
    cargo: PathBuf,
    /// Set where the compiler that the path leads to is another one.
    rustc: Option<PathBuf>,
    sysroot: PathBuf,
}

impl Toolchain {
    /// The one that cargo runs this program with.
    pub fn active() -> Result<Self> {
        let cargo = env::var_os("CARGO").map_or_else(|| "cargo".into(), PathBuf::from);
        let beside = cargo.parent().and_then(Path::parent).map(Path::to_owned);
        let sysroot = match beside {
            Some(folder) if folder.join("lib/rustlib").is_dir() => folder,
            _ => Program::new("rustc").args(["--print", "sysroot"]).text()?.trim().into(),
        };
        Ok(Self { cargo, rustc: None, sysroot })
    }

    fn debian() -> Self {
        Self { cargo: "/usr/bin/cargo".into(), rustc: Some("/usr/bin/rustc".into()), sysroot: "/usr".into() }
    }

    /// `cargo`, in the repository's root, with its own target directory.
    pub fn cargo(&self, layout: &Layout, target: &Path) -> Program {
        self.start(&self.cargo, layout, target)
    }

    fn start(&self, program: &Path, layout: &Layout, target: &Path) -> Program {
        // `cargo run` says here which package it runs, and some build scripts (ring's) run again when that changes:
        // without it, a build from here and one typed in a shell share their work.
        let ours = env::vars_os().filter_map(|(name, _)| name.into_string().ok());
        let ours =
            ours.filter(|name| name.starts_with("CARGO_PKG_") || SAID_BY_CARGO.contains(&name.as_str()));
        let program = ours
            .fold(Program::new(program), |program, name| program.env_remove(&name))
            .folder(&layout.root)
            .env("CARGO_TARGET_DIR", target)
            // Queries are checked against the committed description, never against whatever DATABASE_URL names.
            .env("SQLX_OFFLINE", "true");
        // Parts that only a second build of the same clone would use, at three times the size.
        let program = if layout.is_kept { program.env("CARGO_INCREMENTAL", "0") } else { program };
        match &self.rustc {
            // Not the libraries of the toolchain that runs this.
            Some(rustc) => program
                .env("RUSTC", rustc)
                .env("CARGO", &self.cargo)
                .env_remove("LD_LIBRARY_PATH")
                .env_remove("RUSTUP_TOOLCHAIN"),
            None => program,
        }
    }

    /// `cargo clippy`. Debian's is called by its path: a cargo that looks for a subcommand looks in `~/.cargo/bin`
    /// first, and rustup's `cargo-clippy` there would lint with rustup's compiler, which has no wasm library.
    pub fn clippy(&self, layout: &Layout, target: &Path) -> Program {
        match &self.rustc {
            Some(_) => self.start(&self.sysroot.join("bin/cargo-clippy"), layout, target).args(["clippy"]),
            None => self.cargo(layout, target).args(["clippy"]),
        }
    }

    /// Whether it brings a program such as `cargo-clippy`.
    pub fn has(&self, program: &str) -> bool {
        self.sysroot.join("bin").join(program).is_file()
            || (self.rustc.is_none() && in_path(program).is_some())
    }

    fn wasm_library(&self) -> PathBuf {
        self.sysroot.join("lib/rustlib").join(WASM).join("lib")
    }

    fn has_wasm(&self) -> bool {
        fs::read_dir(self.wasm_library()).is_ok_and(|files| {
            files.flatten().any(|file| file.file_name().to_string_lossy().starts_with("libstd-"))
        })
    }
}

/// A toolchain that builds for wasm: the active one, Debian's, or the first of them that can be made to.
pub fn with_wasm(layout: &Layout, active: &Toolchain, need: Need) -> Result<Toolchain> {
    let is_debians = active.sysroot == Path::new("/usr");
    if !is_debians && active.has_wasm() {
        return Ok(active.clone());
    }
    let is_ready = debian_has_wasm()?;
    let is_linted = need < Need::Test || Path::new("/usr/bin/cargo-clippy").exists();
    if is_ready && is_linted {
        return Ok(Toolchain::debian());
    }
    if !is_ready && !is_debians && in_path("rustup").is_some() {
        step(&format!("adding the wasm target (rustup target add {WASM})"));
        let added = Program::new("rustup").args(["target", "add", WASM]).run_within(RUSTUP_LIMIT);
        match added {
            Ok(()) if active.has_wasm() => return Ok(active.clone()),
            Ok(()) => step("rustup says it has the target, but it is not there"),
            Err(error) => step(&format!("{error:#}; taking Debian's compiler instead")),
        }
    }
    give_debian_wasm(layout, need)?;
    Ok(Toolchain::debian())
}

/// Whether Debian's compiler, as it is now, has its wasm library and linker.
fn debian_has_wasm() -> Result<bool> {
    let debian = Toolchain::debian();
    if !debian.has_wasm() || !Path::new("/usr/bin/rustc").exists() {
        return Ok(false);
    }
    // Newer Debian has the library as a package, in step with its compiler.
    if debian::has_installed("libstd-rust-dev-wasm32") {
        return Ok(true);
    }
    let compiler = compiler()?;
    let mark = fs::read_to_string(debian.wasm_library().join(MARK)).unwrap_or_default();
    Ok(mark == compiler && linker(&compiler)?.exists())
}

fn give_debian_wasm(layout: &Layout, need: Need) -> Result<()> {
    if !debian::is_ours() {
        let how = if debian::is_here() {
            "sudo -E cargo xtask setup"
        } else {
            "rustup target add wasm32-unknown-unknown"
        };
        bail!("missing: the Rust target {WASM}. Run this, then try again:\n  {how}");
    }
    let mut packages = vec!["rustc-web", "cargo-web", "rust-web-src"];
    if need >= Need::Test {
        packages.push("rust-web-clippy");
    }
    packages.retain(|package| !debian::has_installed(package));
    if !packages.is_empty() {
        debian::install("a Rust compiler that can be given the wasm target", &packages)?;
    }
    link_linker()?;
    if !debian_has_wasm()? {
        build_library(layout)?;
    }
    if in_path("rustup").is_some() {
        // Only a convenience, `cargo +debian` in a shell: nothing here needs it.
        let _ = Program::new("rustup").args(["toolchain", "link", "debian", "/usr"]).run_quietly();
    }
    Ok(())
}

/// What the compiler says of itself: the library is good for exactly this one.
fn compiler() -> Result<String> {
    Program::new("/usr/bin/rustc").args(["-vV"]).env_remove("LD_LIBRARY_PATH").text()
}

fn line<'a>(description: &'a str, name: &str) -> Result<&'a str> {
    description
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
        .with_context(|| format!("rustc -vV does not name its {name}"))
}

/// Where this compiler looks for its linker.
fn linker(compiler: &str) -> Result<PathBuf> {
    let host = line(compiler, "host")?;
    Ok(Path::new("/usr/lib/rustlib").join(host).join("bin/rust-lld"))
}

/// Puts the linker where the compiler looks for its own: Debian's compiler comes without.
fn link_linker() -> Result<()> {
    let compiler = compiler()?;
    let linker = linker(&compiler)?;
    if linker.exists() {
        return Ok(());
    }
    let version = line(&compiler, "LLVM version")?;
    let major = version.split('.').next().unwrap_or(version);
    let lld = PathBuf::from(format!("/usr/lib/llvm-{major}/bin/lld"));
    if !lld.exists() {
        debian::install("the wasm linker", &[&format!("lld-{major}")])?;
    }
    if let Some(folder) = linker.parent() {
        fs::create_dir_all(folder)?;
    }
    // One that leads nowhere: its lld was removed.
    if linker.is_symlink() {
        fs::remove_file(&linker)?;
    }
    std::os::unix::fs::symlink(lld, linker)?;
    Ok(())
}

/// Builds Debian's standard library for wasm and puts it where its compiler looks.
fn build_library(layout: &Layout) -> Result<()> {
    step("building the standard library for wasm (once; about a minute)");
    let stub = layout.target.join("wasm-library");
    if stub.exists() {
        fs::remove_dir_all(&stub)?;
    }
    fs::create_dir_all(stub.join("src"))?;
    fs::write(stub.join("src/lib.rs"), "")?;
    fs::write(
        stub.join("Cargo.toml"),
        "[package]\nname = \"stub\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n",
    )?;
    let debian = Toolchain::debian();
    let built = stub.join("target");
    debian
        .cargo(layout, &built)
        .folder(&stub)
        .args(["build", "--release", "--target", WASM])
        .args(["-Zbuild-std=std,panic_abort,panic_unwind"])
        .env("RUSTC_BOOTSTRAP", "1")
        // Without it LTO fails with "Can't find section .llvmbc".
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "-Cembed-bitcode=yes")
        .run()?;

    let library = debian.wasm_library();
    let fresh = library.with_extension("new");
    let old = library.with_extension("old");
    for left in [&fresh, &old] {
        if left.exists() {
            fs::remove_dir_all(left)?;
        }
    }
    fs::create_dir_all(&fresh)?;
    for file in fs::read_dir(built.join(WASM).join("release/deps"))?.flatten() {
        let name = file.file_name();
        let name = name.to_string_lossy();
        if name.ends_with(".rlib") && !name.starts_with("libstub-") {
            fs::copy(file.path(), fresh.join(&*name))?;
        }
    }
    fs::write(fresh.join(MARK), compiler()?)?;
    if library.exists() {
        fs::rename(&library, &old)?;
    }
    fs::rename(&fresh, &library)?;
    if old.exists() {
        fs::remove_dir_all(old)?;
    }
    fs::remove_dir_all(stub)?;
    Ok(())
}
