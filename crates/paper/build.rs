//! Says in plain words when the font that every document is set in is missing; `font.rs` embeds it by its place in the crate.
use std::path::Path;

const FONT: &str = "node_modules/@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf";

fn main() {
    // A watched file that is missing makes Cargo ask again at every build, so nothing stale survives `npm ci`.
    println!("cargo::rerun-if-changed={FONT}");
    println!("cargo::rerun-if-changed=package-lock.json");
    // Cargo runs this in the folder of the crate.
    if !Path::new(FONT).is_file() {
        println!("cargo::error=the document font is missing: run `./run`, or `npm ci` in crates/paper");
    }
}
