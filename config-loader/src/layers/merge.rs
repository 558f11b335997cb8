//! How layers become one configuration, and where each value came from.
//!
//! Tables merge key by key; everything else replaces, a scalar a table and the other way round too. Old key names are
//! replaced by the current ones before.

use std::collections::BTreeMap;

use toml::{Table, Value};

/// Keys that have an older name: table, old name, name.
pub(crate) const OLD_KEYS: [(&str, &str, &str); 2] = [
    ("agents", "max_threads", "max_concurrent_threads_per_session"),
    ("memories", "no_memories_if_mcp_or_web_search", "disable_on_external_context"),
];

/// Puts one layer over what lower ones gave.
pub(crate) fn merge(base: &mut Table, overlay: Table) {
    for (key, value) in overlay {
        match (base.get_mut(&key), value) {
            (Some(Value::Table(base)), Value::Table(overlay)) => merge(base, overlay),
            (Some(base), value) => *base = value,
            (None, value) => {
                base.insert(key, value);
            }
        }
    }
}

/// Replaces old key names; the current name wins when a layer has both.
pub(crate) fn with_current_keys(mut layer: Table) -> Table {
    for (table, old, current) in OLD_KEYS {
        if let Some(Value::Table(table)) = layer.get_mut(table)
            && let Some(value) = table.remove(old)
        {
            table.entry(current).or_insert(value);
        }
    }
    layer
}

/// Notes for every leaf of a layer that it came from there. Elements of arrays count one by one; empty arrays and
/// tables have no leaf.
pub(crate) fn record_origins<T: Copy>(layer: &Table, origin: T, origins: &mut BTreeMap<String, T>) {
    let mut path = String::new();
    for (key, value) in layer {
        record_value(value, key, &mut path, &mut |path| {
            origins.insert(path.to_owned(), origin);
        });
    }
}

/// Visits the leaves of a value; `path` is left as it was.
fn record_value(value: &Value, segment: &str, path: &mut String, visit: &mut impl FnMut(&str)) {
    let length = path.len();
    if length > 0 {
        path.push('.');
    }
    path.push_str(segment);
    match value {
        Value::Table(table) => {
            for (key, value) in table {
                record_value(value, key, path, visit);
            }
        }
        Value::Array(elements) => {
            for (index, value) in elements.iter().enumerate() {
                record_value(value, &index.to_string(), path, visit);
            }
        }
        _ => visit(path),
    }
    path.truncate(length);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn table(text: &str) -> Table {
        toml::from_str(text).unwrap()
    }

    fn merged(layers: &[&str]) -> Table {
        let mut result = Table::new();
        for layer in layers {
            merge(&mut result, table(layer));
        }
        result
    }

    #[test]
    fn tables_merge_and_arrays_replace() {
        assert_eq!(
            merged(&["a = {x = 1, l = [1, 2]}\nb = 1", "a = {y = 2, l = [3]}"]),
            table("a = {x = 1, y = 2, l = [3]}\nb = 1")
        );
    }

    #[test]
    fn scalars_and_tables_replace_each_other() {
        assert_eq!(merged(&["a = {b = 2}", "a = 1"]), table("a = 1"));
        assert_eq!(merged(&["a = 1", "a = {b = 2}"]), table("a = {b = 2}"));
        assert_eq!(merged(&["a = {b = 2}", "a = {}"]), table("a = {b = 2}"));
    }

    #[test]
    fn old_keys_yield_to_current_ones() {
        assert_eq!(
            with_current_keys(table("agents = {max_threads = 3}")),
            table("agents = {max_concurrent_threads_per_session = 3}")
        );
        assert_eq!(
            with_current_keys(table("agents = {max_threads = 3, max_concurrent_threads_per_session = 4}")),
            table("agents = {max_concurrent_threads_per_session = 4}")
        );
    }

    #[test]
    fn origins_are_per_leaf() {
        let mut origins = BTreeMap::new();
        record_origins(&table("a = {b = {c = 1}, l = ['x', 'y']}\ne = []\nt = {}"), 1, &mut origins);
        record_origins(&table("a = {l = ['z']}\n'x.y' = 1"), 2, &mut origins);
        let expected = [("a.b.c", 1), ("a.l.0", 2), ("a.l.1", 1), ("x.y", 2)];
        assert_eq!(origins, expected.map(|(path, layer)| (path.to_owned(), layer)).into());
    }

    /// Small tables over few keys, so that layers meet.
    fn any_table() -> impl Strategy<Value = Table> {
        let leaf = prop_oneof![
            any::<i8>().prop_map(|number| Value::Integer(number.into())),
            any::<bool>().prop_map(Value::Boolean),
            prop::collection::vec(any::<i8>().prop_map(|number| Value::Integer(number.into())), 0..3)
                .prop_map(Value::Array),
        ];
        let value = leaf.prop_recursive(3, 16, 3, |inner| {
            prop::collection::btree_map("[a-c]", inner, 0..3)
                .prop_map(|entries| Value::Table(entries.into_iter().collect()))
        });
        prop::collection::btree_map("[a-c]", value, 0..4).prop_map(|entries| entries.into_iter().collect())
    }

    proptest! {
        #[test]
        fn merging_is_associative(a in any_table(), b in any_table(), c in any_table()) {
            // An overlay that turns a table into a scalar and back forgets the first: there the order matters.
            prop_assume!(same_shape(&a, &b) && same_shape(&b, &c) && same_shape(&a, &c));
            let mut left = a.clone();
            merge(&mut left, b.clone());
            merge(&mut left, c.clone());
            let mut upper = b;
            merge(&mut upper, c);
            let mut right = a;
            merge(&mut right, upper);
            prop_assert_eq!(left, right);
        }

        #[test]
        fn the_overlay_wins_and_the_base_stays(base in any_table(), overlay in any_table()) {
            let mut result = base.clone();
            merge(&mut result, overlay.clone());
            for (key, value) in &overlay {
                match (base.get(key), value) {
                    (Some(Value::Table(_)), Value::Table(_)) => {}
                    _ => prop_assert_eq!(result.get(key), Some(value)),
                }
            }
            for (key, value) in &base {
                if !overlay.contains_key(key) {
                    prop_assert_eq!(result.get(key), Some(value));
                }
            }
            let mut again = result.clone();
            merge(&mut again, overlay);
            prop_assert_eq!(again, result);
        }
    }

    /// Whether no key is a table in one and something else in the other.
    fn same_shape(a: &Table, b: &Table) -> bool {
        a.iter().all(|(key, value)| match (value, b.get(key)) {
            (_, None) => true,
            (Value::Table(a), Some(Value::Table(b))) => same_shape(a, b),
            (Value::Table(_), Some(_)) | (_, Some(Value::Table(_))) => false,
            _ => true,
        })
    }
}
