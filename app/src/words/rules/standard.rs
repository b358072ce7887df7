//! Words of 走访标准, its faults included.

use super::gap;
use crate::i18n::{Words, comma, fill, t};
use crate::words;
use domain::standard::{Period, Quota, ServiceKind, TierStandard};

words! {
    START_BLANK = "从空白开始" | "Begin blank";
    START_BLANK_SAY = "现行等级各列一行，次数都空着。" | "A row for each tier in force; the numbers are blank.";
    START_TELECOM = "电信走访标准" | "Telecom visit standard";
    START_TELECOM_SAY = "水晶每季走访2次，商业A每季1次，都每月电访1次；其他等级和事件后的天数空着，来源没有写。" | "水晶 two visits a quarter, 商业A one, both one call a month; other tiers and the days after an event are blank.";
    NEEDS_SCHEME = "先定等级标准" | "Publish tiers first";
    NEEDS_SCHEME_SAY = "走访标准按等级写。等级标准生效后再来。" | "The visit standard is written by tier. Come back once tiers are published.";
    NO_STANDARD = "还没有走访标准" | "No visit standard yet";
    NO_STANDARD_SAY = "管理员定好并生效后，才算得出该走访几次。" | "What is owed can be told once the administrator has published one.";

    TIERS = "每一级该走访几次" | "Owed to each tier";
    TIER = "等级" | "Tier";
    VISITS = "走访" | "Visits";
    CALLS = "电访" | "Calls";
    TIMES = "次" | "times";
    COUNT_OF = "{tier}的{kind}次数" | "{kind} of {tier}";
    PERIOD_OF = "{tier}的{kind}按什么期" | "Period of {kind} of {tier}";
    ADD_MISSING = "补上缺的等级" | "Add the missing tiers";
    ADD_EVENT = "加一种事" | "Add an event";
    EVENT_NAME = "什么事" | "What event";
    EVENT_NAME_OF = "{tier}第{n}件事的名称" | "Name of event {n} of {tier}";
    EVENT_VISITS_OF = "{tier}第{n}件事加几次走访" | "Visits on event {n} of {tier}";
    EVENT_DAYS_OF = "{tier}第{n}件事几天内走访" | "Days for event {n} of {tier}";
    EVENT_N = "第{n}件事" | "event {n}";
    DAYS = "天" | "days";

    RULES = "怎么算" | "How it counts";
    CARRIED = "没走访够的带到以后几期" | "Periods a debt is carried on";
    CARRIED_SAY = "满了就不再算欠。0是不带。" | "Older debt lapses. 0 carries none.";
    PERIODS = "期" | "periods";
    EVENTS_COUNT = "另加的走访也算进每期的次数" | "Visits on events also count for the period";

    LINE_BLANK = "还没有填" | "not set yet";
    LINE_NOTHING = "不要求走访和电访" | "asks for nothing";
    LINE_VISITS = "{per}走访{n}次" | "{n} {n:visit|visits} {per}";
    LINE_CALLS = "{per}电访{n}次" | "{n} {n:call|calls} {per}";
    LINE_EVENT = "{event}后{days}天内加{n}次" | "{n} more within {days} {days:day|days} of {event}";
    LINE_EVENT_BLANK = "{event}后加{n}次，几天内没有填" | "{n} more on {event}, days not set";

    F_COUNT = "{tier}的{kind}次数没有填。" | "The number of {kind} of {tier} is not set.";
    F_EVENT_NAME = "这件事还没有名称。" | "This event has no name yet.";
    F_WITHIN = "几天内走访没有填。" | "The days are not set.";
    F_NO_SCHEME = "到生效那天没有等级标准，先定等级标准。" | "No tiers are in force on that day; publish tiers first.";
    F_MISSING = "等级“{tier}”还没有写。" | "Tier “{tier}” is missing.";
    F_UNKNOWN = "到生效那天没有这个等级，删掉这一行。" | "No such tier on that day; remove the row.";
    F_TWICE = "这个等级写了两行。" | "This tier stands here twice.";
    F_MANY = "{per}最多{max}次，现在是{count}次。" | "At most {max} {per}; it says {count}.";
    F_CODE = "这件事的内部编号不能用，删掉重新加。" | "The code of this event cannot be used; remove it and add it again.";
    F_EVENT_VISITS = "一件事加1到{max}次走访，现在是{count}次。" | "An event asks for 1 to {max} visits; it says {count}.";
    F_EVENT_DAYS = "最多{max}天，现在是{count}天。" | "At most {max} days; it says {count}.";
    F_NAME_LONG = "名称最多{max}个字。" | "A name has at most {max} characters.";
    F_CARRIED = "最多带{max}期，现在是{count}期。" | "At most {max} periods; it says {count}.";
}

pub fn kind(kind: ServiceKind) -> &'static str {
    t(match kind {
        ServiceKind::Visit => VISITS,
        ServiceKind::Call => CALLS,
    })
}

pub fn period(period: Period) -> &'static str {
    t(match period {
        Period::Month => Words { zh: "每月", en: "a month" },
        Period::Quarter => Words { zh: "每季", en: "a quarter" },
        Period::HalfYear => Words { zh: "每半年", en: "a half-year" },
        Period::Year => Words { zh: "每年", en: "a year" },
    })
}

fn quota(quota: Quota, line: Words) -> Option<String> {
    let count = quota.count.filter(|count| *count > 0)?;
    Some(fill(line, &[("per", &period(quota.per)), ("n", &count)]))
}

/// 每季走访2次，每月电访1次，流失迹象后7天内加1次.
pub fn line(own: &TierStandard) -> String {
    if own.visits.count.is_none() && own.calls.count.is_none() && own.on_event.is_empty() {
        return t(LINE_BLANK).to_owned();
    }
    let mut parts: Vec<String> =
        [quota(own.visits, LINE_VISITS), quota(own.calls, LINE_CALLS)].into_iter().flatten().collect();
    for rule in own.on_event.iter().filter(|rule| !rule.name.trim().is_empty()) {
        let name = rule.name.trim();
        parts.push(match rule.within_days {
            Some(days) => fill(LINE_EVENT, &[("event", &name), ("days", &days), ("n", &rule.visits)]),
            None => fill(LINE_EVENT_BLANK, &[("event", &name), ("n", &rule.visits)]),
        });
    }
    for (quota, word) in [(own.visits, VISITS), (own.calls, CALLS)] {
        if quota.count.is_none() {
            parts.push(format!("{}{}{}", t(word), gap(), t(LINE_BLANK)));
        }
    }
    if parts.is_empty() { t(LINE_NOTHING).to_owned() } else { parts.join(comma()) }
}
