//! Finished pages become a PDF file. Nothing is measured or moved here.
use std::collections::BTreeSet;

use krilla::Document;
use krilla::color::luma;
use krilla::error::KrillaError;
use krilla::geom::{Path, PathBuilder, Point, Rect, Size, Transform};
use krilla::image::Image;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::text::{GlyphId, KrillaGlyph};

use crate::font;
use crate::{PaperError, Rendered};

/// One mark on a page. Lengths in points, from the upper left corner of the page.
pub(crate) enum Mark {
    /// One line of text; `y` is its base line.
    Text {
        x: f32,
        y: f32,
        style: Style,
        text: String,
    },
    /// A thin straight line.
    Rule {
        from: (f32, f32),
        to: (f32, f32),
    },
    Shade(Area),
    Frame(Area),
    /// The name is for the error, should the picture turn out to be broken.
    Picture {
        area: Area,
        image: Image,
        name: String,
    },
}

/// A rectangle in points, from the upper left corner of the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

/// How a text looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Style {
    /// Type size in points.
    pub size: f32,
    pub bold: bool,
    /// Grey instead of black.
    pub quiet: bool,
}

impl Style {
    pub const fn plain(size: f32) -> Style {
        Style { size, bold: false, quiet: false }
    }

    pub const fn bold(size: f32) -> Style {
        Style { size, bold: true, quiet: false }
    }

    pub const fn quiet(size: f32) -> Style {
        Style { size, bold: false, quiet: true }
    }
}

/// What a PDF says about itself. There is no date: equal data must give equal bytes.
pub(crate) struct Imprint<'a> {
    pub title: &'a str,
    pub language: &'a str,
    /// Width and height of every page, in points.
    pub page: (f32, f32),
}

/// Ink as lightness, 0 black to 255 white.
const BLACK: u8 = 0;
const QUIET: u8 = 90;
const LINE: u8 = 150;
const SHADE: u8 = 238;
/// Width of a rule, in points.
const HAIR: f32 = 0.5;
/// Bold is the same glyph with its outline stroked, in parts of the type size: one font, one subset, still text.
const BOLD: f32 = 0.032;

pub(crate) fn write(imprint: &Imprint, pages: &[Vec<Mark>]) -> Result<Rendered, PaperError> {
    let mut document = Document::new();
    let mut missing = BTreeSet::new();
    let about = Metadata::new().title(imprint.title.to_owned()).language(imprint.language.to_owned());
    document.set_metadata(about.creator("Anju".to_owned()));
    for marks in pages {
        let (width, height) = imprint.page;
        let settings = PageSettings::from_wh(width, height).expect("a page has a width and a height");
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        marks.iter().for_each(|mark| draw(&mut surface, mark, &mut missing));
        surface.finish();
        page.finish();
    }
    let bytes = document.finish().map_err(|error| failure(error, pages))?;
    Ok(Rendered { bytes, pages: pages.len(), missing: missing.into_iter().collect() })
}

/// A picture is decoded only when the file is written, so it is told here which one is broken.
fn failure(error: KrillaError, pages: &[Vec<Mark>]) -> PaperError {
    let KrillaError::Image(broken, _, reason) = error else { return PaperError::Engine(error.to_string()) };
    let caption = pages.iter().flatten().find_map(|mark| match mark {
        Mark::Picture { image, name, .. } if *image == broken => Some(name.clone()),
        _ => None,
    });
    PaperError::Picture { caption: caption.unwrap_or_default(), reason }
}

fn draw(surface: &mut Surface, mark: &Mark, missing: &mut BTreeSet<char>) {
    match mark {
        Mark::Text { x, y, style, text } => draw_text(surface, Point::from_xy(*x, *y), *style, text, missing),
        Mark::Rule { from, to } => outline(surface, &straight(*from, *to)),
        Mark::Shade(area) => {
            surface.set_stroke(None);
            surface.set_fill(Some(fill(SHADE)));
            surface.draw_path(&rectangle(*area));
        }
        Mark::Frame(area) => outline(surface, &rectangle(*area)),
        Mark::Picture { area, image, .. } => {
            surface.push_transform(&Transform::from_translate(area.x, area.y));
            let size = Size::from_wh(area.width, area.height).expect("a picture has a width and a height");
            surface.draw_image(image.clone(), size);
            surface.pop();
        }
    }
}

fn draw_text(surface: &mut Surface, start: Point, style: Style, text: &str, missing: &mut BTreeSet<char>) {
    let mut glyphs = Vec::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        let Some(glyph) = font::glyph(character) else { continue };
        if glyph.missing {
            missing.insert(character);
        }
        // The range keeps the character itself in the file, so that searching and copying find it even behind a 〓.
        let range = at..at + character.len_utf8();
        glyphs.push(KrillaGlyph::new(GlyphId::new(glyph.id.into()), glyph.advance, 0.0, 0.0, 0.0, range, None));
    }
    if glyphs.is_empty() {
        return;
    }
    let ink = if style.quiet { QUIET } else { BLACK };
    surface.set_fill(Some(fill(ink)));
    surface.set_stroke(style.bold.then(|| stroke(ink, style.size * BOLD)));
    surface.draw_glyphs(start, &glyphs, font::font(), text, style.size, false);
}

fn outline(surface: &mut Surface, path: &Path) {
    surface.set_fill(None);
    surface.set_stroke(Some(stroke(LINE, HAIR)));
    surface.draw_path(path);
}

fn fill(ink: u8) -> Fill {
    Fill { paint: luma::Color::new(ink).into(), ..Fill::default() }
}

fn stroke(ink: u8, width: f32) -> Stroke {
    Stroke { paint: luma::Color::new(ink).into(), width, ..Stroke::default() }
}

fn straight(from: (f32, f32), to: (f32, f32)) -> Path {
    let mut path = PathBuilder::new();
    path.move_to(from.0, from.1);
    path.line_to(to.0, to.1);
    path.finish().expect("two points make a line")
}

fn rectangle(area: Area) -> Path {
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_xywh(area.x, area.y, area.width, area.height).expect("an area is finite"));
    path.finish().expect("a rectangle is a path")
}
