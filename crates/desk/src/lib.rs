//! 服务台: intake, work orders, notices. Orders and their promises are the kernel's; here is what the desk, residents and
//! technicians see of them (`console`, `portal`, `field`), and the same for machines (`api`).

mod case;
mod notices;
mod portal;

/// Every address of this department.
pub fn routes() -> Vec<web::Route> {
    [notices::routes(), portal::routes()].concat()
}

/// The words of this department.
pub const MESSAGES: web::i18n::Source =
    web::i18n::Source { zh: include_str!("../messages/zh-CN.ftl"), en: include_str!("../messages/en.ftl") };
