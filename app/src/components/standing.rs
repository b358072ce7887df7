//! How the rules see a customer, as a row shows it: tier, ring, trend and figure.

use super::debt_ring::RingLook;
use super::tier_badge::{TierLook, weight};
use crate::i18n::amount;
use domain::ids::CustomerId;
use domain::money::Fen;
use domain::rating::Rated;
use domain::tier::{TierCode, TierScheme};
use domain::time::Date;
use domain::trend::sparkline;
use replica::Replica;

/// Months a sparkline shows.
pub const SPARK_MONTHS: u8 = 8;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub tier: Option<TierLook>,
    pub ring: Option<RingLook>,
    pub spark: Vec<Option<i64>>,
    pub is_falling: bool,
    /// The headline figure; empty when nobody told one, or it is nothing.
    pub figure: String,
}

impl Standing {
    pub fn of(replica: &Replica, id: CustomerId, today: Date) -> Self {
        let Some(rated) = replica.rated(id, today) else { return Self::default() };
        let rules = replica.rules();
        let spark = sparkline(&rated.series, SPARK_MONTHS);
        Self {
            tier: rated.tier().map(|tier| tier_look(rules.tiers.scheme(today), tier)),
            ring: RingLook::of(&rated.debt.visits, today),
            // One point is no trend.
            spark: if spark.iter().flatten().count() > 1 { spark } else { Vec::new() },
            is_falling: rated.fall.is_some(),
            figure: figure(&rated),
        }
    }
}

/// The latest headline figure.
fn figure(rated: &Rated) -> String {
    rated.headline().filter(|figure| *figure != 0).map(|figure| amount(Fen(figure))).unwrap_or_default()
}

/// A tier by the scheme of the day; one it no longer lists keeps its code.
pub fn tier_look(scheme: Option<&TierScheme>, tier: &TierCode) -> TierLook {
    let found = scheme.and_then(|scheme| Some((scheme, scheme.rank(tier)?)));
    match found {
        Some((scheme, rank)) => {
            let name = scheme.tiers.get(rank).map(|tier| tier.name.clone()).unwrap_or_default();
            TierLook { name, weight: weight(rank, scheme.tiers.len()) }
        }
        None => TierLook { name: tier.0.clone(), weight: 1 },
    }
}
