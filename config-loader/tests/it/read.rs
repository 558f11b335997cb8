//! config/read: shapes, defaults, versions; and that nothing is done twice.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};

use crate::fixture::{Place, layers_of, origins_of, read};

const EMPTY: &str = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

#[test]
fn every_key_is_there_without_a_file() {
    let answer = Place::new().read();
    let config = answer["config"].as_object().unwrap();
    assert_eq!(config.len(), 107);
    let shown: serde_json::Map<String, Value> =
        config.iter().filter(|(_, value)| !value.is_null()).map(|(key, value)| (key.clone(), value.clone())).collect();
    insta::assert_snapshot!(serde_json::to_string_pretty(&shown).unwrap());
    assert_eq!(answer["origins"], json!({}));
    assert_eq!(
        answer["layers"],
        json!([
            {"name": {"type": "user", "file": "$ROOT/home/config.toml", "profile": null}, "version": EMPTY, "config": {}},
            {"name": {"type": "system", "file": "$ROOT/etc/config.toml"}, "version": EMPTY, "config": {}},
        ])
    );
}

#[test]
fn layers_are_left_out_unless_asked_for() {
    let place = Place::new();
    let answer = place.loader().read(None, false).unwrap();
    assert!(answer.layers.is_none());
    assert!(!answer.json.contains("\"layers\""));
}

#[test]
fn a_version_is_the_digest_of_sorted_compact_json() {
    let answer = Place::with_user_file("model = \"u\"\n").read();
    let version = "sha256:d345291bcf8c05ead526ebe42fe78b78099a856dccfcbba6c6fa47c323443ca9";
    assert_eq!(answer["layers"][0]["version"], version);
    assert_eq!(
        answer["origins"]["model"],
        json!({"name": {"type": "user", "file": "$ROOT/home/config.toml", "profile": null}, "version": version})
    );
    let times = "[scratch]\nwhen = 2024-01-02T03:04:05Z\nratio = 1.5\nbig = 1_000_000\nhex = 0x10\n";
    assert_eq!(
        Place::with_user_file(times).read()["layers"][0]["version"],
        "sha256:702cdb9cd83a2ec4996f88a05e684d4b31709d8092b51f3dac8c97f0ce20889e"
    );
    let wide = "model = \"modèle-é\"\n[desktop]\n\"ключ\" = \"日本\"\n";
    assert_eq!(
        Place::with_user_file(wide).read()["layers"][0]["version"],
        "sha256:2c26754f166f50c1f555573cf9825b214cdae27eafe872dce9cfb5fbcc7435a5"
    );
    let crlf = "model = \"m\"\r\n[features]\r\ngoals = true\r\n";
    assert_eq!(
        Place::with_user_file(crlf).read()["layers"][0]["version"],
        "sha256:b83f0955705490626760e8e195fb9fb84374405f327751b1b1fc014443fa4b29"
    );
}

#[test]
fn old_words_are_shown_as_current_ones_in_the_layer_too() {
    let answer = Place::with_user_file(
        "approvals_reviewer = \"guardian_subagent\"\napproval_policy = \"on-failure\"\n[agents]\nmax_threads = 3\n",
    )
    .read();
    assert_eq!(answer["config"]["approvals_reviewer"], "auto_review");
    assert_eq!(answer["config"]["approval_policy"], "on-request");
    assert_eq!(answer["config"]["agents"]["max_concurrent_threads_per_session"], 3);
    assert_eq!(
        layers_of(&answer)[0].1,
        json!({
            "approvals_reviewer": "auto_review",
            "approval_policy": "on-request",
            "agents": {"max_threads": 3},
        })
    );
    let paths: Vec<_> = origins_of(&answer).into_iter().map(|(path, _)| path).collect();
    assert_eq!(paths, ["agents.max_concurrent_threads_per_session", "approval_policy", "approvals_reviewer"]);
}

#[test]
fn tables_are_shown_with_all_their_keys() {
    let answer = Place::with_user_file(
        "model_provider = \"mine\"\napproval_policy = { granular = { sandbox_approval = true, rules = false, mcp_elicitations = true } }\n\
         forced_chatgpt_workspace_id = [\"a\"]\n\
         [model_providers.mine]\nname = \"Mine\"\nbase_url = \"http://127.0.0.1:1/v1\"\nhttp_headers = { X = \"y\" }\n\
         [sandbox_workspace_write]\nwritable_roots = [\"/data\", \"rel\", \"~/x\"]\n\
         [tools]\nview_image = true\nweb_search = true\n\
         [history]\npersistence = \"none\"\n[shell_environment_policy]\nset = { A = \"1\" }\n\
         [permissions.p.network]\nenabled = true\n\
         [desktop]\nwhen = 2024-01-02\nn = [1]\n",
    )
    .file("etc/config.toml", "default_permissions = \"p\"\n")
    .read();
    let config = answer["config"].as_object().unwrap();
    let shown: Vec<String> = [
        "approval_policy",
        "desktop",
        "forced_chatgpt_workspace_id",
        "history",
        "model_providers",
        "permissions",
        "sandbox_workspace_write",
        "shell_environment_policy",
        "tools",
    ]
    .iter()
    .map(|key| format!("{key}: {}", config[*key]))
    .collect();
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn features_show_what_is_set_and_some_more() {
    let always = |place: Place| place.read()["config"]["features"].clone();
    let unset = always(Place::new());
    assert_eq!(unset.as_object().unwrap().len(), 15);
    assert_eq!(unset["tool_suggest"], true);
    let set = always(Place::with_user_file(
        "[features]\ngoals = false\nmemories = true\nmulti_agent_v2 = { enabled = true }\n",
    ));
    assert_eq!(set.as_object().unwrap().len(), 18);
    assert_eq!(set["network_proxy"], Value::Null);
    assert_eq!(set["goals"], false);
    assert_eq!(set["memories"], true);
    assert_eq!(set["multi_agent_v2"], json!({"enabled": true}));
}

#[test]
fn unknown_keys_stay_in_the_layer_and_are_warned_about() {
    let place = Place::with_user_file(
        "nosuch = \"x\"\nb = 1\n[other]\na = 1\n[tui]\nfree = 1\n[features]\nnosuch = true\n[history]\nzz = 1\n\
         [model_providers.x]\nname = \"x\"\nfoo = 1\n",
    )
    .flags(&["flag=3"]);
    let answer = place.read();
    assert!(answer["config"].get("nosuch").is_none());
    assert_eq!(origins_of(&answer).len(), 9);
    let warnings = place.warnings();
    assert_eq!(warnings.len(), 1);
    insta::assert_snapshot!(warnings[0]["summary"].as_str().unwrap(), @"
    Ignoring 7 unknown configuration settings; check for misspelt or outdated names.
      session-flags: `flag` is ignored.
      user ($ROOT/home/config.toml): `b` is ignored.
      user ($ROOT/home/config.toml): `features.nosuch` is ignored.
      ... and 4 more.
    ");
}

#[test]
fn the_answer_is_the_same_object_until_a_file_changes() {
    let place = Place::with_user_file("model = \"a\"\n");
    let loader = place.loader();
    let first = loader.read(None, true).unwrap();
    assert!(Arc::ptr_eq(&first, &loader.read(None, true).unwrap()));
    place.write("home/config.toml", "model = \"b\"\n");
    assert_eq!(loader.read(None, true).unwrap().config["model"], "b");
    // Not even a change that leaves size and time of modification alone goes unseen.
    let path = place.path("home/config.toml");
    let old = SystemTime::now() - Duration::from_secs(60);
    for model in ["c", "d"] {
        place.write("home/config.toml", &format!("model = \"{model}\"\n"));
        let file = std::fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(old).unwrap();
        assert_eq!(loader.read(None, true).unwrap().config["model"], model);
    }
    std::fs::remove_file(&path).unwrap();
    assert_eq!(loader.read(None, true).unwrap().config["model"], Value::Null);
    place.write("etc/managed_config.toml", "model = \"m\"\n");
    assert_eq!(loader.read(None, true).unwrap().config["model"], "m");
}

#[test]
fn a_new_project_file_is_seen() {
    let place =
        Place::with_user_file("[projects.\"$ROOT/proj\"]\ntrust_level = \"trusted\"\n").file("proj/.git/HEAD", "");
    let loader = place.loader();
    let cwd = place.path("proj");
    assert_eq!(read(&place, &loader, Some(&cwd))["config"]["model"], Value::Null);
    place.write("proj/.codex/config.toml", "model = \"p\"\n");
    assert_eq!(read(&place, &loader, Some(&cwd))["config"]["model"], "p");
    std::fs::remove_dir_all(place.path("proj/.codex")).unwrap();
    assert_eq!(read(&place, &loader, Some(&cwd))["config"]["model"], Value::Null);
}

#[test]
fn no_secret_is_in_debug_output() {
    let place = Place::with_user_file(
        "[model_providers.x]\nname = \"x\"\nexperimental_bearer_token = \"hush\"\n\
         http_headers = { A = \"hush\" }\nquery_params = { B = \"hush\" }\n\
         [shell_environment_policy.set]\nC = \"hush\"\n",
    )
    .flags(&["desktop.token=hush"])
    .env("TOKEN", "hush");
    let loader = place.loader();
    let config = loader.load(&Default::default()).unwrap();
    let answer = loader.read(None, true).unwrap();
    assert!(answer.json.contains("hush"));
    let shown = format!("{loader:?} {config:?} {answer:?} {:?}", loader.env());
    assert!(!shown.contains("hush"), "{shown}");
}
