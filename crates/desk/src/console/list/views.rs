//! The views that every desk is shipped with: names for filters.

use super::filter::Filter;

pub struct Shipped {
    pub word: &'static str,
    /// Overdue is counted in red.
    pub late: bool,
    conditions: &'static [(&'static str, &'static str)],
}

pub const SHIPPED: [Shipped; 6] = [
    Shipped { word: "desk-view-open", late: false, conditions: &[] },
    Shipped { word: "desk-view-mine", late: false, conditions: &[("who", "me")] },
    Shipped { word: "desk-view-late", late: true, conditions: &[("due", "late")] },
    Shipped { word: "desk-view-soon", late: false, conditions: &[("due", "soon")] },
    Shipped { word: "desk-view-undispatched", late: false, conditions: &[("state", "undispatched")] },
    Shipped {
        word: "desk-view-complaints",
        late: false,
        conditions: &[("state", "any"), ("kind", "complaint"), ("since", "week")],
    },
];

impl Shipped {
    pub fn filter(&self) -> Filter {
        self.conditions.iter().fold(Filter::default(), |filter, (name, value)| filter.with(name, value))
    }
}
