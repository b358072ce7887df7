//! The book in pinyin order, searchable by any part of name, phone, address and customer number, and by pinyin: initials,
//! whole syllables or a mix, every reading of a character (R285).

mod readings;

use domain::customer::Customer;
use domain::ids::CustomerId;
use memchr::memmem::Finder;
use readings::Readings;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// Characters of a query; what is longer is cut.
const QUERY_CHARS_MAX: usize = 40;

/// Surnames whose usual reading is not the character's first one.
const SURNAME_READINGS: &[(char, &str)] = &[
    ('单', "shan"),
    ('仇', "qiu"),
    ('解', "xie"),
    ('曾', "zeng"),
    ('查', "zha"),
    ('盖', "ge"),
    ('区', "ou"),
    ('朴', "piao"),
    ('任', "ren"),
    ('乐', "yue"),
    ('尉', "yu"),
    ('召', "shao"),
    ('缪', "miao"),
    ('翟', "zhai"),
    ('覃', "qin"),
    ('洗', "xian"),
    ('折', "she"),
    ('冼', "xian"),
    ('宓', "mi"),
    ('万', "wan"),
    ('员', "yun"),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Matched {
    Name,
    CustomerNo,
    Phone,
    Address,
}

/// One customer found; the range is in characters of the matched field, for highlighting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    pub customer: CustomerId,
    pub matched: Matched,
    pub chars: Range<usize>,
}

#[derive(Debug)]
struct Indexed {
    /// Name, customer number, phone and address in lower case, joined by a separator no query holds.
    text: String,
    /// Byte offsets in `text` where number, phone and address begin.
    starts: [usize; 3],
    /// Readings of each character of the name; the character itself where it has none.
    readings: Vec<Vec<Cow<'static, str>>>,
    /// One bit a letter with which some reading begins.
    initials: u32,
}

const SEPARATOR: char = '\u{1}';

#[derive(Debug, Default)]
pub struct SearchIndex {
    /// How characters are read.
    table: Readings,
    /// By name in pinyin: a search walks it from beginning to end and looks nothing up.
    order: BTreeMap<(String, CustomerId), Indexed>,
    sort_keys: HashMap<CustomerId, String>,
}

impl SearchIndex {
    pub fn put(&mut self, customer: &Customer) {
        let sort_key = sort_key(&customer.name, &self.table);
        if self.sort_keys.get(&customer.id) != Some(&sort_key) {
            self.remove(customer.id);
            self.sort_keys.insert(customer.id, sort_key.clone());
        }
        self.order.insert((sort_key, customer.id), Indexed::of(customer, &self.table));
    }

    pub fn remove(&mut self, customer: CustomerId) {
        if let Some(before) = self.sort_keys.remove(&customer) {
            self.order.remove(&(before, customer));
        }
    }

    pub fn len(&self) -> usize {
        self.order.len()
    }

    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// Every customer in pinyin order with the letter it stands under (`A`–`Z`, `#`).
    pub fn in_order(&self) -> impl Iterator<Item = (CustomerId, char)> + '_ {
        self.order.keys().map(|(key, id)| (*id, letter(key)))
    }

    /// Matches in pinyin order, those at the beginning of the name first. An empty query finds nobody.
    pub fn find(&self, query: &str) -> Vec<Hit> {
        let Some(query) = Query::read(query) else { return Vec::new() };
        let mut front = Vec::new();
        let mut rest = Vec::new();
        for ((_, id), indexed) in &self.order {
            let Some(hit) = indexed.matches(&query, *id) else { continue };
            if hit.matched == Matched::Name && hit.chars.start == 0 {
                front.push(hit)
            } else {
                rest.push(hit)
            }
        }
        front.append(&mut rest);
        front
    }
}

struct Query {
    text: Needle,
    /// The same in ASCII letters only; None when it holds anything else.
    letters: Option<Vec<u8>>,
    /// The digits alone, when the query looks like a number typed with spaces or dashes.
    digits: Option<Needle>,
}

/// A text made ready to be looked for in every customer.
struct Needle {
    finder: Finder<'static>,
    chars: usize,
}

impl Needle {
    fn of(text: &str) -> Self {
        Self { finder: Finder::new(text).into_owned(), chars: text.chars().count() }
    }
}

impl Query {
    fn read(typed: &str) -> Option<Self> {
        let text: String =
            typed.trim().chars().take(QUERY_CHARS_MAX).map(folded).filter(|&c| c != SEPARATOR).collect();
        if text.is_empty() {
            return None;
        }
        let compact: String = text.chars().filter(|c| !matches!(c, ' ' | '\'' | '-')).collect();
        let letters = (!compact.is_empty() && compact.bytes().all(|b| b.is_ascii_lowercase()))
            .then(|| compact.clone().into_bytes());
        let is_number = !compact.is_empty() && compact.bytes().all(|b| b.is_ascii_digit());
        let digits = (is_number && compact != text).then(|| Needle::of(&compact));
        Some(Self { text: Needle::of(&text), letters, digits })
    }
}

/// Lower case and half width.
fn folded(c: char) -> char {
    let half = match c {
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        other => other,
    };
    half.to_lowercase().next().unwrap_or(half)
}

impl Indexed {
    fn of(customer: &Customer, table: &Readings) -> Self {
        let readings: Vec<_> = customer.name.chars().map(|c| readings_of(c, table)).collect();
        let mut initials = 0;
        for reading in readings.iter().flatten() {
            if let Some(first @ b'a'..=b'z') = reading.bytes().next() {
                initials |= 1 << (first - b'a');
            }
        }
        let mut text: String = customer.name.chars().map(folded).collect();
        let mut starts = [0; 3];
        let fields =
            [Some(customer.customer_no.as_str()), customer.phone.as_deref(), customer.address.as_deref()];
        for (start, field) in starts.iter_mut().zip(fields) {
            text.push(SEPARATOR);
            *start = text.len();
            text.extend(field.unwrap_or_default().chars().map(folded));
        }
        Self { text, starts, readings, initials }
    }

    fn matches(&self, query: &Query, customer: CustomerId) -> Option<Hit> {
        if let Some(letters) = &query.letters
            && let Some(chars) = self.pinyin(letters)
        {
            return Some(Hit { customer, matched: Matched::Name, chars });
        }
        self.literal(&query.text, customer)
            .or_else(|| query.digits.as_ref().and_then(|digits| self.literal(digits, customer)))
    }

    fn literal(&self, needle: &Needle, customer: CustomerId) -> Option<Hit> {
        let at = needle.finder.find(self.text.as_bytes())?;
        let [number, phone, address] = self.starts;
        let (matched, start) = if at < number {
            (Matched::Name, 0)
        } else if at < phone {
            (Matched::CustomerNo, number)
        } else if at < address {
            (Matched::Phone, phone)
        } else {
            (Matched::Address, address)
        };
        let from = self.text.get(start..at)?.chars().count();
        Some(Hit { customer, matched, chars: from..from + needle.chars })
    }

    fn pinyin(&self, letters: &[u8]) -> Option<Range<usize>> {
        let first = letters.first()? - b'a';
        if self.initials & (1 << first) == 0 {
            return None;
        }
        (0..self.readings.len())
            .find_map(|start| reach(self.readings.get(start..)?, letters).map(|taken| start..start + taken))
    }
}

/// How many characters, from the first one on, spell the letters: each by its initial or by the whole of one reading, the
/// last by any beginning of it.
fn reach(readings: &[Vec<Cow<'static, str>>], letters: &[u8]) -> Option<usize> {
    if letters.is_empty() {
        return Some(0);
    }
    let (here, after) = readings.split_first()?;
    for reading in here {
        let reading = reading.as_bytes();
        if reading.starts_with(letters) {
            return Some(1);
        }
        if let Some(rest) = letters.strip_prefix(reading)
            && let Some(taken) = reach(after, rest)
        {
            return Some(taken + 1);
        }
        if let (Some(initial), Some((letter, rest))) = (reading.first(), letters.split_first())
            && initial == letter
            && let Some(taken) = reach(after, rest)
        {
            return Some(taken + 1);
        }
    }
    None
}

fn readings_of(c: char, table: &Readings) -> Vec<Cow<'static, str>> {
    let mut readings: Vec<Cow<'static, str>> = table.all(c).map(Cow::Borrowed).collect();
    if let Some((_, surname)) = SURNAME_READINGS.iter().find(|(surname, _)| *surname == c)
        && !readings.iter().any(|reading| reading == surname)
    {
        readings.push(Cow::Borrowed(surname));
    }
    if readings.is_empty() {
        readings.push(Cow::Owned(folded(c).to_string()));
    }
    readings
}

/// Syllables separated so that 西安 sorts apart from 先; the name itself breaks ties between same readings.
fn sort_key(name: &str, table: &Readings) -> String {
    let mut key = String::new();
    for (at, c) in name.chars().enumerate() {
        let surname = SURNAME_READINGS.iter().find(|(surname, _)| at == 0 && *surname == c);
        match (surname, table.first(c)) {
            (Some((_, reading)), _) => key.push_str(reading),
            (None, Some(reading)) => key.push_str(reading),
            (None, None) => {
                // Letters sort among the syllables; digits, signs and rare characters after Z.
                let c = folded(c);
                if !c.is_ascii_lowercase() {
                    key.push('~');
                }
                key.push(c);
            }
        }
        key.push(' ');
    }
    key.push_str(name);
    key
}

fn letter(sort_key: &str) -> char {
    match sort_key.chars().next() {
        Some(c @ 'a'..='z') => c.to_ascii_uppercase(),
        _ => '#',
    }
}

#[cfg(test)]
mod tests;
