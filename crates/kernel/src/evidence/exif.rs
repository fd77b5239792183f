//! What a picture tells about itself. It goes to columns; the file that is kept tells nothing any more.

use exif::{DateTime, Exif, In, Tag, Value};
use values::{Day, MINUTE, Moment, SECOND, Zone};

/// All optional: most pictures tell little, and nothing of it is trusted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Told {
    pub taken: Option<Moment>,
    /// Millionths of a degree, north and east positive.
    pub latitude: Option<i64>,
    pub longitude: Option<i64>,
}

pub fn read(raw: &[u8]) -> Told {
    let Ok(exif) = exif::Reader::new().read_raw(raw.to_vec()) else { return Told::default() };
    Told {
        taken: taken(&exif),
        latitude: degrees(&exif, Tag::GPSLatitude, Tag::GPSLatitudeRef, b'S'),
        longitude: degrees(&exif, Tag::GPSLongitude, Tag::GPSLongitudeRef, b'W'),
    }
}

fn ascii(exif: &Exif, tag: Tag) -> Option<Vec<u8>> {
    match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Ascii(texts) => texts.first().cloned(),
        _ => None,
    }
}

/// Wall time of the camera; where it names no offset, the time of the country.
fn taken(exif: &Exif) -> Option<Moment> {
    let mut told = DateTime::from_ascii(&ascii(exif, Tag::DateTimeOriginal)?).ok()?;
    if let Some(offset) = ascii(exif, Tag::OffsetTimeOriginal) {
        let _ = told.parse_offset(&offset);
    }
    let day =
        Day::new(i16::try_from(told.year).ok()?, i8::try_from(told.month).ok()?, i8::try_from(told.day).ok()?).ok()?;
    let zone = told.offset.map_or_else(Zone::default, |_| Zone::named("UTC").unwrap_or_default());
    let wall = zone.at(day, i8::try_from(told.hour).ok()?, i8::try_from(told.minute).ok()?);
    let offset = i64::from(told.offset.unwrap_or(0)) * MINUTE;
    Some(wall.plus_millis(i64::from(told.second) * SECOND - offset))
}

fn degrees(exif: &Exif, tag: Tag, side: Tag, negative: u8) -> Option<i64> {
    let Value::Rational(parts) = &exif.get_field(tag, In::PRIMARY)?.value else { return None };
    let [degrees, minutes, seconds] = parts.get(..3)? else { return None };
    let whole = degrees.to_f64() + minutes.to_f64() / 60.0 + seconds.to_f64() / 3600.0;
    let sign = if ascii(exif, side)?.first() == Some(&negative) { -1.0 } else { 1.0 };
    (whole.is_finite() && whole.abs() <= 180.0).then_some((sign * whole * 1_000_000.0).round() as i64)
}
