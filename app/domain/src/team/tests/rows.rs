//! A member from its rows.

use super::*;
use crate::customer::{Customer, CustomerType, Holdings};
use crate::money::Fen;
use crate::rating::{Rules, RulesOn};
use crate::tier::Bound;
use crate::version::VersionState;
use std::sync::Arc;

const WAN: i64 = 1_000_000; // fen
const NOON_MS: i64 = 4 * 3_600_000; // of a day in Shanghai, in UTC

fn customer(deposit_wan: Option<i64>) -> Customer {
    Customer {
        id: id(9),
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
        last_visited_on: Some(date("2026-05-01")),
        place: None,
        remark: None,
        holdings: Holdings {
            deposit: Fen(deposit_wan.unwrap_or(0) * WAN),
            as_of: deposit_wan.map(|_| date("2026-10-31")),
            ..Holdings::default()
        },
        stamps: Vec::new(),
    }
}

fn scheme() -> TierScheme {
    let mut scheme = Preset::BankStandard1.draft(TierSchemeId(Uuid::nil()), OrgUnitId(Uuid::nil()));
    scheme.state = VersionState::Published;
    scheme.effective_on = Some(date("2026-01-01"));
    for step in &mut scheme.ladders[0].steps {
        match step.tier.0.as_str() {
            "gold" => step.floor = Bound::At(10 * WAN),
            "mass" => step.ceiling = Bound::At(10 * WAN),
            _ => {}
        }
    }
    scheme
}

fn visit(no: u128, on: &str, state: VisitState) -> Visit {
    Visit {
        id: VisitId(Uuid::from_u128(no)),
        customer_id: id(9),
        visitor_id: EmployeeId(Uuid::from_u128(1)),
        state,
        on: date(on),
        at_minute: None,
        purpose: None,
        report: None,
        not_held: None,
        written_at: Timestamp(0),
    }
}

fn promise(state: PromiseState, by: PromiseBy, due_on: &str, settled_on: Option<&str>) -> Promise {
    let noon = |on: &str| {
        let days = days_between(Date::default(), date(on));
        Timestamp(days * 24 * 3_600_000 + NOON_MS)
    };
    Promise {
        id: PromiseId(Uuid::from_u128(1)),
        customer_id: id(9),
        visit_id: None,
        by,
        text: "送转账限额说明".to_owned(),
        due_on: date(due_on),
        state,
        made_by: EmployeeId(Uuid::from_u128(1)),
        made_at: Timestamp(0),
        settled_at: settled_on.map(noon),
        settled_by: None,
    }
}

fn counted(customer: &Customer, visits: &[Visit], promises: &[Promise]) -> Member {
    let rules = Arc::new(Rules::of([&scheme()], [], []));
    let rows = CustomerRows {
        customer,
        figures: Vec::new(),
        by_hand: Vec::new(),
        visits: visits.iter().collect(),
        calls: Vec::new(),
        events: Vec::new(),
        contracts: Vec::new(),
    };
    let rated = Rated::of(&RulesOn::of(Arc::clone(&rules), today()), &rows);
    let standing = rules.tiers.standing(&rated.known, &[], today());
    Member::of(&rows, &rated, standing.as_ref(), promises, manager(1), today())
}

#[test]
fn visits_of_two_quarters_are_recent_and_none_of_tomorrow() {
    use VisitState::{Done, Planned, Skipped};
    let visits = [
        visit(1, "2026-06-30", Done),
        visit(2, "2026-07-01", Done),
        visit(3, "2026-11-18", Done),
        visit(4, "2026-11-19", Done),
        visit(5, "2026-11-10", Skipped),
        visit(6, "2026-11-12", Planned),
        visit(7, "2026-11-17", Planned),
        visit(8, "2026-11-18", Planned),
    ];
    let member = counted(&customer(Some(60)), &visits, &[]);
    assert_eq!((member.recent, member.last_visited_on), (2, Some(today())));
    assert_eq!(member.planned_late, Some(date("2026-11-12")));
    assert_eq!(counted(&customer(None), &[], &[]).last_visited_on, Some(date("2026-05-01")));
    assert_eq!(counted(&customer(None), &visits[7..], &[]).planned_late, None, "today is not late");
}

#[test]
fn a_promise_reaches_the_lead_when_it_is_ours_and_late_or_just_broken() {
    use PromiseBy::{Customer, Us};
    use PromiseState::{Broken, Kept, Open};
    for (promise, expected) in [
        (promise(Open, Us, "2026-11-17", None), Some((1, false))),
        (promise(Open, Us, "2026-11-18", None), None),
        (promise(Open, Customer, "2026-11-01", None), None),
        (promise(Kept, Us, "2026-11-01", Some("2026-11-02")), None),
        (promise(Broken, Us, "2026-10-01", Some("2026-10-19")), Some((48, true))),
        (promise(Broken, Us, "2026-10-01", Some("2026-10-18")), None),
        (promise(Broken, Us, "2026-12-01", Some("2026-11-17")), Some((0, true))),
        (promise(Broken, Customer, "2026-11-01", Some("2026-11-17")), None),
    ] {
        let member = counted(&customer(None), &[], std::slice::from_ref(&promise));
        let found = member.promises.first().map(|late| (late.days, late.is_broken));
        assert_eq!(found, expected, "{promise:?}");
    }
}

#[test]
fn the_tier_counts_by_its_rank_and_its_edges() {
    for (wan, rank, near_up, near_down) in [
        (Some(9), Some(3), true, false),
        (Some(8), Some(3), false, false),
        (Some(10), Some(2), false, true),
        (Some(11), Some(2), false, false),
        (None, None, false, false),
    ] {
        let member = counted(&customer(wan), &[], &[]);
        let found = (member.rank, member.is_near_up, member.is_near_down, member.is_missing);
        assert_eq!(found, (rank, near_up, near_down, wan.is_none()), "{wan:?}");
    }
}
