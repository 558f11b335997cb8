//! Turns that go well: their order, what is kept, what the model is asked.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use codex_app_server_protocol::{ServerNotification, v2};

use crate::harness::{Lab, kinds, lines, rollouts, said, turn_params};

#[tokio::test]
async fn a_simple_turn_is_told_in_order() {
    let lab = Lab::new("[[answer]]\ntext = 'Hello big world'\ndelta_chars = 5\n");
    let client = lab.client();
    let thread = lab.start(&client).await;
    let turn = lab.run(&client, &thread, "Hi").await;
    assert_eq!(
        client.names(),
        [
            "<- thread/start",
            "thread/started",
            "<- turn/start",
            "status active",
            "turn/started",
            "item/started userMessage",
            "item/completed userMessage",
            "item/started agentMessage",
            "item/agentMessage/delta",
            "item/completed agentMessage",
            "thread/tokenUsage/updated",
            "account/rateLimits/updated",
            "thread/readState/changed",
            "status idle",
            "turn/completed",
        ]
    );
    assert_eq!(turn.status, v2::TurnStatus::Completed);
    assert_eq!(turn.items_view, v2::TurnItemsView::Summary);
    assert!(matches!(&turn.items[0].kind, v2::ThreadItemKind::AgentMessage { text, .. } if text == "Hello big world"));
    assert!(turn.completed_at >= turn.started_at);
}

#[tokio::test]
async fn lines_stand_in_the_order_of_the_reference() {
    let lab = Lab::new("[[answer]]\nreasoning = ['thinking']\ntext = 'one'\n[[answer]]\ntext = 'two'\n");
    let client = lab.client();
    let thread = lab.start(&client).await;
    assert_eq!(rollouts(&lab.home.join("sessions")).len(), 0, "a thread without turns has no file");
    lab.run(&client, &thread, "Hi").await;
    lab.run(&client, &thread, "Again").await;
    let lines = lab.rollout();
    assert_eq!(
        kinds(&lines),
        [
            "session_meta",
            "task_started",
            "developer",
            "user",
            "world_state",
            "turn_context",
            "thread_settings_applied",
            "user",
            "UserMessage",
            "Reasoning",
            "reasoning",
            "AgentMessage",
            "assistant",
            "token_usage_record",
            "token_count",
            "task_complete",
            "task_started",
            "turn_context",
            "user",
            "UserMessage",
            "AgentMessage",
            "assistant",
            "token_usage_record",
            "token_count",
            "task_complete",
        ]
    );
    let sequences: Vec<_> = lines.iter().filter_map(|line| line["metadata"]["history_sequence"].as_u64()).collect();
    assert_eq!(sequences, [1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(lines.last().unwrap()["payload"]["last_agent_message"], "two");
}

#[tokio::test]
async fn what_is_announced_as_completed_is_in_the_file_before() {
    let lab = Lab::new("[[answer]]\nreasoning = ['thinking']\ntext = 'a text to be found'\n");
    let client = lab.client();
    let thread = lab.start(&client).await;
    let looked = Arc::new(AtomicUsize::new(0));
    let (seen, sessions) = (looked.clone(), lab.home.join("sessions"));
    client.on_event(move |event| {
        let needle = match &event.body {
            ServerNotification::ItemCompleted(completed) => match &completed.item.kind {
                v2::ThreadItemKind::UserMessage { id, .. }
                | v2::ThreadItemKind::AgentMessage { id, .. }
                | v2::ThreadItemKind::Reasoning { id, .. } => format!("\"id\":\"{id}\""),
                other => panic!("{other:?}"),
            },
            ServerNotification::TurnCompleted(_) => "\"task_complete\"".to_owned(),
            _ => return,
        };
        let file = std::fs::read_to_string(&rollouts(&sessions)[0]).unwrap();
        assert!(file.contains(&needle) && file.ends_with('\n'), "{needle} is not in the file");
        seen.fetch_add(1, Ordering::SeqCst);
    });
    lab.run(&client, &thread, "Hi").await;
    assert_eq!(looked.load(Ordering::SeqCst), 4);
}

#[tokio::test]
async fn calls_of_unknown_tools_are_answered_and_the_model_is_asked_again() {
    let script = "[[answer]]\ncalls = [{ name = 'nope', namespace = 'ns', arguments = '{}' }]\n\
                  custom_calls = [{ name = 'patch', input = 'x' }]\n[[answer]]\ntext = 'Done: {{output}}'\n";
    let lab = Lab::new(script);
    let client = lab.client();
    let thread = lab.start(&client).await;
    lab.run(&client, &thread, "Hi").await;
    assert_eq!(client.texts("agentMessage"), ["Done: unsupported custom tool call: patch"]);
    let outputs: Vec<_> =
        lab.rollout().iter().filter_map(|line| line["payload"]["output"].as_str().map(str::to_owned)).collect();
    assert_eq!(outputs, ["unsupported call: nsnope", "unsupported custom tool call: patch"]);
    let names = client.names();
    assert_eq!(names.iter().filter(|name| *name == "thread/tokenUsage/updated").count(), 2);
}

#[tokio::test]
async fn usage_adds_up_over_turns() {
    let usage = |n| format!("[[answer]]\ntext = 'x'\nusage = {{ input = {n}, output = 5, total = {} }}\n", n + 5);
    let lab = Lab::new(&(usage(10) + &usage(20)));
    let client = lab.client();
    let thread = lab.start(&client).await;
    lab.run(&client, &thread, "one").await;
    lab.run(&client, &thread, "two").await;
    let totals: Vec<_> = client
        .events()
        .into_iter()
        .filter_map(|event| match event {
            ServerNotification::ThreadTokenUsageUpdated(updated) => {
                Some((updated.token_usage.last.total_tokens, updated.token_usage.total.total_tokens))
            }
            _ => None,
        })
        .collect();
    assert_eq!(totals, [(15, 15), (25, 40)]);
}

#[tokio::test]
async fn overrides_of_a_turn_stay_and_are_told() {
    let lab = Lab::with(crate::harness::Options { script: "[[answer]]\ntext = 'x'\n", ..Default::default() });
    let client = lab.client();
    let thread = lab.start(&client).await;
    lab.run(&client, &thread, "one").await;
    client.names();
    let params = v2::TurnStartParams {
        input: said("two"),
        model: Some("other".to_owned()),
        cwd: Some("sub".into()),
        approval_policy: Some(v2::AskForApproval::Never),
        sandbox_policy: Some(v2::SandboxPolicy::DangerFullAccess),
        ..turn_params(&thread)
    };
    let turn = lab.turn_with(&client, params).await.unwrap();
    client.completed(&turn).await;
    let names = client.names();
    assert_eq!(&names[..4], ["warning", "<- turn/start", "thread/settings/updated", "status active"]);
    let shown = lab.read(&client, &thread, false).await.unwrap().thread;
    assert_eq!(shown.model.as_deref(), Some("other"));
    assert_eq!(shown.cwd.as_path(), lab.cwd.join("sub"));
    let lines = lab.rollout();
    let contexts: Vec<_> = lines.iter().filter(|line| line["type"] == "turn_context").collect();
    assert_eq!(contexts[1]["payload"]["model"], "other");
    let after = kinds(&lines);
    let second = after.iter().rposition(|kind| kind == "task_started").unwrap();
    assert_eq!(
        &after[second - 1..second + 6],
        ["thread_settings_applied", "task_started", "developer", "developer", "user", "world_state", "turn_context"]
    );
    lab.run(&client, &thread, "three").await;
    assert!(!client.names().contains(&"thread/settings/updated".to_owned()));
}

#[tokio::test]
async fn an_ephemeral_thread_leaves_nothing_behind() {
    let lab = Lab::new("[[answer]]\ntext = 'x'\n");
    let client = lab.client();
    let params = v2::ThreadStartParams { ephemeral: Some(true), ..Default::default() };
    let started = lab.start_with(&client, params).await;
    assert_eq!(started.thread.path, None);
    lab.run(&client, &started.thread.id, "Hi").await;
    assert!(!client.names().contains(&"thread/readState/changed".to_owned()));
    assert_eq!(rollouts(&lab.home.join("sessions")).len(), 0);
    let error = lab.read(&client, &started.thread.id, true).await.unwrap_err();
    assert_eq!(error.to_string(), "ephemeral threads do not support includeTurns");
    let error = lab.name(&client, &started.thread.id, "x").await.unwrap_err();
    assert_eq!(error.to_string(), format!("ephemeral thread does not support metadata updates: {}", started.thread.id));
}

#[tokio::test]
async fn several_threads_run_at_once() {
    let lab = Lab::new("[[answer]]\ntext = 'said: {{input}}'\ndelta_chars = 3\ndelay_ms = 5\n");
    let client = lab.client();
    let mut turns = Vec::new();
    for number in 0..8 {
        let thread = lab.start(&client).await;
        turns.push((lab.turn(&client, &thread, &format!("thread {number}")).await.unwrap(), thread, number));
    }
    assert!(lab.engine.running_turns() > 1);
    for (turn, thread, number) in turns {
        client.completed(&turn).await;
        let read = lab.read(&client, &thread, true).await.unwrap().thread;
        assert_eq!(read.preview, format!("thread {number}"));
        let items = &read.turns[0].items;
        assert!(
            matches!(&items[1].kind, v2::ThreadItemKind::AgentMessage { text, .. } if *text == format!("said: thread {number}"))
        );
    }
    assert_eq!(lab.engine.running_turns(), 0);
    assert_eq!(rollouts(&lab.home.join("sessions")).iter().map(|file| lines(file).len()).min(), Some(14));
}
