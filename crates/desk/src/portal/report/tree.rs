//! The tree of categories as the form walks it: branches as tiles, leaves as chips.

use kernel::{categories::Category, orders::Kind};

/// How many tiles stand in front, with the one for more beside them.
const MOST_TILES: usize = 7;

/// The tree, seen for one kind of report.
pub(super) struct Tree<'a> {
    all: &'a [Category],
    kind: Kind,
}

impl<'a> Tree<'a> {
    pub fn new(all: &'a [Category], kind: Kind) -> Self {
        Self { all, kind }
    }

    pub fn get(&self, code: &str) -> Option<&'a Category> {
        self.all.iter().find(|category| category.code == code)
    }

    /// The leaves that a report of this kind may have, in the order of the tree.
    pub fn leaves(&self) -> Vec<&'a Category> {
        self.all.iter().filter(|category| self.fits(category)).collect()
    }

    fn fits(&self, category: &Category) -> bool {
        category.leaf && category.kinds.contains(&self.kind)
    }

    /// The leaves below one branch. A branch within it is a tile of its own.
    pub fn below(&self, branch: &str) -> Vec<&'a Category> {
        let under = |category: &&Category| self.fits(category) && category.parent.as_deref() == Some(branch);
        self.all.iter().filter(under).collect()
    }

    /// Branches with something to report, those in front first.
    pub fn branches(&self) -> Vec<&'a Category> {
        let mut branches: Vec<&Category> =
            self.all.iter().filter(|category| !category.leaf && !self.below(&category.code).is_empty()).collect();
        branches.sort_by_key(|branch| branch.front.unwrap_or(i64::MAX));
        branches
    }

    /// What fits on the first page; the remainder is one tap away.
    pub fn front(&self) -> Vec<&'a Category> {
        let mut front = self.branches();
        front.truncate(MOST_TILES);
        // Who finds nothing that fits ends here, so it stands last.
        front.sort_by_key(|branch| branch.code == "other");
        front
    }

    /// The leaf that `asked` means: itself, or the first one of a branch, so that one tap is enough.
    pub fn leaf(&self, asked: &str) -> Option<&'a Category> {
        let found = self.get(asked)?;
        if found.leaf { Some(found).filter(|leaf| self.fits(leaf)) } else { self.below(asked).into_iter().next() }
    }

    /// Where somebody who does not know writes it down.
    pub fn other(&self) -> Option<&'a Category> {
        let code = format!("other.{}", self.kind.as_str());
        self.leaf(&code).or_else(|| self.leaves().into_iter().next())
    }

    /// The leaf of an outage: the one that is about having nothing at all, where the branch has one.
    pub fn outage_leaf(&self, codes: &[String]) -> Option<&'a Category> {
        let within = |leaf: &&Category| {
            codes.iter().any(|code| leaf.code == *code || leaf.code.starts_with(&format!("{code}.")))
        };
        let fitting: Vec<&Category> = self.leaves().into_iter().filter(within).collect();
        let nothing = |leaf: &&&Category| [".outage", ".out", ".stopped"].iter().any(|end| leaf.code.ends_with(end));
        fitting.iter().find(nothing).or(fitting.first()).copied().or_else(|| self.other())
    }
}
