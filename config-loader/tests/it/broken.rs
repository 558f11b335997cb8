//! Broken files of the user: the server starts, warns, and says where.

use codex_config_loader::LoadRequest;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::fixture::Place;

/// What clients and a terminal are told about a user file: the warning, config/read's error, the drawn place.
fn report(text: &str) -> String {
    let place = Place::with_user_file(text);
    let loader = place.loader();
    let warnings = place.warnings();
    let warning = &warnings[0];
    assert_eq!(warning["summary"], "Invalid configuration; using defaults.");
    let range = &warning["range"];
    let range = match range {
        Value::Null => "nowhere".to_owned(),
        range => format!(
            "{}:{} to {}:{}",
            range["start"]["line"], range["start"]["column"], range["end"]["line"], range["end"]["column"]
        ),
    };
    let error = loader.load(&LoadRequest::default()).unwrap_err();
    assert_eq!(warning["details"], place.shown(&error));
    let drawing = match error.place() {
        // A space at the end of a line would not survive.
        Some(place) => place.render().replace(" \n", "·\n"),
        None => error.to_string(),
    };
    place.shown(format!("{drawing}\n[{range}] {}", place.read_error().trim_end()))
}

/// The reports about several user files.
fn reports(texts: &[&str]) -> String {
    let reports: Vec<_> = texts.iter().map(|text| report(text)).collect();
    reports.join("\n\n")
}

#[test]
fn syntax() {
    insta::assert_snapshot!(reports(&[
        "model = \n",
        "model = \"a\"\nmodel = \"b\"\n",
        "a = [1,\n",
        "model = \"ü\"\r\n[x\r\n",
        "[shell_environment_policy]\nexclude = [\"A\"]\nfilters = { B = \"exclude\" }\n",
    ]));
}

#[test]
fn types() {
    insta::assert_snapshot!(reports(&[
        "model = 3\n",
        "approval_policy = \"sometimes\"\n",
        "[history]\npersistence = \"maybe\"\n",
        "notify = [\"a\", 3]\n",
        "model = \"u\"\n[features]\nmulti_agent_v2 = {}\ngoals = \"true\"\n",
        "project_doc_max_bytes = -1\n",
        "model_reasoning_effort = \"\"\n",
    ]));
}

#[test]
fn types_at_odd_places() {
    insta::assert_snapshot!(reports(&[
        "\"model\" =\t[\"日本\"]  # wide\r\n",
        "history.max_bytes = \"x\"\n",
        "history = { persistence = 'none', max_bytes = 'x' }\n",
        "approval_policy.granular = { sandbox_approval = 1, rules = true, mcp_elicitations = true }\n",
        "[projects.\"/a.b\"]\ntrust_level = \"much\"\n",
        "developer_instructions = [\n  1,\n]\n",
        "[[model]]\na = 1\n",
        "\u{feff}model = 3",
    ]));
}

#[test]
fn providers() {
    insta::assert_snapshot!(reports(&[
        "[model_providers.openai]\nname = \"x\"\n",
        "[model_providers.x]\nbase_url = \"x\"\n",
        "[model_providers.x]\nname = \"x\"\nenv_key = \"E\"\nauth = { command = \"c\" }\n",
        "[model_providers.x]\nname = \"x\"\nwire_api = \"chat\"\n",
        "[model_providers.x]\nname = \"x\"\nwire_api = \"other\"\n",
        "[model_providers.amazon-bedrock]\nname = \"x\"\n",
    ]));
}

#[test]
fn meaning() {
    insta::assert_snapshot!(reports(&[
        "model_provider = \"nosuch\"\n",
        "profile = \"p\"\n",
        "model_instructions_file = \"none.md\"\n",
        "model_catalog_json = \"none.json\"\n",
        "model_post_turn_compact_threshold_percent = 101\n",
        "default_permissions = \"x\"\n",
        "default_permissions = \"x\"\n[permissions.p]\n",
        "[permissions.p]\n",
        "oss_provider = \"ollama-chat\"\n",
    ]));
}

#[test]
fn an_unreadable_file_is_said_to_be_so() {
    let place = Place::new();
    std::fs::create_dir(place.path("home/config.toml")).unwrap();
    assert_eq!(
        place.read_error(),
        "failed to read configuration layers: failed to read $ROOT/home/config.toml: it is not a regular file"
    );
    assert_eq!(place.warnings().len(), 1);
}

#[test]
fn the_untrusted_policy_ends_the_start() {
    let place = Place::with_user_file("approval_policy = \"untrusted\"\n");
    assert_eq!(place.start_error(), "approval_policy = \"untrusted\" is no longer supported; remove this setting");
}

#[test]
fn the_untrusted_policy_ends_the_start_even_where_another_layer_wins() {
    let place = Place::with_user_file("approval_policy = \"untrusted\"\n").flags(&["approval_policy=never"]);
    assert!(place.start().is_err());
}

#[test]
fn a_flag_and_a_file_that_are_both_wrong_do_not_end_the_start() {
    let place = Place::with_user_file("profile = \"p\"\n[model_providers.mine]\nname = \"m\"\n")
        .flags(&["model_provider=mine"]);
    assert_eq!(place.warnings().len(), 1);
}

/// Lines that are more or less TOML, so that files are broken in many ways.
fn any_line() -> impl Strategy<Value = String> {
    let key = prop_oneof![
        Just("model".to_owned()),
        Just("features".to_owned()),
        Just("approval_policy".to_owned()),
        Just("model_providers.\"ü x\"".to_owned()),
        Just("history".to_owned()),
        "[a-z\".é]{0,4}",
    ];
    let value = prop_oneof![
        Just("\"日本\"".to_owned()),
        Just("{ a = [1, {}] }".to_owned()),
        Just("3".to_owned()),
        Just("\"\"\"".to_owned()),
        "\\PC{0,6}",
    ];
    prop_oneof![
        (key.clone(), value.clone()).prop_map(|(key, value)| format!("{key} = {value}")),
        key.clone().prop_map(|key| format!("[{key}]")),
        key.prop_map(|key| format!("[[{key}]]")),
        value,
    ]
}

proptest! {
    #[test]
    fn no_user_file_keeps_the_server_from_starting(
        lines in prop::collection::vec(any_line(), 0..6),
        end in prop_oneof![Just("\n"), Just("\r\n"), Just("")],
    ) {
        let text = lines.join(if end.is_empty() { "\n" } else { end }) + end;
        let place = Place::with_user_file(&text);
        let loader = place.loader();
        if let Err(error) = loader.load(&LoadRequest::default())
            && let Some(diagnostic) = error.place()
        {
            let range = diagnostic.range;
            prop_assert!((range.start.line, range.start.column) <= (range.end.line, range.end.column));
            prop_assert!(range.end.line <= text.matches('\n').count() + 1);
            prop_assert!(diagnostic.render().contains('^'));
        }
    }
}

#[test]
fn a_repaired_file_is_used() {
    let place = Place::with_user_file("model = \n");
    let loader = place.loader();
    assert!(loader.load(&LoadRequest::default()).is_err());
    place.write("home/config.toml", "model = \"fixed\"\n");
    let config = loader.load(&LoadRequest::default()).unwrap();
    assert_eq!(config.model.as_deref(), Some("fixed"));
}

#[test]
fn the_server_itself_goes_on_with_defaults_and_flags() {
    let place =
        Place::with_user_file("model = \n[model_providers.mine]\nname = \"m\"\n").flags(&["model_verbosity=low"]);
    let config = place.loader().load_or_defaults(&LoadRequest::default()).unwrap();
    assert_eq!(config.model, None);
    assert!(config.model_verbosity.is_some());
    // A flag that needs the broken file does not end the start either.
    let place = place.flags(&["model_provider=mine"]);
    let config = place.loader().load_or_defaults(&LoadRequest::default()).unwrap();
    assert_eq!(config.model_provider_id, "openai");
}

#[test]
fn a_wrong_value_of_a_request_has_no_place() {
    let place = Place::with_user_file("model = \"u\"\n");
    let error = |overrides: Value| place.load("", overrides).unwrap_err().to_string();
    assert_eq!(
        error(json!({"sandbox_mode": "nosuch"})),
        "unknown variant `nosuch`, expected one of `read-only`, `workspace-write`, `danger-full-access`\n\
         in `sandbox_mode`\n"
    );
    assert_eq!(error(json!({"model": 3})), "invalid type: integer `3`, expected a string\nin `model`\n");
}
