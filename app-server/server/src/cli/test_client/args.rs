//! What may stand behind `test-client`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// Talk to a server from scripts and by hand: one request, a file of them, or a thread while it runs.
///
/// Without --connect a server is started for the command, on the same home and with the same -c options. The status is 1 when
/// a request is answered with an error or a turn does not complete.
#[derive(Debug, Args)]
pub struct TestClient {
    /// What to do.
    #[command(subcommand)]
    pub action: TestClientAction,

    /// Use a running server instead of starting one: ws://HOST:PORT, unix:// (the socket of the home) or unix://PATH.
    #[arg(long, global = true, value_name = "ADDRESS")]
    pub connect: Option<String>,

    /// The file with the bearer token that the running server asks for.
    #[arg(long, global = true, value_name = "FILE")]
    pub token_file: Option<PathBuf>,

    /// Ask for an extension, such as open-app-server/strict, with settings as JSON or without. May be given several times.
    #[arg(long = "extension", global = true, value_name = "NAME[=JSON]")]
    pub extensions: Vec<String>,

    /// Ask for methods and fields that are marked experimental.
    #[arg(long, global = true)]
    pub experimental: bool,

    /// Write every message of the wire to a file that `schema check` reads.
    #[arg(long, global = true, value_name = "FILE")]
    pub log: Option<PathBuf>,

    /// Print the notifications of the thread as they stand on the wire, one a line, instead of the conversation (turn, watch
    /// and rejoin).
    #[arg(long, global = true)]
    pub json: bool,

    /// What approvals are answered with (turn, watch and rejoin); without it you are asked where there is a terminal, and else
    /// they are declined.
    #[arg(long, global = true, value_enum, value_name = "ANSWER")]
    pub approve: Option<Approve>,
}

/// How approvals are answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Approve {
    /// Everything is accepted.
    Accept,
    /// Everything is declined.
    Decline,
    /// You are asked: an answer is a line of standard input.
    Ask,
}

/// What a test client does.
#[derive(Debug, Subcommand)]
pub enum TestClientAction {
    /// Send one request and print its result; an error goes to stderr.
    Call {
        /// The method, such as thread/list.
        method: String,

        /// Its params as JSON; - reads them from standard input.
        #[arg(default_value = "{}", value_name = "JSON")]
        params: String,

        /// A key by which the server knows the request again: sent a second time it brings the first result.
        #[arg(long)]
        key: Option<String>,
    },
    /// Send the requests of a file one after the other, a line METHOD JSON each, and print a line of JSON for each answer.
    ///
    /// Empty lines and those that begin with # are passed over.
    Batch {
        /// The file; - for standard input.
        file: PathBuf,
    },
    /// Resume a thread and show what happens in it, until Ctrl-C.
    Watch {
        /// The thread.
        thread: String,

        /// End when no turn runs.
        #[arg(long)]
        until_idle: bool,
    },
    /// Run one turn and show it as it streams; Ctrl-C interrupts it.
    Turn {
        /// The thread; `new` starts one.
        thread: String,

        /// What to say to the agent.
        prompt: String,

        /// The folder that a new thread works in.
        #[arg(short = 'C', long, value_name = "DIR")]
        cwd: Option<PathBuf>,

        /// The model to ask.
        #[arg(short, long)]
        model: Option<String>,
    },
    /// Show the turn that runs in a thread, whole from its beginning to its end.
    Rejoin {
        /// The thread.
        thread: String,

        /// Show what was told since this cursor instead, and go on to the end of the turn.
        #[arg(long)]
        after: Option<String>,
    },
}
