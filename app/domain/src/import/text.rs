//! Text of a cell: names, words, remarks, and what no text may carry.

use super::Reason;
use crate::customer::CustomerType;
use crate::limits;
use std::borrow::Cow;

/// Marks at the edges of text that nobody sees: byte order mark, zero-width space.
fn is_edge(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}')
}

/// Without white space around, full-width and invisible kinds included.
pub fn trimmed(text: &str) -> &str {
    text.trim_matches(is_edge)
}

/// Full-width letters, digits and marks as their ASCII ones. Only for figures and codes: a name keeps its own.
pub fn narrow(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(narrow_char).collect())
}

fn narrow_char(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        '￥' => '¥',
        _ => c,
    }
}

/// The cell without the apostrophe that guards text a spreadsheet would calculate: refused rows are written with it
/// and come back.
pub fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_calculated(rest) => rest,
        _ => text,
    }
}

/// The cell as it may be written where a spreadsheet opens it (SECURITY.md); [`unguarded`] gives it back.
pub fn guarded(text: &str) -> Cow<'_, str> {
    if is_calculated(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// White space and quotes before it are what some programs take off first.
fn is_calculated(text: &str) -> bool {
    let bare = text.trim_start_matches(|c| is_edge(c) || matches!(c, '"' | '\u{201c}' | '\u{201d}' | '＂'));
    text.starts_with(GUARDED) || bare.starts_with(GUARDED)
}

/// Starts of a cell that a spreadsheet calculates, in either width.
const GUARDED: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Nothing, or one of the marks people put where there is nothing.
pub fn says_nothing(text: &str) -> bool {
    matches!(
        trimmed(text),
        "" | "-"
            | "--"
            | "—"
            | "——"
            | "－"
            | "/"
            | "／"
            | "无"
            | "N/A"
            | "n/a"
            | "NA"
            | "null"
            | "NULL"
            | "(空)"
            | "（空）"
    )
}

/// A name: one line, at most [`limits::NAME_CHARS_MAX`] characters, its own letters kept, those outside the BMP too.
pub fn name(text: &str) -> Result<String, Reason> {
    match line(text, limits::NAME_CHARS_MAX)? {
        name if name.is_empty() => Err(Reason::NameMissing),
        name => Ok(name),
    }
}

/// Text in one line: breaks and tabs inside become spaces.
pub fn line(text: &str, chars_max: usize) -> Result<String, Reason> {
    clean(text, chars_max, |c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c })
}

/// Text that may have lines of its own.
pub fn lines(text: &str, chars_max: usize) -> Result<String, Reason> {
    clean(&text.replace("\r\n", "\n"), chars_max, |c| if c == '\r' { '\n' } else { c })
}

fn clean(text: &str, chars_max: usize, readable: impl Fn(char) -> char) -> Result<String, Reason> {
    let text = trimmed(text);
    if is_formula(text) {
        return Err(Reason::FormulaInCell);
    }
    if is_formula_error(text) {
        return Err(Reason::FormulaError);
    }
    if has_markup(text) {
        return Err(Reason::MarkupInCell);
    }
    let text: String = text.chars().map(readable).collect();
    if text.chars().any(is_unreadable) {
        return Err(Reason::TextUnreadable);
    }
    if text.chars().count() > chars_max {
        return Err(Reason::TextTooLong);
    }
    Ok(text)
}

/// A code given by another system: customer number, employee number.
pub fn code(text: &str, chars_max: usize) -> Result<String, Reason> {
    let code = line(&narrow(text), chars_max)?;
    let is_code = code.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '#'));
    if is_code { Ok(code) } else { Err(Reason::CodeInvalid) }
}

pub fn customer_type(text: &str) -> Result<CustomerType, Reason> {
    let word = narrow(text).to_lowercase();
    match trimmed(&word) {
        "个人" | "个人客户" | "自然人" | "对私" | "居民" | "person" | "individual" | "personal" => {
            Ok(CustomerType::Person)
        }
        "个体工商户" | "个体户" | "个体" | "个体经营" | "sole trader" | "sole_trader" | "sole proprietor" => {
            Ok(CustomerType::SoleTrader)
        }
        "企业" | "企业客户" | "公司" | "单位" | "单位客户" | "对公" | "对公客户" | "法人" | "机构"
        | "company" | "corporate" | "enterprise" | "business" => Ok(CustomerType::Company),
        _ => Err(Reason::TypeUnknown),
    }
}

/// A formula that was never calculated: `=…`, or a call behind another sign a spreadsheet calculates from. A remark
/// that merely opens with a dash is text.
fn is_formula(text: &str) -> bool {
    let calls = || {
        let bytes = text.as_bytes();
        bytes.windows(2).any(|pair| matches!(pair, [letter, b'(' | b'|'] if letter.is_ascii_alphanumeric()))
    };
    text.starts_with('=') || (text.starts_with(GUARDED) && calls())
}

/// What a spreadsheet shows where a formula failed.
pub fn is_formula_error(text: &str) -> bool {
    matches!(
        trimmed(text),
        "#DIV/0!"
            | "#N/A"
            | "#NAME?"
            | "#NULL!"
            | "#NUM!"
            | "#REF!"
            | "#VALUE!"
            | "#DATA!"
            | "#SPILL!"
            | "#CALC!"
    )
}

/// An element of a web page: `<script`, `</p`, `<!--`. `a < b` is none.
fn has_markup(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let rest = text.get(at + 1..).unwrap_or_default();
        let name = rest.strip_prefix('/').unwrap_or(rest);
        rest.starts_with("!--")
            || (name.starts_with(|c: char| c.is_ascii_alphabetic()) && rest.contains(['>', '=', ' ']))
    })
}

/// Control characters, marks that turn the direction of writing, and the sign a failed decoding leaves.
fn is_unreadable(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffd}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_letters_and_loses_its_padding() {
        for (text, read) in [
            ("  朱诚杰\u{3000}", "朱诚杰"),
            ("\u{feff}𬭎嘉诚", "𬭎嘉诚"),
            ("古丽·买买提", "古丽·买买提"),
            ("滨海（集团）公司", "滨海（集团）公司"),
            ("甲\n乙", "甲 乙"),
            ("O'Brien", "O'Brien"),
            ("甲<乙", "甲<乙"),
        ] {
            assert_eq!(name(text).as_deref(), Ok(read), "{text}");
        }
        assert_eq!(
            name(&"𬭎".repeat(limits::NAME_CHARS_MAX)).map(|name| name.chars().count()),
            Ok(limits::NAME_CHARS_MAX)
        );
    }

    #[test]
    fn a_name_that_cannot_stand_says_why() {
        let too_long = "长".repeat(limits::NAME_CHARS_MAX + 1);
        for (text, reason) in [
            ("", Reason::NameMissing),
            (" \u{3000}\u{200b}", Reason::NameMissing),
            (too_long.as_str(), Reason::TextTooLong),
            ("甲\u{0}乙", Reason::TextUnreadable),
            ("甲\u{202e}乙", Reason::TextUnreadable),
            ("甲\u{fffd}", Reason::TextUnreadable),
            ("=1+1", Reason::FormulaInCell),
            ("@SUM(A1:A3)", Reason::FormulaInCell),
            ("+cmd|' /C calc'!A0", Reason::FormulaInCell),
            ("-2+3+cmd|' /C calc'!A0", Reason::FormulaInCell),
            ("#REF!", Reason::FormulaError),
            ("<script>alert(1)</script>", Reason::MarkupInCell),
            ("甲<img src=x onerror=y>", Reason::MarkupInCell),
        ] {
            assert_eq!(name(text), Err(reason), "{text}");
        }
    }

    #[test]
    fn a_remark_may_have_lines_and_open_with_a_dash() {
        assert_eq!(lines("-喜欢钓鱼\r\n- 余额 < 5万", 99).as_deref(), Ok("-喜欢钓鱼\n- 余额 < 5万"));
        assert_eq!(lines("@老板(北门)", 99).as_deref(), Ok("@老板(北门)"));
        assert_eq!(lines("四个字的", 3), Err(Reason::TextTooLong));
    }

    #[test]
    fn codes_and_types_are_read_in_one_form() {
        assert_eq!(code(" Ｃ００７０００ ", 40).as_deref(), Ok("C007000"));
        assert_eq!(code("C 1", 40), Err(Reason::CodeInvalid));
        assert_eq!(code("C1;C2", 40), Err(Reason::CodeInvalid));
        assert_eq!(customer_type("个体户"), Ok(CustomerType::SoleTrader));
        assert_eq!(customer_type(" Company"), Ok(CustomerType::Company));
        assert_eq!(customer_type("其他"), Err(Reason::TypeUnknown));
    }

    #[test]
    fn an_apostrophe_that_guards_is_no_part_of_the_text() {
        assert_eq!(unguarded("'+8619907000822"), "+8619907000822");
        for text in [
            "=1+1",
            "+86",
            "-5",
            "@x",
            "\t1",
            "\r1",
            "＝1",
            " =1",
            "\u{3000}@x",
            "\"=1",
            "1=1",
            "",
            "甲",
            " 甲",
        ] {
            assert_eq!(unguarded(&guarded(text)), text);
            assert_eq!(
                guarded(text) != text,
                text.len() > 1 && !text.contains('甲') && text != "1=1",
                "{text}"
            );
        }
        assert_eq!(unguarded("'t Hooft"), "'t Hooft");
        assert_eq!(unguarded("''=1"), "''=1");
    }
}
