//! `anju import homes FILE --site CODE`: a company's own list, in any shape, into the register; also beside a running server.

use std::{
    collections::BTreeMap,
    io::{ErrorKind, Write},
    sync::Arc,
};

use estate::import::{self, ErrorLine, Mode, Report, Way};
use kernel::{Error, House, access, sites};
use web::{
    Verdict,
    i18n::{Catalogue, Lang, Words},
};

use crate::{
    exit::{Done, Failure},
    ground,
    settings::Import,
    wiring,
};

pub async fn import(args: Import) -> Done {
    let words = words()?;
    let kind = import::kind_named(&args.kind).ok_or_else(|| Failure::usage(words.say("estate-import-cli-kind")))?;
    let bytes = std::fs::read(&args.file).map_err(|cause| unreadable(&args, &cause, &words))?;
    let house = ground::beside(&args.place).await?;
    let code = site_code(&house, args.site.as_deref(), &words).await?;
    let name = args.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mode = if args.all_or_nothing { Mode::AllOrNothing } else { Mode::GoodRows };
    // Held while it imports. On a server of its own the database may be used from other machines too.
    let only = ground::lock(&args.place.data.join("import.lock"), &args.place.data).ok();
    let alone = only.is_some() && args.place.database_url.is_none();
    let way = Way { kind, dry_run: args.dry_run, mode, alone };
    let caller = access::system_company("import");
    let done = import::import_file(&house, &caller, &code, &name, bytes, way, &words).await;
    let report = done.map_err(|cause| refused(cause, &words))?;
    let text = if args.json {
        serde_json::to_string(&report).map_err(|cause| Failure::environment(cause.to_string()))?
    } else {
        said(&report, args.dry_run, &words)
    };
    print(&text)
}

/// A reader that has seen enough (`| head`) is no failure: the import is done.
fn print(text: &str) -> Done {
    match writeln!(std::io::stdout(), "{text}") {
        Err(cause) if cause.kind() != ErrorKind::BrokenPipe => Err(Failure::environment(cause.to_string())),
        _ => Ok(()),
    }
}

fn unreadable(args: &Import, cause: &std::io::Error, words: &Words) -> Failure {
    let values = [("file", args.file.display().to_string().into()), ("cause", cause.to_string().into())];
    Failure::input(words.with("estate-import-cli-unreadable-file", &values))
}

/// The one site, or the one that was named.
async fn site_code(house: &House, named: Option<&str>, words: &Words) -> Result<String, Failure> {
    let mut read = house.read(&access::system_company("import")).await?;
    let codes: Vec<String> = sites::visible(&mut read).await?.into_iter().map(|site| site.code).collect();
    let sites = ("sites", codes.join(", ").into());
    match (named, codes.as_slice()) {
        (Some(named), _) if codes.iter().any(|code| code == named) => Ok(named.to_string()),
        (Some(named), _) => {
            Err(Failure::input(words.with("estate-import-cli-no-site", &[("site", named.to_string().into()), sites])))
        }
        (None, [only]) => Ok(only.clone()),
        (None, _) => Err(Failure::usage(words.with("estate-import-cli-which-site", &[sites]))),
    }
}

/// Chinese, unless the terminal speaks English.
fn words() -> Result<Words, Failure> {
    let said = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    let lang = if said.is_some_and(|value| value.starts_with("en")) { Lang::En } else { Lang::Zh };
    let catalogue = Catalogue::new(wiring::MESSAGES).map_err(|cause| Failure::environment(cause.to_string()))?;
    Ok(Arc::new(catalogue).words(lang))
}

/// Exit 3 with one line: what people read on the page, or what to do here where the page has a button.
fn refused(cause: Error, words: &Words) -> Failure {
    let line = match &cause {
        Error::Refused(why) => own_words(why.code()).map(|key| {
            let args: Vec<_> = why.args().into_iter().map(|(name, value)| (name, value.into())).collect();
            words.with(key, &args)
        }),
        _ => None,
    };
    match cause {
        Error::Refused(_) | Error::Invalid(_) => Failure::input(line.unwrap_or_else(|| Verdict::of(&cause).say(words))),
        other => other.into(),
    }
}

fn own_words(code: &str) -> Option<&'static str> {
    match code {
        "import_has_errors" => Some("estate-import-cli-has-errors"),
        "import_columns" => Some("estate-import-cli-columns"),
        "import_nothing_good" => Some("estate-import-cli-nothing-good"),
        _ => None,
    }
}

fn said(report: &Report, dry_run: bool, words: &Words) -> String {
    let mut bad: Vec<(&str, u32)> = report.errors.iter().map(|error| (error.sheet.as_str(), error.row)).collect();
    bad.sort_unstable();
    bad.dedup();
    let values = [
        ("rows", report.rows.into()),
        ("create", counted(&report.create, "new", words).into()),
        ("change", counted(&report.change, "changed", words).into()),
        ("unchanged", report.unchanged.into()),
        ("bad", bad.len().into()),
        ("left", report.warnings.len().into()),
    ];
    let mut lines = vec![words.with("estate-import-cli", &values)];
    for (heading, told) in [("estate-import-cli-errors", &report.errors), ("estate-import-warnings", &report.warnings)]
    {
        if !told.is_empty() {
            lines.push(format!("\n{}", words.say(heading)));
            lines.extend(told.iter().map(|one| line(one, words)));
        }
    }
    if dry_run {
        lines.push(format!("\n{}", words.say("estate-import-cli-dry")));
    }
    lines.join("\n")
}

/// As the page shows the figures.
const ORDER: [&str; 6] = ["units", "staff", "parties", "occupancies", "certificates", "logins"];

/// `新增房屋 10、新增人员 12`, in the words of the page.
fn counted(counts: &BTreeMap<String, usize>, what: &str, words: &Words) -> String {
    let one = |(name, count): (&String, &usize)| {
        let word = words.say(&format!("estate-import-{what}-{name}"));
        words.with("estate-import-cli-count", &[("word", word.into()), ("n", (*count).into())])
    };
    let mut some: Vec<(&String, &usize)> = counts.iter().filter(|(_, count)| **count > 0).collect();
    some.sort_by_key(|(name, _)| ORDER.iter().position(|other| other == name));
    let said: Vec<String> = some.into_iter().map(one).collect();
    if said.is_empty() {
        return words.say(&format!("estate-import-cli-nothing-{what}"));
    }
    said.join(&words.say("estate-import-cli-join"))
}

fn line(line: &ErrorLine, words: &Words) -> String {
    let or_none = |text: &str| if text.is_empty() { "none".to_string() } else { text.to_string() };
    let values = [
        ("sheet", line.sheet.clone().into()),
        ("row", line.row.to_string().into()),
        ("column", or_none(&line.column).into()),
        ("value", or_none(&line.value).into()),
        ("what", line.message.clone().into()),
    ];
    words.with("estate-import-cli-line", &values)
}
