//! 导出: customers as a file. The log has it before the file is given.

use super::error::Error;
use super::extract::Json;
use super::language::Language;
use super::signed::Signed;
use crate::clock;
use crate::db::audit::{self, Entry};
use crate::db::{self, administration, retry};
use crate::export::Export;
use crate::import;
use crate::list_file::XLSX_MEDIA_TYPE;
use crate::services::Services;
use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use axum::routing::post;
use domain::api::{ExportCustomers, ExportForm, path};
use domain::authorize::Act;
use domain::customer::Customer;
use domain::ids::{BookId, EmployeeId};
use domain::limits::EXPORT_CUSTOMERS_MAX;
use domain::rejection::Rejection;
use domain::row::{FromRow as _, Row, RowKey};
use domain::validate;
use std::collections::HashMap;

pub fn router() -> Router<Services> {
    Router::new().route(path::CUSTOMERS_EXPORT, post(export))
}

async fn export(
    State(services): State<Services>,
    signed: Signed,
    headers: HeaderMap,
    Json(asked): Json<ExportCustomers>,
) -> Result<impl IntoResponse, Error> {
    signed.require(Act::Export)?;
    validate::count(&asked.customers, EXPORT_CUSTOMERS_MAX)?;
    let scope = signed.scope();
    let now = clock::now();
    let (customers, holders) = retry(async || {
        let mut tx = services.db.begin(scope).await?;
        let keys: Vec<RowKey> = asked.customers.iter().map(|id| RowKey::from(*id)).collect();
        let mut rows = db::load(&mut tx, scope, keys.iter().copied()).await?;
        // As they were asked for; who is asked for twice is written once.
        let customers: Vec<Customer> =
            keys.iter().filter_map(|key| rows.remove(key)).filter_map(customer).collect();
        let holders = holders(&mut tx, scope).await?;
        let entries: Vec<Entry> = customers
            .iter()
            .map(|customer| Entry {
                at: now,
                by: scope.actor().employee_id,
                act: audit::Act::ExportCustomers,
                subject: Some(customer.id.0),
            })
            .collect();
        audit::append(&mut tx, scope.organisation(), &entries).await?;
        tx.commit().await?;
        Ok::<_, db::Error>((customers, holders))
    })
    .await?;
    if customers.is_empty() {
        return Err(if asked.customers.is_empty() {
            Rejection::invalid("customers").into()
        } else {
            Error::NotFound
        });
    }
    let language = match Language::of(&headers) {
        Language::Chinese => import::Language::Zh,
        Language::English => import::Language::En,
    };
    let (by, form) = (scope.actor().clone(), asked.form);
    let write =
        move || Export { customers: &customers, holders: &holders, by: &by, at: now, language }.write(form);
    let bytes = tokio::task::spawn_blocking(write)
        .await
        .map_err(|_| Error::Internal("the list was not written to its end"))?
        .map_err(|_| Error::Internal("the list could not be written"))?;
    let media_type = match form {
        ExportForm::Xlsx => XLSX_MEDIA_TYPE,
        ExportForm::Csv => "text/csv; charset=utf-8",
    };
    let disposition = format!("attachment; filename=\"customers.{}\"", form.extension());
    Ok(([(CONTENT_TYPE, media_type.to_owned()), (CONTENT_DISPOSITION, disposition)], bytes))
}

fn customer(row: Row) -> Option<Customer> {
    Customer::from_row(&row).cloned()
}

/// The manager of each book in scope, by name.
async fn holders(connection: &mut db::Connection, scope: &db::Scope) -> db::Result<HashMap<BookId, String>> {
    let people = administration::employees(connection, scope).await?;
    let names: HashMap<EmployeeId, String> =
        people.into_iter().map(|employee| (employee.id, employee.name)).collect();
    let books = administration::books(connection, scope, None).await?;
    Ok(books.into_iter().filter_map(|book| Some((book.id, names.get(&book.holder_id?)?.clone()))).collect())
}
