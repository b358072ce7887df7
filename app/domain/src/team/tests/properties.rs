//! What holds for any customers.

use super::*;

fn debt() -> impl Strategy<Value = KindDebt> {
    (0_u32..4, 0_u32..6, 0_u32..3).prop_map(|(required, done, carried)| owed(required, done, carried))
}

fn any_member(no: u128) -> impl Strategy<Value = Member> {
    let who = (proptest::option::of(1_u128..4), proptest::option::of(0_usize..4));
    (who, debt(), 0_u32..5, any::<[bool; 4]>()).prop_map(move |((by, rank), visits, recent, signs)| Member {
        manager_id: by.and_then(manager),
        rank,
        visits,
        recent,
        is_near_up: signs[0],
        is_near_down: signs[1],
        planned_late: signs[2].then(|| date("2026-11-02")),
        last_visited_on: signs[3].then(|| date("2026-01-02")),
        ..member(no)
    })
}

fn members() -> impl Strategy<Value = Vec<Member>> {
    (0_u128..25).prop_flat_map(|count| (0..count).map(any_member).collect::<Vec<_>>())
}

proptest! {
    #[test]
    fn managers_and_tiers_add_up_to_the_same(members in members()) {
        let coverage = Coverage::of(&members, today());
        let sum = |cells: Vec<Cell>| {
            cells.iter().fold((0, 0, 0, 0), |sum, cell| {
                (sum.0 + cell.customers, sum.1 + cell.required, sum.2 + cell.done, sum.3 + cell.behind)
            })
        };
        let by_manager = sum([None, manager(1), manager(2), manager(3)].map(|own| coverage.of_manager(own)).to_vec());
        let by_rank = sum([None, Some(0), Some(1), Some(2), Some(3)].map(|rank| coverage.of_rank(rank)).to_vec());
        prop_assert_eq!(by_manager, sum(vec![coverage.all()]));
        prop_assert_eq!(by_rank, by_manager);
        prop_assert_eq!(usize::try_from(by_manager.0).expect("few"), members.len());
        prop_assert!(coverage.cells.values().all(|cell| cell.done <= cell.required));
    }

    #[test]
    fn the_order_of_rows_changes_nothing(members in members(), turn in 0_usize..25) {
        let mut turned = members.clone();
        let by = turn % turned.len().max(1);
        turned.rotate_left(by);
        turned.reverse();
        prop_assert_eq!(Coverage::of(&turned, today()), Coverage::of(&members, today()));
        prop_assert_eq!(Exceptions::of(&turned, today()), Exceptions::of(&members, today()));
        prop_assert_eq!(outlook(&turned, today(), 8), outlook(&members, today(), 8));
    }

    #[test]
    fn whoever_is_better_off_had_more_than_whom_it_is_held_against(members in members()) {
        let of = |id: CustomerId| members.iter().find(|member| member.customer_id == id).expect("a member");
        for case in Exceptions::of(&members, today()).inverted {
            let (lower, higher) = (of(case.customer_id), of(case.what.higher_id));
            prop_assert!(lower.rank > higher.rank && lower.recent > higher.recent);
            prop_assert!(higher.visits.overdue.is_some() && lower.recent * 2 > case.what.median_doubled);
        }
    }

    #[test]
    fn every_visit_owed_is_due_somewhere(members in members()) {
        let found = outlook(&members, today(), 3);
        let weeks: u64 = found.weeks.iter().map(|week| week.visits).sum();
        let owed: u64 = members.iter().map(|member| u64::from(member.visits.owed)).sum();
        prop_assert_eq!(found.overdue + weeks + found.later, owed);
    }
}
