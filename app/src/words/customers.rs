//! Words of 客户: the list, one customer on one screen, and the sheets that change them.

use crate::i18n::{Words, fill, t};
use crate::words;
use domain::promise::PromiseBy;

words! {
    LIST = "客户名单" | "Customers";
    COUNT = "{n}位" | "{n}";
    COUNT_OF = "{n} / {all}位" | "{n} of {all}";
    FILTER = "筛选" | "Filter";
    INDUSTRY = "行业" | "Industry";
    ALL_INDUSTRIES = "行业" | "Industry";
    MANAGER = "客户经理" | "Manager";
    ALL_MANAGERS = "客户经理" | "Manager";
    NO_MANAGER = "待接手" | "no manager";
    MIGRATION = "客户迁徙计划" | "Migration plan";
    NEW_CUSTOMER = "新建客户" | "New customer";

    NOT_FOUND = "没有找到“{query}”" | "Nothing found for “{query}”";
    NOT_FOUND_SAY = "可以用姓名、拼音首字母（如csy）、手机尾号、地址或客户号查找。" | "Search by name, pinyin initials (such as csy), digits of the phone, address or customer number.";
    NONE_LEFT = "这样筛选后没有客户" | "No customer passes this filter";
    NONE_LEFT_SAY = "换一个类型或行业，或者看全部。" | "Choose another type or industry, or look at all.";
    CLEAR = "清除" | "Clear";
    SHOW_ALL = "看全部" | "Show all";
    EMPTY = "管户簿里还没有客户" | "The book is empty";
    EMPTY_SAY = "主管或柜台导入名单后，客户会自己出现在这里，离线也能看。也可以先新建一位。" | "Once the branch imports its list, customers appear here by themselves and stay readable offline. Or add one now.";
    FIRST_SYNC = "首次取资料" | "First sync";
    FIRST_SYNC_COUNT = "已到{n}条，还有{left}条" | "{n} {n:row|rows} here, {left} to come";
    FIRST_SYNC_SAY = "先取客户，再取走访记录。已到的现在就能用；断了会接着取。" | "Customers come first, then their history. What has arrived can be used now; if interrupted it goes on where it stopped.";

    NEVER_VISITED = "还没有走访过" | "not visited yet";
    VISITED_TODAY = "今天走访过" | "visited today";
    VISITED_YESTERDAY = "昨天走访过" | "visited yesterday";
    VISITED_DAYS = "{n}天前走访" | "visited {n}d ago";
    VISITED_MONTHS = "{n}个月前走访" | "visited {n} {n:month|months} ago";
    VISITED_YEARS = "{n}年前走访" | "visited {n} {n:year|years} ago";

    PICK_ONE = "选一位客户" | "Choose a customer";
    PICK_ONE_SAY = "右边会显示资料、持有、承诺和走访记录。按 / 搜索，上下键选，回车打开。" | "Facts, holdings, promises and visits appear here. Press / to search, arrows to choose, Enter to open.";
    GONE = "这位客户不在你的管户簿里" | "This customer is not in your book";
    GONE_SAY = "可能刚被移交。没上传的修改在“待处理”里，都留着。" | "They may have been handed over. Unsent edits are kept under “Needs attention”.";
    STILL_COMING = "这位客户还在路上" | "This customer is still on the way";
    STILL_COMING_SAY = "首次取资料还没有结束，到了会自己显示。" | "The first sync is still running; they will appear here by themselves.";
    BACK_TO_LIST = "回到名单" | "Back to the list";
    AT_A_GLANCE = "一眼" | "At a glance";
    CONFLICTS = "有{n}处别人也改过，请定一下用哪个。" | "{n} {n:field was|fields were} also changed by someone else; please settle which counts.";
    DRAFT = "有一份走访草稿没写完。" | "A visit report was begun and not finished.";
    GO_ON_WRITING = "接着写" | "Go on";
    GO_SETTLE = "去处理" | "Settle";

    REVEAL = "显示号码，会留下记录" | "Show the number; this is logged";
    CALL = "打给{name}" | "Call {name}";
    NO_PHONE = "没有电话" | "no phone";

    HOLDINGS = "持有" | "Holdings";
    HOLDINGS_NONE = "名单里没有持有数据，下次导入时带上就会显示。" | "The list brought no figures; they appear with the next import that has them.";
    WEALTH_ASSETS = "月日均财富资产" | "Average wealth assets";
    DEPOSIT = "存款" | "Deposits";
    WEALTH = "理财" | "Wealth";
    INSURANCE = "保险" | "Insurance";
    FUND = "基金" | "Funds";
    LOAN = "个贷" | "Loans";

    NEXT_VISIT = "下次走访" | "Next visit";
    NEXT_NONE = "还没有计划" | "none planned";
    NEXT_MORE = "之后还有{n}次" | "{n} more after it";
    OVERDUE = "过了{n}天" | "{n} {n:day|days} overdue";
    LISTED_VISIT = "名单上的走访" | "Visit by the list";

    SHOW_ALL_OF = "全部{n}条" | "All {n}";
    NO_VISITS = "还没有走访记录。第一次走访后，见了谁、谈了什么都会在这里。" | "No visits yet. After the first one, who was met and what was said stands here.";
    MET = "见到：{list}" | "Met: {list}";
    NEEDS = "需求：{list}" | "Needs: {list}";
    PRODUCTS = "产品：{list}" | "Products: {list}";
    MOOD = "态度：{mood}" | "Mood: {mood}";
    NEXT_STEP = "下一步：{what}" | "Next step: {what}";
    REASON = "原因：{reason}" | "Reason: {reason}";
    MINUTES = "{n}分" | "{n} min";
    PHOTOS_COUNT = "照片{n}" | "{n} {n:photo|photos}";
    VISIT = "走访" | "Visit";

    BUSINESS = "任务、合同、事件" | "Tasks, contracts, events";
    BUSINESS_NONE = "没有未了的任务、合同或事件。" | "No open tasks, contracts or events.";
    ADD_BUSINESS = "加一项" | "Add";
    TASK = "任务" | "Task";
    TASK_WHAT = "要做什么" | "What is to be done";
    TASK_DUE = "哪天前" | "Due";
    TASK_DONE = "做完了" | "Done";
    CONTRACT = "合同" | "Contract";
    CONTRACT_NAME = "合同或产品名称" | "Contract or product";
    CONTRACT_AMOUNT = "金额（元，可不填）" | "Amount in yuan, optional";
    CONTRACT_ENDS = "到期日" | "Ends on";
    CONTRACT_RENEWED = "已续" | "Renewed";
    CONTRACT_OVER = "已结束" | "Ended";
    EVENT = "事件" | "Event";
    EVENT_KIND = "什么事" | "What happened";
    EVENT_NOTE = "说明（可不填）" | "Note, optional";
    EVENT_ON = "哪天" | "When";
    EVENT_WRONG = "报错了" | "Not so";
    HAPPENED_ON = "{day}发生" | "happened {day}";
    RECORD_CALL = "记电访" | "Record call";
    CALL_BY = "怎么联系的" | "How";
    BY_PHONE = "电话" | "Phone";
    BY_MESSAGE = "短信、微信" | "Message";
    CALL_OUTCOME = "结果" | "Outcome";
    CALL_SUMMARY = "说了什么" | "What was said";
    CALL_SAY = "接通的才算电访；没接和来电也留在记录里。" | "Only a call that was answered counts; the others stay on record.";
    CALLED = "电访" | "Call";
    MESSAGED = "短信、微信" | "Message";

    PROMISES_NONE = "没有未了的承诺。" | "No open promises.";
    ADD_PROMISE = "加承诺" | "Add promise";
    BY_US = "我方" | "We";
    BY_CUSTOMER = "客户" | "Customer";
    PROMISED_ON = "{day}答应" | "promised {day}";
    DUE_TODAY = "今天到期" | "due today";
    DUE_TOMORROW = "明天到期" | "due tomorrow";
    DUE_OVER = "逾期{n}天" | "{n} {n:day|days} late";
    KEPT = "已兑现" | "Kept";
    BROKEN = "没兑现" | "Broken";
    WITHDRAWN = "不再需要" | "No longer needed";
    SETTLE_PROMISE = "了结承诺" | "Settle the promise";
    SETTLE_SAY = "定下后不能再改，会留在记录里。" | "This cannot be changed afterwards and stays on record.";
    SETTLED_COUNT = "已了结{n}项" | "{n} settled";
    PROMISE_WHAT = "答应什么" | "What was promised";
    PROMISE_DUE = "到期" | "Due";
    PROMISE_BY = "谁答应的" | "Who promised";

    CONTACTS = "联系人" | "Contacts";
    CONTACTS_NONE = "还没有联系人。" | "No contacts yet.";
    ADD_CONTACT = "加联系人" | "Add contact";
    EDIT_CONTACT = "改联系人 {name}" | "Edit contact {name}";
    CONTACT = "联系人资料" | "Contact";
    CONTACT_NAME = "姓名" | "Name";
    CONTACT_ROLE = "作用" | "Role";
    RELATION = "关系或职务" | "Relation or title";
    RELATION_HINT = "配偶、财务主管…" | "spouse, head of finance …";
    PHONE = "手机号" | "Phone";
    REMOVE = "删除" | "Remove";
    REMOVE_CONTACT = "删除联系人" | "Remove the contact";
    REMOVE_CONTACT_SAY = "删除{name}？走访里提到的名字会留着。" | "Remove {name}? Visits that mention them keep the name.";

    LUNAR_BIRTHDAY = "农历生日" | "Lunar birthday";
    LUNAR_HINT = "如 08-15；闰四月初三写 leap-04-03" | "such as 08-15; leap-04-03 in a leap month";
    NOTES = "备忘" | "Notes";
    NOTES_NONE = "还没有备忘。" | "No notes yet.";
    ADD_NOTE = "加备忘" | "Add note";

    FACTS = "资料" | "Facts";
    FILL_IN = "补上" | "Add";
    CUSTOMER_NO = "客户编号" | "Customer number";
    IDENTITY = "证件号" | "Identity number";
    OPENED_ON = "开户日" | "Opened on";
    HOLDER = "管户人" | "Manager";
    AGE = "{day}，{n}岁" | "{day}, aged {n}";

    PHOTOS = "照片" | "Photos";
    PHOTO_OF = "照片，{day}" | "Photo, {day}";
    PHOTO_CAPTION = "照片：{caption}" | "Photo: {caption}";
    PHOTO_AWAY = "照片还没有到这台设备，联网后可看。" | "The photo is not on this device; it can be seen when connected.";
    REMOVE_PHOTO = "删除照片" | "Remove photo";

    EDIT_SHEET = "编辑资料" | "Edit facts";
    NAME = "名称" | "Name";
    TYPE = "客户类型" | "Type";
    ADDRESS = "联系地址" | "Address";
    BIRTHDAY = "生日" | "Birthday";
    FOUNDED = "成立日" | "Founded on";
    REMARK = "备注" | "Remark";
    NEW_SAY = "编号没有就留空，先用一个临时的。" | "Leave the number empty if there is none yet; a temporary one is given.";
    BOOK = "管户簿" | "Book";
    NUMBER_HERE = "这个编号已经是{name}的。" | "This number already belongs to {name}.";

    EXPORT = "导出名单" | "Export list";
    EXPORT_SAY = "现在列出的{n}位客户，写成一个文件。手机号和证件号只写掩码。" | "The {n} {n:customer|customers} listed now, as a file. Phone and identity numbers are masked.";
    EXPORT_OPEN = "文件没有加密，会离开这台设备上加密的资料。每一行都带你的工号和时间；每位客户都记进日志。" | "The file is not encrypted and leaves the sealed store of this device. Every row carries your number and the time; every customer is logged.";
    EXPORT_FORM = "格式" | "Form";
    EXPORT_TOO_MANY = "一次最多导出{max}位，先筛选一下。" | "At most {max} at once; filter the list first.";
    EXPORT_OFFLINE = "导出要联网。" | "Exporting needs the network.";
    EXPORT_DO = "导出{n}位" | "Export {n}";
    EXPORT_BUSY = "正在导出" | "Exporting";
    EXPORT_FILE = "客户名单" | "customers";
    EXPORTED = "名单已导出" | "List exported";
}

/// 12天前走访; None when nobody was ever there.
pub fn visited(days: Option<i64>) -> String {
    match days {
        None => t(NEVER_VISITED).to_owned(),
        Some(..=0) => t(VISITED_TODAY).to_owned(),
        Some(1) => t(VISITED_YESTERDAY).to_owned(),
        Some(days @ 2..=99) => fill(VISITED_DAYS, &[("n", &days)]),
        Some(days @ 100..=729) => fill(VISITED_MONTHS, &[("n", &(days / 30))]),
        Some(days) => fill(VISITED_YEARS, &[("n", &(days / 365))]),
    }
}

pub fn promise_by(by: PromiseBy) -> &'static str {
    t(match by {
        PromiseBy::Us => BY_US,
        PromiseBy::Customer => BY_CUSTOMER,
    })
}

/// `A、B`, `A, B`
pub fn listed(items: &[String]) -> String {
    items.join(t(Words { zh: "、", en: ", " }))
}
