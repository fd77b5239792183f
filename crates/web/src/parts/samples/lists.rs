use maud::{Markup, html};

use super::{pick, small::clocks};
use crate::{look::View, parts::*};

pub(super) fn samples(view: &View) -> Vec<(&'static str, Markup)> {
    vec![("list", list(view)), ("plain table", plain(view))]
}

/// The list of the desk, with everything around it.
pub(super) fn list(view: &View) -> Markup {
    html! {
        (views(view, &tabs(view), Some("#main")))
        (filters(view, &conditions(view)))
        (table(&view.words, &orders(view)))
        (bulk_bar(view, "chosen", "k-5", html! { (button(&Button::small(&pick(view.words.lang(), "派单", "Dispatch")))) }))
        (foot(view, &Foot {
            totals: Some(html! { (pick(view.words.lang(), "共 47 条，超时 3，暂停 2", "47 in all, 3 overdue, 2 paused")) }),
            range: "21–40".to_owned(),
            previous: Some("#main".to_owned()),
            next: Some("#main".to_owned()),
        }))
    }
}

fn tabs(view: &View) -> Vec<ViewTab> {
    let tab = |zh: &str, en: &str, count, late| ViewTab {
        label: pick(view.words.lang(), zh, en),
        href: "#main".to_owned(),
        count: Some(count),
        late,
        current: false,
    };
    vec![
        ViewTab { current: true, ..tab("全部在办", "All open", 47, false) },
        tab("我负责", "Mine", 6, false),
        tab("超时", "Overdue", 3, true),
        tab("待派单", "To dispatch", 4, false),
        tab("待回访", "To follow up", 12, false),
    ]
}

fn conditions(view: &View) -> Filters {
    let pick = |zh: &str, en: &str| pick(view.words.lang(), zh, en);
    let values = || vec![(pick("报修", "Repair"), "#main".to_owned()), (pick("投诉", "Complaint"), "#main".to_owned())];
    Filters {
        action: "#".to_owned(),
        query: String::new(),
        placeholder: pick("房号、姓名、手机后四位、单号", "Home, name, phone, number"),
        keep: vec![("state".to_owned(), "open".to_owned())],
        chips: vec![
            Chip::On { label: pick("状态：在办", "State: open"), remove: "#main".to_owned() },
            Chip::Off { label: pick("类型", "Kind"), values: values() },
            Chip::Off { label: pick("楼栋", "Building"), values: values() },
        ],
        reset: Some("#main".to_owned()),
        order: Some(pick("排序：最急在前", "Most urgent first")),
    }
}

fn orders(view: &View) -> Table {
    let column = |zh: &str, en: &str| Column::new(pick(view.words.lang(), zh, en));
    Table {
        caption: pick(view.words.lang(), "在办工单", "Open orders"),
        columns: vec![
            column("单号", "Number").width(100),
            column("类型", "Kind").width(64),
            column("事项", "Matter").wide(),
            column("位置", "Place").width(100),
            column("报事人", "Reporter").width(84),
            column("状态", "State").width(92),
            column("时限", "Limit").width(168).sorted(Sort::Rising).sort_href("#main"),
            column("负责人", "In charge").width(100),
            column("更新", "Changed").width(76).numeric(),
        ],
        rows: clocks(view).iter().enumerate().map(|(index, line)| order(view, index, line)).collect(),
        bulk: Some("chosen"),
        ..Table::default()
    }
}

fn order(view: &View, index: usize, line: &ClockLine) -> Row {
    let pick = |zh: &str, en: &str| pick(view.words.lang(), zh, en);
    let number = format!("B-0812-{:03}", 17 + index);
    let cells = vec![
        html! { span class="num muted" { (number) } },
        tag(&pick("报修", "Repair")),
        html! { div class="clip" { a class="main" href="#main" { (pick("厨房顶部渗水，吊顶已鼓包", "Leak above the kitchen, ceiling bulging")) } " " span class="muted small" { (pick("急修·漏水", "urgent · leak")) } } },
        plate_link("3-1-1201", "#main"),
        html! { "王*华" },
        badge(BadgeState::ALL[index], &pick("已接单", "Taken")),
        clock(&view.words, line),
        person("李建国"),
        html! { span class="muted small" { "10:21" } },
    ];
    Row { cells, pick: Some((number.clone(), number)) }
}

fn plain(view: &View) -> Markup {
    let pick = |zh: &str, en: &str| pick(view.words.lang(), zh, en);
    let row = |code: &str, due: &str, paid: &str| Row {
        cells: vec![plate(code), html! { (due) }, html! { (paid) }],
        pick: None,
    };
    table(
        &view.words,
        &Table {
            caption: pick("7 月账单", "Bills of July"),
            columns: vec![
                Column::new(pick("房号", "Home")),
                Column::new(pick("应收（元）", "Due (yuan)")).numeric(),
                Column::new(pick("实收（元）", "Paid (yuan)")).numeric(),
            ],
            rows: vec![row("3-1-1201", "387.26", "120.00"), row("3-1-1202", "364.11", "364.11")],
            foot: Some(
                html! { tr { td { (pick("全部 144 户", "All 144 homes")) } td class="r num" { "48,902.17" } td class="r num" { "40,271.55" } } },
            ),
            bulk: None,
            plain: true,
        },
    )
}
