//! `schema`: export, diff, check, as a person or a job runs them.

use std::path::Path;
use std::process::Output;

use codex_app_server_test_support::ServerBuilder;
use serde_json::Value;

use super::raw::run;
use super::server;

async fn schema(args: &[&str]) -> Output {
    let builder = args.iter().fold(server().arg("schema"), |builder: ServerBuilder, arg| builder.arg(*arg));
    run(builder.command()).await
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// A folder of the repository's own export.
fn checked_in(folder: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema").join(folder).to_str().unwrap().to_owned()
}

#[tokio::test]
async fn our_documents_are_written_as_they_are_checked_in() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("own");
    let output = schema(&["export", "--out", out.to_str().unwrap()]).await;
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    for file in ["bundle.json", "bundle.refs.json", "methods.json", "errors.json", "openrpc.json"] {
        let written = std::fs::read_to_string(out.join(file)).unwrap();
        assert_eq!(written, std::fs::read_to_string(Path::new(&checked_in("own")).join(file)).unwrap(), "{file}");
    }
}

#[tokio::test]
async fn a_difference_that_breaks_a_client_ends_with_one() {
    let (stable, all) = (checked_in("own"), checked_in("experimental/own"));
    let more = schema(&["diff", &stable, &all]).await;
    assert_eq!(more.status.code(), Some(0), "what is added breaks nobody: {}", text(&more.stdout));
    let less = schema(&["diff", &all, &stable, "--format", "json"]).await;
    assert_eq!(less.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&less.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap();
    assert!(findings.iter().any(|finding| finding["rule"] == "method-removed"), "{report}");
    let shown = schema(&["diff", &all, &stable, "--format", "markdown"]).await;
    let shown = text(&shown.stdout);
    assert!(shown.starts_with("# Schema changes") && shown.contains("method-removed"), "{shown}");
}

#[tokio::test]
async fn both_forms_of_export_are_compared() {
    let output = schema(&["diff", &checked_in("json"), &checked_in("json")]).await;
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    let nothing = schema(&["diff", &checked_in("nothing"), &checked_in("json")]).await;
    assert_eq!(nothing.status.code(), Some(1));
    assert!(text(&nothing.stderr).contains("nothing"), "{}", text(&nothing.stderr));
}

#[tokio::test]
async fn a_log_of_a_turn_fits_and_a_changed_one_is_told_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("wire.log");
    let turn = run(server().arg("try").arg("--log").arg(log.to_str().unwrap()).arg("Hello").command()).await;
    assert_eq!(turn.status.code(), Some(0), "{}", text(&turn.stderr));
    let own = checked_in("own");
    let clean = schema(&["check", &own, log.to_str().unwrap()]).await;
    assert_eq!(clean.status.code(), Some(0), "{}", text(&clean.stdout));

    let changed = std::fs::read_to_string(&log).unwrap().replacen("\"delta\":\"", "\"delta\":7,\"was\":\"", 1);
    std::fs::write(&log, changed).unwrap();
    let broken = schema(&["check", &own, log.to_str().unwrap()]).await;
    assert_eq!(broken.status.code(), Some(1));
    let told = text(&broken.stdout);
    assert!(told.contains("invalid-params at /params/delta") && told.contains("expected string"), "{told}");
}
