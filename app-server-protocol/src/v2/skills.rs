//! Skills: folders with a `SKILL.md` that tell the model how to do something. They are found in repositories, the
//! user's folders, the built-in ones, those of an administrator and installed plugins; results are cached for each
//! working directory until `skills/changed`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::scalars::{AbsolutePathBuf, LegacyAppPathString, PathText};

/// What a skill needs to work, from its `agents/openai.yaml`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SkillDependencies {
    /// The tools it needs.
    pub tools: Vec<SkillToolDependency>,
}

/// A skill file that could not be used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SkillErrorInfo {
    /// The file.
    pub path: String,
    /// What is wrong with it, for people.
    pub message: String,
}

/// How a skill presents itself to people, from its `agents/openai.yaml`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SkillInterface {
    /// Name to show; null when it gives none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// A short text to show; null when it gives none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short_description: Option<String>,
    /// File of the small icon; null for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon_small: Option<AbsolutePathBuf>,
    /// File of the large icon; null for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon_large: Option<AbsolutePathBuf>,
    /// Where the plugin catalogue serves the small icon; null for none.
    pub icon_small_url: Option<String>,
    /// Where the plugin catalogue serves the large icon; null for none.
    pub icon_large_url: Option<String>,
    /// Colour to show it in; null for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brand_color: Option<String>,
    /// Text to start from when using it; null for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_prompt: Option<String>,
}

/// A skill, as far as it is known before the model reads it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SkillMetadata {
    /// Its name, at most 64 characters and by default that of its folder; `plugin:skill` for one of a plugin.
    pub name: String,
    /// What it is for and when to use it; every skill has one.
    pub description: String,
    /// Short text from the front matter of `SKILL.md`, for older skills; null for none. `interface.shortDescription` is
    /// to be preferred.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short_description: Option<String>,
    /// How it presents itself; null when it says nothing about that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interface: Option<SkillInterface>,
    /// What it needs; null when it says nothing about that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dependencies: Option<SkillDependencies>,
    /// Its `SKILL.md`.
    pub path: LegacyAppPathString,
    /// Where it comes from.
    pub scope: SkillScope,
    /// Whether it may be used; false when turned off in the configuration.
    pub enabled: bool,
    /// The plugin it belongs to, `name@marketplace`; null for none or when unknown.
    pub plugin_id: Option<String>,
}

/// Where a skill comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum SkillScope {
    /// From the user's folders, the extra roots or an installed plugin.
    User,
    /// From `.agents/skills` or `.codex/skills` between the root of the repository and the working directory.
    Repo,
    /// Built in; unpacked by the server at its start.
    System,
    /// Installed for all users of the machine by an administrator.
    Admin,
}

/// A tool that a skill needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SkillToolDependency {
    /// Kind of tool, as the skill writes it.
    pub r#type: String,
    /// Which one, as the skill writes it.
    pub value: String,
    /// What it is for; null when not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// How it is reached; null when not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transport: Option<String>,
    /// Command that starts it; null when not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
    /// Address to reach it at; null when not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// `skills/changed`: lists of skills are out of date. It has no fields; ask `skills/list` again with the same params.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SkillsChangedNotification {}

/// Params of `skills/config/write`; exactly one of `path` and `name`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SkillsConfigWriteParams {
    /// Chooses the skill by its path; absolute. Absent or null: by `name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<AbsolutePathBuf>,
    /// Chooses the skill by its name; absent or null: by `path`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// False writes an entry that turns it off, true removes that entry.
    pub enabled: bool,
}

/// Result of `skills/config/write`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SkillsConfigWriteResponse {
    /// Whether the skill is on in effect after the change.
    pub effective_enabled: bool,
}

/// Params of `skills/extraRoots/set`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SkillsExtraRootsSetParams {
    /// The folders, absolute, in place of all earlier ones; folders that do not exist are accepted, an empty list
    /// removes all.
    pub extra_roots: Vec<AbsolutePathBuf>,
}

/// Result of `skills/extraRoots/set`; it has no fields.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SkillsExtraRootsSetResponse {}

/// The skills of one working directory.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SkillsListEntry {
    /// The directory, as the params named it.
    pub cwd: String,
    /// Its skills, in the order of their sources: repository, user, built in, administrator, plugins.
    pub skills: Vec<SkillMetadata>,
    /// Files that could not be used; empty when all could.
    pub errors: Vec<SkillErrorInfo>,
}

/// Params of `skills/list`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SkillsListParams {
    /// Working directories to look from, absolute or relative; absent or empty: that of the session.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub cwds: Vec<PathText>,
    /// Reads the folders again instead of answering from the cache. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub force_reload: bool,
}

/// Result of `skills/list`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SkillsListResponse {
    /// One entry for each working directory.
    pub data: Vec<SkillsListEntry>,
}
