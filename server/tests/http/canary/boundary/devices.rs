//! What is of one person: devices and sessions, though others use the same device.

use super::{Called, Connection, Found, differing};
use domain::ids::{DeviceId, EmployeeId};
use domain::organisation::Role;
use server::clock;
use server::db::{device, mutation_log, session};
use std::collections::BTreeSet;
use uuid::Uuid;

impl Called<'_> {
    pub async fn own_device(&self, tx: &mut Connection) -> Found {
        let mut found = Vec::new();
        let key = device::recovery_key(tx, self.me, self.shared, "new").await?;
        let own: Option<String> =
            sqlx::query_scalar("select key from recovery_key where employee_id = $1 and device_id = $2")
                .bind(self.person.id)
                .bind(self.shared.0)
                .fetch_optional(&self.planted.branch.pool)
                .await?;
        found.extend(differing("keys", Some(key), own));
        let logged = mutation_log::stored(tx, self.me, self.shared, &[1]).await?;
        let own: Vec<Uuid> = sqlx::query_scalar(
            "select mutation_id from mutation_log where employee_id = $1 and device_id = $2 and seq = 1",
        )
        .bind(self.person.id)
        .bind(self.shared.0)
        .fetch_all(&self.planted.branch.pool)
        .await?;
        found.extend(differing("answers", logged.iter().map(|logged| logged.id.0), own));
        device::lock(tx, self.me, self.shared).await?;
        let free: Vec<(Uuid, Uuid)> =
            sqlx::query_as("select employee_id, id from device for update skip locked")
                .fetch_all(&self.planted.branch.pool)
                .await?;
        let there: Vec<(Uuid, Uuid)> =
            sqlx::query_as("select employee_id, id from device where (employee_id, id) <> ($1, $2)")
                .bind(self.person.id)
                .bind(self.shared.0)
                .fetch_all(&self.planted.branch.pool)
                .await?;
        found.extend(differing("free", free, there));
        device::forget_recovery_key(tx, self.me, self.shared).await?;
        let heard = device::Heard { last_seq: 7, pending: 7, is_last: false };
        device::advance(tx, self.me, self.shared, heard, clock::now()).await?;
        device::note_contact(tx, self.me, self.shared, 8, clock::now()).await?;

        Ok(found)
    }

    pub async fn own_sessions(&self, tx: &mut Connection) -> Found {
        let mut found = Vec::new();
        let now = clock::now();
        session::end_all(tx, self.me, None).await?;
        let new = session::NewSession {
            token_hash: b"new",
            employee_id: self.me,
            device_id: self.shared,
            now,
            expires_at: now,
        };
        session::create(tx, new).await?;
        session::set_password(tx, self.me, "own", false).await?;
        let mut held = Vec::new();
        for other in &self.all.everybody {
            let (employee_id, password_hash) = (EmployeeId(other.id), "own".to_owned());
            if session::hold(tx, &session::Credentials { employee_id, password_hash }).await? {
                held.push(other.id);
            }
        }
        found.extend(differing("held", held, [self.person.id]));
        session::set_password(tx, self.me, "new", false).await?;
        let changed: Vec<Uuid> =
            sqlx::query_scalar("select id from employee where password_hash = 'new' or last_sign_in_at = to_timestamp($1::bigint / 1000.0)")
                .bind(now.0)
                .fetch_all(&mut *tx)
                .await?;
        found.extend(differing("changed", changed, [self.person.id]));

        Ok(found)
    }

    pub async fn revoke(&self, tx: &mut Connection) -> Found {
        device::revoke(tx, self.me, self.shared, false).await?;
        Ok(Vec::new())
    }

    pub async fn left_behind(&self, tx: &mut Connection) -> Found {
        let mut found = Vec::new();
        // Known to somebody else, not to them.
        let another: Uuid = sqlx::query_scalar(
            "select id from device where id not in (select id from device where employee_id = $1) limit 1",
        )
        .bind(self.person.id)
        .fetch_one(&self.planted.branch.pool)
        .await?;
        let left = device::left_behind(tx, self.me, DeviceId(another)).await?;
        let own: Vec<String> = sqlx::query_scalar(
            "select name from device where employee_id = $1 and pending > 0 and revoked_at is null",
        )
        .bind(self.person.id)
        .fetch_all(&self.planted.branch.pool)
        .await?;
        found.extend(differing("devices", left.into_iter().map(|left| left.device_name), own));

        Ok(found)
    }

    pub async fn listed(&self, tx: &mut Connection) -> Found {
        let mut found = Vec::new();
        let listed = device::listed(tx, self.scope, self.shared, None).await?;
        let people = match self.person.role {
            Role::Administrator => self.colleagues().collect(),
            Role::Lead => self.person.below.clone(),
            _ => BTreeSet::from([self.person.id]),
        };
        found.extend(differing(
            "whose devices",
            listed.iter().map(|device| device.employee_id.0),
            people.into_iter().chain([self.person.id]),
        ));

        Ok(found)
    }
}
