use maud::{Markup, html};

use super::{lists, parts, pick, small};
use crate::{
    look::{Banner, Face, Flash, Size, Theme, Undo, View},
    parts::*,
    shell::{self, Page, icon, problem},
};

pub(super) fn samples(view: &dyn Fn(Face) -> View) -> Vec<(&'static str, Markup)> {
    let gallery = View {
        banners: vec![Banner::TestClock("10:24".to_owned()), Banner::TestGateways],
        flash: Some(Flash {
            text: "B-0812-017".to_owned(),
            undo: Some(Undo { action: "#".to_owned(), once: "k-9".to_owned() }),
        }),
        ..view(Face::Console)
    };
    vec![
        (
            "gallery",
            shell::page(&gallery, &Page::new(pick(gallery.words.lang(), "部件总览", "Parts")), all_parts(&gallery)),
        ),
        ("console-list", console_list(&view(Face::Console))),
        ("console-order", console_order(&view(Face::Console))),
        ("console-problem", problem::page(&View { who: None, ..view(Face::Console) }, &fault(404))),
        ("portal-home", portal_home(&view(Face::Portal))),
        ("portal-xl", portal_home(&View { size: Size::Xl, theme: Theme::Dark, ..view(Face::Portal) })),
        ("portal-report", portal_report(&view(Face::Portal))),
        ("portal-problem", problem::page(&view(Face::Portal), &fault(507))),
        ("field-today", field_today(&view(Face::Field))),
        ("public-login", public_login(&View { site: None, company: String::new(), ..view(Face::Public) })),
        ("public-notice", public_notice(&view(Face::Public))),
    ]
}

fn fault(status: u16) -> problem::Problem {
    problem::Problem { status, code: "E-4F2A".to_owned(), ..Default::default() }
}

fn all_parts(view: &View) -> Markup {
    padded(html! { @for (name, part) in parts(view) { (section(name, html! {}, part)) } })
}

fn console_list(view: &View) -> Markup {
    let pick = |zh: &str, en: &str| pick(view.words.lang(), zh, en);
    let acts = html! {
        (link_button(&Button::new(&pick("导出 47 条", "Export 47")).icon("export"), "#main"))
        (link_button(&Button::main(&pick("新建工单", "New order")).icon("plus").key("c"), "#main"))
    };
    shell::page(view, &Page::new(pick("服务台", "Service desk")).acts(acts), lists::list(view))
}

fn console_order(view: &View) -> Markup {
    let pick = |zh: &str, en: &str| pick(view.words.lang(), zh, en);
    let page = Page::new(pick("厨房顶部渗水，吊顶已鼓包", "Leak above the kitchen, ceiling bulging"))
        .crumb(pick("服务台", "Service desk"), "#main")
        .crumb(pick("超时", "Overdue"), "#main")
        .plate(plate_solid("3-1-1201"))
        .badge(badge_fill(BadgeState::Late, &pick("急修·超时", "urgent · overdue")))
        .beside(html! { (pick("第 1 / 3 条", "1 of 3")) (kbd("J")) (kbd("K")) })
        .acts(html! {
            (link_button(&Button::new(&pick("改派", "Reassign")), "#main"))
            (icon_button(&pick("打印", "Print"), "print"))
            (link_button(&Button::main(&pick("致电李建国", "Call Li Jianguo")).icon("phone").key("."), "#main"))
        });
    let clocks = small::clocks(view);
    let content = html! {
        (steps(&pick("进度", "Progress"), &small::progress(view)))
        div class="trio well mt-3" { @for line in &clocks[..3] { (promise_clock(&view.words, &pick("到场", "Arrival"), &pick("急修 30 分钟", "urgent: 30 minutes"), line)) } }
        (section(&pick("往来", "Thread"), html! { span class="small muted" { (pick("新的在上", "newest first")) } }, thread(&small::events(view))))
    };
    let facts = aside_section(
        &pick("报事人", "Reporter"),
        Some((&pick("房屋档案", "Home file"), "#main")),
        facts(&[(pick("电话", "Phone"), html! { span class="num" { "138 **** 2207" } })]),
    );
    shell::page(view, &page, split(content, facts))
}

fn portal_home(view: &View) -> Markup {
    let pick = |zh: &str, en: &str| pick(view.words.lang(), zh, en);
    let page = Page { quiet_title: true, ..Page::new(pick("首页", "Home")).plate(plate_solid("3-1-1201")) };
    let work: Vec<Step> =
        small::progress(view).into_iter().skip(1).take(5).map(|step| Step { time: None, ..step }).collect();
    shell::page(
        view,
        &page,
        html! {
            (phone_section(&pick("厨房顶部渗水", "Leak above the kitchen"), None, html! {
                p { (pick("李建国师傅约 10:32 到，比承诺晚 20 分钟，很抱歉。", "Li Jianguo arrives at about 10:32, 20 minutes later than promised. We are sorry.")) }
                (steps(&pick("进度", "Progress"), &work))
            }))
            section class="card" { div class="tiles" {
                a class="tile" href="#main" { (icon("wrench")) (pick("报修", "Repair")) }
                a class="tile" href="#main" { (icon("coin")) (pick("缴费", "Pay")) }
                a class="tile" href="#main" { (icon("person")) (pick("访客", "Visitors")) }
                a class="tile" href="#main" { (icon("horn")) (pick("投诉建议", "Complaints")) }
            } }
            (phone_section(&pick("公告", "Notices"), Some((&pick("全部", "All"), "#main")), item(&pick("今天 14:00 起 3# 电梯年检停用", "Lift 3 is out of service from 14:00"), &pick("约 2 小时", "about 2 hours"), "#main")))
        },
    )
}

fn portal_report(view: &View) -> Markup {
    let pick = |zh: &str, en: &str| pick(view.words.lang(), zh, en);
    let dock = html! { p class="row small mb-2" { (icon("clock")) span { (pick("师傅 30 分钟内到", "Someone comes within 30 minutes")) } } (button(&Button::main(&pick("提交报修", "Send report")).block())) };
    let kinds = [
        ("drop", "漏水", "Leak"),
        ("bolt", "停电跳闸", "No power"),
        ("lift", "电梯", "Lift"),
        ("door", "门禁门锁", "Doors"),
    ];
    let kinds: Vec<Choice> = kinds.iter().map(|(name, zh, en)| Choice::new(*name, pick(zh, en)).icon(name)).collect();
    let rooms = [Choice::new("k", pick("厨房", "Kitchen")), Choice::new("b", pick("卫生间", "Bathroom"))];
    let body = html! {
        (card(tiles(&view.words, &Field::new("kind", pick("1. 什么问题", "1. What is wrong")).value("drop"), &kinds)))
        (card(chips(&view.words, &Field::new("room", pick("2. 在哪里", "2. Where")).value("k"), &rooms)))
        (card(photos(&view.words, &Field::new("photos", pick("照片", "Photos")).optional(), "/api/v1/evidence", 9)))
    };
    shell::page(view, &Page::new(pick("报修", "Report a repair")).crumb(pick("首页", "Home"), "#main").dock(dock), body)
}

fn field_today(view: &View) -> Markup {
    let pick = |zh: &str, en: &str| pick(view.words.lang(), zh, en);
    let page = Page::new("马秀英")
        .badge(html! { span class="muted small clip" { (pick("早班 06:30–14:30", "early shift 06:30–14:30")) } });
    shell::page(
        view,
        &page,
        html! {
            section class="card card-main" {
                div class="row" { span class="small muted" { (pick("现在做", "Do now")) } span class="push" { (badge_fill(BadgeState::Soon, &pick("还剩 36 分", "36 min left"))) } }
                h2 class="t-xl" { (pick("6 栋大堂巡保", "Lobby of building 6")) }
                p class="small mb-3" { "09:00–11:00" }
                (link_button(&Button::main(&pick("扫大堂码，开始", "Scan to begin")).icon("qr").block(), "#main"))
            }
            (phone_section(&pick("接着", "Next"), None, yes_no(&pick("地面干净", "Floor clean"), &Field::new("floor", "floor"), &Choice::new("ok", pick("合格", "Pass")), &Choice::new("no", pick("不行", "Fail")))))
        },
    )
}

fn public_login(view: &View) -> Markup {
    let words = &view.words;
    let pick = |zh: &str, en: &str| pick(words.lang(), zh, en);
    let state = FormState::default();
    let fields = html! {
        (text(words, &state.field("login", pick("账号", "Log-in name")).autocomplete("username").autofocus()))
        (password(words, &state.field("password", pick("密码", "Password")).autocomplete("current-password")))
        div class="form-acts" { (button(&Button::main(&pick("登录", "Log in")).block())) }
    };
    shell::page(
        view,
        &Page { alone: true, ..Page::new(pick("登录", "Log in")) },
        post_form(view, "#", "k-6", &state, fields),
    )
}

fn public_notice(view: &View) -> Markup {
    let pick = |zh: &str, en: &str| pick(view.words.lang(), zh, en);
    shell::page(
        view,
        &Page::new(pick("公告", "Notices")),
        card(item(
            &pick("2 号楼停水", "No water in building 2"),
            &pick("今天 14:00–16:00", "today 14:00–16:00"),
            "#main",
        )),
    )
}
