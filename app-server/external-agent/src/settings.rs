//! The settings files of the other agent: one that is shared, and one of this machine over it.

use std::path::Path;

use serde_json::{Map, Value};

use crate::error::ImportError;
use crate::scope::Scope;

/// Settings files of a folder; later ones win.
const FILES: [&str; 2] = ["settings.json", "settings.local.json"];

/// The settings of a place, file by file.
pub(crate) fn files(scope: &Scope) -> Result<Vec<Map<String, Value>>, ImportError> {
    FILES.iter().filter_map(|name| object(scope, &scope.source.join(name)).transpose()).collect()
}

/// The settings of a place; none when it has no such file. Objects are merged, everything else is replaced.
pub(crate) fn merged(scope: &Scope) -> Result<Option<Map<String, Value>>, ImportError> {
    Ok(files(scope)?.into_iter().reduce(|mut under, over| {
        merge(&mut under, over);
        under
    }))
}

fn merge(under: &mut Map<String, Value>, over: Map<String, Value>) {
    for (key, value) in over {
        match (under.get_mut(&key), value) {
            (Some(Value::Object(under)), Value::Object(over)) => merge(under, over),
            (_, value) => {
                under.insert(key, value);
            }
        }
    }
}

/// A file that holds a JSON object; none when there is no such file.
fn object(scope: &Scope, path: &Path) -> Result<Option<Map<String, Value>>, ImportError> {
    match json(scope, path)? {
        None => Ok(None),
        Some(Value::Object(object)) => Ok(Some(object)),
        Some(_) => Err(ImportError::malformed(path, "the file must hold a JSON object")),
    }
}

/// A file that holds JSON; none when there is no such file.
pub(crate) fn json(scope: &Scope, path: &Path) -> Result<Option<Value>, ImportError> {
    let Some(text) = scope.read_settings(path)? else { return Ok(None) };
    let json = serde_json::from_str(text.strip_prefix('\u{feff}').unwrap_or(&text));
    json.map(Some).map_err(|error| ImportError::malformed(path, error))
}

/// A value as the text that a configuration has for it: a text itself, anything else as JSON.
pub(crate) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn objects_are_merged_and_lists_replaced() {
        let mut under =
            json!({"env": {"a": "1", "b": "1"}, "list": [1, 2], "x": {"y": 1}}).as_object().unwrap().clone();
        let over = json!({"env": {"b": "2", "c": "2"}, "list": [3], "x": 5}).as_object().unwrap().clone();
        merge(&mut under, over);
        assert_eq!(Value::Object(under), json!({"env": {"a": "1", "b": "2", "c": "2"}, "list": [3], "x": 5}));
    }
}
