use crate::branch::{Branch, Tablet};
use crate::rules::{WAN, ahead, bank, elsewhere, preset, publish};
use axum::http::Method;
use chrono::Days;
use domain::api::{AskMovers, MOVERS_MAX, MoverRow, PreviewScheme, SchemeMovers, SchemePreview, Way, path};
use domain::customer::Customer;
use domain::figures::Figures;
use domain::ids::{CustomerId, TierOverrideId};
use domain::mutation::SetTier;
use domain::rating::{Known, Tiers};
use domain::tier::{Bound, Freeze, Preset, Step, Tier, TierCode, TierOverride, TierScheme};
use domain::time::Date;
use domain::version::VersionState;
use server::clock;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Figures of two years for every customer, told in patches: measures missing here and there, months without a list, some
/// of a day still to come. They lie in the streams as if an import had written them.
const PATCHY: [&str; 2] = [
    "insert into figures (id, customer_id, book_id, month, as_of, deposit_fen, wealth_fen, insurance_fen, fund_fen,
         loan_fen, monthly_spend_fen, usage_points, profit_points, steadiness_points, credit_points, potential_points)
     select gen_random_uuid(), customer, book_id, month, month + 9,
         case when dice[1] < 11 then dice[2] * 70000000 end, case when dice[3] < 11 then dice[4] * 30000000 end,
         case when dice[5] < 9 then dice[6] * 1000000 end, case when dice[7] < 9 then dice[8] * 1000000 end,
         case when dice[9] < 9 then (dice[10] - 5) * 20000000 end, case when dice[11] < 5 then dice[12] * 40000 end,
         case when dice[13] < 5 then dice[14] * 7 end, case when dice[15] < 5 then dice[16] * 6 end,
         case when dice[17] < 5 then dice[18] * 5 end, case when dice[19] < 5 then dice[20] * 6 end,
         case when dice[21] < 5 then dice[22] * 6 end
     from (
         select customer.id as customer, book_id, month::date,
             (select array_agg(get_byte(sha256(convert_to(customer_no || month, 'UTF8')), n) % 16 order by n)
              from generate_series(0, 21) as n) as dice
         from customer, generate_series(date_trunc('month', now()) - interval '24 months',
             date_trunc('month', now()) + interval '1 month', interval '1 month') as month
     ) as told
     where dice[1] + dice[22] > 4 and (dice[1] > 1 or month < now() - interval '6 months')",
    "insert into sync_row (stream_id, kind, row_id, version, deleted, changed_at)
     select book_id, 'figures', id, 1, false, now() from figures on conflict do nothing",
];

async fn tell(branch: &Branch) {
    sqlx::query("delete from sync_row where kind = 'figures'").execute(&branch.pool).await.unwrap();
    sqlx::query("delete from figures").execute(&branch.pool).await.unwrap();
    for statement in PATCHY {
        sqlx::query(statement).execute(&branch.pool).await.unwrap();
    }
}

/// A published scheme, as if it had been so since that day.
async fn since(branch: &Branch, administrator: &Tablet, scheme: TierScheme, from: Date) {
    let scheme = publish(administrator, scheme).await;
    sqlx::query(
        "update tier_scheme set effective_on = $2, scheme = jsonb_set(scheme, '{effective_on}', to_jsonb($2::text))
         where id = $1",
    )
    .bind(scheme.id.0)
    .bind(from)
    .execute(&branch.pool)
    .await
    .unwrap();
}

/// High from 40 points, low below.
fn score() -> TierScheme {
    let mut scheme = preset(Preset::ValueScore);
    scheme.weights.values_mut().for_each(|weight| weight.percent = Some(20));
    let step = |tier: &str, floor, ceiling| Step { tier: tier.into(), floor, ceiling, besides: Vec::new() };
    scheme.tiers = ["diamond", "mass"].map(|code| Tier { code: code.into(), name: code.to_owned() }).into();
    scheme.ladders[0].steps =
        vec![step("diamond", Bound::At(4_000), Bound::Open), step("mass", Bound::Open, Bound::At(4_000))];
    scheme
}

async fn preview(device: &Tablet, scheme: &TierScheme) -> SchemePreview {
    let asked = PreviewScheme { scheme: scheme.clone() };
    device.send(Method::POST, path::TIER_SCHEME_PREVIEW, Some(&asked)).await.json()
}

async fn movers(device: &Tablet, scheme: &TierScheme, way: Way) -> SchemeMovers {
    let asked = AskMovers { scheme: scheme.clone(), way };
    device.send(Method::POST, path::TIER_SCHEME_MOVERS, Some(&asked)).await.json()
}

type Flows = BTreeMap<(Option<TierCode>, Option<TierCode>), u32>;

/// From all the rows a tablet has, the way a tablet computes.
fn recount(tablet: &Tablet, scheme: &TierScheme, today: Date) -> Flows {
    let mut figures: BTreeMap<CustomerId, Vec<&Figures>> = BTreeMap::new();
    for row in tablet.all::<Figures>() {
        figures.entry(row.customer_id).or_default().push(row);
    }
    let now = Tiers::of(tablet.all::<TierScheme>());
    let tried = TierScheme { state: VersionState::Published, effective_on: Some(today), ..scheme.clone() };
    let then = Tiers::of([&tried]);
    let mut flows = Flows::new();
    for customer in tablet.all::<Customer>() {
        let known = Known::of(customer, figures.get(&customer.id).into_iter().flatten().copied());
        let by_hand: Vec<&TierOverride> =
            tablet.all::<TierOverride>().filter(|own| own.customer_id == customer.id).collect();
        let last = |tiers: &Tiers| tiers.history(&known, &by_hand, today).into_values().next_back().flatten();
        *flows.entry((last(&now), last(&then))).or_default() += 1;
    }
    flows
}

#[tokio::test]
async fn the_preview_counts_what_a_tablet_would() {
    let branch = Branch::open().await;
    let today = clock::now().date();
    tell(&branch).await;
    let administrator = branch.sign_in("9001").await;
    let frozen = |scheme| TierScheme { freeze: Freeze::Yearly, ..scheme };
    let regional = || preset(Preset::Regional);
    let trials =
        [bank(today, 60), frozen(bank(today, 10)), regional(), score(), preset(Preset::BankStandard1)];
    let mut places = std::collections::BTreeSet::new();
    let in_force = [
        (bank(ahead(9), 10), 300),
        (TierScheme { effective_on: Some(ahead(8)), ..score() }, 200),
        (frozen(TierScheme { effective_on: Some(ahead(7)), ..regional() }), 120),
        (frozen(bank(ahead(6), 30)), 75),
    ];
    for (scheme, days_ago) in in_force {
        since(&branch, &administrator, scheme, today - Days::new(days_ago)).await;
        let mut lead = branch.sign_in("2001").await;
        lead.pull(5_000).await;
        for tried in &trials {
            let told = preview(&lead, tried).await;
            let expected = recount(&lead, tried, today);
            let flows: Flows =
                told.flows.iter().map(|flow| ((flow.from.clone(), flow.to.clone()), flow.count)).collect();
            assert_eq!(flows, expected, "{days_ago} {:?}", tried.ladders[0].name);
            assert_eq!(told.flows.len(), expected.len());
            places.extend(expected.into_keys());
            assert_eq!(told.customers, 120);
            let parts = told.up + told.down + told.same + told.regraded + told.joins + told.unplaced;
            assert_eq!(parts, told.customers);
            let to_none = |(_, to): &(Option<TierCode>, Option<TierCode>)| to.is_none();
            let unplaced: u32 = flows.iter().filter(|(way, _)| to_none(way)).map(|(_, count)| count).sum();
            assert_eq!(told.unplaced, unplaced);
            assert!(told.leaves <= told.unplaced);
        }
    }
    // Else the patches were not patchy enough to tell anything.
    assert!(places.len() > 15, "{places:?}");
    branch.close().await;
}

#[tokio::test]
async fn who_moves_is_named_to_whom_they_belong_nearest_to_a_boundary_first() {
    let branch = Branch::open().await;
    let today = clock::now().date();
    tell(&branch).await;
    let administrator = branch.sign_in("9001").await;
    since(&branch, &administrator, bank(ahead(9), 10), today - Days::new(400)).await;
    let mut lead = branch.sign_in("2001").await;
    lead.pull(5_000).await;
    let tried = bank(ahead(1), 99);
    let told = preview(&lead, &tried).await;
    assert!(told.down > 0 && told.up == 0, "{told:?}");
    assert_eq!(told.near.len(), usize::try_from(told.down).unwrap().min(50));
    assert_eq!(told.faults, []);
    let mut distances = Vec::new();
    for mover in &told.near {
        let customer = lead.all::<Customer>().find(|row| row.id == mover.customer_id).unwrap();
        assert_eq!((&mover.name, &mover.customer_no), (&customer.name, &customer.customer_no));
        assert_eq!((&mover.from, &mover.to), (&Some("gold".into()), &Some("mass".into())));
        assert_eq!(mover.floor, Some(99 * WAN));
        assert!((10 * WAN..99 * WAN).contains(&mover.value));
        distances.push(99 * WAN - mover.value);
    }
    assert!(distances.is_sorted());

    // An administrator reads no customers; another organisation has none.
    let own = preview(&administrator, &tried).await;
    assert_eq!((own.down, own.near.len()), (told.down, 0));
    assert_eq!(preview(&elsewhere(&branch).await, &tried).await.customers, 0);

    // A tier set by hand keeps its customer where it is.
    let scheme_id = lead.all::<TierScheme>().find(|scheme| scheme.effective_on < Some(today)).unwrap().id;
    let mover = &told.near[0];
    lead.apply(SetTier {
        override_id: TierOverrideId(Uuid::now_v7()),
        customer_id: mover.customer_id,
        scheme_id,
        tier: "gold".into(),
        reason: "关系户".to_owned(),
        until: ahead(30),
    })
    .await;
    let kept = preview(&lead, &tried).await;
    assert_eq!((kept.down, kept.same), (told.down - 1, told.same + 1));
    assert!(kept.near.iter().all(|other| other.customer_id != mover.customer_id));

    // A blank one places nobody but those set by hand, the sample's own among them, and says what is blank.
    let blank = preview(&lead, &preset(Preset::BankStandard1)).await;
    lead.pull(5_000).await;
    let by_hand: std::collections::BTreeSet<CustomerId> =
        lead.all::<TierOverride>().filter(|own| own.holds(today)).map(|own| own.customer_id).collect();
    assert_eq!(blank.unplaced, blank.customers - u32::try_from(by_hand.len()).unwrap());
    assert!(!blank.faults.is_empty() && blank.near.is_empty());
    branch.close().await;
}

#[tokio::test]
async fn every_figure_opens_into_its_rows_with_the_values_that_move_them() {
    let branch = Branch::open().await;
    let today = clock::now().date();
    tell(&branch).await;
    let administrator = branch.sign_in("9001").await;
    since(&branch, &administrator, bank(ahead(9), 30), today - Days::new(400)).await;
    let lead = branch.sign_in("2001").await;
    let mut seen = 0;
    for tried in [bank(ahead(1), 10), bank(ahead(1), 99), score(), preset(Preset::BankStandard1)] {
        let told = preview(&lead, &tried).await;
        for (way, count) in [
            (Way::Up, told.up),
            (Way::Down, told.down),
            (Way::Regraded, told.regraded),
            (Way::Joins, told.joins),
            (Way::Leaves, told.leaves),
        ] {
            let opened = movers(&lead, &tried, way).await;
            assert_eq!(
                (opened.count, opened.rows.len()),
                (count, usize::try_from(count).unwrap()),
                "{way:?}"
            );
            for row in &opened.rows {
                assert_eq!(row.from.is_none(), way == Way::Joins);
                assert_eq!(row.to.is_none(), way == Way::Leaves);
                // The values give the tier again.
                let step = tried.ladders.iter().flat_map(|ladder| &ladder.steps);
                let floors: Vec<i64> = step
                    .filter(|step| Some(&step.tier) == row.to.as_ref())
                    .filter_map(|step| if let Bound::At(floor) = step.floor { Some(floor) } else { None })
                    .collect();
                for ground in &row.grounds {
                    assert!(ground.floor.is_none_or(|floor| ground.value >= floor), "{row:?}");
                }
                assert!(
                    row.grounds.first().is_none_or(|own| own.floor.is_none_or(|at| floors.contains(&at)))
                );
                assert!(row.short.iter().all(|short| short.floor > short.value));
                assert_eq!(row.above.is_none(), row.short.is_empty());
                assert_eq!(row.grounds.is_empty(), row.to.is_none(), "{row:?}");
                seen += 1;
            }
            // An administrator sees counts only.
            let own = movers(&administrator, &tried, way).await;
            assert_eq!((own.count, own.rows.len()), (0, 0));
        }
    }
    assert!(seen > 50, "{seen}");

    // Who loses a tier is told with what is missing or cannot be.
    let leaving = movers(&lead, &score(), Way::Leaves).await;
    let says_why = |row: &MoverRow| !row.missing.is_empty() || row.out_of_range.is_some();
    assert!(leaving.count > 0 && leaving.rows.iter().all(says_why), "{leaving:?}");

    // More than are told are counted; the nearest to the line come first.
    sqlx::query(
        "insert into customer
         select (jsonb_populate_record(null::customer, to_jsonb(customer) || jsonb_build_object(
             'id', gen_random_uuid(), 'customer_no', customer_no || '-' || n, 'identity_no', null,
             'deposit_fen', 31000000 + n * 100, 'wealth_fen', 0, 'insurance_fen', 0, 'fund_fen', 0))).*
         from customer, generate_series(1, 3) as n where customer_no not like '%-%'",
    )
    .execute(&branch.pool)
    .await
    .unwrap();
    let tried = bank(ahead(1), 99);
    let many = movers(&lead, &tried, Way::Down).await;
    assert_eq!(many.count, preview(&lead, &tried).await.down);
    assert!(many.count > 300);
    assert_eq!(many.rows.len(), MOVERS_MAX);
    let short: Vec<u64> = many.rows.iter().map(|row| row.short[0].by).collect();
    assert!(short.is_sorted());
    branch.close().await;
}
