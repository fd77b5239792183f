//! One example of every part and of every shell, in the world of the design's pictures.

mod forms;
mod lists;
mod pages;
mod small;

use std::sync::Arc;

use maud::Markup;
use values::Zone;

use crate::{
    i18n::{Catalogue, Formats, Lang, WEB},
    look::{Face, Inbox, NavItem, NavLink, SiteMark, Tally, View, Who},
};

/// Every part by its name.
pub(crate) fn parts(view: &View) -> Vec<(&'static str, Markup)> {
    [small::samples(view), forms::samples(view), lists::samples(view)].concat()
}

/// Whole pages by their name.
pub(crate) fn pages(catalogue: &Arc<Catalogue>, lang: Lang) -> Vec<(&'static str, Markup)> {
    pages::samples(&|face| view(catalogue, face, lang))
}

pub(crate) fn catalogue() -> Arc<Catalogue> {
    Arc::new(Catalogue::new(&[WEB]).expect("our own message files are readable"))
}

/// Zhou Min, site manager of 桂语花园, on 12 August 2025 at 10:24.
pub(crate) fn view(catalogue: &Arc<Catalogue>, face: Face, lang: Lang) -> View {
    let now = "2025-08-12T10:24:00+08:00".parse().expect("a moment");
    let formats = Formats { words: catalogue.words(lang), zone: Zone::default(), now };
    View {
        company: "金桥物业·杭州".to_owned(),
        site: Some(SiteMark { code: "GYHY".to_owned(), name: "桂语花园".to_owned(), href: "/c/GYHY".to_owned() }),
        sites: vec![SiteMark { code: "YHW".to_owned(), name: "云湖湾".to_owned(), href: "/c/YHW".to_owned() }],
        who: Some(Who {
            id: "p-1".to_owned(), name: "周敏".to_owned(), post: pick(lang, "项目经理", "Site manager")
        }),
        csrf: "token".to_owned(),
        path: "/c/GYHY/orders?state=open".to_owned(),
        nav: nav(face, lang),
        inbox: matches!(face, Face::Console | Face::Field).then(|| Inbox {
            href: "/messages".to_owned(),
            unread: 3,
            current: false,
        }),
        find: (face == Face::Console).then(|| "/c/GYHY/find".to_owned()),
        duty_phone: Some("0571-0000 0000".to_owned()),
        ..View::new(face, formats)
    }
}

pub(crate) fn pick(lang: Lang, zh: &str, en: &str) -> String {
    if lang == Lang::Zh { zh } else { en }.to_owned()
}

fn nav(face: Face, lang: Lang) -> Vec<NavItem> {
    let line = |zh: &str, en: &str, icon| NavItem::new(pick(lang, zh, en), "#main", icon);
    match face {
        Face::Console => console_nav(lang),
        Face::Portal => vec![
            NavItem { current: true, ..line("首页", "Home", "home") },
            line("服务", "Services", "inbox"),
            line("账单", "Bills", "coin"),
            line("我的", "Me", "person"),
        ],
        Face::Field => vec![
            NavItem { current: true, ..line("今日", "Today", "list") },
            line("扫码", "Scan", "qr"),
            line("上报", "Report", "camera"),
        ],
        Face::Public => Vec::new(),
    }
}

fn console_nav(lang: Lang) -> Vec<NavItem> {
    let line = |zh: &str, en: &str, icon| NavItem::new(pick(lang, zh, en), "#main", icon);
    let under = |zh: &str, en: &str, current| NavLink { label: pick(lang, zh, en), href: "#main".to_owned(), current };
    let desk = NavItem {
        current: true,
        key: Some("g s"),
        tally: Some(Tally { count: 3, late: true }),
        under: vec![
            under("工单", "Orders", true),
            under("报修受理", "Take a report", false),
            under("投诉与建议", "Complaints", false),
            under("回访", "Follow-ups", false),
            under("公告与公示", "Notices", false),
        ],
        ..line("服务台", "Service desk", "inbox")
    };
    vec![
        NavItem { key: Some("g h"), ..line("今日", "Today", "home") },
        desk,
        line("房屋与住户", "Homes and people", "grid"),
        line("工程", "Engineering", "wrench"),
        line("秩序", "Security", "shield"),
        line("环境", "Environment", "leaf"),
        line("经营", "Operations", "chart"),
        line("财务", "Finance", "coin"),
        line("人事", "Personnel", "people"),
        line("社区", "Community", "heart"),
        line("设置", "Settings", "gear"),
    ]
}
