//! From what somebody sent to a picture of ours: the kind is told by content, the size before anything is decoded, and
//! what is kept is encoded anew, so that nothing hidden in the upload survives.

use std::{
    fs::File,
    io::{BufReader, Cursor, Read as _, Seek as _},
    path::Path,
};

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, imageops::FilterType};
use tokio::sync::Semaphore;
use values::Moment;

use super::refuse;
use crate::{Error, files::Files};

/// Bytes of an upload.
pub const MOST_BYTES: u64 = 10 * 1024 * 1024;
pub const MOST_PIXELS: u64 = 50_000_000;
/// Bytes of the decoded pixels: 50 megapixels of three bytes fit, of eight bytes they do not.
const MOST_MEMORY: u64 = 200 * 1024 * 1024;
/// The longer side of what is kept.
const LONGEST: u32 = 4096;
/// Pixels of a drawing that may stay see-through, such as a signature.
const DRAWING: u64 = 2_000_000;
/// The longer side of a thumbnail.
const SMALL: u32 = 240;
const QUALITY: u8 = 82;

/// Decoding is the one place where a small upload costs much memory: one at a time. Held by the work, not by the request,
/// which may be gone before the work is.
pub static TURN: Semaphore = Semaphore::const_new(1);

/// A file of the data folder.
#[derive(Debug, Clone)]
pub struct Stored {
    pub hash: String,
    pub media: &'static str,
    pub size: i64,
    pub width: i64,
    pub height: i64,
}

/// A picture, its thumbnail, and what it told about itself. Position in millionths of a degree.
#[derive(Debug, Clone)]
pub struct Kept {
    pub file: Stored,
    pub thumbnail: Stored,
    pub taken: Option<Moment>,
    pub latitude: Option<i64>,
    pub longitude: Option<i64>,
}

/// Blocking.
pub fn keep(files: &Files, path: &Path) -> Result<Kept, Error> {
    let mut file = File::open(path)?;
    if file.metadata()?.len() > MOST_BYTES {
        return Err(refuse("picture_too_large"));
    }
    let mut head = [0u8; 32];
    let length = file.read(&mut head)?;
    file.rewind()?;
    let format = format_of(&head[..length])?;
    let (picture, told) = decode(file, format)?;
    let picture = no_longer_than(picture, LONGEST);
    let small = picture.resize(SMALL, SMALL, FilterType::Triangle);
    let pixels = u64::from(picture.width()) * u64::from(picture.height());
    let see_through = format == ImageFormat::Png && pixels <= DRAWING;
    let (file, thumbnail) = (store(files, &picture, see_through)?, store(files, &small, see_through)?);
    Ok(Kept { file, thumbnail, taken: told.taken, latitude: told.latitude, longitude: told.longitude })
}

/// R07: an allow-list of three, by their first bytes; names and declared types say nothing.
fn format_of(head: &[u8]) -> Result<ImageFormat, Error> {
    let brand = head.get(8..12).unwrap_or_default();
    match head {
        [0xFF, 0xD8, 0xFF, ..] => Ok(ImageFormat::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Ok(ImageFormat::Png),
        [b'R', b'I', b'F', b'F', ..] if brand == b"WEBP" => Ok(ImageFormat::WebP),
        [_, _, _, _, b'f', b't', b'y', b'p', ..]
            if matches!(brand, b"heic" | b"heix" | b"hevc" | b"mif1" | b"msf1" | b"avif") =>
        {
            Err(refuse("picture_heic"))
        }
        _ => Err(refuse("picture_kind")),
    }
}

fn decode(file: File, format: ImageFormat) -> Result<(DynamicImage, super::exif::Told), Error> {
    let mut reader = ImageReader::with_format(BufReader::new(file), format);
    reader.limits(limits());
    let mut decoder = reader.into_decoder().map_err(|_| refuse("picture_broken"))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS || decoder.total_bytes() > MOST_MEMORY {
        return Err(refuse("picture_pixels"));
    }
    let told = decoder.exif_metadata().ok().flatten().map(|raw| super::exif::read(&raw)).unwrap_or_default();
    let turned = decoder.orientation().map_err(|_| refuse("picture_broken"))?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| refuse("picture_broken"))?;
    picture.apply_orientation(turned);
    Ok((picture, told))
}

fn no_longer_than(picture: DynamicImage, longest: u32) -> DynamicImage {
    if picture.width().max(picture.height()) > longest { picture.thumbnail(longest, longest) } else { picture }
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    limits
}

/// Small drawings such as signatures stay see-through, everything else becomes a JPEG.
fn store(files: &Files, picture: &DynamicImage, see_through: bool) -> Result<Stored, Error> {
    let mut bytes = Cursor::new(Vec::new());
    let media = if see_through {
        picture.write_to(&mut bytes, ImageFormat::Png).map_err(|cause| Error::Broken(cause.to_string()))?;
        "image/png"
    } else {
        let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, QUALITY);
        picture.to_rgb8().write_with_encoder(encoder).map_err(|cause| Error::Broken(cause.to_string()))?;
        "image/jpeg"
    };
    let bytes = bytes.into_inner();
    let hash = files.put(&bytes)?;
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    Ok(Stored { hash, media, size, width: i64::from(picture.width()), height: i64::from(picture.height()) })
}
