//! Stored threads that go on: with the history, the settings and the usage they had.

use codex_app_server_protocol::ServerNotification;
use codex_app_server_protocol::v2::{self, TurnStatus};

use crate::asked_model::{Provider, Saying};
use crate::going_on::plain;
use crate::harness::{Lab, Options, rollouts};

fn by_id(thread: &str) -> v2::ThreadResumeParams {
    v2::ThreadResumeParams { thread_id: thread.to_owned(), ..Default::default() }
}

#[tokio::test]
async fn the_model_sees_the_whole_history_once_and_in_order() {
    let provider = Provider::start().await;
    let lab = provider.lab("");
    let client = lab.client();
    let thread = lab.start(&client).await;
    provider.say([Saying::Text("one"), Saying::Command("true"), Saying::Text("two")]);
    lab.run(&client, &thread, "first").await;
    lab.run(&client, &thread, "second").await;
    let before = provider.input();
    let shown = lab.read(&client, &thread, true).await.unwrap().thread.turns;

    let lab = lab.restarted().await;
    let client = lab.client();
    assert_eq!(lab.loaded(), Vec::<String>::new());
    let resumed = lab.resume(&client, &thread, false).await.unwrap();
    assert_eq!(resumed.thread.id, thread);
    assert_eq!(plain(&resumed.thread.turns), plain(&shown));
    lab.run(&client, &thread, "third").await;
    let expected = [before, vec!["assistant two".to_owned(), "user third".to_owned()]].concat();
    assert_eq!(provider.input(), expected, "nothing is told anew, nothing is lost");
    assert_eq!(lab.files_of(&thread).len(), 1);
    let turns = lab.read(&client, &thread, true).await.unwrap().thread.turns;
    assert_eq!(turns.len(), 3);
    assert!(turns.iter().all(|turn| turn.status == TurnStatus::Completed));
}

#[tokio::test]
async fn a_cold_resume_is_told_in_order() {
    let lab = Lab::new("[[answer]]\ntext = 'x'\n");
    let client = lab.client();
    let thread = lab.start(&client).await;
    lab.run(&client, &thread, "Hi").await;
    let lab = lab.restarted().await;
    let (client, other) = (lab.client(), lab.client());
    lab.resume(&client, &thread, false).await.unwrap();
    lab.name(&client, &thread, "named").await.unwrap();
    let names = client.names();
    let answer = names.iter().position(|name| name == "<- thread/resume").unwrap();
    assert_eq!(names[0], "deprecationNotice");
    assert!(names[answer..].contains(&"thread/tokenUsage/updated".to_owned()), "{names:?}");
    assert!(!names.contains(&"thread/started".to_owned()), "{names:?}");
    assert!(!other.names().contains(&"thread/tokenUsage/updated".to_owned()));
}

#[tokio::test]
async fn settings_come_back_and_the_request_wins() {
    let lab = Lab::new("[[answer]]\ntext = 'x'\n");
    let client = lab.client();
    let params = v2::ThreadStartParams {
        approval_policy: Some(v2::AskForApproval::Never),
        sandbox: Some(v2::SandboxMode::DangerFullAccess),
        ..Default::default()
    };
    let started = lab.start_with(&client, params).await;
    let thread = started.thread.id.clone();
    lab.run(&client, &thread, "Hi").await;
    let lab = lab.restarted().await;
    let copy = lab.copied();
    let client = lab.client();
    let resumed = lab.resume(&client, &thread, true).await.unwrap();
    assert_eq!((&resumed.model, &resumed.cwd), (&started.model, &started.cwd));
    assert_eq!(resumed.approval_policy, v2::AskForApproval::Never);
    assert_eq!(resumed.sandbox, v2::SandboxPolicy::DangerFullAccess);
    let params = v2::ThreadResumeParams {
        approval_policy: Some(v2::AskForApproval::OnRequest),
        sandbox: Some(v2::SandboxMode::ReadOnly),
        ..by_id(&thread)
    };
    let resumed = copy.resume_with(&copy.client(), params).await.unwrap();
    assert_eq!(resumed.approval_policy, v2::AskForApproval::OnRequest);
    assert!(matches!(resumed.sandbox, v2::SandboxPolicy::ReadOnly { .. }), "{:?}", resumed.sandbox);
}

#[tokio::test]
async fn a_turn_that_the_end_of_the_server_cut_is_interrupted_and_told_once() {
    let lab = Lab::new("[[answer]]\ntext = 'one'\n[[answer]]\ntext = 'partial'\nend = 'hang'\n");
    let client = lab.client();
    let thread = lab.start(&client).await;
    lab.run(&client, &thread, "first").await;
    client.names();
    let turn = lab.turn(&client, &thread, "cut").await.unwrap();
    client.first_delta().await;
    let killed = lab.copied();
    let client = killed.client();
    let resumed = killed.resume(&client, &thread, false).await.unwrap();
    let last = resumed.thread.turns.last().unwrap();
    assert_eq!((&last.id, last.status), (&turn, TurnStatus::Interrupted));
    // Again, with nothing said in between.
    let again = killed.restarted().await;
    let client = again.client();
    again.resume(&client, &thread, false).await.unwrap();
    let again = again.restarted().await;
    let text = std::fs::read_to_string(&again.files_of(&thread)[0]).unwrap();
    assert_eq!(text.matches("<turn_aborted>").count(), 1, "{text}");
}

#[tokio::test]
async fn two_resumes_at_once_load_the_thread_once() {
    let lab = Lab::new("[[answer]]\ntext = 'x'\n");
    let client = lab.client();
    let thread = lab.start(&client).await;
    lab.run(&client, &thread, "Hi").await;
    let lab = lab.restarted().await;
    let (first, second) = (lab.client(), lab.client());
    let (one, two) = tokio::join!(lab.resume(&first, &thread, true), lab.resume(&second, &thread, true));
    assert_eq!((one.unwrap().thread.id, two.unwrap().thread.id), (thread.clone(), thread.clone()));
    assert_eq!(lab.loaded(), std::slice::from_ref(&thread));
    let turn = lab.turn(&first, &thread, "more").await.unwrap();
    for client in [&first, &second] {
        assert_eq!(client.completed(&turn).await.status, TurnStatus::Completed);
    }
}

#[tokio::test]
async fn usage_goes_on() {
    let lab = Lab::new("[[answer]]\ntext = 'x'\nusage = { input = 10, output = 5, total = 15 }\n");
    let client = lab.client();
    let thread = lab.start(&client).await;
    lab.run(&client, &thread, "Hi").await;
    let lab = lab.restarted().await;
    let client = lab.client();
    lab.resume(&client, &thread, true).await.unwrap();
    lab.run(&client, &thread, "Hi").await;
    let totals: Vec<_> = client
        .events()
        .into_iter()
        .filter_map(|event| match event {
            ServerNotification::ThreadTokenUsageUpdated(usage) => Some(usage.token_usage.total.total_tokens),
            _ => None,
        })
        .collect();
    assert_eq!(totals.last(), Some(&30), "{totals:?}");
}

#[tokio::test]
async fn project_instructions_are_told_again_only_when_they_changed() {
    let provider = Provider::start().await;
    let lab = provider.lab("");
    std::fs::write(lab.cwd.join("AGENTS.md"), "Be kind.").unwrap();
    let client = lab.client();
    let thread = lab.start(&client).await;
    lab.run(&client, &thread, "first").await;
    let told = provider.input();
    let about = |input: &[String]| input.iter().filter(|item| item.contains("AGENTS.md")).count();
    assert_eq!(about(&told), 1, "{told:?}");
    let lab = lab.restarted().await;
    let client = lab.client();
    lab.resume(&client, &thread, true).await.unwrap();
    lab.run(&client, &thread, "second").await;
    assert_eq!(about(&provider.input()), 1);
    let lab = lab.restarted().await;
    std::fs::write(lab.cwd.join("AGENTS.md"), "Be brief.").unwrap();
    let client = lab.client();
    lab.resume(&client, &thread, true).await.unwrap();
    lab.run(&client, &thread, "third").await;
    assert_eq!(about(&provider.input()), 2, "{:?}", provider.input());
}

#[tokio::test]
async fn what_cannot_go_on_is_refused() {
    let lab = Lab::new("[[answer]]\ntext = 'x'\n");
    let client = lab.client();
    let thread = lab.start(&client).await;
    lab.run(&client, &thread, "Hi").await;
    let stale = lab.home.join("config.toml").to_string_lossy().into_owned();
    let active = rollouts(&lab.home.join("sessions"))[0].display().to_string();
    let path = serde_json::from_value(serde_json::json!(stale)).unwrap();
    let params = v2::ThreadResumeParams { path: Some(path), ..by_id(&thread) };
    let error = lab.resume_with(&client, params).await.unwrap_err();
    let text = format!("cannot resume running thread {thread} with stale path: requested `{stale}`, active `{active}`");
    assert_eq!(error.to_string(), text);
    let params = v2::ThreadResumeParams { history: Some(Vec::new()), ..by_id(&thread) };
    assert_eq!(lab.resume_with(&client, params).await.unwrap_err().to_string(), "history must not be empty");

    let lab = lab.restarted().await;
    std::fs::write(lab.home.join("config.toml"), "").unwrap();
    let params = v2::ThreadResumeParams { model_provider: Some("gone".to_owned()), ..by_id(&thread) };
    let error = lab.resume_with(&lab.client(), params).await.unwrap_err();
    assert!(error.to_string().contains("gone"), "{error}");
    // It can be tried again: nobody holds the thread.
    let lab = lab.restarted().await;
    let unknown = "01950000-0000-7000-8000-000000000001";
    let error = lab.resume(&lab.client(), unknown, true).await.unwrap_err();
    assert_eq!(error.to_string(), format!("no rollout found for thread id {unknown}"));
    lab.resume(&lab.client(), &thread, true).await.unwrap();
}

#[tokio::test]
async fn a_thread_begins_with_a_given_history() {
    let provider = Provider::start().await;
    let lab = provider.lab("");
    let client = lab.client();
    let history = serde_json::json!([
        { "type": "message", "role": "user", "content": [{ "type": "input_text", "text": "said" }] },
        { "type": "message", "role": "assistant", "content": [{ "type": "output_text", "text": "answered" }] },
    ]);
    let params = v2::ThreadResumeParams {
        history: Some(serde_json::from_value(history).unwrap()),
        ..by_id("01950000-0000-7000-8000-000000000001")
    };
    let resumed = lab.resume_with(&client, params).await.unwrap();
    assert_eq!(resumed.thread.preview, "said");
    lab.run(&client, &resumed.thread.id, "more").await;
    assert_eq!(provider.said(), ["user said", "assistant answered", "user more"]);
    let lab = lab.restarted().await;
    let client = lab.client();
    lab.resume(&client, &resumed.thread.id, true).await.unwrap();
    lab.run(&client, &resumed.thread.id, "again").await;
    assert_eq!(provider.said(), ["user said", "assistant answered", "user more", "assistant ok", "user again"]);
}

#[tokio::test]
async fn settings_that_were_updated_are_told_and_kept() {
    let lab = Lab::with(Options { script: "[[answer]]\ntext = 'x'\n", ..Options::default() });
    let client = lab.client();
    let thread = lab.start(&client).await;
    lab.run(&client, &thread, "Hi").await;
    client.names();
    let params = v2::ThreadSettingsUpdateParams {
        thread_id: thread.clone(),
        approval_policy: Some(v2::AskForApproval::Never),
        ..Default::default()
    };
    lab.settings(&client, params).await.unwrap();
    client.until("thread/settings/updated", |event| (event.method() == "thread/settings/updated").then_some(())).await;
    let lab = lab.restarted().await;
    let resumed = lab.resume(&lab.client(), &thread, true).await.unwrap();
    assert_eq!(resumed.approval_policy, v2::AskForApproval::Never);
}
