//! Words of 等级: what its three parts share. Each kind of rules has its own beside.

use crate::i18n::{Language, day, fill, language, t};
use crate::words;
use domain::time::Date;

pub mod policy;
pub mod scheme;
pub mod standard;

words! {
    TITLE = "等级" | "Tiers";
    WHAT = "看哪一部分" | "Which part";
    SCHEME = "等级标准" | "Tiers";
    STANDARD = "走访标准" | "Visit standard";
    POLICY = "参数" | "Parameters";
    DRAFT_OF = "第{n}版草稿" | "draft of version {n}";
    VERSION = "第{n}版" | "Version {n}";
    IN_FORCE_NOW = "现行第{n}版" | "version {n} in force";

    STAGE_WRITE = "写规则" | "Write the rules";
    STAGE_SEE = "看谁会动" | "See who moves";
    STAGE_DAY = "定生效日" | "Set the day";

    SAVED_AT = "{when}自动存了草稿" | "Draft saved {when}";
    SAVED_BY = "{when}{who}存的草稿" | "Draft saved {when} by {who}";
    SAVING = "正在存草稿" | "Saving the draft";
    UNSAVED = "还没存" | "Not saved yet";
    NOT_SAVED = "草稿没存到服务器，先加密留在这台设备上" | "Draft not on the server; kept encrypted on this device";
    READ_ONLY = "规则由管理员写，这里只看。" | "The administrator writes the rules; you can look.";

    BLANK = "没有填" | "Not set";
    BLANKS = "还有{n}处空着，填了才能生效" | "{n} {n:blank|blanks} to fill before it can take effect";
    FAULTS = "有{n}处要改，改了才能生效" | "{n} {n:thing|things} to mend before it can take effect";
    BLANKS_AND_FAULTS = "还有{blank}处空着、{n}处要改" | "{blank} {blank:blank|blanks} and {n} {n:thing|things} to mend";
    GO_FILL = "去填空着的{n}处" | "Fill the {n} {n:blank|blanks}";
    GO_MEND = "去改{n}处" | "Mend {n} {n:thing|things}";
    GO_DAY = "定生效日" | "Set the day";
    NO_NUMBER = "写成数字，例如10或99.5。" | "Write a number, such as 10 or 99.5.";

    DAY = "生效日" | "Takes effect on";
    DAY_SAY = "只能定今天以后。到那天零点换。" | "Only a day ahead. It changes at midnight.";
    DAY_SAY_FROZEN = "只能定今天以后。到那天零点换，名单冻结一年。" | "Only a day ahead. It changes at midnight; the list is fixed for the year.";
    PUBLISH = "生效" | "Put into effect";
    PUBLISH_SURE = "第{n}版从{day}起生效" | "Version {n} takes effect on {day}";
    PUBLISH_SAY = "生效后这一版不能再改，要改只能另写一版。到那天之前照现行的算。" | "Once published this version cannot be changed; a change needs a new version. Until that day the present one counts.";
    PUBLISHED = "第{n}版已定，{day}零点起生效。" | "Version {n} is set and takes effect at the start of {day}.";
    LOOK_AGAIN = "再看看" | "Look again";

    DISCARD = "放弃草稿" | "Discard draft";
    DISCARD_SURE = "放弃第{n}版草稿" | "Discard the draft of version {n}";
    DISCARD_SAY = "草稿会删掉，取不回来。已生效的各版不动。" | "The draft is deleted for good. Published versions stay.";

    CHANGED = "草稿有人动过" | "The draft was changed";
    CHANGED_SAY = "{who}{when}存过这份草稿。你写的都还在，选一份接着写。" | "{who} saved this draft {when}. What you wrote is still here; choose one to go on with.";
    CHANGED_GONE = "这份草稿已有人生效或放弃了。你写的都还在。" | "Somebody published or discarded this draft. What you wrote is still here.";
    TAKE_THEIRS = "看{who}的，放下我的" | "Take {who}'s, drop mine";
    DROP_MINE = "放下我的" | "Drop mine";
    KEEP_MINE = "用我的，盖过去" | "Keep mine instead";
    KEEP_MINE_NEW = "用我的另起一份" | "Begin a new draft with mine";

    LEAVE = "草稿还没存到服务器" | "The draft is not on the server yet";
    LEAVE_SAY = "现在存不上。离开的话，写的加密留在这台设备上，下次打开这一页接着写；别人看不到。" | "It cannot be saved now. If you leave, what you wrote stays encrypted on this device for your next visit; nobody else sees it.";
    STAY = "留在这一页" | "Stay here";
    LEAVE_NOW = "离开" | "Leave";

    VERSIONS = "各版" | "Versions";
    VERSIONS_SAY = "旧版不改不删，任何一天都能照当时的算" | "Old versions stay as they are: any day can be computed as it was";
    NO_VERSIONS = "还没有生效过的版本" | "No version has been published yet";
    FROM_DAY = "{day}起" | "from {day}";
    FROM_TO = "{from}至{to}" | "{from} to {to}";
    IS_COMING = "待生效" | "To come";
    IS_IN_FORCE = "现行" | "In force";
    IS_PAST = "已过" | "Past";
    LOOK = "看" | "Look";
    LOOK_AT = "看第{n}版" | "Look at version {n}";

    START = "起草下一版" | "Draft the next version";
    START_SAY = "选一个开头，随时能改；空着的地方要你填。" | "Choose where to begin; everything can be changed, and what is blank is yours to fill.";
    COPY = "照现行版本改" | "Change the version in force";
    COPY_SAY = "从第{n}版原样开始" | "Begins as version {n} is";
    REMOVE_NAMED = "删掉{name}" | "Remove {name}";

    FAULT_AHEAD = "生效日要在今天以后，{day}已经到了。" | "The day must be ahead; {day} has come.";
    FAULT_SAME_DAY = "第{n}版也在这一天生效，换一天。" | "Version {n} takes effect on the same day; choose another.";
    FAULT_NO_DAY = "生效日没有定。" | "The day is not set.";
}

/// 2027年1月1日, with its year always: a rule holds for long.
pub fn whole_day(on: Date) -> String {
    day(on, Date::MIN)
}

/// A small gap between words that Chinese does without.
pub fn gap() -> &'static str {
    match language() {
        Language::ZhCn => "",
        Language::En => " ",
    }
}

pub fn day_not_ahead(on: Date) -> String {
    fill(FAULT_AHEAD, &[("day", &whole_day(on))])
}

pub fn same_day(version: u32) -> String {
    fill(FAULT_SAME_DAY, &[("n", &version)])
}

pub fn no_day() -> String {
    t(FAULT_NO_DAY).to_owned()
}
