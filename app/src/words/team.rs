//! Words of 团队.

use crate::i18n::{Words, fill, t};
use crate::words;
use domain::standard::{Period, Quota, ServiceKind};

words! {
    MANAGERS_CUSTOMERS = "{managers}位客户经理 · {customers}位客户" | "{managers} {managers:manager|managers} · {customers} {customers:customer|customers}";
    STILL_COMING = "资料还没有取完，下面的数先按已到的算。" | "Data is still arriving; the figures count what is here.";

    FIRST = "先看这些" | "Look at these first";
    ALL_WELL = "没有要先看的" | "Nothing to look at first";
    ALL_WELL_SAY = "没有久拖的走访，没有失约的承诺。" | "No long overdue visits and no promises unkept.";
    OVERDUE = "走访逾期{days}天以上" | "Visits overdue by more than {days} {days:day|days}";
    PROMISES = "承诺过期或没有兑现" | "Promises past their day or broken";
    EVENTS = "有事该去，还没有去" | "Events whose visit is overdue";
    NOT_VISITED = "{days}天没有走访过" | "Not visited for {days} {days:day|days}";
    PLANNED_LATE = "排好的走访过了日子" | "Planned visits past their day";
    INVERTED = "低一级的走访反而更多" | "A lower tier gets more visits";
    UNTIERED = "缺数据，定不了等级" | "No tier: figures are missing";
    ENDING = "认定等级{days}天内到期" | "Tiers set by hand that end within {days} {days:day|days}";
    BOOK_WITHOUT_HOLDER = "管户簿没有人管" | "Books nobody holds";
    DEVICE_SILENT = "平板{days}天没有联网" | "Tablets silent for {days} {days:day|days}";
    NAME_COUNT = "{name}{n}" | "{name} {n}";
    NAME_DAYS_UNSENT = "{name}，机上还有{n}项没上传" | "{name}, {n} unsent";
    BETWEEN = "、" | ", ";
    LONGEST_PROMISE = "最久的过了{n}天：{name}，{text}" | "longest {n} {n:day|days}: {name}, {text}";
    INVERTED_PAIR = "{lower}（{lower_tier}）走访{n}次，{higher}（{higher_tier}）{m}次" | "{lower} ({lower_tier}) {n} {n:visit|visits}, {higher} ({higher_tier}) {m}";
    NOBODY = "没人管" | "Nobody";

    COVERAGE = "本季走访覆盖" | "Coverage this quarter";
    COVERED = "走访" | "Visits";
    VISITED = "已走访" | "Visited";
    TIME_GONE = "时间过了{percent}%" | "{percent}% of the time gone";
    MANAGER = "客户经理" | "Manager";
    TOTAL = "合计" | "Total";
    BEHIND = "落后" | "Behind";
    CUSTOMERS = "客户" | "Customers";
    CONTACT = "联网" | "Contact";
    NO_TIER = "无等级" | "No tier";
    EVERYONE = "全部" | "Everyone";
    HOW_TO_READ = "“6/9”：本期标准要走访9次，已走访6次；一位客户多走的，不抵另一位少走的。点任何一个数，看到是哪些客户。" | "“6/9”: the running period asks for 9 visits, 6 are done; extra visits to one do not count for another. Open any figure to see which customers.";
    NO_STANDARD_READ = "还没有走访标准，只数客户。管理员在“规则”里发布后，这里按等级算走访。" | "There is no visit standard yet, so customers are only counted. Once the administrator publishes one, visits are counted by tier.";
    HAND_OVER = "移交客户" | "Hand over customers";
    MIGRATION = "客户迁徙计划" | "Migration plan";
    NO_MANAGERS = "还没有客户经理" | "No managers yet";
    NO_MANAGERS_SAY = "管理员添加员工和管户簿后，每个人的走访会列在这里。" | "Once the administrator adds people and books, everyone's visits are listed here.";

    DEVICES = "平板和电脑" | "Tablets and desks";
    DEVICES_AS_OF = "联网情况截至{at}" | "Contact as of {at}";
    DEVICES_OFFLINE = "联网情况要联网才看得到。" | "When each device was in touch can be seen only online.";
    DEVICES_ASKING = "正在问联网情况" | "Asking when each device was in touch";
    DEVICES_SAY = "数都从已上传的算。没上传的，等它联网就到。" | "All figures come from what was uploaded. What is unsent arrives when the device connects.";
    AGAIN = "重新取" | "Refresh";
    NO_DEVICES = "还没有人登录过" | "Nobody has signed in yet";
    UNSENT = "{n}项没上传" | "{n} unsent";
    ALL_SENT = "都已上传" | "all uploaded";
    NEVER = "没联过网" | "never";
    HOURS_AGO = "{n}小时前" | "{n} h ago";
    DAYS_AGO = "{n}天前" | "{n} {n:day|days} ago";

    WHO_WHAT = "{who}：{what}" | "{who}: {what}";
    MORE_ROWS = "还有{n}行" | "{n} more";
    NO_ROWS = "没有" | "None";
    NO_ROWS_SAY = "可能刚办完，或者这台设备还没取到。" | "Perhaps it has just been done, or this device has not fetched it yet.";
    NEVER_VISITED = "还没有走访过" | "not visited yet";
    LAST_VISITED = "上次{day}" | "last {day}";
    DONE_OF = "已走访{done}次，要{required}次" | "{done} of {required} {required:visit|visits}";
    OWED_LATE = "欠{owed}次，逾期{n}天" | "{owed} owed, {n} {n:day|days} overdue";
    DUE_SINCE = "{day}到期，过了{n}天" | "due {day}, {n} {n:day|days} past";
    BROKEN = "没有兑现" | "broken";
    EVENT_LATE = "该去的走访过了{n}天" | "its visit is {n} {n:day|days} late";
    PLANNED_FOR = "排在{day}，过了{n}天" | "planned {day}, {n} {n:day|days} past";
    MISSING_FIGURES = "缺{names}" | "missing: {names}";
    BY_HAND_UNTIL = "认定到{day}：{reason}" | "set by hand until {day}: {reason}";
    FAVOURED = "两季走访{n}次；上一级的中位数{median}次" | "{n} {n:visit|visits} in two quarters; the median above is {median}";
    AT_EDGE = "在等级边界上" | "at the edge of the tier";
    PASSED_OVER = "两季走访{n}次，逾期{days}天" | "{n} {n:visit|visits} in two quarters, {days} {days:day|days} overdue";
    DUE_N = "欠{n}次" | "{n} owed";

    CHARTS = "看一眼" | "At a glance";
    SHOW_TABLE = "看表" | "Table";
    RING = "标准完成" | "Of the standard, done";
    RING_SAY = "{done}次，标准要{required}次" | "{done} of {required} {required:visit|visits}";
    STANDARD = "标准" | "Standard";
    SHARE = "完成" | "Done";
    BY_NOW_SAY = "按时间该有{percent}" | "{percent} by now";
    BY_NOW = "到今天该有" | "By now";
    OVERDUE_N = "已逾期{n}次" | "{n} overdue";
    DUE_BY_WEEK = "哪一周到期" | "Due by week";
    OVERDUE_ALREADY = "已逾期" | "overdue";
    WEEK_OF = "{day}那周" | "week of {day}";
    LATER = "更晚" | "later";
    VISITS_OWED = "欠的走访" | "Visits owed";
    WEEK = "周" | "Week";
    NOTHING_OWED = "眼下没有欠的走访。" | "No visits are owed right now.";
    TIERS_BY_MONTH = "等级的变化" | "Tiers by month";
    MONTH = "月份" | "Month";
    UP = "升" | "Up";
    DOWN = "降" | "Down";
    MOVED_LATELY = "近12个月升{up}位次，降{down}位次" | "{up} {up:move|moves} up and {down} down in 12 months";
    TIER = "等级" | "Tier";
}

/// 每季走访1次
pub fn quota(quota: Quota) -> String {
    let n = match quota.count {
        None => return t(Words { zh: "空着", en: "blank" }).to_owned(),
        Some(0) => return t(Words { zh: "不走访", en: "no visits" }).to_owned(),
        Some(n) => n,
    };
    let words = match quota.per {
        Period::Month => Words { zh: "每月走访{n}次", en: "{n} a month" },
        Period::Quarter => Words { zh: "每季走访{n}次", en: "{n} a quarter" },
        Period::HalfYear => Words { zh: "每半年走访{n}次", en: "{n} a half-year" },
        Period::Year => Words { zh: "每年走访{n}次", en: "{n} a year" },
    };
    fill(words, &[("n", &n)])
}

pub fn service(kind: ServiceKind) -> &'static str {
    t(match kind {
        ServiceKind::Visit => Words { zh: "走访", en: "visits" },
        ServiceKind::Call => Words { zh: "电访", en: "calls" },
    })
}

pub fn period(period: Period) -> &'static str {
    t(match period {
        Period::Month => Words { zh: "本月", en: "month" },
        Period::Quarter => Words { zh: "本季", en: "quarter" },
        Period::HalfYear => Words { zh: "半年", en: "half-year" },
        Period::Year => Words { zh: "全年", en: "year" },
    })
}
