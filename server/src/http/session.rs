//! Signing in and out.

use super::error::Error;
use super::extract::Json;
use super::signed::{Signed, cookie, expiry, token_hash};
use super::throttle;
use crate::db::{audit, device, retry, session};
use crate::password;
use crate::services::Services;
use crate::token::{self, Token};
use crate::{clock, db};
use axum::Router;
use axum::extract::{ConnectInfo, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use axum::routing::{get, post};
use domain::api::{ChangePassword, Secret, path};
use domain::rejection::Rejection;
use domain::time::Timestamp;
use domain::wire::{Session, SignIn, SignedIn};
use domain::{limits, validate};
use std::net::{IpAddr, SocketAddr};

const TRIES_MAX: u32 = 5;
const LOCK_MS: i64 = 15 * 60 * 1000;

pub fn router() -> Router<Services> {
    Router::new()
        .route(path::SESSION, get(current).post(sign_in).delete(sign_out))
        .route(path::SESSION_PASSWORD, post(change_password))
}

fn answer(who: &session::Caller) -> Session {
    Session {
        actor: who.scope.actor().clone(),
        organisation_name: who.organisation_name.clone(),
        org_unit_name: who.org_unit_name.clone(),
        epoch: who.epoch,
        server_time: clock::now(),
        must_change_password: who.must_change_password,
        last_seq: who.last_seq,
    }
}

async fn current(signed: Signed) -> axum::Json<Session> {
    axum::Json(answer(&signed.who))
}

async fn sign_in(
    State(services): State<Services>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Json(asked): Json<SignIn>,
) -> Result<Response, Error> {
    let now = clock::now();
    let address = throttle::asker(peer.ip(), &headers, &services.proxies);
    let mut connection = services.db.system().await?;
    if let Some(seconds) = throttle::wait_s(&mut connection, address, now).await? {
        return Err(Error::LockedOut { seconds });
    }
    drop(connection);
    let employee_no = validate::required("employee_no", Some(&asked.employee_no), limits::LABEL_CHARS_MAX)?;
    let name = validate::required("device_name", Some(&asked.device_name), limits::LABEL_CHARS_MAX)?;
    let app_version =
        validate::optional("app_version", asked.app_version.as_deref(), limits::LABEL_CHARS_MAX)?;
    // On its own, so that a try is counted also when whoever made it does not wait for the answer.
    let tried = tokio::spawn(try_password(services.clone(), employee_no, asked.password, address, now));
    let checked = tried.await.map_err(|_| Error::Internal("a sign-in ended early"))??;
    let employee_id = checked.employee_id;
    // Renewed at every sign-in: a token planted before is worth nothing.
    let token = Token::new()?;
    let hash = token.hash();
    let new_recovery_key = Token::new()?;
    let signed_in = retry(async || {
        let mut tx = services.db.begin_system().await?;
        if !session::hold(&mut tx, &checked).await? {
            return Ok(None);
        }
        let app_version = app_version.as_deref();
        let introduced =
            device::Introduced { employee: employee_id, device: asked.device_id, name: &name, app_version };
        let left_behind = device::left_behind(&mut tx, employee_id, asked.device_id).await?;
        let standing = device::register(&mut tx, introduced, now).await?;
        if standing.is_revoked && !standing.takes_last_push {
            return Ok::<_, db::Error>(Some(Err(standing)));
        }
        let new = session::NewSession {
            token_hash: &hash,
            employee_id,
            device_id: asked.device_id,
            now,
            expires_at: expiry(now),
        };
        session::create(&mut tx, new).await?;
        if standing.is_revoked {
            tx.commit().await?;
            return Ok(Some(Err(standing)));
        }
        let who = session::signed_in(&mut tx, &hash, now).await?;
        let recovery_key =
            device::recovery_key(&mut tx, employee_id, asked.device_id, new_recovery_key.text()).await?;
        tx.commit().await?;
        let recovery_key = Secret(recovery_key);
        Ok(Some(Ok(who.map(|who| SignedIn { session: answer(&who), recovery_key, left_behind }))))
    })
    .await?
    .ok_or(Error::NotSignedIn)?;
    let device_id = asked.device_id;
    let cookie = [(SET_COOKIE, cookie(services.is_secure, Some(token.text()))?)];
    match signed_in {
        Ok(signed_in) => {
            let signed_in = signed_in.ok_or(Error::NotSignedIn)?;
            tracing::info!(employee = %employee_id, device = %asked.device_id, "signed in");
            Ok((AppendHeaders(cookie), axum::Json(signed_in)).into_response())
        }
        // Its session may be over long since. This one gives what the device holds, and is good for nothing else.
        Err(device::Standing { takes_last_push: true, .. }) => {
            Ok((AppendHeaders(cookie), Error::DeviceRevoked { device_id, takes_last_push: true })
                .into_response())
        }
        Err(_) => Err(Error::DeviceRevoked { device_id, takes_last_push: false }),
    }
}

/// [`check_password`], counted by address as well.
async fn try_password(
    services: Services,
    employee_no: String,
    password: String,
    address: IpAddr,
    now: Timestamp,
) -> Result<session::Credentials, Error> {
    let checked = check_password(&services, &employee_no, password, now).await;
    if matches!(checked, Err(Error::WrongPassword { .. } | Error::LockedOut { .. })) {
        let mut connection = services.db.system().await?;
        throttle::count_failure(&mut connection, address, now).await?;
    }
    checked
}

/// Each try is counted before the password is looked at, so that many at once gain nothing.
async fn check_password(
    services: &Services,
    employee_no: &str,
    password: String,
    now: Timestamp,
) -> Result<session::Credentials, Error> {
    let number_hash = token::hash(employee_no);
    let mut connection = services.db.system().await?;
    let before = session::failures(&mut connection, &number_hash).await?;
    if let Some(failures) = before.filter(|failures| failures.count >= TRIES_MAX) {
        let left_ms = failures.last_at.plus_ms(LOCK_MS).0 - now.0;
        if left_ms > 0 {
            return Err(locked_out(left_ms));
        }
    }
    let tries = session::count_failure(&mut connection, &number_hash, now, now.plus_ms(-LOCK_MS)).await?;
    if tries > TRIES_MAX {
        return Err(locked_out(LOCK_MS));
    }
    let known = session::credentials(&mut connection, employee_no).await?;
    drop(connection);
    let hash = known.as_ref().map(|known| known.password_hash.clone());
    if !password::is_right(hash, password).await? {
        let tries_left = TRIES_MAX - tries;
        return Err(if tries_left == 0 { locked_out(LOCK_MS) } else { Error::WrongPassword { tries_left } });
    }
    let mut connection = services.db.system().await?;
    session::forget_failures(&mut connection, &number_hash).await?;
    known.ok_or(Error::Internal("a right password of nobody"))
}

fn locked_out(left_ms: i64) -> Error {
    Error::LockedOut { seconds: u32::try_from(left_ms.div_euclid(1000) + 1).unwrap_or(u32::MAX) }
}

async fn sign_out(State(services): State<Services>, headers: HeaderMap) -> Result<impl IntoResponse, Error> {
    if let Ok(hash) = token_hash(&headers, services.is_secure) {
        let mut connection = services.db.system().await?;
        session::end(&mut connection, &hash).await?;
        services.pokes.end_sessions(&services.db).await;
    }
    let cookie = cookie(services.is_secure, None)?;
    Ok((StatusCode::NO_CONTENT, AppendHeaders([(SET_COOKIE, cookie)])))
}

/// Whether a new password is long enough to be one.
pub fn check_new_password(password: &str) -> Result<(), Error> {
    let chars = password.chars().count();
    if (limits::PASSWORD_CHARS_MIN..=limits::PASSWORD_CHARS_MAX).contains(&chars) {
        Ok(())
    } else {
        Err(Rejection::invalid("new").into())
    }
}

async fn change_password(
    State(services): State<Services>,
    signed: Signed,
    Json(asked): Json<ChangePassword>,
) -> Result<StatusCode, Error> {
    check_new_password(&asked.new.0)?;
    let now = clock::now();
    let actor = signed.scope().actor();
    let checked = match check_password(&services, &actor.employee_no, asked.current.0, now).await {
        Ok(checked) => checked,
        Err(Error::WrongPassword { .. }) => return Err(Error::WrongCurrentPassword),
        Err(error) => return Err(error),
    };
    let hash = password::hash(asked.new.0).await?;
    let is_replaced = retry(async || {
        // Nobody in particular may read the hash that is compared; all else is done as the person.
        let mut tx = services.db.begin_system().await?;
        if !session::hold(&mut tx, &checked).await? {
            return Ok(false);
        }
        signed.scope().enter(&mut tx).await?;
        session::set_password(&mut tx, actor.employee_id, &hash, false).await?;
        session::end_all(&mut tx, actor.employee_id, Some(&signed.token_hash)).await?;
        let entry =
            audit::Entry { at: now, by: actor.employee_id, act: audit::Act::ChangePassword, subject: None };
        audit::append(&mut tx, signed.scope().organisation(), &[entry]).await?;
        tx.commit().await?;
        Ok::<_, db::Error>(true)
    })
    .await?;
    if !is_replaced {
        return Err(Error::WrongCurrentPassword);
    }
    services.pokes.end_sessions(&services.db).await;
    Ok(StatusCode::NO_CONTENT)
}
