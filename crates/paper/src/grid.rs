//! Rows and columns with fixed widths. A head is repeated on every page, and a row is never split.
use crate::draw::{Area, Mark, Style};
use crate::flow::{Flow, line_height, line_mark, mm};
use crate::{PaperError, font, lines};

/// Where the text of a column leans.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Centre,
    /// For numbers and money.
    Right,
}

/// One column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub title: String,
    /// Its share of the width of the page, against the shares of the others.
    pub share: f32,
    pub align: Align,
}

const SIZE: f32 = 9.5;
const PAD_X: f32 = mm(1.6);
const PAD_Y: f32 = mm(1.1);

/// A column ready for layout.
struct Lane {
    x: f32,
    width: f32,
    align: Align,
    /// Holds names of values, not values: bold on grey.
    names: bool,
}

pub(crate) struct Grid {
    lanes: Vec<Lane>,
    head: Option<Row>,
}

struct Row {
    cells: Vec<Vec<String>>,
    is_head: bool,
}

impl Row {
    fn height(&self) -> f32 {
        let tallest = self.cells.iter().map(Vec::len).max().unwrap_or(1);
        tallest as f32 * line_height(SIZE) + 2.0 * PAD_Y
    }

    /// A row taller than a page cannot stand unsplit; it becomes several rows of at most `most` lines.
    fn cut(self, most: usize) -> Vec<Row> {
        let tallest = self.cells.iter().map(Vec::len).max().unwrap_or(1);
        let part = |from: usize| {
            let cells = self.cells.iter().map(|cell| cell.iter().skip(from).take(most).cloned().collect());
            Row { cells: cells.collect(), is_head: self.is_head }
        };
        (0..tallest).step_by(most).map(part).collect()
    }
}

impl Grid {
    /// A table whose columns share the width of the flow.
    pub fn with_head(flow: &Flow, columns: &[Column]) -> Result<Grid, PaperError> {
        let shares: Vec<f32> = columns.iter().map(|column| column.share).collect();
        if shares.iter().any(|share| !(*share > 0.0 && share.is_finite())) {
            return Err(PaperError::Widths);
        }
        let mut lanes = lanes(flow, &shares);
        lanes.iter_mut().zip(columns).for_each(|(lane, column)| lane.align = column.align);
        let mut grid = Grid { lanes, head: None };
        let titles: Vec<&str> = columns.iter().map(|column| column.title.as_str()).collect();
        grid.head = Some(Row { is_head: true, ..grid.row(&titles) });
        Ok(grid)
    }

    /// Two pairs of name and value beside each other.
    pub fn of_pairs(flow: &Flow) -> Grid {
        let mut lanes = lanes(flow, &[2.3, 4.7, 2.3, 4.7]);
        lanes.iter_mut().step_by(2).for_each(|lane| lane.names = true);
        Grid { lanes, head: None }
    }

    /// Lays out the rows from where the flow stands, turning pages as needed.
    pub fn lay<'t>(&self, flow: &mut Flow, rows: impl IntoIterator<Item = Vec<&'t str>>) {
        let head_height = self.head.as_ref().map_or(0.0, Row::height);
        let most = ((flow.full_room() - head_height - 2.0 * PAD_Y) / line_height(SIZE)).max(1.0) as usize;
        let mut rows = rows.into_iter().flat_map(|cells| self.row(&cells).cut(most)).peekable();
        flow.need(head_height + rows.peek().map_or(0.0, Row::height));
        let mut edges = self.begin(flow);
        for row in rows {
            if row.height() > flow.room() {
                self.rule(flow, &edges);
                flow.turn();
                edges = self.begin(flow);
            }
            edges.push(self.put(flow, &row));
        }
        self.rule(flow, &edges);
    }

    /// Draws the head; tells the level edges of the rows so far.
    fn begin(&self, flow: &mut Flow) -> Vec<f32> {
        let mut edges = vec![flow.y()];
        edges.extend(self.head.as_ref().map(|head| self.put(flow, head)));
        edges
    }

    /// Draws the lines of the part of the table that stands on this page: last, for the grey would cover them.
    fn rule(&self, flow: &mut Flow, edges: &[f32]) {
        let (left, right, top, bottom) = (flow.left(), flow.left() + flow.width(), edges[0], flow.y());
        for y in edges {
            flow.put(Mark::Rule { from: (left, *y), to: (right, *y) });
        }
        for x in self.lanes.iter().map(|lane| lane.x).chain([right]) {
            flow.put(Mark::Rule { from: (x, top), to: (x, bottom) });
        }
    }

    /// Draws one row; tells its lower edge.
    fn put(&self, flow: &mut Flow, row: &Row) -> f32 {
        let (y, height) = (flow.y(), row.height());
        for (lane, cell) in self.lanes.iter().zip(&row.cells) {
            let strong = row.is_head || lane.names;
            if strong {
                flow.put(Mark::Shade(Area { x: lane.x, y, width: lane.width, height }));
            }
            let style = if strong { Style::bold(SIZE) } else { Style::plain(SIZE) };
            for (index, line) in cell.iter().enumerate() {
                let top = y + PAD_Y + index as f32 * line_height(SIZE);
                flow.put(line_mark(lane.text_x(line), top, style, line));
            }
        }
        flow.skip(height);
        flow.y()
    }

    fn row(&self, cells: &[&str]) -> Row {
        let wrap = |(lane, text): (&Lane, &&str)| lines::wrap(text, lane.width - 2.0 * PAD_X, SIZE);
        Row { cells: self.lanes.iter().zip(cells).map(wrap).collect(), is_head: false }
    }
}

impl Lane {
    /// The left edge of `line` in this column.
    fn text_x(&self, line: &str) -> f32 {
        let free = self.width - 2.0 * PAD_X - font::width(line, SIZE);
        self.x
            + PAD_X
            + match self.align {
                Align::Left => 0.0,
                Align::Centre => free / 2.0,
                Align::Right => free,
            }
    }
}

fn lanes(flow: &Flow, shares: &[f32]) -> Vec<Lane> {
    let unit = flow.width() / shares.iter().sum::<f32>();
    let mut x = flow.left();
    let mut lanes = Vec::with_capacity(shares.len());
    for share in shares {
        let width = share * unit;
        lanes.push(Lane { x, width, align: Align::Left, names: false });
        x += width;
    }
    lanes
}
