//! Words of the frame: rail, bar, status pill and its sheet.

use crate::words;

words! {
    NAVIGATION = "主导航" | "Main navigation";
    LOOKS = "外观" | "Appearance";
    LOOKS_HINT = "深色或浅色" | "Dark or light";
    LOCK = "锁定或换人" | "Lock or switch person";

    ONLINE_SYNCED = "在线 · 已同步" | "Online · synced";
    OFFLINE = "离线" | "Offline";
    WAITING = "待同步 {n}" | "To sync {n}";
    OFFLINE_WAITING = "离线 · 待同步 {n}" | "Offline · to sync {n}";
    SYNCING = "正在同步" | "Syncing";
    ATTENTION_COUNT = "待处理 {n}" | "Attention {n}";
    NOT_SAVED = "未能保存" | "Not saved";
    SIGN_IN_AGAIN = "请重新登录" | "Sign in again";

    OUTBOX = "同步情况" | "Sync";
    OUTBOX_EMPTY = "都已到行里。" | "Everything has reached the branch.";
    OUTBOX_SAY = "这些已加密存在这台设备上，联网后自动上传，不用你点。" | "These are stored encrypted on this device and upload by themselves when connected.";
    REFUSED_SAY = "服务器没有接受，你写的都留着。" | "The server did not accept these; everything you wrote is kept.";
    MEMORY_ONLY = "这个浏览器不让存资料（可能是无痕窗口），只能联网用，关掉前请等到“已同步”。" | "This browser does not let the app store anything (perhaps a private window). It works online only; wait for “synced” before closing.";
    SESSION_ENDED = "登录过期了" | "Your session has ended";
    SESSION_ENDED_SAY = "没上传的{n}项都留着，登录后接着传。" | "{n} unsent {n:item is|items are} kept and will upload after you sign in.";
    UPDATE_READY = "新版已备好，换上要2秒，没上传的都在。" | "A new version is ready. Switching takes two seconds and keeps everything unsent.";
    UPDATE_NOW = "换上新版" | "Switch now";
    UPDATE_LATER = "以后再说" | "Later";
    NOTICE = "请留意" | "Please note";
    REVOKED_TITLE = "这台设备已被撤销" | "This device was revoked";
    REVOKED = "这台设备上的资料和钥匙已清除。要再用，请联网重新登录；有疑问找管理员。" | "Its data and keys have been removed. Sign in again to use it, or ask your administrator.";
}
