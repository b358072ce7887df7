//! Words of 导入.

use crate::i18n::{Language, Words, fill, language, t};
use crate::words;
use domain::api::{ImportCounts, ImportMonth, ImportOutcome, ImportState};
use domain::import::{Column, ListForm, Unit};
use domain::month::Month;

words! {
    CHOOSE_FILE = "选文件" | "Choose file";
    CHOOSE_ANOTHER = "再选文件" | "Choose another file";
    MATCH_COLUMNS = "对上列" | "Match columns";
    LOOK = "看结果" | "Check";
    RUN = "导入" | "Import";

    DROP_TITLE = "把客户名单或月度数据拖到这里" | "Drop a list of customers or monthly figures here";
    DROP_SAY = "Excel（.xlsx）或CSV都可以，中文编码自动认。先给你看结果，你点导入才写进去。" | "Excel (.xlsx) or CSV; encodings are recognised. You see what will happen first; nothing is written until you import.";
    DROP_NOW = "松手就开始" | "Let go to start";
    RULE_HEADER = "表头不一定在第一行" | "The header need not be the first row";
    RULE_HEADER_SAY = "上面有标题行也行。客户名单要有客户编号、客户名称、管户经理工号，月度数据要有客户编号、月份和至少一列数据。" | "A title may stand above it. Customers need number, name and manager's employee number; monthly figures need customer number, month and at least one figure.";
    RULE_SAME = "同一份再导一次也没事" | "The same file again does no harm";
    RULE_SAME_SAY = "按客户编号对上：有变化的更新，没变化的不动，空格子不会清掉原来的内容。" | "Rows are matched by customer number: changes are taken, the rest stays, and a blank cell never empties a field.";
    RULE_REFUSED = "有错的行会退给你" | "Rows with mistakes come back to you";
    RULE_REFUSED_SAY = "下载下来，改好“原因”里说的，再导一次。" | "Download them, correct what the column 原因 says, and import again.";
    LIMITS = "最多20万行、32 MB。" | "At most 200,000 rows and 32 MB.";

    UPLOADING = "正在上传" | "Uploading";
    UPLOADED_READING = "已上传，正在看列和行" | "Uploaded; reading columns and rows";
    UPLOADING_SAY = "可以离开这一页，传完会列在“之前导入的”里。" | "You may leave this page; it will be under “Earlier imports”.";
    UPLOAD_WAITS = "文件选好了，联网后自动上传" | "The file is chosen and uploads once connected";
    UPLOAD_FAILED = "这个文件没有导入" | "This file was not imported";
    NOTHING_CHANGED = "什么都没有改动。" | "Nothing was changed.";
    FILE_EMPTY = "文件是空的，里面没有名单。换一个文件再选一次。" | "The file is empty and holds no list. Choose another file.";
    FILE_TOO_LARGE = "文件有{mb} MB，最多{max} MB。分成几份，一份一份导。" | "The file has {mb} MB, the limit is {max} MB. Split it and import the parts one by one.";

    FORM = "这是什么名单" | "What kind of list this is";
    MONTH_OF_LIST = "哪个月的数据" | "Month of these figures";
    MONTH_BY_COLUMN = "月份看每一行的“月份”列。" | "The month is read from each row's month column.";
    MONTH_HINT = "标题或文件名写着{month}，就是这个月" | "The title or file name says {month}: use it";
    MONTH_UNREADABLE = "月份看不懂，写成 2026-10 这样。" | "The month cannot be read: write it like 2026-10.";
    MISSING = "没有数据" | "No figures";
    MISSING_SAY = "{month}：导入后还有{n}户没有数据，原来知道的保留" | "{month}: {n} {n:customer has|customers have} no figures after the import and {n:keeps|keep} what was known";

    COLUMNS = "列对上了什么" | "What the columns mean";
    COLUMNS_COUNT = "{n}列，{off}列不用" | "{n} columns, {off} unused";
    COLUMNS_COUNT_ALL = "{n}列都用" | "all {n} columns used";
    UNUSED = "不用" | "Unused";
    NO_HEADER = "没有列名" | "no name";
    UNIT_OF = "{column}的单位" | "Unit of {column}";
    FIX_FIRST = "先把这几处对好" | "Settle these first";

    PREVIEW = "导入后的样子" | "After the import";
    PREVIEW_SAY = "{n}行，金额单位元" | "{n} {n:row|rows}, amounts in yuan";
    FIRST_ROWS = "前几行" | "First rows";
    LINE = "行" | "Row";
    OUTCOME = "结果" | "Result";
    IN_FILE = "文件里写的" | "In the file";
    REASON = "原因和办法" | "Why, and what to do";
    SPACES_AROUND = "前后有空格" | "spaces around it";
    EMPTY_CELL = "空" | "empty";
    REFUSED_ROWS = "不导入的行" | "Rows not imported";
    REASONS = "原因" | "Reason";
    DOWNLOAD = "下载这{n}行和原因" | "Download these {n} {n:row|rows} with reasons";
    NONE_REFUSED = "每一行都能导入" | "Every row can be imported";
    ALL_TAKEN = "每一行都导入了" | "Every row was imported";
    PAGE_OF = "第{from}–{to}行，共{n}行" | "{from}–{to} of {n}";
    PAGE_NAV = "翻页" | "Pages";
    EARLIER_ROWS = "前一页" | "Previous";
    LATER_ROWS = "后一页" | "Next";

    IMPORT_ROWS = "导入{n}行" | "Import {n} {n:row|rows}";
    NOTHING_TO_IMPORT = "没有能导入的行" | "No row can be imported";
    CHECKING = "正在核对每一行" | "Checking every row";
    READY = "可以导入" | "Ready to import";
    NOT_READY = "列还没有对好" | "The columns are not settled";
    NOT_READY_SAY = "每一列选好是什么，这里就列出导入后的样子。" | "Once every column is settled, what will come of the import is shown here.";
    READY_SAY = "导入以前什么都没有改动。客户会到各自经理的平板上。" | "Nothing has changed yet. Customers will appear on their managers' tablets.";
    READY_SAY_FIGURES = "导入以前什么都没有改动。数据会到各自经理的平板上。" | "Nothing has changed yet. Figures will appear on the managers' tablets.";
    OTHER_FILE = "换文件" | "Other file";

    PROGRESS = "进度" | "Progress";
    RUNNING = "正在导入" | "Importing";
    OF_ROWS = " / {n}行" | " / {n} {n:row|rows}";
    TIME_LEFT = "，还要约{s}秒" | ", about {s} s left";
    TIME_LEFT_MINUTES = "，还要约{m}分钟" | ", about {m} min left";
    RUNNING_SAY = "可以离开这一页，做完在“之前导入的”里看。停下时已导入的保留。" | "You may leave this page and find it under “Earlier imports”. If stopped, what was imported stays.";
    RUNNING_NO_LINK = "现在连不上服务器，它那边仍在导入。" | "The server cannot be reached now; it goes on importing.";
    STOP = "停下" | "Stop";
    STOPPING = "正在停下" | "Stopping";

    DONE = "导入完成" | "Import complete";
    STOPPED = "导入停下了" | "Import stopped";
    FAILED = "导入没有做完" | "Import did not finish";
    DONE_SAY = "客户已到各自经理名下，平板联网后自动取到。" | "Customers are with their managers; tablets fetch them when connected.";
    DONE_SAY_FIGURES = "数据已记在各客户名下，平板联网后自动取到。" | "Figures are with their customers; tablets fetch them when connected.";
    STOPPED_SAY = "停下前导入的都保留。同一份文件再导一次，会接着做没做的。" | "What was imported until then stays. Importing the same file again does the rest.";
    FAILED_SAY = "服务器中途停了，已导入的都保留。同一份文件再导一次，会接着做没做的。" | "The server stopped midway; what was imported stays. Importing the same file again does the rest.";
    SEE_CUSTOMERS = "看客户" | "See customers";

    EARLIER = "之前导入的" | "Earlier imports";
    NONE_EARLIER = "还没有导入过" | "Nothing imported yet";
    NONE_EARLIER_SAY = "导入过的名单会列在这里，谁都能接着看。" | "Lists you import appear here, and colleagues can go on with them.";
    FORGET = "删除{file}" | "Delete {file}";
    ROWS = "{n}行" | "{n} {n:row|rows}";
    BETWEEN = "，" | ", ";
    STATE_WAITING = "等你确认" | "waits for you";
    STATE_RUNNING = "正在导入{percent}%" | "importing, {percent}%";
    STATE_DONE = "完成" | "complete";
    STATE_STOPPED = "停下了" | "stopped";
    STATE_FAILED = "没有做完" | "not finished";
}

pub fn column(column: Column) -> &'static str {
    match language() {
        Language::ZhCn => column.zh(),
        Language::En => column.en(),
    }
}

pub fn unit(unit: Unit) -> &'static str {
    t(match unit {
        Unit::Yuan => Words { zh: "元", en: "yuan" },
        Unit::Qian => Words { zh: "千元", en: "thousand yuan" },
        Unit::Wan => Words { zh: "万元", en: "10,000 yuan" },
        Unit::Baiwan => Words { zh: "百万元", en: "million yuan" },
        Unit::Yi => Words { zh: "亿元", en: "100 million yuan" },
    })
}

/// Said of either language's text in the rules of import.
pub fn said(words: &domain::import::Words) -> String {
    match language() {
        Language::ZhCn => words.zh.to_string(),
        Language::En => words.en.to_string(),
    }
}

pub fn outcome(outcome: ImportOutcome) -> &'static str {
    t(match outcome {
        ImportOutcome::New => Words { zh: "新增", en: "New" },
        ImportOutcome::Changed => Words { zh: "更新", en: "Changed" },
        ImportOutcome::Unchanged => Words { zh: "不变", en: "Unchanged" },
        ImportOutcome::Refused => Words { zh: "不导入", en: "Refused" },
    })
}

/// 新增598，更新37，不导入65: what there is none of is left out.
pub fn counts(counts: &ImportCounts) -> String {
    use ImportOutcome::{Changed, New, Refused, Unchanged};
    let space = if language() == Language::ZhCn { "" } else { " " };
    [(New, counts.new), (Changed, counts.changed), (Unchanged, counts.unchanged), (Refused, counts.refused)]
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(what, count)| format!("{}{space}{count}", outcome(what)))
        .collect::<Vec<_>>()
        .join(t(BETWEEN))
}

pub fn form(form: ListForm) -> &'static str {
    t(match form {
        ListForm::Customers => Words { zh: "客户名单", en: "Customers" },
        ListForm::Figures => Words { zh: "月度数据", en: "Monthly figures" },
    })
}

pub fn ready_say(form: ListForm) -> Words {
    match form {
        ListForm::Customers => READY_SAY,
        ListForm::Figures => READY_SAY_FIGURES,
    }
}

/// 2026年10月; in English 2026-10.
pub fn month(month: Month) -> String {
    match language() {
        Language::ZhCn => format!("{}年{}月", month.year(), month.month()),
        Language::En => month.to_string(),
    }
}

/// Who the list leaves without figures of a month.
pub fn missing(of: &ImportMonth) -> String {
    fill(MISSING_SAY, &[("month", &month(of.month)), ("n", &of.missing)])
}

/// The heading over an import that is over.
pub fn ended(state: ImportState, form: ListForm) -> (&'static str, &'static str) {
    let (title, say) = match state {
        ImportState::Stopped => (STOPPED, STOPPED_SAY),
        ImportState::Failed => (FAILED, FAILED_SAY),
        ImportState::Done | ImportState::Waiting | ImportState::Running => match form {
            ListForm::Customers => (DONE, DONE_SAY),
            ListForm::Figures => (DONE, DONE_SAY_FIGURES),
        },
    };
    (t(title), t(say))
}
