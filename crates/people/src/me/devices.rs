//! The phones that may send their owner's kept work, and the end of every other log-in at once.

use kernel::{
    Error,
    access::{self, DeviceLine},
};
use maud::{Markup, html};
use web::{
    Answer, Ask, Reach, Route, View, done,
    parts::{Button, Column, Row, Table, act_form, table},
};

use crate::forms;

pub(super) fn routes() -> Vec<Route> {
    let own = |route: Route| route.reach(Reach::Own);
    vec![
        own(Route::post("/c/{site}/me/sessions/end", end_others)).audit("session.others_ended"),
        own(Route::post("/c/{site}/me/devices/{id}/end", end_device)).audit("device.ended"),
    ]
}

/// Phones that may still send what their owner did without a network, also when no session is open on them.
pub(super) fn list(view: &View, base: &str, devices: &[DeviceLine]) -> Markup {
    if devices.is_empty() {
        return html! {};
    }
    let caption = view.say("people-devices");
    let mut columns = vec![Column::new(caption.clone()).wide()];
    columns.extend(
        ["people-device-since", "people-device-until", "people-act"].map(|key| Column::new(view.say(key)).width(130)),
    );
    let rows = devices.iter().map(|line| Row {
        cells: vec![
            html! { span class="clip num" { (line.device) } },
            html! { span class="num" { (view.formats.date_time(line.made)) } },
            html! { span class="num" { (view.formats.date_time(line.ends)) } },
            act_form(
                view,
                &format!("{}/devices/{}/end", base, line.id),
                &forms::once_key(),
                &Button::small(&view.say("people-session-end")),
            ),
        ],
        pick: None,
    });
    let list = Table { caption, columns, rows: rows.collect(), plain: true, ..Table::default() };
    html! {
        p class="small muted mt-4 mb-3" { (view.say("people-devices-why")) }
        (table(&view.words, &list))
    }
}

/// Everything but this session: other browsers, and what phones may send by themselves.
async fn end_others(ask: Ask) -> Answer {
    let party = ask.caller.party().ok_or(Error::Missing)?;
    let mut tx = ask.begin().await?;
    access::end_sessions_of(&mut tx, party, ask.caller.session).await?;
    access::end_devices_of(&mut tx, party).await?;
    tx.note(None, "session.others_ended", format!("party/{party}"), serde_json::Value::Null, serde_json::Value::Null);
    tx.commit().await?;
    Ok(done(&format!("/c/{}/me", ask.site()?.code), &ask.words().say("people-sessions-others-ended")))
}

async fn end_device(ask: Ask) -> Answer {
    let party = ask.caller.party().ok_or(Error::Missing)?;
    let mut tx = ask.begin().await?;
    access::end_device(&mut tx, party, ask.param("id")?).await?;
    tx.commit().await?;
    Ok(done(&format!("/c/{}/me", ask.site()?.code), &ask.words().say("people-device-ended")))
}
