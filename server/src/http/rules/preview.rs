//! Who a draft of a tier scheme would move. The rows come by pages, the tiers from [`domain::rating`]: the same answer
//! as on the tablets, and at no time more than a page of customers in memory.

use crate::clock;
use crate::db::tier_preview::{self as rows, Held};
use crate::db::{self, Connection, Scope, rules};
use crate::http::error::Error;
use crate::http::extract::Json;
use crate::http::signed::Signed;
use crate::services::Services;
use axum::extract::State;
use domain::api::{
    AskMovers, Flow, MOVERS_MAX, Mover, MoverRow, NEAR_MAX, PreviewScheme, Rule, SchemeMovers, SchemePreview,
    Way,
};
use domain::authorize::Act;
use domain::customer::Customer;
use domain::figures::Figures;
use domain::ids::CustomerId;
use domain::rating::{Known, Tiers};
use domain::row::{FromRow, Row, RowKey};
use domain::tier::{Distance, Ground, Measure, Placement, TierCode, TierOverride, TierScheme, Unplaced};
use domain::time::Date;
use domain::version::VersionState;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::Instant;
use uuid::Uuid;

/// Customers weighed at once.
const PAGE_CUSTOMERS: i64 = 5_000;

pub async fn preview(
    State(services): State<Services>,
    signed: Signed,
    Json(asked): Json<PreviewScheme>,
) -> Result<axum::Json<SchemePreview>, Error> {
    signed.require(Act::SeeRules)?;
    asked.scheme.check_size()?;
    let begun = Instant::now();
    let scope = signed.scope();
    let today = clock::now().date();
    let mut tx = services.db.snapshot(scope).await?;
    let book = rules::published(&mut tx, scope).await?;
    let faults = asked.scheme.check(&book.tier_schemes, today);
    let now = Tiers::of(&book.tier_schemes);
    let tried = as_of(asked.scheme, today);
    let mut trial = Trial::new(&now, &tried, today, Keep::Nearest);
    trial.run(&mut tx, scope).await?;
    let near = nearest(&mut tx, scope, trial.kept()).await?;
    let took_ms = u32::try_from(begun.elapsed().as_millis()).unwrap_or(u32::MAX);
    Ok(axum::Json(SchemePreview { near, faults, took_ms, ..trial.counted() }))
}

/// The rows behind one figure. Weighed anew: a preview answers while somebody writes, and few of its figures are opened.
pub async fn movers(
    State(services): State<Services>,
    signed: Signed,
    Json(asked): Json<AskMovers>,
) -> Result<axum::Json<SchemeMovers>, Error> {
    signed.require(Act::SeeRules)?;
    asked.scheme.check_size()?;
    let scope = signed.scope();
    let today = clock::now().date();
    let mut tx = services.db.snapshot(scope).await?;
    let book = rules::published(&mut tx, scope).await?;
    let now = Tiers::of(&book.tier_schemes);
    let tried = as_of(asked.scheme, today);
    let mut trial = Trial::new(&now, &tried, today, Keep::Way(asked.way));
    trial.run(&mut tx, scope).await?;
    let (count, kept) = (trial.found, trial.kept());
    Ok(axum::Json(SchemeMovers { count, rows: moved_rows(&mut tx, scope, kept).await? }))
}

fn as_of(scheme: TierScheme, today: Date) -> TierScheme {
    TierScheme { state: VersionState::Published, effective_on: Some(today), ..scheme }
}

/// What decides one customer's tiers.
#[derive(Default)]
struct Decides {
    figures: Vec<Figures>,
    by_hand: Vec<TierOverride>,
}

/// Of whom more is told than a count.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keep {
    /// Whoever moves, nearest to a boundary.
    Nearest,
    /// Whoever moves that way.
    Way(Way),
}

impl Keep {
    fn rows_max(self) -> usize {
        match self {
            Self::Nearest => NEAR_MAX,
            Self::Way(_) => MOVERS_MAX,
        }
    }
}

/// Someone the draft moves, by which values, and how far from a boundary.
struct Moved {
    id: CustomerId,
    from: Option<TierCode>,
    to: Option<TierCode>,
    grounds: Vec<Ground>,
    above: Option<TierCode>,
    short: Vec<Distance>,
    missing: Vec<Measure>,
    out_of_range: Option<Measure>,
}

impl Moved {
    fn of(
        id: CustomerId,
        from: Option<&TierCode>,
        to: Option<&TierCode>,
        placed: Option<Result<Placement, Unplaced>>,
    ) -> Self {
        let mut moved = Self {
            id,
            from: from.cloned(),
            to: to.cloned(),
            grounds: Vec::new(),
            above: None,
            short: Vec::new(),
            missing: Vec::new(),
            out_of_range: None,
        };
        match placed {
            Some(Ok(Placement { grounds, above, .. })) => {
                moved.grounds = grounds;
                if let Some(above) = above {
                    (moved.above, moved.short) = (Some(above.tier), above.short);
                }
            }
            Some(Err(Unplaced::Missing { measures })) => moved.missing = measures,
            Some(Err(Unplaced::PointsOutOfRange { factor })) => moved.out_of_range = Some(factor),
            // Blanks of the draft are told as its faults.
            Some(Err(Unplaced::NotReady)) | None => {}
        }
        moved
    }

    /// Its value by the yardstick of the ladder, and the floor nearest to that.
    fn nearest(&self) -> Option<(i64, Option<i64>)> {
        let own = self.grounds.first()?;
        let above = self.short.iter().find(|short| short.of == own.of);
        let floors = own.floor.into_iter().chain(above.map(|short| short.floor));
        Some((own.value, floors.min_by_key(|floor| floor.abs_diff(own.value))))
    }

    /// Nearest first, who has no boundary last.
    fn order(&self) -> (bool, u64, CustomerId) {
        let distance = self.nearest().and_then(|(value, floor)| Some(floor?.abs_diff(value)));
        (distance.is_none(), distance.unwrap_or(0), self.id)
    }
}

/// The scheme in force beside the one that is tried, both today.
struct Trial<'a> {
    now: &'a Tiers,
    tried: &'a TierScheme,
    then: Tiers,
    today: Date,
    /// Measures the tiers of each scheme may depend on, that any list has told.
    asks_for_now: BTreeSet<Measure>,
    asks_for_then: BTreeSet<Measure>,
    flows: BTreeMap<(Option<TierCode>, Option<TierCode>), u32>,
    keep: Keep,
    /// In the asker's scope; no more are kept than are told.
    moved: Vec<Moved>,
    /// Of those kept, all that there are.
    found: u32,
}

impl<'a> Trial<'a> {
    fn new(now: &'a Tiers, tried: &'a TierScheme, today: Date, keep: Keep) -> Self {
        let then = Tiers::of([tried]);
        Self {
            now,
            tried,
            asks_for_now: now.asks_for(today),
            asks_for_then: then.asks_for(today),
            then,
            today,
            flows: BTreeMap::new(),
            keep,
            moved: Vec::new(),
            found: 0,
        }
    }

    async fn run(&mut self, tx: &mut Connection, scope: &Scope) -> db::Result<()> {
        rows::open(tx, scope).await?;
        self.leave_out_untold(tx).await?;
        let mut after = String::new();
        loop {
            let page = rows::customers(tx, scope, &after, PAGE_CUSTOMERS).await?;
            let Some(last) = page.last() else { return rows::close(tx, scope).await };
            after.clone_from(&last.customer_no);
            self.weigh(tx, scope, &page).await?;
        }
    }

    async fn leave_out_untold(&mut self, connection: &mut Connection) -> db::Result<()> {
        let asked: BTreeSet<Measure> = self.asks_for_now.union(&self.asks_for_then).copied().collect();
        let told = rows::told_at_all(connection, &asked).await?;
        self.asks_for_now.retain(|measure| told.contains(measure));
        self.asks_for_then.retain(|measure| told.contains(measure));
        Ok(())
    }

    async fn weigh(&mut self, connection: &mut Connection, scope: &Scope, page: &[Held]) -> db::Result<()> {
        let decides = self.deciding(connection, page).await?;
        let nothing = Decides::default();
        for held in page {
            let Decides { figures, by_hand } = decides.get(&held.id).unwrap_or(&nothing);
            let known = Known::told(&held.holdings, figures);
            let by_hand: Vec<&TierOverride> = by_hand.iter().collect();
            let from = self.now.tier(&known, &by_hand, self.today);
            let to = self.then.tier(&known, &by_hand, self.today);
            if self.keeps(from, to) && scope.reads(held.book_id.into()) {
                let placed = known.on(self.today).map(|measures| self.tried.place(measures));
                self.moved.push(Moved::of(held.id, from, to, placed));
                self.found += 1;
            }
            *self.flows.entry((from.cloned(), to.cloned())).or_default() += 1;
        }
        self.moved.sort_by_key(Moved::order);
        self.moved.truncate(self.keep.rows_max());
        Ok(())
    }

    /// The rows that can decide a tier of today by either scheme.
    async fn deciding(
        &self,
        connection: &mut Connection,
        page: &[Held],
    ) -> db::Result<HashMap<CustomerId, Decides>> {
        let ids: Vec<Uuid> = page.iter().map(|held| held.id.0).collect();
        let latest = rows::latest(connection, &ids).await?;
        let mut figures: HashMap<CustomerId, Vec<Figures>> = HashMap::with_capacity(page.len());
        let fixed_on = self.now.decided_from(self.today);
        let mut asks_for = self.asks_for_then.clone();
        if fixed_on == self.today {
            asks_for.extend(&self.asks_for_now);
        }
        gather(&mut figures, rows::telling(connection, &latest, &asks_for, self.today).await?);
        if fixed_on != self.today {
            gather(&mut figures, rows::telling(connection, &latest, &self.asks_for_now, fixed_on).await?);
        }
        gather(&mut figures, latest);
        if fixed_on != self.today {
            // Who had no tier when the list was fixed joins on the first day with one.
            let has_none = |held: &&Held| {
                let known = Known::told(&held.holdings, figures.get(&held.id).into_iter().flatten());
                self.now.tier(&known, &[], fixed_on).is_none()
            };
            let joining: Vec<Uuid> = page.iter().filter(has_none).map(|held| held.id.0).collect();
            gather(&mut figures, rows::between(connection, &joining, fixed_on, self.today).await?);
        }
        let mut decides: HashMap<CustomerId, Decides> =
            figures.into_iter().map(|(id, figures)| (id, Decides { figures, by_hand: Vec::new() })).collect();
        for by_hand in rows::overrides(connection, &ids, self.today).await? {
            decides.entry(by_hand.customer_id).or_default().by_hand.push(by_hand);
        }
        Ok(decides)
    }

    fn kept(&mut self) -> Vec<Moved> {
        std::mem::take(&mut self.moved)
    }

    /// The highest is 0; by the draft, or by the scheme in force where only that lists both.
    fn is_up(&self, from: &TierCode, to: &TierCode) -> Option<bool> {
        let by = |scheme: &TierScheme| Some(scheme.rank(to)? < scheme.rank(from)?);
        by(self.tried).or_else(|| by(self.now.scheme(self.today)?))
    }

    /// None for who stays, and for who has no tier by either.
    fn way(&self, from: Option<&TierCode>, to: Option<&TierCode>) -> Option<Way> {
        match (from, to) {
            (None, None) => None,
            (None, Some(_)) => Some(Way::Joins),
            (Some(_), None) => Some(Way::Leaves),
            (Some(from), Some(to)) if from == to => None,
            (Some(from), Some(to)) => Some(match self.is_up(from, to) {
                Some(true) => Way::Up,
                Some(false) => Way::Down,
                None => Way::Regraded,
            }),
        }
    }

    fn keeps(&self, from: Option<&TierCode>, to: Option<&TierCode>) -> bool {
        match self.keep {
            Keep::Nearest => from != to && to.is_some(),
            Keep::Way(way) => self.way(from, to) == Some(way),
        }
    }

    fn counted(&self) -> SchemePreview {
        let mut counted = SchemePreview {
            customers: 0,
            up: 0,
            down: 0,
            same: 0,
            regraded: 0,
            joins: 0,
            leaves: 0,
            unplaced: 0,
            flows: Vec::new(),
            near: Vec::new(),
            faults: Vec::new(),
            took_ms: 0,
        };
        for ((from, to), &count) in &self.flows {
            counted.customers += count;
            let way = self.way(from.as_ref(), to.as_ref());
            let of = match way {
                Some(Way::Up) => &mut counted.up,
                Some(Way::Down) => &mut counted.down,
                Some(Way::Regraded) => &mut counted.regraded,
                Some(Way::Joins) => &mut counted.joins,
                Some(Way::Leaves) => &mut counted.unplaced,
                None if to.is_none() => &mut counted.unplaced,
                None => &mut counted.same,
            };
            *of += count;
            if way == Some(Way::Leaves) {
                counted.leaves += count;
            }
            counted.flows.push(Flow { from: from.clone(), to: to.clone(), count });
        }
        counted.flows.sort_by_key(|flow| (self.height(flow.from.as_ref()), self.height(flow.to.as_ref())));
        counted
    }

    /// By the draft, then the tiers it no longer lists by the scheme in force, none last.
    fn height(&self, tier: Option<&TierCode>) -> (u8, usize) {
        let Some(tier) = tier else { return (2, 0) };
        match self.tried.rank(tier) {
            Some(rank) => (0, rank),
            None => {
                (1, self.now.scheme(self.today).and_then(|scheme| scheme.rank(tier)).unwrap_or(usize::MAX))
            }
        }
    }
}

/// Each row once: one told twice changes nothing, and costs memory.
fn gather(figures: &mut HashMap<CustomerId, Vec<Figures>>, more: Vec<Figures>) {
    for row in more {
        let own = figures.entry(row.customer_id).or_default();
        if own.iter().all(|known| known.id != row.id) {
            own.push(row);
        }
    }
}

/// Their rows, which are read in scope only.
async fn customers_of(
    connection: &mut Connection,
    scope: &Scope,
    moved: &[Moved],
) -> db::Result<BTreeMap<RowKey, Row>> {
    db::load(connection, scope, moved.iter().map(|moved| RowKey::from(moved.id))).await
}

async fn nearest(connection: &mut Connection, scope: &Scope, moved: Vec<Moved>) -> db::Result<Vec<Mover>> {
    let rows = customers_of(connection, scope, &moved).await?;
    let movers = moved.into_iter().filter_map(|moved| {
        let customer = Customer::from_row(rows.get(&RowKey::from(moved.id))?)?;
        let (value, floor) = moved.nearest()?;
        Some(Mover {
            customer_id: moved.id,
            customer_no: customer.customer_no.clone(),
            name: customer.name.clone(),
            from: moved.from,
            to: moved.to,
            value,
            floor,
        })
    });
    Ok(movers.collect())
}

async fn moved_rows(
    connection: &mut Connection,
    scope: &Scope,
    moved: Vec<Moved>,
) -> db::Result<Vec<MoverRow>> {
    let rows = customers_of(connection, scope, &moved).await?;
    let movers = moved.into_iter().filter_map(|moved| {
        let customer = Customer::from_row(rows.get(&RowKey::from(moved.id))?)?;
        Some(MoverRow {
            customer_id: moved.id,
            customer_no: customer.customer_no.clone(),
            name: customer.name.clone(),
            from: moved.from,
            to: moved.to,
            grounds: moved.grounds,
            above: moved.above,
            short: moved.short,
            missing: moved.missing,
            out_of_range: moved.out_of_range,
        })
    });
    Ok(movers.collect())
}
