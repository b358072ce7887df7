//! Who is who: sign-in, org units, teams, drafts of rules, imports, the log.

use super::super::oracle::Person;
use super::{Called, Connection, Found, differing};
use domain::ids::{BookId, EmployeeId, OrgUnitId};
use domain::month::Month;
use domain::organisation::Role;
use domain::row::Kind;
use domain::tier::TierScheme;
use domain::time::Date;
use server::clock;
use server::db::{administration, audit, import_job, rules, session, team};
use sqlx::Row as _;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

impl Called<'_> {
    pub async fn signed_in(&self, tx: &mut Connection) -> Found {
        let mut found = Vec::new();
        let signed = session::signed_in(tx, self.token_hash, clock::now()).await?;
        let streams = signed.iter().flat_map(|signed| signed.streams.keys().map(|stream| stream.0));
        let own = self.person.books.iter().copied().chain([self.person.organisation]);
        found.extend(differing("streams", streams, own));
        let signed = signed.map(|signed| signed.scope);
        let books = signed.iter().flat_map(|scope| scope.actor().books.iter().map(|book| book.0));
        found.extend(differing("books", books, self.person.books.iter().copied()));
        let is_own = signed.is_some_and(|scope| {
            (scope.organisation().0, scope.actor().employee_id) == (self.person.organisation, self.me)
        });
        if !is_own {
            found.push("somebody else".to_owned());
        }

        Ok(found)
    }

    pub async fn administration(&self, tx: &mut Connection) -> Found {
        let mut found = Vec::new();
        let employees = administration::employees(tx, self.scope).await?;
        found.extend(differing("people", employees.iter().map(|one| one.id.0), self.colleagues()));
        for other in &self.all.everybody {
            let is_told = administration::employee_by_id(tx, self.scope, EmployeeId(other.id))
                .await?
                .map(|one| one.id.0);
            let is_own = other.organisation == self.person.organisation;
            found.extend(differing("person", is_told, is_own.then_some(other.id)));
        }
        let own_units =
            || self.all.units.iter().filter(|(_, of)| *of == self.person.organisation).map(|(unit, _)| *unit);
        administration::lock(tx, self.scope).await?;
        let free: Vec<Uuid> = sqlx::query_scalar("select id from stream for update skip locked")
            .fetch_all(&self.planted.branch.pool)
            .await?;
        let there: Vec<Uuid> = sqlx::query_scalar("select id from stream where id <> $1")
            .bind(self.person.organisation)
            .fetch_all(&self.planted.branch.pool)
            .await?;
        found.extend(differing("free", free, there));
        let units = administration::org_units(tx, self.scope).await?;
        found.extend(differing("units", units.iter().map(|unit| unit.id.0), own_units()));
        let mut has = Vec::new();
        for (unit, _) in &self.all.units {
            if administration::has_org_unit(tx, self.scope, OrgUnitId(*unit)).await? {
                has.push(*unit);
            }
        }
        found.extend(differing("has unit", has, own_units()));
        let books = administration::books(tx, self.scope, None).await?;
        let reads_all = self.person.role == Role::Administrator;
        let there = self.all.rows.iter().filter(|(key, of)| {
            key.kind == Kind::Book
                && of.0 == self.person.organisation
                && (reads_all || self.person.books.contains(&key.id))
        });
        let counted = |book: Uuid| {
            let customers = self.all.customers.iter().filter(|customer| customer.book == book).count();
            (book, u32::try_from(customers).unwrap())
        };
        found.extend(differing(
            "books",
            books.iter().map(|book| (book.id.0, book.customers)),
            there.clone().map(|(key, _)| counted(key.id)),
        ));
        for (key, _) in self.all.rows.iter().filter(|(key, _)| key.kind == Kind::Book) {
            let one = administration::books(tx, self.scope, Some(BookId(key.id))).await?;
            let is_told = there.clone().any(|(own, _)| own == key);
            found.extend(differing("book", one.iter().map(|book| book.id.0), is_told.then_some(key.id)));
        }
        for customer in &self.all.customers {
            let is_told = administration::identity_no(tx, self.scope, customer.id.0).await?.is_some();
            if is_told != self.person.books.contains(&customer.book) {
                found.push("an identity number".to_owned());
                break;
            }
        }

        Ok(found)
    }

    pub async fn team(&self, tx: &mut Connection) -> Found {
        let mut found = Vec::new();
        let today: Date = sqlx::query_scalar("select current_date").fetch_one(&mut *tx).await?;
        let days = team::Days { today, quarter_from: today, week_from: today, week_to: today };
        let books = team::books(tx, self.scope, days, today).await?;
        let counted = |book: &Uuid| {
            let customers = self.all.customers.iter().filter(|customer| customer.book == *book).count();
            (*book, u32::try_from(customers).unwrap())
        };
        found.extend(differing(
            "books",
            books.iter().map(|book| (book.book.0, book.customers)),
            self.person.books.iter().map(counted),
        ));
        let managers = team::managers(tx, self.scope).await?;
        let holders: BTreeSet<Uuid> = sqlx::query_scalar("select holder_id from book where id = any($1)")
            .bind(self.person.books.iter().copied().collect::<Vec<_>>())
            .fetch_all(&self.planted.branch.pool)
            .await?
            .into_iter()
            .collect();
        let works_below =
            |other: &&Person| other.role == Role::Manager && self.person.below.contains(&other.id);
        let there =
            self.all.everybody.iter().filter(|other| works_below(other) || holders.contains(&other.id));
        found.extend(differing(
            "managers",
            managers.iter().map(|manager| manager.employee_id.0),
            there.map(|other| other.id),
        ));
        let people: Vec<EmployeeId> = self.all.everybody.iter().map(|other| EmployeeId(other.id)).collect();
        let devices = team::devices(tx, self.scope, &people).await?;
        found.extend(differing("devices", devices.into_keys().map(|of| of.0), self.colleagues()));
        let devices = team::devices(tx, self.scope, &[self.me]).await?;
        found.extend(differing("own devices", devices.into_keys().map(|of| of.0), [self.person.id]));

        Ok(found)
    }

    pub async fn drafts(&self, tx: &mut Connection) -> Found {
        let mut found = Vec::new();
        let saved = rules::draft::<TierScheme>(tx, self.scope).await?;
        let there: Option<Uuid> = sqlx::query_scalar(
            "select id from rule_draft where organisation_id = $1 and kind = 'tier_scheme'",
        )
        .bind(self.person.organisation)
        .fetch_optional(&self.planted.branch.pool)
        .await?;
        found.extend(differing("drafts", saved.as_ref().map(|(id, _)| *id), there));
        if let Some((_, draft)) = saved {
            rules::save_draft(tx, self.scope, &draft.body, draft.revision, clock::now()).await?;
            found.extend(differing(
                "deleted",
                rules::delete_draft::<TierScheme>(tx, self.scope).await?,
                there,
            ));
        }

        Ok(found)
    }

    pub async fn lock_drafts(&self, tx: &mut Connection) -> Found {
        let mut found = Vec::new();
        rules::lock_drafts(tx, self.scope).await?;
        let free: Vec<Uuid> =
            sqlx::query_scalar("select organisation_id from rule_draft for update skip locked")
                .fetch_all(&self.planted.branch.pool)
                .await?;
        let there: Vec<Uuid> =
            sqlx::query_scalar("select organisation_id from rule_draft where organisation_id <> $1")
                .bind(self.person.organisation)
                .fetch_all(&self.planted.branch.pool)
                .await?;
        found.extend(differing("free", free, there));

        Ok(found)
    }

    pub async fn import_jobs(&self, tx: &mut Connection) -> Found {
        let mut found = Vec::new();
        let jobs = import_job::list(tx, self.scope, None).await?;
        let there: Vec<Uuid> =
            sqlx::query_scalar("select id from import_job where org_unit_id = $1 and organisation_id = $2")
                .bind(self.person.org_unit)
                .bind(self.person.organisation)
                .fetch_all(&self.planted.branch.pool)
                .await?;
        found.extend(differing("imports", jobs.iter().map(|job| job.id), there));
        let identities: Vec<String> =
            self.all.customers.iter().filter_map(|customer| customer.identity.clone()).collect();
        let known = import_job::known(tx, self.scope, &self.numbers(), &identities).await?;
        let own = self.own_customers().map(|customer| &customer.number);
        found.extend(differing("held", known.held.keys(), own));
        let elsewhere = self.of_organisation().filter(|customer| !self.person.books.contains(&customer.book));
        found.extend(differing("elsewhere", &known.elsewhere, elsewhere.map(|customer| &customer.number)));
        let books = import_job::books_by_manager(tx, self.scope).await?;
        let beyond = books.values().filter(|book| !self.person.books.contains(&book.0)).count();
        found.extend(differing("books", [beyond], [0]));
        let months: Vec<Month> = self.all.months.iter().copied().collect();
        let without = import_job::customers_without(tx, self.scope, &months).await?;
        let mut there: BTreeMap<Month, u32> = BTreeMap::new();
        for month in months {
            let with: i64 =
                sqlx::query_scalar("select count(*) from figures where month = $1 and book_id = any($2)")
                    .bind(month.first_day())
                    .bind(self.person.books.iter().copied().collect::<Vec<_>>())
                    .fetch_one(&self.planted.branch.pool)
                    .await?;
            let customers = i64::try_from(self.own_customers().count()).unwrap();
            there.insert(month, u32::try_from(customers - with).unwrap());
        }
        found.extend(differing("without figures", without, there));

        Ok(found)
    }

    pub async fn audit_log(&self, tx: &mut Connection) -> Found {
        let mut found = Vec::new();
        let entry = audit::Entry { at: clock::now(), by: self.me, act: audit::Act::EditBook, subject: None };
        let head = sqlx::query("select seq, hash from audit_head where organisation_id = $1")
            .bind(self.person.organisation)
            .fetch_one(&self.planted.branch.pool)
            .await?;
        audit::append(tx, self.scope.organisation(), &[entry]).await?;
        let follows: bool = sqlx::query_scalar(
            "select exists (select from audit_log where $1 = organisation_id and seq = $2 and previous_hash = $3)",
        )
        .bind(self.person.organisation)
        .bind(head.get::<i64, _>(0) + 1)
        .bind(head.get::<Vec<u8>, _>(1))
        .fetch_one(&mut *tx)
        .await?;
        if !follows {
            found.push("not after the last entry".to_owned());
        }

        Ok(found)
    }
}
