//! What belongs together.

use alloc::vec::Vec;

/// Disjoint sets of things, by their places in a list.
pub(crate) struct Groups {
    parents: Vec<usize>,
}

impl Groups {
    /// Each of so many things by itself.
    pub(crate) fn new(len: usize) -> Self {
        Self { parents: (0..len).collect() }
    }

    /// The first place of the set to which a thing belongs.
    pub(crate) fn root(&mut self, mut at: usize) -> usize {
        while let Some(parent) = self.parents.get(at).copied().filter(|parent| *parent != at) {
            let grandparent = self.parents.get(parent).copied().unwrap_or(parent);
            if let Some(entry) = self.parents.get_mut(at) {
                *entry = grandparent;
            }
            at = grandparent;
        }
        at
    }

    /// Two things belong together, and so does what belongs with each.
    pub(crate) fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(parent) = self.parents.get_mut(a.max(b)) {
            *parent = a.min(b);
        }
    }
}
