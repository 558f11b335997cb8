//! Turns that act: scripts of calls, what came of them, and clients that answer questions.

use std::path::Path;
use std::sync::Arc;

use codex_app_server_protocol::{ErrorKind, RpcError, ServerNotification, v2};
use codex_sandbox::{Backend, Sandbox as _};
use serde_json::value::to_raw_value;
use serde_json::{Value, json};

use crate::harness::{Client, Lab, Options, Told, sandbox};

/// Settings under which everything runs and nobody is asked.
pub(crate) const FREE: &str = "sandbox_mode = 'danger-full-access'\napproval_policy = 'never'\n";

/// Settings under which everything runs, once it may.
pub(crate) const OPEN: &str = "sandbox_mode = 'danger-full-access'\n";

/// Settings under which the working folder may be written, and nothing beside it.
pub(crate) const WORKSPACE: &str =
    "sandbox_mode = 'workspace-write'\n[sandbox_workspace_write]\nexclude_slash_tmp = true\n";

/// A model that is offered patches as a tool for free text.
pub(crate) const FREEFORM: &str = "model_catalog_json = 'models.json'\nmodel = 'patcher'\n";

/// The catalogue of [`FREEFORM`].
const MODELS: &str = r#"{"models": [{"slug": "patcher", "apply_patch_tool_type": "freeform"}, {"slug": "blind",
    "input_modalities": ["text"]}]}"#;

/// A call of a function.
pub(crate) fn call(name: &str, arguments: Value) -> Value {
    json!({ "call": { "name": name, "arguments": arguments } })
}

/// A call of a function under an id.
pub(crate) fn call_as(id: &str, name: &str, arguments: Value) -> Value {
    json!({ "call": { "name": name, "arguments": arguments, "call_id": id } })
}

/// A command line.
pub(crate) fn exec(cmd: &str) -> Value {
    call("exec_command", json!({ "cmd": cmd }))
}

/// A patch as a call of the tool for free text.
pub(crate) fn patch(hunks: &str) -> Value {
    json!({ "custom_call": { "name": "apply_patch", "input": whole_patch(hunks) } })
}

/// A patch inside of a command line.
pub(crate) fn heredoc(hunks: &str) -> Value {
    exec(&format!("apply_patch <<'EOF'\n{}EOF\n", whole_patch(hunks)))
}

pub(crate) fn whole_patch(hunks: &str) -> String {
    format!("*** Begin Patch\n{hunks}*** End Patch\n")
}

/// A script: answers that make these calls, one answer after the other, then the model has done.
pub(crate) fn acts(answers: &[Value]) -> String {
    turns(&[answers])
}

/// The same for several turns.
pub(crate) fn turns(turns: &[&[Value]]) -> String {
    let mut list = Vec::new();
    for answers in turns {
        list.extend(answers.iter().map(|calls| json!({ "items": calls, "literal": true })));
        list.push(json!({ "text": "Done." }));
    }
    json!({ "answer": list }).to_string()
}

/// A script: what the user says is the arguments of a call of this tool, and the model repeats what comes of it.
pub(crate) fn echo(tool: &str) -> String {
    let calls = json!([{ "name": tool, "arguments": "{{input}}" }]);
    let answer = json!({ "when": "{", "calls": calls, "then": [{ "text": "{{output}}" }] });
    json!({ "answer": [answer] }).to_string()
}

/// Whether commands can be confined here; says so when not.
pub(crate) fn can_confine() -> bool {
    let available = sandbox().available();
    let can = available.has(Backend::Namespaces) || available.has(Backend::Bubblewrap);
    if !can {
        eprintln!("skipped: no sandbox of this host keeps commands in their folder: {:?}", available.missing);
    }
    can
}

/// One turn of a lab: who listens, and what it brought.
pub(crate) struct Acted {
    pub(crate) lab: Lab,
    pub(crate) client: Arc<Client>,
    pub(crate) thread: String,
}

impl Acted {
    /// A thread on a script, nothing begun.
    pub(crate) async fn on(script: &str, config: &str) -> Self {
        Self::start(Lab::with(Options { script, config, ..Options::default() }), None).await
    }

    /// The same, and the user is asked about everything.
    pub(crate) async fn asking(script: &str, config: &str) -> Self {
        let lab = Lab::with(Options { script, config, ..Options::default() });
        Self::start(lab, Some(v2::AskForApproval::Untrusted)).await
    }

    /// A thread of a lab, under an approval policy or that of the configuration.
    pub(crate) async fn start(lab: Lab, approval_policy: Option<v2::AskForApproval>) -> Self {
        std::fs::write(lab.home.join("models.json"), MODELS).unwrap();
        let client = lab.client();
        let thread = lab.start_with(&client, v2::ThreadStartParams { approval_policy, ..Default::default() }).await;
        Self { lab, client, thread: thread.thread.id }
    }

    /// The same after one turn has run to its end.
    pub(crate) async fn once(script: &str, config: &str) -> Self {
        let acted = Self::on(script, config).await;
        acted.run("go").await;
        acted
    }

    pub(crate) async fn begin(&self, text: &str) -> String {
        self.lab.turn(&self.client, &self.thread, text).await.unwrap()
    }

    pub(crate) async fn run(&self, text: &str) -> v2::Turn {
        self.lab.run(&self.client, &self.thread, text).await
    }

    /// What the calls were answered, in the order of the history.
    pub(crate) fn outputs(&self) -> Vec<String> {
        outputs(&self.lab.rollout()).into_iter().map(|(_, output)| text(&output)).collect()
    }

    /// The output of the only call.
    pub(crate) fn output(&self) -> String {
        let mut outputs = self.outputs();
        assert_eq!(outputs.len(), 1, "{outputs:?}");
        outputs.remove(0)
    }

    pub(crate) fn file(&self, name: &str) -> std::path::PathBuf {
        self.lab.cwd.join(name)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.file(name)).unwrap()
    }

    /// Whether this answer of the client counts.
    pub(crate) fn answer(&self, asked: &Asked, answer: Value) -> bool {
        answer_from(&self.lab, &self.client, asked, answer)
    }

    /// Answers with one of the decisions.
    pub(crate) fn decide(&self, asked: &Asked, decision: impl Into<Value>) {
        assert!(self.answer(asked, json!({ "decision": decision.into() })), "the answer does not count");
    }
}

/// Whether this answer of a client counts.
pub(crate) fn answer_from(lab: &Lab, client: &Client, asked: &Asked, answer: Value) -> bool {
    lab.engine.answer(asked.id, client.id, Ok(to_raw_value(&answer).unwrap()))
}

/// Whether this refusal of a client counts.
pub(crate) fn refuse_from(lab: &Lab, client: &Client, asked: &Asked) -> bool {
    lab.engine.answer(asked.id, client.id, Err(RpcError::new(ErrorKind::InvalidRequest, "no")))
}

/// The outputs in a rollout, with the ids of their calls.
pub(crate) fn outputs(lines: &[Value]) -> Vec<(String, Value)> {
    let payloads = lines.iter().filter(|line| line["type"] == "response_item").map(|line| &line["payload"]);
    let outputs = payloads.filter(|payload| payload["type"].as_str().unwrap().ends_with("call_output"));
    outputs.map(|output| (output["call_id"].as_str().unwrap().to_owned(), output["output"].clone())).collect()
}

fn text(output: &Value) -> String {
    output.as_str().map_or_else(|| output.to_string(), str::to_owned)
}

/// What a command printed, of the text that the model is given.
pub(crate) fn printed(output: &str) -> &str {
    output.split_once("Output:\n").unwrap_or_else(|| panic!("no output in {output:?}")).1
}

/// The session that an output tells of.
pub(crate) fn session(output: &str) -> i32 {
    let (_, after) = output.split_once("Process running with session ID ").unwrap_or_else(|| panic!("{output:?}"));
    after.split_once('\n').unwrap().0.parse().unwrap()
}

/// The texts of all messages for the model, by role.
pub(crate) fn messages(lines: &[Value], role: &str) -> Vec<String> {
    let payloads = lines.iter().filter(|line| line["type"] == "response_item").map(|line| &line["payload"]);
    let content =
        payloads.filter(|payload| payload["role"] == role).filter_map(|payload| payload["content"].as_array());
    content.flatten().filter_map(|part| part["text"].as_str().map(str::to_owned)).collect()
}

/// A question that a client got.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) id: i64,
    pub(crate) method: &'static str,
    pub(crate) params: Value,
}

impl Client {
    /// All questions so far.
    pub(crate) fn all_asked(&self) -> Vec<Asked> {
        all_asked(&self.told())
    }

    /// The question with this number, the first being 0; waits for it.
    pub(crate) async fn asked(&self, number: usize) -> Asked {
        self.until_told("question", |told| all_asked(told).into_iter().nth(number)).await
    }

    /// The completed items of a kind as JSON, each with the turn that it was told of.
    pub(crate) fn completed_items(&self, kind: &str) -> Vec<(String, Value)> {
        let completed = self.events().into_iter().filter_map(|event| match event {
            ServerNotification::ItemCompleted(completed) => {
                Some((completed.turn_id, serde_json::to_value(&completed.item).unwrap()))
            }
            _ => None,
        });
        completed.filter(|(_, item)| item["type"] == kind).collect()
    }

    /// The one completed command.
    pub(crate) fn command(&self) -> Value {
        let mut commands = self.completed_items("commandExecution");
        assert_eq!(commands.len(), 1, "{commands:?}");
        commands.remove(0).1
    }

    /// Waits for the completed item of a command; answers with the turn it was told of, too.
    pub(crate) async fn command_done(&self, item_id: &str) -> (String, Value) {
        self.until("end of a command", |event| match event {
            ServerNotification::ItemCompleted(completed) => {
                let item = serde_json::to_value(&completed.item).unwrap();
                (item["id"] == item_id).then(|| (completed.turn_id.clone(), item))
            }
            _ => None,
        })
        .await
    }

    /// Waits until a command has printed something, as its deltas tell.
    pub(crate) async fn has_printed(&self, item_id: &str, wanted: &str) {
        self.until_told("output", |told| deltas(told, item_id).contains(wanted).then_some(())).await;
    }

    /// All that a command has printed, as its deltas tell.
    pub(crate) fn deltas(&self, item_id: &str) -> String {
        deltas(&self.told(), item_id)
    }

    /// The questions that were told to be settled.
    pub(crate) fn resolved(&self) -> Vec<i64> {
        let resolved = self.events().into_iter().filter_map(|event| match event {
            ServerNotification::ServerRequestResolved(resolved) => Some(resolved.request_id),
            _ => None,
        });
        resolved.map(|id| serde_json::to_value(id).unwrap().as_i64().unwrap()).collect()
    }

    /// The texts of all warnings.
    pub(crate) fn warnings(&self) -> Vec<String> {
        let warnings = self.events().into_iter().filter_map(|event| match event {
            ServerNotification::Warning(warning) => Some(warning.message),
            _ => None,
        });
        warnings.collect()
    }

    /// The diffs of turns that were told.
    pub(crate) fn diffs(&self) -> Vec<String> {
        let diffs = self.events().into_iter().filter_map(|event| match event {
            ServerNotification::TurnDiffUpdated(updated) => Some(updated.diff),
            _ => None,
        });
        diffs.collect()
    }
}

fn all_asked(told: &[Told]) -> Vec<Asked> {
    let asked = told.iter().filter_map(|told| match told {
        Told::Question { id, method, params } => Some(Asked { id: *id, method, params: params.clone() }),
        Told::Answer(_) | Told::Event(_) => None,
    });
    asked.collect()
}

fn deltas(told: &[Told], item_id: &str) -> String {
    let deltas = told.iter().filter_map(|told| match told {
        Told::Event(event) => match &event.body {
            ServerNotification::ItemCommandExecutionOutputDelta(delta) if delta.item_id == item_id => {
                Some(delta.delta.clone())
            }
            _ => None,
        },
        Told::Answer(_) | Told::Question { .. } => None,
    });
    deltas.collect()
}

/// Waits until a process is gone, zombies included.
pub(crate) async fn gone(pid: &str) {
    let process = Path::new("/proc").join(pid.trim());
    let gone = async {
        while process.exists() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(crate::harness::PATIENCE, gone).await.expect("the process lives on");
}

/// A command line that waits for a file in its folder.
pub(crate) fn until_file(name: &str) -> String {
    format!("while [ ! -e {name} ]; do sleep 0.02; done")
}

/// A script: what the user says is the arguments of `exec_command` or `write_stdin`, and the model repeats what comes of it.
pub(crate) fn typed() -> String {
    let rule = |when: &str, tool: &str| {
        let calls = json!([{ "name": tool, "arguments": "{{input}}" }]);
        json!({ "when": when, "calls": calls, "then": [{ "text": "{{output}}" }] })
    };
    json!({ "answer": [rule("session_id", "write_stdin"), rule("\"cmd\"", "exec_command")] }).to_string()
}

impl Acted {
    /// Runs a turn whose call has these arguments; what the call was answered.
    pub(crate) async fn does(&self, arguments: Value) -> String {
        self.run(&arguments.to_string()).await;
        self.outputs().pop().unwrap()
    }

    /// Starts a command that runs on; its session and its item.
    pub(crate) async fn session(&self, cmd: &str, tty: bool) -> (i32, String) {
        let output = self.does(json!({ "cmd": cmd, "tty": tty, "yield_time_ms": 250 })).await;
        (session(&output), outputs(&self.lab.rollout()).pop().unwrap().0)
    }
}
