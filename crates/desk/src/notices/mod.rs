//! 公告与公示: the desk publishes, residents read. Verbs and tables are the kernel's; here are the pages.

mod api;
mod console;
mod editor;
mod portal;
mod store;
#[cfg(test)]
mod tests;

pub(crate) use portal::{hours, line};

use kernel::Right;
use web::{ApiDoc, Reach, Route};

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/c/{site}/notices", console::list).right(Right::NoticeRead),
        Route::get("/c/{site}/notices/new", editor::new).right(Right::NoticePublish),
        Route::post("/c/{site}/notices", editor::publish)
            .right(Right::NoticePublish)
            .audit("notice.published")
            .idempotent(),
        Route::get("/c/{site}/notices/{id}", console::show).right(Right::NoticeRead),
        Route::get("/c/{site}/notices/{id}/not-reached", console::not_reached).right(Right::NoticePublish),
        Route::post("/c/{site}/notices/{id}/end", console::end)
            .right(Right::NoticePublish)
            .audit("notice.ended")
            .idempotent(),
        Route::get("/r/notices", portal::list).reach(Reach::Own),
        Route::get("/r/notices/{id}", portal::show).reach(Reach::Own),
        Route::post("/r/notices/{id}/reading", portal::read).reach(Reach::Own).audit("notice.read"),
        Route::get("/api/v1/notices", api::list).right(Right::NoticeRead).reach(Reach::Site).api(
            ApiDoc::new("Notices of a site, newest first")
                .query::<String>("site", "code of the site")
                .gives::<api::Notices>(200),
        ),
        Route::post("/api/v1/notices", api::publish)
            .right(Right::NoticePublish)
            .reach(Reach::Site)
            .audit("notice.published")
            .idempotent()
            .api(ApiDoc::new("Publish a notice").takes::<api::NewNotice>().gives::<api::NoticeOut>(201)),
        Route::post("/api/v1/notices/{id}/end", api::end)
            .right(Right::NoticePublish)
            .reach(Reach::Site)
            .audit("notice.ended")
            .idempotent()
            .api(ApiDoc::new("End an outage").takes::<api::Nothing>().gives::<api::NoticeOut>(200)),
    ]
}
