//! When what happens in a case: from the written times where there are some, else drawn as such things go.

use values::{DAY, HOUR, MINUTE, Moment};

use super::{Maker, data::Case};

/// One act of a case, at its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Report,
    Accept,
    Assign,
    Take,
    Arrive,
    Reply(usize),
    Suspend,
    Resume,
    Complete,
    Answer,
    Verdict,
    Merge,
}

/// The acts of a case in order; those after the end of the history never happen.
pub fn steps(maker: &Maker, case: &Case) -> Vec<(Moment, Step)> {
    let mut story = Story { maker, at: received(maker, case), acts: Vec::new() };
    story.tell(case);
    let last = case.pinned.as_ref().and_then(|pinned| last_step(&pinned.state));
    story.until(last, case.pinned.as_ref().is_some_and(|pinned| pinned.merged_into.is_some()))
}

fn received(maker: &Maker, case: &Case) -> Moment {
    match &case.pinned {
        Some(pinned) => maker.shifted(pinned.received),
        None => drawn_day(maker),
    }
}

/// Some time of the last six weeks, by daylight more often than by night.
fn drawn_day(maker: &Maker) -> Moment {
    let days = i64::try_from(maker.chance.below(42)).unwrap_or(1);
    let zone = values::Zone::default();
    let day = zone.day(maker.end.plus_millis(-days * DAY));
    let minute = i64::try_from(maker.chance.below(15 * 60)).unwrap_or(0);
    zone.at(day, 7, 0).plus_millis(minute * MINUTE)
}

/// The act after which a case of the pictures stands as it does there.
fn last_step(state: &str) -> Option<Step> {
    match state {
        "accepted" => Some(Step::Accept),
        "dispatched" => Some(Step::Assign),
        "taken" => Some(Step::Take),
        "working" => Some(Step::Arrive),
        "suspended" => Some(Step::Suspend),
        "to_verify" => Some(Step::Complete),
        _ => None,
    }
}

struct Story<'a> {
    maker: &'a Maker,
    at: Moment,
    acts: Vec<(Moment, Step)>,
}

impl Story<'_> {
    fn wait(&mut self, from: i64, to: i64) {
        let spread = self.maker.chance.below(u64::try_from((to - from).max(1)).unwrap_or(1));
        self.at = self.at.plus_millis(from + i64::try_from(spread).unwrap_or(0));
    }
    fn act(&mut self, step: Step) {
        self.acts.push((self.at, step));
    }
    fn tell(&mut self, case: &Case) {
        use kernel::orders::{Kind, Urgency};
        self.act(Step::Report);
        self.wait(MINUTE, 6 * MINUTE);
        self.act(Step::Accept);
        match case.kind {
            Kind::Repair | Kind::Help => self.work(case, case.urgency == Urgency::Urgent || case.kind == Kind::Help),
            Kind::Complaint => self.talk(case, 10 * MINUTE, 30 * HOUR),
            Kind::Enquiry | Kind::Suggestion | Kind::Praise => self.talk(case, 5 * MINUTE, 8 * HOUR),
        }
        if case.verdict.is_some() {
            self.wait(30 * MINUTE, 20 * HOUR);
            self.act(Step::Verdict);
        }
    }
    fn work(&mut self, case: &Case, urgent: bool) {
        let written = case.pinned.as_ref();
        self.wait(MINUTE, if urgent { 8 * MINUTE } else { 24 * MINUTE });
        self.at = written.and_then(|pinned| pinned.dispatched).map_or(self.at, |at| self.maker.shifted(at));
        self.act(Step::Assign);
        self.wait(MINUTE, 5 * MINUTE);
        self.at = written.and_then(|pinned| pinned.taken).map_or(self.at, |at| self.maker.shifted(at));
        self.act(Step::Take);
        for reply in 0..case.replies.len() {
            self.wait(MINUTE, 4 * MINUTE);
            self.act(Step::Reply(reply));
        }
        self.wait(4 * MINUTE, if urgent { 18 * MINUTE } else { 19 * HOUR });
        self.act(Step::Arrive);
        if let Some(suspend) = &case.suspend {
            self.wait(10 * MINUTE, 30 * MINUTE);
            self.act(Step::Suspend);
            self.at = self.at.plus_millis(suspend.hours * HOUR);
            self.act(Step::Resume);
        }
        self.wait(15 * MINUTE, 110 * MINUTE);
        self.act(Step::Complete);
    }
    fn talk(&mut self, case: &Case, first: i64, last: i64) {
        for reply in 0..case.replies.len() {
            self.wait(3 * MINUTE, first);
            self.act(Step::Reply(reply));
        }
        self.wait(first, last);
        self.act(Step::Answer);
    }
    fn until(mut self, last: Option<Step>, merged: bool) -> Vec<(Moment, Step)> {
        if merged {
            self.acts.truncate(2);
            self.wait(5 * MINUTE, 11 * MINUTE);
            self.acts.push((self.at, Step::Merge));
        }
        if let Some(last) = last {
            let keep = self.acts.iter().position(|(_, step)| *step == last);
            let keep = keep.or_else(|| {
                self.acts.iter().position(|(_, step)| *step == Step::Answer).map(|at| at.saturating_sub(1))
            });
            self.acts.truncate(keep.map_or(self.acts.len(), |at| at + 1));
        }
        let end = self.maker.end;
        self.acts.retain(|(at, _)| *at < end);
        self.acts
    }
}
