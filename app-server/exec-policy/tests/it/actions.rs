//! What scripts are shown as, held against a recorded table.

use std::path::Path;

use codex_exec_policy::{Action, parse_actions};

use crate::script;

fn shown(action: &Action) -> String {
    let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    match action {
        Action::Read { command, name, path } => {
            format!("read {name} {} <{command}>", path.display().to_string().replace("/top/cwd", "CWD"))
        }
        Action::ListFiles { command, path } => format!("list {} <{command}>", or_none(path)),
        Action::Search { command, query, path } => {
            format!("search {} in {} <{command}>", or_none(query), or_none(path))
        }
        Action::Unknown { .. } => "unknown".to_owned(),
    }
}

#[test]
fn scripts_are_shown_as_recorded() {
    let mut wrong = Vec::new();
    let mut rows = 0;
    for line in include_str!("actions.tsv").lines().filter(|line| !line.starts_with("# ")) {
        let (text, expected) = line.split_once('\t').unwrap();
        let actions = parse_actions(&script(text), Path::new("/top/cwd"));
        let found: Vec<String> = actions.iter().map(shown).collect();
        let found = found.join(" ; ");
        if found != expected {
            wrong.push(format!("{text}\n  expected {expected}\n  found    {found}"));
        }
        rows += 1;
    }
    assert!(wrong.is_empty(), "{} of {rows} rows differ:\n{}", wrong.len(), wrong.join("\n"));
    assert!(rows > 500, "{rows}");
}

proptest::proptest! {
    #[test]
    fn any_script_is_described(text in "([a-z/.' \"|;&$<>-]|cat |sed -n |ls |rg |find |cd |xargs |head -n |git grep |-e |--){0,12}") {
        let actions = parse_actions(&script(&text), Path::new("/top/cwd"));
        for action in actions {
            if let Action::Read { path, .. } = action {
                proptest::prop_assert!(path.is_absolute());
            }
        }
    }
}
