//! `experimentalFeature/*`: feature flags, and switching some of them for the running process.

use codex_app_server_protocol::{Handle, RpcError, methods, v2};
use codex_config_loader::{FeatureInfo, FeatureStage, LoadRequest};

use super::config::unreadable;
use super::{Context, page};
use crate::reply::{Reply, rpc_error};

/// How features that can be tried are presented: name, title, what it does.
const PRESENTED: [(&str, &str, &str); 5] = [
    ("analytics_plan_history", "Plan history", "Shows how much of the plan's allowance was used over time."),
    (
        "login_shell_package_path",
        "Own tools in login shells",
        "Keeps the tools that come with the server on the PATH when a login shell sets it anew.",
    ),
    ("network_proxy", "Network proxy", "Sends the traffic of sandboxed commands through a filtering proxy."),
    ("prevent_idle_sleep", "Stay awake", "Keeps the computer from sleeping while a turn runs."),
    ("respect_system_proxy", "System proxy", "Uses the proxy that the operating system is set to."),
];

impl Handle<methods::ExperimentalFeatureList, Reply> for Context {
    async fn handle(self, params: v2::ExperimentalFeatureListParams, reply: Reply) {
        reply.send(self.list_features(params));
    }
}

impl Handle<methods::ExperimentalFeatureEnablementSet, Reply> for Context {
    async fn handle(self, params: v2::ExperimentalFeatureEnablementSetParams, reply: Reply) {
        // A broken configuration is told here too: what was switched would have no effect.
        if let Err(error) = self.app.config.load(&LoadRequest::default()) {
            return reply.send::<()>(Err(unreadable(error.resolve_message())));
        }
        let wanted = params.enablement.iter().map(|(name, enabled)| (name.as_str(), *enabled));
        let switched = self.app.config.switch_features(wanted);
        let enablement = switched.into_iter().map(|(name, enabled)| (name.to_owned(), enabled)).collect();
        reply.send(Ok(v2::ExperimentalFeatureEnablementSetResponse { enablement }));
    }
}

impl Context {
    fn list_features(
        &self,
        params: v2::ExperimentalFeatureListParams,
    ) -> Result<v2::ExperimentalFeatureListResponse, RpcError> {
        let request = match &params.thread_id {
            Some(id) => self.app.engine.load_request(id).map_err(rpc_error)?,
            None => LoadRequest::default(),
        };
        let loaded = self.app.config.load(&request);
        let config = loaded.map_err(|error| unreadable(format!("failed to reload config: {error}")))?;
        let features = config.features.iter().map(|(feature, enabled)| described(feature, enabled)).collect();
        let (data, next_cursor) = page(features, params.cursor.as_deref(), params.limit, "feature flags")?;
        Ok(v2::ExperimentalFeatureListResponse { data, next_cursor })
    }
}

fn described(feature: &FeatureInfo, enabled: bool) -> v2::ExperimentalFeature {
    let presented = PRESENTED.iter().find(|(name, ..)| *name == feature.name);
    v2::ExperimentalFeature {
        name: feature.name.to_owned(),
        stage: match feature.stage {
            FeatureStage::Stable => v2::ExperimentalFeatureStage::Stable,
            FeatureStage::Experimental => v2::ExperimentalFeatureStage::Beta,
            FeatureStage::UnderDevelopment => v2::ExperimentalFeatureStage::UnderDevelopment,
            FeatureStage::Deprecated => v2::ExperimentalFeatureStage::Deprecated,
            FeatureStage::Removed => v2::ExperimentalFeatureStage::Removed,
        },
        display_name: presented.map(|(_, title, _)| (*title).to_owned()),
        description: presented.map(|(.., what)| (*what).to_owned()),
        announcement: presented.map(|_| String::new()),
        enabled,
        default_enabled: feature.default,
    }
}

#[cfg(test)]
mod tests {
    use codex_config_loader::FEATURES;

    use super::*;

    #[test]
    fn what_can_be_tried_is_presented_and_nothing_else() {
        let tried: Vec<_> = FEATURES.iter().filter(|feature| feature.stage == FeatureStage::Experimental).collect();
        assert_eq!(tried.len(), PRESENTED.len());
        assert!(tried.iter().all(|feature| described(feature, false).display_name.is_some()));
    }
}
