//! Two bare pages: fifty rows of a filtered list, and twenty terms that begin as typed.

use std::{cell::RefCell, fmt::Write as _, net::SocketAddr, sync::Arc};

use axum::{
    Router,
    extract::{Query, State},
    http::StatusCode,
    response::Html,
    routing::get,
};
use rusqlite::{Connection, params};
use serde::Deserialize;
use tokio::net::TcpListener;

use crate::{Done, store};

const LIST: &str = "SELECT number, kind, category, urgency, channel, state, title, reporter_name, department, next_due, reported \
    FROM orders WHERE site = ?1 AND open = 1 AND kind = 'repair' AND (next_due > ?2 OR next_due = ?2 AND id > ?3) \
    ORDER BY next_due, id LIMIT 50";
const FIND: &str = "SELECT term, weight FROM terms WHERE site = ?1 AND kind = ?2 AND term >= ?3 AND term < ?4 \
    ORDER BY term, subject LIMIT 20";
const SITE: &str = "SELECT id FROM sites ORDER BY code LIMIT 1";
/// Beside the rows a page has a frame.
const FRAME: usize = 2_000;

struct Place {
    database: String,
    site: Vec<u8>,
}

type Shared = State<Arc<Place>>;
type Answer = Result<Html<String>, (StatusCode, String)>;

thread_local! {
    /// One connection a thread: nothing waits for another.
    static CONNECTION: RefCell<Option<Connection>> = const { RefCell::new(None) };
}

#[tokio::main]
pub async fn serve(database: &str, address: &str) -> Done {
    let site: Vec<u8> = store::reader(database)?.query_row(SITE, [], |row| row.get(0))?;
    let place = Arc::new(Place { database: database.to_string(), site });
    let router = Router::new().route("/orders", get(orders)).route("/find", get(find)).with_state(place);
    let listener = TcpListener::bind(address.parse::<SocketAddr>()?).await?;
    axum::serve(listener, router).await?;
    Ok(())
}

fn with<T>(place: &Place, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, (StatusCode, String)> {
    CONNECTION.with_borrow_mut(|kept| {
        let connection = match kept.take() {
            Some(connection) => Ok(connection),
            None => store::reader(&place.database),
        };
        let done = connection.and_then(|connection| work(kept.insert(connection)));
        done.map_err(|cause| (StatusCode::INTERNAL_SERVER_ERROR, cause.to_string()))
    })
}

#[derive(Deserialize)]
struct After {
    key: i64,
    id: String,
}

async fn orders(State(place): Shared, Query(after): Query<After>) -> Answer {
    with(&place, |connection| {
        let mut statement = connection.prepare_cached(LIST)?;
        let mut rows = statement.query(params![place.site, after.key, bytes(&after.id)])?;
        let mut page = String::with_capacity(32 * 1024);
        begin(&mut page);
        while let Some(row) = rows.next()? {
            page.push_str("<tr class=\"row\"><td><input type=\"checkbox\" name=\"pick\"></td>");
            for column in 0..9 {
                page.push_str("<td class=\"cell\">");
                page.push_str(row.get_ref(column)?.as_str_or_null()?.unwrap_or(""));
                page.push_str("</td>");
            }
            for column in 9..11 {
                let _ = write!(page, "<td class=\"num\"><time>{}</time></td>", row.get::<_, i64>(column)?);
            }
            page.push_str("</tr>");
        }
        page.push_str("</table></body></html>");
        Ok(Html(page))
    })
}

#[derive(Deserialize)]
struct Typed {
    kind: String,
    q: String,
}

async fn find(State(place): Shared, Query(typed): Query<Typed>) -> Answer {
    with(&place, |connection| {
        let mut statement = connection.prepare_cached(FIND)?;
        let end = format!("{}\u{10ffff}", typed.q);
        let mut rows = statement.query(params![place.site, typed.kind, typed.q, end])?;
        let mut page = String::with_capacity(8 * 1024);
        begin(&mut page);
        while let Some(row) = rows.next()? {
            let _ =
                write!(page, "<li class=\"option\">{} <b>{}</b></li>", row.get::<_, String>(0)?, row.get::<_, i64>(1)?);
        }
        page.push_str("</body></html>");
        Ok(Html(page))
    })
}

fn begin(page: &mut String) {
    page.push_str("<!doctype html><html lang=\"zh-CN\"><head><title>list</title></head><body>");
    page.extend(std::iter::repeat_n('.', FRAME));
    page.push_str("<table>");
}

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex.bytes().filter(u8::is_ascii_hexdigit).collect();
    let digit = |byte: u8| (byte as char).to_digit(16).unwrap_or(0) as u8;
    digits.chunks(2).map(|pair| digit(pair[0]) << 4 | pair.get(1).map_or(0, |low| digit(*low))).collect()
}
