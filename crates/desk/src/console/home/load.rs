//! What today asks of this person.

use kernel::{
    Error, Read, Right,
    notices::Notice,
    orders::{self, Order, Role},
    setup::{self, Lack},
};
use values::{Id, Moment};
use web::Ask;

use crate::console::list::{self, Filter, Line, Sight};

/// More than these rows belong on the list.
const MOST: usize = 12;
/// What is late long ago leaves room for what can still be kept.
const MOST_LATE: usize = 8;
/// Rows of one kind that are looked at: `waiting_count` is exact as long as no kind has more.
const LOOKED_AT: u32 = 50;
const MOST_MINE: u32 = 8;

pub struct Today {
    /// What waits for an act, the most urgent first.
    pub waiting: Vec<Line>,
    /// How many wait, those that are not shown too.
    pub waiting_count: usize,
    pub mine: Vec<Line>,
    pub counts: Counts,
    pub outages: Vec<Notice>,
    pub may: May,
    /// Those whose work this person may give to somebody else.
    pub led: Vec<Id<Order>>,
    /// What a new site lacks, as far as this person can mend it.
    pub steps: Vec<Lack>,
}

/// How many orders stand in each of these; every number opens to its rows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    pub open: i64,
    pub late: i64,
    pub soon: i64,
    pub unaccepted: i64,
    pub undispatched: i64,
    pub suspended: i64,
    pub to_verify: i64,
    pub reported_today: i64,
    pub complaints_week: i64,
    pub mine: i64,
}

#[derive(Clone, Copy, Debug, Default)]
pub struct May {
    pub orders: bool,
    pub report: bool,
    pub dispatch: bool,
    pub desk: bool,
    pub notices: bool,
}

/// The conditions of the list behind a number.
pub fn filter(conditions: &[(&str, &str)]) -> Filter {
    conditions.iter().fold(Filter::default(), |filter, (name, value)| filter.with(name, value))
}
pub const LATE: &[(&str, &str)] = &[("due", "late")];
pub const SOON: &[(&str, &str)] = &[("due", "soon")];
pub const UNACCEPTED: &[(&str, &str)] = &[("state", "new")];
pub const UNDISPATCHED: &[(&str, &str)] = &[("state", "undispatched")];
pub const SUSPENDED: &[(&str, &str)] = &[("state", "suspended")];
pub const TO_VERIFY: &[(&str, &str)] = &[("state", "to_verify")];
pub const TODAY: &[(&str, &str)] = &[("state", "any"), ("since", "today")];
pub const COMPLAINTS: &[(&str, &str)] = &[("state", "any"), ("kind", "complaint"), ("since", "week")];
pub const MINE: &[(&str, &str)] = &[("who", "me")];

pub async fn today(ask: &Ask) -> Result<Today, Error> {
    let site = ask.site()?.id;
    let may = May {
        orders: ask.may(Right::OrderRead),
        report: ask.may(Right::OrderReport),
        dispatch: ask.may(Right::OrderDispatch),
        desk: ask.may(Right::OrderDesk),
        notices: ask.may(Right::NoticeRead),
    };
    let (mut read, sight) = (ask.read().await?, list::sight(ask)?);
    let (mut waiting, mut mine, mut counts) = (Vec::new(), Vec::new(), Counts::default());
    if may.orders {
        waiting = waiting_lines(&mut read, &sight).await?;
        mine = list::lines(&mut read, &sight, &filter(MINE), MOST_MINE).await?;
        counts = count(&mut read, &sight).await?;
    }
    let waiting_count = waiting.len();
    let waiting = shown(waiting, sight.now);
    let outages = if may.notices { kernel::notices::running_outages(&mut read, site).await? } else { Vec::new() };
    let leads = |line: &&Line| orders::roles(&ask.caller, site, &line.department).contains(&Role::Leader);
    let led = waiting.iter().filter(leads).map(|line| line.id).collect();
    let steps = steps(ask, &mut read).await?;
    Ok(Today { waiting, waiting_count, mine, counts, outages, may, led, steps })
}

async fn steps(ask: &Ask, read: &mut Read) -> Result<Vec<Lack>, Error> {
    if !FOUNDERS.iter().any(|right| ask.may(*right)) {
        return Ok(Vec::new());
    }
    let mut steps = setup::first_steps(read, ask.site()?).await?;
    steps.retain(|lack| ask.may(lack.right));
    Ok(steps)
}

/// Who can do any of the first steps; nobody else's page asks for them.
const FOUNDERS: [Right; 4] = [Right::SettingsManage, Right::StaffManage, Right::EstateEdit, Right::EstateImport];

/// What is overdue, nearly due, not accepted, or sent to nobody, the nearest limit first.
async fn waiting_lines(read: &mut Read, sight: &Sight) -> Result<Vec<Line>, Error> {
    let mut all: Vec<Line> = Vec::new();
    for conditions in [LATE, SOON, UNACCEPTED, UNDISPATCHED] {
        for line in list::lines(read, sight, &filter(conditions), LOOKED_AT).await? {
            if all.iter().all(|known| known.id != line.id) {
                all.push(line);
            }
        }
    }
    all.sort_by_key(|line| (line.next_due, line.id));
    Ok(all)
}

fn shown(waiting: Vec<Line>, now: Moment) -> Vec<Line> {
    let (late, due): (Vec<Line>, Vec<Line>) = waiting.into_iter().partition(|line| line.next_due < now);
    let room = MOST - due.len().min(MOST - MOST_LATE);
    let mut shown: Vec<Line> = late.into_iter().take(room).collect();
    let left = MOST - shown.len();
    shown.extend(due.into_iter().take(left));
    shown
}

async fn count(read: &mut Read, sight: &Sight) -> Result<Counts, Error> {
    let mut of = [0; 10];
    let all: [&[(&str, &str)]; 10] =
        [&[], LATE, SOON, UNACCEPTED, UNDISPATCHED, SUSPENDED, TO_VERIFY, TODAY, COMPLAINTS, MINE];
    for (slot, conditions) in of.iter_mut().zip(all) {
        *slot = list::count(read, sight, &filter(conditions)).await?;
    }
    let [open, late, soon, unaccepted, undispatched, suspended, to_verify, reported_today, complaints_week, mine] = of;
    Ok(Counts {
        open,
        late,
        soon,
        unaccepted,
        undispatched,
        suspended,
        to_verify,
        reported_today,
        complaints_week,
        mine,
    })
}
