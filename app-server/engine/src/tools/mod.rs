//! The tools of the model: what is offered, and what a call of one does.
//!
//! Every call that was accepted is answered to the model exactly once, in the order of the calls. A call that is given up
//! ends what it has started; a command that was already told to run on is spared.

mod command_item;
mod dynamic;
mod exec;
mod goal;
mod image;
mod offer;
mod patch;
mod plan;
mod request_permissions;
mod state;
mod stdin;
mod user_input;
mod user_shell;
mod watch;

use std::sync::Arc;

use codex_app_server_protocol::Request;
use codex_app_server_protocol::v2::ThreadActiveFlag;
use codex_model_client::OutputItemKind;
use codex_sandbox::{SandboxMode, SandboxSpec};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

pub(crate) use dynamic::DynamicTools;
pub use dynamic::{DynamicToolError, DynamicToolName};
pub(crate) use offer::{offered, wire_forms};
pub(crate) use patch::repeat_diff;
pub(crate) use state::{SessionTag, ThreadTools, TurnState, load_rules};
pub(crate) use user_shell::{USER_SHELL_TIMEOUT, UserShell, run_user_shell};

use crate::confinement::{ConfinementError, Places, rules_of_policy, rules_of_profile};
use crate::thread::{Answered, ThreadShared};
use crate::turn::{Ending, TurnFacts};

/// A tool of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Tool {
    ExecCommand,
    WriteStdin,
    UpdatePlan,
    RequestUserInput,
    ApplyPatch,
    ViewImage,
    RequestPermissions,
    GetGoal,
    CreateGoal,
    UpdateGoal,
}

impl Tool {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::ExecCommand => "exec_command",
            Self::WriteStdin => "write_stdin",
            Self::UpdatePlan => "update_plan",
            Self::RequestUserInput => "request_user_input",
            Self::ApplyPatch => "apply_patch",
            Self::ViewImage => "view_image",
            Self::RequestPermissions => "request_permissions",
            Self::GetGoal => "get_goal",
            Self::CreateGoal => "create_goal",
            Self::UpdateGoal => "update_goal",
        }
    }
}

/// A call that the model made.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) id: String,
    pub(crate) form: Form,
    what: What,
}

/// How a call was made, which decides how it is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// With arguments as JSON.
    Function,
    /// With free text.
    Custom,
}

#[derive(Clone, Debug)]
enum What {
    /// A tool that was offered, with its arguments or text.
    Known(Tool, String),
    /// A tool that the client carries out, with its arguments.
    Dynamic { namespace: Option<String>, tool: String, arguments: String },
    /// Anything else, with what the model is told.
    Unknown(String),
}

/// What a call brought.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Output {
    /// A text for the model.
    Text(String),
    /// Parts of a message for the model.
    Parts(Vec<Value>),
    /// The user wants the turn to end.
    Cancelled,
}

impl From<String> for Output {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl Call {
    /// The tool's name; of what was never offered a word in place of it.
    pub(crate) fn name(&self) -> &str {
        match &self.what {
            What::Known(tool, _) => tool.name(),
            What::Dynamic { tool, .. } => tool,
            What::Unknown(_) => "unknown",
        }
    }

    /// The call in an item of the model, if it is one that is answered here.
    pub(crate) fn of(kind: &OutputItemKind, offered: &[Tool], dynamic: &DynamicTools) -> Option<Self> {
        let find = |name: &str| offered.iter().copied().find(|tool| tool.name() == name);
        Some(match kind {
            OutputItemKind::FunctionCall { call_id, name, namespace, arguments, .. } => {
                let known = find(name).filter(|tool| namespace.is_none() && *tool != Tool::ApplyPatch);
                let what = match known {
                    Some(tool) => What::Known(tool, arguments.clone()),
                    None if dynamic.has(namespace.as_deref(), name) => {
                        What::Dynamic { namespace: namespace.clone(), tool: name.clone(), arguments: arguments.clone() }
                    }
                    None => {
                        What::Unknown(format!("unsupported call: {}{name}", namespace.as_deref().unwrap_or_default()))
                    }
                };
                Self { id: call_id.clone(), form: Form::Function, what }
            }
            OutputItemKind::CustomToolCall { call_id, name, input, .. } => {
                let what = match find(name).filter(|tool| *tool == Tool::ApplyPatch) {
                    Some(tool) => What::Known(tool, input.clone()),
                    None => What::Unknown(format!("unsupported custom tool call: {name}")),
                };
                Self { id: call_id.clone(), form: Form::Custom, what }
            }
            _ => return None,
        })
    }

    /// Whether it may run beside other calls.
    pub(crate) fn is_parallel(&self) -> bool {
        match &self.what {
            What::Known(Tool::ExecCommand | Tool::ViewImage, _) | What::Dynamic { .. } | What::Unknown(_) => true,
            What::Known(..) => false,
        }
    }

    /// Whether it comes to its end by itself when the turn is to stop.
    pub(crate) fn ends_by_itself(&self) -> bool {
        matches!(self.what, What::Dynamic { .. })
    }

    /// Does what the model wants. Given up, it ends what it started.
    pub(crate) async fn run(self, thread: Arc<ThreadShared>, turn: Arc<TurnFacts>) -> Result<Output, Ending> {
        let Self { id, what, .. } = self;
        let caller = Caller { thread, turn, call_id: id };
        match what {
            What::Unknown(told) => Ok(told.into()),
            What::Dynamic { namespace, tool, arguments } => dynamic::run(&caller, namespace, tool, &arguments).await,
            What::Known(Tool::ExecCommand, arguments) => exec::run(&caller, &arguments).await,
            What::Known(Tool::WriteStdin, arguments) => stdin::run(&caller, &arguments).await,
            What::Known(Tool::ApplyPatch, text) => {
                let cwd = caller.turn.settings.cwd.as_path().to_owned();
                Ok(match patch::run(&caller, text, cwd).await? {
                    patch::Outcome::Made(told) => told.into(),
                    patch::Outcome::Not(output) => output,
                })
            }
            What::Known(Tool::UpdatePlan, arguments) => Ok(plan::run(&caller, &arguments)),
            What::Known(Tool::RequestUserInput, arguments) => Ok(user_input::run(&caller, &arguments).await),
            What::Known(Tool::ViewImage, arguments) => image::run(&caller, &arguments).await,
            What::Known(Tool::GetGoal, _) => Ok(goal::get(&caller).await),
            What::Known(Tool::CreateGoal, arguments) => Ok(goal::create(&caller, &arguments).await),
            What::Known(Tool::UpdateGoal, arguments) => Ok(goal::update(&caller, &arguments).await),
            What::Known(Tool::RequestPermissions, arguments) => Ok(request_permissions::run(&caller, &arguments).await),
        }
    }

    /// The item of the history that answers the call.
    pub(crate) fn answer(&self, id: &str, output: &Value) -> Value {
        let (kind, prefix) = match self.form {
            Form::Function => ("function_call_output", "fco"),
            Form::Custom => ("custom_tool_call_output", "ctco"),
        };
        json!({ "type": kind, "id": format!("{prefix}_{id}"), "call_id": self.id, "output": output })
    }

    /// What the model is told of a call that was given up after so many seconds.
    pub(crate) fn aborted(&self, seconds: f64) -> String {
        // A call takes some time, however little.
        let seconds = seconds.max(0.1);
        match self.form {
            Form::Function => format!("Wall time: {seconds:.1} seconds\naborted by user"),
            Form::Custom => format!("aborted by user after {seconds:.1}s"),
        }
    }
}

/// Who calls: a turn of a thread, by this call.
pub(crate) struct Caller {
    pub(crate) thread: Arc<ThreadShared>,
    pub(crate) turn: Arc<TurnFacts>,
    pub(crate) call_id: String,
}

impl Caller {
    /// What commands and patches of the turn may do.
    fn confinement(&self) -> Result<SandboxSpec, ConfinementError> {
        let settings = &self.turn.settings;
        let config = self.thread.config();
        let mut roots: Vec<_> = settings.workspace_roots.iter().map(|root| root.as_path().to_owned()).collect();
        if roots.is_empty() {
            roots.push(settings.cwd.as_path().to_owned());
        }
        let places = Places { roots, tmpdir: self.thread.tools.host.tmpdir(), home: self.thread.loader.user_home() };
        let profiles = &config.permissions.profiles;
        let mut rules = match &settings.active_permission_profile {
            Some(profile) if profiles.contains_key(&profile.id) => rules_of_profile(&profile.id, profiles, &places)?,
            _ => rules_of_policy(&settings.sandbox_policy, &places),
        };
        self.thread.tools.granted.widen(&mut rules);
        self.turn.tools.granted.widen(&mut rules);
        Ok(rules)
    }

    /// Asks the user for leave, and shows that the thread waits for it.
    async fn ask_leave<M: Request>(&self, params: &M::Params) -> Answered<M::Result> {
        let waiting = self.thread.wait_on(ThreadActiveFlag::WaitingOnApproval);
        self.thread.warn_unreviewed(self.turn.settings.approvals_reviewer);
        let answered = self.thread.ask::<M>(params).await;
        waiting.end();
        answered
    }

    /// The rules of a command that leaves the sandbox of the turn.
    fn without_sandbox(&self, rules: &SandboxSpec) -> SandboxSpec {
        match rules.mode.confines() {
            true => SandboxSpec { mode: SandboxMode::DangerFullAccess, network: true, ..rules.clone() },
            false => rules.clone(),
        }
    }
}

/// The arguments of a call, or what the model is told instead.
fn arguments<T: DeserializeOwned>(text: &str) -> Result<T, Output> {
    serde_json::from_str(text).map_err(|error| Output::Text(format!("failed to parse function arguments: {error}")))
}
