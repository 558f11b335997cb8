//! Keys of a merge that bear on other keys: switches that are tables too, and apps that plugins bring.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::merge::merge;
use crate::decode::decode;
use crate::keys::AppsConfigToml;

/// Features whose boolean means `enabled` of their table, so that the settings of another layer stay.
const SWITCHED_FEATURES: [&str; 5] =
    ["code_mode", "multi_agent_v2", "network_proxy", "runtime_agent_instances", "sleep_tool"];

/// The feature among those whose boolean clients also find at its own path.
const ALSO_BARE: &str = "network_proxy";

const ENABLED: &str = "enabled";

/// Where a feature is a table on one side and a boolean on the other, makes the boolean a table too.
pub(super) fn align_features(base: &mut Table, overlay: &mut Table) {
    let (Some(Value::Table(base)), Some(Value::Table(overlay))) =
        (base.get_mut("features"), overlay.get_mut("features"))
    else {
        return;
    };
    for name in SWITCHED_FEATURES {
        if let (Some(base), Some(overlay)) = (base.get_mut(name), overlay.get_mut(name))
            && base.is_table() != overlay.is_table()
        {
            switch_to_table(base);
            switch_to_table(overlay);
        }
    }
}

/// Makes tables of all booleans that stand for one; the path of a leaf then is that of the switch. Gives the features
/// that are found at their own path too.
pub(super) fn spread_features(layer: &mut Table) -> Option<String> {
    let features = layer.get_mut("features")?.as_table_mut()?;
    let also_bare = features.get(ALSO_BARE).is_some_and(Value::is_bool).then(|| format!("features.{ALSO_BARE}"));
    SWITCHED_FEATURES.iter().filter_map(|name| features.get_mut(*name).map(switch_to_table)).for_each(drop);
    also_bare
}

fn switch_to_table(value: &mut Value) {
    if value.is_bool() {
        let switch = std::mem::replace(value, Value::Table(Table::new()));
        if let Value::Table(table) = value {
            table.insert(ENABLED.to_owned(), switch);
        }
    }
}

/// Puts the apps of enabled plugins below `apps`; what `apps` itself says wins.
pub(super) fn add_plugin_apps(merged: &mut Table) {
    let mut apps = Table::new();
    for (_, plugin_apps) in plugin_apps(merged) {
        merge(&mut apps, plugin_apps.clone());
    }
    // Of a wrong type the plugin's own table tells.
    if apps.is_empty() || decode::<AppsConfigToml>(apps.clone()).is_err() {
        return;
    }
    match merged.get_mut("apps") {
        None => {
            merged.insert("apps".to_owned(), Value::Table(apps));
        }
        Some(Value::Table(own)) => {
            merge(&mut apps, std::mem::take(own));
            *own = apps;
        }
        Some(_) => {}
    }
}

/// Notes for the apps of enabled plugins that they come from where the plugin's entry comes from.
pub(super) fn add_plugin_app_origins<T: Copy>(merged: &Table, origins: &mut BTreeMap<String, T>) {
    let mut found = BTreeMap::new();
    for (plugin, _) in plugin_apps(merged) {
        let prefix = format!("plugins.{plugin}.");
        let apps = format!("{prefix}apps.");
        let of_plugin = origins.range(apps.clone()..).take_while(|(path, _)| path.starts_with(&apps));
        found.extend(of_plugin.map(|(path, origin)| (path[prefix.len()..].to_owned(), *origin)));
    }
    for (path, origin) in found {
        origins.entry(path).or_insert(origin);
    }
}

/// Enabled plugins and their apps, by plugin.
fn plugin_apps(merged: &Table) -> impl Iterator<Item = (&String, &Table)> {
    let plugins = merged.get("plugins").and_then(Value::as_table);
    let enabled = |plugin: &Value| plugin.get(ENABLED).and_then(Value::as_bool);
    let default = plugins.and_then(|plugins| enabled(plugins.get("_default")?)).unwrap_or(true);
    plugins
        .into_iter()
        .flatten()
        .filter(move |(name, plugin)| *name != "_default" && enabled(plugin).unwrap_or(default))
        .filter_map(|(name, plugin)| Some((name, plugin.get("apps")?.as_table()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        toml::from_str(text).unwrap()
    }

    fn merged(base: &str, overlay: &str) -> Table {
        let (mut base, mut overlay) = (table(base), table(overlay));
        align_features(&mut base, &mut overlay);
        merge(&mut base, overlay);
        base
    }

    #[test]
    fn a_switch_keeps_the_settings_of_another_layer() {
        let settings = "features.multi_agent_v2 = { tool_namespace = 'x' }";
        let on = "features.multi_agent_v2 = true";
        let both = table("features.multi_agent_v2 = { tool_namespace = 'x', enabled = true }");
        assert_eq!(merged(settings, on), both);
        assert_eq!(merged(on, settings), both);
        assert_eq!(merged(on, "features.multi_agent_v2 = false"), table("features.multi_agent_v2 = false"));
        let budget = "features.token_budget = { reminder_threshold_tokens = 3 }";
        assert_eq!(merged(budget, "features.token_budget = false"), table("features.token_budget = false"));
    }

    #[test]
    fn apps_of_enabled_plugins_stand_below_the_own_ones() {
        let mut config = table(
            "apps.k.open_world_enabled = true\n[plugins.'a@m'.apps]\nk = { enabled = false, open_world_enabled = false }\n\
             [plugins.'b@m']\nenabled = false\napps.z = { enabled = false }",
        );
        let mut origins = BTreeMap::from(
            ["apps.k.open_world_enabled", "plugins.a@m.apps.k.enabled", "plugins.b@m.apps.z.enabled"]
                .map(|path| (path.to_owned(), path)),
        );
        add_plugin_app_origins(&config, &mut origins);
        assert_eq!(origins["apps.k.enabled"], "plugins.a@m.apps.k.enabled");
        assert!(!origins.contains_key("apps.z.enabled"));
        add_plugin_apps(&mut config);
        assert_eq!(config["apps"], table("k = { open_world_enabled = true, enabled = false }").into());
    }
}
