//! The inner skin: frames of a kind, a length and a payload; rows as JSON, files as bytes.

use std::io::{self, Read, Write};

use base64::{Engine, engine::general_purpose::STANDARD};
use db::Value;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value as Json;

/// Larger than any row we keep; a length beyond it is damage.
const LONGEST: u32 = 64 * 1024 * 1024;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Opening,
    Key,
    Table,
    Row,
    File,
    Bytes,
    Manifest,
}

impl Kind {
    const ALL: [(Self, u8); 7] = [
        (Self::Opening, b'O'),
        (Self::Key, b'K'),
        (Self::Table, b'T'),
        (Self::Row, b'R'),
        (Self::File, b'F'),
        (Self::Bytes, b'B'),
        (Self::Manifest, b'M'),
    ];
    fn letter(self) -> u8 {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or(0, |(_, letter)| *letter)
    }
    fn of(letter: u8) -> io::Result<Self> {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == letter)
            .map(|(kind, _)| *kind)
            .ok_or_else(|| broken("an unknown kind of frame"))
    }
}

pub fn broken(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why.to_string())
}

pub fn write(out: &mut impl Write, kind: Kind, payload: &[u8]) -> io::Result<()> {
    let length = u32::try_from(payload.len())
        .ok()
        .filter(|length| *length <= LONGEST)
        .ok_or_else(|| broken("a frame is too long"))?;
    out.write_all(&[kind.letter()])?;
    out.write_all(&length.to_le_bytes())?;
    out.write_all(payload)
}

pub fn write_json(out: &mut impl Write, kind: Kind, value: &impl Serialize) -> io::Result<()> {
    write(out, kind, &serde_json::to_vec(value)?)
}

/// The next frame. Errors: the end, which only comes after the manifest.
pub fn read(input: &mut impl Read) -> io::Result<(Kind, Vec<u8>)> {
    let mut head = [0; 5];
    input.read_exact(&mut head)?;
    let kind = Kind::of(head[0])?;
    let length = u32::from_le_bytes([head[1], head[2], head[3], head[4]]);
    if length > LONGEST {
        return Err(broken("a frame is too long"));
    }
    let mut payload = Vec::new();
    input.take(u64::from(length)).read_to_end(&mut payload)?;
    if payload.len() as u64 == u64::from(length) { Ok((kind, payload)) } else { Err(broken("a frame is cut short")) }
}

pub fn json<T: DeserializeOwned>(payload: &[u8]) -> io::Result<T> {
    serde_json::from_slice(payload).map_err(|cause| broken(&cause.to_string()))
}

/// Whole numbers and texts as they are, bytes and ids as `{"b": base64}`.
pub fn row(values: Vec<Value>) -> io::Result<Vec<u8>> {
    let one = |value: Value| match value {
        Value::Int(value) => value.map_or(Json::Null, Json::from),
        Value::Text(value) => value.map_or(Json::Null, Json::from),
        Value::Id(value) => value.map_or(Json::Null, |id| bytes(id.as_bytes())),
        Value::Bytes(value) => value.map_or(Json::Null, |raw| bytes(&raw)),
    };
    Ok(serde_json::to_vec(&values.into_iter().map(one).collect::<Vec<_>>())?)
}

fn bytes(raw: &[u8]) -> Json {
    serde_json::json!({ "b": STANDARD.encode(raw) })
}

pub fn values(payload: &[u8]) -> io::Result<Vec<Value>> {
    let one = |value: Json| match value {
        Json::Null => Ok(Value::Text(None)),
        Json::Number(number) => {
            number.as_i64().map(|number| Value::Int(Some(number))).ok_or_else(|| broken("a number is not whole"))
        }
        Json::String(text) => Ok(Value::Text(Some(text))),
        Json::Object(fields) => {
            let raw = fields.get("b").and_then(Json::as_str).ok_or_else(|| broken("a value of no kind"))?;
            STANDARD.decode(raw).map(|raw| Value::Bytes(Some(raw))).map_err(|_| broken("bytes that are not base64"))
        }
        _ => Err(broken("a value of no kind")),
    };
    json::<Vec<Json>>(payload)?.into_iter().map(one).collect()
}
