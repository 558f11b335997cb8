//! Requests that are sent again under their key.

use codex_app_server_protocol::ErrorKind;
use codex_app_server_protocol::v2::{ThreadStartParams, TurnStatus};

use crate::archive::delete;
use crate::harness::Lab;

const SCRIPT: &str = "[default]\ntext = 'Said: {{input}}'\n";

/// Idempotent-start: one turn, whatever is sent twice, also at the same time and after a restart.
#[tokio::test]
async fn idempotent_start() {
    let lab = Lab::new(SCRIPT);
    let client = lab.client();
    let thread = lab.start(&client).await;
    let (one, two) =
        tokio::join!(lab.turn_once(&client, "k", &thread, "Hello"), lab.turn_once(&client, "k", &thread, "Hello"));
    let first = one.unwrap();
    assert_eq!(two.unwrap(), first);
    client.completed(&first.turn.id).await;
    assert_eq!(lab.turn_once(&client, "k", &thread, "Hello").await.unwrap(), first);
    let other = lab.turn_once(&client, "k2", &thread, "Hello").await.unwrap();
    assert_ne!(other.turn.id, first.turn.id);
    client.completed(&other.turn.id).await;
    let reused = lab.turn_once(&client, "k", &thread, "Something else").await.unwrap_err();
    assert_eq!((reused.kind(), reused.subject()), (ErrorKind::IdempotencyKeyReused, Some("k")));
    assert_eq!(client.texts("agentMessage"), ["Said: Hello", "Said: Hello"]);

    let lab = lab.restarted().await;
    let client = lab.client();
    let gone = lab.turn_once(&client, "k", &thread, "Hello").await.unwrap_err();
    assert_eq!(gone.kind(), ErrorKind::ThreadNotFound);
    lab.resume(&client, &thread, true).await.unwrap();
    assert_eq!(lab.turn_once(&client, "k", &thread, "Hello").await.unwrap(), first);
    assert_eq!(client.texts("agentMessage"), [""; 0]);
}

/// What a server leaves behind that is killed between the start of a turn and keeping its answer.
#[tokio::test]
async fn a_turn_whose_answer_was_not_kept_is_found_by_its_id() {
    let lab = Lab::new("[[answer]]\ntext = 'partial'\nend = 'hang'\n[default]\ntext = 'again'\n");
    let client = lab.client();
    let thread = lab.start(&client).await;
    let first = lab.turn_once(&client, "k", &thread, "Hello").await.unwrap();
    client.first_delta().await;
    let database = lab.home.join("app-server-state.sqlite");
    let database = codex_utils_database::rusqlite::Connection::open(database).unwrap();
    let forget = || database.execute("UPDATE idempotency_keys SET answer = NULL", []).unwrap();
    assert_eq!(forget(), 1);
    let again = lab.turn_once(&client, "k", &thread, "Hello").await.unwrap();
    assert_eq!(again.turn.id, first.turn.id, "the running turn");
    forget();
    let killed = lab.copied();
    let client = killed.client();
    killed.resume(&client, &thread, true).await.unwrap();
    let again = killed.turn_once(&client, "k", &thread, "Hello").await.unwrap();
    assert_eq!(again.turn.id, first.turn.id, "the cut turn of the file");
    // One that never came into the file is made, under the id that was kept for it.
    database
        .execute("UPDATE idempotency_keys SET key = 'never', made_id = ?1", ["01a1fc94-0000-7000-8000-00000000000a"])
        .unwrap();
    let never = lab.copied();
    let client = never.client();
    never.resume(&client, &thread, true).await.unwrap();
    let made = never.turn_once(&client, "never", &thread, "Hello").await.unwrap();
    assert_eq!(made.turn.id, "01a1fc94-0000-7000-8000-00000000000a");
    assert_eq!(client.first_delta().await, "partial");
}

#[tokio::test]
async fn a_refused_turn_may_be_tried_again_under_its_key() {
    let lab = Lab::new(SCRIPT);
    let client = lab.client();
    let thread = lab.start(&client).await;
    lab.engine.shutdown(codex_engine::Shutdown::InterruptNow).await;
    assert!(lab.turn_once(&client, "k", &thread, "Hello").await.is_err());
    let lab = lab.restarted().await;
    let client = lab.client();
    let thread = lab.start(&client).await;
    let made = lab.turn_once(&client, "k", &thread, "Hello").await.unwrap();
    assert_eq!(client.completed(&made.turn.id).await.status, TurnStatus::Completed);
}

#[tokio::test]
async fn a_thread_is_started_once_per_key() {
    let lab = Lab::new(SCRIPT);
    let (one, two) = (lab.client(), lab.client());
    let start = |client, key| lab.start_once(client, key, ThreadStartParams::default());
    let first = start(&one, "k").await.unwrap();
    assert_eq!(start(&two, "k").await.unwrap(), first);
    let other = ThreadStartParams { model: Some("other".to_owned()), ..ThreadStartParams::default() };
    assert_eq!(lab.start_once(&two, "k", other).await.unwrap_err().kind(), ErrorKind::IdempotencyKeyReused);
    assert_eq!(lab.loaded(), std::slice::from_ref(&first.thread.id));
    lab.run(&one, &first.thread.id, "Hello").await;
    two.until("the answer", |event| match event {
        codex_app_server_protocol::ServerNotification::TurnCompleted(_) => Some(()),
        _ => None,
    })
    .await;
    let unused = start(&one, "unused").await.unwrap().thread.id;

    let lab = lab.restarted().await;
    let client = lab.client();
    let again = lab.start_once(&client, "k", ThreadStartParams::default()).await.unwrap();
    assert_eq!((&again.thread.id, again.thread.turns.len()), (&first.thread.id, 0));
    assert_eq!(lab.run(&client, &first.thread.id, "Hello").await.status, TurnStatus::Completed);
    let again = lab.start_once(&client, "unused", ThreadStartParams::default()).await.unwrap();
    assert_eq!(again.thread.id, unused, "it had no file and is made anew");
    assert_eq!(lab.run(&client, &unused, "Hello").await.status, TurnStatus::Completed);
}

#[tokio::test]
async fn a_deleted_thread_does_not_come_back_under_its_key() {
    let lab = Lab::new(SCRIPT);
    let client = lab.client();
    let first = lab.start_once(&client, "k", ThreadStartParams::default()).await.unwrap().thread.id;
    let turn = lab.turn_once(&client, "k", &first, "Hello").await.unwrap().turn.id;
    client.completed(&turn).await;
    assert_eq!(lab.start_once(&client, "k", ThreadStartParams::default()).await.unwrap().thread.id, first);
    let database = lab.home.join("app-server-state.sqlite");
    let database = codex_utils_database::rusqlite::Connection::open(database).unwrap();
    let counted = |what: &str| -> u32 {
        let question = format!("SELECT count({what}) FROM idempotency_keys WHERE method = 'thread/start'");
        database.query_row(&question, [], |row| row.get(0)).unwrap()
    };
    assert_eq!((counted("*"), counted("answer")), (1, 0), "what was made tells, not what was answered then");
    delete(&lab, &client, &first).await.unwrap();
    let second = lab.start_once(&client, "k", ThreadStartParams::default()).await.unwrap().thread.id;
    assert_ne!(second, first);

    // Nor one that was never used, nor one of which nothing else is left.
    delete(&lab, &client, &second).await.unwrap();
    let third = lab.start_once(&client, "k", ThreadStartParams::default()).await.unwrap().thread.id;
    assert!(third != second && third != first);
    let lab = lab.restarted().await;
    let client = lab.client();
    assert!(delete(&lab, &client, &third).await.is_err());
    assert_ne!(lab.start_once(&client, "k", ThreadStartParams::default()).await.unwrap().thread.id, third);
}
