//! What tests of the model's tools begin with: a scripted model, a server, one client on stdio and a thread.

use std::path::PathBuf;

use codex_app_server_test_support::model::ModelRequest;
use codex_app_server_test_support::{ModelEndpoint, Reply, ServerBuilder, TestClient, TestServer, Transcript};
use serde_json::{Value, json};

use super::server;

/// One client in one thread.
pub(crate) struct Stage {
    pub(crate) model: ModelEndpoint,
    pub(crate) server: TestServer,
    pub(crate) client: TestClient,
    pub(crate) thread: String,
}

impl Stage {
    /// A thread with these params of `thread/start`; the messages so far count as looked at.
    pub(crate) async fn new(params: Value) -> Self {
        let model = ModelEndpoint::start().await;
        let builder = server().model(&model);
        Self::on(model, builder, params).await
    }

    /// As [`Self::new`], on a server that is built otherwise.
    pub(crate) async fn on(model: ModelEndpoint, builder: ServerBuilder, params: Value) -> Self {
        let mut server = builder.start().await;
        let client = server.connect().await;
        // It comes on its own account, so its place among the client's own messages is not fixed.
        let unwanted = ["remoteControl/status/changed"];
        client.initialize_with(json!({"experimentalApi": true, "optOutNotificationMethods": unwanted})).await;
        let thread = client.start_thread(params).await;
        client.snapshot();
        Self { model, server, client, thread }
    }

    /// Scripts an answer of the model that runs this command line, and one that ends the turn.
    pub(crate) fn script(&self, call: &str, line: &str) {
        self.model.push(exec(call, line));
        self.model.say("Done");
    }

    /// Runs a turn to its end and returns the turn.
    pub(crate) async fn turn(&self) -> Value {
        self.client.run_turn(&self.thread, "Go").await
    }

    /// Runs a turn that runs this command line; what the model was told of it.
    pub(crate) async fn run(&self, line: &str) -> String {
        self.script("call_1", line);
        let turn = self.turn().await;
        assert_eq!(turn["status"], "completed", "{turn}");
        self.told("call_1")
    }

    /// What the model was told of a call, the last time that it was asked.
    pub(crate) fn told(&self, call: &str) -> String {
        let requests = self.model.requests();
        told(requests.last().unwrap(), call)
    }

    /// The folder that the server and its threads work in.
    pub(crate) fn cwd(&self) -> PathBuf {
        self.server.home().cwd()
    }

    /// Ends all; the whole conversation.
    pub(crate) async fn finish(self) -> Transcript {
        let transcript = self.client.finish().await;
        self.server.finish().await;
        transcript
    }

    /// Ends all; what was said about turns, items and questions, normalised. Output of commands is left out: whether a short
    /// one is told of as it comes is a matter of the machine's speed.
    pub(crate) async fn ended(self) -> String {
        let is_output = |message: &Value| message["method"] == "item/commandExecution/outputDelta";
        self.finish().await.snapshot_of(|message| is_about_turns(message) && !is_output(message))
    }

    /// As [`Self::ended`], with the output of commands.
    pub(crate) async fn ended_with_output(self) -> String {
        self.finish().await.snapshot_of(is_about_turns)
    }
}

/// Whether a message is a turn's, an item's or a question's: all but the handshake, the thread's beginning and accounts.
fn is_about_turns(message: &Value) -> bool {
    const BEGINNINGS: [&str; 4] = ["turn/", "item/", "thread/status/", "serverRequest/"];
    let method = message["method"].as_str().unwrap_or_default();
    let is_answer =
        method.is_empty() && message["result"]["thread"].is_null() && message["result"]["userAgent"].is_null();
    is_answer || BEGINNINGS.iter().any(|beginning| method.starts_with(beginning))
}

/// An answer of the model that runs this command line.
pub(crate) fn exec(call: &str, line: &str) -> Reply {
    exec_with(call, json!({"cmd": line}))
}

/// An answer of the model that calls `exec_command` with these arguments.
pub(crate) fn exec_with(call: &str, arguments: Value) -> Reply {
    Reply::turn().call(call, "exec_command", &arguments)
}

/// What a request tells the model of a call.
pub(crate) fn told(request: &ModelRequest, call: &str) -> String {
    let input = request.body["input"].as_array().unwrap();
    let is_answer =
        |item: &&Value| item["call_id"] == *call && item["type"].as_str().is_some_and(|kind| kind.ends_with("_output"));
    let answer = input.iter().rfind(is_answer);
    answer.and_then(|item| item["output"].as_str()).unwrap_or_else(|| panic!("no answer to {call}")).to_owned()
}

/// The id of the session that a call has left running.
pub(crate) fn session_of(request: &ModelRequest, call: &str) -> i64 {
    let told = told(request, call);
    let id = told.lines().find_map(|line| line.strip_prefix("Process running with session ID "));
    id.unwrap_or_else(|| panic!("no session: {told}")).parse().unwrap()
}

/// A command that applies a patch with these lines between its first and its last one.
pub(crate) fn patch(lines: &str) -> String {
    format!("apply_patch <<'EOF'\n*** Begin Patch\n{lines}\n*** End Patch\nEOF\n")
}

/// The items of notifications of this method, of one type.
pub(crate) fn items<'a>(messages: &'a [Value], method: &str, kind: &str) -> Vec<&'a Value> {
    let told = messages.iter().filter(|message| message["method"] == *method);
    told.map(|message| &message["params"]["item"]).filter(|item| item["type"] == *kind).collect()
}
