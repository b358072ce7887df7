//! `server begin-epoch`: what an operator does once the database was restored from a backup. Every device notices at its
//! next contact, fetches its rows anew and sends again what the backup has lost of its edits.

use crate::beside::{BesideError, at_database};
use crate::config::Config;
use crate::db::{self, Db, installation};
use uuid::Uuid;

pub async fn run(config: &Config) -> Result<(), BesideError> {
    let epoch = at_database(config, begin).await?;
    println!("epoch {epoch} begun: every device begins anew at its next contact and sends what was lost");
    Ok(())
}

pub async fn begin(db: &Db) -> Result<Uuid, db::Error> {
    db.reach().await?;
    let epoch = Uuid::now_v7();
    let mut tx = db.begin_system().await?;
    installation::begin_epoch(&mut tx, epoch).await?;
    tx.commit().await?;
    Ok(epoch)
}
