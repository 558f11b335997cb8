//! Loading once: layers, the command line, and what the program decides.

use codex_config_loader::{
    ApprovalPolicy, CodexHome, EnvSnapshot, HarnessOverrides, SandboxMode, SandboxPolicy,
    load_config_as_toml_with_cli_overrides, load_with_cli_overrides, load_with_cli_overrides_and_harness_overrides,
};
use codex_utils_cli::{CliConfigOverrides, ConfigOverrides};

use crate::fixture::Place;

fn flags(flags: &[&str]) -> ConfigOverrides {
    let raw = flags.iter().map(|flag| (*flag).to_owned()).collect();
    CliConfigOverrides { raw, ..CliConfigOverrides::default() }.parse_overrides().unwrap()
}

fn home(place: &Place) -> CodexHome {
    CodexHome::new(place.path("home"))
}

#[test]
fn raw_values_come_without_types() {
    let place = Place::with_user_file("model = 3\nnosuch = { a = 1 }\n");
    let load =
        |overrides| load_config_as_toml_with_cli_overrides(home(&place), EnvSnapshot::default(), None, overrides);
    let table = load(flags(&["nosuch.b=2"])).unwrap();
    assert_eq!(table.to_string(), "model = 3\n\n[nosuch]\na = 1\nb = 2\n");
}

#[test]
fn the_command_line_is_a_layer_and_the_program_wins_over_it() {
    let place =
        Place::with_user_file("model = \"file\"\nweb_search = \"live\"\ndefault_permissions = \":read-only\"\n");
    let env = EnvSnapshot::default;
    let config = load_with_cli_overrides(home(&place), env(), flags(&["model=\"flag\""])).unwrap();
    assert_eq!(config.model.as_deref(), Some("flag"));
    let harness = HarnessOverrides {
        model: Some("program".to_owned()),
        model_provider: Some("ollama".to_owned()),
        approval_policy: Some(ApprovalPolicy::Never),
        sandbox_mode: Some(SandboxMode::WorkspaceWrite),
        additional_writable_roots: vec!["/data".into()],
        ..HarnessOverrides::default()
    };
    let config =
        load_with_cli_overrides_and_harness_overrides(home(&place), env(), flags(&["model=\"flag\""]), harness)
            .unwrap();
    assert_eq!((config.model.as_deref(), config.model_provider_id.as_str()), (Some("program"), "ollama"));
    let resolved = config.approval_and_sandbox(None, None);
    assert_eq!(resolved.approval_policy, ApprovalPolicy::Never);
    assert!(
        matches!(&resolved.sandbox, SandboxPolicy::WorkspaceWrite(write) if write.writable_roots == [std::path::Path::new("/data")])
    );
}

#[test]
fn the_working_folder_decides_which_project_counts() {
    let place = Place::with_user_file("projects = { '$ROOT/p' = { trust_level = 'trusted' } }\n")
        .file("p/.git/HEAD", "")
        .file("p/.codex/config.toml", "model = \"project\"\n");
    let harness = HarnessOverrides { cwd: Some(place.path("p")), ..HarnessOverrides::default() };
    let none = ConfigOverrides::default();
    let env = EnvSnapshot::default();
    let config = load_with_cli_overrides_and_harness_overrides(home(&place), env, none, harness).unwrap();
    assert_eq!(config.model.as_deref(), Some("project"));
}

#[test]
fn what_cannot_be_used_is_an_error() {
    let place = Place::new();
    let harness = HarnessOverrides { model_provider: Some("nosuch".to_owned()), ..HarnessOverrides::default() };
    let none = ConfigOverrides::default;
    let env = EnvSnapshot::default;
    let error = load_with_cli_overrides_and_harness_overrides(home(&place), env(), none(), harness).unwrap_err();
    assert_eq!(error.to_string(), "Model provider `nosuch` not found");
    let place = Place::with_user_file("model = 3\n");
    let error = load_with_cli_overrides(home(&place), env(), none()).unwrap_err();
    assert!(error.to_string().contains("config.toml:1:9: "), "{error}");
}
