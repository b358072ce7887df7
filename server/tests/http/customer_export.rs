//! 导出: who may, how much, what is in it, and what the log has of it.

use crate::administration::post;
use crate::branch::{Branch, put_together};
use axum::http::{StatusCode, header};
use domain::api::{ExportCustomers, ExportForm, path};
use domain::customer::Customer;
use domain::ids::CustomerId;
use domain::limits::EXPORT_CUSTOMERS_MAX;
use domain::mask;
use server::db::audit;
use uuid::Uuid;

fn asked(customers: Vec<CustomerId>, form: ExportForm) -> ExportCustomers {
    ExportCustomers { customers, form }
}

fn rows(csv: &[u8]) -> Vec<Vec<String>> {
    let text = String::from_utf8(csv.to_vec()).unwrap();
    let text = text.strip_prefix('\u{feff}').unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[tokio::test]
async fn a_lead_takes_out_a_list_that_says_who_took_it_and_the_log_has_every_customer() {
    let branch = Branch::open().await;
    sqlx::query("update customer set name = '=cmd|''/c calc''!A1', address = '＝1+1', phone = '19955501234'")
        .execute(&branch.pool)
        .await
        .unwrap();
    let mut lead = branch.sign_in("2001").await;
    lead.pull(5_000).await;
    let mut customers: Vec<Customer> = lead.all::<Customer>().cloned().collect();
    customers.truncate(7);
    let mut ids: Vec<CustomerId> = customers.iter().map(|customer| customer.id).rev().collect();
    // Somebody asked for twice, somebody who does not exist.
    ids.extend([ids[0], CustomerId(Uuid::now_v7())]);
    let answer = post(&lead, path::CUSTOMERS_EXPORT, &asked(ids, ExportForm::Csv)).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    assert_eq!(answer.headers[header::CONTENT_DISPOSITION], "attachment; filename=\"customers.csv\"");

    let written = rows(&answer.body);
    let (title, heads, below) = (&written[0], &written[1], &written[2..]);
    assert!(title[0].contains("（2001）") && title[0].contains("7位客户"), "{title:?}");
    assert_eq!(below.len(), 7);
    for (row, customer) in below.iter().zip(customers.iter().rev()) {
        assert_eq!(row.len(), heads.len());
        assert_eq!(row[0], customer.customer_no, "in the order asked for");
        assert!(row[11].starts_with("2001 20"), "{row:?}");
        assert_eq!((row[1].as_str(), row[5].as_str()), ("'=cmd|'/c calc'!A1", "'＝1+1"));
        assert_eq!(row[4], mask::phone("19955501234"));
        assert!(!row[10].is_empty(), "whose customer it is");
    }
    let text = String::from_utf8_lossy(&answer.body).into_owned();
    assert!(!text.contains("19955501234"));
    let logged = "select count(*) from audit_log where act = 'export_customers' and employee_id = '";
    let logged = put_together(format!("{logged}{}'", lead_id(&branch).await));
    let count: i64 = sqlx::query_scalar(logged).fetch_one(&branch.pool).await.unwrap();
    assert_eq!(count, 7);
    let verdicts = audit::verify(&mut branch.pool.acquire().await.unwrap()).await.unwrap();
    assert!(verdicts.iter().all(|verdict| verdict.fault.is_none()));
    branch.close().await;
}

async fn lead_id(branch: &Branch) -> Uuid {
    sqlx::query_scalar("select id from employee where employee_no = '2001'")
        .fetch_one(&branch.pool)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_workbook_is_read_back_below_its_title_with_the_mark_in_every_row() {
    let branch = Branch::open().await;
    let mut lead = branch.sign_in("2001").await;
    lead.pull(5_000).await;
    let ids: Vec<CustomerId> = lead.all::<Customer>().map(|customer| customer.id).collect();
    let count = ids.len();
    let answer = post(&lead, path::CUSTOMERS_EXPORT, &asked(ids, ExportForm::Xlsx)).await;
    let file = server::import::read(&answer.body).unwrap();
    assert_eq!(file.sheet.header.last().map(String::as_str), Some("导出标记"));
    assert_eq!(file.sheet.rows.len(), count);
    assert!(file.sheet.rows.iter().all(|row| row.cells().last().unwrap().starts_with("2001 20")));
    branch.close().await;
}

#[tokio::test]
async fn others_and_too_many_and_none_are_refused_and_nothing_is_logged() {
    let branch = Branch::open().await;
    let mut lead = branch.sign_in("2001").await;
    lead.pull(5_000).await;
    let id = lead.all::<Customer>().next().unwrap().id;
    for no in ["1001", "3001", "9001"] {
        let other = branch.sign_in(no).await;
        let answer = post(&other, path::CUSTOMERS_EXPORT, &asked(vec![id], ExportForm::Csv)).await;
        assert_eq!(answer.refusal(), (403, "not_allowed".to_owned()), "{no}");
    }
    for (ids, refusal) in [
        (vec![id; EXPORT_CUSTOMERS_MAX + 1], (422, "too_many")),
        (Vec::new(), (422, "invalid")),
        (vec![CustomerId(Uuid::now_v7())], (404, "not_found")),
    ] {
        let answer = post(&lead, path::CUSTOMERS_EXPORT, &asked(ids, ExportForm::Csv)).await;
        assert_eq!(answer.refusal(), (refusal.0, refusal.1.to_owned()));
    }
    assert_eq!(branch.count("select count(*) from audit_log where act = 'export_customers'").await, 0);
    branch.close().await;
}
