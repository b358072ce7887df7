//! Lists as branches hand them over, row by row and by property.

use domain::import::{
    Column, CustomerDraft, Fault, Mapping, Reading, Reason, RowOutcome, Sheet, SourceRow, Unit, date,
    find_header, identity_no, money_fen, name, phone, read_rows,
};
use domain::money::Fen;
use domain::time::Date;
use proptest::prelude::*;
use std::collections::BTreeSet;

const HEADER: &str = "客户编号|客户名称|客户类型|证件号码|手机号|联系地址|行业|管户经理工号|存款月日均(元)|理财(万元)|保险|基金|贷款|生日|开户日期|最近走访日期|经度|纬度|备注";
const GOOD: &str = "C1|  朱诚杰　|个人|990700197209049454|199-0700-0137|滨海市解放路371号|家具|1002|11,994.26元|1.5|0.00|¥0.00||19720904|2025.07.28||119.779598|34.273229|孩子今年升学";

fn sheet(rows: &[&str]) -> Sheet {
    let header: Vec<String> = HEADER.split('|').map(str::to_owned).collect();
    let rows = (2..).zip(rows).map(|(line, row)| SourceRow::from_cells(line, row.split('|'))).collect();
    Sheet { header, header_line: 1, unit: Unit::Yuan, month: None, month_hint: None, rows }
}

fn managers() -> BTreeSet<String> {
    (1001..=1006).map(|no: u32| no.to_string()).collect()
}

fn read(rows: &[&str]) -> Reading {
    let sheet = sheet(rows);
    let mapping = sheet.mapping();
    assert_eq!(mapping.problems(), []);
    read_rows(&sheet, &mapping, &managers())
}

/// [`GOOD`] with other cells at some columns.
fn row(changes: &[(usize, &str)]) -> String {
    let mut cells: Vec<&str> = GOOD.split('|').collect();
    for (at, cell) in changes {
        cells[*at] = cell;
    }
    cells.join("|")
}

fn faults_of(row: &str) -> Vec<(Option<Column>, Reason)> {
    let reading = read(&[row]);
    reading.outcomes[0].1.faults().iter().map(|fault| (fault.column, fault.reason)).collect()
}

#[test]
fn a_good_row_is_read_whole() {
    let reading = read(&[GOOD]);
    let (line, outcome) = &reading.outcomes[0];
    let day = |text: &str| text.parse::<Date>().ok();
    let expected = CustomerDraft {
        customer_no: "C1".into(),
        name: "朱诚杰".into(),
        manager_no: "1002".into(),
        customer_type: Some(domain::customer::CustomerType::Person),
        identity_no: Some("990700197209049454".into()),
        phone: Some("19907000137".into()),
        address: Some("滨海市解放路371号".into()),
        industry: Some("家具".into()),
        deposit: Some(Fen(1_199_426)),
        wealth: Some(Fen(1_500_000)),
        insurance: Some(Fen(0)),
        fund: Some(Fen(0)),
        loan: None,
        birthday: day("1972-09-04"),
        opened_on: day("2025-07-28"),
        last_visited_on: None,
        place: Some(domain::customer::Place { longitude_e6: 119_779_598, latitude_e6: 34_273_229 }),
        remark: Some("孩子今年升学".into()),
    };
    assert_eq!((*line, outcome.accepted()), (2, Some(&expected)));
    assert_eq!(reading.summary.totals.wealth, Fen(1_500_000));
    assert_eq!(reading.summary.by_manager.get("1002"), Some(&1));
}

#[test]
fn each_fault_is_named_with_its_column() {
    let too_long = "长".repeat(domain::limits::ADDRESS_CHARS_MAX + 1);
    for (at, cell, column, reason) in [
        (0, "", Column::CustomerNo, Reason::CustomerNoMissing),
        (0, "C 1", Column::CustomerNo, Reason::CodeInvalid),
        (1, "　", Column::Name, Reason::NameMissing),
        (1, "=1+1", Column::Name, Reason::FormulaInCell),
        (1, "<script>alert(1)</script>", Column::Name, Reason::MarkupInCell),
        (2, "外星人", Column::CustomerType, Reason::TypeUnknown),
        (3, "990700197209049455", Column::IdentityNo, Reason::IdChecksum),
        (3, "9907001972", Column::IdentityNo, Reason::IdInvalid),
        (4, "199070042", Column::Phone, Reason::PhoneInvalid),
        (5, too_long.as_str(), Column::Address, Reason::TextTooLong),
        (6, "甲\u{0}", Column::Industry, Reason::TextUnreadable),
        (7, "", Column::ManagerNo, Reason::ManagerMissing),
        (7, "9999", Column::ManagerNo, Reason::ManagerUnknown),
        (7, "10 02", Column::ManagerNo, Reason::ManagerUnknown),
        (8, "约五百万", Column::Deposit, Reason::AmountInvalid),
        (8, "=A1", Column::Deposit, Reason::FormulaInCell),
        (9, "#REF!", Column::Wealth, Reason::FormulaError),
        (10, "-3", Column::Insurance, Reason::AmountNegative),
        (11, "0.001", Column::Fund, Reason::AmountTooFine),
        (12, "9999亿", Column::Loan, Reason::AmountTooLarge),
        (14, "2019-02-30", Column::OpenedOn, Reason::DateInvalid),
        (16, "34.2", Column::Longitude, Reason::CoordinateInvalid),
        (17, "", Column::Longitude, Reason::CoordinateInvalid),
    ] {
        let cell = if at == 16 { "219.5" } else { cell };
        assert_eq!(faults_of(&row(&[(at, cell)])), [(Some(column), reason)], "{at} {cell}");
    }
    assert_eq!(faults_of(&format!("{GOOD}|多出来")), [(None, Reason::CellsBeyondHeader)]);
    assert_eq!(faults_of(&format!("{GOOD}||")), []);
}

#[test]
fn a_row_with_many_faults_is_counted_once_and_keeps_them_all() {
    let reading = read(&[&row(&[(1, ""), (4, "1"), (8, "三万")])]);
    assert_eq!(reading.summary.refused.into_iter().collect::<Vec<_>>(), [(Reason::NameMissing, 1)]);
    assert_eq!(reading.outcomes[0].1.faults().len(), 3);
}

#[test]
fn of_two_rows_with_one_number_the_first_good_one_stands() {
    let bad_phone = row(&[(4, "1")]);
    let other_no = row(&[(0, "C2")]);
    let other_id = row(&[(3, "990422197510263494")]);
    let reading = read(&[&bad_phone, GOOD, &other_no, &other_id, GOOD]);
    let fault = |column, reason, raw: &str| Fault::duplicate(column, reason, raw, 3);
    let by_no = fault(Column::CustomerNo, Reason::DuplicateCustomerNo, "C1");
    let by_id = fault(Column::IdentityNo, Reason::DuplicateId, "990700197209049454");
    let faults: Vec<&[Fault]> = reading.outcomes.iter().map(|(_, outcome)| outcome.faults()).collect();
    assert_eq!(faults[1], []);
    assert_eq!(faults[2..], [vec![by_id.clone()], vec![by_no.clone()], vec![by_no, by_id]]);
    assert_eq!((reading.summary.rows, reading.summary.accepted), (5, 1));
}

#[test]
fn marks_for_nothing_leave_a_field_unsaid_and_blank_rows_do_not_count() {
    let reading = read(&[" |　", &row(&[(3, "无"), (4, "-"), (8, "—"), (13, "/"), (16, ""), (17, "")])]);
    assert_eq!(reading.summary.rows, 1);
    let draft = reading.outcomes[0].1.accepted().expect("accepted");
    assert_eq!((&draft.identity_no, &draft.phone, draft.deposit, draft.birthday), (&None, &None, None, None));
    assert_eq!(draft.place, None);
}

#[test]
fn a_column_set_to_unused_says_nothing() {
    let sheet = sheet(&[&row(&[(8, "三万")])]);
    let mut mapping: Mapping = sheet.mapping();
    mapping.set(8, None).expect("a column");
    let reading = read_rows(&sheet, &mapping, &managers());
    assert_eq!(reading.outcomes[0].1.accepted().map(|draft| draft.deposit), Some(None));
}

#[test]
fn reasons_travel_under_the_names_others_know() {
    for (reason, word) in [
        (Reason::ManagerUnknown, "manager_unknown"),
        (Reason::NameMissing, "name_missing"),
        (Reason::PhoneInvalid, "phone_invalid"),
        (Reason::IdChecksum, "id_checksum"),
        (Reason::DateInvalid, "date_invalid"),
        (Reason::DuplicateId, "duplicate_id"),
        (Reason::AmountInvalid, "amount_invalid"),
    ] {
        assert_eq!(serde_json::to_value(reason).expect("json"), word);
        let advice = Fault::new(Some(Column::Name), reason, "x").advice();
        assert!(!advice.zh.contains(word) && !advice.en.contains(word) && !reason.label().zh.is_empty());
    }
}

#[test]
fn fifty_thousand_rows_are_read_in_one_pass() {
    let rows: Vec<String> = (0..50_000).map(|no| row(&[(0, &format!("C{no}")), (3, "")])).collect();
    let sheet = sheet(&rows.iter().map(String::as_str).collect::<Vec<_>>());
    let reading = read_rows(&sheet, &sheet.mapping(), &managers());
    assert_eq!((reading.summary.rows, reading.summary.accepted), (50_000, 50_000));
    assert_eq!(reading.summary.totals.deposit, Fen(50_000 * 1_199_426));
}

fn grouped(yuan: i64) -> String {
    let digits = yuan.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn full_width(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_ascii_graphic() { char::from_u32(c as u32 + 0xfee0).unwrap_or(c) } else { c })
        .collect()
}

/// `fen` in every way a list writes it.
fn ways_to_write(fen: i64) -> Vec<(String, Unit)> {
    let (yuan, cents) = (fen / 100, fen % 100);
    let plain = format!("{yuan}.{cents:02}");
    let split = format!("{}.{cents:02}", grouped(yuan));
    let scaled = |unit: Unit| {
        let digits = unit.fen().to_string().len() - 1;
        format!("{}.{:0digits$}", fen / unit.fen(), fen % unit.fen())
    };
    vec![
        (format!("¥{plain}"), Unit::Yuan),
        (format!("￥ {split}"), Unit::Yuan),
        (format!("{split}元"), Unit::Wan),
        (format!("　{}　", full_width(&split)), Unit::Yuan),
        (format!("{}万元", scaled(Unit::Wan)), Unit::Yuan),
        (format!("{}亿", scaled(Unit::Yi)), Unit::Yuan),
        (scaled(Unit::Wan), Unit::Wan),
        (scaled(Unit::Qian), Unit::Qian),
        (scaled(Unit::Baiwan), Unit::Baiwan),
        (scaled(Unit::Yi), Unit::Yi),
        (Fen(fen).exact(), Unit::Yuan),
        (plain, Unit::Yuan),
    ]
}

fn resident_number(mut digits: Vec<u8>) -> String {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    digits[..3].copy_from_slice(&[9, 9, 0]);
    let sum: u32 = digits.iter().zip(weights).map(|(digit, weight)| u32::from(*digit) * weight).sum();
    let check = "10X98765432".chars().nth(sum as usize % 11).expect("a check digit");
    digits.iter().map(|digit| char::from(b'0' + digit)).chain([check]).collect()
}

proptest! {
    #[test]
    fn any_amount_reads_the_same_in_every_way_it_is_written(fen in 0..=domain::import::limits::AMOUNT_FEN_MAX) {
        for (text, unit) in ways_to_write(fen) {
            prop_assert_eq!(money_fen(&text, unit), Ok(Fen(fen)), "{} {:?}", text, unit);
        }
    }

    #[test]
    fn an_amount_survives_a_workbooks_binary_figures(fen in 0..100_000_000_000_i64) {
        let shown = (fen as f64 / 100.0).to_string();
        prop_assert_eq!(money_fen(&shown, Unit::Yuan), Ok(Fen(fen)));
        let summed = (fen as f64 / 100.0 + 0.1 - 0.1).to_string();
        prop_assert_eq!(money_fen(&summed, Unit::Yuan), Ok(Fen(fen)));
    }

    #[test]
    fn one_wrong_digit_in_an_identity_number_is_always_caught(
        digits in prop::collection::vec(0..10_u8, 17), at in 0..18_usize, by in 1..10_u8,
    ) {
        let number = resident_number(digits);
        prop_assert_eq!(identity_no(&number, None), Ok(number.clone()));
        let wrong: String = number
            .chars()
            .enumerate()
            .map(|(place, c)| if place == at { char::from(b'0' + (c.to_digit(10).unwrap_or(10) as u8 + by) % 10) } else { c })
            .collect();
        prop_assume!(wrong != number);
        prop_assert!(identity_no(&wrong, None).is_err());
        prop_assert!(identity_no(&wrong, Some(domain::customer::CustomerType::Person)).is_err());
    }

    #[test]
    fn reading_a_phone_number_twice_is_reading_it_once(text in r"(\+?86 ?)?[01４][-0-9 （）()０-９]{6,16}") {
        if let Ok(number) = phone(&text) {
            prop_assert_eq!(phone(&number), Ok(number.clone()));
        }
    }

    #[test]
    fn any_day_reads_the_same_in_every_way_it_is_written(day in 0..100_000_u64) {
        let day = Date::from_ymd_opt(1900, 3, 1).expect("a day") + chrono::Days::new(day);
        for format in ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d", "%Y-%-m-%-d", "%Y-%m-%dT00:00:00"] {
            let text = day.format(format).to_string();
            prop_assert_eq!(date(&text), Ok(day), "{}", text);
        }
    }

    #[test]
    fn no_cell_makes_a_reader_stumble(text in any::<String>(), at in 0..19_usize) {
        let mut cells: Vec<&str> = GOOD.split('|').collect();
        cells[at] = &text;
        let mut sheet = sheet(&[]);
        sheet.rows.push(SourceRow::from_cells(2, cells));
        let reading = read_rows(&sheet, &sheet.mapping(), &managers());
        prop_assert_eq!(reading.outcomes.len(), 1);
        let _ = (name(&text), money_fen(&text, Unit::Yi), find_header(&sheet.rows));
        if let RowOutcome::Refused(faults) = &reading.outcomes[0].1 {
            prop_assert!(!faults.is_empty());
        }
    }
}
