//! From TOML to patterns.

use alloc::format;
use alloc::vec::Vec;

use toml::de::DeTable;

use super::{Pattern, Relation, Severity, Side, Subject};
use crate::diagnostic::{Diagnostic, Report, Source};
use crate::facet::{Facet, Kind};
use crate::machine::Direction;
use crate::mapping::read::reader::{Reader, Value};
use crate::mapping::read::syntax::Text;
use crate::mapping::read::{LARGEST_FILE, too_large};
use crate::mapping::{Level, Role, rules};
use crate::state::StateSet;
use crate::text::Span;

const KEYS: &[&str] = &[
    "name",
    "severity",
    "summary",
    "impact",
    "first-step",
    "one",
    "other",
    "finds",
    "relation",
    "facets",
    "direction",
];

/// Reads the list; all mistakes in one pass.
pub(super) fn read(source: Source<'_>) -> Result<Vec<Pattern>, Report> {
    if source.text.len() > LARGEST_FILE {
        return Err(Report::new(source, Vec::from([too_large(source)])));
    }
    let first = DeTable::parse_recoverable(source.text);
    let text = Text::new(source.text, &first.1);
    let (tree, errors) = text.copy().map_or(first, DeTable::parse_recoverable);
    let mut reader = Reader::new(text.as_str(), 0);
    reader.found = text.mistakes(&errors);
    let tree = tree.get_ref();
    let mut patterns: Vec<(Pattern, Span)> = Vec::new();
    for (key, value) in tree {
        match key.get_ref().as_ref() {
            "schema" => {
                reader.supports(value);
            }
            "names" => {
                if let Some(table) = reader.table("names", value) {
                    reader.names(table);
                }
            }
            "pattern" => {
                patterns = reader
                    .list("pattern", value)
                    .iter()
                    .filter_map(|value| reader.pattern(value))
                    .collect();
            }
            _ => reader.unknown_key(key, "a file of patterns", &["schema", "names", "pattern"]),
        }
    }
    if !tree.contains_key("schema") {
        reader.missing(Span::default(), "the file", "schema");
    }
    whole_list(&mut reader, &patterns);
    let found = text.told(reader.found);
    if found.is_empty() {
        Ok(patterns.into_iter().map(|(pattern, _)| pattern).collect())
    } else {
        Err(Report::new(source, found))
    }
}

/// Names once, nothing hidden, nothing left without a name.
fn whole_list(reader: &mut Reader<'_>, patterns: &[(Pattern, Span)]) {
    for (at, (pattern, span)) in patterns.iter().enumerate() {
        for (earlier, first) in patterns.iter().take(at) {
            if earlier.name == pattern.name {
                let message = format!("a second pattern has the name `{}`", pattern.name);
                reader.push(
                    Diagnostic::new(&rules::DUPLICATE_NAME, *span, message)
                        .also(*first, "first here")
                        .help("give each a name of its own"),
                );
            } else if pattern.is_hidden_by(earlier) {
                let message = format!(
                    "`{}` never names anything: `{}` takes every pair that it fits",
                    pattern.name, earlier.name
                );
                reader.push(
                    Diagnostic::new(&rules::HIDDEN_PATTERN, *span, message)
                        .also(*first, "this one is earlier")
                        .help("move it up, or narrow the earlier one"),
                );
            }
        }
    }
    for facet in Facet::STATE {
        let last = patterns.iter().any(|(pattern, _)| {
            let every_relation =
                [Relation::Contradiction, Relation::Deviation].iter().all(|relation| {
                    pattern.relations.is_empty()
                        || pattern.relations.contains(relation)
                        || (facet.kind() == Kind::Local && *relation == Relation::Contradiction)
                });
            pattern.direction.is_none()
                && every_relation
                && (pattern.facets.is_empty() || pattern.facets.contains(&facet))
                && pattern.is_last_resort()
        });
        if !last {
            let message =
                format!("no pattern takes a disagreement in `{facet}` that no other names");
            reader.push(
                Diagnostic::new(&rules::MISSING_KEY, Span::default(), message)
                    .help(format!("end the list with `unnamed-{facet}`")),
            );
        }
    }
}

impl Reader<'_> {
    fn pattern(&mut self, value: &Value<'_>) -> Option<(Pattern, Span)> {
        let table = self.table("pattern", value)?;
        let span: Span = value.span().into();
        let (mut name, mut severity, mut summary, mut impact, mut first_step) =
            (None, None, None, None, None);
        let (mut one, mut other, mut finds) = (None, None, None);
        let (mut relations, mut facets, mut direction) = (Vec::new(), Vec::new(), None);
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "name" => name = self.sentence("name", value),
                "severity" => severity = self.severity(value),
                "summary" => summary = self.sentence("summary", value),
                "impact" => impact = self.sentence("impact", value),
                "first-step" => first_step = self.sentence("first-step", value),
                "one" => one = self.side("one", value),
                "other" => other = self.side("other", value),
                "finds" => {
                    finds = self.word(
                        "finds",
                        value,
                        finds_word,
                        &["self-contradiction", "duplicate-record"],
                    );
                }
                "relation" => {
                    relations = self.words("relation", value, Relation::parse, Relation::NAMES);
                }
                "facets" => facets = self.facets("facets", value),
                "direction" => {
                    direction = self.word(
                        "direction",
                        value,
                        direction_word,
                        &["behind", "ahead", "beside"],
                    );
                }
                _ => self.unknown_key(key, "a pattern", KEYS),
            }
        }
        for key in ["name", "severity", "summary", "impact", "first-step"] {
            if !table.contains_key(key) {
                self.missing(span, "the pattern", key);
            }
        }
        let subject = match (finds, one, other) {
            (Some(subject), None, None) => subject,
            (None, Some(one), Some(other)) => Subject::Pair { one, other },
            _ => {
                if !table.contains_key("one")
                    || !table.contains_key("other")
                    || table.contains_key("finds")
                {
                    let message = "a pattern has two sides, or says what it finds in one";
                    self.push(
                        Diagnostic::new(&rules::WRONG_VALUE, span, message)
                            .help("write `one = {...}` and `other = {...}`, or `finds = ...`"),
                    );
                }
                return None;
            }
        };
        Some((
            Pattern {
                name: name?,
                severity: severity?,
                summary: summary?,
                impact: impact?,
                first_step: first_step?,
                subject,
                relations,
                facets,
                direction,
            },
            span,
        ))
    }

    fn severity(&mut self, value: &Value<'_>) -> Option<Severity> {
        let parse =
            |word: &str| Severity::ALL.iter().copied().find(|severity| severity.as_str() == word);
        self.word("severity", value, parse, &["critical", "high", "medium", "low"])
    }

    fn words<T>(
        &mut self,
        what: &str,
        value: &Value<'_>,
        parse: impl Fn(&str) -> Option<T>,
        known: &[&str],
    ) -> Vec<T> {
        Self::elements(value)
            .iter()
            .filter_map(|word| self.word(what, word, &parse, known))
            .collect()
    }

    fn side(&mut self, what: &str, value: &Value<'_>) -> Option<Side> {
        let table = self.table(what, value)?;
        let mut side = Side {
            roles: Vec::new(),
            claim: StateSet::ANY,
            unless: None,
            own: false,
            absent: None,
            everywhere: false,
            refers: false,
        };
        let mut valid = true;
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "roles" => side.roles = self.words("role", value, Role::parse, Role::NAMES),
                "absent" => side.absent = self.word("absent", value, Level::parse, Level::NAMES),
                "everywhere" => {
                    side.everywhere = self.flag("everywhere", value).unwrap_or_default();
                }
                "own" => side.own = self.flag("own", value).unwrap_or_default(),
                "unless" => match self.claim("unless", value) {
                    Some((states, _)) => side.unless = Some(states),
                    None => valid = false,
                },
                "refers" => side.refers = self.flag("refers", value).unwrap_or_default(),
                word => match word.parse::<Facet>() {
                    Ok(facet) => match self.states(facet, value) {
                        Some(set) => side.claim = side.claim.with_set(set),
                        None => valid = false,
                    },
                    Err(_) => {
                        let known: Vec<&str> =
                            ["roles", "absent", "everywhere", "own", "refers", "unless"]
                                .into_iter()
                                .chain(Facet::ALL.map(Facet::as_str))
                                .collect();
                        self.unknown_key(key, "a side", &known);
                        valid = false;
                    }
                },
            }
        }
        valid.then_some(side)
    }
}

fn finds_word(word: &str) -> Option<Subject> {
    match word {
        "self-contradiction" => Some(Subject::SelfContradiction),
        "duplicate-record" => Some(Subject::Duplicate),
        _ => None,
    }
}

fn direction_word(word: &str) -> Option<Direction> {
    Direction::ALL.iter().copied().find(|direction| direction.as_str() == word)
}
