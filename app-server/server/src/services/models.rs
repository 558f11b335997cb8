//! `model/list` and `collaborationMode/list`: what clients can offer.

use codex_app_server_protocol::{Handle, ReasoningEffort, RpcError, methods, v2};
use codex_model_client::catalog::{Catalog, ModelInfo};

use super::{Context, page};
use crate::reply::Reply;

impl Handle<methods::ModelList, Reply> for Context {
    async fn handle(self, params: v2::ModelListParams, reply: Reply) {
        let hidden = params.include_hidden.unwrap_or(false);
        let catalog = self.app.catalog();
        if params.cursor.is_none() && params.limit.is_none() {
            // What nearly every client asks: the catalogue never changes while the process runs.
            let whole = self.app.whole_model_list(hidden, || {
                let (data, next_cursor) = (models(catalog, hidden), None);
                serde_json::to_string(&v2::ModelListResponse { data, next_cursor })
            });
            return match whole {
                Ok(json) => reply.send_json(json),
                Err(error) => reply.send::<()>(Err(RpcError::internal(error.to_string()))),
            };
        }
        let page = page(models(catalog, hidden), params.cursor.as_deref(), params.limit, "models");
        reply.send(page.map(|(data, next_cursor)| v2::ModelListResponse { data, next_cursor }));
    }
}

/// The catalogue as the wire shows it, hidden models only when asked for.
fn models(catalog: &Catalog, hidden: bool) -> Vec<v2::Model> {
    let default = catalog.default_model().map(|model| model.slug.as_str());
    let shown = catalog.models().iter().filter(|model| hidden || !model.is_hidden());
    shown.map(|info| model(info, default == Some(info.slug.as_str()))).collect()
}

/// A catalogue entry as the wire shows it. Facts that the wire has no word for are left out.
fn model(info: &ModelInfo, is_default: bool) -> v2::Model {
    let effort = |name: &str| ReasoningEffort::new(name);
    let upgrade = info.upgrade.as_ref();
    v2::Model {
        id: info.slug.clone(),
        model: info.slug.clone(),
        upgrade: upgrade.map(|upgrade| upgrade.model.clone()),
        upgrade_info: upgrade.map(|upgrade| v2::ModelUpgradeInfo {
            model: upgrade.model.clone(),
            upgrade_copy: None,
            model_link: None,
            migration_markdown: upgrade.migration_markdown.clone(),
            retirement_at: None,
        }),
        availability_nux: None,
        display_name: info.name().to_owned(),
        description: info.description.clone().unwrap_or_default(),
        model_specialty: info.model_specialty.clone(),
        hidden: info.is_hidden(),
        supported_reasoning_efforts: info
            .supported_reasoning_levels
            .iter()
            .filter_map(|level| {
                let reasoning_effort = effort(&level.effort)?;
                Some(v2::ReasoningEffortOption { reasoning_effort, description: level.description.clone() })
            })
            .collect(),
        default_reasoning_effort: info
            .default_reasoning_level
            .as_deref()
            .and_then(effort)
            .unwrap_or_else(ReasoningEffort::none),
        input_modalities: info.input_modalities.iter().filter_map(|name| modality(name)).collect(),
        supports_personality: false,
        multi_agent_version: info.multi_agent_version.as_deref().and_then(multi_agent_version),
        additional_speed_tiers: info.additional_speed_tiers.clone(),
        service_tiers: info
            .service_tiers
            .iter()
            .map(|tier| v2::ModelServiceTier {
                id: tier.id.clone(),
                name: tier.name.clone(),
                description: tier.description.clone(),
            })
            .collect(),
        default_service_tier: info.default_service_tier.clone(),
        available_access_programs: None,
        is_default,
    }
}

fn modality(name: &str) -> Option<v2::InputModality> {
    match name {
        "text" => Some(v2::InputModality::Text),
        "image" => Some(v2::InputModality::Image),
        "audio" => Some(v2::InputModality::Audio),
        _ => None,
    }
}

fn multi_agent_version(name: &str) -> Option<v2::MultiAgentVersion> {
    match name {
        "disabled" => Some(v2::MultiAgentVersion::Disabled),
        "v1" => Some(v2::MultiAgentVersion::V1),
        "v2" => Some(v2::MultiAgentVersion::V2),
        _ => None,
    }
}

impl Handle<methods::CollaborationModeList, Reply> for Context {
    async fn handle(self, _: v2::CollaborationModeListParams, reply: Reply) {
        let mode = |name: &str, mode, effort: Option<&str>| v2::CollaborationModeMask {
            name: name.to_owned(),
            mode: Some(mode),
            model: None,
            reasoning_effort: Some(effort.and_then(ReasoningEffort::new)),
        };
        reply.send(Ok(v2::CollaborationModeListResponse {
            data: vec![mode("Plan", v2::ModeKind::Plan, Some("medium")), mode("Default", v2::ModeKind::Default, None)],
        }));
    }
}
