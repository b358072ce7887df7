//! Files made on the spot.

use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub const HEADER: [&str; 4] = ["客户编号", "客户名称", "管户经理工号", "存款(元)"];

/// A workbook's parts around the XML of its cells.
pub fn parts(sheet_data: &str) -> Vec<(&'static str, Vec<u8>)> {
    let part = |name, text: &str| (name, text.as_bytes().to_vec());
    vec![
        part(
            "[Content_Types].xml",
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#,
        ),
        part(
            "_rels/.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        part(
            "xl/workbook.xml",
            r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
        ),
        part(
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
        part(
            "xl/worksheets/sheet1.xml",
            &format!(
                r#"<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData>{sheet_data}</sheetData></worksheet>"#
            ),
        ),
    ]
}

pub fn archive(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(bytes).expect("a part");
    }
    zip.finish().expect("an archive").into_inner()
}

pub fn text_cell(at: &str, text: &str) -> String {
    format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

/// Row 1 of a sheet: [`HEADER`].
pub fn header_row() -> String {
    let cells: String =
        ["A1", "B1", "C1", "D1"].iter().zip(HEADER).map(|(at, text)| text_cell(at, text)).collect();
    format!(r#"<row r="1">{cells}</row>"#)
}

pub fn workbook(sheet_data: &str) -> Vec<u8> {
    archive(&parts(sheet_data))
}

/// Another part, or another text for one there is.
pub fn with_part(name: &'static str, bytes: Vec<u8>) -> Vec<u8> {
    let row = format!(r#"{}<row r="2">{}</row>"#, header_row(), text_cell("A2", "C1"));
    let mut parts = parts(&row);
    parts.retain(|(other, _)| *other != name);
    parts.push((name, bytes));
    archive(&parts)
}

pub fn csv(rows: &[&str]) -> String {
    let mut text = HEADER.join(",");
    for row in rows {
        text.push_str("\r\n");
        text.push_str(row);
    }
    text
}
