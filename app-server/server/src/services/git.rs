//! What differs in a working tree from the newest commit that a remote has too.
//!
//! Only git's own commands are run, and nothing that the repository configures: no hooks, no file system monitor, no
//! external diff. Output and time are bounded.

use std::io;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use codex_app_server_protocol::v1;
use tokio::io::AsyncReadExt;
use tokio::process::Command;

/// How long one command may take.
const DEADLINE: Duration = Duration::from_secs(30);
/// How many bytes the whole diff may have; no client takes more in one message.
const MAX_DIFF: usize = 64 * 1024 * 1024;
/// What an untracked file is compared with.
const NOTHING: &str = if cfg!(windows) { "NUL" } else { "/dev/null" };

/// The commit that is compared with, and the diff of all files, untracked ones included.
///
/// # Errors
/// When the folder is in no working tree, no remote has any of its commits, or git cannot be run.
pub(super) async fn diff_to_remote(cwd: &Path) -> io::Result<v1::GitDiffToRemoteResponse> {
    let sha = newest_shared(cwd).await?;
    let binary = ["diff", "--no-color", "--no-ext-diff", "--no-textconv", "--binary"];
    let mut diff = git(cwd, &[&binary[..], &["--end-of-options", &sha]].concat(), 0, MAX_DIFF).await?;
    let top = git(cwd, &["rev-parse", "--show-toplevel"], 0, MAX_DIFF).await?;
    let top = text(top)?;
    let top = Path::new(top.trim_end_matches(['\r', '\n']));
    let untracked = git(top, &["ls-files", "--others", "--exclude-standard", "-z"], 0, MAX_DIFF).await?;
    for file in text(untracked)?.split('\0').filter(|file| !file.is_empty()) {
        let arguments = [&binary[..], &["--no-index", "--", NOTHING, file]].concat();
        // Files that differ make it end with 1.
        let more = git(top, &arguments, 1, MAX_DIFF - diff.len().min(MAX_DIFF)).await?;
        diff.extend(more);
    }
    let diff = String::from_utf8(diff).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    Ok(v1::GitDiffToRemoteResponse { sha: v1::GitSha(sha), diff })
}

/// The newest commit of the checked out branch that a remote branch has.
async fn newest_shared(cwd: &Path) -> io::Result<String> {
    let remotes = git(cwd, &["for-each-ref", "--count=1", "refs/remotes"], 0, MAX_DIFF).await?;
    if remotes.is_empty() {
        return Err(io::Error::other("no branch of a remote is known"));
    }
    let own = git(cwd, &["rev-list", "--date-order", "--boundary", "HEAD", "--not", "--remotes"], 0, MAX_DIFF).await?;
    let own = text(own)?;
    if own.is_empty() {
        return Ok(text(git(cwd, &["rev-parse", "HEAD"], 0, MAX_DIFF).await?)?.trim_end().to_owned());
    }
    let shared = own.lines().find_map(|line| line.strip_prefix('-'));
    shared.map(str::to_owned).ok_or_else(|| io::Error::other("no remote has any commit of this branch"))
}

fn text(bytes: Vec<u8>) -> io::Result<String> {
    String::from_utf8(bytes).map_err(|_| io::Error::other("git answered something else than UTF-8"))
}

/// What git prints, when it ends with 0, or with `or_status`.
async fn git(folder: &Path, arguments: &[&str], or_status: i32, limit: usize) -> io::Result<Vec<u8>> {
    let mut command = Command::new("git");
    command
        .args(["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=true"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_OPTIONAL_LOCKS", "0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true);
    let run = async {
        let mut child = command.spawn()?;
        let mut output = Vec::new();
        if let Some(stdout) = child.stdout.take() {
            stdout.take(limit as u64 + 1).read_to_end(&mut output).await?;
        }
        if output.len() > limit {
            return Err(io::Error::other("the diff is too long"));
        }
        let status = child.wait().await?;
        match status.code() {
            Some(code) if code == 0 || code == or_status => Ok(output),
            _ => Err(io::Error::other(format!("git {} ended with {status}", arguments.join(" ")))),
        }
    };
    tokio::time::timeout(DEADLINE, run).await.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
}
