//! Everything the list page shows, read in one go.

use std::collections::HashMap;

use kernel::{
    Error, Read, Right,
    orders::Order,
    promises::{Name, Promise, effective_due, is_paused},
};
use values::{Id, Moment};
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
    pub may_desk: bool,
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
    add_promises(&mut read, &mut lines).await?;
    let saved = match sight.me {
        Some(me) => store::saved_views(&mut read, sight.site, me).await?,
        None => Vec::new(),
    };
    let views: Vec<Filter> =
        SHIPPED.iter().map(|view| view.filter()).chain(saved.iter().map(|view| parsed(&view.query))).collect();
    let (totals, mut counts) = counted(&mut read, &sight, &filter, &views).await?;
    Ok(Shown {
        totals,
        saved_counts: counts.split_off(SHIPPED.len()),
        counts,
        buildings: store::buildings(&mut read, sight.site).await?,
        assignees: store::assignees(&mut read, sight.site).await?,
        branches: store::branches(&mut read, sight.site, ask.lang == Lang::En).await?,
        may_report: ask.may(Right::OrderReport),
        may_dispatch: ask.may(Right::OrderDispatch),
        may_export: ask.may(Right::Export),
        may_desk: ask.may(Right::OrderDesk),
        filter,
        lines,
        more,
        saved,
    })
}

/// The totals of the list and one count for each view.
async fn counted(
    read: &mut Read,
    sight: &Sight,
    filter: &Filter,
    views: &[Filter],
) -> Result<(Totals, Vec<i64>), Error> {
    let kept = read.house().live().kept().clone();
    let mark = kept.mark(sight.site, sight.now);
    let asked: Vec<String> = std::iter::once(filter).chain(views).map(Filter::query).collect();
    let name = format!("orders {:?} {}", sight.me, asked.join(" "));
    if let Some(counts) = kept.get(sight.site, &name, mark) {
        return Ok((Totals { all: counts[0], late: counts[1], paused: counts[2] }, counts[3..].to_vec()));
    }
    let counts = store::counts(read, sight, views).await?;
    let totals = store::totals(read, sight, filter).await?;
    let all = [totals.all, totals.late, totals.paused].into_iter().chain(counts.iter().copied()).collect();
    kept.keep(sight.site, name, mark, all);
    Ok((totals, counts))
}

/// A saved query that can no longer be read is the whole list.
pub fn parsed(query: &str) -> Filter {
    serde_urlencoded::from_str(query).unwrap_or_default()
}

/// Gives every row the promise its clock shows: the open one that is due next, running before standing still; when none is
/// open, the one that was fulfilled last.
pub async fn add_promises(read: &mut Read, lines: &mut [Line]) -> Result<(), Error> {
    let ids: Vec<Id<Order>> = lines.iter().map(|line| line.id).collect();
    let mut of: HashMap<Id<Order>, Vec<Promise>> = HashMap::new();
    for row in store::promises(read, &ids).await? {
        of.entry(row.order).or_default().push(row.promise);
    }
    let now = read.now();
    for line in lines {
        line.promise = shown_of(of.remove(&line.id).unwrap_or_default(), now);
    }
    Ok(())
}

fn shown_of(promises: Vec<Promise>, now: Moment) -> Option<Promise> {
    let (open, ended): (Vec<Promise>, Vec<Promise>) =
        promises.into_iter().filter(|one| one.name != Name::FollowUp).partition(|one| one.settled.is_none());
    let next = open.into_iter().min_by_key(|one| (is_paused(one), effective_due(one, now)));
    next.or_else(|| {
        ended
            .into_iter()
            .filter(|one| one.fulfilled_at.is_some() && one.excuse.is_none())
            .max_by_key(|one| one.fulfilled_at)
    })
}
