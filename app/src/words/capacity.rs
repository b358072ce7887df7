//! Words of 人手够不够.

use crate::i18n::{Language, Words, fill, language, t};
use crate::words;
use crate::words::team::{BETWEEN, quota};
use domain::capacity::Change;
use domain::tier::TierCode;

words! {
    TITLE = "人手够不够" | "Are there enough people";
    QUARTER_WEEKS = "第{quarter}季度，{weeks}周" | "Quarter {quarter}, {weeks} {weeks:week|weeks}";
    SHORT = "差{n}次走访" | "{n} {n:visit|visits} short";
    ENOUGH = "够，余{n}次" | "Enough, {n} to spare";
    ASKED = "一季要走访{n}次" | "{n} {n:visit|visits} a quarter";
    SAY = "按标准要{visits}次，{managers}个人每周各走{week}次，最多{room}次。" | "The standard asks for {visits}; {managers} {managers:person|people} at {week} a week make {room} at most.";
    BY_HOURS = "工时只够走访{n}次。" | "Their hours allow for {n}.";
    A_WEEK = "每周{n}次，{managers}个人管户。" | "{n} a week, with {managers} {managers:person|people}.";
    WEEK_BLANK = "每人每周能走几次还没有定。" | "How many visits one person makes a week is not set.";
    TRIED = "试算" | "tried";
    RESET = "还原" | "Reset";
    REQUIRED = "标准要求" | "Asked for";
    ROOM = "现有人手" | "On hand";
    HOW = "怎么算的" | "How it is computed";
    WAYS = "怎样才够" | "What would make it enough";
    SURPLUS = "余{n}次" | "{n} to spare";
    TRY = "自己试" | "Try it";
    MANAGERS = "人数" | "People";
    FEWER = "少一人" | "One fewer";
    MORE = "多一人" | "One more";
    VISITS_A_WEEK = "每人每周" | "Each a week";
    TIMES = "{n}次" | "{n}";
    VISIT_LESS = "少一次" | "One less";
    VISIT_MORE = "多一次" | "One more";
    AS_NOW = "{quota}（现）" | "{quota} (now)";
    CALLS_ONLY = "只电访" | "calls only";
    OFTEN = "{tier}多久走访一次" | "How often {tier} is visited";
    LIMITS = "每人管户上限" | "Customers one person may hold";
    LIMIT_OF = "{tier}上限" | "Limit of {tier}";
    PEOPLE_N = "{n}位" | "{n}";
    LIMIT_LESS = "降低上限" | "Lower the limit";
    LIMIT_MORE = "提高上限" | "Raise the limit";
    OVER = "超过上限" | "Over the limit";
    OVER_BY = "{tier} {held}/{limit}，超{by}位" | "{tier} {held}/{limit}, {by} over";
    HARD = "硬上限" | "hard limit";
    NOBODY_OVER = "没有人超过上限。" | "Nobody is over a limit.";
    STAFF_SHORT = "按上限要{required}位客户经理，现有{present}位，缺{gap}位。" | "The limits ask for {required} {required:manager|managers}; there {present:is|are} {present}, {gap} too few.";
    STAFF_ENOUGH = "按上限要{required}位客户经理，现有{present}位，够。" | "The limits ask for {required} {required:manager|managers}; there {present:is|are} {present}.";
    NOT_TO_BE_HELD = "上限为0却有客户：{tiers}。" | "Held although the limit is 0: {tiers}.";
    NO_LIMIT = "没有定上限：{tiers}。" | "No limit is set for: {tiers}.";
    COST = "成本" | "Cost";
    COST_SAY = "一季走访和电访要{hours}小时，合{total}，每户{each}。" | "A quarter's visits and calls take {hours} {hours:hour|hours} and cost {total}, {each} a customer.";
    NO_RATE = "没有定每小时成本，算不出钱。" | "No cost an hour is set, so there is no figure in money.";
    REVENUE = "每户一季带来多少元" | "What a customer brings in a quarter, in yuan";
    LEFT = "每户还余{left}。" | "{left} is left of each.";
    LOST = "每户倒贴{left}。" | "Each costs {left} more than it brings.";
    REVENUE_WRONG = "写成数字，如 320 或 320.50。" | "A number such as 320 or 320.50.";
    BLANKS = "标准里空着，没有算进去：{names}。" | "Blank in the standard and not counted: {names}.";
    UNTIERED = "{n}位客户没有等级，没有算进去。" | "{n} {n:customer without a tier is|customers without a tier are} not counted.";
    SET_IN_RULES = "去规则里定" | "Set it in the rules";
    FOOT = "改标准要有生效日期，旧标准留着可查。" | "A new standard takes effect from a day; old ones stay on record.";
    DRAFT = "拟成新标准" | "Draft a new standard";
    NO_SCHEME = "还没有分级规则" | "No tier scheme yet";
    NO_SCHEME_SAY = "没有等级就不知道该走访多少次。管理员在“规则”里填好分级规则，定下生效日期就有了。" | "Without tiers nobody knows how many visits are owed. The administrator publishes a scheme in the rules.";
    NO_STANDARD = "还没有走访标准" | "No visit standard yet";
    NO_STANDARD_SAY = "不知道每个等级该走访几次。管理员在“规则”里填好走访标准，定下生效日期就有了。" | "How often each tier is visited is not set. The administrator publishes a standard in the rules.";
    SEE_RULES = "看规则" | "See the rules";
    FREQUENCY = "走访标准" | "Standard";
    A_QUARTER = "一季" | "A quarter";
    ROUNDED = "不到一次的算一次，各级加起来可能比总数多一点。" | "Part of a visit counts as one, so the tiers may add up to a little more.";
}

pub fn change(change: &Change, tier_name: impl Fn(&TierCode) -> String) -> String {
    match change {
        Change::HalfAsOften { tier, visits } => fill(
            Words { zh: "{tier}改为{quota}", en: "{tier}: {quota}" },
            &[("tier", &tier_name(tier)), ("quota", &quota(*visits))],
        ),
        Change::CallsOnly { tier } => {
            fill(Words { zh: "{tier}只电访", en: "{tier}: calls only" }, &[("tier", &tier_name(tier))])
        }
        Change::VisitsAWeek { to, .. } => {
            fill(Words { zh: "每人每周走{to}次", en: "{to} {to:visit|visits} a week each" }, &[("to", to)])
        }
        Change::Managers { more, .. } => fill(
            Words { zh: "增配{more}位客户经理", en: "{more} more {more:manager|managers}" },
            &[("more", more)],
        ),
    }
}

/// 一, 1
pub fn quarter(of: u32) -> String {
    const ZH: [&str; 4] = ["一", "二", "三", "四"];
    let chinese = usize::try_from(of).ok().and_then(|of| ZH.get(of.checked_sub(1)?));
    match (language(), chinese) {
        (Language::ZhCn, Some(name)) => (*name).to_owned(),
        _ => of.to_string(),
    }
}

/// For a list of names.
pub fn listed(names: &[String]) -> String {
    names.join(t(BETWEEN))
}
