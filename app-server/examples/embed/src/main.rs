//! A turn on a server in this very program: `codex-app-server-embed-example [PROMPT]` prints what the model says while it
//! says it.
//!
//! The scripted model answers, in a home and a folder that are gone afterwards; another program leaves both out of the options
//! and gets the user's. There is no JSON between this program and the server, but the results of requests come as such.
#![forbid(unsafe_code)]

use std::io::{Write, stdout};
use std::process::ExitCode;

use codex_app_server::embed::{self, EmbedOptions, Embedded, EmbeddedEvent, EmbeddedEvents};
use codex_app_server_protocol::v2::{
    AskForApproval, SandboxMode, ThreadStartParams, TurnStartParams, TurnStatus, UserInput,
};
use codex_app_server_protocol::{ErrorKind, RpcError, ServerNotification, methods};

fn main() -> anyhow::Result<ExitCode> {
    // Commands of the model are confined by this program, started again as a helper.
    if let Some(code) = embed::run_if_helper() {
        return Ok(code);
    }
    let prompt = std::env::args().nth(1).unwrap_or_else(|| "What can you do?".to_owned());
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let status = runtime.block_on(run(prompt))?;
    Ok(if status == TurnStatus::Completed { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

async fn run(prompt: String) -> anyhow::Result<TurnStatus> {
    let (home, folder) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let options = EmbedOptions::new("embed-example", env!("CARGO_PKG_VERSION"))
        .home(home.path())
        .config("model_provider=\"scripted\"")
        .experimental();
    let (server, mut events, _) = Embedded::start(options).await?;
    let params = ThreadStartParams {
        cwd: Some(folder.path().display().to_string()),
        // It may write in its folder, and nobody is asked about more.
        sandbox: Some(SandboxMode::WorkspaceWrite),
        approval_policy: Some(AskForApproval::Never),
        ..Default::default()
    };
    let thread = server.call::<methods::ThreadStart>(params).await?.thread.id;
    let input = vec![UserInput::Text { text: prompt, text_elements: Vec::new() }];
    let params = TurnStartParams { thread_id: thread, input, ..Default::default() };
    let turn = server.call::<methods::TurnStart>(params).await?.turn;
    let status = print(&server, &mut events, &turn.id).await?;
    // Nobody takes events any more, and nothing may wait for that.
    drop(events);
    server.shutdown().await;
    Ok(status)
}

/// Prints the texts of a turn up to its end.
async fn print(server: &Embedded, events: &mut EmbeddedEvents, turn: &str) -> anyhow::Result<TurnStatus> {
    let mut out = stdout();
    while let Some(event) = events.next().await {
        match event {
            EmbeddedEvent::Notification(event) => match &event.body {
                ServerNotification::AgentMessageDelta(delta) => {
                    out.write_all(delta.delta.as_bytes())?;
                    out.flush()?;
                }
                ServerNotification::TurnCompleted(completed) if completed.turn.id == turn => {
                    writeln!(out)?;
                    return Ok(completed.turn.status);
                }
                _ => {}
            },
            // A program with a user asks them here, and answers with `respond`.
            EmbeddedEvent::Request { id, request } => {
                server.refuse(&id, RpcError::new(ErrorKind::NotSupported, format!("{} is refused", request.method())));
            }
        }
    }
    anyhow::bail!("the server has ended")
}
