//! 中文 first, English complete. Every text is declared once with both languages, so that a missing translation does not
//! compile. Changing the language rebuilds the view; a text read in between is in the language of that moment.
//!
//! Our own forty lines instead of a translation crate: those generate a type a key, which a bundle under 450 kB feels.

use chrono::{Datelike, Weekday};
use domain::money::Fen;
use domain::month::Month;
use domain::time::{Date, Timestamp};
use std::cell::Cell;
use std::fmt::{Display, Write as _};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    ZhCn,
    En,
}

impl Language {
    pub fn tag(self) -> &'static str {
        match self {
            Self::ZhCn => "zh-CN",
            Self::En => "en",
        }
    }

    pub fn from_tag(tag: &str) -> Self {
        if tag.starts_with("en") { Self::En } else { Self::ZhCn }
    }
}

thread_local! {
    static LANGUAGE: Cell<Language> = const { Cell::new(Language::ZhCn) };
}

pub fn language() -> Language {
    LANGUAGE.with(Cell::get)
}

/// Only `main` and the settings page change it, and rebuild the view after.
pub fn set_language(language: Language) {
    LANGUAGE.with(|cell| cell.set(language));
}

/// One text in both languages. `{name}` stands for what [`fill`] puts there; `{n:day|days}` for the word that goes with
/// the number `n`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    pub zh: &'static str,
    pub en: &'static str,
}

/// `words! { SAVE = "保存" | "Save"; }`
#[macro_export]
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident = $zh:literal | $en:literal;)*) => {$(
        $(#[$doc])*
        pub const $name: $crate::i18n::Words = $crate::i18n::Words { zh: $zh, en: $en };
    )*};
}

/// The text in the person's language.
pub fn t(words: Words) -> &'static str {
    match language() {
        Language::ZhCn => words.zh,
        Language::En => words.en,
    }
}

/// The text with `{name}` replaced, and of `{name:one|many}` the form that fits.
pub fn fill(words: Words, values: &[(&str, &dyn Display)]) -> String {
    let mut rest = t(words);
    let mut text = String::with_capacity(rest.len() + 16);
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, after)) = after.split_once('}') else { break };
        rest = after;
        let (name, forms) = match name.split_once(':') {
            Some((name, forms)) => (name, forms.split_once('|')),
            None => (name, None),
        };
        let Some((_, value)) = values.iter().find(|(known, _)| *known == name) else { continue };
        match forms {
            None => drop(write!(text, "{value}")),
            Some((one, many)) => text.push_str(if value.to_string() == "1" { one } else { many }),
        }
    }
    text.push_str(rest);
    text
}

/// `11月18日`, `18 Nov`; with the year when it is not `today`'s.
pub fn day(date: Date, today: Date) -> String {
    let (year, month, day) = (date.year(), date.month(), date.day());
    match (language(), year == today.year()) {
        (Language::ZhCn, true) => format!("{month}月{day}日"),
        (Language::ZhCn, false) => format!("{year}年{month}月{day}日"),
        (Language::En, true) => format!("{day} {}", english_month(month)),
        (Language::En, false) => format!("{day} {} {year}", english_month(month)),
    }
}

/// An amount for a glance: 53.9万, 539k.
pub fn amount(money: Fen) -> String {
    match language() {
        Language::ZhCn => money.short(),
        Language::En => money.short_english(),
    }
}

/// 10月; with its year when that is not `today`'s.
pub fn month_name(month: Month, today: Date) -> String {
    let is_this_year = Month::of(today).year() == month.year();
    match (language(), is_this_year) {
        (Language::ZhCn, true) => format!("{}月", month.month()),
        (Language::ZhCn, false) => format!("{}年{}月", month.year(), month.month()),
        (Language::En, true) => english_month(month.month()).to_owned(),
        (Language::En, false) => {
            format!("{} {}", english_month(month.month()), month.year())
        }
    }
}

/// Between the parts of a line.
pub fn comma() -> &'static str {
    match language() {
        Language::ZhCn => "，",
        Language::En => ", ",
    }
}

/// 今天, 明天, 昨天, otherwise as [`day`].
pub fn near_day(date: Date, today: Date) -> String {
    match (language(), (date - today).num_days()) {
        (Language::ZhCn, 0) => "今天".to_owned(),
        (Language::ZhCn, 1) => "明天".to_owned(),
        (Language::ZhCn, -1) => "昨天".to_owned(),
        (Language::En, 0) => "today".to_owned(),
        (Language::En, 1) => "tomorrow".to_owned(),
        (Language::En, -1) => "yesterday".to_owned(),
        _ => day(date, today),
    }
}

/// `今天09:41`, `11月13日17:52`, `today 09:41`.
pub fn moment(at: Timestamp, today: Date) -> String {
    day_and_time(at.date(), Some(at.minute_of_day()), today)
}

/// A day near or far, with its time where it has one. Typesetting parts Chinese from figures, English needs a space.
pub fn day_and_time(date: Date, minute_of_day: Option<u16>, today: Date) -> String {
    let day = near_day(date, today);
    match (language(), minute_of_day) {
        (_, None) => day,
        (Language::ZhCn, Some(minute)) => day + &clock(minute),
        (Language::En, Some(minute)) => day + " " + &clock(minute),
    }
}

/// 星期三, Wednesday.
pub fn weekday(date: Date) -> &'static str {
    const ZH: [&str; 7] = ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"];
    const EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    named(date.weekday(), &ZH, &EN)
}

/// 三, Wed: for the head of a column.
pub fn weekday_short(date: Date) -> &'static str {
    const ZH: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
    const EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    named(date.weekday(), &ZH, &EN)
}

fn named(weekday: Weekday, zh: &[&'static str; 7], en: &[&'static str; 7]) -> &'static str {
    let names = match language() {
        Language::ZhCn => zh,
        Language::En => en,
    };
    names.get(weekday.num_days_from_monday() as usize).copied().unwrap_or_default()
}

fn english_month(month: u32) -> &'static str {
    const NAMES: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    NAMES.get(month.saturating_sub(1) as usize).copied().unwrap_or_default()
}

/// `09:05` from minutes since midnight.
pub fn clock(minute_of_day: u16) -> String {
    format!("{:02}:{:02}", minute_of_day / 60, minute_of_day % 60)
}
