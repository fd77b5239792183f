use kernel::inbox::{Message, PAGE, Weight};
use maud::{Markup, html};
use web::{
    View,
    parts::{self, BadgeState, Button},
};

use super::{Line, cursor_of};

/// 全部标为已读, while something is unread.
pub fn acts(view: &View, here: &str, unread: i64, once: &str) -> Option<Markup> {
    let label = view.say("desk-msg-read-all");
    (unread > 0).then(|| parts::act_form(view, &format!("{here}/reading"), once, &Button::new(&label).icon("check")))
}

pub fn list(view: &View, here: &str, lines: &[Line], padded: bool, once: &str) -> Markup {
    let more = lines.last().filter(|_| i64::try_from(lines.len()) == Ok(PAGE));
    let body = html! {
        div id="messages" data-live-part="messages" {
            @if lines.is_empty() { (parts::nothing_yet(&view.say("desk-msg-none"), &view.say("desk-msg-none-why"), None)) }
            ul class="messages" { @for line in lines { (row(view, here, line, once)) } }
            @if let Some(last) = more { p { a href={ (here) "?before=" (cursor_of(&last.message)) } { (view.say("desk-msg-older")) } } }
        }
    };
    if padded { parts::padded(html! { div class="max-860" { (body) } }) } else { parts::card(body) }
}

fn row(view: &View, here: &str, line: &Line, once: &str) -> Markup {
    let (message, label) = (&line.message, view.say("desk-msg-read"));
    let unread = message.read_at.is_none();
    let text = sentence(view, message);
    html! {
        li class="message row wrap" data-unread[unread] {
            span class="grow" {
                span class="row wrap" {
                    @if unread && message.weight == Weight::Must { (parts::badge(BadgeState::Late, &view.say("desk-msg-must"))) }
                    @if let Some(href) = &line.href { a class="main" href=(href) { (text) } } @else { span class="main" { (text) } }
                }
                span class="small muted block" { (below(view, line)) }
            }
            @if unread {
                (parts::act_form(view, &format!("{here}/{}/reading", message.id), &format!("{once}-{}", message.id), &Button::small(&label)))
            }
        }
    }
}

/// Number, place, title, and when.
fn below(view: &View, line: &Line) -> Markup {
    html! {
        @if let Some(about) = &line.about {
            span class="num" { (about.number.on_screen(view.formats.today())) } " "
            @if let Some(place) = &about.place { (parts::plate(place)) " " }
            (about.title) " · "
        }
        span class="num" { (view.formats.moment(line.message.made)) }
    }
}

/// `desk-msg-order-assigned`, with what the message carries.
pub fn sentence(view: &View, message: &Message) -> String {
    let key = format!("desk-msg-{}", message.subject.replace('_', "-"));
    let text = |name: &str| message.data.get(name).and_then(|value| value.as_str()).unwrap_or("").to_string();
    let promise = format!("desk-promise-{}", text("detail").replace('_', "-"));
    let detail = view.words.find(&promise).unwrap_or_else(|| text("detail"));
    let kind = view.words.find(&format!("desk-{}", text("kind").to_lowercase())).unwrap_or_else(|| text("kind"));
    let last_day = text("last_day").parse().map(|day| view.formats.date(day)).unwrap_or_default();
    let left = message.data.get("left").and_then(serde_json::Value::as_i64).unwrap_or(0);
    let args = [
        ("detail", detail.into()),
        ("name", text("name").into()),
        ("kind", kind.into()),
        ("day", last_day.into()),
        ("n", left.into()),
    ];
    match view.words.find(&key) {
        Some(_) => view.words.with(&key, &args),
        None => view.say("desk-msg-other"),
    }
}
