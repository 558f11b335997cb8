//! What a thread gets: values, provider, approvals and sandbox.

use std::time::Duration;

use codex_config_loader::{ApprovalPolicy, ConfigError, EnvSnapshot, SandboxMode, SandboxPolicy, WireApi};
use serde_json::json;

use crate::fixture::Place;

#[test]
fn defaults() {
    let place = Place::new().file("proj/a.txt", "");
    let config = place.load("proj", json!({})).unwrap();
    assert_eq!(config.model, None);
    assert_eq!(config.model_provider_id, "openai");
    assert!(config.model_provider.requires_openai_auth);
    assert_eq!(config.model_provider.base_url.as_deref(), Some("https://api.openai.com/v1"));
    assert_eq!(config.model_provider.request_max_retries, 4);
    assert_eq!(config.model_provider.stream_max_retries, 5);
    assert_eq!(config.model_provider.stream_idle_timeout, Duration::from_secs(300));
    assert_eq!(config.project_root, Some(place.path("proj")));
    assert!(config.include.environment_context);
    assert_eq!(config.project_doc_max_bytes, 32768);
    let effective = config.approval_and_sandbox(None, None);
    assert_eq!(effective.approval_policy, ApprovalPolicy::OnRequest);
    assert_eq!(effective.sandbox, SandboxPolicy::ReadOnly { network_access: false });
}

#[test]
fn trust_opens_the_sandbox_and_distrust_asks_for_everything() {
    for (trust, policy) in [("trusted", ApprovalPolicy::OnRequest), ("untrusted", ApprovalPolicy::Untrusted)] {
        let place = Place::with_user_file(&format!("[projects.\"$ROOT/proj\"]\ntrust_level = \"{trust}\"\n"))
            .file("proj/.git/HEAD", "")
            .file("proj/sub/x", "");
        for cwd in ["proj", "proj/sub"] {
            let config = place.load(cwd, json!({})).unwrap();
            let effective = config.approval_and_sandbox(None, None);
            assert_eq!(effective.approval_policy, policy);
            assert!(matches!(effective.sandbox, SandboxPolicy::WorkspaceWrite(_)));
        }
    }
}

#[test]
fn keys_of_the_talk_path() {
    let place = Place::with_user_file(
        "model = \"m\"\nmodel_reasoning_effort = \"high\"\nservice_tier = \"fast\"\nsandbox_mode = \"workspace-write\"\n\
         approval_policy = \"never\"\nmodel_instructions_file = \"base.md\"\ndeveloper_instructions = \"dev\"\n\
         [sandbox_workspace_write]\nwritable_roots = [\"/data\"]\nnetwork_access = true\n",
    )
    .file("home/base.md", "\nYou help.\n");
    let config = place.load("", json!({})).unwrap();
    assert_eq!(config.model.as_deref(), Some("m"));
    assert_eq!(config.model_reasoning_effort.as_deref(), Some("high"));
    assert_eq!(config.service_tier.as_deref(), Some("priority"));
    assert_eq!(config.base_instructions.as_deref(), Some("You help."));
    assert_eq!(config.developer_instructions.as_deref(), Some("dev"));
    let effective = config.approval_and_sandbox(None, None);
    assert_eq!(effective.approval_policy, ApprovalPolicy::Never);
    assert_eq!(*effective.sandbox.writable_roots()[0], *std::path::Path::new("/data"));
    let requested = config.approval_and_sandbox(None, Some(SandboxMode::DangerFullAccess));
    assert_eq!(requested.sandbox, SandboxPolicy::DangerFullAccess);
}

#[test]
fn values_of_a_request_are_paths_and_tables() {
    let place = Place::with_user_file("model = \"u\"\n").flags(&["model=cli", "personality=none"]);
    let overrides = json!({
        "model": "other",
        "sandbox_mode": "workspace-write",
        "sandbox_workspace_write.network_access": true,
        "history": {"persistence": "none"},
    });
    let config = place.load("", overrides).unwrap();
    assert_eq!(config.model.as_deref(), Some("other"));
    assert!(config.personality.is_some());
    let SandboxPolicy::WorkspaceWrite(workspace) = config.approval_and_sandbox(None, None).sandbox else {
        panic!("workspace-write expected");
    };
    assert!(workspace.network_access);
}

#[test]
fn a_change_is_seen_by_the_next_thread() {
    let place = Place::with_user_file("model = \"a\"\n");
    let loader = place.loader();
    let load = || loader.load(&Default::default()).unwrap().model.clone();
    assert_eq!(load().as_deref(), Some("a"));
    place.write("home/config.toml", "model = \"b\"\n");
    assert_eq!(load().as_deref(), Some("b"));
}

#[test]
fn a_changed_instructions_file_is_seen() {
    let place = Place::with_user_file("model_instructions_file = \"base.md\"\n").file("home/base.md", "one");
    let loader = place.loader();
    let load = || loader.load(&Default::default()).unwrap().base_instructions.clone();
    assert_eq!(load().as_deref(), Some("one"));
    place.write("home/base.md", "two");
    assert_eq!(load().as_deref(), Some("two"));
}

#[test]
fn providers_of_every_origin() {
    let place =
        Place::with_user_file("[model_providers.both]\nname = \"From config\"\nbase_url = \"http://127.0.0.1:1/v1\"\n")
            .file(
                "home/app-server.toml",
                "[model_providers.both]\nbase_url = \"http://127.0.0.1:2/v1\"\n\
         [model_providers.local]\nbase_url = \"http://127.0.0.1:3/v1\"\n",
            )
            .env("OPENAI_BASE_URL", "http://127.0.0.1:4/v1")
            .env("CODEX_OSS_PORT", "5");
    let config = place.load("", json!({})).unwrap();
    let url = |id: &str| config.provider(id).unwrap().base_url.clone().unwrap();
    assert_eq!(url("openai"), "http://127.0.0.1:4/v1");
    assert_eq!(url("both"), "http://127.0.0.1:1/v1");
    assert_eq!(url("local"), "http://127.0.0.1:3/v1");
    assert_eq!(url("ollama"), "http://localhost:5/v1");
    assert_eq!(config.provider("local").unwrap().wire_api, WireApi::Chat);
    assert_eq!(config.provider("scripted").unwrap().wire_api, WireApi::Scripted);
    assert!(matches!(config.provider("amazon-bedrock"), Err(ConfigError::Unsupported(_))));
    assert_eq!(config.provider("nosuch").unwrap_err().to_string(), "Model provider `nosuch` not found");
}

#[test]
fn what_cannot_be_used_yet_can_be_shown() {
    let place = Place::with_user_file("model_provider = \"amazon-bedrock\"\n");
    assert_eq!(place.read()["config"]["model_provider"], "amazon-bedrock");
    assert!(matches!(place.load("", json!({})), Err(ConfigError::Unsupported(_))));
}

#[test]
fn keys_and_headers_come_from_the_environment() {
    let place = Place::with_user_file(
        "model_provider = \"x\"\n[model_providers.x]\nname = \"x\"\nenv_key = \"X_KEY\"\n\
         env_key_instructions = \"Ask for one.\"\nhttp_headers = { A = \"1\" }\n\
         env_http_headers = { B = \"X_B\", C = \"X_C\", D = \"X_D\" }\n\
         [model_providers.y]\nname = \"y\"\nexperimental_bearer_token = \"token\"\n",
    );
    let config = place.load("", json!({})).unwrap();
    let env = |variables: &[(&str, &str)]| {
        EnvSnapshot::new(variables.iter().map(|(name, value)| (name.into(), value.into())))
    };
    let provider = &config.model_provider;
    let full = env(&[("X_KEY", "key"), ("X_B", "2"), ("X_C", " ")]);
    assert_eq!(provider.api_key(&full).unwrap().unwrap().expose(), "key");
    let headers = provider.headers(&full);
    let headers: Vec<_> = headers.iter().map(|(name, value)| (name.as_str(), value.expose())).collect();
    assert_eq!(headers, [("A", "1"), ("B", "2")]);
    assert_eq!(
        provider.api_key(&env(&[("X_KEY", " ")])).unwrap_err().to_string(),
        "Missing environment variable: `X_KEY`. Ask for one."
    );
    let other = config.provider("y").unwrap();
    assert_eq!(other.api_key(&env(&[])).unwrap().unwrap().expose(), "token");
    assert!(config.provider("openai").unwrap().api_key(&env(&[])).unwrap().is_none());
}

#[test]
fn old_and_unfinished_features_are_announced() {
    let features = "nosuch = 1\n[features]\ncollab = true\nweb_search_request = true\nartifact = true\n";
    let config = Place::with_user_file(features).load("", json!({})).unwrap();
    assert!(config.features.enabled("multi_agent"));
    let summaries: Vec<_> = config.deprecations.iter().map(|notice| notice.summary.as_str()).collect();
    assert_eq!(
        summaries,
        [
            "`[features].collab` is deprecated. Use `[features].multi_agent` instead.",
            "`[features].web_search_request` is deprecated; web search is on by default."
        ]
    );
    assert_eq!(config.warnings.len(), 2);
    assert!(config.warnings[1].summary.contains("artifact"));
    let quiet = format!("suppress_unstable_features_warning = true\n{features}");
    let config = Place::with_user_file(&quiet).load("", json!({})).unwrap();
    assert_eq!(config.warnings.len(), 1);
}
