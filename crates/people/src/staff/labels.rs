use kernel::{Role, certificates::Kind};
use web::View;

/// The department by its code in the reader's language, or as the site calls it.
pub(crate) fn department(view: &View, code: &str, name: &str) -> String {
    let known = view.words.find(&format!("people-department-{}", code.to_lowercase()));
    if view.words.lang().tag() == "en" { known.unwrap_or_else(|| name.to_string()) } else { name.to_string() }
}

pub(crate) fn role(view: &View, role: Role) -> String {
    view.say(&format!("role-{}", role.as_str().replace('_', "-")))
}

/// What the role is for, one line.
pub(crate) fn role_does(view: &View, role: Role) -> String {
    view.words.find(&format!("people-role-{}-does", role.as_str().replace('_', "-"))).unwrap_or_default()
}

/// 特种作业操作证（电工）
pub(crate) fn certificate(view: &View, kind: Kind, trade: Option<&str>) -> String {
    let name = view.say(&format!("people-{}", kind.as_str().to_lowercase()));
    match trade {
        Some(trade) => view
            .words
            .with("people-certificate-of-trade", &[("name", name.into()), ("trade", trade_name(view, trade).into())]),
        None => name,
    }
}

pub(crate) fn trade_name(view: &View, trade: &str) -> String {
    view.words.find(&format!("people-trade-{}", trade.replace('_', "-"))).unwrap_or_else(|| trade.to_string())
}
