//! Broken files of the user: the server starts, warns, and says where.

use codex_config_loader::LoadRequest;
use serde_json::Value;
use serde_json::json;

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
    let drawing = error.place().map(|place| place.render()).unwrap_or_default();
    place.shown(format!(
        "{}\n[{range}]\nread: {}\n{}",
        warning["details"].as_str().unwrap(),
        place.read_error().trim_end(),
        // A space at the end of a line would not survive.
        drawing.replace(" \n", "·\n"),
    ))
}

#[test]
fn syntax() {
    insta::assert_snapshot!(report("model = \n"), @"");
    insta::assert_snapshot!(report("model = \"a\"\nmodel = \"b\"\n"), @"");
    insta::assert_snapshot!(report("a = [1,\n"), @"");
    insta::assert_snapshot!(report("model = \"ü\"\r\n[x\r\n"), @"");
}

#[test]
fn types() {
    insta::assert_snapshot!(report("model = 3\n"), @"");
    insta::assert_snapshot!(report("approval_policy = \"sometimes\"\n"), @"");
    insta::assert_snapshot!(report("[history]\npersistence = \"maybe\"\n"), @"");
    insta::assert_snapshot!(report("notify = [\"a\", 3]\n"), @"");
    insta::assert_snapshot!(report("model = \"u\"\n[features]\napps = true\ngoals = \"true\"\n"), @"");
    insta::assert_snapshot!(report("project_doc_max_bytes = -1\n"), @"");
    insta::assert_snapshot!(report("model_reasoning_effort = \"\"\n"), @"");
}

#[test]
fn types_at_odd_places() {
    insta::assert_snapshot!(report("\"model\" =\t[\"日本\"]  # wide\r\n"), @"");
    insta::assert_snapshot!(report("history.max_bytes = \"x\"\n"), @"");
    insta::assert_snapshot!(report("history = { persistence = 'none', max_bytes = 'x' }\n"), @"");
    insta::assert_snapshot!(
        report("approval_policy.granular = { sandbox_approval = 1, rules = true, mcp_elicitations = true }\n"),
        @""
    );
    insta::assert_snapshot!(report("[projects.\"/a.b\"]\ntrust_level = \"much\"\n"), @"");
    insta::assert_snapshot!(report("developer_instructions = [\n  1,\n]\n"), @"");
}

#[test]
fn providers() {
    insta::assert_snapshot!(report("[model_providers.openai]\nname = \"x\"\n"), @"");
    insta::assert_snapshot!(report("[model_providers.x]\nbase_url = \"x\"\n"), @"");
    insta::assert_snapshot!(report("[model_providers.x]\nname = \"x\"\nenv_key = \"E\"\nauth = { command = \"c\" }\n"), @"");
    insta::assert_snapshot!(report("[model_providers.x]\nname = \"x\"\nwire_api = \"chat\"\n"), @"");
    insta::assert_snapshot!(report("[model_providers.x]\nname = \"x\"\nwire_api = \"other\"\n"), @"");
    insta::assert_snapshot!(report("[model_providers.amazon-bedrock]\nname = \"x\"\n"), @"");
}

#[test]
fn meaning() {
    insta::assert_snapshot!(report("model_provider = \"nosuch\"\n"), @"");
    insta::assert_snapshot!(report("profile = \"p\"\n"), @"");
    insta::assert_snapshot!(report("model_instructions_file = \"none.md\"\n"), @"");
    insta::assert_snapshot!(report("model_catalog_json = \"none.json\"\n"), @"");
    insta::assert_snapshot!(report("model_post_turn_compact_threshold_percent = 101\n"), @"");
    insta::assert_snapshot!(report("default_permissions = \"x\"\n"), @"");
    insta::assert_snapshot!(report("default_permissions = \"x\"\n[permissions.p]\n"), @"");
    insta::assert_snapshot!(report("[permissions.p]\n"), @"");
    insta::assert_snapshot!(report("[shell_environment_policy]\nexclude = [\"A\"]\nfilters = { B = \"exclude\" }\n"), @"");
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
