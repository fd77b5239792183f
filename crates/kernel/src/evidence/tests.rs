//! What is taken for a picture and what becomes of it.

use std::{io::Cursor, path::PathBuf};

use image::{DynamicImage, ImageFormat, RgbImage};

use super::picture::{self, Kept};
use crate::{Error, files::Files};

struct Folder(PathBuf);
impl Folder {
    fn fresh(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("anju-evidence-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
    fn keep(&self, content: &[u8]) -> Result<Kept, Error> {
        let upload = self.0.join("upload");
        std::fs::write(&upload, content).unwrap();
        picture::keep(&Files::new(self.0.join("files")), &upload)
    }
    fn stored(&self, hash: &str) -> Vec<u8> {
        Files::new(self.0.join("files")).get(hash).unwrap()
    }
}
impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn encoded(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(RgbImage::new(width, height)).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn code(result: Result<Kept, Error>) -> &'static str {
    match result {
        Err(Error::Invalid(fields)) => fields[0].code,
        Err(other) => panic!("{other}"),
        Ok(_) => "kept",
    }
}

/// An Exif block with a time, its offset, and the position 30°16'N 120°9'E.
fn exif() -> Vec<u8> {
    let field = |tag, value| exif::Field { tag, ifd_num: exif::In::PRIMARY, value };
    let rational = |parts: [u32; 3]| exif::Value::Rational(parts.map(|num| exif::Rational { num, denom: 1 }).to_vec());
    let text = |text: &str| exif::Value::Ascii(vec![text.as_bytes().to_vec()]);
    let fields = [
        field(exif::Tag::DateTimeOriginal, text("2026:08:12 10:24:00")),
        field(exif::Tag::OffsetTimeOriginal, text("+08:00")),
        field(exif::Tag::GPSLatitudeRef, text("N")),
        field(exif::Tag::GPSLatitude, rational([30, 16, 0])),
        field(exif::Tag::GPSLongitudeRef, text("E")),
        field(exif::Tag::GPSLongitude, rational([120, 9, 0])),
    ];
    let mut writer = exif::experimental::Writer::new();
    fields.iter().for_each(|field| writer.push_field(field));
    let mut block = Cursor::new(Vec::new());
    writer.write(&mut block, false).unwrap();
    block.into_inner()
}

/// The JPEG with an APP1 segment right after its first marker.
fn with_exif(jpeg: &[u8], block: &[u8]) -> Vec<u8> {
    let length = u16::try_from(block.len() + 8).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, 0xE1], &length, b"Exif\0\0", block, &jpeg[2..]].concat()
}

#[test]
fn a_photo_is_kept_as_jpeg_with_a_thumbnail_of_240_pixels() {
    let folder = Folder::fresh("photo");
    let kept = folder.keep(&encoded(800, 600, ImageFormat::WebP)).unwrap();
    assert_eq!((kept.file.media, kept.file.width, kept.file.height), ("image/jpeg", 800, 600));
    assert_eq!((kept.thumbnail.width, kept.thumbnail.height), (240, 180));
    assert!(folder.stored(&kept.file.hash).starts_with(&[0xFF, 0xD8, 0xFF]));
}

#[test]
fn a_signature_stays_see_through() {
    let kept = Folder::fresh("signature").keep(&encoded(300, 120, ImageFormat::Png)).unwrap();
    assert_eq!(kept.file.media, "image/png");
}

#[test]
fn r07_time_and_place_go_to_columns_and_leave_the_picture() {
    let folder = Folder::fresh("exif");
    let upload = with_exif(&encoded(64, 48, ImageFormat::Jpeg), &exif());
    let kept = folder.keep(&upload).unwrap();
    assert_eq!(kept.taken, Some("2026-08-12T10:24:00+08:00".parse().unwrap()));
    assert_eq!((kept.latitude, kept.longitude), (Some(30_266_667), Some(120_150_000)));
    let contains = |bytes: &[u8], what: &[u8]| bytes.windows(what.len()).any(|window| window == what);
    assert!(contains(&upload, b"Exif"));
    assert!(!contains(&folder.stored(&kept.file.hash), b"Exif"));
}

#[test]
fn r07_what_is_no_picture_of_ours_is_refused_by_its_content() {
    let folder = Folder::fresh("hostile");
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0".to_vec();
    let cut = encoded(800, 600, ImageFormat::Jpeg)[..200].to_vec();
    for (content, expected) in [
        (b"%PDF-1.7".to_vec(), "picture_kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), "picture_kind"),
        (b"GIF89a".to_vec(), "picture_kind"),
        (Vec::new(), "picture_kind"),
        (heic, "picture_heic"),
        (cut, "picture_broken"),
        (vec![0xFF; 10 * 1024 * 1024 + 1], "picture_too_large"),
    ] {
        assert_eq!(code(folder.keep(&content)), expected);
    }
}

#[test]
fn r07_a_small_file_that_says_it_is_huge_is_refused_before_it_is_decoded() {
    // A PNG header of 30,000 × 30,000 with nothing behind it.
    let mut png = encoded(1, 1, ImageFormat::Png);
    png[16..20].copy_from_slice(&30_000u32.to_be_bytes());
    png[20..24].copy_from_slice(&30_000u32.to_be_bytes());
    let sum = crc(&png[12..29]);
    png[29..33].copy_from_slice(&sum.to_be_bytes());
    assert_eq!(code(Folder::fresh("bomb").keep(&png)), "picture_pixels");
}

/// CRC-32 as PNG chunks carry it.
fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 })
    };
    !bytes.iter().fold(u32::MAX, step)
}
