//! Words of the sign-in page.

use crate::i18n::{Words, fill, moment, t};
use crate::words;
use domain::time::Date;
use domain::wire::LeftBehind;

words! {
    SIGN_IN = "登录" | "Sign in";
    EMPLOYEE_NO = "工号" | "Employee number";
    PASSWORD = "密码" | "Password";
    SIGNING_IN = "正在登录" | "Signing in";
    FIRST_TIME = "第一次在这台设备登录要联网，会取回你的管户簿。" | "The first sign-in on this device needs the network and fetches your book.";
    UNLOCK_HINT = "密码在本机打开加密的资料，不经过网络也能用。" | "The password opens the encrypted data on this device, with or without network.";
    PEOPLE_HERE = "这台设备上的人" | "People on this device";
    OTHER_PERSON = "用别的工号登录" | "Sign in as someone else";
    OTHER_PERSON_SAY = "第一次要联网" | "Needs the network the first time";
    ALL_SYNCED = "都已同步" | "all synced";
    SOME_PENDING = "{n}项待同步" | "{n} waiting to sync";
    WRONG_HERE = "密码不对。没上传的仍加密存着。" | "Wrong password. Whatever is unsent stays encrypted here.";
    NO_NETWORK = "连不上服务器。第一次在这台设备登录要联网，请连上网络再试。" | "The server cannot be reached. The first sign-in on this device needs the network; connect and try again.";
    LEASE_OVER = "离线太久，联网登录一次才能再看。没上传的{n}项都在，不会丢。" | "Offline for too long: connect once to read again. {n} unsent {n:item is|items are} safe.";
    STORE_FULL = "这台设备满了，进不去。腾出一些空间再试；这里存着的都还在。" | "This device is full, so nobody can come in. Free some space and try again; everything stored here is still there.";
    STORE_BROKEN = "这台设备上的资料打不开。请联网后用别的方式登录，或找管理员。" | "The data on this device cannot be opened. Connect and sign in again, or ask your administrator.";
    LEFT_BEHIND = "{device}：{n}项（{when}报的）" | "{device}: {n} (reported {when})";
    LEFT_BEHIND_SAY = "你在别的设备上还有没上传的改动。{devices}。设备还在的话，联网就会上传；如果就是这台被清掉了资料，请核对那时的走访。" | "Other devices of yours still hold unsent edits. {devices}. A device that is still there uploads them when it connects; if it was this one and it has been cleared, please check the visits of that time.";
    EVICTED = "浏览器清掉了这台设备上的资料，已重新取回。之前报告过有{n}项没上传，请核对这些走访。" | "The browser cleared the data on this device and it has been fetched again. {n} {n:item|items} had been reported as not uploaded; please check those visits.";
    ONLINE = "在线" | "Online";
    THIS_DEVICE = "这台设备" | "This device";
    PEOPLE_SEALED = "{n}人的资料，均已加密" | "data of {n} {n:person|people}, all encrypted";
    NOBODY_YET = "还没有资料" | "no data yet";
    OFFLINE_UNTIL = "离线可用到" | "Works offline until";
    FILL_BOTH = "请填工号和密码。" | "Enter employee number and password.";
    REVOKED = "这台设备已被撤销，上面的资料和钥匙已清除。要再用，请联网重新登录；有疑问找管理员。" | "This device was revoked; its data and keys have been removed. Sign in again to use it, or ask your administrator.";
    CHANGED_ELSEWHERE = "密码在别处改过了，这里还要用旧密码解锁一次；没上传的都在。" | "The password was changed elsewhere; here the old one is needed once more. Unsent work is safe.";
}

/// What this person's other devices reported as unsent, where this one may be one of them, cleared.
pub fn left_behind(left: &[LeftBehind], today: Date) -> String {
    let one = |left: &LeftBehind| {
        let when = moment(left.last_contact_at, today);
        fill(LEFT_BEHIND, &[("device", &left.device_name), ("n", &left.pending), ("when", &when)])
    };
    let devices: Vec<String> = left.iter().map(one).collect();
    fill(LEFT_BEHIND_SAY, &[("devices", &devices.join(t(Words { zh: "；", en: "; " })))])
}
