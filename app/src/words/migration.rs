//! Words of 客户迁徙计划.

use crate::i18n::{Words, t};
use crate::words;
use domain::migration::MovedBy;

words! {
    TITLE = "客户迁徙计划" | "Migration plan";
    COUNTS = "{near}位在边界 · {goals}位有目标" | "{near} near a boundary · {goals} with a goal";
    NO_SCHEME = "还没有分级规则" | "No tier scheme yet";
    NO_SCHEME_SAY = "管理员发布分级规则后，这里列出谁快要升级、谁快要降级。" | "Once the administrator publishes a scheme, who is about to move up or down is listed here.";

    NEAR_UP = "快升级的" | "About to move up";
    NEAR_UP_SAY = "离上一级的门槛不到{percent}%" | "within {percent}% of the tier above";
    NEAR_DOWN = "快降级的" | "About to move down";
    NEAR_DOWN_SAY = "比本级的门槛只高出不到{percent}%" | "above their own tier's floor by no more than {percent}%";
    FURTHER = "也看差得更远的" | "Show those further away";
    NEARER = "只看快到的" | "Only those near";
    NOBODY_NEAR = "眼下没有。" | "Nobody right now.";
    SHORT_BY = "{what}{value}，差{by}到{tier}" | "{what} {value}, {by} short of {tier}";
    ABOVE_BY = "{what}{value}，再少{by}就到{tier}" | "{what} {value}, {by} above {tier}";

    MOVED = "本月动过的" | "Moved this month";
    MOVED_NONE = "本月还没有人换等级。" | "Nobody has moved this month.";
    FROM_TO = "{from}到{to}" | "{from} to {to}";
    NO_TIER = "无等级" | "no tier";
    WOULD = "今年的名单已定，按现在的数会动的" | "The year's list is fixed; by today's figures these would move";
    WOULD_SAY = "到明年1月1日重新定名单，之前等级不变。" | "Tiers stay until the list is fixed anew on the first of January.";

    GOALS = "定了目标的" | "Goals";
    NO_GOALS = "还没有定目标。在“快升级的”里点一下就定到本季末；别的客户在客户页上定。" | "No goals yet. One tap under “About to move up” sets one for the end of the quarter; for anybody else it is set on the customer's page.";
    SET = "定目标" | "Set a goal";
    SET_GOAL_FOR = "给{name}定目标" | "Set a goal for {name}";
    CHANGE_GOAL = "改目标" | "Change goal";
    SET_FOR = "{name}：定目标到{tier}" | "Set a goal for {name}: {tier}";
    GOAL_IS_SET = "{name}的目标：{day}前到{tier}" | "{name}: {tier} by {day}";
    GOAL_TAKEN_BACK = "{name}的目标已取消" | "{name}: goal taken back";
    HAS_GOAL = "目标{day}" | "goal {day}";
    CHANGE = "改" | "Change";
    CHANGE_FOR = "改{name}的目标" | "Change the goal of {name}";
    TAKE_BACK = "取消目标" | "Take back";
    TO_TIER = "升到" | "Up to";
    BY = "最晚哪天" | "By";
    MONTH_END = "本月底" | "Month end";
    QUARTER_END = "本季末" | "Quarter end";
    YEAR_END = "年底" | "Year end";
    NEEDS_DAY = "选一个日子。" | "Choose a day.";
    GOAL_OF = "{day}前到{tier}" | "{tier} by {day}";
    REACHED = "{day}达到" | "reached {day}";
    REACHED_LOST = "{day}达到，后来又掉了" | "reached {day}, lost since";
    OPEN_DAYS = "还有{n}天" | "{n} {n:day|days} left";
    OPEN_TODAY = "今天到期" | "due today";
    MISSED = "没有达到" | "missed";
}

pub fn moved_by(by: MovedBy) -> &'static str {
    t(match by {
        MovedBy::Figures => Words { zh: "数据更新", en: "new figures" },
        MovedBy::Hand => Words { zh: "人工认定", en: "set by hand" },
        MovedBy::HandEnded => Words { zh: "认定到期", en: "the setting by hand ended" },
        MovedBy::Scheme => Words { zh: "分级规则换版", en: "a new scheme" },
        MovedBy::YearsList => Words { zh: "年初定名单", en: "the year's list" },
    })
}
