//! One plugin in detail: the skills, hooks, apps, MCP servers and scheduled tasks it brings. Works for plugins of a
//! local marketplace, installed or not, and for those of the remote catalogue, which needs a ChatGPT login.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::scalars::{AbsolutePathBuf, LegacyAppPathString};
use crate::v2::{HookEventName, PluginSummary, SkillInterface};

/// An app (connector), as plugins name it. Experimental.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AppSummary {
    /// Id of the app.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// What the app is for; null when not told.
    pub description: Option<String>,
    /// Where the user can connect the app; null when there is no such page.
    pub install_url: Option<String>,
    /// Category to show it under; null when it has none.
    pub category: Option<String>,
}

/// A template for apps that a plugin needs; a workspace makes apps of its own from it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AppTemplateSummary {
    /// Id of the template.
    pub template_id: String,
    /// Name for people.
    pub name: String,
    /// What the apps are for; null when not told.
    pub description: Option<String>,
    /// Category to show it under; null when it has none.
    pub category: Option<String>,
    /// Id of the connector the template stands for; null when there is none.
    pub canonical_connector_id: Option<String>,
    /// URL of the logo; null when there is none.
    pub logo_url: Option<String>,
    /// URL of the logo for dark backgrounds; null when there is none.
    pub logo_url_dark: Option<String>,
    /// Ids of the apps that were made from it.
    pub materialized_app_ids: Vec<String>,
    /// Why no app is to be had from it; null when none is given.
    pub reason: Option<AppTemplateUnavailableReason>,
}

/// Why no app can be had from a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AppTemplateUnavailableReason {
    /// The workspace has not set it up.
    NotConfiguredForWorkspace,
    /// No workspace is active.
    NoActiveWorkspace,
}

/// A plugin with all it brings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PluginDetail {
    /// Name of the marketplace that offers it.
    pub marketplace_name: String,
    /// Absolute path of the marketplace file; null for the remote catalogue.
    pub marketplace_path: Option<AbsolutePathBuf>,
    /// The plugin as lists show it.
    pub summary: PluginSummary,
    /// Link by which the plugin is shared; null when there is none.
    pub share_url: Option<String>,
    /// What the plugin is for; null when not told.
    pub description: Option<String>,
    /// The skills it brings.
    pub skills: Vec<SkillSummary>,
    /// The skill the plugin names for getting started; null unless both plugin and skill are enabled and the skill can
    /// be seen.
    #[serde(default)]
    pub onboarding_skill: Option<SkillSummary>,
    /// The hooks it brings.
    pub hooks: Vec<PluginHookSummary>,
    /// The apps it uses.
    pub apps: Vec<AppSummary>,
    /// The templates for apps it uses.
    pub app_templates: Vec<AppTemplateSummary>,
    /// Names of the MCP servers it brings.
    pub mcp_servers: Vec<String>,
    /// Tasks it offers to run on a schedule; null when nothing is known about them.
    pub scheduled_tasks: Option<Vec<ScheduledTaskSummary>>,
}

/// A hook that a plugin brings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PluginHookSummary {
    /// Key of the hook, such as `p@m:hooks/hooks.json:stop:0:0`.
    pub key: String,
    /// The event it runs on.
    pub event_name: HookEventName,
}

/// Params of `plugin/read`: which plugin, and whose.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PluginReadParams {
    /// Absolute path of the marketplace file. Not together with `remoteMarketplaceName`; one of the two is needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marketplace_path: Option<AbsolutePathBuf>,
    /// Name of a marketplace of the remote catalogue. Not together with `marketplacePath`; one of the two is needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remote_marketplace_name: Option<String>,
    /// Name of the plugin in the marketplace, without `@marketplace`.
    pub plugin_name: String,
}

/// Result of `plugin/read`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PluginReadResponse {
    /// The plugin.
    pub plugin: PluginDetail,
}

/// Params of `plugin/skill/read`: which skill of which plugin.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PluginSkillReadParams {
    /// Name of the marketplace in the remote catalogue.
    pub remote_marketplace_name: String,
    /// Id the remote catalogue gave the plugin; not `name@marketplace`.
    pub remote_plugin_id: String,
    /// Name of the skill in the plugin.
    pub skill_name: String,
}

/// Result of `plugin/skill/read`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PluginSkillReadResponse {
    /// Text of the skill; null when the catalogue has none.
    pub contents: Option<String>,
}

/// When a scheduled task runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ScheduledTaskSchedule {
    /// Every so many hours.
    Hourly {
        /// Hours from one run to the next.
        interval_hours: u32,
        /// Days on which it runs; null: not limited to certain days.
        days: Option<Vec<ScheduledTaskWeekday>>,
    },
    /// Once every day.
    Daily {
        /// Time of day.
        time: String,
    },
    /// Once on each weekday.
    Weekdays {
        /// Time of day.
        time: String,
    },
    /// Every week on chosen days.
    Weekly {
        /// Days on which it runs.
        days: Vec<ScheduledTaskWeekday>,
        /// Time of day.
        time: String,
    },
}

/// A task that a plugin offers to run on a schedule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScheduledTaskSummary {
    /// Key of the task in the plugin.
    pub key: String,
    /// Name for people.
    pub name: String,
    /// The prompt that each run starts with.
    pub prompt: String,
    /// When it runs.
    pub schedule: ScheduledTaskSchedule,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ScheduledTaskWeekday {
    /// Monday.
    Mo,
    /// Tuesday.
    Tu,
    /// Wednesday.
    We,
    /// Thursday.
    Th,
    /// Friday.
    Fr,
    /// Saturday.
    Sa,
    /// Sunday.
    Su,
}

/// A skill that a plugin brings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SkillSummary {
    /// Name of the skill.
    pub name: String,
    /// What it is for and when to use it, for the model.
    pub description: String,
    /// The same in a few words, for people; null when not told.
    pub short_description: Option<String>,
    /// How to show it; null when nothing is told.
    pub interface: Option<SkillInterface>,
    /// Where the skill lies; null when it is not on this machine.
    pub path: Option<LegacyAppPathString>,
    /// Whether it is switched on.
    pub enabled: bool,
}
