//! `modelProvider/*`: which providers there are, what they can do, and changes of their settings.

use std::sync::Arc;

use codex_app_server_protocol::{ErrorKind, Handle, RpcError, methods, v2};
use codex_config_loader::{
    ConfigError, FieldChange, GatewayAuth, LoadRequest, ProviderChange, ProviderError, ProviderSettings,
    ProviderSummary,
};

use super::Context;
use super::config::{invalid, refusal, unreadable, write_error};
use crate::reply::Reply;

impl Handle<methods::ModelProviderList, Reply> for Context {
    async fn handle(self, _: v2::ModelProviderListParams, reply: Reply) {
        let providers = self.app.config.providers();
        reply.send(match providers {
            Ok(list) => Ok(v2::ModelProviderListResponse {
                data: list.providers.into_iter().map(summary).collect(),
                default_provider_id: list.default_id,
                can_change_default: list.can_change_default,
            }),
            Err(error) => Err(unreadable(format!("failed to read providers: {error}"))),
        });
    }
}

impl Handle<methods::ModelProviderCapabilitiesRead, Reply> for Context {
    async fn handle(self, _: v2::ModelProviderCapabilitiesReadParams, reply: Reply) {
        reply.send(match self.app.config.load(&LoadRequest::default()) {
            Ok(_) => Ok(v2::ModelProviderCapabilitiesReadResponse { image_generation: true, web_search: true }),
            // Of the providers that cannot be used here yet none makes images.
            Err(ConfigError::Unsupported(_)) => {
                Ok(v2::ModelProviderCapabilitiesReadResponse { image_generation: false, web_search: true })
            }
            Err(error) => Err(unreadable(error.resolve_message())),
        });
    }
}

impl Handle<methods::ModelProviderConfigWrite, Reply> for Context {
    async fn handle(self, params: v2::ModelProviderConfigWriteParams, reply: Reply) {
        let change = provider_change(params.settings);
        let config = Arc::clone(&self.app.config);
        let outcome = self.app.tasks.spawn_blocking(move || config.write_provider(change)).await;
        reply.send(match outcome {
            Ok(Ok(provider)) => Ok(v2::ModelProviderConfigWriteResponse { provider: summary(provider) }),
            Ok(Err(error)) => Err(provider_error(&error)),
            Err(_) => Err(RpcError::internal("the write was given up; list the providers to see its effect")),
        });
    }
}

fn summary(provider: ProviderSummary) -> v2::ModelProviderSummary {
    v2::ModelProviderSummary {
        can_edit: provider.settings != ProviderSettings::OpenAi,
        id: provider.id,
        name: provider.name,
        base_url: provider.base_url,
        settings: match provider.settings {
            ProviderSettings::OpenAi => v2::ProviderSettings::Openai,
            ProviderSettings::CustomGateway(auth) => v2::ProviderSettings::CustomGateway {
                auth: match auth {
                    GatewayAuth::None => v2::GatewayAuth::None,
                    GatewayAuth::EnvironmentVariable(env_key) => v2::GatewayAuth::EnvironmentVariable { env_key },
                    GatewayAuth::External(env_key) => v2::GatewayAuth::ExternallyConfigured { env_key },
                },
            },
            ProviderSettings::Bedrock { profile, region } => v2::ProviderSettings::Bedrock { profile, region },
            ProviderSettings::Gcp { project_id, location, credential_file } => {
                v2::ProviderSettings::Gcp { project_id, location, credential_file }
            }
        },
    }
}

fn provider_change(patch: v2::ProviderSettingsPatch) -> ProviderChange {
    let cloud = |id, fields: Vec<(&'static [&'static str], FieldChange)>| ProviderChange::Cloud { id, fields };
    match patch {
        v2::ProviderSettingsPatch::CustomGateway(gateway) => ProviderChange::CustomGateway {
            id: gateway.provider_id,
            name: gateway.name,
            base_url: gateway.base_url,
            env_key: gateway.env_key,
        },
        v2::ProviderSettingsPatch::Bedrock(bedrock) => {
            let id = match bedrock.provider_id {
                v2::BedrockProviderId::AmazonBedrock => "amazon-bedrock",
                v2::BedrockProviderId::AmazonBedrockRuntime => "amazon-bedrock-runtime",
            };
            cloud(id, vec![(&["aws", "profile"], bedrock.profile), (&["aws", "region"], bedrock.region)])
        }
        v2::ProviderSettingsPatch::Gcp(gcp) => {
            let v2::GcpProviderId::Gcp = gcp.provider_id;
            let fields: Vec<(&'static [&'static str], FieldChange)> = vec![
                (&["project_id"], gcp.project_id),
                (&["location"], gcp.location),
                (&["credential_file"], gcp.credential_file),
            ];
            cloud("gcp", fields)
        }
    }
}

fn provider_error(error: &ProviderError) -> RpcError {
    let message = error.to_string();
    match error {
        ProviderError::Load(_) => unreadable(message),
        ProviderError::Unknown(id) => refusal(ErrorKind::NotFound, "configPathNotFound", message).subject(id),
        ProviderError::Readonly(_) => refusal(ErrorKind::ConfigReadonly, "configLayerReadonly", message),
        ProviderError::Invalid(_) => invalid(message),
        ProviderError::Write(error) => write_error(error),
    }
}
