//! 规则: tier schemes, visit standards and policies. Drafts are written here; what is published goes into the reference
//! library and with it to every tablet, and is never changed again.

mod preview;

use super::error::Error;
use super::extract::Json;
use super::signed::Signed;
use crate::clock;
use crate::db::audit::{self, Act as Audited, Entry};
use crate::db::stream::Bumped;
use crate::db::{self, Change, retry, rules};
use crate::services::Services;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post, put};
use domain::api::{Draft, PublishDraft, Rule, RuleBook, RuleKind, SaveDraft, path};
use domain::authorize::Act;
use domain::policy::Policy;
use domain::standard::VisitStandard;
use domain::tier::TierScheme;
use domain::version::Versioned;
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

pub fn router() -> Router<Services> {
    let router = Router::new()
        .route(path::RULES, get(book))
        .route(path::TIER_SCHEME_PREVIEW, post(preview::preview))
        .route(path::TIER_SCHEME_MOVERS, post(preview::movers));
    let router = of_kind::<TierScheme>(router);
    let router = of_kind::<VisitStandard>(router);
    of_kind::<Policy>(router)
}

/// A kind as this module handles it.
trait Published: Rule<Fault: Serialize> + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Ascending or not: every version.
    fn versions(book: &RuleBook) -> &[Self];
}

impl Published for TierScheme {
    fn versions(book: &RuleBook) -> &[Self] {
        &book.tier_schemes
    }
}

impl Published for VisitStandard {
    fn versions(book: &RuleBook) -> &[Self] {
        &book.visit_standards
    }
}

impl Published for Policy {
    fn versions(book: &RuleBook) -> &[Self] {
        &book.policies
    }
}

fn of_kind<T: Published>(router: Router<Services>) -> Router<Services> {
    router
        .route(&path::of_rule(path::RULE_DRAFT, T::RULE), put(save::<T>).delete(discard::<T>))
        .route(&path::of_rule(path::RULE_PUBLISH, T::RULE), post(publish::<T>))
}

/// The version a draft will be.
fn next_version<T: Published>(published: &RuleBook) -> u32 {
    T::versions(published).iter().map(Versioned::version).max().unwrap_or(0).saturating_add(1)
}

async fn book(State(services): State<Services>, signed: Signed) -> Result<axum::Json<RuleBook>, Error> {
    signed.require(Act::SeeRules)?;
    let scope = signed.scope();
    let mut tx = services.db.snapshot(scope).await?;
    Ok(axum::Json(RuleBook {
        tier_scheme_draft: rules::draft(&mut tx, scope).await?.map(|(_, draft)| draft),
        visit_standard_draft: rules::draft(&mut tx, scope).await?.map(|(_, draft)| draft),
        policy_draft: rules::draft(&mut tx, scope).await?.map(|(_, draft)| draft),
        ..rules::published(&mut tx, scope).await?
    }))
}

async fn save<T: Published>(
    State(services): State<Services>,
    signed: Signed,
    Json(asked): Json<SaveDraft<T>>,
) -> Result<axum::Json<Draft<T>>, Error> {
    signed.require(Act::WriteRules)?;
    asked.body.check_size()?;
    let scope = signed.scope();
    let now = clock::now();
    let draft = retry(async || {
        let mut tx = services.db.begin(scope).await?;
        let published = rules::published(&mut tx, scope).await?;
        let known: Option<(Uuid, Draft<T>)> = rules::draft(&mut tx, scope).await?;
        let id = known.map_or_else(Uuid::now_v7, |(id, _)| id);
        let body = asked.body.clone().draft_of(id, scope.organisation(), next_version::<T>(&published));
        let is_saved = match asked.revision {
            None => rules::begin_draft(&mut tx, scope, id, &body, now).await?,
            Some(revision) => rules::save_draft(&mut tx, scope, &body, revision, now).await?,
        };
        if !is_saved {
            return Ok(None);
        }
        let saved = rules::draft::<T>(&mut tx, scope).await?;
        tx.commit().await?;
        Ok::<_, db::Error>(saved)
    })
    .await?;
    draft.map(|(_, draft)| axum::Json(draft)).ok_or(Error::DraftChanged)
}

async fn discard<T: Published>(
    State(services): State<Services>,
    signed: Signed,
) -> Result<StatusCode, Error> {
    signed.require(Act::WriteRules)?;
    let scope = signed.scope();
    retry(async || {
        let mut tx = services.db.begin(scope).await?;
        if let Some(id) = rules::delete_draft::<T>(&mut tx, scope).await? {
            log(&mut tx, &signed, Audited::DiscardRuleDraft, id).await?;
        }
        tx.commit().await?;
        Ok::<_, db::Error>(())
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn log(
    connection: &mut db::Connection,
    signed: &Signed,
    act: Audited,
    subject: Uuid,
) -> Result<(), db::Error> {
    let scope = signed.scope();
    let by = scope.actor().employee_id;
    let entry = Entry { at: clock::now(), by, act, subject: Some(subject) };
    audit::append(connection, scope.organisation(), &[entry]).await
}

async fn publish<T: Published>(
    State(services): State<Services>,
    signed: Signed,
    Json(asked): Json<PublishDraft>,
) -> Result<axum::Json<T>, Error> {
    signed.require(Act::WriteRules)?;
    let (published, streams) =
        retry(async || published_now::<T>(&services, &signed, asked.revision).await).await??;
    services.pokes.changed(&streams);
    Ok(axum::Json(published))
}

/// The outer error may go away by trying again, the inner one is told.
async fn published_now<T: Published>(
    services: &Services,
    signed: &Signed,
    revision: u32,
) -> Result<Result<(T, Vec<Bumped>), Error>, db::Error> {
    let scope = signed.scope();
    let mut tx = services.db.begin(scope).await?;
    rules::lock_drafts(&mut tx, scope).await?;
    let draft: Option<(Uuid, Draft<T>)> = rules::draft(&mut tx, scope).await?;
    let Some((id, draft)) = draft.filter(|(_, draft)| draft.revision == revision) else {
        return Ok(Err(Error::DraftChanged));
    };
    let book = rules::published(&mut tx, scope).await?;
    let body = draft.body.draft_of(id, scope.organisation(), next_version::<T>(&book));
    let rule = match body.publish_beside(&book, clock::now().date()) {
        Ok(rule) => rule,
        Err(faults) => return Ok(Err(faulty(&faults))),
    };
    rules::delete_draft::<T>(&mut tx, scope).await?;
    let streams = db::save(&mut tx, scope, vec![Change::put(scope.library(), rule.clone())]).await?;
    log(&mut tx, signed, audited(T::RULE), id).await?;
    tx.commit().await?;
    Ok(Ok((rule, streams)))
}

fn audited(kind: RuleKind) -> Audited {
    match kind {
        RuleKind::TierScheme => Audited::PublishTierScheme,
        RuleKind::VisitStandard => Audited::PublishVisitStandard,
        RuleKind::Policy => Audited::PublishPolicy,
    }
}

fn faulty<F: Serialize>(faults: &[F]) -> Error {
    match faults.iter().map(serde_json::to_value).collect() {
        Ok(faults) => Error::RuleFaults(faults),
        Err(_) => Error::Internal("a fault that is no JSON"),
    }
}
