//! Settings that become configuration: environment variables for commands, and the sandbox.

use codex_config_loader::edit_file;
use serde_json::{Map, Value};
use toml_edit::{DocumentMut, TableLike, value};

use crate::error::ImportError;
use crate::plan::{Offer, Outcome};
use crate::scope::Scope;
use crate::settings;
use crate::toml_tables::{document, has_room, keep_comments_above, table, table_mut};

const SANDBOX_MODE: &str = "sandbox_mode";
const ENVIRONMENT: &str = "shell_environment_policy";
const VARIABLES: &str = "set";

/// What the settings ask for.
#[derive(Debug, Default, PartialEq, Eq)]
struct Wanted {
    variables: Vec<(String, String)>,
    is_sandboxed: bool,
}

pub(crate) fn offer(scope: &Scope) -> Result<Option<Offer>, ImportError> {
    let wanted = wanted(scope)?;
    if wanted == Wanted::default() {
        return Ok(None);
    }
    let config = scope.config_file();
    if missing(document(scope, &config)?.as_table(), &wanted) == Wanted::default() {
        return Ok(None);
    }
    let source = scope.source.join("settings.json");
    Ok(Some(Offer { description: format!("Migrate {} into {}", source.display(), config.display()), names: None }))
}

pub(crate) fn import(scope: &Scope) -> Result<Outcome, ImportError> {
    if offer(scope)?.is_none() {
        return Ok(Outcome::default());
    }
    let wanted = wanted(scope)?;
    let config = scope.config_file();
    let edited = edit_file(&config, |document| {
        let missing = missing(document.as_table(), &wanted);
        add(document, &missing);
        Ok::<_, ImportError>(())
    })?;
    if !edited.changed {
        return Ok(Outcome::default());
    }
    Ok(Outcome::file(&scope.source.join("settings.json"), &config))
}

fn wanted(scope: &Scope) -> Result<Wanted, ImportError> {
    Ok(settings::merged(scope)?.map(|settings| wanted_by(&settings)).unwrap_or_default())
}

fn wanted_by(settings: &Map<String, Value>) -> Wanted {
    let variables = settings.get("env").and_then(Value::as_object).into_iter().flatten();
    let is_plain = |value: &Value| value.is_string() || value.is_number() || value.is_boolean();
    Wanted {
        variables: variables
            .filter(|(_, value)| is_plain(value))
            .map(|(name, value)| (name.clone(), settings::text(value)))
            .collect(),
        is_sandboxed: settings.get("sandbox").and_then(|sandbox| sandbox.get("enabled")) == Some(&Value::Bool(true)),
    }
}

/// The part of what is wanted that the configuration says nothing about.
fn missing(config: &dyn TableLike, wanted: &Wanted) -> Wanted {
    let policy = table(config, ENVIRONMENT);
    let has_room = has_room(config, ENVIRONMENT) && policy.is_none_or(|policy| has_room(policy, VARIABLES));
    let known = policy.and_then(|policy| table(policy, VARIABLES));
    let is_new = |name: &str| has_room && known.is_none_or(|known| !known.contains_key(name));
    Wanted {
        variables: wanted.variables.iter().filter(|(name, _)| is_new(name)).cloned().collect(),
        is_sandboxed: wanted.is_sandboxed && !config.contains_key(SANDBOX_MODE),
    }
}

fn add(document: &mut DocumentMut, missing: &Wanted) {
    let is_new = !document.contains_key(ENVIRONMENT);
    add_values(document.as_table_mut(), missing);
    if is_new {
        keep_comments_above(document, &[ENVIRONMENT]);
    }
}

fn add_values(config: &mut dyn TableLike, missing: &Wanted) {
    if missing.is_sandboxed {
        config.insert(SANDBOX_MODE, value("workspace-write"));
    }
    if missing.variables.is_empty() {
        return;
    }
    let Some(policy) = table_mut(config, ENVIRONMENT) else { return };
    if !policy.contains_key("inherit") {
        policy.insert("inherit", value("core"));
    }
    let Some(variables) = table_mut(policy, VARIABLES) else { return };
    for (name, text) in &missing.variables {
        variables.insert(name, value(text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn imported(settings: Value, config: &str) -> String {
        let mut document: DocumentMut = config.parse().unwrap();
        let missing = missing(document.as_table(), &wanted_by(settings.as_object().unwrap()));
        add(&mut document, &missing);
        document.to_string()
    }

    #[test]
    fn plain_values_become_texts_and_the_rest_is_left_out() {
        let settings = json!({
            "env": {"A": "1", "N": 5, "F": 1.5, "B": true, "a.b": "", "O": {"x": 1}, "L": [1], "NULL": null},
            "sandbox": {"enabled": true}, "model": "x"
        });
        assert_eq!(
            imported(settings, "model = \"m\" # mine\n\n[tui]\n"),
            "model = \"m\" # mine\nsandbox_mode = \"workspace-write\"\n\n[tui]\n\n[shell_environment_policy]\ninherit = \"core\"\n\n\
             [shell_environment_policy.set]\nA = \"1\"\nN = \"5\"\nF = \"1.5\"\nB = \"true\"\n\"a.b\" = \"\"\n"
        );
    }

    #[test]
    fn what_is_there_stays_as_it_is() {
        let settings = json!({"env": {"A": "1", "B": "2"}, "sandbox": {"enabled": true}});
        let config = "# top\nsandbox_mode = \"read-only\" # keep\n[shell_environment_policy]\ninherit = \"all\"\n\
                      [shell_environment_policy.set]\nA = \"x\" # mine\n";
        assert_eq!(imported(settings.clone(), config), format!("{config}B = \"2\"\n"));
        let inline = "sandbox_mode = \"read-only\"\nshell_environment_policy = { set = { A = \"x\" } }\n";
        let result = imported(settings.clone(), inline);
        assert_eq!(
            result,
            "sandbox_mode = \"read-only\"\nshell_environment_policy = { set = { A = \"x\" , B = \"2\" } , inherit = \"core\" }\n"
        );
        for odd in ["shell_environment_policy = \"x\"\n", "[shell_environment_policy]\nset = 5\n"] {
            let odd = format!("sandbox_mode = \"read-only\"\n{odd}");
            assert_eq!(imported(settings.clone(), &odd), odd);
        }
    }

    #[test]
    fn comments_at_the_end_stay_where_they_are() {
        let settings = json!({"env": {"A": "1"}});
        for (config, behind) in [
            ("# end\n", ""),
            ("a = 1\n\n# end\n# of it", ""),
            ("[shell_environment_policy]\ninherit = \"all\"\nset.B = \"\"\n", "# end\n"),
        ] {
            let result = imported(settings.clone(), &format!("{config}{behind}"));
            assert!(result.starts_with(config) && result.ends_with(behind), "{result}");
        }
    }

    #[test]
    fn settings_that_ask_for_nothing_change_nothing() {
        for settings in [
            json!({}),
            json!({"env": [1], "sandbox": true}),
            json!({"env": {"A": null}, "sandbox": {"enabled": "yes"}}),
        ] {
            assert_eq!(imported(settings, ""), "");
        }
    }
}
