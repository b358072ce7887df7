//! What is told of a visit: purpose, need, summary and products that belong together.

use domain::customer::CustomerType;

pub(super) struct Story {
    pub purpose: &'static str,
    pub need: &'static str,
    pub summary: &'static str,
}

const fn story(purpose: &'static str, need: &'static str, summary: &'static str) -> Story {
    Story { purpose, need, summary }
}

const OF_PERSONS: &[Story] = &[
    story("到期提醒", "存款到期", "谈了到期的存款，倾向续做一年。"),
    story("例行走访", "养老", "身体不错，关心养老的安排，留了资料。"),
    story("产品介绍", "子女教育", "孩子准备上大学，问了教育金的领取。"),
    story("投诉回访", "其他", "对上次的手续费有疑问，已解释清楚。"),
    story("例行走访", "其他", "认识了接班的女儿，以后主要和她联系。"),
    story("产品介绍", "理财配置", "觉得存款利息低，想拿一部分做稳健理财。"),
    story("例行走访", "手机银行", "换了新手机，帮着重新装好手机银行，试转成功。"),
    story("节日问候", "养老", "送了节日问候，聊到明年退休，想算一算每月能领多少。"),
    story("例行走访", "贷款", "打算给儿子置换住房，问了按揭的成数和利率。"),
    story("到期提醒", "理财配置", "理财下周到期，看过业绩说明，愿意接着做。"),
    story("产品介绍", "保险保障", "家里只有一份旧保单，约好把保单拿出来一起看。"),
    story("例行走访", "存款到期", "近期有一笔拆迁款到账，先放通知存款，再慢慢安排。"),
];
const OF_TRADERS: &[Story] = &[
    story("例行走访", "贷款", "看了新店面，下月装修，想了解经营贷。"),
    story("例行走访", "收款结算", "收款码用得顺手，想再要一个放二楼。"),
    story("产品介绍", "贷款", "旺季备货要周转，介绍了经营贷的额度和还款方式。"),
    story("节日问候", "其他", "节前生意忙，送了问候，约节后再坐下细谈。"),
    story("例行走访", "收款结算", "核对了上月的结算到账时间，没有差错。"),
    story("产品介绍", "理财配置", "淡季有闲钱，愿意买随时能取的理财。"),
    story("例行走访", "保险保障", "店里请了两位帮工，问了意外险怎么上。"),
    story("到期提醒", "贷款", "经营贷下月到期，流水正常，准备续贷的材料。"),
    story("例行走访", "手机银行", "教会了店员在手机上查到账，不用再打电话问。"),
    story("投诉回访", "收款结算", "上次扫码不灵，换了新的立牌，现场试了三笔都成功。"),
];
const OF_COMPANIES: &[Story] = &[
    story("例行走访", "代发工资", "谈了代发工资，员工三十多人，财务愿意先试一个月。"),
    story("例行走访", "贷款", "订单排到明年春天，想扩一条线，要一份融资方案。"),
    story("产品介绍", "理财配置", "账上有闲置资金，介绍了通知存款和短期理财。"),
    story("到期提醒", "存款到期", "大额存单到期，财务倾向转三年期，等老板定。"),
    story("例行走访", "收款结算", "对了上季度的结算量，希望手续费能按量优惠。"),
    story("节日问候", "其他", "年节问候，见了新来的财务主管，交换了联系方式。"),
    story("例行走访", "保险保障", "仓库搬到新址，问了财产险和雇主责任险。"),
    story("产品介绍", "代发工资", "给员工讲了一场手机银行，当场开通十二位。"),
    story("投诉回访", "收款结算", "回单晚到的事已说明原因，改为每天早上发送。"),
];

pub(super) fn of(customer_type: CustomerType) -> &'static [Story] {
    match customer_type {
        CustomerType::Person => OF_PERSONS,
        CustomerType::SoleTrader => OF_TRADERS,
        CustomerType::Company => OF_COMPANIES,
    }
}

/// Products of the sample that answer a need.
pub(super) fn products(need: &str, customer_type: CustomerType) -> &'static [&'static str] {
    match need {
        "存款到期" => &["整存整取一年", "大额存单三年", "通知存款"],
        "理财配置" => &["稳享90天", "稳享一年", "安心添利", "债券基金"],
        "贷款" if customer_type == CustomerType::Person => &["住房按揭"],
        "贷款" => &["商户经营贷"],
        "保险保障" => &["终身寿险"],
        "子女教育" => &["少儿教育金"],
        "养老" => &["安心添利", "终身寿险"],
        "收款结算" => &["聚合收款码"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::super::library::{labels, product_names};
    use super::*;
    use domain::choice::ChoiceList;

    #[test]
    fn stories_use_the_words_of_the_library() {
        for customer_type in CustomerType::ALL {
            for story in of(customer_type) {
                assert!(labels(ChoiceList::Purpose).contains(&story.purpose), "{}", story.purpose);
                assert!(labels(ChoiceList::Need).contains(&story.need), "{}", story.need);
                assert!(
                    products(story.need, customer_type).iter().all(|name| product_names().contains(name))
                );
            }
        }
    }
}
