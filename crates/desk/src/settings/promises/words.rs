//! Promises as the settings say them.

use kernel::promises::{Changed, Limit, LineKey};
use web::View;

use super::form::Unit;
use crate::{case::span, console::words};

/// `报修·一般·到场`
pub fn line(view: &View, key: LineKey) -> String {
    let urgency = key.urgency.map(|urgency| words::urgency(view, urgency));
    let parts = [Some(words::kind(view, key.kind)), urgency, Some(words::promise(view, key.name))];
    parts.into_iter().flatten().collect::<Vec<_>>().join("·")
}

/// `24 小时`, `10 分钟（前台时间）`, `按预约；未约时 24 小时`
pub fn limit(view: &View, limit: Limit) -> String {
    let with = |key: &str, args: &[(&str, String)]| {
        let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
        view.words.with(key, &args)
    };
    match limit {
        Limit::Clock(millis) => span(view, millis),
        Limit::DeskHours(millis) => with("desk-set-limit-desk", &[("span", span(view, millis))]),
        Limit::DeskElse { inside, outside } => {
            with("desk-set-limit-desk-else", &[("inside", span(view, inside)), ("outside", span(view, outside))])
        }
        Limit::WorkingDays(days) => view.words.with("desk-set-limit-working-days", &[("n", days.into())]),
        Limit::AppointmentElse(millis) => with("desk-set-limit-appointment", &[("span", span(view, millis))]),
        Limit::Complexity { ordinary, complex } => {
            with("desk-set-limit-complex", &[("ordinary", span(view, ordinary)), ("complex", span(view, complex))])
        }
        Limit::None => view.say("desk-set-limit-none"),
    }
}

/// `报修·一般·到场：24 小时 改为 12 小时`
pub fn changed(view: &View, change: &Changed) -> String {
    let (line, was, is) = (line(view, change.key), limit(view, change.was), limit(view, change.is));
    view.words.with("desk-set-changed", &[("line", line.into()), ("was", was.into()), ("is", is.into())])
}

pub fn unit(view: &View, unit: Unit) -> String {
    view.say(&format!("desk-set-unit-{}", unit.as_str()))
}
