use kernel::Error;
use paper::{OrderSheet, Pair, Rendered, Section};
use web::View;

/// What stands on a slip.
pub(super) struct Slip {
    pub site: String,
    pub home: String,
    pub name: Option<String>,
    pub role: String,
    pub code: String,
    /// The address that the QR code opens.
    pub address: String,
    pub until: String,
    pub printed: String,
}

/// The slip as PDF; made on the blocking pool by the caller.
pub(super) fn sheet(view: &View, slip: &Slip) -> OrderSheet {
    let pair = |key: &str, value: String| Pair { name: view.say(key), value };
    let mut pairs = vec![pair("people-bind-home", slip.home.clone()), pair("people-bind-role", slip.role.clone())];
    if let Some(name) = &slip.name {
        pairs.push(pair("people-name", name.clone()));
    }
    pairs.push(pair("people-slip-code", slip.code.clone()));
    pairs.push(pair("people-slip-until", slip.until.clone()));
    OrderSheet {
        language: view.words.lang().tag().to_string(),
        letterhead: slip.site.clone(),
        title: view.say("people-slip-title"),
        number: slip.code.clone(),
        code: slip.address.clone(),
        code_note: view.say("people-slip-scan"),
        pairs,
        text: Section { title: view.say("people-slip-how"), content: view.say("people-slip-steps") },
        pictures: Section { title: String::new(), content: Vec::new() },
        event_heads: [String::new(), String::new(), String::new()],
        events: Section { title: String::new(), content: Vec::new() },
        signatures: vec![view.say("people-slip-received"), view.say("people-slip-handed")],
        foot: slip.printed.clone(),
    }
}

pub(super) async fn print(sheet: OrderSheet) -> Result<Rendered, Error> {
    let printed = tokio::task::spawn_blocking(move || paper::order(&sheet)).await;
    printed.map_err(|cause| Error::Broken(cause.to_string()))?.map_err(|cause| Error::Broken(cause.to_string()))
}
