//! 服务台: intake, work orders, notices. Orders and their promises are the kernel's; here is what the desk, residents and
//! technicians see of them (`console`, `portal`, `field`), and the same for machines (`api`).

mod api;
mod case;
mod console;
mod field;
mod inbox;
mod notices;
mod portal;
mod settings;
mod ship;
mod sync;
#[cfg(test)]
mod tests;

pub use ship::ship;

/// Every address of this department.
pub fn routes() -> Vec<web::Route> {
    [
        api::routes(),
        console::routes(),
        notices::routes(),
        field::routes(),
        inbox::routes(),
        portal::routes(),
        settings::routes(),
    ]
    .concat()
}

/// The words of this department.
pub const MESSAGES: web::i18n::Source =
    web::i18n::Source { zh: include_str!("../messages/zh-CN.ftl"), en: include_str!("../messages/en.ftl") };

/// Its lines of the console's navigation.
pub use console::NAV;
/// Its lines of the console's settings.
pub use settings::NAV as SETTINGS;
