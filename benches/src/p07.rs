//! P07: an import of 100,000 rows of twelve cells, each checked.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use sheets::{Column, ColumnKind, Export, Value};

use crate::{
    Outcome, Settings,
    pairs::{self, Bar, Series},
    process::{self, Ended},
    product, seed,
};

/// MiB.
const MOST_MEMORY: f64 = 300.0;
const HEADER: [(&str, ColumnKind); 12] = [
    ("房号", ColumnKind::Text),
    ("业主", ColumnKind::Text),
    ("联系电话", ColumnKind::Text),
    ("建筑面积", ColumnKind::Hundredths),
    ("交房日期", ColumnKind::Date),
    ("套内面积", ColumnKind::Hundredths),
    ("房屋用途", ColumnKind::Text),
    ("楼层", ColumnKind::Number),
    ("合同号", ColumnKind::Text),
    ("车牌号", ColumnKind::Text),
    ("装修状态", ColumnKind::Text),
    ("备注", ColumnKind::Text),
];

fn row(number: u64) -> Vec<Value> {
    let text = |text: &str| Value::Text(text.into());
    let floor = i64::try_from(number / 40 % 25 + 1).unwrap_or(1);
    vec![
        Value::Text(seed::code(number)),
        Value::Text(seed::name(number)),
        Value::Text(seed::phone(number)),
        Value::Hundredths(8_937 + i64::try_from(number % 40).unwrap_or(0)),
        text("2023-05-01"),
        Value::Hundredths(7_011),
        text("住宅"),
        Value::Number(floor),
        Value::Text(format!("HT-{number:06}")),
        Value::Text(format!("浙A{:05}", number % 100_000)),
        text("毛坯"),
        text("首次交房时登记"),
    ]
}

/// The list, made when it is not there.
fn list(settings: &Settings) -> Outcome<PathBuf> {
    let path = settings.folder.join(format!("homes-{}.xlsx", settings.rows));
    if !path.exists() {
        let column = |(name, kind): &(&str, ColumnKind)| Column { name: (*name).into(), kind: *kind, width: 12 };
        let export = Export { title: "住户清单".into(), columns: HEADER.iter().map(column).collect() };
        let part = path.with_extension("part");
        sheets::write_xlsx(&export, (0..settings.rows).map(row), None, fs::File::create(&part)?)?;
        fs::rename(part, &path)?;
    }
    Ok(path)
}

/// An empty company with one site, to be copied for each run.
async fn empty(settings: &Settings) -> Outcome<PathBuf> {
    let folder = settings.folder.join("empty");
    if !folder.join("ready").exists() {
        let _ = fs::remove_dir_all(&folder);
        let password = settings.folder.join("password");
        fs::write(&password, "correct horse battery staple\n")?;
        let mut init = Command::new(&settings.product);
        init.args(["init", "--company", "Measures", "--admin", "root", "--password-file"]).arg(&password);
        process::to_the_end(init.arg("--data").arg(&folder)).await?;
        let mut site = Command::new(&settings.product);
        site.args(["admin", "add-site", "--code", product::SITE, "--name", "桂语花园", "--data"]).arg(&folder);
        process::to_the_end(&mut site).await?;
        fs::write(folder.join("ready"), "")?;
    }
    Ok(folder)
}

fn copied(from: &Path, to: &Path) -> Outcome<()> {
    let _ = fs::remove_dir_all(to);
    let done = Command::new("cp").arg("-r").arg(from).arg(to).status()?;
    if done.success() { Ok(()) } else { Err("the empty company could not be copied".into()) }
}

async fn ours(settings: &Settings, file: &Path, folder: &Path) -> Outcome<Ended> {
    let mut command = Command::new(&settings.product);
    command
        .args(["import", "homes"])
        .arg(file)
        .args(["--site", product::SITE, "--json", "--data"])
        .arg(folder)
        .env("LD_PRELOAD", product::shim(settings)?);
    process::to_the_end(&mut command).await
}

fn number(report: &serde_json::Value, part: &str, name: &str) -> u64 {
    report[part][name].as_u64().unwrap_or(0)
}

pub async fn measure(settings: &Settings) -> Outcome<bool> {
    println!("P07  an import of {} rows × 12 cells, load {}", settings.rows, pairs::load());
    let (file, empty) = (list(settings)?, empty(settings).await?);
    let (folder, bare) = (settings.folder.join("import"), settings.folder.join("bare.db"));
    let (mut took, mut memory, mut again) = (Series::default(), Vec::new(), Vec::new());
    for round in 0..=settings.pairs {
        for end in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(format!("{}{end}", bare.display()));
        }
        let least = process::to_the_end(Command::new(&settings.limits).arg("import").arg(&file).arg(&bare)).await?;
        took.limits.push(least.seconds);
        if round == settings.pairs {
            break;
        }
        copied(&empty, &folder)?;
        let real = ours(settings, &file, &folder).await?;
        let report: serde_json::Value = serde_json::from_str(&real.said)?;
        if number(&report, "create", "units") != settings.rows || number(&report, "create", "parties") == 0 {
            return Err(format!("the import did not take every row: {}", &report["create"]).into());
        }
        took.products.push(real.seconds);
        memory.push(real.most);
        let second = ours(settings, &file, &folder).await?;
        memory.push(second.most);
        again.push(second.seconds);
    }
    println!("  load {}", pairs::load());
    let met = took.judge("a list into an empty site", "s", Bar::AtMost(4.0));
    println!("  the same list again, nothing to change: {:.1} s", pairs::median(&mut again));
    let most = memory.iter().copied().fold(0.0, f64::max);
    let small = most <= MOST_MEMORY;
    println!("  memory at its most {most:.0} MiB, must be ≤ {MOST_MEMORY}: {}", if small { "met" } else { "NOT MET" });
    Ok(met && small)
}
