//! A workbook: bytes that begin as an archive are one, any other first byte names the part that the rest becomes.

use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const HEADER: &str =
    r#"<row r="1"><c r="A1" t="inlineStr"><is><t>客户编号</t></is></c><c r="B1" t="s"><v>0</v></c></row>"#;
const PARTS: [&str; 5] = [
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/workbook.xml",
];

pub fn run(bytes: &[u8]) {
    match bytes.split_first() {
        Some((b'P', _)) | None => crate::list::check(bytes),
        Some((chosen, part)) => crate::list::check(&workbook(usize::from(*chosen) % PARTS.len(), part)),
    }
}

fn workbook(chosen: usize, part: &[u8]) -> Vec<u8> {
    let relation = |id: &str, kind: &str, to: &str| {
        format!(r#"<Relationship Id="{id}" Type="{RELATION}/{kind}" Target="{to}"/>"#)
    };
    let rows = |inside: &str| format!("<worksheet><sheetData>{inside}</sheetData></worksheet>");
    let relations = relation("rId1", "worksheet", "worksheets/sheet1.xml")
        + &relation("rId2", "sharedStrings", "sharedStrings.xml")
        + &relation("rId3", "styles", "styles.xml");
    let second = r#"<row r="2"><c r="A2" s="1"><v>45000</v></c><c r="B2" t="s"><v>1</v></c></row>"#;
    let usual = [
        rows(&format!("{HEADER}{second}")),
        "<sst><si><t>客户名称</t></si><si><t>甲</t></si></sst>".to_owned(),
        r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#.to_owned(),
        format!("<Relationships>{relations}</Relationships>"),
        format!(
            r#"<workbook xmlns:r="{RELATION}"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>"#
        ),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // Stored: what is mutated shall not be spent on deflating.
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut add = |name: &str, bytes: &[u8]| {
        zip.start_file(name, stored).expect("a part");
        zip.write_all(bytes).expect("a part");
    };
    let root = relation("rId1", "officeDocument", "xl/workbook.xml");
    add("_rels/.rels", format!("<Relationships>{root}</Relationships>").as_bytes());
    for (at, (name, text)) in PARTS.iter().zip(&usual).enumerate() {
        match at == chosen {
            // A sheet's header stays where it is: rows are what is looked for.
            true if at == 0 => {
                let inside = String::from_utf8_lossy(part);
                let is_whole = inside.contains("客户编号");
                add(
                    name,
                    rows(&if is_whole { inside.into_owned() } else { format!("{HEADER}{inside}") })
                        .as_bytes(),
                );
            }
            true => add(name, part),
            false => add(name, text.as_bytes()),
        }
    }
    zip.finish().expect("an archive").into_inner()
}
