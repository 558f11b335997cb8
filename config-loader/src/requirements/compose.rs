//! How sources become one: as layers of the configuration do, except for a few lists that add up.

use toml::{Table, Value};

use super::keys::OLD_KEYS;
use super::network;
use crate::layers::merge;

/// Puts one source over what lower ones gave. Its rules come before the others, its hooks after them, and what may not
/// be read is what any source names.
pub(super) fn compose(base: &mut Table, mut overlay: Table) {
    join(base, &mut overlay, &["rules", "prefix_rules"], |lower, mut higher| {
        higher.extend(lower);
        higher
    });
    join(base, &mut overlay, &["permissions", "filesystem", "deny_read"], |mut lower, higher| {
        let new: Vec<Value> = higher.into_iter().filter(|path| !lower.contains(path)).collect();
        lower.extend(new);
        lower
    });
    let events: Vec<String> = match overlay.get("hooks") {
        Some(Value::Table(hooks)) => {
            hooks.iter().filter(|(_, value)| value.is_array()).map(|(key, _)| key.clone()).collect()
        }
        _ => Vec::new(),
    };
    for event in events {
        join(base, &mut overlay, &["hooks", &event], |mut lower, higher| {
            lower.extend(higher);
            lower
        });
    }
    // A provider is demanded as a whole; parts of two would make a third.
    if let (Some(Value::Table(base)), Some(Value::Table(overlay))) =
        (base.get_mut("model_providers"), overlay.get("model_providers"))
    {
        base.retain(|id, _| !overlay.contains_key(id));
    }
    merge(base, overlay);
}

/// Joins the arrays that both have at a path; the joined one is put into the overlay, from where it is merged.
fn join(base: &Table, overlay: &mut Table, keys: &[&str], join: impl FnOnce(Vec<Value>, Vec<Value>) -> Vec<Value>) {
    let Some((first, rest)) = keys.split_first() else {
        return;
    };
    let lower = base.get(*first).and_then(|value| rest.iter().try_fold(value, |value, key| value.get(*key)));
    let higher =
        overlay.get_mut(*first).and_then(|value| rest.iter().try_fold(value, |value, key| value.get_mut(*key)));
    if let (Some(Value::Array(lower)), Some(Value::Array(higher))) = (lower, higher) {
        *higher = join(lower.clone(), std::mem::take(higher));
    }
}

/// A checked source in the spelling of today, so that sources in either spelling merge.
pub(super) fn with_current_keys(mut table: Table) -> Table {
    for (old, current) in OLD_KEYS {
        if let Some(value) = table.remove(old) {
            table.insert(current.to_owned(), value);
        }
    }
    if let Some(Value::Table(settings)) = table.get_mut("experimental_network") {
        network::with_maps(settings);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn composed(sources: &[&str]) -> Table {
        let mut result = Table::new();
        for source in sources {
            compose(&mut result, with_current_keys(toml::from_str(source).unwrap()));
        }
        result
    }

    fn table(text: &str) -> Table {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn lists_replace_and_tables_merge() {
        assert_eq!(
            composed(&[
                "allowed_approval_policies = ['never']\nfeatures = {a = true, b = true}",
                "allowed_approval_policies = ['on-request']\nfeature_requirements = {b = false}",
            ]),
            table("allowed_approval_policies = ['on-request']\nfeatures = {a = true, b = false}")
        );
    }

    #[test]
    fn rules_hooks_and_unreadable_files_add_up() {
        assert_eq!(
            composed(&[
                "rules = {prefix_rules = [1]}\nhooks = {Stop = [1], managed_dir = '/a'}\n\
                 permissions = {filesystem = {deny_read = ['/a', '/b']}}",
                "rules = {prefix_rules = [2]}\nhooks = {Stop = [2], managed_dir = '/b'}\n\
                 permissions = {filesystem = {deny_read = ['/b', '/c']}}",
            ]),
            table(
                "rules = {prefix_rules = [2, 1]}\nhooks = {Stop = [1, 2], managed_dir = '/b'}\n\
                 permissions = {filesystem = {deny_read = ['/a', '/b', '/c']}}"
            )
        );
    }

    #[test]
    fn providers_are_whole() {
        assert_eq!(
            composed(&[
                "model_providers = {m = {name = 'a', env_key = 'K'}, n = {name = 'n'}}",
                "model_providers = {m = {name = 'b'}}"
            ]),
            table("model_providers = {m = {name = 'b'}, n = {name = 'n'}}")
        );
    }

    #[test]
    fn both_forms_of_the_network_merge() {
        assert_eq!(
            composed(&[
                "experimental_network = {allowed_domains = ['a', 'b']}",
                "experimental_network = {domains = {b = 'deny'}}"
            ]),
            table("experimental_network = {domains = {a = 'allow', b = 'deny'}}")
        );
    }

    proptest! {
        #[test]
        fn nothing_that_was_denied_becomes_readable(sources in prop::collection::vec(prop::collection::vec("/[a-d]", 0..4), 1..4)) {
            let mut result = Table::new();
            for paths in &sources {
                let text = format!("permissions = {{filesystem = {{deny_read = {paths:?}}}}}");
                compose(&mut result, toml::from_str(&text).unwrap());
            }
            let all: Vec<&str> = result["permissions"]["filesystem"]["deny_read"]
                .as_array().unwrap().iter().map(|path| path.as_str().unwrap()).collect();
            for path in sources.iter().flatten() {
                prop_assert!(all.contains(&path.as_str()));
            }
        }
    }
}
