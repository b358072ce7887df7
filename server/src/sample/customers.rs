//! Invented customers: identity numbers begin with 990, which no place has, phones with 1990 07.

use super::courses::{Course, PER_BOOK};
use super::dice::Dice;
use chrono::{Datelike, Duration};
use domain::customer::{Customer, CustomerType, Holdings, Place};
use domain::ids::CustomerId;
use domain::lunar::{self, LunarDate, LunarDay};
use domain::money::Fen;
use domain::organisation::Book;
use domain::time::{Date, Timestamp, days_between, next_anniversary};
use std::collections::BTreeSet;

const SURNAMES: &[&str] = &[
    "季", "温", "闻人", "舒", "钟离", "上官", "单", "曾", "解", "仇", "查", "盖", "任", "乐", "区", "尹",
    "池", "谷", "柳", "桑", "陶", "秦", "褚", "卫", "蒋", "沈", "韩", "杨", "朱", "尤", "许", "吕",
];
const GIVEN: &[&str] = &[
    "明远", "知微", "若川", "秋白", "以南", "望舒", "青岚", "砚之", "予安", "听澜", "怀瑾", "照", "越",
    "嘉禾", "亦凡", "雨桐", "长庚", "静好", "思齐", "云舟", "晚晴", "仲夏", "乐天", "行之", "重阳", "𬭎",
];
const STREETS: &[&str] = &["海棠里", "大沙镇", "解放路", "东港路", "望潮街", "盐田巷", "渔人码头", "新桥村"];
const TRADES: &[&str] = &["餐饮", "服装", "水产", "五金", "家具", "医疗", "教育", "运输", "茶叶", "建材"];
const SHOPS: &[&str] = &["餐饮", "服装", "水产", "五金", "家具", "茶叶", "建材"];
const COMPANIES: &[&str] = &["汐月", "云帆", "潮声", "白鹭", "青屿", "远帆"];
const REMARKS: &[&str] = &["孩子今年升学", "介绍过新客户", "喜欢上午见面", "店里周二休息", "先打电话再去"];

/// Many of so many years keep their birthday by the lunar calendar.
const LUNAR_YEARS: i32 = 58;
const LUNAR_PERCENT: u64 = 50;
/// A birthday nearer than this would be shown.
const NEAR_DAYS: i64 = 10;

/// The same customers whatever the day. Nobody is called as somebody in `taken`, nor has their number: in a sample one
/// name is one customer.
pub(super) fn of_book(
    dice: &mut Dice,
    now: Timestamp,
    book: &Book,
    taken: &mut BTreeSet<String>,
) -> Vec<Customer> {
    let mut made = Vec::with_capacity(PER_BOOK);
    while made.len() < PER_BOOK {
        let next = one(dice, now, book);
        let mut own = vec![next.name.clone(), next.customer_no.clone()];
        own.extend(next.phone.clone());
        if own.iter().all(|text| !taken.contains(text)) {
            taken.extend(own);
            made.push(next);
        }
    }
    made
}

/// With the days that its course asks for; answers the identity number.
pub(super) fn suit(dice: &mut Dice, today: Date, customer: &mut Customer, course: &Course) -> Option<String> {
    // Before the first visit; who was never visited has come lately.
    let opened_days_ago = if course.is_new() { dice.days(9, 25) } else { dice.days(600, 6_600) };
    customer.opened_on = Some(today - Duration::days(opened_days_ago));
    if customer.customer_type != CustomerType::Company {
        customer.birthday = birthday(dice, today, course.birthday_in);
        let by_moon = course.lunar_birthday_in.and_then(|ahead| lunar_birthday(dice, today, ahead));
        if let Some((birthday, day)) = by_moon {
            (customer.birthday, customer.lunar_birthday) = (Some(birthday), Some(day));
        } else if course.birthday_in.is_none() && dice.chance(LUNAR_PERCENT) {
            let born = customer.birthday.filter(|born| today.year() - born.year() >= LUNAR_YEARS);
            customer.lunar_birthday = born.and_then(lunar::of).map(day_of_year);
        }
    }
    let identity_no = customer.birthday.map(|birthday| identity_no(dice, birthday));
    customer.identity_masked = identity_no.as_deref().map(domain::mask::identity);
    identity_no
}

fn one(dice: &mut Dice, now: Timestamp, book: &Book) -> Customer {
    let customer_type = match dice.below(10) {
        0 => CustomerType::Company,
        1..=3 => CustomerType::SoleTrader,
        _ => CustomerType::Person,
    };
    let person = format!("{}{}", dice.pick(SURNAMES), dice.pick(GIVEN));
    let trade = dice.pick(if customer_type == CustomerType::SoleTrader { SHOPS } else { TRADES });
    let name = match customer_type {
        CustomerType::Person => person.clone(),
        CustomerType::SoleTrader => format!("{person}{trade}店"),
        CustomerType::Company => format!("滨海市{}{trade}有限公司", dice.pick(COMPANIES)),
    };
    let serial = dice.below(100_000);
    let is_large = dice.chance(20);
    let amount = |dice: &mut Dice, percent: u64, yuan: u64| {
        let scale = if is_large { 12 } else { 1 };
        let fen = if dice.chance(percent) { dice.below(yuan * scale * 100) } else { 0 };
        Fen(i64::try_from(fen).unwrap_or(0))
    };
    let holdings = Holdings {
        deposit: amount(dice, 95, 300_000),
        wealth: amount(dice, 45, 400_000),
        insurance: amount(dice, 25, 120_000),
        fund: amount(dice, 20, 80_000),
        loan: amount(dice, 25, 500_000),
        as_of: None,
    };
    Customer {
        id: CustomerId(dice.id(now)),
        book_id: book.id,
        // S: the sample's own, so that no list handed over by a branch collides with it.
        customer_no: format!("S{:09}", dice.below(1_000_000_000)),
        name,
        customer_type,
        identity_masked: None,
        phone: dice.chance(95).then(|| format!("199007{serial:05}")),
        address: Some(format!("滨海市{}{}号", dice.pick(STREETS), dice.below(600) + 1)),
        industry: Some(trade.to_owned()),
        birthday: None,
        lunar_birthday: None,
        opened_on: None,
        last_visited_on: None,
        place: Some(Place {
            longitude_e6: 119_550_000 + i32::try_from(dice.below(300_000)).unwrap_or(0),
            latitude_e6: 34_220_000 + i32::try_from(dice.below(200_000)).unwrap_or(0),
        }),
        remark: dice.chance(30).then(|| dice.pick(REMARKS).to_owned()),
        holdings,
        stamps: Vec::new(),
    }
}

/// Twenty to eighty years ago. In so many days the next one, where that is asked for, otherwise none before long.
fn birthday(dice: &mut Dice, today: Date, days_ahead: Option<i64>) -> Option<Date> {
    let ahead = days_ahead.unwrap_or_else(|| dice.days(12, 360));
    let day = today + Duration::days(ahead);
    let year = today.year() - i32::try_from(dice.days(20, 79)).unwrap_or(40);
    // A common year has no 29 February.
    day.with_year(year).or_else(|| day.succ_opt()?.with_year(year))
}

/// In so many days by the lunar calendar, and the day somebody old was born on, whose solar birthday is not near.
fn lunar_birthday(dice: &mut Dice, today: Date, days_ahead: i64) -> Option<(Date, LunarDay)> {
    let on = lunar::of(today + Duration::days(days_ahead))?;
    let day = day_of_year(on);
    let years_ago = i32::try_from(dice.days(LUNAR_YEARS.into(), 75)).unwrap_or(LUNAR_YEARS);
    let births = (years_ago..=years_ago + 4).filter_map(|years_ago| day.in_year(on.year - years_ago));
    let is_far = |born: &Date| {
        next_anniversary(*born, today).is_some_and(|solar| days_between(today, solar) > NEAR_DAYS)
    };
    births.into_iter().find(is_far).map(|born| (born, day))
}

fn day_of_year(date: LunarDate) -> LunarDay {
    LunarDay { month: date.month, day: date.day, is_leap: date.is_leap }
}

/// 18 characters with the check digit of GB 11643.
fn identity_no(dice: &mut Dice, birthday: Date) -> String {
    let digits =
        format!("990{:03}{}{:03}", 700 + dice.below(99), birthday.format("%Y%m%d"), dice.below(1_000));
    let sum = digits.bytes().fold(0, |sum, digit| (sum * 2 + usize::from(digit - b'0')) % 11);
    let check = b"10X98765432".get(sum * 2 % 11).map_or('0', |&check| char::from(check));
    format!("{digits}{check}")
}

#[cfg(test)]
mod tests {
    use super::super::courses;
    use super::*;
    use domain::ids::{BookId, OrgUnitId};
    use uuid::Uuid;

    #[test]
    fn sample_customers_are_plainly_invented_and_well_formed() {
        let book = Book {
            id: BookId(Uuid::nil()),
            org_unit_id: OrgUnitId(Uuid::nil()),
            holder_id: None,
            name: "样例".to_owned(),
        };
        let now = Timestamp(1_763_420_400_000);
        let mut dice = Dice::new(1);
        let mut taken = BTreeSet::new();
        let made: Vec<(Customer, Option<String>)> = (0..20)
            .flat_map(|nth| {
                let customers = of_book(&mut dice, now, &book, &mut taken);
                let courses = courses::of_book(&mut dice, now, nth, &customers);
                let suited = customers.into_iter().zip(courses);
                suited
                    .map(|(mut customer, course)| {
                        let identity_no = suit(&mut dice, now.date(), &mut customer, &course);
                        (customer, identity_no)
                    })
                    .collect::<Vec<_>>()
            })
            .collect();
        for (customer, identity_no) in made {
            assert!(customer.customer_no.starts_with('S'));
            if let Some(number) = identity_no {
                assert!(number.starts_with("990"));
                let read = domain::import::identity_no(&number, Some(CustomerType::Person));
                assert_eq!(read.as_deref(), Ok(number.as_str()));
            }
            if let Some(phone) = customer.phone {
                assert!(phone.starts_with("199007"));
                assert_eq!(domain::import::phone(&phone).as_deref(), Ok(phone.as_str()));
            }
        }
    }
}
