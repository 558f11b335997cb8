//! What an administrator demands, as threads and turns feel it.

use std::io::{Read, Write};
use std::net::TcpListener;

use codex_app_server_protocol::{ServerNotification, v2};
use codex_engine::EngineError;

use crate::harness::{Client, Lab, Options, turn_params};

const SCRIPT: &str = "[[answer]]\ntext = 'yes'\n";

fn lab(requirements: &str, config: &str) -> Lab {
    Lab::with(Options { script: SCRIPT, requirements, config, ..Options::default() })
}

/// The texts of all `warning`s and of all `configWarning`s.
fn warnings(client: &Client) -> (Vec<String>, Vec<String>) {
    let (mut thread, mut config) = (Vec::new(), Vec::new());
    for event in client.events() {
        match event {
            ServerNotification::Warning(warning) => thread.push(warning.message),
            ServerNotification::ConfigWarning(warning) => config.push(warning.summary),
            _ => {}
        }
    }
    (thread, config)
}

#[tokio::test]
async fn what_a_start_asks_for_gives_way_with_warnings() {
    let lab = lab(
        "allowed_approval_policies = ['on-request']\nallowed_sandbox_modes = ['read-only']\n\
         allowed_approvals_reviewers = ['user']\n",
        "",
    );
    let client = lab.client();
    let started = lab
        .start_with(
            &client,
            v2::ThreadStartParams {
                approval_policy: Some(v2::AskForApproval::Never),
                approvals_reviewer: Some(v2::ApprovalsReviewer::AutoReview),
                sandbox: Some(v2::SandboxMode::DangerFullAccess),
                ..Default::default()
            },
        )
        .await;
    assert_eq!(started.approval_policy, v2::AskForApproval::OnRequest);
    assert_eq!(started.approvals_reviewer, v2::ApprovalsReviewer::User);
    assert!(matches!(started.sandbox, v2::SandboxPolicy::ReadOnly { network_access: false }));
    let (thread, config) = warnings(&client);
    assert_eq!(thread, config);
    for key in ["`approval_policy`", "`approvals_reviewer`", "`sandbox_mode`"] {
        assert_eq!(thread.iter().filter(|text| text.contains(key)).count(), 1, "{thread:?}");
    }
}

#[tokio::test]
async fn what_every_client_was_told_at_the_start_is_not_a_config_warning_again() {
    let lab = lab("allowed_approval_policies = ['on-request']\n", "approval_policy = 'never'\n");
    let client = lab.client();
    lab.start(&client).await;
    let (thread, config) = warnings(&client);
    assert!(matches!(&thread[..], [text] if text.contains("`approval_policy`")), "{thread:?}");
    assert_eq!(config, Vec::<String>::new());
}

#[tokio::test]
async fn a_turn_cannot_leave_what_is_allowed() {
    let lab = lab(
        "allowed_approval_policies = ['on-request']\nallowed_approvals_reviewers = ['user']\n\
         allowed_permission_profiles = {':read-only' = true, ':workspace' = true}\n",
        "",
    );
    let client = lab.client();
    let thread = lab.start(&client).await;
    let asking = [
        v2::TurnStartParams { approval_policy: Some(v2::AskForApproval::Never), ..turn_params(&thread) },
        v2::TurnStartParams { approvals_reviewer: Some(v2::ApprovalsReviewer::AutoReview), ..turn_params(&thread) },
        v2::TurnStartParams { sandbox_policy: Some(v2::SandboxPolicy::DangerFullAccess), ..turn_params(&thread) },
        v2::TurnStartParams { permissions: Some(":danger-full-access".to_owned()), ..turn_params(&thread) },
    ];
    for params in asking {
        let refused = lab.turn_with(&client, params).await.unwrap_err();
        assert!(
            matches!(&refused, EngineError::SettingsRefused(text) if text.contains("requirements.toml")),
            "{refused}"
        );
    }
    let allowed = v2::TurnStartParams {
        approval_policy: Some(v2::AskForApproval::OnRequest),
        sandbox_policy: Some(v2::SandboxPolicy::ReadOnly { network_access: false }),
        ..turn_params(&thread)
    };
    let turn = lab.turn_with(&client, allowed).await.unwrap();
    assert_eq!(client.completed(&turn).await.status, v2::TurnStatus::Completed);
}

#[tokio::test]
async fn demanded_words_come_behind_the_developers_own() {
    let lab = lab("additional_developer_instructions = 'Be brief.'\n", "developer_instructions = 'mine'\n");
    let client = lab.client();
    let thread = lab.start(&client).await;
    lab.run(&client, &thread, "Hi").await;
    let said: Vec<String> = lab
        .rollout()
        .iter()
        .filter(|line| line["payload"]["role"] == "developer")
        .flat_map(|line| line["payload"]["content"].as_array().unwrap().clone())
        .map(|content| content["text"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(said.first().unwrap(), "mine");
    assert_eq!(said.last().unwrap(), "<managed_developer_instructions>\nBe brief.\n</managed_developer_instructions>");
}

/// What a provider is sent by one turn of a thread under these requirements, in lower case.
async fn request_to_provider(requirements: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let provider = std::thread::spawn(move || {
        let (mut connection, _) = listener.accept().unwrap();
        let mut seen = Vec::new();
        let mut part = [0; 4096];
        while !seen.windows(4).any(|end| end == b"\r\n\r\n") {
            let length = connection.read(&mut part).unwrap();
            assert!(length > 0, "the request ended early");
            seen.extend_from_slice(&part[..length]);
        }
        connection.write_all(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").unwrap();
        String::from_utf8_lossy(&seen).to_lowercase()
    });
    let config = format!(
        "model = 'm'\nmodel_provider = 'mock'\n[model_providers.mock]\nname = 'mock'\nbase_url = 'http://{address}/v1'\n\
         request_max_retries = 0\nstream_max_retries = 0\n"
    );
    let lab = lab(requirements, &config);
    let client = lab.client();
    let thread = lab.start(&client).await;
    lab.run(&client, &thread, "Hi").await;
    provider.join().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn providers_are_told_where_data_must_stay() {
    let header = "\r\nx-openai-internal-codex-residency: us\r\n";
    assert!(request_to_provider("enforce_residency = 'us'\n").await.contains(header));
    assert!(!request_to_provider("").await.contains("residency"));
}
