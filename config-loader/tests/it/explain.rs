//! Where values come from, as people are told.

use codex_config_loader::{Explanation, LayerName};

use crate::fixture::Place;

fn explained(place: &Place, key: &str) -> Explanation {
    place.loader().explain(key, Some(&place.path("p"))).unwrap()
}

/// One line a source: its layer, value, place and fate.
fn lines(place: &Place, explanation: &Explanation) -> Vec<String> {
    let line = |source: &codex_config_loader::Source| {
        let layer = match &source.layer {
            LayerName::System { .. } => "system",
            LayerName::User { .. } => "user",
            LayerName::Project { .. } => "project",
            LayerName::SessionFlags => "flags",
            _ => "other",
        };
        let position = source.position.map(|at| format!(" {}:{}", at.line, at.column)).unwrap_or_default();
        let fate = match (&source.disabled_reason, source.hidden) {
            (Some(_), _) => " disabled",
            (None, true) => " hidden",
            (None, false) => "",
        };
        place.shown(format!("{layer}{position} {}{fate}", source.value))
    };
    explanation.sources.iter().map(line).collect()
}

#[test]
fn the_strongest_layer_counts_and_hides_the_others() {
    let place = Place::with_user_file("# mine\nmodel = \"user\"\n[features]\ngoals = true\n")
        .file("etc/config.toml", "model = \"system\"\n[features]\napps = false\n")
        .file("p/.git/HEAD", "")
        .file("p/.codex/config.toml", "\nmodel = \"project\"\n")
        .flags(&["model=\"flag\""]);
    let model = explained(&place, "model");
    assert_eq!(
        lines(&place, &model),
        [
            "flags \"flag\"",
            "project 2:9 \"project\" disabled",
            "user 2:9 \"user\" hidden",
            "system 1:9 \"system\" hidden"
        ]
    );
    assert_eq!(model.value.unwrap().to_string(), "\"flag\"");
    let features = explained(&place, "features");
    assert_eq!(lines(&place, &features).len(), 2);
    assert!(features.sources.iter().all(|source| !source.hidden), "tables add up");
    assert_eq!(explained(&place, "features.goals").sources.len(), 1);
}

#[test]
fn what_nobody_set_has_its_default() {
    let place = Place::new();
    let opener = explained(&place, "file_opener");
    assert_eq!((opener.value, opener.sources.len()), (None, 0));
    assert_eq!(opener.default.unwrap().to_string(), "\"vscode\"");
    assert_eq!(explained(&place, "nosuch.key").default, None);
    assert!(place.loader().explain("a..b", None).is_err());
}

#[test]
fn credentials_are_starred_out() {
    let place = Place::with_user_file(
        "[model_providers.x]\nname = \"X\"\nexperimental_bearer_token = \"sesame\"\nhttp_headers = { a = \"sesame\" }\n\
         [mcp_servers.s]\ncommand = \"c\"\nenv = { A = \"sesame\" }\n[shell_environment_policy]\nset = { A = \"sesame\" }\n",
    );
    for key in [
        "model_providers",
        "model_providers.x.http_headers",
        "model_providers.x.http_headers.a",
        "model_providers.x.experimental_bearer_token",
        "mcp_servers",
        "mcp_servers.s.env.A",
        "shell_environment_policy",
    ] {
        let explanation = explained(&place, key);
        let text = format!("{}{}", explanation.value.as_ref().unwrap(), explanation.sources[0].value);
        assert!(text.contains("*****") && !text.contains("sesame"), "{key}: {text}");
    }
}
