//! The two roles the server works as (migration 0004): for a person within a [`Scope`](super::Scope), or for nobody in
//! particular. The login of `DATABASE_URL` owns the tables and makes the schema; no request is served as it.

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{Error, Row as _};

struct Role {
    find: &'static str,
    create: &'static str,
    /// Whoever made a role may not at once become it.
    join: &'static str,
    become_it: &'static str,
}

const ROLES: [Role; 2] = [
    Role {
        find: "select exists (select from pg_roles where rolname = 'rounds_person')",
        create: "create role rounds_person",
        join: "grant rounds_person to current_user",
        become_it: "set role rounds_person",
    },
    Role {
        find: "select exists (select from pg_roles where rolname = 'rounds_system')",
        create: "create role rounds_system",
        join: "grant rounds_system to current_user",
        become_it: "set role rounds_system",
    },
];

/// Connections that are `rounds_system` from their first statement; `reset role` leads back there, too.
pub(super) fn as_system(options: PgConnectOptions) -> PgConnectOptions {
    options.options([("role", "rounds_system")])
}

/// Makes those that are not there. They are the cluster's, not the database's, and may have been made by somebody with
/// the right to.
pub(super) async fn ensure(connection: &mut PgConnection) -> Result<(), Error> {
    let is_superuser: bool = sqlx::query_scalar("select rolsuper from pg_roles where rolname = current_user")
        .fetch_one(&mut *connection)
        .await?;
    for role in ROLES {
        if sqlx::query_scalar(role.find).fetch_one(&mut *connection).await? {
            continue;
        }
        match sqlx::query(role.create).execute(&mut *connection).await {
            Ok(_) if is_superuser => {}
            Ok(_) => {
                sqlx::query(role.join).execute(&mut *connection).await?;
            }
            // Another server was quicker.
            Err(Error::Database(error)) if matches!(error.code().as_deref(), Some("42710" | "23505")) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// That the login may become both, said before anybody waits for a connection.
pub(super) async fn check(connection: &mut PgConnection) -> Result<(), Error> {
    for role in ROLES {
        sqlx::query(role.become_it).execute(&mut *connection).await?;
        let row = sqlx::query("select rolsuper or rolbypassrls from pg_roles where rolname = current_user");
        if row.fetch_one(&mut *connection).await?.try_get(0)? {
            return Err(Error::Configuration(
                "rounds_person or rounds_system bypasses row-level security".into(),
            ));
        }
        sqlx::query("reset role").execute(&mut *connection).await?;
    }
    Ok(())
}
