//! The addresses of imports: of homes below `/import`, of staff below `/staff/import`, by the same handlers.

use kernel::Right;
use web::{ApiDoc, Body, MIB, Reach, Route};

use super::{api, pages};

/// Of one list: `$base` is its address, `$right` who may.
macro_rules! console {
    ($base:literal, $right:expr) => {
        vec![
            Route::get($base, pages::start::show).right($right),
            Route::post($base, pages::start::take_in)
                .right($right)
                .body(Body::Multipart, 50 * MIB)
                .audit("import.taken_in"),
            Route::get(concat!($base, "/template"), pages::downloads::template).right($right),
            Route::get(concat!($base, "/{id}"), pages::show).right($right).no_store(),
            Route::post(concat!($base, "/{id}/mapping"), pages::acts::read_otherwise)
                .right($right)
                .audit("import.mapped"),
            Route::post(concat!($base, "/{id}/run"), pages::acts::run).right($right).audit("import.run").idempotent(),
            Route::post(concat!($base, "/{id}/cancel"), pages::acts::cancel)
                .right($right)
                .audit("import.cancelled")
                .idempotent(),
            Route::get(concat!($base, "/{id}/undo"), pages::undo::ask_first).right($right).no_store(),
            Route::post(concat!($base, "/{id}/undo"), pages::acts::undo)
                .right($right)
                .audit("import.undone")
                .idempotent(),
            Route::get(concat!($base, "/{id}/errors"), pages::downloads::errors).right($right).no_store(),
        ]
    };
}

pub fn routes() -> Vec<Route> {
    let homes = console!("/c/{site}/import", Right::EstateImport);
    let staff = console!("/c/{site}/staff/import", Right::StaffManage);
    [homes, staff, machines()].concat()
}

/// Either right opens the door; the handler asks for the one of the kind at the site.
fn both(route: Route) -> Route {
    route.right(Right::EstateImport).right(Right::StaffManage).reach(Reach::Site)
}

fn machines() -> Vec<Route> {
    vec![
        both(Route::post("/api/v1/imports", api::take_in))
            .body(Body::Multipart, 50 * MIB)
            .audit("import.taken_in")
            .idempotent()
            .api(
                ApiDoc::new("Send a list of homes or staff; nothing of it is registered yet")
                    .takes::<api::Sent>()
                    .gives::<api::ImportOut>(201),
            ),
        both(Route::get("/api/v1/imports/{id}", api::show))
            .api(ApiDoc::new("An import: what it would do, or what it did").gives::<api::ImportOut>(200)),
        both(Route::post("/api/v1/imports/{id}/run", api::run))
            .audit("import.run")
            .idempotent()
            .api(ApiDoc::new("Run an import").takes::<api::Run>().gives::<api::ImportOut>(200)),
        both(Route::post("/api/v1/imports/{id}/undo", api::undo)).audit("import.undone").idempotent().api(
            ApiDoc::new("Take an import back, while nothing depends on it")
                .takes::<api::Nothing>()
                .gives::<api::ImportOut>(200),
        ),
    ]
}
