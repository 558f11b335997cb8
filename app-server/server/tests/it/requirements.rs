//! Requirements over the wire, and the flags about configuration.

use codex_app_server_protocol::v2;
use codex_app_server_test_support::ServerBuilder;
use serde_json::{Value, json};

use super::command_exec::EXEC;
use super::raw::run;
use super::server;

/// A server whose administrator manages the configuration.
fn managed(text: &str) -> ServerBuilder {
    server().file("managed_config.toml", text)
}

#[tokio::test]
async fn what_a_managed_file_sets_is_demanded() {
    let mut server =
        managed("approval_policy = \"never\"\nsandbox_mode = \"workspace-write\"\nforced_login_method = \"api\"\n")
            .start()
            .await;
    let client = server.client().await;
    let answer = client.call("configRequirements/read", Value::Null).await;
    let read: v2::ConfigRequirementsReadResponse = serde_json::from_value(answer).unwrap();
    assert_eq!(read.supports_independent_speed_modes, Some(true));
    let requirements = read.requirements.unwrap();
    assert_eq!(requirements.allowed_approval_policies, Some(vec![v2::AskForApproval::Never]));
    assert_eq!(
        requirements.allowed_sandbox_modes,
        Some(vec![v2::SandboxMode::ReadOnly, v2::SandboxMode::WorkspaceWrite])
    );
    assert_eq!(requirements.allowed_login_methods, Some(vec![v2::ForcedLoginMethod::Api]));
    assert_eq!(requirements.hooks, None);
    let started = client.call("thread/start", json!({"approvalPolicy": "on-request"})).await;
    assert_eq!(started["approvalPolicy"], "never");
    let told = client.finish().await.text();
    assert!(told.contains("`approval_policy`") && told.contains("managed_config.toml"), "{told}");
    server.finish().await;
}

#[tokio::test]
async fn what_is_demanded_holds_for_commands_of_clients_too() {
    let builder = managed("sandbox_mode = \"read-only\"\n");
    for words in [&["-s", "workspace-write"], &["--permissions", ":danger-full-access"]] {
        let mut command = builder.command();
        command.arg("sandbox").args(words).args(["--", "true"]);
        let output = run(command).await;
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(125) && text.contains("managed_config.toml allows only"), "{text}");
    }
    let mut server = builder.start().await;
    let client = server.client().await;
    let exec = |field: &str, value: Value| json!({"command": ["true"], field: value});
    assert_eq!(client.call(EXEC, exec("sandboxPolicy", json!({"type": "readOnly"}))).await["exitCode"], 0);
    for kind in ["workspaceWrite", "dangerFullAccess", "externalSandbox"] {
        let error = client.call_refused(EXEC, exec("sandboxPolicy", json!({ "type": kind }))).await;
        let known = "invalid sandbox policy: invalid value for `sandbox_mode`: ";
        assert!(error.code == -32600 && error.message.starts_with(known), "{}", error.message);
    }
    let error = client.call_refused(EXEC, exec("permissionProfile", json!(":workspace"))).await;
    assert!(error.message.starts_with("invalid permission profile: `permission_profile`"), "{}", error.message);
    client.rest();
    let _ = client.finish().await;
    server.finish().await;
}

#[tokio::test]
async fn nothing_is_demanded_without_an_administrator() {
    let mut server = server().start().await;
    let client = server.client().await;
    let answer = client.call("configRequirements/read", json!({})).await;
    assert_eq!(answer, json!({"supportsIndependentSpeedModes": true, "requirements": null}));
    assert!(!client.finish().await.text().contains("configWarning"));
    server.finish().await;
}

#[tokio::test]
async fn the_startup_configuration_is_one_line() {
    let builder = managed("sandbox_mode = \"read-only\"\n").arg("app-server").arg("--print-startup-config");
    let output = run(builder.command()).await;
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.matches('\n').count(), 1, "{text}");
    let line: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(line["appServerVersion"], "0.169.0");
    assert_eq!(line["configRequirements"]["requirements"]["allowedSandboxModes"], json!(["read-only"]));
}

#[tokio::test]
async fn a_configuration_that_cannot_be_loaded_is_one_line_too() {
    for (text, flag, place) in [
        ("model = 3\n", None, json!([1, 9])),
        ("a = 1\n", Some("--strict-config"), json!([1, 1])),
        ("model_provider = 'nosuch'\n", None, json!([null, null])),
    ] {
        let builder = server().file("config.toml", text).arg("--print-startup-config");
        let output = run(flag.into_iter().fold(builder, ServerBuilder::arg).command()).await;
        assert_eq!(output.status.code(), Some(1), "{text}");
        let line: Value = serde_json::from_slice(&output.stdout).unwrap();
        let error = &line["error"];
        assert_eq!((&error["code"], &error["data"]["reason"]), (&json!(-32600), &json!("configLoad")), "{text}");
        assert_eq!(json!([error["data"]["line"], error["data"]["column"]]), place, "{text}");
        let detail = error["data"]["detail"].as_str().unwrap();
        assert_eq!(error["message"], format!("failed to load configuration: {detail}"));
    }
}

#[tokio::test]
async fn strict_loading_refuses_to_start() {
    let output = run(server().file("config.toml", "model = 'x'\nnosuch = 1\n").arg("--strict-config").command()).await;
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains("config.toml:2:1: unknown configuration field `nosuch`"), "{text}");
}
