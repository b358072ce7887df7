//! Whether an organisation's audit log is what was written: walked from its first entry to its head.
//!
//! What it cannot see is an end that was cut off together with the head, or a whole log written anew with hashes to
//! match: whoever keeps the last hash somewhere else sees that too.

use super::chained;
use crate::db::table::{Cells, instant, timestamp};
use crate::db::{Connection, Result};
use chrono::{DateTime, Utc};
use domain::ids::OrgUnitId;
use sqlx::Row as _;
use sqlx::postgres::PgRow;
use uuid::Uuid;

/// Entries held in memory at once.
const PAGE_ENTRIES: i64 = 5_000;

/// The first thing that does not fit, by the number of its entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The entry is not there, and a later one or the head is.
    Missing(i64),
    /// The entry does not follow the one before it: written elsewhere, or out of order.
    OutOfOrder(i64),
    /// A column of the entry is not what was written.
    Changed(i64),
    /// Every entry fits, and the head is of another; the number is that of the last entry.
    Head(i64),
}

/// What was found of one organisation's log.
#[derive(Clone, Debug)]
pub struct Verdict {
    pub organisation: OrgUnitId,
    /// Those that fit, from the first.
    pub entries: i64,
    /// Of the last that fits.
    pub hash: Vec<u8>,
    pub fault: Option<Fault>,
}

/// Every organisation's log, in the order of their ids. `connection` is in one snapshot.
pub async fn verify(connection: &mut Connection) -> Result<Vec<Verdict>> {
    let organisations: Vec<Uuid> = sqlx::query_scalar(
        "select id from org_unit where parent_id is null union select organisation_id from audit_log
         union select organisation_id from audit_head order by 1",
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut verdicts = Vec::with_capacity(organisations.len());
    for organisation in organisations {
        verdicts.push(walk(connection, organisation).await?);
    }
    Ok(verdicts)
}

async fn walk(connection: &mut Connection, organisation: Uuid) -> Result<Verdict> {
    let mut found =
        Verdict { organisation: OrgUnitId(organisation), entries: 0, hash: Vec::new(), fault: None };
    loop {
        let page = sqlx::query(
            "select seq, at, employee_id, act, subject_id, previous_hash, hash from audit_log
             where organisation_id = $1 and seq > $2 order by seq limit $3",
        )
        .bind(organisation)
        .bind(found.entries)
        .bind(PAGE_ENTRIES)
        .fetch_all(&mut *connection)
        .await?;
        for row in &page {
            match follows(row, &found)? {
                Ok(hash) => {
                    found.entries += 1;
                    found.hash = hash;
                }
                Err(fault) => return Ok(Verdict { fault: Some(fault), ..found }),
            }
        }
        if page.is_empty() {
            break;
        }
    }
    let head = sqlx::query("select seq, hash from audit_head where organisation_id = $1")
        .bind(organisation)
        .fetch_optional(connection)
        .await?;
    // Before the first entry there is no head.
    let (seq, hash): (i64, Vec<u8>) = head
        .map(|head| Ok::<_, sqlx::Error>((head.try_get(0)?, head.try_get(1)?)))
        .transpose()?
        .unwrap_or_default();
    if seq > found.entries {
        found.fault = Some(Fault::Missing(found.entries + 1));
    } else if (seq, &hash) != (found.entries, &found.hash) {
        found.fault = Some(Fault::Head(found.entries));
    }
    Ok(found)
}

/// The entry's hash, where it is the next one and what was written.
fn follows(row: &PgRow, before: &Verdict) -> Result<std::result::Result<Vec<u8>, Fault>> {
    let cells = &mut Cells::of(row);
    let seq: i64 = cells.next()?;
    let at: DateTime<Utc> = cells.next()?;
    let by: Option<Uuid> = cells.next()?;
    let act: &str = cells.next()?;
    let subject: Option<Uuid> = cells.next()?;
    let (previous, hash): (Vec<u8>, Vec<u8>) = (cells.next()?, cells.next()?);
    let expected = before.entries + 1;
    if seq != expected {
        return Ok(Err(Fault::Missing(expected)));
    }
    if previous != before.hash {
        return Ok(Err(Fault::OutOfOrder(seq)));
    }
    let written = timestamp(at);
    // What the hash does not tell apart and nobody writes: parts of a millisecond, the nil id for none.
    let is_as_written = instant(written) == at && subject != Some(Uuid::nil());
    let again = chained(&previous, seq, written, by.unwrap_or_default(), subject, act);
    Ok(if is_as_written && by.is_some() && again == hash { Ok(hash) } else { Err(Fault::Changed(seq)) })
}
