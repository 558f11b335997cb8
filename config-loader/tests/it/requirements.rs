//! What an administrator demands: how it is read, shown and enforced.

use codex_config_loader::{
    ApprovalPolicy, ApprovalsReviewer, Config, FeaturesToml, LoadRequest, MergeStrategy, Residency, SandboxMode,
    SandboxPolicy, WebSearchMode, WriteEdit, WriteError, WriteRequest,
};
use serde_json::{Value, json};

use crate::fixture::{Place, layers_of, origins_of};

const FILE: &str = "etc/requirements.toml";

fn demanding(text: &str) -> Place {
    Place::new().file(FILE, text)
}

/// The summaries of all warnings at the start.
fn warned(place: &Place) -> Vec<String> {
    place.warnings().iter().map(|warning| warning["summary"].as_str().unwrap().to_owned()).collect()
}

fn config(place: &Place) -> std::sync::Arc<Config> {
    place.loader().load(&LoadRequest::default()).unwrap()
}

#[test]
fn nothing_is_demanded_by_nothing() {
    for text in [
        "",
        "# nothing",
        "nosuch = 1",
        "[features]",
        "[hooks]",
        "[computer_use]",
        "[browser_use]",
        "[in_app_browser]",
        "[application]",
        "[auto_review]",
        "[models.new_thread]",
        "[feedback]",
        "[otel]",
        "[windows]",
        "[permissions]",
        "[permissions.filesystem]\ndeny_read = []",
        "[apps.x]",
        "[plugins.'a@b']\nenabled = true",
        "[marketplaces]",
        "guardian_policy_config = ''",
    ] {
        assert_eq!(demanding(text).requirements(), Value::Null, "{text}");
    }
    assert_eq!(Place::new().requirements(), Value::Null);
}

#[test]
fn what_is_demanded_is_shown() {
    for (text, shown) in [
        (
            "allowed_approval_policies = ['on-failure', 'untrusted']",
            json!({"allowedApprovalPolicies": ["on-request", "untrusted"]}),
        ),
        (
            "allowed_approval_policies = [{granular = {sandbox_approval = true, rules = true, mcp_elicitations = true}}]",
            json!({"allowedApprovalPolicies": [{"granular": {"sandbox_approval": true, "rules": true,
                "skill_approval": false, "request_permissions": false, "mcp_elicitations": true}}]}),
        ),
        (
            "allowed_approvals_reviewers = ['guardian_subagent', 'user']",
            json!({"allowedApprovalsReviewers": ["auto_review", "user"]}),
        ),
        ("allowed_sandbox_modes = ['read-only', 'external-sandbox']", json!({"allowedSandboxModes": ["read-only"]})),
        ("allowed_web_search_modes = ['cached']", json!({"allowedWebSearchModes": ["cached", "disabled"]})),
        ("allowed_web_search_modes = []", json!({"allowedWebSearchModes": ["disabled"]})),
        ("allowed_login_methods = ['chatgpt']", json!({"allowedLoginMethods": ["chatgpt"]})),
        ("allowed_chatgpt_workspaces = []", json!({"allowedLoginMethods": ["api"]})),
        ("[feature_requirements]\ngoals = false", json!({"featureRequirements": {"goals": false}})),
        ("enforce_residency = 'us'", json!({"enforceResidency": "us"})),
        (
            "allow_managed_hooks_only = true\nallow_remote_control = false\nallow_appshots = true\n\
          allow_browser_and_computer_use = false",
            json!({"allowManagedHooksOnly": true, "allowRemoteControl": false, "allowAppshots": true,
                "allowBrowserAndComputerUse": false}),
        ),
        (
            "[models.new_thread]\nmodel = 'm'\nmodel_reasoning_effort = 'high'",
            json!({"models": {"newThread": {"model": "m", "modelReasoningEffort": "high", "serviceTier": null}}}),
        ),
        (
            "[windows]\nallowed_sandbox_implementations = ['unelevated']",
            json!({"allowedWindowsSandboxImplementations": ["unelevated"]}),
        ),
        (
            "log_dir = 'rel/../x y'\nsqlite_home = '~/s'",
            json!({"logDir": "file://$ROOT/etc/x%20y", "sqliteHome": "file://$ROOT/user/s"}),
        ),
        (
            "[otel]\nexporter = {otlp-http = {endpoint = 'http://e', protocol = 'json', headers = {a = 'secret'}}}\ntool_result = {}",
            json!({"otel": {"tool_result": {"max_bytes": 2048}, "log_sse_deltas": null, "log_user_prompt": null,
            "log_agent_responses": null, "log_guardian_assessments": null, "environment": null, "trace_exporter": null,
            "metrics_exporter": null, "span_attributes": null, "tracestate": null, "exporter": {"otlp-http":
            {"endpoint": "http://e", "headers": {"a": "[redacted]"}, "protocol": "json", "tls": null}}}}),
        ),
        (
            "[application.network]\ndomains = {a = 'deny'}\n[application.storage]\ndefault_project_parent = '~/p'",
            json!({"application": {"network": {"enabled": true, "domains": {"a": "deny"}},
                "storage": {"defaultProjectParent": "$ROOT/user/p", "projectlessWorkspaceRoot": null}}}),
        ),
        (
            "[computer_use.windows]\nexes = [{publisher_name = 'p', product_name = 'q', access = 'deny'}]",
            json!({"computerUse": {"allowLockedComputerUse": null, "allowPersistentApproval": null, "defaultAppAccess": null,
                "macos": null, "windows": {"aumids": null, "exes": [{"publisherName": "p", "productName": "q",
                "binaryName": null, "access": "deny"}]}}}),
        ),
        // Checked and not shown.
        ("[mcp_servers.a]\nidentity = {command = 'x'}", json!({})),
        (
            "[rules]\nprefix_rules = [{pattern = [{token = 'a'}, {any_of = ['b']}], decision = 'prompt-user'}]",
            json!({}),
        ),
        ("[permissions.filesystem]\ndeny_read = ['/x']", json!({})),
        ("[marketplaces.allowed_sources.x]\nsource = 'git'\nurl = 'u'\nref = 'r'", json!({})),
        ("guardian_extra_policy = 'x'\nunsafe_enforce_sqlite_journal_mode = true", json!({})),
    ] {
        assert_eq!(demanding(text).requirements(), shown, "{text}");
    }
}

#[test]
fn the_network_is_shown_in_both_forms() {
    let shown = demanding("[experimental_network]\nallowed_domains = ['a']\ndenied_domains = ['b']").requirements();
    let network = &shown["network"];
    assert_eq!(network["domains"], json!({"a": "allow", "b": "deny"}));
    assert_eq!((&network["allowedDomains"], &network["deniedDomains"]), (&json!(["a"]), &json!(["b"])));
    assert_eq!(demanding("[experimental_network]").requirements()["network"]["enabled"], Value::Null);
}

#[test]
fn hooks_are_shown_with_every_event() {
    let shown = demanding(
        "[hooks]\nmanaged_dir = '/h'\n[[hooks.PreToolUse]]\nmatcher = 'x'\nhooks = [{type = 'command', command = 'true', \
         timeout = 3}, {type = 'prompt'}, {type = 'mcp_tool', server = 's', tool = 't'}]",
    )
    .requirements();
    let hooks = shown["hooks"].as_object().unwrap();
    assert_eq!(hooks.len(), 16);
    assert_eq!(hooks["Stop"], json!([]));
    assert_eq!(
        hooks["PreToolUse"],
        json!([{"matcher": "x", "hooks": [
            {"type": "command", "command": "true", "commandWindows": null, "timeoutSec": 3, "async": false,
             "statusMessage": null, "additionalContextLimit": null},
            {"type": "prompt"},
            {"type": "mcp_tool", "server": "s", "tool": "t", "input": {}, "timeoutSec": null, "statusMessage": null},
        ]}])
    );
}

#[test]
fn a_wrong_value_ends_the_start_and_names_source_key_and_place() {
    let layer = "failed to parse requirements layer $ROOT/etc/requirements.toml";
    for (text, error) in [
        ("enforce_residency = 'eu'", format!("{layer}: unknown variant `eu`, expected `us`\nin `enforce_residency`\n")),
        (
            "[features]\ngoals = 'x'",
            format!("{layer}: invalid type: string \"x\", expected a boolean\nin `features`\n"),
        ),
        (
            "[otel]\nenvironment = 3",
            format!("{layer}: invalid type: integer `3`, expected a string\nin `otel.environment`\n"),
        ),
        (
            "[experimental_network]\nallowed_domains = []\ndomains = {}",
            format!(
                "{layer}: `domains` cannot be combined with legacy `allowed_domains` or `denied_domains` in managed network \
             requirements\nin `experimental_network`\n"
            ),
        ),
        (
            "[mcp_servers.a]\nidentity = {}",
            format!(
                "{layer}: data did not match any variant of untagged enum RawMcpServerIdentity\nin `mcp_servers.a.identity`\n"
            ),
        ),
        ("allowed_approval_policies = []", "field `allowed_approval_policies` cannot be empty".to_owned()),
        (
            "[windows]\nallowed_sandbox_implementations = []",
            "field `windows.allowed_sandbox_implementations` cannot be empty".to_owned(),
        ),
        (
            "allowed_sandbox_modes = ['workspace-write']",
            "invalid value for `allowed_sandbox_modes`: `read-only` must be \
          among the allowed modes (set by $ROOT/etc/requirements.toml)"
                .to_owned(),
        ),
        (
            "[rules]\nprefix_rules = []",
            "invalid rules in requirements (set by $ROOT/etc/requirements.toml): rules \
          prefix_rules cannot be empty"
                .to_owned(),
        ),
        ("allowed_login_methods = []", "authentication requirements do not permit any usable login method".to_owned()),
        ("model_provider = 'nosuch'", "Model provider `nosuch` not found".to_owned()),
        (
            "default_permissions = ':workspace'",
            "requirements.toml default_permissions requires allowed_permission_profiles".to_owned(),
        ),
        (
            "allowed_permission_profiles = {':read-only' = true}",
            "requirements.toml default_permissions must be set unless \
          allowed_permission_profiles allows both `:workspace` and `:read-only`"
                .to_owned(),
        ),
        (
            "allowed_permission_profiles = {mine = true}\ndefault_permissions = 'mine'",
            "requirements.toml allowed_permission_profiles refers to undefined profile `mine`".to_owned(),
        ),
    ] {
        assert_eq!(demanding(text).start_error(), error, "{text}");
    }
    let place = demanding("\nallow_appshots = 3\n");
    let error = place.start().unwrap_err();
    let text = place.shown(error.start_message());
    assert!(text.contains("in `allow_appshots`\n$ROOT/etc/requirements.toml:2:18: "), "{text}");
}

#[test]
fn broken_syntax_lets_the_server_start_and_fails_every_read() {
    for (text, what) in [
        ("allowed_sandbox_modes = \n", "TOML parse error at line 1, column 25"),
        ("[application.storage]\ndefault_project_parent = 'rel'", "path is not absolute: rel"),
        ("[application.network]\nenabled = 3", "invalid type: integer `3`, expected a boolean"),
    ] {
        let place = demanding(text);
        let warnings = place.warnings();
        assert_eq!(warnings[0]["summary"], "Invalid configuration; using defaults.", "{text}");
        let start = format!("failed to parse requirements layer $ROOT/etc/requirements.toml: {what}");
        assert!(warnings[0]["details"].as_str().unwrap().starts_with(&start), "{text}: {warnings:?}");
        assert!(place.read_error().starts_with(&format!("failed to read configuration layers: {start}")), "{text}");
        let error = place.loader().requirements().unwrap_err().read_message();
        assert_eq!(place.shown(error), place.read_error());
        assert!(place.loader().load(&LoadRequest::default()).is_err());
    }
}

#[test]
fn unknown_keys_are_warned_about_with_those_of_other_files() {
    let place = demanding("nosuch = 1\n[auto_review]\nx = 1").file("home/config.toml", "odd = 1");
    let summary = &warned(&place)[0];
    for part in [
        "3 unknown",
        "requirements ($ROOT/etc/requirements.toml): `auto_review.x`",
        "requirements ($ROOT/etc/requirements.toml): `nosuch`",
        "user ($ROOT/home/config.toml): `odd`",
    ] {
        assert!(summary.contains(part), "{summary}");
    }
}

#[test]
fn sources_compose_from_the_system_up_to_the_device() {
    let place =
        demanding("allowed_approval_policies = ['on-request']\nallow_appshots = true\nfeatures = {goals = true}")
            .fragment("cloud bundle `a`", "allow_appshots = false\nfeatures = {apps = false}")
            .file("home/managed_config.toml", "sandbox_mode = 'workspace-write'")
            .file("etc/managed_config.toml", "approval_policy = 'never'")
            .device("", "allow_remote_control = true");
    assert_eq!(
        place.requirements(),
        json!({"allowedApprovalPolicies": ["never"], "allowedSandboxModes": ["read-only", "workspace-write"],
            "allowAppshots": false, "allowRemoteControl": true, "featureRequirements": {"apps": false, "goals": true}})
    );
    let bent = config(&place).approval_and_sandbox(Some(ApprovalPolicy::OnRequest), None);
    assert_eq!(bent.approval_policy, ApprovalPolicy::Never);
    assert!(place.shown(&bent.policy_warning.unwrap().summary).contains("$ROOT/etc/managed_config.toml"));
    let broken = Place::new().fragment("cloud bundle `a`", "allow_appshots = 3");
    let error = broken.start_error();
    assert!(error.starts_with("failed to parse requirements layer ") && error.contains("cloud bundle `a`"), "{error}");
}

#[test]
fn device_management_hands_out_a_layer_above_all() {
    let place = Place::with_user_file("model = 'u'\nmodel_verbosity = 'low'")
        .file("etc/managed_config.toml", "model = 'f'")
        .device("model = 'd'\nsandbox_mode = 'read-only'", "");
    let answer = place.read();
    assert_eq!(answer["config"]["model"], "d");
    assert_eq!(layers_of(&answer)[0].0, "legacyManagedConfigTomlFromMdm");
    assert!(origins_of(&answer).contains(&("model".to_owned(), "legacyManagedConfigTomlFromMdm".to_owned())));
    assert_eq!(place.requirements(), json!({"allowedSandboxModes": ["read-only"]}));
    let broken = Place::new().device("model = 3", "");
    assert!(broken.start_error().contains("invalid type: integer `3`"), "{}", broken.start_error());
}

#[test]
fn sandbox_modes_may_depend_on_the_host() {
    let hosts = "allowed_sandbox_modes = ['read-only']\n[[remote_sandbox_config]]\nhostname_patterns = ['db-*']\n\
                 allowed_sandbox_modes = ['read-only', 'danger-full-access']\n[[remote_sandbox_config]]\n\
                 hostname_patterns = ['x', 'BUILD-*.example.com']\nallowed_sandbox_modes = ['read-only', 'workspace-write']\n";
    assert_eq!(demanding(hosts).requirements(), json!({"allowedSandboxModes": ["read-only", "workspace-write"]}));
}

#[test]
fn exact_values_replace_configured_ones_and_belong_to_no_layer() {
    let place = demanding(
        "chatgpt_base_url = 'https://a.invalid/'\nallow_login_shell = false\nlog_dir = '/l'\nmodel_provider = 'm'\n\
         [model_providers.m]\nname = 'M'\nbase_url = 'http://m'\n[feedback]\nenabled = false\n",
    )
    .file("home/config.toml", "allow_login_shell = true\nlog_dir = '/u'\n[feedback]\nenabled = true\n[model_providers.m]\nname = 'U'\nenv_key = 'K'\n");
    let answer = place.read();
    let shown = &answer["config"];
    assert_eq!(shown["chatgpt_base_url"], "https://a.invalid/");
    assert_eq!(shown["allow_login_shell"], false);
    assert_eq!(shown["log_dir"], "/l");
    assert_eq!(shown["feedback"], json!({"enabled": false}));
    assert_eq!(
        (&shown["model_providers"]["m"]["name"], &shown["model_providers"]["m"]["env_key"]),
        (&json!("M"), &Value::Null)
    );
    assert_eq!(origins_of(&answer), []);
    assert_eq!(layers_of(&answer).len(), 2);
    let loaded = config(&place);
    assert_eq!((loaded.model_provider_id.as_str(), loaded.allow_login_shell), ("m", false));
    assert_eq!(loaded.provider_id(Some("openai")).value, "m");
    for key in ["`chatgpt_base_url`", "`allow_login_shell`", "`log_dir`", "`feedback`"] {
        let told = warned(&place).into_iter().filter(|summary| summary.contains(key)).collect::<Vec<_>>();
        assert!(matches!(&told[..], [told] if told.contains("$ROOT/etc/requirements.toml")), "{key}: {told:?}");
    }
}

#[test]
fn exact_values_that_are_configured_anyway_are_not_warned_about() {
    let place =
        demanding("allow_login_shell = false\ncli_auth_credentials_store = 'file'\ncheck_for_update_on_startup = true")
            .file("home/config.toml", "allow_login_shell = false");
    assert_eq!(warned(&place), Vec::<String>::new());
    assert_eq!(warned(&demanding("cli_auth_credentials_store = 'keyring'")).len(), 1);
}

#[test]
fn exact_values_and_demanded_features_refuse_writes() {
    let place = demanding("log_dir = '/l'\n[features]\ngoals = true");
    let loader = place.loader();
    let write = |key: &str, value: Value| {
        let edit = WriteEdit { key_path: key.to_owned(), value, strategy: MergeStrategy::Replace };
        loader.write(&WriteRequest { edits: vec![edit], ..WriteRequest::default() }).map(drop)
    };
    let refused = write("log_dir", json!("/l")).unwrap_err();
    assert_eq!(refused.to_string(), "`log_dir` is managed by requirements and cannot be changed");
    assert!(
        matches!(write("features.goals", json!(false)), Err(WriteError::Invalid(text)) if text.contains("`features`"))
    );
    write("features.goals", json!(true)).unwrap();
    write("model", json!("m")).unwrap();
}

#[test]
fn a_path_is_pinned_by_its_key() {
    let read = demanding("log_dir = '/l'\n[otel]\nenvironment = 'e'").loader().requirements().unwrap();
    let key = |key: &str| {
        let keys: Vec<String> = key.split('.').map(str::to_owned).collect();
        read.requirements.pinned(&keys).map(|pinned| pinned.key)
    };
    assert_eq!(key("log_dir").as_deref(), Some("log_dir"));
    assert_eq!(key("otel").as_deref(), Some("otel.environment"));
    assert_eq!((key("otel.exporter"), key("model")), (None, None));
}

#[test]
fn demanded_features_win_and_refuse_the_opposite() {
    let place = demanding("[features]\ngoals = true\napps = false\ncollab = false\nnosuch = true")
        .file("home/config.toml", "[features]\ngoals = false\napps = false\n");
    let loaded = config(&place);
    assert!(loaded.features.enabled("goals") && !loaded.features.enabled("apps"));
    assert!(!loaded.features.enabled("multi_agent"));
    let warnings = warned(&place);
    assert!(warnings.iter().any(|summary| summary.contains("`nosuch`")), "{warnings:?}");
    assert!(warnings.iter().any(|summary| summary.contains("`collab`") && summary.contains("`multi_agent`")));
    let read = demanding("[features]\ngoals = true\napps = false").loader().requirements().unwrap();
    let check = |text: &str| {
        let features: FeaturesToml = toml::from_str(text).unwrap();
        read.requirements.check_features(&features)
    };
    let refused = check("goals = false").unwrap_err();
    for part in ["`features`", "`features.goals=false`", "[apps=false, goals=true]", "requirements.toml"] {
        assert!(refused.contains(part), "{refused}");
    }
    assert!(check("connectors = true").is_err());
    assert_eq!(check("goals = true\napps = false\nhooks = false"), Ok(()));
}

#[test]
fn lists_bend_what_was_configured_and_what_is_asked_for() {
    let place = demanding(
        "allowed_approval_policies = ['on-request']\nallowed_sandbox_modes = ['workspace-write', 'read-only']\n\
         allowed_approvals_reviewers = ['user']\nallowed_web_search_modes = ['cached']\n",
    )
    .file(
        "home/config.toml",
        "approval_policy = 'never'\nsandbox_mode = 'danger-full-access'\napprovals_reviewer = 'auto_review'\nweb_search = 'live'\n",
    );
    let shown = place.read();
    assert_eq!(
        (&shown["config"]["approval_policy"], &shown["config"]["web_search"]),
        (&json!("never"), &json!("live"))
    );
    for key in ["`approval_policy`", "`sandbox_mode`", "`approvals_reviewer`", "`web_search_mode`"] {
        let warnings = warned(&place);
        assert!(
            warnings.iter().any(|text| text.contains(key) && text.contains("$ROOT/etc/requirements.toml")),
            "{key}"
        );
    }
    let loaded = config(&place);
    let bent = loaded.approval_and_sandbox(None, None);
    assert_eq!(bent.approval_policy, ApprovalPolicy::OnRequest);
    assert_eq!(bent.sandbox, SandboxPolicy::ReadOnly { network_access: false });
    assert_eq!((bent.active_permission_profile.clone(), bent.warnings().count()), (None, 2));
    assert_eq!(loaded.approvals_reviewer, ApprovalsReviewer::User);
    assert_eq!(loaded.web_search, Some(WebSearchMode::Cached));
    let asked = loaded.approval_and_sandbox(Some(ApprovalPolicy::OnRequest), Some(SandboxMode::WorkspaceWrite));
    assert!(matches!(asked.sandbox, SandboxPolicy::WorkspaceWrite(_)));
    assert_eq!(asked.warnings().count(), 0);
    assert!(loaded.reviewer(Some(ApprovalsReviewer::AutoReview)).warning.is_some());
}

#[test]
fn profiles_replace_sandbox_modes() {
    let both = "allowed_permission_profiles = {':read-only' = true, ':workspace' = true}\n";
    for (demanded, user, requested, profile, warns) in [
        (both.to_owned(), "", None, ":workspace", false),
        (both.to_owned(), "sandbox_mode = 'danger-full-access'", None, ":workspace", false),
        (both.to_owned(), "", Some(SandboxMode::DangerFullAccess), ":workspace", false),
        (both.to_owned(), "default_permissions = ':read-only'", None, ":read-only", false),
        (both.to_owned(), "default_permissions = ':danger-full-access'", None, ":workspace", true),
        (
            "allowed_permission_profiles = {mine = true}\ndefault_permissions = 'mine'\n[permissions.mine]\nextends = ':workspace'".to_owned(),
            "", None, "mine", false,
        ),
    ] {
        let place = demanding(&demanded).file("home/config.toml", user);
        let resolved = config(&place).approval_and_sandbox(None, requested);
        let active = resolved.active_permission_profile.unwrap();
        assert_eq!((active.id.as_str(), active.extends), (profile, None), "{demanded} {user}");
        assert_eq!(resolved.sandbox_warning.is_some(), warns, "{demanded} {user}");
        assert_eq!(matches!(resolved.sandbox, SandboxPolicy::WorkspaceWrite(_)), profile != ":read-only");
    }
    let offered = demanding(both).loader().permission_profiles(None).unwrap();
    let allowed: Vec<_> = offered.iter().filter(|profile| profile.allowed).map(|profile| profile.id.as_str()).collect();
    assert_eq!(allowed, [":read-only", ":workspace"]);
    let reading = demanding("allowed_sandbox_modes = ['read-only']").loader().permission_profiles(None).unwrap();
    let allowed: Vec<_> = reading.iter().map(|profile| profile.allowed).collect();
    assert_eq!(allowed, [true, false, false]);
    let twice = demanding("allowed_permission_profiles = {mine = true}\ndefault_permissions = 'mine'\n[permissions.mine]\nextends = ':workspace'")
        .file("home/config.toml", "default_permissions = 'mine'\n[permissions.mine]\nextends = ':read-only'\n");
    assert!(twice.loader().load(&LoadRequest::default()).unwrap_err().to_string().contains("`mine` conflicts"));
}

#[test]
fn logins_of_requirements_and_configuration_meet() {
    let place = demanding("allow_appshots = true").file("home/config.toml", "forced_login_method = 'api'");
    assert_eq!(place.requirements()["allowedLoginMethods"], json!(["api"]));
    let none = demanding("allowed_login_methods = ['chatgpt']").file("home/config.toml", "forced_login_method = 'api'");
    assert_eq!(none.start_error(), "authentication requirements do not permit any usable login method");
    let other =
        demanding("allowed_chatgpt_workspaces = ['x']").file("home/config.toml", "forced_chatgpt_workspace_id = 'w'");
    assert_eq!(other.requirements()["allowedLoginMethods"], json!(["api"]));
}

#[test]
fn residency_and_instructions_reach_the_configuration() {
    let loaded = config(&demanding("enforce_residency = 'us'\nadditional_developer_instructions = 'Be brief.'"));
    assert_eq!(loaded.enforce_residency, Some(Residency::Us));
    assert_eq!(loaded.additional_developer_instructions.as_deref(), Some("Be brief."));
    assert_eq!(config(&demanding("additional_developer_instructions = ' '")).additional_developer_instructions, None);
}

#[test]
fn a_change_is_seen_and_an_unchanged_file_gives_the_same_answer() {
    let place = demanding("allow_appshots = true");
    let loader = place.loader();
    let first = loader.requirements().unwrap();
    assert!(std::sync::Arc::ptr_eq(&first, &loader.requirements().unwrap()));
    place.write(FILE, "allow_appshots = false");
    assert_ne!(first.json, loader.requirements().unwrap().json);
    place.write(FILE, "allow_appshots = 3");
    assert!(loader.requirements().is_err());
    assert!(loader.load(&LoadRequest::default()).is_err());
}
