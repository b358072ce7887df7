//! The connection pool, and whether the database is there at all. The server starts without it and says so until it is.
//!
//! Connections of the pool work as [`roles`](super::roles) say: for nobody in particular until a [`Scope`] is entered,
//! and then within it to the end of the transaction.

use super::error::Result;
use super::roles;
use super::scope::Scope;
use sqlx::migrate::Migrator;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPoolOptions};
use sqlx::{Connection as _, PgPool, Postgres, Transaction};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

static MIGRATIONS: Migrator = sqlx::migrate!();

const CONNECTIONS_MAX: u32 = 20;
/// How long a request waits for a connection before it is told that the database is away.
const ACQUIRE_MAX: Duration = Duration::from_secs(4);

#[derive(Clone)]
pub struct Db {
    pool: PgPool,
    /// As whom the schema is made.
    owner: PgConnectOptions,
    is_prepared: Arc<AtomicBool>,
}

impl Db {
    /// Connects when first used.
    pub fn new(options: PgConnectOptions) -> Self {
        let owner = options.application_name("rounds");
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS_MAX)
            .acquire_timeout(ACQUIRE_MAX)
            // A ping before every use costs a round trip; a broken connection shows itself and the tablet tries again.
            .test_before_acquire(false)
            .idle_timeout(Duration::from_secs(300))
            .connect_lazy_with(roles::as_system(owner.clone()));
        Self { pool, owner, is_prepared: Arc::new(AtomicBool::new(false)) }
    }

    /// Connects once, apart from the pool: its error says why, where the pool would only say that it waited too long.
    pub async fn reach(&self) -> Result<()> {
        let connection = tokio::time::timeout(ACQUIRE_MAX, PgConnection::connect_with(&self.owner)).await;
        connection.map_err(|_| sqlx::Error::PoolTimedOut)??.close().await?;
        Ok(())
    }

    /// Brings the schema up to date; to be repeated until it succeeds.
    pub async fn migrate(&self) -> std::result::Result<(), sqlx::migrate::MigrateError> {
        let mut migrator = Migrator { ..Migrator::DEFAULT };
        migrator.migrations = MIGRATIONS.migrations.clone();
        // Portable SQL: no advisory locks. Two servers that migrate at once collide on a key, and one tries again.
        migrator.set_locking(false);
        let owner = PgPoolOptions::new().max_connections(1).connect_with(self.owner.clone()).await?;
        let mut connection = owner.acquire().await?;
        roles::ensure(&mut connection).await?;
        drop(connection);
        migrator.run(&owner).await?;
        let mut connection = owner.acquire().await?;
        roles::check(&mut connection).await?;
        drop(connection);
        owner.close().await;
        Ok(())
    }

    /// From here on requests are served.
    pub fn set_prepared(&self) {
        self.is_prepared.store(true, Ordering::Release);
    }

    /// False until the database has been reached and is up to date.
    pub fn is_prepared(&self) -> bool {
        self.is_prepared.load(Ordering::Acquire)
    }

    /// A transaction within a scope.
    pub async fn begin(&self, scope: &Scope) -> Result<Transaction<'static, Postgres>> {
        let mut transaction = self.begin_system().await?;
        scope.enter(&mut transaction).await?;
        Ok(transaction)
    }

    /// One snapshot within a scope for all that is read, changing nothing.
    pub async fn snapshot(&self, scope: &Scope) -> Result<Transaction<'static, Postgres>> {
        let mut transaction = self.snapshot_system().await?;
        scope.enter(&mut transaction).await?;
        Ok(transaction)
    }

    /// For single statements of nobody in particular: nothing of a customer can be reached by it.
    pub async fn system(&self) -> Result<PoolConnection<Postgres>> {
        Ok(self.pool.acquire().await?)
    }

    /// As [`Db::system`]; whoever learns who is asking may enter their scope.
    pub async fn begin_system(&self) -> Result<Transaction<'static, Postgres>> {
        Ok(self.pool.begin().await?)
    }

    /// As [`Db::system`], one snapshot for all that is read, changing nothing.
    pub async fn snapshot_system(&self) -> Result<Transaction<'static, Postgres>> {
        Ok(self.pool.begin_with("begin isolation level repeatable read read only").await?)
    }

    pub async fn ping(&self) -> Result<()> {
        sqlx::query("select 1").execute(&self.pool).await?;
        Ok(())
    }

    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// Creates the database of a fresh private PostgreSQL. `options` lead to its maintenance database.
pub async fn create_database(options: &PgConnectOptions) -> std::result::Result<(), sqlx::Error> {
    let mut connection = PgConnection::connect_with(options).await?;
    let exists: bool = sqlx::query_scalar("select exists (select from pg_database where datname = 'rounds')")
        .fetch_one(&mut connection)
        .await?;
    if !exists {
        sqlx::query("create database rounds").execute(&mut connection).await?;
    }
    connection.close().await
}
