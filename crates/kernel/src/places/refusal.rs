use crate::{RefusalKind, Refuse};

/// Why a place cannot be made or changed so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlaceRefusal {
    #[error("the code {code} is taken")]
    CodeTaken { code: String },
    #[error("{code:?} is no code of a place")]
    CodeShape { code: String },
    #[error("a {kind} cannot stand there")]
    Parent { kind: &'static str },
    #[error("somebody is still registered there")]
    Lived,
    #[error("there are open orders")]
    OpenOrders,
    #[error("there are places below it")]
    HasChildren,
    #[error("it is closed already")]
    Closed,
}

impl Refuse for PlaceRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::CodeTaken { .. } => "place_code_taken",
            Self::CodeShape { .. } => "place_code_shape",
            Self::Parent { .. } => "place_parent",
            Self::Lived => "place_lived",
            Self::OpenOrders => "place_open_orders",
            Self::HasChildren => "place_has_children",
            Self::Closed => "place_closed",
        }
    }
    fn field(&self) -> Option<&'static str> {
        match self {
            Self::CodeTaken { .. } | Self::CodeShape { .. } => Some("code"),
            Self::Parent { .. } => Some("parent"),
            Self::Lived | Self::OpenOrders | Self::HasChildren | Self::Closed => None,
        }
    }
    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::CodeTaken { code } | Self::CodeShape { code } => vec![("code", code.clone())],
            Self::Parent { kind } => vec![("kind", (*kind).to_string())],
            Self::Lived | Self::OpenOrders | Self::HasChildren | Self::Closed => Vec::new(),
        }
    }
    fn kind(&self) -> RefusalKind {
        match self {
            Self::CodeTaken { .. } | Self::CodeShape { .. } | Self::Parent { .. } => RefusalKind::Invalid,
            Self::Lived | Self::OpenOrders | Self::HasChildren | Self::Closed => RefusalKind::Conflict,
        }
    }
}
