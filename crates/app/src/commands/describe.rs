//! The table of routes and the API description, for people and programs.

use std::fmt::Write;

use web::openapi;

use crate::{
    exit::{Done, Failure},
    own::State,
    wiring,
};

pub fn routes(json: bool) -> Done {
    let table = wiring::routes(&State::new(false, false));
    let lines: Vec<_> = table.iter().map(web::Route::line).collect();
    if json {
        println!("{}", serde_json::to_string_pretty(&lines).map_err(|cause| Failure::environment(cause.to_string()))?);
        return Ok(());
    }
    let mut text = String::new();
    for route in &table {
        let rights: Vec<_> = route.rights.iter().map(|right| right.as_str()).collect();
        let _ = writeln!(
            text,
            "{:<6} {:<48} {:<8} {}",
            route.method,
            route.path,
            format!("{:?}", route.auth).to_lowercase(),
            rights.join(" ")
        );
    }
    print!("{text}");
    Ok(())
}

pub fn openapi() -> Done {
    println!("{}", text(&wiring::routes(&State::new(false, false)))?);
    Ok(())
}

pub fn text(routes: &[web::Route]) -> Result<String, Failure> {
    let ambiguous = openapi::ambiguous(routes).join(", ");
    if !ambiguous.is_empty() {
        return Err(Failure::environment(format!("several schemas of the API share a name: {ambiguous}")));
    }
    openapi::describe(routes).to_pretty_json().map_err(|cause| Failure::environment(cause.to_string()))
}
