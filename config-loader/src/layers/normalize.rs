//! A layer as clients see it: relative paths made absolute, values in the form their type writes.
//!
//! Only what the layer sets is touched, and only when all its values have the right types; a layer with a wrong value
//! stays as it was written.

use toml::{Table, Value};

use crate::decode::decode;
use crate::keys::ConfigToml;
use crate::path::{PathBase, with_base};

use super::merge::with_current_keys;

/// The layer with absolute paths and values as their types write them.
pub(crate) fn normalize(mut layer: Table, base: PathBase<'_>) -> Table {
    let Ok(typed) = with_base(base, || decode::<ConfigToml>(with_current_keys(layer.clone()))) else {
        return layer;
    };
    if let Ok(written) = Table::try_from(&typed) {
        take_over(&mut layer, &written);
    }
    layer
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
        (value, written) => *value = written.clone(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

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
