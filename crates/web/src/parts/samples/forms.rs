use maud::{Markup, html};

use super::pick;
use crate::{look::View, parts::*};

pub(super) fn samples(view: &View) -> Vec<(&'static str, Markup)> {
    vec![
        ("form", html! { div class="max-744" { (post_form(view, "#", "k-3", &state(view), lines(view))) } }),
        ("choices", choices(view)),
        ("files", html! { div class="grid-2" { (files(view)) } }),
        ("conflict", html! { div class="max-860" { (conflict(view, &meanwhile(view))) } }),
    ]
}

fn state(view: &View) -> FormState {
    let pick = |zh: &str, en: &str| pick(view.words.lang(), zh, en);
    let mut state =
        FormState::typed([("phone".to_owned(), "1380000220".to_owned()), ("place".to_owned(), "3-1-1201".to_owned())])
            .value("price", "2.80")
            .value("urgency", "urgent");
    state.wrong(
        "phone",
        pick(
            "手机号要 11 位，现在是 10 位。座机请写区号，如 0571-8800 0000。",
            "A mobile has 11 digits, this has 10. For a landline write the area code, such as 0571-8800 0000.",
        ),
    );
    state.wrong("form", pick("这一户 24 小时内已报过漏水", "This home reported a leak within 24 hours"));
    state.refused([("when".to_owned(), pick("预约时间已过", "That time has passed"))])
}

fn lines(view: &View) -> Markup {
    let (words, form) = (&view.words, state(view));
    let pick = |zh: &str, en: &str| pick(words.lang(), zh, en);
    html! {
        div class="grid-2" {
            (combobox(words, &form.field("place", pick("房号", "Home")).hint(pick("也可输业主姓名或手机后四位", "A name or the last four digits work too")).length(11), &["3-1-1201".to_owned()]))
            (number(words, &form.field("price", pick("单价", "Price")).unit(pick("元/m²·月", "yuan/m² a month")).length(20)))
            (phone(words, &form.field("phone", pick("手机", "Phone")).autocomplete("tel").length(20)))
            (date(words, &form.field("when", pick("预约日期", "Date")).length(11)))
            (time(words, &form.field("hour", pick("时间", "Time")).optional().length(8)))
            (select(words, &form.field("channel", pick("渠道", "Channel")), &[("phone".to_owned(), pick("电话", "Phone")), ("desk".to_owned(), pick("前台", "Desk"))]))
            (text(words, &form.field("name", pick("姓名", "Name")).optional().placeholder(pick("例如：王先生", "Such as Mr Wang"))))
            (password(words, &form.field("password", pick("密码", "Password")).autocomplete("current-password").secret()))
            div class="span-2" { (text_area(words, &form.field("text", pick("说明", "Words")).optional().rows(3))) }
        }
        (checkbox(&form.field("visible", pick("业主可见", "The owner may read this")).value("on")))
        (version(3))
        div class="form-acts" { (button(&Button::main(&pick("受理", "Take the report")))) }
    }
}

fn choices(view: &View) -> Markup {
    let words = &view.words;
    let pick = |zh: &str, en: &str| pick(words.lang(), zh, en);
    let field = |name, label: String| Field::new(name, label).value("a");
    html! {
        div class="stack max-460" {
            (segments(words, &field("seg", pick("急缓", "Urgency")), &[Choice::new("a", pick("一般", "Normal")), Choice::new("b", pick("急修", "Urgent"))]))
            (chips(words, &field("chip", pick("哪个房间", "Which room")), &[Choice::new("a", pick("厨房", "Kitchen")), Choice::new("b", pick("卫生间", "Bathroom"))]))
            (tiles(words, &field("tile", pick("什么问题", "What is wrong")).error(Some(pick("请选一项", "Please choose one"))), &[
                Choice::new("a", pick("漏水", "Leak")).icon("drop"), Choice::new("b", pick("停电", "No power")).icon("bolt"),
                Choice::new("c", pick("电梯", "Lift")).icon("lift"), Choice::new("d", pick("其他", "Other")).icon("more")]))
            (radio_cards(words, &field("card", pick("怎样导入", "How to import")), &[
                Choice::new("a", pick("全部或不导", "All or nothing")).detail(pick("有一行错就都不导", "One bad row stops all")),
                Choice::new("b", pick("只导好的行", "Good rows only")).detail(pick("错的行留在报告里", "Bad rows stay in the report"))]))
            (yes_no(&pick("地面干净", "Floor clean"), &field("floor", pick("地面", "Floor")), &Choice::new("a", pick("合格", "Pass")), &Choice::new("b", pick("不行", "Fail"))))
        }
    }
}

fn files(view: &View) -> Markup {
    let words = &view.words;
    let pick = |zh: &str, en: &str| pick(words.lang(), zh, en);
    html! {
        (file(words, &Field::new("list", pick("房屋表格", "List of homes")).hint(pick("xlsx、xls 或 csv", "xlsx, xls or csv")), ".xlsx,.xls,.csv"))
        (photos(words, &Field::new("photos", pick("照片", "Photos")).optional(), "/api/v1/evidence", 9))
        (signature(words, &Field::new("signature", pick("签字", "Signature"))))
    }
}

fn meanwhile(view: &View) -> Conflict<'static> {
    let pick = |zh: &str, en: &str| pick(view.words.lang(), zh, en);
    let same = |text: String| (text.clone(), text);
    Conflict {
        by: "陈芳".to_owned(),
        at: "10:21".to_owned(),
        action: "#".to_owned(),
        once: "k-4",
        version: 7,
        disputed: vec![
            Disputed {
                name: "title".to_owned(),
                label: pick("事项", "Title"),
                mine: same(pick("厨房顶部渗水", "Leak in the kitchen")),
                theirs: same(pick("厨房漏水，吊顶已鼓包", "Kitchen leak, ceiling bulging")),
            },
            Disputed {
                name: "urgency".to_owned(),
                label: pick("急缓", "Urgency"),
                mine: ("normal".to_owned(), pick("一般", "Normal")),
                theirs: ("urgent".to_owned(), pick("急修", "Urgent")),
            },
        ],
        agreed: vec![("category".to_owned(), "leak".to_owned())],
        current: "#main".to_owned(),
    }
}
