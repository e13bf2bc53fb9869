//! Paths into a payload, as keys give them.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::reader::{Place, Reader, Value, written};
use crate::diagnostic::Diagnostic;
use crate::mapping::rules;
use crate::record::Path;
use crate::text::{Escaped, Span};

impl Reader<'_> {
    pub(crate) fn paths(&mut self, what: &str, value: &Value<'_>) -> Vec<Path> {
        Self::elements(value)
            .iter()
            .filter_map(|path| {
                let text = self.text(what, path)?;
                self.path(text, path.span().into())
            })
            .collect()
    }

    pub(crate) fn path(&mut self, text: &str, span: Span) -> Option<Path> {
        if let Some((reason, meant)) = other_notation(text) {
            let found = Diagnostic::new(
                &rules::INVALID_PATH,
                span,
                format!("`{}` is not a path as this format writes it: {reason}", Escaped(text)),
            )
            .label("expected `outer.inner`")
            .help("write it from the record on, with dots; a key that contains such a sign stands in quotes, as in '\"a/b\".c'");
            self.push(match written(&meant, Place::Value) {
                Some(fix) => found.fix(span, fix),
                None => found,
            });
            return None;
        }
        Path::parse(text)
            .map_err(|invalid| {
                self.push(
                    Diagnostic::new(&rules::INVALID_PATH, span, invalid.to_string())
                        .label("expected a path into the payload")
                        .help("write it as `key`, `outer.inner`, `list[].key`, `list[0].key` or `list[key=text].key`"),
                );
            })
            .ok()
    }

    /// Where one value is read, a path must not lead to each element of a list.
    pub(crate) fn one_value(&mut self, paths: Option<&Value<'_>>) {
        for path in paths.into_iter().flat_map(Self::elements) {
            let Some(text) = path.get_ref().as_str() else { continue };
            let Ok(parsed) = Path::parse(text) else { continue };
            if !parsed.leads_to_each() {
                continue;
            }
            let message =
                format!("`{}` leads to a list of values, and one is read here", Escaped(text));
            let (one, chosen) = (text.replace("[]", "[0]"), text.replace("[]", "[key=text]"));
            self.push(
                Diagnostic::new(&rules::INVALID_PATH, path.span().into(), message)
                    .label("expected a path to one value")
                    .help(format!("write `{}` for the first element or `{}` for a certain one, or read the elements as records of their own, with `within`", Escaped(&one), Escaped(&chosen))),
            );
        }
    }
}

/// Is a text a path of another notation? What it is, and how it is written here.
fn other_notation(text: &str) -> Option<(&'static str, String)> {
    let plain = |text: &str| !text.contains(['"', '[']);
    if let Some(rest) = text.strip_prefix("$.") {
        return Some(("the record itself needs no `$`", rest.into()));
    }
    let steps = text.trim_start_matches('/');
    (plain(text) && text.contains('/') && !steps.is_empty())
        .then(|| ("keys are separated by dots", steps.replace('/', ".")))
}
