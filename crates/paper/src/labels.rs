//! QR labels for doors, plant and checkpoints, on A4 sheets to stick or cut, or one by one from a label printer.
use crate::draw::{self, Area, Imprint, Mark, Style};
use crate::flow::{A4, line_height, line_mark, mm};
use crate::{PaperError, Rendered, code, font, lines};

/// One label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// What the QR code says, usually an address.
    pub code: String,
    /// The large text, such as `1-2-301`.
    pub plate: String,
    /// The small text below it, such as the name of the site; may be empty.
    pub caption: String,
}

/// The paper that the labels are printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelSize {
    /// A4 with 24 labels of 70 × 37 mm, three beside each other.
    A4Of24,
    /// A4 with 36 labels of 50 × 30 mm, four beside each other.
    A4Of36,
    /// A roll for a label printer: every page is one label of 50 × 30 mm.
    Roll50x30,
}

/// Labels to be printed together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelSheet {
    /// BCP 47, such as `zh-CN`.
    pub language: String,
    /// The title of the file; not printed.
    pub title: String,
    pub size: LabelSize,
    /// Prints the outline of each label, for plain paper that is cut by hand.
    pub cut_lines: bool,
    pub labels: Vec<Label>,
}

/// The measures of a paper, in points.
struct Stock {
    page: (f32, f32),
    columns: usize,
    rows: usize,
    cell: (f32, f32),
    /// Free all around inside a label: printers cannot reach the edge of a sheet, and sheets lie askew.
    inset: f32,
    /// The type size of the plate when it is short.
    plate: f32,
}

impl LabelSize {
    fn stock(self) -> Stock {
        let small = (mm(50.0), mm(30.0));
        match self {
            LabelSize::A4Of24 => {
                Stock { page: A4, columns: 3, rows: 8, cell: (mm(70.0), mm(37.0)), inset: mm(4.5), plate: 22.0 }
            }
            LabelSize::A4Of36 => Stock { page: A4, columns: 4, rows: 9, cell: small, inset: mm(2.0), plate: 16.0 },
            LabelSize::Roll50x30 => {
                Stock { page: small, columns: 1, rows: 1, cell: small, inset: mm(2.0), plate: 16.0 }
            }
        }
    }
}

impl Stock {
    /// The place of the label with this index on its page; the block of labels stands in the middle of the paper.
    fn area(&self, index: usize) -> Area {
        let (width, height) = self.cell;
        let left = (self.page.0 - width * self.columns as f32) / 2.0;
        let top = (self.page.1 - height * self.rows as f32) / 2.0;
        let (row, column) = (index / self.columns, index % self.columns);
        Area { x: left + column as f32 * width, y: top + row as f32 * height, width, height }
    }
}

/// Prints QR labels, as many pages as they need.
pub fn labels(sheet: &LabelSheet) -> Result<Rendered, PaperError> {
    if sheet.labels.is_empty() {
        return Err(PaperError::Empty);
    }
    let stock = sheet.size.stock();
    let mut pages = Vec::new();
    for labels in sheet.labels.chunks(stock.columns * stock.rows) {
        let mut marks = Vec::new();
        for (index, label) in labels.iter().enumerate() {
            lay(&mut marks, &stock, stock.area(index), label)?;
            if sheet.cut_lines {
                marks.push(Mark::Frame(stock.area(index)));
            }
        }
        pages.push(marks);
    }
    draw::write(&Imprint { title: &sheet.title, language: &sheet.language, page: stock.page }, &pages)
}

/// The code to the left; plate and caption to its right, in the middle of the height.
fn lay(marks: &mut Vec<Mark>, stock: &Stock, area: Area, label: &Label) -> Result<(), PaperError> {
    let side = area.height - 2.0 * stock.inset;
    let (x, y) = (area.x + stock.inset, area.y + stock.inset);
    let (image, name) = (code::picture(&label.code)?, label.code.clone());
    marks.push(Mark::Picture { area: Area { x, y, width: side, height: side }, image, name });
    let width = area.width - side - 2.0 * stock.inset;
    let plate = fit(&label.plate, (width, side * 0.6), Style::bold(stock.plate))?;
    let caption = fit(&label.caption, (width, side * 0.4), Style::quiet(stock.plate / 2.0 - 1.0))?;
    let mut top = y + (side - plate.height() - caption.height()) / 2.0;
    for block in [plate, caption] {
        for line in &block.lines {
            marks.push(line_mark(x + side, top, block.style, line));
            top += line_height(block.style.size);
        }
    }
    Ok(())
}

struct Block {
    style: Style,
    lines: Vec<String>,
}

impl Block {
    fn height(&self) -> f32 {
        self.lines.len() as f32 * line_height(self.style.size)
    }
}

/// The smallest type that can still be read on a label, in points.
const SMALLEST: f32 = 4.5;

/// `text` in the largest type, from `style` downwards, that stays within `room` (width and height).
/// A whole word is cut only when no readable type would save it.
fn fit(text: &str, room: (f32, f32), style: Style) -> Result<Block, PaperError> {
    if text.is_empty() {
        return Ok(Block { style, lines: Vec::new() });
    }
    let steps = ((style.size - SMALLEST) / 0.5) as usize;
    let sizes = || (0..=steps).map(|step| style.size - step as f32 * 0.5);
    // A short name on one line reads better than a larger one on two.
    let one_line = sizes().filter(|size| *size >= 0.7 * style.size && font::width(text, *size) <= room.0);
    let whole = sizes().filter(|size| !lines::cuts_words(text, room.0, *size));
    one_line
        .chain(whole)
        .chain(sizes())
        .map(|size| Block { style: Style { size, ..style }, lines: lines::wrap(text, room.0, size) })
        .find(|block| block.height() <= room.1)
        .ok_or_else(|| PaperError::Label { text: text.to_owned() })
}
