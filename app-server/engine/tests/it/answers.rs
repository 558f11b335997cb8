//! Questions and the clients that answer them: twice, late, from elsewhere, or not at all.

use codex_app_server_protocol::ServerNotification;
use codex_app_server_protocol::v2::{ThreadActiveFlag, ThreadStatus, TurnStatus};
use serde_json::json;

use crate::acting::{Acted, OPEN, acts, answer_from, exec, outputs, turns, until_file};

fn accept() -> serde_json::Value {
    json!({ "decision": "accept" })
}

#[tokio::test]
async fn the_first_answer_counts_and_everyone_is_told() {
    let acted = Acted::asking(&turns(&[&[], &[json!([exec("echo x >> made")])]]), OPEN).await;
    let (second, stranger) = (acted.lab.client(), acted.lab.client());
    // Only a thread that has a turn can be resumed.
    acted.run("hi").await;
    acted.lab.resume(&second, &acted.thread, true).await.unwrap();
    let turn = acted.begin("go").await;
    let asked = acted.client.asked(0).await;
    assert_eq!(second.asked(0).await.id, asked.id);
    assert!(!answer_from(&acted.lab, &stranger, &asked, accept()), "who was not asked has no say");
    assert!(answer_from(&acted.lab, &second, &asked, accept()));
    assert!(!acted.answer(&asked, json!({ "decision": "cancel" })), "too late");
    assert!(!answer_from(&acted.lab, &second, &asked, accept()), "twice");
    assert_eq!(acted.client.completed(&turn).await.status, TurnStatus::Completed);
    second.completed(&turn).await;
    assert_eq!(acted.read("made"), "x\n");
    for client in [&acted.client, &second] {
        assert_eq!(client.resolved(), [asked.id]);
    }
    assert!(stranger.all_asked().is_empty() && stranger.resolved().is_empty());
    assert!(!acted.answer(&asked, accept()), "long over");
}

#[tokio::test]
async fn a_question_waits_for_whoever_resumes_the_thread() {
    let acted = Acted::asking(&acts(&[json!([exec("touch made")])]), OPEN).await;
    let turn = acted.begin("go").await;
    let asked = acted.client.asked(0).await;
    acted.lab.engine.drop_subscriber(acted.client.id);
    let second = acted.lab.client();
    let resumed = acted.lab.resume(&second, &acted.thread, true).await.unwrap();
    let waits = ThreadStatus::Active { active_flags: vec![ThreadActiveFlag::WaitingOnApproval] };
    assert_eq!(resumed.thread.status, waits);
    let again = second.asked(0).await;
    assert_eq!((again.id, &again.params), (asked.id, &asked.params), "the same question");
    assert_eq!(second.names()[0], "<- thread/resume", "after the answer to the resume");
    assert!(answer_from(&acted.lab, &second, &again, accept()));
    second.completed(&turn).await;
    assert!(acted.file("made").exists());
}

#[tokio::test]
async fn a_question_that_nobody_hears_is_kept() {
    let calls = [json!([exec(&until_file("go"))]), json!([exec("rm -f x; touch made")])];
    let acted = Acted::on(&acts(&calls), &format!("approval_policy = 'on-request'\n{OPEN}")).await;
    let witness = acted.lab.client();
    let turn = acted.begin("go").await;
    acted.client.until("command", |event| (event.method() == "item/started").then_some(())).await;
    acted.lab.engine.drop_subscriber(acted.client.id);
    std::fs::write(acted.file("go"), "").unwrap();
    let waits = ThreadStatus::Active { active_flags: vec![ThreadActiveFlag::WaitingOnApproval] };
    witness
        .until("waiting", |event| match event {
            ServerNotification::ThreadStatusChanged(changed) => (changed.status == waits).then_some(()),
            _ => None,
        })
        .await;
    assert!(acted.client.all_asked().is_empty() && witness.all_asked().is_empty());
    acted.lab.resume(&witness, &acted.thread, true).await.unwrap();
    let asked = witness.asked(0).await;
    assert!(answer_from(&acted.lab, &witness, &asked, accept()));
    assert_eq!(witness.completed(&turn).await.status, TurnStatus::Completed);
    assert!(acted.file("made").exists());
}

#[tokio::test]
async fn a_steer_leaves_the_question_open() {
    let acted = Acted::asking(&acts(&[json!([exec("touch made")])]), OPEN).await;
    let turn = acted.begin("go").await;
    let asked = acted.client.asked(0).await;
    acted.lab.steer(&acted.client, &acted.thread, &turn, "hurry up").await.unwrap();
    assert!(acted.client.resolved().is_empty());
    acted.decide(&asked, "accept");
    assert_eq!(acted.client.completed(&turn).await.status, TurnStatus::Completed);
    assert!(acted.file("made").exists());
    assert_eq!(acted.client.texts("userMessage"), ["go", "hurry up"]);
}

#[tokio::test]
async fn who_resumes_after_the_answer_is_not_asked() {
    let acted = Acted::asking(&acts(&[json!([exec("touch made")])]), OPEN).await;
    let turn = acted.begin("go").await;
    acted.decide(&acted.client.asked(0).await, "accept");
    acted.client.completed(&turn).await;
    let second = acted.lab.client();
    acted.lab.resume(&second, &acted.thread, true).await.unwrap();
    assert!(second.all_asked().is_empty());
}

#[tokio::test]
async fn an_interrupt_closes_the_question() {
    let acted = Acted::asking(&acts(&[json!([exec("touch made")])]), OPEN).await;
    let turn = acted.begin("go").await;
    let asked = acted.client.asked(0).await;
    acted.client.names();
    acted.lab.interrupt(&acted.client, &acted.thread, &turn).await.unwrap();
    assert_eq!(acted.client.completed(&turn).await.status, TurnStatus::Interrupted);
    acted.client.until("resolved", |event| (event.method() == "serverRequest/resolved").then_some(())).await;
    let names = acted.client.names();
    assert_eq!(names[0], "<- turn/interrupt");
    assert_eq!(names[names.len() - 3..], ["status idle", "turn/completed", "serverRequest/resolved"]);
    assert!(!names.iter().any(|name| name.starts_with("item/")), "{names:?}");
    assert!(!acted.answer(&asked, accept()), "nobody waits for it");
    assert!(!acted.file("made").exists());
    let output = acted.output();
    assert!(output.starts_with("Wall time: ") && output.ends_with("\naborted by user"), "{output}");
}

#[tokio::test]
async fn the_status_says_waiting_until_the_last_question_is_answered() {
    let acted = Acted::asking(&acts(&[json!([exec("echo 1"), exec("echo 2")])]), OPEN).await;
    let turn = acted.begin("go").await;
    let (first, second) = (acted.client.asked(0).await, acted.client.asked(1).await);
    assert_ne!(first.id, second.id);
    let status =
        |names: &[String]| -> Vec<String> { names.iter().filter(|name| name.starts_with("status")).cloned().collect() };
    assert_eq!(status(&acted.client.names()), ["status active", "status active waitingOnApproval"], "told once");
    acted.decide(&second, "accept");
    acted.client.command_done(second.params["itemId"].as_str().unwrap()).await;
    assert!(status(&acted.client.names()).is_empty(), "one question is still open");
    let shown = acted.lab.read(&acted.client, &acted.thread, false).await.unwrap().thread.status;
    assert_eq!(shown, ThreadStatus::Active { active_flags: vec![ThreadActiveFlag::WaitingOnApproval] });
    acted.decide(&first, "accept");
    acted.client.completed(&turn).await;
    assert_eq!(status(&acted.client.names()), ["status active", "status idle"]);
    let ids: Vec<_> = outputs(&acted.lab.rollout()).into_iter().map(|(id, _)| id).collect();
    assert_eq!(ids, ["call_1", "call_2"]);
}
