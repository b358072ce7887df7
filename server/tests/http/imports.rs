use crate::branch::{Branch, Tablet, send_bytes};
use axum::http::{Method, StatusCode};
use domain::api::{
    FILE_NAME_HEADER, Import, ImportCounts, ImportMapping, ImportPreview, ImportRows, ImportState, path,
};
use domain::customer::Customer;
use domain::import::Reason;
use serde_json::Value;
use std::collections::BTreeMap;
use std::time::Duration;

const WORKBOOK: &[u8] = include_bytes!("../data/book-700.xlsx");
const DELIMITED: &[u8] = include_bytes!("../data/book-700-gb18030.csv");
const EXPECTED: &str = include_str!("../data/book-700.expected.json");

pub async fn upload(branch: &Branch, desk: &Tablet, name: &str, bytes: &[u8]) -> crate::branch::Answer {
    let headers = [("cookie", desk.cookie.as_str()), (FILE_NAME_HEADER, name)];
    send_bytes(&branch.router, Method::POST, path::IMPORTS, &headers, bytes.to_vec()).await
}

pub async fn preview(desk: &Tablet, import: &Import) -> ImportPreview {
    desk.get(&path::of(path::IMPORT_PREVIEW, import.id)).await.json()
}

/// Runs it to its end.
pub async fn run(desk: &Tablet, import: &Import) -> Import {
    let answer = desk.send(Method::POST, &path::of(path::IMPORT_RUN, import.id), Some(&())).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", String::from_utf8_lossy(&answer.body));
    finished(desk, import).await
}

/// Once it runs no more.
pub async fn finished(desk: &Tablet, import: &Import) -> Import {
    for _ in 0..1_200 {
        let now: Import = desk.get(&path::of(path::IMPORT, import.id)).await.json();
        if now.state != ImportState::Running {
            return now;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("an import without end");
}

async fn sum(branch: &Branch, sql: &'static str) -> i64 {
    branch.count(sql).await
}

#[tokio::test]
async fn the_branchs_workbook_comes_in_to_the_fen_and_again_changes_nothing() {
    let branch = Branch::open().await;
    let desk = branch.sign_in("3001").await;
    let import: Import = upload(&branch, &desk, "%E5%90%8D%E5%8D%95.xlsx", WORKBOOK).await.json();
    assert_eq!(
        (import.file_name.as_str(), import.rows, import.state),
        ("名单.xlsx", 700, ImportState::Waiting)
    );
    assert!(import.columns.iter().all(|column| column.column.is_some()), "{:?}", import.columns);
    assert_eq!(preview(&desk, &import).await.counts, ImportCounts { new: 700, ..ImportCounts::default() });
    let done = run(&desk, &import).await;
    assert_eq!((done.state, done.done), (ImportState::Done, 700));

    let expected: Value = serde_json::from_str(EXPECTED).unwrap();
    let totals = &expected["xlsx"]["totals_fen"];
    for (key, sql) in [
        ("dep", "select sum(deposit_fen)::bigint from customer where customer_no like 'C%'"),
        ("wealth", "select sum(wealth_fen)::bigint from customer where customer_no like 'C%'"),
        ("ins", "select sum(insurance_fen)::bigint from customer where customer_no like 'C%'"),
        ("fund", "select sum(fund_fen)::bigint from customer where customer_no like 'C%'"),
        ("loan", "select sum(loan_fen)::bigint from customer where customer_no like 'C%'"),
    ] {
        assert_eq!(Some(sum(&branch, sql).await), totals[key].as_i64(), "{key}");
    }
    let by_manager: BTreeMap<String, i64> =
        serde_json::from_value(expected["xlsx"]["by_manager"].clone()).unwrap();
    for (employee_no, count) in by_manager {
        let mut tablet = branch.sign_in(&employee_no).await;
        tablet.pull(5_000).await;
        let imported = tablet.all::<Customer>().filter(|row| row.customer_no.starts_with('C')).count();
        assert_eq!(i64::try_from(imported).unwrap(), count, "{employee_no}");
    }

    let version = "select sum(version)::bigint from stream";
    let before = sum(&branch, version).await;
    let again: Import = upload(&branch, &desk, "again.xlsx", WORKBOOK).await.json();
    let done = run(&desk, &again).await;
    assert_eq!(done.result.unwrap().counts, ImportCounts { unchanged: 700, ..ImportCounts::default() });
    assert_eq!(sum(&branch, version).await, before, "the same file again changes nothing");
    branch.close().await;
}

#[tokio::test]
async fn wrong_rows_are_refused_with_their_reason_and_come_back_as_a_file() {
    let branch = Branch::open().await;
    let lead = branch.sign_in("2001").await;
    let import: Import = upload(&branch, &lead, "book.csv", DELIMITED).await.json();
    let seen = preview(&lead, &import).await;
    assert_eq!(seen.counts, ImportCounts { new: 635, refused: 65, ..ImportCounts::default() });
    let expected: Value = serde_json::from_str(EXPECTED).unwrap();
    let rejected: BTreeMap<Reason, u32> =
        serde_json::from_value(expected["csv"]["rejected"].clone()).unwrap();
    let by_reason: BTreeMap<Reason, u32> =
        seen.by_reason.iter().map(|entry| (entry.reason, entry.count)).collect();
    assert_eq!(by_reason, rejected);

    let at = format!(
        "{}?outcome=refused&reason=duplicate_id&offset=10&limit=50",
        path::of(path::IMPORT_ROWS, import.id)
    );
    let rows: ImportRows = lead.get(&at).await.json();
    assert_eq!((rows.total, rows.rows.len()), (12, 2));
    assert!(rows.rows.iter().all(|row| row.faults.iter().all(|fault| !fault.words.is_empty())));
    assert_eq!(run(&lead, &import).await.state, ImportState::Done);
    let file = lead.send::<()>(Method::POST, &path::of(path::IMPORT_REFUSED, import.id), None).await;
    assert_eq!(file.headers["content-type"], "text/csv; charset=gb18030");
    let returned = server::import::read(&file.body).unwrap();
    assert_eq!(returned.sheet.rows.len(), 65);
    assert_eq!(returned.sheet.header.last().map(String::as_str), Some("原因"));
    branch.close().await;
}

#[tokio::test]
async fn a_number_somebody_else_already_has_is_refused() {
    let branch = Branch::open().await;
    let desk = branch.sign_in("3001").await;
    let identity: String =
        sqlx::query_scalar("select identity_no from customer where identity_no is not null limit 1")
            .fetch_one(&branch.pool)
            .await
            .unwrap();
    let list = format!(
        "客户编号,客户名称,客户类型,证件号码,管户经理工号\nN1,新客户,个人,{identity},1001\nN2,另一位,个人,,1001\n"
    );
    let import: Import = upload(&branch, &desk, "one.csv", list.as_bytes()).await.json();
    let seen = preview(&desk, &import).await;
    assert_eq!((seen.counts.new, seen.counts.refused), (1, 1));
    assert_eq!(seen.by_reason[0].reason, Reason::IdInUse);
    branch.close().await;
}

#[tokio::test]
async fn columns_are_corrected_before_and_only_before_a_run() {
    let branch = Branch::open().await;
    let desk = branch.sign_in("3001").await;
    let list = "客户编号,称呼,管户经理工号,手机\nN1,新客户,1001,19907000001\n";
    let import: Import = upload(&branch, &desk, "odd.csv", list.as_bytes()).await.json();
    let mut columns: Vec<_> = import.columns.iter().map(|column| (column.column, column.unit)).collect();
    columns[3].0 = None;
    columns[1].0 = Some(domain::import::Column::Name);
    let at = path::of(path::IMPORT_MAPPING, import.id);
    let of = |columns| ImportMapping { form: import.form, month: None, columns };
    let mapped = of(columns.clone());
    assert_eq!(desk.send(Method::PUT, &at, Some(&mapped)).await.status, StatusCode::OK);
    let too_few = of(columns[1..].to_vec());
    assert_eq!(desk.send(Method::PUT, &at, Some(&too_few)).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(run(&desk, &import).await.result.unwrap().counts.new, 1);
    let again = desk.send(Method::PUT, &at, Some(&mapped)).await;
    assert_eq!(again.refusal(), (409, "import_not_waiting".to_owned()));
    let phones =
        branch.count("select count(*) from customer where customer_no = 'N1' and phone is null").await;
    assert_eq!(phones, 1, "a column left out is not imported");
    branch.close().await;
}

#[tokio::test]
async fn what_is_no_list_is_refused_in_words_and_by_role() {
    let branch = Branch::open().await;
    let desk = branch.sign_in("3001").await;
    let truncated = &WORKBOOK[..WORKBOOK.len() / 2];
    for bytes in [&b""[..], b"\x89PNG\r\n", truncated, b"just some words"] {
        let (status, code) = upload(&branch, &desk, "x", bytes).await.refusal();
        assert_eq!((status, code.as_str()), (422, "list_unreadable"));
    }
    let huge = vec![b'a'; domain::import::limits::FILE_BYTES_MAX + 2];
    assert_eq!(upload(&branch, &desk, "x", &huge).await.refusal(), (413, "too_large".to_owned()));
    for employee_no in ["1001", "9001"] {
        let device = branch.sign_in(employee_no).await;
        let answer = upload(&branch, &device, "x", WORKBOOK).await;
        assert_eq!(answer.refusal(), (403, "not_allowed".to_owned()), "{employee_no}");
    }
    branch.close().await;
}
