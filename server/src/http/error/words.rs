//! What a refusal says in the person's language: what happened, what was kept, what to do.

use super::{Error, field_of};
use crate::http::Language;
use crate::import::ReadError;
use domain::rejection::Rejection;

impl Error {
    pub(super) fn words(&self, language: Language) -> String {
        let (chinese, english): (&str, &str) = match self {
            Self::NotSignedIn => (
                "登录已失效。没上传的内容都还在这台设备上，重新登录后会接着上传。",
                "You are signed out. What has not been uploaded is still on this device and goes on after you sign in again.",
            ),
            Self::WrongPassword { tries_left } => return wrong_password(*tries_left, language),
            Self::LockedOut { seconds } => return locked_out(*seconds, language),
            Self::DeviceRevoked { .. } => (
                "这台设备已被撤销，资料会从上面清除。要继续使用，请联系管理员。",
                "This device has been revoked; its data will be removed. Ask your administrator to use it again.",
            ),
            Self::NotAllowed => (
                "您的角色不能做这件事，什么也没有改动。需要时请联系主管或管理员。",
                "Your role does not allow this; nothing was changed. Ask your team lead or administrator.",
            ),
            Self::CrossSite => (
                "这个请求不是从本应用发出的，已拒绝，什么也没有改动。请从应用里操作。",
                "This request did not come from the app and was refused; nothing was changed. Please use the app.",
            ),
            Self::NotFound => (
                "没有找到。它可能已被删除或移交，请返回后再看。",
                "Not found. It may have been deleted or handed over; go back and look again.",
            ),
            Self::MethodNotAllowed | Self::Malformed => (
                "服务器看不懂这个请求，什么也没有改动。请更新应用后再试。",
                "The server does not understand this request; nothing was changed. Update the app and try again.",
            ),
            Self::TooLarge => (
                "内容太大，没有接收。请减小后再试。",
                "This is too large and was not taken. Make it smaller and try again.",
            ),
            Self::TooSlow => (
                "网络太慢，没有收完，什么也没有改动。请稍后再试。",
                "The network was too slow and the request did not arrive whole; nothing was changed. Try again later.",
            ),
            Self::Refused(rejection) => return refused(rejection, language),
            Self::NumberInUse => (
                "这个工号已有人使用，没有保存。请换一个。",
                "This employee number is in use; nothing was saved. Choose another.",
            ),
            Self::WrongCurrentPassword => (
                "现在的密码不对，密码没有改。",
                "The current password is wrong; the password was not changed.",
            ),
            Self::Gap { .. } => (
                "上传的顺序接不上，这一批没有处理，内容都还在这台设备上，会自动重新上传。",
                "The upload does not follow the last one and was not processed. Everything is still on this device and will be sent again.",
            ),
            Self::OtherDevice => (
                "登录的是另一台设备，这一批没有处理，内容都还在。请重新登录。",
                "The session belongs to another device; nothing was processed or lost. Please sign in again.",
            ),
            Self::AppTooOld => (
                "应用版本太旧，这一批没有处理，内容都还在这台设备上。请更新应用。",
                "The app is too old; nothing was processed, everything is still on this device. Please update the app.",
            ),
            Self::NotYet => (
                "照片所属的记录还没有上传，稍后会自动再传。",
                "The record this photo belongs to has not been uploaded yet; it will be tried again.",
            ),
            Self::NotAPhoto => (
                "这不是可用的JPEG照片，没有保存。请重新拍一张。",
                "This is not a usable JPEG photo and was not saved. Please take another.",
            ),
            Self::List(error) => return list_words(error, language),
            Self::ImportRunning => (
                "正在导入，先等它做完或停下。",
                "The import is running; wait for it to finish, or stop it first.",
            ),
            Self::ImportNotWaiting => (
                "这次导入已经做过了。要再导，请重新选择文件。",
                "This import has already run. Choose the file again to import it once more.",
            ),
            Self::OwnAccount => (
                "不能停用自己的账号或改掉自己的管理员角色，什么也没有改动。",
                "You cannot deactivate yourself or give up your own administrator role; nothing was changed.",
            ),
            Self::SetUpAlready => (
                "这个链接已经用过或不对。请看服务器控制台上最新的链接，或直接登录。",
                "This link has been used or is wrong. Use the latest link on the server's console, or sign in.",
            ),
            Self::DraftChanged => (
                "这份草稿刚才已被保存、发布或放弃过，没有再保存。您写的还在这一页上，请先看看现在的版本再决定。",
                "This draft was saved, published or discarded meanwhile, so nothing was saved. What you wrote is still on this page; look at the draft as it is now first.",
            ),
            Self::RuleFaults(faults) => return rule_faults(faults.len(), language),
            Self::Slow | Self::Busy => (
                "服务器正忙，没有处理，什么也没有丢。请稍后再试。",
                "The server is busy; nothing was processed or lost. Try again in a moment.",
            ),
            Self::Away => (
                "服务器暂时连不上数据库，没有处理，什么也没有丢。恢复后会自动继续。",
                "The server cannot reach its database; nothing was processed or lost. It goes on by itself once it can.",
            ),
            Self::Database(_) | Self::Password(_) | Self::Photos(_) | Self::Random(_) | Self::Internal(_) => {
                (
                    "服务器出错了，没有保存。请稍后再试；若一直这样，请告诉管理员。",
                    "Something went wrong on the server; nothing was saved. Try again later, and tell your administrator if it stays.",
                )
            }
        };
        language.pick(chinese, english)
    }
}

fn wrong_password(tries_left: u32, language: Language) -> String {
    language.pick(
        format!("工号或密码不对。还可以试{tries_left}次，之后等15分钟。"),
        format!("Wrong number or password. {tries_left} more tries, then a wait of 15 minutes."),
    )
}

fn locked_out(seconds: u32, language: Language) -> String {
    let minutes = seconds.div_ceil(60);
    language.pick(
        format!("试的次数太多，请过{minutes}分钟再试。没上传的内容都还在。"),
        format!("Too many tries; wait {minutes} minutes. What has not been uploaded is kept."),
    )
}

fn rule_faults(count: usize, language: Language) -> String {
    language.pick(
        format!("还有{count}处要改，没有发布，草稿都在。请按标出的地方改好后再发布。"),
        format!("{count} things to mend first; nothing was published and the draft is kept."),
    )
}

fn list_words(error: &ReadError, language: Language) -> String {
    let words = error.words();
    language.pick(words.zh, words.en)
}

fn refused(rejection: &Rejection, language: Language) -> String {
    let field = field_of(rejection).map(|field| field_words(field, language)).unwrap_or_default();
    match rejection {
        Rejection::Missing { .. } => language
            .pick(format!("请填写{field}，没有保存。"), format!("{field} is missing; nothing was saved.")),
        Rejection::TooLong { max, .. } => language.pick(
            format!("{field}太长，最多{max}个字，没有保存。"),
            format!("{field} is too long, at most {max} characters; nothing was saved."),
        ),
        Rejection::Invalid { .. } | Rejection::DateOutOfRange { .. } => language
            .pick(format!("{field}不对，没有保存。"), format!("{field} is not valid; nothing was saved.")),
        Rejection::TooMany { max } => language.pick(
            format!("一次最多{max}项，没有处理，请分几次。"),
            format!("At most {max} at once; nothing was processed. Please split it."),
        ),
        _ => language.pick("不能这样做，什么也没有改动。", "This cannot be done; nothing was changed."),
    }
}

fn field_words(field: &str, language: Language) -> &'static str {
    let (chinese, english) = match field {
        "employee_no" => ("工号", "Employee number"),
        "name" => ("名称", "Name"),
        "organisation_name" => ("机构名称", "Organisation name"),
        "password" | "new" => ("密码（至少12个字）", "Password (at least 12 characters)"),
        "parent_id" => ("上级机构", "Parent org unit"),
        "org_unit_id" => ("机构", "Org unit"),
        "holder_id" => ("客户经理", "Holder"),
        "device_name" => ("设备名称", "Device name"),
        "to_book" => ("移交到的管户簿", "Book to hand over to"),
        "columns" => ("列的对应", "Columns"),
        _ => ("这一项", "This field"),
    };
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}
