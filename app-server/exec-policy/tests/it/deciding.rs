//! What rules make of calls.

use std::path::Path;

use codex_exec_policy::{Asked, Decision, Policy, Verdict, plain_commands};
use proptest::prelude::*;

use crate::{policy, script, words};

fn decide(policy: &Policy, text: &str) -> Verdict {
    policy.decide(&script(text), Path::new("/top/project"))
}

fn decision(policy: &Policy, text: &str) -> Option<Decision> {
    decide(policy, text).decision
}

const ALLOW: Option<Decision> = Some(Decision::Allow);
const PROMPT: Option<Decision> = Some(Decision::Prompt);
const FORBIDDEN: Option<Decision> = Some(Decision::Forbidden);

#[test]
fn the_strictest_rule_of_all_parts_wins() {
    let policy = policy(
        r#"prefix_rule(pattern = ["a"])
prefix_rule(pattern = ["p"], decision = "prompt", justification = "look first")
prefix_rule(pattern = ["f"], decision = "forbidden")
prefix_rule(pattern = ["a", ["x", "y"], "z"], decision = "forbidden")
"#,
    );
    for (text, expected) in [
        ("a", ALLOW),
        ("a b", ALLOW),
        ("a && a b | a", ALLOW),
        ("p", PROMPT),
        ("a && p", PROMPT),
        ("f && p", FORBIDDEN),
        ("a x z", FORBIDDEN),
        ("a y z more", FORBIDDEN),
        ("a x", ALLOW),
        ("a y y", ALLOW),
        // Allowed is only what is allowed as a whole.
        ("a && other", None),
        ("other", None),
        ("other; p", PROMPT),
        // What cannot be split is not matched.
        ("a > file", None),
        ("a $HOME", None),
        ("A=1 a", None),
        ("(f)", None),
        ("ab", None),
        ("", None),
    ] {
        assert_eq!(decision(&policy, text), expected, "{text:?}");
    }
    assert_eq!(policy.decide(&words(&["a", "b"]), Path::new("/")).decision, ALLOW);
    assert_eq!(policy.decide(&[], Path::new("/")).decision, None);
}

#[test]
fn a_script_that_cannot_be_split_is_matched_as_the_call_it_is() {
    let policy = policy("prefix_rule(pattern=['bash', '-lc'], decision='prompt')");
    assert_eq!(decision(&policy, "a $x"), PROMPT);
    assert_eq!(decision(&policy, "a"), None);
    assert_eq!(decision(&policy, "bash -lc a"), PROMPT);
}

#[test]
fn reasons_name_the_command_and_the_longest_prefix() {
    let policy = policy(
        r#"prefix_rule(pattern=["echo", "a", "b"], decision="prompt")
prefix_rule(pattern=["echo", "a"], decision="prompt", justification="first")
prefix_rule(pattern=["echo", "a"], decision="prompt", justification="second")
prefix_rule(pattern=["echo"], decision="prompt", justification="any")
prefix_rule(pattern=["rm", "x y"], decision="forbidden")
prefix_rule(pattern=["rm", "z"], decision="forbidden", justification="no")
prefix_rule(pattern=["ok"])
"#,
    );
    let prompt = |text| decide(&policy, text).prompt_reason("CMD");
    assert_eq!(prompt("echo a b"), Some("`CMD` requires approval by policy".to_owned()));
    assert_eq!(prompt("echo a"), Some("`CMD` requires approval: second".to_owned()));
    assert_eq!(prompt("echo; echo a c"), Some("`CMD` requires approval: second".to_owned()));
    assert_eq!(prompt("echo"), Some("`CMD` requires approval: any".to_owned()));
    assert_eq!(prompt("rm z && echo"), None);
    assert_eq!(prompt("ok"), None);
    let forbidden = |text| decide(&policy, text).forbidden_reason("CMD");
    assert_eq!(
        forbidden("rm 'x y' z"),
        Some("`CMD` rejected: policy forbids commands starting with `rm 'x y'`".to_owned())
    );
    assert_eq!(forbidden("echo a b && rm z"), Some("`CMD` rejected: no".to_owned()));
    assert_eq!(forbidden("echo"), None);
}

#[test]
fn a_path_stands_for_its_name() {
    let policy = policy(
        r#"prefix_rule(pattern=["ls"])
prefix_rule(pattern=["rm"], decision="forbidden")
prefix_rule(pattern=["git"])
prefix_rule(pattern=["own"])
prefix_rule(pattern=["/bin/own", "exact"], decision="prompt")
prefix_rule(pattern=["none"])
host_executable(name="git", paths=["/own/x/../git/bin/git", "/usr/bin/git"])
host_executable(name="own", paths=["/top/project/own"])
host_executable(name="none", paths=[])
"#,
    );
    for (text, expected) in [
        ("/bin/ls", ALLOW),
        ("/usr/bin/ls -l", ALLOW),
        ("/usr/bin/../bin/ls", ALLOW),
        // Any file can have the name of a program that is allowed.
        ("./ls", None),
        ("/top/project/ls", None),
        ("/bin/../top/ls", None),
        // What is forbidden is forbidden wherever it lies.
        ("./rm x", FORBIDDEN),
        ("/anywhere/rm x", FORBIDDEN),
        ("/own/git/bin/git", ALLOW),
        ("/usr/bin/git", ALLOW),
        ("/bin/git", None),
        ("./own", ALLOW),
        ("sub/../own", ALLOW),
        ("/bin/own", None),
        ("/bin/own exact", PROMPT),
        ("/bin/none", None),
        ("none", ALLOW),
    ] {
        assert_eq!(decision(&policy, text), expected, "{text:?}");
    }
    let verdict = decide(&policy, "./own x");
    assert_eq!(verdict.rule.unwrap().resolved_program, Some("/top/project/own".into()));
}

#[test]
fn a_rule_that_names_the_path_keeps_those_for_the_name_away() {
    let policy = policy("prefix_rule(pattern=['/bin/ls'])\nprefix_rule(pattern=['ls'], decision='forbidden')");
    assert_eq!(decision(&policy, "/bin/ls x"), ALLOW);
    assert_eq!(decision(&policy, "/usr/bin/ls"), FORBIDDEN);
}

#[test]
fn case_makes_no_difference_where_a_rule_says_so() {
    let policy =
        policy("prefix_rule(pattern=['Git', ['Status', 'x']], canonical_matching=True)\nprefix_rule(pattern=['ls'])");
    for (text, expected) in
        [("git STATUS", ALLOW), ("/bin/GIT status", ALLOW), ("git log", None), ("LS", None), ("ls", ALLOW)]
    {
        assert_eq!(decision(&policy, text), expected, "{text:?}");
    }
}

#[test]
fn a_rule_outweighs_the_danger_of_its_part_only() {
    let policy = policy("prefix_rule(pattern=['rm'])");
    assert!(!decide(&policy, "rm -f x; ls").is_dangerous());
    assert!(decide(&policy, "rm -f x; sudo rm -f y").is_dangerous());
    assert!(decide(&policy, "rm -rf $x").is_dangerous());
    assert!(decide(&Policy::default(), "ls && rm -f x").is_dangerous());
    assert!(!decide(&Policy::default(), "ls").is_dangerous());
}

#[test]
fn what_is_offered_to_be_remembered() {
    let policy = policy("prefix_rule(pattern=['echo'])\nprefix_rule(pattern=['ask'], decision='prompt')");
    type Prefix = Option<&'static [&'static str]>;
    let cases: &[(&str, Asked, Prefix, Prefix)] = &[
        ("ls b", Asked::NotAllowed, None, Some(&["ls", "b"])),
        ("echo a && ls b && cat", Asked::NotAllowed, None, Some(&["ls", "b"])),
        ("ls $x", Asked::NotAllowed, None, Some(&["/bin/bash", "-lc", "ls $x"])),
        ("ls && rm -f x", Asked::Dangerous, None, Some(&["rm", "-f", "x"])),
        ("ls && rm -f x", Asked::NotAllowed, None, Some(&["ls"])),
        // A rule decides.
        ("echo a", Asked::NotAllowed, None, None),
        ("ls && ask", Asked::NotAllowed, None, None),
        // What the model asks for must be enough.
        ("ls b", Asked::NotAllowed, Some(&["ls"]), Some(&["ls"])),
        ("ls b && ls c && echo", Asked::NotAllowed, Some(&["ls"]), Some(&["ls"])),
        ("/bin/ls b", Asked::NotAllowed, Some(&["ls"]), Some(&["ls"])),
        ("ls -l && cat b", Asked::NotAllowed, Some(&["ls"]), Some(&["ls", "-l"])),
        ("cat b && ls", Asked::NotAllowed, Some(&["ls"]), Some(&["cat", "b"])),
        ("ls b", Asked::NotAllowed, Some(&["ls", "c"]), Some(&["ls", "b"])),
        ("ls b", Asked::NotAllowed, Some(&[]), Some(&["ls", "b"])),
        ("ls && rm -rf x", Asked::Dangerous, Some(&["rm", "-rf"]), Some(&["rm", "-rf"])),
        // And not too much.
        ("git log", Asked::NotAllowed, Some(&["git"]), Some(&["git", "log"])),
        ("git log", Asked::NotAllowed, Some(&["git", "log"]), Some(&["git", "log"])),
        ("python3 -c x", Asked::NotAllowed, Some(&["python3", "-c"]), Some(&["python3", "-c", "x"])),
        ("/usr/bin/python3 x", Asked::NotAllowed, Some(&["/usr/bin/python3"]), Some(&["/usr/bin/python3", "x"])),
        ("python3 x.py y", Asked::NotAllowed, Some(&["python3", "x.py"]), Some(&["python3", "x.py"])),
    ];
    for (text, asked, requested, expected) in cases {
        let requested = requested.map(words);
        let cwd = Path::new("/top/project");
        let offered = policy.propose_amendment(&decide(&policy, text), *asked, requested.as_deref(), cwd);
        assert_eq!(offered, expected.map(words), "{text:?} {requested:?}");
    }
}

proptest! {
    #[test]
    fn nothing_is_allowed_that_does_not_begin_with_the_prefix(
        prefix in proptest::collection::vec("[a-c]{1,2}", 1..3),
        text in "([a-c]{1,2}|[ ;|&'\"$><(){}\\\\\n#=*-]|&&){0,12}",
    ) {
        let mut policy = Policy::default();
        policy.allow_prefix(&prefix);
        if decision(&policy, &text) == ALLOW {
            let commands = plain_commands(&text);
            prop_assert!(commands.is_some());
            for command in commands.unwrap() {
                prop_assert!(command.starts_with(&prefix), "{:?}", command);
            }
        }
    }

    #[test]
    fn joined_words_are_split_into_the_same_again(
        commands in proptest::collection::vec(proptest::collection::vec("[a-z/.][a-z0-9 .,:@%+='*|;&\n-]{0,6}", 1..4), 1..4),
    ) {
        // The program stands unquoted; arguments may hold anything.
        let commands: Vec<Vec<String>> = commands.into_iter().map(|mut command| {
            command[0].retain(|next| next.is_ascii_alphabetic() || next == '/' || next == '.');
            command[0].insert_str(0, "./");
            command
        }).collect();
        let texts: Vec<String> = commands.iter().map(|command| codex_exec_policy::join(command)).collect();
        for joint in [" && ", ";", "\n", " | ", "||"] {
            if let Some(split) = plain_commands(&texts.join(joint)) {
                prop_assert_eq!(&split, &commands);
            } else {
                // Quotes in an argument are written with a backslash only inside double quotes.
                prop_assert!(commands.iter().flatten().any(|word| word.contains('\'')));
            }
        }
    }

    #[test]
    fn any_call_is_decided(argv in proptest::collection::vec("([ -~]|rm|-f|-lc|bash){0,6}", 0..5)) {
        let policy = policy("prefix_rule(pattern=['rm'], decision='forbidden')");
        let verdict = policy.decide(&argv, Path::new("/"));
        let _ = verdict.is_dangerous();
    }
}
