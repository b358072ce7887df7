//! Parts pages are made of. One file a component, its style in `style/components` under the same name.

pub mod date_choice;
pub mod debt_ring;
pub mod empty_state;
pub mod field;
pub mod frame;
pub mod icon;
pub mod online;
pub mod problem;
pub mod rail;
pub mod sheet;
pub mod sparkline;
pub mod standing;
pub mod status_pill;
pub mod stepper;
pub mod text_choice;
pub mod tier_badge;
pub mod toast;

pub use debt_ring::{DebtRing, RingLook};
pub use empty_state::EmptyState;
pub use field::{Chip, Field, Segment};
pub use frame::Bar;
pub use icon::{Dot, Icon};
pub use problem::FieldError;
pub use sheet::{Dialog, Sheet};
pub use sparkline::{Sparkline, Trend};
pub use standing::{Standing, tier_look};
pub use tier_badge::TierBadge;
pub use toast::Toasts;
