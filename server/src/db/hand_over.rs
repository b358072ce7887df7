//! 移交: customers leave one book for another with everything that hangs on them (SYNC.md, Streams).

use super::stream::{self, Bumped, Mark};
use super::{Connection, Error, Result, Scope};
use domain::ids::{BookId, CustomerId};
use domain::row::{Kind, RowKey};
use uuid::Uuid;

/// What follows a customer, with the statement that moves it.
const FOLLOWERS: [(Kind, &str); 15] = [
    (Kind::Contact, "update contact set book_id = $2 where customer_id = any($1) returning id"),
    (Kind::Promise, "update promise set book_id = $2 where customer_id = any($1) returning id"),
    (Kind::Conflict, "update conflict set book_id = $2 where customer_id = any($1) returning id"),
    (Kind::Visit, "update visit set book_id = $2 where customer_id = any($1) returning id"),
    (Kind::Task, "update task set book_id = $2 where customer_id = any($1) returning id"),
    (Kind::Contract, "update contract set book_id = $2 where customer_id = any($1) returning id"),
    (Kind::Event, "update event set book_id = $2 where customer_id = any($1) returning id"),
    (Kind::TierOverride, "update tier_override set book_id = $2 where customer_id = any($1) returning id"),
    (Kind::TierGoal, "update tier_goal set book_id = $2 where customer_id = any($1) returning id"),
    (Kind::Mark, "update mark set book_id = $2 where customer_id = any($1) returning id"),
    (Kind::Preparation, "update preparation set book_id = $2 where customer_id = any($1) returning id"),
    (Kind::Figures, "update figures set book_id = $2 where customer_id = any($1) returning id"),
    (Kind::Call, "update call set book_id = $2 where customer_id = any($1) returning id"),
    (Kind::Note, "update note set book_id = $2 where customer_id = any($1) returning id"),
    (Kind::Photo, "update photo set book_id = $2 where customer_id = any($1) returning id"),
];

/// What was moved, and whom to poke after the commit.
pub struct Moved {
    pub customers: Vec<CustomerId>,
    pub streams: Vec<Bumped>,
}

/// Moves the named customers, or all, out of `from`. Those no longer there stay where they are.
pub async fn hand_over(
    connection: &mut Connection,
    scope: &Scope,
    from: BookId,
    to: BookId,
    which: Option<&[CustomerId]>,
) -> Result<Moved> {
    if !scope.reads(from.into()) || !scope.reads(to.into()) {
        return Err(Error::OutsideScope);
    }
    let ids: Option<Vec<Uuid>> = which.map(|ids| ids.iter().map(|id| id.0).collect());
    // Held in id order, before the streams, as every change of a customer is.
    let moving: Vec<Uuid> = sqlx::query_scalar(
        "select id from customer where book_id = $1 and ($2::uuid[] is null or id = any($2)) order by id for update",
    )
    .bind(from.0)
    .bind(ids)
    .fetch_all(&mut *connection)
    .await?;
    if moving.is_empty() {
        return Ok(Moved { customers: Vec::new(), streams: Vec::new() });
    }
    sqlx::query("update customer set book_id = $2 where id = any($1)")
        .bind(&moving)
        .bind(to.0)
        .execute(&mut *connection)
        .await?;
    let mut keys: Vec<RowKey> = moving.iter().map(|&id| RowKey { kind: Kind::Customer, id }).collect();
    for (kind, statement) in FOLLOWERS {
        let followed: Vec<Uuid> =
            sqlx::query_scalar(statement).bind(&moving).bind(to.0).fetch_all(&mut *connection).await?;
        keys.extend(followed.into_iter().map(|id| RowKey { kind, id }));
    }
    let marks = keys
        .into_iter()
        .flat_map(|key| {
            [
                Mark { stream: from.into(), key, is_deleted: true },
                Mark { stream: to.into(), key, is_deleted: false },
            ]
        })
        .collect();
    let streams = stream::mark(connection, marks).await?;
    Ok(Moved { customers: moving.into_iter().map(CustomerId).collect(), streams })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_hangs_on_a_customer_follows_it() {
        for kind in Kind::ALL.iter().filter(|kind| kind.is_of_customer() && **kind != Kind::Customer) {
            let follower = FOLLOWERS.iter().find(|(follower, _)| follower == kind);
            let statement = follower.map(|(_, statement)| *statement).unwrap_or_default();
            assert!(statement.starts_with(&format!("update {} set", kind.word())), "{kind:?}");
        }
    }
}
