//! Edits in words, for the outbox and 待处理: what kind, what was written, and why one was refused.

use crate::i18n::{Words, amount, day, fill, t};
use crate::words::{
    NONE, call_outcome, contact_field, contact_value, contract_state, customer_field, customer_value, mark,
    promise_state, task_state,
};
use domain::conflict::ContactField;
use domain::customer::CustomerField;
use domain::mutation::Mutation;
use domain::rejection::Rejection;
use domain::time::Date;

/// What kind of edit this is, for the outbox and 待处理.
pub fn mutation(mutation: &Mutation) -> &'static str {
    t(match mutation {
        Mutation::AddCustomer(_) => Words { zh: "新建客户", en: "New customer" },
        Mutation::EditCustomer(_) => Words { zh: "修改资料", en: "Edited facts" },
        Mutation::RevealPhone(_) => Words { zh: "查看号码", en: "Looked at a number" },
        Mutation::ExportVisits(_) => Words { zh: "走访导出到日历", en: "Exported visits" },
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
        Mutation::RecordCall(_) => Words { zh: "电访记录", en: "Call" },
        Mutation::ReportEvent(_) => Words { zh: "报告事件", en: "Reported event" },
        Mutation::AnswerEvent(_) => Words { zh: "为事件走访", en: "Visited for an event" },
        Mutation::RemoveEvent(_) => Words { zh: "删除事件", en: "Removed event" },
        Mutation::AddContract(_) => Words { zh: "新合同", en: "New contract" },
        Mutation::SettleContract(_) => Words { zh: "了结合同", en: "Settled contract" },
        Mutation::AddTask(_) => Words { zh: "新任务", en: "New task" },
        Mutation::SettleTask(_) => Words { zh: "了结任务", en: "Settled task" },
        Mutation::SetTier(_) => Words { zh: "认定等级", en: "Set tier" },
        Mutation::EndTierOverride(_) => Words { zh: "撤销认定", en: "Ended set tier" },
        Mutation::SetTierGoal(_) => Words { zh: "迁徙计划", en: "Tier goal" },
        Mutation::MarkCustomer(_) => Words { zh: "标记", en: "Mark" },
        Mutation::PrepareVisit(_) => Words { zh: "备料", en: "Prepared visit" },
    })
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
        Mutation::RecordCall(call) if call.summary.is_empty() => call_outcome(call.outcome).to_owned(),
        Mutation::RecordCall(call) => call.summary.clone(),
        Mutation::ReportEvent(event) => event.note.clone().unwrap_or_else(|| day(event.on, today)),
        Mutation::AddContract(contract) => {
            let sum = contract.amount.map(|sum| format!(" · {}", amount(sum))).unwrap_or_default();
            format!("{} · {}{sum}", contract.name, day(contract.ends_on, today))
        }
        Mutation::SettleContract(settled) => contract_state(settled.state).to_owned(),
        Mutation::AddTask(task) => task.text.clone(),
        Mutation::SettleTask(settled) => task_state(settled.state).to_owned(),
        Mutation::SetTier(set) => set.reason.clone(),
        Mutation::SetTierGoal(set) => {
            set.goal.as_ref().map_or_else(|| t(NONE).to_owned(), |goal| day(goal.by, today))
        }
        Mutation::MarkCustomer(marked) => marked.mark.map_or(t(NONE), mark).to_owned(),
        Mutation::PrepareVisit(prepared) => {
            prepared.bring.iter().map(|item| item.what.as_str()).collect::<Vec<_>>().join(" · ")
        }
        Mutation::AnswerEvent(_)
        | Mutation::RemoveEvent(_)
        | Mutation::EndTierOverride(_)
        | Mutation::RemoveContact(_)
        | Mutation::RemovePhoto(_)
        | Mutation::RevealPhone(_)
        | Mutation::ExportVisits(_)
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
        "ends_on" => Words { zh: "到期日", en: "End date" },
        "amount" => Words { zh: "金额", en: "Amount" },
        "contract" => Words { zh: "合同名称", en: "Contract" },
        "task" => Words { zh: "任务", en: "Task" },
        "tier" => Words { zh: "等级", en: "Tier" },
        "until" => Words { zh: "截止日", en: "Last day" },
        "minutes" => Words { zh: "时长", en: "Minutes" },
        "bring" => Words { zh: "要带的", en: "What to bring" },
        "event" => Words { zh: "事件", en: "Event" },
        "lunar_birthday" => Words { zh: "农历生日", en: "Lunar birthday" },
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
