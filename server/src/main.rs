//! `server`: reads its configuration and runs until it is told to stop, or does the one thing it was started for.

use server::config::{Command, Config, HELP};
use std::io::IsTerminal;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Migrations and statements are quiet unless asked for.
const LOG_DEFAULT: &str = "info,sqlx=warn";

#[tokio::main]
async fn main() -> ExitCode {
    if std::env::args().any(|argument| argument == "--help") {
        print!("{HELP}");
        return ExitCode::SUCCESS;
    }
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(LOG_DEFAULT));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_target(false)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
    let config = match Config::read(std::env::args().skip(1), |name| std::env::var(name).ok()) {
        Ok(config) => config,
        Err(error) => return failed(&error),
    };
    match config.command {
        Command::Serve => match server::run::run(config).await {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => failed(&error),
        },
        Command::VerifyAudit => ended(server::verify_audit::run(&config).await),
        Command::BeginEpoch => ended(server::begin_epoch::run(&config).await.map(|()| true)),
    }
}

/// How a command beside the server ended.
fn ended(done: Result<bool, server::beside::BesideError>) -> ExitCode {
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn failed(error: &dyn std::error::Error) -> ExitCode {
    eprintln!("Rounds cannot start: {error}");
    ExitCode::FAILURE
}
