//! A layer as clients see it: relative paths made absolute, values in the form their type writes.
//!
//! Only what the layer sets is touched, and only when all its values have the right types; a layer with a wrong value
//! stays as it was written.

use std::path::Path;

use toml::{Table, Value};

use crate::keys::ConfigToml;
use crate::path::PathBase;

/// Keys that hold a path, or a list of paths.
const PATH_KEYS: [&[&str]; 8] = [
    &["experimental_compact_prompt_file"],
    &["js_repl_node_module_dirs"],
    &["js_repl_node_path"],
    &["log_dir"],
    &["model_catalog_json"],
    &["model_instructions_file"],
    &["sandbox_workspace_write", "writable_roots"],
    &["sqlite_home"],
];

/// The layer with absolute paths and values as their types write them.
pub(crate) fn normalize(mut layer: Table, base: PathBase<'_>) -> Table {
    let Ok(typed) = Value::Table(layer.clone()).try_into::<ConfigToml>() else {
        return layer;
    };
    if let Ok(written) = Table::try_from(&typed) {
        take_over(&mut layer, &written);
    }
    for keys in PATH_KEYS {
        resolve_paths(&mut layer, keys, base);
    }
    resolve_role_files(&mut layer, base);
    layer
}

/// The first key that holds a relative path.
pub(crate) fn relative_path(layer: &Table) -> Option<String> {
    PATH_KEYS.iter().find_map(|keys| {
        let (last, tables) = keys.split_last()?;
        let mut table = layer;
        for key in tables {
            table = table.get(*key)?.as_table()?;
        }
        let is_relative = |value: &Value| value.as_str().is_some_and(|path| !Path::new(path).is_absolute());
        let relative = match table.get(*last)? {
            Value::Array(elements) => elements.iter().any(is_relative),
            value => is_relative(value),
        };
        relative.then(|| keys.join("."))
    })
}

/// Takes the written form of every value that the layer has.
fn take_over(layer: &mut Table, written: &Table) {
    for (key, value) in layer.iter_mut() {
        if let Some(written) = written.get(key) {
            take_over_value(value, written);
        }
    }
}

fn take_over_value(value: &mut Value, written: &Value) {
    match (value, written) {
        (Value::Table(table), Value::Table(written)) => take_over(table, written),
        (Value::Array(elements), Value::Array(written)) if elements.len() == written.len() => {
            for (element, written) in elements.iter_mut().zip(written) {
                take_over_value(element, written);
            }
        }
        (Value::Table(_) | Value::Array(_), _) => {}
        (value, written) => *value = written.clone(),
    }
}

/// Makes the paths at one key absolute.
fn resolve_paths(layer: &mut Table, keys: &[&str], base: PathBase<'_>) {
    let Some((last, tables)) = keys.split_last() else {
        return;
    };
    let mut table = layer;
    for key in tables {
        match table.get_mut(*key) {
            Some(Value::Table(inner)) => table = inner,
            _ => return,
        }
    }
    match table.get_mut(*last) {
        Some(Value::Array(elements)) => {
            for element in elements {
                resolve_path(element, base);
            }
        }
        Some(value) => resolve_path(value, base),
        None => {}
    }
}

/// Makes the files of agent roles absolute; roles are the tables among the keys of `agents`.
fn resolve_role_files(layer: &mut Table, base: PathBase<'_>) {
    let Some(Value::Table(agents)) = layer.get_mut("agents") else {
        return;
    };
    for (_, role) in agents.iter_mut() {
        if let Value::Table(role) = role
            && let Some(file) = role.get_mut("config_file")
        {
            resolve_path(file, base);
        }
    }
}

fn resolve_path(value: &mut Value, base: PathBase<'_>) {
    if let Value::String(path) = value {
        *path = text_of(&base.resolve(path));
    }
}

/// A path as text; TOML knows no other. Bytes that are no UTF-8 cannot come from a TOML file or a JSON request.
fn text_of(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normalized(text: &str) -> String {
        let layer = toml::from_str(text).unwrap();
        let base = PathBase { folder: Path::new("/home"), user_home: Some(Path::new("/user")) };
        normalize(layer, base).to_string()
    }

    #[test]
    fn paths_become_absolute_and_others_stay() {
        assert_eq!(
            normalized(
                "log_dir = 'l'\n[sandbox_workspace_write]\nwritable_roots = ['x', '~/y', '/z']\n\
                 [mcp_servers.a]\ncommand = 'c'\ncwd = 'rel'\n[agents.r]\nconfig_file = 'r.toml'"
            ),
            "log_dir = \"/home/l\"\n\n[agents.r]\nconfig_file = \"/home/r.toml\"\n\n[mcp_servers.a]\ncommand = \"c\"\n\
             cwd = \"rel\"\n\n[sandbox_workspace_write]\nwritable_roots = [\"/home/x\", \"/user/y\", \"/z\"]\n"
        );
    }

    #[test]
    fn old_words_become_current_ones() {
        assert_eq!(
            normalized("approval_policy = 'on-failure'\napprovals_reviewer = 'guardian_subagent'"),
            "approval_policy = \"on-request\"\napprovals_reviewer = \"auto_review\"\n"
        );
    }

    #[test]
    fn nothing_is_added_or_lost() {
        let text = "nosuch = 1\n\n[history]\npersistence = \"none\"\n\n[tools]\nview_image = true\nweb_search = true\n";
        assert_eq!(normalized(text), text);
    }

    #[test]
    fn a_layer_with_a_wrong_value_stays() {
        let text = "log_dir = \"rel\"\nmodel = 3\n";
        assert_eq!(normalized(text), text);
    }
}
