//! What a correction would do to the promises: it is made, looked at and taken back.

use kernel::{Error, orders, promises::Name};
use values::Moment;
use web::Ask;

use super::{acts::Sent, model::Case, perform::correct};

/// A promise before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub name: Name,
    pub now: Option<Moment>,
    pub then: Option<Moment>,
}

/// The promises that differ. The transaction is dropped, so nothing of it stays.
pub async fn changes(ask: &Ask, case: &Case, sent: &Sent) -> Result<Vec<Change>, Error> {
    let mut tx = ask.begin().await?;
    correct(&mut tx, case, sent, None).await?;
    let after = orders::load(&mut tx, case.order().id).await?;
    drop(tx);
    let due = |view: &orders::OrderView, name: Name| {
        let mut latest_first = view.promises.iter().rev();
        latest_first
            .find(|one| one.promise.round == view.order.round && one.promise.name == name)
            .map(|one| one.clock.due)
    };
    let all =
        Name::ALL.iter().map(|name| Change { name: *name, now: due(&case.view, *name), then: due(&after, *name) });
    Ok(all.filter(|change| change.now.is_some() || change.then.is_some()).collect())
}
