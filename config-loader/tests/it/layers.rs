//! System, user and managed files over one another.

use serde_json::json;

use crate::fixture::{Place, layers_of, origins_of};

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(path, layer)| ((*path).to_owned(), (*layer).to_owned())).collect()
}

#[test]
fn managed_files_win_over_everything() {
    let place = Place::with_user_file("model = \"user\"\nweb_search = \"live\"\npersonality = \"none\"\n")
        .file("etc/config.toml", "model = \"sys\"\napproval_policy = \"never\"\n")
        .file("home/managed_config.toml", "model = \"own\"\npersonality = \"friendly\"\n")
        .file("etc/managed_config.toml", "model = \"managed\"\n")
        .flags(&["model=cli"]);
    let answer = place.read();
    assert_eq!(answer["config"]["model"], "managed");
    assert_eq!(
        origins_of(&answer),
        pairs(&[
            ("approval_policy", "system"),
            ("model", "legacyManagedConfigTomlFromFile"),
            ("personality", "legacyManagedConfigTomlFromFile"),
            ("web_search", "user"),
        ])
    );
    let names: Vec<_> = layers_of(&answer).into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        names,
        ["legacyManagedConfigTomlFromFile", "legacyManagedConfigTomlFromFile", "sessionFlags", "user", "system"]
    );
    assert_eq!(answer["layers"][0]["name"]["file"], "$ROOT/etc/managed_config.toml");
}

#[test]
fn tables_merge_and_arrays_replace() {
    let place = Place::with_user_file("[mcp_servers.a]\nargs = [\"2\", \"3\"]\nenv = { X = \"1\" }\n")
        .file("etc/config.toml", "[mcp_servers.a]\ncommand = \"s\"\nargs = [\"1\"]\n");
    let answer = place.read();
    let server = &answer["config"]["mcp_servers"]["a"];
    assert_eq!(server["args"], json!(["2", "3"]));
    assert_eq!(server["command"], "s");
    assert_eq!(
        origins_of(&answer),
        pairs(&[
            ("mcp_servers.a.args.0", "user"),
            ("mcp_servers.a.args.1", "user"),
            ("mcp_servers.a.command", "system"),
            ("mcp_servers.a.env.X", "user"),
        ])
    );
}

#[test]
fn a_profile_file_is_not_read() {
    let place = Place::with_user_file("model = \"u\"\n").file("home/p.config.toml", "model = \"p\"\n");
    assert_eq!(place.read()["config"]["model"], "u");
}

#[test]
fn broken_files_of_an_administrator_end_the_start() {
    let error = |file: &str, text: &str| Place::new().file(file, text).start_error();
    assert_eq!(
        error("etc/config.toml", "model = 1\n"),
        "$ROOT/etc/config.toml:1:9: invalid type: integer `1`, expected a string"
    );
    assert_eq!(
        error("etc/config.toml", "model = \n"),
        "$ROOT/etc/config.toml:1:9: string values must be quoted, expected literal string"
    );
    assert_eq!(
        error("etc/managed_config.toml", "a = 1\nmodel = []\n"),
        "$ROOT/etc/managed_config.toml:2:9: invalid type: sequence, expected a string"
    );
    assert_eq!(
        error("etc/config.toml", "approval_policy = \"untrusted\"\n"),
        "approval_policy = \"untrusted\" is no longer supported; remove this setting"
    );
}
