//! `[tui]`: the terminal interface. The server only keeps, checks and shows these keys.

mod keybinding;
mod keymap;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer, Serialize, de};

pub use keybinding::Keybindings;
pub use keymap::*;

/// `[tui]`: the terminal interface.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, expecting = "struct Tui")]
pub struct TuiToml {
    /// Hosts that are chosen first, by kind and name.
    pub default_hosts: BTreeMap<String, BTreeMap<String, String>>,
    /// Notifications.
    #[serde(flatten)]
    pub notifications: TuiNotifications,
    /// Whether anything moves.
    pub animations: bool,
    /// Whether a screen reader was looked for.
    pub screen_reader_detection_done: Option<bool>,
    /// Single effects.
    pub effects: TuiEffects,
    /// What is drawn rather than shown as text.
    pub rendering: TuiRendering,
    /// Whether tips are shown.
    pub show_tooltips: bool,
    /// Whether a notice about another version of the server is shown.
    pub show_server_version_notice: bool,
    /// Whether a returning user gets a recap.
    pub auto_recap: bool,
    /// Whether a fast run of keys is taken as typing rather than as pasting.
    pub disable_paste_burst: Option<bool>,
    /// Whether the editor starts in vim's normal mode.
    pub vim_mode_default: bool,
    /// Whether escape goes back in questions.
    pub question_esc_back: bool,
    /// Whether output is shown as it came.
    pub raw_output_mode: bool,
    /// Whether the transcript fills the screen.
    pub fullscreen_transcript: bool,
    /// Whether finished turns are folded.
    pub collapse_turn_details: bool,
    /// Width of the sidebar in percent.
    pub sidebar_width_percent: Option<u8>,
    /// Lines a step of the mouse wheel scrolls; more than 0.
    #[serde(deserialize_with = "scroll_speed")]
    #[schemars(extend("exclusiveMinimum" = 0))]
    pub mouse_scroll_speed: Option<f64>,
    /// Whether selecting copies.
    pub copy_on_select: AutoAlwaysNever,
    /// Whether copying ends the selection.
    pub copy_on_select_clear_selection: bool,
    /// Whether the right mouse button pastes.
    pub right_click_paste: AutoOnOff,
    /// Whether the terminal's alternate screen is used.
    pub alternate_screen: AutoAlwaysNever,
    /// Parts of the status line.
    pub status_line: Option<Vec<String>>,
    /// Whether the status line is coloured.
    pub status_line_use_colors: bool,
    /// Parts of the terminal's title.
    pub terminal_title: Option<Vec<String>>,
    /// Name of the theme of highlighted code.
    pub theme: Option<String>,
    /// The pet.
    pub pet: Option<String>,
    /// Where the pet sits.
    pub pet_anchor: PetAnchor,
    /// Form of the list of sessions.
    pub session_picker_view: Option<SessionPickerView>,
    /// How the overview of agents is grouped.
    pub agents_overview_grouping: AgentsOverviewGrouping,
    /// Folder of a resumed session.
    pub resume_cwd: Option<ResumeCwd>,
    /// Keys.
    pub keymap: TuiKeymap,
    /// Prompts by digit.
    pub presets: BTreeMap<String, QuickDial>,
    /// How often a model was announced, by slug.
    pub model_availability_nux: ModelAvailabilityNuxConfig,
    /// Rows that are laid out anew when the terminal changes its size.
    pub terminal_resize_reflow_max_rows: Option<usize>,
    /// Keys that are none of these; only their names are kept, for a warning.
    #[serde(flatten, skip_serializing)]
    #[schemars(skip)]
    unknown: BTreeMap<String, Ignored>,
}

impl TuiToml {
    /// Names of keys that the table does not have, in order. A strict load refuses them; no warning names them, as that of codex
    /// does not either.
    pub fn unknown_names(&self) -> impl Iterator<Item = &str> {
        self.unknown.keys().map(String::as_str)
    }
}

/// A value that is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Ignored;

impl<'de> Deserialize<'de> for Ignored {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Self)
    }
}

impl Default for TuiToml {
    fn default() -> Self {
        Self {
            default_hosts: BTreeMap::new(),
            notifications: TuiNotifications::default(),
            animations: true,
            screen_reader_detection_done: None,
            effects: TuiEffects::default(),
            rendering: TuiRendering::default(),
            show_tooltips: true,
            show_server_version_notice: true,
            auto_recap: true,
            disable_paste_burst: None,
            vim_mode_default: false,
            question_esc_back: true,
            raw_output_mode: false,
            fullscreen_transcript: true,
            collapse_turn_details: false,
            sidebar_width_percent: None,
            mouse_scroll_speed: None,
            copy_on_select: AutoAlwaysNever::default(),
            copy_on_select_clear_selection: false,
            right_click_paste: AutoOnOff::default(),
            alternate_screen: AutoAlwaysNever::default(),
            status_line: None,
            status_line_use_colors: true,
            terminal_title: None,
            theme: None,
            pet: None,
            pet_anchor: PetAnchor::default(),
            session_picker_view: None,
            agents_overview_grouping: AgentsOverviewGrouping::default(),
            resume_cwd: None,
            keymap: TuiKeymap::default(),
            presets: BTreeMap::new(),
            model_availability_nux: ModelAvailabilityNuxConfig::default(),
            terminal_resize_reflow_max_rows: None,
            unknown: BTreeMap::new(),
        }
    }
}

/// Notifications of the terminal interface.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct TuiNotifications {
    /// Whether there are notifications, or of which kinds.
    pub notifications: Notifications,
    /// How the terminal is told.
    pub notification_method: NotificationMethod,
    /// When the terminal is told.
    pub notification_condition: NotificationCondition,
}

/// A switch, or the kinds that are on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Notifications {
    /// All or none.
    Enabled(bool),
    /// Some kinds.
    Custom(Vec<String>),
}

impl Default for Notifications {
    fn default() -> Self {
        Self::Enabled(true)
    }
}

/// How the terminal is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum NotificationMethod {
    /// As the terminal supports it.
    #[default]
    Auto,
    /// With the escape sequence OSC 9.
    Osc9,
    /// With the escape sequence OSC 777.
    Osc777,
    /// With the bell.
    Bel,
}

/// When the terminal is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum NotificationCondition {
    /// While it has not the focus.
    #[default]
    Unfocused,
    /// Always.
    Always,
}

/// `[tui.effects]`: single effects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct TuiEffects {
    /// Stars behind the start screen.
    pub starfield: bool,
    /// Shimmering text while something runs.
    pub shimmer: bool,
    /// The welcome.
    pub welcome: bool,
    /// Changes of the reasoning effort.
    pub effort: bool,
    /// Progress.
    pub progress: bool,
    /// The terminal's title.
    pub title: bool,
}

impl Default for TuiEffects {
    fn default() -> Self {
        Self { starfield: true, shimmer: true, welcome: true, effort: true, progress: true, title: true }
    }
}

/// `[tui.rendering]`: what is drawn rather than shown as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct TuiRendering {
    /// Mermaid diagrams.
    pub mermaid: bool,
    /// Formulas.
    pub math: bool,
    /// Tables.
    pub tables: bool,
    /// Lists.
    pub lists: bool,
}

impl Default for TuiRendering {
    fn default() -> Self {
        Self { mermaid: true, math: true, tables: true, lists: true }
    }
}

/// Whether something is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum AutoAlwaysNever {
    /// When it fits the terminal.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Whether something is on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum AutoOnOff {
    /// When it fits the terminal.
    #[default]
    Auto,
    /// On.
    On,
    /// Off.
    Off,
}

/// Where the pet sits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PetAnchor {
    /// On the composer.
    #[default]
    Composer,
    /// On the lower edge of the screen.
    ScreenBottom,
}

/// Form of the list of sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SessionPickerView {
    /// Several lines each.
    Comfortable,
    /// One line each.
    Dense,
}

/// How the overview of agents is grouped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum AgentsOverviewGrouping {
    /// By project.
    #[default]
    Project,
    /// By what they are doing.
    Status,
    /// By model.
    Model,
}

/// Folder of a resumed session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ResumeCwd {
    /// The current one.
    Current,
    /// That of the session.
    Session,
}

/// `[tui.presets.<digit>]`: a prompt behind a digit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QuickDial {
    /// The prompt or slash command; not empty, and no shell command.
    pub input: String,
    /// What the list of presets says.
    pub label: Option<String>,
}

/// `[tui.model_availability_nux]`: how often a model was announced.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ModelAvailabilityNuxConfig {
    /// Slug to number.
    #[serde(flatten)]
    pub shown: BTreeMap<String, u32>,
}

fn scroll_speed<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    match Option::<f64>::deserialize(deserializer)? {
        Some(speed) if !(speed.is_finite() && speed > 0.0) => {
            Err(de::Error::custom("tui.mouse_scroll_speed must be a finite positive number"))
        }
        speed => Ok(speed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_keys_are_known_by_name() {
        let tui: TuiToml = toml::from_str("nosuch = { a = 1 }\ntheme = 'dark'\nnotifications = false\nb = 2").unwrap();
        assert_eq!(tui.unknown_names().collect::<Vec<_>>(), ["b", "nosuch"]);
        let unset: TuiToml = toml::from_str("nosuch = 1").unwrap();
        assert_eq!(serde_json::to_value(unset).unwrap(), serde_json::to_value(TuiToml::default()).unwrap());
    }
}
