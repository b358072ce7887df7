//! Calendar files by RFC 5545, for the calendar of a phone or of a desk: text only, built from what is handed in.
//!
//! The rules:
//! - Lines end with CRLF and hold at most 75 octets; longer ones are folded, never within a character.
//! - `\`, `;`, `,` and line breaks in a text are escaped; other control characters, which no reader expects, are left
//!   out, tabs excepted.
//! - An event without a time takes its whole day and leaves the person free; one with a time is in Asia/Shanghai, whose
//!   rule the file brings along, and may end on a later day. An event of no length has no end.
//! - What has changed keeps its uid and raises its sequence; what is called off stays in the file as cancelled, so that a
//!   calendar that holds it takes it out.
//! - Years have four digits. An event in any other year is left out.

#[cfg(test)]
mod tests;

use crate::time::{Date, Timestamp};
use chrono::{DateTime, Datelike, Duration, NaiveDateTime, NaiveTime};

/// Without the line's end.
const LINE_OCTETS_MAX: usize = 75;
const ZONE: &str = "Asia/Shanghai";

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// As a reader's list of calendars shows it.
    pub name: String,
    pub events: Vec<Event>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Names the event for good, in every calendar of the world.
    pub uid: String,
    /// When this was written.
    pub stamp: Timestamp,
    pub on: Date,
    /// Minutes since midnight in Asia/Shanghai; None takes the whole day.
    pub at_minute: Option<u16>,
    /// How long it takes; of an event of the whole day nothing.
    pub minutes: u16,
    pub summary: String,
    pub location: Option<String>,
    pub description: Option<String>,
    pub is_cancelled: bool,
    /// Raised with each change.
    pub sequence: u32,
}

/// The whole file.
pub fn write(calendar: &Calendar) -> String {
    let mut file = File::default();
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Rounds//Rounds//ZH", "CALSCALE:GREGORIAN"] {
        file.line(line);
    }
    // Not in the RFC, but the one every reader knows.
    file.text("X-WR-CALNAME", &calendar.name);
    write_zone(&mut file);
    for event in &calendar.events {
        if let Some(times) = times(event) {
            write_event(&mut file, event, &times);
        }
    }
    file.line("END:VCALENDAR");
    file.0
}

/// UTC+8 without summer time, which was over in 1991: nothing is planned for the years before.
fn write_zone(file: &mut File) {
    file.line("BEGIN:VTIMEZONE");
    file.line(&format!("TZID:{ZONE}"));
    for line in [
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        "TZOFFSETFROM:+0800",
        "TZOFFSETTO:+0800",
        "TZNAME:CST",
        "END:STANDARD",
        "END:VTIMEZONE",
    ] {
        file.line(line);
    }
}

fn write_event(file: &mut File, event: &Event, times: &[String]) {
    file.line("BEGIN:VEVENT");
    file.text("UID", &event.uid);
    for line in times {
        file.line(line);
    }
    file.text("SUMMARY", &event.summary);
    for (name, text) in [("LOCATION", &event.location), ("DESCRIPTION", &event.description)] {
        if let Some(text) = text {
            file.text(name, text);
        }
    }
    file.line(if event.is_cancelled { "STATUS:CANCELLED" } else { "STATUS:CONFIRMED" });
    file.line(if event.at_minute.is_none() { "TRANSP:TRANSPARENT" } else { "TRANSP:OPAQUE" });
    file.line(&format!("SEQUENCE:{}", event.sequence));
    file.line("END:VEVENT");
}

/// The lines that say when; None where a year has no four digits.
fn times(event: &Event) -> Option<Vec<String>> {
    let stamp = DateTime::from_timestamp_millis(event.stamp.0)?.naive_utc();
    let mut lines = vec![format!("DTSTAMP:{}Z", instant(stamp)?)];
    match event.at_minute {
        None => {
            lines.push(format!("DTSTART;VALUE=DATE:{}", day(event.on)?));
            // The end is the first day that is free again.
            lines.push(format!("DTEND;VALUE=DATE:{}", day(event.on.succ_opt()?)?));
        }
        Some(minute) => {
            let start =
                event.on.and_time(NaiveTime::MIN).checked_add_signed(Duration::minutes(minute.into()))?;
            lines.push(format!("DTSTART;TZID={ZONE}:{}", instant(start)?));
            if event.minutes > 0 {
                let end = start.checked_add_signed(Duration::minutes(event.minutes.into()))?;
                lines.push(format!("DTEND;TZID={ZONE}:{}", instant(end)?));
            }
        }
    }
    Some(lines)
}

fn day(date: Date) -> Option<String> {
    (0..=9_999).contains(&date.year()).then(|| date.format("%Y%m%d").to_string())
}

fn instant(at: NaiveDateTime) -> Option<String> {
    Some(format!("{}T{}", day(at.date())?, at.format("%H%M%S")))
}

/// What is written so far.
#[derive(Default)]
struct File(String);

impl File {
    /// A property whose value is a text.
    fn text(&mut self, name: &str, text: &str) {
        self.line(&format!("{name}:{}", escaped(text)));
    }

    /// One content line, folded. What goes on begins with a space, which counts.
    fn line(&mut self, line: &str) {
        let mut octets = 0;
        for c in line.chars() {
            if octets + c.len_utf8() > LINE_OCTETS_MAX {
                self.0.push_str("\r\n ");
                octets = 1;
            }
            self.0.push(c);
            octets += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            // One break, not two.
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push(c),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}
