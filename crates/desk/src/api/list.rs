use axum::http::StatusCode;
use kernel::{
    Caller, Error, PlaceId, Read, Right, Site, SiteId,
    orders::{self, Cursor, Filter, Kind, Line, Number, Page, State, Urgency, Which},
    places,
    promises::{self, Name},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use values::{Moment, Zone};
use web::{Answer, ApiDoc, Ask, Reach, Route};

use super::{bodies::refuse, orders::site};

/// Every filter of the list as it stands in an address.
#[derive(Deserialize, Default)]
struct Query {
    site: Option<String>,
    state: Option<String>,
    kind: Option<String>,
    category: Option<String>,
    building: Option<String>,
    place: Option<String>,
    department: Option<String>,
    assignee: Option<String>,
    reporter: Option<String>,
    channel: Option<String>,
    mine: Option<String>,
    unassigned: Option<String>,
    overdue: Option<String>,
    due_soon: Option<String>,
    q: Option<String>,
    from: Option<String>,
    to: Option<String>,
    cursor: Option<String>,
    size: Option<String>,
}

pub fn document(route: Route) -> Route {
    let doc = ApiDoc::new("Orders of a site, the most urgent first")
        .query::<String>("site", "code; may be left out where there is one only");
    let doc = doc
        .query::<String>("state", "open (left out), closed, all, or one state")
        .query::<Kind>("kind", "kind of order");
    let doc = doc
        .query::<String>("category", "code of a leaf or a branch")
        .query::<String>("building", "code")
        .query::<String>("place", "code");
    let doc =
        doc.query::<String>("department", "ENG …").query::<String>("assignee", "id").query::<String>("reporter", "id");
    let doc = doc
        .query::<orders::Channel>("channel", "how it came")
        .query::<bool>("mine", "in my hands")
        .query::<bool>("unassigned", "nobody has it");
    let doc =
        doc.query::<bool>("overdue", "past its limit").query::<bool>("due_soon", "in the last quarter of its time");
    let doc = doc
        .query::<String>("q", "number, last digits of a phone, or words")
        .query::<String>("from", "reported from this day on");
    let doc =
        doc.query::<String>("to", "reported up to this day").query::<String>("cursor", "`next` of the page before");
    route.reach(Reach::Site).api(doc.query::<i64>("size", "rows, 200 at most").gives::<Orders>(200))
}

#[derive(Serialize, ToSchema)]
pub struct Orders {
    pub items: Vec<OrderLine>,
    pub next: Option<String>,
    /// Exact to 10,000; absent above.
    pub total: Option<i64>,
}

#[derive(Serialize, ToSchema)]
pub struct OrderLine {
    pub id: String,
    pub number: Number,
    pub kind: Kind,
    pub category: String,
    pub urgency: Urgency,
    pub channel: orders::Channel,
    pub state: State,
    pub title: String,
    pub place: Option<String>,
    pub department: String,
    pub assignee: Option<String>,
    pub reported: String,
    /// The most urgent promise that is open.
    pub promise: Option<Name>,
    pub due: Option<String>,
    pub overdue: bool,
    pub version: i64,
}

pub async fn orders(ask: Ask) -> Answer {
    let query: Query = ask.query()?;
    let mut read = ask.read().await?;
    let site = site(&mut read, query.site.as_deref()).await?;
    let filter = filter(&mut read, &site, &query).await?;
    let filter = within_reach(&ask.caller, site.id, filter)?;
    let found = orders::lines(&mut read, site.id, &filter, &page(&query)?).await?;
    let now = read.now();
    let items = found.items.iter().map(|line| OrderLine::of(line, &site.zone, now)).collect();
    let out = Orders { items, next: found.next.map(|next| next.to_string()), total: found.total };
    Ok(web::json(StatusCode::OK, &out, None))
}

/// Residents see what they reported, technicians what they have, others the site.
fn within_reach(caller: &Caller, site: SiteId, filter: Filter) -> Result<Filter, Error> {
    let me = caller.party();
    match () {
        () if caller.is_resident() => Ok(Filter { reporter: me, ..filter }),
        () if caller.may(Right::OrderRead, site) => Ok(filter),
        () if caller.may(Right::OrderWork, site) => Ok(Filter { assignee: me, ..filter }),
        () => Err(Error::Denied),
    }
}

fn page(query: &Query) -> Result<Page, Error> {
    let after = read_one::<Cursor>("cursor", query.cursor.as_ref())?;
    Ok(Page { after, size: read_one("size", query.size.as_ref())?.unwrap_or(Page::default().size) })
}

fn read_one<T: std::str::FromStr>(field: &str, text: Option<&String>) -> Result<Option<T>, Error> {
    let text = text.filter(|text| !text.is_empty());
    text.map(|text| text.parse().map_err(|_| refuse(field, "query_value"))).transpose()
}

fn flag(field: &str, text: Option<&String>) -> Result<bool, Error> {
    match text.map(String::as_str) {
        None | Some("" | "false" | "0") => Ok(false),
        Some("true" | "1" | "on") => Ok(true),
        Some(_) => Err(refuse(field, "query_value")),
    }
}

async fn filter(read: &mut Read, site: &Site, query: &Query) -> Result<Filter, Error> {
    let (which, state) = match query.state.as_deref() {
        None | Some("" | "open") => (Which::Open, None),
        Some("closed") => (Which::Closed, None),
        Some("all") => (Which::All, None),
        Some(_) => (Which::All, read_one("state", query.state.as_ref())?),
    };
    let assignee = if flag("mine", query.mine.as_ref())? {
        read.caller().party()
    } else {
        read_one("assignee", query.assignee.as_ref())?
    };
    let place = |code: &Option<String>| code.clone().filter(|code| !code.is_empty());
    Ok(Filter {
        which,
        state,
        kind: read_one("kind", query.kind.as_ref())?,
        category: query.category.clone().filter(|code| !code.is_empty()),
        building: optional_place(read, site.id, "building", place(&query.building)).await?,
        place: optional_place(read, site.id, "place", place(&query.place)).await?,
        department: query.department.clone().filter(|code| !code.is_empty()),
        assignee,
        reporter: read_one("reporter", query.reporter.as_ref())?,
        channel: read_one("channel", query.channel.as_ref())?,
        unassigned: flag("unassigned", query.unassigned.as_ref())?,
        overdue: flag("overdue", query.overdue.as_ref())?,
        due_soon: flag("due_soon", query.due_soon.as_ref())?,
        text: query.q.clone(),
        from: read_one("from", query.from.as_ref())?,
        to: read_one("to", query.to.as_ref())?,
    })
}

async fn optional_place(
    read: &mut Read,
    site: SiteId,
    field: &str,
    code: Option<String>,
) -> Result<Option<PlaceId>, Error> {
    match code {
        Some(code) => typed_place(read, site, field, &code).await.map(Some),
        None => Ok(None),
    }
}

/// The one place that a code means. Errors: `place_unknown`, `place_several` beside `field`.
pub(crate) async fn typed_place(read: &mut Read, site: SiteId, field: &str, typed: &str) -> Result<PlaceId, Error> {
    match places::by_code(read, site, typed).await {
        Ok(place) => return Ok(place.id),
        Err(Error::Missing) => {}
        Err(cause) => return Err(cause),
    }
    match places::resolve(read, site, typed).await?.as_slice() {
        [only] => Ok(only.id),
        [] => Err(refuse(field, "place_unknown")),
        _ => Err(refuse(field, "place_several")),
    }
}

impl OrderLine {
    fn of(line: &Line, zone: &Zone, now: Moment) -> Self {
        let due = line.promise.as_ref().map(|row| promises::effective_due(row, now));
        Self {
            id: line.id.to_string(),
            number: line.number,
            kind: line.kind,
            category: line.category.clone(),
            urgency: line.urgency,
            channel: line.channel,
            state: line.state,
            title: line.title.clone(),
            place: line.place_name.clone(),
            department: line.department.clone(),
            assignee: line.assignee.map(|id| id.to_string()),
            reported: zone.rfc3339(line.reported),
            promise: line.promise.as_ref().map(|row| row.name),
            due: due.map(|due| zone.rfc3339(due)),
            overdue: line.promise.as_ref().is_some_and(|row| promises::is_overdue(row, now)),
            version: line.version,
        }
    }
}
