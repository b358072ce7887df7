//! Words of 走访: the calendar, and what can be done with a planned visit.

use crate::words;

words! {
    SPAN = "看多长" | "How much to show";
    WEEK = "周" | "Week";
    MONTH = "月" | "Month";
    CALENDAR = "日程" | "Calendar";
    BACKWARD = "往前" | "Back";
    FORWARD = "往后" | "Forward";
    MANAGER = "客户经理" | "Customer manager";
    EVERYONE = "所有人" | "Everyone";
    SUM = "排了{planned}次，完成{done}" | "{planned} planned, {done} done";
    SUM_SKIPPED = "，跳过{n}" | ", {n} skipped";
    SUM_CANCELLED = "，取消{n}" | ", {n} cancelled";
    RANGE = "{from}至{to}" | "{from} to {to}";
    DAY_SUM = "{day}，完成{done}，还排着{planned}" | "{day}: {done} done, {planned} to go";
    SKIPPED_ONE = "跳过{n}位" | "{n} skipped";
    CANCELLED_ONE = "取消{n}位" | "{n} cancelled";
    KEY_DONE = "已走访" | "visited";
    KEY_PLANNED = "排好的" | "planned";
    KEY_SKIPPED = "跳过" | "skipped";
    KEY_CANCELLED = "取消" | "cancelled";
    VISIT = "走访" | "Visit";
    MINUTES = "{n}分" | "{n} min";
    SKIPPED_BECAUSE = "跳过：{reason}" | "Skipped: {reason}";
    CANCELLED_BECAUSE = "取消：{reason}" | "Cancelled: {reason}";

    DAY_FREE = "这天没有走访" | "No visit on this day";
    DAY_FREE_SAY = "点“计划走访”，选一位客户排上。" | "Use “Plan visit” and choose a customer.";
    MISSED = "错过的" | "Missed";
    MISSED_DAYS = "过了{n}天" | "{n}d late";
    COMING = "接下来" | "Coming up";
    COMING_NONE = "往后两周还没有排别的走访。" | "Nothing else is planned for the next two weeks.";
    MORE = "还有{n}次，在更后面。" | "{n} more further on.";

    RESCHEDULE = "改期" | "Move";
    RESCHEDULE_NAMED = "{name} 改期" | "Move {name}";
    RESCHEDULE_TITLE = "{name}改到哪天" | "Move {name} to";
    RESCHEDULE_SAY = "那天已排{n}次。客户那边还没有通知，要你打电话。" | "{n} planned on that day. The customer has not been told; please call.";
    KEEP_DAY = "不改" | "Keep";
    WEEKDAY = "周{day}" | "{day}";
    WHICH_DAY = "选日子" | "Choose a day";
    WHICH_TIME = "选时间" | "Choose a time";
    DATE = "日期" | "Date";
    TIME = "时间" | "Time";
    PURPOSE = "事由" | "Purpose";
    SKIP = "跳过" | "Skip";
    SKIP_NAMED = "跳过 {name}" | "Skip {name}";
    SKIP_TITLE = "跳过{name}" | "Skip {name}";
    SKIP_SAY = "这次不去，原因会留在走访记录里。到期的承诺还在，可以改为电话。" | "The reason stays in the visit history. Promises due remain; a call may do.";
    SKIP_DO = "跳过这一站" | "Skip this stop";
    SKIP_NOT = "不跳过" | "Keep it";
    CANCEL = "取消" | "Cancel";
    CANCEL_NAMED = "取消 {name}" | "Cancel {name}";
    CANCEL_TITLE = "取消{name}的走访" | "Cancel the visit to {name}";
    CANCEL_SAY = "这次走访不再需要，原因会留在走访记录里。" | "The visit is no longer wanted; the reason stays in the history.";
    CANCEL_DO = "取消这次走访" | "Cancel this visit";
    CANCEL_NOT = "不取消" | "Keep it";
    REASON = "原因" | "Reason";
    REASON_MISSING = "请选一个原因，或写一句。" | "Choose a reason or write one.";
    DAY_WRONG = "请填日期，像2026-11-20。" | "Enter a date such as 2026-11-20.";
    TIME_WRONG = "时间填得不对，像10:30；不定时就空着。" | "Enter a time such as 10:30, or leave it empty.";

    PLAN_TITLE = "计划走访" | "Plan a visit";
    PLAN_WHO = "找客户" | "Find a customer";
    PLAN_WHO_HINT = "姓名、拼音、尾号、地址" | "Name, pinyin, digits, address";
    PLAN_NOBODY = "没有找到。换个字，或用拼音首字母。" | "Nobody found. Try another word or pinyin initials.";
    PLAN_ANOTHER = "换一位" | "Another";
    PLAN_WHO_MISSING = "请先选一位客户。" | "Choose a customer first.";
    PLAN_DO = "排上" | "Plan";
    PLAN_NOT = "不排" | "Not now";
}
