use maud::{Markup, html};

use super::pick;
use crate::{look::View, parts::*, shell::problem};

pub(super) fn samples(view: &View) -> Vec<(&'static str, Markup)> {
    let words = &view.words;
    let pick = |zh: &str, en: &str| pick(words.lang(), zh, en);
    vec![
        (
            "plate",
            html! { div class="row wrap gap-4" { (plate_solid("3-1-1201")) (plate("3-1-1201")) (plate_link("5-2-0803", "#main")) } },
        ),
        (
            "clock",
            html! { div class="row wrap gap-5" { @for line in clocks(view) { span class="w-190" { (clock(words, &line)) } } } },
        ),
        (
            "promise clock",
            html! { div class="trio well" { @for line in clocks(view).iter().take(3) { (promise_clock(words, &pick("到场", "Arrival"), &pick("急修 30 分钟", "Urgent: 30 minutes"), line)) } } },
        ),
        (
            "source",
            html! { p { b { "89.37" } " m² " (source_link(&pick("不动产登记", "Land register"), "#main")) " " (source(&pick("合同", "Contract"))) } },
        ),
        ("badge", badges(view)),
        (
            "tag, count, face, key",
            html! { p class="row wrap" { (tag(&pick("报修", "Repair"))) (count("47")) (count_late(words, "3")) (face("李建国")) (person("Li Jianguo")) (kbd("⌘K")) } },
        ),
        ("buttons", buttons(view)),
        (
            "notes",
            html! { div class="stack max-744" {
                @for (kind, text) in notes(view) { (note(kind, html! { (text) })) }
                (stale(view, "10:24"))
            } },
        ),
        ("dialog", html! { (opener("void", &pick("作废", "Void"), "btn btn-danger", "#main")) (ask(view)) }),
        ("steps", steps(&pick("进度", "Progress"), &progress(view))),
        ("thread", thread(&events(view))),
        (
            "facts",
            html! { div class="max-330" { (facts(&[(pick("业主", "Owner"), html! { "王*华" }), (pick("状态", "State"), html! { (pick("自住，89.37 m²", "Lived in by the owner, 89.37 m²")) })])) } },
        ),
        (
            "figures",
            figures(&[
                figure(&pick("超时", "Overdue"), "3", "", &pick("最长 1 小时", "longest 1 h"), "#main"),
                figure(&pick("兑现率", "Kept"), "96.4", "%", "27 / 28", "#main"),
            ]),
        ),
        (
            "share bar",
            html! { div class="max-460" { (share_bar(&pick("23 项承诺，21 项做到，1 项未达，1 项临界", "23 promises, 21 kept, 1 missed, 1 close"), &[
            Share { kind: ShareKind::Done, count: 21 }, Share { kind: ShareKind::Soon, count: 1 }, Share { kind: ShareKind::Missed, count: 1 }])) } },
        ),
        ("meter", html! { div class="max-460" { (meter(&pick("已导入 300 行", "300 rows imported"), 300, 1152)) } }),
        (
            "empty",
            html! { div class="cols-2" {
                (nothing_yet(&pick("没有超时工单", "No overdue orders"), &pick("最近一次超时在 8 月 9 日。", "The last one was on 9 August."), Some((pick("全部在办 47", "All 47 open"), "#main".to_owned()))))
                (nothing_matches(view, "#main")) (not_for_your_post(view, &pick("财务、项目经理", "finance, site manager"))) (card(bones(view)))
            } },
        ),
        (
            "problem",
            problem::part(view, &problem::Problem { status: 503, code: "E-4F2A".to_owned(), ..Default::default() }),
        ),
        ("matrix", html! { div class="row wrap" { @for cell in cells(view) { (unit(&cell)) } } }),
        (
            "qr",
            qr(
                "<svg viewBox=\"0 0 4 4\"><path d=\"M0 0h2v2H0zM2 2h2v2H2z\"/></svg>",
                &pick("3-1-1201 房屋码", "Code of 3-1-1201"),
            ),
        ),
        (
            "phone card",
            html! { div class="max-460" { (phone_section(&pick("公告", "Notices"), Some((&pick("全部", "All"), "#main")), item(&pick("今天 14:00 起 3# 电梯年检停用", "Lift 3 is out of service from 14:00"), &pick("约 2 小时", "about 2 hours"), "#main"))) } },
        ),
    ]
}

pub(super) fn clocks(view: &View) -> Vec<ClockLine> {
    let pick = |zh: &str, en: &str| pick(view.words.lang(), zh, en);
    let run = |permille| vec![Part { permille, paused: false }];
    vec![
        ClockLine {
            say: pick("2 分钟", "2 minutes"),
            due: pick("09:44 已兑现", "kept 09:44"),
            state: ClockState::Kept,
            parts: run(200),
        },
        ClockLine {
            say: pick("到场超 12 分", "12 min late"),
            due: pick("限 10:12", "by 10:12"),
            state: ClockState::Late,
            parts: run(1000),
        },
        ClockLine {
            say: pick("还剩 23 小时 18 分", "23 h 18 min left"),
            due: pick("限 8-13 09:42", "by 13 Aug 09:42"),
            state: ClockState::Run,
            parts: run(40),
        },
        ClockLine {
            say: pick("还剩 8 分到场", "8 min to arrive"),
            due: pick("限 10:32", "by 10:32"),
            state: ClockState::Soon,
            parts: run(730),
        },
        ClockLine {
            say: pick("已暂停，余 31 小时", "Paused, 31 h left"),
            due: pick("原限 8-13", "was 13 Aug"),
            state: ClockState::Stop,
            parts: vec![Part { permille: 340, paused: false }, Part { permille: 220, paused: true }],
        },
    ]
}

fn badges(view: &View) -> Markup {
    let named = |state: BadgeState| (state, pick(view.words.lang(), "状态", "State"));
    html! {
        p class="row wrap gap-4" { @for (state, word) in BadgeState::ALL.map(named) { (badge(state, &word)) } }
        p class="row wrap mt-2" { @for (state, word) in BadgeState::ALL.map(named) { (badge_fill(state, &word)) } }
    }
}

fn buttons(view: &View) -> Markup {
    let pick = |zh: &str, en: &str| pick(view.words.lang(), zh, en);
    html! {
        div class="row wrap" {
            (link_button(&Button::main(&pick("新建工单", "New order")).icon("plus").key("c"), "#main"))
            (link_button(&Button::new(&pick("改派", "Reassign")), "#main"))
            (act_form(view, "#", "k-1", &Button::danger(&pick("作废账单", "Void bill"))))
            (button(&Button::quiet(&pick("先不处理", "Not now"))))
            (button(&Button::small(&pick("催办", "Remind"))))
            (icon_link(&pick("更多", "More"), "more", "#main")) (icon_button(&pick("打印", "Print"), "print"))
        }
        div class="max-330 mt-2" { (button(&Button::main(&pick("提交报修", "Send report")).block())) }
    }
}

fn notes(view: &View) -> [(NoteKind, String); 6] {
    let pick = |zh: &str, en: &str| pick(view.words.lang(), zh, en);
    [
        (NoteKind::Plain, pick("下班可以锁屏走人。", "You may lock the screen and go.")),
        (NoteKind::Info, pick("有网后自动传。", "Sent when there is a network.")),
        (NoteKind::Ok, pick("已收 ¥267.26，收据 SJ-2026-008812", "¥267.26 received, receipt SJ-2026-008812")),
        (
            NoteKind::Warn,
            pick("高温黄色预警：户外作业 11:00–16:00 暂停", "Heat warning: outdoor work pauses 11:00–16:00"),
        ),
        (
            NoteKind::Danger,
            pick("没保存成。网络断了，内容还在本机。", "Not saved. There is no network; your text is kept."),
        ),
        (NoteKind::Stop, pick("没有网络，照常做", "No network; carry on")),
    ]
}

fn ask(view: &View) -> Markup {
    let pick = |zh: &str, en: &str| pick(view.words.lang(), zh, en);
    dialog(
        view,
        &Dialog {
            id: "void",
            title: pick("作废 3 张账单？", "Void 3 bills?"),
            text: pick("合计 ¥1,161.78。作废后业主看不到。", "¥1,161.78 in all. Owners will not see them."),
            action: "#".to_owned(),
            once: "k-2",
            fields: Some(text(&view.words, &Field::new("reason", pick("原因", "Reason")))),
            back: pick("不作废", "Do not void"),
            act: Button::danger(&pick("作废 3 张", "Void 3")),
        },
    )
}

pub(super) fn progress(view: &View) -> Vec<Step> {
    let step = |zh: &str, en: &str, time: &str, state| Step {
        label: pick(view.words.lang(), zh, en),
        time: (!time.is_empty()).then(|| time.to_owned()),
        state,
    };
    vec![
        step("受理", "Accepted", "09:42", StepState::Done),
        step("派单", "Dispatched", "09:44", StepState::Done),
        step("接单", "Taken", "09:47", StepState::Done),
        step("到场", "On site", "10:12", StepState::Now),
        step("完工", "Finished", "8-13 09:42", StepState::Ahead),
        step("验收", "Confirmed", "", StepState::Ahead),
        step("回访", "Follow-up", "", StepState::Ahead),
    ]
}

pub(super) fn events(view: &View) -> Vec<Event> {
    let pick = |zh: &str, en: &str| pick(view.words.lang(), zh, en);
    let event = |who: String, what: String, when: &str, kind, said: Option<String>| Event {
        who,
        what: html! { (what) },
        when: when.to_owned(),
        kind,
        said,
        photos: None,
    };
    let photo =
        thumbnail("/files/1.jpg", "#main", &pick("厨房吊顶水渍", "Water stain on the kitchen ceiling"), "09:40");
    let reported = event(
        "陈芳".to_owned(),
        pick("电话受理", "took the report by phone"),
        "09:42",
        EventKind::Plain,
        Some(pick("早上起来发现厨房顶上滴水，扣板鼓了一块。", "Water is dripping from the kitchen ceiling.")),
    );
    vec![
        event(
            pick("系统", "System"),
            pick("到场超时 12 分钟，已提醒主管赵强", "arrival 12 minutes late; supervisor Zhao Qiang told"),
            "10:22",
            EventKind::Late,
            None,
        ),
        event(
            "李建国".to_owned(),
            pick("备注（手机）", "note (phone)"),
            "10:21",
            EventKind::Now,
            Some(pick("刚在 5 栋修完，8 分钟后到。", "Just done in building 5; there in 8 minutes.")),
        ),
        event("赵强".to_owned(), pick("挂起：待料", "suspended: waiting for material"), "10:02", EventKind::Stop, None),
        Event { photos: Some(photo), ..reported },
    ]
}

fn cells(view: &View) -> Vec<Unit> {
    let pick = |zh: &str, en: &str| pick(view.words.lang(), zh, en);
    let cell = |label: &str, state, marks: Vec<Mark>, sentence: String| Unit {
        label: label.to_owned(),
        href: "#main".to_owned(),
        state,
        marks,
        sentence,
        dim: false,
        current: false,
    };
    vec![
        Unit {
            current: true,
            ..cell(
                "1201",
                UnitState::Owner,
                vec![Mark::Case, Mark::Care],
                pick("3-1-1201，自住，1 件在办，关怀户", "3-1-1201, owner, 1 open order, needs care"),
            )
        },
        cell("1202", UnitState::Let, vec![], pick("3-1-1202，出租", "3-1-1202, let")),
        cell("1203", UnitState::Empty, vec![], pick("3-1-1203，空置", "3-1-1203, empty")),
        cell(
            "1204",
            UnitState::Renovation,
            vec![Mark::Debt],
            pick("3-1-1204，装修，欠费", "3-1-1204, renovation, arrears"),
        ),
        Unit { dim: true, ..cell("1205", UnitState::Unknown, vec![], pick("3-1-1205", "3-1-1205, unknown")) },
    ]
}
