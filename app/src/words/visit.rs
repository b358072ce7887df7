//! Words of 记录走访.

use crate::words;

words! {
    BEFORE = "见面前" | "Before meeting";
    DUE_HERE = "此行要办" | "To do here";
    DUE_COUNT = "此行要办{n}件，约{minutes}分" | "{n} {n:thing|things} to do here, about {minutes} min";
    DUE_NONE = "没有到期的事" | "Nothing is due";
    LAST_ON = "上次{day}" | "last {day}";
    FILL_IN = "补上{field}" | "Ask for {field}";
    FACTS_MISSING = "资料缺{n}项" | "{n} facts missing";
    PROMISE = "承诺" | "promise";
    DUE_TODAY = "今天到期" | "due today";
    LATE_BY = "逾期{n}天" | "{n} {n:day|days} late";
    DUE_BY = "{day}到期" | "due {day}";
    TAKES = "{n}分" | "{n} min";
    ANSWERS_EVENT = "这次走访就是为它" | "this visit answers it";
    BIRTHDAY_TURNS = "生日，{n}岁" | "Birthday, turns {n}";
    LAST_THREE = "前三次" | "Last three";
    LAST_NONE = "还没有走访过，这是第一次。" | "No visit yet; this is the first.";
    VISIT_MINUTES = "走访{n}分" | "{n} min";
    BY_CUSTOMER = "客户答应" | "Promised by the customer";

    FORM = "走访记录" | "Visit report";
    MET = "见到谁" | "Who was met";
    SELF = "本人" | "Customer";
    HEAD_SELF = "负责人本人" | "Head of the company";
    OTHERS = "其他人" | "Others";
    OTHERS_HINT = "姓名或称呼" | "Name or title";
    NEEDS = "需求" | "Needs";
    OTHER_NEED = "其他需求" | "Other need";
    PRODUCTS = "谈到的产品" | "Products told";
    ADD_PRODUCT = "加一个产品" | "Add a product";
    PRODUCT_NAME = "产品名称" | "Product name";
    PRODUCT_HINT = "点选，或直接写" | "Tap one, or write";
    REMOVE_PRODUCT = "不记{name}" | "Leave out {name}";
    MOOD = "客户态度" | "Mood";
    SUMMARY = "摘要" | "Summary";
    SUMMARY_DRAFTED = "按所选拟好，可改" | "Drafted from your choices";
    SUMMARY_AGAIN = "按所选重拟" | "Draft again";
    SUMMARY_HINT = "谈了什么，有什么结果" | "What was said, what came of it";
    NEXT_STEP = "下一步" | "Next step";
    NEXT_HINT = "或写一句" | "or write it";
    NEXT_ON = "下一步日期" | "Next step date";
    TOMORROW = "明天" | "Tomorrow";
    IN_A_WEEK = "一周后" | "In a week";
    IN_TWO_WEEKS = "两周后" | "In two weeks";
    NEW_PROMISE = "新承诺" | "New promise";
    PHOTOS = "照片" | "Photos";
    TAKE_PHOTO = "拍照" | "Take photo";
    READING_PHOTO = "正在处理" | "Preparing";
    PHOTO_HERE = "照片{n}" | "Photo {n}";
    REMOVE_PHOTO = "不要照片{n}" | "Leave out photo {n}";
    NOT_A_PICTURE = "这不是能读的图片，换一张。" | "This is not a picture that can be read; choose another.";
    PHOTO_TOO_LARGE = "这张照片压不小，换一张或重拍。" | "This photo cannot be made small enough; take it again.";
    PHOTO_FAILED = "照片没有处理好，可能内存不够。关掉别的应用再拍一次。" | "The photo could not be prepared, perhaps for lack of memory. Close other apps and try again.";
    WHEN = "走访时间" | "When";
    ON = "日期" | "Date";
    AT = "时间" | "Time";
    MINUTES = "时长" | "Duration";
    MINUTES_NONE = "不填" | "none";
    MINUTES_COUNT = "{n}分" | "{n} min";
    SHORTER = "短一些" | "Shorter";
    LONGER = "长一些" | "Longer";

    DRAFT_WILL = "边填边存草稿，加密在本机" | "Your draft is kept sealed on this device as you go";
    DRAFT_WRITING = "正在存草稿" | "Keeping the draft";
    DRAFT_KEPT = "草稿已加密存在本机" | "Draft sealed on this device";
    DRAFT_KEPT_MORE = "，联网后自动上传" | "; it uploads once finished";
    DRAFT_FAILED = "草稿没有存下来，先别关这一页" | "The draft could not be kept; do not close this page";
    DRAFT_RESTORED = "接着上次没写完的草稿" | "Your unfinished draft is back";
    DRAFT_DISCARD = "重新开始" | "Start over";

    FULL = "没有存下来：这台设备满了" | "Not saved: this device is full";
    FULL_SAY = "填的都还在这一页，先别关。腾出空间再存一次。" | "Everything you entered is still on this page; do not close it. Free some space and save again.";
    TEXT_SAVED = "文字已存，照片还没有" | "The text is saved, the photos are not yet";
    TEXT_SAVED_SAY = "这台设备满了。照片还在这一页，先别关，腾出空间再存一次。" | "This device is full. The photos are still on this page; do not close it. Free some space and save again.";
    TEXT_SAVED_BROKEN_SAY = "照片还在这一页，先别关，请再存一次。" | "The photos are still on this page; do not close it, and save again.";
    BROKEN = "没有存下来：浏览器的存储出了问题" | "Not saved: the browser's storage failed";
    BROKEN_SAY = "填的都还在这一页，先别关，请再存一次。" | "Everything you entered is still on this page; do not close it, and save again.";
    NOT_TAKEN = "还不能存" | "This cannot be saved yet";
    SAVE_AGAIN = "再存一次" | "Save again";
    WITHOUT_PHOTOS = "不要照片" | "Without photos";


    /// The summary's sentences, drafted from chips.
    DRAFT_MET = "见到{list}。" | "Met {list}. ";
    DRAFT_NEEDS = "需求：{list}。" | "Needs: {list}. ";
    DRAFT_PRODUCTS = "{list}。" | "{list}. ";
    DRAFT_MOOD = "客户{mood}。" | "Mood: {mood}. ";
    DRAFT_NEXT = "下一步{what}。" | "Next: {what}.";
    DRAFT_NEXT_ON = "下一步{day}{what}。" | "Next, {day}: {what}.";
}
