//! Acts on the page of a person that need no form of their own.

use axum::http::StatusCode;
use kernel::{Error, Right, certificates, staff};
use maud::html;
use serde::Deserialize;
use web::{
    Answer, Ask, Page, Route, done, html as page_of,
    parts::{Button, NoteKind, link_button, note, padded},
    shell,
};

use super::{Person, forms::day, may_manage, store};

pub(super) fn routes() -> Vec<Route> {
    let manage = |path: &'static str, act: fn(Ask) -> std::pin::Pin<Box<dyn Future<Output = Answer> + Send>>| {
        Route::post(path, act).right(Right::StaffManage)
    };
    vec![
        manage("/c/{site}/staff/{person}/post/{id}/end", |ask| Box::pin(end_post(ask))).audit("staff.post_ended"),
        Route::post("/c/{site}/staff/{person}/role/{id}/end", end_role)
            .right(Right::GrantManage)
            .right(Right::StaffManage)
            .audit("grant.ended"),
        manage("/c/{site}/staff/{person}/certificate/{id}/review", |ask| Box::pin(review(ask)))
            .audit("certificate.reviewed"),
        manage("/c/{site}/staff/{person}/certificate/{id}/remove", |ask| Box::pin(remove(ask)))
            .audit("certificate.removed"),
        manage("/c/{site}/staff/{person}/homes/{id}/end", |ask| Box::pin(release(ask))).audit("steward.released"),
        manage("/c/{site}/staff/{person}/account/open", |ask| Box::pin(open(ask))).audit("account.opened"),
        manage("/c/{site}/staff/{person}/account/link", |ask| Box::pin(link(ask)))
            .audit("account.setup_link")
            .no_store(),
        manage("/c/{site}/staff/{person}/account/disable", |ask| Box::pin(disable(ask))).audit("account.disabled"),
        manage("/c/{site}/staff/{person}/account/enable", |ask| Box::pin(enable(ask))).audit("account.enabled"),
        manage("/c/{site}/staff/{person}/account/reset-factor", |ask| Box::pin(reset_factor(ask)))
            .audit("second_factor.reset"),
    ]
}

async fn person_of(ask: &Ask) -> Result<Person, Error> {
    let mut read = ask.read().await?;
    store::person(&mut read, ask.site()?.id, ask.param("person")?).await
}

fn back(ask: &Ask, person: &Person, word: &str) -> Answer {
    Ok(done(&format!("/c/{}/staff/{}", ask.site()?.code, person.party), &ask.words().say(word)))
}

fn today(ask: &Ask) -> Result<values::Day, Error> {
    Ok(ask.site()?.today(ask.house().now()))
}

async fn end_post(ask: Ask) -> Answer {
    let person = person_of(&ask).await?;
    let id = ask.param("id")?;
    person.posts.iter().find(|post| post.id == id).ok_or(Error::Missing)?;
    let mut tx = ask.begin().await?;
    staff::end_post(&mut tx, ask.site()?.id, id, today(&ask)?).await?;
    tx.commit().await?;
    back(&ask, &person, "people-post-ended")
}

async fn end_role(ask: Ask) -> Answer {
    let person = person_of(&ask).await?;
    let id = ask.param("id")?;
    let grant = person.grants.iter().find(|grant| grant.id == id).ok_or(Error::Missing)?;
    super::may_grant(&ask.caller, ask.site()?, person.party, grant.role, grant.site.is_none())?;
    let mut tx = ask.begin().await?;
    staff::end_grant(&mut tx, person.party, id, today(&ask)?).await?;
    tx.commit().await?;
    back(&ask, &person, "people-role-ended")
}

#[derive(Deserialize)]
struct Review {
    on: String,
}

async fn review(ask: Ask) -> Answer {
    let person = person_of(&ask).await?;
    let sent: Review = ask.form()?;
    let mut tx = ask.begin().await?;
    certificates::record_review(&mut tx, ask.site()?.id, person.party, ask.param("id")?, day("on", &sent.on)?).await?;
    tx.commit().await?;
    back(&ask, &person, "people-certificate-reviewed")
}

async fn remove(ask: Ask) -> Answer {
    let person = person_of(&ask).await?;
    let mut tx = ask.begin().await?;
    certificates::remove(&mut tx, ask.site()?.id, person.party, ask.param("id")?).await?;
    tx.commit().await?;
    back(&ask, &person, "people-certificate-removed")
}

async fn release(ask: Ask) -> Answer {
    let person = person_of(&ask).await?;
    let mut tx = ask.begin().await?;
    staff::release(&mut tx, ask.site()?.id, person.party, ask.param("id")?, today(&ask)?).await?;
    tx.commit().await?;
    back(&ask, &person, "people-homes-released")
}

async fn open(ask: Ask) -> Answer {
    let person = person_of(&ask).await?;
    let mut tx = ask.begin().await?;
    staff::open_account(&mut tx, person.party, None).await?;
    tx.commit().await?;
    back(&ask, &person, "people-account-opened")
}

/// The link stands on this answer and nowhere else.
async fn link(ask: Ask) -> Answer {
    let person = person_of(&ask).await?;
    let site = ask.site()?;
    let mut tx = ask.begin().await?;
    may_manage(&mut tx, person.party).await?;
    let key = staff::new_setup_link(&mut tx, Some(site.id), person.party).await?;
    tx.commit().await?;
    let view = ask.view().await?;
    let base = format!("/c/{}/staff", site.code);
    let here = format!("{base}/{}", person.party);
    let address = format!("{}/login/setup?key={key}", ask.app.settings().public_url.trim_end_matches('/'));
    let page = Page::new(view.say("people-link-title"))
        .crumb(view.say("people-staff"), &base)
        .crumb(person.name.clone(), &here);
    let body = padded(html! {
        div class="max-744 stack" {
            (note(NoteKind::Warn, html! { (view.words.with("people-link-once", &[("name", person.name.as_str().into())])) }))
            p { code class="num" { (address) } }
            p { (link_button(&Button::new(&view.say("people-link-back")), &here)) }
        }
    });
    Ok(page_of(StatusCode::OK, shell::page(&view, &page, body)))
}

async fn disable(ask: Ask) -> Answer {
    let person = person_of(&ask).await?;
    let mut tx = ask.begin().await?;
    may_manage(&mut tx, person.party).await?;
    staff::disable(&mut tx, Some(ask.site()?.id), person.party).await?;
    tx.commit().await?;
    back(&ask, &person, "people-account-disabled")
}

async fn enable(ask: Ask) -> Answer {
    let person = person_of(&ask).await?;
    let mut tx = ask.begin().await?;
    may_manage(&mut tx, person.party).await?;
    staff::enable(&mut tx, Some(ask.site()?.id), person.party).await?;
    tx.commit().await?;
    back(&ask, &person, "people-account-enabled")
}

async fn reset_factor(ask: Ask) -> Answer {
    let person = person_of(&ask).await?;
    let mut tx = ask.begin().await?;
    may_manage(&mut tx, person.party).await?;
    crate::second_factor::reset(&mut tx, person.party).await?;
    tx.commit().await?;
    back(&ask, &person, "people-factor-reset")
}
