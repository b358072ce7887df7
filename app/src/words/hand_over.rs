//! Words of 移交.

use crate::words;

words! {
    TITLE = "移交客户" | "Hand over customers";
    WHICH = "移交哪些" | "Which customers";
    FROM = "从谁" | "From";
    TO = "给谁" | "To";
    CHOOSE = "请选择" | "Choose";
    NOBODY = "没有人管" | "nobody";
    HOW_MANY = "移交多少" | "How many";
    SELECTION = "选出来的" | "A selection";
    WHOLE = "整本{n}位" | "Whole book, {n}";
    WHOLE_EMPTY = "整本" | "Whole book";
    FILTER = "筛选" | "Filter";
    CHOSEN = "已选" | "Chosen";
    WITH_PROMISES = "有承诺" | "With promises";
    WITH_PLANS = "排了走访" | "With planned visits";
    SELECT_ALL = "全选，现在选了{n}位" | "Select all, {n} chosen";

    CUSTOMER = "客户" | "Customer";
    ASSETS = "财富资产" | "Wealth assets";
    LAST_VISIT = "最近走访" | "Last visit";
    ALONG = "跟着走的" | "Goes along";
    NEVER = "还没有" | "none yet";
    N_PROMISES = "{n}个承诺" | "{n} {n:promise|promises}";
    N_PLANS = "{n}次排好的" | "{n} planned";
    MORE = "再看{n}位" | "Show {n} more";

    CHOOSE_FROM = "先选从谁那里移交" | "Choose whose customers first";
    CHOOSE_FROM_SAY = "选好后，这里列出那一本的客户，可以搜、可以勾，也可以整本移交。" | "Their book is then listed here: search, tick, or hand over all of it.";
    EMPTY_BOOK = "这一本里没有客户" | "This book is empty";
    EMPTY_BOOK_SAY = "换一本，或者等同步完再看。" | "Choose another, or look again after syncing.";
    NONE_FOUND = "没有找到" | "Nobody found";
    NONE_FOUND_SAY = "换个姓名、拼音或尾号，或者看全部。" | "Try another name, pinyin or digits, or look at all.";

    MEANS = "移交后" | "What follows";
    BALANCE = "两本的变化，淡的是现在" | "Both books; the faint bar is now";
    BALANCE_NOW = "两本现在" | "Both books now";
    AFTER = "{name}移交后" | "{name} afterwards";
    N_CUSTOMERS = "{n}位" | "{n}";
    MOVES = "{n}位客户，财富资产{assets}" | "{n} {n:customer|customers}, wealth assets {assets}";
    ALONG_TITLE = "一起过去" | "What goes along";
    ALONG_VISITS = "走访记录" | "visits";
    ALONG_PROMISES = "没兑现的承诺，{to}接着兑现" | "open promises; {to} goes on with them";
    ALONG_PLANS = "排好的走访，改到{to}名下" | "planned visits, now {to}'s";
    ALONG_CONTACTS = "联系人" | "contacts";
    ALONG_NOTES = "备忘" | "notes";
    ALONG_PHOTOS = "照片" | "photos";
    ALONG_UNSENT = "{from}的平板上还有没上传的改动。这些客户的会留在他的待处理，文字都在" | "{from}'s tablet holds unsent edits. Those on these customers stay under their “needs attention”, with every word";
    THEN = "会怎样" | "What happens";
    THEN_FROM = "{from}下次联网，这{n}位从他的平板上清掉，一个字节不留。" | "When {from}'s tablet next connects, these {n} are removed from it, every byte.";
    THEN_TO = "{to}下次联网就有全部记录，离线也能看。" | "When {to}'s tablet next connects it has the whole history, offline too.";
    THEN_HISTORY = "移交前谁做的，仍记在谁名下。" | "What was done before stays under the name of whoever did it.";

    CHOOSE_TO = "再选给谁" | "Choose who takes over";
    CHOOSE_SOME = "勾上要移交的客户" | "Tick the customers to hand over";
    TOO_MANY = "一次最多移交{max}位，分几次来。" | "At most {max} at a time; do it in parts.";
    DO = "移交{n}位" | "Hand over {n}";
    DO_WHOLE = "移交整本{n}位" | "Hand over all {n}";
    SURE = "把{n}位移交给{to}" | "Hand {n} over to {to}";
    SURE_SAY = "从{from}移交给{to}，马上生效。历史一条不少，反悔可以再移交回来。" | "From {from} to {to}, at once. No history is lost; you can hand them back.";
    LOOK_AGAIN = "再看看" | "Not yet";
    DOING = "正在移交" | "Handing over";
    DONE = "已把{n}位移交给{to}" | "{n} handed over to {to}";
    DONE_SAY = "两边的平板联网后自动更新。" | "Both tablets update when they connect.";
    DONE_FEWER = "另有{left}位已不在{from}的簿里，没有动。" | "{left} were no longer in {from}'s book and stay where they are.";
    SEE_TEAM = "看团队" | "See the team";
}
