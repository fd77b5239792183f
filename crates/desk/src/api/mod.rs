//! Orders for machines: `POST /api/v1/orders`, the acts by their nouns, lists, evidence, and what phones kept offline.

mod acts;
pub(crate) mod bodies;
mod categories;
pub(crate) mod evidence;
mod list;
mod orders;
mod shapes;
mod talk;

use kernel::Right;
use web::{ApiDoc, Body, MIB, Reach, Route};

use crate::sync;
pub(crate) use list::typed_place;
pub(crate) use shapes::OrderOut;

/// Photos are at most 10 MiB; the rest is the form around them.
const MOST_UPLOAD: usize = 11 * MIB;

pub fn routes() -> Vec<Route> {
    let mut routes = vec![
        Route::get("/api/v1/categories", categories::all).api(
            ApiDoc::new("The categories of a site")
                .query::<String>("site", "code of the site")
                .gives::<categories::Categories>(200),
        ),
        list::document(Route::get("/api/v1/orders", list::orders)),
        Route::post("/api/v1/orders", orders::report)
            .right(Right::OrderReport)
            .right(Right::OrderWork)
            .also_resident()
            .audit("order.reported")
            .idempotent()
            .api(ApiDoc::new("Report something").takes::<bodies::Report>().gives::<OrderOut>(201)),
        Route::get("/api/v1/orders/{id}", orders::one)
            .reach(Reach::Site)
            .api(ApiDoc::new("One order").gives::<OrderOut>(200)),
        // Each operation is its own key.
        Route::post("/api/v1/sync", sync::receive).also_field().audit("operation.received").api(
            ApiDoc::new("Acts that a phone kept while it was offline")
                .takes::<sync::Batch>()
                .gives::<sync::Results>(200),
        ),
        Route::post("/api/v1/sync/devices", sync::trust).also_field().audit("device.trusted").no_store().api(
            ApiDoc::new("A token with which this phone sends the caller's kept acts, also after the session is over")
                .takes::<sync::Device>()
                .gives::<sync::Trusted>(201),
        ),
    ];
    routes.extend(talk());
    routes.extend(pictures());
    routes.extend(acts::routes());
    routes
}

fn talk() -> Vec<Route> {
    let site = |route: Route| route.reach(Reach::Site);
    vec![
        site(Route::get("/api/v1/orders/{id}/messages", talk::messages))
            .api(ApiDoc::new("The thread of an order").gives::<talk::Messages>(200)),
        site(Route::post("/api/v1/orders/{id}/messages", talk::say))
            .audit("order.said")
            .idempotent()
            .api(ApiDoc::new("Say something in the thread").takes::<bodies::NewMessage>().gives::<OrderOut>(201)),
        site(Route::get("/api/v1/orders/{id}/reporters", talk::reporters))
            .api(ApiDoc::new("Who reported an order").gives::<talk::Reporters>(200)),
        site(Route::post("/api/v1/orders/{id}/reporters", talk::join))
            .right(Right::OrderDesk)
            .audit("order.said")
            .idempotent()
            .api(
                ApiDoc::new("A second caller about the same thing")
                    .takes::<bodies::SecondReporter>()
                    .gives::<OrderOut>(201),
            ),
        site(Route::get("/api/v1/orders/{id}/evidence", talk::evidence))
            .api(ApiDoc::new("The pictures of an order").gives::<talk::Pictures>(200)),
    ]
}

fn pictures() -> Vec<Route> {
    vec![
        Route::post("/api/v1/evidence", evidence::receive)
            .also_field()
            .reach(Reach::Own)
            .body(Body::Multipart, MOST_UPLOAD)
            .audit("evidence.received")
            .idempotent()
            .rate("one picture is decoded at a time")
            .api(
                ApiDoc::new("Send a picture; an act names it later")
                    .takes::<evidence::Form>()
                    .gives::<evidence::Received>(201),
            ),
        Route::get("/api/v1/evidence/{id}", evidence::file)
            .also_field()
            .reach(Reach::Site)
            .api(ApiDoc::new("A picture").gives_file("image/jpeg, image/png, image/webp")),
        Route::get("/api/v1/evidence/{id}/thumbnail", evidence::thumbnail)
            .also_field()
            .reach(Reach::Site)
            .api(ApiDoc::new("A picture, 240 pixels at most").gives_file("image/jpeg, image/png, image/webp")),
    ]
}
