//! Words of tiers, measures and standards, wherever they are shown.

use crate::i18n::{Language, Words, amount, fill, language, t};
use crate::words;
use domain::money::Fen;
use domain::standard::{Period, Quota, ServiceKind};
use domain::tier::{Measure, Unit, Yardstick};

words! {
    TIER = "等级" | "Tier";
    WHY = "为什么" | "Why";
    WHY_TITLE = "为什么是{tier}" | "Why {tier}";
    NO_SCHEME = "还没有生效的等级标准" | "No tier scheme is in force yet";
    NO_TIER = "没有等级" | "No tier";
    MISSING = "缺{list}，等下次名单带来。" | "{list} not known yet; the next list may bring it.";
    NOT_READY = "标准里还有空着的地方，暂时分不出等级。" | "The scheme has blanks; no tier can be given.";
    TO_NEXT = "距{tier}还差{by}" | "{by} short of {tier}";
    AND_MORE = "还有{n}个条件" | "{n} more {n:condition|conditions}";
    TOP = "已是最高一级" | "The highest tier";
    AT_LEAST = "{value} ≥ {floor}" | "{value} ≥ {floor}";
    NO_FLOOR = "{value}，不设下限" | "{value}, no floor";
    UP = "到{tier}" | "To {tier}";
    UP_SAY = "{floor}，差{by}" | "{floor}, {by} short";
    DOWN = "到{tier}" | "Down to {tier}";
    DOWN_SAY = "再降{by}就会" | "after a fall of {by}";
    RULE = "规则" | "Rule";
    RULE_SAY = "{ladder}，第{version}版，{day}起" | "{ladder}, version {version}, since {day}";
    FIGURES = "数据" | "Figures";
    FIGURES_SAY = "截至{day}" | "as of {day}";
    FROZEN = "名单冻结" | "List frozen";
    FROZEN_SAY = "{day}定下，全年不变" | "fixed on {day} for the year";
    PROVISIONAL = "按现在的数据会是{tier}" | "By today's figures it would be {tier}";
    BY_HAND = "{name}认定按{tier}服务，到{day}。理由：{reason}" | "{name} set {tier} until {day}. Reason: {reason}";
    BY_HAND_SHORT = "{name}认定按{tier}服务，到{day}" | "Set to {tier} by {name} until {day}";
    COMPUTED_IS = "按规则是{tier}" | "By the rules {tier}";
    SET_TIER = "认定等级" | "Set tier";
    SET_TIER_SAY = "算出来的等级照样显示在旁边。到期自动失效，理由会留在记录里。" | "The computed tier stays beside it. It ends by itself; the reason stays on record.";
    SET_TIER_TO = "按哪一级服务" | "Serve as";
    SET_TIER_REASON = "理由" | "Reason";
    SET_TIER_UNTIL = "到哪天为止" | "Until";
    END_OVERRIDE = "撤销认定" | "End it";
    END_OVERRIDE_SAY = "今天起恢复按规则的等级。" | "From today the computed tier counts again.";
    HISTORY = "等级变化{n}次" | "{n} {n:change|changes} of tier";
    GOAL = "迁徙目标" | "Goal";
    GOAL_SAY = "{day}前升到{tier}" | "{tier} by {day}";
    POINTS = "{n}分" | "{n} points";

    DEBT = "服务欠账" | "Service owed";
    LEFT_DAYS = "本期剩{n}天" | "{n} {n:day|days} left";
    NO_STANDARD = "这一级没有走访标准" | "No standard for this tier";
    OWES = "还欠{n}次" | "{n} owed";
    PAID = "本期已够" | "done for now";
    OVERDUE_DAYS = "逾期{n}天" | "{n} {n:day|days} overdue";
    STANDARD_IS = "{tier}标准：{visits}、{calls}" | "{tier}: {visits}, {calls}";
    STANDARD_ONE = "{tier}标准：{one}" | "{tier}: {one}";
    EVENTS_OWED = "事件走访欠{n}次" | "{n} {n:visit|visits} owed for events";
    VISITS_KIND = "走访" | "Visits";
    CALLS_KIND = "电访" | "Calls";
    MONTH = "每月" | "a month";
    QUARTER = "每季" | "a quarter";
    HALF_YEAR = "每半年" | "a half-year";
    YEAR = "每年" | "a year";
    QUOTA_VISITS = "{period}走访{n}次" | "{n} {n:visit|visits} {period}";
    QUOTA_CALLS = "{period}电访{n}次" | "{n} {n:call|calls} {period}";

    SHOW_FIGURES = "看数字" | "Figures";
    SINCE_MONTH = "较{month}{change}" | "{change} since {month}";
    ROSE = "升{n}%" | "up {n}%";
    FELL = "降{n}%" | "down {n}%";
    LEVEL = "持平" | "level";
    NO_TREND = "还没有两个月的数据" | "Less than two months known";
}

pub fn measure(measure: Measure) -> &'static str {
    t(match measure {
        Measure::Deposit => Words { zh: "存款", en: "deposits" },
        Measure::Wealth => Words { zh: "理财", en: "wealth products" },
        Measure::Insurance => Words { zh: "保险", en: "insurance" },
        Measure::Fund => Words { zh: "基金", en: "funds" },
        Measure::Loan => Words { zh: "个人贷款", en: "personal loan" },
        Measure::MonthlySpend => Words { zh: "月消费", en: "monthly spend" },
        Measure::ProductsHeld => Words { zh: "持有产品数", en: "products held" },
        Measure::Usage => Words { zh: "用电量", en: "usage" },
        Measure::Profit => Words { zh: "利润贡献率", en: "profit" },
        Measure::Steadiness => Words { zh: "负荷特性", en: "steadiness" },
        Measure::Credit => Words { zh: "信用", en: "credit" },
        Measure::Potential => Words { zh: "发展潜力", en: "potential" },
    })
}

/// What a rule looks at: 月日均财富资产, 财富资产加个贷, 价值分, otherwise its measures.
pub fn yardstick(of: &Yardstick) -> String {
    const WEALTH: Words = Words { zh: "月日均财富资产", en: "Average wealth assets" };
    const WEALTH_AND_LOAN: Words = Words { zh: "财富资产加个贷", en: "Wealth assets and loans" };
    const SCORE: Words = Words { zh: "价值分", en: "Value score" };
    match of {
        Yardstick::Score => t(SCORE).to_owned(),
        of if *of == Yardstick::wealth_assets() => t(WEALTH).to_owned(),
        of if *of == Yardstick::wealth_and_loan() => t(WEALTH_AND_LOAN).to_owned(),
        Yardstick::Sum(summands) => {
            let names: Vec<&str> = summands.iter().map(|summand| measure(*summand)).collect();
            names.join(if language() == Language::ZhCn { "加" } else { " + " })
        }
    }
}

/// A value in the unit of what is looked at.
pub fn value(of: &Yardstick, value: i64) -> String {
    let unit = match of {
        Yardstick::Score => None,
        Yardstick::Sum(measures) => measures.first().map(|measure| measure.unit()),
    };
    match unit {
        Some(Unit::Fen) => amount(Fen(value)),
        Some(Unit::Count) => value.to_string(),
        Some(Unit::Points) => fill(POINTS, &[("n", &value)]),
        None => fill(POINTS, &[("n", &format!("{}.{:02}", value / 100, value.rem_euclid(100)))]),
    }
}

/// 每季走访2次; None where nothing is asked for.
pub fn quota(kind: ServiceKind, quota: Quota) -> Option<String> {
    let n = quota.count.filter(|count| *count > 0)?;
    let period = t(match quota.per {
        Period::Month => MONTH,
        Period::Quarter => QUARTER,
        Period::HalfYear => HALF_YEAR,
        Period::Year => YEAR,
    });
    let says = match kind {
        ServiceKind::Visit => QUOTA_VISITS,
        ServiceKind::Call => QUOTA_CALLS,
    };
    Some(fill(says, &[("period", &period), ("n", &n)]))
}
