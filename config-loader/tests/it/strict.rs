//! Strict loading: an unknown key ends the start, or the load that meets it later.

use codex_config_loader::{LoadRequest, MergeStrategy, WriteEdit, WriteRequest};

use crate::fixture::Place;

#[test]
fn an_unknown_key_ends_the_start_with_its_place() {
    for (text, error) in [
        ("model = 'x'\nnosuch = 1\n", "$ROOT/home/config.toml:2:1: unknown configuration field `nosuch`"),
        ("zz = 1\naa = 1\n", "$ROOT/home/config.toml:1:1: unknown configuration field `zz`"),
        ("[nosuch]\na = 1\n", "$ROOT/home/config.toml:1:2: unknown configuration field `nosuch`"),
        ("[features]\nnosuch = true\n", "$ROOT/home/config.toml:2:1: unknown configuration field `features.nosuch`"),
        ("history = {nosuch = 1}\n", "$ROOT/home/config.toml:1:12: unknown configuration field `history.nosuch`"),
        ("history.nosuch = 1\n", "$ROOT/home/config.toml:1:9: unknown configuration field `history.nosuch`"),
        ("zz = 1\nmodel = 3\n", "$ROOT/home/config.toml:2:9: invalid type: integer `3`, expected a string"),
        ("model =", "$ROOT/home/config.toml:1:8: string values must be quoted, expected literal string"),
    ] {
        assert_eq!(Place::with_user_file(text).strict().start_error(), error, "{text}");
    }
}

#[test]
fn files_of_the_administrator_are_held_to_the_same_and_overrides_come_first() {
    let system = Place::with_user_file("zz = 1").file("etc/config.toml", "aa = 1").strict();
    assert_eq!(system.start_error(), "$ROOT/etc/config.toml:1:1: unknown configuration field `aa`");
    let managed = Place::new().file("etc/managed_config.toml", "nosuch = 1").strict();
    assert_eq!(managed.start_error(), "$ROOT/etc/managed_config.toml:1:1: unknown configuration field `nosuch`");
    let flags = Place::with_user_file("aa = 1").flags(&["zz=1", "bb.x=1"]).strict();
    assert_eq!(flags.start_error(), "unknown configuration field `zz` in -c/--config override");
    let nested = Place::new().flags(&["history.nosuch=1"]).strict();
    assert_eq!(nested.start_error(), "unknown configuration field `history.nosuch` in -c/--config override");
}

#[test]
fn requirements_may_hold_unknown_keys() {
    let place = Place::new().file("etc/requirements.toml", "nosuch = 1").strict();
    assert!(
        place.warnings()[0]["summary"]
            .as_str()
            .unwrap()
            .contains("requirements ($ROOT/etc/requirements.toml): `nosuch`")
    );
}

#[test]
fn a_clean_home_starts_and_a_later_unknown_key_fails_the_load() {
    let place = Place::with_user_file("model = 'x'").strict();
    let loader = place.loader();
    assert_eq!(loader.load(&LoadRequest::default()).unwrap().model.as_deref(), Some("x"));
    let request = LoadRequest {
        overrides: serde_json::json!({"nosuch": 1}).as_object().unwrap().clone(),
        ..LoadRequest::default()
    };
    let error = loader.load(&request).unwrap_err();
    assert_eq!(error.to_string(), "unknown configuration field `nosuch` in -c/--config override");
    place.write("home/config.toml", "nosuch = 'x'\n");
    let error = loader.read(None, true).err().unwrap();
    assert_eq!(
        place.shown(error.read_message()),
        "failed to read configuration layers: $ROOT/home/config.toml:1:1: unknown configuration field `nosuch`"
    );
    assert!(loader.requirements().is_err());
}

#[test]
fn projects_count_when_they_are_trusted() {
    for (trust, is_refused) in [("trusted", true), ("untrusted", false)] {
        let place = Place::with_user_file(&format!("[projects.\"$ROOT/p\"]\ntrust_level = '{trust}'\n"))
            .file("p/.codex/config.toml", "nosuch = 1")
            .strict();
        let loaded = place.load("p", serde_json::json!({}));
        assert_eq!(loaded.is_err(), is_refused, "{trust}");
    }
}

#[test]
fn a_write_may_bring_an_unknown_key_and_so_break_the_next_load() {
    let place = Place::new().strict();
    let loader = place.loader();
    let write = |key: &str| {
        let edit = WriteEdit { key_path: key.to_owned(), value: "x".into(), strategy: MergeStrategy::Replace };
        loader.write(&WriteRequest { edits: vec![edit], ..WriteRequest::default() })
    };
    write("nosuch").unwrap();
    assert_eq!(
        place.shown(write("model").unwrap_err()),
        "failed to load configuration: $ROOT/home/config.toml:1:1: unknown configuration field `nosuch`"
    );
}
