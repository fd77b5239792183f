//! Turns the lists that `build.mjs` wrote into tables the library includes. Knows nothing of Node: a build without the
//! browser files fails here with one line that says what to do.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

const HOW_TO: &str = "run ./run or ./test, or: npm ci && node build.mjs in crates/web-assets";

fn main() {
    let home = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("Cargo sets it for build scripts"));
    let built = home.join("built");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", built.display());
    match tables(&built) {
        Ok(code) => {
            let out = PathBuf::from(env::var_os("OUT_DIR").expect("Cargo sets it for build scripts"));
            fs::write(out.join("tables.rs"), code).expect("Cargo's own folder can be written");
        }
        Err(missing) => println!("cargo::error=the browser files are not built ({missing}): {HOW_TO}"),
    }
}

fn tables(built: &Path) -> Result<String, String> {
    let mut code = String::from("pub(crate) static ASSETS: &[crate::Asset] = &[\n");
    for row in rows(built, "assets.tsv")? {
        asset(&mut code, built, &row)?;
    }
    code.push_str("];\npub(crate) static ICONS: &[(&str, &str)] = &[\n");
    let mut icons = rows(built, "icons.tsv")?;
    icons.sort();
    for row in icons {
        let [name, markup] = columns(&row)?;
        writeln!(code, "    ({name:?}, {markup:?}),").expect("a String takes every write");
    }
    code.push_str("];\npub(crate) static TEXTS: &[(&str, &[&str])] = &[\n");
    for row in rows(built, "texts.tsv")? {
        let [face, keys] = columns(&row)?;
        let keys: Vec<&str> = keys.split_whitespace().collect();
        writeln!(code, "    ({face:?}, &{keys:?}),").expect("a String takes every write");
    }
    code.push_str("];\n");
    Ok(code)
}

fn asset(code: &mut String, built: &Path, row: &str) -> Result<(), String> {
    let [name, file, content_type, hash] = columns(row)?;
    let bytes = built.join(file);
    let packed = built.join(format!("{file}.gz"));
    if !bytes.is_file() {
        return Err(format!("{file} is missing"));
    }
    let gzip = if packed.is_file() {
        format!("Some(include_bytes!({:?}))", packed.display().to_string())
    } else {
        "None".to_owned()
    };
    let bytes = bytes.display().to_string();
    writeln!(
        code,
        "    crate::Asset {{ name: {name:?}, file: {file:?}, bytes: include_bytes!({bytes:?}), gzip: {gzip}, \
         content_type: {content_type:?}, etag: {:?} }},",
        format!("\"{hash}\"")
    )
    .expect("a String takes every write");
    Ok(())
}

fn rows(built: &Path, list: &str) -> Result<Vec<String>, String> {
    let text = fs::read_to_string(built.join(list)).map_err(|_| format!("built/{list} is missing"))?;
    Ok(text.lines().map(str::to_owned).collect())
}

fn columns<const N: usize>(row: &str) -> Result<[&str; N], String> {
    let columns: Vec<&str> = row.split('\t').collect();
    columns.try_into().map_err(|_| format!("unreadable line {row:?}"))
}
