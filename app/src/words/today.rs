//! Words of 今天.

use crate::words;

words! {
    NEEDS = "今天需要我的客户" | "Customers who need me today";
    PANES = "看什么" | "What to show";
    NEEDS_PANE = "需要我 {n}" | "Need me {n}";
    PLAN_PANE = "行程 {n}站" | "Plan {n}";
    IN_FRONT = "我排在前面的" | "Put first by me";
    PUT_IN_FRONT = "排到前面" | "Put first";
    NOT_IN_FRONT = "放回原位" | "Put back";
    EARLIER = "往前" | "Earlier:";
    LATER = "往后" | "Later:";
    MUST = "今天必须" | "Today";
    LATE = "已逾期" | "Overdue";
    NOTICE = "留意" | "Worth a look";

    PROMISE_TODAY = "承诺今天到期" | "Promise due today";
    PROMISE_LATE = "承诺逾期{n}天" | "Promise {n}d overdue";
    THEIR_PROMISE_TODAY = "客户答应今天办" | "Customer promised for today";
    THEIR_PROMISE_LATE = "客户答应的过了{n}天" | "Customer's promise {n}d late";
    VISIT_TODAY = "今天走访" | "Visit today";
    VISIT_MISSED = "走访错过{n}天" | "Visit missed {n}d ago";
    NEXT_STEP_TODAY = "下一步在今天" | "Next step today";
    NEXT_STEP_LATE = "下一步过了{n}天" | "Next step {n}d late";
    BIRTHDAY_TODAY = "生日" | "Birthday";
    BIRTHDAY_ON = "{day}生日" | "Birthday {day}";
    BIRTHDAY_TURNS_TODAY = "今天{n}岁" | "{n} today";
    BIRTHDAY_TURNS = "{weekday}，{n}岁" | "{weekday}, turns {n}";
    BIRTHDAY_LUNAR = "农历" | "lunar calendar";
    TASK_TODAY = "任务今天到期" | "Task due today";
    TASK_LATE = "任务逾期{n}天" | "Task {n}d overdue";
    CONTRACT_ENDS = "合同{day}到期" | "Contract ends {day}";
    CONTRACT_ENDED = "合同到期{n}天未处理" | "Contract ended {n}d ago, not settled";
    VISITS_OVERDUE = "走访逾期{n}天" | "Visit {n}d overdue";
    CALLS_OVERDUE = "电访逾期{n}天" | "Call {n}d overdue";
    OWED = "欠{owed}次，本期{done}/{required}" | "{owed} owed, {done} of {required} this period";
    EVENT_TODAY = "事件走访今天到期" | "Visit for an event due today";
    EVENT_BY = "事件走访，{day}前" | "Visit for an event by {day}";
    EVENT_LATE = "事件走访逾期{n}天" | "Visit for an event {n}d overdue";
    EVENT_OWED = "还要走{n}次" | "{n} to make";
    FELL = "余额下降{n}%" | "Down {n}%";
    FELL_FROM_TO = "{from}降到{to}，自{month}" | "{from} to {to} since {month}";
    NOT_VISITED_FOR = "{n}天没走访" | "No visit for {n} {n:day|days}";
    NEVER_VISITED = "还没走访过" | "Never visited";
    LAST_VISIT_ON = "上次是{day}" | "Last on {day}";
    NO_VISIT_RECORD = "没有走访记录" | "No visit on record";
    PLANNED_FOR = "原定{when}" | "Planned for {when}";

    VISITED_TODAY = "今天走访过" | "visited today";
    VISITED_DAYS_AGO = "{n}天前走访" | "visited {n}d ago";
    ADD_TO_PLAN = "加入行程" | "Add to plan";
    ADDED = "{name}已排到今天" | "{name} is on today's plan";
    ADDED_BY_MISTAKE = "排错了" | "Planned by mistake";
    STOP_NO = "第{n}站" | "Stop {n}";
    IN_PLAN_ON = "排在{day}" | "Planned {day}";
    MORE = "再看{n}位" | "{n} more";
    ORDER = "顺序：今天到期的在前，再是逾期，最后留意；其中先是我们的承诺，再按逾期天数、等级、资产。" | "Order: due today, then overdue, then worth a look; within each our promises first, then days overdue, tier, assets.";
    NOT_VISITED_MORE = "还有{n}位超过{days}天没走访。" | "{n} more not visited for over {days} {days:day|days}.";
    SEE_CUSTOMERS = "去看客户" | "See customers";

    NOBODY = "今天没有谁急着等你" | "Nobody is waiting for you today";
    NOBODY_SAY = "到期的承诺、错过的走访、下一步和生日会自己排到这里。" | "Promises due, missed visits, next steps and birthdays line up here by themselves.";
    NO_CUSTOMERS = "管户簿还是空的" | "Your book is empty";
    NO_CUSTOMERS_SAY = "主管导入名单或把客户移交给你以后，联网就会取到这里。" | "Once your lead imports a list or hands customers over to you, they arrive here when you are connected.";
    FETCHING = "正在取回管户簿" | "Fetching your book";
    FETCHING_SAY = "还有{n}条，到了的现在就能用。" | "{n} {n:row|rows} to come; what has arrived can be used now.";

    PLAN = "行程" | "Plan";
    WEEK = "这一周" | "This week";
    STOPS = "{n}站" | "{n} {n:stop|stops}";
    STOPS_DONE = "走了{n}站" | "{n} done";
    DAY_FREE = "这天还没排走访" | "No visit planned for this day";
    DAY_FREE_SAY = "从左边“加入行程”，或者到“走访”里排。" | "Add customers from the list, or plan under Visits.";
    FREE = "空" | "free";
    ANY_TIME = "不定时" | "any time";
    SKIP_NAMED = "跳过 {name}" | "Skip {name}";
    OPEN_PROMISE = "答应过：{text}，{day}前" | "Promised: {text}, by {day}";
    LAST_NEXT_STEP = "上次说好：{text}" | "Agreed last time: {text}";
}
