//! Rules files: what they may say, and what is said when they are wrong.

use std::fs;
use std::path::{Path, PathBuf};

use codex_exec_policy::{Decision, NetworkProtocol, Policy, RulesError, rules_files};

use crate::{policy, script};

#[test]
fn the_language_is_understood() {
    for text in [
        "",
        "# nothing\n\n   # at all\n",
        "\"\"\"What this is\nfor.\"\"\"\nprefix_rule(pattern = [\"ls\"])",
        "prefix_rule(pattern=[\"ls\",],)",
        "prefix_rule(['ls'], 'prompt', ['ls'], [['cat']], 'why')",
        "prefix_rule(\n  pattern = [\n    \"ls\",  # the program\n    [\"-l\", '-a'],\n  ],\n)",
        "prefix_rule(pattern=['''ls'''], match=[\"ls -l\", ['ls', 'x y']], not_match=['cat', \"'ls x'\"])",
        "A = ['git']\nB = A + [\"st\" + \"atus\"]\nprefix_rule(pattern=B)",
        "x = 'ls'; prefix_rule(pattern=[x]); prefix_rule(pattern=['cat']);",
        "prefix_rule (pattern=['ls']) \\\n\n",
        "prefix_rule(\\\n  pattern=['ls'])\r\nprefix_rule(pattern=['cat'])\r\n",
        "(prefix_rule(pattern=['ls']))",
        "pass\n1\nNone\nTrue\n-1\nprefix_rule",
        "prefix_rule(pattern=['ls'], match=['/bin/ls', 'ls > x', 'ls | cat'])",
        "prefix_rule(pattern=['git'], not_match=['/bin/git'])\nhost_executable(name='git', paths=['/own/git'])",
        "host_executable(name='git', paths=[])",
        "host_executable('git', ['/usr/bin/git', '/usr/../bin/git'])",
        "network_rule(host='a.com', protocol='https', decision='allow', justification='why')",
    ] {
        policy(text);
    }
}

#[test]
fn texts_are_read_as_starlark_reads_them() {
    for (literal, expected) in [
        (r#""ls""#, "ls"),
        (r#"'l"s'"#, "l\"s"),
        (r#""l\"s""#, "l\"s"),
        (r#"r"l\s""#, "l\\s"),
        (r#"r"l\"s""#, "l\\\"s"),
        (r#""l\x73""#, "ls"),
        (r#""l\u0073""#, "ls"),
        (r#""l\163""#, "ls"),
        (r#""\U0001F600""#, "\u{1f600}"),
        (r#""l\q""#, "l\\q"),
        (r#""l\ts\n\\""#, "l\ts\n\\"),
        ("\"l\\\ns\"", "ls"),
        ("\"\"\"l\ns\"\"\"", "l\ns"),
        ("'''l''s'''", "l''s"),
        ("\"\"", ""),
    ] {
        let policy = policy(&format!("prefix_rule(pattern=[{literal}])"));
        assert_eq!(policy.prefix_rules()[0].pattern, [[expected]], "{literal}");
    }
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    for (text, message, range) in [
        ("prefix_rule(pattern=['ls'], decision='deny')", "invalid decision: deny", "1:1-1:45"),
        (
            "\n\nprefix_rule(pattern=['ls'],\n  foo=1)",
            "Found `foo` extra named parameter(s) for call to prefix_rule",
            "3:1-4:9",
        ),
        ("prefix_rule(['x'], a=1, b=2)", "Found `a` `b` extra named parameter(s) for call to prefix_rule", "1:1-1:29"),
        (
            "'é'; prefix_rule(pattern=[1])",
            "invalid pattern element: pattern element must be a string or list of strings (got int)",
            "1:6-1:30",
        ),
        ("prefix_rule()", "Missing parameter `pattern` for call to `prefix_rule`", "1:1-1:14"),
        (
            "prefix_rule('ls')",
            "Type of parameter `pattern` doesn't match, expected `list`, actual `string (repr: \"ls\")`",
            "1:1-1:18",
        ),
        (
            "prefix_rule(('a', 'b'))",
            "Type of parameter `pattern` doesn't match, expected `list`, actual `tuple (repr: (\"a\", \"b\"))`",
            "1:1-1:24",
        ),
        (
            "prefix_rule(['a'], None)",
            "Type of parameter `decision` doesn't match, expected `str`, actual `NoneType (repr: None)`",
            "1:1-1:25",
        ),
        (
            "prefix_rule(['a'], justification=1)",
            "Type of parameter `justification` doesn't match, expected `str`, actual `int (repr: 1)`",
            "1:1-1:36",
        ),
        (
            "prefix_rule(['a'], canonical_matching=1)",
            "Type of parameter `canonical_matching` doesn't match, expected `bool`, actual `int (repr: 1)`",
            "1:1-1:41",
        ),
        ("prefix_rule(['a'], pattern=['b'])", "Argument `pattern` occurs more than once", "1:1-1:34"),
        ("prefix_rule(pattern=['a'], pattern=['b'])", "repeated named argument", "1:28-1:35"),
        ("prefix_rule(pattern=['a'], 'allow')", "positional argument after non positional", "1:28-1:35"),
        (
            "prefix_rule(['a'], 'allow', [], [], 'x', True, 1)",
            "Too many positional arguments for call to prefix_rule",
            "1:1-1:50",
        ),
        ("prefix_rule([])", "invalid pattern element: pattern cannot be empty", "1:1-1:16"),
        ("prefix_rule([[]])", "invalid pattern element: pattern alternatives cannot be empty", "1:1-1:18"),
        (
            "prefix_rule(['a', [['b']]])",
            "invalid pattern element: pattern alternative must be a string (got list)",
            "1:1-1:28",
        ),
        ("prefix_rule(['a'], justification=' ')", "invalid rule: justification cannot be empty", "1:1-1:38"),
        ("prefix_rule(['a'], match=[[]])", "invalid example: example cannot be an empty list", "1:1-1:31"),
        ("prefix_rule(['a'], match=[''])", "invalid example: example cannot be an empty string", "1:1-1:31"),
        (
            "prefix_rule(['a'], match=[\"a 'b\"])",
            "invalid example: example string has invalid shell syntax",
            "1:1-1:35",
        ),
        (
            "prefix_rule(['a'], match=[1])",
            "invalid example: example must be a string or list of strings (got int)",
            "1:1-1:30",
        ),
        (
            "prefix_rule(['a'], match=[[1.5]])",
            "invalid example: example tokens must be strings (got float)",
            "1:1-1:34",
        ),
        (
            "prefix_rule(['a'], match=['b', 'c d'])",
            "expected every example to match the rule; unmatched examples: b, c d",
            "1:1-1:39",
        ),
        (
            "x = 1\nprefix_rule(['a'],\n not_match=['b', 'a c'])",
            "expected example to not match the rule: a c",
            "2:1-3:25",
        ),
        ("foo(1)", "Variable `foo` not found", "1:1-1:4"),
        ("prefix_rule([ls])", "Variable `ls` not found", "1:14-1:16"),
        ("x = 1\nx(2)", "Operation `call()` not supported on type `int`", "2:1-2:2"),
        ("x = ['a'] + 'b'", "Operation `+` not supported for types `list` and `string`", "1:5-1:16"),
        ("prefix_rule(pattern=['ls']", "Parse error: unexpected new line, expected symbol ')'", "1:27-1:27"),
        ("prefix_rule(pattern=['ls'\n", "Parse error: unexpected new line, expected symbol ']'", "2:1-2:1"),
        ("prefix_rule(['ls']))", "Parse error: unexpected symbol ')', expected new line", "1:20-1:21"),
        ("prefix_rule(['ls',,])", "Parse error: unexpected symbol ',', expected expression", "1:19-1:20"),
        ("prefix_rule(['l' 's'])", "Parse error: unexpected string literal \"s\", expected symbol ']'", "1:18-1:21"),
        (
            "prefix_rule(['a']) prefix_rule(['b'])",
            "Parse error: unexpected identifier 'prefix_rule', expected new line",
            "1:20-1:31",
        ),
        ("prefix_rule(['ls", "Parse error: unfinished string literal", "1:14-1:17"),
        ("prefix_rule(['ls\n'])", "Parse error: unfinished string literal", "1:14-1:17"),
        ("'''ls", "Parse error: unfinished string literal", "1:1-1:6"),
        ("prefix_rule(['\\x'])", "Parse error: invalid string escape sequence `x']`", "1:15-1:19"),
        ("'\\ud800'", "Parse error: invalid string escape sequence `ud800`", "1:2-1:8"),
        (" prefix_rule(['ls'])", "Parse error: unexpected new indentation block, expected expression", "1:1-1:2"),
        ("\tprefix_rule(['ls'])", "Parse error: tabs are not allowed", "1:1-1:1"),
        ("prefix_rule(\n\t['ls'])", "Parse error: tabs are not allowed", "2:1-2:1"),
        ("$", "Parse error: invalid input `$`", "1:1-1:2"),
        ("é", "Parse error: invalid input `é`", "1:1-1:2"),
        ("x = y = 1", "Variable `y` not found", "1:5-1:6"),
        (
            "for x in ['a']: prefix_rule([x])",
            "`for` is not understood in rules files; use plain calls with literal arguments",
            "1:1-1:4",
        ),
        ("[prefix_rule([x]) for x in ['a']]", "Variable `x` not found", "1:15-1:16"),
        (
            "load('a', 'b')",
            "`load` is not understood in rules files; use plain calls with literal arguments",
            "1:1-1:5",
        ),
        (
            "['a' if True else 'b']",
            "`if` is not understood in rules files; use plain calls with literal arguments",
            "1:6-1:8",
        ),
        (
            "prefix_rule(['a'.strip()])",
            "`.` is not understood in rules files; use plain calls with literal arguments",
            "1:17-1:18",
        ),
        (
            "prefix_rule({'a': 1})",
            "`{` is not understood in rules files; use plain calls with literal arguments",
            "1:13-1:14",
        ),
        ("host_executable(name='', paths=[])", "invalid rule: host_executable name cannot be empty", "1:1-1:35"),
        (
            "host_executable('a/b', [])",
            "invalid rule: host_executable name must be a bare executable name (got a/b)",
            "1:1-1:27",
        ),
        ("host_executable('a', ['a'])", "invalid rule: host_executable paths must be absolute (got a)", "1:1-1:28"),
        ("host_executable('a', ['/b'])", "invalid rule: host_executable path `/b` must have basename `a`", "1:1-1:29"),
        ("host_executable('a', [1])", "invalid rule: host_executable paths must be strings (got int)", "1:1-1:26"),
        (
            "network_rule('a.com', 'tcp', 'allow')",
            "invalid rule: network_rule protocol must be one of http, https, socks5_tcp, socks5_udp (got tcp)",
            "1:1-1:38",
        ),
        ("network_rule('a.com', 'http', 'block')", "invalid decision: block", "1:1-1:39"),
    ] {
        let error = Policy::parse(Path::new("/r/a.rules"), text).err().unwrap_or_else(|| panic!("{text:?} is taken"));
        let RulesError::Invalid { path, range: place, message: found, .. } = error else {
            panic!("{text:?}: {error}");
        };
        assert_eq!(found, message, "{text:?}");
        let found = format!("{}:{}-{}:{}", place.start.line, place.start.column, place.end.line, place.end.column);
        assert_eq!(found, range, "{text:?}");
        assert_eq!(path, Path::new("/r/a.rules"));
    }
}

#[test]
fn an_error_shows_the_line() {
    let error = Policy::parse(Path::new("/r/a.rules"), "# é\n'é' + ls\n").unwrap_err();
    assert_eq!(
        error.to_string(),
        "failed to parse rules file /r/a.rules:2:7: Variable `ls` not found\n  |\n2 | 'é' + ls\n  |       ^^"
    );
    assert_eq!(error.path(), Path::new("/r/a.rules"));
    assert_eq!(error.range().unwrap().end.column, 9);
}

#[test]
fn hosts_are_written_one_way() {
    for (host, expected) in [
        ("a.com", Ok("a.com")),
        (" A.Com. ", Ok("a.com")),
        ("a.com:443", Ok("a.com")),
        ("1.2.3.4", Ok("1.2.3.4")),
        ("[::1]", Ok("::1")),
        ("[::1]:80", Ok("::1")),
        ("::1", Ok("::1")),
        ("", Err("network_rule host cannot be empty")),
        (".", Err("network_rule host cannot be empty")),
        ("[]", Err("network_rule host cannot be empty")),
        ("*.a.com", Err("network_rule host must be a specific host; wildcards are not allowed")),
        ("https://a.com", Err("network_rule host must be a hostname or IP literal (without scheme or path)")),
        ("a.com/x", Err("network_rule host must be a hostname or IP literal (without scheme or path)")),
        ("a com", Err("network_rule host cannot contain whitespace")),
        ("[::1", Err("network_rule host has an invalid bracketed IPv6 literal")),
        ("[a]b", Err("network_rule host contains an unsupported suffix: [a]b")),
    ] {
        let text = format!("network_rule(host='{host}', protocol='https', decision='deny')");
        match (Policy::parse(Path::new("a"), &text), expected) {
            (Ok(policy), Ok(expected)) => {
                let rule = &policy.network_rules()[0];
                assert_eq!((rule.host.as_str(), rule.protocol), (expected, NetworkProtocol::Https));
                assert_eq!(rule.decision, Decision::Forbidden);
            }
            (Err(error), Err(expected)) => assert!(error.to_string().contains(expected), "{host}: {error}"),
            (found, _) => panic!("{host}: {found:?}"),
        }
    }
}

#[test]
fn folders_are_read_in_order_and_files_by_name() {
    let root = tempfile::tempdir().unwrap();
    let folders: Vec<PathBuf> = ["home", "missing", "project"].iter().map(|name| root.path().join(name)).collect();
    for (file, text) in [
        ("home/b.rules", "prefix_rule(['x'], 'prompt', justification='home b')"),
        ("home/a.rules", "prefix_rule(['x'], 'prompt', justification='home a')"),
        ("home/c.txt", "no rules("),
        ("project/a.rules", "prefix_rule(['y'], 'forbidden')"),
    ] {
        let path = root.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    fs::create_dir(root.path().join("home/folder.rules")).unwrap();
    let files = rules_files(&folders).unwrap();
    let names: Vec<_> =
        files.iter().map(|file| file.strip_prefix(root.path()).unwrap().display().to_string()).collect();
    assert_eq!(names, ["home/a.rules", "home/b.rules", "project/a.rules"]);
    let policy = Policy::load(&files).unwrap();
    assert_eq!(policy.decide(&script("x"), root.path()).rule.unwrap().justification.unwrap(), "home b");
    assert_eq!(policy.decide(&script("y"), root.path()).decision, Some(Decision::Forbidden));
    assert!(!policy.is_empty());

    // All or nothing.
    fs::write(root.path().join("home/b.rules"), "prefix_rule(").unwrap();
    let error = Policy::load(&files).unwrap_err();
    assert_eq!(error.path(), root.path().join("home/b.rules"));
    fs::write(root.path().join("home/b.rules"), [0xff]).unwrap();
    assert!(matches!(Policy::load(&files), Err(RulesError::Unreadable { .. })));
    assert!(matches!(rules_files(&[root.path().join("home/a.rules")]), Err(RulesError::Unreadable { .. })));
}

#[test]
fn lists_are_not_nested_without_end() {
    let text = "[".repeat(100_000);
    let error = Policy::parse(Path::new("a"), &text).unwrap_err().to_string();
    assert!(error.contains("nested more than 64 deep"), "{}", &error[..200]);
    let text = format!("x = {}{}", "[".repeat(40), "]".repeat(40));
    policy(&text);
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "([ -~\n\té]|prefix_rule\\(|pattern=|\\[\"|\"\\]|\"\"\"|\\\\|=|,|\\)){0,40}") {
        if let Err(error) = Policy::parse(Path::new("a"), &text) {
            let range = error.range().unwrap();
            proptest::prop_assert!(range.start.line >= 1 && range.start.line <= text.matches('\n').count() + 1);
            proptest::prop_assert!((range.start.line, range.start.column) <= (range.end.line, range.end.column));
        }
    }
}
