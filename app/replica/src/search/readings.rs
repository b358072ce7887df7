//! Readings of Chinese characters in pinyin without tones, `v` for ü; packed by `build.rs` from the library's tables.
//!
//! `syllables.txt`: every syllable, by a space apart. `readings.bin`, twice the same: each character's usual reading, then
//! every further one. How many (four bytes, little end first); of each the id of its syllable, all low bytes, then all high
//! bytes; then the characters in their order, each as its distance from the one before, seven bits a byte, the low ones first.

static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/readings.bin"));
static SYLLABLES: &str = include_str!(concat!(env!("OUT_DIR"), "/syllables.txt"));

/// Characters in order, each with a reading.
struct Part {
    chars: Vec<u32>,
    low: &'static [u8],
    high: &'static [u8],
}

impl Part {
    /// Takes one from the front of the table.
    fn unpack(table: &mut &'static [u8]) -> Self {
        let (count, rest) = table.split_at(size_of::<u32>());
        let count = count.iter().rev().fold(0, |count, byte| count << 8 | usize::from(*byte));
        let (low, rest) = rest.split_at(count);
        let (high, rest) = rest.split_at(count);
        let mut chars = Vec::with_capacity(count);
        let (mut code, mut step, mut bits, mut read) = (0, 0, 0, 0);
        for byte in rest {
            if chars.len() == count {
                break;
            }
            read += 1;
            step |= u32::from(byte & 0x7f) << bits;
            bits += 7;
            if byte & 0x80 == 0 {
                code += step;
                chars.push(code);
                (step, bits) = (0, 0);
            }
        }
        *table = &rest[read..];
        Self { chars, low, high }
    }

    /// The syllables' ids of a character.
    fn of(&self, c: char) -> impl Iterator<Item = usize> {
        let code = u32::from(c);
        let from = self.chars.partition_point(|known| *known < code);
        let to = from + self.chars.iter().skip(from).take_while(|known| **known == code).count();
        (from..to)
            .filter_map(|at| Some(usize::from(u16::from_le_bytes([*self.low.get(at)?, *self.high.get(at)?]))))
    }
}

pub struct Readings {
    syllables: Vec<&'static str>,
    usual: Part,
    further: Part,
}

impl Default for Readings {
    fn default() -> Self {
        let mut table = TABLE;
        let (usual, further) = (Part::unpack(&mut table), Part::unpack(&mut table));
        Self { syllables: SYLLABLES.split(' ').collect(), usual, further }
    }
}

impl std::fmt::Debug for Readings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Readings").finish_non_exhaustive()
    }
}

impl Readings {
    /// The usual reading; None for what is no Chinese character.
    pub fn first(&self, c: char) -> Option<&'static str> {
        self.syllables.get(self.usual.of(c).next()?).copied()
    }

    /// Every reading, the usual one first.
    pub fn all(&self, c: char) -> impl Iterator<Item = &'static str> {
        self.usual.of(c).chain(self.further.of(c)).filter_map(|id| self.syllables.get(id).copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pinyin::{ToPinyin as _, ToPinyinMulti as _};

    #[test]
    fn every_character_reads_as_in_the_library() {
        let readings = Readings::default();
        let plain = |reading: pinyin::Pinyin| reading.plain().replace('ü', "v");
        let mut known = 0;
        for c in '\0'..='\u{3ffff}' {
            assert_eq!(readings.first(c).map(str::to_owned), c.to_pinyin().map(plain), "{c}");
            let mut wanted: Vec<String> = Vec::new();
            for reading in c.to_pinyin_multi().into_iter().flatten().map(plain) {
                if !wanted.contains(&reading) {
                    wanted.push(reading);
                }
            }
            known += usize::from(!wanted.is_empty());
            assert_eq!(readings.all(c).collect::<Vec<_>>(), wanted, "{c}");
        }
        assert!(known > 20_000);
    }
}
