//! Tiers through time, from rows.

use super::*;
use crate::call::Channel;
use crate::customer::{CustomerType, Holdings};
use crate::ids::{
    BookId, CallId, CustomerId, EmployeeId, EventId, FiguresId, OrgUnitId, TierOverrideId, TierSchemeId,
};
use crate::money::Fen;
use crate::tier::{Bound, Measure, Preset};
use crate::time::Timestamp;
use crate::visit::VisitState;
use proptest::prelude::*;
use uuid::Uuid;

const WAN: i64 = 1_000_000; // fen

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn customer() -> Customer {
    Customer {
        id: CustomerId(Uuid::from_u128(9)),
        book_id: BookId(Uuid::from_u128(1)),
        customer_no: "C1".to_owned(),
        name: "试用客户".to_owned(),
        customer_type: CustomerType::Person,
        identity_masked: None,
        phone: None,
        address: None,
        industry: None,
        birthday: None,
        lunar_birthday: None,
        opened_on: None,
        last_visited_on: None,
        place: None,
        remark: None,
        holdings: Holdings::default(),
        stamps: Vec::new(),
    }
}

/// 存款 of so many 万 on a day, the rest of the assets zero.
fn figures(on: &str, deposit_wan: i64) -> Figures {
    let values = Measure::WEALTH_ASSETS.into_iter().map(|measure| {
        let deposit = if measure == Measure::Deposit { deposit_wan * WAN } else { 0 };
        (measure, deposit)
    });
    Figures {
        id: FiguresId(Uuid::from_u128(date(on).num_days_from_ce().unsigned_abs().into())),
        customer_id: customer().id,
        as_of: date(on),
        values: values.collect(),
    }
}

fn scheme(version: u32, from: &str, gold_wan: i64, freeze: Freeze) -> TierScheme {
    let draft =
        Preset::BankStandard1.draft(TierSchemeId(Uuid::from_u128(version.into())), OrgUnitId(Uuid::nil()));
    let mut scheme = TierScheme {
        version,
        state: VersionState::Published,
        effective_on: Some(date(from)),
        freeze,
        ..draft
    };
    for step in &mut scheme.ladders[0].steps {
        if step.tier.0 == "gold" {
            step.floor = Bound::At(gold_wan * WAN);
        }
        if step.tier.0 == "mass" {
            step.ceiling = Bound::At(gold_wan * WAN);
        }
    }
    scheme
}

fn by_hand(tier: &str, from: &str, until: &str) -> TierOverride {
    TierOverride {
        id: TierOverrideId(Uuid::from_u128(5)),
        customer_id: customer().id,
        tier: tier.into(),
        reason: "家庭合计".to_owned(),
        set_by: EmployeeId(Uuid::from_u128(7)),
        set_on: date(from),
        until: date(until),
    }
}

fn written(history: &BTreeMap<Date, Option<TierCode>>) -> Vec<String> {
    history.iter().map(|(day, tier)| format!("{day} {}", tier.as_ref().map_or("-", |tier| &tier.0))).collect()
}

#[test]
fn a_tier_begins_on_the_day_of_the_figures_that_give_it() {
    let schemes = [scheme(1, "2026-01-01", 10, Freeze::None)];
    let tiers = Tiers::of(&schemes);
    let months = [
        figures("2026-02-28", 8),
        figures("2026-03-31", 9),
        figures("2026-04-30", 120),
        figures("2026-06-30", 99),
    ];
    let known = Known::of(&customer(), &months);
    let today = date("2026-07-15");
    assert_eq!(
        written(&tiers.history(&known, &[], today)),
        ["2026-02-28 mass", "2026-04-30 platinum", "2026-06-30 gold"],
    );
    // Nothing of what lies ahead.
    assert_eq!(written(&tiers.history(&known, &[], date("2026-05-01"))).len(), 2);
}

#[test]
fn another_version_moves_from_its_own_day_and_a_draft_never() {
    let draft = TierScheme { state: VersionState::Draft, ..scheme(3, "2026-05-01", 1, Freeze::None) };
    let schemes =
        [scheme(2, "2026-04-01", 20, Freeze::None), draft, scheme(1, "2026-01-01", 10, Freeze::None)];
    let tiers = Tiers::of(&schemes);
    let known = Known::of(&customer(), &[figures("2025-12-31", 15)]);
    assert_eq!(
        written(&tiers.history(&known, &[], date("2026-07-15"))),
        ["2026-01-01 gold", "2026-04-01 mass"],
        "figures of before the first version count from its first day",
    );
    assert_eq!(tiers.scheme(date("2026-03-31")).map(|scheme| scheme.version), Some(1));
    assert!(tiers.scheme(date("2025-12-31")).is_none());
}

#[test]
fn a_tier_set_by_hand_counts_while_it_holds() {
    let schemes = [scheme(1, "2026-01-01", 10, Freeze::None)];
    let tiers = Tiers::of(&schemes);
    let known = Known::of(&customer(), &[figures("2026-02-28", 50), figures("2026-05-31", 120)]);
    let diamond = by_hand("diamond", "2026-04-01", "2026-06-30");
    let unlisted = by_hand("crystal", "2026-04-01", "2026-06-30");
    let today = date("2026-07-15");
    assert_eq!(
        written(&tiers.history(&known, &[&diamond], today)),
        ["2026-02-28 gold", "2026-04-01 diamond", "2026-07-01 platinum"],
    );
    assert_eq!(
        written(&tiers.history(&known, &[&unlisted], today)),
        ["2026-02-28 gold", "2026-05-31 platinum"],
    );
    assert_eq!(
        written(&tiers.history(&Known::default(), &[&diamond], today)),
        ["2026-04-01 diamond", "2026-07-01 -"],
    );
    let in_june = tiers.standing(&known, &[&diamond], date("2026-06-15")).expect("a scheme");
    assert_eq!(in_june.standing.tier().map(|tier| tier.0.as_str()), Some("diamond"));
    let computed = in_june.standing.computed.expect("a placement");
    assert_eq!((computed.tier.0.as_str(), in_june.as_of), ("platinum", Some(date("2026-05-31"))));
}

#[test]
fn a_frozen_list_moves_on_the_first_of_january_and_tells_what_it_would_do() {
    let schemes = [scheme(1, "2025-01-01", 10, Freeze::Yearly)];
    let tiers = Tiers::of(&schemes);
    let known = Known::of(
        &customer(),
        &[figures("2025-03-31", 50), figures("2025-10-31", 120), figures("2026-02-28", 5)],
    );
    assert_eq!(
        written(&tiers.history(&known, &[], date("2026-07-15"))),
        ["2025-03-31 gold", "2026-01-01 platinum"],
        "who had no tier joins within the year, and stays",
    );
    let standing = tiers.standing(&known, &[], date("2026-07-15")).expect("a scheme");
    assert_eq!(standing.standing.tier().map(|tier| tier.0.as_str()), Some("platinum"));
    assert_eq!(standing.fixed_on, Some(date("2026-01-01")));
    assert_eq!(standing.provisional.map(|placed| placed.tier.0), Some("mass".to_owned()));
}

#[test]
fn a_figure_once_told_counts_until_another_is_told_and_one_never_told_is_missing() {
    let schemes = [scheme(1, "2026-01-01", 10, Freeze::None)];
    let tiers = Tiers::of(&schemes);
    let partly =
        Figures { values: [(Measure::Deposit, 600 * WAN)].into_iter().collect(), ..figures("2026-03-31", 0) };
    let known = Known::of(&customer(), std::slice::from_ref(&partly));
    assert!(tiers.history(&known, &[], date("2026-07-15")).is_empty());
    let standing = tiers.standing(&known, &[], date("2026-07-15")).expect("a scheme");
    assert!(matches!(standing.standing.computed, Err(Unplaced::Missing { .. })));
    let known = Known::of(&customer(), &[partly, figures("2026-02-28", 5)]);
    assert_eq!(
        written(&tiers.history(&known, &[], date("2026-07-15"))),
        ["2026-02-28 mass", "2026-03-31 diamond"],
    );
}

#[test]
fn what_the_customers_row_tells_counts_if_it_is_newer() {
    let mut customer = customer();
    customer.holdings =
        Holdings { deposit: Fen(30 * WAN), as_of: Some(date("2026-05-10")), ..Holdings::default() };
    let on = |months: &[Figures], day| {
        Known::of(&customer, months).on(date(day)).and_then(|all| all.get(Measure::Deposit))
    };
    assert_eq!(on(&[], "2026-05-09"), None);
    assert_eq!(on(&[], "2026-05-10"), Some(30 * WAN));
    assert_eq!(on(&[figures("2026-04-30", 8)], "2026-05-09"), Some(8 * WAN));
    assert_eq!(on(&[figures("2026-04-30", 8)], "2026-07-01"), Some(30 * WAN));
    assert_eq!(on(&[figures("2026-05-31", 8)], "2026-07-01"), Some(8 * WAN));
}

fn visit(n: u128, on: &str) -> Visit {
    Visit {
        id: VisitId(Uuid::from_u128(n)),
        customer_id: customer().id,
        visitor_id: EmployeeId(Uuid::from_u128(7)),
        state: VisitState::Done,
        on: date(on),
        at_minute: None,
        purpose: None,
        report: None,
        not_held: None,
        written_at: Timestamp(0),
    }
}

#[test]
fn only_a_customer_we_reached_was_called_and_a_visit_answers_one_event() {
    let call = |n, outcome| Call {
        id: CallId(Uuid::from_u128(n)),
        customer_id: customer().id,
        caller_id: EmployeeId(Uuid::from_u128(7)),
        on: date("2026-05-02"),
        at_minute: None,
        channel: Channel::Phone,
        outcome,
        summary: String::new(),
        minutes: None,
        written_at: Timestamp(0),
    };
    let event = |n, on: &str, answers: &[u128]| Event {
        id: EventId(Uuid::from_u128(n)),
        customer_id: customer().id,
        event: "churn".into(),
        on: date(on),
        note: None,
        reported_by: EmployeeId(Uuid::from_u128(7)),
        reported_at: Timestamp(0),
        answers: answers.iter().map(|n| VisitId(Uuid::from_u128(*n))).collect(),
    };
    let events = [event(2, "2026-05-03", &[1]), event(1, "2026-05-01", &[1])];
    let calls =
        [call(1, CallOutcome::Reached), call(2, CallOutcome::NoAnswer), call(3, CallOutcome::CalledUs)];
    let given = Given::of(&[visit(1, "2026-05-04"), visit(2, "2026-05-05")], &calls, &events);
    let of = |kind| given.services.iter().filter(|service| service.kind == kind).collect::<Vec<_>>();
    assert_eq!(of(ServiceKind::Call).len(), 1);
    let answers: Vec<_> = of(ServiceKind::Visit).iter().map(|service| service.answers).collect();
    assert_eq!(answers, [Some(EventId(Uuid::from_u128(1))), None]);
}

proptest! {
    /// Tablet and server hold the same rows in different orders.
    #[test]
    fn the_order_in_which_rows_arrive_changes_nothing(
        months in proptest::collection::btree_map(0_u32..24, 0_i64..700, 0..12),
        turn in 0_usize..12, is_frozen in any::<bool>(), hold in 0_u64..200,
    ) {
        let freeze = if is_frozen { Freeze::Yearly } else { Freeze::None };
        let schemes = [scheme(1, "2025-03-01", 10, freeze), scheme(2, "2026-01-01", 20, freeze)];
        let end = |month: u32| {
            let first = Date::from_ymd_opt(2025 + i32::try_from(month / 12).expect("small"), month % 12 + 1, 1);
            first.expect("a day") + chrono::Duration::days(27)
        };
        let mut rows: Vec<Figures> =
            months.iter().map(|(month, wan)| figures(&end(*month).to_string(), *wan)).collect();
        let own = by_hand("diamond", "2025-06-01", "2025-06-01");
        let own = TierOverride { until: own.set_on + chrono::Duration::days(i64::try_from(hold).expect("small")), ..own };
        let today = date("2026-11-18");
        let before = Tiers::of(&schemes).history(&Known::of(&customer(), &rows), &[&own], today);
        let by = turn % rows.len().max(1);
        rows.rotate_left(by);
        let turned = [schemes[1].clone(), schemes[0].clone()];
        let after = Tiers::of(&turned).history(&Known::of(&customer(), &rows), &[&own], today);
        prop_assert_eq!(&before, &after);
        // The last entry is how the customer stands today, by a second way.
        let standing = Tiers::of(&schemes);
        let known = Known::of(&customer(), &rows);
        let stands = standing.standing(&known, &[&own], today).expect("a scheme").standing.tier().cloned();
        prop_assert_eq!(before.values().next_back().cloned().flatten(), stands);
    }
}
