//! 等级, drawn as weight: the highest solid, then a strong rim, a thin rim, bare.

use leptos::prelude::*;

/// A tier as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TierLook {
    pub name: String,
    /// 4 for the highest of its scheme, 1 for the lowest.
    pub weight: u8,
}

/// The weight of a rank, 0 the highest, among so many tiers: the ends are always told apart, what lies between is split
/// in two.
pub fn weight(rank: usize, tiers: usize) -> u8 {
    match rank {
        0 => 4,
        rank if rank + 1 >= tiers => 1,
        rank if rank * 2 < tiers => 3,
        _ => 2,
    }
}

#[component]
pub fn TierBadge(tier: TierLook) -> impl IntoView {
    let class = match tier.weight {
        4 => "tier tier-4",
        3 => "tier tier-3",
        2 => "tier tier-2",
        _ => "tier tier-1",
    };
    view! { <span class=class>{tier.name}</span> }
}
