//! Every form a good list comes in.

use super::made::{archive, csv, header_row, parts, text_cell, workbook};
use super::reading_of;
use domain::import::{Reason, SourceRow, Unit};
use domain::money::Fen;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use server::import::{Encoding, Form, Language, read, write_refused};

fn cells(row: &SourceRow) -> Vec<&str> {
    row.cells().collect()
}

#[test]
fn a_csv_reads_the_same_in_every_encoding_and_with_every_delimiter() {
    let comma = csv(&["C1,𬭎嘉诚,1001,\"1,234.56元\"", "C2,\"乙\"\"二\",1002,"]);
    let plain = comma.replace("\"1,234.56元\"", "1234.56元");
    let utf16 = |text: &str| format!("\u{feff}{text}");
    let (semicolon, tab) = (plain.replace(',', ";"), plain.replace(',', "\t"));
    let gb18030 = encoding_rs::GB18030.encode(&comma).0.into_owned();
    for (bytes, encoding, delimiter) in [
        (comma.clone().into_bytes(), Encoding::Utf8, b','),
        (format!("\u{feff}{comma}").into_bytes(), Encoding::Utf8, b','),
        (gb18030, Encoding::Gb18030, b','),
        (utf16(&tab).encode_utf16().flat_map(u16::to_le_bytes).collect(), Encoding::Utf16Le, b'\t'),
        (utf16(&comma).encode_utf16().flat_map(u16::to_be_bytes).collect(), Encoding::Utf16Be, b','),
        (semicolon.clone().into_bytes(), Encoding::Utf8, b';'),
        (format!("sep=;\r\n{semicolon}").into_bytes(), Encoding::Utf8, b';'),
    ] {
        let file = read(&bytes).expect("a list");
        assert_eq!(file.form, Form::Delimited { encoding, delimiter });
        let reading = reading_of(&file);
        assert_eq!((reading.summary.accepted, reading.summary.totals.deposit), (2, Fen(123_456)));
        let names: Vec<_> =
            reading.outcomes.iter().filter_map(|(_, row)| row.accepted()).map(|row| &row.name).collect();
        assert_eq!(names, ["𬭎嘉诚", "乙\"二"]);
        // and its refused rows go back the same way
        let bytes = write_refused(file.form, &file.sheet, &reading.outcomes, Language::Zh).expect("a file");
        assert!(bytes.len() > 20);
    }
}

#[test]
fn rows_carry_the_numbers_a_spreadsheet_shows() {
    let text = "客户清单\r\n\r\n客户编号,客户名称,管户经理工号,备注\r\nC1,甲,1001,\"两\n行\"\r\n\r\n\r\nC2,乙,1001,\r\nC3,丙,1001,";
    // However the lines of the file end.
    for text in [text.to_owned(), text.replace("\r\n", "\r"), text.replace("\r\n", "\n")] {
        let sheet = read(text.as_bytes()).expect("a list").sheet;
        assert_eq!(sheet.header_line, 3, "{text:?}");
        assert_eq!(sheet.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [4, 7, 8], "{text:?}");
    }
    let rows = format!(
        r#"{}<row r="3">{}</row><row r="9">{}</row>"#,
        header_row(),
        text_cell("A3", "C1"),
        text_cell("A9", "C2")
    );
    let sheet = read(&workbook(&rows)).expect("a list").sheet;
    assert_eq!(sheet.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [3, 9]);
}

#[test]
fn a_csv_keeps_codes_that_were_guarded_and_finds_rows_that_shifted() {
    let file = read(csv(&["=\"007\",甲,=\"1001\",1", "C2,乙,1001,1,234.56"]).as_bytes()).expect("a list");
    let reading = reading_of(&file);
    assert_eq!(reading.outcomes[0].1.accepted().map(|draft| draft.customer_no.as_str()), Some("007"));
    assert_eq!(
        reading.outcomes[1].1.faults().first().map(|fault| fault.reason),
        Some(Reason::CellsBeyondHeader)
    );
    // Nothing of the shifted row is lost on its way back, nor does it pass the second time.
    let bytes = write_refused(file.form, &file.sheet, &reading.outcomes, Language::Zh).expect("a file");
    let back = read(&bytes).expect("a list");
    assert_eq!(cells(&back.sheet.rows[0])[..4], ["C2", "乙", "1001", "1"]);
    assert_eq!(cells(&back.sheet.rows[0])[5], "234.56");
    assert_eq!(reading_of(&back).summary.accepted, 0);
}

#[test]
fn a_workbook_made_elsewhere_is_read_with_its_dates_formulas_and_figures() {
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, "封面").expect("a cell");
    let hidden = book.add_worksheet();
    hidden.write_row(0, 0, ["客户编号", "客户名称", "管户经理工号"]).expect("cells");
    hidden.write_row(1, 0, ["X", "隐藏", "1001"]).expect("cells");
    hidden.set_hidden(true);
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "单位：万元").expect("a cell");
    sheet
        .write_row(1, 0, ["客户编号", "姓名", "工号", "手机号", "存款", "生日", "开户日期", "备注"])
        .expect("cells");
    let date = Format::new().set_num_format("yyyy/m/d h:mm");
    sheet.write(2, 0, 7001).expect("a cell");
    sheet.write(2, 1, Formula::new("=A1&B1").set_result("甲")).expect("a cell");
    sheet.write(2, 2, 1001).expect("a cell");
    sheet.write(2, 3, 19_907_000_000_i64).expect("a cell");
    sheet.write(2, 4, Formula::new("=1+1").set_result("0.30000000000000004")).expect("a cell");
    let born = ExcelDateTime::from_ymd(1958, 7, 15).expect("a day").and_hms(9, 30, 0).expect("a time");
    sheet.write_with_format(2, 5, &born, &date).expect("a cell");
    sheet.write(2, 6, 37_842).expect("a cell");
    sheet.write(2, 7, "=只是文字").expect("a cell");
    let file = read(&book.save_to_buffer().expect("a workbook")).expect("a list");
    assert_eq!((file.sheet.unit, file.sheet.header_line), (Unit::Wan, 2));
    let row = cells(&file.sheet.rows[0]);
    assert_eq!(
        row,
        ["7001", "甲", "1001", "19907000000", "0.3", "1958-07-15T09:30:00", "37842", "=只是文字"]
    );
    let faults =
        reading_of(&file).outcomes[0].1.faults().iter().map(|fault| fault.reason).collect::<Vec<_>>();
    assert_eq!(faults, [Reason::FormulaInCell], "text that would calculate elsewhere");
}

#[test]
fn a_formula_nobody_calculated_is_refused_and_a_failed_one_too() {
    let row = |at: u32, deposit: &str| {
        let cell = |column: &str, text| text_cell(&format!("{column}{at}"), text);
        let no = format!("C{at}");
        format!(r#"<row r="{at}">{}{}{}{deposit}</row>"#, cell("A", &no), cell("B", "甲"), cell("C", "1001"))
    };
    let data = [
        header_row(),
        row(2, r#"<c r="D2"><f>1+1</f></c>"#),
        row(3, r#"<c r="D3" t="e"><f>1/0</f><v>#DIV/0!</v></c>"#),
        row(4, r#"<c r="D4"><f>1+1</f><v>2</v></c>"#),
        row(5, r#"<c r="D5" t="str"><f>IF(TRUE,"")</f><v></v></c>"#),
    ];
    let reading = reading_of(&read(&workbook(&data.concat())).expect("a list"));
    let faults: Vec<Vec<Reason>> = reading
        .outcomes
        .iter()
        .map(|(_, row)| row.faults().iter().map(|fault| fault.reason).collect())
        .collect();
    assert_eq!(faults, [vec![Reason::FormulaInCell], vec![Reason::FormulaError], vec![], vec![]]);
    assert_eq!(reading.summary.totals.deposit, Fen(200));
}

#[test]
fn a_workbook_may_count_its_days_from_1904() {
    let data =
        format!(r#"{}<row r="2">{}<c r="D2" s="1"><v>1</v></c></row>"#, header_row(), text_cell("A2", "C1"));
    let mut parts = parts(&data);
    for (name, bytes) in &mut parts {
        if *name == "xl/workbook.xml" {
            *bytes = String::from_utf8_lossy(bytes)
                .replace("<sheets>", r#"<workbookPr date1904="1"/><sheets>"#)
                .into_bytes();
        }
    }
    let styles =
        r#"<styleSheet><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;
    parts.push(("xl/styles.xml", styles.as_bytes().to_vec()));
    assert_eq!(read(&archive(&parts)).expect("a list").sheet.rows[0].cell(3), "1904-01-02");
}

#[test]
fn fifty_thousand_rows_are_read_from_either_form() {
    const ROWS: u32 = 50_000;
    let mut text = csv(&[]);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, super::made::HEADER).expect("cells");
    for no in 1..=ROWS {
        let (customer_no, name, manager) = (format!("C{no}"), format!("客户{no}"), 1001 + no % 6);
        text.push_str(&format!("\n{customer_no},{name},{manager},\"{no}.01元\""));
        sheet.write(no, 0, &customer_no).expect("a cell");
        sheet.write(no, 1, &name).expect("a cell");
        sheet.write(no, 2, manager).expect("a cell");
        sheet.write(no, 3, f64::from(no) + 0.01).expect("a cell");
    }
    let total = Fen(i64::from(ROWS) * i64::from(ROWS + 1) / 2 * 100 + i64::from(ROWS));
    for bytes in [text.into_bytes(), book.save_to_buffer().expect("a workbook")] {
        let summary = reading_of(&read(&bytes).expect("a list")).summary;
        assert_eq!((summary.rows, summary.accepted, summary.totals.deposit), (ROWS, ROWS, total));
    }
}
