use axum::http::StatusCode;
use kernel::{
    Error, Right, SessionId,
    access::{self, DeviceLine, SessionLine, TokenLine},
};
use maud::{Markup, html};
use serde::Deserialize;
use values::Id;
use web::{
    Answer, Ask, Page, Reach, Route, Verdict, View, done, html as page_of,
    parts::{
        Button, Column, FormState, NoteKind, Row, Table, act_form, button, date, link_button, note, padded, password,
        post_form, section, select, table, text,
    },
    shell,
};

use super::{NewToken, change_password, devices, token_ends};
use crate::forms;

pub(super) fn routes() -> Vec<Route> {
    let own = |route: Route| route.reach(Reach::Own);
    vec![
        own(Route::get("/c/{site}/me", page)),
        own(Route::post("/c/{site}/me/password", new_password))
            .audit("account.password_set")
            .rate("account 1 s to 15 min"),
        own(Route::post("/c/{site}/me/sessions/{id}/end", end_session)).audit("session.ended"),
        own(Route::post("/c/{site}/me/tokens", new_token)).audit("token.made").no_store(),
        own(Route::post("/c/{site}/me/tokens/{id}/end", end_token)).audit("token.ended"),
    ]
}

struct Mine {
    base: String,
    this: Option<SessionId>,
    sessions: Vec<SessionLine>,
    devices: Vec<DeviceLine>,
    tokens: Vec<TokenLine>,
    second_factor: bool,
    today: values::Day,
}

async fn mine(ask: &Ask) -> Result<Mine, Error> {
    let site = ask.site()?;
    Ok(Mine {
        base: format!("/c/{}/me", site.code),
        this: ask.caller.session,
        sessions: access::sessions_of(ask.house(), &ask.caller).await?,
        devices: access::devices_of(ask.house(), &ask.caller).await?,
        tokens: access::tokens_of(ask.house(), &ask.caller).await?,
        second_factor: ask.caller.second_factor,
        today: site.today(ask.house().now()),
    })
}

async fn page(ask: Ask) -> Answer {
    show(&ask, StatusCode::OK, &Forms::default()).await
}

/// What the page's two forms show, and a token that was just made.
#[derive(Default)]
struct Forms {
    password: FormState,
    token: FormState,
    made: Option<String>,
}

async fn show(ask: &Ask, status: StatusCode, forms: &Forms) -> Answer {
    let (view, mine) = (ask.view().await?, mine(ask).await?);
    let page = Page::new(view.say("people-me"));
    let body = padded(html! {
        div class="max-860" {
            (password_part(&view, &mine, &forms.password))
            (factor_part(&view, &mine))
            (sessions_part(&view, &mine))
            (tokens_part(&view, &mine, forms))
        }
    });
    Ok(page_of(status, shell::page(&view, &page, body)))
}

fn password_part(view: &View, mine: &Mine, state: &FormState) -> Markup {
    let words = &view.words;
    let fields = html! {
        div class="max-460" {
            (password(words, &state.field("old", view.say("people-password-old")).autocomplete("current-password").secret()))
            (password(words, &state.field("password", view.say("people-password-new")).hint(view.say("people-password-hint")).autocomplete("new-password").secret()))
            (password(words, &state.field("again", view.say("people-password-again")).autocomplete("new-password").secret()))
            div class="form-acts" { (button(&Button::new(&view.say("people-password-save")))) span class="small muted" { (view.say("people-password-ends-others")) } }
        }
    };
    section(
        &view.say("people-me-password"),
        html! {},
        post_form(view, &format!("{}/password", mine.base), &forms::once_key(), state, fields),
    )
}

fn factor_part(view: &View, mine: &Mine) -> Markup {
    let content = html! {
        @if mine.second_factor { (note(NoteKind::Ok, html! { (view.say("people-me-factor-on")) })) }
        @else { p class="mb-3" { (view.say("people-me-factor-off")) } (link_button(&Button::new(&view.say("people-totp-enrol-title")), &forms::path("/login/second-factor", &[("to", &mine.base)]))) }
    };
    section(&view.say("people-me-factor"), html! {}, content)
}

fn sessions_part(view: &View, mine: &Mine) -> Markup {
    let others = ["people-session-face", "people-session-made", "people-session-seen", "people-act"];
    let mut columns = vec![Column::new(view.say("people-session-device")).wide()];
    columns.extend(others.map(|key| Column::new(view.say(key)).width(130)));
    let rows = mine.sessions.iter().map(|line| Row {
        cells: vec![
            html! { @if line.device.is_empty() { (view.say("people-session-unknown")) } @else { (line.device) } },
            html! { span class="clip" { (view.say(&format!("people-face-{}", line.face))) } },
            html! { span class="num" { (view.formats.date_time(line.made)) } },
            html! { span class="num" { (view.formats.date_time(line.seen)) } },
            session_act(view, mine, line),
        ],
        pick: None,
    });
    let caption = view.say("people-me-sessions");
    let list = Table { caption: caption.clone(), columns, rows: rows.collect(), plain: true, ..Table::default() };
    let others = mine.sessions.iter().any(|line| Some(line.id) != mine.this) || !mine.devices.is_empty();
    let content = html! {
        (table(&view.words, &list))
        (devices::list(view, &mine.base, &mine.devices))
        @if others {
            div class="mt-3" { (act_form(view, &format!("{}/sessions/end", mine.base), &forms::once_key(), &Button::new(&view.say("people-sessions-end-others")))) }
        }
    };
    section(&caption, html! {}, content)
}

fn session_act(view: &View, mine: &Mine, line: &SessionLine) -> Markup {
    if Some(line.id) == mine.this {
        return html! { span class="muted clip" { (view.say("people-session-this")) } };
    }
    act_form(
        view,
        &format!("{}/sessions/{}/end", mine.base, line.id),
        &forms::once_key(),
        &Button::small(&view.say("people-session-end")),
    )
}

fn tokens_part(view: &View, mine: &Mine, forms: &Forms) -> Markup {
    let caption = view.say("people-me-tokens");
    let content = html! {
        p class="small muted mb-3" { (view.say("people-tokens-why")) }
        @if let Some(token) = &forms.made {
            (note(NoteKind::Warn, html! { (view.say("people-token-once")) " " code class="num" { (token) } }))
        }
        @if !mine.tokens.is_empty() { (tokens_table(view, mine, &caption)) }
        (token_form(view, mine, &forms.token))
    };
    section(&caption, html! {}, content)
}

fn tokens_table(view: &View, mine: &Mine, caption: &str) -> Markup {
    let mut columns = vec![Column::new(view.say("people-token-name")).wide()];
    columns.extend(
        ["people-token-rights", "people-token-ends", "people-act"].map(|key| Column::new(view.say(key)).width(130)),
    );
    let rows = mine.tokens.iter().map(|line| Row {
        cells: vec![
            html! { (line.name) },
            html! { span class="clip" { @if line.rights == "*" { (view.say("people-token-all")) } @else { (line.rights) } } },
            html! { span class="num" { (view.formats.date_time(line.ends)) } },
            act_form(view, &format!("{}/tokens/{}/end", mine.base, line.id), &forms::once_key(), &Button::small(&view.say("people-token-end"))),
        ],
        pick: None,
    });
    table(
        &view.words,
        &Table { caption: caption.to_string(), columns, rows: rows.collect(), plain: true, ..Table::default() },
    )
}

fn token_form(view: &View, mine: &Mine, state: &FormState) -> Markup {
    let words = &view.words;
    let mut rights = vec![("*".to_string(), view.say("people-token-all"))];
    rights.extend(Right::ALL.map(|right| (right.as_str().to_string(), right.as_str().to_string())));
    let until = state.field("until", view.say("people-token-until")).length(11);
    let until = if until.value.is_empty() { until.value(mine.today.plus_days(90).to_string()) } else { until };
    let fields = html! {
        div class="max-460" {
            (text(words, &state.field("name", view.say("people-token-name")).hint(view.say("people-token-name-hint")).length(20)))
            (select(words, &state.field("rights", view.say("people-token-rights")), &rights))
            (date(words, &until))
            div class="form-acts" { (button(&Button::new(&view.say("people-token-make")))) }
        }
    };
    post_form(view, &format!("{}/tokens", mine.base), &forms::once_key(), state, fields)
}

#[derive(Deserialize)]
struct PasswordForm {
    old: String,
    password: String,
    again: String,
}

async fn new_password(ask: Ask) -> Answer {
    let sent: PasswordForm = ask.form()?;
    let changed = match forms::same_twice(&sent.password, &sent.again) {
        Ok(()) => change_password(ask.house(), &ask.caller, &sent.old, &sent.password).await,
        Err(error) => Err(error),
    };
    match changed {
        Ok(()) => Ok(done(&format!("/c/{}/me", ask.site()?.code), &ask.words().say("people-password-changed"))),
        Err(error @ (Error::Refused(_) | Error::Invalid(_))) => {
            let password = forms::refused(&ask.view().await?, FormState::default(), &error);
            show(&ask, Verdict::of(&error).status, &Forms { password, ..Forms::default() }).await
        }
        Err(error) => Err(error),
    }
}

async fn end_session(ask: Ask) -> Answer {
    let party = ask.caller.party().ok_or(Error::Missing)?;
    let mut tx = ask.begin().await?;
    access::end_session(&mut tx, party, ask.param("id")?).await?;
    tx.commit().await?;
    Ok(done(&format!("/c/{}/me", ask.site()?.code), &ask.words().say("people-session-ended")))
}

#[derive(Deserialize)]
struct TokenForm {
    name: String,
    rights: String,
    until: String,
}

async fn new_token(ask: Ask) -> Answer {
    let sent: TokenForm = ask.form()?;
    match make_token(&ask, &sent).await {
        Ok(token) => show(&ask, StatusCode::OK, &Forms { made: Some(token), ..Forms::default() }).await,
        Err(error @ (Error::Refused(_) | Error::Invalid(_))) => {
            let token = forms::refused(&ask.view().await?, forms::typed(&ask)?, &error);
            show(&ask, Verdict::of(&error).status, &Forms { token, ..Forms::default() }).await
        }
        Err(error) => Err(error),
    }
}

async fn make_token(ask: &Ask, sent: &TokenForm) -> Result<String, Error> {
    let party = ask.caller.party().ok_or(Error::Missing)?;
    let until =
        sent.until.parse().map_err(|_| Error::Invalid(vec![kernel::FieldError::new("until", "date_unreadable")]))?;
    let ends = token_ends(&NewToken { name: &sent.name, rights: &sent.rights, until }, ask.house().now())?;
    let mut tx = ask.begin().await?;
    let token = access::new_token(&mut tx, party, sent.name.trim(), &sent.rights, ends).await?;
    tx.commit().await?;
    Ok(token)
}

async fn end_token(ask: Ask) -> Answer {
    let party = ask.caller.party().ok_or(Error::Missing)?;
    let mut tx = ask.begin().await?;
    access::end_token(&mut tx, party, ask.param::<Id<TokenLine>>("id")?).await?;
    tx.commit().await?;
    Ok(done(&format!("/c/{}/me", ask.site()?.code), &ask.words().say("people-token-ended")))
}
