use super::*;
use chrono::Duration;
use icu_calendar::cal::ChineseTraditional;
use proptest::prelude::*;

const FIRST: &str = "1900-01-31";
const LAST: &str = "2101-01-28";

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn day(text: &str) -> LunarDay {
    text.parse().expect("a lunar day")
}

fn by_icu(date: Date) -> LunarDate {
    let u8_of = |number: u32| u8::try_from(number).expect("small");
    let lunar = icu_calendar::Date::try_new_iso(date.year(), u8_of(date.month()), u8_of(date.day()))
        .expect("a date")
        .to_calendar(ChineseTraditional::new());
    let month = lunar.month().to_input();
    LunarDate {
        year: lunar.year().cyclic().expect("a year of sixty").related_iso,
        month: month.number(),
        day: lunar.day_of_month().0,
        is_leap: month.is_leap(),
    }
}

#[test]
fn every_day_is_the_one_another_calendar_gives() {
    let days = days_between(date(FIRST), date(LAST));
    for on in (0..=days).map(|ahead| date(FIRST) + Duration::days(ahead)) {
        let lunar = of(on).expect("in the table");
        assert_eq!(lunar, by_icu(on), "{on}");
        assert_eq!(LunarDay::from(lunar).in_year(lunar.year), Some(on), "and back");
    }
}

#[test]
fn beyond_the_table_there_is_no_answer() {
    for outside in ["0001-01-01", "1900-01-01", "1900-01-30", "2101-01-29", "2101-12-31", "9999-12-31"] {
        assert_eq!(of(date(outside)), None, "{outside}");
        assert_eq!(day("08-15").next_on_or_after(date(outside)), None, "{outside}");
    }
    for year in [i32::MIN, 0, 1899, 2101, i32::MAX] {
        assert_eq!((day("01-01").in_year(year), new_years_eve(year)), (None, None), "{year}");
    }
    assert_eq!(of(Date::MIN).or(of(Date::MAX)), None);
    assert_eq!(day("12-29").next_on_or_after(date(LAST)), Some(date(LAST)), "the last day known");
    assert_eq!(day("12-28").next_on_or_after(date(LAST)), None);
}

#[test]
fn a_day_is_kept_by_the_rules() {
    for (text, lunar_year, expected) in [
        ("01-01", 2026, "2026-02-17"),
        ("08-15", 2026, "2026-09-25"),
        // 2023 has two second months, 2025 two sixth ones, 2026 none.
        ("02-01", 2023, "2023-02-20"),
        ("leap-02-01", 2023, "2023-03-22"),
        ("leap-02-01", 2026, "2026-03-19"),
        ("leap-06-01", 2025, "2025-07-25"),
        ("leap-06-01", 2023, "2023-07-18"),
        ("06-01", 2025, "2025-06-25"),
        // The last month of 2024 and of 2025 has 29 days, that of 2026 has 30.
        ("12-30", 2024, "2025-01-28"),
        ("12-29", 2024, "2025-01-28"),
        ("12-30", 2026, "2027-02-05"),
        // The leap month of 2023 has 29 days; in 2026 its 30th is that of an ordinary month of 29.
        ("leap-02-30", 2023, "2023-04-19"),
        ("leap-02-30", 2026, "2026-04-16"),
    ] {
        assert_eq!(day(text).in_year(lunar_year), Some(date(expected)), "{text} of {lunar_year}");
    }
}

#[test]
fn the_next_one_may_lie_in_the_same_lunar_year_or_in_the_next() {
    for (text, from, expected) in [
        ("08-15", "2026-09-25", "2026-09-25"),
        ("08-15", "2026-09-26", "2027-09-15"),
        // In January the lunar year before is not over.
        ("12-08", "2026-01-01", "2026-01-26"),
        ("12-08", "2026-01-27", "2027-01-15"),
        ("leap-06-01", "2025-07-25", "2025-07-25"),
        ("leap-06-01", "2025-07-26", "2026-07-14"),
    ] {
        assert_eq!(day(text).next_on_or_after(date(from)), Some(date(expected)), "{text} from {from}");
    }
}

#[test]
fn new_years_eve_is_the_day_before_the_new_year() {
    for (lunar_year, expected) in [(2024, "2025-01-28"), (2025, "2026-02-16"), (2026, "2027-02-05")] {
        assert_eq!(new_years_eve(lunar_year), Some(date(expected)));
    }
    for year in 1900..2100 {
        let eve = new_years_eve(year).expect("in the table");
        assert_eq!(day("01-01").in_year(year + 1), eve.succ_opt());
        assert_eq!(day("12-30").in_year(year), Some(eve), "no year of the table doubles its last month");
    }
}

#[test]
fn a_day_has_one_text_form_and_its_chinese_words() {
    for (text, (month, on, is_leap), zh) in [
        ("08-15", (8, 15, false), "八月十五"),
        ("leap-04-03", (4, 3, true), "闰四月初三"),
        ("12-30", (12, 30, false), "腊月三十"),
        ("01-01", (1, 1, false), "正月初一"),
        ("11-10", (11, 10, false), "冬月初十"),
        ("02-20", (2, 20, false), "二月二十"),
        ("03-21", (3, 21, false), "三月廿一"),
    ] {
        let read = day(text);
        assert_eq!(read, LunarDay { month, day: on, is_leap });
        assert_eq!((read.to_string(), read.zh()), (text.to_owned(), zh.to_owned()));
    }
    for text in
        ["", "8-15", "08-1", "08-31", "00-01", "01-00", "13-01", "+8-15", "08-15 ", "leap-", "leap08-15"]
    {
        assert_eq!(text.parse::<LunarDay>(), Err(ParseLunarDayError), "{text}");
    }
    for text in ["Leap-08-15", "leap-leap-08-15", "08-15-leap", "-8-15", "08—15", "八月十五", "１２-01"]
    {
        assert_eq!(text.parse::<LunarDay>(), Err(ParseLunarDayError), "{text}");
    }
}

#[test]
fn a_day_no_month_has_is_never_kept() {
    for (month, on) in [(0, 1), (13, 1), (1, 0), (1, 31), (255, 255)] {
        assert_eq!(LunarDay::new(month, on, false), None);
        let sent = LunarDay { month, day: on, is_leap: true };
        assert_eq!((sent.in_year(2026), sent.next_on_or_after(date("2026-01-01"))), (None, None));
        assert_eq!(sent.zh(), sent.to_string());
    }
}

#[test]
fn a_lunar_day_travels_as_json_and_as_postcard() {
    let leap = day("leap-04-03");
    let json = serde_json::to_string(&leap).expect("json");
    assert_eq!(json, r#""leap-04-03""#);
    assert_eq!(serde_json::from_str::<LunarDay>(&json).expect("a day"), leap);
    let bytes = postcard::to_stdvec(&leap).expect("postcard");
    assert_eq!(postcard::from_bytes::<LunarDay>(&bytes).expect("a day"), leap);
}

fn any_day() -> impl Strategy<Value = LunarDay> {
    (1..=MONTHS_MAX, 1..=DAYS_MAX, any::<bool>()).prop_map(|(month, day, is_leap)| LunarDay {
        month,
        day,
        is_leap,
    })
}

proptest! {
    #[test]
    fn any_day_is_read_back_from_its_text(day in any_day()) {
        prop_assert_eq!(day.to_string().parse(), Ok(day));
    }

    #[test]
    fn what_is_read_is_the_text_of_a_day(text in "(leap-)?[0-9]{1,3}-[0-9]{1,3}|.{0,12}") {
        if let Ok(day) = text.parse::<LunarDay>() {
            prop_assert_eq!((day.to_string(), day.is_valid()), (text, true));
        }
    }

    /// Kept once in each lunar year, in the month of its number, at most a day before its own.
    #[test]
    fn any_day_is_kept_once_a_year(wanted in any_day(), lunar_year in 1900..=2100) {
        let kept = wanted.in_year(lunar_year).expect("in the table");
        let found = of(kept).expect("in the table");
        prop_assert_eq!((found.year, found.month), (lunar_year, wanted.month));
        prop_assert!(found.day == wanted.day || (wanted.day, found.day) == (30, 29));
        prop_assert!(wanted.is_leap || !found.is_leap);
    }

    #[test]
    fn the_next_one_is_the_first(wanted in any_day(), ahead in 0_i64..72_900) {
        let from = date(FIRST) + Duration::days(ahead);
        let next = wanted.next_on_or_after(from).expect("in the table");
        prop_assert!(next >= from);
        prop_assert_eq!(wanted.next_on_or_after(next), Some(next));
        let is_earlier = |year| wanted.in_year(year).is_some_and(|on| (from..next).contains(&on));
        prop_assert!(!(from.year() - 1..=next.year()).any(is_earlier));
    }
}
