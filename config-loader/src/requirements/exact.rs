//! Exact values: they replace what is configured, belong to no layer, and refuse writes.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::{Requirements, UNKNOWN_SOURCE};
use crate::config::DEFAULT_CHATGPT_BASE_URL;
use crate::warnings::ConfigWarning;

/// Keys that are pinned as they are, with the default that counts as configured.
const WHOLE: [(&str, Option<&str>); 8] = [
    ("model_provider", None),
    ("cli_auth_credentials_store", Some("file")),
    ("chatgpt_base_url", Some(DEFAULT_CHATGPT_BASE_URL)),
    ("sqlite_home", None),
    ("log_dir", None),
    ("model_catalog_json", None),
    ("check_for_update_on_startup", None),
    ("allow_login_shell", None),
];

/// Maps whose entries are pinned one by one: their keys, and how deep the entries lie.
const MAPS: [(&[&str], usize); 3] =
    [(&["model_providers"], 1), (&["otel", "span_attributes"], 1), (&["otel", "tracestate"], 2)];

/// Tables whose keys are pinned one by one.
const TABLES: [&str; 2] = ["feedback", "otel"];

/// One exact value.
pub(super) struct Pin {
    /// Its path.
    keys: Vec<String>,
    /// The part of the path that clients are told.
    label: String,
    value: Value,
    source: String,
    /// What counts as configured when nothing is.
    default: Option<&'static str>,
}

/// Who demands a value that cannot be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PinnedBy {
    /// The dotted key as clients are told.
    pub key: String,
    /// The file, or another name of the source.
    pub source: String,
}

/// The exact values of composed requirements.
pub(super) fn pins_of(composed: &Table, sources: &BTreeMap<String, String>) -> Vec<Pin> {
    let mut pins = Vec::new();
    let mut pin = |keys: Vec<String>, label: String, value: &Value, default| {
        let source = keys.first().and_then(|key| sources.get(key));
        let source = source.map_or(UNKNOWN_SOURCE, String::as_str).to_owned();
        pins.push(Pin { keys, label, value: value.clone(), source, default });
    };
    for (key, default) in WHOLE {
        if let Some(value) = composed.get(key) {
            pin(vec![key.to_owned()], key.to_owned(), value, default);
        }
    }
    for name in TABLES {
        let entries = composed.get(name).and_then(Value::as_table).into_iter().flatten();
        for (key, value) in entries {
            if !MAPS.iter().any(|(keys, _)| *keys == [name, key]) {
                pin(vec![name.to_owned(), key.clone()], format!("{name}.{key}"), value, None);
            }
        }
    }
    for (keys, depth) in MAPS {
        let path: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
        let first = composed.get(keys[0]);
        let value = first.and_then(|value| keys[1..].iter().try_fold(value, |value, key| value.get(*key)));
        if let Some(value) = value {
            entries(value, depth, path, &mut |path, value| pin(path, keys.join("."), value, None));
        }
    }
    pins
}

/// Visits the entries of a map that lie `depth` levels below it.
fn entries(value: &Value, depth: usize, path: Vec<String>, visit: &mut impl FnMut(Vec<String>, &Value)) {
    if depth == 0 {
        return visit(path, value);
    }
    for (key, value) in value.as_table().into_iter().flatten() {
        let path = path.iter().cloned().chain([key.clone()]).collect();
        entries(value, depth - 1, path, visit);
    }
}

impl Pin {
    fn configured<'a>(&self, config: &'a Table) -> Option<&'a Value> {
        let (first, rest) = self.keys.split_first()?;
        rest.iter().try_fold(config.get(first)?, |value, key| value.get(key))
    }

    /// What the table that the pin belongs to is called.
    fn group(&self) -> &str {
        match self.keys.first() {
            Some(first) if TABLES.contains(&first.as_str()) => first,
            _ => &self.label,
        }
    }
}

impl Requirements {
    /// Who demands the value at a path, a value below it or the table around it; none when it may be written.
    pub fn pinned(&self, keys: &[String]) -> Option<PinnedBy> {
        let overlaps = |pin: &&Pin| pin.keys.iter().zip(keys).all(|(pinned, key)| pinned == key);
        let pin = self.pins.iter().find(overlaps)?;
        Some(PinnedBy { key: pin.label.clone(), source: pin.source.clone() })
    }

    /// Puts the exact values over a configuration.
    pub(crate) fn pin(&self, config: &mut Table) {
        for pin in &self.pins {
            let Some((last, tables)) = pin.keys.split_last() else {
                continue;
            };
            let target = tables.iter().try_fold(&mut *config, |table, key| {
                let entry = table.entry(key.clone()).or_insert_with(|| Value::Table(Table::new()));
                if !entry.is_table() {
                    *entry = Value::Table(Table::new());
                }
                entry.as_table_mut()
            });
            if let Some(target) = target {
                target.insert(last.clone(), pin.value.clone());
            }
        }
    }

    /// Whether the leaf at a dotted path is part of an exact value, and so of no layer.
    pub(crate) fn is_pinned_leaf(&self, path: &str) -> bool {
        self.pins.iter().any(|pin| {
            let pinned = pin.keys.join(".");
            path.strip_prefix(&pinned).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }

    /// A warning for each exact value that replaces another one; one for all of a table.
    pub(crate) fn pin_warnings(&self, configured: &Table) -> Vec<ConfigWarning> {
        let mut warned: Vec<&str> = Vec::new();
        let mut warnings = Vec::new();
        for pin in &self.pins {
            let replaced = match (pin.configured(configured), pin.default) {
                (Some(configured), _) => *configured != pin.value,
                (None, Some(default)) => pin.value.as_str() != Some(default),
                (None, None) => false,
            };
            let group = pin.group();
            if !replaced || warned.contains(&group) {
                continue;
            }
            warned.push(group);
            let used = if pin.value.is_table() || pin.keys.len() > 1 {
                "the demanded values are".to_owned()
            } else {
                format!("the demanded value {} is", pin.value)
            };
            warnings.push(ConfigWarning::new(format!(
                "`{group}` is demanded by {}: {used} used instead of the configured ones.",
                pin.source
            )));
        }
        warnings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn requirements(text: &str) -> Requirements {
        let composed: Table = toml::from_str(text).unwrap();
        Requirements { pins: pins_of(&composed, &BTreeMap::new()), ..Requirements::default() }
    }

    fn pinned(requirements: &Requirements, key: &str) -> Option<String> {
        let keys: Vec<String> = key.split('.').map(str::to_owned).collect();
        requirements.pinned(&keys).map(|pinned| pinned.key)
    }

    #[test]
    fn a_path_is_pinned_with_what_is_below_and_around_it() {
        let requirements = requirements(
            "log_dir = '/l'\nfeedback = {enabled = false}\nmodel_providers = {m = {name = 'M'}}\n\
             otel = {environment = 'e', span_attributes = {a = 'b'}, tracestate = {v = {k = 'w'}}}",
        );
        for (key, expected) in [
            ("log_dir", Some("log_dir")),
            ("log_dir.x", Some("log_dir")),
            ("feedback", Some("feedback.enabled")),
            ("feedback.enabled", Some("feedback.enabled")),
            ("feedback.other", None),
            ("model_providers", Some("model_providers")),
            ("model_providers.m.name", Some("model_providers")),
            ("model_providers.n", None),
            ("otel.environment", Some("otel.environment")),
            ("otel.exporter", None),
            ("otel.span_attributes.a", Some("otel.span_attributes")),
            ("otel.span_attributes.c", None),
            ("otel.tracestate.v.k", Some("otel.tracestate")),
            ("otel.tracestate.v.l", None),
            ("model", None),
        ] {
            assert_eq!(pinned(&requirements, key).as_deref(), expected, "{key}");
        }
    }

    #[test]
    fn exact_values_replace_and_leave_the_rest() {
        let requirements = requirements(
            "feedback = {enabled = false}\nmodel_providers = {m = {name = 'M'}}\notel = {span_attributes = {a = 'b'}}",
        );
        let mut config: Table = toml::from_str(
            "feedback = 3\nmodel_providers = {m = {name = 'U', env_key = 'K'}, n = {name = 'N'}}\n\
             otel = {span_attributes = {c = 'd'}}",
        )
        .unwrap();
        requirements.pin(&mut config);
        let expected = "feedback = {enabled = false}\nmodel_providers = {m = {name = 'M'}, n = {name = 'N'}}\n\
             otel = {span_attributes = {a = 'b', c = 'd'}}";
        assert_eq!(config, toml::from_str(expected).unwrap());
        assert!(requirements.is_pinned_leaf("model_providers.m.env_key"));
        assert!(!requirements.is_pinned_leaf("model_providers.mm.env_key"));
        assert!(!requirements.is_pinned_leaf("otel.span_attributes.c"));
    }
}
