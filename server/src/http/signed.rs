//! Who is asking: read from the cookie, looked up in the database.

use super::Error;
use crate::clock;
use crate::db::session::{self, Caller};
use crate::db::{Connection, Scope};
use crate::services::Services;
use crate::token;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use domain::authorize::{Act, may};
use domain::time::Timestamp;

/// A session lasts this long since it was last used: longer than a server's bad week.
pub const SESSION_DAYS: i64 = 14;
const DAY_MS: i64 = 24 * 3_600_000;
/// Used again after this long, a session is extended.
const EXTEND_AFTER_DAYS: i64 = 1;
const SECURE_COOKIE: &str = "__Host-rounds";
const PLAIN_COOKIE: &str = "rounds";

pub fn expiry(now: Timestamp) -> Timestamp {
    now.plus_ms(SESSION_DAYS * DAY_MS)
}

fn cookie_name(is_secure: bool) -> &'static str {
    if is_secure { SECURE_COOKIE } else { PLAIN_COOKIE }
}

/// A `Set-Cookie` that holds the token, or with None forgets it.
pub fn cookie(is_secure: bool, token: Option<&str>) -> Result<HeaderValue, Error> {
    let name = cookie_name(is_secure);
    let secure = if is_secure { "; Secure" } else { "" };
    let age_s = if token.is_some() { SESSION_DAYS * DAY_MS / 1000 } else { 0 };
    let token = token.unwrap_or_default();
    HeaderValue::try_from(format!("{name}={token}; Path=/; Max-Age={age_s}; HttpOnly; SameSite=Lax{secure}"))
        .map_err(|_| Error::Internal("a cookie that is no header"))
}

/// The hash of the token in the request's cookie.
pub fn token_hash(headers: &HeaderMap, is_secure: bool) -> Result<Vec<u8>, Error> {
    let name = cookie_name(is_secure);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, token)| token::hash(token))
        .ok_or(Error::NotSignedIn)
}

/// The holder of the token, as of the connection's snapshot.
pub async fn look_up(connection: &mut Connection, token_hash: &[u8]) -> Result<Caller, Error> {
    let now = clock::now();
    let signed_in = session::signed_in(connection, token_hash, now).await?.ok_or(Error::NotSignedIn)?;
    if signed_in.is_revoked {
        let (device_id, takes_last_push) = (signed_in.device_id, signed_in.takes_last_push);
        return Err(Error::DeviceRevoked { device_id, takes_last_push });
    }
    Ok(signed_in)
}

/// A person on a device that may send its edits: also one that is revoked, once, if what it holds is to be kept.
pub struct MayPush(pub Caller);

impl FromRequestParts<Services> for MayPush {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, services: &Services) -> Result<Self, Error> {
        match Signed::from_request_parts(parts, services).await {
            Ok(signed) => Ok(Self(signed.who)),
            Err(Error::DeviceRevoked { takes_last_push: true, .. }) => {
                let token_hash = token_hash(&parts.headers, services.is_secure)?;
                let mut connection = services.db.system().await?;
                let who = session::signed_in(&mut connection, &token_hash, clock::now()).await?;
                who.map(Self).ok_or(Error::NotSignedIn)
            }
            Err(error) => Err(error),
        }
    }
}

/// A person signed in; a handler that takes this is for nobody else.
pub struct Signed {
    pub who: Caller,
    pub token_hash: Vec<u8>,
}

impl Signed {
    pub fn scope(&self) -> &Scope {
        &self.who.scope
    }

    pub fn require(&self, act: Act) -> Result<(), Error> {
        self.who.require(act)
    }
}

impl Caller {
    /// Or the role does not allow it.
    pub fn require(&self, act: Act) -> Result<(), Error> {
        if may(self.scope.actor().role, act) { Ok(()) } else { Err(Error::NotAllowed) }
    }
}

impl FromRequestParts<Services> for Signed {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, services: &Services) -> Result<Self, Error> {
        let token_hash = token_hash(&parts.headers, services.is_secure)?;
        let mut connection = services.db.system().await?;
        let who = look_up(&mut connection, &token_hash).await?;
        let now = clock::now();
        if who.expires_at.0 - now.0 < (SESSION_DAYS - EXTEND_AFTER_DAYS) * DAY_MS {
            session::extend(&mut connection, &token_hash, expiry(now)).await?;
        }
        Ok(Self { who, token_hash })
    }
}
