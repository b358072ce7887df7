//! What holds for any customer.

use super::*;
use chrono::Duration;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// Two hundred years of the lunar table.
fn day() -> impl Strategy<Value = Date> {
    (0_i64..72_000).prop_map(|days| date("1901-01-01") + Duration::days(days))
}

fn lunar_day() -> impl Strategy<Value = LunarDay> {
    (1_u8..=12, 1_u8..=30, any::<bool>()).prop_map(|(month, day, is_leap)| LunarDay { month, day, is_leap })
}

fn any_rule() -> impl Strategy<Value = FestivalRule> {
    prop_oneof![
        (1_u8..=12, 1_u8..=28).prop_map(|(month, day)| FestivalRule::Solar { month, day }),
        Just(FestivalRule::Solar { month: 2, day: 29 }),
        (1_u8..=12, 1_u8..=30).prop_map(|(month, day)| FestivalRule::Lunar { month, day }),
        Just(FestivalRule::LunarNewYearsEve),
    ]
}

fn any_lead() -> impl Strategy<Value = CareLead> {
    (0_u16..=366, 0_u16..=366, 0_u16..=366).prop_map(|(birthday_days, festival_days, contract_days)| {
        CareLead { birthday_days, festival_days, contract_days }
    })
}

#[derive(Clone, Debug)]
struct World {
    birthday: Option<Date>,
    lunar_birthday: Option<LunarDay>,
    contracts: Vec<(ContractId, Date)>,
    lead: CareLead,
    today: Date,
}

impl World {
    fn cared(&self) -> Cared<'_> {
        let Self { birthday, lunar_birthday, contracts, .. } = self;
        Cared { birthday: *birthday, lunar_birthday: *lunar_birthday, contracts }
    }

    fn occasions(&self) -> Vec<Occasion> {
        occasions(&self.cared(), &self.lead, &usual_festivals(), self.today)
    }
}

fn worlds() -> impl Strategy<Value = World> {
    let near = vec((0_u128..4, -400_i64..400), 0..6);
    (option::of(day()), option::of(lunar_day()), near, any_lead(), day()).prop_map(
        |(birthday, lunar_birthday, near, lead, today)| {
            let contract = |(id, ahead)| (ContractId(Uuid::from_u128(id)), today + Duration::days(ahead));
            let contracts = near.into_iter().map(contract).collect();
            World { birthday, lunar_birthday, contracts, lead, today }
        },
    )
}

proptest! {
    #[test]
    fn an_occasion_never_lies_outside_its_window(world in worlds()) {
        let found = world.occasions();
        prop_assert!(found.is_sorted_by_key(|occasion| occasion.on));
        for occasion in found {
            let (behind, ahead) = match occasion.kind {
                OccasionKind::Birthday { turns } => {
                    prop_assert!(turns > 0 && world.lunar_birthday.is_none());
                    (0, world.lead.birthday_days)
                }
                OccasionKind::LunarBirthday { turns } => {
                    prop_assert!(turns.is_none_or(|turns| turns > 0));
                    prop_assert_eq!(turns.is_some(), world.birthday.is_some());
                    (0, world.lead.birthday_days)
                }
                OccasionKind::Festival { .. } => (0, world.lead.festival_days),
                OccasionKind::ContractEnds { .. } => (CONTRACT_ENDED_DAYS, world.lead.contract_days),
            };
            let ahead_by = days_between(world.today, occasion.on);
            prop_assert!((-behind..=i64::from(ahead)).contains(&ahead_by));
        }
    }

    /// What is up today is what the calendar shows in the window, the first of each.
    #[test]
    fn nothing_within_the_window_is_left_out(world in worlds(), days in 0_u16..350) {
        let lead = CareLead { birthday_days: days, festival_days: days, contract_days: days };
        let up = occasions(&world.cared(), &lead, &usual_festivals(), world.today);
        let to = world.today + Duration::days(days.into());
        let shown = between(&world.cared(), &usual_festivals(), world.today, to);
        let ahead: Vec<Occasion> = up.into_iter().filter(|occasion| occasion.on >= world.today).collect();
        prop_assert_eq!(ahead, shown);
    }

    #[test]
    fn the_order_of_contracts_does_not_matter(
        (one, other) in worlds().prop_flat_map(|world| {
            let contracts = Just(world.contracts.clone()).prop_shuffle();
            contracts.prop_map(move |contracts| (world.clone(), World { contracts, ..world.clone() }))
        }),
    ) {
        prop_assert_eq!(one.occasions(), other.occasions());
        let (from, to) = (one.today - Duration::days(40), one.today + Duration::days(40));
        prop_assert_eq!(between(&one.cared(), &[], from, to), between(&other.cared(), &[], from, to));
    }

    #[test]
    fn each_usual_festival_comes_once_a_year(year in 1901..2100) {
        let from = Date::from_ymd_opt(year, 1, 1).expect("a date");
        let to = Date::from_ymd_opt(year, 12, 31).expect("a date");
        for festival in usual_festivals() {
            let found = between(&Cared::default(), std::slice::from_ref(&festival), from, to);
            prop_assert_eq!(found.len(), 1, "{}", festival.code);
        }
    }

    /// Of a lunar day only the lunar year is sure: 腊八 falls twice in 2022 and not in 2023.
    #[test]
    fn any_festival_comes_once_a_year_of_its_calendar(rule in any_rule(), year in 1901..2099) {
        let first_of = |year: i32| match rule {
            FestivalRule::Solar { .. } => Date::from_ymd_opt(year, 1, 1),
            _ => LunarDay { month: 1, day: 1, is_leap: false }.in_year(year),
        };
        let from = first_of(year).expect("a date");
        let to = first_of(year + 1).and_then(|next| next.pred_opt()).expect("a date");
        let festival = Festival { code: "any".to_owned(), name: "节".to_owned(), rule };
        prop_assert_eq!(between(&Cared::default(), &[festival], from, to).len(), 1);
    }

    #[test]
    fn each_birthday_turns_one_more(world in worlds()) {
        let found = between(&world.cared(), &[], world.today, world.today + Duration::days(1_500));
        let turns: Vec<i32> = found
            .iter()
            .filter_map(|occasion| match occasion.kind {
                OccasionKind::Birthday { turns } => Some(turns),
                OccasionKind::LunarBirthday { turns } => turns,
                _ => None,
            })
            .collect();
        prop_assert!(turns.windows(2).all(|pair| pair[1] == pair[0] + 1), "{turns:?}");
    }
}
