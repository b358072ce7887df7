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
    let listener = Listener::bind(&config).await?;
    let (options, postgres) = database(&config).await?;
    let db = Db::new(options);
    let photos = Photos::in_folder(&config.state.join("photos"))?;
    let services = Services::new(&config, db.clone(), photos);
    let background = [
        tokio::spawn(prepare(config.clone(), services.clone())),
        tokio::spawn(services.pokes.clone().poll(db.clone())),
        tokio::spawn(prune(db.clone())),
    ];
    let stop = async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    };
    listener.serve(http::router(services), stop).await;
    for task in background {
        task.abort();
    }
    db.close().await;
    if let Some(postgres) = postgres {
        postgres.stop().await;
    }
    Ok(())
}

async fn database(config: &Config) -> Result<(PgConnectOptions, Option<EmbeddedPostgres>), RunError> {
    match &config.database_url {
        Some(url) => Ok((url.parse().map_err(RunError::DatabaseUrl)?, None)),
        None => {
            let postgres =
                EmbeddedPostgres::start(&config.state, config.postgres_binaries.as_deref()).await?;
            Ok((postgres.options(), Some(postgres)))
        }
    }
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

/// Brings the database up to date, as soon as it is there; until then every request is told that it is away.
async fn prepare(config: Config, services: Services) {
    let mut said = String::new();
    loop {
        match prepare_once(&config, &services).await {
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
    db.migrate().await?;
    let mut connection = db.connection().await?;
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
async fn prune(db: Db) {
    loop {
        tokio::time::sleep(PRUNE_EVERY).await;
        if !db.is_prepared() {
            continue;
        }
        if let Err(error) = prune_once(&db).await {
            tracing::warn!("old tombstones stay for now: {error}");
        }
    }
}

async fn prune_once(db: &Db) -> db::Result<()> {
    let mut tx = db.begin().await?;
    db::stream::prune_tombstones(&mut tx, limits::TOMBSTONE_DAYS).await?;
    tx.commit().await?;
    Ok(())
}
