//! The one font of every document, and what a character measures in it.
//! Chinese and Latin need no shaping: a glyph is what the character map says, as wide as its advance.
use std::sync::LazyLock;

use krilla::text::Font;
use ttf_parser::{Face, GlyphId};

/// Stands for a character that the font cannot draw, so that a reader sees that something was there.
const STAND_IN: char = '〓';

/// Taken in as it is and never packed: the kernel pages in what is used, and the heap holds none of it.
static BYTES: &[u8] =
    include_bytes!("../node_modules/@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf");

static FACE: LazyLock<Face<'static>> =
    LazyLock::new(|| Face::parse(BYTES, 0).expect("the lock file pins the font, and the tests read it"));

static FONT: LazyLock<Font> =
    LazyLock::new(|| Font::new(BYTES.into(), 0).expect("the lock file pins the font, and the tests read it"));

/// What one character becomes on paper.
pub(crate) struct Glyph {
    pub id: u16,
    /// Width in parts of the type size.
    pub advance: f32,
    /// True when the stand-in is drawn in its place.
    pub missing: bool,
}

/// The glyph of `character`, or nothing when it has no shape of its own (a control or a joiner).
pub(crate) fn glyph(character: char) -> Option<Glyph> {
    if is_shapeless(character) {
        return None;
    }
    let known = FACE.glyph_index(character);
    let id = known.or_else(|| FACE.glyph_index(STAND_IN)).unwrap_or(GlyphId(0));
    Some(Glyph { id: id.0, advance: advance(id), missing: known.is_none() })
}

/// Width of one line of `text` in points, at type size `size` in points.
pub(crate) fn width(text: &str, size: f32) -> f32 {
    text.chars().filter_map(glyph).map(|glyph| glyph.advance * size).sum()
}

/// The font as the PDF writer wants it; a cheap copy of a handle.
pub(crate) fn font() -> Font {
    FONT.clone()
}

fn advance(id: GlyphId) -> f32 {
    f32::from(FACE.glyph_hor_advance(id).unwrap_or(0)) / f32::from(FACE.units_per_em())
}

/// Controls, zero-width spaces and joiners, direction marks and variation selectors.
fn is_shapeless(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}')
        || matches!(character, '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}')
        || matches!(character, '\u{E0100}'..='\u{E01EF}')
}
