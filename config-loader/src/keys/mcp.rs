//! `[mcp_servers.<name>]`: MCP servers, started as a program or reached over HTTP.

use std::collections::BTreeMap;
use std::time::Duration;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::num::NonZeroUsize;

use super::apps::{AppToolExposure, ToolApprovalMode};
use crate::secret::Secret;

/// The environment that a server runs in when none is named.
const LOCAL_ENVIRONMENT: &str = "local";

/// An MCP server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "RawMcpServerConfig")]
pub struct McpServerConfig {
    /// How it is reached.
    #[serde(flatten)]
    pub transport: McpServerTransport,
    /// How requests to it are authorized; OAuth is not written out.
    #[serde(skip_serializing_if = "McpServerAuth::is_default")]
    pub auth: McpServerAuth,
    /// Id of the environment it runs in; `local` is the server's own machine.
    pub environment_id: String,
    /// Whether it is used.
    pub enabled: bool,
    /// Whether a thread fails to start without it.
    #[serde(skip_serializing_if = "is_false")]
    pub required: bool,
    /// When it counts as started.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub startup_readiness: Option<McpStartupReadiness>,
    /// Whether its tools may run at the same time.
    #[serde(skip_serializing_if = "is_false")]
    pub supports_parallel_tool_calls: bool,
    /// Largest input schema of a tool in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tool_input_schema_max_bytes: Option<NonZeroUsize>,
    /// Where its tools are left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub omit_tools_from: Option<Vec<AppToolExposure>>,
    /// How long starting it may take.
    #[serde(rename = "startup_timeout_sec", serialize_with = "seconds", skip_serializing_if = "Option::is_none")]
    pub startup_timeout: Option<Duration>,
    /// How long a call of a tool may take.
    #[serde(rename = "tool_timeout_sec", serialize_with = "seconds")]
    pub tool_timeout: Option<Duration>,
    /// When a person is asked before one of its tools runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_tools_approval_mode: Option<ToolApprovalMode>,
    /// The only tools that are offered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled_tools: Option<Vec<String>>,
    /// Tools that are not offered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disabled_tools: Option<Vec<String>>,
    /// OAuth scopes that are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<String>>,
    /// OAuth client.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oauth: Option<McpServerOAuthConfig>,
    /// OAuth resource that tokens are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oauth_resource: Option<String>,
    /// Settings of single tools, by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub tools: BTreeMap<String, McpServerToolConfig>,
}

/// How an MCP server is reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum McpServerTransport {
    /// It is a program that speaks over its standard input and output.
    Stdio {
        /// The program.
        command: String,
        /// Its arguments.
        args: Vec<String>,
        /// Variables added to its environment.
        #[serde(skip_serializing_if = "Option::is_none")]
        env: Option<BTreeMap<String, Secret>>,
        /// Variables it takes over.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        env_vars: Vec<McpServerEnvVar>,
        /// Its working folder, as written.
        #[serde(skip_serializing_if = "Option::is_none")]
        cwd: Option<String>,
    },
    /// It is a service that speaks streamable HTTP.
    StreamableHttp {
        /// The service.
        url: String,
        /// Environment variable with a bearer token.
        #[serde(skip_serializing_if = "Option::is_none")]
        bearer_token_env_var: Option<String>,
        /// Headers of every request.
        #[serde(skip_serializing_if = "Option::is_none")]
        http_headers: Option<BTreeMap<String, Secret>>,
        /// Headers whose values are those of environment variables.
        #[serde(skip_serializing_if = "Option::is_none")]
        env_http_headers: Option<BTreeMap<String, String>>,
        /// Command that prints headers.
        #[serde(skip_serializing_if = "Option::is_none")]
        http_headers_helper: Option<String>,
    },
}

/// An MCP server as a file describes it: `command` for a program, `url` for a service, and the keys that fit.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "McpServerConfig")]
struct RawMcpServerConfig {
    /// Program to start; it speaks over its standard input and output.
    command: Option<String>,
    /// Arguments of the program.
    #[serde(default)]
    args: Option<Vec<String>>,
    /// Variables added to the program's environment.
    #[serde(default)]
    env: Option<BTreeMap<String, Secret>>,
    /// Variables that the program takes over from the server's environment.
    #[serde(default)]
    env_vars: Option<Vec<McpServerEnvVar>>,
    /// Working folder of the program; kept as written.
    #[serde(default)]
    cwd: Option<String>,
    /// Headers of every request.
    http_headers: Option<BTreeMap<String, Secret>>,
    /// Headers whose values are those of environment variables.
    env_http_headers: Option<BTreeMap<String, String>>,
    /// Command that prints headers; for local servers only.
    http_headers_helper: Option<String>,
    /// URL of a service that speaks streamable HTTP.
    url: Option<String>,
    /// Always refused: a token belongs into an environment variable.
    #[schemars(extend("deprecated" = true))]
    bearer_token: Option<Secret>,
    /// Environment variable with a bearer token.
    bearer_token_env_var: Option<String>,
    /// How requests are authorized.
    #[schemars(extend("default" = McpServerAuth::default()))]
    auth: Option<McpServerAuth>,
    /// OAuth client.
    oauth: Option<McpServerOAuthConfig>,
    /// OAuth resource that tokens are asked for.
    oauth_resource: Option<String>,
    /// OAuth scopes that are asked for.
    scopes: Option<Vec<String>>,
    /// Id of the environment it runs in.
    #[schemars(extend("default" = LOCAL_ENVIRONMENT))]
    environment_id: Option<String>,
    /// Whether it is used.
    #[schemars(extend("default" = true))]
    enabled: Option<bool>,
    /// Whether a thread fails to start without it.
    #[schemars(extend("default" = false))]
    required: Option<bool>,
    /// When it counts as started.
    startup_readiness: Option<McpStartupReadiness>,
    /// Whether its tools may run at the same time.
    #[schemars(extend("default" = false))]
    supports_parallel_tool_calls: Option<bool>,
    /// Largest input schema of a tool in bytes.
    tool_input_schema_max_bytes: Option<NonZeroUsize>,
    /// Seconds that starting it may take.
    startup_timeout_sec: Option<f64>,
    /// Milliseconds that starting it may take; `startup_timeout_sec` wins.
    startup_timeout_ms: Option<u64>,
    /// Seconds that a call of a tool may take.
    #[serde(default, deserialize_with = "optional_seconds")]
    #[schemars(with = "Option<f64>", range(min = 0))]
    tool_timeout_sec: Option<Duration>,
    /// When a person is asked before one of its tools runs.
    default_tools_approval_mode: Option<ToolApprovalMode>,
    /// The only tools that are offered.
    enabled_tools: Option<Vec<String>>,
    /// Tools that are not offered.
    disabled_tools: Option<Vec<String>>,
    /// Where its tools are left out.
    omit_tools_from: Option<Vec<AppToolExposure>>,
    /// Settings of single tools, by name.
    tools: Option<BTreeMap<String, McpServerToolConfig>>,
    /// Accepted without effect.
    #[expect(dead_code, reason = "only its type matters")]
    name: Option<String>,
}

impl JsonSchema for McpServerConfig {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        RawMcpServerConfig::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        RawMcpServerConfig::json_schema(generator)
    }
}

impl TryFrom<RawMcpServerConfig> for McpServerConfig {
    type Error = String;

    fn try_from(keys: RawMcpServerConfig) -> Result<Self, String> {
        let startup_timeout = match (keys.startup_timeout_sec, keys.startup_timeout_ms) {
            (Some(seconds), _) => Some(duration(seconds)?),
            (None, milliseconds) => milliseconds.map(Duration::from_millis),
        };
        let transport = if let Some(command) = keys.command {
            refuse(
                "stdio",
                &[
                    ("url", keys.url.is_some()),
                    ("bearer_token_env_var", keys.bearer_token_env_var.is_some()),
                    ("bearer_token", keys.bearer_token.is_some()),
                    ("http_headers", keys.http_headers.is_some()),
                    ("env_http_headers", keys.env_http_headers.is_some()),
                    ("http_headers_helper", keys.http_headers_helper.is_some()),
                    ("auth", keys.auth.is_some()),
                    ("oauth", keys.oauth.is_some()),
                    ("oauth_resource", keys.oauth_resource.is_some()),
                ],
            )?;
            let env_vars = keys.env_vars.unwrap_or_default();
            env_vars.iter().try_for_each(McpServerEnvVar::check)?;
            McpServerTransport::Stdio {
                command,
                args: keys.args.unwrap_or_default(),
                env: keys.env,
                env_vars,
                cwd: keys.cwd,
            }
        } else if let Some(url) = keys.url {
            refuse(
                "streamable_http",
                &[
                    ("args", keys.args.is_some()),
                    ("env", keys.env.is_some()),
                    ("env_vars", keys.env_vars.is_some()),
                    ("cwd", keys.cwd.is_some()),
                    ("bearer_token", keys.bearer_token.is_some()),
                ],
            )?;
            if let Some(oauth) = &keys.oauth {
                oauth.check(keys.auth.unwrap_or_default())?;
            }
            if let Some(helper) = &keys.http_headers_helper {
                if helper.is_empty() {
                    return Err("http_headers_helper must not be empty".to_owned());
                }
                if keys.environment_id.as_ref().is_some_and(|id| id != LOCAL_ENVIRONMENT) {
                    return Err("http_headers_helper is only supported for local MCP servers".to_owned());
                }
            }
            McpServerTransport::StreamableHttp {
                url,
                bearer_token_env_var: keys.bearer_token_env_var,
                http_headers: keys.http_headers,
                env_http_headers: keys.env_http_headers,
                http_headers_helper: keys.http_headers_helper,
            }
        } else {
            return Err("invalid transport".to_owned());
        };
        Ok(Self {
            transport,
            auth: keys.auth.unwrap_or_default(),
            environment_id: keys.environment_id.unwrap_or_else(|| LOCAL_ENVIRONMENT.to_owned()),
            enabled: keys.enabled.unwrap_or(true),
            required: keys.required.unwrap_or_default(),
            startup_readiness: keys.startup_readiness,
            supports_parallel_tool_calls: keys.supports_parallel_tool_calls.unwrap_or_default(),
            tool_input_schema_max_bytes: keys.tool_input_schema_max_bytes,
            omit_tools_from: keys.omit_tools_from,
            startup_timeout,
            tool_timeout: keys.tool_timeout_sec,
            default_tools_approval_mode: keys.default_tools_approval_mode,
            enabled_tools: keys.enabled_tools,
            disabled_tools: keys.disabled_tools,
            scopes: keys.scopes,
            oauth: keys.oauth,
            oauth_resource: keys.oauth_resource,
            tools: keys.tools.unwrap_or_default(),
        })
    }
}

/// Refuses the first key that is set and does not fit the transport.
fn refuse(transport: &str, keys: &[(&str, bool)]) -> Result<(), String> {
    match keys.iter().find(|(_, is_set)| *is_set) {
        Some((key, _)) => Err(format!("{key} is not supported for {transport}")),
        None => Ok(()),
    }
}

/// A variable that a program takes over: its name, or where it comes from too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum McpServerEnvVar {
    /// A variable of the server's environment.
    Name(String),
    /// A variable of a named environment.
    Config(McpServerEnvVarConfig),
}

/// A variable and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct McpServerEnvVarConfig {
    /// The variable.
    pub name: String,
    /// Whose environment it is taken from: `local` or `remote`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["local", "remote"]))]
    pub source: Option<String>,
}

impl McpServerEnvVar {
    fn check(&self) -> Result<(), String> {
        match self {
            Self::Config(McpServerEnvVarConfig { source: Some(source), .. })
                if !["local", "remote"].contains(&source.as_str()) =>
            {
                Err(format!("unsupported env_vars source `{source}`; expected `local` or `remote`"))
            }
            Self::Name(_) | Self::Config(_) => Ok(()),
        }
    }
}

/// How requests to an MCP server are authorized.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum McpServerAuth {
    /// With OAuth of its own, when it asks for it.
    #[default]
    Oauth,
    /// With the ChatGPT login.
    Chatgpt,
    /// With a token of the enterprise's identity provider.
    EmaAuth,
}

impl McpServerAuth {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// OAuth client of an MCP server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct McpServerOAuthConfig {
    /// Id of the client; unset means it registers itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// Secret of the client; needs `client_id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<Secret>,
    /// How the client shows its secret; for `auth = "ema_auth"`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token_endpoint_auth_method: Option<TokenEndpointAuthMethod>,
    /// Redirect URI to announce.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callback_url: Option<String>,
    /// Local port of the redirect.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callback_port: Option<u16>,
    /// Issuer of the authorization server; for `auth = "ema_auth"`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorization_server_issuer: Option<String>,
}

impl McpServerOAuthConfig {
    fn check(&self, auth: McpServerAuth) -> Result<(), String> {
        let enterprise = auth == McpServerAuth::EmaAuth;
        let problem = if self.client_secret.as_ref().is_some_and(|secret| secret.expose().is_empty()) {
            "oauth.client_secret must not be empty"
        } else if self.client_secret.is_some() && self.client_id.is_none() {
            "oauth.client_secret requires oauth.client_id"
        } else if self.token_endpoint_auth_method.is_some() && !enterprise {
            "oauth.token_endpoint_auth_method requires auth = \"ema_auth\""
        } else if self.token_endpoint_auth_method.is_some() && self.client_secret.is_none() {
            "oauth.token_endpoint_auth_method requires oauth.client_secret"
        } else if self.authorization_server_issuer.is_some() && !enterprise {
            "oauth.authorization_server_issuer requires auth = \"ema_auth\""
        } else {
            return Ok(());
        };
        Err(problem.to_owned())
    }
}

/// How an OAuth client shows its secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TokenEndpointAuthMethod {
    /// In a header.
    ClientSecretBasic,
    /// In the body.
    ClientSecretPost,
}

/// When an MCP server counts as started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum McpStartupReadiness {
    /// Once it is connected.
    Connection,
    /// Once its tools are known.
    Catalog,
}

/// Settings of one tool of an MCP server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct McpServerToolConfig {
    /// When a person is asked before it runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approval_mode: Option<ToolApprovalMode>,
    /// Tokens of its output that are kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_token_limit: Option<NonZeroUsize>,
}

/// `[mcp_enterprise_managed_auth]`: authorization of MCP servers by the enterprise's identity provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct McpEnterpriseManagedAuthConfig {
    /// The identity provider.
    pub idp: McpServerIdpOAuthConfig,
}

/// The enterprise's identity provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct McpServerIdpOAuthConfig {
    /// Its issuer URL.
    pub issuer: String,
    /// Id of the client.
    pub client_id: String,
    /// Secret of the client; not empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<Secret>,
    /// How the client shows its secret; needs `client_secret`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_endpoint_auth_method: Option<TokenEndpointAuthMethod>,
}

/// Seconds as a time span.
fn duration(seconds: f64) -> Result<Duration, String> {
    Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string())
}

fn optional_seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Duration>, D::Error> {
    let seconds = Option::<f64>::deserialize(deserializer)?;
    seconds.map(duration).transpose().map_err(serde::de::Error::custom)
}

fn seconds<S: Serializer>(duration: &Option<Duration>, serializer: S) -> Result<S::Ok, S::Error> {
    duration.map(|duration| duration.as_secs_f64()).serialize(serializer)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(switch: &bool) -> bool {
    !*switch
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<McpServerConfig, String> {
        toml::from_str(text).map_err(|error: toml::de::Error| error.message().to_owned())
    }

    #[test]
    fn keys_that_do_not_fit_are_named() {
        for (text, message) in [
            ("enabled = true", "invalid transport"),
            ("bearer_token = 'x'", "invalid transport"),
            ("command = 'c'\nurl = 'u'", "url is not supported for stdio"),
            ("command = 'c'\nbearer_token = 'x'", "bearer_token is not supported for stdio"),
            ("command = 'c'\nauth = 'oauth'", "auth is not supported for stdio"),
            ("url = 'u'\nargs = []", "args is not supported for streamable_http"),
            ("url = 'u'\nbearer_token = 'x'", "bearer_token is not supported for streamable_http"),
            ("url = 'u'\nhttp_headers_helper = ''", "http_headers_helper must not be empty"),
            ("url = 'u'\noauth = { client_secret = 's' }", "oauth.client_secret requires oauth.client_id"),
            (
                "command = 'c'\nenv_vars = [{ name = 'A', source = 'x' }]",
                "unsupported env_vars source `x`; expected `local` or `remote`",
            ),
            ("command = 'c'\ntool_timeout_sec = -1", "cannot convert float seconds to Duration: value is negative"),
            ("command = 'c'\nstartup_timeout_sec = -1", "cannot convert float seconds to Duration: value is negative"),
        ] {
            assert_eq!(read(text).unwrap_err(), message, "{text}");
        }
    }

    #[test]
    fn what_is_unset_is_left_out_but_for_a_few_keys() {
        let json = |text: &str| serde_json::to_string(&read(text).unwrap()).unwrap();
        assert_eq!(
            json("command = 'c'"),
            r#"{"command":"c","args":[],"environment_id":"local","enabled":true,"tool_timeout_sec":null}"#
        );
        assert_eq!(
            json("url = 'u'\nauth = 'oauth'\nstartup_timeout_ms = 1500\nrequired = true\ntool_timeout_sec = 2"),
            r#"{"url":"u","environment_id":"local","enabled":true,"required":true,"startup_timeout_sec":1.5,"tool_timeout_sec":2.0}"#
        );
    }
}
