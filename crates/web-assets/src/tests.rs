use super::*;

const KIB: usize = 1024;

fn css() -> &'static str {
    std::str::from_utf8(named("app.css").expect("built").bytes).expect("style sheets are text")
}

#[test]
fn a_hashed_address_leads_back_to_its_file() {
    for asset in ASSETS {
        let address = url(asset.name);
        let file = address.strip_prefix(PREFIX).expect("every address starts with the prefix");
        assert_eq!(get(file).expect("resolves").bytes, asset.bytes);
        assert_ne!(asset.file, asset.name, "{} carries no hash", asset.name);
    }
}

#[test]
fn names_of_another_build_and_paths_upwards_are_not_found() {
    for foreign in ["app.css", "app.000000000000.css", "../Cargo.toml", "", "/"] {
        assert!(get(foreign).is_none(), "{foreign}");
    }
}

#[test]
fn every_icon_has_a_drawing_and_no_style_of_its_own() {
    assert!(ICONS.len() >= 60);
    for name in icons() {
        let markup = icon(name);
        assert!(markup.starts_with('<') && markup.ends_with("/>"), "{name}: {markup}");
        assert!(!markup.contains("style=") && !markup.contains("<script") && !markup.contains(" on"), "{name}");
    }
}

#[test]
fn style_sheet_and_scripts_of_a_page_stay_within_their_budget() {
    let packed = |name: &str| named(name).expect("built").gzip.expect("texts are packed").len();
    assert!(packed("app.css") <= 12 * KIB, "{} bytes", packed("app.css"));
    for script in ["console.js", "portal.js", "field.js", "public.js"] {
        assert!(packed(script) <= 25 * KIB, "{script}: {} bytes", packed(script));
    }
}

#[test]
fn the_style_sheet_loads_nothing_from_elsewhere() {
    for forbidden in ["url(", "@import", "@font-face", "expression("] {
        assert!(!css().contains(forbidden), "{forbidden}");
    }
}

#[test]
fn dark_colours_follow_the_system_until_a_person_chooses() {
    let system = css().split("@media screen and (prefers-color-scheme:dark)").nth(1).expect("the media query is there");
    assert!(system.contains(":root:not([data-theme])"));
    let dark_surface = "--surface: #151d20";
    assert_eq!(css().matches(dark_surface).count() + css().matches("--surface:#151d20").count(), 2);
}

#[test]
fn each_face_says_which_words_it_needs() {
    assert!(texts("console").contains(&"keys-title"));
    assert!(texts("field").contains(&"net-offline"));
    assert!(texts("portal").contains(&"form-offline"));
    assert!(texts("nowhere").is_empty());
}

#[test]
fn the_worker_and_the_manifests_are_reachable_by_fixed_names() {
    for (name, content_type) in [
        ("sw.js", "text/javascript; charset=utf-8"),
        ("favicon.svg", "image/svg+xml"),
        ("manifest.webmanifest", "application/manifest+json; charset=utf-8"),
        ("manifest.en.webmanifest", "application/manifest+json; charset=utf-8"),
        ("icon-192.png", "image/png"),
    ] {
        assert_eq!(named(name).expect(name).content_type, content_type);
    }
}

#[test]
fn the_field_manifest_names_icons_that_exist() {
    let manifest = std::str::from_utf8(named("manifest.webmanifest").expect("built").bytes).expect("text");
    let icons: Vec<_> = manifest.split(PREFIX).skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(icons.len(), 3);
    for icon in icons {
        assert!(get(icon).is_some(), "{icon}");
    }
}

#[test]
fn packed_files_are_smaller_than_plain_ones() {
    for asset in ASSETS.iter().filter(|asset| asset.bytes.len() > KIB) {
        if let Some(gzip) = asset.gzip {
            assert!(gzip.starts_with(&[0x1f, 0x8b]) && gzip.len() < asset.bytes.len(), "{}", asset.name);
        }
    }
}
