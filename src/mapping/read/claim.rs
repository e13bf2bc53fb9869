//! Sets of states and claims: `"paid"`, `["paid", "overpaid"]`, `"unfulfilled..packed"`, `"@name"`.

use alloc::format;
use alloc::vec::Vec;

use toml::de::DeTable;

use super::reader::{NamedSet, Reader, Value};
use crate::diagnostic::Diagnostic;
use crate::facet::{Facet, State};
use crate::mapping::rules;
use crate::state::{FacetSet, StateSet};
use crate::text::{Span, nearest};

/// Names may be made of names; a chain longer than this is taken for a circle.
const DEEPEST: usize = 8;

impl Reader<'_> {
    /// Reads `[names]`.
    pub(crate) fn names(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            let words = Self::elements(value)
                .iter()
                .filter_map(|word| self.text("a name's state", word))
                .map(Into::into)
                .collect();
            let set = NamedSet { words, span: key.span().into(), used: false };
            self.sets.insert(key.get_ref().as_ref().into(), set);
        }
    }

    /// Reads the states of one facet.
    pub(crate) fn states(&mut self, facet: Facet, value: &Value<'_>) -> Option<FacetSet> {
        let mut set = FacetSet::none(facet);
        let mut valid = true;
        for word in Self::elements(value) {
            let Some(text) = word.get_ref().as_str() else {
                let expected = "a state, a range, a name or a list of them";
                self.wrong_type(facet.as_str(), expected, word);
                valid = false;
                continue;
            };
            match self.state_word(facet, text, word.span().into(), DEEPEST) {
                Some(part) => set = FacetSet::from_bits(facet, set.bits() | part.bits()),
                None => valid = false,
            }
        }
        if valid && set.is_empty() {
            self.object(
                &rules::EMPTY_CLAIM,
                value.span().into(),
                format!("no {facet} state is named"),
            );
            return None;
        }
        valid.then_some(set)
    }

    fn state_word(
        &mut self,
        facet: Facet,
        text: &str,
        span: Span,
        depth: usize,
    ) -> Option<FacetSet> {
        if text == "any" {
            return Some(FacetSet::any(facet));
        }
        if let Some(name) = text.strip_prefix('@') {
            return self.named_states(facet, name, span, depth);
        }
        if let Some((first, last)) = text.split_once("..") {
            let first = self.state(facet, first, span);
            let last = self.state(facet, last, span);
            let (first, last) = (first?, last?);
            if first >= last {
                self.object(
                    &rules::EMPTY_CLAIM,
                    span,
                    format!(
                        "the range `{text}` runs backwards: {} comes before {}",
                        last.as_str(),
                        first.as_str()
                    ),
                );
                return None;
            }
            return Some(
                facet
                    .states()
                    .filter(|state| (first..=last).contains(state))
                    .fold(FacetSet::none(facet), FacetSet::with),
            );
        }
        self.state(facet, text, span).map(|state| FacetSet::none(facet).with(state))
    }

    fn state(&mut self, facet: Facet, text: &str, span: Span) -> Option<State> {
        let state = State::parse(facet, text);
        if state.is_err() {
            self.unknown_word(
                &rules::UNKNOWN_STATE,
                &format!("{facet} state"),
                text,
                span,
                facet.names(),
            );
        }
        state.ok()
    }

    fn named_states(
        &mut self,
        facet: Facet,
        name: &str,
        span: Span,
        depth: usize,
    ) -> Option<FacetSet> {
        let Some(depth) = depth.checked_sub(1) else {
            self.object(&rules::UNKNOWN_NAME, span, format!("`@{name}` leads back to itself"));
            return None;
        };
        let Some(set) = self.sets.get_mut(name) else {
            let near = nearest(name, self.sets.keys().map(|name| &**name))
                .map(|near| format!("did you mean `@{near}`?"));
            let help = near.unwrap_or_else(|| format!("define it: [names] {name} = [...]"));
            self.push(
                Diagnostic::new(
                    &rules::UNKNOWN_NAME,
                    span,
                    format!("no set of states has the name `{name}`"),
                )
                .help(help),
            );
            return None;
        };
        set.used = true;
        let words = set.words.clone();
        words.iter().try_fold(FacetSet::none(facet), |set, word| {
            let part = self.state_word(facet, word, span, depth)?;
            Some(FacetSet::from_bits(facet, set.bits() | part.bits()))
        })
    }

    /// Reads a table of facets and their states; facets that are not named are *any*.
    pub(crate) fn claim(
        &mut self,
        what: &str,
        value: &Value<'_>,
    ) -> Option<(StateSet, Vec<Facet>)> {
        let table = self.table(what, value)?;
        let mut claim = StateSet::ANY;
        let mut stated = Vec::new();
        let mut valid = true;
        for (key, value) in table {
            let Ok(facet) = key.get_ref().parse::<Facet>() else {
                self.unknown_word(
                    &rules::UNKNOWN_FACET,
                    "facet",
                    key.get_ref(),
                    key.span().into(),
                    &Facet::ALL.map(Facet::as_str),
                );
                valid = false;
                continue;
            };
            stated.push(facet);
            match self.states(facet, value) {
                Some(set) => claim = claim.with_set(set),
                None => valid = false,
            }
        }
        valid.then_some((claim, stated))
    }
}
