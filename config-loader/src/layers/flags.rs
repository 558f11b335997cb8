//! The layer of the command line and of a request's `config` object.
//!
//! Every override is a dotted path and a value; a later one replaces the whole value at its path.

use codex_utils_json_to_toml::json_to_toml;
use toml::{Table, Value};

use crate::error::ConfigError;

/// Segments a key may have; deeper nesting could exhaust the stack of whatever walks the table.
const MAX_SEGMENTS: usize = 64;

/// Builds the layer; none when there is no override at all.
pub(crate) fn flags_layer(
    command_line: &[(String, Value)],
    request: &serde_json::Map<String, serde_json::Value>,
) -> Result<Option<Table>, ConfigError> {
    if command_line.is_empty() && request.is_empty() {
        return Ok(None);
    }
    let mut layer = Table::new();
    for (path, value) in command_line {
        set(&mut layer, path, value.clone())?;
    }
    for (path, value) in request {
        set(&mut layer, path, json_to_toml(value.clone()))?;
    }
    Ok(Some(layer))
}

/// Sets the value at a dotted path. Every dot separates, quotes are ordinary characters, and an empty segment is an
/// empty key. Missing tables are made; what is no table gives way to one.
fn set(layer: &mut Table, path: &str, value: Value) -> Result<(), ConfigError> {
    let segments = path.split('.').count();
    if segments > MAX_SEGMENTS {
        return Err(ConfigError::KeyTooDeep { limit: MAX_SEGMENTS, start: path.chars().take(40).collect() });
    }
    let mut table = layer;
    let mut keys = path.split('.').peekable();
    while let Some(key) = keys.next() {
        if keys.peek().is_none() {
            table.insert(key.to_owned(), value);
            return Ok(());
        }
        let entry = table.entry(key).or_insert_with(|| Value::Table(Table::new()));
        if !entry.is_table() {
            *entry = Value::Table(Table::new());
        }
        let Value::Table(inner) = entry else {
            return Ok(());
        };
        table = inner;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn layer(command_line: &[(&str, &str)], request: serde_json::Value) -> Table {
        let command_line: Vec<_> = command_line
            .iter()
            .map(|(path, value)| {
                let table: Table = toml::from_str(&format!("v = {value}")).unwrap();
                ((*path).to_owned(), table["v"].clone())
            })
            .collect();
        flags_layer(&command_line, request.as_object().unwrap()).unwrap().unwrap_or_default()
    }

    fn table(text: &str) -> Table {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn no_overrides_are_no_layer() {
        assert_eq!(flags_layer(&[], &serde_json::Map::new()), Ok(None));
    }

    #[test]
    fn later_values_replace_earlier_ones() {
        assert_eq!(layer(&[("d", "{a = true, b = false}"), ("d.b", "3")], json!({})), table("d = {a = true, b = 3}"));
        assert_eq!(
            layer(&[("d.a", "1"), ("d", "{b = 2}"), ("x", "1"), ("x.y", "2")], json!({})),
            table("d = {b = 2}\nx = {y = 2}")
        );
        assert_eq!(
            layer(&[("model", "'cli'")], json!({"model": "request", "a.b": {"c": null}})),
            table("model = 'request'\na = {b = {c = ''}}")
        );
    }

    #[test]
    fn quotes_and_empty_segments_are_ordinary() {
        let expected = r#"d = {'"a' = {'b"' = 1}, '' = {x = 2}}"#;
        assert_eq!(layer(&[("d.\"a.b\"", "1"), ("d..x", "2")], json!({})), table(expected));
    }

    #[test]
    fn a_bottomless_key_is_refused() {
        let path = "a.".repeat(100_000);
        let request = json!({ path: 1 });
        let error = flags_layer(&[], request.as_object().unwrap()).unwrap_err();
        assert!(matches!(error, ConfigError::KeyTooDeep { .. }));
    }

    proptest! {
        #[test]
        fn what_was_set_last_is_there(paths in prop::collection::vec("[ab](\\.[ab]){0,3}", 1..8)) {
            let mut layer = Table::new();
            for (index, path) in paths.iter().enumerate() {
                set(&mut layer, path, Value::Integer(index as i64)).unwrap();
                let mut keys = path.split('.');
                let first = layer.get(keys.next().unwrap());
                let value = keys.fold(first, |value, key| value?.get(key));
                prop_assert_eq!(value, Some(&Value::Integer(index as i64)));
            }
        }
    }
}
