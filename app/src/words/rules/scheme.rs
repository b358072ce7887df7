//! Words of 等级标准, its faults included.

use super::gap;
use crate::i18n::{Language, Words, fill, language, t};
use crate::words;
use domain::scale::Scale;
use domain::tier::{Applies, Preset, TierCode, TierScheme, Unit, Yardstick};

words! {
    YUAN = "元" | "yuan";
    WAN = "万" | "×10k";
    PIECES = "个" | "pieces";
    POINTS = "分" | "points";
    MONEY_IN = "金额按" | "Money in";

    TIERS = "等级" | "Tiers";
    TIERS_SAY = "从高到低" | "the highest first";
    TIER = "等级" | "Tier";
    TIER_NAME = "第{n}级的名称" | "Name of tier {n}";
    NO_NAME = "第{n}级" | "Tier {n}";
    ADD_TIER = "加一级" | "Add a tier";
    RAISE = "{name}往上移" | "Move {name} up";
    REMOVED = "删掉了{name}" | "{name} removed";
    NOW = "现在" | "Now";
    DRAFT = "草稿" | "Draft";

    LADDER_NAME = "标准名称" | "Name of the standard";
    LADDER_N = "第{n}套标准" | "Standard {n}";
    FOR_EVERYONE = "所有客户" | "All customers";
    FOR_HAVING = "有{what}的客户" | "Customers with {what}";
    FOR_LACKING = "没有{what}的客户" | "Customers without {what}";
    BY = "按{what}" | "by {what}";
    SETTINGS = "改名称、对谁、按什么" | "Change name, whom and by what";
    FOR_WHOM = "对谁" | "For whom";
    DIVIDE = "分两种客户，各用一套" | "Two kinds of customers, a standard each";
    DIVIDE_BY = "按有没有这一项分" | "Told apart by whether they have";
    UNITE = "删掉这一套，{name}用于所有客户" | "Remove this one, {name} counts for all";
    NEW_LADDER = "标准二" | "Standard 2";
    BY_WHAT = "按什么" | "By what";
    BY_MONEY = "金额" | "Money";
    BY_PRODUCTS = "持有产品数" | "Products held";
    BY_SCORE = "价值分" | "Value score";
    ADDED_UP = "哪几项相加" | "Added up";
    BESIDES = "另外还要够" | "Must also reach";
    BESIDES_SHORT = "其中{what}" | "of it {what}";
    NO_DEMAND = "不要求" | "Not asked";

    FROM = "从，含" | "From, incl.";
    TO = "到，不含" | "To, excl.";
    FLOOR_OF = "{tier}的下限，{unit}" | "Floor of {tier}, {unit}";
    CEILING_OF = "{tier}的上限，{unit}" | "Ceiling of {tier}, {unit}";
    DEMAND_OF = "{tier}的{what}，{unit}" | "{what} of {tier}, {unit}";
    NO_CEILING = "不封顶" | "no end";
    NO_FLOOR = "其余的都算" | "all others";
    WHO_IS_LEFT = "不设下限" | "No floor";
    NO_TOP = "不设上限" | "No ceiling";
    TO_LINE = "填{value}，接上{tier}" | "Take {value}, where {tier} ends";
    MOVE_LOWER = "{tier}改到{value}为止" | "Let {tier} end at {value}";
    AS_VERSION = "填{value}，沿用第{n}版" | "Take {value}, as in version {n}";
    EXACT = "按分比较：{below}是{lower}，{at}整是{upper}。" | "To the fen: {below} is {lower}, exactly {at} is {upper}.";
    LINE_LABEL = "{tier}从{floor}起" | "{tier} from {floor}";
    LINE_BLANK = "{tier}的下限没有填" | "floor of {tier} not set";
    LINE_REST = "{tier}其余" | "{tier} the rest";
    NO_TIERS_YET = "还没有等级，先加一级。" | "No tiers yet; add one first.";

    FREEZE = "年初把名单定下来，一年不动" | "Fix the list on 1 January for the year";
    FREEZE_SAY = "期间按数字会动的只作提示，到下一个1月1日再换。" | "What the figures say meanwhile is only shown; the list changes next 1 January.";

    SCORE = "价值分" | "Value score";
    SCORE_SAY = "权重合计要正好100" | "the weights must total exactly 100";
    KEEP_SCORE = "记价值分，五项加权" | "Keep a value score of five factors";
    TOTAL_IS = "{n}" | "{n}";
    TOTAL_SHORT = "{n}，差{rest}" | "{n}, {rest} short";
    TOTAL_OVER = "{n}，多{rest}" | "{n}, {rest} over";
    WEIGHT_OF = "{name}的权重，%" | "Weight of {name}, %";
    WEIGHT_LESS = "{name}少5" | "{name} 5 less";
    WEIGHT_MORE = "{name}多5" | "{name} 5 more";
    FACTOR_NAME = "这一项叫什么" | "Name of this factor";

    SEE = "谁会动" | "Who moves";
    SEE_TOOK = "{n}位，{s}秒" | "{n} {n:customer|customers}, {s} s";
    SEE_ASKING = "正在算" | "Computing";
    SEE_OFFLINE = "离线时算不了谁会动，联网后自动算。" | "Who moves is computed when connected again.";
    SEE_UNPLACED = "有{n}位草稿定不了级：有空着的地方，或数据不全。" | "The draft gives {n} no tier: blanks, or figures missing.";
    UP = "上升" | "Up";
    DOWN = "下降" | "Down";
    SAME = "不动" | "Same";
    REGRADED = "{n}位换到说不出高低的等级" | "{n} {n:goes|go} to a tier neither higher nor lower";
    JOINS = "{n}位现在没有等级，草稿给了" | "{n} without a tier today {n:gets|get} one";
    LEAVES = "{n}位现在有等级，草稿没给" | "{n} {n:loses|lose} their tier";
    SUMS = "{up}升{down}降" | "{up} up, {down} down";
    FLOW = "{n}位客户从现行标准到草稿：上升{up}位，下降{down}位，不动{same}位" | "{n} {n:customer|customers} from the version in force to the draft: {up} up, {down} down, {same} the same";
    FLOW_TABLE = "看成表" | "As a table";
    FLOW_FROM = "从" | "From";
    FLOW_TO = "到" | "To";
    FLOW_COUNT = "位" | "Customers";
    NO_TIER = "没有等级" | "No tier";
    BEFORE = "现在" | "Now";
    NEAR = "紧挨着界线的，先看" | "Nearest to a line, look first";
    NEAR_OVER = "{value}，过线{by}" | "{value}, {by} over the line";
    NEAR_SHORT = "{value}，差线{by}" | "{value}, {by} below the line";
    NEAR_ON = "{value}，正好在线上" | "{value}, exactly on the line";
    NEAR_NONE = "{value}" | "{value}";
    NEAR_NOT_YOURS = "客户名字只给主管看。" | "Names of customers are for leads only.";
    MOVERS_OF = "{what}{n}位，看是谁" | "{n} {what}, see who";
    MOVERS_UP = "{n}位上升" | "{n} {n:goes|go} up";
    MOVERS_DOWN = "{n}位下降" | "{n} {n:goes|go} down";
    MOVERS_YOURS = "你能看的有{n}位，全部{all}位。" | "{n} of {all} are yours to see.";
    MOVERS_MORE = "离界线更远的还有{n}位，没有列出来。" | "{n} more, further from a line, are not listed.";
    MOVERS_MISSING = "缺{list}" | "missing: {list}";
    MOVERS_RANGE = "{what}超出0到100分" | "{what} beyond 0 to 100 points";
    MOVERS_UNKNOWN = "草稿定不了级" | "the draft gives no tier";
    MOVERS_SHORT = "到{tier}还差{by}" | "{by} short of {tier}";
    MOVERS_NONE = "你的客户里没有" | "None of your customers";
    MOVERS_NONE_SAY = "动的是别的机构的客户，或者规则刚刚又变了。" | "Those who move are held elsewhere, or the rules have just changed again.";
    NOBODY_MOVES = "照这份草稿，没有人动。" | "Nobody moves by this draft.";

    NO_SCHEME = "还没有等级标准" | "No tiers yet";
    NO_SCHEME_SAY = "管理员定好并生效后，客户的等级才会出现。" | "Customers get tiers once the administrator has published some.";

    F_TIER_NAME = "这一级还没有名称。" | "This tier has no name yet.";
    F_LADDER_NAME = "这套标准还没有名称。" | "This standard has no name yet.";
    F_FACTOR_NAME = "这一项还没有名称。" | "This factor has no name yet.";
    F_FLOOR = "{tier}从多少起没有填。" | "Where {tier} begins is not set.";
    F_CEILING = "{tier}到多少为止没有填。" | "Where {tier} ends is not set.";
    F_DEMAND = "{tier}另外要够多少没有填。" | "What {tier} must also reach is not set.";
    F_WEIGHT = "{factor}的权重没有填。" | "The weight of {factor} is not set.";
    F_NO_TIERS = "至少要有一个等级。" | "There must be at least one tier.";
    F_TOO_MANY = "等级最多{max}个。" | "At most {max} tiers.";
    F_CODE = "{tier}的内部编号不能用，删掉这一级重新加。" | "The code of {tier} cannot be used; remove the tier and add it again.";
    F_NAME_TWICE = "“{tier}”这个名称用了两次。" | "The name “{tier}” is used twice.";
    F_NAME_LONG = "名称最多{max}个字。" | "A name has at most {max} characters.";
    F_NEVER = "没有哪套标准给{tier}。" | "No standard gives {tier}.";
    F_DIVIDE = "每位客户要正好归一套标准管：要么一套管所有人，要么有的一套、没有的一套。" | "Each customer must fall under exactly one standard: one for all, or one for those who have a thing and one for those who have not.";
    F_NO_STEPS = "这套标准里没有等级。" | "This standard has no tiers.";
    F_UNKNOWN = "这套标准里有一个不认识的等级。" | "This standard names an unknown tier.";
    F_TWICE = "{tier}在这套标准里出现两次。" | "{tier} stands in this standard twice.";
    F_GAP = "{from}到{to}没有归属。" | "{from} to {to} belongs to no tier.";
    F_GAP_ABOVE = "{from}以上没有归属。" | "From {from} up belongs to no tier.";
    F_GAP_BELOW = "{to}以下没有归属。" | "Below {to} belongs to no tier.";
    F_OVERLAP = "{from}到{to}归了两级。" | "{from} to {to} belongs to two tiers.";
    F_OVERLAP_OPEN = "这一级和下一级重叠，写清从多少起。" | "This tier and the next overlap; say where it begins.";
    F_EMPTY = "{tier}的下限不在上限以下，谁也进不来。" | "The floor of {tier} is not below its ceiling: nobody fits.";
    F_RISES = "{tier}要求得比上一级还多。" | "{tier} asks for more than the tier above it.";
    F_LOWEST = "最低一级收其余所有人，不能再有别的要求。" | "The lowest tier takes everyone left and cannot ask for more.";
    F_MEASURE = "要选至少一项，并且单位相同。" | "Choose at least one, all of the same unit.";
    F_NO_SCORE = "这套标准按价值分，先在下面记价值分。" | "This standard goes by the value score; keep one below first.";
    F_NOT_FACTOR = "{factor}不是价值分的一项。" | "{factor} is no factor of the score.";
    F_TOTAL = "权重合计{total}，要正好100。" | "The weights total {total}, not 100.";
}

pub use crate::words::tiers::{measure, yardstick};

pub fn applies(applies: Applies) -> String {
    match applies {
        Applies::Everyone => t(FOR_EVERYONE).to_owned(),
        Applies::Having(of) => fill(FOR_HAVING, &[("what", &measure(of))]),
        Applies::Lacking(of) => fill(FOR_LACKING, &[("what", &measure(of))]),
    }
}

pub fn unit_word(scale: Scale, unit: Option<Unit>) -> &'static str {
    t(match (scale, unit) {
        (Scale::Yuan, _) => YUAN,
        (Scale::Wan, _) => WAN,
        (Scale::Whole, Some(Unit::Count)) => PIECES,
        (Scale::Whole | Scale::Hundredths, _) => POINTS,
    })
}

/// Exactly, in the unit that reads best: 10万, 99万9999.99元, 99.5分.
pub fn exactly(of: &Yardstick, value: i64) -> String {
    const WAN_FEN: i64 = 1_000_000;
    let scale = of.scale(Scale::Yuan);
    if scale != Scale::Yuan {
        return format!("{}{}{}", scale.write(value), gap(), unit_word(scale, of.unit()));
    }
    if language() == Language::En {
        let exact = domain::money::Fen(value).exact();
        return exact.strip_suffix(".00").unwrap_or(&exact).to_owned();
    }
    let (wan, rest) = (value / WAN_FEN, value % WAN_FEN);
    match (wan, rest) {
        (0, rest) => format!("{}元", Scale::Yuan.write(rest)),
        (wan, 0) => format!("{wan}万"),
        // One part: 2.1万 reads better than 2万1000元.
        (_, rest) if rest % (WAN_FEN / 100) == 0 => format!("{}万", Scale::Wan.write(value)),
        (wan, rest) => format!("{wan}万{}元", Scale::Yuan.write(rest.abs())),
    }
}

/// As it is called; a tier without a name by its rank.
pub fn tier_name(scheme: &TierScheme, tier: &TierCode) -> String {
    let Some(rank) = scheme.rank(tier) else { return tier.0.clone() };
    let name = scheme.tiers.get(rank).map(|tier| tier.name.trim()).unwrap_or_default();
    if name.is_empty() { fill(NO_NAME, &[("n", &(rank + 1))]) } else { name.to_owned() }
}

pub fn preset(preset: Preset) -> (&'static str, &'static str) {
    let (name, say) = match preset {
        Preset::BankStandard1 => (
            Words { zh: "银行标准一", en: "Bank standard 1" },
            Words {
                zh: "所有客户按月日均财富资产，钻石、白金、金、大众四级。金的下限空着，来源没有写。",
                en: "All customers by average wealth assets, four tiers. Gold's floor is blank: the source does not say.",
            },
        ),
        Preset::BankStandards1And2 => (
            Words { zh: "银行标准一、二", en: "Bank standards 1 and 2" },
            Words {
                zh: "有个人贷款的客户另用标准二，两条都要够。金的下限、白金和金要的财富、大众的上限空着。",
                en: "Customers with a personal loan by standard 2, which asks for two things. Gold's floors, the wealth asked of platinum and gold, and where 大众 ends are blank.",
            },
        ),
        Preset::Telecom => (
            Words { zh: "电信大客户", en: "Telecom key accounts" },
            Words {
                zh: "按月消费分十一级，年初定名单。只有三级写了数，其余的名称和界线空着。",
                en: "Eleven tiers by monthly spend, fixed for the year. Three have figures; other names and lines are blank.",
            },
        ),
        Preset::Regional => (
            Words { zh: "区域客户", en: "Regional" },
            Words {
                zh: "按月消费分行业客户、高端聚类、普通聚类三级，没有空着的。",
                en: "Three tiers by monthly spend; nothing is blank.",
            },
        ),
        Preset::ValueScore => (
            Words { zh: "五项价值分", en: "Value score of five factors" },
            Words {
                zh: "按五项加权的价值分定级。权重和等级都空着，来源没有写。",
                en: "Tiers by a score of five weighted factors. Weights and tiers are blank.",
            },
        ),
    };
    (t(name), t(say))
}
