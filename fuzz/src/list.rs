//! What CSV and workbooks have in common once their bytes are read: rows are taken or refused with a reason, and the
//! refused ones come back as a file that says the same.

use crate::world::PAGE;
use domain::import::{ListForm, RowOutcome, limits, read_figures, read_rows};
use server::import::{Language, SourceFile, read, write_refused};
use std::collections::BTreeSet;

pub fn check(bytes: &[u8]) {
    let file = match read(bytes) {
        Ok(file) => file,
        Err(error) => {
            let words = error.words();
            assert!(!words.zh.is_empty() && !words.en.is_empty());
            return;
        }
    };
    let sheet = &file.sheet;
    assert!(!sheet.rows.is_empty() && sheet.rows.len() <= limits::ROWS_MAX);
    assert!(sheet.rows.iter().all(|row| row.len() <= limits::COLUMNS_MAX));
    assert!(sheet.rows.iter().flat_map(|row| row.cells()).all(|cell| cell.len() <= limits::CELL_BYTES_MAX));
    let today = PAGE.server_time.date();
    for (_, outcome) in read_figures(sheet, &sheet.mapping_as(ListForm::Figures), today) {
        assert!(outcome.accepted().is_some() == outcome.faults().is_empty());
    }
    let managers: BTreeSet<String> = ["1001".to_owned()].into();
    let reading = read_rows(sheet, &sheet.mapping(), &managers);
    assert_eq!(reading.outcomes.len(), sheet.rows.len());
    for (_, outcome) in &reading.outcomes {
        assert!(outcome.accepted().is_some() == outcome.faults().is_empty());
        for fault in outcome.faults() {
            assert!(!fault.advice().zh.is_empty());
        }
    }
    refused_come_back(&file, &reading.outcomes);
}

fn refused_come_back<Draft>(file: &SourceFile, outcomes: &[(u32, RowOutcome<Draft>)]) {
    let written = write_refused(file.form, &file.sheet, outcomes, Language::Zh);
    let written = written.expect("refused rows can be written");
    let refused: BTreeSet<u32> =
        outcomes.iter().filter(|(_, outcome)| outcome.accepted().is_none()).map(|(line, _)| *line).collect();
    let Ok(back) = read(&written) else { return };
    assert!(back.sheet.rows.len() <= refused.len().max(1), "more rows than were refused");
    for cell in back.sheet.rows.iter().flat_map(|row| row.cells()) {
        assert!(
            !cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']),
            "would be calculated: {cell:?}"
        );
    }
}
