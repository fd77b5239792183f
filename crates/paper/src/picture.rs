//! Photos, seals and signatures inside a document.
use krilla::image::Image;

use crate::PaperError;

/// A picture as PNG or JPEG, already turned upright (a turn noted in the photo's EXIF data is not followed).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    pub bytes: Vec<u8>,
    /// Words below it; may be empty.
    pub caption: String,
}

impl Picture {
    pub(crate) fn image(&self) -> Result<Image, PaperError> {
        let bytes = self.bytes.clone();
        let read = match self.bytes.as_slice() {
            [0x89, b'P', b'N', b'G', ..] => Image::from_png(bytes.into(), true),
            [0xFF, 0xD8, 0xFF, ..] => Image::from_jpeg(bytes.into(), true),
            _ => Err("neither PNG nor JPEG".to_owned()),
        };
        read.map_err(|reason| PaperError::Picture { caption: self.caption.clone(), reason })
    }
}
