//! Both providers, from a server that has everything to one that is not there.

use std::path::Path;
use std::time::Duration;

use codex_utils_oss::{
    HttpError, OssLimits, OssProvider, OssSetup, ProgramEnd, Progress, SetupError, ensure_ready, running_provider,
};
use serde_json::json;

use super::outside::{Outside, now};

const BASE: &str = "http://there:1/v1";
const MODELS: &str = "http://there:1/v1/models";
const VERSION: &str = "http://there:1/api/version";
const TAGS: &str = "http://there:1/api/tags";
const PULL: &str = "http://there:1/api/pull";

fn setup(provider: OssProvider) -> OssSetup<'static> {
    let limits = OssLimits { answer: Duration::from_millis(7), silence: Duration::from_millis(9) };
    OssSetup { provider, base_url: BASE, model: "wanted", lms: Some(Path::new("/bin/lms")), limits }
}

/// The outcome as text, and what was told on the way.
fn ready(outside: &Outside, setup: &OssSetup<'_>) -> (Result<(), String>, Vec<Progress>) {
    let mut told = Vec::new();
    let outcome = now(ensure_ready(outside, setup, &mut |progress| told.push(progress)));
    let told_once = |error: SetupError| {
        assert!(std::error::Error::source(&error).is_none(), "the cause is in the text: {error}");
        error.to_string()
    };
    (outcome.map_err(told_once), told)
}

/// The error, which is told before anything is got.
fn refused(outside: &Outside, setup: &OssSetup<'_>) -> String {
    let (outcome, told) = ready(outside, setup);
    assert_eq!(told, []);
    outcome.unwrap_err()
}

/// An Ollama with these models.
fn ollama(names: &[&str]) -> Outside {
    let models: Vec<_> = names.iter().map(|name| json!({"name": name})).collect();
    Outside::default()
        .document(MODELS, Ok(json!({"object": "list", "data": null})))
        .document(VERSION, Ok(json!({"version": "0.20.1"})))
        .document(TAGS, Ok(json!({"models": models})))
}

fn step(text: &str) -> Progress {
    Progress::Step(text.to_owned())
}

#[test]
fn a_model_that_is_there_costs_three_questions() {
    let outside = ollama(&["other:1", "wanted:latest"]);
    assert_eq!(ready(&outside, &setup(OssProvider::Ollama)), (Ok(()), vec![]));
    assert_eq!(outside.asked(), [MODELS, VERSION, TAGS].map(|url| format!("GET {url} within 7ms")));
}

#[test]
fn a_server_that_lists_the_model_need_not_be_ollama() {
    let outside = Outside::default().document(MODELS, Ok(json!({"data": [{"id": "wanted"}]})));
    assert_eq!(ready(&outside, &setup(OssProvider::Ollama)), (Ok(()), vec![]));
    assert_eq!(outside.asked().len(), 2);
}

#[test]
fn a_missing_model_is_pulled() {
    let lines = [
        r#"{"status":"pulling manifest"}"#,
        r#"{"status":"pulling a","digest":"a","total":10,"completed":5}"#,
        r#"{"status":"success"}"#,
        "never read",
    ];
    let outside = ollama(&["other"]).lines(PULL, &lines, Ok(()));
    let told = vec![
        Progress::Started,
        step("pulling manifest"),
        Progress::Bytes { completed: 5, total: 10 },
        Progress::Finished,
    ];
    assert_eq!(ready(&outside, &setup(OssProvider::Ollama)), (Ok(()), told));
    let pull = format!(r#"POST {PULL} {{"model":"wanted","stream":true}} within 9ms"#);
    assert_eq!(outside.asked().last(), Some(&pull));
}

#[test]
fn a_pull_that_fails_is_told_with_its_reason() {
    let broken = HttpError::Broken("reset".to_owned());
    for (lines, end, reason) in [
        (vec![r#"{"status":"a"}"#, r#"{"error":"file does not exist"}"#], Ok(()), "file does not exist"),
        (vec![r#"{"status":"a"}"#], Ok(()), "ended before it was complete"),
        (vec![r#"{"status":"a"}"#, "<html>"], Ok(()), "`<html>`"),
        (vec![r#"{"status":"a"}"#], Err(broken), "the connection broke: reset"),
    ] {
        let outside = ollama(&[]).lines(PULL, &lines, end);
        let (outcome, told) = ready(&outside, &setup(OssProvider::Ollama));
        let error = outcome.unwrap_err();
        assert!(error.starts_with("OSS setup failed: the model `wanted` could not be pulled: "), "{error}");
        assert!(error.contains(reason), "{error}");
        assert_eq!(told, [Progress::Started, step("a")]);
    }
}

#[test]
fn a_pull_that_is_refused_is_told_with_the_status() {
    let (outcome, _) = ready(&ollama(&[]), &setup(OssProvider::Ollama));
    assert_eq!(outcome.unwrap_err(), "OSS setup failed: the model `wanted` could not be pulled: HTTP status 404");
}

#[test]
fn an_old_ollama_is_refused() {
    let outside = ollama(&["wanted"]).document(VERSION, Ok(json!({"version": "0.13.3"})));
    assert_eq!(
        refused(&outside, &setup(OssProvider::Ollama)),
        "OSS setup failed: Ollama 0.13.3 is too old; update it to 0.13.4 or newer"
    );
}

#[test]
fn a_server_that_is_not_there_is_told_with_how_to_start_it() {
    for (provider, hint) in [(OssProvider::Ollama, "`ollama serve`"), (OssProvider::LmStudio, "`lms server start`")] {
        for (cause, text) in [
            (HttpError::Unreachable("refused".to_owned()), "no connection: refused"),
            (HttpError::Slow { limit: Duration::from_millis(7) }, "no answer within 7ms"),
            (HttpError::Status { status: 500, detail: "oops".to_owned() }, "HTTP status 500: oops"),
        ] {
            let outside = Outside::default().document(MODELS, Err(cause));
            let error = refused(&outside, &setup(provider));
            let begin = format!("OSS setup failed: no {} server at {BASE} ({text}); ", provider.name());
            assert!(error.starts_with(&begin) && error.contains(hint), "{error}");
            assert_eq!(outside.asked().len(), 1);
        }
    }
}

#[test]
fn garbage_is_told_as_such() {
    let unreadable = Err(HttpError::Unreadable("not JSON".to_owned()));
    for provider in OssProvider::ALL {
        let outside = Outside::default().document(MODELS, unreadable.clone());
        let error = refused(&outside, &setup(provider));
        assert!(error.contains(&format!("what answers at {MODELS} is not {}: not JSON", provider.name())), "{error}");
    }
    let no_list = Outside::default().document(MODELS, Ok(json!({"data": "x"})));
    assert!(refused(&no_list, &setup(OssProvider::LmStudio)).contains("no list of models"));
    for tags in [unreadable, Ok(json!([])), Err(HttpError::Slow { limit: Duration::from_millis(7) })] {
        let outside = ollama(&[]).document(TAGS, tags);
        let error = refused(&outside, &setup(OssProvider::Ollama));
        assert!(error.contains(&format!("what answers at {TAGS} is not Ollama: ")), "{error}");
    }
}

fn lmstudio(ids: &[&str]) -> Outside {
    let models: Vec<_> = ids.iter().map(|id| json!({"id": id})).collect();
    Outside::default().document(MODELS, Ok(json!({"data": models})))
}

#[test]
fn lmstudio_with_the_model_is_ready() {
    let outside = lmstudio(&["other", "wanted"]);
    assert_eq!(ready(&outside, &setup(OssProvider::LmStudio)), (Ok(()), vec![]));
    assert_eq!(outside.asked(), [format!("GET {MODELS} within 7ms")]);
}

#[test]
fn lmstudio_downloads_with_its_program() {
    let end = ProgramEnd { success: true, status: "exit status: 0".to_owned(), complaint: String::new() };
    let outside = lmstudio(&[]).program(&["10 %", "100 %"], end);
    let told = vec![Progress::Started, step("10 %"), step("100 %"), Progress::Finished];
    assert_eq!(ready(&outside, &setup(OssProvider::LmStudio)), (Ok(()), told));
    assert_eq!(outside.asked()[1], "/bin/lms get --yes wanted");
}

#[test]
fn a_failed_download_is_told_with_the_complaint() {
    for (complaint, end) in [("", "exit status: 3"), ("no such model", "exit status: 3: no such model")] {
        let status = "exit status: 3".to_owned();
        let outside =
            lmstudio(&[]).program(&[], ProgramEnd { success: false, status, complaint: complaint.to_owned() });
        let (outcome, told) = ready(&outside, &setup(OssProvider::LmStudio));
        let error = outcome.unwrap_err();
        assert!(error.contains("`wanted`") && error.ends_with(&format!("`lms get` ended with {end}")), "{error}");
        assert_eq!(told, [Progress::Started]);
    }
}

#[test]
fn lms_that_is_missing_or_cannot_run_is_told() {
    let without = OssSetup { lms: None, ..setup(OssProvider::LmStudio) };
    let error = refused(&lmstudio(&[]), &without);
    assert!(error.contains("`wanted`") && error.contains("`lms`") && error.contains("PATH"), "{error}");
    let (outcome, _) = ready(&lmstudio(&[]), &setup(OssProvider::LmStudio));
    assert!(outcome.unwrap_err().starts_with("OSS setup failed: /bin/lms could not be run: "));
}

const CANDIDATES: [(OssProvider, &str); 2] = [(OssProvider::Ollama, BASE), (OssProvider::LmStudio, "http://other/v1/")];

fn running(outside: &Outside, candidates: &[(OssProvider, &str)]) -> Result<OssProvider, String> {
    now(running_provider(outside, candidates, Duration::from_millis(7))).map_err(|error| error.to_string())
}

#[test]
fn the_provider_that_runs_is_found() {
    let lmstudio = || Outside::default().document("http://other/v1/models", Ok(json!({"data": []})));
    let version = Ok(json!({"version": "0.20.0"}));
    assert_eq!(running(&lmstudio(), &CANDIDATES), Ok(OssProvider::LmStudio));
    assert_eq!(running(&lmstudio().document(VERSION, version.clone()), &CANDIDATES), Ok(OssProvider::Ollama));
    // One URL for both: who tells a version is Ollama.
    let same = [(OssProvider::Ollama, BASE), (OssProvider::LmStudio, BASE)];
    let both = Outside::default().document(MODELS, Ok(json!({"data": []})));
    assert_eq!(running(&both, &same), Ok(OssProvider::LmStudio));
    let both = Outside::default().document(MODELS, Ok(json!({"data": []}))).document(VERSION, version);
    assert_eq!(running(&both, &same), Ok(OssProvider::Ollama));
}

#[test]
fn when_none_runs_both_are_named() {
    let outside = Outside::default().document(VERSION, Ok(json!("hello")));
    let error = running(&outside, &CANDIDATES).unwrap_err();
    for part in [
        "OSS setup failed: neither Ollama nor LM Studio answers: ",
        "Ollama at http://there:1/v1 (another program answers): start it with `ollama serve`",
        "LM Studio at http://other/v1/ (HTTP status 404): start it with `lms server start`",
    ] {
        assert!(error.contains(part), "{error}");
    }
}

#[test]
fn a_base_url_without_a_version_is_used_as_it_is() {
    let outside = Outside::default()
        .document("http://there:1/models", Ok(json!({})))
        .document(TAGS, Ok(json!({"models": [{"name": "wanted"}]})));
    let plain = OssSetup { base_url: "http://there:1/", ..setup(OssProvider::Ollama) };
    assert_eq!(ready(&outside, &plain), (Ok(()), vec![]));
}
