//! Local model servers over real connections: there, not there, with and without the model, and broken.

use std::time::Duration;

use codex_model_client::LocalModels;
use codex_utils_oss::{HttpError, OssHttp, OssLimits, OssProvider, OssSetup, Progress, ensure_ready, running_provider};
use serde_json::json;
use tokio::net::TcpListener;

use super::server::{OPEN, Reply, Server};

/// Long enough for any machine, where nothing is slow on purpose.
const AMPLE: Duration = Duration::from_secs(30);
/// For what never comes.
const SHORT: Duration = Duration::from_millis(50);

fn setup(provider: OssProvider, base_url: &str) -> OssSetup<'_> {
    OssSetup { provider, base_url, model: "wanted", lms: None, limits: OssLimits { answer: AMPLE, silence: AMPLE } }
}

/// The outcome as text, and what was told on the way.
async fn ready(setup: &OssSetup<'_>) -> (Result<(), String>, Vec<Progress>) {
    let mut told = Vec::new();
    let outcome = ensure_ready(&LocalModels, setup, &mut |progress| told.push(progress)).await;
    (outcome.map_err(|error| error.to_string()), told)
}

fn json(value: &serde_json::Value) -> Reply {
    Reply::status("200 OK", "content-type: application/json\r\n", &value.to_string())
}

/// What an Ollama without the model answers before it is asked to pull, then this.
async fn ollama_that_pulls(pull: Reply) -> Server {
    Server::start(vec![
        json(&json!({"object": "list", "data": [{"id": "other"}]})),
        json(&json!({"version": "0.20.1"})),
        json(&json!({"models": [{"name": "other"}]})),
        pull,
    ])
    .await
}

fn step(text: &str) -> Progress {
    Progress::Step(text.to_owned())
}

#[tokio::test]
async fn nobody_is_there() {
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}/v1", gone.local_addr().unwrap());
    drop(gone);
    for provider in OssProvider::ALL {
        let (outcome, told) = ready(&setup(provider, &base_url)).await;
        let error = outcome.unwrap_err();
        let begin = format!("OSS setup failed: no {} server at {base_url} (no connection: ", provider.name());
        assert!(error.starts_with(&begin), "{error}");
        assert_eq!(told, []);
    }
    let candidates = OssProvider::ALL.map(|provider| (provider, base_url.as_str()));
    let error = running_provider(&LocalModels, &candidates, AMPLE).await.unwrap_err().to_string();
    assert!(error.contains("neither Ollama nor LM Studio"), "{error}");
}

#[tokio::test]
async fn the_model_is_there() {
    let mut server = Server::start(vec![
        json(&json!({"data": [{"id": "wanted"}]})),
        Reply::status("404 Not Found", "", "404 page not found"),
    ])
    .await;
    assert_eq!(ready(&setup(OssProvider::Ollama, &server.base_url)).await, (Ok(()), vec![]));
    assert_eq!(server.request().await.line, "GET /v1/models HTTP/1.1");
    assert_eq!(server.request().await.line, "GET /api/version HTTP/1.1");
    server.no_more_requests();
}

#[tokio::test]
async fn a_missing_model_is_pulled_with_progress() {
    let lines = "{\"status\":\"pulling manifest\"}\n{\"status\":\"pulling a\",\"digest\":\"a\",\"total\":10,\"completed\":4}\r\n\n{\"status\":\"success\"}\n";
    // The answer does not end: after the last word nobody waits for it.
    let mut server = ollama_that_pulls(Reply::hold(format!("{OPEN}{lines}"))).await;
    let told = vec![
        Progress::Started,
        step("pulling manifest"),
        Progress::Bytes { completed: 4, total: 10 },
        Progress::Finished,
    ];
    assert_eq!(ready(&setup(OssProvider::Ollama, &server.base_url)).await, (Ok(()), told));
    for line in ["GET /v1/models", "GET /api/version", "GET /api/tags"] {
        assert_eq!(server.request().await.line, format!("{line} HTTP/1.1"));
    }
    let pull = server.request().await;
    assert_eq!(pull.line, "POST /api/pull HTTP/1.1");
    assert_eq!(pull.header("content-type"), Some("application/json"));
    assert_eq!(pull.json(), json!({"model": "wanted", "stream": true}));
}

#[tokio::test]
async fn a_pull_that_fails_midway_is_told() {
    let line = "{\"status\":\"pulling manifest\"}\n";
    let length = "HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n";
    for (reply, reason) in [
        (Reply::raw(format!("{OPEN}{line}{{\"error\":\"no space left\"}}")), "no space left"),
        (Reply::raw(format!("{OPEN}{line}")), "ended before it was complete"),
        (Reply::raw(format!("{length}{line}")), "the connection broke: "),
        (Reply::raw(format!("{OPEN}{line}<html>oops")), "`<html>oops`"),
        (Reply::raw(format!("{OPEN}{line}{}", "x".repeat(1024 * 1024 + 1))), "longer than 1048576 bytes"),
    ] {
        let server = ollama_that_pulls(reply).await;
        let (outcome, told) = ready(&setup(OssProvider::Ollama, &server.base_url)).await;
        let error = outcome.unwrap_err();
        assert!(error.contains("`wanted` could not be pulled: ") && error.contains(reason), "{error}");
        assert_eq!(told, [Progress::Started, step("pulling manifest")]);
    }
}

#[tokio::test]
async fn a_pull_that_is_refused_says_why() {
    let refusal = Reply::status("500 Internal Server Error", "", r#"{"error":"disk is gone"}"#);
    let server = ollama_that_pulls(refusal).await;
    let (outcome, told) = ready(&setup(OssProvider::Ollama, &server.base_url)).await;
    assert!(outcome.unwrap_err().ends_with("HTTP status 500: disk is gone"));
    assert_eq!(told, [Progress::Started]);
}

#[tokio::test]
async fn a_pull_that_falls_silent_ends() {
    for bytes in ["".to_owned(), OPEN.to_owned(), format!("{OPEN}{{\"status\":\"a\"}}\n")] {
        let server = ollama_that_pulls(Reply::hold(bytes)).await;
        let mut setup = setup(OssProvider::Ollama, &server.base_url);
        setup.limits.silence = SHORT;
        let error = ready(&setup).await.0.unwrap_err();
        assert!(error.ends_with("could not be pulled: no answer within 50ms"), "{error}");
    }
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_not_waited_for() {
    for bytes in ["", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"] {
        for provider in OssProvider::ALL {
            let server = Server::start(vec![Reply::hold(bytes)]).await;
            let mut setup = setup(provider, &server.base_url);
            setup.limits.answer = SHORT;
            let error = ready(&setup).await.0.unwrap_err();
            assert!(error.contains("(no answer within 50ms); start it with"), "{error}");
        }
    }
}

#[tokio::test]
async fn garbage_is_told_as_such() {
    for (reply, reason) in [
        (Reply::status("200 OK", "", "<html>"), "its answer is no JSON"),
        (Reply::status("200 OK", "", ""), "its answer is no JSON"),
        (Reply::status("200 OK", "", &"[".repeat(100_000)), "its answer is no JSON"),
        (Reply::raw("SSH-2.0-x\r\n"), "the connection broke"),
        (Reply::status("403 Forbidden", "", "not you\n"), "HTTP status 403: not you"),
        (Reply::status("301 Moved", "location: http://127.0.0.1:9/\r\n", ""), "HTTP status 301"),
        (json(&json!({"data": "none"})), "no list of models"),
    ] {
        let server = Server::start(vec![reply]).await;
        let error = ready(&setup(OssProvider::LmStudio, &server.base_url)).await.0.unwrap_err();
        assert!(error.starts_with("OSS setup failed: ") && error.contains(reason), "{error}");
    }
}

#[tokio::test]
async fn an_endless_document_is_not_read_to_its_end() {
    let piece = format!("100000\r\n{}\r\n", " ".repeat(0x10_0000));
    let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let server = Server::start(vec![Reply::hold(format!("{head}{}", piece.repeat(17)))]).await;
    let error = LocalModels.get_json(&format!("{}/models", server.base_url), AMPLE).await.unwrap_err();
    assert!(matches!(&error, HttpError::Unreadable(text) if text.contains("longer than")), "{error}");
}

#[tokio::test]
async fn the_provider_that_runs_is_found() {
    let ollama = Server::start(vec![json(&json!({"version": "0.20.0"}))]).await;
    let studio = Server::start(vec![Reply::status("404 Not Found", "", ""), json(&json!({"data": []}))]).await;
    for (server, expected) in [(ollama, OssProvider::Ollama), (studio, OssProvider::LmStudio)] {
        let candidates = OssProvider::ALL.map(|provider| (provider, server.base_url.as_str()));
        assert_eq!(running_provider(&LocalModels, &candidates, AMPLE).await.unwrap(), expected);
    }
}

/// A program in the place of `lms`. One test alone makes such programs and runs them: a file that another thread's child
/// still holds open for writing cannot be run.
#[cfg(unix)]
fn script(folder: &std::path::Path, text: &str) -> std::path::PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let program = folder.join("lms");
    std::fs::write(&program, format!("#!/bin/sh\n{text}\n")).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    program
}

#[cfg(unix)]
#[tokio::test]
async fn lmstudio_downloads_with_its_program() {
    use codex_utils_oss::RunProgram;
    let folder = tempfile::tempdir().unwrap();
    for (text, expected) in [
        (r"echo $*; printf '10 %%\r20 %%\r\n'; echo noise >&2", Ok(())),
        (r"echo $*; printf '10 %%\r20 %%'; echo one >&2; echo no such model >&2; exit 3", Err("3: no such model")),
    ] {
        let program = script(folder.path(), text);
        let server = Server::start(vec![json(&json!({"data": []}))]).await;
        let setup = OssSetup { lms: Some(&program), ..setup(OssProvider::LmStudio, &server.base_url) };
        let (outcome, told) = ready(&setup).await;
        let mut all = vec![Progress::Started, step("get --yes wanted"), step("10 %"), step("20 %")];
        match expected {
            Ok(()) => {
                assert_eq!(outcome, Ok(()));
                all.push(Progress::Finished);
            }
            Err(end) => assert!(outcome.clone().unwrap_err().ends_with(end), "{outcome:?}"),
        }
        assert_eq!(told, all);
    }
    let error = LocalModels.run(&folder.path().join("none"), &[], &mut |_| {}).await.unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::NotFound);
}
