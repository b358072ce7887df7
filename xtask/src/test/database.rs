//! A PostgreSQL for one test run: empty, private, on a unix socket only, gone afterwards.

use std::{
    env, fs,
    os::unix::fs::chown,
    path::{Path, PathBuf},
    process,
};

use anyhow::{Context as _, Result};
use nix::unistd::{User, geteuid};

use crate::{
    interrupt::Reach,
    program::{Program, Running},
    progress::step,
};

/// It writes so in its log once it answers.
const READY: &str = "database system is ready to accept connections";
const SETTINGS: &[&str] = &[
    "listen_addresses=",
    "max_connections=200",
    // Nothing of it has to survive anything.
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "log_min_messages=log",
];

pub struct Database {
    server: Running,
    folder: PathBuf,
}

impl Database {
    pub fn start(programs: &Path) -> Result<Self> {
        step("starting a PostgreSQL for the tests");
        // Short: the path of a unix socket has some 100 bytes.
        let folder = env::temp_dir().join(format!("rounds-test-{}", process::id()));
        fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        let user = unprivileged()?;
        if let Some((uid, gid)) = user {
            chown(&folder, Some(uid), Some(gid))?;
        }
        let data = folder.join("data");
        Program::new(programs.join("initdb"))
            .args(["--username=rounds", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"])
            .args([Path::new("-D"), &data])
            .folder(&folder)
            .user(user)
            .run_quietly()?;
        let server = Program::new(programs.join("postgres"))
            .args([Path::new("-D"), &data, Path::new("-k"), &folder])
            .args(SETTINGS.iter().flat_map(|setting| ["-c", setting]))
            .folder(&folder)
            .user(user)
            // Its own processes are its own business.
            .start_until(Reach::Alone, |line| line.contains(READY))?;
        Ok(Self { server, folder })
    }

    /// For sqlx, which takes the socket's folder as the host. The role may create databases.
    pub fn url(&self) -> String {
        format!("postgres://rounds@localhost/postgres?host={}", self.folder.display())
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // A test run's result does not depend on whether its leavings could be removed.
        let _ = self.server.stop();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// PostgreSQL refuses to run as root.
fn unprivileged() -> Result<Option<(u32, u32)>> {
    if !geteuid().is_root() {
        return Ok(None);
    }
    for name in ["postgres", "nobody"] {
        if let Some(user) = User::from_name(name)? {
            return Ok(Some((user.uid.as_raw(), user.gid.as_raw())));
        }
    }
    anyhow::bail!("PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody")
}
