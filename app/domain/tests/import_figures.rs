//! Lists of figures by month: what a row says, what it does to what is held, and that the order of rows decides nothing.

use domain::customer::{Customer, CustomerType, Holdings};
use domain::figures::Figures;
use domain::ids::{BookId, CustomerId, FiguresId};
use domain::import::{
    Column, Fault, FiguresDraft, FiguresVerdict, Ledger, ListForm, Reason, RowOutcome, Sheet, SourceRow,
    Unit, balance_fen, find_header, known_from, limits, money_fen, month, read_figures,
};
use domain::money::Fen;
use domain::month::Month;
use domain::rating::Known;
use domain::tier::{Measure, Measures};
use domain::time::Date;
use proptest::prelude::*;
use uuid::Uuid;

const HEADER: &str = "客户编号|客户名称|账期|存款(万元)|个人贷款余额|月消费|持有产品数|信用";
const GOOD: &str = "C1|朱诚杰|2026-09|-1.5|(20)|88.8|3|85";

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

fn ym(text: &str) -> Month {
    text.parse().expect("a month")
}

fn today() -> Date {
    day("2026-10-20")
}

fn sheet_under(header: &str, rows: &[&str]) -> Sheet {
    let rows: Vec<SourceRow> =
        (2..).zip(rows).map(|(line, row)| SourceRow::from_cells(line, row.split('|'))).collect();
    let header = header.split('|').map(str::to_owned).collect();
    Sheet { header, header_line: 1, unit: Unit::Yuan, month: None, month_hint: None, rows }
}

fn read(rows: &[&str]) -> Vec<(u32, RowOutcome<FiguresDraft>)> {
    let sheet = sheet_under(HEADER, rows);
    let mapping = sheet.mapping();
    assert_eq!((mapping.form, mapping.problems()), (ListForm::Figures, vec![]));
    read_figures(&sheet, &mapping, today())
}

fn row(changes: &[(usize, &str)]) -> String {
    let mut cells: Vec<&str> = GOOD.split('|').collect();
    for (at, cell) in changes {
        cells[*at] = cell;
    }
    cells.join("|")
}

#[test]
fn a_good_row_is_read_whole_overdrafts_included() {
    let outcomes = read(&[GOOD]);
    let expected = FiguresDraft {
        customer_no: "C1".into(),
        name: Some("朱诚杰".into()),
        month: ym("2026-09"),
        values: Measures::from_iter([
            (Measure::Deposit, -1_500_000),
            (Measure::Loan, -2_000),
            (Measure::MonthlySpend, 8_880),
            (Measure::ProductsHeld, 3),
            (Measure::Credit, 85),
        ]),
    };
    assert_eq!((outcomes[0].0, outcomes[0].1.accepted()), (2, Some(&expected)));
    let blank = read(&["C1||2026-09|-||无||　"]);
    assert_eq!(blank[0].1.accepted().map(|draft| draft.values), Some(Measures::default()));
}

#[test]
fn each_fault_is_named_with_its_column() {
    for (at, cell, column, reason) in [
        (0, "", Column::CustomerNo, Reason::CustomerNoMissing),
        (0, "C 1", Column::CustomerNo, Reason::CodeInvalid),
        (1, "=1+1", Column::Name, Reason::FormulaInCell),
        (2, "", Column::Month, Reason::MonthMissing),
        (2, "上月", Column::Month, Reason::MonthInvalid),
        (2, "2026-11", Column::Month, Reason::MonthFuture),
        (2, "2023-09", Column::Month, Reason::MonthTooOld),
        (3, "约五百万", Column::Deposit, Reason::AmountInvalid),
        (4, "9999亿", Column::Loan, Reason::AmountTooLarge),
        (5, "0.001", Column::MonthlySpend, Reason::AmountTooFine),
        (6, "-3", Column::ProductsHeld, Reason::CountInvalid),
        (6, "2.5", Column::ProductsHeld, Reason::CountInvalid),
        (7, "101", Column::Credit, Reason::PointsInvalid),
        (7, "-1", Column::Credit, Reason::PointsInvalid),
        (7, "#REF!", Column::Credit, Reason::FormulaError),
    ] {
        let outcomes = read(&[&row(&[(at, cell)])]);
        let faults: Vec<_> =
            outcomes[0].1.faults().iter().map(|fault| (fault.column, fault.reason)).collect();
        assert_eq!(faults, [(Some(column), reason)], "{cell}");
        let advice = outcomes[0].1.faults()[0].advice();
        assert!(!advice.zh.is_empty() && !advice.en.is_empty() && !reason.label().zh.is_empty());
    }
    for cell in ["2026-10", "2023-10"] {
        assert!(read(&[&row(&[(2, cell)])])[0].1.accepted().is_some(), "{cell}");
    }
    let beyond = read(&[&format!("{GOOD}|多出来")]);
    assert_eq!(beyond[0].1.faults()[0].reason, Reason::CellsBeyondHeader);
}

#[test]
fn of_two_rows_of_one_customer_and_month_the_first_good_one_stands() {
    let bad = row(&[(7, "101")]);
    let other_month = row(&[(2, "2026年8月")]);
    let same_month = row(&[(2, "20260930"), (3, "9")]);
    let outcomes = read(&[&bad, GOOD, &other_month, &same_month]);
    let faults: Vec<&[Fault]> = outcomes.iter().map(|(_, outcome)| outcome.faults()).collect();
    assert_eq!((faults[1], faults[2]), (&[][..], &[][..]));
    let twice = Fault::duplicate(Column::CustomerNo, Reason::DuplicateMonth, "C1", 3);
    assert_eq!(faults[3], [twice]);
}

#[test]
fn the_month_may_stand_once_above_the_header_and_a_column_goes_before_it() {
    let rows = |header: &str, row: &str| {
        let rows = ["统计月份：2026年9月", header, row];
        let rows: Vec<SourceRow> =
            (1..).zip(rows).map(|(line, row)| SourceRow::from_cells(line, row.split('|'))).collect();
        let at = find_header(&rows).expect("a header");
        let header = rows[at.index].cells().map(str::to_owned).collect();
        let rows = rows[at.index + 1..].to_vec();
        Sheet { header, header_line: 2, unit: at.unit, month: at.month, month_hint: at.month_hint, rows }
    };
    for (header, row, expected) in [
        ("客户编号|存款", "C1|5", Ok(ym("2026-09"))),
        ("客户编号|月份|存款", "C1|2026-08|5", Ok(ym("2026-08"))),
        ("客户编号|月份|存款", "C1||5", Err(Reason::MonthMissing)),
    ] {
        let sheet = rows(header, row);
        let mapping = sheet.mapping();
        assert_eq!(mapping.problems(), []);
        let outcomes = read_figures(&sheet, &mapping, today());
        let month = outcomes[0].1.accepted().map(|draft| draft.month);
        assert_eq!(month.ok_or_else(|| outcomes[0].1.faults()[0].reason), expected, "{header} {row}");
    }
    // Said once and out of bounds, it refuses each row.
    let sheet = sheet_under("客户编号|存款", &["C1|5"]);
    for (said, reason) in [("2027-01", Reason::MonthFuture), ("2020-01", Reason::MonthTooOld)] {
        let mapping = domain::import::Mapping { month: Some(ym(said)), ..sheet.mapping() };
        assert_eq!(read_figures(&sheet, &mapping, today())[0].1.faults()[0].reason, reason);
    }
}

fn customer(no: u32, as_of: Option<&str>) -> Customer {
    let holdings =
        Holdings { deposit: Fen(100), wealth: Fen(50), as_of: as_of.map(day), ..Holdings::default() };
    Customer {
        id: CustomerId(Uuid::from_u128(u128::from(no))),
        book_id: BookId(Uuid::from_u128(1_000)),
        customer_no: format!("C{no}"),
        name: "朱诚杰".into(),
        customer_type: CustomerType::Person,
        identity_masked: None,
        phone: None,
        address: None,
        industry: None,
        birthday: None,
        lunar_birthday: None,
        opened_on: None,
        last_visited_on: None,
        place: None,
        remark: None,
        holdings: if as_of.is_some() { holdings } else { Holdings::default() },
        stamps: Vec::new(),
    }
}

fn draft(no: u32, month: &str, values: &[(Measure, i64)]) -> FiguresDraft {
    FiguresDraft {
        customer_no: format!("C{no}"),
        name: None,
        month: ym(month),
        values: values.iter().copied().collect(),
    }
}

/// Judges in turn as callers do: one customer's months in order.
fn judge_all(ledger: &mut Ledger, drafts: &[FiguresDraft], today: Date) -> Vec<FiguresVerdict> {
    let mut ids = 100_u128;
    let mut sorted: Vec<&FiguresDraft> = drafts.iter().collect();
    sorted.sort_by(|a, b| (&a.customer_no, a.month).cmp(&(&b.customer_no, b.month)));
    let new_id = || {
        ids += 1;
        FiguresId(Uuid::from_u128(ids))
    };
    let mut new_id = new_id;
    sorted.into_iter().map(|draft| ledger.judge(draft, today, &mut new_id)).collect()
}

/// What is held after an import, to begin the next one from.
fn held(ledger: &Ledger) -> Vec<Figures> {
    ledger.written().cloned().collect()
}

#[test]
fn a_month_is_new_then_unchanged_then_changed_value_by_value() {
    let plain = customer(1, None);
    let september = draft(1, "2026-09", &[(Measure::Deposit, 500), (Measure::MonthlySpend, 7)]);
    let mut ledger = Ledger::of([plain.clone()], []);
    assert_eq!(judge_all(&mut ledger, std::slice::from_ref(&september), today()), [FiguresVerdict::New]);
    let first = held(&ledger);
    assert_eq!((first.len(), first[0].as_of, &first[0].values), (1, day("2026-09-30"), &september.values));
    let after = ledger.changed_customers().next().cloned().expect("holdings brought up to date");
    assert_eq!((after.holdings.deposit, after.holdings.as_of), (Fen(500), Some(day("2026-09-30"))));

    let mut again = Ledger::of([after.clone()], first.clone());
    assert_eq!(judge_all(&mut again, &[september], today()), [FiguresVerdict::Unchanged]);
    assert_eq!((held(&again), again.changed_customers().count()), (vec![], 0));

    let correction = draft(1, "2026-09", &[(Measure::Deposit, 400)]);
    assert_eq!(judge_all(&mut again, &[correction], today()), [FiguresVerdict::Changed]);
    let corrected = held(&again);
    assert_eq!(corrected[0].id, first[0].id, "the month keeps its row");
    assert_eq!(corrected[0].values.get(Measure::Deposit), Some(400));
    assert_eq!(corrected[0].values.get(Measure::MonthlySpend), Some(7), "what is not said stays");
    assert_eq!(again.changed_customers().next().map(|row| row.holdings.deposit), Some(Fen(400)));

    let nothing = draft(1, "2026-08", &[]);
    assert_eq!(judge_all(&mut again, &[nothing], today()), [FiguresVerdict::Unchanged]);
}

#[test]
fn the_running_month_is_known_from_the_day_of_the_import() {
    for (month, today, as_of) in [
        ("2026-10", "2026-10-20", "2026-10-20"),
        ("2026-09", "2026-10-20", "2026-09-30"),
        ("2026-10", "2026-10-31", "2026-10-31"),
        ("2028-02", "2028-03-01", "2028-02-29"),
    ] {
        assert_eq!(known_from(ym(month), day(today)), day(as_of));
    }
    let mut ledger = Ledger::of([customer(1, None)], []);
    let running = draft(1, "2026-10", &[(Measure::Deposit, 5)]);
    judge_all(&mut ledger, std::slice::from_ref(&running), today());
    // The same values do not become known anew; others move the day on.
    let first = held(&ledger);
    let mut later = Ledger::of([customer(1, None)], first.clone());
    assert_eq!(judge_all(&mut later, &[running], day("2026-10-25")), [FiguresVerdict::Unchanged]);
    let other = draft(1, "2026-10", &[(Measure::Deposit, 6)]);
    assert_eq!(judge_all(&mut later, &[other], day("2026-10-25")), [FiguresVerdict::Changed]);
    assert_eq!(held(&later)[0].as_of, day("2026-10-25"));
}

#[test]
fn a_row_that_means_nobody_or_somebody_else_is_refused() {
    let mut ledger = Ledger::of([customer(1, None)], []);
    let values = [(Measure::Deposit, 5)];
    let unknown = draft(2, "2026-09", &values);
    let shifted = FiguresDraft { name: Some("李四".into()), ..draft(1, "2026-09", &values) };
    for (draft, column, reason) in
        [(unknown, Column::CustomerNo, Reason::CustomerUnknown), (shifted, Column::Name, Reason::NameDiffers)]
    {
        let [FiguresVerdict::Refused(fault)] = &judge_all(&mut ledger, &[draft], today())[..] else {
            panic!()
        };
        assert_eq!((fault.column, fault.reason), (Some(column), reason));
    }
    assert_eq!(ledger.written().count(), 0);
}

#[test]
fn older_figures_do_not_move_holdings_and_what_they_told_is_kept_as_a_month() {
    let row = customer(1, Some("2026-10-05"));
    let known_before = Known::of(&row, []);
    let mut ledger = Ledger::of([row.clone()], []);
    let told =
        [draft(1, "2026-10", &[(Measure::Deposit, 70)]), draft(1, "2026-08", &[(Measure::Deposit, 90)])];
    assert_eq!(judge_all(&mut ledger, &told, today()), [FiguresVerdict::New, FiguresVerdict::New]);
    let after = ledger.changed_customers().next().cloned().expect("brought up to date by October alone");
    assert_eq!((after.holdings.deposit, after.holdings.wealth), (Fen(70), Fen(50)));
    assert_eq!(after.holdings.as_of, Some(today()));
    let months = held(&ledger);
    let known = Known::of(&after, &months);
    let on = |date: &str, measure| known.on(day(date)).and_then(|measures| measures.get(measure));
    assert_eq!(on("2026-08-31", Measure::Deposit), Some(90));
    assert_eq!(on("2026-10-20", Measure::Deposit), Some(70));
    assert_eq!(
        on("2026-10-20", Measure::Wealth),
        known_before.on(today()).and_then(|was| was.get(Measure::Wealth))
    );
    assert_eq!(ledger.begun().collect::<Vec<_>>().len(), 2);
}

#[test]
fn a_balance_may_be_negative_only_where_it_is_allowed() {
    for (text, fen) in
        [("-3", -300), ("(1,200.5)", -120_050), ("−0.01元", -1), ("-1万", -1_000_000), ("-0", 0)]
    {
        assert_eq!(balance_fen(text, Unit::Yuan), Ok(Fen(fen)), "{text}");
        let expected = if fen == 0 { Ok(Fen(0)) } else { Err(Reason::AmountNegative) };
        assert_eq!(money_fen(text, Unit::Yuan), expected, "{text}");
    }
    assert_eq!(balance_fen("--5", Unit::Yuan), Err(Reason::AmountInvalid));
    assert_eq!(balance_fen("-9999亿", Unit::Yuan), Err(Reason::AmountTooLarge));
}

proptest! {
    #[test]
    fn a_month_reads_the_same_in_every_way_it_is_written(at in 0..3_000_u32, on in 1..=28_u32) {
        let of = ym("1950-01").plus(at);
        let (year, no) = (of.year(), of.month());
        let wide = |text: &str| -> String {
            text.chars().map(|c| if c.is_ascii_graphic() { char::from_u32(c as u32 + 0xfee0).unwrap_or(c) } else { c }).collect()
        };
        let mut ways = vec![
            of.to_string(),
            format!("{year}/{no}"),
            format!("{year}/{no:02}"),
            format!("{year}.{no:02}"),
            format!("{year}{no:02}"),
            format!("{year}年{no}月"),
            format!("{year}年{no:02}月份"),
            format!("{year}-{no:02}-{on:02}"),
            format!("{year}年{no}月{on}日"),
            format!("{year}{no:02}{on:02}"),
            format!("{year}-{no:02}-{on:02}T00:00:00"),
        ];
        ways.push(wide(&of.to_string()));
        for text in ways {
            prop_assert_eq!(month(&text), Ok(of), "{}", text);
        }
    }

    #[test]
    fn the_order_of_rows_decides_nothing_but_which_double_is_refused(
        rows in prop::collection::vec((1..4_u32, 0..4_u32, 0..3_i64, any::<bool>()), 1..20)
            .prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
        held_on in prop::option::of(0..60_i64),
    ) {
        let (rows, shuffled) = rows;
        // Doubles say the same here, so that whichever stands leaves the same.
        let text = |(no, back, _, is_wide): &(u32, u32, i64, bool)| {
            let month = Month::of(today()).minus(*back);
            let deposit = i64::from(*no) * 7 + i64::from(*back) - 2;
            let month = if *is_wide { format!("{}年{}月", month.year(), month.month()) } else { month.to_string() };
            format!("C{no}|朱诚杰|{month}|{deposit}||{}||", if *no == 1 { "9" } else { "" })
        };
        let run = |rows: &[(u32, u32, i64, bool)]| {
            let lines: Vec<String> = rows.iter().map(text).collect();
            let outcomes = read(&lines.iter().map(String::as_str).collect::<Vec<_>>());
            let drafts: Vec<FiguresDraft> = outcomes.iter().filter_map(|(_, row)| row.accepted()).cloned().collect();
            let as_of = held_on.map(|back| (today() - chrono::Days::new(back as u64)).to_string());
            let customers = (1..4).map(|no| customer(no, as_of.as_deref()));
            let mut ledger = Ledger::of(customers, []);
            judge_all(&mut ledger, &drafts, today());
            let mut months: Vec<_> = held(&ledger).into_iter().map(|row| (row.customer_id, row.as_of, row.values)).collect();
            months.sort_by_key(|(customer, as_of, _)| (*customer, *as_of));
            let mut customers: Vec<_> = ledger.changed_customers().map(|row| (row.id, row.holdings)).collect();
            customers.sort_by_key(|(id, _)| *id);
            (months, customers, drafts.len())
        };
        prop_assert_eq!(run(&rows), run(&shuffled));
    }

    #[test]
    fn no_cell_makes_a_reader_stumble(text in any::<String>(), at in 0..8_usize) {
        let mut cells: Vec<&str> = GOOD.split('|').collect();
        cells[at] = &text;
        let mut sheet = sheet_under(HEADER, &[]);
        sheet.rows.push(SourceRow::from_cells(2, cells));
        let outcomes = read_figures(&sheet, &sheet.mapping(), today());
        prop_assert_eq!(outcomes[0].1.accepted().is_some(), outcomes[0].1.faults().is_empty());
        let _ = (month(&text), balance_fen(&text, Unit::Yi), domain::import::month_in(&[&text]), find_header(&sheet.rows));
        let _ = ListForm::of_header(&[text]);
    }
}

#[test]
fn the_oldest_month_taken_is_as_far_back_as_the_limit_says() {
    let oldest = Month::of(today()).minus(limits::MONTHS_BACK_MAX);
    assert!(read(&[&row(&[(2, &oldest.to_string())])])[0].1.accepted().is_some());
    let before = oldest.prev().to_string();
    assert_eq!(read(&[&row(&[(2, &before)])])[0].1.faults()[0].reason, Reason::MonthTooOld);
}
