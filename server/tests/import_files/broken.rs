//! Files that are not what they should be: a typed refusal, in words, and never more memory than the limits say.

use super::made::{archive, csv, header_row, parts, text_cell, with_part, workbook};
use super::{BOOK_CSV, BOOK_XLSX};
use domain::import::{ImportError, limits};
use proptest::prelude::*;
use server::import::{ReadError, read};

#[test]
fn a_file_that_is_no_list_is_told_from_one() {
    let ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    let encrypted: Vec<u8> =
        ole.iter().copied().chain("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let no_header = ImportError::HeaderNotFound.into();
    for (what, bytes, error) in [
        ("nothing", Vec::new(), ReadError::Empty),
        ("white space", b" \r\n\t".to_vec(), ReadError::Empty),
        ("a byte order mark", b"\xef\xbb\xbf".to_vec(), ReadError::Empty),
        ("a header alone", csv(&[]).into_bytes(), ReadError::NoRows),
        ("no header", b"1,2,3\n4,5,6\n".to_vec(), no_header),
        ("an encrypted workbook", encrypted, ReadError::Encrypted),
        ("an old workbook", ole, ReadError::OldWorkbook),
        ("a picture", b"\xff\xd8\xff\xe0\0\x01\x02\x03".to_vec(), ReadError::NotAList),
        ("a program", b"MZ\x90\0\x03\0\0\0".to_vec(), ReadError::NotAList),
        ("a web page", b"<html><table><tr><td>1</td></tr></table>".to_vec(), ReadError::WebPage),
        ("another archive", archive(&[("content.xml", b"<a/>".to_vec())]), ReadError::NotAWorkbook),
        ("an archive of nothing", archive(&[]), ReadError::NotAWorkbook),
        ("bytes of no encoding", b"\xff\x81,\xff\n".to_vec(), ReadError::UnknownEncoding),
        ("half a character", BOOK_CSV[..3].to_vec(), ReadError::UnknownEncoding),
        ("half of UTF-16", b"\xff\xfeA\0\xd8".to_vec(), ReadError::UnknownEncoding),
        ("a workbook of nothing", workbook(""), ReadError::Empty),
        ("a workbook with a header alone", workbook(&header_row()), ReadError::NoRows),
        (
            "a cell of a missing shared text",
            workbook(r#"<row r="1"><c r="A1" t="s"><v>9</v></c></row>"#),
            ReadError::Damaged,
        ),
        (
            "a reference that is none",
            workbook(r#"<row r="1"><c r="99999999999999A"><v>9</v></c></row>"#),
            ReadError::Damaged,
        ),
        (
            "rows that go backwards",
            workbook(&format!(
                "{}<row r=\"1\">{}</row>",
                header_row().replace('1', "2"),
                text_cell("A1", "C1")
            )),
            ReadError::Damaged,
        ),
        (
            "XML that breaks off",
            with_part("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row>".to_vec()),
            ReadError::Damaged,
        ),
        ("more bytes than allowed", vec![b'1'; limits::FILE_BYTES_MAX + 1], ReadError::FileTooLarge),
    ] {
        assert_eq!(read(&bytes).expect_err(what), error, "{what}");
        let words = error.words();
        assert!(!words.zh.is_empty() && words.zh.contains("没有") && !words.en.is_empty(), "{what}");
    }
}

#[test]
fn a_workbook_cut_anywhere_is_refused() {
    for cut in (4..BOOK_XLSX.len()).step_by(997).chain([5, 30, BOOK_XLSX.len() - 22, BOOK_XLSX.len() - 1]) {
        let error = read(&BOOK_XLSX[..cut]).expect_err("cut");
        assert!(matches!(error, ReadError::Truncated), "{cut}: {error}");
    }
}

#[test]
fn a_csv_cut_anywhere_is_refused_or_read_to_the_cut() {
    for cut in (1..BOOK_CSV.len()).step_by(2_503) {
        match read(&BOOK_CSV[..cut]) {
            Ok(file) => assert!(file.sheet.rows.len() <= 700),
            Err(error) => assert!(!error.words().zh.is_empty()),
        }
    }
}

#[test]
fn a_bomb_is_refused_before_it_bursts() {
    let blank = |bytes: u64| vec![b' '; usize::try_from(bytes).expect("a size")];
    let styles = |inside: &str| format!("<styleSheet>{inside}</styleSheet>").into_bytes();
    let wide = format!(r#"{}<row r="1048576">{}</row>"#, header_row(), text_cell("XFD1048576", "x"));
    let cell = "长".repeat(limits::CELL_BYTES_MAX / 3 + 1);
    let many: Vec<(String, Vec<u8>)> =
        (0..=limits::PARTS_MAX).map(|no| (format!("p{no}"), Vec::new())).collect();
    let many: Vec<(&str, Vec<u8>)> =
        many.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    let row = |cells: &str| format!(r#"{}<row r="2">{cells}</row>"#, header_row());
    for (what, bytes, error) in [
        (
            "a large sheet",
            with_part("xl/worksheets/sheet1.xml", blank(limits::INFLATED_BYTES_MAX + 1)),
            ReadError::InflatesTooMuch,
        ),
        (
            "a large picture",
            with_part("xl/media/a.png", blank(limits::INFLATED_BYTES_MAX + 1)),
            ReadError::InflatesTooMuch,
        ),
        (
            "large shared texts",
            with_part("xl/sharedStrings.xml", blank(limits::SHARED_TEXT_BYTES_MAX + 1)),
            ReadError::InflatesTooMuch,
        ),
        (
            "large styles",
            with_part("XL\\Styles.xml", blank(limits::PART_BYTES_MAX + 1)),
            ReadError::InflatesTooMuch,
        ),
        (
            "a number of texts that lies",
            with_part("xl/sharedStrings.xml", br#"<x:sst uniqueCount = "99999999999"></x:sst>"#.to_vec()),
            ReadError::InflatesTooMuch,
        ),
        (
            "a number hidden by its encoding",
            with_part(
                "xl/sharedStrings.xml",
                br#"<?xml version="1.0" encoding="iso-2022-jp"?><sst/>"#.to_vec(),
            ),
            ReadError::Damaged,
        ),
        (
            "a long name for many styles",
            with_part(
                "xl/styles.xml",
                styles(&format!(r#"<font><name val="{}"/></font>"#, "x".repeat(9_999))),
            ),
            ReadError::InflatesTooMuch,
        ),
        (
            "more styles than any list has",
            with_part("xl/styles.xml", styles(&"<xf/>".repeat(limits::CELL_FORMATS_MAX + 1))),
            ReadError::InflatesTooMuch,
        ),
        (
            "one endless cell",
            workbook(&row(&text_cell("A2", &"x".repeat(2 << 20)))),
            ReadError::InflatesTooMuch,
        ),
        (
            "an endless cell of many runs",
            workbook(&row(&format!("<c><is>{}</is></c>", "<r><t>xxxxxxxxxxxxxxxx</t></r>".repeat(60_000)))),
            ReadError::InflatesTooMuch,
        ),
        (
            "cells hidden in CDATA",
            workbook(&row("<c><is><t><![CDATA[<c >]]></t></is></c>")),
            ReadError::Damaged,
        ),
        ("a long cell", workbook(&row(&text_cell("A2", &cell))), ReadError::CellTooLong { line: 2 }),
        ("a cell at the far end", workbook(&wide), ReadError::TooManyColumns),
        ("many parts", archive(&many), ReadError::InflatesTooMuch),
        (
            "a long cell in CSV",
            csv(&[&format!("C1,{cell},1001,1")]).into_bytes(),
            ReadError::CellTooLong { line: 2 },
        ),
        (
            "many columns in CSV",
            csv(&[&"1,".repeat(limits::COLUMNS_MAX + 1)]).into_bytes(),
            ReadError::TooManyColumns,
        ),
        ("many cells in CSV", csv(&[&",".repeat(limits::CELLS_MAX)]).into_bytes(), ReadError::TooManyCells),
        (
            "many rows in CSV",
            csv(&["C1,甲,1001,1"; limits::ROWS_MAX + 1]).into_bytes(),
            ReadError::TooManyRows,
        ),
    ] {
        assert_eq!(read(&bytes).expect_err(what), error, "{what}");
    }
}

#[test]
fn a_part_that_lies_about_its_size_is_still_counted() {
    let honest = with_part("xl/styles.xml", vec![b' '; 5 << 20]);
    let size = (5_u32 << 20).to_le_bytes();
    let mut lying = honest.clone();
    for at in 0..lying.len() - 4 {
        if lying[at..at + 4] == size {
            lying[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
        }
    }
    assert_ne!(lying, honest);
    assert!(matches!(read(&lying), Err(ReadError::InflatesTooMuch | ReadError::Damaged)));
}

#[test]
fn a_workbook_that_lies_elsewhere_cannot_pass_its_texts_off_as_a_sheet() {
    let mut parts = parts(&header_row());
    for (name, bytes) in &mut parts {
        if *name == "_rels/.rels" {
            *bytes =
                String::from_utf8_lossy(bytes).replace("xl/workbook", "xl/worksheets/workbook").into_bytes();
        }
    }
    assert_eq!(read(&archive(&parts)).expect_err("moved"), ReadError::Damaged);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn a_workbook_with_wrong_bytes_never_brings_the_server_down(
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = BOOK_XLSX.to_vec();
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Err(error) = read(&bytes) {
            prop_assert!(!error.words().zh.is_empty());
        }
    }

    #[test]
    fn cells_of_any_xml_never_bring_the_server_down(inside in r#"(<(c|/c|row|v|f|is|t|/t)( r="[A-Z]{0,4}[0-9]{0,11}"| t="(s|n|b|e|d|str|x)"| ref="B9:A1")*/?>|[0-9]{1,9}){0,12}"#) {
        let _ = read(&workbook(&format!("{}{inside}", header_row())));
    }
}
