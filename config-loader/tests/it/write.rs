//! Writing the user's configuration: what is checked, what is told, and what the next reader sees.

use codex_config_loader::{ConfigLoader, MergeStrategy, WriteEdit, WriteError, WriteOutcome, WriteRequest};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::fixture::{Place, read};

fn edit(key_path: &str, value: Value) -> WriteEdit {
    WriteEdit { key_path: key_path.to_owned(), value, strategy: MergeStrategy::Replace }
}

fn write(loader: &ConfigLoader, edits: &[(&str, Value)]) -> Result<WriteOutcome, WriteError> {
    let edits = edits.iter().map(|(path, value)| edit(path, value.clone())).collect();
    loader.write(&WriteRequest { edits, ..WriteRequest::default() })
}

fn text_of(place: &Place) -> String {
    std::fs::read_to_string(place.path("home/config.toml")).unwrap_or_default()
}

/// The message of a refused write; nothing was written.
fn refusal(place: &Place, edits: &[(&str, Value)]) -> String {
    let before = text_of(place);
    let error = write(&place.loader(), edits).unwrap_err();
    assert_eq!(text_of(place), before);
    place.shown(error)
}

#[test]
fn the_next_load_of_any_loader_sees_a_write() {
    let place = Place::with_user_file("model = \"a\"\n");
    let (writer, reader) = (place.loader(), place.loader());
    assert_eq!(reader.load(&Default::default()).unwrap().model.as_deref(), Some("a"));
    let outcome = write(&writer, &[("model", json!("b"))]).unwrap();
    for loader in [&writer, &reader] {
        assert_eq!(loader.load(&Default::default()).unwrap().model.as_deref(), Some("b"));
        assert_eq!(read(&place, loader, None)["layers"][0]["version"], json!(outcome.version));
    }
}

#[test]
fn all_edits_or_none() {
    let place = Place::with_user_file("model = \"a\"\n");
    let message = refusal(&place, &[("model", json!("b")), ("sandbox_mode", json!("none"))]);
    assert!(message.starts_with("Invalid configuration: unknown variant `none`"), "{message}");
    assert!(message.ends_with("\nin `sandbox_mode`\n"), "{message}");
    let message = refusal(&place, &[("model", json!("b")), ("model.sub", json!(1))]);
    assert_eq!(message, "cannot set value on non-table parent");
    write(&place.loader(), &[("model", json!("b")), ("features.goals", json!(true))]).unwrap();
    assert_eq!(text_of(&place), "model = \"b\"\n\n[features]\ngoals = true\n");
}

#[test]
fn a_file_that_is_wrong_takes_only_what_repairs_it() {
    let place = Place::with_user_file("model = 3\nhistory = { persistence = \"maybe\" }\n");
    let message = refusal(&place, &[("model", json!("a"))]);
    assert!(message.contains("in `history.persistence`"), "{message}");
    write(&place.loader(), &[("model", json!("a")), ("history.persistence", json!("none"))]).unwrap();
    assert_eq!(text_of(&place), "model = \"a\"\nhistory = { persistence = \"none\" }\n");

    let place = Place::with_user_file("model = \n");
    let message = refusal(&place, &[("model", json!("a"))]);
    assert!(message.starts_with("failed to load configuration: $ROOT/home/config.toml:1:9: "), "{message}");
}

#[test]
fn what_makes_no_sense_together_can_be_written_step_by_step() {
    let place = Place::new();
    write(&place.loader(), &[("model_provider", json!("mine"))]).unwrap();
    let loader = place.loader();
    assert!(loader.load(&Default::default()).is_err());
    write(&loader, &[("model_providers.mine", json!({"name": "Mine", "base_url": "http://127.0.0.1:1/v1"}))]).unwrap();
    assert_eq!(loader.load(&Default::default()).unwrap().model_provider.name, "Mine");
}

#[test]
fn some_values_are_refused() {
    let place = Place::new();
    for (path, value, part) in [
        ("log_dir", json!("rel"), "AbsolutePathBuf deserialized without a base path\nin `log_dir`\n"),
        ("sandbox_workspace_write.writable_roots", json!(["/a", "b"]), "in `sandbox_workspace_write.writable_roots`"),
        ("approval_policy", json!("untrusted"), "no longer supported"),
        ("profile", json!("p"), "`profile`"),
        ("profiles.p.model", json!("m"), "`profiles`"),
        ("", json!(1), "keyPath must not be empty"),
        ("desktop.a", json!([null]), "invalid value: invalid type: null"),
        ("model_providers.x", json!({"name": "x", "wire_api": "chat"}), "in `model_providers.x.wire_api`"),
    ] {
        let message = refusal(&place, &[(path, value)]);
        assert!(message.contains(part), "{path}: {message}");
    }
    for path in ["profile", "profiles", "profiles.p"] {
        write(&place.loader(), &[(path, Value::Null)]).unwrap();
    }
}

#[test]
fn only_the_users_file_is_written() {
    let place = Place::with_user_file("model = \"a\"\n").file("home/other.toml", "");
    let with_path = |path: &str| {
        let request = WriteRequest {
            file_path: Some(place.real(path)),
            edits: vec![edit("model", json!("b"))],
            ..WriteRequest::default()
        };
        place.loader().write(&request)
    };
    for path in ["$ROOT/home/other.toml", "config.toml", "", "/etc/codex/config.toml", "$ROOT/home/../config.toml"] {
        assert!(matches!(with_path(path), Err(WriteError::OtherFile { .. })), "{path}");
    }
    with_path("$ROOT/home/../home/config.toml").unwrap();
    std::os::unix::fs::symlink(place.path("home"), place.path("link")).unwrap();
    with_path("$ROOT/link/config.toml").unwrap();
}

#[test]
fn a_version_guards_against_changes_in_between() {
    let place = Place::with_user_file("model = \"a\"\n");
    let loader = place.loader();
    let guarded = |version: &str, model: &str| {
        loader.write(&WriteRequest {
            expected_version: Some(version.to_owned()),
            edits: vec![edit("model", json!(model))],
            ..WriteRequest::default()
        })
    };
    let first = read(&place, &loader, None)["layers"][0]["version"].as_str().unwrap().to_owned();
    let second = guarded(&first, "b").unwrap().version;
    match guarded(&first, "c").unwrap_err() {
        WriteError::VersionConflict { actual } => assert_eq!(actual, second),
        error => panic!("{error}"),
    }
    // A table that vanishes with its last entry does not spoil the version of the answer.
    let third = write(&loader, &[("mcp_servers.a", json!({"command": "c"}))]).unwrap().version;
    let fourth = write(&loader, &[("mcp_servers.a", Value::Null)]).unwrap().version;
    assert_ne!(third, fourth);
    guarded(&fourth, "c").unwrap();
}

#[test]
fn a_value_under_another_layer_is_written_and_told() {
    let place = Place::with_user_file("model = \"a\"\n")
        .file("etc/managed_config.toml", "web_search = \"cached\"\n")
        .file("etc/config.toml", "model_verbosity = \"low\"\n")
        .flags(&["model=\"flag\""]);
    let loader = place.loader();
    let overridden = |path: &str, value: Value| write(&loader, &[(path, value)]).unwrap().overridden;
    let model = overridden("model", json!("b")).unwrap();
    assert_eq!((model.message.as_str(), model.effective_value), ("Overridden by session flags", json!("flag")));
    let search = overridden("web_search", json!("live")).unwrap();
    assert_eq!(place.shown(search.message), "Overridden by legacy managed_config.toml: $ROOT/etc/managed_config.toml");
    assert_eq!(overridden("model", json!("flag")), None, "the same value is in effect");
    assert!(overridden("model", Value::Null).is_some());
    assert_eq!(overridden("model_verbosity", Value::Null), None, "a layer below is no override");
    assert_eq!(text_of(&place), "web_search = \"live\"\n");
}

#[test]
fn a_project_is_trusted_by_an_entry_of_its_own() {
    let place = Place::with_user_file("# mine\nmodel = \"a\"\n")
        .file("pro.ject \"x\"/.git/HEAD", "")
        .file("pro.ject \"x\"/.codex/config.toml", "model = \"project\"\n");
    let model = || place.load("pro.ject \"x\"", json!({})).unwrap().model.clone().unwrap();
    assert_eq!(model(), "a");
    let root = place.load("pro.ject \"x\"", json!({})).unwrap().repository_root.clone().unwrap();
    place.loader().trust_project(&root).unwrap();
    assert_eq!(model(), "project");
    let expected = "# mine\nmodel = \"a\"\n\n[projects.'$ROOT/pro.ject \"x\"']\ntrust_level = \"trusted\"\n";
    assert_eq!(place.shown(text_of(&place)), expected);
}

/// Writers that each add keys of their own lose none of each other's.
#[test]
fn many_writers_lose_nothing() {
    let place = Place::with_user_file("model = \"a\" # mine\n");
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let loader = place.loader();
            scope.spawn(move || {
                for number in 0..25 {
                    write(&loader, &[(&format!("desktop.w{writer}.n{number}"), json!(number))]).unwrap();
                }
            });
        }
    });
    let written: toml::Table = toml::from_str(&text_of(&place)).unwrap();
    for writer in 0..4 {
        let keys = written["desktop"][format!("w{writer}")].as_table().unwrap();
        assert_eq!(keys.len(), 25);
    }
    assert!(text_of(&place).starts_with("model = \"a\" # mine\n"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn write_then_read_gives_the_value(
        key in "[a-z]{1,3}(\\.\"[a-z .]{1,3}\"){0,2}",
        value in prop_oneof![
            any::<i64>().prop_map(Value::from),
            "[ -~é\n]{0,6}".prop_map(Value::from),
            prop::collection::vec(any::<bool>(), 1..3).prop_map(Value::from),
        ],
    ) {
        let place = Place::with_user_file("desktop = { kept = true } # kept\n");
        let loader = place.loader();
        write(&loader, &[(&format!("desktop.{key}"), value.clone())]).unwrap();
        let desktop = read(&place, &loader, None)["config"]["desktop"].clone();
        let pointer: String = codex_config_loader::parse_key_path(&key)
            .unwrap()
            .iter()
            .map(|segment| format!("/{segment}"))
            .collect();
        prop_assert_eq!(desktop.pointer(&pointer), Some(&value));
        prop_assert_eq!(&desktop["kept"], &json!(true));
    }
}
