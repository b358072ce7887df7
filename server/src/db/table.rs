//! What every table of synced rows can do, written once: read by id, read a page of a stream, write many, delete many.

use chrono::{DateTime, Utc};
use domain::row::{FromRow, Row};
use domain::time::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::postgres::PgRow;
use sqlx::types::Json;
use sqlx::{Decode, Postgres, Row as _, Type};
use std::str::FromStr;
use uuid::Uuid;

pub(super) trait Table: FromRow + Into<Row> + Serialize + Send + Sync + Unpin {
    /// `$1` ids, `$2` streams in scope.
    const BY_IDS: &'static str;
    /// `$1` stream, `$2` below this id, `$3` at most so many; the newest (highest id) first.
    const PAGE: &'static str;
    /// `$1` ids: which of them exist, in whatever scope.
    const TAKEN: &'static str;
    /// `$1` ids, `$2` streams in scope.
    const DELETE: &'static str;
    /// `$1` a JSON array of rows as `domain` writes them, each with its `stream`.
    const WRITE: &'static str;

    fn read(cells: &mut Cells<'_>) -> Result<Self, sqlx::Error>;
}

macro_rules! table {
    (
        $row:ty, $table:literal, stream: $stream:literal, columns: $columns:literal, write: $write:literal,
        read: $read:expr $(,)?
    ) => {
        impl $crate::db::table::Table for $row {
            const BY_IDS: &'static str = concat!(
                "select ",
                $columns,
                " from ",
                $table,
                " where id = any($1) and ",
                $stream,
                " = any($2)"
            );
            const PAGE: &'static str = concat!(
                "select ",
                $columns,
                " from ",
                $table,
                " where ",
                $stream,
                " = $1 and id < $2 order by id desc limit $3"
            );
            const TAKEN: &'static str = concat!("select id from ", $table, " where id = any($1)");
            const DELETE: &'static str =
                concat!("delete from ", $table, " where id = any($1) and ", $stream, " = any($2)");
            const WRITE: &'static str = $write;

            fn read(cells: &mut $crate::db::table::Cells<'_>) -> ::std::result::Result<Self, sqlx::Error> {
                let read: fn(&mut $crate::db::table::Cells<'_>) -> ::std::result::Result<Self, sqlx::Error> =
                    $read;
                read(cells)
            }
        }
    };
}
pub(super) use table;

/// A row with the stream it lies in, as `WRITE` reads it.
#[derive(Serialize)]
pub(super) struct InStream<'a, T> {
    #[serde(flatten)]
    pub row: &'a T,
    pub stream: Uuid,
}

/// The cells of one row, taken from left to right.
pub(super) struct Cells<'r> {
    row: &'r PgRow,
    at: usize,
}

impl<'r> Cells<'r> {
    pub fn of(row: &'r PgRow) -> Self {
        Self { row, at: 0 }
    }

    pub fn next<T: Decode<'r, Postgres> + Type<Postgres>>(&mut self) -> Result<T, sqlx::Error> {
        let cell = self.row.try_get(self.at);
        self.at += 1;
        cell
    }

    pub fn id<T: From<Uuid>>(&mut self) -> Result<T, sqlx::Error> {
        self.next::<Uuid>().map(T::from)
    }

    pub fn id_or_none<T: From<Uuid>>(&mut self) -> Result<Option<T>, sqlx::Error> {
        Ok(self.next::<Option<Uuid>>()?.map(T::from))
    }

    pub fn timestamp(&mut self) -> Result<Timestamp, sqlx::Error> {
        self.next::<DateTime<Utc>>().map(timestamp)
    }

    pub fn timestamp_or_none(&mut self) -> Result<Option<Timestamp>, sqlx::Error> {
        Ok(self.next::<Option<DateTime<Utc>>>()?.map(timestamp))
    }

    pub fn json<T: DeserializeOwned + 'r>(&mut self) -> Result<T, sqlx::Error> {
        self.next::<Json<T>>().map(|json| json.0)
    }

    pub fn json_or_none<T: DeserializeOwned + 'r>(&mut self) -> Result<Option<T>, sqlx::Error> {
        Ok(self.next::<Option<Json<T>>>()?.map(|json| json.0))
    }

    /// A text in a canonical form of the domain.
    pub fn parsed_or_none<T: FromStr>(&mut self) -> Result<Option<T>, sqlx::Error> {
        let parsed = self.next::<Option<&str>>()?.map(T::from_str).transpose();
        parsed.map_err(|_| sqlx::Error::Decode("a text not in its form".into()))
    }

    /// A word of the domain.
    pub fn word<T>(&mut self, from_word: fn(&str) -> Option<T>) -> Result<T, sqlx::Error> {
        let word: &str = self.next()?;
        from_word(word).ok_or_else(|| sqlx::Error::Decode(format!("unknown word {word}").into()))
    }

    /// Minutes since midnight, if there are any.
    pub fn minute(&mut self) -> Result<Option<u16>, sqlx::Error> {
        let minute = self.next::<Option<i16>>()?.map(u16::try_from).transpose();
        minute.map_err(|_| sqlx::Error::Decode("a minute below zero".into()))
    }

    pub fn count_or_none<T: TryFrom<i32>>(&mut self) -> Result<Option<T>, sqlx::Error> {
        let count = self.next::<Option<i32>>()?.map(T::try_from).transpose();
        count.map_err(|_| sqlx::Error::Decode("a count below zero".into()))
    }

    /// A count that is never negative in the database.
    pub fn count<T: TryFrom<i32>>(&mut self) -> Result<T, sqlx::Error> {
        let number: i32 = self.next()?;
        T::try_from(number).map_err(|_| sqlx::Error::Decode("a count below zero".into()))
    }
}

pub(super) fn timestamp(at: DateTime<Utc>) -> Timestamp {
    Timestamp(at.timestamp_millis())
}

/// Instants PostgreSQL or chrono cannot hold become the epoch; callers have bounded theirs before.
pub(super) fn instant(at: Timestamp) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(at.0).unwrap_or_default()
}
