//! What a unit is for, by the words of 用途 columns.

use crate::text::squeezed;

/// What a unit is for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Usage {
    /// 住宅.
    Residence,
    /// 商铺.
    Shop,
    /// 办公.
    Office,
    /// 车位.
    Parking,
    /// 储藏室.
    Storage,
    /// Another word, as written.
    Other(String),
}

impl Usage {
    /// By a word of the column.
    pub fn of(text: &str) -> Usage {
        const WORDS: &[(&str, Usage)] = &[
            ("车", Usage::Parking),
            ("PARK", Usage::Parking),
            ("GARAGE", Usage::Parking),
            ("储", Usage::Storage),
            ("仓", Usage::Storage),
            ("STORAGE", Usage::Storage),
            ("商", Usage::Shop),
            ("铺", Usage::Shop),
            ("店", Usage::Shop),
            ("SHOP", Usage::Shop),
            ("RETAIL", Usage::Shop),
            ("办公", Usage::Office),
            ("写字", Usage::Office),
            ("OFFICE", Usage::Office),
            ("住", Usage::Residence),
            ("公寓", Usage::Residence),
            ("别墅", Usage::Residence),
            ("RESIDEN", Usage::Residence),
            ("HOME", Usage::Residence),
            ("APARTMENT", Usage::Residence),
        ];
        let word = squeezed(text);
        let known = WORDS.iter().find(|(part, _)| word.contains(part)).map(|(_, usage)| usage.clone());
        known.unwrap_or_else(|| Usage::Other(text.trim().to_owned()))
    }
}
