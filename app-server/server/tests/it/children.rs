//! The lives of commands: whose they are, what ends them, and that nothing runs on or stays behind.

use std::collections::HashSet;

use codex_app_server_test_support::{DEADLINE, ModelEndpoint, Reply, TestClient};
use serde_json::json;

use super::processes::{Mark, descendants, until};
use super::server;
use super::stage::{Stage, exec, exec_with, session_of};

/// An answer of the model with a call for each of these scripts, which is answered as soon as can be.
fn sessions(scripts: &[(String, bool)]) -> Reply {
    (1..).zip(scripts).fold(Reply::turn(), |reply, (number, (script, tty))| {
        let arguments = json!({"cmd": script, "tty": tty, "yield_time_ms": 250});
        reply.call(&format!("call_{number}"), "exec_command", &arguments)
    })
}

/// Runs a turn that starts a script on pipes and one on a terminal, which go on after it. Two of them sleep for each.
async fn start_lasting(model: &ModelEndpoint, client: &TestClient, thread: &str, mark: &Mark) {
    model.push(sessions(&[(mark.lasting(), false), (mark.lasting(), true)]));
    model.say("They run");
    assert_eq!(client.run_turn(thread, "Go").await["status"], "completed");
}

#[tokio::test]
async fn nothing_outlives_a_killed_server() {
    let mark = Mark::new();
    let stage = Stage::new(json!({"sandbox": "danger-full-access"})).await;
    start_lasting(&stage.model, &stage.client, &stage.thread, &mark).await;
    let confined = stage.client.start_thread(json!({"sandbox": "workspace-write"})).await;
    start_lasting(&stage.model, &stage.client, &confined, &mark).await;
    // And one whose call still waits.
    stage.model.push(exec_with("call_1", json!({"cmd": mark.lasting(), "yield_time_ms": 30_000})));
    stage.client.start_turn(&stage.thread, "Go").await;
    mark.sleep(10).await;
    stage.server.signal("KILL");
    mark.gone().await;
    stage.client.ignore_rest();
}

#[tokio::test]
async fn sessions_outlive_their_turn_and_their_client_and_end_with_the_server() {
    let mark = Mark::new();
    let model = ModelEndpoint::start().await;
    let mut server = server().model(&model).start_websocket().await;
    let client = server.client().await;
    let thread = client.start_thread(json!({})).await;
    start_lasting(&model, &client, &thread, &mark).await;
    let confined = client.start_thread(json!({"sandbox": "workspace-write"})).await;
    start_lasting(&model, &client, &confined, &mark).await;
    let _ = client.finish().await;
    mark.sleep(8).await;
    let other = server.client().await;
    let listed = other.call("thread/backgroundTerminals/list", json!({"threadId": thread})).await;
    let items = listed["data"].as_array().unwrap().iter().map(|terminal| terminal["itemId"].as_str().unwrap());
    assert_eq!(items.collect::<HashSet<_>>(), HashSet::from(["call_1", "call_2"]));
    let _ = other.finish().await;
    server.finish().await;
    mark.gone().await;
}

#[tokio::test]
async fn sessions_end_with_the_input_of_a_server_on_stdio() {
    let mark = Mark::new();
    let stage = Stage::new(json!({})).await;
    start_lasting(&stage.model, &stage.client, &stage.thread, &mark).await;
    mark.sleep(4).await;
    stage.finish().await;
    mark.gone().await;
}

#[tokio::test]
async fn an_interrupt_ends_the_calls_that_wait_and_spares_sessions() {
    let (session, waiting) = (Mark::new(), Mark::new());
    let stage = Stage::new(json!({})).await;
    stage.model.push(sessions(&[(session.lasting(), false)]));
    stage.model.push(
        Reply::turn().call("call_2", "exec_command", &json!({"cmd": waiting.lasting(), "yield_time_ms": 30_000})).call(
            "call_3",
            "exec_command",
            &json!({"cmd": waiting.lasting(), "yield_time_ms": 30_000, "tty": true}),
        ),
    );
    let turn = stage.client.start_turn(&stage.thread, "Go").await;
    session.sleep(2).await;
    waiting.sleep(4).await;
    stage.client.call("turn/interrupt", json!({"threadId": stage.thread, "turnId": turn})).await;
    assert_eq!(stage.client.note("turn/completed").await["turn"]["status"], "interrupted");
    waiting.gone().await;
    assert_eq!(session.sleeping(), 2);
    // It is still the thread's.
    let thread = json!({"threadId": stage.thread});
    let listed = stage.client.call("thread/backgroundTerminals/list", thread.clone()).await;
    assert_eq!(listed["data"].as_array().unwrap().len(), 1, "{listed}");
    stage.client.call("thread/backgroundTerminals/clean", thread).await;
    stage.client.note_where("item/completed", |params| params["item"]["id"] == "call_1").await;
    session.gone().await;
    stage.finish().await;
}

#[tokio::test]
async fn a_daemon_of_a_command_ends_with_the_command() {
    let mark = Mark::new();
    let stage = Stage::new(json!({})).await;
    let daemon = mark.on("setsid sleep 1000 > /dev/null 2>&1 & echo started");
    assert!(stage.run(&daemon).await.ends_with("\nOutput:\nstarted\n"));
    mark.gone().await;
    stage.finish().await;
}

#[tokio::test]
async fn no_command_stays_as_a_zombie() {
    let stage = Stage::new(json!({})).await;
    let confined = stage.client.start_thread(json!({"sandbox": "workspace-write"})).await;
    for thread in [&stage.thread, &confined] {
        let calls = (0..25).fold(Reply::turn(), |reply, number| {
            // Half of them leave children of their own behind.
            let line = if number % 2 == 0 { "(exit 1) & exit 0" } else { "echo $$" };
            reply.call(&format!("call_{number}"), "exec_command", &json!({"cmd": line, "tty": number % 5 == 0}))
        });
        stage.model.push(calls);
        stage.model.say("Done");
        assert_eq!(stage.client.run_turn(thread, "Go").await["status"], "completed");
    }
    let server = stage.server.id();
    let zombies = || descendants(server).into_iter().filter(|(_, state)| *state == 'Z').collect::<Vec<_>>();
    assert!(until(DEADLINE, || zombies().is_empty()).await, "{:?}", zombies());
    stage.finish().await;
}

/// How many sessions a thread may have.
const MOST: usize = 64;

#[tokio::test]
async fn many_sessions_hold_and_one_too_many_takes_the_place_of_the_oldest() {
    let mark = Mark::new();
    let stage = Stage::new(json!({})).await;
    let one = json!({"cmd": mark.on("exec sleep 1000"), "yield_time_ms": 250});
    // The first one is there before the others, which are started side by side.
    stage.model.push(exec_with("call_1", one.clone()));
    let others = |reply: Reply, call: usize| reply.call(&format!("call_{call}"), "exec_command", &one);
    stage.model.push((2..=MOST).fold(Reply::turn(), others));
    stage.model.say("They run");
    stage.turn().await;
    mark.sleep(MOST).await;
    let requests = stage.model.requests();
    let ids: HashSet<i64> = (1..=MOST).map(|call| session_of(&requests[2], &format!("call_{call}"))).collect();
    assert_eq!(ids.len(), MOST);
    stage.client.rest();
    stage.model.push(exec_with("call_65", one));
    stage.model.say("One more");
    stage.client.start_turn(&stage.thread, "Go").await;
    let evicted =
        stage.client.note_where("item/completed", |params| params["item"]["type"] == "commandExecution").await;
    assert_eq!((&evicted["item"]["id"], &evicted["item"]["status"]), (&json!("call_1"), &json!("failed")));
    stage.client.until("turn/completed").await;
    mark.sleep(MOST).await;
    stage.client.call("thread/backgroundTerminals/clean", json!({"threadId": stage.thread})).await;
    let mut ended = HashSet::new();
    while ended.len() < MOST {
        let completed = stage.client.note("item/completed").await;
        assert!(ended.insert(completed["item"]["id"].clone()), "{completed}");
    }
    mark.gone().await;
    stage.finish().await;
}

#[tokio::test]
async fn commands_get_the_variables_that_they_are_promised() {
    let model = ModelEndpoint::start().await;
    let policy = "[shell_environment_policy]\ninherit = \"all\"\nexclude = [\"SECRET_*\"]\nset = { ADDED = \"yes\" }\n";
    let builder = server().model_with(&model, "", policy).env("SECRET_KEY", "hidden").env("OPEN", "seen");
    let stage = Stage::on(model, builder, json!({})).await;
    stage.model.push(exec("call_1", "env"));
    stage.model.say("Done");
    stage.turn().await;
    let told = stage.told("call_1");
    let lines: HashSet<&str> = told.lines().collect();
    let thread = format!("CODEX_THREAD_ID={}", stage.thread);
    for line in [
        "ADDED=yes",
        "OPEN=seen",
        "NO_COLOR=1",
        "PAGER=cat",
        "GIT_PAGER=cat",
        "CODEX_CI=1",
        "CODEX_TOOL_CALL_ID=call_1",
        "LANG=C.UTF-8",
        &thread,
    ] {
        assert!(lines.contains(line), "{line} is not in\n{told}");
    }
    assert!(!told.contains("hidden"), "{told}");
    stage.finish().await;
}
