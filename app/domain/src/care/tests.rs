mod check;
mod properties;

use super::*;
use uuid::Uuid;

const LEAD: CareLead = CareLead { birthday_days: 7, festival_days: 14, contract_days: 60 };

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn contract(id: u128, on: &str) -> (ContractId, Date) {
    (ContractId(Uuid::from_u128(id)), date(on))
}

fn person(birthday: Option<&str>, lunar: Option<&str>) -> Cared<'static> {
    let lunar_birthday = lunar.map(|text| text.parse().expect("a lunar day"));
    Cared { birthday: birthday.map(date), lunar_birthday, contracts: &[] }
}

fn solar(on: &str, turns: i32) -> Occasion {
    Occasion { kind: OccasionKind::Birthday { turns }, on: date(on) }
}

fn lunar(on: &str, turns: Option<i32>) -> Occasion {
    Occasion { kind: OccasionKind::LunarBirthday { turns }, on: date(on) }
}

fn feast(on: &str, code: &str) -> Occasion {
    Occasion { kind: OccasionKind::Festival { code: code.to_owned() }, on: date(on) }
}

fn ends((contract_id, on): (ContractId, Date)) -> Occasion {
    Occasion { kind: OccasionKind::ContractEnds { contract_id }, on }
}

#[test]
fn a_birthday_comes_up_within_its_lead_time() {
    for (birthday, lunar_birthday, today, expected) in [
        (Some("1964-11-18"), None, "2026-11-18", vec![solar("2026-11-18", 62)]),
        (Some("1964-11-25"), None, "2026-11-18", vec![solar("2026-11-25", 62)]),
        (Some("1964-11-26"), None, "2026-11-18", vec![]),
        (Some("1964-11-17"), None, "2026-11-18", vec![]),
        (Some("1990-01-02"), None, "2026-12-30", vec![solar("2027-01-02", 37)]),
        (Some("1988-02-29"), None, "2026-02-25", vec![solar("2026-02-28", 38)]),
        (Some("1988-02-29"), None, "2028-02-25", vec![solar("2028-02-29", 40)]),
        // Nobody turns 0.
        (Some("2026-11-20"), None, "2026-11-18", vec![]),
        (Some("2026-11-18"), None, "2026-11-18", vec![]),
        (Some("2025-11-18"), None, "2026-11-18", vec![solar("2026-11-18", 1)]),
        (None, None, "2026-11-18", vec![]),
        // 八月十五 of 2026 is 25 September.
        (None, Some("08-15"), "2026-09-18", vec![lunar("2026-09-25", None)]),
        (None, Some("08-15"), "2026-09-17", vec![]),
        (None, Some("08-15"), "2026-09-26", vec![]),
        // Where both are known the lunar one alone is kept.
        (Some("1964-09-20"), Some("08-15"), "2026-09-18", vec![lunar("2026-09-25", Some(62))]),
        (Some("1964-09-20"), Some("08-15"), "2026-09-13", vec![]),
        // A leap month of 2025 in the ordinary one of 2026.
        (Some("2025-07-25"), Some("leap-06-01"), "2026-07-14", vec![lunar("2026-07-14", Some(1))]),
        (Some("2025-07-25"), Some("leap-06-01"), "2025-07-25", vec![]),
    ] {
        let found = occasions(&person(birthday, lunar_birthday), &LEAD, &[], date(today));
        assert_eq!(found, expected, "{birthday:?} {lunar_birthday:?} on {today}");
    }
}

#[test]
fn a_lunar_birthday_turns_the_lunar_years_since_the_birth() {
    for (birthday, lunar_birthday, from, expected) in [
        // Born in January, in the lunar year 1959: twice in 2022, once as 62 and once as 63.
        ("1960-01-06", "12-08", "2022-01-01", lunar("2022-01-10", Some(62))),
        ("1960-01-06", "12-08", "2022-01-11", lunar("2022-12-30", Some(63))),
        ("1960-01-06", "12-08", "2022-12-31", lunar("2024-01-18", Some(64))),
        // The registered date is the lunar one written as a solar one.
        ("1960-12-08", "12-08", "2022-01-01", lunar("2022-01-10", Some(61))),
        ("1960-01-10", "01-10", "2026-01-01", lunar("2026-02-26", Some(66))),
        ("1960-02-06", "01-10", "2026-01-01", lunar("2026-02-26", Some(66))),
        // Before the table nobody knows.
        ("1880-05-05", "05-05", "2026-01-01", lunar("2026-06-19", None)),
    ] {
        let found = next_birthday(&person(Some(birthday), Some(lunar_birthday)), date(from));
        assert_eq!(found, Some(expected), "{birthday} {lunar_birthday} from {from}");
    }
}

#[test]
fn a_contract_comes_up_before_it_ends_and_stays_for_thirty_days() {
    let (far, near, last, ended, long_ago) = (
        contract(1, "2027-01-18"),
        contract(2, "2027-01-17"),
        contract(3, "2026-11-18"),
        contract(4, "2026-10-19"),
        contract(5, "2026-10-18"),
    );
    let contracts = [far, near, last, ended, long_ago];
    let cared = Cared { contracts: &contracts, ..Cared::default() };
    let found = occasions(&cared, &LEAD, &[], date("2026-11-18"));
    assert_eq!(found, [ends(ended), ends(last), ends(near)]);
}

#[test]
fn what_falls_on_one_day_begins_with_the_customers_own() {
    let contracts = [contract(2, "2026-10-01"), contract(1, "2026-10-01")];
    let cared = Cared { contracts: &contracts, ..person(Some("1964-10-01"), None) };
    let found = occasions(&cared, &LEAD, &usual_festivals(), date("2026-09-24"));
    let expected = [
        feast("2026-09-25", "mid_autumn_festival"),
        solar("2026-10-01", 62),
        ends(contract(1, "2026-10-01")),
        ends(contract(2, "2026-10-01")),
        feast("2026-10-01", "national_day"),
    ];
    assert_eq!(found, expected);
    // Both festivals on one day, as in 2020.
    let both = between(&person(None, None), &usual_festivals(), date("2020-10-01"), date("2020-10-01"));
    assert_eq!(both, [feast("2020-10-01", "mid_autumn_festival"), feast("2020-10-01", "national_day")]);
}

#[test]
fn a_lead_time_of_nothing_is_the_day_itself() {
    let none = CareLead { birthday_days: 0, festival_days: 0, contract_days: 0 };
    let contracts = [contract(1, "2026-10-02"), contract(2, "2026-10-01")];
    let cared = Cared { contracts: &contracts, ..person(Some("1964-10-01"), None) };
    let on_day = occasions(&cared, &none, &usual_festivals(), date("2026-10-01"));
    assert_eq!(
        on_day,
        [solar("2026-10-01", 62), ends(contract(2, "2026-10-01")), feast("2026-10-01", "national_day")]
    );
    assert_eq!(occasions(&cared, &none, &usual_festivals(), date("2026-09-30")), []);
}

#[test]
fn a_month_shows_all_of_its_days() {
    let contracts = [contract(1, "2026-02-01"), contract(2, "2026-02-28"), contract(3, "2026-03-01")];
    let cared = Cared { contracts: &contracts, ..person(Some("1988-02-29"), None) };
    let mut festivals = usual_festivals();
    let eve = FestivalRule::LunarNewYearsEve;
    festivals.push(Festival { code: "new_years_eve".to_owned(), name: "除夕".to_owned(), rule: eve });
    let expected = [
        ends(contract(1, "2026-02-01")),
        feast("2026-02-16", "new_years_eve"),
        feast("2026-02-17", "spring_festival"),
        solar("2026-02-28", 38),
        ends(contract(2, "2026-02-28")),
    ];
    assert_eq!(between(&cared, &festivals, date("2026-02-01"), date("2026-02-28")), expected);
    assert_eq!(between(&cared, &festivals, date("2026-02-28"), date("2026-02-01")), [], "backwards");
}

#[test]
fn a_year_of_two_birthdays_shows_both() {
    let cared = person(Some("1960-01-06"), Some("12-08"));
    let year = between(&cared, &[], date("2022-01-01"), date("2022-12-31"));
    assert_eq!(year, [lunar("2022-01-10", Some(62)), lunar("2022-12-30", Some(63))]);
    assert_eq!(between(&cared, &[], date("2023-01-01"), date("2023-12-31")), []);
}

#[test]
fn festivals_lie_where_the_almanac_has_them() {
    let expected = [
        ("new_year", "2026-01-01"),
        ("spring_festival", "2026-02-17"),
        ("lantern_festival", "2026-03-03"),
        ("dragon_boat_festival", "2026-06-19"),
        ("mid_autumn_festival", "2026-09-25"),
        ("national_day", "2026-10-01"),
        ("double_ninth_festival", "2026-10-18"),
    ];
    let year = between(&person(None, None), &usual_festivals(), date("2026-01-01"), date("2026-12-31"));
    assert_eq!(year, expected.map(|(code, on)| feast(on, code)));
}

#[test]
fn an_occasion_travels_as_json_and_as_postcard() {
    let json = r#"{"kind":{"lunar_birthday":{"turns":null}},"on":"2026-09-25"}"#;
    let told = lunar("2026-09-25", None);
    assert_eq!(serde_json::to_string(&told).expect("json"), json);
    for told in [told, ends(contract(1, "2026-10-01")), feast("2026-10-01", "national_day")] {
        let json = serde_json::to_string(&told).expect("json");
        assert_eq!(serde_json::from_str::<Occasion>(&json).expect("an occasion"), told);
        let bytes = postcard::to_stdvec(&told).expect("postcard");
        assert_eq!(postcard::from_bytes::<Occasion>(&bytes).expect("an occasion"), told);
    }
    let festivals = usual_festivals();
    let json = serde_json::to_string(&festivals).expect("json");
    assert_eq!(serde_json::from_str::<Vec<Festival>>(&json).expect("festivals"), festivals);
    let bytes = postcard::to_stdvec(&festivals).expect("postcard");
    assert_eq!(postcard::from_bytes::<Vec<Festival>>(&bytes).expect("festivals"), festivals);
}
