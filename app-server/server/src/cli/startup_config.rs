//! `--print-startup-config`: what a host wants to know before it starts the server, as one line of JSON.

use std::process::ExitCode;

use anyhow::bail;
use codex_app_server_protocol::{ErrorKind, WIRE_VERSION};
use codex_config_loader::{ConfigError, EnvSnapshot, LoadRequest};
use codex_utils_cli::OverrideError;
use serde_json::{Value, json};

use super::run_server::load_config;
use super::{Cli, args};

/// Prints the line: the requirements, or why the configuration cannot be loaded.
pub(super) async fn print(cli: &Cli, env: &EnvSnapshot) -> anyhow::Result<ExitCode> {
    let error = match read(cli, env).await {
        Ok(requirements) => {
            // Written by hand, as the answer is text already.
            let line = format!(r#"{{"appServerVersion":"{WIRE_VERSION}","configRequirements":{requirements}}}"#);
            args::print(&format!("{line}\n"));
            return Ok(ExitCode::SUCCESS);
        }
        Err(error) => error,
    };
    let detail = match (error.downcast_ref::<ConfigError>(), error.downcast_ref::<OverrideError>()) {
        // Not a matter of configuration, but of what was typed.
        (Some(ConfigError::UnknownFeature(_)), _) => return Err(error),
        (Some(error), _) => error.to_string(),
        (None, Some(error)) => error.to_string(),
        (None, None) => return Err(error),
    };
    let place = error.downcast_ref::<ConfigError>().and_then(file_place);
    let (path, line, column) = place.unwrap_or_default();
    let line = json!({"error": {
        "code": ErrorKind::InvalidRequest.rpc_code(),
        "data": {"reason": "configLoad", "filePath": path, "line": line, "column": column, "detail": detail},
        "message": format!("failed to load configuration: {detail}"),
    }});
    args::print(&format!("{line}\n"));
    bail!("startup configuration unavailable")
}

/// File, line and column of a configuration that is wrong; requirements name their source in words.
fn file_place(error: &ConfigError) -> Option<(Value, Value, Value)> {
    if matches!(error, ConfigError::Requirements { .. }) {
        return None;
    }
    let place = error.place()?;
    Some((json!(place.path), json!(place.range.start.line), json!(place.range.start.column)))
}

async fn read(cli: &Cli, env: &EnvSnapshot) -> anyhow::Result<Box<str>> {
    let loader = load_config(&cli.config, cli.strict_config, env).await?.config;
    // A server would start with defaults; here the user's file counts.
    loader.load(&LoadRequest::default())?;
    Ok(loader.requirements()?.json.clone())
}
