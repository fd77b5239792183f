//! A work order on paper: what a technician takes along and a resident signs.
use crate::draw::{Area, Imprint, Mark, Style};
use crate::flow::{A4, Flow, Frame, line_height, line_mark, mm, shrunk};
use crate::grid::{Align, Column, Grid};
use crate::{PaperError, Picture, Rendered, code, font, lines};

/// A name and its value, such as 位置 and 1-2-301.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    pub name: String,
    pub value: String,
}

/// A titled part of the sheet. Left out when it holds nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section<T> {
    pub title: String,
    pub content: T,
}

/// A printed work order. Every word is the caller's, personal data masked as the reader may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderSheet {
    /// BCP 47, such as `zh-CN`.
    pub language: String,
    /// Company and site, at the head of every page; may be empty.
    pub letterhead: String,
    pub title: String,
    /// The number in full, with the year.
    pub number: String,
    /// What the QR code says: the address of the order.
    pub code: String,
    /// Words below the QR code; may be empty.
    pub code_note: String,
    /// Place, reporter, kind, category, state, promised times; two beside each other.
    pub pairs: Vec<Pair>,
    /// What was reported.
    pub text: Section<String>,
    pub pictures: Section<Vec<Picture>>,
    /// Heads of the three columns: time, who, what.
    pub event_heads: [String; 3],
    /// What happened: time, who, what.
    pub events: Section<Vec<[String; 3]>>,
    /// The names of the places to sign.
    pub signatures: Vec<String>,
    /// Left in the foot of every page, beside "1 / n"; may be empty.
    pub foot: String,
}

const BODY: Style = Style::plain(10.5);
const CODE_SIDE: f32 = mm(32.0);
const PICTURE_HEIGHT: f32 = mm(48.0);
const SIGN_HEIGHT: f32 = mm(17.0);
const GAP: f32 = mm(4.0);

/// Prints a work order; the places to sign and the QR code close the last page.
pub fn order(sheet: &OrderSheet) -> Result<Rendered, PaperError> {
    let title = format!("{} {}", sheet.title, sheet.number);
    let imprint = Imprint { title: &title, language: &sheet.language, page: A4 };
    let mut flow = Flow::new(Frame { imprint, letterhead: &sheet.letterhead, foot: &sheet.foot });
    lay_title(&mut flow, sheet);
    lay_pairs(&mut flow, &sheet.pairs);
    lay_text(&mut flow, &sheet.text);
    lay_pictures(&mut flow, &sheet.pictures)?;
    lay_events(&mut flow, sheet)?;
    lay_close(&mut flow, sheet)?;
    flow.finish()
}

/// The title to the left and the number to the right on one line, or below each other when they are long.
fn lay_title(flow: &mut Flow, sheet: &OrderSheet) {
    let (large, number) = (Style::bold(18.0), Style::bold(13.0));
    let number_width = font::width(&sheet.number, number.size);
    let free = flow.width() - font::width(&sheet.title, large.size) - number_width;
    if free < GAP {
        flow.text(large, &sheet.title);
        flow.text(number, &sheet.number);
    } else {
        let (left, y) = (flow.left(), flow.y());
        let lower = y + line_height(large.size) - line_height(number.size) - 0.7;
        flow.put(line_mark(left, y, large, &sheet.title));
        flow.put(line_mark(left + flow.width() - number_width, lower, number, &sheet.number));
        flow.skip(line_height(large.size));
    }
    flow.skip(mm(2.0));
}

fn lay_pairs(flow: &mut Flow, pairs: &[Pair]) {
    let rows = pairs.chunks(2).map(|two| {
        let mut cells: Vec<&str> = two.iter().flat_map(|pair| [pair.name.as_str(), pair.value.as_str()]).collect();
        cells.resize(4, "");
        cells
    });
    Grid::of_pairs(flow).lay(flow, rows);
}

/// A heading that stays together with `follower`, the height of what comes first below it.
fn lay_heading(flow: &mut Flow, title: &str, follower: f32) {
    let style = Style::bold(11.0);
    flow.skip(GAP);
    flow.need(line_height(style.size) + follower);
    flow.text(style, title);
    flow.skip(mm(1.0));
}

fn lay_text(flow: &mut Flow, text: &Section<String>) {
    if !text.content.is_empty() {
        lay_heading(flow, &text.title, 2.0 * line_height(BODY.size));
        flow.text(BODY, &text.content);
    }
}

/// Pictures in rows of three.
fn lay_pictures(flow: &mut Flow, pictures: &Section<Vec<Picture>>) -> Result<(), PaperError> {
    if pictures.content.is_empty() {
        return Ok(());
    }
    lay_heading(flow, &pictures.title, PICTURE_HEIGHT);
    let width = (flow.width() - 2.0 * GAP) / 3.0;
    let caption = Style::quiet(8.0);
    for row in pictures.content.chunks(3) {
        let captions: Vec<_> = row.iter().map(|picture| lines::wrap(&picture.caption, width, caption.size)).collect();
        let most = captions.iter().map(Vec::len).max().unwrap_or(1);
        let height = PICTURE_HEIGHT + most as f32 * line_height(caption.size) + mm(3.0);
        flow.need(height);
        for (index, (picture, lines)) in row.iter().zip(&captions).enumerate() {
            let area =
                Area { x: flow.left() + index as f32 * (width + GAP), y: flow.y(), width, height: PICTURE_HEIGHT };
            flow.picture(area, picture.image()?, &picture.caption);
            flow.column(area.x, area.y + area.height + mm(1.0), width, caption, lines);
        }
        flow.skip(height);
    }
    Ok(())
}

fn lay_events(flow: &mut Flow, sheet: &OrderSheet) -> Result<(), PaperError> {
    if sheet.events.content.is_empty() {
        return Ok(());
    }
    let shares = [3.2, 2.6, 8.2];
    let columns: Vec<Column> = sheet
        .event_heads
        .iter()
        .zip(shares)
        .map(|(title, share)| Column { title: title.clone(), share, align: Align::Left })
        .collect();
    lay_heading(flow, &sheet.events.title, mm(20.0));
    let grid = Grid::with_head(flow, &columns)?;
    grid.lay(flow, sheet.events.content.iter().map(|event| event.iter().map(String::as_str).collect()));
    Ok(())
}

/// The places to sign, two beside each other, and to their right the QR code, at the bottom of the page.
fn lay_close(flow: &mut Flow, sheet: &OrderSheet) -> Result<(), PaperError> {
    let image = code::picture(&sheet.code)?;
    let note = Style::quiet(8.0);
    let note_lines = lines::wrap(&sheet.code_note, CODE_SIDE, note.size);
    let rows = sheet.signatures.len().div_ceil(2) as f32;
    let code_height = CODE_SIDE + note_lines.len() as f32 * line_height(note.size);
    let height = code_height.max(rows * SIGN_HEIGHT);
    flow.skip(GAP);
    flow.sink(height);
    let (x, y) = (flow.left() + flow.width() - CODE_SIDE, flow.y() + height - code_height);
    flow.picture(Area { x, y, width: CODE_SIDE, height: CODE_SIDE }, image, &sheet.code);
    flow.column(x, y + CODE_SIDE, CODE_SIDE, note, &note_lines);
    let first = flow.y() + height - rows * SIGN_HEIGHT;
    lay_signatures(flow, &sheet.signatures, first);
    Ok(())
}

fn lay_signatures(flow: &mut Flow, names: &[String], top: f32) {
    let width = (flow.width() - CODE_SIDE - 2.0 * GAP) / 2.0;
    for (index, name) in names.iter().enumerate() {
        let x = flow.left() + (index % 2) as f32 * (width + GAP);
        let y = top + (index / 2) as f32 * SIGN_HEIGHT;
        flow.put(line_mark(x, y, shrunk(Style::plain(9.5), name, width), name));
        let base = y + SIGN_HEIGHT - mm(2.0);
        flow.put(Mark::Rule { from: (x, base), to: (x + width, base) });
    }
}
