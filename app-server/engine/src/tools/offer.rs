//! Which tools a model is offered, and how they are described to it.

use std::sync::{Arc, LazyLock};

use codex_app_server_protocol::v2::SandboxPolicy;
use codex_config_loader::{Config, WebSearchMode};
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value, json};

use super::{DynamicTools, Tool};
use crate::turn::TurnFacts;

/// The grammar of patches, in Lark's notation.
const PATCH_GRAMMAR: &str = include_str!("apply_patch.lark");

/// The tools of ours that the turn's model is offered, in the order in which it is told of them.
pub(crate) fn offered(turn: &TurnFacts, config: &Config, has_goals: bool) -> Vec<Tool> {
    let freeform = turn.model.info.apply_patch_tool_type.as_deref() == Some("freeform");
    [
        (Tool::ExecCommand, true),
        (Tool::WriteStdin, true),
        (Tool::UpdatePlan, config.update_plan_tool),
        (Tool::RequestUserInput, true),
        (Tool::ApplyPatch, freeform),
        (Tool::RequestPermissions, config.features.enabled("request_permissions_tool")),
        (Tool::ViewImage, turn.model.info.input_modalities.iter().any(|kind| kind == "image")),
        (Tool::GetGoal, has_goals),
        (Tool::CreateGoal, has_goals),
        (Tool::UpdateGoal, has_goals),
    ]
    .into_iter()
    .filter(|(_, is_offered)| *is_offered)
    .map(|(tool, _)| tool)
    .collect()
}

/// The tools as the model is told of them, those of the client and of the provider included.
pub(crate) fn wire_forms(
    offered: &[Tool],
    dynamic: &DynamicTools,
    turn: &TurnFacts,
    config: &Config,
) -> Result<Vec<Arc<RawValue>>, serde_json::Error> {
    let mut forms = Vec::with_capacity(offered.len() + 1);
    for tool in offered {
        let with_permissions = *tool == Tool::ExecCommand && config.features.enabled("exec_permission_approvals");
        forms.push(if with_permissions { form_with_permissions() } else { form(*tool) }?);
    }
    forms.extend(dynamic.forms(|name| offered.iter().any(|tool| tool.name() == name)).cloned());
    if let Some(search) = web_search(turn, config) {
        forms.push(Arc::from(to_raw_value(&search)?));
    }
    Ok(forms)
}

/// The search of the provider.
fn web_search(turn: &TurnFacts, config: &Config) -> Option<Value> {
    let is_live = match config.web_search {
        Some(WebSearchMode::Disabled) => return None,
        Some(WebSearchMode::Live) => true,
        Some(WebSearchMode::Cached) => false,
        // Who may do anything may look anywhere.
        _ => turn.settings.sandbox_policy == SandboxPolicy::DangerFullAccess,
    };
    let mut search = json!({ "type": "web_search", "external_web_access": is_live });
    if turn.model.info.web_search_tool_type.as_deref() == Some("text_and_image") {
        search["search_content_types"] = json!(["text", "image"]);
    }
    Some(search)
}

/// A description that is written once in a process.
type Form = LazyLock<Result<Arc<RawValue>, String>>;

fn make(form: &Value) -> Result<Arc<RawValue>, String> {
    to_raw_value(form).map(Arc::from).map_err(|error| error.to_string())
}

/// `exec_command` where commands may ask for more than the sandbox gives.
fn form_with_permissions() -> Result<Arc<RawValue>, serde_json::Error> {
    static EXEC_COMMAND: Form = LazyLock::new(|| {
        let mut form = exec_command();
        let properties = &mut form["parameters"]["properties"];
        properties["sandbox_permissions"]["enum"] =
            json!(["use_default", "require_escalated", "with_additional_permissions"]);
        properties["additional_permissions"] =
            permissions("With `with_additional_permissions`: what the command may do beyond the rules of the sandbox.");
        make(&form)
    });
    (*EXEC_COMMAND).clone().map_err(serde::ser::Error::custom)
}

fn form(tool: Tool) -> Result<Arc<RawValue>, serde_json::Error> {
    static EXEC_COMMAND: Form = LazyLock::new(|| make(&exec_command()));
    static WRITE_STDIN: Form = LazyLock::new(|| make(&write_stdin()));
    static UPDATE_PLAN: Form = LazyLock::new(|| make(&update_plan()));
    static REQUEST_USER_INPUT: Form = LazyLock::new(|| make(&request_user_input()));
    static APPLY_PATCH: Form = LazyLock::new(|| make(&apply_patch()));
    static REQUEST_PERMISSIONS: Form = LazyLock::new(|| make(&request_permissions()));
    static VIEW_IMAGE: Form = LazyLock::new(|| make(&view_image()));
    static GET_GOAL: Form = LazyLock::new(|| make(&get_goal()));
    static CREATE_GOAL: Form = LazyLock::new(|| make(&create_goal()));
    static UPDATE_GOAL: Form = LazyLock::new(|| make(&update_goal()));
    let form: &Form = match tool {
        Tool::GetGoal => &GET_GOAL,
        Tool::CreateGoal => &CREATE_GOAL,
        Tool::UpdateGoal => &UPDATE_GOAL,
        Tool::ExecCommand => &EXEC_COMMAND,
        Tool::WriteStdin => &WRITE_STDIN,
        Tool::UpdatePlan => &UPDATE_PLAN,
        Tool::RequestUserInput => &REQUEST_USER_INPUT,
        Tool::ApplyPatch => &APPLY_PATCH,
        Tool::ViewImage => &VIEW_IMAGE,
        Tool::RequestPermissions => &REQUEST_PERMISSIONS,
    };
    (**form).clone().map_err(serde::ser::Error::custom)
}

fn function(tool: Tool, description: &str, properties: Value, required: &[&str]) -> Value {
    json!({
        "type": "function",
        "name": tool.name(),
        "description": description,
        "strict": false,
        "parameters": object(properties, required),
    })
}

fn object(properties: Value, required: &[&str]) -> Value {
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

fn exec_command() -> Value {
    let number = |description: &str| json!({ "type": "number", "description": description });
    let text = |description: &str| json!({ "type": "string", "description": description });
    let flag = |description: &str| json!({ "type": "boolean", "description": description });
    function(
        Tool::ExecCommand,
        "Runs a command line in a shell and returns what it prints. A command that is still running when the wait is over \
         goes on as a session, whose id is returned; write_stdin waits for more of it.",
        json!({
            "cmd": text("The command line."),
            "workdir": text("Folder to run it in, relative to the working folder of the turn, which is the default."),
            "shell": text("Shell to use; the user's own by default."),
            "login": flag("Whether the shell reads the user's profile first. Default true."),
            "tty": flag(
                "Whether the command gets a terminal, which it needs to be written to later. Default false: pipes, \
                 and no input."
            ),
            "yield_time_ms": number(
                "How long to wait for the command, in milliseconds: 250 to 30000, by default 10000."
            ),
            "max_output_tokens": number("How much of the output to return at most; the middle is left out beyond it."),
            "sandbox_permissions": {
                "type": "string",
                "enum": ["use_default", "require_escalated"],
                "description": "`require_escalated` runs it outside of the sandbox, for which the user may be asked; \
                                only when the command needs it.",
            },
            "justification": text(
                "With `require_escalated`: one sentence for the user that asks whether the command may run, and why."
            ),
            "prefix_rule": {
                "type": "array",
                "items": { "type": "string" },
                "description": "With `require_escalated`: the first words of the command, if all commands that begin with \
                                them could be allowed from now on. As narrow as is useful.",
            },
        }),
        &["cmd"],
    )
}

fn write_stdin() -> Value {
    function(
        Tool::WriteStdin,
        "Writes to a command that runs as a session, and returns what it has printed since.",
        json!({
            "session_id": { "type": "number", "description": "The session, as exec_command has returned it." },
            "chars": { "type": "string", "description": "What to write. Nothing only waits for output." },
            "yield_time_ms": {
                "type": "number",
                "description": "How long to wait for output, in milliseconds: by default 250 after writing, and at \
                                least 5000 without.",
            },
            "max_output_tokens": {
                "type": "number",
                "description": "How much of the output to return at most; the middle is left out beyond it.",
            },
        }),
        &["session_id"],
    )
}

fn update_plan() -> Value {
    let step = object(
        json!({
            "step": { "type": "string", "description": "What is to be done." },
            "status": {
                "type": "string",
                "enum": ["pending", "in_progress", "completed"],
                "description": "How far it is.",
            },
        }),
        &["step", "status"],
    );
    function(
        Tool::UpdatePlan,
        "Shows the user the plan of the work, or how far it has come. At most one step is in progress at a time.",
        json!({
            "explanation": { "type": "string", "description": "Why the plan has changed." },
            "plan": { "type": "array", "items": step, "description": "All steps, in order." },
        }),
        &["plan"],
    )
}

fn request_user_input() -> Value {
    let option = object(
        json!({
            "label": { "type": "string", "description": "The answer in a few words." },
            "description": { "type": "string", "description": "What choosing it means." },
        }),
        &["label", "description"],
    );
    let question = object(
        json!({
            "id": { "type": "string", "description": "A name for the answer." },
            "header": { "type": "string", "description": "A title of one or two words." },
            "question": { "type": "string", "description": "The question in one sentence." },
            "options": {
                "type": "array",
                "items": option,
                "description": "Two or three answers to choose from; the user can always give another one.",
            },
        }),
        &["id", "header", "question", "options"],
    );
    function(
        Tool::RequestUserInput,
        "Asks the user, and waits for the answers. Only while a plan is being made (Plan mode).",
        json!({
            "questions": { "type": "array", "items": question, "description": "One to three questions." },
        }),
        &["questions"],
    )
}

fn apply_patch() -> Value {
    json!({
        "type": "custom",
        "name": Tool::ApplyPatch.name(),
        "description": "Changes files by a patch. The input is the patch itself, not JSON.",
        "format": { "type": "grammar", "syntax": "lark", "definition": PATCH_GRAMMAR },
    })
}

fn view_image() -> Value {
    function(
        Tool::ViewImage,
        "Shows you an image file of this machine.",
        json!({ "path": { "type": "string", "description": "The file." } }),
        &["path"],
    )
}

fn get_goal() -> Value {
    function(
        Tool::GetGoal,
        "Returns the goal of this thread, how it stands, and what was used of its budget.",
        json!({}),
        &[],
    )
}

fn create_goal() -> Value {
    function(
        Tool::CreateGoal,
        "Gives this thread a goal, on which you go on working by yourself. Only when the user asks for one; an ordinary \
         task is none. A goal that is not reached cannot be replaced.",
        json!({
            "objective": { "type": "string", "description": "What is to be reached, so that it can be checked." },
            "token_budget": {
                "type": "integer",
                "description": "How many tokens may be used, more than 0. Only when the user names a number.",
            },
        }),
        &["objective"],
    )
}

fn update_goal() -> Value {
    function(
        Tool::UpdateGoal,
        "Says how the goal of this thread stands.",
        json!({
            "status": {
                "type": "string",
                "enum": ["complete", "blocked", "paused"],
                "description": "`complete` when everything is reached and checked, not when a budget ends; `blocked` when \
                                nothing can be done without the user, after several attempts; `paused` only when the \
                                user asks for it.",
            },
        }),
        &["status"],
    )
}

fn request_permissions() -> Value {
    function(
        Tool::RequestPermissions,
        "Asks the user for more than the sandbox gives. What is granted, which may be less, holds for the commands and \
         patches that follow: in this turn, or as long as the user wants.",
        json!({
            "reason": { "type": "string", "description": "One sentence for the user: what it is needed for." },
            "permissions": permissions("What is asked for."),
        }),
        &["permissions"],
    )
}

fn permissions(description: &str) -> Value {
    let paths =
        |description: &str| json!({ "type": "array", "items": { "type": "string" }, "description": description });
    let file_system = object(
        json!({
            "read": paths("Files and folders to read."),
            "write": paths("Files and folders to read and write."),
        }),
        &[],
    );
    let network = object(json!({ "enabled": { "type": "boolean", "description": "Whether it is to be used." } }), &[]);
    let mut permissions = object(json!({ "file_system": file_system, "network": network }), &[]);
    permissions["description"] = description.into();
    permissions
}
