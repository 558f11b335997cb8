//! The command apply_patch as a program of its own.
#![forbid(unsafe_code)]

use std::ffi::OsString;
use std::io;
use std::process::ExitCode;

fn main() -> io::Result<ExitCode> {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let cwd = std::env::current_dir()?;
    let (mut input, mut output, mut error) = (io::stdin(), io::stdout(), io::stderr());
    let code = codex_apply_patch::run_tool(&arguments, &cwd, &mut input, &mut output, &mut error)?;
    Ok(u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from))
}
