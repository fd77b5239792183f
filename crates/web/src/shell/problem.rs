//! The page for everything that went wrong: what happened, what is safe, what to do, a short code, the duty phone.

use maud::{Markup, html};

use super::{Page, icon, page as shell_page};
use crate::{
    look::{Face, View},
    parts::{Button, link_button, padded, phone_link},
};

/// What went wrong, in the reader's words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    /// The HTTP status; the catalogue says what is safe and what to do for each (`fault-404-…`).
    pub status: u16,
    /// Short code for the phone: `E-4F2A`. It finds the request in the log. May be empty.
    pub code: String,
    /// What is wrong here exactly; empty where the title of the status says enough.
    pub what: String,
    /// What is wrong with single fields.
    pub fields: Vec<String>,
}

/// The statuses that have their own words.
const SPOKEN: [u16; 12] = [400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503, 507];

/// Every other status speaks like 500 or, below it, like 400.
fn spoken(status: u16) -> u16 {
    match status {
        status if SPOKEN.contains(&status) => status,
        ..500 => 400,
        _ => 500,
    }
}

fn say(view: &View, status: u16, part: &str) -> String {
    view.say(&format!("fault-{}-{part}", spoken(status)))
}

/// The whole page in the shell of the view's face.
pub fn page(view: &View, problem: &Problem) -> Markup {
    let content = part(view, problem);
    let content = if view.face == Face::Console {
        padded(content)
    } else {
        html! { section class="card" { (content) } }
    };
    shell_page(view, &Page::new(say(view, problem.status, "title")), content)
}

/// The part below the title, also for a broken part of a page that otherwise stands.
pub fn part(view: &View, problem: &Problem) -> Markup {
    html! {
        div class="empty" role="alert" {
            (icon(drawing(problem.status)))
            @if !problem.what.is_empty() { p class="strong" { (problem.what) } }
            @for field in &problem.fields { p class="ink" { (field) } }
            p class="mt-2" { (say(view, problem.status, "safe")) " " (say(view, problem.status, "do")) }
            @if let Some((label, href)) = act(view, problem.status) { (link_button(&Button::new(&label), &href)) }
            (help(view, problem))
        }
    }
}

/// Going on: try again where that can help, log in, or the first page of the face.
fn act(view: &View, status: u16) -> Option<(String, String)> {
    match status {
        429 | 500.. => Some((view.say("act-try-again"), view.path.clone())),
        401 => Some((view.say("act-log-in"), view.login.clone())),
        _ => {
            let first = view.nav.first().map(|first| (first.label.as_str(), &first.href));
            let site = view.sites.first().map(|site| (site.name.as_str(), &site.href));
            first.or(site).map(|(name, href)| (view.words.with("act-go-to", &[("page", name.into())]), href.clone()))
        }
    }
}

fn help(view: &View, problem: &Problem) -> Markup {
    html! {
        p class="small muted mt-4" {
            @if !problem.code.is_empty() { (view.words.with("fault-code", &[("code", problem.code.as_str().into())])) " " }
            @if let Some(phone) = &view.duty_phone { (view.say("fault-phone")) " " (phone_link(phone)) }
        }
    }
}

fn drawing(status: u16) -> &'static str {
    match status {
        401 | 403 => "lock",
        404 | 405 => "search",
        409 => "people",
        429 => "timer",
        503 => "nonet",
        _ => "warn",
    }
}
