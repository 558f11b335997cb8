//! Rules about crates: who may depend on whom, and what a manifest may say.

use std::path::{Path, PathBuf};
use std::{fs, io};

use toml::{Table, Value};

use super::below;

/// Which of our crates a crate may depend on; a `*` at the end stands for the rest of a name. Tests may also depend on
/// the test support, above the client.
pub const EDGES: &[(&str, &[&str])] = &[
    // Whoever tells how long something took, or may take, tells it the same way.
    (ELAPSED, &[]),
    ("codex-utils-*", &[ELAPSED]),
    (PROTOCOL, &[]),
    ("codex-app-server-transport", &[PROTOCOL, "codex-utils-*"]),
    ("codex-app-server-client", &[PROTOCOL]),
    ("codex-app-server-schema-tools", &[PROTOCOL]),
    (TEST_SUPPORT, &[PROTOCOL, "codex-app-server-client", "codex-app-server-schema-tools"]),
    ("codex-config-loader", &[PROTOCOL, "codex-utils-*"]),
    ("codex-model-client", &[PROTOCOL, "codex-utils-*", "codex-config-loader"]),
    ("codex-thread-store", &[PROTOCOL, "codex-utils-*", "codex-config-loader"]),
    ("codex-thread-state", &[PROTOCOL, "codex-utils-*"]),
    ("codex-exec", &["codex-utils-*"]),
    ("codex-external-agent", &[PROTOCOL, "codex-utils-*", "codex-config-loader"]),
    ("codex-apply-patch", &[]),
    ("codex-exec-policy", &["codex-config-loader"]),
    ("codex-sandbox", &[]),
    ("codex-telemetry", &["codex-utils-*"]),
    (
        "codex-engine",
        &[
            PROTOCOL,
            "codex-utils-*",
            "codex-config-loader",
            "codex-model-client",
            "codex-thread-state",
            "codex-thread-store",
            "codex-apply-patch",
            "codex-exec-policy",
            "codex-exec",
            "codex-sandbox",
        ],
    ),
    (
        "codex-app-server",
        &[
            PROTOCOL,
            "codex-utils-*",
            "codex-app-server-schema-tools",
            "codex-config-loader",
            "codex-model-client",
            "codex-thread-store",
            "codex-apply-patch",
            "codex-exec",
            "codex-sandbox",
            "codex-engine",
            "codex-external-agent",
            "codex-telemetry",
            "codex-app-server-transport",
            "codex-app-server-client",
        ],
    ),
    ("codex-app-server-embed-example", &[PROTOCOL, "codex-app-server"]),
];

/// The crates with unsafe code; each place of it says why.
const UNSAFE: &[&str] = &["utils/memory"];

const PROTOCOL: &str = "codex-app-server-protocol";
const ELAPSED: &str = "codex-utils-elapsed";
const TEST_SUPPORT: &str = "codex-app-server-test-support";

/// Crates on which the test support itself stands.
const BELOW_TEST_SUPPORT: &[&str] = &[PROTOCOL, "codex-app-server-client", TEST_SUPPORT];

/// Checks every manifest of the workspace, and that every crate forbids unsafe code, or is one of the few that say why they need it.
///
/// # Errors
/// When files cannot be read.
pub fn crate_rules(root: &Path) -> io::Result<Vec<String>> {
    let mut complaints = Vec::new();
    for folder in members(root)? {
        let manifest = read_toml(&folder.join("Cargo.toml"))?;
        let place = below(root, &folder);
        complaints
            .extend(manifest_rules(&manifest).into_iter().map(|complaint| format!("{place}/Cargo.toml: {complaint}")));
        for entry in ["src/lib.rs", "src/main.rs"] {
            let path = folder.join(entry);
            let wanted =
                if UNSAFE.contains(&place.as_str()) { "expect(unsafe_code, reason" } else { "forbid(unsafe_code)" };
            if path.exists() && !fs::read_to_string(&path)?.contains(&format!("[{wanted}")) {
                complaints.push(format!("{place}/{entry}: lacks {wanted}"));
            }
        }
    }
    Ok(complaints)
}

/// The folders of the workspace's crates.
fn members(root: &Path) -> io::Result<Vec<PathBuf>> {
    let manifest = read_toml(&root.join("Cargo.toml"))?;
    let listed = manifest.get("workspace").and_then(|workspace| workspace.get("members")).and_then(Value::as_array);
    let mut folders = Vec::new();
    for member in listed.into_iter().flatten().filter_map(Value::as_str) {
        match member.strip_suffix("/*") {
            None => folders.push(root.join(member)),
            Some(parent) => {
                for entry in fs::read_dir(root.join(parent))? {
                    folders.push(entry?.path());
                }
            }
        }
    }
    folders.retain(|folder| folder.join("Cargo.toml").exists());
    folders.sort();
    Ok(folders)
}

fn read_toml(path: &Path) -> io::Result<Table> {
    let text = fs::read_to_string(path)?;
    text.parse().map_err(|error| io::Error::other(format!("{}: {error}", path.display())))
}

fn manifest_rules(manifest: &Table) -> Vec<String> {
    let name =
        manifest.get("package").and_then(|package| package.get("name")).and_then(Value::as_str).unwrap_or_default();
    let mut complaints = Vec::new();
    if manifest.contains_key("features") {
        complaints.push("has [features]: a choice is a crate boundary or a value at run time".to_owned());
    }
    if manifest.get("lints").and_then(|lints| lints.get("workspace")).and_then(Value::as_bool) != Some(true) {
        complaints.push("lacks [lints] workspace = true".to_owned());
    }
    let Some((_, allowed)) = EDGES.iter().find(|(pattern, _)| fits(pattern, name)) else {
        complaints.push(format!("{name} is not in the table of allowed edges; say there on whom it may depend"));
        return complaints;
    };
    for (kind, dependency, value) in dependencies(manifest) {
        if value.get("workspace").and_then(Value::as_bool) != Some(true) {
            complaints.push(format!("{dependency} has a version of its own; declare it in [workspace.dependencies]"));
        }
        let for_tests = kind == "dev-dependencies" && dependency == TEST_SUPPORT && !BELOW_TEST_SUPPORT.contains(&name);
        if dependency.starts_with("codex-") && !for_tests && !allowed.iter().any(|pattern| fits(pattern, dependency)) {
            complaints.push(format!("{name} must not depend on {dependency}"));
        }
    }
    complaints
}

/// Every dependency of a manifest with the kind of its table.
fn dependencies(manifest: &Table) -> Vec<(&'static str, &str, &Value)> {
    let mut found = Vec::new();
    let targets = manifest.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values);
    for table in std::iter::once(manifest).chain(targets.filter_map(Value::as_table)) {
        for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let listed = table.get(kind).and_then(Value::as_table).into_iter().flatten();
            found.extend(listed.map(|(name, value)| (kind, name.as_str(), value)));
        }
    }
    found
}

fn fits(pattern: &str, name: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => pattern == name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints(manifest: &str) -> Vec<String> {
        manifest_rules(&manifest.parse().unwrap())
    }

    const GOOD: &str = "[package]\nname = \"codex-engine\"\n[lints]\nworkspace = true\n";

    #[test]
    fn every_rule_bites() {
        let cases = [
            ("[dependencies]\ncodex-utils-cli.workspace = true\nserde.workspace = true", None),
            ("[dev-dependencies]\ncodex-app-server-test-support.workspace = true", None),
            ("[features]\nfast = []", Some("has [features]")),
            ("[dependencies]\nserde = \"1\"", Some("serde has a version of its own")),
            ("[dependencies]\ncodex-app-server.workspace = true", Some("must not depend on codex-app-server")),
            ("[dependencies]\ncodex-app-server-test-support.workspace = true", Some("must not depend on")),
            ("[target.'cfg(unix)'.dependencies]\ncodex-app-server-client.workspace = true", Some("must not depend on")),
        ];
        for (rest, expected) in cases {
            let complaints = complaints(&format!("{GOOD}{rest}"));
            match expected {
                None => assert!(complaints.is_empty(), "{rest}: {complaints:?}"),
                Some(text) => assert!(complaints.len() == 1 && complaints[0].contains(text), "{rest}: {complaints:?}"),
            }
        }
        assert!(complaints("[package]\nname = \"codex-engine\"")[0].contains("[lints]"));
        assert!(
            complaints("[package]\nname = \"codex-new\"\n[lints]\nworkspace = true")[0].contains("not in the table")
        );
    }

    #[test]
    fn nobody_below_the_test_support_depends_on_it() {
        let manifest = "[package]\nname = \"codex-app-server-client\"\n[lints]\nworkspace = true\n[dev-dependencies]\ncodex-app-server-test-support.workspace = true";
        assert_eq!(complaints(manifest).len(), 1);
    }

    #[test]
    fn the_table_has_no_circle() {
        // Each crate stands behind all those that it may depend on.
        for (at, (name, allowed)) in EDGES.iter().enumerate() {
            for dependency in *allowed {
                let stands = EDGES.iter().position(|(other, _)| other == dependency);
                assert!(stands.is_some_and(|stands| stands < at), "{name} -> {dependency}");
            }
        }
    }
}
