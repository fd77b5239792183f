//! Who reacts to which fact: one `match`, without `_`, so a new fact stops the build where someone must think.
//! Most of what follows from an act happens in its own transaction; here is what may come a moment later.

use kernel::{Error, House, facts::Fact as _, jobs, jobs::Job, notices, orders};
use serde::Deserialize;
use serde_json::Value as Json;

/// Every fact there is, by its crate.
#[derive(Debug, Deserialize)]
pub enum Fact {
    Orders(orders::Fact),
    Notices(notices::Fact),
}

impl Fact {
    /// `None` for a crate that this program does not know, or a fact of an older one.
    fn read(crate_word: &str, data: &Json) -> Option<Self> {
        match crate_word {
            orders::Fact::CRATE => orders::Fact::deserialize(data).ok().map(Self::Orders),
            notices::Fact::CRATE => notices::Fact::deserialize(data).ok().map(Self::Notices),
            _ => None,
        }
    }
}

/// A verb that follows from a fact. Its name stands in the jobs table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reaction {
    /// Everybody whose report hangs on the outage hears that it is over.
    TellOutageEnded,
}

impl Reaction {
    const ALL: [Self; 1] = [Self::TellOutageEnded];
    const fn name(self) -> &'static str {
        match self {
            Self::TellOutageEnded => "tell_outage_ended",
        }
    }
    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reaction| reaction.name() == name)
    }
}

/// fact → reactions.
const fn reactions(fact: &Fact) -> &'static [Reaction] {
    use orders::Fact as Order;
    match fact {
        Fact::Notices(notices::Fact::OutageEnded { .. }) => &[Reaction::TellOutageEnded],
        Fact::Notices(notices::Fact::Published { .. }) => &[],
        Fact::Orders(
            Order::Reported(_)
            | Order::Accepted(_)
            | Order::Answered(_)
            | Order::Corrected(_)
            | Order::Merged { .. }
            | Order::Assigned { .. }
            | Order::Taken(_)
            | Order::Arrived(_)
            | Order::Suspended(_)
            | Order::Resumed(_)
            | Order::Completed(_)
            | Order::Verified(_)
            | Order::Rated(_)
            | Order::Closed(_)
            | Order::Reopened(_)
            | Order::Cancelled(_)
            | Order::Returned(_)
            | Order::Chased(_)
            | Order::Supervised(_)
            | Order::Said(_)
            | Order::Escalated { .. },
        ) => &[],
    }
}

/// The jobs that follow from a fact of `crate_word`.
pub fn names(crate_word: &str, data: &Json) -> Vec<&'static str> {
    Fact::read(crate_word, data)
        .map(|fact| reactions(&fact).iter().map(|reaction| reaction.name()).collect())
        .unwrap_or_default()
}

/// Does what a job asks for and marks it done in the same transaction.
pub async fn run(house: &House, job: &Job) -> Result<(), Error> {
    // Follows from no fact: somebody asked for it, and it takes a while.
    if job.reaction == estate::import::JOB {
        return estate::import::perform(house, job).await;
    }
    let unknown = || Error::Broken(format!("no reaction {} to this fact", job.reaction));
    let reaction = Reaction::named(&job.reaction).ok_or_else(unknown)?;
    let fact = Fact::read(job.fact_crate.as_deref().unwrap_or(""), &job.data).ok_or_else(unknown)?;
    let mut tx = house.begin(&job.caller()).await?;
    match (reaction, fact) {
        (Reaction::TellOutageEnded, Fact::Notices(notices::Fact::OutageEnded { site, notice })) => {
            orders::tell_outage_ended(&mut tx, site, notice).await?;
        }
        (Reaction::TellOutageEnded, Fact::Notices(notices::Fact::Published { .. }) | Fact::Orders(_)) => {
            return Err(unknown());
        }
    }
    jobs::done(&mut tx, job.id).await?;
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reaction_is_found_again_by_its_name() {
        for reaction in Reaction::ALL {
            assert_eq!(Reaction::named(reaction.name()), Some(reaction));
        }
    }

    #[test]
    fn a_fact_of_a_crate_nobody_knows_has_no_reactions() {
        assert!(names("fireworks", &serde_json::json!({ "fact": "lit" })).is_empty());
    }
}
