//! Transcripts made by hand: one that keeps every rule, and for each rule those that break it.

use super::*;

const GOOD: &str = r#"
-> {"method":"initialize","id":1,"params":{}}
<- {"id":1,"result":{}}
-> {"method":"initialized"}
-> no message
-> {"method":"turn/start","id":2,"params":{"threadId":"t"}}
<- {"id":2,"result":{"turn":{"id":"u"}}}
<- {"method":"turn/started","params":{"threadId":"t","turn":{"id":"u","rootTurnId":"u"}},"emittedAtMs":1}
<- {"method":"item/started","params":{"threadId":"t","turnId":"u","item":{"type":"reasoning","id":"r","summary":[]}},"emittedAtMs":1}
<- {"method":"item/reasoning/summaryPartAdded","params":{"threadId":"t","turnId":"u","itemId":"r","summaryIndex":0},"emittedAtMs":1}
<- {"method":"item/reasoning/summaryTextDelta","params":{"threadId":"t","turnId":"u","itemId":"r","summaryIndex":0,"delta":"a"},"emittedAtMs":1}
<- {"method":"item/reasoning/summaryTextDelta","params":{"threadId":"t","turnId":"u","itemId":"r","summaryIndex":1,"delta":"b"},"emittedAtMs":1}
<- {"method":"item/reasoning/textDelta","params":{"threadId":"t","turnId":"u","itemId":"r","contentIndex":0,"delta":"c"},"emittedAtMs":1}
<- {"method":"item/completed","params":{"threadId":"t","turnId":"u","item":{"type":"reasoning","id":"r","summary":["a","b"],"content":["c"]}},"emittedAtMs":1}
<- {"method":"item/started","params":{"threadId":"t","turnId":"u","item":{"type":"commandExecution","id":"c"}},"emittedAtMs":1}
<- {"method":"item/commandExecution/requestApproval","id":0,"params":{"threadId":"t","turnId":"u","itemId":"c"}}
-> {"id":0,"result":{"decision":"accept"}}
<- {"method":"serverRequest/resolved","params":{"threadId":"t","requestId":0},"emittedAtMs":1}
<- {"method":"item/started","params":{"threadId":"t","turnId":"u","item":{"type":"agentMessage","id":"m","text":""}},"emittedAtMs":1}
<- {"method":"item/agentMessage/delta","params":{"threadId":"t","turnId":"u","itemId":"m","delta":"Hel"},"emittedAtMs":1}
<- {"method":"item/agentMessage/delta","params":{"threadId":"t","turnId":"u","itemId":"m","delta":"lo"},"emittedAtMs":1}
<- {"method":"item/completed","params":{"threadId":"t","turnId":"u","item":{"type":"agentMessage","id":"m","text":"Hello"}},"emittedAtMs":1}
<- {"method":"turn/completed","params":{"threadId":"t","turn":{"id":"u","rootTurnId":"u"}},"emittedAtMs":1}
<- {"method":"serverRequest/resolved","params":{"threadId":"t","requestId":1},"emittedAtMs":1}
<- {"method":"thread/readState/changed","params":{"threadId":"t"},"emittedAtMs":1}
<- {"method":"item/commandExecution/outputDelta","params":{"threadId":"t","turnId":"u","itemId":"c","delta":"late"},"emittedAtMs":1}
<- {"method":"item/completed","params":{"threadId":"t","turnId":"u","item":{"type":"commandExecution","id":"c"}},"emittedAtMs":1}
-> {"method":"thread/resume","id":3,"params":{"threadId":"t"}}
<- {"error":{"code":-1,"message":"m"},"id":3}
<- {"method":"thread/tokenUsage/updated","params":{"threadId":"t","turnId":"u"},"emittedAtMs":1}
"#;

fn rules(text: &str) -> Vec<Rule> {
    rules_but(text, End::Whole, &[])
}

fn rules_but(text: &str, end: End, faults: &[KnownFault]) -> Vec<Rule> {
    let transcript = Transcript { end, ..Transcript::of_lines(text) };
    let violations = check_but(&transcript, faults).err().unwrap_or_default();
    violations.into_iter().map(|violation| violation.rule).collect()
}

/// The good transcript with the first line that holds `line` replaced.
fn with(line: &str, replaced: &str) -> String {
    let old = GOOD.lines().find(|candidate| candidate.contains(line)).unwrap();
    GOOD.replacen(old, replaced, 1)
}

fn without(line: &str) -> String {
    with(line, "")
}

fn and(more: &str) -> String {
    format!("{GOOD}{more}")
}

#[test]
fn a_good_transcript_keeps_every_rule() {
    assert_eq!(rules(GOOD), []);
}

#[test]
fn one_response_bites() {
    let unanswered = without(r#"{"id":2,"result""#);
    assert_eq!(rules(&unanswered), [Rule::OneResponse]);
    assert_eq!(rules_but(&unanswered, End::Cut, &[]), [], "a recording that was cut may lack answers");
    assert_eq!(rules(&and(r#"<- {"id":2,"result":{}}"#)), [Rule::OneResponse], "answered twice");
    assert_eq!(rules(&and(r#"<- {"id":"2","result":{}}"#)), [Rule::OneResponse], "an id of another type");
    let twice = "-> {\"method\":\"a\",\"id\":9}\n-> {\"method\":\"a\",\"id\":9}\n<- {\"id\":9,\"result\":{}}\n";
    assert_eq!(rules(&and(twice)), [Rule::OneResponse], "two requests under one id are two requests");
}

#[test]
fn turn_terminates_bites() {
    let next = r#"<- {"method":"turn/started","params":{"threadId":"t","turn":{"id":"v"}},"emittedAtMs":1}"#;
    let closed = r#"<- {"method":"thread/closed","params":{"threadId":"t"},"emittedAtMs":1}"#;
    let end = r#""turn/completed""#;
    for after in [next, closed] {
        assert_eq!(rules(&format!("{}{after}", without(end))), [Rule::TurnTerminates]);
        assert_eq!(rules(&and(after)), []);
    }
    assert_eq!(rules(&without(end)), [], "the recording may stop before the end");
    assert_eq!(
        rules(&and(r#"<- {"method":"turn/completed","params":{"threadId":"t","turn":{"id":"u"}},"emittedAtMs":1}"#)),
        [Rule::TurnTerminates]
    );
}

#[test]
fn terminal_last() {
    for method in ["item/started", "error", "turn/diff/updated", "thread/tokenUsage/updated", "item/agentMessage/delta"]
    {
        let late = format!(
            r#"<- {{"method":"{method}","params":{{"threadId":"t","turnId":"u","itemId":"m"}},"emittedAtMs":1}}"#
        );
        let text =
            GOOD.replacen("-> {\"method\":\"thread/resume\"", &format!("{late}\n-> {{\"method\":\"thread/resume\""), 1);
        assert!(rules(&text).contains(&Rule::TerminalLast), "{method}: {:?}", rules(&text));
    }
    let asked = r#"<- {"method":"item/tool/requestUserInput","id":7,"params":{"threadId":"t","turnId":"u"}}"#;
    assert_eq!(rules(&and(asked)), [Rule::TerminalLast]);
    let again = r#"<- {"method":"turn/started","params":{"threadId":"t","turn":{"id":"u"}},"emittedAtMs":1}"#;
    assert_eq!(rules(&and(again)), [Rule::TerminalLast]);
    let message = r#"<- {"method":"item/completed","params":{"threadId":"t","turnId":"u","item":{"type":"agentMessage","id":"z"}},"emittedAtMs":1}"#;
    assert!(rules(&and(message)).contains(&Rule::TerminalLast), "only commands may complete late");
    let fork = r#"<- {"method":"thread/tokenUsage/updated","params":{"threadId":"fork","turnId":"u"},"emittedAtMs":1}"#;
    assert_eq!(rules(&and(fork)), [], "a fork keeps the ids of its turns");
}

#[test]
fn usage_is_told_again_by_a_resume_whose_turn_ended_meanwhile() {
    let resume = r#"-> {"method":"thread/resume","id":3,"params":{"threadId":"t"}}"#;
    let early = without(resume).replacen(
        "<- {\"method\":\"turn/completed\"",
        &format!("{resume}\n<- {{\"method\":\"turn/completed\""),
        1,
    );
    assert!(early.contains(resume));
    assert_eq!(rules(&early), []);
}

#[test]
fn items_in_order() {
    let begun = r#"item/started","params":{"threadId":"t","turnId":"u","item":{"type":"agentMessage""#;
    assert_eq!(rules(&without(begun)), [Rule::ItemsInOrder; 3], "two deltas and the end lack a beginning");
    let end = GOOD.lines().find(|line| line.contains(r#""text":"Hello""#)).unwrap();
    assert_eq!(rules(&with(r#""text":"Hello""#, &format!("{end}\n{end}"))), [Rule::ItemsInOrder], "ended twice");
    let delta = GOOD.lines().find(|line| line.contains(r#""delta":"lo""#)).unwrap();
    assert_eq!(
        rules(&with(r#""text":"Hello""#, &format!("{end}\n{delta}"))),
        [Rule::ItemsInOrder],
        "a delta after the end"
    );
    let joined = GOOD.lines().filter(|line| !line.contains("item/started") && !line.contains("turn/started"));
    assert_eq!(
        rules(&joined.collect::<Vec<_>>().join("\n")).first(),
        Some(&Rule::TerminalLast),
        "the late command only"
    );
}

#[test]
fn an_item_may_begin_again_after_its_end_or_a_broken_stream() {
    let begun = GOOD.lines().find(|line| line.contains(r#""type":"agentMessage","id":"m","text":"""#)).unwrap();
    let broken = with(r#""delta":"Hel""#, &format!("{}\n{begun}\n{}", delta("lost"), delta("Hel")));
    assert_eq!(rules(&broken), []);
    let end = GOOD.lines().find(|line| line.contains(r#""text":"Hello""#)).unwrap();
    let second = with(r#""text":"Hello""#, &format!("{end}\n{begun}\n{}\n{end}", delta("Hello")));
    assert_eq!(rules(&second), []);
}

fn delta(text: &str) -> String {
    format!(
        r#"<- {{"method":"item/agentMessage/delta","params":{{"threadId":"t","turnId":"u","itemId":"m","delta":"{text}"}},"emittedAtMs":1}}"#
    )
}

#[test]
fn deltas_add_up() {
    assert_eq!(rules(&without(r#""delta":"lo""#)), [Rule::DeltasAddUp]);
    assert_eq!(rules(&with(r#""delta":"a""#, "")), [], "a part without deltas may have any text");
    for (part, other) in
        [(r#""delta":"b""#, r#""summaryIndex":0,"delta":"b""#), (r#""delta":"c""#, r#""contentIndex":0,"delta":"x""#)]
    {
        let line = GOOD.lines().find(|line| line.contains(part)).unwrap();
        let cut = line.find("Index").unwrap();
        let head = &line[..line[..cut].rfind('"').unwrap()];
        assert_eq!(rules(&with(part, &format!("{head}{other}}},\"emittedAtMs\":1}}"))), [Rule::DeltasAddUp], "{part}");
    }
}

#[test]
fn known_faults_pass_by_name_only() {
    let longer = without(r#""delta":"lo""#);
    assert_eq!(rules_but(&longer, End::Whole, &[KnownFault::TextEndsLonger]), []);
    let other = with(r#""delta":"lo""#, &delta("p"));
    assert_eq!(rules_but(&other, End::Whole, KnownFault::ALL), [Rule::DeltasAddUp], "not longer but different");
    let unanswered = without(r#"{"id":2,"result""#);
    assert_eq!(
        rules_but(&unanswered, End::Whole, KnownFault::ALL),
        [Rule::OneResponse],
        "nothing was refused as overload"
    );
    let overloaded = unanswered.replace(r#""code":-1,"#, r#""code":-32001,"#);
    assert_eq!(rules(&overloaded), [Rule::OneResponse]);
    assert_eq!(rules_but(&overloaded, End::Whole, &[KnownFault::OverloadUnanswered]), []);
}

#[test]
fn well_formed() {
    assert_eq!(rules(&with(r#""delta":"Hel""#, &delta("Hel").replace(",\"emittedAtMs\":1", ""))), [Rule::WellFormed]);
    assert_eq!(rules(&with(r#""delta":"Hel""#, &delta("Hel").replace("Ms\":1", "Ms\":1.5"))), [Rule::WellFormed]);
    assert_eq!(rules(&with(r#"{"id":2,"result""#, r#"<- {"id":2,"result":{},"emittedAtMs":1}"#)), [Rule::WellFormed]);
    let asked = r#"<- {"method":"currentTime/read","id":7,"params":{},"emittedAtMs":1}"#;
    assert_eq!(rules(&and(asked)), [Rule::WellFormed]);
    assert_eq!(rules(&and("<- {}")), [Rule::WellFormed]);
    assert_eq!(rules(&and("<- log: hello")), [Rule::WellFormed]);
}

#[test]
fn who_opted_out_or_left_misses_nothing() {
    let opted = |method: &str| {
        let params = format!(r#"{{"capabilities":{{"optOutNotificationMethods":["{method}"]}}}}"#);
        GOOD.replacen(r#""initialize","id":1,"params":{}"#, &format!(r#""initialize","id":1,"params":{params}"#), 1)
    };
    let next = r#"<- {"method":"turn/started","params":{"threadId":"t","turn":{"id":"v"}},"emittedAtMs":1}"#;
    let text = opted("turn/completed");
    let quiet: Vec<_> = text.lines().filter(|line| !line.contains(r#""method":"turn/completed""#)).collect();
    assert_eq!(rules(&format!("{}\n{next}", quiet.join("\n"))), []);
    let text = opted("item/started");
    let quiet: Vec<_> = text
        .lines()
        .filter(|line| {
            !line.contains(r#""method":"item/started""#) && !line.contains("late") && !line.contains(r#"id":"c""#)
        })
        .collect();
    assert_eq!(rules(&quiet.join("\n")), []);
    let left = "-> {\"method\":\"thread/unsubscribe\",\"id\":8,\"params\":{\"threadId\":\"t\"}}\n<- {\"id\":8,\"result\":{}}\n";
    let mut lines: Vec<_> = GOOD.lines().collect();
    lines.truncate(lines.iter().position(|line| line.contains(r#""delta":"lo""#)).unwrap());
    assert_eq!(rules(&format!("{}\n{left}{next}", lines.join("\n"))), []);
}

#[test]
fn a_review_ends_with_its_root_turn() {
    let review = r#"
<- {"method":"turn/started","params":{"threadId":"t","turn":{"id":"inner","rootTurnId":"w"}},"emittedAtMs":1}
<- {"method":"item/started","params":{"threadId":"t","turnId":"w","item":{"type":"agentMessage","id":"m"}},"emittedAtMs":1}
<- {"method":"item/completed","params":{"threadId":"t","turnId":"w","item":{"type":"agentMessage","id":"m"}},"emittedAtMs":1}
<- {"method":"turn/completed","params":{"threadId":"t","turn":{"id":"w","rootTurnId":"w"}},"emittedAtMs":1}
"#;
    let next = r#"<- {"method":"turn/started","params":{"threadId":"t","turn":{"id":"v"}},"emittedAtMs":1}"#;
    assert_eq!(rules(&and(&format!("{review}{next}"))), []);
    let late = r#"<- {"method":"error","params":{"threadId":"t","turnId":"inner"},"emittedAtMs":1}"#;
    assert_eq!(rules(&and(&format!("{review}{late}"))), [Rule::TerminalLast]);
}
