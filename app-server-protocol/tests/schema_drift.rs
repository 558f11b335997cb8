//! The checked-in `schema/` is what the exporter writes today.
//!
//! With `UPDATE_SCHEMA=1` in the environment the folder is written instead of compared: that is `just schema`.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use codex_app_server_protocol::export::{self, GeneratedFile, Surface};

/// Every export, with its folder below `schema/`.
fn exports() -> [(&'static str, Vec<GeneratedFile>); 6] {
    [
        ("json", export::json_schema(Surface::Stable)),
        ("typescript", export::typescript(Surface::Stable)),
        ("own", export::own(Surface::Stable)),
        ("experimental/json", export::json_schema(Surface::Experimental)),
        ("experimental/typescript", export::typescript(Surface::Experimental)),
        ("experimental/own", export::own(Surface::Experimental)),
    ]
}

fn checked_in() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema")
}

#[test]
fn schema_drift() {
    let root = checked_in();
    for (folder, files) in exports() {
        let folder_path = root.join(folder);
        if std::env::var_os("UPDATE_SCHEMA").is_some_and(|value| value == "1") {
            if folder_path.exists() {
                fs::remove_dir_all(&folder_path).unwrap();
            }
            export::write(&folder_path, &files).unwrap();
        }
        if let Some(difference) = first_difference(&folder_path, &files) {
            panic!("schema/{folder}/{difference}; `just schema` writes the folder anew");
        }
    }
}

/// The first file by path that differs, and how.
fn first_difference(folder: &Path, files: &[GeneratedFile]) -> Option<String> {
    let expected: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let found = below(folder, folder);
    let mut differences = BTreeSet::new();
    differences.extend(
        found
            .iter()
            .filter(|path| !expected.contains(path.as_str()))
            .map(|path| (path.clone(), format!("{path} is there but nothing exports it"))),
    );
    for file in files {
        let difference = match fs::read_to_string(folder.join(&file.path)) {
            Err(_) => "is missing".to_owned(),
            Ok(text) if text == file.contents => continue,
            Ok(text) => {
                let same = text.lines().zip(file.contents.lines()).take_while(|(old, new)| old == new).count();
                format!("differs from the exported types, first in line {}", same + 1)
            }
        };
        differences.insert((file.path.clone(), format!("{} {difference}", file.path)));
    }
    differences.into_iter().next().map(|(_, difference)| difference)
}

fn below(root: &Path, folder: &Path) -> Vec<String> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            paths.extend(below(root, &path));
        } else {
            paths.push(path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/"));
        }
    }
    paths
}

#[test]
fn a_difference_is_named_with_its_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    let file = |path: &str, contents: &str| GeneratedFile { path: path.to_owned(), contents: contents.to_owned() };
    let files = [file("a/one.json", "1\n2\n"), file("b.json", "x\n")];
    assert_eq!(first_difference(folder.path(), &files).unwrap(), "a/one.json is missing");
    export::write(folder.path(), &files).unwrap();
    assert_eq!(first_difference(folder.path(), &files), None);
    let changed = [file("a/one.json", "1\n3\n"), file("b.json", "x\n")];
    assert_eq!(
        first_difference(folder.path(), &changed).unwrap(),
        "a/one.json differs from the exported types, first in line 2"
    );
    assert_eq!(first_difference(folder.path(), &files[..1]).unwrap(), "b.json is there but nothing exports it");
}
