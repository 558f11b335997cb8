//! Threads: who is told what, reading, resuming, names, lists.

use codex_app_server_protocol::{ServerNotification, v2};
use codex_engine::EngineError;

use crate::harness::{Lab, Options};

const GHOST: &str = "01a1fc94-0000-7000-8000-000000000001";

#[tokio::test]
async fn ids_that_name_nothing_are_refused_in_the_words_of_the_reference() {
    let lab = Lab::new("");
    let client = lab.client();
    let text = |outcome: Result<String, EngineError>| outcome.unwrap_err().to_string();
    assert_eq!(text(lab.turn(&client, GHOST, "x").await), format!("thread not found: {GHOST}"));
    assert!(text(lab.turn(&client, "junk", "x").await).starts_with("invalid thread id: invalid character: expected"));
    assert_eq!(lab.interrupt(&client, GHOST, "x").await.unwrap_err().to_string(), format!("thread not found: {GHOST}"));
    assert_eq!(text(lab.steer(&client, GHOST, GHOST, "x").await), format!("thread not found: {GHOST}"));
    let read = |outcome: Result<v2::ThreadReadResponse, EngineError>| outcome.unwrap_err().to_string();
    assert_eq!(read(lab.read(&client, GHOST, false).await), format!("thread not loaded: {GHOST}"));
    let resume = lab.resume(&client, GHOST, false).await.unwrap_err();
    assert_eq!(resume.to_string(), format!("no rollout found for thread id {GHOST}"));
    let resume = lab.resume(&client, "junk", false).await.unwrap_err();
    assert!(resume.to_string().starts_with("invalid session id: invalid character"));
    let name = lab.name(&client, GHOST, "x").await.unwrap_err();
    assert_eq!(name.to_string(), format!("no rollout found for thread id {GHOST}"));
    assert_eq!(lab.unsubscribe(&client, GHOST).await.unwrap(), v2::ThreadUnsubscribeStatus::NotLoaded);
}

#[tokio::test]
async fn a_thread_without_turns_can_be_read_and_not_resumed() {
    let lab = Lab::new("[[answer]]\ntext = 'x'\n");
    let client = lab.client();
    let thread = lab.start(&client).await;
    let read = lab.read(&client, &thread, false).await.unwrap();
    assert_eq!((read.thread.turns.len(), read.read_state), (0, None));
    assert_eq!(lab.read(&client, &thread, true).await.unwrap_err().to_string(), "list_turns is not supported yet");
    let error = lab.resume(&client, &thread, true).await.unwrap_err();
    assert_eq!(error.to_string(), format!("no rollout found for thread id {thread}"));
    assert_eq!(lab.list().await.data.len(), 0);
    assert_eq!(lab.loaded(), [thread]);
}

#[tokio::test]
async fn only_subscribers_are_told_of_a_turn() {
    let lab = Lab::new("[[answer]]\ntext = 'x'\n");
    let (first, second) = (lab.client(), lab.client());
    let thread = lab.start(&first).await;
    lab.run(&first, &thread, "one").await;
    assert_eq!(second.names(), ["thread/started", "status active", "status idle"]);

    let resumed = lab.resume(&second, &thread, false).await.unwrap();
    assert_eq!(resumed.thread.turns.len(), 1);
    assert_eq!(resumed.thread.turns[0].items_view, v2::TurnItemsView::Full);
    assert_eq!(resumed.thread.turns[0].items.len(), 2);
    let mut names = Vec::new();
    for client in [&second, &first] {
        client
            .until_told("no goal", |told| told.iter().any(|told| told.name() == "thread/goal/cleared").then_some(()))
            .await;
        names.push(client.names());
    }
    let [names, of_first] = names.try_into().unwrap();
    assert_eq!(names, ["deprecationNotice", "<- thread/resume", "thread/tokenUsage/updated", "thread/goal/cleared"]);
    assert_eq!(of_first.last().unwrap(), "thread/goal/cleared");

    lab.run(&second, &thread, "two").await;
    assert_eq!(second.texts("userMessage"), first.texts("userMessage"));
    assert_eq!(first.texts("userMessage"), ["two"]);

    assert_eq!(lab.unsubscribe(&second, &thread).await.unwrap(), v2::ThreadUnsubscribeStatus::Unsubscribed);
    assert_eq!(lab.unsubscribe(&second, &thread).await.unwrap(), v2::ThreadUnsubscribeStatus::NotSubscribed);
    second.names();
    lab.run(&first, &thread, "three").await;
    assert_eq!(second.names(), ["status active", "status idle"]);
    assert_eq!(lab.loaded(), [thread]);
}

#[tokio::test]
async fn who_joins_a_running_turn_gets_its_items_so_far_and_all_that_follows() {
    let script = "[[answer]]\ncalls = [{ name = 'nope', arguments = '{}' }]\n\
                  then = [{ text = 'partial', end = 'hang' }]\n[[answer]]\ntext = 'Whole'\n";
    let lab = Lab::new(script);
    let (first, second) = (lab.client(), lab.client());
    let thread = lab.start(&first).await;
    let turn = lab.turn(&first, &thread, "Go").await.unwrap();
    first.first_delta().await;
    let resumed = lab.resume(&second, &thread, false).await.unwrap();
    assert_eq!(resumed.thread.status, v2::ThreadStatus::Active { active_flags: Vec::new() });
    let [shown] = &resumed.thread.turns[..] else { panic!("{:?}", resumed.thread.turns) };
    assert_eq!((shown.status, shown.items.len()), (v2::TurnStatus::InProgress, 1));
    let read = lab.read(&first, &thread, true).await.unwrap();
    assert_eq!(read.read_state.unwrap().first_unread, None);
    second.names();
    lab.steer(&first, &thread, &turn, "More").await.unwrap();
    second.completed(&turn).await;
    assert_eq!(second.texts("userMessage"), ["More"]);
    assert_eq!(second.texts("agentMessage"), ["Whole"]);
}

#[tokio::test]
async fn names_are_told_to_everyone_and_shown() {
    let lab = Lab::new("[[answer]]\ntext = 'x'\n");
    let (first, second) = (lab.client(), lab.client());
    let thread = lab.start(&first).await;
    lab.name(&first, &thread, "  My name ").await.unwrap();
    let named = second
        .until("name", |event| match event {
            ServerNotification::ThreadNameUpdated(updated) => updated.thread_name.clone(),
            _ => None,
        })
        .await;
    assert_eq!(named, "My name");
    assert_eq!(lab.name(&first, &thread, "  ").await.unwrap_err().to_string(), "thread name must not be empty");
    lab.run(&first, &thread, "Hello").await;
    let listed = lab.list().await;
    assert_eq!(listed.data.len(), 1);
    let shown = &listed.data[0];
    assert_eq!((shown.name.as_deref(), shown.preview.as_str()), (Some("My name"), "Hello"));
    assert_eq!((&shown.status, shown.can_accept_direct_input), (&v2::ThreadStatus::Idle, None));
    assert!(listed.read_states.unwrap().contains_key(&thread));
}

#[tokio::test]
async fn what_a_start_asks_for_is_echoed() {
    let lab = Lab::with(Options { script: "", config: "developer_instructions = 'config'\n", ..Options::default() });
    let client = lab.client();
    let started = lab.start_with(&client, v2::ThreadStartParams::default()).await;
    assert_eq!(started.cwd.as_path(), lab.cwd);
    assert_eq!(started.approval_policy, v2::AskForApproval::OnRequest);
    assert_eq!(started.sandbox, v2::SandboxPolicy::ReadOnly { network_access: false });
    let params = v2::ThreadStartParams {
        model: Some("m-2".to_owned()),
        cwd: Some("relative/dir".to_owned()),
        sandbox: Some(v2::SandboxMode::WorkspaceWrite),
        approvals_reviewer: Some(v2::ApprovalsReviewer::AutoReview),
        config: Some([("model_reasoning_effort".to_owned(), "low".into())].into()),
        ..Default::default()
    };
    let started = lab.start_with(&client, params).await;
    assert_eq!(started.model, "m-2");
    assert_eq!(started.cwd.as_path(), lab.cwd.join("relative/dir"));
    assert_eq!(started.reasoning_effort.unwrap().as_str(), "low");
    assert_eq!(started.approvals_reviewer, v2::ApprovalsReviewer::AutoReview);
    assert!(matches!(started.sandbox, v2::SandboxPolicy::WorkspaceWrite { .. }));
    assert_eq!(started.active_permission_profile, None);
    assert!(started.thread.path.unwrap().ends_with(&format!("{}.jsonl", started.thread.id)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_joins_whenever_misses_nothing_and_sees_nothing_twice() {
    let script = "[[answer]]\nreasoning = ['a']\ntext = 'abcdef'\ndelta_chars = 1\n";
    let lab = Lab::new(script);
    let starter = lab.client();
    let thread = lab.start(&starter).await;
    lab.run(&starter, &thread, "first").await;
    let mut joined = Vec::new();
    for number in 0..40 {
        let turn = lab.turn(&starter, &thread, &format!("turn {number}")).await.unwrap();
        for _ in 0..number {
            tokio::task::yield_now().await;
        }
        let client = lab.client();
        let resumed = lab.resume(&client, &thread, false).await.unwrap();
        joined.push((client, resumed.thread.turns));
        starter.completed(&turn).await;
    }
    let all = lab.read(&starter, &thread, true).await.unwrap().thread.turns;
    assert_eq!(all.len(), 41);
    let ids = |turns: &[v2::Turn]| -> Vec<(String, String)> {
        let item_id = |item: &v2::ThreadItem| serde_json::to_value(item).unwrap()["id"].as_str().unwrap().to_owned();
        turns.iter().flat_map(|turn| turn.items.iter().map(|item| (turn.id.clone(), item_id(item)))).collect()
    };
    let whole = ids(&all);
    for (client, turns) in joined {
        let mut seen = ids(&turns);
        for event in client.events() {
            if let ServerNotification::ItemCompleted(completed) = event {
                let id = serde_json::to_value(&completed.item).unwrap()["id"].as_str().unwrap().to_owned();
                seen.push((completed.turn_id, id));
            }
        }
        assert_eq!(seen, whole);
    }
}
