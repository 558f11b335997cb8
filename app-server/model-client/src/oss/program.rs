//! Programs that download models.

use std::io;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::Stdio;

use codex_utils_oss::ProgramEnd;
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::Command;

use super::lines::Lines;

/// Bytes after which a line is taken as it is.
const MAX_LINE: usize = 16 * 1024;

/// Runs a program without input; it is killed when the future is dropped. Lines come without control characters, and
/// not when nothing is left of them.
pub(super) async fn run(
    program: &Path,
    arguments: &[&str],
    on_line: &mut (dyn FnMut(&str) + Send),
) -> io::Result<ProgramEnd> {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let mut complaint = String::new();
    let mut complain = |line: &str| line.clone_into(&mut complaint);
    let (output, errors) = (child.stdout.take(), child.stderr.take());
    let (read, complained) = tokio::join!(read_lines(output, on_line), read_lines(errors, &mut complain));
    read.and(complained)?;
    let status = child.wait().await?;
    Ok(ProgramEnd { success: status.success(), status: status.to_string(), complaint })
}

/// Hands over what comes, line by line, until it ends. Progress bars end their lines by going back to the start.
async fn read_lines(source: Option<impl AsyncRead + Unpin>, on_line: &mut (dyn FnMut(&str) + Send)) -> io::Result<()> {
    let Some(mut source) = source else { return Ok(()) };
    let mut on_line = |line: &str| {
        let line: String = line.chars().filter(|character| !character.is_control()).collect();
        if !line.trim().is_empty() {
            on_line(line.trim());
        }
        ControlFlow::Continue(())
    };
    let mut lines = Lines::new(b"\r\n");
    let mut buffer = vec![0; 4096];
    loop {
        let count = source.read(&mut buffer).await?;
        if count == 0 {
            let _ = lines.finish(&mut on_line);
            return Ok(());
        }
        let _ = lines.push(&buffer[..count], &mut on_line);
        if lines.pending() > MAX_LINE {
            let _ = lines.finish(&mut on_line);
        }
    }
}
