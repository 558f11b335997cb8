//! A log that was recorded from the server with its scripted model, clean and broken.

use std::fmt::Write;

use codex_app_server_schema_tools::{Outcome, Problem, check};
use serde_json::{Value, json};

use crate::checked_in::{EXPERIMENTAL, STABLE};
use crate::mini::{export, object, to};

const RECORDED: &str = include_str!("recorded.jsonl");

fn entries() -> Vec<Value> {
    RECORDED.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn checked(log: &str) -> Outcome {
    check(&STABLE, log.as_bytes()).unwrap()
}

/// The complaints about the recorded log after a change of one message, a line each.
fn broken(line: usize, change: impl FnOnce(&mut Value)) -> Vec<String> {
    let mut entries = entries();
    change(&mut entries[line - 1]["message"]);
    let log: String = entries.iter().map(|entry| format!("{entry}\n")).collect();
    complaints(&checked(&log))
}

fn complaints(outcome: &Outcome) -> Vec<String> {
    let line = |it: &codex_app_server_schema_tools::Complaint| {
        let method = it.method.as_deref().unwrap_or("-");
        format!("{} {method} {} {}: {} / {}", it.line, it.problem.id(), it.pointer, it.expected, it.found)
    };
    outcome.complaints.iter().map(line).collect()
}

fn remove(value: &mut Value, field: &str) {
    value.as_object_mut().unwrap().shift_remove(field).unwrap();
}

#[test]
fn the_recorded_log_is_clean() {
    for export in [&*STABLE, &*EXPERIMENTAL] {
        let outcome = check(export, RECORDED.as_bytes()).unwrap();
        assert!(outcome.complaints.is_empty(), "{}", outcome.text());
        assert!(outcome.is_clean());
    }
    insta::assert_snapshot!(checked(RECORDED).text(), @"
    20 messages: 4 requests, 12 notifications, 3 results, 1 errors
    0 wrong, 0 warnings
    ");
}

#[test]
fn all_forms_of_lines_are_read() {
    let mut short = String::new();
    let mut plain = String::new();
    for entry in entries() {
        let arrow = if entry["direction"] == "clientToServer" { "->" } else { "<-" };
        let _ = writeln!(short, "{}", json!({ "dir": arrow, "msg": entry["message"] }));
        let _ = writeln!(plain, "  {arrow} {}\r\n", entry["message"]);
    }
    assert_eq!(checked(&short), checked(RECORDED));
    assert_eq!(checked(&plain), checked(RECORDED));
}

#[test]
fn unreadable_lines_are_not_quoted() {
    let log = "-> {\"token\":\"s3cret\n[1]\n{\"message\":{}}\n{\"dir\":\"->\"}\n-> \n";
    let outcome = checked(log);
    assert!(outcome.complaints.iter().all(|it| it.problem == Problem::UnreadableLine));
    assert_eq!(outcome.counts.unreadable, 5);
    assert!(!outcome.text().contains("s3cret"));
    insta::assert_snapshot!(complaints(&outcome).join("\n"), @"
    1 - unreadable-line : a direction and a message / EOF while parsing a string at line 1 column 16
    2 - unreadable-line : a direction and a message / JSON that is no object
    3 - unreadable-line : a direction and a message / no direction
    4 - unreadable-line : a direction and a message / no message
    5 - unreadable-line : a direction and a message / EOF while parsing a value at line 1 column 0
    ");
    let outcome = check(&STABLE, &b"-> \xff\n"[..]).unwrap();
    assert_eq!(outcome.counts.unreadable, 1);
    let deep = format!("-> {}1{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(checked(&deep).counts.unreadable, 1);
}

#[test]
fn a_wrong_type_is_found_where_it_is() {
    assert_eq!(
        broken(6, |message| message["params"]["input"][0]["text"] = json!(7)),
        ["6 turn/start invalid-params /params/input/0/text: string / 7"]
    );
    assert_eq!(
        broken(5, |message| message["result"]["thread"]["updatedAt"] = json!("now")),
        ["5 thread/start invalid-result /result/thread/updatedAt: int64 / \"now\""]
    );
}

#[test]
fn a_missing_field_is_one_complaint_inside_its_arm() {
    assert_eq!(
        broken(15, |message| remove(&mut message["params"]["item"], "text")),
        ["15 item/completed invalid-params /params/item/text: string / nothing"]
    );
    assert_eq!(
        broken(6, |message| remove(&mut message["params"], "threadId")),
        ["6 turn/start invalid-params /params/threadId: string / nothing"]
    );
}

#[test]
fn an_unknown_tag_is_told_with_those_that_are_known() {
    let found = broken(6, |message| message["params"]["input"][0]["type"] = json!("txt"));
    assert_eq!(
        found,
        [
            "6 turn/start invalid-params /params/input/0/type: \"text\" | \"image\" | \"localImage\" | \"audio\" | \"localAudio\" | \"skill\" | \"mention\" / \"txt\""
        ]
    );
    let found = broken(17, |message| remove(&mut message["params"]["status"], "type"));
    assert_eq!(found.len(), 1);
    assert!(
        found[0].ends_with(" / nothing") && found[0].contains(" /params/status/type: \"notLoaded\" | "),
        "{found:?}"
    );
}

#[test]
fn values_of_enums_are_listed() {
    assert_eq!(
        broken(8, |message| message["result"]["turn"]["status"] = json!("done")),
        [
            "8 turn/start invalid-result /result/turn/status: \"completed\" | \"interrupted\" | \"failed\" | \"inProgress\" / \"done\""
        ]
    );
}

#[test]
fn params_may_be_missing_only_where_they_are_optional() {
    assert_eq!(
        broken(4, |message| remove(message, "params")),
        ["4 thread/start invalid-params /params: ThreadStartParams / nothing"]
    );
    let log = "-> {\"id\":1,\"method\":\"account/logout\"}\n<- {\"id\":1,\"error\":{\"code\":-1,\"message\":\"no\"}}\n";
    assert_eq!(complaints(&checked(log)), [""; 0]);
}

#[test]
fn fields_beside_the_params_are_checked() {
    assert_eq!(
        broken(17, |message| message["emittedAtMs"] = json!("later")),
        ["17 thread/status/changed invalid-message /emittedAtMs: int64 / \"later\""]
    );
}

#[test]
fn unknown_methods_are_told_with_where_they_belong() {
    assert_eq!(
        broken(3, |message| message["method"] = json!("initialised")),
        ["3 initialised unknown-method /method: a client notification / \"initialised\""]
    );
    assert_eq!(
        broken(17, |message| message["id"] = json!(9))[..1],
        [
            "17 thread/status/changed unknown-method /method: a server request / \"thread/status/changed\", a server notification"
        ]
    );
}

#[test]
fn wrong_envelopes_are_told() {
    let cases = [
        (json!([]), "wrong-envelope : an object with id and method, method, id and result, or id and error / []"),
        (
            json!({}),
            "wrong-envelope : an object with id and method, method, id and result, or id and error / an empty object",
        ),
        (json!({ "jsonrpc": "2.0", "method": "initialized" }), "wrong-envelope /jsonrpc: no such field / \"2.0\""),
        (json!({ "method": 1 }), "wrong-envelope /method: string / 1"),
        (json!({ "method": "initialized", "id": null }), "wrong-envelope /id: string | int64 / null"),
        (json!({ "result": {} }), "wrong-envelope /id: string | int64 / nothing"),
        (json!({ "id": 1.5, "result": {} }), "wrong-envelope /id: string | int64 / 1.5"),
        (
            json!({ "id": 1, "result": {}, "error": {} }),
            "wrong-envelope : an object with id and method, method, id and result, or id and error / an object with id, result, error",
        ),
        (json!({ "id": 1, "error": "no" }), "wrong-envelope /error: { code: int64; message: string } / \"no\""),
        (json!({ "id": 1, "error": { "code": "x" } }), "wrong-envelope /error/code: int64 / \"x\""),
        (json!({ "id": 1, "error": { "code": 1 } }), "wrong-envelope /error/message: string / nothing"),
    ];
    for (message, expected) in cases {
        let outcome = checked(&format!("-> {message}"));
        assert_eq!(complaints(&outcome), [format!("1 - {expected}")]);
        assert_eq!(outcome.counts.wrong_envelopes, 1);
        assert!(!outcome.is_clean());
    }
}

#[test]
fn answers_belong_to_the_request_of_the_other_side() {
    let call = r#"{"id":1,"method":"account/logout"}"#;
    let answer = r#"{"id":1,"result":{}}"#;
    let log = |lines: &[(&str, &str)]| -> Vec<String> {
        let log: String = lines.iter().map(|(arrow, message)| format!("{arrow} {message}\n")).collect();
        complaints(&checked(&log))
    };
    // Free again after the answer.
    assert_eq!(log(&[("->", call), ("<-", answer), ("->", call), ("<-", answer)]), [""; 0]);
    assert_eq!(
        log(&[("->", call), ("->", answer), ("<-", answer)]),
        ["2 - answer-without-request /id: the id of an open request / id 1"]
    );
    assert_eq!(
        log(&[("->", call), ("<-", r#"{"id":"1","result":{}}"#), ("<-", answer)]),
        ["2 - answer-without-request /id: the id of an open request / id \"1\""]
    );
    assert_eq!(
        log(&[("->", call), ("->", call), ("<-", answer)]),
        ["2 account/logout id-in-use /id: an id that is free / id 1 of line 1, not answered yet"]
    );
    assert_eq!(
        log(&[("->", call), ("<-", answer), ("<-", answer)]),
        ["3 - answer-without-request /id: the id of an open request / id 1"]
    );
}

#[test]
fn requests_without_an_answer_are_warned_about() {
    let outcome = checked("-> {\"id\":\"a\",\"method\":\"account/logout\"}\n");
    assert_eq!(
        complaints(&outcome),
        ["1 account/logout unanswered-request /id: an answer / the end of the log, id \"a\" is open"]
    );
    assert!(outcome.is_clean());
}

#[test]
fn both_directions_have_ids_of_their_own() {
    let types = json!({ "AskResponse": object(json!({ "ok": { "type": "boolean" } })) });
    let log = "-> {\"id\":1,\"method\":\"do\",\"params\":{}}\n<- {\"id\":1,\"method\":\"ask\",\"params\":{}}\n\
               -> {\"id\":1,\"result\":{\"ok\":1}}\n<- {\"id\":1,\"result\":{}}\n";
    assert_eq!(
        complaints(&check(&export(types), log.as_bytes()).unwrap()),
        ["3 ask invalid-result /result/ok: boolean / 1"]
    );
}

#[test]
fn secrets_are_hidden() {
    let text = json!({ "type": "string" });
    let types = export(json!({
        "DoParams": object(json!({
            "apiKey?": { "type": "integer" },
            "login?": { "anyOf": [object(json!({ "type": { "const": "x" }, "accessToken": { "type": "null" } })), { "type": "null" }] },
            "list?": text,
            "password?": object(json!({ "parts": { "type": "array", "items": text } })),
        })),
    }));
    let params = json!({
        "apiKey": "s3cret",
        "login": { "type": "x", "accessToken": "s3cret" },
        "list": { "Authorization": "s3cret", "refresh_token": "s3cret" },
        "password": { "parts": [{ "a": "s3cret" }, 3] },
    });
    let log = format!("-> {}", json!({ "id": 1, "method": "do", "params": params }));
    let outcome = check(&types, log.as_bytes()).unwrap();
    assert!(!outcome.text().contains("s3cret") && !json!(outcome).to_string().contains("s3cret"));
    insta::assert_snapshot!(outcome.text(), @r#"
    1 messages: 1 requests, 0 notifications, 0 results, 0 errors
    5 wrong, 1 warnings

    line 1 -> do: invalid-params at /params/apiKey
      expected integer
      found    (hidden)

    line 1 -> do: invalid-params at /params/login/accessToken
      expected null
      found    (hidden)

    line 1 -> do: invalid-params at /params/list
      expected string
      found    {"Authorization":(hidden),"refresh_token":(hidden)}

    line 1 -> do: invalid-params at /params/password/parts/0
      expected string
      found    (hidden)

    line 1 -> do: invalid-params at /params/password/parts/1
      expected string
      found    (hidden)

    line 1 -> do: unanswered-request at /id
      expected an answer
      found    the end of the log, id 1 is open
    "#);
}

/// The complaints about params of the mini method `do`.
fn about(schema: Value, params: Value) -> Vec<String> {
    let mut types = json!({ "DoParams": schema, "Leaf": object(json!({ "leaf": { "type": "string" } })) });
    for at in 0..60 {
        // Each is the next one twice; the last is no object.
        let next = to(&format!("Chain{}", at + 1));
        types[format!("Chain{at}")] = json!({ "allOf": [next, next] });
    }
    types["Chain60"] = json!({ "type": "string" });
    let types = export(types);
    let log = format!("-> {}", json!({ "id": 1, "method": "do", "params": params }));
    let all = complaints(&check(&types, log.as_bytes()).unwrap());
    all[..all.len() - 1].iter().map(|line| line.replace("1 do invalid-params /params", "")).collect()
}

#[test]
fn the_arm_that_was_meant_is_found_without_a_tag() {
    let number = json!({ "type": "number" });
    let single = |name: &str| {
        let mut schema = object(json!({ name: object(json!({ "n": number })) }));
        schema["additionalProperties"] = json!(false);
        schema
    };
    let union = json!({ "oneOf": [{ "enum": ["now", "never"] }, single("later"), single("soon")] });
    assert_eq!(about(union.clone(), json!({ "soon": {} })), ["/soon/n: number / nothing"]);
    assert_eq!(about(union.clone(), json!("then")), [": \"now\" | \"never\" / \"then\""]);
    assert_eq!(
        about(union, json!(3)),
        [": \"now\" | \"never\" | { later: { n: number } } | { soon: { n: number } } / 3"]
    );
    let named = json!({ "anyOf": [to("Leaf"), { "type": "array", "items": to("Leaf") }, { "type": "null" }] });
    assert_eq!(about(named.clone(), json!([{ "leaf": 1 }])), ["/0/leaf: string / 1"]);
    assert_eq!(about(named, json!({})), ["/leaf: string / nothing"]);
    let untagged =
        json!({ "anyOf": [object(json!({ "a": number, "b": number })), object(json!({ "c": number, "d": number }))] });
    assert_eq!(about(untagged.clone(), json!({ "a": 1 })), ["/b: number / nothing"]);
    assert_eq!(about(untagged, json!({})), [": { a: number; b: number } | { c: number; d: number } / {}"]);
    let twice = json!({ "oneOf": [{ "type": "number" }, { "type": "integer" }] });
    assert_eq!(about(twice, json!(1)), [": exactly one of number | integer / 1"]);
}

#[test]
fn other_keywords_are_told_too() {
    assert_eq!(about(json!({ "type": "integer", "format": "uint16" }), json!(70_000)), [": uint16 / 70000"]);
    assert_eq!(about(json!({ "type": "integer", "minimum": 1 }), json!(0)), [": integer(1..) / 0"]);
    assert_eq!(
        about(json!({ "type": "string", "minLength": 2, "maxLength": 3 }), json!("é")),
        [": string(2..3) / \"é\""]
    );
    assert_eq!(about(json!({ "type": "array", "minItems": 1 }), json!([])), [": any[](1..) / []"]);
    let mut closed = object(json!({ "a": { "type": "boolean" } }));
    closed["additionalProperties"] = json!(false);
    assert_eq!(about(closed, json!({ "a": true, "b/c~": 1 })), ["/b~1c~0: no such field / 1"]);
    let tuple = json!({ "type": "array", "items": [{ "type": "string" }], "additionalItems": { "type": "null" } });
    assert_eq!(about(tuple, json!([1, 2])), ["/0: string / 1", "/1: null / 2"]);
    // Not more than a few complaints about one message.
    assert_eq!(about(json!({ "type": "array", "items": { "type": "null" } }), json!(vec![1; 1_000])).len(), 8);
}

#[test]
fn hostile_schemas_end() {
    let twice = |name: &str, key: &str| json!({ key: [to(name), to(name)] });
    for (name, schema) in [
        ("a union of itself", twice("DoParams", "anyOf")),
        ("one of itself", twice("DoParams", "oneOf")),
        ("all of itself", twice("DoParams", "allOf")),
        ("itself", json!({ "default": 1, "allOf": [to("DoParams")] })),
        (
            "itself below a union",
            json!({ "anyOf": [{ "allOf": [to("DoParams"), to("DoParams")] }, { "type": "null" }] }),
        ),
    ] {
        let found = about(schema, json!({ "a": [{ "a": 1 }] }));
        assert_eq!(found.len(), 1, "{name}: {found:?}");
    }
}

#[test]
fn deep_values_and_wide_unions_take_linear_time() {
    // Each level fits neither arm because of what lies at the bottom: without memory this would double at each level.
    let arm = |extra: &str| object(json!({ "child?": to("DoParams"), format!("{extra}?"): { "type": "string" } }));
    let schema = json!({ "anyOf": [arm("x"), arm("y"), { "type": "null" }] });
    let mut value = json!(5);
    for _ in 0..100 {
        value = json!({ "child": value });
    }
    assert_eq!(about(schema.clone(), value).len(), 1);
    let many = json!({ "x": "1", "y": "2" });
    assert_eq!(about(json!({ "type": "array", "items": schema }), json!(vec![many; 20_000])), [""; 0]);
}
