//! Pages filled from top to bottom. All is laid out first and drawn after, so that a foot can say "1 / n".
use krilla::image::Image;

use crate::draw::{self, Area, Imprint, Mark, Style};
use crate::{PaperError, Rendered, font, lines};

/// Millimetres in points.
pub(crate) const fn mm(length: f32) -> f32 {
    length * 72.0 / 25.4
}

/// A4 upright, in points.
pub(crate) const A4: (f32, f32) = (mm(210.0), mm(297.0));

const SIDE: f32 = mm(18.0);
const TOP: f32 = mm(16.0);
const BOTTOM: f32 = mm(18.0);
/// Height of the letterhead with its rule and the air below it.
const LETTERHEAD: f32 = mm(8.0);
/// From one base line to the next, in parts of the type size.
const LEADING: f32 = 1.45;
const SMALL: Style = Style::quiet(8.0);

/// What is the same on every page.
pub(crate) struct Frame<'a> {
    pub imprint: Imprint<'a>,
    pub letterhead: &'a str,
    /// Stands left in the foot; the page numbers stand right.
    pub foot: &'a str,
}

pub(crate) struct Flow<'a> {
    frame: Frame<'a>,
    pages: Vec<Vec<Mark>>,
    /// The upper edge of what is still free on the last page.
    y: f32,
}

/// The height of one line of text, in points.
pub(crate) fn line_height(size: f32) -> f32 {
    size * LEADING
}

/// One line whose line box starts at `y`; the text leans against the left edge `x`.
pub(crate) fn line_mark(x: f32, y: f32, style: Style, text: &str) -> Mark {
    // The glyphs of the font stand 0.88 of the size above the base line and 0.12 below.
    let baseline = y + (line_height(style.size) - style.size) / 2.0 + style.size * 0.88;
    Mark::Text { x, y: baseline, style, text: text.to_owned() }
}

/// `style`, made smaller when `text` would be wider than `width` on one line.
pub(crate) fn shrunk(style: Style, text: &str, width: f32) -> Style {
    let needed = font::width(text, style.size).max(width);
    Style { size: style.size * width / needed, ..style }
}

impl<'a> Flow<'a> {
    pub fn new(frame: Frame<'a>) -> Flow<'a> {
        let mut flow = Flow { frame, pages: Vec::new(), y: 0.0 };
        flow.turn();
        flow
    }

    pub fn left(&self) -> f32 {
        SIDE
    }

    pub fn width(&self) -> f32 {
        self.frame.imprint.page.0 - 2.0 * SIDE
    }

    pub fn y(&self) -> f32 {
        self.y
    }

    /// The height still free on this page, in points.
    pub fn room(&self) -> f32 {
        self.floor() - self.y
    }

    /// The height free on a page where nothing stands yet.
    pub fn full_room(&self) -> f32 {
        self.floor() - self.start()
    }

    /// Starts the next page.
    pub fn turn(&mut self) {
        self.pages.push(Vec::new());
        if !self.frame.letterhead.is_empty() {
            let (left, width) = (self.left(), self.width());
            let style = shrunk(SMALL, self.frame.letterhead, width);
            self.put(line_mark(left, TOP, style, self.frame.letterhead));
            let below = TOP + line_height(SMALL.size) + mm(0.8);
            self.put(Mark::Rule { from: (left, below), to: (left + width, below) });
        }
        self.y = self.start();
    }

    /// Makes sure that `height` fits on this page. A thing taller than any page stays where it is.
    pub fn need(&mut self, height: f32) {
        if height > self.room() && self.y > self.start() {
            self.turn();
        }
    }

    pub fn put(&mut self, mark: Mark) {
        self.pages.last_mut().expect("a flow starts with a page").push(mark);
    }

    pub fn skip(&mut self, height: f32) {
        self.y += height;
    }

    /// Moves down so that `height` is left, exactly above the foot.
    pub fn sink(&mut self, height: f32) {
        self.need(height);
        self.y = self.y.max(self.floor() - height);
    }

    /// Text over the whole width, line by line, over as many pages as it takes.
    pub fn text(&mut self, style: Style, text: &str) {
        for line in lines::wrap(text, self.width(), style.size) {
            self.need(line_height(style.size));
            self.put(line_mark(SIDE, self.y, style, &line));
            self.skip(line_height(style.size));
        }
    }

    /// Lines below each other from `y` on, each in the middle of `width`; the flow stays where it is.
    pub fn column(&mut self, x: f32, y: f32, width: f32, style: Style, lines: &[String]) {
        for (index, line) in lines.iter().enumerate() {
            let left = x + (width - font::width(line, style.size)) / 2.0;
            self.put(line_mark(left, y + index as f32 * line_height(style.size), style, line));
        }
    }

    /// A picture inside `area`, as large as it goes without changing its shape.
    pub fn picture(&mut self, area: Area, image: Image, name: &str) {
        let (width, height) = image.size();
        let scale = (area.width / width as f32).min(area.height / height as f32);
        let (width, height) = (width as f32 * scale, height as f32 * scale);
        let (x, y) = (area.x + (area.width - width) / 2.0, area.y + (area.height - height) / 2.0);
        self.put(Mark::Picture { area: Area { x, y, width, height }, image, name: name.to_owned() });
    }

    /// Adds the feet and writes the file.
    pub fn finish(mut self) -> Result<Rendered, PaperError> {
        let (y, right, total) = (self.floor() + mm(5.0), SIDE + self.width(), self.pages.len());
        for (index, page) in self.pages.iter_mut().enumerate() {
            let number = format!("{} / {total}", index + 1);
            let number_x = right - font::width(&number, SMALL.size);
            page.push(line_mark(number_x, y, SMALL, &number));
            let style = shrunk(SMALL, self.frame.foot, number_x - SIDE - mm(4.0));
            page.push(line_mark(SIDE, y, style, self.frame.foot));
        }
        draw::write(&self.frame.imprint, &self.pages)
    }

    fn start(&self) -> f32 {
        if self.frame.letterhead.is_empty() { TOP } else { TOP + LETTERHEAD }
    }

    fn floor(&self) -> f32 {
        self.frame.imprint.page.1 - BOTTOM
    }
}
