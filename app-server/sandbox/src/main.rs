//! The helper as a program of its own, for programs that cannot start themselves as a helper, such as tests.
#![forbid(unsafe_code)]

use std::io::Write as _;

fn main() {
    codex_sandbox::run_if_helper();
    // Nobody is left to be told when this fails.
    let _ = writeln!(std::io::stderr(), "this program only helps others to run commands in a sandbox");
    std::process::exit(2);
}
