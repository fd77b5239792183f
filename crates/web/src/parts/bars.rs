//! Shares of a whole, drawn as one bar.

use maud::{Markup, html};

/// What a share of the bar stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareKind {
    Done,
    Soon,
    Missed,
    Running,
    Rest,
}

impl ShareKind {
    const fn name(self) -> &'static str {
        match self {
            Self::Done => "ok",
            Self::Soon => "soon",
            Self::Missed => "miss",
            Self::Running => "run",
            Self::Rest => "rest",
        }
    }
}

/// `count` of the whole are of this kind.
#[derive(Clone, Copy, Debug)]
pub struct Share {
    pub kind: ShareKind,
    pub count: u32,
}

/// The bar; `sentence` says all of it in words: 23 项承诺，21 项做到，1 项未达，1 项临界.
pub fn share_bar(sentence: &str, shares: &[Share]) -> Markup {
    let whole: u32 = shares.iter().map(|share| share.count).sum();
    html! {
        svg class="bar" viewBox="0 0 1000 8" preserveAspectRatio="none" role="img" aria-label=(sentence) {
            @for (from, to, kind) in stretches(shares, whole) { path data-s=(kind.name()) d={ "M" (from) " 4H" (to) } {} }
        }
    }
}

fn stretches(shares: &[Share], whole: u32) -> Vec<(u64, u64, ShareKind)> {
    let place = |count: u64| if whole == 0 { 0 } else { count * 1000 / u64::from(whole) };
    let mut before = 0;
    let mut stretches = Vec::new();
    for share in shares.iter().filter(|share| share.count > 0) {
        let after = before + u64::from(share.count);
        stretches.push((place(before), place(after), share.kind));
        before = after;
    }
    stretches
}

/// How much of a long work is done; the words stand beside it.
pub fn meter(label: &str, done: u64, whole: u64) -> Markup {
    html! { progress max=(whole.max(1)) value=(done.min(whole)) aria-label=(label) {} }
}
