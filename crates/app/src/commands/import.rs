//! `anju import homes FILE --site CODE`: a company's own list, in any shape, into the register; also beside a running server.

use std::sync::Arc;

use estate::import::{self, Mode, Report, Way};
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
    let kind = import::kind_named(&args.kind).ok_or_else(|| Failure::usage("import homes or staff"))?;
    let bytes = std::fs::read(&args.file)
        .map_err(|cause| Failure::input(format!("{} cannot be read: {cause}", args.file.display())))?;
    let house = ground::beside(&args.place).await?;
    let words = words()?;
    let code = site_code(&house, args.site.as_deref()).await?;
    let name = args.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mode = if args.all_or_nothing { Mode::AllOrNothing } else { Mode::GoodRows };
    let way = Way { kind, dry_run: args.dry_run, mode };
    let caller = access::system_company("import");
    let done = import::import_file(&house, &caller, &code, &name, bytes, way, &words).await;
    let report = done.map_err(|cause| refused(cause, &words))?;
    say(&report, args.json, &words)
}

/// The one site, or the one that was named.
async fn site_code(house: &House, named: Option<&str>) -> Result<String, Failure> {
    let mut read = house.read(&access::system_company("import")).await?;
    let codes: Vec<String> = sites::visible(&mut read).await?.into_iter().map(|site| site.code).collect();
    match (named, codes.as_slice()) {
        (Some(named), _) if codes.iter().any(|code| code == named) => Ok(named.to_string()),
        (Some(named), _) => Err(Failure::input(format!("there is no site {named}; there are: {}", codes.join(", ")))),
        (None, [only]) => Ok(only.clone()),
        (None, _) => Err(Failure::usage(format!("name the site with --site; there are: {}", codes.join(", ")))),
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

/// Exit 3 with the one line that people read on the page, too.
fn refused(cause: Error, words: &Words) -> Failure {
    match cause {
        Error::Refused(_) | Error::Invalid(_) => Failure::input(Verdict::of(&cause).say(words)),
        other => other.into(),
    }
}

fn say(report: &Report, json: bool, words: &Words) -> Done {
    if json {
        println!("{}", serde_json::to_string(report).map_err(|cause| Failure::environment(cause.to_string()))?);
        return Ok(());
    }
    let counts = |counts: &std::collections::BTreeMap<String, usize>| {
        let said: Vec<String> =
            counts.iter().filter(|(_, count)| **count > 0).map(|(name, count)| format!("{name} {count}")).collect();
        if said.is_empty() { "0".to_string() } else { said.join(", ") }
    };
    let values = [
        ("rows", report.rows.into()),
        ("create", counts(&report.create).into()),
        ("change", counts(&report.change).into()),
        ("unchanged", report.unchanged.into()),
        ("errors", report.errors.len().into()),
    ];
    println!("{}", words.with("estate-import-cli", &values));
    for error in &report.errors {
        println!("{} {} {} {}: {}", error.sheet, error.row, error.column, error.value, error.message);
    }
    Ok(())
}
