use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use kernel::{Error, Site};
use values::Day;
use web::{Answer, Ask, View};

use super::{Person, labels, list::chosen};

/// Exactly what the list shows under these conditions, as .xlsx.
pub(super) async fn answer(ask: Ask) -> Answer {
    let (_, people, _) = chosen(&ask).await?;
    let view = ask.view().await?;
    let site = ask.site()?;
    let today = site.today(ask.house().now());
    note(&ask, site, people.len()).await?;
    let export = sheet(&view);
    let rows: Vec<Vec<sheets::Value>> = people.iter().map(|person| row(&view, person, today)).collect();
    let scratch = ask.scratch()?;
    let bytes = tokio::task::spawn_blocking(move || {
        let mut bytes = std::io::Cursor::new(Vec::new());
        sheets::write_xlsx(&export, rows, Some(&scratch), &mut bytes).map(|()| bytes.into_inner())
    });
    let bytes = bytes
        .await
        .map_err(|cause| Error::Broken(cause.to_string()))?
        .map_err(|cause| Error::Broken(cause.to_string()))?;
    Ok(file(bytes, &format!("staff-{}-{today}.xlsx", site.code)))
}

async fn note(ask: &Ask, site: &Site, count: usize) -> Result<(), Error> {
    let mut tx = ask.begin().await?;
    tx.note(
        site.id,
        "staff.exported",
        format!("site/{}", site.id),
        serde_json::Value::Null,
        serde_json::json!({ "people": count }),
    );
    tx.commit().await
}

fn file(bytes: Vec<u8>, name: &str) -> Response {
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    (
        [
            (header::CONTENT_TYPE, kind.to_string()),
            (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        ],
        bytes,
    )
        .into_response()
}

fn sheet(view: &View) -> sheets::Export {
    let columns = [
        ("people-name", 12),
        ("people-phone", 16),
        ("people-login-name", 16),
        ("people-department", 16),
        ("people-post", 16),
        ("people-from", 12),
        ("people-to", 12),
        ("people-roles", 24),
        ("people-certificates", 40),
    ];
    let kind = |key: &str| {
        if matches!(key, "people-from" | "people-to") { sheets::ColumnKind::Date } else { sheets::ColumnKind::Text }
    };
    let columns = columns.map(|(key, width)| sheets::Column { name: view.say(key), kind: kind(key), width });
    sheets::Export { title: view.say("people-staff"), columns: columns.into() }
}

fn row(view: &View, person: &Person, today: Day) -> Vec<sheets::Value> {
    let text = |text: String| if text.is_empty() { sheets::Value::Blank } else { sheets::Value::Text(text) };
    let day = |day: Option<Day>| day.map_or(sheets::Value::Blank, |day| sheets::Value::Date(day.to_string()));
    let post = person.post(today);
    let comma = view.say("people-list-comma");
    let roles: Vec<String> = person.roles(today).into_iter().map(|role| labels::role(view, role)).collect();
    let held: Vec<String> = person
        .certificates
        .iter()
        .map(|held| format!("{} {}", labels::certificate(view, held.kind, held.trade.as_deref()), held.number))
        .collect();
    vec![
        text(person.name.clone()),
        text(person.phones.first().map(|phone| phone.dial().to_string()).unwrap_or_default()),
        text(person.account.as_ref().and_then(|account| account.login.clone()).unwrap_or_default()),
        text(post.map(|post| labels::department(view, &post.department, &post.department_name)).unwrap_or_default()),
        text(post.map(|post| post.post.clone()).unwrap_or_default()),
        day(post.map(|post| post.from)),
        day(post.and_then(|post| post.to)),
        text(roles.join(&comma)),
        text(held.join(&comma)),
    ]
}
