//! The workspace's managed configuration as this process gets it: who is signed in according to auth.json, and the
//! ChatGPT backend that is asked.
//!
//! For all but logins of business, enterprise and education workspaces nothing happens here beyond one look into auth.json.

mod backend;
mod login;

use std::sync::Arc;

use codex_config_loader::{CloudLoader, CloudOptions, ConfigError, ConfigLoader, EnvSnapshot};

use crate::auth::AuthFile;
use crate::identity::Identity;
use backend::Backend;
use login::WorkspaceLogin;

/// Loads and renews the managed configuration of the signed-in workspace.
pub(crate) type WorkspaceConfig = CloudLoader<Arc<WorkspaceLogin>, Backend>;

/// Gets the managed configuration into a loader that has not started yet, or the reason why there is none; every load then
/// fails. The result renews it; none for a login without managed configuration.
///
/// # Errors
///
/// When the files that name the backend cannot be read.
pub(crate) async fn load_workspace_config(
    config: &ConfigLoader,
    env: &EnvSnapshot,
) -> Result<Option<WorkspaceConfig>, ConfigError> {
    let home = config.home().path();
    let login = WorkspaceLogin::new(AuthFile::new(home));
    if !login.is_managed() {
        return Ok(None);
    }
    let login = Arc::new(login);
    let user_agent = Identity::new(home, env).user_agent_text();
    let backend = Backend::new(config.chatgpt_base_url()?, user_agent, Arc::clone(&login));
    let workspace = CloudLoader::new(home, login, backend, CloudOptions::default());
    match workspace.load().await {
        Ok(bundle) => config.set_cloud_bundle(bundle),
        Err(error) => config.set_cloud_failure(&error),
    }
    Ok(Some(workspace))
}
