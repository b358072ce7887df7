//! Words used on more than one page. A page's own words stand in `words/<page>.rs`.

use crate::i18n::{Words, t};
use crate::words;
use domain::call::CallOutcome;
use domain::conflict::ContactField;
use domain::contact::ContactRole;
use domain::contract::ContractState;
use domain::customer::{CustomerField, CustomerType};
use domain::mark::MarkKind;
use domain::mask;
use domain::organisation::Role;
use domain::promise::PromiseState;
use domain::task::TaskState;
use domain::visit::{Mood, ProductOutcome, VisitState};

pub mod administration;
pub mod attention;
pub mod capacity;
pub mod cover;
pub mod customers;
pub mod door;
mod edits;
pub mod frame;
pub mod hand_over;
pub mod import;
pub mod migration;
pub mod online;
pub mod plan;
pub mod rules;
pub mod settings;
pub mod setup;
pub mod take_over;
pub mod team;
pub mod tiers;
pub mod today;
pub mod visit;
pub mod visits;

pub use edits::{Numbers, mutation, mutation_text, rejection};

words! {
    TODAY = "今天" | "Today";
    CUSTOMERS = "客户" | "Customers";
    VISITS = "走访" | "Visits";
    IMPORT = "导入" | "Import";
    TEAM = "团队" | "Team";
    HAND_OVER = "移交" | "Hand over";
    SETTINGS = "设置" | "Settings";
    ADMINISTRATION = "管理" | "Admin";
    ATTENTION = "待处理" | "Needs attention";
    SEARCH_CUSTOMERS = "搜索客户" | "Search customers";
    SEARCH_HINT = "姓名、拼音、尾号、地址" | "Name, pinyin, digits, address";

    MONTH_ON = "一个月" | "A month";
    QUARTER_END = "季末" | "Quarter end";
    YEAR_END = "年底" | "Year end";
    YESTERDAY = "昨天" | "Yesterday";
    RING = "走访{done}/{required}" | "Visits {done} of {required}";
    RECORD_VISIT = "记录走访" | "Record visit";
    PLAN_VISIT = "计划走访" | "Plan visit";
    EDIT = "编辑" | "Edit";
    VISIT_HISTORY = "走访记录" | "Visit history";
    PROMISES = "承诺" | "Promises";

    SAVE = "保存" | "Save";
    CANCEL = "取消" | "Cancel";
    CLOSE = "关闭" | "Close";
    UNSAVED = "写的还没有保存。" | "What you wrote is not saved yet.";
    DISCARD = "放弃" | "Discard";
    GO_ON = "接着写" | "Go on writing";
    BACK = "返回" | "Back";
    DONE = "完成" | "Done";
    UNDO = "撤销" | "Undo";
    RETRY = "再试一次" | "Try again";
    ALL = "全部" | "All";
    NONE = "无" | "None";
    OTHER = "其他" | "Other";
    PENDING = "待同步" | "Waiting to sync";
    NO_SUCH_PAGE = "没有这一页" | "No such page";
    NO_SUCH_PAGE_SAY = "地址可能写错了，或者这一页已经搬走。你的资料都在。" | "The address may be wrong or the page has moved. Your data is all here.";
    ONLINE_ONLY = "现在离线，这一页要联网。你已填的都留着，联网后再试。" | "You are offline and this page needs the network. What you entered is kept; try again when connected.";

    NOT_SAVED_FULL = "没有存下来：这台设备满了。填的都还在这一页，先别关；腾出空间再存一次。" | "Not saved: this device is full. Everything you entered is still on this page; free some space and save again.";
    NOT_SAVED_BROKEN = "没有存下来：浏览器的存储出了问题。填的都还在这一页，请再存一次。" | "Not saved: the browser's storage failed. Everything you entered is still on this page; please save again.";
}

pub fn role(role: Role) -> &'static str {
    t(match role {
        Role::Manager => Words { zh: "客户经理", en: "Customer manager" },
        Role::Desk => Words { zh: "柜台", en: "Desk" },
        Role::Lead => Words { zh: "主管", en: "Team lead" },
        Role::Administrator => Words { zh: "管理员", en: "Administrator" },
        Role::Auditor => Words { zh: "稽查", en: "Auditor" },
    })
}

pub fn customer_type(kind: CustomerType) -> &'static str {
    t(match kind {
        CustomerType::Person => Words { zh: "个人", en: "Person" },
        CustomerType::SoleTrader => Words { zh: "个体工商户", en: "Sole trader" },
        CustomerType::Company => Words { zh: "企业", en: "Company" },
    })
}

pub fn contact_role(role: ContactRole) -> &'static str {
    t(match role {
        ContactRole::Decides => Words { zh: "决策", en: "Decides" },
        ContactRole::Influences => Words { zh: "影响", en: "Influences" },
        ContactRole::Uses => Words { zh: "使用", en: "Uses" },
        ContactRole::Finance => Words { zh: "财务", en: "Finance" },
        ContactRole::Family => Words { zh: "家人", en: "Family" },
        ContactRole::Other => OTHER,
    })
}

pub fn customer_field(field: CustomerField) -> &'static str {
    t(match field {
        CustomerField::Name => Words { zh: "名称", en: "Name" },
        CustomerField::CustomerType => Words { zh: "客户类型", en: "Type" },
        CustomerField::Phone => Words { zh: "手机号", en: "Phone" },
        CustomerField::Address => Words { zh: "联系地址", en: "Address" },
        CustomerField::Industry => Words { zh: "行业", en: "Industry" },
        CustomerField::Birthday => Words { zh: "生日", en: "Birthday" },
        CustomerField::Remark => Words { zh: "备注", en: "Remark" },
        CustomerField::LunarBirthday => Words { zh: "农历生日", en: "Lunar birthday" },
    })
}

pub fn contact_field(field: ContactField) -> &'static str {
    t(match field {
        ContactField::Name => Words { zh: "姓名", en: "Name" },
        ContactField::Role => Words { zh: "作用", en: "Role" },
        ContactField::Relation => Words { zh: "关系或职务", en: "Relation or title" },
        ContactField::Phone => Words { zh: "电话", en: "Phone" },
    })
}

pub fn mood(mood: Mood) -> &'static str {
    t(match mood {
        Mood::Cold => Words { zh: "冷淡", en: "Cold" },
        Mood::Calm => Words { zh: "平静", en: "Calm" },
        Mood::Content => Words { zh: "满意", en: "Content" },
        Mood::Warm => Words { zh: "热情", en: "Warm" },
    })
}

pub fn product_outcome(outcome: ProductOutcome) -> &'static str {
    t(match outcome {
        ProductOutcome::Told => Words { zh: "介绍", en: "Told" },
        ProductOutcome::Interested => Words { zh: "有意", en: "Interested" },
        ProductOutcome::Sold => Words { zh: "办成", en: "Sold" },
        ProductOutcome::Declined => Words { zh: "不要", en: "Declined" },
    })
}

pub fn visit_state(state: VisitState) -> &'static str {
    t(match state {
        VisitState::Planned => Words { zh: "计划", en: "Planned" },
        VisitState::Done => Words { zh: "已走访", en: "Visited" },
        VisitState::Skipped => Words { zh: "已跳过", en: "Skipped" },
        VisitState::Cancelled => Words { zh: "已取消", en: "Cancelled" },
    })
}

pub fn promise_state(state: PromiseState) -> &'static str {
    t(match state {
        PromiseState::Open => Words { zh: "未完成", en: "Open" },
        PromiseState::Kept => Words { zh: "已兑现", en: "Kept" },
        PromiseState::Broken => Words { zh: "未兑现", en: "Broken" },
        PromiseState::Withdrawn => Words { zh: "不再需要", en: "Withdrawn" },
    })
}

/// A canonical value of a customer's field as a person reads it; a number masked.
pub fn customer_value(field: CustomerField, value: &str) -> String {
    match field {
        CustomerField::Phone => mask::phone(value),
        CustomerField::CustomerType => {
            CustomerType::from_word(value).map(customer_type).unwrap_or(value).to_owned()
        }
        _ => value.to_owned(),
    }
}

/// The same of a contact's field.
pub fn contact_value(field: ContactField, value: &str) -> String {
    match field {
        ContactField::Phone => mask::phone(value),
        ContactField::Role => ContactRole::from_word(value).map(contact_role).unwrap_or(value).to_owned(),
        _ => value.to_owned(),
    }
}

pub fn call_outcome(outcome: CallOutcome) -> &'static str {
    t(match outcome {
        CallOutcome::Reached => Words { zh: "接通", en: "Reached" },
        CallOutcome::NoAnswer => Words { zh: "没接", en: "No answer" },
        CallOutcome::CalledUs => Words { zh: "来电", en: "Called us" },
    })
}

pub fn contract_state(state: ContractState) -> &'static str {
    t(match state {
        ContractState::Running => Words { zh: "在期", en: "Running" },
        ContractState::Renewed => Words { zh: "已续", en: "Renewed" },
        ContractState::Ended => Words { zh: "已结束", en: "Ended" },
    })
}

pub fn task_state(state: TaskState) -> &'static str {
    t(match state {
        TaskState::Open => Words { zh: "未完成", en: "Open" },
        TaskState::Done => Words { zh: "已完成", en: "Done" },
        TaskState::Dropped => Words { zh: "不再需要", en: "Dropped" },
    })
}

pub fn mark(mark: MarkKind) -> &'static str {
    t(match mark {
        MarkKind::Important => Words { zh: "重点", en: "Important" },
        MarkKind::Routine => Words { zh: "常规", en: "Routine" },
        MarkKind::CallFirst => Words { zh: "先打电话", en: "Call first" },
        MarkKind::Later => Words { zh: "以后再看", en: "Later" },
    })
}
