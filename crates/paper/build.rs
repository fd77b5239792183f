//! Finds the font that every document is set in, and tells the crate where it lies.
use std::{env, path::PathBuf};

const FONT: &str = "node_modules/@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf";

fn main() {
    let folder = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the folder of the crate"));
    let font = folder.join(FONT);
    // A watched file that is missing makes Cargo ask again at every build, so nothing stale survives `npm ci`.
    println!("cargo::rerun-if-changed={FONT}");
    println!("cargo::rerun-if-changed=package-lock.json");
    if font.is_file() {
        println!("cargo::rustc-env=PAPER_FONT={}", font.display());
    } else {
        println!("cargo::error=the document font is missing: run `./run`, or `npm ci` in crates/paper");
    }
}
