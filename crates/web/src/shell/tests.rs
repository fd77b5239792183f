use std::{fs, path::Path};

use super::{Page, page, problem};
use crate::{
    i18n::Lang,
    look::{Face, Size, Theme, View},
    parts::samples,
};

const FACES: [Face; 4] = [Face::Console, Face::Portal, Face::Field, Face::Public];

fn bare(face: Face) -> (View, String) {
    let view = samples::view(&samples::catalogue(), face, Lang::Zh);
    let html = page(&view, &Page::new("一页"), maud::html! { p { "内容" } }).into_string();
    (view, html)
}

#[test]
fn a_page_loads_the_style_sheet_and_the_script_of_its_face() {
    for face in FACES {
        let (_, html) = bare(face);
        assert!(html.contains(&format!("href=\"{}\"", web_assets::url("app.css"))));
        assert!(html.contains(&format!("src=\"{}\"", web_assets::url(&format!("{}.js", face.name())))));
    }
}

#[test]
fn the_scripts_get_every_word_they_ask_for() {
    for face in FACES {
        let (_, html) = bare(face);
        for key in web_assets::texts(face.name()) {
            assert!(html.contains(&format!(" data-say-{key}=\"")), "{face:?} lacks {key}");
        }
    }
}

#[test]
fn an_icon_is_drawn_once_and_only_when_used() {
    let (_, html) = bare(Face::Console);
    assert_eq!(html.matches("id=\"i-inbox\"").count(), 1);
    assert_eq!(html.matches("id=\"i-siren\"").count(), 0);
}

#[test]
fn dress_and_language_stand_on_the_root() {
    let (view, html) = bare(Face::Portal);
    assert!(html.contains("<html lang=\"zh-CN\" class=\"portal\">"), "nobody chose: follow the system");
    let view = View { theme: Theme::Dark, size: Size::Xl, words: view.words.in_lang(Lang::En), ..view };
    let html = page(&view, &Page::new("A page"), maud::html! {}).into_string();
    assert!(html.contains("<html lang=\"en\" class=\"portal\" data-theme=\"dark\" data-size=\"xl\">"));
}

#[test]
fn every_status_says_what_is_safe_and_what_to_do() {
    let catalogue = samples::catalogue();
    for lang in Lang::ALL {
        for status in [400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 502, 503, 507] {
            let view = samples::view(&catalogue, Face::Console, lang);
            let html =
                problem::page(&view, &problem::Problem { status, code: "E-4F2A".to_owned(), ..Default::default() });
            assert!(html.0.contains("E-4F2A") && html.0.contains("0571-0000 0000"), "{status}");
        }
    }
    assert_eq!(catalogue.missing(), Vec::<String>::new());
}

#[test]
fn the_switches_come_back_to_the_page() {
    let (_, html) = bare(Face::Console);
    assert!(html.contains("action=\"/prefs\""));
    assert!(html.contains("name=\"back\" value=\"/c/GYHY/orders?state=open\""));
}

/// The pages of the samples stay small. With `ANJU_GALLERY=DIR` they are also written there, with the files they load.
#[test]
fn sample_pages_are_within_the_budget_and_load_only_what_exists() {
    let gallery = std::env::var_os("ANJU_GALLERY");
    let catalogue = samples::catalogue();
    for lang in Lang::ALL {
        for (name, html) in samples::pages(&catalogue, lang) {
            let loads = html.0.split("/assets/").skip(1).filter_map(|rest| rest.split('"').next());
            for file in loads {
                let asset = web_assets::get(file).unwrap_or_else(|| panic!("{name} loads {file}"));
                if let Some(folder) = &gallery {
                    write(Path::new(folder).join("assets").join(file).as_path(), asset.bytes);
                }
            }
            assert!(name == "gallery" || html.0.len() < 60_000, "{name} has {} bytes", html.0.len());
            if let Some(folder) = &gallery {
                let here = html.0.replace("\"/assets/", "\"assets/");
                write(Path::new(folder).join(format!("{name}.{}.html", lang.tag())).as_path(), here.as_bytes());
            }
        }
    }
}

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("can be made");
    fs::write(path, bytes).expect("can be written");
}
