//! Looking at a whole configuration: every file that is wrong is named, with its line underlined.

use codex_config_loader::Severity;

use crate::fixture::Place;

fn findings(place: &Place, cwd: Option<&str>) -> Vec<(Severity, String)> {
    let cwd = cwd.map(|cwd| place.path(cwd));
    let findings = place.loader().check(cwd.as_deref());
    findings.into_iter().map(|finding| (finding.severity, place.shown(finding.text))).collect()
}

#[test]
fn a_fine_configuration_has_no_findings() {
    assert_eq!(findings(&Place::with_user_file("model = \"a\"\n"), None), []);
}

#[test]
fn every_broken_file_is_named() {
    let place =
        Place::with_user_file("model = \n").file("p/.git/HEAD", "").file("p/.codex/config.toml", "a = 1\na = 2\n");
    let texts: Vec<String> = findings(&place, Some("p")).into_iter().map(|(_, text)| text).collect();
    assert_eq!(texts.len(), 2, "{texts:?}");
    assert!(texts[0].starts_with("$ROOT/home/config.toml:1:9: "), "{texts:?}");
    assert!(texts[1].starts_with("$ROOT/p/.codex/config.toml:2:1: "), "{texts:?}");
    assert!(texts[1].ends_with("\n  |\n2 | a = 2\n  | ^"), "{texts:?}");
}

#[test]
fn every_wrong_type_and_what_is_odd_is_told() {
    let user =
        "model = \"a\"\nnosuch = 1\n[features]\ngoals = \"true\"\n[projects.'$ROOT/p']\ntrust_level = 'trusted'\n";
    let place = Place::with_user_file(user)
        .file("p/.git/HEAD", "")
        .file("p/.codex/config.toml", "notify = ['x']\nproject_doc_max_bytes = -1\n");
    let errors: Vec<String> = findings(&place, Some("p")).into_iter().map(|(_, text)| text).collect();
    assert_eq!(errors.len(), 2, "{errors:?}");
    assert!(errors[0].ends_with("4 | goals = \"true\"\n  |         ^^^^^^"), "{errors:?}");
    assert!(errors[1].ends_with("2 | project_doc_max_bytes = -1\n  |                         ^^"), "{errors:?}");

    place.write("home/config.toml", &user.replace("\"true\"", "true"));
    place.write("p/.codex/config.toml", "notify = ['x']\n");
    let odd = findings(&place, Some("p"));
    assert!(odd.iter().all(|(severity, _)| *severity == Severity::Warning), "{odd:?}");
    assert!(odd.iter().any(|(_, text)| text.contains("`nosuch`")), "{odd:?}");
    assert!(odd.iter().any(|(_, text)| text.contains("notify")), "{odd:?}");
}

#[test]
fn what_makes_no_sense_together_and_what_is_not_used_is_told() {
    let place = Place::with_user_file("model_provider = \"nosuch\"\n")
        .file("p/.git/HEAD", "")
        .file("p/.codex/config.toml", "model = \"p\"\n");
    let found = findings(&place, Some("p"));
    assert_eq!(found[0], (Severity::Error, "Model provider `nosuch` not found".to_owned()));
    assert!(found[1].1.contains("trust"), "{found:?}");
}
