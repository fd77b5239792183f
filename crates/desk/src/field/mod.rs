//! The field face: front-line staff with gloves and no network, and stewards on their round. Every act is an operation
//! that the phone keeps until it is sent; without scripts the same forms post normally.

mod face;
mod offline;
mod order;
mod paths;
mod scan;
mod steward;
mod store;
#[cfg(test)]
mod tests;
mod today;
mod words;

use kernel::Right;
use web::{Answer, Ask, Body, MIB, Reach, Route};

pub(crate) use steward::Sent;

/// A photo from a browser without scripts.
const PHOTO_LIMIT: usize = 11 * MIB;

pub fn routes() -> Vec<Route> {
    [pages(), acts(), steward_pages()].concat()
}

fn pages() -> Vec<Route> {
    vec![
        work(Route::get("/f", today::page)),
        work(Route::get("/f/orders/{number}", order::show)),
        work(Route::get("/f/scan", scan::page)),
        work(Route::get("/f/queue", offline::queue)),
        work(Route::get("/f/offline.json", offline::list)),
        Route::get("/f/offline", offline::page).public(),
    ]
}

/// Whoever does or takes in orders works here.
fn work(route: Route) -> Route {
    route.right(Right::OrderWork).right(Right::OrderReport).reach(Reach::Site)
}

fn acts() -> Vec<Route> {
    vec![
        act("/f/orders/{number}/grab", order::grab, "order.grabbed"),
        act("/f/orders/{number}/taking", order::take, "order.taken"),
        act("/f/orders/{number}/arrival", order::arrive, "order.arrived"),
        act("/f/orders/{number}/start", order::start, "order.started"),
        act("/f/orders/{number}/suspension", order::suspend, "order.suspended"),
        act("/f/orders/{number}/resumption", order::resume, "order.resumed"),
        act("/f/orders/{number}/completion", order::complete, "order.completed"),
        act("/f/orders/{number}/messages", order::message, "order.said"),
        act("/f/orders/{number}/transfer", order::transfer, "order.transferred"),
        act("/f/orders/{number}/return", order::give_back, "order.returned"),
        work(Route::post("/f/orders/{number}/photos", order::photograph))
            .body(Body::Multipart, PHOTO_LIMIT)
            .audit("order.said"),
    ]
}

fn act<F, Fut>(path: &'static str, handler: F, audit: &'static str) -> Route
where
    F: Fn(Ask) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Answer> + Send + 'static,
{
    work(Route::post(path, handler)).audit(audit).idempotent()
}

fn steward_pages() -> Vec<Route> {
    let report = |route: Route| route.right(Right::OrderReport).reach(Reach::Site);
    vec![
        report(Route::get("/f/homes", steward::find)),
        work(Route::get("/f/homes/{code}", steward::home)),
        report(Route::get("/f/mine", steward::mine)),
        // Whoever works reports what they see on their round.
        work(Route::get("/f/report", steward::report_form)),
        work(Route::post("/f/report", steward::report)).audit("order.reported").idempotent(),
    ]
}
