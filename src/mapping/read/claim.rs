//! Sets of states and claims: `"paid"`, `["paid", "overpaid"]`, `"unfulfilled..packed"`, `"@name"`.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use toml::de::DeTable;

use super::reader::{NamedSet, Place, Reader, Value};
use crate::diagnostic::Diagnostic;
use crate::facet::{Facet, State};
use crate::mapping::rules;
use crate::state::{FacetSet, StateSet};
use crate::text::{Escaped, Span, nearest};

/// Names may be made of names; a chain longer than this is taken for a circle.
const DEEPEST: usize = 8;

/// A word of a set of states, and how it came to be read.
struct Used {
    /// Where the claim uses it: the finding is about this place.
    span: Span,
    /// Where the word itself stands; nowhere if in another file.
    word: Span,
    /// The name that the claim uses, if the word is part of one.
    through: Option<Box<str>>,
    depth: usize,
}

impl Used {
    const fn here(span: Span) -> Self {
        Self { span, word: span, through: None, depth: DEEPEST }
    }
}

/// The states of a text that names several, as a list without its brackets.
fn several(facet: Facet, text: &str) -> Option<String> {
    if !text.contains(['|', ',', '/', ';', ' ']) {
        return None;
    }
    let is_state = |word: &&str| nearest(word, facet.names().iter().copied()).is_some();
    ["|", ",", "/", ";", " or "].into_iter().find_map(|between| {
        let words: Vec<&str> = text.split(between).map(str::trim).collect();
        let meant = words.len() > 1 && words.iter().all(is_state);
        let known = |word: &&str| nearest(word, facet.names().iter().copied());
        meant.then(|| {
            let states: Vec<_> =
                words.iter().filter_map(known).map(|state| format!("\"{state}\"")).collect();
            states.join(", ")
        })
    })
}

impl Reader<'_> {
    /// Reads `[names]`.
    pub(crate) fn names(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            let before = self.found.len();
            let words = Self::elements(value)
                .iter()
                .filter_map(|word| self.named(key.get_ref(), word))
                .collect();
            let sound = self.found.len() == before;
            let set = NamedSet { words, span: key.span().into(), used: false, sound };
            self.sets.insert(key.get_ref().as_ref().into(), set);
        }
    }

    /// Reads the states of one facet.
    pub(crate) fn states(&mut self, facet: Facet, value: &Value<'_>) -> Option<FacetSet> {
        let mut set = FacetSet::none(facet);
        let mut valid = true;
        let in_list = value.get_ref().is_array();
        for word in Self::elements(value) {
            let Some(text) = word.get_ref().as_str() else {
                let expected = "a state, a range such as \"picked..shipped\", a name such as \"@mine\", or a list of them";
                self.wrong_type(facet.as_str(), expected, word);
                valid = false;
                continue;
            };
            if let Some(list) = several(facet, text) {
                self.one_text(facet, text, &list, in_list, word.span().into());
                valid = false;
                continue;
            }
            match self.state_word(facet, text, &Used::here(word.span().into())) {
                Some(part) => set = FacetSet::from_bits(facet, set.bits() | part.bits()),
                None => valid = false,
            }
        }
        if valid && set.is_empty() {
            let message = format!("`{facet}` names no state");
            self.push(
                Diagnostic::new(&rules::EMPTY_CLAIM, value.span().into(), message)
                    .label("expected at least one")
                    .help("name the states that are possible; \"any\" stands for all of them"),
            );
            return None;
        }
        valid.then_some(set)
    }

    /// Several states stand in one text, where each has a text of its own.
    fn one_text(&mut self, facet: Facet, text: &str, list: &str, in_list: bool, span: Span) {
        let message = format!("`{}` is not a {facet} state but several", Escaped(text));
        let list = if in_list { list.into() } else { format!("[{list}]") };
        self.push(
            Diagnostic::new(&rules::UNKNOWN_STATE, span, message)
                .label("expected a list of texts, each a state")
                .help(format!("write `{list}`"))
                .fix(span, list),
        );
    }

    fn state_word(&mut self, facet: Facet, text: &str, used: &Used) -> Option<FacetSet> {
        if text == "any" {
            return Some(FacetSet::any(facet));
        }
        if let Some(name) = text.strip_prefix('@') {
            return self.named_states(facet, name, used);
        }
        if let Some((first, last)) = text.split_once("..") {
            let first = self.state(facet, first, None, used);
            let last = self.state(facet, last, None, used);
            let (first, last) = (first?, last?);
            if first > last {
                let (first, last) = (first.as_str(), last.as_str());
                let message =
                    format!("the range `{text}` runs backwards: `{last}` comes before `{first}`");
                let turned = format!("{last}..{first}");
                let found = Diagnostic::new(&rules::EMPTY_CLAIM, used.span, message)
                    .help(format!("write `{turned}`"));
                self.push(if used.word == Span::default() {
                    found
                } else {
                    found.fix(used.word, format!("\"{turned}\""))
                });
                return None;
            }
            return Some(
                facet
                    .states()
                    .filter(|state| (first..=last).contains(state))
                    .fold(FacetSet::none(facet), FacetSet::with),
            );
        }
        self.state(facet, text, Some(used.word), used)
            .map(|state| FacetSet::none(facet).with(state))
    }

    /// `whole` is the place of the text, if it stands alone and can be replaced.
    fn state(
        &mut self,
        facet: Facet,
        text: &str,
        whole: Option<Span>,
        used: &Used,
    ) -> Option<State> {
        let state = State::parse(facet, text);
        if state.is_err() {
            let text_shown = Escaped(text);
            let message = match &used.through {
                None => format!("`{text_shown}` is not a {facet} state"),
                Some(name) => {
                    let name = Escaped(name);
                    format!("`@{name}` holds `{text_shown}`, which is not a {facet} state")
                }
            };
            let mut found = Diagnostic::new(&rules::UNKNOWN_STATE, used.span, message);
            if used.through.is_some() && used.word != Span::default() {
                found = found.also(used.word, "it stands here");
            }
            let expected = facet.names().join(", ");
            let of_another =
                Facet::ALL.into_iter().find(|facet| State::parse(*facet, text).is_ok());
            let near = nearest(text, facet.names().iter().copied());
            found = match (of_another, near) {
                (Some(facet), _) => found
                    .label(format!("expected one of {expected}"))
                    .help(format!("`{text}` is a state of `{facet}`")),
                (None, Some(near)) => {
                    let found = found
                        .label(format!("expected one of {expected}"))
                        .help(format!("did you mean `{near}`?"));
                    match whole.filter(|whole| *whole != Span::default()) {
                        Some(whole) => found.fix(whole, format!("\"{near}\"")),
                        None => found,
                    }
                }
                (None, None) => found.help(format!("write one of {expected}")),
            };
            self.push(found);
        }
        state.ok()
    }

    fn named_states(&mut self, facet: Facet, name: &str, used: &Used) -> Option<FacetSet> {
        let Some(depth) = used.depth.checked_sub(1) else {
            let message = format!("`@{}` leads back to itself", Escaped(name));
            self.push(
                Diagnostic::new(&rules::UNKNOWN_NAME, used.span, message)
                    .help("a name may be made of other names, but not of itself"),
            );
            return None;
        };
        if self.base_is_missing && !self.sets.contains_key(name) {
            return None;
        }
        let Some(set) = self.sets.get_mut(name) else {
            let message = format!("no set of states has the name `{}`", Escaped(name));
            let mut found = Diagnostic::new(&rules::UNKNOWN_NAME, used.span, message);
            if used.through.is_some() && used.word != Span::default() {
                found = found.also(used.word, "it stands here");
            }
            let found = match nearest(name, self.sets.keys().map(|name| &**name)) {
                Some(near) => {
                    let found = found.help(format!("did you mean `@{near}`?"));
                    if used.word == Span::default() {
                        found
                    } else {
                        found.fix(used.word, format!("\"@{near}\""))
                    }
                }
                None => {
                    let known: Vec<_> = self.sets.keys().map(|name| format!("`@{name}`")).collect();
                    let known = if known.is_empty() {
                        String::new()
                    } else {
                        format!("; names that the file has: {}", known.join(", "))
                    };
                    let of = facet.names().join(", ");
                    let name = Escaped(name);
                    found.help(format!(
                        "define it under [names], `{name} = [...]` with some of {of}{known}"
                    ))
                }
            };
            self.push(found);
            return None;
        };
        set.used = true;
        if !set.sound {
            return None;
        }
        let words = set.words.clone();
        words.iter().try_fold(FacetSet::none(facet), |set, word| {
            let through = Some(used.through.clone().unwrap_or_else(|| name.into()));
            let used = Used { span: used.span, word: word.span, through, depth };
            let part = self.state_word(facet, &word.name, &used)?;
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
                self.unknown_facet(key.get_ref(), key.span().into(), Place::Key);
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
