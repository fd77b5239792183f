use axum::http::StatusCode;
use kernel::categories::{self, Category};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::{Answer, Ask};

use super::orders::site;

#[derive(Deserialize)]
struct Query {
    site: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub struct Categories {
    pub items: Vec<Category>,
    pub next: Option<String>,
    pub total: Option<i64>,
}

pub async fn all(ask: Ask) -> Answer {
    let query: Query = ask.query()?;
    let mut read = ask.read().await?;
    let site = site(&mut read, query.site.as_deref()).await?;
    let items = categories::all(&mut read, site.id).await?;
    let total = i64::try_from(items.len()).ok();
    Ok(web::json(StatusCode::OK, &Categories { items, next: None, total }, None))
}
