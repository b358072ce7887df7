//! Words of 接手.

use crate::i18n::{Words, t};
use crate::words;
use domain::mark::MarkKind;
use domain::take_over::Order;
use domain::time::Date;

words! {
    TITLE = "接手" | "Take over";
    LINK = "整理管户簿" | "Sort book";
    BOOK = "管户簿" | "Book";
    COUNT = "{book} · {n}位" | "{book} · {n}";
    PROGRESS = "分好{done}位，共{all}位" | "{done} of {all} sorted";
    PANES = "看什么" | "What to show";
    LIST = "要分的客户" | "Customers to sort";
    LIST_PANE = "名单" | "List";
    CARD_PANE = "客户" | "Customer";
    ORDER = "先看谁" | "Whom first";
    ONLY = "只看{mark}，{n}位" | "Only {mark}, {n}";
    SHOW_ALL = "看全部" | "Show all";
    NOBODY_MARKED = "还没有标成{mark}的" | "Nobody marked {mark} yet";

    NOBODY = "没有管户簿可以整理" | "No book to sort";
    NOBODY_SAY = "主管把管户簿交给你以后，联网就会取到这里。" | "Once your lead gives you a book, it arrives here when you are connected.";
    EMPTY = "管户簿还是空的" | "The book is empty";
    EMPTY_SAY = "主管导入名单或把客户移交过来以后，就可以在这里一位一位地分。" | "Once a list is imported or customers are handed over, they are sorted here one by one.";
    ALL_DONE = "都分好了" | "Everybody is sorted";
    ALL_DONE_SAY = "第一个月已经排好。要改谁，在名单里点开，再标一次。" | "The first month is laid out. To change one, open them in the list and mark them again.";
    ONLY_LOOKING = "这是{name}的管户簿，只有本人能标。" | "This is {name}'s book; only they can mark.";

    PLACE_IN = "第{n}位" | "No. {n}";
    OPEN = "打开资料" | "Open the file";
    AGE = "{n}岁" | "{n}";
    FORMER = "以前由{name}走访" | "visited before by {name}";
    NO_SIGNS = "没有特别的迹象" | "Nothing special to see";
    BROKEN = "没兑现的承诺{n}项" | "{n} {n:promise|promises} broken";
    HEADLINE = "分级看的金额" | "the sum tiers go by";
    NO_FIGURE = "名单里没有金额" | "No figures in the list";
    UP_BY = "再增{sum}到{tier}" | "{sum} more for {tier}";
    DOWN_BY = "再降{sum}落到{tier}" | "{sum} less and it is {tier}";
    TREND = "近{n}个月{what}" | "{what}, last {n} {n:month|months}";
    HOLDS = "持有" | "Holds";
    LAST_MET = "上次见" | "Last met";
    PROMISES = "承诺" | "Promises";
    MISSING = "缺" | "Missing";
    LAST_THREE = "近三次" | "Last three";
    HELD = "{name}{sum}" | "{name} {sum}";
    NOTHING_HELD = "名单里没有" | "not in the list";
    NEVER_MET = "还没有见过" | "never";
    PROMISES_LATE = "过期{n}项" | "{n} overdue";
    PROMISES_OPEN = "没到期{n}项" | "{n} open";
    NO_PROMISES = "没有" | "none";
    COMPLETE = "不缺" | "nothing";
    NO_CONTACT = "没有记录" | "nothing on record";
    CALLED = "{day}电访" | "{day} call";
    VISITED = "{day}走访" | "{day} visit";

    MARKS = "怎么安排{name}" | "What to do about {name}";
    SEE_THIS_MONTH = "本月见" | "See this month";
    BY_STANDARD = "按标准" | "By the standard";
    CALL_THIS_MONTH = "本月打" | "Call this month";
    LAST_OF_ALL = "放到最后" | "At the end";
    STEP_ONE = "{name} · {mark}" | "{name} · {mark}";
    STEP_MANY = "{n}位 · {mark}" | "{n} · {mark}";
    NO_STEP = "按1到4，或点一下" | "Press 1 to 4, or tap";
    TAKE_BACK_HINT = "撤销，也可以按U" | "Undo, or press U";
    FAILED = "{name}的标记没有存下来。{why}" | "The mark of {name} was not saved. {why}";
    FAILED_MANY = "{n}位的标记没有存下来。{why}" | "{n} {n:mark was|marks were} not saved. {why}";

    FIRST_MONTH = "第一个月" | "First month";
    FROM_DAY = "{day}起" | "from {day}";
    VISITS_PLANNED = "排了{n}次走访" | "{n} {n:visit|visits}";
    A_WEEK = "每周最多{n}次，还能放{left}次。" | "At most {n} a week, room for {left} more.";
    A_WEEK_FULL = "每周最多{n}次，已经放满。" | "At most {n} a week, all full.";
    BY_HOURS = "没有设每周走访上限，按工时算。" | "No weekly limit is set; counted by working hours.";
    LEFT_OVER = "{n}位重点放不下，要排到{when}。" | "{n} important ones do not fit; they would take until {when}.";
    WHEN_FULL = "放满以后，重点会排到{when}。" | "Once full, important ones go on into {when}.";
    WEEK = "第{n}周" | "Week {n}";
    WEEK_ROWS = "第{n}周{visits}/{max}，排了{visits}次走访，最多{max}次" | "Week {n}: {visits}/{max} visits";
    WOULD_GO_HERE = "{name}标成重点，会放在这里" | "{name} marked important goes here";
    CONTRACTS = "合同到期{n}位" | "{n} {n:contract|contracts} ending";
    BIRTHDAYS = "生日{n}位" | "{n} {n:birthday|birthdays}";
    NEAR = "{names}等，离得近" | "{names} and others, close by";
    NAMES = "{names}" | "{names}";
    CALLS = "电话{n}个" | "{n} {n:call|calls}";
    STILL_FREE = "还空着" | "still free";
    ALREADY = "已在日历" | "in the calendar";
    WHY_CONTRACT = "合同{day}到期" | "contract ends {day}";
    WHY_BIRTHDAY = "{day}生日" | "birthday {day}";
    WHY_NEAR = "离得近" | "close by";
    TO_CALL = "要打的电话" | "To call";
    PUT_IN = "排进日历" | "Put in the calendar";
    PUT_IN_ASK = "把{n}次走访排进日历" | "Put {n} {n:visit|visits} in the calendar";
    PUT_IN_SAY = "从{from}到{to}，周一到周五，不定时；以后可以一次一次改。" | "From {from} to {to}, Monday to Friday, any time of day; each can be moved later.";
    PUT_IN_DONE = "{n}次走访已排进日历" | "{n} {n:visit is|visits are} in the calendar";
    PUT_IN_NONE = "标成重点的都在日历里了" | "Every important one is in the calendar";
    PURPOSE = "接手后第一次走访" | "First visit after taking over";
    PURPOSE_CONTRACT = "合同到期" | "Contract ends";
    PURPOSE_BIRTHDAY = "生日" | "Birthday";
    MISTAKEN = "排错了" | "Planned by mistake";
    SORTED = "已分好的{n}位" | "{n} sorted";
    KEPT = "分完的随时在，离线也算。" | "What is sorted is kept, offline too.";
    PACE = "平均每位{s}秒，余下约{m}分钟。" | "{s} s each; about {m} min left.";
    STOP_HERE = "先到这里" | "Stop here";
    REST_ROUTINE = "把余下{tier}都标常规" | "Mark the remaining {tier} routine";
    REST_ASK = "把余下{n}位{tier}都标常规" | "Mark the remaining {n} {tier} routine";
    REST_SAY = "他们按走访标准走，不进第一个月。可以一次撤销。" | "They follow the visit standard and stay out of the first month. One undo takes it back.";
    REST_DO = "都标常规" | "Mark routine";
}

/// Whom to look at first.
pub fn order(order: Order) -> &'static str {
    t(match order {
        Order::Value => Words { zh: "价值", en: "Value" },
        Order::Debt => Words { zh: "欠访", en: "Debt" },
        Order::Signs => Words { zh: "迹象", en: "Signs" },
    })
}

/// What comes of a mark.
pub fn comes_of(mark: MarkKind) -> &'static str {
    t(match mark {
        MarkKind::Important => SEE_THIS_MONTH,
        MarkKind::Routine => BY_STANDARD,
        MarkKind::CallFirst => CALL_THIS_MONTH,
        MarkKind::Later => LAST_OF_ALL,
    })
}

/// 12月下旬, late December: nearer than that nobody can say.
pub fn part_of_month(on: Date, today: Date) -> String {
    use chrono::Datelike;
    let part = match on.day() {
        ..=10 => Words { zh: "{month}上旬", en: "early {month}" },
        11..=20 => Words { zh: "{month}中旬", en: "mid {month}" },
        _ => Words { zh: "{month}下旬", en: "late {month}" },
    };
    let month = crate::i18n::month_name(domain::month::Month::of(on), today);
    crate::i18n::fill(part, &[("month", &month)])
}
