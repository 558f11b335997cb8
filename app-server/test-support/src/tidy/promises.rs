//! What `docs/delivery.md` promises is held by a test of the same name.

use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, io};

use super::files;

/// Checks that for every promise in the table of `docs/delivery.md` there is a test function of that name below
/// `app-server` or `app-server-protocol`.
///
/// # Errors
/// When files cannot be read.
pub fn promise_rules(root: &Path) -> io::Result<Vec<String>> {
    let promised = promises(&fs::read_to_string(root.join("docs/delivery.md"))?);
    let mut tested = BTreeSet::new();
    for folder in ["app-server", "app-server-protocol"] {
        for path in files(&root.join(folder))? {
            if path.extension().is_some_and(|extension| extension == "rs") {
                tested.extend(tests(&fs::read_to_string(path)?));
            }
        }
    }
    if promised.is_empty() {
        return Ok(vec!["docs/delivery.md: promises nothing".to_owned()]);
    }
    let missing = promised.iter().filter(|promise| !tested.contains(&promise.replace('-', "_")));
    Ok(missing.map(|promise| format!("docs/delivery.md: {promise} has no test of that name")).collect())
}

/// The promises of a page: what stands in bold letters first in a row of a table.
fn promises(page: &str) -> Vec<String> {
    let rows = page.lines().filter_map(|line| line.strip_prefix("| **")?.split_once("** |"));
    rows.map(|(promise, _)| promise.to_owned()).collect()
}

/// The names of the test functions in a source.
fn tests(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut is_test = false;
    for line in source.lines().map(str::trim_start) {
        let function = line.strip_prefix("async fn ").or_else(|| line.strip_prefix("fn "));
        if line.starts_with("#[test]") || line.starts_with("#[tokio::test") {
            is_test = true;
        } else if let Some((name, _)) = function.and_then(|function| function.split_once('('))
            && std::mem::take(&mut is_test)
        {
            found.push(name.to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    #[test]
    fn promises_and_tests_are_found() {
        let page = "# **no**\n| rule | what |\n|---|---|\n| **one-response** | x **y** | z |\n| plain | x |\n";
        assert_eq!(super::promises(page), ["one-response"]);
        let source = "fn helper() {}\n#[test]\nfn one_response() {}\n    #[tokio::test(start_paused = true)]\n    #[cfg(unix)]\n    \
                      async fn two() {}\nfn other() {}\n";
        assert_eq!(super::tests(source), ["one_response", "two"]);
    }
}
