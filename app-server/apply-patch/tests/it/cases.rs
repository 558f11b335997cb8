//! Recorded cases: what the command apply_patch does, and what the tool of a model does.

use std::collections::BTreeMap;
use std::time::Duration;

use codex_apply_patch::{ChangeKind, FileChange, LocalFiles, TurnDiff, run_tool, tool_output, verify};

use crate::support::Folder;

/// A case: lines of a word and the rest, in order.
struct Case<'a> {
    name: &'a str,
    lines: Vec<(&'a str, &'a str)>,
}

fn cases(text: &str) -> Vec<Case<'_>> {
    let blocks = text.split("\n\n").map(str::trim).filter(|block| block.starts_with("case "));
    blocks
        .map(|block| {
            let mut lines = block.lines().map(|line| line.split_once(' ').unwrap_or((line, "")));
            Case { name: lines.next().unwrap().1, lines: lines.collect() }
        })
        .collect()
}

/// The JSON string at the beginning, and what follows it.
fn string(text: &str) -> (String, &str) {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<String>();
    let read = values.next().unwrap().unwrap();
    (read, text[values.byte_offset()..].trim_start())
}

impl<'a> Case<'a> {
    fn all(&self, word: &str) -> impl Iterator<Item = &'a str> {
        self.lines.iter().filter(move |(found, _)| *found == word).map(|(_, rest)| *rest)
    }

    fn text(&self, word: &str) -> Option<String> {
        self.all(word).next().map(|rest| string(rest).0)
    }

    fn files(&self, word: &str) -> BTreeMap<String, Option<Vec<u8>>> {
        let content = |rest: &str| match rest.strip_prefix("bytes ") {
            _ if rest == "folder" => None,
            Some(hex) => {
                let byte = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
                Some((0..hex.len()).step_by(2).map(byte).collect())
            }
            None => Some(string(rest).0.into_bytes()),
        };
        let file = |line| {
            let (path, rest) = string(line);
            (path, content(rest))
        };
        self.all(word).map(file).collect()
    }

    fn folder(&self) -> Folder {
        let folder = Folder::new();
        for (path, content) in self.files("before") {
            folder.write(&path, content.unwrap());
        }
        folder
    }
}

/// Without the folder of the moment.
fn placed(text: &str, folder: &Folder) -> String {
    text.replace(folder.path.to_str().unwrap(), "<CWD>")
}

#[test]
fn command() {
    let cases = cases(include_str!("../data/command.txt"));
    assert_eq!(cases.len(), 70);
    for case in cases {
        let folder = case.folder();
        let patch = case.text("patch").unwrap();
        let (arguments, mut input) = match case.all("stdin").next() {
            Some(_) => (vec![], patch.as_bytes()),
            None => (vec![patch.clone().into()], &b""[..]),
        };
        let (mut output, mut error) = (Vec::new(), Vec::new());
        let code = run_tool(&arguments, &folder.path, &mut input, &mut output, &mut error).unwrap();
        let text = |bytes: Vec<u8>| placed(&String::from_utf8(bytes).unwrap(), &folder);
        let found = (code.to_string(), text(output), text(error), folder.files());
        let wanted = (
            case.all("exit").next().unwrap().to_owned(),
            case.text("stdout").unwrap(),
            case.text("stderr").unwrap(),
            case.files("after"),
        );
        assert_eq!(found, wanted, "{}", case.name);
    }
}

/// A change in the form of the data.
fn shown(change: &FileChange, folder: &Folder) -> [(&'static str, String); 2] {
    let quoted = |text: &str| serde_json::Value::from(placed(text, folder)).to_string();
    let path = quoted(change.path.to_str().unwrap());
    let kind = match &change.kind {
        ChangeKind::Add => format!("add {path}"),
        ChangeKind::Delete => format!("delete {path}"),
        ChangeKind::Update { move_path: None } => format!("update {path}"),
        ChangeKind::Update { move_path: Some(to) } => format!("update {path} to {}", quoted(to.to_str().unwrap())),
    };
    [("change", kind), ("diff", quoted(&change.diff))]
}

#[test]
fn model() {
    let cases = cases(include_str!("../data/model.txt"));
    assert_eq!(cases.len(), 69);
    for case in cases {
        let folder = case.folder();
        let mut turn = TurnDiff::new(folder.path.clone(), TurnDiff::LIMIT);
        let mut found: Vec<(&str, String)> = Vec::new();
        let output = match verify(&case.text("patch").unwrap(), &folder.path, &LocalFiles) {
            Err(error) => error.to_string(),
            Ok(plan) => {
                let applied = plan.apply(&LocalFiles);
                found.push(("item", if applied.is_ok() { "completed" } else { "failed" }.to_owned()));
                found.extend(plan.changes().iter().flat_map(|change| shown(change, &folder)));
                match applied {
                    Ok(applied) => {
                        assert_eq!(applied.changes, plan.changes(), "{}", case.name);
                        turn.record(&applied.effects);
                        tool_output(0, Duration::from_millis(130), &applied.summary)
                    }
                    Err(error) => tool_output(1, Duration::from_millis(130), &format!("{error}\n")),
                }
            }
        };
        let output = placed(&output, &folder).replace("Wall time: 0.1 ", "Wall time: <T> ");
        assert_eq!(output, case.text("output").unwrap(), "{}", case.name);
        let changes = ["item", "change", "diff"];
        let wanted: Vec<_> = case.lines.iter().filter(|(word, _)| changes.contains(word)).collect();
        let quoting_apart = |lines: Vec<(&str, String)>| -> Vec<(String, String)> {
            lines.into_iter().map(|(word, rest)| (word.to_owned(), rest)).collect()
        };
        let wanted = quoting_apart(wanted.into_iter().map(|(word, rest)| (*word, (*rest).to_owned())).collect());
        assert_eq!(quoting_apart(found), wanted, "{}", case.name);
        assert_eq!(turn.text(), case.text("turn-diff").unwrap_or_default(), "{}", case.name);
        assert_eq!(folder.files(), case.files("after"), "{}", case.name);
    }
}

#[test]
fn the_time_is_told_in_tenths_of_seconds_as_a_plain_number() {
    for (millis, told) in [(4, "0"), (130, "0.1"), (1000, "1"), (1260, "1.3")] {
        let output = tool_output(0, Duration::from_millis(millis), "");
        assert_eq!(output, format!("Exit code: 0\nWall time: {told} seconds\nOutput:\n"));
    }
}
