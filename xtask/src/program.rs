//! Starting other programs: the only place of the project, with the server's private PostgreSQL, that does.
//!
//! Whatever is started is watched by [`crate::interrupt`] and never outlives the command.

use std::{
    ffi::OsStr,
    io::{BufRead as _, BufReader, Read},
    os::unix::process::CommandExt as _,
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};
use nix::sys::signal::Signal;

use crate::interrupt::{self, Reach};

/// How often a program with a time limit is looked at.
const LIMIT_POLL: Duration = Duration::from_millis(100);

pub struct Program {
    command: Command,
    name: String,
}

/// A program that is running; ended when this goes.
pub struct Running {
    child: Child,
    name: String,
    reach: Reach,
}

impl Program {
    pub fn new(program: impl AsRef<OsStr>) -> Self {
        let name = Path::new(program.as_ref())
            .file_name()
            .unwrap_or(program.as_ref())
            .to_string_lossy()
            .into_owned();
        let mut command = Command::new(program);
        command.stdin(Stdio::null()).process_group(0);
        Self { command, name }
    }

    pub fn args<A: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = A>) -> Self {
        self.command.args(arguments);
        self
    }

    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    pub fn env_remove(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    pub fn folder(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Runs it as this user and group (number), which only root may ask for.
    pub fn user(mut self, user: Option<(u32, u32)>) -> Self {
        if let Some((uid, gid)) = user {
            self.command.uid(uid).gid(gid);
        }
        self
    }

    /// Runs to its end; what it prints passes through.
    pub fn run(self) -> Result<()> {
        let name = self.name.clone();
        let status = self.start(Reach::Group)?.wait()?;
        accept(&name, status)
    }

    /// Runs to its end in silence: what it said is in the error when it fails.
    pub fn run_quietly(mut self) -> Result<()> {
        let name = self.name.clone();
        self.command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut said = String::new();
        let status = self.collect(|line| {
            said.push_str(line);
            said.push('\n');
        })?;
        accept(&name, status).with_context(|| said.trim_end().to_owned())
    }

    /// Runs to its end, ended by force after `limit`.
    pub fn run_within(self, limit: Duration) -> Result<()> {
        let name = self.name.clone();
        let mut running = self.start(Reach::Group)?;
        let start = Instant::now();
        loop {
            if let Some(status) = running.child.try_wait()? {
                return accept(&name, status);
            }
            if start.elapsed() > limit {
                bail!("{name} did not finish within {} s", limit.as_secs());
            }
            thread::sleep(LIMIT_POLL);
        }
    }

    /// What it prints to stdout.
    pub fn text(mut self) -> Result<String> {
        let name = self.name.clone();
        self.command.stdout(Stdio::piped());
        let mut running = self.start(Reach::Group)?;
        let mut text = String::new();
        if let Some(mut stdout) = running.child.stdout.take() {
            stdout.read_to_string(&mut text)?;
        }
        accept(&name, running.wait()?)?;
        Ok(text)
    }

    /// Runs to its end; each line of both its outputs is printed and handed to `read`. Whether it succeeded.
    pub fn read(mut self, mut read: impl FnMut(&str)) -> Result<bool> {
        self.command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let status = self.collect(|line| {
            println!("{line}");
            read(line);
        })?;
        Ok(status.success())
    }

    /// Starts it and goes on.
    pub fn start(mut self, reach: Reach) -> Result<Running> {
        if interrupt::is_asked() {
            bail!("stopped");
        }
        let child = self.command.spawn().with_context(|| format!("cannot start {}", self.name))?;
        interrupt::watch(&child, reach);
        Ok(Running { child, name: self.name, reach })
    }

    /// Starts it, and waits until a line of its stderr is `ready`; later lines are dropped.
    pub fn start_until(mut self, reach: Reach, ready: impl Fn(&str) -> bool) -> Result<Running> {
        self.command.stderr(Stdio::piped());
        let mut running = self.start(reach)?;
        let stderr = running.child.stderr.take().context("no stderr")?;
        let mut lines = BufReader::new(stderr);
        let mut said = String::new();
        loop {
            let mut line = String::new();
            if lines.read_line(&mut line)? == 0 {
                bail!("{} ended before it was ready:\n{said}", running.name);
            }
            if ready(&line) {
                break;
            }
            said.push_str(&line);
        }
        // Read on, or the pipe fills and it stops.
        thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
        Ok(running)
    }

    fn collect(self, mut take: impl FnMut(&str)) -> Result<ExitStatus> {
        let mut running = self.start(Reach::Group)?;
        let (send, lines) = mpsc::channel();
        if let Some(stdout) = running.child.stdout.take() {
            send_lines(stdout, send.clone());
        }
        if let Some(stderr) = running.child.stderr.take() {
            send_lines(stderr, send);
        }
        for line in lines {
            take(&line);
        }
        running.wait()
    }
}

impl Running {
    pub fn wait(&mut self) -> Result<ExitStatus> {
        let status = self.child.wait()?;
        interrupt::forget(&self.child);
        Ok(status)
    }

    pub fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// Asks it to stop and waits until it has.
    pub fn stop(&mut self) -> Result<ExitStatus> {
        if !self.has_ended() {
            interrupt::stop(&self.child, Signal::SIGINT, self.reach);
        }
        self.wait()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if !self.has_ended() {
            interrupt::stop(&self.child, Signal::SIGTERM, self.reach);
            // Nothing is left to tell: it is being ended.
            let _ = self.child.wait();
        }
        interrupt::forget(&self.child);
    }
}

fn send_lines(output: impl Read + Send + 'static, send: mpsc::Sender<String>) {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let mut output = BufReader::new(output);
        while matches!(output.read_until(b'\n', &mut bytes), Ok(length) if length > 0) {
            let line = String::from_utf8_lossy(&bytes).trim_end_matches(['\n', '\r']).to_owned();
            bytes.clear();
            if send.send(line).is_err() {
                break;
            }
        }
    });
}

fn accept(name: &str, status: ExitStatus) -> Result<()> {
    if status.success() {
        return Ok(());
    }
    if interrupt::is_asked() {
        bail!("stopped");
    }
    bail!("{name} failed ({status})")
}
