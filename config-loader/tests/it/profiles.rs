//! A profile: a file of its own over the user's, chosen by whoever starts the loader.

use codex_config_loader::{MergeStrategy, WriteEdit, WriteRequest};
use serde_json::json;

use crate::fixture::{Place, read};

#[test]
fn it_lies_over_the_users_file_and_takes_the_writes() {
    let place = Place::with_user_file("model = \"base\"\nweb_search = \"live\"\n")
        .file("home/work.config.toml", "model = \"work\" # mine\n")
        .profile("work");
    let loader = place.loader();
    let answer = read(&place, &loader, None);
    assert_eq!((&answer["config"]["model"], &answer["config"]["web_search"]), (&json!("work"), &json!("live")));
    assert_eq!(
        answer["origins"]["model"]["name"],
        json!({"type": "user", "file": "$ROOT/home/work.config.toml", "profile": "work"})
    );
    let edit = WriteEdit { key_path: "model".into(), value: json!("other"), strategy: MergeStrategy::Replace };
    let outcome = loader.write(&WriteRequest { edits: vec![edit], ..WriteRequest::default() }).unwrap();
    assert_eq!((outcome.file, outcome.overridden), (place.path("home/work.config.toml"), None));
    let text = |name: &str| std::fs::read_to_string(place.path(name)).unwrap();
    assert_eq!(text("home/work.config.toml"), "model = \"other\" # mine\n");
    assert!(text("home/config.toml").starts_with("model = \"base\"\n"));
}

#[test]
fn what_is_no_profile_ends_the_start_and_older_ways_are_refused() {
    for (name, part) in [
        ("nosuch", "there is no profile `nosuch`: $ROOT/home/nosuch.config.toml does not exist"),
        ("../x", "is no name of a profile"),
        ("", "is no name of a profile"),
    ] {
        let error = Place::new().profile(name).start_error();
        assert!(error.contains(part), "{name}: {error}");
    }
    let place =
        Place::with_user_file("[profiles.old]\nmodel = \"x\"\n").file("home/old.config.toml", "").profile("old");
    let error = place.shown(place.loader().load(&Default::default()).unwrap_err());
    assert!(error.contains("profile `old` in the older way"), "{error}");
}
