//! What keeps lead times and festivals from being set.

use super::*;
use crate::limits;

type Change = fn(&mut Vec<Festival>);

#[test]
fn every_fault_of_a_festival_has_its_name() {
    use CareFault::*;
    use FestivalRule::{Lunar, Solar};
    assert_eq!(check_festivals(&usual_festivals()), []);
    assert_eq!(check_festivals(&[]), [], "an organisation may keep none");
    let code = || "new_year".to_owned();
    let no_day = |rule| FestivalDayInvalid { code: code(), rule };
    let cases: [(Change, CareFault); 16] = [
        (|all| all[0].code = String::new(), FestivalCodeInvalid { code: String::new() }),
        (|all| all[0].code = "x".repeat(61), FestivalCodeInvalid { code: "x".repeat(61) }),
        (|all| all.extend_from_within(..1), FestivalCodeInvalid { code: code() }),
        (|all| all[0].name = String::new(), FestivalNameBlank { code: code() }),
        (|all| all[0].name = " \n".to_owned(), FestivalNameBlank { code: code() }),
        (|all| all[0].name = "长".repeat(61), FestivalNameTooLong { code: code(), max: 60 }),
        (|all| all[0].rule = Solar { month: 13, day: 1 }, no_day(Solar { month: 13, day: 1 })),
        (|all| all[0].rule = Solar { month: 0, day: 1 }, no_day(Solar { month: 0, day: 1 })),
        (|all| all[0].rule = Solar { month: 1, day: 0 }, no_day(Solar { month: 1, day: 0 })),
        (|all| all[0].rule = Solar { month: 4, day: 31 }, no_day(Solar { month: 4, day: 31 })),
        (|all| all[0].rule = Solar { month: 2, day: 30 }, no_day(Solar { month: 2, day: 30 })),
        (|all| all[0].rule = Lunar { month: 13, day: 1 }, no_day(Lunar { month: 13, day: 1 })),
        (|all| all[0].rule = Lunar { month: 0, day: 1 }, no_day(Lunar { month: 0, day: 1 })),
        (|all| all[0].rule = Lunar { month: 1, day: 31 }, no_day(Lunar { month: 1, day: 31 })),
        (|all| all[0].rule = Lunar { month: 1, day: 0 }, no_day(Lunar { month: 1, day: 0 })),
        (
            |all| {
                let any = all[0].clone();
                all.extend((7..=60).map(|n| Festival { code: format!("f{n}"), ..any.clone() }));
            },
            TooManyFestivals { max: 60 },
        ),
    ];
    for (change, expected) in cases {
        let mut festivals = usual_festivals();
        change(&mut festivals);
        assert_eq!(check_festivals(&festivals), [expected]);
    }
}

#[test]
fn days_only_some_years_have_are_fine() {
    for rule in [
        FestivalRule::Solar { month: 2, day: 29 },
        FestivalRule::Lunar { month: 12, day: 30 },
        FestivalRule::LunarNewYearsEve,
    ] {
        let festival = Festival { code: "x".repeat(limits::LABEL_CHARS_MAX), name: "节".to_owned(), rule };
        assert_eq!(check_festivals(&[festival]), []);
    }
}

#[test]
fn a_festival_on_no_day_never_comes() {
    for rule in [FestivalRule::Solar { month: 2, day: 30 }, FestivalRule::Lunar { month: 1, day: 31 }] {
        assert_eq!(rule.next_on_or_after(date("2026-01-01")), None);
    }
}

#[test]
fn a_lead_time_is_a_year_at_most() {
    assert_eq!(LEAD.check(), []);
    let longest = CareLead { birthday_days: 366, festival_days: 366, contract_days: 366 };
    assert_eq!(longest.check(), []);
    let too_long = CareLead { birthday_days: 367, festival_days: 1_000, contract_days: u16::MAX };
    let fault = |of, days| CareFault::LeadTooLong { of, days, max: 366 };
    let expected =
        [fault(LeadOf::Birthday, 367), fault(LeadOf::Festival, 1_000), fault(LeadOf::Contract, u16::MAX)];
    assert_eq!(too_long.check(), expected);
}
