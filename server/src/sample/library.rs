//! The reference library a new organisation begins with, and the products of the sample.

use super::dice::Dice;
use crate::db::Change;
use domain::choice::{Choice, ChoiceList};
use domain::ids::{ChoiceId, OrgUnitId, ProductId};
use domain::organisation::OrgUnit;
use domain::product::Product;
use domain::time::Timestamp;
use uuid::Uuid;

const CHOICES: [(ChoiceList, &[&str]); 4] = [
    (
        ChoiceList::Need,
        &[
            "存款到期",
            "理财配置",
            "贷款",
            "保险保障",
            "子女教育",
            "养老",
            "代发工资",
            "收款结算",
            "手机银行",
            "其他",
        ],
    ),
    (ChoiceList::SkipReason, &["客户外出", "客户改约", "电话已联系", "天气原因", "单位临时安排", "地址不对"]),
    (ChoiceList::NextStep, &["送资料", "电话回访", "约到网点", "再次走访", "办理业务", "请同事协助"]),
    (ChoiceList::Purpose, &["例行走访", "到期提醒", "新客户认识", "节日问候", "产品介绍", "投诉回访"]),
];

const PRODUCTS: [(&str, &str); 12] = [
    ("整存整取一年", "储蓄"),
    ("大额存单三年", "储蓄"),
    ("通知存款", "储蓄"),
    ("稳享90天", "理财"),
    ("稳享一年", "理财"),
    ("安心添利", "理财"),
    ("终身寿险", "保险"),
    ("少儿教育金", "保险"),
    ("债券基金", "基金"),
    ("商户经营贷", "贷款"),
    ("住房按揭", "贷款"),
    ("聚合收款码", "结算"),
];

/// What everyone can be offered before anyone has typed; an organisation changes it as it likes.
pub fn first_choices(organisation: OrgUnitId, mut id: impl FnMut() -> Uuid) -> Vec<Change> {
    let mut changes = Vec::new();
    for (list, labels) in CHOICES {
        for (position, &label) in (0..).zip(labels) {
            let choice = Choice { id: ChoiceId(id()), list, label: label.to_owned(), position };
            changes.push(Change::put(organisation, choice));
        }
    }
    changes
}

pub(super) fn changes(dice: &mut Dice, now: Timestamp, head: &OrgUnit) -> Vec<Change> {
    let mut changes = first_choices(head.id, || dice.id(now));
    for (name, family) in PRODUCTS {
        let product = Product {
            id: ProductId(dice.id(now)),
            name: name.to_owned(),
            family: family.to_owned(),
            is_offered: true,
        };
        changes.push(Change::put(head.id, product));
    }
    changes
}

/// Products that can be told on a visit.
#[cfg(test)]
pub(super) fn product_names() -> Vec<&'static str> {
    PRODUCTS.iter().map(|(name, _)| *name).collect()
}

pub(super) fn labels(list: ChoiceList) -> &'static [&'static str] {
    CHOICES.iter().find(|(found, _)| *found == list).map_or(&[], |(_, labels)| labels)
}
