//! Words of 设置.

use crate::words;

words! {
    THIS_DEVICE = "这台设备" | "This device";
    ROOM_LEFT = "可用{size}" | "{size} free";
    HELD = "{n}位客户，都加密" | "{n} {n:customer|customers}, all encrypted";
    ROWS_HELD = "本机存{n}条资料" | "{n} {n:row|rows} held here";
    KEY_VISITS = "走访{n}次" | "{n} {n:visit|visits}";
    KEY_PHOTOS = "照片{n}张" | "{n} {n:photo|photos}";
    KEY_CUSTOMERS = "客户和联系人{n}" | "{n} {n:customer|customers} and contacts";
    KEY_OTHER = "承诺、备忘等{n}" | "{n} {n:promise|promises}, notes and others";
    KEPT_BAR = "本机资料按条数：走访{visits}，照片{photos}，客户和联系人{people}，其他{other}" | "Rows held: visits {visits}, photos {photos}, customers and contacts {people}, others {other}";
    LAST_CONTACT = "上次联网" | "Last contact";
    LAST_CONTACT_NEVER = "还没有联网过" | "Never yet";
    ONLINE_NOW = "现在连着行里" | "Connected to the branch";
    OFFLINE_NOW = "现在离线，改的都存在本机" | "Offline; every edit is stored here";
    SYNC_NOW = "现在同步" | "Sync now";
    PENDING_NONE = "都已到行里" | "Everything has reached the branch";
    PENDING_SOME = "联网后自动上传" | "Uploads by itself when connected";
    PENDING_COUNT = "{n}项" | "{n}";
    ATTENTION_SAY = "要你定的" | "For you to settle";
    PERSIST = "长期保存" | "Keep for good";
    PERSIST_YES_SAY = "空间紧张时浏览器也不会清掉" | "The browser will not clear it when space is short";
    PERSIST_NO_SAY = "浏览器没有答应；空间紧张时可能被清，常联网就不怕" | "The browser has not agreed; connect often";
    PERSIST_YES = "已允许" | "Allowed";
    PERSIST_ASK = "请求" | "Ask";
    PERSIST_REFUSED = "浏览器没有答应。装到主屏幕以后通常会答应。" | "The browser did not agree. After installing the app it usually does.";
    INSTALL = "装到主屏幕" | "Install";
    INSTALL_SAY = "没有网络也能从图标打开" | "Opens from its icon without network";
    INSTALL_DO = "安装" | "Install";
    INSTALLED = "已安装" | "Installed";
    INSTALL_BY_MENU = "用浏览器菜单里的“安装”或“添加到主屏幕”" | "Use “Install” or “Add to home screen” in the browser's menu";

    LOCKING = "锁定" | "Locking";
    LEASE = "离线能用到" | "Works offline until";
    LEASE_SAY = "到时只锁阅读，没上传的不会丢；联一次网就重算{n}小时" | "Then only reading locks and nothing unsent is lost; each contact starts another {n} {n:hour|hours}";
    LEASE_LEFT = "还剩{n}小时" | "{n} {n:hour|hours} left";
    LEASE_OVER = "已到期，请联网一次" | "Over; connect once";
    LOCK_NOW = "现在锁定" | "Lock now";

    PASSWORD = "密码" | "Password";
    PASSWORD_SAY = "改了以后，本机加密的钥匙也跟着换" | "The key on this device changes with it";
    PASSWORD_OFFLINE = "要联网才能改" | "Needs the network";
    PASSWORD_CHANGE = "改密码" | "Change";
    PASSWORD_CURRENT = "现在的密码" | "Current password";
    PASSWORD_NEW = "新密码" | "New password";
    PASSWORD_AGAIN = "再输一次新密码" | "New password again";
    PASSWORD_RULE = "至少{n}个字符。可以用几个词连起来，好记又难猜。" | "At least {n} characters. A few words in a row are easy to remember and hard to guess.";
    PASSWORD_SHORT = "新密码太短，至少{n}个字符。" | "The new password is too short: at least {n} characters.";
    PASSWORD_LONG = "新密码太长，最多{n}个字符。" | "The new password is too long: at most {n} characters.";
    PASSWORD_DIFFERS = "两次输的新密码不一样。" | "The two new passwords differ.";
    PASSWORD_SAME = "新密码和现在的一样。" | "The new password is the current one.";
    PASSWORD_MISSING = "请填现在的密码。" | "Enter the current password.";
    PASSWORD_CHANGED = "密码已改。别处的登录都已退出，下次用新密码。" | "Password changed. Other sessions have ended; use the new one from now on.";
    PASSWORD_DO = "改" | "Change";
    PASSWORD_FIRST = "换成自己的密码" | "Choose your own password";
    PASSWORD_FIRST_SAY = "现在的密码是管理员给的，只用这一次。换好就进去。" | "The present password was given by the administrator and works only once. Change it to go in.";
    PASSWORD_ONE_TIME = "一次性密码" | "One-time password";
    PASSWORD_LATER = "下次再说" | "Another time";
    PASSWORD_NOT = "不改" | "Keep";

    FRESH = "新版已备好" | "A new version is ready";
    FRESH_SAY = "换上要2秒，没上传的和写了一半的都在。" | "Switching takes two seconds and keeps everything unsent and half-written.";
    FRESH_DO = "换上新版" | "Switch now";

    MY_DEVICES = "我的设备" | "My devices";
    DEVICES_OFFLINE = "现在离线，联网后才看得到和管得了别的设备。" | "Offline: other devices can be seen and managed once you are connected.";
    DEVICES_NONE = "还没有在哪台设备上登录过。" | "Not signed in on any device yet.";
    DEVICE_IN_USE = "正在用" | "in use";
    DEVICE_REVOKED = "已撤销" | "revoked";
    DEVICE_PENDING = "机上有{n}项没上传" | "{n} unsent on it";
    DEVICE_SILENT = "{n}天没有联网" | "silent for {n} {n:day|days}";
    DEVICE_NEVER = "还没有联网过" | "never connected";
    REVOKE = "撤销" | "Revoke";
    REVOKE_NAMED = "撤销 {name}" | "Revoke {name}";
    REVOKE_TITLE = "撤销{name}" | "Revoke {name}";
    REVOKE_SAY = "它下次联网时会清掉钥匙和全部资料；一直不联网，过了离线期限也打不开。" | "At its next contact it forgets its key and all data; without contact it stops opening when its offline time is over.";
    REVOKE_PENDING = "它最后一次联网时还有{n}项没上传。" | "When last heard it had {n} unsent {n:item|items}.";
    REVOKE_UNSENT = "没上传的改动" | "Unsent work";
    REVOKE_TAKE = "先收下没上传的，再清除" | "Take unsent work, then erase";
    REVOKE_TAKE_SAY = "设备找得回、只是不再用时选。锁着的要本人解锁一次才收得到。" | "For a device that is no longer used. If it is locked, its owner has to unlock it once.";
    REVOKE_LOSE = "马上清除，没上传的不要" | "Erase at once, unsent work is lost";
    REVOKE_LOSE_SAY = "设备丢了或可能在别人手里时选。" | "For a device that is lost or may be in other hands.";
    REVOKE_LAST = "撤销以后不能恢复，要用得重新登录。" | "This cannot be undone; to use it again, sign in anew.";
    REVOKE_NOT = "不撤销" | "Keep";

    PEOPLE_HERE = "这台设备上的人" | "People on this device";
    PEOPLE_SAY = "各人的资料各自加密，互相打不开。" | "Everyone's data is encrypted separately; nobody can open another's.";
    PERSON_YOU = "你" | "you";
    PERSON_USED = "{day}用过，待同步{n}" | "used {day}, {n} to sync";
    REMOVE = "移走" | "Remove";
    REMOVE_NAMED = "移走 {name}" | "Remove {name}";
    REMOVE_TITLE = "移走{name}" | "Remove {name}";
    REMOVE_SAY = "{name}存在这台设备上的资料和钥匙会被删掉。已到行里的不受影响，以后可以重新登录取回。" | "The data and key of {name} on this device are deleted. What reached the branch is safe and comes back after signing in.";
    REMOVE_PENDING = "还有{n}项没上传，删了就没了。最好请本人登录一次再移走。" | "{n} {n:item is|items are} unsent and would be lost. Better ask the person to sign in once first.";
    REMOVE_FAILED = "没有删成，资料还在。请再试一次。" | "Not removed; the data is still here. Please try again.";
    REMOVE_NOT = "留着" | "Keep";

    LOOKS = "语言和外观" | "Language and looks";
    LANGUAGE = "语言" | "Language";
    THEME = "外观" | "Appearance";
    THEME_SYSTEM = "跟随系统" | "System";
    THEME_LIGHT = "浅" | "Light";
    THEME_DARK = "深" | "Dark";

    ABOUT = "关于" | "About";
    ABOUT_SAY = "走访是客户经理的工作台。没有网络照常能用，资料在本机加密，联网后自动送到行里。" | "Rounds is a workbench for customer managers. It works without network, keeps its data encrypted here, and syncs by itself.";
    VERSION = "版本 {version}" | "Version {version}";
    EMPLOYEE_NO = "工号 {no}" | "Employee {no}";
}
