//! 节日: the days an organisation keeps, by the solar or the lunar calendar.

use crate::lunar::{self, LunarDay};
use crate::time::{Date, next_anniversary};
use serde::{Deserialize, Serialize};

/// A leap year, so that 29 February is a day of it.
const ANY_LEAP_YEAR: i32 = 2000;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Festival {
    /// Names it for good, whatever it is called.
    pub code: String,
    /// As the organisation calls it: 春节, 中秋.
    pub name: String,
    pub rule: FestivalRule,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FestivalRule {
    Solar {
        month: u8,
        day: u8,
    },
    /// Never in a leap month: festivals are kept in the ordinary one.
    Lunar {
        month: u8,
        day: u8,
    },
    /// 除夕, whether the last month has 29 or 30 days.
    LunarNewYearsEve,
}

impl FestivalRule {
    /// Whether any year has such a day.
    pub fn is_valid(&self) -> bool {
        match *self {
            Self::Solar { month, day } => solar(month, day).is_some(),
            Self::Lunar { month, day } => LunarDay::new(month, day, false).is_some(),
            Self::LunarNewYearsEve => true,
        }
    }

    /// None for a day no year has and, by the lunar calendar, outside its table.
    pub fn next_on_or_after(&self, from: Date) -> Option<Date> {
        match *self {
            Self::Solar { month, day } => next_anniversary(solar(month, day)?, from),
            Self::Lunar { month, day } => LunarDay::new(month, day, false)?.next_on_or_after(from),
            Self::LunarNewYearsEve => lunar::next_on_or_after(from, lunar::new_years_eve),
        }
    }
}

impl Festival {
    /// As [`FestivalRule::next_on_or_after`].
    pub fn next_on_or_after(&self, from: Date) -> Option<Date> {
        self.rule.next_on_or_after(from)
    }
}

fn solar(month: u8, day: u8) -> Option<Date> {
    Date::from_ymd_opt(ANY_LEAP_YEAR, month.into(), day.into())
}

/// What most organisations keep, to start from. 春节 is the main time of visits at the door (S1篇3).
pub fn usual_festivals() -> Vec<Festival> {
    use FestivalRule::{Lunar, Solar};
    [
        ("new_year", "元旦", Solar { month: 1, day: 1 }),
        ("spring_festival", "春节", Lunar { month: 1, day: 1 }),
        ("lantern_festival", "元宵", Lunar { month: 1, day: 15 }),
        ("dragon_boat_festival", "端午", Lunar { month: 5, day: 5 }),
        ("mid_autumn_festival", "中秋", Lunar { month: 8, day: 15 }),
        ("double_ninth_festival", "重阳", Lunar { month: 9, day: 9 }),
        ("national_day", "国庆", Solar { month: 10, day: 1 }),
    ]
    .into_iter()
    .map(|(code, name, rule)| Festival { code: code.to_owned(), name: name.to_owned(), rule })
    .collect()
}
