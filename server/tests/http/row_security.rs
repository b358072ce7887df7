//! What the database itself refuses, whatever the statement (migration 0004).

use crate::branch::put_together;
use crate::canary::planted::{Column, Planted, columns, run, twin};
use server::db::Db;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{Connection, Row as _};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Of no organisation.
const OF_NONE: [&str; 2] = ["installation", "sign_in_failure"];

async fn connect(planted: &Planted, role: &str) -> PgConnection {
    let options: PgConnectOptions = (*planted.branch.pool.connect_options()).clone();
    PgConnection::connect_with(&options.options([("role", role)])).await.unwrap()
}

/// The rows a role finds in a table, as texts; None where it may not read.
async fn rows_of(connection: &mut PgConnection, table: &str, columns: &str) -> Option<Vec<String>> {
    let sql = format!("select concat_ws(' ', {columns}) from {table}");
    match sqlx::query_scalar(put_together(sql)).fetch_all(connection).await {
        Ok(rows) => Some(rows),
        Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some("42501") => None,
        Err(error) => panic!("{table}: {error}"),
    }
}

#[tokio::test]
async fn every_table_has_its_policies_and_neither_role_a_way_round_them() {
    let planted = Planted::open().await;
    let pool = &planted.branch.pool;
    let tables = sqlx::query(
        "select relname::text, relrowsecurity and relforcerowsecurity,
             (select count(*) from pg_policy where polrelid = pg_class.oid and polroles <> '{0}'),
             (select count(*) from pg_policy where polrelid = pg_class.oid and polroles = '{0}'),
             pg_get_userbyid(relowner) in ('rounds_person', 'rounds_system')
         from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
             and relname <> '_sqlx_migrations'",
    );
    for row in tables.fetch_all(pool).await.unwrap() {
        let (table, is_forced): (String, bool) = (row.get(0), row.get(1));
        let (own, of_everyone, is_owned): (i64, i64, bool) = (row.get(2), row.get(3), row.get(4));
        assert!(is_forced, "{table}: enable and force row-level security");
        assert!(own > 0, "{table} has no policy");
        assert!(of_everyone == 0, "{table} has a policy for everyone");
        assert!(!is_owned, "{table} belongs to who works on it");
    }
    let ways: i64 = sqlx::query_scalar(
        "select count(*) from pg_roles
         where rolname in ('rounds_person', 'rounds_system')
             and (rolsuper or rolbypassrls or rolcanlogin or rolcreaterole or rolcreatedb
                 or exists (select from pg_auth_members where member = pg_roles.oid))",
    )
    .fetch_one(pool)
    .await
    .unwrap();
    assert_eq!(ways, 0);
    // The log is append-only, passwords are for signing in, and of customers' rows the system knows the id alone, and who
    // took a photo.
    let too_much: Vec<String> = sqlx::query_scalar(
        "select grantee || ' ' || privilege_type || ' ' || table_name || '.' || column_name
         from information_schema.column_privileges as granted
         where grantee in ('rounds_person', 'rounds_system') and (
             table_name = '_sqlx_migrations'
             or (table_name = 'audit_log' and privilege_type = 'UPDATE')
             or (grantee = 'rounds_person' and column_name = 'password_hash' and privilege_type = 'SELECT')
             or (grantee = 'rounds_system' and column_name <> 'id'
                 and (table_name, column_name, privilege_type) <> ('photo', 'taken_by', 'SELECT') and exists (
                 select from information_schema.columns as own
                 where own.table_name = granted.table_name and own.column_name = 'book_id'))
         )
         union all
         select grantee || ' ' || privilege_type || ' ' || table_name from information_schema.table_privileges
         where grantee in ('rounds_person', 'rounds_system')
             and (privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER')
                 or (table_name = 'audit_log' and privilege_type = 'DELETE'))",
    )
    .fetch_all(pool)
    .await
    .unwrap();
    assert_eq!(too_much, Vec::<String>::new());
    planted.branch.close().await;
}

#[tokio::test]
async fn without_a_scope_no_row_of_any_table_is_found() {
    let planted = Planted::open().await;
    let (mut person, mut system) =
        (connect(&planted, "rounds_person").await, connect(&planted, "rounds_system").await);
    let all = columns(&planted.branch.pool).await;
    for table in planted.tables.iter().filter(|table| !OF_NONE.contains(&table.as_str())) {
        let counted = sqlx::query_scalar::<_, i64>(put_together(format!("select count(*) from {table}")));
        assert!(
            counted.fetch_one(&planted.branch.pool).await.unwrap() > 1,
            "{table} shows nothing while it is empty"
        );
        let found = rows_of(&mut person, table, "1").await.unwrap_or_default();
        assert_eq!(found.len(), 0, "{table} without a scope");
        let is_of_book = all.iter().any(|column| column.table == *table && column.name == "book_id");
        if is_of_book || matches!(table.as_str(), "import_job" | "rule_draft" | "mutation_log") {
            assert_eq!(
                rows_of(&mut system, table, &format!("{table}::text")).await,
                None,
                "{table} as the system"
            );
        }
    }
    planted.branch.close().await;
}

/// A manager of the sample, with no predicate at all: what the scope alone leaves of every table.
struct Manager {
    employee: Uuid,
    organisation: Uuid,
    org_unit: Uuid,
    book: Uuid,
    /// The organisation's people.
    people: BTreeSet<Uuid>,
    connection: PgConnection,
}

impl Manager {
    async fn of(planted: &Planted) -> Self {
        let pool = &planted.branch.pool;
        let row = sqlx::query(
            "select employee.id, employee.organisation_id, employee.org_unit_id, book.id
             from book join employee on employee.id = holder_id where employee.role = 'manager'
                 and employee.organisation_id = (select organisation_id from employee as admin
                     where role = 'administrator' order by id limit 1)
             order by employee.id limit 1",
        );
        let row = row.fetch_one(pool).await.unwrap();
        let [employee, organisation, org_unit, book]: [Uuid; 4] = std::array::from_fn(|at| row.get(at));
        let people =
            sqlx::query_scalar("select id from employee where organisation_id = $1").bind(organisation);
        let people = people.fetch_all(pool).await.unwrap().into_iter().collect();
        let mut connection = connect(planted, "rounds_person").await;
        sqlx::query(
            "select set_config('rounds.organisation', $1, false), set_config('rounds.org_unit', $2, false),
                 set_config('rounds.employee', $3, false), set_config('rounds.books', '{' || $4 || '}', false)",
        )
        .bind(organisation.to_string())
        .bind(org_unit.to_string())
        .bind(employee.to_string())
        .bind(book.to_string())
        .execute(&mut connection)
        .await
        .unwrap();
        Self { employee, organisation, org_unit, book, people, connection }
    }

    /// Whose a row may be, by a column that says so.
    fn is_of_scope(&self, table: &str, column: &str, id: Uuid) -> bool {
        match (table, column) {
            (_, "organisation_id") => id == self.organisation,
            (_, "book_id") => id == self.book,
            ("stream", "id") | (_, "stream_id") => [self.organisation, self.book].contains(&id),
            ("import_job", "org_unit_id") => id == self.org_unit,
            ("mutation_log", "employee_id") => id == self.employee,
            ("device" | "session", "employee_id") => self.people.contains(&id),
            _ => true,
        }
    }

    /// What is found in a table that this manager may not see, and how many texts and ids were looked at.
    async fn found_beyond(
        &mut self,
        planted: &Planted,
        columns: &[Column],
        table: &str,
    ) -> (Vec<String>, usize) {
        let (mut beyond, mut looked_at) = (Vec::new(), 0);
        let of_table =
            columns.iter().filter(|column| column.table == table && column.name != "password_hash");
        let names: Vec<String> = of_table.clone().map(|column| format!("\"{}\"", column.name)).collect();
        for row in rows_of(&mut self.connection, table, &names.join(", ")).await.unwrap_or_default() {
            for n in planted.in_bytes(row.as_bytes()) {
                let field = &planted.fields[&n];
                let is_theirs = match (field.book, field.organisation, field.employee) {
                    (Some(of), _, _) => of == self.book,
                    (None, Some(of), _) => {
                        of == self.organisation
                            && (table != "import_job" || field.org_unit == Some(self.org_unit))
                    }
                    (None, None, Some(of)) => self.people.contains(&of),
                    (None, None, None) => false,
                };
                looked_at += 1;
                if !is_theirs {
                    beyond.push(format!("{}.{}", field.table, field.column));
                }
            }
        }
        for column in of_table.filter(|column| column.data_type == "uuid") {
            let name = format!("\"{}\"", column.name);
            for id in rows_of(&mut self.connection, table, &name).await.unwrap_or_default() {
                looked_at += 1;
                if id.parse().is_ok_and(|id| !self.is_of_scope(table, &column.name, id)) {
                    beyond.push(format!("{table}.{}", column.name));
                }
            }
        }
        (beyond, looked_at)
    }

    /// Whether an entry can be added to the log of another organisation: nobody reads it back as a person.
    async fn writes_to_another_log(&mut self, elsewhere: Uuid) -> bool {
        let entry = sqlx::query(
            "insert into audit_log (organisation_id, seq, at, act, previous_hash, hash)
             values ($1, 1000000, now(), 'import', '', '')",
        );
        entry.bind(elsewhere).execute(&mut self.connection).await.is_ok()
    }
}

#[tokio::test]
async fn with_a_managers_scope_only_what_is_theirs_is_found() {
    let planted = Planted::open().await;
    let mut manager = Manager::of(&planted).await;
    let columns = columns(&planted.branch.pool).await;
    for table in &planted.tables {
        let (beyond, looked_at) = manager.found_beyond(&planted, &columns, table).await;
        assert_eq!(beyond, Vec::<String>::new());
        let is_watched =
            ["customer", "visit", "photo", "note", "employee", "import_job", "device", "sync_row"];
        assert!(looked_at > 0 || !is_watched.contains(&table.as_str()), "{table}: nothing was looked at");
    }
    let elsewhere = twin(&planted.branch.pool, manager.organisation).await;
    assert!(!manager.writes_to_another_log(elsewhere).await);
    planted.branch.close().await;
}

/// What the test above would miss is not proved by it: each policy in turn is given away, and has to be missed.
#[tokio::test]
async fn every_policy_that_is_given_away_is_noticed() {
    let planted = Planted::open().await;
    let pool = &planted.branch.pool;
    let mut manager = Manager::of(&planted).await;
    let columns = columns(pool).await;
    let elsewhere = twin(pool, manager.organisation).await;
    let policies = sqlx::query(
        "select tablename::text, qual from pg_policies where 'rounds_person' = any(roles) and schemaname = 'public'",
    );
    let mut given_away = Vec::new();
    for row in policies.fetch_all(pool).await.unwrap() {
        let (table, qual): (String, String) = (row.get(0), row.get(1));
        given_away.push((table.clone(), "true".to_owned(), qual.clone()));
        // An org unit's files, to the whole organisation. The other half is the same without it: a unit is of one only.
        if let Some((organisation, _unit)) = qual.split_once(" AND ") {
            given_away.push((table, format!("{organisation})"), qual));
        }
    }
    assert!(given_away.len() > 30, "{}", given_away.len());
    for (table, instead, qual) in given_away {
        run(pool, &format!("alter policy within_scope on {table} using ({instead})")).await;
        let (beyond, _) = manager.found_beyond(&planted, &columns, &table).await;
        let is_noticed =
            !beyond.is_empty() || (table == "audit_log" && manager.writes_to_another_log(elsewhere).await);
        assert!(is_noticed, "{table} using ({instead})");
        run(pool, &format!("alter policy within_scope on {table} using ({qual})")).await;
        assert_eq!(
            manager.found_beyond(&planted, &columns, &table).await.0,
            Vec::<String>::new(),
            "{table} again"
        );
    }
    planted.branch.close().await;
}

/// A login without a superuser's rights: it makes the roles and the schema, and is itself under the policies.
#[tokio::test]
async fn an_owner_that_is_no_superuser_is_enough() {
    let planted = Planted::open().await;
    let owner = format!("owner_{}", Uuid::now_v7().simple());
    let database = format!("rounds_owned_{}", Uuid::now_v7().simple());
    let pool = &planted.branch.pool;
    run(pool, &format!("create role {owner} login")).await;
    run(pool, &format!("grant rounds_person, rounds_system to {owner}")).await;
    run(pool, &format!("create database {database} owner {owner}")).await;
    let options: PgConnectOptions = (*pool.connect_options()).clone();
    let db = Db::new(options.username(&owner).database(&database));
    db.migrate().await.unwrap();
    server::sample::fill(&db, server::clock::now()).await.unwrap();
    assert!(server::db::has_employees(&mut db.system().await.unwrap()).await.unwrap());
    db.close().await;
    run(pool, &format!("drop database {database} with (force)")).await;
    run(pool, &format!("drop role {owner}")).await;
    planted.branch.close().await;
}
