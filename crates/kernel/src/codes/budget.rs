//! R04: how many codes a day may cost. Each site pays for the phones of its own homes, and numbers that no home knows have a
//! budget of their own, so that neither one site nor a stranger who tries numbers can leave everybody without log-in.

use serde_json::{Value as Json, json};
use values::DAY;

use super::CodeRefused;
use crate::{Error, Read, SiteId, Tx, sites};

/// Who pays for a code. The words after the first are the names of their settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Payer {
    /// All of them together.
    Company,
    /// A site, by its code.
    Site(String),
    /// Numbers that belong to no home.
    Strangers,
}

impl Payer {
    fn setting(&self) -> String {
        match self {
            Self::Company => "sms.daily_budget".into(),
            Self::Site(code) => format!("sms.daily_budget.site.{code}"),
            Self::Strangers => "sms.daily_budget.strangers".into(),
        }
    }
    /// Codes in 24 hours, where nothing is set.
    const fn usual(&self) -> i64 {
        match self {
            Self::Company => 2_000,
            Self::Site(_) => 500,
            Self::Strangers => 300,
        }
    }
}

/// Codes that `payer` may cost in 24 hours.
pub async fn budget(read: &mut Read, payer: &Payer) -> Result<i64, Error> {
    let set: Option<String> = read.opt("SELECT value FROM settings WHERE name = $1", (payer.setting(),)).await?;
    Ok(set.and_then(|text| text.parse().ok()).unwrap_or(payer.usual()))
}

/// `most`: codes in 24 hours. Errors: `Missing` for an unknown site.
pub async fn set_budget(tx: &mut Tx, payer: &Payer, most: i64) -> Result<(), Error> {
    if let Payer::Site(code) = payer {
        sites::by_code(tx, code).await?;
    }
    let before = budget(tx, payer).await?;
    let sql =
        "INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    tx.run(sql, (payer.setting(), most.to_string())).await?;
    tx.note(None, "sms.budget_set", payer.setting(), json!(before), json!(most));
    Ok(())
}

/// May this code be sent? Only the company's budget is told to who asks: a difference between a number that some home knows
/// and one that none does would say which is which. Errors: `CodeRefused::Budget`.
pub(super) async fn allows(tx: &mut Tx, site: Option<SiteId>) -> Result<bool, Error> {
    let since = tx.now().plus_millis(-DAY);
    let sent: i64 = tx.one("SELECT count(*) AS value FROM codes WHERE sent = 1 AND made > $1", (since,)).await?;
    if sent >= budget(tx, &Payer::Company).await? {
        alarm(&Payer::Company, sent);
        return Err(CodeRefused::Budget.into());
    }
    let (payer, sent): (Payer, i64) = match site {
        Some(site) => {
            let code = "SELECT code AS value FROM sites WHERE id = $1";
            let sql = "SELECT count(*) AS value FROM codes WHERE site = $1 AND sent = 1 AND made > $2";
            (Payer::Site(tx.one(code, (site,)).await?), tx.one(sql, (site, since)).await?)
        }
        None => {
            let sql = "SELECT count(*) AS value FROM codes WHERE site IS NULL AND sent = 1 AND made > $1";
            (Payer::Strangers, tx.one(sql, (since,)).await?)
        }
    };
    let enough = sent < budget(tx, &payer).await?;
    if !enough {
        alarm(&payer, sent);
        let after = json!({ "payer": payer.setting(), "sent": sent });
        tx.note(None, "sms.budget_spent", payer.setting(), Json::Null, after);
    }
    Ok(enough)
}

fn alarm(payer: &Payer, sent: i64) {
    tracing::error!(payer = payer.setting(), sent, "the day's budget of text messages is spent: no code was sent");
}
