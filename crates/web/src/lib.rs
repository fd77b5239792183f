//! How pages look and how requests are guarded: the table of routes, the shells and components, the words, the one way
//! an error is answered. HTML lives here and in the slices' `pages.rs`, nowhere else.

pub mod answer;
mod app;
mod ask;
mod connections;
mod forms;
pub mod guard;
mod headers;
pub mod i18n;
mod limits;
pub mod look;
mod multipart;
pub mod nav;
pub mod openapi;
mod pace;
pub mod parts;
mod problems;
mod route;
mod seats;
pub mod server;
pub mod shell;
mod view;

pub use answer::{Verdict, html, json};
pub use app::{App, AppParts, Settings};
pub use ask::{Ask, done, see_other};
pub use limits::Limits;
pub use look::View;
pub use multipart::{File, Upload};
pub use openapi::ApiDoc;
pub use route::{Answer, Auth, Body, Door, KIB, MIB, Reach, Route};
pub use shell::Page;
