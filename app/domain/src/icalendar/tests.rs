use super::*;
use ical::IcalParser;
use ical::parser::ical::component::IcalCalendar;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn visit() -> Event {
    Event {
        uid: "019a9b00-0000-7000-8000-000000000001@rounds".to_owned(),
        stamp: Timestamp(1_763_395_199_999), // 2025-11-17T15:59:59.999Z
        on: date("2026-11-22"),
        at_minute: Some(9 * 60 + 30),
        minutes: 45,
        summary: "走访 王建国".to_owned(),
        location: Some("解放路12号, 3楼; 左手".to_owned()),
        description: Some("带上:\n1. 合同\n2. C:\\计算器".to_owned()),
        is_cancelled: false,
        sequence: 0,
    }
}

fn calendar(event: Event) -> Calendar {
    Calendar { name: "我的走访".to_owned(), events: vec![event] }
}

/// The lines as a reader sees them, the folds taken out.
fn unfolded(file: &str) -> Vec<String> {
    let lines = file.strip_suffix("\r\n").expect("the last line ends too").replace("\r\n ", "");
    lines.split("\r\n").map(str::to_owned).collect()
}

fn unescaped(text: &str) -> String {
    let mut chars = text.chars();
    let mut plain = String::new();
    while let Some(c) = chars.next() {
        let escaped = if c == '\\' { chars.next().expect("something escaped") } else { c };
        plain.push(if c == '\\' && escaped == 'n' { '\n' } else { escaped });
    }
    plain
}

/// The value of the only line of the event that begins so.
fn value<'a>(lines: &'a [String], begins: &str) -> Option<&'a str> {
    let event = lines.iter().skip_while(|line| *line != "BEGIN:VEVENT");
    let mut found = event.filter_map(|line| line.strip_prefix(begins));
    let value = found.next();
    assert_eq!(found.next(), None, "{begins} twice");
    value
}

fn times_of(event: Event) -> (Option<String>, Option<String>) {
    let lines = unfolded(&write(&calendar(event)));
    let of = |begins| value(&lines, begins).map(str::to_owned);
    (of("DTSTART;"), of("DTEND;"))
}

/// By another hand.
fn read(file: &str) -> IcalCalendar {
    let mut calendars = IcalParser::new(file.as_bytes());
    let calendar = calendars.next().expect("a calendar").expect("that can be read");
    assert!(calendars.next().is_none(), "one calendar");
    calendar
}

#[test]
fn a_visit_is_written_so() {
    let expected = "BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Rounds//Rounds//ZH\r
CALSCALE:GREGORIAN\r
X-WR-CALNAME:我的走访\r
BEGIN:VTIMEZONE\r
TZID:Asia/Shanghai\r
BEGIN:STANDARD\r
DTSTART:19700101T000000\r
TZOFFSETFROM:+0800\r
TZOFFSETTO:+0800\r
TZNAME:CST\r
END:STANDARD\r
END:VTIMEZONE\r
BEGIN:VEVENT\r
UID:019a9b00-0000-7000-8000-000000000001@rounds\r
DTSTAMP:20251117T155959Z\r
DTSTART;TZID=Asia/Shanghai:20261122T093000\r
DTEND;TZID=Asia/Shanghai:20261122T101500\r
SUMMARY:走访 王建国\r
LOCATION:解放路12号\\, 3楼\\; 左手\r
DESCRIPTION:带上:\\n1. 合同\\n2. C:\\\\计算器\r
STATUS:CONFIRMED\r
TRANSP:OPAQUE\r
SEQUENCE:0\r
END:VEVENT\r
END:VCALENDAR\r
";
    assert_eq!(write(&calendar(visit())), expected);
}

#[test]
fn an_event_says_when() {
    let at = |on: &str, at_minute, minutes| Event { on: date(on), at_minute, minutes, ..visit() };
    let zone = |at: &str| format!("TZID=Asia/Shanghai:{at}");
    let day = |on: &str| format!("VALUE=DATE:{on}");
    for (event, start, end) in [
        (at("2026-11-22", None, 0), day("20261122"), Some(day("20261123"))),
        (at("2026-12-31", None, 45), day("20261231"), Some(day("20270101"))),
        (at("2028-02-28", None, 0), day("20280228"), Some(day("20280229"))),
        (at("2026-11-22", Some(0), 1), zone("20261122T000000"), Some(zone("20261122T000100"))),
        (at("2026-11-22", Some(1_410), 60), zone("20261122T233000"), Some(zone("20261123T003000"))),
        (at("2026-12-31", Some(1_439), 1_440), zone("20261231T235900"), Some(zone("20270101T235900"))),
        (at("2026-11-22", Some(600), 0), zone("20261122T100000"), None),
        (at("0900-01-02", None, 0), day("09000102"), Some(day("09000103"))),
    ] {
        assert_eq!(times_of(event), (Some(start), end));
    }
}

#[test]
fn an_event_of_the_whole_day_leaves_the_person_free_and_a_cancelled_one_says_so() {
    let event = Event { at_minute: None, is_cancelled: true, sequence: 7, ..visit() };
    let lines = unfolded(&write(&calendar(Event { location: None, description: None, ..event })));
    assert_eq!(value(&lines, "TRANSP:"), Some("TRANSPARENT"));
    assert_eq!(value(&lines, "STATUS:"), Some("CANCELLED"));
    assert_eq!(value(&lines, "SEQUENCE:"), Some("7"));
    assert_eq!((value(&lines, "LOCATION:"), value(&lines, "DESCRIPTION:")), (None, None));
}

#[test]
fn an_event_in_a_year_of_five_digits_is_left_out() {
    let on = |on| Event { on, ..visit() };
    let late = Date::from_ymd_opt(10_000, 1, 1).expect("a date");
    let before = Date::from_ymd_opt(-1, 1, 1).expect("a date");
    let last = Event { at_minute: None, ..on(date("9999-12-31")) };
    let stamp = |ms| Event { stamp: Timestamp(ms), ..visit() };
    let events = vec![
        on(late),
        on(before),
        on(Date::MAX),
        on(Date::MIN),
        last,
        stamp(i64::MAX),
        stamp(i64::MIN),
        stamp(253_402_300_800_000), // 10000-01-01
    ];
    let lines = unfolded(&write(&Calendar { name: String::new(), events }));
    assert!(!lines.iter().any(|line| line == "BEGIN:VEVENT"));
    assert_eq!(lines.last().map(String::as_str), Some("END:VCALENDAR"));
}

#[test]
fn a_text_is_escaped() {
    for (text, expected) in [
        ("a\\b;c,d:\"e\"", "a\\\\b\\;c\\,d:\"e\""),
        ("1\n2\r\n3\r4\n\n5", "1\\n2\\n3\\n4\\n\\n5"),
        ("\u{0}a\u{7}\tb\u{7f}\u{85}", "a\tb"),
        ("\\n", "\\\\n"),
        ("", ""),
        ("走访 👨‍👩‍👧 é", "走访 👨‍👩‍👧 é"),
        ("x\r\nEND:VCALENDAR\r\n", "x\\nEND:VCALENDAR\\n"),
    ] {
        assert_eq!(escaped(text), expected);
    }
}

#[test]
fn a_line_is_folded_at_seventy_five_octets_and_between_characters() {
    let folded = |text: &str| {
        let mut file = File::default();
        file.line(text);
        file.0
    };
    let x = |count| "x".repeat(count);
    for (text, expected) in [
        (x(75), format!("{}\r\n", x(75))),
        (x(76), format!("{}\r\n x\r\n", x(75))),
        (x(75 + 74), format!("{}\r\n {}\r\n", x(75), x(74))),
        (x(75 + 75), format!("{}\r\n {}\r\n x\r\n", x(75), x(74))),
        (format!("{}中中", x(72)), format!("{}中\r\n 中\r\n", x(72))),
        (format!("{}中", x(73)), format!("{}\r\n 中\r\n", x(73))),
        (format!("{}𠮷", x(72)), format!("{}\r\n 𠮷\r\n", x(72))),
        (format!("{} y", x(75)), format!("{}\r\n  y\r\n", x(75))),
    ] {
        assert_eq!(folded(&text), expected);
    }
}

#[test]
fn another_program_reads_what_was_written() {
    let cancelled = Event { at_minute: None, is_cancelled: true, summary: "很长的".repeat(40), ..visit() };
    let file = write(&Calendar { name: "走访".to_owned(), events: vec![visit(), cancelled] });
    let found = read(&file);
    assert_eq!((found.events.len(), found.timezones.len()), (2, 1));
    let of = |event: usize, name: &str| {
        let property = found.events[event].properties.iter().find(|property| property.name == name);
        let property = property.unwrap_or_else(|| panic!("{name}"));
        (
            property.params.clone().unwrap_or_default(),
            unescaped(property.value.as_deref().unwrap_or_default()),
        )
    };
    let zone = vec![("TZID".to_owned(), vec!["Asia/Shanghai".to_owned()])];
    assert_eq!(of(0, "DTSTART"), (zone, "20261122T093000".to_owned()));
    assert_eq!(of(0, "LOCATION").1, visit().location.expect("a place"));
    assert_eq!(of(0, "DESCRIPTION").1, visit().description.expect("a text"));
    assert_eq!(of(1, "DTSTART").0, vec![("VALUE".to_owned(), vec!["DATE".to_owned()])]);
    assert_eq!(of(1, "SUMMARY").1, "很长的".repeat(40));
    assert_eq!(of(1, "STATUS").1, "CANCELLED");
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        vec(any::<char>(), 0..200).prop_map(String::from_iter),
        "[a-z王访\\\\;,:\"\r\n\t 👍\u{0}-\u{7}]{0,200}",
    ]
}

fn any_event() -> impl Strategy<Value = Event> {
    let time = (0_i64..36_500, option::of(0_u16..1_440), any::<u16>(), any::<bool>(), any::<u32>());
    (any_text(), any_text(), option::of(any_text()), option::of(any_text()), time).prop_map(
        |(uid, summary, location, description, (days, at_minute, minutes, is_cancelled, sequence))| Event {
            uid,
            on: date("2000-01-01") + Duration::days(days),
            at_minute,
            minutes,
            summary,
            location,
            description,
            is_cancelled,
            sequence,
            ..visit()
        },
    )
}

/// What is left of a text: its line breaks are one kind, its other control characters gone.
fn kept(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

proptest! {
    #[test]
    fn a_reader_gets_back_what_was_said(event in any_event()) {
        let lines = unfolded(&write(&calendar(event.clone())));
        let of = |begins: &str| value(&lines, begins).map(unescaped);
        prop_assert_eq!(of("UID:"), Some(kept(&event.uid)));
        prop_assert_eq!(of("SUMMARY:"), Some(kept(&event.summary)));
        prop_assert_eq!(of("LOCATION:"), event.location.as_deref().map(kept));
        prop_assert_eq!(of("DESCRIPTION:"), event.description.as_deref().map(kept));
    }

    #[test]
    fn no_line_is_longer_than_seventy_five_octets(events in vec(any_event(), 0..3), name in any_text()) {
        let count = events.len();
        let file = write(&Calendar { name, events });
        prop_assert!(file.ends_with("\r\n"));
        for line in file.split("\r\n") {
            prop_assert!(line.len() <= LINE_OCTETS_MAX, "{line}");
            prop_assert!(!line.contains(['\r', '\n']), "{line}");
        }
        // Whatever a text says, it opens and closes nothing.
        let lines = unfolded(&file);
        for (word, expected) in [("BEGIN:VEVENT", count), ("END:VEVENT", count), ("END:VCALENDAR", 1)] {
            prop_assert_eq!(lines.iter().filter(|line| *line == word).count(), expected);
        }
    }

    #[test]
    fn another_program_reads_any_event(event in any_event()) {
        prop_assert_eq!(read(&write(&calendar(event))).events.len(), 1);
    }
}
