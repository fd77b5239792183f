//! Tables: numbers right, one line a row, cards on phones.

use maud::{Markup, html};

use crate::i18n::Words;

/// The order a column is shown in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    Rising,
    Falling,
}

/// A column: its head, how wide, how aligned.
#[derive(Clone, Debug, Default)]
pub struct Column {
    pub label: String,
    /// Pixels; one of the `w-…` steps of the style sheet. The column without one takes the rest.
    pub width: Option<u16>,
    pub numeric: bool,
    /// The title column: comes first and takes the whole line on phones.
    pub wide: bool,
    pub sorted: Option<Sort>,
    /// Where a click on the head leads; the order is part of the address.
    pub sort_href: Option<String>,
}

impl Column {
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), ..Self::default() }
    }
    #[must_use]
    pub fn width(self, pixels: u16) -> Self {
        Self { width: Some(pixels), ..self }
    }
    #[must_use]
    pub fn numeric(self) -> Self {
        Self { numeric: true, ..self }
    }
    #[must_use]
    pub fn wide(self) -> Self {
        Self { wide: true, ..self }
    }
    #[must_use]
    pub fn sorted(self, sort: Sort) -> Self {
        Self { sorted: Some(sort), ..self }
    }
    #[must_use]
    pub fn sort_href(self, href: impl Into<String>) -> Self {
        Self { sort_href: Some(href.into()), ..self }
    }

    fn cell_class(&self) -> Option<String> {
        let mut class = String::new();
        let width = self.width.map(|pixels| format!("w-{pixels}"));
        for word in [self.numeric.then_some("r num"), self.wide.then_some("wide max-330"), width.as_deref()]
            .into_iter()
            .flatten()
        {
            class.push_str(if class.is_empty() { "" } else { " " });
            class.push_str(word);
        }
        (!class.is_empty()).then_some(class)
    }
}

/// What stands in a cell; an empty cell is empty.
pub type Cell = Markup;

/// A row. `pick` is the value its checkbox sends and the name it is read by.
#[derive(Clone, Debug, Default)]
pub struct Row {
    pub cells: Vec<Cell>,
    pub pick: Option<(String, String)>,
}

/// A whole table. Its caption is for screen readers; the page's title says it to everybody else.
#[derive(Clone, Debug, Default)]
pub struct Table {
    pub caption: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// The foot row; totals are those of the whole result, never of the page.
    pub foot: Option<Markup>,
    /// The id of the bar for chosen rows; gives every row with a `pick` its checkbox.
    pub bulk: Option<&'static str>,
    /// Inside a page rather than across it: no side padding, no sticky head.
    pub plain: bool,
}

pub fn table(words: &Words, table: &Table) -> Markup {
    html! {
        div class="table-wide" {
            table class={ "table table-stack" @if table.plain { " plain" } } data-bulk=[table.bulk] {
                caption class="sr" { (table.caption) }
                thead { tr { @if table.bulk.is_some() { (pick_all(words)) } @for column in &table.columns { (head(column)) } } }
                tbody { @for row in &table.rows { (line(words, table, row)) } }
                @if let Some(foot) = &table.foot { tfoot { (foot) } }
            }
        }
    }
}

fn pick_all(words: &Words) -> Markup {
    html! { th scope="col" class="w-44" { input class="check" type="checkbox" data-pick-all aria-label=(words.say("table-pick-all")); } }
}

fn head(column: &Column) -> Markup {
    let sort = column.sorted.map(|sort| match sort {
        Sort::Rising => "ascending",
        Sort::Falling => "descending",
    });
    html! {
        th scope="col" class=[column.cell_class()] aria-sort=[sort] {
            @if let Some(href) = &column.sort_href { a class="inherit" href=(href) { (column.label) } } @else { (column.label) }
        }
    }
}

fn line(words: &Words, table: &Table, row: &Row) -> Markup {
    html! {
        tr data-row {
            @if let Some(bar) = table.bulk {
                td class="w-44" { @if let Some((value, name)) = &row.pick { (pick(words, bar, value, name)) } }
            }
            @for (column, cell) in table.columns.iter().zip(&row.cells) { td class=[column.cell_class()] { (cell) } }
        }
    }
}

/// The box belongs to the form of the bulk bar, wherever that stands.
fn pick(words: &Words, bar: &str, value: &str, name: &str) -> Markup {
    let label = words.with("table-pick", &[("name", name.into())]);
    html! { input class="check" type="checkbox" name="pick" value=(value) form=(bar) data-pick aria-label=(label); }
}
