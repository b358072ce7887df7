//! Python for schemathesis: an environment of its own, as `requirements.txt` says.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

use crate::{layout::Layout, program::Program, progress::step};

const REQUIREMENTS: &str = "server/tests/described/requirements.txt";

/// Whether environments can be made: Debian splits that off.
pub fn is_there() -> bool {
    Program::new("python3").args(["-c", "import venv, ensurepip"]).run_quietly().is_ok()
}

/// The folder with the programs of the environment; installs when the requirements are not those installed.
pub fn prepare(layout: &Layout) -> Result<PathBuf> {
    let requirements = fs::read(layout.root.join(REQUIREMENTS)).context(REQUIREMENTS)?;
    let folder = layout.target.join("schemathesis");
    let programs = folder.join("bin");
    let installed = folder.join("installed.txt");
    if fs::read(&installed).is_ok_and(|bytes| bytes == requirements) && programs.join("st").is_file() {
        return Ok(programs);
    }
    step("installing schemathesis (pip; half a minute)");
    Program::new("python3")
        .args([Path::new("-m"), Path::new("venv"), Path::new("--clear"), &folder])
        .run()?;
    Program::new(programs.join("python"))
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--requirement",
            REQUIREMENTS,
        ])
        .folder(&layout.root)
        .run()?;
    fs::write(installed, requirements)?;
    Ok(programs)
}
