//! The app as the server serves it (`dist/`), and the server itself.

use std::{
    fs,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use anyhow::{Context as _, Result};

use crate::{
    layout::Layout,
    program::Program,
    progress::step,
    setup::{Tools, WASM},
};

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    Dev,
    Release,
}

impl Profile {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Release => "release",
        }
    }

    /// Cargo's profile for the app, and the folder cargo puts it in.
    const fn of_app(self) -> (&'static str, &'static str) {
        match self {
            Self::Dev => ("dev", "debug"),
            Self::Release => ("wasm-release", "wasm-release"),
        }
    }

    /// What the app's linker is told besides: pages that stand apart are cut out by what it notes of who refers to whom.
    const fn link_arguments(self) -> &'static [&'static str] {
        match self {
            Self::Dev => &[],
            Self::Release => &["--", "-C", "link-args=--emit-relocs"],
        }
    }

    const fn folder(self) -> &'static str {
        match self {
            Self::Dev => "debug",
            Self::Release => "release",
        }
    }
}

/// What rustc turns on for wasm by itself; wasm-opt takes nothing for granted.
const WASM_FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Builds the app into `dist/`, unless nothing it is made of has changed since.
pub fn app(layout: &Layout, tools: &Tools, profile: Profile) -> Result<()> {
    let (cargo_profile, folder) = profile.of_app();
    step(&format!("building the app ({})", profile.name()));
    tools
        .wasm
        .cargo(layout, &layout.target_wasm)
        .args(["rustc", "--package", "app", "--target", WASM, "--profile", cargo_profile])
        .args(profile.link_arguments())
        .run()?;
    let wasm = layout.target_wasm.join(WASM).join(folder).join("app.wasm");

    let mark = layout.dist.join(".inputs");
    let inputs = format!("{:016x}", inputs(layout, &wasm, profile)?);
    if layout.dist.join("shell.json").exists() && fs::read_to_string(&mark).is_ok_and(|built| built == inputs)
    {
        return Ok(());
    }
    let bindings = bind(layout, tools, profile, &wasm)?;
    step("putting the app together (style, boot script, service worker)");
    Program::new("node")
        .folder(&layout.root)
        .args([Path::new("xtask/node/bundle.mjs"), &layout.root, &layout.dist, &bindings])
        .args([profile.name()])
        .run()?;
    fs::write(mark, inputs)?;
    Ok(())
}

/// Turns what cargo built into what a browser loads: bindings, and for a release the smallest wasm.
fn bind(layout: &Layout, tools: &Tools, profile: Profile, wasm: &Path) -> Result<PathBuf> {
    let folder = layout.target_wasm.join("bindings").join(profile.name());
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    step("writing its JavaScript bindings");
    let debug: &[&str] = if profile == Profile::Dev { &["--debug"] } else { &[] };
    tools
        .native
        .cargo(layout, &layout.target)
        .args(["run", "--quiet", "--package", "wasm-bindings", "--"])
        .args([wasm, &folder])
        .args(debug)
        .run()?;
    if profile == Profile::Release {
        step("making the wasm small (wasm-opt)");
        let mut files = Vec::new();
        files_under(&folder, &mut files)?;
        for whole in files.iter().filter(|file| file.extension().is_some_and(|kind| kind == "wasm")) {
            let small = whole.with_extension("small");
            Program::new("node")
                .folder(&layout.root)
                .args(["node_modules/binaryen/bin/wasm-opt", "-Oz", "--strip-debug", "--strip-producers"])
                .args(WASM_FEATURES)
                .args([whole.as_path(), Path::new("-o"), &small])
                .run()?;
            fs::rename(small, whole)?;
        }
    }
    Ok(folder)
}

/// A number that changes when anything that `dist/` is made of does.
fn inputs(layout: &Layout, wasm: &Path, profile: Profile) -> Result<u64> {
    let mut hasher = DefaultHasher::new();
    profile.name().hash(&mut hasher);
    // Cargo leaves an unchanged file alone.
    let built = fs::metadata(wasm).with_context(|| wasm.display().to_string())?;
    built.len().hash(&mut hasher);
    built.modified()?.duration_since(UNIX_EPOCH)?.hash(&mut hasher);
    let mut files = vec![layout.root.join("package-lock.json")];
    for folder in ["public", "style", "xtask/node", "xtask/wasm-bindings"] {
        files_under(&layout.root.join(folder), &mut files)?;
    }
    files.sort();
    for file in files {
        file.strip_prefix(&layout.root)?.hash(&mut hasher);
        fs::read(&file)?.hash(&mut hasher);
    }
    Ok(hasher.finish())
}

/// Every file below a folder.
pub fn files_under(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            files_under(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// Builds the server; where it lies then.
pub fn server(layout: &Layout, tools: &Tools, profile: Profile) -> Result<PathBuf> {
    step(&format!("building the server ({})", profile.name()));
    tools
        .native
        .cargo(layout, &layout.target)
        .args(["build", "--package", "server", "--profile", profile.name()])
        .run()?;
    Ok(layout.target.join(profile.folder()).join("server"))
}
