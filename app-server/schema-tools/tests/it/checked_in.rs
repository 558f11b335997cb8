//! The exports that lie in the repository.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use codex_app_server_schema_tools::{Export, Report, Severity, diff};

use crate::export::counts;

pub fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema").join(name)
}

pub static STABLE: LazyLock<Export> = LazyLock::new(|| Export::load(&folder("json")).unwrap());
pub static EXPERIMENTAL: LazyLock<Export> = LazyLock::new(|| Export::load(&folder("experimental/json")).unwrap());

#[track_caller]
fn assert_none(report: &Report, what: impl Fn(Severity) -> bool) {
    let found: Vec<String> = report
        .findings
        .iter()
        .filter(|finding| what(finding.severity))
        .map(|finding| format!("{finding:#?}"))
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn both_surfaces_load() {
    let (stable, experimental) = (counts(&STABLE), counts(&EXPERIMENTAL));
    assert!(stable.iter().zip(&experimental).all(|(stable, experimental)| *stable > 0 && stable <= experimental));
    assert!(stable[0] > 90 && stable[2] > 60, "{stable:?}");
    assert!(STABLE.type_count() > 700 && EXPERIMENTAL.type_count() > STABLE.type_count());
}

#[test]
fn an_export_does_not_differ_from_itself() {
    assert_eq!(diff(&STABLE, &STABLE), Report::default());
    assert_eq!(diff(&EXPERIMENTAL, &EXPERIMENTAL), Report::default());
}

#[test]
fn the_experimental_surface_only_adds() {
    let report = diff(&STABLE, &EXPERIMENTAL);
    assert_none(&report, |severity| severity == Severity::Breaking);
    assert!(report.summary().additive > 50);
    assert!(!report.is_breaking());
}

#[test]
fn the_stable_surface_lacks_what_clients_may_use() {
    let report = diff(&EXPERIMENTAL, &STABLE);
    assert!(report.is_breaking());
    assert!(report.findings.iter().any(|finding| finding.rule.id() == "method-removed"));
}

#[test]
fn single_files_are_the_same_export_as_the_bundle() {
    let copy = tempfile::tempdir().unwrap();
    for part in ["", "v1", "v2"] {
        let to = copy.path().join(part);
        std::fs::create_dir_all(&to).unwrap();
        for entry in std::fs::read_dir(folder("json").join(part)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            if path.is_file() && !name.ends_with(".schemas.json") {
                std::fs::copy(&path, to.join(name)).unwrap();
            }
        }
    }
    let files = Export::load(copy.path()).unwrap();
    assert_eq!(diff(&files, &STABLE), Report::default());
    assert_eq!(diff(&STABLE, &files), Report::default());
}
