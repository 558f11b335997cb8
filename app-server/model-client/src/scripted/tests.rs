//! Scripts as files, and scripts performed.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tokio::time::Instant;

use super::*;
use crate::error::{ModelError, ModelErrorKind as Kind, Retry};
use crate::event::{OutputItemKind, ResponseEvent, Usage};
use crate::{ModelClient, ModelRequest, Provider, RequestIdentity};

fn client(toml: &str) -> ModelClient {
    let script = Script::parse_toml(toml, Path::new("s.toml")).unwrap_or_else(|error| panic!("{error}"));
    ModelClient::new(Provider { request_max_retries: 0, ..Provider::scripted(Some(Arc::new(script))) })
}

fn asking(thread: &str, input: &[serde_json::Value]) -> ModelRequest {
    ModelRequest {
        model: "m".into(),
        input: input.iter().map(|item| serde_json::value::to_raw_value(item).unwrap().into()).collect(),
        identity: RequestIdentity { thread_id: thread.into(), ..RequestIdentity::default() },
        ..ModelRequest::default()
    }
}

fn user(text: &str) -> serde_json::Value {
    json!({"type": "message", "role": "user", "content": [{"type": "input_text", "text": text}]})
}

async fn play(client: &ModelClient, input: &[serde_json::Value]) -> (Vec<ResponseEvent>, Option<ModelError>) {
    let mut stream = match client.stream(&asking("t", input)).await {
        Ok(stream) => stream,
        Err(error) => return (Vec::new(), Some(error)),
    };
    let mut events = Vec::new();
    while let Some(step) = stream.next().await {
        match step {
            Ok(event) => events.push(event),
            Err(error) => return (events, Some(error)),
        }
    }
    (events, None)
}

fn said(events: &[ResponseEvent]) -> String {
    events
        .iter()
        .filter_map(|event| match event {
            ResponseEvent::OutputTextDelta { delta, .. } => Some(delta.as_str()),
            _ => None,
        })
        .collect()
}

fn kinds(events: &[ResponseEvent]) -> Vec<OutputItemKind> {
    events
        .iter()
        .filter_map(|event| match event {
            ResponseEvent::OutputItemDone(item) => Some(item.kind.clone()),
            _ => None,
        })
        .collect()
}

async fn answers(client: &ModelClient, input: &str) -> String {
    said(&play(client, &[user(input)]).await.0)
}

#[tokio::test]
async fn the_builtin_script_greets_and_goes_on() {
    let text = include_str!("default.toml");
    assert_eq!(Script::default(), Script::parse_toml(text, Path::new("default.toml")).unwrap());
    let client = ModelClient::new(Provider::scripted(None));
    let (events, error) = play(&client, &[user("How are you?\nFine?")]).await;
    assert_eq!(error, None);
    assert!(said(&events).starts_with("Hello!"));
    assert!(said(&events).contains("\"How are you?\""));
    assert!(events.iter().filter(|event| matches!(event, ResponseEvent::OutputTextDelta { .. })).count() > 5);
    assert!(events.iter().any(|event| matches!(event, ResponseEvent::ReasoningSummaryTextDelta { .. })));
    let Some(ResponseEvent::Completed { usage: Some(usage), .. }) = events.last() else { panic!("{events:?}") };
    assert!(usage.input_tokens > 0 && usage.output_tokens > usage.reasoning_output_tokens);
    assert!(answers(&client, "And now?").await.starts_with("You wrote: \"And now?\""));
    assert!(answers(&client, "And then?").await.starts_with("You wrote: \"And then?\""));
}

/// What a command brings the model.
fn ran(code: i32, printed: &str) -> serde_json::Value {
    let output = format!(
        "Chunk ID: a1b2c3\nWall time: 0.0100 seconds\nProcess exited with code {code}\nOriginal token count: 1\nOutput:\n{printed}"
    );
    json!({"type": "function_call_output", "call_id": "c", "output": output})
}

fn brought(output: &str) -> serde_json::Value {
    json!({"type": "function_call_output", "call_id": "c", "output": output})
}

/// The commands that these events call for.
fn commands(events: &[ResponseEvent]) -> Vec<String> {
    let command = |kind: OutputItemKind| match kind {
        OutputItemKind::FunctionCall { name, arguments, .. } => {
            assert_eq!(name, "exec_command");
            let arguments: serde_json::Value = serde_json::from_str(&arguments).unwrap();
            Some(arguments["cmd"].as_str().unwrap().to_owned())
        }
        _ => None,
    };
    kinds(events).into_iter().filter_map(command).collect()
}

#[tokio::test]
async fn the_builtin_job_goes_on_while_its_steps_come_out_well() {
    let client = ModelClient::new(Provider::scripted(None));
    let mut history = vec![user("Tell me: WHAT CAN YOU DO?")];
    let (events, _) = play(&client, &history).await;
    assert!(said(&events).contains("scripted model"));
    assert_eq!(commands(&events), ["ls | head -n 10"]);
    history.push(ran(0, "rejected.txt\nunsupported call\n"));
    let added = commands(&play(&client, &history).await.0);
    assert!(
        added[0].starts_with("apply_patch <<'EOF'\n*** Begin Patch\n*** Add File: scripted-demo/sum.sh\n+#!/bin/sh\n")
    );
    history.push(brought("Exit code: 0\nWall time: 0.1 seconds\nOutput:\nSuccess. Updated the following files:\nA scripted-demo/sum.sh\n"));
    assert_eq!(commands(&play(&client, &history).await.0), ["cat scripted-demo/sum.sh"]);
    history.push(ran(0, "#!/bin/sh\n"));
    assert_eq!(commands(&play(&client, &history).await.0), ["sh scripted-demo/sum.sh 1 2 3"]);
    history.push(ran(0, "3\n"));
    let (events, _) = play(&client, &history).await;
    assert!(said(&events).starts_with("It printed 3, and 1 + 2 + 3 is 6:"), "{}", said(&events));
    assert!(commands(&events)[0].ends_with("+    total=$((total + number))\n done\n*** End Patch\nEOF"));
    history
        .push(brought("Wall time: 0.0015 seconds\nOutput:\nExit code: 0\nWall time: 0.1 seconds\nOutput:\nSuccess.\n"));
    assert!(commands(&play(&client, &history).await.0)[0].ends_with("test \"$sum\" = 6"));
    history.push(ran(0, "6\n"));
    let (events, _) = play(&client, &history).await;
    assert!(said(&events).starts_with("It prints 6 now"));
    assert_eq!(commands(&events), [""; 0]);
}

#[tokio::test]
async fn the_builtin_job_stops_at_what_stands_in_its_way() {
    for (output, expected) in [
        (
            brought("exec_command failed: CreateProcess { message: \"Rejected(\\\"rejected by user\\\")\" }"),
            "That was refused",
        ),
        (brought("patch rejected by user"), "That was refused"),
        (brought("unsupported call: exec_command"), "That did not come out"),
        (ran(1, "no such file"), "That did not come out"),
        (brought("Chunk ID: 1\nProcess running with session ID 4\nOutput:\nExit code: 0\n"), "That did not come out"),
    ] {
        let client = ModelClient::new(Provider::scripted(None));
        let mut history = vec![user("What can you do?")];
        play(&client, &history).await;
        history.push(output.clone());
        let (events, _) = play(&client, &history).await;
        assert!(said(&events).starts_with(expected), "{output}: {}", said(&events));
        assert!(said(&events).contains(output["output"].as_str().unwrap().trim_end()), "{output}");
        assert_eq!(commands(&events), [""; 0], "{output}");
    }
}

#[tokio::test]
async fn conditions_pass_over_and_what_is_inside_goes_first() {
    let toml = r#"
[[answer]]
calls = [{ name = "f" }]
then = [
    { exit = 1, text = "failed: {{printed}}|{{exit}}", calls = [{ name = "f" }], then = [
        { when = "YES", text = "inner {{output}}|{{exit}}", calls = [{ name = "f" }] },
        { exit = 7, text = "never" },
    ] },
    { exit = 1, text = "outer", calls = [{ name = "f" }] },
    { when = "nothing like it", text = "never" },
]
[[answer]]
text = "in its turn"
"#;
    let client = client(toml);
    let mut history = vec![user("go")];
    play(&client, &history).await;
    for (output, expected) in [
        (ran(1, "  a\n\n"), "failed:   a|1"),
        (brought("yes\n"), "inner yes\n|"),
        (ran(1, ""), "outer"),
        (ran(0, ""), "in its turn"),
    ] {
        history.push(output);
        assert_eq!(said(&play(&client, &history).await.0), expected);
    }
}

#[tokio::test]
async fn answers_have_their_turn_and_rules_have_theirs() {
    let client = client(
        "[[answer]]\ntext = 'one'\n[[answer]]\nwhen = 'Rule'\ntext = 'ruled {{input}}'\n[[answer]]\ntext = 'two'\n",
    );
    for (input, expected) in
        [("a", "one"), ("my rule", "ruled my rule"), ("b", "two"), ("RULE", "ruled RULE"), ("c", "two"), ("d", "two")]
    {
        assert_eq!(answers(&client, input).await, expected);
    }
    let other = asking("another thread", &[user("a")]);
    let mut stream = client.stream(&other).await.unwrap();
    let mut events = Vec::new();
    while let Some(Ok(event)) = stream.next().await {
        events.push(event);
    }
    assert_eq!(said(&events), "one");
}

#[tokio::test]
async fn a_default_takes_over_at_the_end() {
    let client = client("[default]\ntext = 'rest'\n[[answer]]\ntext = 'one'\n");
    assert_eq!(answers(&client, "a").await, "one");
    assert_eq!(answers(&client, "a").await, "rest");
    assert_eq!(answers(&self::client(""), "the question").await, "The script has no answer to: the question");
}

#[tokio::test]
async fn a_call_is_followed_up() {
    let toml = r#"
[[answer]]
when = "list"
text = "Looking."
calls = [{ name = "exec_command", arguments = { cmd = "ls {{topic}}" } }]
then = [{ custom_calls = [{ name = "apply_patch", input = "*** Begin" }] }, { text = "It said {{output}}" }]
"#;
    let client = client(toml);
    let mut history = vec![user("list")];
    let (events, _) = play(&client, &history).await;
    assert_eq!(
        kinds(&events)[1],
        OutputItemKind::FunctionCall {
            id: Some("fc_2".into()),
            call_id: "call_2".into(),
            name: "exec_command".into(),
            namespace: None,
            arguments: r#"{"cmd":"ls list"}"#.into(),
        }
    );
    history.push(json!({"type": "message", "role": "assistant", "content": []}));
    history.push(json!({"type": "function_call", "call_id": "call_2", "name": "exec_command"}));
    history.push(json!({"type": "function_call_output", "call_id": "call_2", "output": "a b"}));
    let (events, _) = play(&client, &history).await;
    assert_eq!(
        kinds(&events),
        [OutputItemKind::CustomToolCall {
            id: Some("ctc_3".into()),
            call_id: "call_3".into(),
            name: "apply_patch".into(),
            input: "*** Begin".into()
        }]
    );
    history.push(json!({"type": "custom_tool_call", "call_id": "call_3"}));
    history.push(json!({"type": "custom_tool_call_output", "call_id": "call_3", "output": [{"text": "patched"}]}));
    assert_eq!(said(&play(&client, &history).await.0), "It said patched");
    // The rule is used up for this message, and calling tools for ever is not what a script means.
    assert_eq!(said(&play(&client, &history).await.0), "Done.");
}

#[tokio::test]
async fn a_repeated_answer_does_not_call_for_ever() {
    let client = client("[[answer]]\ncalls = [{ name = 'f' }]\n");
    let output = json!({"type": "function_call_output", "call_id": "call_1", "output": "x"});
    assert_eq!(kinds(&play(&client, &[user("a")]).await.0).len(), 1);
    assert_eq!(said(&play(&client, &[user("a"), output]).await.0), "Done.");
    assert!(matches!(kinds(&play(&client, &[user("b")]).await.0)[0], OutputItemKind::FunctionCall { .. }));
}

#[tokio::test]
async fn the_same_conversation_gives_the_same_events() {
    let mut seen = Vec::new();
    for _ in 0..2 {
        let client = ModelClient::new(Provider::scripted(None));
        seen.push(format!("{:?}", play(&client, &[user("a")]).await));
    }
    assert_eq!(seen[0], seen[1]);
    assert!(seen[0].contains("\"rs_1\"") && seen[0].contains("\"msg_2\"") && seen[0].contains("resp_1"));
}

#[tokio::test]
async fn items_of_every_kind_and_every_field() {
    let toml = r#"
[[answer]]
model = "other"
response_id = "r9"
end_turn = false
usage = { input = 7, cached = 1, cache_write = 2, output = 5, reasoning = 3 }
items = [
    { reasoning = ["ab"], reasoning_content = ["raw"], encrypted = "enc", id = "rs_x", delta_chars = 1 },
    { text = "é€😀", phase = "commentary", delta_chars = 2, repeat = 2 },
    { deltas = ["x", "yz"], id = "msg_x" },
    { call = { name = "f", namespace = "n", call_id = "c", arguments = "not JSON {{input}}" } },
    { custom_call = { name = "g", call_id = "d", input = "i" } },
    { raw = '{"type":"web_search_call","id":"ws","action":null}' },
]
"#;
    let (events, error) = play(&client(toml), &[user("Q")]).await;
    assert_eq!(error, None);
    let message = |id: &str, text: &str, phase: Option<&str>| OutputItemKind::Message {
        id: id.into(),
        role: "assistant".into(),
        text: text.into(),
        phase: phase.map(Into::into),
    };
    assert_eq!(
        kinds(&events),
        [
            OutputItemKind::Reasoning {
                id: "rs_x".into(),
                summary: vec!["ab".into()],
                content: vec!["raw".into()],
                encrypted_content: Some("enc".into())
            },
            message("msg_2", "é€😀é€😀", Some("commentary")),
            message("msg_x", "xyz", None),
            OutputItemKind::FunctionCall {
                id: Some("fc_4".into()),
                call_id: "c".into(),
                name: "f".into(),
                namespace: Some("n".into()),
                arguments: "not JSON Q".into()
            },
            OutputItemKind::CustomToolCall {
                id: Some("ctc_5".into()),
                call_id: "d".into(),
                name: "g".into(),
                input: "i".into()
            },
            OutputItemKind::WebSearchCall { id: "ws".into(), status: None, action: None },
        ]
    );
    let deltas: Vec<&str> = events
        .iter()
        .filter_map(|event| match event {
            ResponseEvent::OutputTextDelta { delta, .. }
            | ResponseEvent::ReasoningTextDelta { delta, .. }
            | ResponseEvent::ReasoningSummaryTextDelta { delta, .. } => Some(delta.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(deltas, ["a", "b", "r", "a", "w", "é€", "😀", "é€", "😀", "x", "yz"]);
    assert!(matches!(&events[0], ResponseEvent::ServerModel(model) if model == "other"));
    let Some(ResponseEvent::Completed { response_id, usage, end_turn }) = events.last() else { panic!("{events:?}") };
    assert_eq!((response_id.as_str(), *end_turn), ("r9", Some(false)));
    assert_eq!(
        *usage,
        Some(Usage {
            input_tokens: 7,
            cached_input_tokens: 1,
            cache_write_input_tokens: 2,
            output_tokens: 5,
            reasoning_output_tokens: 3,
            total_tokens: 12
        })
    );
}

#[tokio::test]
async fn a_hundred_thousand_deltas() {
    let client = client("[[answer]]\ntext = 'tick '\nrepeat = 100000\ndelta_chars = 5\nusage = { none = true }\n");
    let (events, error) = play(&client, &[user("go")]).await;
    assert_eq!(error, None);
    assert_eq!(said(&events), "tick ".repeat(100_000));
    assert_eq!(events.len(), 100_000 + 4);
    assert!(matches!(events.last(), Some(ResponseEvent::Completed { usage: None, .. })));
}

#[tokio::test]
async fn failures_of_every_kind() {
    let toml = r#"
[[answer]]
text = "half"
end = "cut"
[[answer]]
end = { fail = { code = "context_length_exceeded" } }
[[answer]]
end = { fail = { message = "odd" } }
[[answer]]
end = { incomplete = "max_output_tokens" }
[[answer]]
refuse = { status = 401, message = "bad key" }
[[answer]]
refuse = { status = 429, type = "usage_limit_reached" }
[[answer]]
refuse = { status = 503, code = "slow_down", message = "wait", retry_after = 4 }
"#;
    let client = client(toml);
    let input = [user("a")];
    let (events, error) = play(&client, &input).await;
    assert_eq!(said(&events), "half");
    assert_eq!(kinds(&events), []);
    let error = error.unwrap();
    assert_eq!(error.message, "stream disconnected before completion: stream closed before response.completed");
    assert_eq!(error.retry, Retry::Stream { after: None });
    let again = |seconds| Retry::Stream { after: Some(Duration::from_secs(seconds)) };
    for (kind, status, retry) in [
        (Kind::ContextWindowExceeded, None, Retry::Never),
        (Kind::Other, None, Retry::Stream { after: None }),
        (Kind::Other, None, Retry::Never),
        (Kind::HttpConnectionFailed, Some(401), Retry::Stream { after: None }),
        (Kind::UsageLimitExceeded, None, Retry::Never),
        (Kind::RateLimitExceeded, None, again(4)),
    ] {
        let error = play(&client, &input).await.1.unwrap();
        assert_eq!((error.kind, error.http_status, error.retry), (kind, status, retry), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn server_errors_of_a_script_are_repeated_too() {
    let toml = "[[answer]]\nrefuse = { status = 500, retry_after = 3 }\n[[answer]]\nrefuse = { status = 502 }\n[[answer]]\ntext = 'ok'\n";
    let script = Script::parse_toml(toml, Path::new("s.toml")).unwrap();
    let client = ModelClient::new(Provider::scripted(Some(Arc::new(script))));
    let begun = Instant::now();
    assert_eq!(answers(&client, "a").await, "ok");
    let waited = begun.elapsed();
    assert!(waited >= Duration::from_millis(3360) && waited <= Duration::from_millis(3445), "{waited:?}");
}

#[tokio::test(start_paused = true)]
async fn pauses_are_kept_and_survive_dropped_waits() {
    let toml = "pace = { delay_ms = 10 }\n[[answer]]\nwait_ms = 1000\nreasoning = ['r']\nitems = [{ deltas = ['a', 'b', 'c'], delays_ms = [100, 200] }]\n";
    let client = client(toml);
    let mut stream = client.stream(&asking("t", &[user("a")])).await.unwrap();
    let begun = Instant::now();
    let mut times = Vec::new();
    loop {
        match tokio::time::timeout(Duration::from_millis(7), stream.next()).await {
            Err(_) => {}
            Ok(None) => break,
            Ok(Some(event)) => {
                if matches!(event.unwrap(), ResponseEvent::Created | ResponseEvent::OutputTextDelta { .. }) {
                    times.push(begun.elapsed().as_millis());
                }
            }
        }
    }
    assert_eq!(times, [1000, 1110, 1310, 1320]);
}

#[tokio::test(start_paused = true)]
async fn a_hang_hangs() {
    let client = client("[[answer]]\ntext = 'half'\nend = 'hang'\n");
    let mut stream = client.stream(&asking("t", &[user("a")])).await.unwrap();
    let mut events = 0;
    while tokio::time::timeout(Duration::from_secs(10_000), stream.next()).await.is_ok() {
        events += 1;
    }
    assert_eq!(events, 3);
}

#[tokio::test]
async fn placeholders_are_filled_unless_literal() {
    let client = client(
        "[[answer]]\ntext = '{{ input }}|{{topic}}|{{words}}|{{model}}|{{later}}|{{'\n[[answer]]\nliteral = true\ntext = '{{input}}'\n",
    );
    let long = "x".repeat(100);
    let input = format!("\n{long} two\nmore");
    let expected = format!("{input}|{}...|3|m|{{{{later}}}}|{{{{", "x".repeat(80));
    assert_eq!(answers(&client, &input).await, expected);
    assert_eq!(answers(&client, &input).await, "{{input}}");
}

#[test]
fn mistakes_are_placed() {
    let toml = |text: &str| Script::parse_toml(text, Path::new("s.toml")).unwrap_err().to_string();
    let json = |text: &str| Script::parse_json(text, Path::new("s.json")).unwrap_err().to_string();
    assert!(toml("[[answer]]\ntext = 'a'\nnonsense = 1\n").starts_with("s.toml:3:1: unknown field `nonsense`"));
    assert_eq!(toml("[[answer]]\ntext = 7\n"), "s.toml:2:8: invalid type: integer `7`, expected a string");
    assert!(toml("[[answer]\n").starts_with("s.toml:1:"));
    let message = toml("[[answer]]\nitems = [\n  { text = 'a' },\n  { text = 'a', reasoning = ['b'] },\n]\n");
    assert_eq!(
        message,
        "s.toml:2:9: an item is one of: text (or deltas), reasoning, call, custom_call, raw; here is text and reasoning"
    );
    assert!(toml("[[answer]]\nend = 'later'\n").starts_with("s.toml:2:7: unknown variant `later`"));
    assert_eq!(
        toml("[[answer]]\nitems = [{ raw = '{' }]\n"),
        "s.toml:2:9: `raw` is not JSON: EOF while parsing an object at line 1 column 1"
    );
    assert_eq!(toml("[[answer]]\nitems = [{ raw = '{}' }]\n"), "s.toml:2:9: `raw` needs a `type`");
    assert_eq!(
        toml("[[answer]]\nitems = [{ call = { name = 'f' }, repeat = 2 }]\n"),
        "s.toml:2:9: `repeat` belongs to items with text"
    );
    for text in ["[[answer]]\nexit = 0\ntext = 'a'\n", "[default]\nexit = 0\ntext = 'a'\n"] {
        let message = toml(text);
        assert_eq!(message, "s.toml:1:1: `exit` belongs to the answers in a `then`");
    }
    assert_eq!(json("{\"answer\": [{\"text\": 7}]}"), "s.json:1:22: invalid type: integer `7`, expected a string");
    let message = json("{\n\"answer\": [{\"items\": [{}]}]}");
    assert!(message.starts_with("s.json:2:25: an item is one of"), "{message}");
}

#[test]
fn both_forms_load_and_what_is_written_reads_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let toml = include_str!("default.toml");
    let script = Script::parse_toml(toml, Path::new("x")).unwrap();
    let json = serde_json::to_string(&script).unwrap();
    for (name, text) in [("a.toml", toml.to_owned()), ("b.JSON", json), ("c", script.to_toml().unwrap())] {
        let path = dir.path().join(name);
        std::fs::write(&path, text).unwrap();
        assert_eq!(Script::load(&path).unwrap(), script, "{name}");
    }
    let error = Script::load(&dir.path().join("none.toml")).unwrap_err().to_string();
    assert!(error.contains("none.toml cannot be read"), "{error}");
}
