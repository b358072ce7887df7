use super::*;
use domain::customer::{CustomerType, Holdings};
use domain::ids::BookId;
use uuid::Uuid;

fn customer(n: u128, name: &str, phone: &str, address: &str) -> Customer {
    Customer {
        id: CustomerId(Uuid::from_u128(n)),
        book_id: BookId(Uuid::from_u128(1)),
        customer_no: format!("C{n:06}"),
        name: name.to_owned(),
        customer_type: CustomerType::Person,
        identity_masked: None,
        phone: Some(phone.to_owned()),
        address: Some(address.to_owned()),
        industry: None,
        birthday: None,
        lunar_birthday: None,
        opened_on: None,
        last_visited_on: None,
        place: None,
        remark: None,
        holdings: Holdings::default(),
        stamps: Vec::new(),
    }
}

fn book() -> SearchIndex {
    let mut index = SearchIndex::default();
    for (n, name, phone, address) in [
        (1, "陈守义", "19907000822", "滨海市海棠里3幢1201"),
        (2, "曾单", "19907001111", "滨海市红旗街609号"),
        (3, "重庆小面馆", "19907002222", "工业园区456号"),
        (4, "Ann Lee贸易", "19907003333", "滨海大道1号"),
        (5, "𠮷野家", "19907004444", "解放路371号"),
        (6, "安若溪", "19907005555", "渔港新村997号"),
    ] {
        index.put(&customer(n, name, phone, address));
    }
    index
}

fn found(index: &SearchIndex, query: &str) -> Vec<u128> {
    index.find(query).iter().map(|hit| hit.customer.0.as_u128()).collect()
}

#[test]
fn a_customer_is_found_by_any_part_and_by_pinyin_in_several_readings() {
    let index = book();
    for (query, expected) in [
        ("陈守", vec![1]),
        ("csy", vec![1]),
        ("chenshouyi", vec![1]),
        ("chensy", vec![1]),
        ("chen sh", vec![1]),
        ("CSY", vec![1]),
        ("zs", vec![2]),
        ("cengdan", vec![2]),
        ("zengshan", vec![2]),
        ("zhongqing", vec![3]),
        ("chongqing", vec![3]),
        ("xiaomian", vec![3]),
        ("ann", vec![4]),
        ("贸易", vec![4]),
        ("𠮷", vec![5]),
        ("0822", vec![1]),
        ("199 0700 1111", vec![2]),
        ("１１１１", vec![2]),
        ("海棠里", vec![1]),
        ("c000006", vec![6]),
        ("zzx", vec![]),
        ("  ", vec![]),
    ] {
        assert_eq!(found(&index, query), expected, "{query}");
    }
}

#[test]
fn a_hit_says_where_to_highlight() {
    let index = book();
    let hit = index.find("sy").into_iter().next().expect("a hit");
    assert_eq!((hit.matched, hit.chars), (Matched::Name, 1..3));
    let hit = index.find("0822").into_iter().next().expect("a hit");
    assert_eq!((hit.matched, hit.chars), (Matched::Phone, 7..11));
    let hit = index.find("野家").into_iter().next().expect("a hit");
    assert_eq!((hit.matched, hit.chars), (Matched::Name, 1..3), "characters, not bytes");
}

#[test]
fn the_book_stands_in_pinyin_order_under_its_letters() {
    let index = book();
    let order: Vec<_> = index.in_order().map(|(id, letter)| (id.0.as_u128(), letter)).collect();
    assert_eq!(order, [(4, 'A'), (6, 'A'), (1, 'C'), (2, 'Z'), (3, 'Z'), (5, '#')]);
}

#[test]
fn a_renamed_customer_moves_and_a_removed_one_is_gone() {
    let mut index = book();
    index.put(&customer(1, "白守义", "19907000822", "滨海市"));
    assert_eq!(found(&index, "csy"), []);
    assert_eq!(found(&index, "bsy"), [1]);
    index.remove(CustomerId(Uuid::from_u128(1)));
    assert_eq!(found(&index, "bsy"), []);
    assert_eq!(index.len(), 5);
    assert_eq!(index.in_order().count(), 5);
}
