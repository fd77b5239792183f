//! The audit: every chain from its first row, and whether it still holds what it stood at before.

use kernel::{House, audit};
use sha2::{Digest, Sha256};

use super::{Line, store};
use crate::exit::Failure;

/// One line a chain; the first row that does not hold is named.
pub async fn chains(house: &House) -> Result<Vec<Line>, Failure> {
    let heads = audit::heads(house).await?;
    let mut lines = Vec::new();
    for chain in store::chains(house).await? {
        let name = name(house, &chain).await?;
        let rows = heads.iter().find(|(known, ..)| *known == chain).map_or(0, |(_, seq, _)| *seq);
        let bad = audit::first_bad(house, &chain).await?;
        let faults: Vec<String> = bad
            .iter()
            .map(|seq| format!("{name}: row {seq} does not hold: it was changed, or rows before it are gone"))
            .collect();
        lines.push(Line::of("audit_chain", &faults, format!("{name}: {rows} rows")));
    }
    if lines.is_empty() {
        lines.push(Line::good("audit_chain", "no rows yet"));
    }
    Ok(lines)
}

async fn name(house: &House, chain: &str) -> Result<String, Failure> {
    Ok(store::site_code(house, chain).await?.unwrap_or_else(|| chain.to_string()))
}

/// One word over all chains as they stand: it leaves the box, and shows later whether a tail was cut.
pub async fn combined(house: &House) -> Result<String, kernel::Error> {
    let mut hash = Sha256::new();
    for (chain, seq, mac) in audit::heads(house).await? {
        hash.update(format!("{chain}:{seq}:{mac}\n"));
    }
    Ok(audit::hex(&hash.finalize()))
}

/// `asked` is the word over all chains as they stand now, or the MAC of a row that a chain still holds.
pub async fn head(house: &House, asked: &str) -> Result<Line, Failure> {
    let asked = asked.trim().to_ascii_lowercase();
    let mac = unhex(&asked).ok_or_else(|| Failure::usage("--head takes the 64 hexadecimal digits of an audit head"))?;
    if combined(house).await? == asked {
        return Ok(Line::good("audit_head", "all chains stand where the head says"));
    }
    Ok(match store::spot(house, mac).await? {
        Some(spot) => {
            Line::good("audit_head", format!("{}: the head is row {}", name(house, &spot.chain).await?, spot.seq))
        }
        None => Line {
            check: "audit_head",
            ok: false,
            say: "no chain holds this head: rows at the end are gone or were changed".into(),
        },
    })
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = text
        .as_bytes()
        .chunks(2)
        .map(|pair| std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok()));
    pairs.collect::<Option<Vec<u8>>>().filter(|bytes| bytes.len() == 32 && text.len() == 64)
}
