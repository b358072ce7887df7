//! A branch to test with: a server, its database, and tablets that talk to it.

use crate::canary::wire::Wire;
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use domain::api::path;
use domain::ids::{BookId, DeviceId, MutationId, StreamId};
use domain::mutation::{MUTATION_SCHEMA, Mutation};
use domain::row::{FromRow, Row, RowKey};
use domain::time::Timestamp;
use domain::wire::{
    CLIENT_HEADER, MutationResult, Page, Problem, Pull, Push, PushAnswer, PushedMutation, Session, SignIn,
    StreamCookie,
};
use http_body_util::BodyExt;
use serde::Serialize;
use serde::de::DeserializeOwned;
use server::config::Config;
use server::db::{Db, installation};
use server::embedded_postgres::EmbeddedPostgres;
use server::photos::Photos;
use server::services::Services;
use server::{clock, http, sample};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{Connection, PgPool};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt;
use uuid::Uuid;

pub struct Branch {
    pub services: Services,
    pub router: Router,
    /// For what a test asks the database itself.
    pub pool: PgPool,
    maintenance: PgConnectOptions,
    database: String,
    own_postgres: Option<EmbeddedPostgres>,
    state: Arc<TempDir>,
}

impl Branch {
    /// With the sample in it.
    pub async fn open() -> Self {
        let branch = Self::empty().await;
        sample::fill(&branch.services.db, clock::now()).await.unwrap();
        branch
    }

    /// Migrated, without anybody.
    pub async fn empty() -> Self {
        let state = tempfile::tempdir().unwrap();
        let (maintenance, own_postgres) = match std::env::var("DATABASE_URL") {
            Ok(url) => (url.parse().unwrap(), None),
            Err(_) => {
                let postgres = EmbeddedPostgres::start(state.path(), None).await.unwrap();
                (postgres.options(), Some(postgres))
            }
        };
        let database = format!("rounds_test_{}", Uuid::now_v7().simple());
        on(&maintenance, &format!("create database {database}")).await;
        let options = maintenance.clone().database(&database);
        let db = Db::new(options.clone());
        db.migrate().await.unwrap();
        installation::ensure(&mut db.system().await.unwrap(), Uuid::now_v7()).await.unwrap();
        db.set_prepared();
        let services = services(state.path(), db);
        Self {
            router: http::router(services.clone()),
            services,
            pool: PgPool::connect_lazy_with(options),
            maintenance,
            database,
            own_postgres,
            state: Arc::new(state),
        }
    }

    /// Nobody is connected to the database from here on: it can be copied, and closed.
    pub async fn rest(&self) {
        self.pool.close().await;
        self.services.db.close().await;
    }

    /// The same branch once more, of a branch at rest, on a copy of its database that the server reaches through a wire.
    pub async fn copy(&self, through: &Wire) -> Self {
        let database = format!("rounds_test_{}", Uuid::now_v7().simple());
        on(&self.maintenance, &format!("create database {database} template {}", self.database)).await;
        let options = self.maintenance.clone().database(&database);
        let db = Db::new(through.lead(options.clone()));
        db.set_prepared();
        let services = services(self.state.path(), db);
        Self {
            router: http::router(services.clone()),
            services,
            pool: PgPool::connect_lazy_with(options),
            maintenance: self.maintenance.clone(),
            database,
            own_postgres: None,
            state: Arc::clone(&self.state),
        }
    }

    pub async fn close(self) {
        self.pool.close().await;
        self.services.db.close().await;
        on(&self.maintenance, &format!("drop database {} with (force)", self.database)).await;
        if let Some(postgres) = self.own_postgres {
            postgres.stop().await;
        }
    }

    pub async fn sign_in(&self, employee_no: &str) -> Tablet {
        self.sign_in_on(employee_no, DeviceId(Uuid::now_v7())).await
    }

    pub async fn sign_in_on(&self, employee_no: &str, device_id: DeviceId) -> Tablet {
        let asked = sign_in(employee_no, sample::PASSWORD, device_id);
        let answer = send(&self.router, Method::POST, path::SESSION, &[], Some(&asked)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", String::from_utf8_lossy(&answer.body));
        let cookie = answer.cookie().unwrap();
        let session: Session = answer.json();
        Tablet {
            router: self.router.clone(),
            cookie,
            device_id,
            last_seq: session.last_seq,
            session,
            rows: BTreeMap::new(),
            cookies: BTreeMap::new(),
        }
    }

    /// Another server process's part on the same database: it shares nothing else with this one.
    pub fn beside(&self) -> Services {
        let db = Db::new((*self.pool.connect_options()).clone());
        db.set_prepared();
        services(self.state.path(), db)
    }

    /// A figure straight from the database.
    pub async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&self.pool).await.unwrap()
    }
}

pub fn services(state: &std::path::Path, db: Db) -> Services {
    let arguments = ["--state".to_owned(), state.display().to_string()];
    let dist = state.join("dist").display().to_string();
    let config = Config::read(arguments, |name| (name == "ROUNDS_DIST").then(|| dist.clone())).unwrap();
    Services::new(&config, db, Photos::in_folder(&state.join("photos")).unwrap())
}

pub fn sign_in(employee_no: &str, password: &str, device_id: DeviceId) -> SignIn {
    SignIn {
        employee_no: employee_no.to_owned(),
        password: password.to_owned(),
        device_id,
        device_name: "平板".to_owned(),
        app_version: None,
    }
}

/// A statement put together of names, which none can bind; never of what somebody typed.
pub fn put_together(sql: impl Into<String>) -> sqlx::AssertSqlSafe<String> {
    sqlx::AssertSqlSafe(sql.into())
}

async fn on(options: &PgConnectOptions, sql: &str) {
    let mut connection = PgConnection::connect_with(options).await.unwrap();
    sqlx::raw_sql(put_together(sql)).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&self.body)))
    }

    /// The session it gives.
    pub fn cookie(&self) -> Option<String> {
        let cookie = self.headers.get(header::SET_COOKIE)?.to_str().unwrap();
        cookie.split(';').next().map(str::to_owned)
    }

    /// The code of a refusal, with its status.
    pub fn refusal(&self) -> (u16, String) {
        (self.status.as_u16(), self.json::<Problem>().code)
    }
}

pub async fn send<T: Serialize>(
    router: &Router,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: Option<&T>,
) -> Answer {
    let bytes = body.map(|body| serde_json::to_vec(body).unwrap()).unwrap_or_default();
    send_bytes(router, method, path, headers, bytes).await
}

pub async fn send_bytes(
    router: &Router,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: Vec<u8>,
) -> Answer {
    let mut request = Request::builder().method(method).uri(path).header(CLIENT_HEADER, "1");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    answer(router, request.body(Body::from(body)).unwrap()).await
}

pub async fn answer(router: &Router, mut request: Request<Body>) -> Answer {
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 9))));
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = body.collect().await.unwrap().to_bytes().to_vec();
    Answer { status: parts.status, headers: parts.headers, body }
}

/// A device as the app has it: its session, its rows, where it stands.
pub struct Tablet {
    router: Router,
    pub cookie: String,
    pub device_id: DeviceId,
    pub session: Session,
    pub last_seq: u64,
    pub rows: BTreeMap<RowKey, Row>,
    pub cookies: BTreeMap<StreamId, StreamCookie>,
}

impl Tablet {
    /// Talks to this server from now on.
    pub fn move_to(&mut self, router: &Router) {
        self.router = router.clone();
    }

    pub fn book(&self) -> BookId {
        self.session.actor.books[0]
    }

    pub async fn send<T: Serialize>(&self, method: Method, path: &str, body: Option<&T>) -> Answer {
        send(&self.router, method, path, &[("cookie", &self.cookie)], body).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send::<()>(Method::GET, path, None).await
    }

    /// The next batch, numbered and ready to be sent any number of times.
    pub fn batch(&mut self, mutations: impl IntoIterator<Item = Mutation>) -> Push {
        let mutations = mutations
            .into_iter()
            .map(|mutation| {
                self.last_seq += 1;
                let (name, args) = mutation.encode().unwrap();
                pushed(self.last_seq, &name, args)
            })
            .collect();
        self.push_of(mutations)
    }

    pub fn push_of(&self, mutations: Vec<PushedMutation>) -> Push {
        Push {
            device_id: self.device_id,
            schema: MUTATION_SCHEMA,
            mutations,
            pending_after: 0,
            follows: None,
        }
    }

    pub async fn send_push(&self, push: &Push) -> Answer {
        self.send(Method::POST, path::SYNC_PUSH, Some(push)).await
    }

    pub async fn push(&mut self, mutations: impl IntoIterator<Item = Mutation>) -> Vec<MutationResult> {
        let push = self.batch(mutations);
        let answer = self.send_push(&push).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", String::from_utf8_lossy(&answer.body));
        answer.json::<PushAnswer>().results
    }

    /// Pushes what must be applied.
    pub async fn apply(&mut self, mutation: impl Into<Mutation>) {
        let results = self.push([mutation.into()]).await;
        assert_eq!(results[0].refused, None);
    }

    pub fn pull_of(&self, limit: u32) -> Pull {
        Pull {
            device_id: self.device_id,
            cookie: self.cookies.values().cloned().collect(),
            limit,
            pending: 0,
        }
    }

    /// One page, taken in as the app takes it in.
    pub async fn pull_page(&mut self, limit: u32) -> Page {
        let answer = self.send(Method::POST, path::SYNC_PULL, Some(&self.pull_of(limit))).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", String::from_utf8_lossy(&answer.body));
        let page: Page = answer.json();
        self.take_in(&page);
        page
    }

    fn take_in(&mut self, page: &Page) {
        // Rows that went to another stream come as a deletion here and a row there: deletions first.
        for key in page.streams.iter().flat_map(|stream| &stream.del) {
            self.rows.remove(key);
        }
        for stream in &page.streams {
            self.rows.extend(stream.put.iter().map(|row| (row.key(), row.clone())));
            self.cookies.insert(stream.stream, stream.cookie.clone());
        }
        for stream in &page.drop {
            self.cookies.remove(stream);
            let book = BookId(stream.0);
            let gone: Vec<_> = self
                .all::<domain::customer::Customer>()
                .filter(|row| row.book_id == book)
                .map(|row| row.id)
                .collect();
            self.rows.retain(|_, row| row.customer_id().is_none_or(|id| !gone.contains(&id)));
        }
    }

    /// Until nothing more is to come; answers how many pages it took.
    pub async fn pull(&mut self, limit: u32) -> usize {
        for pages in 1..10_000 {
            if !self.pull_page(limit).await.more {
                return pages;
            }
        }
        panic!("a pull without end");
    }

    pub fn all<T: FromRow + 'static>(&self) -> impl Iterator<Item = &T> {
        self.rows.values().filter_map(T::from_row)
    }
}

pub fn pushed(seq: u64, name: &str, args: serde_json::Value) -> PushedMutation {
    PushedMutation {
        seq,
        id: MutationId(Uuid::now_v7()),
        name: name.to_owned(),
        args,
        made_at: Timestamp(clock::now().0 - 1_000),
    }
}
