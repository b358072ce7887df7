//! Customers, what hangs on them, and the library: read, written, moved.

use super::{ALL, Called, Connection, DELETED_MAX, Found, differing};
use domain::ids::{BookId, CustomerId, StreamId};
use domain::row::{Kind, Row, RowKey};
use domain::tier::Measure;
use domain::time::Date;
use server::db::{self, Change, Error, hand_over, stream, tier_preview};
use sqlx::Acquire as _;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

impl Called<'_> {
    pub async fn load(&self, tx: &mut Connection) -> Found {
        let mut found = Vec::new();
        let answered = db::load(tx, self.scope, self.all.rows.iter().map(|(key, _)| *key)).await?;
        let there = self.all.rows.iter().filter(|(_, stream)| self.within(*stream)).map(|(key, _)| *key);
        found.extend(differing("rows", answered.into_keys(), there));
        let own: BTreeMap<Kind, RowKey> = self
            .all
            .rows
            .iter()
            .filter(|(_, of)| self.within(*of))
            .map(|(key, _)| (key.kind, *key))
            .collect();
        for key in own.into_values() {
            let answered = db::load(tx, self.scope, [key]).await?;
            found.extend(differing("one row", answered.into_keys(), [key]));
        }

        Ok(found)
    }

    pub async fn load_page(&self, tx: &mut Connection) -> Found {
        let mut found = Vec::new();
        let streams: BTreeSet<StreamId> = self.all.rows.iter().map(|(_, stream)| *stream).collect();
        for stream in streams {
            for &kind in Kind::ALL {
                let page = db::load_page(tx, self.scope, stream, kind, Uuid::max(), ALL).await?;
                let there = self.all.rows.iter().filter(|(key, of)| {
                    (key.kind, *of) == (kind, stream) && self.within(stream) && key.id != Uuid::max()
                });
                found.extend(differing(kind.word(), page.iter().map(Row::key), there.map(|(key, _)| *key)));
            }
        }

        Ok(found)
    }

    pub async fn changes(&self, tx: &mut Connection) -> Found {
        let mut found = Vec::new();
        for stream in self.scope.streams() {
            let changes = stream::changes(tx, stream, 0, ALL).await?;
            let own: BTreeSet<RowKey> =
                self.all.rows.iter().filter(|(_, of)| *of == stream).map(|(key, _)| *key).collect();
            let beyond = changes.iter().filter(|change| !own.contains(&change.key)).count();
            if beyond > 0 {
                found.push(format!("{beyond} of another stream"));
            }
        }

        Ok(found)
    }

    pub async fn count_below(&self, tx: &mut Connection) -> Found {
        let mut found = Vec::new();
        let versions = stream::versions(tx, &self.scope.streams()).await?;
        found.extend(differing("streams", versions.iter().map(|of| of.stream), self.scope.streams()));
        let walks: Vec<_> = self.scope.streams().into_iter().map(|stream| (stream, None)).collect();
        let count = db::count_below(tx, &walks).await?;
        let there: i64 =
            sqlx::query_scalar("select count(*) from sync_row where stream_id = any($1) and not deleted")
                .bind(self.scope.streams().into_iter().map(|stream| stream.0).collect::<Vec<_>>())
                .fetch_one(&self.planted.branch.pool)
                .await?;
        found.extend(differing("rows", [count], [u64::try_from(there).unwrap()]));

        Ok(found)
    }

    pub async fn delete(&self, tx: &mut Connection) -> Found {
        let mut taken: BTreeMap<(Kind, StreamId), usize> = BTreeMap::new();
        let beyond = self.all.rows.iter().filter(|(key, stream)| {
            let count = taken.entry((key.kind, *stream)).or_default();
            *count += 1;
            !self.within(*stream) && *count <= DELETED_MAX
        });
        let delete = |(key, _): &(RowKey, StreamId)| Change {
            stream: self.own_stream(key.kind),
            key: *key,
            row: None,
        };
        let changes: Vec<Change> = beyond.map(delete).collect();
        db::save(tx, self.scope, changes).await?;

        Ok(Vec::new())
    }

    pub async fn write(&self, tx: &mut Connection) -> Found {
        let mut found = Vec::new();
        let another =
            |row: &Row| self.own_customers().map(|one| one.id).find(|id| row.customer_id() != Some(*id));
        for (row, stream) in &self.all.samples {
            let kind = row.key().kind;
            if !self.within(*stream) {
                let there = db::save(&mut *tx, self.scope, vec![Change::put(*stream, row.clone())]).await;
                if !matches!(there, Err(Error::OutsideScope)) {
                    found.push(format!("{kind:?} was written where it lies"));
                }
            }
            // Theirs into one's own; one's own onto another customer.
            let row = match self.within(*stream) {
                false if !kind.is_of_customer() || !self.person.books.is_empty() => row.clone(),
                true if kind > Kind::Customer => {
                    let mut json = serde_json::to_value(row).unwrap();
                    json[kind.word()]["customer_id"] = serde_json::to_value(another(row)).unwrap();
                    serde_json::from_value(json).unwrap()
                }
                _ => continue,
            };
            let into = if self.within(*stream) { *stream } else { self.own_stream(kind) };
            let mut savepoint = tx.begin().await?;
            match db::save(&mut savepoint, self.scope, vec![Change::put(into, row)]).await {
                Err(Error::Raced) => {}
                Err(error) => found.push(format!("{kind:?}: {error}")),
                Ok(_) => found.push(format!("{kind:?} was written over")),
            }
            savepoint.rollback().await?;
        }

        Ok(found)
    }

    pub async fn lock_customers(&self, tx: &mut Connection) -> Found {
        let mut found = Vec::new();
        db::lock_customers(tx, self.scope, &self.customer_ids()).await?;
        let free: Vec<Uuid> = sqlx::query_scalar("select id from customer for update skip locked")
            .fetch_all(&self.planted.branch.pool)
            .await?;
        let there = self.all.customers.iter().filter(|customer| !self.person.books.contains(&customer.book));
        found.extend(differing("free", free, there.map(|customer| customer.id.0)));

        Ok(found)
    }

    pub async fn numbers_taken(&self, tx: &mut Connection) -> Found {
        let mut found = Vec::new();
        let taken = db::numbers_taken(tx, self.scope, &self.numbers()).await?;
        found.extend(differing(
            "numbers",
            taken.into_values(),
            self.of_organisation().map(|customer| customer.id),
        ));

        Ok(found)
    }

    pub async fn set_identities(&self, tx: &mut Connection) -> Found {
        let identities: Vec<_> =
            self.customer_ids().iter().enumerate().map(|(nth, id)| (*id, format!("990{nth}"))).collect();
        db::set_identities(tx, self.scope, &identities).await?;

        Ok(Vec::new())
    }

    pub async fn figures_of(&self, tx: &mut Connection) -> Found {
        let mut found = Vec::new();
        let figures = db::figures_of(tx, self.scope, &self.customer_ids(), &self.all.months).await?;
        let there = self.all.rows.iter().filter(|(key, of)| key.kind == Kind::Figures && self.within(*of));
        found.extend(differing(
            "figures",
            figures.iter().map(|figures| figures.id.0),
            there.map(|(key, _)| key.id),
        ));
        if let Some(one) = self.own_customers().next() {
            let figures = db::figures_of(tx, self.scope, &[one.id], &self.all.months).await?;
            let whose = figures.iter().map(|figures| figures.customer_id);
            found.extend(differing("whose figures", whose.chain([one.id]), [one.id]));
        }

        Ok(found)
    }

    pub async fn tier_preview(&self, tx: &mut Connection) -> Found {
        let mut found = Vec::new();
        tier_preview::open(tx, self.scope).await?;
        let opened: Vec<Uuid> = sqlx::query_scalar("select unnest(current_setting('rounds.books')::uuid[])")
            .fetch_all(&mut *tx)
            .await?;
        let books = self
            .all
            .rows
            .iter()
            .filter(|(key, of)| key.kind == Kind::Book && of.0 == self.person.organisation);
        found.extend(differing("opened", opened, books.map(|(key, _)| key.id)));
        let tried = tier_preview::customers(tx, self.scope, "", i64::try_from(ALL).unwrap()).await?;
        found.extend(differing(
            "customers",
            tried.iter().map(|held| held.id),
            self.of_organisation().map(|customer| customer.id),
        ));
        let one = [tried[0].id.0];
        let days: (Date, Date) =
            sqlx::query_as("select min(as_of), max(as_of) from figures").fetch_one(&mut *tx).await?;
        let (first, day) = days;
        let set = tier_preview::overrides(tx, &one, day).await?;
        let latest = tier_preview::latest(tx, &one).await?;
        let between = tier_preview::between(tx, &one, first, day).await?;
        let asks_for = BTreeSet::from([Measure::Wealth]);
        let telling = tier_preview::telling(tx, &latest, &asks_for, first).await?;
        let figures = [latest, between, telling].into_iter().flatten();
        let whose = figures.map(|of| of.customer_id).chain(set.into_iter().map(|of| of.customer_id));
        found.extend(differing("whose", whose.chain([tried[0].id]), [tried[0].id]));
        tier_preview::close(tx, self.scope).await?;

        Ok(found)
    }

    pub async fn hand_over(&self, tx: &mut Connection) -> Found {
        let mut found = Vec::new();
        let own: Vec<Uuid> = self.person.books.iter().copied().collect();
        if let [from, to, ..] = own[..] {
            let others = self.all.customers.iter().filter(|customer| customer.book != from);
            let others: Vec<CustomerId> = others.map(|customer| customer.id).collect();
            let moved = hand_over::hand_over(tx, self.scope, BookId(from), BookId(to), Some(&others)).await?;
            found.extend(differing("moved", moved.customers, []));
            // All that hangs on everybody in it, and on nobody else.
            hand_over::hand_over(tx, self.scope, BookId(from), BookId(to), None).await?;
        }

        Ok(found)
    }
}
