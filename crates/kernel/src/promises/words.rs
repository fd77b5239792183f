/// An enum without data and the one word each variant has in the database, in the API and in addresses.
macro_rules! words {
    ($(#[$about:meta])* pub enum $name:ident { $($(#[$note:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[derive(serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        pub enum $name { $($(#[$note])* #[serde(rename = $word)] #[schema(rename = $word)] $variant,)+ }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::promises::UnknownWord;
            fn from_str(word: &str) -> Result<Self, Self::Err> {
                let known = Self::ALL.iter().copied().find(|one| one.as_str() == word);
                known.ok_or_else(|| $crate::promises::UnknownWord { of: stringify!($name), word: word.into() })
            }
        }

        impl db::ToValue for $name {
            fn to_value(&self) -> db::Value {
                self.as_str().to_value()
            }
            fn null() -> db::Value {
                db::Value::Text(None)
            }
        }

        impl db::Column for $name {
            fn read_option(row: &db::Row, name: &str) -> Result<Option<Self>, db::DbError> {
                let word: Option<String> = row.get(name)?;
                let unknown = |cause: $crate::promises::UnknownWord| db::DbError::Unreadable {
                    table: "row",
                    column: name.into(),
                    why: cause.to_string(),
                };
                word.map(|word| word.parse().map_err(unknown)).transpose()
            }
        }
    };
}
pub(crate) use words;

/// A word that is none of the closed list it was read for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{word}` is no {of}")]
pub struct UnknownWord {
    pub of: &'static str,
    pub word: String,
}
