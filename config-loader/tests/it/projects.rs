//! Project files and trust.

use serde_json::{Value, json};

use crate::fixture::{Place, layers_of};

const TRUSTED: &str = "[projects.\"$ROOT/proj\"]\ntrust_level = \"trusted\"\n";

fn models(place: &Place, cwd: &str) -> Vec<Value> {
    let answer = place.read_in(Some(cwd));
    let layers = layers_of(&answer);
    layers.into_iter().filter(|(name, _)| name == "project").map(|(_, config)| config["model"].clone()).collect()
}

#[test]
fn without_an_entry_a_project_is_listed_and_not_used() {
    let place = Place::with_user_file("model = \"u\"\n")
        .file("proj/.git/HEAD", "")
        .file("proj/.codex/config.toml", "model = \"p\"\n");
    let answer = place.read_in(Some("proj"));
    assert_eq!(answer["config"]["model"], "u");
    assert_eq!(answer["layers"][0]["name"]["dotCodexFolder"], "$ROOT/proj/.codex");
    insta::assert_snapshot!(
        answer["layers"][0]["disabledReason"].as_str().unwrap(),
        @"The configuration in $ROOT/proj is not used until you trust it: add $ROOT/proj as a trusted project in $ROOT/home/config.toml."
    );
}

#[test]
fn an_untrusted_project_is_not_used() {
    let place = Place::with_user_file("[projects.\"$ROOT/proj\"]\ntrust_level = \"untrusted\"\n")
        .file("proj/.git/HEAD", "")
        .file("proj/.codex/config.toml", "model = \n");
    let answer = place.read_in(Some("proj"));
    assert_eq!(answer["layers"][0]["config"], json!({}));
    insta::assert_snapshot!(
        answer["layers"][0]["disabledReason"].as_str().unwrap(),
        @"$ROOT/proj is marked as untrusted in $ROOT/home/config.toml; its configuration is not used."
    );
}

#[test]
fn nearer_folders_win() {
    let place = Place::with_user_file(TRUSTED)
        .file("proj/.git/HEAD", "")
        .file("proj/.codex/config.toml", "model = \"p\"\nweb_search = \"live\"\n")
        .file("proj/sub/.codex/config.toml", "model = \"s\"\n");
    for cwd in ["proj/sub", "proj/sub/none"] {
        let answer = place.read_in(Some(cwd));
        assert_eq!(answer["config"]["model"], "s");
        assert_eq!(answer["config"]["web_search"], "live");
        assert_eq!(models(&place, cwd), ["s", "p"]);
    }
    assert_eq!(models(&place, "proj"), ["p"]);
    assert_eq!(place.read()["config"]["model"], Value::Null);
}

#[test]
fn without_a_marker_the_folder_itself_is_the_root() {
    let place = Place::with_user_file(TRUSTED)
        .file("proj/.codex/config.toml", "model = \"p\"\n")
        .file("proj/sub/.codex/config.toml", "model = \"s\"\n");
    assert_eq!(place.read_in(Some("proj"))["config"]["model"], "p");
    assert_eq!(models(&place, "proj/sub"), ["s"]);
    assert_eq!(place.read_in(Some("proj/sub"))["config"]["model"], Value::Null);
}

#[test]
fn markers_can_be_named() {
    let place = Place::with_user_file(&format!("project_root_markers = [\"Cargo.toml\"]\n{TRUSTED}"))
        .file("proj/Cargo.toml", "")
        .file("proj/.codex/config.toml", "model = \"p\"\n")
        .file("proj/sub/.codex/config.toml", "web_search = \"live\"\n");
    assert_eq!(place.read_in(Some("proj/sub"))["config"]["model"], "p");
    let only_cwd = place.flags(&["project_root_markers=[]"]);
    assert_eq!(only_cwd.read_in(Some("proj/sub"))["config"]["model"], Value::Null);
}

#[test]
fn trust_in_a_folder_below_does_not_reach_up() {
    let place = Place::with_user_file("[projects.\"$ROOT/proj/sub\"]\ntrust_level = \"trusted\"\n")
        .file("proj/.git/HEAD", "")
        .file("proj/.codex/config.toml", "model = \"p\"\n")
        .file("proj/sub/.codex/config.toml", "web_search = \"live\"\n");
    let answer = place.read_in(Some("proj/sub"));
    assert_eq!(answer["config"]["model"], Value::Null);
    assert_eq!(answer["config"]["web_search"], "live");
}

#[test]
fn trust_may_come_from_the_system_or_a_flag() {
    let project = |place: Place| {
        place
            .file("proj/.git/HEAD", "")
            .file("proj/.codex/config.toml", "model = \"p\"\n")
            .read_in(Some("proj"))["config"]["model"]
            .clone()
    };
    assert_eq!(project(Place::new().file("etc/config.toml", TRUSTED)), "p");
    let place = Place::new();
    let flag = place.real("projects={\"$ROOT/proj\"={trust_level=\"trusted\"}}");
    assert_eq!(project(place.flags(&[&flag])), "p");
}

#[test]
fn a_worktree_is_trusted_with_its_main_checkout() {
    let place = Place::with_user_file(TRUSTED)
        .file("proj/.git/worktrees/w/HEAD", "")
        .file("work/.git", "gitdir: $ROOT/proj/.git/worktrees/w\n")
        .file("work/.codex/config.toml", "model = \"w\"\n");
    assert_eq!(place.read_in(Some("work"))["config"]["model"], "w");
}

#[cfg(unix)]
#[test]
fn a_linked_folder_is_trusted_with_its_target_and_shown_as_link() {
    let place =
        Place::with_user_file(TRUSTED).file("proj/.git/HEAD", "").file("proj/.codex/config.toml", "model = \"p\"\n");
    std::os::unix::fs::symlink("proj", place.path("link")).unwrap();
    let answer = place.read_in(Some("link"));
    assert_eq!(answer["config"]["model"], "p");
    assert_eq!(answer["layers"][0]["name"]["dotCodexFolder"], "$ROOT/link/.codex");
}

#[test]
fn the_home_is_no_project() {
    let place = Place::new()
        .env("CODEX_HOME", "$ROOT/proj/.codex")
        .file("proj/.git/HEAD", "")
        .file("proj/.codex/config.toml", "model = \"h\"\n");
    let answer = place.read_in(Some("proj"));
    assert_eq!(answer["config"]["model"], "h");
    let names: Vec<_> = layers_of(&answer).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["user", "system"]);
}

#[test]
fn some_keys_are_not_a_projects_to_set() {
    let place = Place::with_user_file(TRUSTED).file("proj/.git/HEAD", "").file(
        "proj/.codex/config.toml",
        "model = \"p\"\nmodel_provider = \"x\"\nnotify = [\"n\"]\nprofile = \"q\"\n[model_providers.x]\nname = \"x\"\n\
         [features]\nrespect_system_proxy = true\ngoals = false\n",
    );
    let answer = place.read_in(Some("proj"));
    assert_eq!(answer["layers"][0]["config"], json!({"model": "p", "features": {"goals": false}}));
    assert_eq!(answer["config"]["notify"], Value::Null);
    let config = place.load("proj", json!({})).unwrap();
    let [warning] = &*config.project_warnings else {
        panic!("one warning expected: {:?}", config.project_warnings);
    };
    insta::assert_snapshot!(
        place.shown(&warning.summary),
        @"$ROOT/proj/.codex/config.toml: these keys cannot be set by a project and are ignored: model_provider, model_providers, notify, profile, features.respect_system_proxy."
    );
}

#[test]
fn paths_of_a_project_are_against_its_codex_folder() {
    let place = Place::with_user_file(TRUSTED)
        .file("proj/.git/HEAD", "")
        .file("proj/.codex/config.toml", "[sandbox_workspace_write]\nwritable_roots = [\"./rel\"]\n");
    assert_eq!(
        place.read_in(Some("proj"))["config"]["sandbox_workspace_write"]["writable_roots"],
        json!(["$ROOT/proj/.codex/rel"])
    );
}

#[test]
fn a_broken_file_of_a_trusted_project_is_an_error_of_that_folder() {
    let place = Place::with_user_file(TRUSTED).file("proj/.git/HEAD", "").file("proj/.codex/config.toml", "model = \n");
    let loader = place.loader();
    assert!(loader.read(None, true).is_ok());
    let cwd = place.path("proj");
    let error = loader.read(Some(&cwd), true).unwrap_err();
    assert_eq!(
        place.shown(error.read_message()),
        "failed to read configuration layers: Error parsing project config file $ROOT/proj/.codex/config.toml: \
         TOML parse error at line 1, column 9\n  |\n1 | model = \n  |         ^\n\
         string values must be quoted, expected literal string\n"
    );
}
