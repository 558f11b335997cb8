//! Remembering that a command is allowed.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use codex_exec_policy::{AmendError, Decision, Policy, append_allow_rule};

use crate::words;

fn appended(before: Option<&str>, prefix: &[&str]) -> (String, bool) {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("rules/default.rules");
    if let Some(before) = before {
        fs::create_dir(path.parent().unwrap()).unwrap();
        fs::write(&path, before).unwrap();
    }
    let added = append_allow_rule(&path, &words(prefix)).unwrap();
    (fs::read_to_string(path).unwrap(), added)
}

#[test]
fn a_rule_is_added_behind_what_is_there() {
    let line = "prefix_rule(pattern=[\"ls\", \"x\"], decision=\"allow\")\n";
    for before in
        ["", "# mine\n", "prefix_rule(['cat'])\n\n\n", "prefix_rule(['ls'])\n", "prefix_rule(['ls', 'x'], 'prompt')\n"]
    {
        assert_eq!(appended(Some(before), &["ls", "x"]), (format!("{before}{line}"), true));
    }
    assert_eq!(appended(None, &["ls", "x"]), (line.to_owned(), true));
    assert_eq!(appended(Some("# no end"), &["ls", "x"]), (format!("# no end\n{line}"), true));
    let crlf = line.replace('\n', "\r\n");
    assert_eq!(appended(Some("# a\r\n# b"), &["ls", "x"]), (format!("# a\r\n# b\r\n{crlf}"), true));
}

#[test]
fn a_rule_is_never_there_twice() {
    for before in [
        "prefix_rule(pattern=[\"ls\", \"x\"], decision=\"allow\")\n",
        "prefix_rule(['ls', 'x']) # without end",
        "A = ['ls']\nprefix_rule(\n  A + ['x'],\n)\n",
    ] {
        assert_eq!(appended(Some(before), &["ls", "x"]), (before.to_owned(), false));
    }
}

#[test]
fn a_new_file_is_for_its_owner() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("rules/default.rules");
    append_allow_rule(&path, &words(&["ls"])).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    append_allow_rule(&path, &words(&["cat"])).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o644);
}

#[test]
fn what_would_not_work_is_refused_and_changes_nothing() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("default.rules");
    assert!(matches!(append_allow_rule(&path, &[]), Err(AmendError::EmptyPrefix)));
    // The last one is right as it stands; its line goes on into the next.
    for broken in ["prefix_rule(\n", "prefix_rule(['cat']) \\\n"] {
        fs::write(&path, broken).unwrap();
        assert!(matches!(append_allow_rule(&path, &words(&["ls"])), Err(AmendError::BrokenFile(_))), "{broken}");
        assert_eq!(fs::read_to_string(&path).unwrap(), broken);
    }
    assert!(matches!(append_allow_rule(root.path(), &words(&["ls"])), Err(AmendError::Edit(_))));
}

#[test]
fn writers_at_the_same_time_lose_nothing() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("default.rules");
    std::thread::scope(|scope| {
        for writer in 0..8 {
            let path = &path;
            scope.spawn(move || {
                for rule in 0..4 {
                    append_allow_rule(path, &[format!("p{}", (writer + rule) % 8)]).unwrap();
                }
            });
        }
    });
    let policy = Policy::load(&[path]).unwrap();
    assert_eq!(policy.prefix_rules().len(), 8);
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(64))]
    #[test]
    fn any_words_are_read_back_as_they_were(prefix in proptest::collection::vec("\\PC{0,6}|[\\x00-\\x7f]{0,6}", 1..4)) {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("default.rules");
        append_allow_rule(&path, &prefix).unwrap();
        let policy = Policy::load(std::slice::from_ref(&path)).unwrap();
        let expected: Vec<Vec<String>> = prefix.iter().map(|word| vec![word.clone()]).collect();
        proptest::prop_assert_eq!(&policy.prefix_rules()[0].pattern, &expected);
        proptest::prop_assert!(!append_allow_rule(&path, &prefix).unwrap());
        let verdict = policy.decide(&prefix, Path::new("/"));
        let whole = verdict.parts.len() == 1 && verdict.parts[0].words == prefix;
        proptest::prop_assert!(!whole || verdict.decision == Some(Decision::Allow));
    }
}
