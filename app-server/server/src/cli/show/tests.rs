//! Notifications in, text out.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::*;

/// What was written to a stream.
#[derive(Clone, Default)]
pub(in crate::cli) struct Written(Arc<Mutex<Vec<u8>>>);

impl Written {
    pub(in crate::cli) fn stream(&self, terminal: bool, colours: bool) -> Stream {
        Stream::new(Box::new(self.clone()), terminal, colours)
    }

    pub(in crate::cli) fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    fn take(&self) -> String {
        String::from_utf8(std::mem::take(&mut *self.0.lock().unwrap())).unwrap()
    }
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A screen, and what it writes.
struct Shown {
    screen: Screen,
    said: Written,
    told: Written,
}

impl Shown {
    fn new(on: bool, terminal: bool, colours: bool) -> Self {
        let (said, told) = (Written::default(), Written::default());
        let mut screen = Screen::new(on, said.stream(terminal, false), told.stream(terminal, colours));
        screen.folder = PathBuf::from("/here");
        Self { screen, said, told }
    }

    fn plain() -> Self {
        Self::new(true, false, false)
    }

    fn note(&mut self, method: &str, mut params: Value) -> Option<TurnStatus> {
        params["threadId"] = json!("t");
        params["turnId"] = json!("u");
        let params = serde_json::value::to_raw_value(&params).unwrap();
        let Some(Ok(notification)) = Notification::decode(method, Some(&params)) else { panic!("{method} {params}") };
        self.screen.show_body("u", &notification)
    }

    fn started(&mut self, item: Value) {
        self.note("item/started", json!({"item": item, "startedAtMs": 1}));
    }

    fn completed(&mut self, item: Value) {
        self.note("item/completed", json!({"item": item, "completedAtMs": 1}));
    }

    fn output(&mut self, id: &str, delta: &str) {
        self.note("item/commandExecution/outputDelta", json!({"itemId": id, "delta": delta}));
    }

    fn say(&mut self, delta: &str) {
        self.note("item/agentMessage/delta", json!({"itemId": "m", "delta": delta}));
    }

    /// What was told since the last time.
    fn told(&self) -> String {
        self.told.take()
    }
}

fn command(id: &str, script: &str, more: Value) -> Value {
    let mut item = json!({
        "type": "commandExecution", "id": id, "command": format!("/bin/bash -lc '{script}'"), "cwd": "/here",
        "processId": null, "status": "inProgress", "commandActions": [], "aggregatedOutput": null, "exitCode": null,
        "durationMs": null, "startedAtMs": null, "completedAtMs": null,
    });
    item.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    item
}

fn patch(status: &str, changes: Value) -> Value {
    json!({"type": "fileChange", "id": "p", "changes": changes, "status": status, "startedAtMs": null, "completedAtMs": null})
}

#[test]
fn a_command_is_shown_with_its_output_and_its_end() {
    let mut shown = Shown::plain();
    shown.started(command("c", "make test", json!({})));
    assert_eq!(shown.told(), "$ make test\n");
    shown.output("c", "one\ntw");
    shown.output("c", "o\n");
    assert_eq!(shown.told(), "  one\n  two\n");
    shown.completed(command(
        "c",
        "make test",
        json!({"status": "failed", "exitCode": 2, "durationMs": 1500, "aggregatedOutput": "one\ntwo\nthree"}),
    ));
    assert_eq!(shown.told(), "  three\n[exit 2, 1.50s]\n");
    assert_eq!(shown.said.text(), "");
}

#[test]
fn what_was_not_streamed_comes_at_the_end_and_nothing_twice() {
    let done = |output: Value| json!({"status": "completed", "exitCode": 0, "aggregatedOutput": output});
    for (deltas, whole, expected) in [
        (&[][..], json!(null), "$ x\n[exit 0]\n"),
        (&[], json!("all\n"), "$ x\n  all\n[exit 0]\n"),
        (&["all\n"], json!("all\n"), "$ x\n  all\n[exit 0]\n"),
        (&["b\n"], json!("a\nb\nc\n"), "$ x\n  b\n[$ x before that:]\n  a\n[$ x after that:]\n  c\n[exit 0]\n"),
        (&["all"], json!("shortened"), "$ x\n  all\n[exit 0]\n"),
    ] {
        let mut shown = Shown::plain();
        shown.started(command("c", "x", json!({})));
        deltas.iter().for_each(|delta| shown.output("c", delta));
        shown.completed(command("c", "x", done(whole)));
        assert_eq!(shown.told(), expected);
    }
}

#[test]
fn commands_side_by_side_are_told_apart() {
    let mut shown = Shown::plain();
    let long = "b".repeat(50);
    shown.started(command("a", "first", json!({})));
    shown.started(command("b", &long, json!({})));
    shown.output("a", "from a\n");
    shown.output("b", "from b");
    shown.output("a", "again\n");
    shown.completed(command("b", &long, json!({"status": "completed", "exitCode": 0, "aggregatedOutput": "from b"})));
    shown.completed(command(
        "a",
        "first",
        json!({"status": "completed", "exitCode": 0, "aggregatedOutput": "from a\nagain\n"}),
    ));
    let b = format!("$ {}...", "b".repeat(40));
    assert_eq!(
        shown.told(),
        format!(
            "$ first\n$ {long}\n[$ first:]\n  from a\n[{b}:]\n  from b\n[$ first:]\n  again\n[{b}: exit 0]\n[$ first: exit 0]\n"
        )
    );
}

#[test]
fn refused_commands_and_those_that_go_on_are_told() {
    let mut shown = Shown::plain();
    shown.completed(command("a", "rm -rf x", json!({"status": "declined"})));
    shown.completed(command("b", "odd", json!({"status": "failed", "aggregatedOutput": "no such shell"})));
    shown.started(command("c", "sleep 60", json!({})));
    assert_eq!(shown.told(), "$ rm -rf x\n[declined]\n$ odd\n  no such shell\n[failed]\n$ sleep 60\n");
    for (stdin, expected) in
        [("", "[waits for $ sleep 60]\n"), ("y\u{3}\n", "[types \"y\\u{3}\\n\" into $ sleep 60]\n")]
    {
        shown.note(
            "item/commandExecution/terminalInteraction",
            json!({"itemId": "c", "processId": "1", "stdin": stdin}),
        );
        assert_eq!(shown.told(), expected);
    }
    let turn = json!({"id": "u", "items": [], "status": "completed"});
    assert_eq!(shown.note("turn/completed", json!({"turn": turn})), Some(TurnStatus::Completed));
    let told = shown.told();
    assert!(told.starts_with("[still running: $ sleep 60]\ndone in "), "{told}");
}

#[test]
fn a_patch_is_shown_once_and_again_when_it_changes() {
    let mut shown = Shown::plain();
    let add = json!([{"path": "/here/a", "kind": {"type": "add"}, "diff": "x\n"}]);
    shown.started(patch("inProgress", add.clone()));
    assert_eq!(shown.told(), "--- /dev/null\n+++ b/a\n+x\n");
    shown.completed(patch("completed", add.clone()));
    assert_eq!(shown.told(), "[1 file changed]\n");
    let both = json!([
        {"path": "/here/a", "kind": {"type": "delete"}, "diff": "x\n"},
        {"path": "/here/b", "kind": {"type": "update", "move_path": null}, "diff": "@@ -1 +1 @@\n-a\n+b\n"},
    ]);
    shown.started(patch("inProgress", add));
    shown.note("item/fileChange/patchUpdated", json!({"itemId": "p", "changes": both.clone()}));
    shown.completed(patch("declined", both));
    assert_eq!(
        shown.told(),
        "--- /dev/null\n+++ b/a\n+x\n--- a/a\n+++ /dev/null\n-x\n--- a/b\n+++ b/b\n@@ -1 +1 @@\n-a\n+b\n[2 files declined]\n"
    );
}

#[test]
fn colours_are_for_those_who_want_them() {
    let mut shown = Shown::new(true, true, true);
    shown.started(patch("inProgress", json!([{"path": "/here/a", "kind": {"type": "add"}, "diff": "x\n"}])));
    assert_eq!(shown.told(), "\x1b[1m--- /dev/null\x1b[0m\n\x1b[1m+++ b/a\x1b[0m\n\x1b[32m+x\x1b[0m\n");
    let mut shown = Shown::new(true, true, false);
    shown.started(command("c", "ls", json!({})));
    assert_eq!(shown.told(), "$ ls\n");
}

#[test]
fn plans_searches_and_images_are_shown() {
    let mut shown = Shown::plain();
    let steps = json!([
        {"step": "look", "status": "completed"}, {"step": "do", "status": "inProgress"}, {"step": "check", "status": "pending"},
    ]);
    shown.note("turn/plan/updated", json!({"explanation": "it grew", "plan": steps.clone()}));
    assert_eq!(shown.told(), "plan (it grew)\n  [x] look\n  [>] do\n  [ ] check\n");
    shown.note("turn/plan/updated", json!({"explanation": null, "plan": steps}));
    assert!(shown.told().starts_with("plan\n"));
    for (item, expected) in [
        (json!({"type": "imageView", "id": "i", "path": "/here/a.png"}), "[looks at /here/a.png]\n"),
        (json!({"type": "webSearch", "id": "i", "query": "q", "action": null}), "[web: q]\n"),
        (
            json!({"type": "webSearch", "id": "i", "query": "q", "action": {"type": "search", "query": "rust", "queries": null}}),
            "[web: searches for rust]\n",
        ),
        (
            json!({"type": "webSearch", "id": "i", "query": "", "action": {"type": "search", "query": null, "queries": ["a", "b"]}}),
            "[web: searches for a | b]\n",
        ),
        (
            json!({"type": "webSearch", "id": "i", "query": "u", "action": {"type": "openPage", "url": null}}),
            "[web: opens u]\n",
        ),
        (
            json!({"type": "webSearch", "id": "i", "query": "", "action": {"type": "findInPage", "url": "u", "pattern": "p"}}),
            "[web: looks for \"p\" in u]\n",
        ),
        (json!({"type": "contextCompaction", "id": "i"}), "[contextCompaction]\n"),
    ] {
        let mut item = item;
        item["startedAtMs"] = json!(null);
        item["completedAtMs"] = json!(null);
        shown.completed(item);
        assert_eq!(shown.told(), expected);
    }
}

#[test]
fn two_streams_share_a_terminal_line_by_line() {
    let mut shown = Shown::new(true, true, false);
    shown.say("Let me");
    shown.started(command("c", "ls", json!({})));
    shown.output("c", "half");
    shown.say(" see\x1b[2J");
    shown.screen.report("told");
    assert_eq!(shown.said.text(), "Let me\n see\\u{1b}[2J\n");
    assert_eq!(shown.told(), "$ ls\n  half\ntold\n");
}

#[test]
fn a_file_gets_what_the_agent_says_as_it_is() {
    let mut shown = Shown::plain();
    shown.say("a\x1b[1m");
    shown.started(command("c", "ls\necho", json!({})));
    shown.say("b");
    shown.completed(
        json!({"type": "agentMessage", "id": "m", "text": "ab", "startedAtMs": null, "completedAtMs": null}),
    );
    assert_eq!(shown.said.text(), "a\x1b[1mb\n");
    assert_eq!(shown.told(), "$ ls\n  echo\n");
}

#[test]
fn while_the_wire_is_printed_nothing_is_shown_but_what_must_be_known() {
    let mut shown = Shown::new(false, true, true);
    shown.screen.prompt("hi");
    shown.say("text");
    shown.started(command("c", "ls", json!({})));
    shown.output("c", "out");
    shown.completed(command(
        "c",
        "ls",
        json!({"status": "completed", "exitCode": 0, "aggregatedOutput": "out and more"}),
    ));
    shown.completed(patch("completed", json!([])));
    assert_eq!((shown.said.text(), shown.told()), (String::new(), String::new()));
    let turn =
        json!({"id": "u", "items": [], "status": "failed", "error": {"message": "no way", "codexErrorInfo": null}});
    shown.note("turn/completed", json!({"turn": turn}));
    assert!(shown.told().ends_with(": no way\n"));
}
