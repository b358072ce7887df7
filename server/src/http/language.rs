//! The person's language, from `Accept-Language`: zh-CN unless English is asked for first.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    Chinese,
    English,
}

impl Language {
    pub fn of(headers: &HeaderMap) -> Self {
        let wanted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        wanted
            .split(',')
            .filter_map(|choice| {
                let (tag, weight) = choice.split_once(";q=").unwrap_or((choice, "1"));
                let language = match tag.trim().get(..2)?.to_ascii_lowercase().as_str() {
                    "zh" => Self::Chinese,
                    "en" => Self::English,
                    _ => return None,
                };
                Some((language, weight.trim().parse::<f32>().unwrap_or(0.0)))
            })
            // The first of the heaviest.
            .rev()
            .max_by(|(_, one), (_, other)| one.total_cmp(other))
            .map_or(Self::Chinese, |(language, _)| language)
    }

    pub fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    pub fn pick(self, chinese: impl Into<String>, english: impl Into<String>) -> String {
        match self {
            Self::Chinese => chinese.into(),
            Self::English => english.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn the_heaviest_language_we_speak_is_chosen() {
        for (wanted, expected) in [
            ("", Language::Chinese),
            ("zh-CN,zh;q=0.9,en;q=0.8", Language::Chinese),
            ("en-GB,en;q=0.9,zh;q=0.8", Language::English),
            ("de, en;q=0.5", Language::English),
            ("en;q=0.3, zh;q=0.9", Language::Chinese),
            ("fr", Language::Chinese),
            ("é;q=x,,;", Language::Chinese),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_bytes(wanted.as_bytes()).unwrap());
            assert_eq!(Language::of(&headers), expected, "{wanted}");
        }
    }
}
