//! What is true of the whole installation.

use super::{Connection, Result};
use uuid::Uuid;

/// Makes the one row when the database is new.
pub async fn ensure(connection: &mut Connection, epoch: Uuid) -> Result<()> {
    sqlx::query(
        "insert into installation (id, epoch, created_at) values (1, $1, now()) on conflict (id) do nothing",
    )
    .bind(epoch)
    .execute(connection)
    .await?;
    Ok(())
}

/// Another life of the database: what devices know of the former one holds no longer.
pub async fn begin_epoch(connection: &mut Connection, epoch: Uuid) -> Result<()> {
    sqlx::query("update installation set epoch = $1 where id = 1").bind(epoch).execute(connection).await?;
    Ok(())
}

/// The token that makes the first administrator; None once there is one.
pub async fn set_setup_token(connection: &mut Connection, hash: Option<&[u8]>) -> Result<()> {
    sqlx::query("update installation set setup_token_hash = $1 where id = 1")
        .bind(hash)
        .execute(connection)
        .await?;
    Ok(())
}

/// Whether this is the token, without taking it.
pub async fn is_setup_token(connection: &mut Connection, hash: &[u8]) -> Result<bool> {
    Ok(sqlx::query_scalar("select count(*) = 1 from installation where id = 1 and setup_token_hash = $1")
        .bind(hash)
        .fetch_one(connection)
        .await?)
}

/// Takes the token, so that of two requests with it only one succeeds.
pub async fn take_setup_token(connection: &mut Connection, hash: &[u8]) -> Result<bool> {
    let taken =
        sqlx::query("update installation set setup_token_hash = null where id = 1 and setup_token_hash = $1")
            .bind(hash)
            .execute(connection)
            .await?;
    Ok(taken.rows_affected() == 1)
}
