//! `sandbox`: a command under rules, its status, and what the host offers.

use std::fs;
use std::path::PathBuf;
use std::process::Output;

use codex_app_server_test_support::{ServerBuilder, TestHome};

use super::{raw, server};

/// A home whose configuration is this.
fn home(config: &str) -> ServerBuilder {
    server().home(TestHome::new()).file("config.toml", config)
}

fn cwd(builder: &ServerBuilder) -> PathBuf {
    builder.command().as_std().get_current_dir().unwrap().to_owned()
}

/// Runs `sandbox` with these words, and behind `--` this script.
async fn run(builder: &ServerBuilder, words: &str, script: &str) -> Output {
    let mut command = builder.command();
    command.arg("sandbox").args(words.split_whitespace()).args(["--", "sh", "-c", script]);
    raw::run(command).await
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[tokio::test]
async fn the_rules_are_those_of_the_configuration_or_of_the_flags() {
    let builder = home("[sandbox_workspace_write]\nexclude_slash_tmp = true\n");
    let outside = cwd(&builder).with_file_name("user");
    let tries = format!(
        "try() {{ ( : > \"$2\" ) 2>/dev/null && echo $1; }}; try in a; try out {}/a; exit 0",
        outside.display()
    );
    let add = format!("-s workspace-write --add-dir {}", outside.display());
    for (words, touched) in [
        ("", ""),
        ("-s read-only", ""),
        ("--sandbox workspace-write", "in\n"),
        ("-c sandbox_mode=workspace-write", "in\n"),
        ("--permissions :read-only", ""),
        ("-s danger-full-access", "in\nout\n"),
        ("--permissions :danger-full-access", "in\nout\n"),
        (add.as_str(), "in\nout\n"),
    ] {
        let output = run(&builder, words, &tries).await;
        assert_eq!((text(&output).as_str(), output.status.code()), (touched, Some(0)), "{words}");
    }
}

#[tokio::test]
async fn the_network_is_closed_unless_it_is_asked_for() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let builder = home("");
    let connect = format!("exec bash -c '(: > /dev/tcp/127.0.0.1/{port}) 2>/dev/null && echo connected; exit 0'");
    for (words, output) in [("-s read-only", ""), ("-s read-only --network", "connected\n")] {
        assert_eq!(text(&run(&builder, words, &connect).await), output, "{words}");
    }
}

#[tokio::test]
async fn the_status_is_the_command_s() {
    let builder = home("");
    for (script, code) in [("exit 0", 0), ("exit 7", 7), ("kill -9 $$", 137), ("exec no-such-program", 127)] {
        for mode in ["read-only", "danger-full-access"] {
            let output = run(&builder, &format!("-s {mode}"), script).await;
            assert_eq!(output.status.code(), Some(code), "{mode}: {script}: {}", text(&output));
        }
    }
}

#[tokio::test]
async fn what_cannot_be_kept_runs_nothing() {
    let builder = home("");
    for (words, reason) in [
        ("--permissions nope", "default_permissions requires a `[permissions]` table"),
        ("--add-dir / -s read-only", "--add-dir / needs a workspace that may be written"),
        ("--add-dir /nonexistent -s workspace-write", "--add-dir /nonexistent: No such file or directory"),
        ("-c approval_policy=sometimes", "approval_policy"),
    ] {
        let output = run(&builder, words, ": > ran; echo ran").await;
        assert_eq!(output.status.code(), Some(125), "{words}");
        assert!(text(&output).contains(reason), "{words}: {}", text(&output));
        assert!(!cwd(&builder).join("ran").exists());
    }
    let git = cwd(&builder).join(".git");
    std::os::unix::fs::symlink("/nonexistent", &git).unwrap();
    let output = run(&builder, "-s workspace-write", "echo ran").await;
    assert!(output.status.code() == Some(125) && text(&output).contains(".git"), "{}", text(&output));
    fs::remove_file(git).unwrap();
}

#[tokio::test]
async fn a_check_tells_what_the_host_offers() {
    let builder = home("");
    let mut command = builder.command();
    command.args(["sandbox", "--check"]);
    let output = raw::run(command).await;
    let said = text(&output);
    let modes = ["read-only", "workspace-write"];
    let kept = modes.iter().all(|mode| said.contains(&format!("{mode} can be kept on this host")));
    let refused = modes.iter().any(|mode| said.contains(&format!("{mode} is refused on this host: ")));
    assert!(kept != refused, "{said}");
    assert_eq!(output.status.code(), Some(i32::from(refused)), "{said}");
    assert!(["seccomp", "user namespaces", "bubblewrap", "Landlock"].iter().all(|part| said.contains(part)), "{said}");
}
