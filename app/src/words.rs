//! Words used on more than one page. A page's own words stand in `words/<page>.rs`.

use crate::i18n::{Words, day, fill, t};
use crate::words;
use domain::conflict::ContactField;
use domain::contact::ContactRole;
use domain::customer::{CustomerField, CustomerType};
use domain::mask;
use domain::mutation::Mutation;
use domain::organisation::Role;
use domain::promise::PromiseState;
use domain::rejection::Rejection;
use domain::time::Date;
use domain::visit::{Mood, ProductOutcome, VisitState};

pub mod administration;
pub mod attention;
pub mod customers;
pub mod door;
pub mod frame;
pub mod hand_over;
pub mod import;
pub mod online;
pub mod settings;
pub mod setup;
pub mod team;
pub mod today;
pub mod visit;
pub mod visits;

words! {
    TODAY = "今天" | "Today";
    CUSTOMERS = "客户" | "Customers";
    VISITS = "走访" | "Visits";
    IMPORT = "导入" | "Import";
    TEAM = "团队" | "Team";
    HAND_OVER = "移交" | "Hand over";
    SETTINGS = "设置" | "Settings";
    ADMINISTRATION = "管理" | "Administration";
    ATTENTION = "待处理" | "Needs attention";
    SEARCH_CUSTOMERS = "搜索客户" | "Search customers";
    SEARCH_HINT = "姓名、拼音、尾号、地址" | "Name, pinyin, digits, address";

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

/// What kind of edit this is, for the outbox and 待处理.
pub fn mutation(mutation: &Mutation) -> &'static str {
    t(match mutation {
        Mutation::AddCustomer(_) => Words { zh: "新建客户", en: "New customer" },
        Mutation::EditCustomer(_) => Words { zh: "修改资料", en: "Edited facts" },
        Mutation::RevealPhone(_) => Words { zh: "查看号码", en: "Looked at a number" },
        Mutation::AddContact(_) => Words { zh: "新联系人", en: "New contact" },
        Mutation::EditContact(_) => Words { zh: "修改联系人", en: "Edited contact" },
        Mutation::RemoveContact(_) => Words { zh: "删除联系人", en: "Removed contact" },
        Mutation::AddNote(_) => Words { zh: "备忘", en: "Note" },
        Mutation::AddPhoto(_) => Words { zh: "照片", en: "Photo" },
        Mutation::RemovePhoto(_) => Words { zh: "删除照片", en: "Removed photo" },
        Mutation::RecordVisit(_) => Words { zh: "走访记录", en: "Visit" },
        Mutation::PlanVisit(_) => Words { zh: "计划走访", en: "Planned visit" },
        Mutation::RescheduleVisit(_) => Words { zh: "改期", en: "Moved visit" },
        Mutation::SkipVisit(_) => Words { zh: "跳过走访", en: "Skipped visit" },
        Mutation::CancelVisit(_) => Words { zh: "取消走访", en: "Cancelled visit" },
        Mutation::MakePromise(_) => Words { zh: "新承诺", en: "New promise" },
        Mutation::SettlePromise(_) => Words { zh: "了结承诺", en: "Settled promise" },
        Mutation::SettleConflict(_) => Words { zh: "定下冲突", en: "Settled conflict" },
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

/// How numbers stand in a line.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Numbers {
    Masked,
    /// What was refused must be there to be used elsewhere.
    Whole,
}

/// What the person wrote, in one line, for the outbox and 待处理. Empty when there is nothing to tell.
pub fn mutation_text(mutation: &Mutation, numbers: Numbers, today: Date) -> String {
    let changed = |field: &str, is_number: bool, new: Option<&str>, read: &dyn Fn(&str) -> String| match new {
        None => format!("{field} {}", t(NONE)),
        Some(new) if is_number && numbers == Numbers::Whole => format!("{field} {new}"),
        Some(new) => format!("{field} {}", read(new)),
    };
    match mutation {
        Mutation::RecordVisit(visit) => visit.report.summary.clone(),
        Mutation::PlanVisit(plan) => plan.purpose.clone().unwrap_or_else(|| day(plan.on, today)),
        Mutation::RescheduleVisit(visit) => day(visit.on, today),
        Mutation::SkipVisit(visit) => visit.reason.clone(),
        Mutation::CancelVisit(visit) => visit.reason.clone(),
        Mutation::AddNote(note) => note.text.clone(),
        Mutation::AddContact(contact) => contact.name.clone(),
        Mutation::MakePromise(made) => made.promise.text.clone(),
        Mutation::SettlePromise(settled) => promise_state(settled.state).to_owned(),
        Mutation::AddPhoto(photo) => photo.caption.clone().unwrap_or_default(),
        Mutation::AddCustomer(customer) => customer.name.clone(),
        Mutation::EditCustomer(edit) => edit
            .edits
            .iter()
            .map(|edit| {
                let is_number = edit.field == CustomerField::Phone;
                let read = |new: &str| customer_value(edit.field, new);
                changed(customer_field(edit.field), is_number, edit.new.as_deref(), &read)
            })
            .collect::<Vec<_>>()
            .join(" · "),
        Mutation::EditContact(edit) => edit
            .edits
            .iter()
            .map(|edit| {
                let is_number = edit.field == ContactField::Phone;
                let read = |new: &str| contact_value(edit.field, new);
                changed(contact_field(edit.field), is_number, edit.new.as_deref(), &read)
            })
            .collect::<Vec<_>>()
            .join(" · "),
        Mutation::RemoveContact(_)
        | Mutation::RemovePhoto(_)
        | Mutation::RevealPhone(_)
        | Mutation::SettleConflict(_) => String::new(),
    }
}

/// A field's name in a rejection, as the person knows it.
fn field(word: &str) -> &'static str {
    t(match word {
        "name" => Words { zh: "名称", en: "Name" },
        "phone" => Words { zh: "电话", en: "Phone" },
        "address" => Words { zh: "地址", en: "Address" },
        "industry" => Words { zh: "行业", en: "Industry" },
        "birthday" => Words { zh: "生日", en: "Birthday" },
        "remark" => Words { zh: "备注", en: "Remark" },
        "relation" => Words { zh: "关系或职务", en: "Relation or title" },
        "summary" => Words { zh: "摘要", en: "Summary" },
        "next_step" => Words { zh: "下一步", en: "Next step" },
        "next_step_on" => Words { zh: "下一步日期", en: "Next step date" },
        "on" => Words { zh: "日期", en: "Date" },
        "due_on" => Words { zh: "到期日", en: "Due date" },
        "promise" => Words { zh: "承诺", en: "Promise" },
        "reason" => Words { zh: "原因", en: "Reason" },
        "text" => Words { zh: "备忘", en: "Note" },
        "photo" => Words { zh: "照片", en: "Photo" },
        "customer_no" => Words { zh: "客户编号", en: "Customer number" },
        "purpose" => Words { zh: "事由", en: "Purpose" },
        _ => Words { zh: "这一项", en: "This field" },
    })
}

/// What happened and what to do; what was kept is the caller's to say.
pub fn rejection(rejection: &Rejection) -> String {
    match rejection {
        Rejection::Gone => t(Words {
            zh: "这位客户或这条记录已不在你的管户簿里，可能刚被移交。",
            en: "This customer or record is no longer in your book; it may have been handed over.",
        })
        .to_owned(),
        Rejection::NotAllowed => t(Words {
            zh: "你的岗位不能做这一步，请找主管。",
            en: "Your role may not do this; ask your team lead.",
        })
        .to_owned(),
        Rejection::Missing { field: word } => {
            fill(Words { zh: "{field}还没有填。", en: "{field} is missing." }, &[("field", &field(word))])
        }
        Rejection::TooLong { field: word, max } => fill(
            Words { zh: "{field}太长，最多{max}。", en: "{field} is too long, at most {max}." },
            &[("field", &field(word)), ("max", max)],
        ),
        Rejection::Invalid { field: word } => fill(
            Words { zh: "{field}填得不对，请检查。", en: "{field} is not valid; please check it." },
            &[("field", &field(word))],
        ),
        Rejection::DateOutOfRange { field: word } => fill(
            Words {
                zh: "{field}离今天太远，请检查年月日。",
                en: "{field} is too far from today; check the date.",
            },
            &[("field", &field(word))],
        ),
        Rejection::AlreadyDone => t(Words {
            zh: "这次走访已经记录、跳过或取消过了。",
            en: "This visit has already been recorded, skipped or cancelled.",
        })
        .to_owned(),
        Rejection::AlreadySettled => t(Words {
            zh: "别人已经先定了，另一个值生效。",
            en: "Somebody else settled it first; the other value stands.",
        })
        .to_owned(),
        Rejection::IdTaken => {
            t(Words { zh: "这条记录已经存在。", en: "This record already exists." }).to_owned()
        }
        Rejection::NumberTaken => t(Words {
            zh: "这个客户编号已经有人用了，请换一个。",
            en: "This customer number is already taken; choose another.",
        })
        .to_owned(),
        Rejection::TooMany { max } => {
            fill(Words { zh: "太多了，最多{max}项。", en: "Too many, at most {max}." }, &[("max", max)])
        }
        Rejection::NotUnderstood => t(Words {
            zh: "服务器还不认识这一步，升级后会再试。",
            en: "The server does not know this step yet; it will be tried again after its update.",
        })
        .to_owned(),
    }
}
