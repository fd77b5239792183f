use std::fmt::Write as _;

use fast_qr::{ECL, QRBuilder};

/// A QR code as an SVG of one path, with its quiet margin. Empty when the text is too long for a code.
pub(crate) fn svg(text: &str) -> String {
    let Ok(code) = QRBuilder::new(text).ecl(ECL::M).build() else { return String::new() };
    let side = code.size + 8;
    let mut path = String::new();
    for row in 0..code.size {
        for (column, module) in code[row].iter().enumerate().take(code.size) {
            if module.value() {
                let _ = write!(path, "M{} {}h1v1h-1z", column + 4, row + 4);
            }
        }
    }
    format!(
        "<svg viewBox=\"0 0 {side} {side}\" width=\"168\" height=\"168\" shape-rendering=\"crispEdges\" aria-hidden=\"true\">\
         <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
    )
}
