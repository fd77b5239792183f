//! A QR code on the screen.

use maud::{Markup, PreEscaped, html};

/// `svg` is what our own encoder drew (trusted markup); `label` says where the code leads. Always black on white.
pub fn qr(svg: &str, label: &str) -> Markup {
    html! { figure class="shot w-168" role="img" aria-label=(label) { (PreEscaped(svg)) } }
}
