use testing::World;
use web::Route;

use crate::wiring;

/// R15.
#[tokio::test]
async fn a_handler_that_panics_is_one_page_with_a_number_and_the_next_request_is_served() {
    let routes = vec![
        Route::get("/c/panics", |_| async { panic!("on purpose") }).public(),
        Route::get("/api/v1/panics", |_| async { panic!("on purpose") }).public(),
        Route::get("/fine", |_| async { Ok(web::see_other("/")) }).public(),
    ];
    let world = World::new(routes, wiring::MESSAGES).await;
    let page = world.get_public("/c/panics").await.is(500);
    assert!(page.text().contains("E-") && page.header("content-security-policy").contains("default-src"));
    let problem = world.get_public("/api/v1/panics").await.is(500).json();
    assert!(problem["request"].as_str().is_some_and(|number| number.starts_with("E-")), "{problem}");
    assert!(!problem.to_string().contains("on purpose"), "{problem}");
    world.get_public("/fine").await.is(303);
}
