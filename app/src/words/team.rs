//! Words of 团队.

use crate::words;

words! {
    MANAGERS_CUSTOMERS = "{managers}位客户经理 · {customers}位客户" | "{managers} managers · {customers} customers";
    FIRST = "先看这些" | "Look at these first";
    AS_OF = "截至{at}" | "as of {at}";
    AGAIN = "重新取" | "Refresh";
    ALL_WELL = "没有要先看的" | "Nothing to look at first";
    ALL_WELL_SAY = "没有逾期的走访和承诺，平板都联过网。" | "No overdue visits or promises, and every tablet has been in touch.";

    PROMISES_OVERDUE = "承诺过期没有兑现" | "Promises past their day";
    DEVICE_SILENT = "平板{days}天没有联网" | "Tablets silent for {days} days";
    NOT_VISITED = "{days}天没有走访过" | "Not visited for {days} days";
    VISITS_OVERDUE = "排好的走访过了日子" | "Planned visits past their day";
    BOOK_WITHOUT_HOLDER = "管户簿没有人管" | "Books nobody holds";
    NAME_COUNT = "{name}{n}" | "{name} {n}";
    NAME_DAYS_UNSENT = "{name}，{days}天没联网，机上还有{n}项没上传" | "{name}, silent {days} days, {n} unsent";
    NAME_DAYS = "{name}，{days}天没联网" | "{name}, silent {days} days";
    BETWEEN = "、" | ", ";

    COVERAGE = "本季走访覆盖" | "Coverage this quarter";
    VISITED = "走访过的客户" | "Customers visited";
    QUARTER_GONE = "时间过了{percent}%" | "{percent}% of the time gone";
    MANAGER = "客户经理" | "Manager";
    VISITS_DONE = "走访" | "Visits";
    PLANNED = "本周还有" | "This week";
    OVERDUE = "逾期" | "Overdue";
    PROMISES = "承诺过期" | "Promises late";
    CUSTOMERS = "客户" | "Customers";
    CONTACT = "联网" | "Contact";
    EVERYONE = "全部" | "Everyone";
    HOW_TO_READ = "“6/20”：20位客户里，本季走访过6位。点任何一个数，看到是哪些。" | "“6/20”: of 20 customers, 6 were visited this quarter. Open any figure to see which.";
    HAND_OVER = "移交客户" | "Hand over customers";
    NO_MANAGERS = "还没有客户经理" | "No managers yet";
    NO_MANAGERS_SAY = "管理员添加员工和管户簿后，每个人的走访会列在这里。" | "Once the administrator adds people and books, everyone's visits are listed here.";

    DEVICES = "平板和电脑" | "Tablets and desks";
    DEVICES_SAY = "上面的数只算已经上传的。没上传的，等它联网就到。" | "The figures count only what has been uploaded. What is unsent arrives when the device connects.";
    NO_DEVICES = "还没有人登录过" | "Nobody has signed in yet";
    UNSENT = "{n}项没上传" | "{n} unsent";
    ALL_SENT = "都已上传" | "all uploaded";
    NEVER = "没联过网" | "never";
    HOURS_AGO = "{n}小时前" | "{n} h ago";
    DAYS_AGO = "{n}天前" | "{n} days ago";

    BEHIND = "{who}：{what}" | "{who}: {what}";
    MORE_ROWS = "还有{n}行" | "{n} more";
    NO_ROWS = "没有" | "None";
    NO_ROWS_SAY = "可能刚办完，或者这台设备还没取到。联网同步后再看。" | "Perhaps it has just been done, or this device has not fetched it yet. Look again after syncing.";
    NEVER_VISITED = "还没有走访过" | "not visited yet";
    LAST_VISITED = "上次{day}" | "last {day}";
    DUE_SINCE = "{day}到期，过了{n}天" | "due {day}, {n} days past";
    PLANNED_FOR = "排在{day}，过了{n}天" | "planned {day}, {n} days past";
}
