//! Words of 参数, its faults included.

use crate::i18n::{Language, Words, fill, language, t};
use crate::words;
use domain::care::{FestivalRule, LeadOf};
use domain::lunar::LunarDay;

words! {
    START_USUAL = "常用的参数" | "The usual figures";
    START_USUAL_SAY = "提前7天提醒生日和节日、14天提醒合同，三个月降20%算下降。这些数来源没有写，是我们定的，请逐项看过；每周走访次数空着。" | "7 days ahead for birthdays and festivals, 14 for contracts; a fall is 20% in three months. The sources give no figures: these are ours, please look through them. Visits a week are blank.";
    NONE_YET = "还没有定过参数" | "No parameters set yet";
    NONE_YET_SAY = "在那之前照常用的数算。" | "The usual figures count until then.";
    USUAL_NOW = "现在照常用的数算：" | "The usual figures count now:";

    LEAD = "提前几天提醒" | "Reminders, days ahead";
    LEAD_SAY = "0是当天" | "0 is the day itself";
    DAYS = "天" | "days";
    MONTHS = "个月" | "months";

    FESTIVALS = "节日" | "Festivals";
    FESTIVALS_SAY = "到时候提醒问候" | "each asks for a greeting";
    FESTIVAL_NAME = "第{n}个节日的名称" | "Name of festival {n}";
    FESTIVAL_KIND = "{name}按什么历" | "Calendar of {name}";
    FESTIVAL_MONTH = "{name}的月" | "Month of {name}";
    FESTIVAL_DAY = "{name}的日" | "Day of {name}";
    FESTIVAL_N = "第{n}个节日" | "festival {n}";
    SOLAR = "公历" | "Solar";
    LUNAR = "农历" | "Lunar";
    EVE = "除夕" | "New Year's Eve, lunar";
    MONTH = "月" | "month";
    DAY = "日" | "day";
    NEXT_ON = "下一次{day}" | "next on {day}";
    ADD_FESTIVAL = "加一个节日" | "Add a festival";
    NO_FESTIVALS = "没有节日。" | "No festivals.";

    FALL = "怎样算余额下降" | "What counts as a fall";
    FALL_SAY = "比前几个月的最高点降了这么多，就提醒" | "this much below the highest of the months before";
    FALL_PERCENT = "降了百分之几" | "Fallen by percent";
    FALL_MONTHS = "往前看几个月" | "Months looked back";
    FALL_LEAST = "至少降多少才算" | "At least by";

    LIMITS = "每人最多管几位" | "Customers one manager may hold";
    LIMITS_SAY = "空着就是不限" | "blank is no limit";
    LIMIT_OF = "{tier}最多几位" | "Limit of {tier}";
    HARD = "硬上限" | "Hard";
    SOFT = "只提醒" | "Soft";
    LIMIT_KIND = "{tier}超过时怎样" | "Beyond the limit of {tier}";
    NO_LIMIT = "不限" | "no limit";
    CUSTOMERS = "位" | "customers";
    /// In a field, whose heading says of what.
    AT_MOST = "位" | "at most";
    LIMITS_WAIT = "等级标准生效后才能按等级定。" | "Set once tiers are published.";

    HOURS = "时间" | "Time";
    HOURS_SAY = "算人手够不够用" | "tells whether there are people enough";
    VISITS_A_WEEK = "每人每周走访几次" | "Visits a week, each manager";
    TIMES = "次" | "visits";
    HOURS_A_WEEK = "每周用来走访和电访的时间" | "Hours a week for visits and calls";
    HOURS_UNIT = "小时" | "hours";
    VISIT_MINUTES = "一次走访，连路上" | "A visit, the way included";
    CALL_MINUTES = "一次电访" | "A call";
    MINUTES = "分钟" | "minutes";
    RATE = "客户经理一小时多少钱" | "Cost of a manager's hour";
    OPTIONAL = "可以不填" | "may stay blank";
    YUAN = "元" | "yuan";

    F_LEAD = "最多提前{max}天，现在是{days}天。" | "At most {max} days ahead; it says {days}.";
    F_MANY = "节日最多{max}个。" | "At most {max} festivals.";
    F_CODE = "这个节日的内部编号不能用，删掉重新加。" | "The code of this festival cannot be used; remove it and add it again.";
    F_NAME = "这个节日还没有名称。" | "This festival has no name yet.";
    F_NAME_LONG = "名称最多{max}个字。" | "A name has at most {max} characters.";
    F_DAY = "没有哪一年有这一天。" | "No year has such a day.";
    F_PERCENT = "填1到99，现在是{percent}。" | "1 to 99; it says {percent}.";
    F_MONTHS = "填1到{max}个月，现在是{months}。" | "1 to {max} months; it says {months}.";
    F_LEAST = "不能小于0。" | "It cannot be below zero.";
    F_LIMIT = "上限至少是1位；不限就空着。" | "At least 1; leave it blank for no limit.";
    F_WEEK = "每周1到{max}次，现在是{visits}次。" | "1 to {max} a week; it says {visits}.";
    F_HOURS = "每周1到{max}小时，现在是{hours}小时。" | "1 to {max} hours a week; it says {hours}.";
    F_MINUTES = "1到{max}分钟，现在是{minutes}分钟。" | "1 to {max} minutes; it says {minutes}.";
    F_RATE = "不能小于0。" | "It cannot be below zero.";
}

pub fn lead(of: LeadOf) -> &'static str {
    t(match of {
        LeadOf::Birthday => Words { zh: "生日", en: "Birthdays" },
        LeadOf::Festival => Words { zh: "节日", en: "Festivals" },
        LeadOf::Contract => Words { zh: "合同到期", en: "Contracts that end" },
    })
}

/// 公历10月1日, 农历八月十五, 除夕.
pub fn festival_day(rule: FestivalRule) -> String {
    match (rule, language()) {
        (FestivalRule::LunarNewYearsEve, _) => t(EVE).to_owned(),
        (FestivalRule::Solar { month, day }, Language::ZhCn) => format!("{month}月{day}日"),
        (FestivalRule::Solar { month, day }, Language::En) => format!("{day}/{month}"),
        (FestivalRule::Lunar { month, day }, Language::ZhCn) => {
            let lunar = LunarDay::new(month, day, false).map(|day| day.zh());
            format!("{}{}", t(LUNAR), lunar.unwrap_or_else(|| format!("{month}月{day}日")))
        }
        (FestivalRule::Lunar { month, day }, Language::En) => format!("lunar {day}/{month}"),
    }
}

pub fn next_on(day: &str) -> String {
    fill(NEXT_ON, &[("day", &day)])
}
