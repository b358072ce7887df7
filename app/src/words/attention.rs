//! Words of 待处理.

use crate::words;

words! {
    ITEMS = "{n}项" | "{n} {n:item|items}";
    ASKS = "要你定的" | "For you to settle";
    DISPUTED = "{name}的{field}，两个人改得不一样" | "{field} of {name}: two people changed it differently";
    BASE_WAS = "原来是{value}。" | "It was {value}.";
    BASE_EMPTY = "原来是空的。" | "It was empty.";
    STANDING_BY = "现在用的是{name}改的，点一下就定。" | "{name}'s value stands now; one tap settles it.";
    STANDING_ME = "现在用的是你改的，点一下就定。" | "Your value stands now; one tap settles it.";
    STANDING_LIST = "现在用的来自名单，点一下就定。" | "The value from the list stands now; one tap settles it.";
    MINE = "你改的" | "Yours";
    THEIRS = "{name}改的" | "{name}'s";
    IN_USE = "现在用的" | "In use now";
    MINE_IN_USE = "你改的，现在用的" | "Yours, in use now";
    FROM_LIST = "名单里的" | "From the list";
    KEEP_THIS = "留这个" | "Keep this";
    USE_THIS = "用这个" | "Use this";
    EMPTY_VALUE = "空" | "empty";
    SAME_MASK = "两个号码只差中间几位。" | "The two numbers differ only in their middle digits.";
    SETTLED_BOTH = "定了以后{name}也会看到，两个值都留在变更记录里。" | "{name} sees it too; both values stay in the history.";
    SETTLED = "{name}的{field}已定" | "{field} of {name} is settled";
    ASKED_AGAIN = "{name}的{field}刚又被改过，请再选一次" | "{field} of {name} was changed again meanwhile: please choose once more";
    A_COLLEAGUE = "同事" | "a colleague";
    A_CUSTOMER = "客户" | "customer";

    REFUSED = "{kind}没有被接受：{about}" | "{kind} was not accepted: {about}";
    REFUSED_PLAIN = "{kind}没有被接受" | "{kind} was not accepted";
    KEPT = "你写的都留着" | "What you wrote is kept";
    WRITTEN = "{when}写的" | "written {when}";
    COPY = "复制文字" | "Copy text";
    COPIED = "文字已复制" | "Text copied";
    NOT_COPIED = "没有复制成，请长按文字自己选。" | "Copying failed; press and hold the text to select it.";
    LET_GO = "不要了" | "Let it go";
    LET_GO_TITLE = "这一项不要了？" | "Let this go?";
    LET_GO_SAY = "它的文字会从这台设备删掉，找不回来。要留的话先复制。" | "Its text is removed from this device for good. Copy it first if you need it.";
    LET_GO_DO = "删掉" | "Remove";
    LET_GO_NOT = "留着" | "Keep";
    AS_NEW_VISIT = "另记一次走访" | "Record as a visit of its own";
    SENT_AGAIN = "已重新排队上传" | "Queued again";

    NOTHING = "没有要你定的" | "Nothing to settle";
    NOTHING_SAY = "两个人改了同一处、或服务器没接受你的改动时，会留在这里等你。" | "When two people change the same field, or the server does not accept an edit, it waits for you here.";

    QUEUE_SENDING = "正在上传" | "Uploading";
    QUEUE_OFFLINE = "联网后自动上传" | "Uploads when connected";
    QUEUE_SIGNED_OUT = "重新登录后上传" | "Uploads after signing in";
    QUEUE_EMPTY = "都已到行里。" | "Everything has reached the branch.";
    QUEUE_SAY = "都已加密存在这台设备上，走了也会接着传。" | "All stored encrypted on this device; uploading goes on when you leave.";
    QUEUE_PHOTOS = "照片{n}张" | "{n} {n:photo|photos}";
    QUEUE_PHOTOS_SAY = "文字已到行里，照片随后" | "The words have arrived, the pictures follow";
    UNKNOWN_EDIT = "一项改动" | "An edit";
}
