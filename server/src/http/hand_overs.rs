//! 移交, and the identity number itself: what only a lead may do, or what is logged.

use super::error::Error;
use super::extract::{Id, Json};
use super::signed::Signed;
use crate::db::{self, administration, audit, hand_over, retry};
use crate::services::Services;
use crate::{clock, db::audit::Entry};
use axum::Router;
use axum::extract::State;
use axum::routing::post;
use domain::api::{HandOver, HandOverResult, HandOverWhich, IdentityNumber, path};
use domain::authorize::Act;
use domain::ids::CustomerId;
use domain::limits::HAND_OVER_CUSTOMERS_MAX;
use domain::validate;

pub fn router() -> Router<Services> {
    Router::new()
        .route(path::HAND_OVERS, post(hand_over_customers))
        .route(path::CUSTOMER_IDENTITY, post(reveal_identity))
}

async fn hand_over_customers(
    State(services): State<Services>,
    signed: Signed,
    Json(asked): Json<HandOver>,
) -> Result<axum::Json<HandOverResult>, Error> {
    signed.require(Act::HandOver)?;
    let scope = signed.scope();
    if !scope.reads(asked.from_book.into()) || !scope.reads(asked.to_book.into()) {
        return Err(Error::NotFound);
    }
    if asked.from_book == asked.to_book {
        return Err(domain::rejection::Rejection::invalid("to_book").into());
    }
    let which: Option<&[CustomerId]> = match &asked.customers {
        HandOverWhich::All => None,
        HandOverWhich::Ids(ids) => {
            validate::count(ids, HAND_OVER_CUSTOMERS_MAX)?;
            Some(ids)
        }
    };
    let now = clock::now();
    let moved = retry(async || {
        let mut tx = services.db.begin(scope).await?;
        let moved = hand_over::hand_over(&mut tx, scope, asked.from_book, asked.to_book, which).await?;
        let entries: Vec<Entry> = moved
            .customers
            .iter()
            .map(|customer| Entry {
                at: now,
                by: scope.actor().employee_id,
                act: audit::Act::HandOver,
                subject: Some(customer.0),
            })
            .collect();
        audit::append(&mut tx, scope.organisation(), &entries).await?;
        tx.commit().await?;
        Ok::<_, db::Error>(moved)
    })
    .await?;
    let count = u32::try_from(moved.customers.len()).unwrap_or(u32::MAX);
    services.pokes.changed(&moved.streams);
    Ok(axum::Json(HandOverResult { moved: count }))
}

async fn reveal_identity(
    State(services): State<Services>,
    signed: Signed,
    Id(customer): Id<CustomerId>,
) -> Result<axum::Json<IdentityNumber>, Error> {
    signed.require(Act::KeepCustomer)?;
    let scope = signed.scope();
    let mut tx = services.db.begin(scope).await?;
    let number = administration::identity_no(&mut tx, scope, customer.0).await?.ok_or(Error::NotFound)?;
    let entry = Entry {
        at: clock::now(),
        by: scope.actor().employee_id,
        act: audit::Act::RevealIdentity,
        subject: Some(customer.0),
    };
    audit::append(&mut tx, scope.organisation(), &[entry]).await?;
    tx.commit().await?;
    Ok(axum::Json(IdentityNumber { identity_no: number }))
}
