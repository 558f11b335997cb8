//! `-c`, `--enable` and `--disable` on their way into the configuration.

use serde_json::json;

use crate::fixture::{Place, layers_of};

#[test]
fn flags_are_a_layer_of_their_own() {
    let place = Place::with_user_file("model = \"u\"\n").flags(&[
        "model=cli",
        "scratch.arr=[1, 2]",
        "scratch.date=2024-01-02",
        "scratch.raw=not quoted",
    ]);
    let answer = place.read();
    assert_eq!(answer["config"]["model"], "cli");
    assert_eq!(
        layers_of(&answer)[0],
        (
            "sessionFlags".to_owned(),
            json!({
                "model": "cli",
                "scratch": {
                    "arr": [1, 2],
                    "date": {"$__toml_private_datetime": "2024-01-02"},
                    "raw": "not quoted",
                },
            })
        )
    );
}

#[test]
fn later_flags_win_and_features_come_last() {
    let place = Place::new().enable("goals").disable("apps").flags(&[
        "features.goals=false",
        "desktop={a=true,b=false}",
        "desktop.b=3",
    ]);
    let answer = place.read();
    assert_eq!(answer["config"]["features"]["goals"], true);
    assert_eq!(answer["config"]["features"]["apps"], false);
    assert_eq!(answer["config"]["desktop"], json!({"a": true, "b": 3}));
}

#[test]
fn relative_paths_are_against_the_request_or_the_home() {
    let place = Place::new().flags(&["log_dir=rel"]).file("proj/.git/HEAD", "");
    assert_eq!(place.read()["config"]["log_dir"], "$ROOT/home/rel");
    assert_eq!(place.read_in(Some("proj"))["config"]["log_dir"], "$ROOT/proj/rel");
}

#[test]
fn bad_flags_end_the_start() {
    let error = |flag| Place::new().flags(&[flag]).start_error();
    insta::assert_snapshot!(error("model"), @"error parsing -c overrides: Invalid override (missing '='): model");
    insta::assert_snapshot!(error("=1"), @"error parsing -c overrides: Empty key in override: =1");
    insta::assert_snapshot!(error("model=[1]"), @"
    invalid type: sequence, expected a string
    in `model`
    ");
    insta::assert_snapshot!(error("sandbox_mode=nosuch"), @"
    unknown variant `nosuch`, expected one of `read-only`, `workspace-write`, `danger-full-access`
    in `sandbox_mode`
    ");
    insta::assert_snapshot!(error("model_provider=nosuch"), @"Model provider `nosuch` not found");
    insta::assert_snapshot!(
        error("approval_policy=untrusted"),
        @r#"approval_policy = "untrusted" is no longer supported; remove this setting"#
    );
    insta::assert_snapshot!(Place::new().enable("nosuch").start_error(), @"Unknown feature flag: nosuch");
    insta::assert_snapshot!(Place::new().disable("nosuch").start_error(), @"Unknown feature flag: nosuch");
}

#[test]
fn chat_completions_may_come_from_flags() {
    let place = Place::new().flags(&[
        "model_provider=local",
        "model_providers.local={name=\"Local\",base_url=\"http://127.0.0.1:1/v1\",wire_api=\"chat\"}",
    ]);
    assert_eq!(place.warnings().len(), 0);
    let config = place.load("", json!({})).unwrap();
    assert_eq!(config.model_provider.wire_api, codex_config_loader::WireApi::Chat);
}
