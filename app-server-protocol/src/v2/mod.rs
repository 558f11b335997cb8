//! Version 2 of the protocol: the types of every domain, one module each.
//!
//! A type stands in the module of the domain that owns it and is used by all others through this one, so `v2::Name` is enough;
//! the modules are the pages of the manual.

pub mod account;
pub mod app;
pub mod approval;
pub mod collaboration;
pub mod command_exec;
pub mod config;
pub mod diagnostics;
pub mod dynamic_tool;
pub mod environment;
pub mod error;
pub mod experimental_feature;
pub mod external_agent;
pub mod feedback;
pub mod fs;
pub mod hooks;
pub mod item;
pub mod mcp;
pub mod memory;
pub mod model;
pub mod model_provider;
pub mod notice;
pub mod permission_profile;
pub mod plugin;
pub mod policy;
pub mod process;
pub mod project;
pub mod remote_control;
pub mod review;
pub mod server_ask;
pub mod skills;
pub mod thread;
pub mod turn;
pub mod turn_events;
pub mod user_input;
pub mod windows;

#[doc(no_inline)]
pub use self::{
    account::gateway::*, account::login::*, account::notices::*, account::provider_setup::*, account::sessions::*,
    account::state::*, account::usage::*, account::user_verification::*, app::*, approval::command::*,
    approval::file_change::*, approval::guardian::*, approval::permissions::*, collaboration::*, command_exec::*,
    config::apps::*, config::read::*, config::requirements::*, config::requirements_browser::*,
    config::requirements_hooks::*, config::requirements_network::*, config::requirements_otel::*, config::values::*,
    config::write::*, diagnostics::*, dynamic_tool::*, environment::*, error::*, experimental_feature::*,
    external_agent::detect::*, external_agent::imports::*, feedback::*, fs::*, hooks::*, item::events::*,
    item::kinds::*, item::parts::*, item::response::*, item::response_parts::*, item::tool_events::*,
    mcp::elicitation::*, mcp::elicitation_schema::*, mcp::events::*, mcp::oauth::*, mcp::resources::*, mcp::status::*,
    mcp::tool_call::*, memory::*, model::*, model_provider::*, notice::*, permission_profile::*, plugin::detail::*,
    plugin::install::*, plugin::list::*, plugin::marketplace::*, plugin::share::*, policy::*, process::*, project::*,
    remote_control::*, review::*, server_ask::*, skills::*, thread::attachment::*, thread::background_terminals::*,
    thread::control::*, thread::dynamic_tools::*, thread::elicitation::*, thread::events::*, thread::fork::*,
    thread::goal::*, thread::history::*, thread::lifecycle::*, thread::prediction::*, thread::queue::*,
    thread::read::*, thread::read_state::*, thread::realtime::*, thread::realtime_items::*, thread::search::*,
    thread::section::*, thread::settings::*, thread::start::*, thread::state::*, turn::*, turn_events::*,
    user_input::*, windows::*,
};
