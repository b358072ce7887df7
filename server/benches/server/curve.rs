//! What push, pull and first sync cost while the books become more: of a manager with one book, and of a lead who follows
//! them all. Every book has 1,000 customers and as many visits.

use crate::counted::counted;
use crate::{Bench, send};
use axum::body::Body;
use axum::http::Response;
use domain::api::path;
use domain::ids::{CustomerId, DeviceId, MutationId, NoteId};
use domain::limits;
use domain::mutation::{AddNote, MUTATION_SCHEMA, Mutation};
use domain::wire::{Page, Pull, Push, PushedMutation, StreamCookie};
use http_body_util::BodyExt;
use serde_json::json;
use server::clock;
use sqlx::PgPool;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use uuid::Uuid;

const BOOKS: [i32; 3] = [1, 10, 100];
const CUSTOMERS: i32 = 1_000;
const EDITS: usize = 20;
/// Each figure is the median of so many.
const ROUNDS: usize = 15;

struct Device {
    cookie: String,
    id: DeviceId,
    customers: Vec<CustomerId>,
    seq: u64,
    streams: BTreeMap<Uuid, StreamCookie>,
}

impl Device {
    async fn open(pool: &PgPool, employee_no: &str) -> Self {
        let (id, token) = (Uuid::now_v7(), Uuid::now_v7().to_string());
        for statement in [
            "insert into device (employee_id, id, name, last_seq, pending, last_contact_at)
             select id, $2, 'bench', 0, 0, now() from employee where employee_no = $1 and $3 <> ''",
            "insert into session (token_hash, employee_id, device_id, created_at, expires_at)
             select sha256(convert_to($3, 'UTF8')), id, $2, now(), now() + interval '14 days' from employee
             where employee_no = $1",
        ] {
            sqlx::query(statement).bind(employee_no).bind(id).bind(&token).execute(pool).await.unwrap();
        }
        let customers: Vec<Uuid> = sqlx::query_scalar(
            "select customer.id from customer join book on book.id = book_id join employee on employee.id = holder_id
             where employee_no = $1 limit $2",
        )
        .bind(employee_no)
        .bind(i64::try_from(EDITS).unwrap())
        .fetch_all(pool)
        .await
        .unwrap();
        Self {
            cookie: format!("rounds={token}"),
            id: DeviceId(id),
            customers: customers.into_iter().map(CustomerId).collect(),
            seq: 0,
            streams: BTreeMap::new(),
        }
    }

    async fn push(&mut self, bench: &Bench, count: usize) {
        let mutations = (0..count)
            .map(|n| {
                self.seq += 1;
                let customer_id = self.customers[n];
                let note =
                    AddNote { note_id: NoteId(Uuid::now_v7()), customer_id, text: "量一量".to_owned() };
                let (name, args) = Mutation::from(note).encode().unwrap();
                let id = MutationId(Uuid::now_v7());
                PushedMutation { seq: self.seq, id, name, args, made_at: clock::now() }
            })
            .collect();
        let push =
            Push { device_id: self.id, schema: MUTATION_SCHEMA, mutations, pending_after: 0, follows: None };
        whole(send(&bench.router, path::SYNC_PUSH, &self.cookie, &push).await).await;
    }

    async fn pull(&mut self, bench: &Bench, limit: u32) -> (Page, usize) {
        let cookie = self.streams.values().cloned().collect();
        let pull = Pull { device_id: self.id, cookie, limit, pending: 0 };
        let bytes = whole(send(&bench.router, path::SYNC_PULL, &self.cookie, &pull).await).await;
        let page: Page = serde_json::from_slice(&bytes).unwrap();
        for stream in &page.streams {
            self.streams.insert(stream.stream.0, stream.cookie.clone());
        }
        (page, bytes.len())
    }

    /// Everything, from nothing, in pages as the app asks for them; answers how many rows.
    async fn pull_all(&mut self, bench: &Bench) -> usize {
        self.streams.clear();
        let (mut rows, mut limit) = (0, limits::PULL_ROWS_MAX / 4);
        loop {
            let (page, _) = self.pull(bench, limit).await;
            rows += page.streams.iter().map(|stream| stream.put.len()).sum::<usize>();
            limit = limits::PULL_ROWS_MAX;
            if !page.more {
                return rows;
            }
        }
    }
}

async fn whole(answer: Response<Body>) -> Vec<u8> {
    let status = answer.status();
    let bytes = answer.into_body().collect().await.unwrap().to_bytes().to_vec();
    assert!(status.is_success(), "{status}: {}", String::from_utf8_lossy(&bytes));
    bytes
}

/// Adds books until there are `count`, each with its manager, in one org unit beside the sample's.
async fn grow(pool: &PgPool, from: i32, count: i32) {
    for statement in [
        "insert into employee (id, organisation_id, org_unit_id, employee_no, name, role, is_active, password_hash,
             must_change_password)
         select gen_random_uuid(), unit.id, unit.id, 'M' || n, '经理' || n, 'manager', true, 'nobody', false
         from generate_series($1 + 1, $2) as n, (select id from org_unit where parent_id is null) as unit
         where $3 > 0",
        "insert into book (id, organisation_id, org_unit_id, holder_id, name)
         select gen_random_uuid(), organisation_id, org_unit_id, id, employee_no from employee
         where employee_no in (select 'M' || n from generate_series($1 + 1, $2) as n) and $3 > 0",
        "insert into stream (id, version, pruned_to) select id, 1, 0 from book
         where name in (select 'M' || n from generate_series($1 + 1, $2) as n) and $3 > 0",
        "insert into customer (id, organisation_id, book_id, customer_no, name, customer_type, deposit_fen, wealth_fen,
             insurance_fen, fund_fen, loan_fen, stamps)
         select gen_random_uuid(), book.organisation_id, book.id, book.name || '-' || n, '试算' || n, 'person', 0, 0, 0, 0,
             0, '[]'
         from book, generate_series(1, $3) as n
         where book.name in (select 'M' || n from generate_series($1 + 1, $2) as n)",
        "insert into visit (id, customer_id, book_id, visitor_id, state, visit_on, written_at)
         select gen_random_uuid(), customer.id, book_id, book.holder_id, 'planned', current_date, now()
         from customer join book on book.id = book_id
         where book.name in (select 'M' || n from generate_series($1 + 1, $2) as n) and $3 > 0",
        "insert into sync_row (stream_id, kind, row_id, version, deleted, changed_at)
         select book_id, kind, rows.id, 1, false, now()
         from (select id, book_id, 'customer' as kind from customer union all select id, book_id, 'visit' from visit) as rows
         join book on book.id = book_id
         where book.name in (select 'M' || n from generate_series($1 + 1, $2) as n) and $3 > 0",
    ] {
        sqlx::query(statement).bind(from).bind(count).bind(CUSTOMERS).execute(pool).await.unwrap();
    }
    sqlx::raw_sql("analyze").execute(pool).await.unwrap();
}

/// Beside the sample's people: somebody at the root, who follows every book.
async fn add_lead(pool: &PgPool) {
    sqlx::query(
        "insert into employee (id, organisation_id, org_unit_id, employee_no, name, role, is_active, password_hash,
             must_change_password)
         select gen_random_uuid(), id, id, 'LEAD', '主管', 'lead', true, 'nobody', false from org_unit
         where parent_id is null",
    )
    .execute(pool)
    .await
    .unwrap();
}

struct Told<'a> {
    bench: &'a mut Bench,
    books: i32,
}

impl Told<'_> {
    fn tell(&mut self, what: &str, mut took: Vec<Duration>, statements: u64) {
        took.sort_unstable();
        let ms = took[took.len() / 2].as_secs_f64() * 1000.0;
        let books = self.books;
        println!("{books:>4} books  {what:<44} {ms:>9.2} ms  {statements:>4} statements");
        self.bench
            .figures
            .insert(format!("{what}, {books} books"), json!({ "ms": ms, "statements": statements }));
    }
}

async fn measure(bench: &mut Bench, books: i32) {
    let mut manager = Device::open(&bench.pool, "M1").await;
    let mut other = Device::open(&bench.pool, "M1").await;
    let mut lead = Device::open(&bench.pool, "LEAD").await;
    let mut told = Told { bench, books };

    let mut took = Vec::new();
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        manager.push(told.bench, EDITS).await;
        took.push(begun.elapsed());
    }
    let ((), statements) = counted(manager.push(told.bench, EDITS)).await;
    told.tell("push of 20 edits", took, statements);

    for (who, device, rounds) in [("a manager's", &mut manager, ROUNDS), ("the lead's", &mut lead, 3)] {
        let mut took = Vec::new();
        let mut rows = 0;
        for _ in 0..rounds {
            let begun = Instant::now();
            rows = device.pull_all(told.bench).await;
            took.push(begun.elapsed());
        }
        let (_, statements) = counted(device.pull_all(told.bench)).await;
        told.tell(&format!("{who} first sync"), took, statements);
        println!("            ({rows} rows)");

        let mut took = Vec::new();
        for _ in 0..ROUNDS {
            let begun = Instant::now();
            let (page, _) = device.pull(told.bench, limits::PULL_ROWS_MAX).await;
            took.push(begun.elapsed());
            assert!(page.streams.is_empty());
        }
        let (_, statements) = counted(device.pull(told.bench, limits::PULL_ROWS_MAX)).await;
        told.tell(&format!("{who} pull, nothing new"), took, statements);

        let mut took = Vec::new();
        for _ in 0..ROUNDS {
            other.push(told.bench, 1).await;
            let begun = Instant::now();
            let (page, _) = device.pull(told.bench, limits::PULL_ROWS_MAX).await;
            took.push(begun.elapsed());
            assert_eq!(page.streams.iter().map(|stream| stream.put.len()).sum::<usize>(), 1);
        }
        other.push(told.bench, 1).await;
        let (_, statements) = counted(device.pull(told.bench, limits::PULL_ROWS_MAX)).await;
        told.tell(&format!("{who} pull, one change"), took, statements);
    }
}

pub async fn run(bench: &mut Bench) {
    add_lead(&bench.pool).await;
    let mut there = 0;
    for books in BOOKS {
        grow(&bench.pool, there, books).await;
        there = books;
        measure(bench, books).await;
    }
}
