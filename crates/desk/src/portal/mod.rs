//! The resident face: a person reports from their own home and sees who does what next, until when.

mod face;
mod home;
mod homes;
mod order;
mod paths;
mod report;
mod store;
#[cfg(test)]
mod tests;
mod waiting;
mod words;

use web::{Body, MIB, Reach, Route};

/// A photo from a browser without scripts.
const PHOTO_LIMIT: usize = 11 * MIB;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/r", home::page).reach(Reach::Own),
        Route::get("/r/report", report::form).reach(Reach::Own),
        Route::post("/r/report", report::send).reach(Reach::Own).audit("order.reported").idempotent(),
        Route::post("/r/report/outage", report::me_too).reach(Reach::Own).audit("order.reported").idempotent(),
        Route::get("/r/orders", order::list).reach(Reach::Own),
        Route::get("/r/orders/{number}", order::show).reach(Reach::Own),
        Route::post("/r/orders/{number}/verdict", order::verdict)
            .reach(Reach::Own)
            .audit("order.verified")
            .idempotent(),
        Route::post("/r/orders/{number}/rating", order::rate).reach(Reach::Own).audit("order.rated").idempotent(),
        Route::post("/r/orders/{number}/reopening", order::reopen)
            .reach(Reach::Own)
            .audit("order.reopened")
            .idempotent(),
        Route::post("/r/orders/{number}/cancellation", order::cancel)
            .reach(Reach::Own)
            .audit("order.cancelled")
            .idempotent(),
        Route::post("/r/orders/{number}/chase", order::chase).reach(Reach::Own).audit("order.chased").idempotent(),
        Route::post("/r/orders/{number}/messages", order::message).reach(Reach::Own).audit("order.said").idempotent(),
        Route::post("/r/orders/{number}/photos", order::photograph)
            .reach(Reach::Own)
            .body(Body::Multipart, PHOTO_LIMIT)
            .audit("order.said"),
    ]
}
