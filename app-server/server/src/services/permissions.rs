//! `permissionProfile/list`: the permission profiles that a thread can be started with.

use std::path::Path;

use codex_app_server_protocol::{Handle, RpcError, methods, v2};

use super::config::unreadable;
use super::{Context, page};
use crate::reply::Reply;

impl Handle<methods::PermissionProfileList, Reply> for Context {
    async fn handle(self, params: v2::PermissionProfileListParams, reply: Reply) {
        reply.send(self.list_profiles(params));
    }
}

impl Context {
    fn list_profiles(
        &self,
        params: v2::PermissionProfileListParams,
    ) -> Result<v2::PermissionProfileListResponse, RpcError> {
        let profiles = self.app.config.permission_profiles(params.cwd.as_deref().map(Path::new));
        let profiles = profiles.map_err(|error| unreadable(format!("failed to reload config: {error}")))?;
        let summaries = profiles.into_iter().map(|profile| v2::PermissionProfileSummary {
            id: profile.id,
            description: profile.description,
            allowed: profile.allowed,
        });
        let (data, next_cursor) =
            page(summaries.collect(), params.cursor.as_deref(), params.limit, "permission profiles")?;
        Ok(v2::PermissionProfileListResponse { data, next_cursor })
    }
}
