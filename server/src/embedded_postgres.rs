//! A private PostgreSQL of our own: started from the system's binaries under the state folder, reached by a unix socket
//! in a private folder, never by TCP. The only place in the server that starts other programs.
//!
//! - A postmaster that survived our own crash is used again.
//! - PostgreSQL refuses to run as root: its processes then belong to an unprivileged user.
//! - If it ends by itself it is started again ([`EmbeddedPostgres::keep_running`]); it is stopped with the server
//!   ([`EmbeddedPostgres::stop`]).

mod binaries;
mod folder;
mod user;

pub use binaries::BINARIES_VARIABLE;

use crate::db::create_database;
use binaries::Binaries;
use folder::Folder;
use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions, Connection};
use std::fs::File;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use thiserror::Error;
use tokio::process::{Child, Command};
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep};
use user::User;

/// The superuser inside the private cluster; nobody else can reach its socket.
const ROLE: &str = "rounds";
const DATABASE: &str = "rounds";
/// Names the socket file; no port is opened.
const PORT: u16 = 5432;
const URL_FILE: &str = "postgres.url";
const START_MAX: Duration = Duration::from_secs(60);
const STOP_MAX: Duration = Duration::from_secs(20);
const POLL: Duration = Duration::from_millis(10);
/// How long what is left of a killed PostgreSQL may keep a new one from starting.
const LEFT_OVER_MAX: Duration = Duration::from_secs(20);
/// How soon an end that was not ours is noticed.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Small machines first: a branch's data fits the page cache, and the server beside it wants its memory.
const SETTINGS: &[&str] = &[
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "max_connections=60",
    "shared_buffers=48MB",
    "work_mem=8MB",
    "maintenance_work_mem=48MB",
    "max_wal_size=512MB",
    "wal_level=minimal",
    "max_wal_senders=0",
    "synchronous_commit=on",
    "max_parallel_workers_per_gather=0",
    "jit=off",
    "random_page_cost=1.1",
    "logging_collector=off",
    "log_min_messages=warning",
    // A statement in the log could hold personal data.
    "log_min_error_statement=panic",
    "log_statement=none",
    "log_error_verbosity=terse",
];

#[derive(Debug, Error)]
pub enum EmbeddedPostgresError {
    #[error(
        "no PostgreSQL found (initdb and postgres). Install it (Debian: apt-get install postgresql), name its folder \
         in ROUNDS_POSTGRES_BIN, or set DATABASE_URL to a database that already runs"
    )]
    NoBinaries,
    #[error(
        "the database in {folder} was made by PostgreSQL {found}, and only {available} is installed. Install \
         PostgreSQL {found}, or move the folder away to begin anew"
    )]
    OtherVersion { folder: String, found: String, available: String },
    #[error("the state folder {folder} cannot be written: {source}. Give another one in ROUNDS_STATE")]
    NotWritable { folder: String, source: std::io::Error },
    #[error(
        "another server is using the state folder {0}. Stop it first, or give another one in ROUNDS_STATE"
    )]
    InUse(String),
    #[error("PostgreSQL does not run as root, and neither a user postgres nor nobody exists to run it as")]
    NoUser,
    #[error("initdb failed: {0}")]
    Initdb(String),
    #[error("PostgreSQL did not start; the last lines of {log}:\n{tail}")]
    Start { log: String, tail: String },
    #[error("PostgreSQL could not be started: {0}")]
    Io(#[from] std::io::Error),
    #[error("the private database could not be prepared: {0}")]
    Database(#[from] sqlx::Error),
}

pub struct EmbeddedPostgres {
    cluster: Cluster,
    process: Mutex<Process>,
    /// Held while this server uses the state folder.
    _lock: File,
}

/// What is started, and as whom.
struct Cluster {
    binaries: Binaries,
    folder: Folder,
    user: Option<User>,
    /// To its maintenance database.
    options: PgConnectOptions,
}

struct Process {
    pid: Pid,
    /// None for a postmaster that was already running.
    child: Option<Child>,
}

impl Process {
    fn has_ended(&mut self) -> bool {
        match &mut self.child {
            Some(child) => !matches!(child.try_wait(), Ok(None)),
            None => test_kill_process(self.pid).is_err(),
        }
    }
}

impl EmbeddedPostgres {
    /// Starts the cluster under `<state>/postgres`, making it first where there is none.
    pub async fn start(state: &Path, given_binaries: Option<&Path>) -> Result<Self, EmbeddedPostgresError> {
        let lock = lock(state)?;
        let user = User::to_run_as()?;
        let folder = Folder::prepare(state, user.as_ref())?;
        let binaries = Binaries::find(given_binaries, &folder.data)?;
        if !folder.is_initialised() {
            initdb(&binaries, &folder, user.as_ref()).await?;
        }
        let options = PgConnectOptions::new_without_pgpass()
            .socket(&folder.socket)
            .port(PORT)
            .username(ROLE)
            .database("postgres");
        let cluster = Cluster { binaries, folder, user, options };
        let process = cluster.take_over_or_start().await?;
        create_database(&cluster.options).await?;
        std::fs::write(state.join(URL_FILE), url(&cluster.folder.socket))?;
        Ok(Self { cluster, process: Mutex::new(process), _lock: lock })
    }

    pub fn options(&self) -> PgConnectOptions {
        self.cluster.options.clone().database(DATABASE)
    }

    /// Starts it again whenever it has ended without our doing. Runs until dropped, which is to be before
    /// [`EmbeddedPostgres::stop`].
    pub async fn keep_running(&self) {
        loop {
            sleep(LOOK_EVERY).await;
            let mut process = self.process.lock().await;
            if !process.has_ended() {
                continue;
            }
            tracing::warn!("PostgreSQL has ended; starting it again");
            match self.cluster.start().await {
                Ok(again) => *process = again,
                // Its last processes may still be about; the next look tries again.
                Err(error) => tracing::warn!("{error}"),
            }
        }
    }

    /// Ends every connection and waits until the cluster has been written down.
    pub async fn stop(&self) {
        let mut process = self.process.lock().await;
        // SIGINT is PostgreSQL's fast shutdown.
        if process.has_ended() || kill_process(process.pid, Signal::INT).is_err() {
            return;
        }
        let deadline = Instant::now() + STOP_MAX;
        while Instant::now() < deadline {
            if process.has_ended() {
                return;
            }
            sleep(POLL).await;
        }
        tracing::warn!("PostgreSQL did not stop within {STOP_MAX:?}; it is left to itself");
    }
}

/// To the private database a server started under this state folder, running or not; None where there never was one.
pub fn running_options(state: &Path) -> Option<PgConnectOptions> {
    std::fs::read_to_string(state.join(URL_FILE)).ok()?.trim().parse().ok()
}

/// `psql "$(cat var/postgres.url)"`
fn url(socket: &Path) -> String {
    format!("postgresql:///{DATABASE}?host={}&port={PORT}&user={ROLE}\n", socket.display())
}

fn lock(state: &Path) -> Result<File, EmbeddedPostgresError> {
    let not_writable =
        |source| EmbeddedPostgresError::NotWritable { folder: state.display().to_string(), source };
    std::fs::create_dir_all(state).map_err(not_writable)?;
    let file = File::create(state.join("server.lock")).map_err(not_writable)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => {
            Err(EmbeddedPostgresError::InUse(state.display().to_string()))
        }
        Err(std::fs::TryLockError::Error(source)) => Err(not_writable(source)),
    }
}

fn command(program: &Path, user: Option<&User>) -> Command {
    let mut command = std::process::Command::new(program);
    // Ctrl+C in a terminal reaches our process group; PostgreSQL is told by us, after the requests under way.
    command.process_group(0).env_clear().env("LC_ALL", "C").current_dir("/").stdin(Stdio::null());
    if let Some(user) = user {
        command.uid(user.uid).gid(user.gid);
    }
    Command::from(command)
}

/// Into a folder beside, renamed when complete: an interrupted initdb leaves nothing that looks like a cluster.
async fn initdb(
    binaries: &Binaries,
    folder: &Folder,
    user: Option<&User>,
) -> Result<(), EmbeddedPostgresError> {
    let fresh = folder.base.join("data.new");
    if fresh.exists() {
        std::fs::remove_dir_all(&fresh)?;
    }
    let mut said = String::new();
    // macOS before 15 has no C.UTF-8; plain C orders text the same way.
    for locale in ["--locale=C.UTF-8", "--locale=C"] {
        let output = command(&binaries.initdb, user)
            .args([locale, "--encoding=UTF8", "--auth=trust", "--username", ROLE, "--pgdata"])
            .arg(&fresh)
            .output()
            .await?;
        if output.status.success() {
            std::fs::rename(&fresh, &folder.data)?;
            return Ok(());
        }
        said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    }
    Err(EmbeddedPostgresError::Initdb(said))
}

impl Cluster {
    /// The postmaster that survived our own crash, if it answers.
    async fn running(&self) -> Option<Process> {
        let noted = std::fs::read_to_string(self.folder.data.join("postmaster.pid")).ok()?;
        let pid = noted.lines().next().and_then(|line| line.trim().parse().ok()).and_then(Pid::from_raw)?;
        test_kill_process(pid).ok()?;
        self.answers().await.ok()?;
        Some(Process { pid, child: None })
    }

    async fn answers(&self) -> Result<(), sqlx::Error> {
        PgConnection::connect_with(&self.options.clone().disable_statement_logging()).await?.close().await
    }

    /// A PostgreSQL that was killed leaves processes which for a moment hold its memory or are still beginning: nothing can
    /// be started beside them, and nothing answers yet.
    async fn take_over_or_start(&self) -> Result<Process, EmbeddedPostgresError> {
        let deadline = Instant::now() + LEFT_OVER_MAX;
        let was_killed = self.folder.data.join("postmaster.pid").exists();
        loop {
            if let Some(process) = self.running().await {
                return Ok(process);
            }
            match self.start().await {
                Err(EmbeddedPostgresError::Start { .. }) if was_killed && Instant::now() < deadline => {
                    sleep(LOOK_EVERY).await;
                }
                started => return started,
            }
        }
    }

    async fn start(&self) -> Result<Process, EmbeddedPostgresError> {
        let log_path = self.folder.base.join("log");
        let log = File::create(&log_path)?;
        let mut command = command(&self.binaries.postgres, self.user.as_ref());
        command.arg("-D").arg(&self.folder.data).arg("-k").arg(&self.folder.socket);
        command.arg("-p").arg(PORT.to_string());
        for setting in SETTINGS {
            command.arg("-c").arg(setting);
        }
        command.stdout(log.try_clone()?).stderr(log);
        let mut child = command.spawn()?;
        let deadline = Instant::now() + START_MAX;
        while self.answers().await.is_err() {
            if child.try_wait()?.is_some() || Instant::now() > deadline {
                return Err(EmbeddedPostgresError::Start {
                    log: log_path.display().to_string(),
                    tail: last_lines(&log_path, 5),
                });
            }
            sleep(POLL).await;
        }
        let pid = child.id().and_then(|pid| i32::try_from(pid).ok()).and_then(Pid::from_raw);
        let pid = pid.ok_or_else(|| std::io::Error::other("the postmaster has no process id"))?;
        Ok(Process { pid, child: Some(child) })
    }
}

fn last_lines(path: &PathBuf, count: usize) -> String {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines.get(lines.len().saturating_sub(count)..).unwrap_or_default().join("\n")
}
