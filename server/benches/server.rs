//! Figures of the server by itself, on a private PostgreSQL: `cargo xtask bench`, or `cargo bench -p server`, which take
//! the names of parts: curve, preview. Written as JSON to `ROUNDS_BENCH_JSON` where that is set.
#![expect(clippy::unwrap_used, reason = "a bench that cannot go on ends")]

#[path = "server/counted.rs"]
mod counted;
#[path = "server/curve.rs"]
mod curve;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, Request, header};
use domain::api::{PreviewScheme, SchemePreview, path};
use domain::ids::{DeviceId, OrgUnitId, TierSchemeId};
use domain::tier::{Bound, Freeze, Preset, TierScheme};
use domain::version::VersionState;
use domain::wire::{CLIENT_HEADER, SignIn};
use http_body_util::BodyExt;
use serde::Serialize;
use serde_json::json;
use server::config::Config;
use server::db::{Db, create_database, installation};
use server::embedded_postgres::EmbeddedPostgres;
use server::photos::Photos;
use server::services::Services;
use server::{clock, http, sample};
use sqlx::PgPool;
use std::net::SocketAddr;
use tower::ServiceExt;
use uuid::Uuid;

const CUSTOMERS: i32 = 50_000;
const MONTHS: i32 = 36;
/// Each figure is the median of so many.
const ROUNDS: usize = 5;
const WAN: i64 = 1_000_000; // fen

/// A server on a database of its own with the sample in it, and what was measured of it.
pub struct Bench {
    router: Router,
    pool: PgPool,
    figures: serde_json::Map<String, serde_json::Value>,
}

#[tokio::main]
async fn main() {
    let named: Vec<String> = std::env::args().skip(1).filter(|name| !name.starts_with("--")).collect();
    let wants = |part: &str| named.is_empty() || named.iter().any(|name| name == part);
    counted::install();
    let state = tempfile::tempdir().unwrap();
    let postgres = EmbeddedPostgres::start(state.path(), None).await.unwrap();
    create_database(&postgres.options()).await.unwrap();
    let options = postgres.options().database("rounds");
    let db = Db::new(options.clone());
    db.migrate().await.unwrap();
    installation::ensure(&mut db.system().await.unwrap(), Uuid::now_v7()).await.unwrap();
    db.set_prepared();
    sample::fill(&db, clock::now()).await.unwrap();
    let pool = PgPool::connect_lazy_with(options);

    let arguments = ["--state".to_owned(), state.path().display().to_string()];
    let config = Config::read(arguments, |_| None).unwrap();
    let photos = Photos::in_folder(&state.path().join("photos")).unwrap();
    let router = http::router(Services::new(&config, db.clone(), photos));
    let mut bench = Bench { router, pool, figures: serde_json::Map::new() };
    if wants("curve") {
        curve::run(&mut bench).await;
    }
    if wants("preview") {
        previews(&mut bench).await;
    }
    if let Ok(file) = std::env::var("ROUNDS_BENCH_JSON") {
        std::fs::write(file, serde_json::to_vec_pretty(&bench.figures).unwrap()).unwrap();
    }
    bench.pool.close().await;
    db.close().await;
    postgres.stop().await;
}

async fn previews(bench: &mut Bench) {
    let Bench { router, pool, figures } = bench;
    fill(pool).await;
    let cookie = sign_in(router).await;
    let regional = Preset::Regional.draft(TierSchemeId(Uuid::nil()), OrgUnitId(Uuid::nil()));
    for (in_force, freeze) in [("following", Freeze::None), ("frozen", Freeze::Yearly)] {
        put_in_force(pool, freeze).await;
        for (name, draft) in [("other floors", bank(60)), ("a measure nobody told", regional.clone())] {
            let mut took = Vec::with_capacity(ROUNDS);
            for _ in 0..ROUNDS {
                took.push(preview(router, &cookie, &draft).await);
            }
            took.sort_unstable();
            let name = format!("scheme preview, {name}, list {in_force}, ms");
            println!("{name}: {} (of {took:?})", took[ROUNDS / 2]);
            figures.insert(name, json!(took[ROUNDS / 2]));
        }
    }
}

/// Customers with figures of every month.
async fn fill(pool: &PgPool) {
    for statement in [
        "insert into customer (id, organisation_id, book_id, customer_no, name, customer_type, deposit_fen, wealth_fen,
             insurance_fen, fund_fen, loan_fen, stamps)
         select gen_random_uuid(), book.organisation_id, book.id, 'B' || n, '试算' || n, 'person', 0, 0, 0, 0, 0, '[]'
         from generate_series(1, $1) as n, (select * from book order by name limit 1) as book",
        "insert into figures (id, customer_id, book_id, month, as_of, deposit_fen, wealth_fen, insurance_fen, fund_fen,
             loan_fen)
         select gen_random_uuid(), id, book_id, month::date, month::date, (random() * 300000000)::bigint,
             (random() * 300000000)::bigint, 0, 0, 0
         from generate_series(date_trunc('month', now()) - ($1 - 1) * interval '1 month', date_trunc('month', now()),
             interval '1 month') as month, customer where customer_no like 'B%'",
    ] {
        let count = if statement.contains("into figures") { MONTHS } else { CUSTOMERS };
        sqlx::query(statement).bind(count).execute(pool).await.unwrap();
    }
    sqlx::raw_sql("analyze").execute(pool).await.unwrap();
}

fn bank(gold_wan: i64) -> TierScheme {
    let mut scheme = Preset::BankStandard1.draft(TierSchemeId(Uuid::now_v7()), OrgUnitId(Uuid::nil()));
    for step in scheme.ladders.iter_mut().flat_map(|ladder| &mut ladder.steps) {
        match step.tier.0.as_str() {
            "gold" => step.floor = Bound::At(gold_wan * WAN),
            "mass" => step.ceiling = Bound::At(gold_wan * WAN),
            _ => {}
        }
    }
    scheme
}

/// As if it had been published half a year ago.
async fn put_in_force(pool: &PgPool, freeze: Freeze) {
    let from = clock::now().date() - chrono::Days::new(180);
    let (state, effective_on) = (VersionState::Published, Some(from));
    let scheme = TierScheme { state, effective_on, freeze, ..bank(10) };
    sqlx::query("delete from tier_scheme").execute(pool).await.unwrap();
    sqlx::query(
        "insert into tier_scheme (id, organisation_id, version, effective_on, scheme)
         select $1, id, 1, $2, $3 from org_unit where parent_id is null",
    )
    .bind(scheme.id.0)
    .bind(from)
    .bind(sqlx::types::Json(&scheme))
    .execute(pool)
    .await
    .unwrap();
}

async fn send<T: Serialize>(
    router: &Router,
    path: &str,
    cookie: &str,
    body: &T,
) -> axum::http::Response<Body> {
    let mut request = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header(CLIENT_HEADER, "1")
        .header(header::COOKIE, cookie)
        .body(Body::from(serde_json::to_vec(body).unwrap()))
        .unwrap();
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 9))));
    router.clone().oneshot(request).await.unwrap()
}

/// As the lead, who is told names besides.
async fn sign_in(router: &Router) -> String {
    let asked = SignIn {
        employee_no: "2001".to_owned(),
        password: sample::PASSWORD.to_owned(),
        device_id: DeviceId(Uuid::now_v7()),
        device_name: "bench".to_owned(),
        app_version: None,
    };
    let answer = send(router, path::SESSION, "", &asked).await;
    let cookie = answer.headers().get(header::SET_COOKIE).unwrap().to_str().unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

/// From the request to the last byte of the answer.
async fn preview(router: &Router, cookie: &str, draft: &TierScheme) -> u128 {
    let begun = std::time::Instant::now();
    let asked = PreviewScheme { scheme: draft.clone() };
    let answer = send(router, path::TIER_SCHEME_PREVIEW, cookie, &asked).await;
    let bytes = answer.into_body().collect().await.unwrap().to_bytes();
    let took = begun.elapsed().as_millis();
    let told: SchemePreview = serde_json::from_slice(&bytes).unwrap();
    assert!(told.customers > CUSTOMERS.unsigned_abs());
    took
}
