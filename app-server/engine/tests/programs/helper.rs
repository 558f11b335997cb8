//! The helper of the sandbox as a program of its own: the tests of the engine run commands and cannot be it themselves.
#![forbid(unsafe_code)]

fn main() {
    codex_sandbox::run_if_helper();
    std::process::exit(2);
}
