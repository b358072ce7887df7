//! `server verify-audit`: says of every organisation's audit log whether it is whole. Changes nothing, and goes on beside
//! a server that runs.

use crate::beside::{BesideError, at_database};
use crate::config::Config;
use crate::db::audit::{self, Fault, Verdict};
use crate::db::{self, Db};

/// Prints what it finds; answers whether every log is whole.
pub async fn run(config: &Config) -> Result<bool, BesideError> {
    let verdicts = at_database(config, verify).await?;
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
