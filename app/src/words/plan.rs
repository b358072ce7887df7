//! Words of planning, on 走访 and on 今天: what is owed, a day in order, what to bring, the calendar file, the care
//! calendar.

use crate::i18n::{Words, fill, t};
use crate::words;

words! {
    HOURS_MINUTES = "{h}小时{m}分" | "{h} h {m} min";
    HOURS = "{h}小时" | "{h} h";
    MINUTES = "{n}分" | "{n} min";
    METRES = "{n}米" | "{n} m";
    KILOMETRES = "{n}公里" | "{n} km";
    DAY_TOTAL = "走访{time}" | "{time} of visits";
    DAY_WAY = "，路程{way}" | ", {way} to go";
    STILL_FREE = "，还能排{time}" | ", {time} still free";

    OWED = "欠着还没排" | "Owed, not planned";
    OWED_LATE = "走访逾期{n}天" | "Visit {n}d overdue";
    OWED_BY = "欠{n}次，{day}前" | "{n} owed by {day}";
    OWED_ONLY = "欠{n}次" | "{n} owed";
    OWED_MISSED = "原来排的错过了" | "its plan was missed";
    OWED_NONE = "欠着的都排上了。" | "Everyone owed a visit is planned.";
    OWED_MORE = "还有{n}位" | "{n} more";
    PLACE = "排" | "Plan";
    PLACE_NAMED = "排 {name}" | "Plan {name}";
    PLACING = "选日子" | "Choose";
    PLACING_NAMED = "选日子 {name}" | "Choose for {name}";
    PLACE_DRAG = "拖 {name} 到日子上" | "Drag {name} to a day";
    PLACE_HINT = "点一个时间，或拖到日子上。" | "Tap a time, or drag to a day.";
    PLACE_NEAR = "{when}离{name}{way}。" | "{when} is {way} from {name}.";
    PLACE_OTHER = "别的日子" | "Another day";
    PLACE_FULL = "这几天都排满了，选别的日子。" | "These days are full; choose another.";
    PLACED = "{name}排在{when}" | "{name} is planned for {when}";
    PLACED_BY_MISTAKE = "排错了" | "Planned by mistake";
    PLACE_PAST = "过去的日子不能排。" | "A day that has passed cannot be planned.";
    PLAN_FIVE = "替我排{n}位" | "Plan {n} for me";
    PLANNED_FIVE = "排上了{n}位，都在{from}到{to}之间" | "{n} planned, from {from} to {to}";
    PLANNED_FIVE_DAY = "排上了{n}位，都在{from}" | "{n} planned for {from}";
    PLANNED_NONE = "往后两周排满了，一位也没有排。" | "The next two weeks are full; nobody was planned.";

    BY_DISTANCE = "按距离排" | "By distance";
    BY_DISTANCE_TITLE = "{day}按距离排" | "{day} by distance";
    BY_DISTANCE_SAY = "路程从{before}变成{after}。直线距离加三成估算，不用地图和网络。" | "The way goes from {before} to {after}: straight lines and three tenths more, without map or network.";
    BY_DISTANCE_SAME = "现在的顺序已经最短，{before}。" | "It is the shortest order already, {before}.";
    BY_DISTANCE_FEW = "有坐标的不到两站，没有路程可比。" | "Fewer than two stops have coordinates; there is no way to compare.";
    BY_DISTANCE_UNPLACED = "{n}站没有坐标，跟在原来的前一站后面。" | "{n} without coordinates stay behind the stop before them.";
    FIXED = "约好的，{time}不动" | "Agreed, stays at {time}";
    IS_FIXED = "{name} 约好的时间不动" | "{name} keeps its time";
    WAS_AT = "原来{time}" | "was {time}";
    ORDER_DO = "按这样排" | "Use this order";
    ORDER_NOT = "不改" | "Keep";
    ORDERED = "{day}的顺序改好了" | "{day} is in its new order";
    MOVE_UP = "{name} 往前" | "{name} earlier";
    MOVE_DOWN = "{name} 往后" | "{name} later";
    EARLIER = "往前" | "Earlier";
    LATER = "往后" | "Later";
    GRIP = "{name} 换序，拖动或按上下键" | "Reorder {name}: drag, or arrow keys";

    BRING = "要带的" | "To bring";
    BRING_ADD = "加一样要带的" | "Add something to bring";
    BRING_OWN = "别的" | "Something else";
    BRING_OWN_ADD = "加上" | "Add";
    BRING_OFF = "不带{what}" | "Leave out {what}";
    BRING_MISSING = "缺{n}份材料" | "{n} not ready";
    BRING_SUGGESTED = "可以带" | "Suggestions";
    BRING_MINUTES = "要多久" | "How long";
    LESS_TIME = "少5分" | "5 min less";
    MORE_TIME = "多5分" | "5 min more";

    EXPORT = "导出日历" | "Export calendar";
    EXPORT_RANGE = "范围" | "Range";
    EXPORT_WEEK = "这一周" | "This week";
    EXPORT_MONTH = "这一月" | "This month";
    EXPORT_AHEAD = "往后四周" | "Four weeks ahead";
    EXPORT_WHAT = "写上什么" | "What to write";
    EXPORT_NAME = "写上客户名称" | "Customers' names";
    EXPORT_ADDRESS = "写上地址" | "Addresses";
    EXPORT_SAY = "{n}次走访，其中{off}次不去了，会从日历里撤掉。没有电话、金额和走访内容。" | "{n} {n:visit|visits}, {off} of them called off, which takes them out of the calendar. No telephone numbers, amounts or reports.";
    EXPORT_SAY_ALL = "{n}次走访。没有电话、金额和走访内容。" | "{n} {n:visit|visits}. No telephone numbers, amounts or reports.";
    EXPORT_OPEN = "日历文件没有加密，会离开这台设备上加密的资料；别的应用能读，只写要用的。导出会留下记录。" | "The file is not encrypted and leaves the sealed store of this device; other apps can read it. Write only what you need. The export is logged.";
    EXPORT_NONE = "这段时间没有走访。" | "No visit in this time.";
    EXPORT_DO = "导出{n}次" | "Export {n}";
    EXPORT_FILE = "走访" | "visits";

    SHOW = "看什么" | "What to show";
    CARE = "关怀" | "Care";
    CARE_DAY = "这天的关怀" | "Care on this day";
    CARE_NONE = "这天没有生日、节日和到期的合同" | "No birthday, festival or contract on this day";
    CARE_NONE_SAY = "月里有标记的日子点开看。" | "Open a day that carries a mark.";
    CARE_COMING = "快到了" | "Coming up";
    CARE_COMING_NONE = "提前量以内没有要问候的。" | "Nothing comes up within the lead time.";
    CARE_LEAD = "提前量：生日{birthday}天，节日{festival}天，合同{contract}天。" | "Lead time: birthdays {birthday}, festivals {festival}, contracts {contract} days.";
    CARE_SUM = "生日{birthdays}，合同到期{contracts}" | "{birthdays} {birthdays:birthday|birthdays}, {contracts} {contracts:contract|contracts} ending";
    CARE_FEASTS = "，节日：{names}" | ", festivals: {names}";
    CARE_DAY_SUM = "{day}，生日{birthdays}，合同到期{contracts}" | "{day}: {birthdays} {birthdays:birthday|birthdays}, {contracts} {contracts:contract|contracts}";
    BIRTHDAY_TURNS = "{n}岁生日" | "turns {n}";
    LUNAR_BIRTHDAY = "农历{day}生日" | "Lunar birthday, {day}";
    LUNAR_TURNS = "农历{day}生日，{n}岁" | "Lunar birthday, {day}, turns {n}";
    CONTRACT_ENDS = "合同到期" | "Contract ends";
    FESTIVAL_GREET = "{name}问候" | "{name} greeting";
    FESTIVAL_WHO = "重点客户和最高两级" | "marked important, and the two highest tiers";
    KEPT = "{day}已联系" | "In touch on {day}";
    CARE_CALL = "记电访" | "Record call";
    CARE_CALL_NAMED = "记电访 {name}" | "Record a call to {name}";
    CARE_PLAN_NAMED = "计划走访 {name}" | "Plan a visit to {name}";
    CARE_MORE = "还有{n}位" | "{n} more";
    BIRTHDAYS_ONE = "生日{n}" | "{n} {n:birthday|birthdays}";
    CONTRACTS_ONE = "合同{n}" | "{n} {n:contract|contracts}";
    KEY_BIRTHDAY = "生日" | "birthday";
    KEY_CONTRACT = "合同到期" | "contract ends";
    KEY_FESTIVAL = "节日" | "festival";
    KEY_KEPT = "已联系" | "in touch";
    KEY_CALLED = "已电访" | "called";

    CALL = "电访" | "Call";
    CALL_TITLE = "给{name}的电访" | "Call to {name}";
    CALL_GREETING = "{what}问候" | "Greeting: {what}";
}

/// `2小时35分`, `45分`.
pub fn duration(minutes: u64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, m) => fill(MINUTES, &[("n", &m)]),
        (h, 0) => fill(HOURS, &[("h", &h)]),
        (h, m) => fill(HOURS_MINUTES, &[("h", &h), ("m", &m)]),
    }
}

/// `300米`, `11.4公里`.
pub fn distance(metres: u64) -> String {
    if metres < 1_000 {
        return fill(METRES, &[("n", &(metres.next_multiple_of(10)))]);
    }
    let tenths = (metres + 50) / 100;
    fill(KILOMETRES, &[("n", &format!("{}.{}", tenths / 10, tenths % 10))])
}

/// What managers take along most, to choose from; an organisation's own lists come with its forms.
pub fn usual_to_bring() -> [&'static str; 5] {
    const USUAL: [Words; 5] = [
        Words { zh: "盖章的业务单", en: "Stamped forms" },
        Words { zh: "近6个月账户明细", en: "Statement of six months" },
        Words { zh: "产品说明", en: "Product leaflet" },
        Words { zh: "合同", en: "Contract" },
        Words { zh: "名片", en: "Business card" },
    ];
    USUAL.map(t)
}
