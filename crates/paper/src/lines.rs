//! Where a line may end. Unicode's line breaking (UAX 14) knows the Chinese rules of 禁则: no line starts with ，。！？）
//! or ends with （“, and Latin words and numbers stay whole. A few signs of our trade it does not know are added here.
use unicode_linebreak::{BreakOpportunity, linebreaks};

use crate::font;

/// Signs that belong to the word before them: units of measure, and the dot inside a person's name.
const NEVER_FIRST: &[char] = &['㎡', '㎥', '㎜', '㎝', '㎞', '㎏', '·'];

/// `text` in lines no wider than `width`, both in points, at type size `size`. Always at least one line.
/// A word wider than the line is cut where the line is full: on paper, cut is better than lost.
pub(crate) fn wrap(text: &str, width: f32, size: f32) -> Vec<String> {
    let text = text.replace('\t', " ");
    let mut filler = Filler { width, size, lines: Vec::new(), line: String::new(), used: 0.0 };
    for (piece, ends_line) in pieces(&text) {
        filler.add(piece);
        if ends_line {
            filler.end_line();
        }
    }
    if !filler.line.is_empty() || filler.lines.is_empty() {
        filler.end_line();
    }
    filler.lines
}

/// True when some word of `text` is wider than `width` and `wrap` would have to cut it.
pub(crate) fn cuts_words(text: &str, width: f32, size: f32) -> bool {
    pieces(text).iter().any(|(piece, _)| font::width(piece.trim_end(), size) > width)
}

/// The parts of `text` that may not be torn apart, each with whether the writer ended a line after it.
fn pieces(text: &str) -> Vec<(&str, bool)> {
    let mut found = Vec::new();
    let mut start = 0;
    for (end, opportunity) in linebreaks(text) {
        let must = opportunity == BreakOpportunity::Mandatory;
        if must || !text[end..].starts_with(NEVER_FIRST) {
            found.push((&text[start..end], must && text[..end].ends_with(['\n', '\r', '\u{2028}', '\u{2029}'])));
            start = end;
        }
    }
    found
}

struct Filler {
    width: f32,
    size: f32,
    lines: Vec<String>,
    line: String,
    used: f32,
}

impl Filler {
    /// The space after a word does not count at the end of a line.
    fn add(&mut self, piece: &str) {
        let needed = font::width(piece.trim_end(), self.size);
        if !self.line.is_empty() && self.used + needed > self.width {
            self.end_line();
        }
        if needed > self.width {
            return self.add_cut(piece);
        }
        self.line.push_str(piece);
        self.used += font::width(piece, self.size);
    }

    /// Even when cut, a piece keeps the signs at its end beside its last letter.
    fn add_cut(&mut self, piece: &str) {
        let tail = piece.rfind(char::is_alphanumeric).unwrap_or(0);
        if tail > 0 && font::width(piece[tail..].trim_end(), self.size) <= self.width {
            self.add_characters(&piece[..tail]);
            self.add(&piece[tail..]);
        } else {
            self.add_characters(piece);
        }
    }

    fn add_characters(&mut self, piece: &str) {
        for character in piece.chars() {
            let needed = font::glyph(character).map_or(0.0, |glyph| glyph.advance * self.size);
            if !self.line.is_empty() && !character.is_whitespace() && self.used + needed > self.width {
                self.end_line();
            }
            self.line.push(character);
            self.used += needed;
        }
    }

    fn end_line(&mut self) {
        self.lines.push(self.line.trim_end().to_owned());
        self.line.clear();
        self.used = 0.0;
    }
}
