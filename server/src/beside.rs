//! Commands that look at or change the database of an installation, whether its server runs or not.

use crate::config::Config;
use crate::db::{self, Db};
use crate::embedded_postgres::{EmbeddedPostgres, EmbeddedPostgresError, running_options};
use sqlx::postgres::PgConnectOptions;
use thiserror::Error;

#[derive(Debug, Error)]
pub enum BesideError {
    #[error(transparent)]
    Postgres(#[from] EmbeddedPostgresError),
    #[error("DATABASE_URL is not like postgres://user:password@host/database: {0}")]
    DatabaseUrl(sqlx::Error),
    #[error(
        "there is no database in the state folder {0}; name the server's in ROUNDS_STATE or with --state"
    )]
    NoDatabase(String),
    #[error("the database does not do it: {0}")]
    Database(#[from] db::Error),
}

/// Does `work` in the installation's database; starts a private PostgreSQL that is not running for as long.
pub async fn at_database<T>(
    config: &Config,
    work: impl AsyncFnOnce(&Db) -> Result<T, db::Error>,
) -> Result<T, BesideError> {
    if let Some(url) = &config.database_url {
        return within(url.parse().map_err(BesideError::DatabaseUrl)?, work).await;
    }
    let running = running_options(&config.state)
        .ok_or_else(|| BesideError::NoDatabase(config.state.display().to_string()))?;
    match EmbeddedPostgres::start(&config.state, config.postgres_binaries.as_deref()).await {
        Ok(postgres) => {
            let done = within(postgres.options(), work).await;
            postgres.stop().await;
            done
        }
        Err(EmbeddedPostgresError::InUse(_)) => within(running, work).await,
        Err(error) => Err(error.into()),
    }
}

async fn within<T>(
    options: PgConnectOptions,
    work: impl AsyncFnOnce(&Db) -> Result<T, db::Error>,
) -> Result<T, BesideError> {
    let db = Db::new(options);
    let done = work(&db).await;
    db.close().await;
    Ok(done?)
}
