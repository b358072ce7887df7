//! A branch in which every text somebody wrote is a canary: a token that tells which field of which row it was. Beside the
//! sample's unit there is a second one and a second organisation, with the same tables filled.

use super::wire::Wire;
use crate::branch::{Branch, put_together};
use domain::ids::PhotoId;
use sqlx::Row as _;
use sqlx::postgres::{PgConnection, PgPool, PgRow};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What a token is: this, and eight digits.
pub const MARK: &str = "CNRY";
const DIGITS: usize = 8;

/// Texts that are words of the domain, or that a person signs in by; everything else of type text is planted.
const WORDS: &[&str] = &[
    "call.channel",
    "call.outcome",
    "audit_log.act",
    "choice.list",
    "contact.role",
    "contract.state",
    "customer.customer_type",
    "customer.lunar_birthday",
    "employee.password_hash",
    "employee.role",
    "import_job.form",
    "import_job.state",
    "mark.kind",
    "promise.by_whom",
    "promise.state",
    "rule_draft.kind",
    "sync_row.kind",
    "task.state",
    "visit.state",
];

/// JSON, and where in it a person's text stands; None where there is none.
const JSON: &[(&str, Option<&str>)] = &[
    ("conflict.field", None),
    ("conflict.proposed", Some("{value}")),
    ("conflict.settlement", None),
    ("conflict.standing", Some("{value}")),
    ("contact.stamps", None),
    ("customer.stamps", None),
    ("event.answers", None),
    ("import_job.by_reason", None),
    ("import_job.counts", None),
    ("import_job.mapping", None),
    ("mutation_log.refused", None),
    ("policy.policy", None),
    ("preparation.bring", None),
    ("rule_draft.draft", Some("{tiers,0,name}")),
    ("tier_scheme.scheme", Some("{tiers,0,name}")),
    ("visit.not_held", Some("{reason}")),
    ("visit.report", Some("{summary}")),
    ("visit_standard.standard", None),
];

/// What the sample leaves empty, made before a second organisation is.
const FILL: &[&str] = &[
    "insert into device (employee_id, id, name, app_version, last_seq, pending, last_contact_at)
     select id, gen_random_uuid(), 'x', 'x', 1, 0, now() from employee",
    // One that all of them use.
    "insert into device (employee_id, id, name, app_version, last_seq, pending, last_contact_at)
     select id, '019a0000-0000-7000-8000-000000000001', 'x', 'x', 1, 1, now() from employee",
    "insert into recovery_key (employee_id, device_id, key) select employee_id, id, 'x' from device",
    "insert into mutation_log (employee_id, device_id, seq, mutation_id, name, made_at, applied_at)
     select employee_id, id, 1, gen_random_uuid(), 'x', now(), now() from device",
    "insert into session (token_hash, employee_id, device_id, created_at, expires_at)
     select sha256((employee_id::text || id::text)::bytea), employee_id, id, now(), now() + interval '1 day' from device",
    "insert into photo (id, customer_id, book_id, caption, width_px, height_px, bytes, taken_by, taken_at)
     select distinct on (book_id) gen_random_uuid(), id, book_id, 'x', 640, 480, 24, id, now() from customer",
    "insert into mark (id, customer_id, book_id, kind, marked_by, marked_at)
     select distinct on (book_id) gen_random_uuid(), id, book_id, 'later', id, now() from customer",
    r#"insert into conflict (id, customer_id, book_id, field, base, standing, proposed)
     select distinct on (book_id) gen_random_uuid(), id, book_id, '{"customer": "remark"}', 'x',
         '{"value": "x", "by": null, "at": null}', '{"value": "y", "by": null, "at": null}' from customer"#,
    "insert into org_unit (id, organisation_id, parent_id, name)
     select gen_random_uuid(), organisation_id, id, 'x' from org_unit where parent_id is null",
    "update employee set org_unit_id = (select id from org_unit where name = 'x') where employee_no in ('1005', '1006')",
    "update book set org_unit_id = employee.org_unit_id from employee where employee.id = book.holder_id",
    "update employee set role = 'auditor' where employee_no = '1004'",
    "insert into import_job (id, organisation_id, org_unit_id, created_by, created_at, file_name, content, header_line,
         rows, mapping, state, done, is_stop_asked)
     select gen_random_uuid(), organisation_id, org_unit_id, id, now(), 'x', '', 1, 1,
         '[[\"customer_no\", \"yuan\"], [\"name\", \"yuan\"], [\"manager_no\", \"yuan\"]]', 'waiting', 0, false
     from employee where role = 'manager'",
    "insert into rule_draft (organisation_id, kind, id, draft, revision, saved_by, saved_at)
     select tier_scheme.organisation_id, 'tier_scheme', gen_random_uuid(), scheme, 1, employee.id, now()
     from tier_scheme, employee where employee.employee_no = '9001' order by version limit 1",
    "insert into audit_log (organisation_id, seq, at, employee_id, act, previous_hash, hash)
     select organisation_id, 1, now(), id, 'edit_book', '', sha256('x') from employee where employee_no = '9001'",
    "insert into audit_head (organisation_id, seq, hash)
     select organisation_id, 1, sha256('x') from employee where employee_no = '9001'",
];

/// Whose a planted text is.
#[derive(Clone, Debug, Default)]
pub struct Field {
    pub table: String,
    pub column: String,
    pub book: Option<Uuid>,
    pub organisation: Option<Uuid>,
    pub org_unit: Option<Uuid>,
    pub employee: Option<Uuid>,
}

#[derive(Clone, Debug)]
pub struct Column {
    pub table: String,
    pub name: String,
    pub data_type: String,
}

/// Every column of our tables.
pub async fn columns(pool: &PgPool) -> Vec<Column> {
    let rows = sqlx::query(
        "select table_name::text, column_name::text, udt_name::text from information_schema.columns
         where table_schema = 'public' and table_name <> '_sqlx_migrations' order by table_name, ordinal_position",
    );
    let rows = rows.fetch_all(pool).await.unwrap();
    rows.iter().map(|row| Column { table: row.get(0), name: row.get(1), data_type: row.get(2) }).collect()
}

pub async fn run(pool: &PgPool, sql: &str) {
    let done = sqlx::raw_sql(put_together(sql)).execute(pool).await;
    done.unwrap_or_else(|error| panic!("{error}: {sql}"));
}

/// The id in the second organisation of what has `id` in the first.
pub async fn twin(pool: &PgPool, id: Uuid) -> Uuid {
    sqlx::query_scalar("select md5($1::text || 'elsewhere')::uuid").bind(id).fetch_one(pool).await.unwrap()
}

pub struct Planted {
    pub branch: Branch,
    pub fields: BTreeMap<u32, Field>,
    pub tables: BTreeSet<String>,
    /// Forgets the rows that stand no more as they were noted, and tells whose they were.
    forget: String,
}

impl Planted {
    pub async fn open() -> Self {
        let branch = Branch::open().await;
        let pool = &branch.pool;
        for statement in FILL {
            run(pool, statement).await;
        }
        let columns = columns(pool).await;
        copy_elsewhere(pool, &columns).await;
        run(
            pool,
            "create schema canary;
             create table canary.planted (
                 n bigint, table_name text, column_name text, row tid, book uuid, organisation uuid, org_unit uuid,
                 employee uuid
             )",
        )
        .await;
        for column in &columns {
            plant(pool, &columns, column).await;
        }
        plant_files(&branch).await;
        let fields = fields(pool).await;
        let forget = note_rows(pool, &columns).await;
        let tables = columns.into_iter().map(|column| column.table).collect();
        Self { branch, fields, tables, forget }
    }

    /// Nobody may go on with this one: it is there to be copied.
    pub async fn rest(&self) {
        self.branch.rest().await;
    }

    /// The same once more, of one at rest, the server reached through a wire.
    pub async fn copy(&self, through: &Wire) -> Self {
        Self {
            branch: self.branch.copy(through).await,
            fields: self.fields.clone(),
            tables: self.tables.clone(),
            forget: self.forget.clone(),
        }
    }

    /// Whose rows were changed or deleted since this was asked last.
    pub async fn changed(&self) -> Vec<Field> {
        self.changed_in(&mut self.branch.pool.acquire().await.unwrap()).await
    }

    /// The same within a transaction.
    pub async fn changed_in(&self, connection: &mut PgConnection) -> Vec<Field> {
        let rows = sqlx::query(put_together(self.forget.as_str())).fetch_all(connection).await.unwrap();
        let field = |row: &PgRow| Field {
            table: row.get(0),
            column: "*".to_owned(),
            book: row.get(1),
            organisation: row.get(2),
            org_unit: row.get(3),
            employee: row.get(4),
        };
        rows.iter().map(field).collect()
    }

    /// The planted fields a text tells of.
    pub fn in_bytes(&self, bytes: &[u8]) -> BTreeSet<u32> {
        let text = String::from_utf8_lossy(bytes);
        let digits =
            text.match_indices(MARK).filter_map(|(at, _)| text.get(at + MARK.len()..)?.get(..DIGITS));
        digits.filter_map(|digits| digits.parse().ok()).collect()
    }
}

/// Every row again, under other ids, in an organisation of their own.
async fn copy_elsewhere(pool: &PgPool, columns: &[Column]) {
    let mut statements = "set session_replication_role = replica;".to_owned();
    let tables: BTreeSet<&str> = columns.iter().map(|column| column.table.as_str()).collect();
    for table in tables.into_iter().filter(|table| !matches!(*table, "installation" | "sign_in_failure")) {
        let own: Vec<&Column> = columns.iter().filter(|column| column.table == table).collect();
        let names: Vec<&str> = own.iter().map(|column| column.name.as_str()).collect();
        let values = own.iter().map(|column| match (column.data_type.as_str(), column.name.as_str()) {
            ("uuid", name) => format!("md5({name}::text || 'elsewhere')::uuid"),
            ("bytea", "token_hash") => "sha256(token_hash)".to_owned(),
            ("text", "employee_no") => "'E' || employee_no".to_owned(),
            // Rows that stand in their table whole, with their id.
            ("jsonb", name @ ("scheme" | "standard" | "policy")) => {
                format!("jsonb_set({name}, '{{id}}', to_jsonb(md5(id::text || 'elsewhere')::uuid))")
            }
            (_, name) => format!("\"{name}\""),
        });
        let values: Vec<String> = values.collect();
        let names: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
        statements +=
            &format!("insert into {table} ({}) select {} from {table};", names.join(", "), values.join(", "));
    }
    run(pool, &(statements + "set session_replication_role = origin")).await;
}

/// Puts a token into every row's column.
async fn plant(pool: &PgPool, columns: &[Column], column: &Column) {
    let (table, name) = (&column.table, &column.name);
    let full = format!("{table}.{name}");
    let token = format!("'{MARK}' || lpad(planted.n::text, {DIGITS}, '0')");
    let value = match column.data_type.as_str() {
        "text" if !WORDS.contains(&full.as_str()) => token,
        "jsonb" => {
            let known = JSON.iter().find(|(known, _)| *known == full);
            let (_, at) = known.unwrap_or_else(|| panic!("{full}: does a person's text stand in it?"));
            let Some(at) = at else { return };
            format!("jsonb_set({name}, '{at}', to_jsonb({token}))")
        }
        _ => return,
    };
    let of = |wanted: &str| {
        let has = columns.iter().any(|column| column.table == *table && column.name == wanted);
        if has { wanted.to_owned() } else { "null::uuid".to_owned() }
    };
    let (book, organisation) = (of("book_id"), of("organisation_id"));
    let (org_unit, employee) = (of("org_unit_id"), of("employee_id"));
    run(
        pool,
        &format!(
            "insert into canary.planted
             select (select count(*) from canary.planted) + row_number() over (), '{table}', '{name}', ctid, {book},
                 {organisation}, {org_unit}, {employee}
             from {table};
             update {table} set {name} = {value} from canary.planted
             where table_name = '{table}' and column_name = '{name}' and {table}.ctid = planted.row"
        ),
    )
    .await;
}

/// What is no text of a table: the file of an import, the bytes of a photo.
async fn plant_files(branch: &Branch) {
    run(
        &branch.pool,
        "insert into canary.planted
         select (select count(*) from canary.planted) + row_number() over (), 'import_job', 'content', ctid, null,
             organisation_id, org_unit_id, null
         from import_job;
         update import_job set content = convert_to(
             '客户编号,客户名称,管户经理工号' || chr(10) || 'X1,CNRY' || lpad(planted.n::text, 8, '0') || ',1' || chr(10), 'UTF8')
         from canary.planted
         where table_name = 'import_job' and column_name = 'content' and import_job.ctid = planted.row;
         insert into canary.planted
         select (select count(*) from canary.planted) + row_number() over (), 'photo', 'bytes', ctid, book_id, null,
             null, null
         from photo",
    )
    .await;
    let photos: Vec<(Uuid, i64)> = sqlx::query_as(
        "select photo.id, planted.n from photo join canary.planted on photo.ctid = planted.row
         where table_name = 'photo' and column_name = 'bytes'",
    )
    .fetch_all(&branch.pool)
    .await
    .unwrap();
    for (id, n) in photos {
        let mut jpeg = vec![0xFF, 0xD8, 0xFF, 0xC0, 0, 8, 8, 0x01, 0xE0, 0x02, 0x80, 0];
        jpeg.extend(format!("{MARK}{n:08}").bytes());
        branch.services.photos.put(PhotoId(id), jpeg.into()).await.unwrap();
    }
}

/// Of which tables nothing is noted: versions of rows that are, and what belongs to nobody.
const UNNOTED: [&str; 3] = ["installation", "sign_in_failure", "sync_row"];

/// Notes every row, and whose it is. Answers the statement that looks for them again.
async fn note_rows(pool: &PgPool, columns: &[Column]) -> String {
    let tables: BTreeSet<&str> = columns.iter().map(|column| column.table.as_str()).collect();
    let rows = tables.into_iter().filter(|table| !UNNOTED.contains(table)).map(|table| {
        let of = |name: &str| {
            let has = columns.iter().any(|column| column.table == table && column.name == name);
            match (table, name) {
                ("stream", "book_id") => "(select book.id from book where book.id = noted.id)".to_owned(),
                ("stream", "organisation_id") => {
                    "(select org_unit.id from org_unit where org_unit.id = noted.id)".to_owned()
                }
                _ if has => name.to_owned(),
                _ => "null::uuid".to_owned(),
            }
        };
        let whose = ["book_id", "organisation_id", "org_unit_id", "employee_id"].map(of).join(", ");
        // Not by the table's name, which may be a column's.
        format!("select '{table}', md5(noted::text), {whose} from {table} as noted")
    });
    let rows = rows.collect::<Vec<_>>().join(" union all ");
    let names = "table_name, row, book, organisation, org_unit, employee";
    run(pool, &format!("create table canary.noted as with now ({names}) as ({rows}) select * from now"))
        .await;
    format!(
        "with now ({names}) as ({rows})
         delete from canary.noted where (table_name, row) not in (select table_name, row from now)
         returning table_name, book, organisation, org_unit, employee"
    )
}

async fn fields(pool: &PgPool) -> BTreeMap<u32, Field> {
    let rows = sqlx::query(
        "select n, table_name, column_name, book, organisation, org_unit, employee from canary.planted",
    );
    let rows = rows.fetch_all(pool).await.unwrap();
    rows.iter()
        .map(|row| {
            let field = Field {
                table: row.get(1),
                column: row.get(2),
                book: row.get(3),
                organisation: row.get(4),
                org_unit: row.get(5),
                employee: row.get(6),
            };
            (u32::try_from(row.get::<i64, _>(0)).unwrap(), field)
        })
        .collect()
}
