//! Packs the readings of all Chinese characters into one small table, which a tablet downloads: the library's own is laid
//! out for speed at ten times the size. Read by `src/search/readings.rs`, which describes the form.

use pinyin::{ToPinyin, ToPinyinMulti};
use std::collections::BTreeMap;
use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

/// Every block Unicode has for Chinese characters.
const BLOCKS: [std::ops::RangeInclusive<u32>; 5] =
    [0x3007..=0x3007, 0x3400..=0x9fff, 0xe000..=0xfaff, 0x2_0000..=0x2_ffff, 0x3_0000..=0x3_ffff];

fn plain(reading: pinyin::Pinyin) -> String {
    reading.plain().replace('ü', "v")
}

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let known: Vec<(char, String, Vec<String>)> = BLOCKS
        .into_iter()
        .flatten()
        .filter_map(char::from_u32)
        .filter_map(|c| {
            let first = plain(c.to_pinyin()?);
            let mut others: Vec<String> = Vec::new();
            for reading in c.to_pinyin_multi().into_iter().flatten().map(plain) {
                if reading != first && !others.contains(&reading) {
                    others.push(reading);
                }
            }
            Some((c, first, others))
        })
        .collect();
    let mut syllables: BTreeMap<&str, u16> = BTreeMap::new();
    for (_, first, others) in &known {
        for reading in others.iter().chain([first]) {
            syllables.insert(reading, 0);
        }
    }
    for (id, number) in (0_u16..).zip(syllables.values_mut()) {
        *number = id;
    }

    // In planes, for what lies beside its like packs better.
    let mut table = Vec::new();
    let ids = |reading: &String| syllables[reading.as_str()];
    let firsts: Vec<(char, u16)> = known.iter().map(|(c, first, _)| (*c, ids(first))).collect();
    let further: Vec<(char, u16)> =
        known.iter().flat_map(|(c, _, others)| others.iter().map(move |other| (*c, ids(other)))).collect();
    for entries in [firsts, further] {
        table.extend(u32::try_from(entries.len())?.to_le_bytes());
        table.extend(entries.iter().map(|(_, id)| id.to_le_bytes()[0]));
        table.extend(entries.iter().map(|(_, id)| id.to_le_bytes()[1]));
        let mut before = 0;
        for (c, _) in entries {
            let mut step = u32::from(c) - before;
            before = u32::from(c);
            while step > 0x7f {
                table.push(0x80 | step.to_le_bytes()[0]);
                step >>= 7;
            }
            table.push(step.to_le_bytes()[0]);
        }
    }
    let folder = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
    fs::write(folder.join("readings.bin"), table)?;
    let list: Vec<&str> = syllables.into_keys().collect();
    fs::write(folder.join("syllables.txt"), list.join(" "))?;
    Ok(())
}
