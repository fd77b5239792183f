//! Language, theme, type size and single keys: cookies of this browser, no rows.

use axum::{
    http::{HeaderValue, header},
    response::Response,
};
use serde::Deserialize;
use web::{
    Answer, Ask, Route,
    i18n::Lang,
    look::{PREFS_PATH, Size, Theme},
    see_other,
};

/// A year.
const KEPT_SECONDS: u32 = 365 * 24 * 3600;

#[derive(Deserialize)]
struct Choice {
    lang: Option<String>,
    theme: Option<String>,
    size: Option<String>,
    keys: Option<String>,
    #[serde(default)]
    back: String,
}

pub fn routes() -> Vec<Route> {
    vec![Route::post(PREFS_PATH, choose).public()]
}

async fn choose(ask: Ask) -> Answer {
    let choice: Choice = ask.form()?;
    let mut response = see_other(local(&choice.back));
    let lang = [Lang::Zh, Lang::En].into_iter().find(|lang| Some(lang.tag()) == choice.lang.as_deref());
    keep(&mut response, "anju-lang", lang.map(Lang::tag));
    keep(&mut response, "anju-theme", choice.theme.as_deref().and_then(Theme::named).map(Theme::name));
    keep(&mut response, "anju-size", choice.size.as_deref().and_then(Size::named).map(Size::name));
    keep(&mut response, "anju-keys", ["on", "off"].into_iter().find(|word| Some(*word) == choice.keys.as_deref()));
    Ok(response)
}

/// Only a path of ours: never another host, however it is written.
fn local(back: &str) -> &str {
    let ours = back.starts_with('/')
        && !back.starts_with("//")
        && back.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if ours { back } else { "/" }
}

fn keep(response: &mut Response, name: &str, value: Option<&'static str>) {
    let Some(value) = value else { return };
    let line = format!("{name}={value}; Path=/; Max-Age={KEPT_SECONDS}; SameSite=Lax");
    if let Ok(line) = HeaderValue::from_str(&line) {
        response.headers_mut().append(header::SET_COOKIE, line);
    }
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn the_way_back_never_leaves_the_house() {
        for (back, to) in [
            ("/c/GYHY?x=1", "/c/GYHY?x=1"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("https://evil.example", "/"),
            ("/a\r\nX: y", "/"),
            ("", "/"),
        ] {
            assert_eq!(local(back), to, "{back:?}");
        }
    }
}
