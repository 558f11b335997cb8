//! The `codex-app-server` binary: everything is in the library.
#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    // Before anything else: the helper must be this program and nothing more.
    codex_sandbox::run_if_helper();
    codex_app_server::cli::main()
}
