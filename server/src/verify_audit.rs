//! `server verify-audit`: says of every organisation's audit log whether it is whole. Changes nothing, and goes on beside
//! a server that runs.

use crate::config::Config;
use crate::db::audit::{self, Fault, Verdict};
use crate::db::{self, Db};
use crate::embedded_postgres::{EmbeddedPostgres, EmbeddedPostgresError, running_options};
use sqlx::postgres::PgConnectOptions;
use thiserror::Error;

#[derive(Debug, Error)]
pub enum VerifyError {
    #[error(transparent)]
    Postgres(#[from] EmbeddedPostgresError),
    #[error("DATABASE_URL is not like postgres://user:password@host/database: {0}")]
    DatabaseUrl(sqlx::Error),
    #[error(
        "there is no database in the state folder {0}; name the server's in ROUNDS_STATE or with --state"
    )]
    NoDatabase(String),
    #[error("the audit log cannot be read: {0}")]
    Database(#[from] db::Error),
}

/// Prints what it finds; answers whether every log is whole.
pub async fn run(config: &Config) -> Result<bool, VerifyError> {
    if let Some(url) = &config.database_url {
        return report(url.parse().map_err(VerifyError::DatabaseUrl)?).await;
    }
    let running = running_options(&config.state)
        .ok_or_else(|| VerifyError::NoDatabase(config.state.display().to_string()))?;
    match EmbeddedPostgres::start(&config.state, config.postgres_binaries.as_deref()).await {
        Ok(postgres) => {
            let reported = report(postgres.options()).await;
            postgres.stop().await;
            reported
        }
        Err(EmbeddedPostgresError::InUse(_)) => report(running).await,
        Err(error) => Err(error.into()),
    }
}

async fn report(options: PgConnectOptions) -> Result<bool, VerifyError> {
    let db = Db::new(options);
    let verdicts = verify(&db).await;
    db.close().await;
    let verdicts = verdicts?;
    for verdict in &verdicts {
        println!("{}", line(verdict));
    }
    if verdicts.is_empty() {
        println!("no organisation yet, no audit log");
    }
    Ok(verdicts.iter().all(|verdict| verdict.fault.is_none()))
}

async fn verify(db: &Db) -> Result<Vec<Verdict>, db::Error> {
    db.reach().await?;
    let mut snapshot = db.snapshot_system().await?;
    audit::verify(&mut snapshot).await
}

/// One organisation, as whoever started the command reads it.
pub fn line(verdict: &Verdict) -> String {
    let organisation = verdict.organisation;
    let hash: String = verdict.hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let Some(fault) = &verdict.fault else {
        let entries = verdict.entries;
        return if entries == 0 {
            format!("organisation {organisation}: whole, no entries yet")
        } else {
            format!("organisation {organisation}: whole, {entries} entries, last hash {hash}")
        };
    };
    let what = match fault {
        Fault::Missing(seq) => format!("entry {seq} is missing"),
        Fault::OutOfOrder(seq) => format!("entry {seq} does not follow the one before it"),
        Fault::Changed(seq) => format!("entry {seq} was changed"),
        Fault::Head(seq) => format!("the head is not that of the last entry, {seq}"),
    };
    format!("organisation {organisation}: BROKEN, {what}; whole up to entry {}", verdict.entries)
}
