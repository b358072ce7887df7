//! What the database itself refuses, whatever the statement (migration 0004).

use crate::branch::put_together;
use crate::canary::planted::{Planted, columns, run};
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

/// With no predicate at all: what one manager's scope leaves of every table.
#[tokio::test]
async fn with_a_managers_scope_only_what_is_theirs_is_found() {
    let planted = Planted::open().await;
    let pool = &planted.branch.pool;
    let row = sqlx::query(
        "select employee.id, employee.organisation_id, employee.org_unit_id, book.id
         from book join employee on employee.id = holder_id where employee.role = 'manager'
             and employee.organisation_id = (select organisation_id from employee as admin where role = 'administrator'
                 order by id limit 1)
         order by employee.id limit 1",
    );
    let row = row.fetch_one(pool).await.unwrap();
    let [employee, organisation, org_unit, book]: [Uuid; 4] = std::array::from_fn(|at| row.get(at));
    let people: BTreeSet<Uuid> = sqlx::query_scalar("select id from employee where organisation_id = $1")
        .bind(organisation)
        .fetch_all(pool)
        .await
        .unwrap()
        .into_iter()
        .collect();
    let mut person = connect(&planted, "rounds_person").await;
    sqlx::query(
        "select set_config('rounds.organisation', $1, false), set_config('rounds.org_unit', $2, false),
             set_config('rounds.employee', $3, false), set_config('rounds.books', '{' || $4 || '}', false)",
    )
    .bind(organisation.to_string())
    .bind(org_unit.to_string())
    .bind(employee.to_string())
    .bind(book.to_string())
    .execute(&mut person)
    .await
    .unwrap();
    let all = columns(pool).await;
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for table in &planted.tables {
        let readable = all.iter().filter(|column| column.table == *table && column.name != "password_hash");
        let names: Vec<String> = readable.map(|column| format!("\"{}\"", column.name)).collect();
        let found = rows_of(&mut person, table, &names.join(", ")).await.unwrap_or_default();
        for row in found {
            for n in planted.in_bytes(row.as_bytes()) {
                let field = &planted.fields[&n];
                let is_theirs = match (field.book, field.organisation, field.employee) {
                    (Some(of), _, _) => of == book,
                    (None, Some(of), _) => {
                        of == organisation && (table != "import_job" || field.org_unit == Some(org_unit))
                    }
                    (None, None, Some(of)) => people.contains(&of),
                    (None, None, None) => false,
                };
                assert!(is_theirs, "{}.{}", field.table, field.column);
                seen.insert(table.clone());
            }
        }
    }
    for table in ["customer", "visit", "photo", "note", "employee", "import_job", "device"] {
        assert!(seen.contains(table), "{table}: nothing was looked at");
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
