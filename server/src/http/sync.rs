//! Push, pull and pokes.

use super::error::Error;
use super::extract::{Body, Json, parsed};
use super::signed::{MayPush, Signed, look_up, token_hash};
use crate::clock;
use crate::db::device;
use crate::db::session::Caller;
use crate::services::Services;
use crate::sync::pokes::{Line, News};
use crate::sync::{pull, push};
use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::header::{ACCEPT, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use domain::api::path;
use domain::ids::StreamId;
use domain::limits;
use domain::wire::{PAGE_MEDIA_TYPE, PAGE_SCHEMA, Page, Pull, Push, PushAnswer};
use futures_util::Stream;
use std::convert::Infallible;
use std::time::Duration;

/// A device that pulls often is noted at most this often.
const CONTACT_NOTED_MS: i64 = 60_000;
const KEEP_ALIVE: Duration = Duration::from_secs(25);
/// How often a listener's session is looked at again although nothing was heard.
const LOOK_AGAIN: Duration = Duration::from_secs(120);

pub fn router() -> Router<Services> {
    Router::new()
        .route(path::SYNC_PUSH, post(push).layer(DefaultBodyLimit::max(limits::PUSH_BODY_BYTES_MAX)))
        .route(path::SYNC_PULL, post(pull))
        .route(path::SYNC_POKES, get(pokes))
}

async fn push(
    State(services): State<Services>,
    MayPush(who): MayPush,
    Json(pushed): Json<Push>,
) -> Result<axum::Json<PushAnswer>, Error> {
    push::push(&services, &who, pushed).await.map(axum::Json)
}

async fn pull(
    State(services): State<Services>,
    headers: HeaderMap,
    Body(body): Body,
) -> Result<Response, Error> {
    let token_hash = token_hash(&headers, services.is_secure)?;
    // Mostly nothing is new: one statement tells.
    let mut connection = services.db.system().await?;
    let who = look_up(&mut connection, &token_hash).await?;
    drop(connection);
    let asked: Pull = parsed(&body)?;
    if let Some(page) = pull::quiet(&who, &asked)? {
        note_contact(&services, &who, asked.pending);
        return answer(&headers, &page);
    }
    // The person's rights and the rows are of one snapshot.
    let mut snapshot = services.db.snapshot_system().await?;
    let who = look_up(&mut snapshot, &token_hash).await?;
    who.scope.enter(&mut snapshot).await?;
    let page = pull::pull(&mut snapshot, &who, &asked, schema_of(&headers)).await?;
    snapshot.commit().await?;
    note_contact(&services, &who, asked.pending);
    answer(&headers, &page)
}

/// In the background: the page does not wait for it.
fn note_contact(services: &Services, who: &Caller, pending: u32) {
    let now = clock::now();
    if pending == who.pending && now.0 - who.last_contact_at.0 < CONTACT_NOTED_MS {
        return;
    }
    let (db, employee, device) = (services.db.clone(), who.scope.actor().employee_id, who.device_id);
    tokio::spawn(async move {
        // The next contact notes it again.
        if let Ok(mut connection) = db.system().await {
            let _ = device::note_contact(&mut connection, employee, device, pending, now).await;
        }
    });
}

/// Compact where the client names the schema we speak, JSON for anyone else.
fn answer(headers: &HeaderMap, page: &Page) -> Result<Response, Error> {
    let mut response = if speaks_compact(headers) {
        let bytes =
            postcard::to_stdvec(page).map_err(|_| Error::Internal("a page that postcard cannot write"))?;
        let media_type = HeaderValue::try_from(compact())
            .map_err(|_| Error::Internal("a media type that is no header"))?;
        ([(CONTENT_TYPE, media_type)], bytes).into_response()
    } else {
        axum::Json(page).into_response()
    };
    response.headers_mut().insert(VARY, HeaderValue::from_static("accept, accept-encoding"));
    Ok(response)
}

fn compact() -> String {
    format!("{PAGE_MEDIA_TYPE};schema={PAGE_SCHEMA}")
}

/// The schema an installed app speaks; it may be older than the server. Whoever names none reads all there is.
fn schema_of(headers: &HeaderMap) -> u32 {
    let accepted = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted
        .split(',')
        .find_map(|choice| {
            choice.replace(' ', "").strip_prefix(PAGE_MEDIA_TYPE)?.strip_prefix(";schema=")?.parse().ok()
        })
        .unwrap_or(PAGE_SCHEMA)
}

fn speaks_compact(headers: &HeaderMap) -> bool {
    let accepted = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|choice| choice.replace(' ', "") == compact())
}

async fn pokes(
    State(services): State<Services>,
    signed: Signed,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let line = services.pokes.listen(signed.token_hash.clone(), streams_of(&signed.who));
    let library = signed.scope().library();
    let listener = Listener { line, services, token_hash: signed.token_hash, library };
    let stream = futures_util::stream::unfold(listener, async |mut listener| {
        listener.next().await.map(|event| (Ok(event), listener))
    });
    Sse::new(stream).keep_alive(KeepAlive::new().interval(KEEP_ALIVE))
}

fn streams_of(who: &Caller) -> impl Iterator<Item = (StreamId, u64)> {
    who.streams.iter().map(|(&stream, state)| (stream, state.version))
}

struct Listener {
    services: Services,
    line: Line,
    token_hash: Vec<u8>,
    library: StreamId,
}

impl Listener {
    /// The next poke that concerns this person; None when the session is over.
    async fn next(&mut self) -> Option<Event> {
        loop {
            match tokio::time::timeout(LOOK_AGAIN, self.line.hear()).await {
                Ok(News::Changed(streams)) => {
                    // Books may have come or gone with the library.
                    if streams.contains(&self.library) {
                        self.look_again().await?;
                    }
                    return Some(poke());
                }
                Ok(News::SessionEnded) => return None,
                Err(_) => self.look_again().await?,
            }
        }
    }

    /// None when the session is over. A database that is away ends nothing.
    async fn look_again(&mut self) -> Option<()> {
        let Ok(mut connection) = self.services.db.system().await else { return Some(()) };
        match look_up(&mut connection, &self.token_hash).await {
            Ok(who) => {
                self.line.follow(streams_of(&who));
                Some(())
            }
            Err(Error::NotSignedIn | Error::DeviceRevoked { .. }) => None,
            Err(_) => Some(()),
        }
    }
}

/// An event needs some data to be heard; this one says nothing.
fn poke() -> Event {
    Event::default().event("poke").data("-")
}
