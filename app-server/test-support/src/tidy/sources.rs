//! Rules about files: sizes, opening lines, and what must not stand in them.

use std::path::Path;
use std::{fs, io};

use super::{below, files};

/// Lines that a source file may have; longer ones are split by what they do.
pub const MAX_LINES: usize = 600;

/// Files that may be longer, because they are tables of independent entries.
pub const LONG_FILES: &[&str] = &["app-server-protocol/src/client_requests.rs"];

/// What is spelled in two halves here, so that this file does not hold it.
const LEFTOVERS: &[&str] = &[
    concat!("to", "do!("),
    concat!("db", "g!("),
    concat!("unimple", "mented!("),
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
];
const MACHINE_PATHS: &[&str] = &[concat!("/wo", "rk/"), concat!("/op", "t/")];
const HOMES: &str = concat!("/ho", "me/");

/// Users whose home may stand in a test because nobody is called so, and folders of a `CODEX_HOME` that lies at the root.
const INVENTED_USERS: &[&str] = &["u", "user", "nobody", "someone", "sessions"];

/// Checks every file of the workspace that people write.
///
/// # Errors
/// When files cannot be read.
pub fn source_rules(root: &Path) -> io::Result<Vec<String>> {
    let mut complaints = Vec::new();
    for path in files(root)? {
        // What is no text has nothing to check.
        let Ok(text) = String::from_utf8(fs::read(&path)?) else { continue };
        let place = below(root, &path);
        complaints.extend(file_rules(&place, &text).into_iter().map(|complaint| format!("{place}{complaint}")));
    }
    Ok(complaints)
}

fn file_rules(place: &str, text: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    let is_source = place.ends_with(".rs");
    let is_data = place.ends_with(".json")
        || place.ends_with(".jsonl")
        || place.ends_with(".lock")
        || place.ends_with(".snap")
        || place.ends_with(".pending-snap");
    for (number, line) in text.lines().enumerate() {
        let number = number + 1;
        if !is_data && let Some(path) = machine_path(line) {
            complaints.push(format!(":{number}: a path of one machine ({path})"));
        }
        if is_source && let Some(leftover) = LEFTOVERS.iter().find(|leftover| line.contains(**leftover)) {
            complaints.push(format!(":{number}: {leftover} was left behind"));
        }
    }
    if is_source {
        if !text.starts_with("//! ") {
            complaints.push(": does not open with //! and what it is for".to_owned());
        }
        let lines = text.lines().count();
        if lines > MAX_LINES && !LONG_FILES.contains(&place) {
            complaints.push(format!(": has {lines} lines, more than {MAX_LINES}"));
        }
    }
    complaints
}

/// The folder of one machine that a line names.
fn machine_path(line: &str) -> Option<&str> {
    let known = MACHINE_PATHS.iter().find(|path| line.contains(**path)).copied();
    known.or_else(|| line.match_indices(HOMES).find_map(|(at, _)| home_of_someone(&line[..at], &line[at..])))
}

/// The home folder with which `path` begins, unless it lies below another folder or belongs to an invented user.
fn home_of_someone<'a>(before: &str, path: &'a str) -> Option<&'a str> {
    let starts = !before.ends_with(|last: char| last.is_alphanumeric() || "]}>)_-.~".contains(last));
    let (user, _) = path[HOMES.len()..].split_once('/')?;
    let is_name =
        !user.is_empty() && user.chars().all(|letter| letter.is_ascii_alphanumeric() || "_-".contains(letter));
    (starts && is_name && !INVENTED_USERS.contains(&user)).then(|| &path[..HOMES.len() + user.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_bites() {
        let cases = [
            ("a.rs", "//! Fine.\nfn a() {}\n".to_owned(), None),
            ("a.rs", "fn a() {}\n".to_owned(), Some(": does not open")),
            ("a.rs", format!("//! Long.\n{}", "\n".repeat(MAX_LINES)), Some("has 601 lines")),
            ("a.rs", format!("//! A.\nfn a() {{ {}) }}\n", LEFTOVERS[0]), Some(":2: ")),
            ("a.rs", format!("//! A.\n// {} later\n", LEFTOVERS[3]), Some(":2: ")),
            ("a.md", format!("see {}x\n", MACHINE_PATHS[0]), Some(":1: a path of one machine")),
            ("a.md", format!("{}\n", LEFTOVERS[3]), None),
            ("a.json", format!("\"{}x\"", MACHINE_PATHS[0]), None),
            ("a.md", format!("see {HOMES}ada/x\n"), Some(":1: a path of one machine")),
            ("a.md", format!("see {HOMES}user/x, [root]{HOMES}ada/x and {HOMES}config.toml\n"), None),
        ];
        for (place, text, expected) in cases {
            let complaints = file_rules(place, &text);
            match expected {
                None => assert!(complaints.is_empty(), "{place}: {complaints:?}"),
                Some(part) => assert!(complaints.len() == 1 && complaints[0].contains(part), "{place}: {complaints:?}"),
            }
        }
    }
}
