//! Lists as files: the branch's own two, to the fen; every form a list comes in; files that break off, lie or burst.

#[path = "import_files/broken.rs"]
mod broken;
#[path = "import_files/forms.rs"]
mod forms;
#[path = "import_files/made.rs"]
mod made;

use domain::import::{CustomerDraft, Mapping, Reading, Reason, RowOutcome, read_rows};
use server::import::{Form, Language, SourceFile, read, write_refused};
use std::collections::{BTreeMap, BTreeSet};

const BOOK_XLSX: &[u8] = include_bytes!("data/book-700.xlsx");
const BOOK_CSV: &[u8] = include_bytes!("data/book-700-gb18030.csv");
const EXPECTED: &str = include_str!("data/book-700.expected.json");

fn managers() -> BTreeSet<String> {
    (1001..=1006).map(|no: u32| no.to_string()).collect()
}

fn reading_of(file: &SourceFile) -> Reading {
    let mapping: Mapping = file.sheet.mapping();
    assert_eq!(mapping.problems(), []);
    read_rows(&file.sheet, &mapping, &managers())
}

fn drafts(reading: &Reading) -> BTreeMap<&str, &CustomerDraft> {
    reading
        .outcomes
        .iter()
        .filter_map(|(_, row)| row.accepted())
        .map(|draft| (draft.customer_no.as_str(), draft))
        .collect()
}

fn expected() -> serde_json::Value {
    serde_json::from_str(EXPECTED).expect("the expected figures")
}

#[test]
fn the_workbook_gives_the_expected_figures_to_the_fen() {
    let expected = &expected()["xlsx"];
    let file = read(BOOK_XLSX).expect("a list");
    assert_eq!((file.form, file.sheet.header_line), (Form::Workbook, 2));
    let summary = reading_of(&file).summary;
    assert_eq!(summary.rows, expected["rows"]);
    assert_eq!(summary.accepted, expected["accepted"]);
    let totals = summary.totals;
    let totals = serde_json::json!({
        "dep": totals.deposit, "wealth": totals.wealth, "ins": totals.insurance, "fund": totals.fund, "loan": totals.loan,
    });
    assert_eq!(totals, expected["totals_fen"]);
    assert_eq!(serde_json::json!(summary.by_manager), expected["by_manager"]);
}

#[test]
fn the_csv_gives_the_expected_figures_and_a_reason_for_each_refused_row() {
    let expected = &expected()["csv"];
    let summary = reading_of(&read(BOOK_CSV).expect("a list")).summary;
    assert_eq!(summary.rows, expected["rows"]);
    assert_eq!(summary.accepted, expected["accepted"]);
    assert_eq!(serde_json::json!(summary.refused), expected["rejected"]);
}

#[test]
fn a_customer_reads_the_same_from_the_workbook_and_from_the_csv() {
    let (workbook, csv) = (read(BOOK_XLSX).expect("a list"), read(BOOK_CSV).expect("a list"));
    let (workbook, csv) = (reading_of(&workbook), reading_of(&csv));
    let (workbook, csv) = (drafts(&workbook), drafts(&csv));
    for (customer_no, draft) in &csv {
        assert_eq!(Some(draft), workbook.get(customer_no), "{customer_no}");
    }
    assert!(csv.values().any(|draft| draft.name == "𬭎嘉诚"), "a name outside the BMP");
}

#[test]
fn refused_rows_come_back_in_the_same_form_with_their_reason() {
    let file = read(BOOK_CSV).expect("a list");
    let reading = reading_of(&file);
    let bytes = write_refused(file.form, &file.sheet, &reading.outcomes, Language::Zh).expect("a file");
    let back = read(&bytes).expect("a list");
    assert_eq!(back.form, file.form);
    assert_eq!(back.sheet.header[..19], file.sheet.header[..]);
    assert_eq!(back.sheet.header[19], "原因");
    assert_eq!(back.sheet.rows.len(), 65);
    let manager = back.sheet.rows.iter().find(|row| row.cell(0) == "C007008").expect("the row");
    assert_eq!(manager.cell(19), "没有这个工号，改成管户经理的工号");
    assert_eq!(manager.cell(4), "'+8619907001096", "guarded against calculation");

    // The same rows are refused again for the same reasons; of the twelve twins the first now has no other.
    let again = reading_of(&back).summary;
    let mut refused = reading.summary.refused;
    *refused.entry(Reason::DuplicateId).or_default() -= 1;
    assert_eq!(again.refused, refused);
}

#[test]
fn a_corrected_row_is_taken_and_its_old_reason_makes_no_second_column() {
    let file = read(BOOK_CSV).expect("a list");
    let outcomes = reading_of(&file).outcomes;
    for form in [file.form, Form::Workbook] {
        let bytes = write_refused(form, &file.sheet, &outcomes, Language::En).expect("a file");
        let mut back = read(&bytes).expect("a list");
        assert_eq!(back.form, form);
        let corrected = back.sheet.rows[0].cells().map(|cell| if cell == "9999" { "1001" } else { cell });
        back.sheet.rows[0] = domain::import::SourceRow::from_cells(2, corrected);
        let outcomes = reading_of(&back).outcomes;
        assert!(
            matches!(&outcomes[0].1, RowOutcome::Accepted(draft) if draft.phone.as_deref() == Some("19907001096"))
        );
        let bytes = write_refused(form, &back.sheet, &outcomes, Language::En).expect("a file");
        let header = read(&bytes).expect("a list").sheet.header;
        assert_eq!(header.iter().filter(|name| *name == "原因").count(), 1);
    }
}
