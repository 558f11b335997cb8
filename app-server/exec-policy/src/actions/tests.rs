//! Details that the recorded table does not have.

use super::*;

fn actions(argv: &[&str]) -> Vec<Action> {
    let argv: Vec<String> = argv.iter().map(|word| (*word).to_owned()).collect();
    parse_actions(&argv, Path::new("/w"))
}

#[test]
fn a_call_without_a_shell_is_described_too() {
    assert_eq!(
        actions(&["cat", "a b"]),
        [Action::Read { command: "cat 'a b'".to_owned(), name: "a b".to_owned(), path: PathBuf::from("/w/a b") }]
    );
    assert_eq!(actions(&["cargo", "test"]), [Action::Unknown { command: "cargo test".to_owned() }]);
    assert_eq!(actions(&[]), [Action::Unknown { command: String::new() }]);
}

#[test]
fn what_cannot_be_split_is_unknown_as_it_stands() {
    for script in ["cat a.txt > b", "cat *.txt", "A=1 cat a.txt", "", "cat \"$X\"", "cat a # b"] {
        assert_eq!(actions(&["bash", "-lc", script]), [Action::Unknown { command: script.to_owned() }]);
    }
}

#[test]
fn paths_are_shortened_to_what_says_most() {
    for (path, shown) in [
        ("a/b", "b"),
        ("a/src", "a"),
        ("a/build/dist/", "a"),
        ("src", "src"),
        ("build/dist/src", "build/dist/src"),
        ("/src", "/src"),
        ("/", ""),
        ("./src/", "."),
        ("a/..", ".."),
        ("a\\b", "b"),
        ("", ""),
    ] {
        assert_eq!(short(path), shown, "{path:?}");
    }
}
