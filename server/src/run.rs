//! From configuration to a server that answers, and back: everything started here is stopped here.

use crate::config::Config;
use crate::db::{self, Db, installation};
use crate::embedded_postgres::{EmbeddedPostgres, EmbeddedPostgresError};
use crate::photos::{Photos, PhotosError};
use crate::sample::{self, SampleError};
use crate::serve::{Listener, ServeError};
use crate::services::Services;
use crate::token::Token;
use crate::{clock, http};
use domain::limits;
use sqlx::postgres::PgConnectOptions;
use std::time::Duration;
use thiserror::Error;
use tokio::signal::unix::{SignalKind, signal};
use uuid::Uuid;

const RETRY: Duration = Duration::from_secs(2);
/// What is still under way at the end is not answered any more; its transaction never happened.
const CLOSE_MAX: Duration = Duration::from_secs(2);
const PRUNE_EVERY: Duration = Duration::from_secs(6 * 3_600);

#[derive(Debug, Error)]
pub enum RunError {
    #[error(transparent)]
    Serve(#[from] ServeError),
    #[error(transparent)]
    Postgres(#[from] EmbeddedPostgresError),
    #[error("DATABASE_URL is not like postgres://user:password@host/database: {0}")]
    DatabaseUrl(sqlx::Error),
    #[error(transparent)]
    Photos(#[from] PhotosError),
    #[error("signals cannot be heard: {0}")]
    Signals(std::io::Error),
}

/// Runs until SIGINT or SIGTERM.
pub async fn run(config: Config) -> Result<(), RunError> {
    let mut interrupt = signal(SignalKind::interrupt()).map_err(RunError::Signals)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(RunError::Signals)?;
    let stop = async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    };
    let listener = Listener::bind(&config).await?;
    match &config.database_url {
        Some(url) => serve(&config, listener, url.parse().map_err(RunError::DatabaseUrl)?, stop).await,
        None => {
            let postgres =
                EmbeddedPostgres::start(&config.state, config.postgres_binaries.as_deref()).await?;
            let served = tokio::select! {
                served = serve(&config, listener, postgres.options(), stop) => served,
                () = postgres.keep_running() => Ok(()),
            };
            postgres.stop().await;
            served
        }
    }
}

async fn serve(
    config: &Config,
    listener: Listener,
    options: PgConnectOptions,
    stop: impl Future<Output = ()>,
) -> Result<(), RunError> {
    let db = Db::new(options);
    let photos = Photos::in_folder(&config.state.join("photos"))?;
    let services = Services::new(config, db.clone(), photos);
    let background = [
        tokio::spawn(look_after(config.clone(), services.clone())),
        tokio::spawn(services.pokes.clone().poll(db.clone())),
    ];
    listener.serve(http::router(services), stop).await;
    for task in background {
        task.abort();
    }
    if tokio::time::timeout(CLOSE_MAX, db.close()).await.is_err() {
        tracing::debug!("connections to the database were cut at the end");
    }
    Ok(())
}

#[derive(Debug, Error)]
enum PrepareError {
    #[error(transparent)]
    Migrate(#[from] sqlx::migrate::MigrateError),
    #[error(transparent)]
    Database(#[from] db::Error),
    #[error(transparent)]
    Random(#[from] getrandom::Error),
    #[error(transparent)]
    Sample(#[from] SampleError),
}

/// Prepares the database, then keeps it from growing.
async fn look_after(config: Config, services: Services) {
    prepare(&config, &services).await;
    prune(&services.db).await;
}

/// Brings the database up to date, as soon as it is there; until then every request is told that it is away.
async fn prepare(config: &Config, services: &Services) {
    let mut said = String::new();
    loop {
        match prepare_once(config, services).await {
            Ok(()) => return,
            Err(error) => {
                let error = error.to_string();
                if error != said {
                    tracing::error!("the database cannot be used yet, trying again every {RETRY:?}: {error}");
                    said = error;
                }
            }
        }
        tokio::time::sleep(RETRY).await;
    }
}

async fn prepare_once(config: &Config, services: &Services) -> Result<(), PrepareError> {
    let db = &services.db;
    db.reach().await?;
    db.migrate().await?;
    let mut connection = db.system().await?;
    installation::ensure(&mut connection, Uuid::now_v7()).await?;
    let is_empty = !db::has_employees(&mut connection).await?;
    let mut setup = None;
    if is_empty && config.is_sample {
        sample::fill(db, clock::now()).await?;
    } else if is_empty {
        let token = Token::new()?;
        installation::set_setup_token(&mut connection, Some(&token.hash())).await?;
        setup = Some(token);
    }
    drop(connection);
    db.set_prepared();
    say_ready(config, setup.as_ref());
    Ok(())
}

/// On the console, for whoever started the server.
fn say_ready(config: &Config, setup: Option<&Token>) {
    let url = config.url();
    println!("Rounds listens on {url}");
    if let Some(token) = setup {
        println!("Nobody can sign in yet. Make the first administrator here, once:");
        println!("{url}/app/setup#{}", token.text());
    }
    if config.is_sample {
        println!("{}", sample::SIGN_INS);
    }
}

/// Tombstones are kept for a time; a device away for longer receives its streams whole.
async fn prune(db: &Db) {
    loop {
        if let Err(error) = prune_once(db).await {
            tracing::warn!("old tombstones stay for now: {error}");
        }
        tokio::time::sleep(PRUNE_EVERY).await;
    }
}

async fn prune_once(db: &Db) -> db::Result<()> {
    let mut tx = db.begin_system().await?;
    db::stream::prune_tombstones(&mut tx, limits::TOMBSTONE_DAYS).await?;
    tx.commit().await?;
    Ok(())
}
