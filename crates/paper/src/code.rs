//! QR codes as pictures of one pixel a module. Drawn as rectangles, the seams between them made codes unreadable.
use fast_qr::{ECL, QRBuilder};
use krilla::image::{BitsPerComponent, CustomImage, Image, ImageColorspace};

use crate::PaperError;

/// The empty modules that readers need around a code.
const QUIET: usize = 4;

/// The QR code of `text` with its quiet margin, to be drawn as a square of any size.
/// Level Q still reads with a quarter of it scratched, which is what happens to a label beside a door.
pub(crate) fn picture(text: &str) -> Result<Image, PaperError> {
    let refused = || PaperError::Code { text: text.to_owned() };
    if text.is_empty() {
        return Err(refused());
    }
    let code = QRBuilder::new(text).ecl(ECL::Q).build().map_err(|_| refused())?;
    let side = code.size + 2 * QUIET;
    let mut pixels = vec![u8::MAX; side * side];
    for row in 0..code.size {
        for (column, module) in code[row].iter().enumerate() {
            if module.value() {
                pixels[(row + QUIET) * side + column + QUIET] = 0;
            }
        }
    }
    let side = u32::try_from(side).expect("a QR code has at most 177 modules a side");
    Image::from_custom(Modules { side, pixels }, false).map_err(PaperError::Engine)
}

#[derive(Clone, Hash)]
struct Modules {
    side: u32,
    pixels: Vec<u8>,
}

impl CustomImage for Modules {
    fn color_channel(&self) -> &[u8] {
        &self.pixels
    }

    fn alpha_channel(&self) -> Option<&[u8]> {
        None
    }

    fn bits_per_component(&self) -> BitsPerComponent {
        BitsPerComponent::Eight
    }

    fn size(&self) -> (u32, u32) {
        (self.side, self.side)
    }

    fn icc_profile(&self) -> Option<&[u8]> {
        None
    }

    fn color_space(&self) -> ImageColorspace {
        ImageColorspace::Luma
    }
}
