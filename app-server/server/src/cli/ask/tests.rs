//! Requests in, questions out; lines in, answers out.

use std::io::{PipeWriter, Write};

use codex_app_server_protocol::ErrorKind;
use serde_json::{Value, json};

use std::sync::Arc;

use super::*;
use crate::cli::show::tests::Written;

fn request(method: &str, params: Value) -> ServerRequest {
    let params = serde_json::value::to_raw_value(&params).unwrap();
    match ServerRequest::decode(method, Some(&params)) {
        Some(Ok(request)) => request,
        other => panic!("{other:?}"),
    }
}

fn dialogue(method: &str, params: Value) -> Dialogue {
    dialogue_of(&request(method, params)).unwrap().unwrap()
}

fn command(more: Value) -> Dialogue {
    let mut params = json!({
        "threadId": "t", "turnId": "u", "itemId": "i", "startedAtMs": 1, "command": "/bin/bash -lc 'cargo test'",
        "cwd": "/here",
    });
    params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    dialogue("item/commandExecution/requestApproval", params)
}

fn files(more: Value) -> Dialogue {
    let mut params =
        json!({"threadId": "t", "turnId": "u", "itemId": "i", "startedAtMs": 1, "reason": null, "grantRoot": null});
    params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    dialogue("item/fileChange/requestApproval", params)
}

fn questions(questions: Value) -> Dialogue {
    let params = json!({"threadId": "t", "turnId": "u", "itemId": "i", "isBlocking": true, "questions": questions});
    dialogue("item/tool/requestUserInput", params)
}

fn permissions() -> Dialogue {
    dialogue(
        "item/permissions/requestApproval",
        json!({
            "threadId": "t", "turnId": "u", "itemId": "i", "startedAtMs": 1, "cwd": "/here", "reason": "to build",
            "permissions": {"network": {"enabled": true}, "fileSystem": {"read": ["/a"], "write": null, "entries": [
                {"path": {"type": "path", "path": "/b"}, "access": "write"},
                {"path": {"type": "glob_pattern", "pattern": "**/*.key"}, "access": "deny"},
                {"path": {"type": "special", "value": {"kind": "project_roots", "subpath": "sub"}}, "access": "read"},
            ]}},
        }),
    )
}

fn value(reply: Reply) -> Value {
    serde_json::from_str(reply.unwrap().get()).unwrap()
}

/// The answer after this line.
fn answer_to(mut dialogue: Dialogue, line: Option<&str>) -> Value {
    match dialogue.take(line) {
        Step::Done(reply) => value(reply),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_command_is_described_and_decided() {
    let offered = || command(json!({"proposedExecpolicyAmendment": ["cargo", "test"], "reason": "to prove it"}));
    assert_eq!(offered().about(), "May this run?\n  $ cargo test\n  in /here\n  because: to prove it");
    assert_eq!(
        offered().prompt(),
        "y = yes, a = yes, and do not ask again in this session, p = yes, and from now on for all commands that begin with \
         `cargo test`, n = no, c = no, and end the turn > "
    );
    for (line, decision) in [
        ("y", json!("accept")),
        (" YES ", json!("accept")),
        ("a", json!("acceptForSession")),
        ("p", json!({"acceptWithExecpolicyAmendment": {"execpolicy_amendment": ["cargo", "test"]}})),
        ("n", json!("decline")),
        ("cancel", json!("cancel")),
    ] {
        assert_eq!(answer_to(offered(), Some(line)), json!({"decision": decision}), "{line}");
    }
    assert_eq!(answer_to(offered(), None), json!({"decision": "decline"}));
}

#[test]
fn a_line_that_means_nothing_decides_nothing() {
    let mut dialogue = command(json!({}));
    for line in ["", "p", "yeah", "yn", "1"] {
        let Step::Again(hint) = dialogue.take(Some(line)) else { panic!("{line}") };
        assert_eq!(hint, "please type one of y, a, n, c");
    }
}

#[test]
fn what_is_not_offered_is_not_proposed() {
    let p = |more: Value| command(more).prompt().contains("p = ");
    let amendment = json!(["ls"]);
    assert!(!p(json!({"proposedExecpolicyAmendment": amendment, "availableDecisions": ["accept", "cancel"]})));
    let offers = json!(["accept", {"acceptWithExecpolicyAmendment": {"execpolicy_amendment": ["ls"]}}, "cancel"]);
    assert!(p(json!({"proposedExecpolicyAmendment": amendment, "availableDecisions": offers})));
    let human = command(json!({"kind": "humanCommand", "proposedExecpolicyAmendment": amendment}));
    assert_eq!(human.prompt(), "y = yes, n = no, c = no, and end the turn > ");
}

#[test]
fn the_network_and_running_commands_have_their_words() {
    let network = || {
        let deny = json!({"host": "example.org", "action": "deny"});
        let allow = json!({"host": "example.org", "action": "allow"});
        command(json!({
            "networkApprovalContext": {"host": "example.org", "protocol": "https"}, "command": null, "cwd": null,
            "proposedNetworkPolicyAmendments": [deny, allow],
        }))
    };
    assert_eq!(network().about(), "May the network be reached: example.org (https)?");
    assert_eq!(
        answer_to(network(), Some("p"))["decision"],
        json!({"applyNetworkPolicyAmendment": {"network_policy_amendment": {"host": "example.org", "action": "allow"}}})
    );
    let stdin =
        command(json!({"kind": "writeStdin", "command": "write_stdin --session-id 7 'y'", "additionalPermissions":
        {"network": {"enabled": true}, "fileSystem": null}}));
    assert_eq!(
        stdin.about(),
        "May this be typed into a running command?\n  $ write_stdin --session-id 7 'y'\n  in /here\n  beyond the sandbox: \
         reach the network"
    );
}

#[test]
fn what_is_asked_for_cannot_hide() {
    let dialogue = command(json!({"command": "rm -rf ~\r\u{1b}[2Kls \u{202e}", "cwd": "/a\u{1b}c"}));
    assert_eq!(dialogue.about(), "May this run?\n  $ rm -rf ~\\u{d}\\u{1b}[2Kls \\u{202e}\n  in /a\\u{1b}c");
}

#[test]
fn changes_of_files_are_decided() {
    let more = json!({"grantRoot": "/other", "reason": "outside"});
    assert_eq!(
        files(more).about(),
        "May these files be changed?\n  it also asks to write below /other from now on\n  because: outside"
    );
    for (line, decision) in [("y", "accept"), ("a", "acceptForSession"), ("n", "decline"), ("c", "cancel")] {
        assert_eq!(answer_to(files(json!({})), Some(line)), json!({"decision": decision}));
    }
}

#[test]
fn permissions_are_granted_as_asked_or_not_at_all() {
    assert_eq!(
        permissions().about(),
        "May the model have more permissions?\n  reach the network\n  read /a\n  write /b\n  no longer read **/*.key\n  read \
         the workspace, sub\n  in /here\n  because: to build"
    );
    let granted = answer_to(permissions(), Some("a"));
    assert_eq!(granted["scope"], "session");
    assert_eq!(granted["permissions"]["network"], json!({"enabled": true}));
    assert_eq!(granted["permissions"]["fileSystem"]["entries"].as_array().unwrap().len(), 3);
    assert_eq!(answer_to(permissions(), Some("y"))["scope"], "turn");
    assert_eq!(answer_to(permissions(), Some("n")), json!({"permissions": {}, "scope": "turn"}));
}

#[test]
fn questions_are_asked_one_after_the_other() {
    let mut dialogue = questions(json!([
        {"id": "a", "header": "Colour", "question": "Which one?", "options": [
            {"label": "Red", "description": "warm"}, {"label": "Blue", "description": ""}]},
        {"id": "b", "header": "Size", "question": "How big?", "isOther": true, "options": [{"label": "Big", "description": ""}]},
        {"id": "c", "header": "Key", "question": "Which key?", "isSecret": true, "options": null},
        {"id": "d", "header": "Last", "question": "Else?", "options": null},
    ]));
    assert_eq!(dialogue.about(), "Colour: Which one?\n  1 Red: warm\n  2 Blue");
    assert_eq!(dialogue.prompt(), "a number; nothing for no answer > ");
    for line in ["0", "3", "green"] {
        let Step::Again(hint) = dialogue.take(Some(line)) else { panic!("{line}") };
        assert_eq!(hint, "please type a number from 1 to 2");
    }
    assert!(matches!(dialogue.take(Some("blue")), Step::Next));
    assert_eq!(dialogue.prompt(), "a number or your own answer; nothing for no answer > ");
    assert!(matches!(dialogue.take(Some("2")), Step::Next));
    assert!(dialogue.is_hidden());
    assert_eq!(dialogue.prompt(), "your answer, which is not shown; nothing for no answer > ");
    assert!(matches!(dialogue.take(Some(" s3cret ")), Step::Next));
    assert!(!dialogue.is_hidden());
    let answer = |answers: &[&str]| json!({"answers": answers});
    assert_eq!(
        answer_to(dialogue, Some("")),
        json!({"answers": {"a": answer(&["Blue"]), "b": answer(&["2"]), "c": answer(&[" s3cret "]), "d": answer(&[])}})
    );
}

#[test]
fn without_a_person_it_is_declined_or_accepted_and_told() {
    let (reply, told) = command(json!({})).unattended(false, "a hint");
    assert_eq!(value(reply), json!({"decision": "decline"}));
    assert!(told.contains("$ cargo test") && told.contains("a hint"), "{told}");
    assert!(!told.contains('\n'), "{told}");
    let (reply, told) = command(json!({})).unattended(true, "a hint");
    assert_eq!((value(reply), told.as_str()), (json!({"decision": "accept"}), "accepted: $ cargo test"));
    assert_eq!(value(files(json!({})).unattended(true, "a hint").0), json!({"decision": "accept"}));
    assert_eq!(value(files(json!({})).unattended(false, "a hint").0), json!({"decision": "decline"}));
    assert_eq!(value(permissions().unattended(true, "a hint").0)["permissions"]["network"], json!({"enabled": true}));
    assert_eq!(value(permissions().unattended(false, "a hint").0)["permissions"], json!({}));
    let asked = questions(json!([{"id": "a", "header": "h", "question": "q", "options": null}]));
    assert_eq!(value(asked.unattended(true, "a hint").0), json!({"answers": {}}));
}

/// A desk with a person whose lines the test types.
struct Person {
    asker: Arc<Asker>,
    asks: mpsc::Receiver<Ask>,
    desk: Desk,
    screen: Screen,
    told: Written,
    types: PipeWriter,
}

impl Person {
    fn new(accept: bool) -> Self {
        let (reader, types) = std::io::pipe().unwrap();
        let (asker, asks) = Asker::new();
        let desk = Desk::new(Attendance { accept, keyboard: Some(Keyboard::new(reader)), hint: "a hint" });
        let told = Written::default();
        let screen = Screen::new(true, Written::default().stream(true, false), told.stream(true, false));
        Self { asker: Arc::new(asker), asks, desk, screen, told, types }
    }

    /// The server asks; the task ends with the answer.
    fn asked(&self, request: ServerRequest) -> tokio::task::JoinHandle<Reply> {
        let asker = Arc::clone(&self.asker);
        tokio::spawn(async move { asker.handle(request).await })
    }

    async fn put(&mut self) {
        let ask = self.asks.recv().await.unwrap();
        self.desk.put(ask, &mut self.screen);
    }

    async fn types(&mut self, line: &str) {
        writeln!(self.types, "{line}").unwrap();
        self.go_on().await;
    }

    async fn go_on(&mut self) {
        let answering = self.desk.answering().await;
        self.desk.go_on(answering, &mut self.screen);
    }
}

fn patch_request() -> ServerRequest {
    let params =
        json!({"threadId": "t", "turnId": "u", "itemId": "i", "startedAtMs": 1, "reason": null, "grantRoot": null});
    request("item/fileChange/requestApproval", params)
}

const PATCH_PROMPT: &str =
    "y = yes, a = yes, and do not ask again for these files, n = no, c = no, and end the turn > ";

#[tokio::test]
async fn a_person_is_asked_until_the_line_means_something() {
    let mut person = Person::new(false);
    let answer = person.asked(patch_request());
    person.put().await;
    assert!(!person.desk.is_free());
    person.types("what").await;
    person.types("n").await;
    assert!(person.desk.is_free());
    assert_eq!(value(answer.await.unwrap()), json!({"decision": "decline"}));
    assert_eq!(
        person.told.text(),
        format!("May these files be changed?\n{PATCH_PROMPT}please type one of y, a, n, c\n{PATCH_PROMPT}")
    );
}

#[tokio::test]
async fn a_question_that_is_resolved_elsewhere_goes_away() {
    let mut person = Person::new(false);
    let withdrawn = person.asked(patch_request());
    person.put().await;
    withdrawn.abort();
    person.go_on().await;
    assert!(person.desk.is_free());
    assert!(person.told.text().ends_with("> \n(no answer needed any more)\n"), "{}", person.told.text());
    // One that waited in line is passed over.
    let gone = person.asked(patch_request());
    let ask = person.asks.recv().await.unwrap();
    gone.abort();
    assert!(gone.await.unwrap_err().is_cancelled());
    let before = person.told.text();
    person.desk.put(ask, &mut person.screen);
    assert!(person.desk.is_free());
    assert_eq!(person.told.text(), before);
    let answer = person.asked(patch_request());
    person.put().await;
    person.types("y").await;
    assert_eq!(value(answer.await.unwrap()), json!({"decision": "accept"}));
}

#[tokio::test]
async fn the_prompt_comes_again_after_other_text() {
    let mut person = Person::new(false);
    let _answer = person.asked(patch_request());
    person.put().await;
    person.desk.remind(&mut person.screen);
    person.screen.report("news");
    person.desk.remind(&mut person.screen);
    assert_eq!(person.told.text(), format!("May these files be changed?\n{PATCH_PROMPT}\nnews\n{PATCH_PROMPT}"));
}

#[tokio::test]
async fn a_person_who_is_gone_declines() {
    let mut person = Person::new(false);
    let answer = person.asked(patch_request());
    person.put().await;
    drop(std::mem::replace(&mut person.types, std::io::pipe().unwrap().1));
    person.go_on().await;
    assert_eq!(value(answer.await.unwrap()), json!({"decision": "decline"}));
}

#[tokio::test]
async fn yes_accepts_what_is_asked_but_answers_no_questions() {
    let mut person = Person::new(true);
    let answer = person.asked(patch_request());
    person.put().await;
    assert_eq!(value(answer.await.unwrap()), json!({"decision": "accept"}));
    assert_eq!(person.told.text(), "accepted: changes of files\n");
    let question = json!([{"id": "a", "header": "Name", "question": "Whose?", "options": null}]);
    let params = json!({"threadId": "t", "turnId": "u", "itemId": "i", "isBlocking": true, "questions": question});
    let answer = person.asked(request("item/tool/requestUserInput", params));
    person.put().await;
    person.types("mine").await;
    assert_eq!(value(answer.await.unwrap()), json!({"answers": {"a": {"answers": ["mine"]}}}));
}

#[tokio::test]
async fn requests_that_are_nothing_for_people_are_refused() {
    let person = Person::new(true);
    let params =
        json!({"threadId": "t", "turnId": "u", "callId": "c", "namespace": null, "tool": "f", "arguments": {}});
    let error = person.asked(request("item/tool/call", params)).await.unwrap().unwrap_err();
    assert_eq!(error.code, ErrorKind::NotSupported.rpc_code());
    drop(person.asks);
    let error = person.asker.handle(patch_request()).await.unwrap_err();
    assert_eq!(error.code, ErrorKind::Internal.rpc_code());
}
