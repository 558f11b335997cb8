//! MCP servers: their state, tools, resources, logins, and the questions they put to the user.

pub mod elicitation;
pub mod elicitation_schema;
pub mod events;
pub mod oauth;
pub mod resources;
pub mod status;
pub mod tool_call;
