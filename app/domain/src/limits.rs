//! A limit on everything a person or a device can send. Each is checked on both sides.

pub const NAME_CHARS_MAX: usize = 120;
pub const LABEL_CHARS_MAX: usize = 60;
pub const TEXT_CHARS_MAX: usize = 2_000;
pub const ADDRESS_CHARS_MAX: usize = 300;
pub const CUSTOMER_NO_CHARS_MAX: usize = 40;
/// People met, needs, products of one visit.
pub const LIST_ITEMS_MAX: usize = 30;
pub const VISIT_MINUTES_MAX: u16 = 24 * 60;

/// A plan or promise further away than this is a slip of the finger.
pub const PLAN_AHEAD_DAYS_MAX: i64 = 3 * 366;
/// A contract may run for thirty years.
pub const CONTRACT_AHEAD_DAYS_MAX: i64 = 31 * 366;
/// A visit is written down late, but not by years.
pub const RECORD_BEHIND_DAYS_MAX: i64 = 366;
/// How far ahead of the server a tablet's clock may be before its dates count as in the future.
pub const CLOCK_SKEW_DAYS_MAX: i64 = 1;

pub const PHOTO_EDGE_PX_MAX: u32 = 1_600;
pub const PHOTO_BYTES_MAX: u32 = 2 * 1024 * 1024;
pub const PHOTOS_PER_CUSTOMER_MAX: usize = 200;

/// Mutations in one push.
pub const PUSH_MUTATIONS_MAX: usize = 500;
pub const PUSH_BODY_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Bytes of one mutation's arguments as JSON.
pub const MUTATION_BYTES_MAX: usize = 64 * 1024;
/// Rows of one pulled page.
pub const PULL_ROWS_MAX: u32 = 5_000;
/// Streams one device may follow; a wider role works online.
pub const SCOPE_STREAMS_MAX: usize = 400;
/// Days a tombstone is kept; an older cookie resyncs its stream whole.
pub const TOMBSTONE_DAYS: i64 = 90;

pub const PASSWORD_CHARS_MIN: usize = 12;
pub const PASSWORD_CHARS_MAX: usize = 200;
/// Hours a tablet may be read without contact (SECURITY.md).
pub const OFFLINE_LEASE_HOURS: i64 = 72;
/// Customers in one exported file.
pub const EXPORT_CUSTOMERS_MAX: usize = 5_000;
/// Customers in one hand-over.
pub const HAND_OVER_CUSTOMERS_MAX: usize = 5_000;

/// Tiers of one scheme; the longest in the sources has eleven (R043).
pub const TIERS_MAX: usize = 30;
/// A tier set by hand is looked at again after a year at the latest.
pub const TIER_OVERRIDE_DAYS_MAX: i64 = 366;
/// Ended periods whose service debt is carried.
pub const CARRIED_PERIODS_MAX: u8 = 12;
/// Visits one event may ask for, and the days it may leave for them.
pub const EVENT_VISITS_MAX: u16 = 10;
pub const EVENT_WITHIN_DAYS_MAX: u16 = 366;

/// How long before its day an occasion may come up (R023); beyond a year the next one comes up in its place.
pub const CARE_LEAD_DAYS_MAX: u16 = 366;
/// Festivals an organisation may keep.
pub const FESTIVALS_MAX: usize = 60;
/// Months a fall may be looked for back (R212).
pub const FALL_MONTHS_MAX: u8 = 12;
/// Visits a week that may be asked of one manager: ten a day, seven days (R094).
pub const VISITS_A_WEEK_MAX: u16 = 70;
/// Stops of a day that are put in order; nobody makes as many (R063).
pub const ROUTE_STOPS_MAX: usize = 60;
